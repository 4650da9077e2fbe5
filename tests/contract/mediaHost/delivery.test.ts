/** Posts of networks that take addresses only: their files go over a media host, once, and lie there until the network has them. */
import { afterEach, expect, it } from 'vitest'
import type { Job, Memory, SentMedium } from '../../../electron/platforms/adapter.ts'
import { instagram } from '../../../electron/platforms/instagram.ts'
import { threads } from '../../../electron/platforms/threads.ts'
import { tiktok } from '../../../electron/platforms/tiktok.ts'
import type { NetworkId } from '../../../shared/domain/channel.ts'
import { newDelivery } from '../../../shared/domain/delivery.ts'
import { sentenceOf } from '../../../shared/domain/deliveryWords.ts'
import { MEDIA_HOST } from '../../../shared/domain/mediaHost.ts'
import { startInstagram } from '../../sandbox/instagram.ts'
import type { HostSandbox } from '../../sandbox/mediaHost.ts'
import { inSandbox } from '../../sandbox/reroute.ts'
import { type Clock, instead, lostAnswer, type Sandbox } from '../../sandbox/server.ts'
import { startThreads } from '../../sandbox/threads.ts'
import { startTikTok } from '../../sandbox/tiktok.ts'
import { memoryPublishing } from '../../support/memoryPublishing.ts'
import { aJob, aPicture } from '../platforms/deliver.ts'
import { KINDS, type KindUnderTest } from './hosts.ts'

const clock: Clock = { now: Date.now, pass: () => undefined }
const SHELF = 'ws-1'
const picture = (id: string) => aPicture(id, 30_000, { type: 'image/jpeg' })
const film = aPicture('clip', 40_000, { type: 'video/mp4', duration: 20 })
const bytes = new Map(
  [picture('one'), picture('two'), film].map(({ id, size }) => [`${SHELF}/${id}`, new Uint8Array(size).fill(7)]),
)

interface Visible extends Sandbox {
  visible(): readonly { readonly text: string }[]
}
const NETWORKS = {
  instagram: { adapter: instagram, start: startInstagram, given: { accessToken: 'ig-token-0001' }, fields: {} },
  threads: { adapter: threads, start: startThreads, given: { accessToken: 'th-token-0001' }, fields: {} },
  tiktok: {
    adapter: tiktok,
    start: startTikTok,
    given: { accessToken: 'act.first-access', refreshToken: 'rft.first-refresh', clientId: 'a', clientSecret: 'b' },
    fields: { visibility: 'PUBLIC_TO_EVERYONE' },
  },
} as const

const open: Sandbox[] = []
afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close()
})

async function aDesk(network: keyof typeof NETWORKS, kind: KindUnderTest | undefined) {
  const { adapter, start, given } = NETWORKS[network]
  const there: Visible = await start({ clock })
  const host = kind && (await kind.start({ clock }))
  open.push(there, ...(host ? [host] : []))
  const publishing = memoryPublishing(bytes, new Map(), [inSandbox(adapter, () => there.url)])
  if (kind && host) {
    const used = await publishing.mediaHost.use({ settings: kind.settings(host), secret: kind.secret })
    expect(used.kind).toBe('works')
  }
  const connected = await publishing.connect({ network: network as NetworkId, given })
  if (connected.kind !== 'connected') throw new Error(JSON.stringify(connected))
  const { account } = connected
  const on = { account, shelf: SHELF }
  const prepare = async (job: Job, memory: Memory = {}) => {
    let known = memory
    for (let step = 0; step < 40; step++) {
      const answer = await publishing.prepare({ ...on, job, part: 0, memory: known })
      if (answer.kind === 'trouble') return { ...answer, memory: known }
      known = answer.memory
      if (answer.kind === 'ready') return answer
    }
    throw new Error('It never gets ready.')
  }
  const commit = (job: Job, memory: Memory) =>
    publishing.commit({ ...on, job, part: 0, memory, commit: 1, notAfter: Date.now() + 30_000 })
  return { publishing, there, host: host as HostSandbox, on, prepare, commit }
}

const job = (network: keyof typeof NETWORKS, text: string, media: readonly SentMedium[], format: string): Job =>
  aJob(text, { format, fields: NETWORKS[network].fields, parts: [{ kind: 'post', text, html: '', media }] })
const puts = ({ calls }: Sandbox) => calls.filter(({ method, body }) => method === 'PUT' && body.length > 1_000)

