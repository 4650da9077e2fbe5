/**
 * What every adapter promises, whatever its network: run by a file for each of them, against the sandbox of that network. Nothing here
 * knows a network; what differs (its limits of access, its way of scheduling) is told by `NetworkUnderTest`.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Account, Adapter, Counts, Job, Memory, Secrets, SentMedium } from '../../../electron/platforms/adapter.ts'
import { lookFor } from '../../../electron/platforms/shared/lookFor.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'
import type { Audience } from '../../sandbox/audience.ts'
import {
  cutAfter,
  garbage,
  halfOpen,
  instead,
  lostAnswer,
  type Matcher,
  type Reply,
  reset,
  type Sandbox,
  slow,
} from '../../sandbox/server.ts'
import { bytesFor, deliver, type Preparing, prepare, SHORT_PATIENCE, type TestTools, testTools } from './deliver.ts'

/** A post as people at the network see it, or as it waits there. */
export interface Shown {
  readonly remoteId: string
  readonly text: string
}

/** A running sandbox with an account in it. */
export interface Running {
  readonly sandbox: Sandbox
  /** What a person pastes, or what a sign-in gave: taken by `connect`. */
  readonly given: Secrets
  /** Everything that is visible, the oldest first. */
  visible(): readonly Shown[]
  /** What waits there for its time. */
  waiting(): readonly (Shown & { readonly at: number })[]
  /** What stands under posts as their first comment, the oldest first. Absent: it has none, or they are posts themselves. */
  comments?(): readonly string[]
  /** Lets out what waits there and is due. Absent: its time alone does. */
  publishDue?(): void
  /** The access runs out by the clock. Absent: it never does. */
  expire?(): void
  /** A person takes the access away. */
  withdraw(): void
  /** Somebody takes a post away at the network itself. */
  takeAway(remoteId: string): void
  /** Somebody changes a text at the network itself. */
  changeThere?(remoteId: string, text: string): void
  /** What others do with its posts. Absent: the network tells neither numbers nor answers. */
  readonly audience?: Audience
}

export interface NetworkUnderTest {
  readonly adapter: Adapter
  start(): Promise<Running>
  /** A post of one part: a text, and media where given. */
  post(text: string, media?: readonly SentMedium[]): Job
  /** Media a post may have, for the uploads; empty where the network takes no bytes. */
  readonly media: readonly SentMedium[]
  /** A chain of posts. Absent: the network has none. */
  thread?(texts: readonly string[]): Job
  /** The request that makes a part visible. */
  readonly commit: Matcher
  /** A request that carries bytes. Absent: there is none. */
  readonly upload?: Matcher
  /** How the network asks to wait, and how long that is by its clock. */
  readonly rateLimit: { reply(now: number): Reply; readonly wait: number | ((now: number) => number) }
  /** The same content a second time: `same` answers with the first (a key), `refused` says so, `twice` takes it. */
  readonly repeated: 'same' | 'refused' | 'twice'
  /** Letters that go through; absent: all do. */
  readonly letters?: string
  /** The access can be renewed only before it has run out. */
  readonly renewsAheadOnly?: true
  /** What an edit may change. Absent: nothing. */
  readonly edits?: 'text'
  /** Words of the commit call whose answer is lost: whether `find` can tell. */
  readonly finds: boolean
  /** Numbers by the network's names for them, and what is told of those. Absent: it tells none. */
  readonly numbers?: { readonly there: Readonly<Record<string, number>>; readonly told: Counts }
  /** It tells what people write under a post. */
  readonly hears?: true
  /** What a network calls a post among its audience, where that is not its id. */
  readonly audienceId?: (remoteId: string) => string
}

const kindOf = (trouble: Trouble | null): string => trouble?.kind ?? 'none'

