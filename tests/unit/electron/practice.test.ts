/** Practising is kept apart from what is real, both ways. */
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { accountsHandlers } from '../../../electron/handlers/accounts.ts'
import { platformsHandlers } from '../../../electron/handlers/platforms.ts'
import { practiceHandlers } from '../../../electron/handlers/practice.ts'
import { type Publisher, toolsFor } from '../../../electron/handlers/tools.ts'
import { ADAPTERS } from '../../../electron/platforms/index.ts'
import { silentLog } from '../../../electron/services/log.ts'
import { createNetworkClock } from '../../../electron/services/networkClock.ts'
import { createOriginals } from '../../../electron/services/originals.ts'
import { createPractice } from '../../../electron/services/practice.ts'
import { createVault, fileSealer } from '../../../electron/services/vault.ts'
import { isPractice } from '../../../shared/domain/practice.ts'
import type { Deed } from '../../../shared/domain/practiceFailures.ts'
import type { Account } from '../../../shared/domain/publishing.ts'
import { toBase64 } from '../../../shared/lib/base64.ts'
import { aJob, aPicture } from '../../contract/platforms/deliver.ts'
import { plainPost } from '../../contract/platforms/everyNetwork.ts'
import { MASTODON_TOKEN } from '../../sandbox/mastodon.ts'
import type { StartedNetwork } from '../../sandbox/practice.ts'
import { startSandbox } from '../../sandbox/server.ts'
import { memoryCommits, memoryHosts } from '../../support/memoryPublishing.ts'
import { removeFolder, temporaryFolder } from '../../support/project.ts'

const folder = temporaryFolder().path
const vaultIn = (name: string) =>
  createVault(join(folder, name), async () => fileSealer(join(folder, 'key')), silentLog)
const machine: Publisher = {
  adapters: ADAPTERS,
  log: silentLog,
  originals: createOriginals(join(folder, 'media')),
  vault: vaultIn('vault'),
  practice: createPractice(vaultIn('practice')),
  mediaHosts: memoryHosts(),
  networkClock: createNetworkClock(),
  commits: memoryCommits(),
}
const handlers = { ...accountsHandlers(machine), ...practiceHandlers(machine) }
const accounts = new Map<string, Account>()
let started: readonly StartedNetwork[] = []

beforeAll(async () => {
  started = await machine.practice.start()
  for (const { network } of started) {
    const answer = await handlers['practice:connect'](network)
    if (answer.kind !== 'connected') throw new Error(`${network}: ${JSON.stringify(answer)}`)
    accounts.set(network, answer.account)
  }
})
afterAll(async () => {
  await machine.practice.stop()
  removeFolder(folder)
})

const PIXEL = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10])