const POSTS = [
  ['instagram', 'feed', [picture('one')]],
  ['instagram', 'carousel', [picture('one'), film]],
  ['instagram', 'story', [film]],
  ['instagram', 'reel', [film]],
  ['threads', 'feed', [picture('one'), picture('two')]],
  ['tiktok', 'carousel', [picture('one'), picture('two')]],
] as const

const CASES = KINDS.flatMap((kind) =>
  POSTS.map(([network, format, media]) => ({ kind, host: kind.name, network, format, media })),
)

it.each(CASES)(
  '$network fetches a $format from $host, and nothing is left there',
  async ({ kind, network, format, media }) => {
    const { publishing, there, host, on, prepare, commit } = await aDesk(network, kind)
    const sent = job(network, `${network} ${format}`, media, format)
    const ready = await prepare(sent)
    if (ready.kind !== 'ready') throw new Error(JSON.stringify(ready))
    expect(host.files.size).toBe(media.length)
    const done = await commit(sent, ready.memory)
    if (done.kind !== 'done') throw new Error(JSON.stringify(done))
    expect(await publishing.see({ account: on.account, remoteId: done.remoteId })).toMatchObject({
      kind: 'seen',
      state: 'public',
    })
    expect(there.visible()).toHaveLength(1)
    expect(puts(host)).toHaveLength(media.length)
    // Whoever knows the post cannot tell where its files lie.
    for (const name of host.files.keys()) expect(name).toMatch(/(^|\/)[0-9a-f]{40}\.(jpg|mp4)$/)

    expect(await publishing.mediaHost.lying({ shelf: SHELF })).toEqual([sent.deliveryId])
    await publishing.mediaHost.clear({ shelf: SHELF, deliveries: ['another'] })
    await publishing.mediaHost.clear({ shelf: 'ws-2', deliveries: [sent.deliveryId] })
    expect(host.files.size).toBe(media.length)
    await publishing.mediaHost.clear({ shelf: SHELF, deliveries: [sent.deliveryId] })
    expect(host.files.size).toBe(0)
    expect(await publishing.mediaHost.lying({ shelf: SHELF })).toEqual([])
  },
)

it.each(KINDS)('a step that is done again puts nothing twice under another name: $name', async (kind) => {
  const { publishing, host, on, prepare } = await aDesk('instagram', kind)
  const sent = job('instagram', 'Twice', [picture('one')], 'feed')
  host.fail((call) => call.method === 'PUT', lostAnswer)
  expect(await prepare(sent)).toMatchObject({ kind: 'trouble', trouble: { kind: 'server-fault' } })
  // Whoever was killed then remembers nothing of it; what lies there is in the list all the same.
  expect(await publishing.mediaHost.lying({ shelf: on.shelf })).toEqual([sent.deliveryId])
  expect((await prepare(sent)).kind).toBe('ready')
  expect((await prepare(sent)).kind).toBe('ready')
  expect(host.files.size).toBe(1)
  // A server that cannot be asked is sent it again, under the same name.
  if (kind.settings(host).kind !== 'server') expect(puts(host)).toHaveLength(1)
})

it('without a host, and where the host refuses, the delivery is stopped with what to do there', async () => {
  const without = await aDesk('threads', undefined)
  const sent = job('threads', 'Nowhere', [picture('one')], 'feed')
  const said = { kind: 'refused', field: MEDIA_HOST }
  expect(await without.prepare(sent)).toMatchObject({ kind: 'trouble', trouble: said })
  expect((await without.prepare({ ...sent, parts: [{ kind: 'post', text: 'Words', html: '', media: [] }] })).kind).toBe(
    'ready',
  )

  const [kind] = KINDS
  const { host, prepare } = await aDesk('threads', kind)
  host.fail((call) => call.method === 'PUT', instead({ status: 403, body: '<Error><Code>AccessDenied</Code></Error>' }))
  expect(await prepare(sent)).toMatchObject({ trouble: { ...said, reason: expect.stringContaining('rights') } })
  host.fail((call) => call.method === 'PUT', instead({ status: 429 }))
  // It is no limit of the account: its other posts go out.
  expect(await prepare(sent)).toMatchObject({ trouble: { kind: 'server-fault' } })
})