/** Runs the suite for one network. */
export function platformContract(name: string, network: NetworkUnderTest): void {
  const { adapter, commit } = network

  describe(`the adapter of ${name}`, () => {
    let running: Running
    let account: Account
    let secrets: Secrets
    let tools: TestTools

    beforeEach(async () => {
      running = await network.start()
      const connected = await adapter.connect(running.given, testTools(running.sandbox.clock, {}))
      if (connected.kind === 'trouble') throw new Error(`Not connected: ${JSON.stringify(connected.trouble)}`)
      account = connected.account
      secrets = connected.secrets
      tools = freshTools()
      running.sandbox.calls.length = 0
    })
    afterEach(() => running.sandbox.close())

    const freshTools = () => testTools(running.sandbox.clock, secrets, bytesFor(...network.media))
    const delivering = (job: Job): Preparing => ({ adapter, job, account, tools, clock: running.sandbox.clock })
    const commits = () => running.sandbox.calls.filter(commit).length
    const audienceId = network.audienceId ?? ((remoteId: string) => remoteId)
    const texts = () => running.visible().map(({ text }) => text)
    /** Prepared and about to be committed. */
    const ready = async (job: Job, part = 0, memory: Memory = {}): Promise<Memory> => {
      const prepared = await prepare(delivering(job), part, memory)
      if (prepared.kind === 'trouble') throw new Error(`Not prepared: ${JSON.stringify(prepared.trouble)}`)
      return prepared.memory
    }
    const commitOf = async (job: Job, memory: Memory, part = 0) => {
      const committed = await adapter.commit(job, part, memory, account, tools)
      return committed.kind === 'trouble' ? committed.trouble : committed
    }
    const find = async (job: Job, memory: Memory, since: number, part = 0) => {
      const found = await lookFor(adapter, job, part, memory, since, account, tools)
      if (!found) throw new Error('It cannot look.')
      return found
    }

    describe('connecting', () => {
      it('says whose account it is, by a key that no new name changes', () => {
        expect(account).toMatchObject({ network: adapter.network })
        expect(account.remoteId).not.toBe('')
        expect(account.name + account.handle).not.toBe('')
      })

      it('keeps secrets out of the account, which the page gets', () => {
        for (const secret of Object.values({ ...running.given, ...secrets })) {
          if (secret.length >= 6 && secret !== account.handle && secret !== account.host)
            expect(JSON.stringify(account)).not.toContain(secret)
        }
      })

      it('says it of an access that was taken away', async () => {
        running.withdraw()
        const again = await adapter.connect(running.given, testTools(running.sandbox.clock, {}))
        expect(again.kind === 'trouble' && kindOf(again.trouble)).toBe('access-withdrawn')
      })
    })

    describe('publishing', () => {
      it('waits for a network that is slow, and sends once', async () => {
        const job = network.post('Slowly')
        const memory = await ready(job)
        running.sandbox.fail(commit, slow(SHORT_PATIENCE / 2))
        expect(await commitOf(job, memory)).toMatchObject({ kind: 'done' })
        expect(texts()).toEqual(['Slowly'])
        expect(commits()).toBe(1)
      })

      it('makes a post visible once, with one commit', async () => {
        const delivered = await deliver(delivering(network.post('Out it goes')))
        expect(kindOf(delivered.trouble)).toBe('none')
        expect(running.visible()).toEqual([{ remoteId: delivered.remoteIds[0], text: 'Out it goes' }])
        expect(commits()).toBe(1)
      })

      it('shows nothing before the commit, however often it is prepared', async () => {
        const job = network.post('Not yet', network.media)
        const memory = await ready(job)
        await ready(job, 0, memory)
        await ready(job)
        expect(running.visible()).toEqual([])
        expect(commits()).toBe(0)
      })

      it('keeps letters of all kinds as they are', async () => {
        const text =
          network.letters ?? 'Ünïcode 🎉 👨‍👩‍👧 "quoted" & <tag> שלום 日本 #tag https://example.org/a?b=c&d=e'
        const delivered = await deliver(delivering(network.post(text)))
        expect(kindOf(delivered.trouble)).toBe('none')
        expect(texts()).toEqual([text])
      })

      it('says where it can be seen', async () => {
        const { remoteIds } = await deliver(delivering(network.post('Here')))
        const seen = await adapter.see?.(remoteIds[0] ?? '', account, tools)
        expect(seen).toMatchObject({ kind: 'seen', state: 'public' })
        expect(seen?.kind === 'seen' && seen.permalink).toMatch(/^https?:\/\//)
      })
    })

    describe('a commit whose answer is lost', () => {
      const ways = {
        'the line ended before the answer': lostAnswer,
        'the line stayed open and silent': halfOpen,
        'an error of the server came instead': instead({ status: 500, body: { error: 'Internal' } }, true),
        'a gateway gave up': instead({ status: 504, body: 'Gateway timeout' }, true),
        'it took too long': instead({ status: 408 }, true),
        ...Object.fromEntries(Object.entries(garbage).map(([what, reply]) => [`${what} came`, instead(reply, true)])),
      }
      for (const [what, fault] of Object.entries(ways)) {
        it(`is unknown, and found afterwards: ${what}`, async () => {
          const job = network.post('Was it taken?')
          const memory = await ready(job)
          const since = tools.now()
          running.sandbox.fail(commit, fault)
          tools.patience(SHORT_PATIENCE)
          expect(await commitOf(job, memory)).toMatchObject({ kind: 'unknown' })
          expect(commits()).toBe(1)
          tools.patience(null)
          if (!network.finds) return
          expect(await find(job, memory, since)).toEqual({ kind: 'there', remoteId: running.visible()[0]?.remoteId })
          expect(texts()).toEqual(['Was it taken?'])
        })
      }

      it.runIf(network.finds)('is found where the clock of this computer runs ahead', async () => {
        running.sandbox.skew(-20 * 60_000)
        const job = network.post('Was it taken?')
        const memory = await ready(job)
        const since = tools.now()
        running.sandbox.fail(commit, lostAnswer)
        expect(await commitOf(job, memory)).toMatchObject({ kind: 'unknown' })
        expect(await find(job, memory, since)).toEqual({ kind: 'there', remoteId: running.visible()[0]?.remoteId })
      })

      it.runIf(network.finds)(
        'is found where the clock of this computer ran ahead, and was put right since',
        async () => {
          running.sandbox.skew(-20 * 60_000)
          const job = network.post('Was it taken?')
          const memory = { ...(await ready(job)), clockOff: -20 * 60_000 }
          const since = tools.now()
          running.sandbox.fail(commit, lostAnswer)
          expect(await commitOf(job, memory)).toMatchObject({ kind: 'unknown' })
          running.sandbox.skew(0)
          running.sandbox.clock.pass(60 * 60_000)
          expect(await find(job, memory, since)).toEqual({ kind: 'there', remoteId: running.visible()[0]?.remoteId })
        },
      )

      it.runIf(network.finds)('is found where the clock of this computer was set back since', async () => {
        const job = network.post('Was it taken?')
        const memory = { ...(await ready(job)), clockOff: 0 }
        const since = tools.now()
        running.sandbox.fail(commit, lostAnswer)
        expect(await commitOf(job, memory)).toMatchObject({ kind: 'unknown' })
        running.sandbox.skew(20 * 60_000)
        running.sandbox.clock.pass(60 * 60_000)
        expect(await find(job, memory, since)).toEqual({ kind: 'there', remoteId: running.visible()[0]?.remoteId })
      })

      it.runIf(network.finds)('is absent where it never arrived, and can be sent then', async () => {
        const job = network.post('Never arrived')
        const memory = await ready(job)
        const since = tools.now()
        running.sandbox.fail(commit, reset)
        expect(await commitOf(job, memory)).toMatchObject({ kind: 'unknown' })
        expect(await find(job, memory, since)).toEqual({ kind: 'absent' })
        expect(await commitOf(job, memory)).toMatchObject({ kind: 'done' })
        expect(texts()).toEqual(['Never arrived'])
      })

      it.runIf(network.finds)('is not taken for an earlier post with the same words', async () => {
        await deliver(delivering(network.post('Good morning')))
        running.sandbox.clock.pass(26 * 60 * 60_000)
        const job = network.post('Good morning')
        const memory = await ready(job)
        running.sandbox.fail(commit, reset)
        const since = tools.now()
        await commitOf(job, memory)
        expect(await find(job, memory, since)).toEqual({ kind: 'absent' })
      })

      it('was never sent where nobody could be reached, and says so', async () => {
        const job = network.post('Nobody there')
        const memory = await ready(job)
        await running.sandbox.close()
        // The line that was kept open ends with this one.
        await fetch(running.sandbox.url).catch(() => undefined)
        expect(await commitOf(job, memory)).toMatchObject({ kind: 'no-network' })
      })
    })

    it('tells what the same content a second time does', async () => {
      const job = network.post('Again and again')
      const memory = await ready(job)
      expect(await commitOf(job, memory)).toMatchObject({ kind: 'done' })
      const again = await commitOf(job, memory)
      if (network.repeated === 'refused') expect(again).toMatchObject({ kind: 'duplicate' })
      else expect(again).toMatchObject({ kind: 'done' })
      expect(texts().length).toBe(network.repeated === 'twice' ? 2 : 1)
    })

    describe('asked to wait', () => {
      it('waits as long as the network says, by the clock of the network', async () => {
        const job = network.post('Slowly')
        const memory = await ready(job)
        for (const skew of [0, 14 * 60_000]) {
          running.sandbox.skew(skew)
          running.sandbox.fail(commit, instead(network.rateLimit.reply(running.sandbox.now())))
          const trouble = await commitOf(job, memory)
          expect(trouble).toMatchObject({ kind: 'rate-limited' })
          const wait = trouble.kind === 'rate-limited' ? trouble.until - tools.now() : 0
          const { wait: told } = network.rateLimit
          const asked = typeof told === 'number' ? told : told(running.sandbox.now())
          expect(Math.abs(wait - asked)).toBeLessThanOrEqual(1000)
        }
        expect(texts()).toEqual([])
      })
    })

    describe('access', () => {
      it.runIf('refresh' in adapter && !network.renewsAheadOnly)(
        'that ran out is renewed, and the refused step is done',
        async () => {
          const job = network.post('With a new access')
          const memory = await ready(job)
          running.expire?.()
          expect(await commitOf(job, memory)).toMatchObject({ kind: 'access-expired' })
          const renewed = await adapter.refresh?.(account, tools)
          if (renewed?.kind !== 'connected') throw new Error(`Not renewed: ${JSON.stringify(renewed)}`)
          expect(renewed.account.remoteId).toBe(account.remoteId)
          secrets = renewed.secrets
          tools = freshTools()
          expect(await commitOf(job, memory)).toMatchObject({ kind: 'done' })
          expect(texts()).toEqual(['With a new access'])
        },
      )

      it('that was taken away needs a person, at any step', async () => {
        const job = network.post('No more')
        const memory = await ready(job)
        running.withdraw()
        const trouble = await commitOf(job, memory)
        if (kindOf(trouble as Trouble) === 'access-expired') {
          const renewed = await adapter.refresh?.(account, tools)
          expect(renewed?.kind === 'trouble' && renewed.trouble.kind).toBe('access-withdrawn')
        } else expect(trouble).toMatchObject({ kind: 'access-withdrawn' })
        expect(texts()).toEqual([])
      })
    })

    describe.runIf(network.media.length > 0 && network.upload !== undefined)('media', () => {
      const upload = network.upload as Matcher

      it('go out with the post', async () => {
        const delivered = await deliver(delivering(network.post('With pictures', network.media)))
        expect(kindOf(delivered.trouble)).toBe('none')
        expect(texts()).toEqual(['With pictures'])
      })

      it('that were cut are sent on, and what had arrived is not sent again', async () => {
        const job = network.post('Cut', network.media)
        let memory: Memory = {}
        const whole = new Set<string>()
        // Every upload is cut once: each time the work goes on from what was remembered.
        for (let turn = 0; turn < 20; turn++) {
          running.sandbox.heal()
          const once = running.sandbox.calls.length
          running.sandbox.fail((call) => upload(call) && running.sandbox.calls.slice(once).some(upload), cutAfter(100))
          const prepared = await prepare(delivering(job), 0, memory)
          memory = prepared.memory
          if (prepared.kind === 'ready') break
          expect(prepared.trouble).toMatchObject({ kind: 'server-fault' })
        }
        running.sandbox.heal()
        expect(await commitOf(job, memory)).toMatchObject({ kind: 'done' })
        for (const { body, cut, path, headers } of running.sandbox.calls.filter(upload)) {
          if (cut || body.length === 0) continue
          const key = `${path} ${headers['content-range']} ${body.toString('base64')}`
          expect(whole.has(key)).toBe(false)
          whole.add(key)
        }
        expect(texts()).toEqual(['Cut'])
      })
    })

    describe.runIf(network.thread !== undefined)('a thread', () => {
      const thread = network.thread as NonNullable<NetworkUnderTest['thread']>

      it('goes out in order', async () => {
        const delivered = await deliver(delivering(thread(['One', 'Two', 'Three'])))
        expect(kindOf(delivered.trouble)).toBe('none')
        expect(texts()).toEqual(['One', 'Two', 'Three'])
        expect(running.visible().map(({ remoteId }) => remoteId)).toEqual(delivered.remoteIds)
      })

      it('goes on after a cut where it stopped, and no part is said twice', async () => {
        const job = thread(['One', 'Two', 'Three'])
        const first = await ready(job)
        const one = await commitOf(job, first)
        if (one.kind !== 'done') throw new Error('The first part was not taken.')
        const second = await ready(job, 1, one.memory)
        const since = tools.now()
        running.sandbox.fail(commit, lostAnswer)
        expect(await commitOf(job, second, 1)).toMatchObject({ kind: 'unknown' })
        if (network.finds) {
          const found = await find(job, second, since, 1)
          expect(found).toEqual({ kind: 'there', remoteId: running.visible()[1]?.remoteId })
        }
        expect(texts()).toEqual(['One', 'Two'])
        if (!network.finds) return
        // Nobody could write down what the second became; the third finds it.
        const rest = await deliver(delivering(job), second, 2)
        expect(kindOf(rest.trouble)).toBe('none')
        expect(texts()).toEqual(['One', 'Two', 'Three'])
      })
    })

    describe.runIf(network.thread !== undefined && adapter.remove !== undefined)('a thread that is out', () => {
      const thread = network.thread as NonNullable<NetworkUnderTest['thread']>
      const out = async () => {
        const job = thread(['One', 'Two', 'Three'])
        return { job, ...(await deliver(delivering(job))) }
      }

      it('is taken away part by part from its end, and no part takes another along', async () => {
        const { remoteIds } = await out()
        for (const [at, id] of [...remoteIds.entries()].reverse()) {
          expect(await adapter.remove?.(id, account, tools)).toEqual({ kind: 'done' })
          expect(texts()).toEqual(['One', 'Two', 'Three'].slice(0, at))
        }
        for (const id of remoteIds) expect(await adapter.remove?.(id, account, tools)).toEqual({ kind: 'done' })
      })

      it.runIf(network.edits === 'text')('is changed in one part, and in no other', async () => {
        const { job, remoteIds, memory } = await out()
        const parts = job.parts.map((part, at) => (at === 1 ? { ...part, text: 'Two, said better' } : part))
        const edit = () => adapter.edit?.(remoteIds[1] ?? '', job, { ...job, parts }, 1, memory, account, tools)
        expect(await edit()).toEqual({ kind: 'done' })
        expect(await edit()).toEqual({ kind: 'done' })
        expect(texts()).toEqual(['One', 'Two, said better', 'Three'])
      })
    })

    describe.runIf(adapter.takesAlong)('a first comment that is out', () => {
      const out = async () => {
        const one = network.post('The post')
        const job: Job = { ...one, parts: [...one.parts, { kind: 'comment', text: 'Tickets', html: '', media: [] }] }
        return { job, ...(await deliver(delivering(job))) }
      }

      it('goes with its post', async () => {
        const { remoteIds } = await out()
        expect(running.comments?.()).toEqual(['Tickets'])
        expect(await adapter.remove?.(remoteIds[0] ?? '', account, tools)).toEqual({ kind: 'done' })
        expect([...texts(), ...(running.comments?.() ?? ['?'])]).toEqual([])
      })

      it('is changed by itself', async () => {
        const { job, remoteIds, memory } = await out()
        const parts = job.parts.map((part, at) => (at === 1 ? { ...part, text: 'Sold out' } : part))
        expect(await adapter.edit?.(remoteIds[1] ?? '', job, { ...job, parts }, 1, memory, account, tools)).toEqual({
          kind: 'done',
        })
        expect([texts(), running.comments?.()]).toEqual([['The post'], ['Sold out']])
      })
    })

    describe.runIf(adapter.schedules !== undefined)('handed over ahead', () => {
      const soon = () => tools.now() + (adapter.schedules?.soonest ?? 0) + 60 * 60_000
      const later = (text: string) => ({ ...network.post(text), publishAt: soon() })

      it('waits at the network, and is not visible', async () => {
        const job = later('Later')
        const delivered = await deliver(delivering(job))
        expect(kindOf(delivered.trouble)).toBe('none')
        expect(texts()).toEqual([])
        expect(running.waiting()).toMatchObject([{ text: 'Later', at: job.publishAt }])
        expect(await adapter.see?.(delivered.remoteIds[0] ?? '', account, tools)).toMatchObject({ state: 'scheduled' })
      })

      it('is told as it waits there: when it goes out, and its text or title', async () => {
        const job = later('Later')
        const { remoteIds } = await deliver(delivering(job))
        const seen = await adapter.see?.(remoteIds[0] ?? '', account, tools)
        if (seen?.kind !== 'seen') throw new Error('Not seen.')
        expect(seen.publishAt).toBe(job.publishAt)
        expect([seen.title, seen.text]).toContain('Later')
        if (seen.text !== undefined) expect(seen.text).toBe(job.parts[0]?.text)
      })

      it('is found where the answer was lost', async () => {
        const job = later('Waiting')
        const memory = await ready(job)
        const since = tools.now()
        running.sandbox.fail(commit, lostAnswer)
        expect(await commitOf(job, memory)).toMatchObject({ kind: 'unknown' })
        expect(await find(job, memory, since)).toMatchObject({ kind: 'there' })
        expect(running.waiting().length).toBe(1)
      })

      it('is refused too close to now, where networks publish at once', async () => {
        const job = { ...network.post('Too soon'), publishAt: tools.now() + 60_000 }
        const delivered = await deliver(delivering(job))
        expect(delivered.trouble).toMatchObject({ kind: 'refused', field: 'publishAt' })
        expect([...texts(), ...running.waiting()]).toEqual([])
      })

      it('can be taken back', async () => {
        const { remoteIds } = await deliver(delivering(later('Taken back')))
        expect(await adapter.remove?.(remoteIds[0] ?? '', account, tools)).toEqual({ kind: 'done' })
        expect([...texts(), ...running.waiting()]).toEqual([])
      })

      it.runIf(network.media.length > 0)('is known to be out once it is, also with its files', async () => {
        const job = { ...network.post('Later, to be seen', network.media), publishAt: soon() }
        const { remoteIds, trouble } = await deliver(delivering(job))
        expect(kindOf(trouble)).toBe('none')
        running.sandbox.clock.pass((job.publishAt ?? 0) + 60_000 - tools.now())
        running.publishDue?.()
        expect(await adapter.see?.(remoteIds[0] ?? '', account, tools)).toMatchObject({ state: 'public' })
      })

      const takesComments = adapter.takesAlong === true || network.thread !== undefined
      it.runIf(takesComments)(
        'gets its first comment once it is out, under the name it has then, also where the answer is lost',
        async () => {
          const one = later('Later')
          const job: Job = { ...one, parts: [...one.parts, { kind: 'comment', text: 'Tickets', html: '', media: [] }] }
          const preparing = delivering(job)
          const first = await adapter.commit(job, 0, await ready(job), account, tools)
          if (first.kind !== 'done') throw new Error('It was not handed over.')
          preparing.clock.pass((job.publishAt ?? 0) + 60_000 - tools.now())
          running.publishDue?.()
          const seen = await adapter.see?.(first.remoteId, account, tools)
          if (seen?.kind !== 'seen') throw new Error('Not seen.')
          expect(seen.state).toBe('public')
          const now: Job = { ...job, publishAt: null, rootId: seen.remoteId || first.remoteId }
          const prepared = await prepare({ ...preparing, job: now }, 1, first.memory)
          expect(prepared.kind).toBe('ready')
          running.sandbox.fail(({ method }) => method === 'POST', lostAnswer)
          const since = tools.now()
          expect(await commitOf(now, prepared.memory, 1)).toMatchObject({ kind: 'unknown' })
          expect(await find(now, prepared.memory, since, 1)).toMatchObject({ kind: 'there' })
          expect([...texts(), ...(running.comments?.() ?? [])]).toEqual(['Later', 'Tickets'])
        },
      )

      it.runIf(adapter.edit !== undefined)('can be moved', async () => {
        const job = later('Moved')
        const { remoteIds, memory } = await deliver(delivering(job))
        const moved = { ...job, publishAt: soon() + 24 * 60 * 60_000 }
        expect(await adapter.edit?.(remoteIds[0] ?? '', job, moved, 0, memory, account, tools)).toEqual({
          kind: 'done',
        })
        expect(running.waiting()).toMatchObject([{ text: 'Moved', at: moved.publishAt }])
      })
    })

    describe.runIf(adapter.remove !== undefined)('taking back', () => {
      it('removes what is out, and is content with what is gone already', async () => {
        const { remoteIds } = await deliver(delivering(network.post('Gone')))
        expect(await adapter.remove?.(remoteIds[0] ?? '', account, tools)).toEqual({ kind: 'done' })
        expect(texts()).toEqual([])
        expect(await adapter.remove?.(remoteIds[0] ?? '', account, tools)).toEqual({ kind: 'done' })
        const seen = await adapter.see?.(remoteIds[0] ?? '', account, tools)
        if (seen) expect(seen).toMatchObject({ kind: 'seen', state: 'removed' })
      })
    })

    describe.runIf(adapter.edit !== undefined && network.edits === 'text')('editing', () => {
      it('changes the text of what is out', async () => {
        const job = network.post('Before')
        const { remoteIds, memory } = await deliver(delivering(job))
        const after = { ...network.post('After'), deliveryId: job.deliveryId }
        expect(await adapter.edit?.(remoteIds[0] ?? '', job, after, 0, memory, account, tools)).toEqual({
          kind: 'done',
        })
        expect(texts()).toEqual(['After'])
      })

      it('notices what was changed at the network', async () => {
        const { remoteIds } = await deliver(delivering(network.post('Ours')))
        const id = remoteIds[0] ?? ''
        const before = await adapter.see?.(id, account, tools)
        expect(await adapter.see?.(id, account, tools)).toEqual(before)
        running.changeThere?.(id, 'Theirs')
        const after = await adapter.see?.(id, account, tools)
        if (before?.kind !== 'seen' || after?.kind !== 'seen') throw new Error('Not seen.')
        expect(after.fingerprint).not.toBe(before.fingerprint)
      })
    })

    it('declares numbers and answers where its network tells them, and nowhere else', () => {
      expect(adapter.metrics !== undefined).toBe(network.numbers !== undefined)
      expect(adapter.inbox !== undefined).toBe(network.hears === true)
    })

    describe.runIf(network.numbers !== undefined)('what is counted of a post', () => {
      const { there, told } = network.numbers ?? { there: {}, told: {} }
      const out = async (text = 'Who saw it?'): Promise<string> => {
        const { remoteIds } = await deliver(delivering(network.post(text)))
        return remoteIds[0] ?? ''
      }
      const count = (remoteId: string) => adapter.metrics?.(remoteId, account, tools)

      it('is told by one name, whatever the network calls it, and what it does not tell is left out', async () => {
        const other = await out('Another')
        running.sandbox.clock.pass(60 * 60_000)
        const remoteId = await out()
        running.audience?.react(audienceId(remoteId), there)
        expect(await count(remoteId)).toEqual({ kind: 'counted', counts: told })
        const counted = await count(other)
        if (counted?.kind !== 'counted') throw new Error('Not counted.')
        for (const value of Object.values(counted.counts)) expect(value).toBe(0)
      })

      it('is only read: nothing is made or changed by it', async () => {
        const remoteId = await out()
        const before = [running.visible(), commits()]
        await count(remoteId)
        expect([running.visible(), commits()]).toEqual(before)
      })

      readsHonestly(out, count)
    })

    describe.runIf(network.hears)('what people write under a post', () => {
      const out = async (text = 'What do you say?'): Promise<string> => {
        const { remoteIds } = await deliver(delivering(network.post(text)))
        return remoteIds[0] ?? ''
      }
      const hear = (remoteId: string, page = '') => adapter.inbox?.(remoteId, page, account, tools)
      const all = async (remoteId: string) => {
        const messages = []
        let page = ''
        for (let turn = 0; turn < 100; turn++) {
          const heard = await hear(remoteId, page)
          if (heard?.kind !== 'heard') throw new Error(JSON.stringify(heard))
          messages.push(...heard.messages)
          if (heard.next === '') return messages
          page = heard.next
        }
        throw new Error('It has no last page.')
      }

      it('is nothing where nobody did', async () => {
        expect(await hear(await out())).toEqual({ kind: 'heard', messages: [], next: '' })
      })

      it('is told with who and when, as plain text, the newest first, and no other post says it', async () => {
        const other = await out('Another')
        running.sandbox.clock.pass(60 * 60_000)
        const remoteId = await out()
        running.audience?.answer(audienceId(remoteId), 'ada', 'When <b>does</b> it open? & how long?')
        running.audience?.answer(audienceId(remoteId), 'max', 'Grüße 🎉')
        const heard = await all(remoteId)
        expect(heard.map(({ own }) => own)).toEqual([false, false])
        expect(heard.map(({ at }) => Math.floor(at / 1000))).toEqual(
          running.audience?.answersTo(audienceId(remoteId)).map((answer) => Math.floor(answer.at / 1000)),
        )
        expect(heard[0]?.text).toContain('Grüße 🎉')
        expect(heard[1]?.text).toContain('When <b>does</b> it open? & how long?')
        const authors = heard.map(({ author }) => author)
        if (authors.some((author) => author !== ''))
          expect(authors).toEqual([expect.stringContaining('max'), expect.stringContaining('ada')])
        expect(await hear(other)).toMatchObject({ messages: [] })
      })

      it('is told to the last page, each once', async () => {
        const remoteId = await out()
        for (let one = 0; one < 130; one++) running.audience?.answer(audienceId(remoteId), 'ada', `Answer ${one}`)
        const heard = await all(remoteId)
        expect(heard.length).toBe(130)
        expect(new Set(heard.map(({ id }) => id)).size).toBe(130)
        expect(heard.map(({ at }) => at)).toEqual(heard.map(({ at }) => at).sort((one, next) => next - one))
      })

      readsHonestly(out, hear)
    })

    /** What every question about a post answers where something is in the way: trouble, and never an empty answer. */
    function readsHonestly(
      out: () => Promise<string>,
      read: (remoteId: string) => Promise<{ readonly kind: string } | undefined> | undefined,
    ): void {
      const troubleOf = async (remoteId: string) => {
        const answer = await read(remoteId)
        return kindOf((answer as { readonly trouble?: Trouble } | undefined)?.trouble ?? null)
      }

      it('is trouble where the network cannot be read, and asks again with the same right', async () => {
        const remoteId = await out()
        for (const reply of Object.values(garbage)) {
          running.sandbox.fail(() => true, instead(reply))
          expect(await troubleOf(remoteId)).not.toBe('none')
          running.sandbox.heal()
        }
        running.sandbox.fail(() => true, instead(network.rateLimit.reply(running.sandbox.now())))
        expect(await troubleOf(remoteId)).toBe('rate-limited')
        running.sandbox.heal()
        expect(await troubleOf(remoteId)).toBe('none')
      })

      it('says it of an access that was taken away', async () => {
        const remoteId = await out()
        running.withdraw()
        expect(['access-withdrawn', 'access-expired']).toContain(await troubleOf(remoteId))
      })

      it('says it of a post that is gone', async () => {
        const remoteId = await out()
        running.takeAway(remoteId)
        expect(await troubleOf(remoteId)).toBe('target-gone')
      })
    }

    it('writes no secret into the log, and none into what it reports', async () => {
      const said: unknown[] = []
      const job = network.post('Quiet', network.media)
      said.push(await deliver(delivering(job)))
      running.sandbox.fail(
        commit,
        instead({ status: 400, body: { error: `Refused with ${Object.values(secrets).join(' ')}` } }),
      )
      said.push(await commitOf(job, await ready(job)))
      running.sandbox.fail(() => true, lostAnswer, 5)
      said.push(await deliver(delivering(network.post('Quiet too'))))
      expect(tools.logged.length).toBeGreaterThan(2)
      const all = JSON.stringify([said, tools.logged])
      for (const secret of Object.values(secrets)) {
        if (secret.length >= 6 && secret !== account.handle && secret !== account.host)
          expect(all).not.toContain(secret)
      }
    })
  })
}
