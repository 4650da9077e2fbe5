import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Job, Tools } from '../../electron/platforms/adapter.ts'
import { bluesky } from '../../electron/platforms/bluesky.ts'
import { aJob, deliver, prepare, testTools } from '../contract/platforms/deliver.ts'
import { removeFolder, temporaryFolder } from '../support/project.ts'
import { type BlueskyServer, startBlueskyServer } from './bluesky/start.ts'
import { type Connection, connection, losing, PICTURES, picture, realClock, startedOr } from './real.ts'

const folder = temporaryFolder().path
let server: BlueskyServer | null = null
let at: Connection

beforeAll(async () => {
  server = await startedOr('The data server of Bluesky', () => startBlueskyServer(folder))
  if (server) at = await connection(bluesky, { host: server.url, identifier: server.handle, password: server.password })
})
afterAll(async () => {
  await server?.stop()
  removeFolder(folder)
})
beforeEach(({ skip }) => {
  if (!server) skip('The server is not here.')
})

interface Stored {
  readonly uri: string
  readonly cid: string
  readonly value: Record<string, unknown> & { readonly text: string }
}

/** What the server itself says is there, asked without the adapter. */
async function stored(): Promise<Stored[]> {
  const query = new URLSearchParams({ repo: at.account.remoteId, collection: 'app.bsky.feed.post' })
  const answer = await fetch(`${server?.url}/xrpc/com.atproto.repo.listRecords?${query}`)
  return ((await answer.json()) as { records: Stored[] }).records
}
const post = (text: string, over: Partial<Job> = {}): Job => aJob(text, over)
const withPictures = (text: string): Job =>
  aJob(text, { parts: [{ kind: 'post', text, html: '', media: [picture('dawn'), picture('dusk')] }] })
const commits = (method: string, address: string) => method === 'POST' && address.includes('repo.putRecord')
const removeAll = async () => {
  for (const { uri } of await stored()) await bluesky.remove?.(uri, at.account, at.tools)
}