it('a host that is down or in trouble is told as the host, not as the network or the connection', async () => {
  const [kind] = KINDS
  const { host, prepare } = await aDesk('instagram', kind)
  const sent = job('instagram', 'Later', [picture('one')], 'feed')
  const sentenceAfter = async () => {
    const answer = await prepare(sent)
    if (answer.kind !== 'trouble') throw new Error(answer.kind)
    const made = newDelivery({ id: 'p~c', postId: 'p', channelId: 'c', dueAt: 0, contentAt: 0 })
    return sentenceOf(
      { ...made, state: { kind: 'retrying', at: 1, because: answer.trouble } },
      { network: 'Instagram', account: 'school', time: () => 'noon', online: true, paused: false },
    )
  }
  host.fail((call) => call.method === 'PUT', instead({ status: 503 }))
  expect(await sentenceAfter()).toBe('Your media host is in trouble itself, or too slow. Next try noon.')
  host.fail((call) => call.method === 'PUT', instead({ status: 429 }))
  expect(await sentenceAfter()).toBe('Your media host is in trouble itself, or too slow. Next try noon.')
  host.fail((call) => call.method === 'PUT', instead({ status: 511, body: '<html><title>Sign in</title></html>' }))
  expect(await sentenceAfter()).toMatch(/^A web page answered in place of your media host\./)
  await host.close()
  expect(await sentenceAfter()).toBe(
    'Nothing answers at the address of your media host. Look at it for typing errors, and whether you are online. Next try noon.',
  )
})

it('what was put at a host that was given up is put at the new one', async () => {
  const [, , , own] = KINDS
  const { publishing, prepare } = await aDesk('instagram', KINDS[0])
  const sent = job('instagram', 'Moved', [picture('one')], 'feed')
  const first = await prepare(sent)
  if (!own) throw new Error('There is no other kind.')
  const other = await own.start({ clock })
  open.push(other)
  await publishing.mediaHost.use({ settings: own.settings(other), secret: own.secret })
  expect((await prepare(sent, { hosted: first.memory.hosted })).kind).toBe('ready')
  expect(other.files.size).toBe(1)
})

it('what was taken away is put there anew, whatever the attempt remembers', async () => {
  const [kind] = KINDS
  const { publishing, host, prepare } = await aDesk('threads', kind)
  const sent = job('threads', 'Cancelled, then planned again', [picture('one')], 'feed')
  const first = await prepare(sent)
  await publishing.mediaHost.clear({ shelf: SHELF, deliveries: [sent.deliveryId] })
  expect(host.files.size).toBe(0)
  expect((await prepare(sent, { hosted: first.memory.hosted })).kind).toBe('ready')
  expect(host.files.size).toBe(1)
})

it('what cannot be taken away now stays in the list for the next time', async () => {
  const [kind] = KINDS
  const { publishing, host, prepare } = await aDesk('threads', kind)
  const sent = job('threads', 'Left over', [picture('one')], 'feed')
  await prepare(sent)
  const clear = () => publishing.mediaHost.clear({ shelf: SHELF, deliveries: [sent.deliveryId] })
  host.fail((call) => call.method === 'DELETE', instead({ status: 503 }))
  await clear()
  expect(await publishing.mediaHost.lying({ shelf: SHELF })).toEqual([sent.deliveryId])
  await clear()
  expect(await publishing.mediaHost.lying({ shelf: SHELF })).toEqual([])
  expect(host.files.size).toBe(0)
})

it('a secret that is kept goes nowhere but where it was given for', async () => {
  const [kind] = KINDS
  const { publishing, host } = await aDesk('threads', kind)
  if (!kind) throw new Error('There is no kind.')
  const settings = kind.settings(host)
  expect(await publishing.mediaHost.use({ settings, secret: '' })).toMatchObject({ kind: 'works' })
  const elsewhere = await kind.start({ clock })
  open.push(elsewhere)
  expect(await publishing.mediaHost.use({ settings: kind.settings(elsewhere), secret: '' })).toMatchObject({
    kind: 'wrong',
    field: 'secret',
  })
  expect(elsewhere.calls).toEqual([])
  expect(await publishing.mediaHost.get()).toMatchObject({ kind: 'set', lying: 0 })
  expect(JSON.stringify(await publishing.mediaHost.get())).not.toContain(kind.secret)
  await publishing.mediaHost.drop()
  expect(await publishing.mediaHost.get()).toEqual({ kind: 'none' })
})
