import { afterEach, describe, expect, it } from 'vitest'
import { accountsHandlers } from '../../../electron/handlers/accounts.ts'
import { platformsHandlers } from '../../../electron/handlers/platforms.ts'
import type { Publisher } from '../../../electron/handlers/tools.ts'
import type { Adapter } from '../../../electron/platforms/adapter.ts'
import { ADAPTERS } from '../../../electron/platforms/index.ts'
import { createNetworkClock } from '../../../electron/services/networkClock.ts'
import { createPractice } from '../../../electron/services/practice.ts'
import type { Kept } from '../../../electron/services/vault.ts'
import { nameOf } from '../../../electron/services/vault.ts'
import { NETWORK_IDS } from '../../../shared/domain/channel.ts'
import type { Account } from '../../../shared/domain/publishing.ts'
import { err, ok } from '../../../shared/lib/result.ts'
import { BLUESKY_PASSWORD, startBluesky } from '../../sandbox/bluesky.ts'
import { MASTODON_TOKEN, startMastodon } from '../../sandbox/mastodon.ts'
import { type Clock, lostAnswer, type Sandbox, startSandbox } from '../../sandbox/server.ts'
import { startWordPress, WORDPRESS_PASSWORD } from '../../sandbox/wordpress.ts'
import { memoryCommits, memoryHosts } from '../../support/memoryPublishing.ts'

const realClock: Clock = { now: Date.now, pass: () => undefined }
const HOUR = 60 * 60_000
const open: Sandbox[] = []
afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close()
})
async function running<T extends Sandbox>(starting: Promise<T>): Promise<T> {
  const sandbox = await starting
  open.push(sandbox)
  return sandbox
}

function publisher(adapters: readonly Adapter[] = ADAPTERS, full: boolean | (() => boolean) = false) {
  const kept = new Map<string, Kept>()
  const logged: string[] = []
  const vault: Publisher['vault'] = {
    warning: async () => '',
    get: async (account) => ok(kept.get(nameOf(account)) ?? null),
    put: async (access) => {
      if (typeof full === 'function' ? full() : full) return err({ kind: 'disk-full', message: 'The disk is full.' })
      kept.set(nameOf(access.account), access)
      return ok(null)
    },
    drop: async () => ok(null),
  }
  const machine: Publisher = {
    adapters,
    log: { info: (text) => void logged.push(text), error: (...all) => void logged.push(String(all)) },
    originals: {
      read: async () => err({ kind: 'not-found', message: 'the second copy is not there.' }),
      fill: async () => err({ kind: 'not-found', message: 'the second copy is not there.' }),
    } as unknown as Publisher['originals'],
    vault,
    practice: createPractice(vault),
    mediaHosts: memoryHosts(),
    networkClock: createNetworkClock(),
    commits: memoryCommits(),
  }
  return { kept, logged, ...accountsHandlers(machine), ...platformsHandlers(machine) }
}

async function connected(
  shell: ReturnType<typeof publisher>,
  network: Account['network'],
  given: Record<string, string>,
) {
  const answer = await shell['accounts:connect']({ network, given })
  if (answer.kind !== 'connected') throw new Error(JSON.stringify(answer))
  return answer.account
}
const job = {
  deliveryId: 'd',
  fingerprint: 'f',
  format: 'feed',
  title: 'T',
  fields: {},
  parts: [{ kind: 'post' as const, text: 'Words', html: '', media: [] }],
  publishAt: null,
}