describe('the reference server of Bluesky', () => {
  it('shows a text with marked links, and pictures with their words, byte for byte', async () => {
    const text = 'Grüße 🌍 from https://example.org/ü #outpost'
    const { remoteIds, trouble } = await at.publish({ ...withPictures(text), fields: { language: 'en' } })
    expect(trouble).toBeNull()
    const [found] = await stored()
    expect(found).toMatchObject({
      uri: remoteIds[0],
      value: {
        text,
        langs: ['en'],
        facets: [
          { features: [{ uri: 'https://example.org/ü' }] },
          { index: { byteEnd: Buffer.byteLength(text) }, features: [{ tag: 'outpost' }] },
        ],
        embed: {
          images: [
            { alt: picture('dawn').alt, aspectRatio: { width: 640, height: 480 } },
            { alt: picture('dusk').alt },
          ],
        },
      },
    })
    const { images } = (found as Stored).value.embed as { images: { image: { ref: { $link: string } } }[] }
    for (const [index, id] of ['dawn', 'dusk'].entries()) {
      const query = new URLSearchParams({ did: at.account.remoteId, cid: images[index]?.image.ref.$link ?? '' })
      const blob = await fetch(`${server?.url}/xrpc/com.atproto.sync.getBlob?${query}`)
      expect(new Uint8Array(await blob.arrayBuffer())).toEqual(PICTURES.get(id))
    }
    expect(await bluesky.see?.(remoteIds[0] ?? '', at.account, at.tools)).toMatchObject({
      state: 'public',
      fingerprint: found?.cid,
    })
    await removeAll()
    expect(await stored()).toEqual([])
    expect(await bluesky.see?.(remoteIds[0] ?? '', at.account, at.tools)).toMatchObject({ state: 'removed' })
  })

  it('takes link cards, galleries, labels and who may reply', async () => {
    const fields = {
      link: 'https://example.org/',
      linkTitle: 'T',
      linkDescription: 'D',
      cover: 'dawn',
      replies: 'followerRule',
      contentLabel: 'nudity',
    }
    const card = { ...withPictures('A card'), fields }
    expect((await at.publish(card)).trouble).toBeNull()
    const media = Array.from({ length: 6 }, () => picture('dawn'))
    const gallery = aJob('', { parts: [{ kind: 'post', text: 'Six', html: '', media }] })
    expect((await at.publish(gallery)).trouble).toBeNull()
    expect((await stored()).map(({ value }) => (value.embed as { $type: string }).$type)).toEqual([
      'app.bsky.embed.gallery',
      'app.bsky.embed.external',
    ])
    await removeAll()
  })

  it('has one post where the answer to the commit was lost, found or sent again', async () => {
    const job = post('Was it taken?')
    const prepared = await prepare(at.preparing(job), 0, {})
    const lost = await bluesky.commit(job, 0, prepared.memory, at.account, losing(at.tools, commits))
    expect(lost).toMatchObject({ trouble: { kind: 'unknown' } })
    const [found] = await stored()
    expect(await bluesky.find?.(job, 0, prepared.memory, 0, at.account, at.tools)).toEqual({
      kind: 'there',
      remoteId: found?.uri,
    })
    expect(await bluesky.commit(job, 0, prepared.memory, at.account, at.tools)).toMatchObject({
      kind: 'done',
      remoteId: found?.uri,
    })
    expect(await stored()).toHaveLength(1)
    const other = await prepare(at.preparing(post('Never sent')), 0, {})
    expect(await bluesky.find?.(post(''), 0, other.memory, 0, at.account, at.tools)).toEqual({ kind: 'absent' })
    await removeAll()
  })

  it('chains a thread, over a lost answer', async () => {
    const parts = ['One', 'Two', 'Three'].map((text) => ({ kind: 'thread' as const, text, html: '', media: [] }))
    const job = aJob('', { parts })
    const first = await deliver(at.preparing(job, { tools: losing(at.tools, commits) }))
    expect(first.trouble).toMatchObject({ kind: 'unknown' })
    expect((await deliver(at.preparing(job), first.memory, 1)).trouble).toBeNull()
    const [three, two, one] = await stored()
    expect([one, two, three].map((record) => record?.value.text)).toEqual(['One', 'Two', 'Three'])
    const root = { uri: one?.uri, cid: one?.cid }
    expect(three?.value.reply).toEqual({ root, parent: { uri: two?.uri, cid: two?.cid } })
    await removeAll()
  })

  it('answers the first part with its first comment, and takes tags beside the text', async () => {
    const part = (kind: 'post' | 'thread' | 'comment', text: string) => ({ kind, text, html: '', media: [] })
    const parts = [part('post', 'One'), part('thread', 'Two'), part('comment', 'By the way')]
    await at.publish(aJob('', { parts, fields: { tags: ['harbour', 'boats'] } }))
    const [comment, , one] = await stored()
    expect(one?.value.tags).toEqual(['harbour', 'boats'])
    const root = { uri: one?.uri, cid: one?.cid }
    expect(comment?.value).toMatchObject({ text: 'By the way', reply: { root, parent: root } })
    await removeAll()
  })

  it('refuses what is too long, and names the field', async () => {
    expect((await at.publish(post('x'.repeat(301)))).trouble).toMatchObject({ kind: 'refused', field: 'text' })
    expect(await stored()).toEqual([])
  })

  it('renews its access, and knows a wrong password', async () => {
    const renewed = await bluesky.refresh?.(at.account, at.tools)
    if (renewed?.kind !== 'connected') throw new Error(JSON.stringify(renewed))
    expect(renewed.account.expiresAt).toBeGreaterThan(Date.now() + 60 * 60_000)
    const tools: Tools = testTools(realClock, renewed.secrets, PICTURES)
    expect((await deliver(at.preparing(post('With the new access'), { tools }))).trouble).toBeNull()
    const wrong = { host: server?.url ?? '', identifier: server?.handle ?? '', password: 'wrong-wrong-wrong' }
    expect(await bluesky.connect(wrong, at.tools)).toMatchObject({ trouble: { kind: 'access-withdrawn' } })
    await removeAll()
  })
})
