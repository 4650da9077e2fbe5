/**
 * What a person has go wrong while practising is understood as the failure it is meant to be, with every kind of post of every network it is
 * offered for, and the post is out once in the end.
 */
import { afterEach, describe, expect, it } from 'vitest'
import type { Account, SentMedium } from '../../../electron/platforms/adapter.ts'
import { ADAPTERS } from '../../../electron/platforms/index.ts'
import type { NetworkId } from '../../../shared/domain/channel.ts'
import { type Failure, failuresOf, waitsFor } from '../../../shared/domain/practiceFailures.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'
import { RULES } from '../../../shared/platforms/index.ts'
import type { FormatId, FormatRules } from '../../../shared/platforms/model.ts'
import { NETWORKS } from '../../sandbox/practice.ts'
import { fail } from '../../sandbox/practiceFaults.ts'
import { aJob, bytesFor, type Delivered, deliver, SHORT_PATIENCE, testTools } from './deliver.ts'
import { EVERY_NETWORK, mediumOf, plainPost, postOf, type Started } from './everyNetwork.ts'

/** What each is understood as; it may hit a step before the commit or the commit itself. Not here: what has tests of its own. */
const MEANT: Readonly<Partial<Record<Failure, readonly Trouble['kind'][]>>> = {
  'lost-answer': ['unknown'],
  'half-open': ['unknown'],
  refused: ['refused'],
  'too-many': ['rate-limited'],
  away: ['server-fault', 'unknown'],
  'media-refused': ['refused'],
  cut: ['server-fault', 'unknown'],
  'sign-in-page': ['unknown'],
  proxy: ['in-between', 'unknown'],
  revoked: ['access-withdrawn'],
  'no-right': ['not-permitted'],
  duplicate: ['duplicate'],
  quota: ['quota-used'],
  expired: ['access-expired'],
  gone: ['target-gone'],
  outdated: ['changed'],
}

/** A post of every format with every kind of file it takes, and with none where it may. */
const posts = ADAPTERS.flatMap(({ network }) =>
  (Object.entries(RULES[network].formats) as [FormatId, FormatRules][])
    .filter(([format]) => format !== 'thread')
    .flatMap(([format, rules]) =>
      rules.media
        .filter(({ severity }) => !severity)
        .flatMap(({ of, min }): SentMedium[][] => [
          ...(min === 0 ? [[]] : []),
          ...of.map((kind) => Array.from({ length: Math.max(1, min) }, (_, at) => mediumOf(kind, at))),
        ])
        .map((media) => ({ network, format, media, what: `${format} [${media.map(({ type }) => type).join(', ')}]` })),
    ),
)
const cases = posts.flatMap((post) =>
  failuresOf(post.network).flatMap((failure) => {
    const kinds = MEANT[failure]
    // A line that is half open has to be waited for; where it is met, an answer is lost too.
    if (failure === 'half-open' && posts.find(({ network }) => network === post.network) !== post) return []
    return kinds ? [{ ...post, failure, kinds }] : []
  }),
)

let started: Started | undefined
afterEach(async () => {
  await started?.sandbox.close()
  started = undefined
})

async function practising(network: NetworkId) {
  const place = NETWORKS.find((one) => one.network === network)
  started = await EVERY_NETWORK[network]?.()
  if (!place || !started) throw new Error(`Nobody practises on ${network}.`)
  const { adapter, sandbox, given, facts } = started
  // What lets an access renew itself is given while practising.
  const connected = await adapter.connect({ ...place.given, ...given }, testTools(sandbox.clock, {}))
  if (connected.kind !== 'connected') throw new Error(JSON.stringify(connected.trouble))
  const account: Account = { ...connected.account, facts: { ...connected.account.facts, ...facts } }
  return {
    ...started,
    account,
    secrets: connected.secrets,
    fail: (failure: Failure | null) => fail(sandbox, place, failure),
  }
}
type Practising = Awaited<ReturnType<typeof practising>>

function preparing(on: Practising, { network, format, media }: (typeof posts)[number]) {
  const { adapter, account, sandbox, secrets, host } = on
  const post = postOf(network, format, media)
  host(post.media)
  const tools = testTools(sandbox.clock, secrets, bytesFor(...post.media))
  return { adapter, job: post.job, account, tools, clock: sandbox.clock }
}
type Preparing = ReturnType<typeof preparing>

