/** What every shell promises about accounts and networks: an access goes in and never comes out, and each call reaches its network. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Publishing } from '../../renderer/ports/publishing.ts'
import type { Shell } from '../../renderer/ports/shell.ts'
import type { Account, Job } from '../../shared/domain/publishing.ts'
import { toBase64 } from '../../shared/lib/base64.ts'
import { MASTODON_TOKEN, type MastodonSandbox, startMastodon } from '../sandbox/mastodon.ts'
import { type Clock, lostAnswer } from '../sandbox/server.ts'
import type { ShellUnderTest } from './shellContract.ts'

const realClock: Clock = { now: Date.now, pass: () => undefined }
const HOUR = 60 * 60_000

export function publishingCalls(name: string, use: () => ShellUnderTest): void {
  describe(`publishing through the ${name} shell`, () => {
    let sandbox: MastodonSandbox
    let shell: Shell
    let publishing: Publishing
    let account: Account
    let jobs = 0

    beforeAll(async () => {
      sandbox = await startMastodon({ clock: realClock })
      // The suite before this one ends with a restart of its own.
      shell = (await use().restart?.()) ?? use().shell
      publishing = await shell.publishing()
      account = await connect(publishing)
    })
    afterAll(() => sandbox.close())

    const given = () => ({ host: sandbox.url, token: MASTODON_TOKEN })
    async function connect(by: Publishing): Promise<Account> {
      const connected = await by.connect({ network: 'mastodon', given: given() })
      if (connected.kind !== 'connected') throw new Error(JSON.stringify(connected))
      return connected.account
    }
    const job = (text: string, over: Partial<Job> = {}): Job => ({
      deliveryId: `delivery-${++jobs}`,
      fingerprint: `fingerprint-${jobs}`,
      format: 'feed',
      title: '',
      fields: {},
      parts: [{ kind: 'post', text, html: '', media: [] }],
      publishAt: null,
      ...over,
    })
    const part = (one: Job, memory = {}) => ({ account, shelf: 'outbox', job: one, part: 0, memory })
    const commitOf = (one: Job, memory = {}) => ({ ...part(one, memory), commit: 1, notAfter: Date.now() + HOUR })
    async function ready(one: Job) {
      let step = await publishing.prepare(part(one))
      while (step.kind === 'again') step = await publishing.prepare(part(one, step.memory))
      if (step.kind !== 'ready') throw new Error(JSON.stringify(step))
      return step.memory
    }
    async function publish(one: Job) {
      const committed = await publishing.commit(commitOf(one, await ready(one)))
      if (committed.kind !== 'done') throw new Error(JSON.stringify(committed))
      return committed
    }

    it('tells a user what becomes of their passwords before they give one', async () => {
      const warning = await publishing.warning()
      if (name === 'chromium') expect(warning).toContain('vault.key')
      if (name === 'memory') expect(warning).toBe('')
    })

    it('says what it can do with which network', async () => {
      const abilities = await publishing.abilities()
      expect(abilities.find(({ network }) => network === 'mastodon')).toMatchObject({
        finds: true,
        edits: true,
        removes: true,
        refreshes: false,
        completes: false,
        schedules: { soonest: expect.any(Number) },
      })
      expect(new Set(abilities.map(({ network }) => network)).size).toBe(abilities.length)
    })

    it('says whose account it is, and nothing of what was given', async () => {
      expect(account).toMatchObject({ network: 'mastodon', remoteId: '7', handle: '@outpost@social.example' })
      expect(JSON.stringify(account)).not.toContain(MASTODON_TOKEN)
    })

    it('keeps nothing of an access that the network refuses', async () => {
      const refused = await publishing.connect({
        network: 'mastodon',
        given: { host: sandbox.url, token: 'wrong-token' },
      })
      expect(refused).toMatchObject({ kind: 'trouble', trouble: { kind: 'access-withdrawn' } })
      const none = await publishing.connect({ network: 'newsletter', given: {} })
      expect(none).toMatchObject({ kind: 'trouble' })
    })

    it('publishes with a picture from the shelf, sees it, changes it and takes it back', async () => {
      const bytes = new Uint8Array(2_500_000).map((_, index) => index % 251)
      await shell.appendMedia('outbox', 'dawn', { at: 0, bytes: toBase64(bytes), last: true })
      const medium = {
        id: 'dawn',
        type: 'image/png',
        size: bytes.length,
        width: 9,
        height: 9,
        duration: 0,
        alt: 'Dawn',
        address: '',
      }
      const one = job('Good morning 🌅', {
        parts: [{ kind: 'post', text: 'Good morning 🌅', html: '', media: [medium] }],
      })
      const { remoteId, memory } = await publish(one)
      expect(sandbox.statuses.at(-1)).toMatchObject({ id: remoteId, text: 'Good morning 🌅' })
      const upload = sandbox.calls.findLast(({ path }) => path === '/api/v2/media')
      expect(upload?.body.includes(Buffer.from(bytes))).toBe(true)
      expect(await publishing.see({ account, remoteId })).toMatchObject({ kind: 'seen', state: 'public' })
      const changed = { ...one, parts: one.parts.map((first) => ({ ...first, text: 'Good evening' })) }
      expect(
        await publishing.edit({ account, shelf: 'outbox', remoteId, sent: one, job: changed, part: 0, memory }),
      ).toEqual({
        kind: 'done',
      })
      expect(sandbox.statuses.at(-1)?.text).toBe('Good evening')
      expect(await publishing.remove({ account, remoteId })).toEqual({ kind: 'done' })
      expect(await publishing.see({ account, remoteId })).toMatchObject({ kind: 'seen', state: 'removed' })
    })

    it('hands over ahead', async () => {
      const { remoteId } = await publish(job('Later', { publishAt: Date.now() + 3 * HOUR }))
      expect(await publishing.see({ account, remoteId })).toMatchObject({ kind: 'seen', state: 'scheduled' })
      await publishing.remove({ account, remoteId })
      expect(sandbox.waiting).toEqual([])
    })

    it('does not know what became of a commit whose answer was lost, and finds it', async () => {
      const one = job('Was it taken?')
      const memory = await ready(one)
      const since = Date.now()
      sandbox.fail('POST /api/v1/statuses', lostAnswer)
      expect(await publishing.commit(commitOf(one, memory))).toMatchObject({ trouble: { kind: 'unknown' } })
      const found = await publishing.find({ ...part(one, memory), since })
      expect(found).toEqual({ kind: 'there', remoteId: sandbox.statuses.at(-1)?.id })
    })

    it('knows after a restart which commits were begun, whatever became of them', async () => {
      const [taken, ahead, lost, never] = [job('Taken'), job('Ahead'), job('Lost'), job('Never')]
      const publishAt = Date.now() + HOUR
      await publish(taken)
      const memory = await ready(ahead)
      await publishing.commit({ ...commitOf({ ...ahead, publishAt }, memory), commit: 3 })
      const prepared = await ready(lost)
      sandbox.fail('POST /api/v1/statuses', lostAnswer)
      await publishing.commit(commitOf(lost, prepared))
      await ready(never)
      shell = (await use().restart?.()) ?? shell
      publishing = await shell.publishing()
      const begun = await publishing.commits([taken, ahead, lost, never].map(({ deliveryId }) => deliveryId))
      expect(begun).toEqual([
        { deliveryId: taken.deliveryId, commit: 1, goesOut: expect.any(Number) },
        { deliveryId: ahead.deliveryId, commit: 3, goesOut: publishAt },
        { deliveryId: lost.deliveryId, commit: 1, goesOut: expect.any(Number) },
      ])
    })

    it('begins no commit twice under a number, whoever asks for it', async () => {
      const one = job('Once')
      await publish(one)
      const memory = await ready(one)
      const before = sandbox.calls.length
      expect(await publishing.commit(commitOf(one, memory))).toEqual({
        kind: 'begun-before',
        begun: { deliveryId: one.deliveryId, commit: 1, goesOut: expect.any(Number) },
      })
      expect(sandbox.calls.length).toBe(before)
    })

    it('begins no commit later than it was told to', async () => {
      const one = job('Too late')
      const memory = await ready(one)
      const before = sandbox.calls.length
      expect(await publishing.commit({ ...commitOf(one, memory), notAfter: Date.now() - 1 })).toMatchObject({
        trouble: { kind: 'no-network' },
      })
      expect(sandbox.calls.length).toBe(before)
    })

    it('sends nothing where the call is not as agreed', async () => {
      const before = sandbox.calls.length
      for (const wrong of [
        { ...commitOf(job('x')), part: -1 },
        { ...commitOf(job('x')), shelf: '../out' },
        { ...commitOf(job('x')), account: {} },
        part(job('x')),
      ])
        await expect(publishing.commit(wrong as ReturnType<typeof commitOf>)).rejects.toThrow()
      expect(sandbox.calls.length).toBe(before)
    })

    it('has the access after a restart', async ({ skip }) => {
      const { restart } = use()
      if (!restart) return skip('nothing outlives the process')
      shell = await restart()
      publishing = await shell.publishing()
      await publish(job('After the restart'))
      expect(sandbox.statuses.at(-1)?.text).toBe('After the restart')
    })

    it('leaves the access nowhere it could be read: not with the data, not in what is logged', async ({ skip }) => {
      const { everything } = use()
      if (!everything) return skip('nothing is written down')
      await shell.appendJournal('canary', [JSON.stringify({ account, marker: 'a-marker-that-is-found' })])
      const kept = await everything()
      const holding = (text: string) =>
        kept.filter(({ bytes }) =>
          [
            Buffer.from(text),
            Buffer.from(text, 'utf16le'),
            Buffer.from(Buffer.from(text).toString('base64').slice(0, -4)),
          ].some((form) => bytes.includes(form)),
        )
      expect(kept.some(({ path }) => path.includes('vault'))).toBe(true)
      expect(holding('a-marker-that-is-found')).not.toEqual([])
      expect(
        kept.filter(({ path, bytes }) => path.endsWith('.log') && bytes.includes('/api/v1/statuses: 200')),
      ).not.toEqual([])
      expect(holding(MASTODON_TOKEN).map(({ path }) => path)).toEqual([])
    })

    it('forgets an access for good', async () => {
      expect(await publishing.forget(account)).toEqual({ ok: true, value: null })
      const before = sandbox.calls.length
      expect(await publishing.see({ account, remoteId: '1' })).toMatchObject({
        kind: 'trouble',
        trouble: { kind: 'access-withdrawn', reason: expect.stringContaining('No access') },
      })
      expect(sandbox.calls.length).toBe(before)
    })
  })
}