describe('accounts in the shell', () => {
  it('sends secrets to the address they were given for, whatever the page says later', async () => {
    const site = await running(startWordPress())
    const other = await running(startSandbox({}))
    const shell = publisher()
    const account = await connected(shell, 'wordpress', {
      host: site.url,
      login: 'editor',
      password: WORDPRESS_PASSWORD,
    })
    const turned = { ...account, facts: { ...account.facts, api: `${other.url}/wp-json/` } }
    await shell['platforms:prepare']({ account: turned, shelf: 's', job, part: 0, memory: {} })
    await shell['platforms:see']({ account: turned, remoteId: '1' })
    expect(other.calls).toEqual([])
    const moved = { ...account, host: other.url }
    expect(await shell['platforms:see']({ account: moved, remoteId: '1' })).toMatchObject({
      trouble: { kind: 'access-withdrawn' },
    })
    expect(other.calls).toEqual([])
  })

  it('remembers with what is ready by how much the clock was off, and finds it once that was put right', async () => {
    const mastodon = await running(startMastodon({ clock: realClock }))
    mastodon.skew(-HOUR)
    const shell = publisher()
    const account = await connected(shell, 'mastodon', { host: mastodon.url, token: MASTODON_TOKEN })
    const asked = { account, shelf: 's', job, part: 0 }
    const [step] = await shell['platforms:prepareHere']([{ account, job }])
    if (step?.kind !== 'ready') throw new Error(JSON.stringify(step))
    const { memory } = step
    expect(Math.abs(Number(memory.clockOff) + HOUR)).toBeLessThan(5_000)
    const since = Date.now()
    mastodon.fail(({ method }) => method === 'POST', lostAnswer)
    expect(await shell['platforms:commit']({ ...asked, memory, commit: 1, notAfter: since + HOUR })).toMatchObject({
      kind: 'trouble',
      trouble: { kind: 'unknown' },
    })
    mastodon.skew(0)
    expect(await shell['platforms:find']({ ...asked, memory, since })).toMatchObject({ kind: 'there' })
    expect(await shell['platforms:find']({ ...asked, memory: {}, since })).toMatchObject({ kind: 'absent' })
  })

  it('remembers nothing of a clock that no network told yet', async () => {
    const clock = createNetworkClock()
    expect(clock.off()).toBeNull()
    clock.hear(new Headers(), 0)
    expect(clock.off()).toBeNull()
    const noon = Date.parse('2026-10-01T12:00:00Z')
    clock.hear(new Headers({ date: 'Thu, 01 Oct 2026 12:00:20 GMT' }), noon)
    expect(clock.off()).toBe(0)
    // Out of a cache, an hour old.
    clock.hear(new Headers({ date: 'Thu, 01 Oct 2026 11:00:00 GMT', age: '3600' }), noon)
    expect(clock.off()).toBe(0)
    clock.hear(new Headers({ date: 'Thu, 01 Oct 2026 11:00:00 GMT' }), noon)
    expect(clock.off()).toBe(-HOUR)
  })

  it('tells a wrong clock as long as it was not set, nor stood still, since a network told', () => {
    let ran = 0
    const clock = createNetworkClock(() => ran)
    const noon = Date.parse('2026-10-01T12:00:00Z')
    expect(clock.offBy(noon)).toBeNull()
    clock.hear(new Headers({ date: 'Thu, 01 Oct 2026 11:00:00 GMT' }), noon)
    ran += HOUR
    expect(clock.offBy(noon + HOUR)).toBe(-HOUR)
    expect(clock.offBy(noon)).toBeNull()
    expect(clock.offBy(noon + 9 * HOUR)).toBeNull()
  })

  it('renews an access once, however many ask at a time, and keeps the new one', async () => {
    const sandbox = await running(startBluesky({ clock: realClock }))
    const shell = publisher()
    const account = await connected(shell, 'bluesky', {
      host: sandbox.url,
      identifier: 'outpost.test',
      password: BLUESKY_PASSWORD,
    })
    const before = [...shell.kept.values()][0]?.secrets
    const answers = await Promise.all([1, 2, 3].map(() => shell['accounts:refresh'](account)))
    expect(answers.map(({ kind }) => kind)).toEqual(['connected', 'connected', 'connected'])
    expect(sandbox.calls.filter(({ path }) => path.endsWith('refreshSession'))).toHaveLength(1)
    expect([...shell.kept.values()][0]?.secrets.accessJwt).not.toBe(before?.accessJwt)
    await shell['accounts:refresh'](account)
    expect(sandbox.calls.filter(({ path }) => path.endsWith('refreshSession'))).toHaveLength(2)
  })

  it('loses no renewed access to a full disk: the next attempt keeps the one that is there', async () => {
    const sandbox = await running(startBluesky({ clock: realClock }))
    let isFull = false
    const shell = publisher(ADAPTERS, () => isFull)
    const given = { host: sandbox.url, identifier: 'outpost.test', password: BLUESKY_PASSWORD }
    const account = await connected(shell, 'bluesky', given)
    isFull = true
    expect(await shell['accounts:refresh'](account)).toMatchObject({ kind: 'not-kept' })
    isFull = false
    expect(await shell['accounts:refresh'](account)).toMatchObject({ kind: 'connected' })
    expect(sandbox.calls.filter(({ path }) => path.endsWith('refreshSession'))).toHaveLength(1)
  })

  it('says that an access could not be kept: this computer is at fault, not the network', async () => {
    const sandbox = await running(startMastodon({ clock: realClock }))
    const shell = publisher(ADAPTERS, true)
    const answer = await shell['accounts:connect']({
      network: 'mastodon',
      given: { host: sandbox.url, token: MASTODON_TOKEN },
    })
    expect(answer).toMatchObject({ kind: 'not-kept', failure: { kind: 'disk-full' } })
  })

  it('tells whether an access to the account was kept before: another workspace may use it', async () => {
    const sandbox = await running(startMastodon({ clock: realClock }))
    const shell = publisher()
    const connect = () =>
      shell['accounts:connect']({ network: 'mastodon', given: { host: sandbox.url, token: MASTODON_TOKEN } })
    expect(await connect()).toMatchObject({ kind: 'connected', known: false })
    expect(await connect()).toMatchObject({ kind: 'connected', known: true })
  })

  it('quotes no secret where the program itself goes wrong', async () => {
    const sandbox = await running(startMastodon({ clock: realClock }))
    const shell = publisher()
    // Pasted with what no header can hold.
    const answer = await shell['accounts:connect']({
      network: 'mastodon',
      given: { host: sandbox.url, token: `${MASTODON_TOKEN}\nü` },
    })
    expect(answer).toMatchObject({ kind: 'trouble', trouble: { kind: 'refused', field: 'token' } })
    const broken: Adapter = {
      ...(ADAPTERS.find(({ network }) => network === 'mastodon') as Adapter),
      see: (_id, _account, tools) =>
        tools
          .fetch('https://social.example', { headers: { authorization: `Bearer ${MASTODON_TOKEN}\u0000x` } })
          .then(() => ({ kind: 'trouble', trouble: { kind: 'changed', details: '' } })),
    }
    const careless = publisher([broken])
    const account = await connected(careless, 'mastodon', { host: sandbox.url, token: MASTODON_TOKEN })
    const failure = await careless['platforms:see']({ account, remoteId: '1' }).catch((error: unknown) => String(error))
    expect(JSON.stringify([failure, careless.logged, shell.logged])).not.toContain(MASTODON_TOKEN)
  })

  it('asks nobody for what no adapter can do', async () => {
    const sandbox = await running(startBluesky({ clock: realClock }))
    const shell = publisher()
    const account = await connected(shell, 'bluesky', {
      host: sandbox.url,
      identifier: 'outpost.test',
      password: BLUESKY_PASSWORD,
    })
    const before = sandbox.calls.length
    expect(
      await shell['platforms:edit']({ account, shelf: 's', remoteId: 'x', sent: job, job, part: 0, memory: {} }),
    ).toMatchObject({
      trouble: { kind: 'changed' },
    })
    expect(sandbox.calls.length).toBe(before)
  })

  it('lists each network once', () => {
    const listed = ADAPTERS.map(({ network }) => network)
    expect(new Set(listed).size).toBe(listed.length)
    expect(listed.every((network) => NETWORK_IDS.includes(network))).toBe(true)
    expect(ADAPTERS.every(({ api }) => /^\d{4}-\d{2}$/.test(api.asOf))).toBe(true)
  })
})