/** The access is renewed as the engine does it; null: it was. */
async function renewed({ adapter, account, tools }: Preparing): Promise<Trouble | null> {
  const answer = await adapter.refresh?.(account, tools)
  if (!answer) return { kind: 'access-withdrawn', reason: '', details: '' }
  if (answer.kind === 'trouble') return answer.trouble
  Object.assign(tools.secrets, answer.secrets)
  return null
}

/** Goes on as the engine and a person would, until it is out. */
async function sentOn(on: Preparing, first: Delivered, since: number, shown: () => number): Promise<void> {
  const { adapter, job, account, tools, clock } = on
  let { trouble, memory } = first
  for (let tries = 0; trouble && tries < 6; tries++) {
    if (trouble.kind === 'unknown') {
      clock.pass(90_000)
      const found = (await adapter.find?.(job, 0, memory, since, account, tools)) ?? { kind: 'unclear' as const }
      if (found.kind === 'there') return
      // A person looks, where the network cannot be asked.
      if (found.kind === 'unclear' && shown() > 0) return
      if (found.kind === 'trouble') continue
    }
    if (trouble.kind === 'rate-limited' || trouble.kind === 'quota-used') clock.pass(trouble.until - clock.now())
    const again: Delivered = await deliver(on, trouble.kind === 'begin-again' ? {} : memory)
    ;({ trouble, memory } = again)
  }
  expect(trouble).toBeNull()
}

describe('a failure on purpose', () => {
  it.each(cases)('$network, $what: $failure', async ({ failure, kinds, ...post }) => {
    const on = await practising(post.network)
    const { sandbox } = on
    const sending = preparing(on, post)
    const since = sandbox.clock.now()
    on.fail(failure)
    if (failure === 'half-open') sending.tools.patience(SHORT_PATIENCE)
    const first = await deliver(sending)
    sending.tools.patience(null)

    const needs = waitsFor(failure, post.network)
    const isThere =
      needs === 'a post with a film' ? post.media.some(({ type }) => type.startsWith('video/')) : post.media.length > 0
    if (needs !== null && !isThere) {
      expect(first.trouble).toBeNull()
      expect(sandbox.waits()).toBe(true)
      return
    }
    const withdrawn = first.trouble?.kind === 'access-expired' ? await renewed(sending) : null
    expect(kinds).toContain((withdrawn ?? first.trouble)?.kind)
    // Connected again, nothing goes wrong any more.
    if (failure === 'revoked') on.fail(null)
    await sentOn(sending, first, since, () => sandbox.visible().length)
    expect(sandbox.waits()).toBe(false)
    expect(sandbox.visible()).toHaveLength(1)
  })

  it.each(ADAPTERS.map(({ network }) => network).filter((network) => failuresOf(network).includes('thread-cut')))(
    '%s: a thread is cut after its first part, and posts without one before it are not',
    async (network) => {
      const on = await practising(network)
      const { adapter, sandbox, account, secrets } = on
      const tools = testTools(sandbox.clock, secrets)
      const sending = { adapter, account, tools, clock: sandbox.clock }
      on.fail('thread-cut')
      for (const text of ['One alone', 'No "reply" to anything'])
        expect((await deliver({ ...sending, job: aJob(text) })).trouble).toBeNull()
      expect(sandbox.visible()).toHaveLength(2)

      const part = (text: string, kind: 'post' | 'thread') => ({ kind, text, html: '', media: [] })
      const job = aJob('', { format: 'thread', parts: [part('One', 'post'), part('Two', 'thread')] })
      const { trouble, remoteIds, memory } = await deliver({ ...sending, job })
      expect(remoteIds).toHaveLength(1)
      expect(trouble?.kind).toBe('refused')
      expect((await deliver({ ...sending, job }, memory, 1)).trouble).toBeNull()
      expect(sandbox.visible()).toHaveLength(4)
    },
  )

  const lasting = [
    { network: 'youtube', failure: 'locked', state: 'private' },
    { network: 'tiktok', failure: 'in-review', state: 'in-review' },
    { network: 'snapchat', failure: 'in-review', state: 'in-review', of: 'spotlight' },
    // Signed by the clock of the site, it goes out all the same.
    { network: 'ghost', failure: 'clock', state: 'public' },
  ] as const
  it.each(
    lasting.flatMap((one) =>
      posts
        .filter(({ network, format }) => network === one.network && (!('of' in one) || format === one.of))
        .map((post) => ({ ...post, ...one })),
    ),
  )('$network, $what: $failure is out, and seen as $state', async ({ failure, state, ...post }) => {
    const on = await practising(post.network)
    const { adapter, sandbox, account } = on
    const sending = preparing(on, post)
    on.fail(failure)
    const { remoteIds, trouble } = await deliver(sending)
    expect(trouble).toBeNull()
    if (failure === 'clock') expect(sandbox.calls.filter(({ method }) => method === 'PUT')).toHaveLength(2)
    sandbox.clock.pass(3_600_000)
    expect(await adapter.see?.(remoteIds[0] ?? '', account, sending.tools)).toMatchObject({ kind: 'seen', state })
  })
})