describe('practice accounts', () => {
  it('are there for every network that has an adapter, and say what they are', async () => {
    expect([...accounts.keys()].sort()).toEqual(ADAPTERS.map(({ network }) => network).sort())
    for (const account of accounts.values()) expect(isPractice(account)).toBe(true)
  })

  it('show pictures with what is read out in their place, and are ended with all they remember', async () => {
    const other = createPractice(vaultIn('other'))
    const own: Publisher = { ...machine, practice: other }
    const calls = practiceHandlers(own)
    const answer = await calls['practice:connect']('mastodon')
    if (answer.kind !== 'connected') throw new Error('not connected')
    const { account } = answer
    const tools = toolsFor(own, account, {}, '')
    const [server] = await other.start()
    const form = new FormData()
    form.set('file', new File([PIXEL], 'dot.png', { type: 'image/png' }))
    form.set('description', 'A dot')
    const headers = { authorization: `Bearer ${MASTODON_TOKEN}` }
    const sent = await tools.fetch('https://any.example/api/v2/media', { method: 'POST', headers, body: form })
    const { id } = (await sent.json()) as { id: string }
    const status = new URLSearchParams({ status: 'Look', 'media_ids[]': id })
    await tools.fetch('https://any.example/api/v1/statuses', { method: 'POST', headers, body: status })

    const [post] = await calls['practice:posts']('mastodon')
    expect(post).toMatchObject({ text: 'Look', media: [{ kind: 'picture', alt: 'A dot', isThere: true }] })
    const asked = { network: 'mastodon', postId: post?.id ?? '', at: 0 } as const
    expect(await calls['practice:picture'](asked)).toEqual({ type: 'image/png', bytes: toBase64(PIXEL) })

    await calls['practice:end']()
    await expect(fetch(server?.url ?? '')).rejects.toThrow()
    expect(await calls['practice:posts']('mastodon')).toEqual([])
    expect(await calls['practice:picture'](asked)).toBeNull()
    await other.stop()
  })

  it('go on after their servers were begun anew, which remember nobody', async () => {
    const before = createPractice(vaultIn('restarted'))
    const first: Publisher = { ...machine, practice: before }
    const connected = await practiceHandlers(first)['practice:connect']('bluesky')
    if (connected.kind !== 'connected') throw new Error('not connected')
    await before.stop()
    const second: Publisher = { ...machine, practice: createPractice(vaultIn('restarted')) }
    const remoteId = `at://${connected.account.remoteId}/app.bsky.feed.post/3kaaaaaaaaaaa`
    expect(await platformsHandlers(second)['platforms:remove']({ account: connected.account, remoteId })).toEqual({
      kind: 'done',
    })
    await second.practice.stop()
  })

  it('say what is still to go wrong, until it has', async () => {
    const [mastodon] = started.filter(({ network }) => network === 'mastodon')
    await handlers['practice:fail']('mastodon', 'away')
    expect(await handlers['practice:failing']('mastodon')).toBe('away')
    for (const _once of [1, 2]) await fetch(`${mastodon?.url}/api/v2/instance`)
    expect(await handlers['practice:failing']('mastodon')).toBeNull()
  })

  it('say that a file is still to be found unreadable, until that is taken off', async () => {
    const fails = () => handlers['practice:failing']('bluesky')
    await handlers['practice:fail']('bluesky', 'unreadable')
    expect(await fails()).toBe('unreadable')
    await handlers['practice:fail']('bluesky', null)
    expect(await fails()).toBeNull()
  })

  it('have what waits and what is out meddled with there, and show it', async () => {
    const say = async (status: Record<string, string>) => {
      const tools = toolsFor(machine, accounts.get('mastodon') as Account, {}, '')
      const headers = { authorization: `Bearer ${MASTODON_TOKEN}` }
      const body = new URLSearchParams(status)
      await tools.fetch('https://any.example/api/v1/statuses', { method: 'POST', headers, body })
    }
    const texts = async () => (await handlers['practice:posts']('mastodon')).map(({ text }) => text)
    const waiting = () => handlers['practice:waiting']('mastodon')
    const meddle = (postId: string, deed: Deed) => handlers['practice:meddle']({ network: 'mastodon', postId, deed })
    await say({ status: 'Out' })
    await say({ status: 'Later', scheduled_at: new Date(Date.now() + 3_600_000).toISOString() })
    const [later] = await waiting()
    expect(later?.text).toBe('Later')
    await meddle(later?.id ?? '', 'change')
    expect(await waiting()).toMatchObject([{ id: later?.id, text: 'Later (changed there)' }])
    await meddle(later?.id ?? '', 'take-away')
    expect(await waiting()).toEqual([])

    expect(await texts()).toContain('Out')
    const out = (await handlers['practice:posts']('mastodon')).find(({ text }) => text === 'Out')
    expect(out).toMatchObject({ isTold: true, isHeard: true })
    await meddle(out?.id ?? '', 'answer')
    const asked = { account: accounts.get('mastodon') as Account, remoteId: out?.id ?? '', page: '' }
    expect(await platformsHandlers(machine)['platforms:inbox'](asked)).toMatchObject({
      messages: [{ text: '@outpost Where do I get one?' }],
    })
    await meddle(out?.id ?? '', 'answer')
    const heard = await platformsHandlers(machine)['platforms:inbox'](asked)
    const dates = heard.kind === 'heard' ? heard.messages.map(({ at }) => at) : []
    expect(dates).toHaveLength(2)
    expect(Math.max(...dates)).toBeLessThanOrEqual(Date.now())
    expect(new Set(dates).size).toBe(2)
    await meddle(out?.id ?? '', 'take-away')
    expect(await texts()).not.toContain('Out')
  })

  it('have a vault of their own', async () => {
    for (const account of accounts.values()) {
      expect((await machine.vault.get(account)).ok && (await machine.vault.get(account))).toEqual({
        ok: true,
        value: null,
      })
      expect(await machine.practice.vault.get(account)).toMatchObject({ ok: true, value: { account } })
    }
  })

  it('reach the practice network whatever address is asked for, and nothing real', async () => {
    const real = await startSandbox({ 'GET /seen': () => ({ status: 200, body: 'real' }) })
    for (const [network, account] of accounts) {
      const tools = toolsFor(machine, account, {}, '')
      await tools.fetch(`${real.url}/seen`)
      await tools.fetch(`https://${network}.example.org/seen`)
    }
    expect(real.calls).toEqual([])
    await real.close()
  })

  it('are closed to real accounts, which reach everything else', async () => {
    const real = await startSandbox({ 'GET /seen': () => ({ status: 200, body: 'real' }) })
    const tools = toolsFor(machine, { network: 'mastodon', host: real.url }, {}, '')
    expect((await tools.fetch(`${real.url}/seen`)).status).toBe(200)
    for (const { url } of started)
      await expect(tools.fetch(`${url}/api/v2/instance`)).rejects.toThrow('practice network')
    await real.close()
  })

  it('have a media host of their own: a picture that a network fetches never comes to the real one', async () => {
    const { 'platforms:prepare': prepare, 'platforms:commit': commit } = platformsHandlers(machine)
    const account = accounts.get('instagram')
    if (!account) throw new Error('There is no practice account of Instagram.')
    const bytes = new Uint8Array(2_000).fill(7)
    await machine.originals.append('ws', 'one', { at: 0, bytes, last: true })
    const media = [aPicture('one', bytes.length, { type: 'image/jpeg' })]
    const job = aJob('Practised', { parts: [{ kind: 'post', text: 'Practised', html: '', media }] })
    const on = { account, shelf: 'ws', job, part: 0 }
    let step = await prepare({ ...on, memory: {} })
    while (step.kind === 'again') step = await prepare({ ...on, memory: step.memory })
    if (step.kind !== 'ready') throw new Error(JSON.stringify(step))
    const done = await commit({ ...on, memory: step.memory, commit: 1, notAfter: Date.now() + 30_000 })
    expect(done.kind).toBe('done')
    expect((await machine.practice.posts('instagram')).map(({ text }) => text)).toEqual(['Practised'])
    expect(await machine.mediaHosts.get()).toEqual({ ok: true, value: null })
  })

  describe('hand over ahead', () => {
    afterEach(() => vi.useRealTimers())

    it.each(ADAPTERS.flatMap(({ network, schedules }) => (schedules ? [network] : [])))(
      '%s shows what waited there once it is due, and nobody has to ask for it',
      async (network) => {
        vi.useFakeTimers({ toFake: ['Date'] })
        const calls = platformsHandlers(machine)
        const account = accounts.get(network)
        if (!account) throw new Error(`There is no practice account of ${network}.`)
        const { job: plain, media } = plainPost(network, 'Later')
        for (const { id, size } of media)
          await machine.originals.append('ws', id, { at: 0, bytes: new Uint8Array(size).fill(7), last: true })
        const job = { ...plain, publishAt: Math.ceil(Date.now() / 60_000) * 60_000 + 20 * 60_000 }
        const on = { account, shelf: 'ws', job, part: 0 }
        let step = await calls['platforms:prepare']({ ...on, memory: {} })
        while (step.kind === 'again') step = await calls['platforms:prepare']({ ...on, memory: step.memory })
        if (step.kind !== 'ready') throw new Error(JSON.stringify(step))
        const done = await calls['platforms:commit']({
          ...on,
          memory: step.memory,
          commit: 1,
          notAfter: Date.now() + 30_000,
        })
        if (done.kind !== 'done') throw new Error(JSON.stringify(done))
        const { remoteId } = done
        const seen = () => calls['platforms:see']({ account, remoteId })
        const shown = async () => (await machine.practice.posts(network)).length

        vi.setSystemTime(job.publishAt - 60_000)
        expect(await seen()).toMatchObject({ kind: 'seen', state: 'scheduled' })
        const before = await shown()
        vi.setSystemTime(job.publishAt + 60_000)
        expect(await seen()).toMatchObject({ kind: 'seen', state: 'public' })
        expect(await shown()).toBe(before + 1)
      },
    )
  })

  it('cannot be connected as real ones by their address', async () => {
    for (const { network, given, ownHost } of started.filter((one) => one.ownHost)) {
      expect(ownHost).toBe(true)
      expect((await handlers['accounts:connect']({ network, given })).kind, network).toBe('trouble')
    }
  })
})