describe('a file that cannot be read once it was worked on', () => {
  const isWorkedOn = ({ network, media }: (typeof posts)[number]) =>
    waitsFor('unreadable', network) === 'a post with a file'
      ? media.length > 0
      : media.some(({ type }) => type.startsWith('video/'))
  const unreadable = posts.filter((post) => failuresOf(post.network).includes('unreadable') && isWorkedOn(post))

  it.each(unreadable)('$network, $what: it is told, nobody sees the post, and sent anew it is out', async (post) => {
    const on = await practising(post.network)
    const { adapter, sandbox, account } = on
    const sending = preparing(on, post)
    on.fail('unreadable')
    const { trouble, remoteIds } = await deliver(sending)
    const look = async () => adapter.see?.(remoteIds[0] ?? '', account, sending.tools)
    if (trouble) expect(trouble).toMatchObject({ kind: 'refused' })
    else
      await expect.poll(look, { interval: 0 }).toMatchObject({ state: 'removed', because: expect.stringMatching(/./) })
    expect(sandbox.visible()).toEqual([])
    expect(sandbox.spoiling?.next).toBe(false)

    expect((await deliver(sending)).trouble).toBeNull()
    expect(sandbox.visible()).toHaveLength(1)
  })
})

describe('what somebody does there', () => {
  it.each(posts)('$network, $what: taken away, it is seen to be gone', async (post) => {
    const on = await practising(post.network)
    const { adapter, sandbox, account } = on
    const sending = preparing(on, post)
    const { remoteIds, trouble } = await deliver(sending)
    expect(trouble).toBeNull()
    let remoteId = remoteIds[0] ?? ''
    const see = async () => {
      const seen = await adapter.see?.(remoteId, account, sending.tools)
      if (seen?.kind === 'seen') remoteId = seen.remoteId
      return seen
    }
    expect(await see()).toMatchObject({ kind: 'seen' })
    const [shown] = sandbox.visible()
    sandbox.takeAway(shown?.id ?? '')
    expect(sandbox.visible().filter(({ untold }) => !untold)).toEqual([])
    if (!shown?.untold) expect(await see()).toMatchObject({ kind: 'seen', state: 'removed' })
  })

  const schedules = ADAPTERS.filter((adapter) => adapter.schedules).map(({ network }) => network)
  it.each(schedules)(
    '%s: changed while it waits, it is seen to be another; taken away, to be gone',
    async (network) => {
      const on = await practising(network)
      const { adapter, sandbox, account, secrets, host } = on
      const { job, media } = plainPost(network, 'Later')
      host(media)
      const tools = testTools(sandbox.clock, secrets, bytesFor(...media))
      const publishAt = Math.ceil(sandbox.clock.now() / 60_000) * 60_000 + 40 * 60_000
      const { remoteIds, trouble } = await deliver({
        adapter,
        account,
        tools,
        clock: sandbox.clock,
        job: { ...job, publishAt },
      })
      expect(trouble).toBeNull()
      const see = async () => adapter.see?.(remoteIds[0] ?? '', account, tools)
      const [before, waits] = [await see(), sandbox.queue?.() ?? []]
      expect(waits).toMatchObject([{ at: publishAt }])
      const [{ id } = { id: '' }] = waits
      sandbox.rewrite?.(id, 'Somebody wrote this')
      const after = await see()
      if (before?.kind !== 'seen' || after?.kind !== 'seen') throw new Error('not seen')
      expect(after).toMatchObject({ state: 'scheduled' })
      expect(after.fingerprint).not.toBe(before.fingerprint)
      expect(sandbox.queue?.()).toMatchObject([{ id, text: 'Somebody wrote this' }])

      sandbox.takeAway(id)
      expect(sandbox.queue?.()).toEqual([])
      expect(await see()).toMatchObject({ kind: 'seen', state: 'removed' })
    },
  )
})
