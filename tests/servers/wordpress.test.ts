import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Job, Tools } from '../../electron/platforms/adapter.ts'
import { wordpress } from '../../electron/platforms/wordpress.ts'
import { aJob, deliver, prepare, testTools } from '../contract/platforms/deliver.ts'
import { removeFolder, temporaryFolder } from '../support/project.ts'
import { type Connection, connection, losing, PICTURES, picture, realClock, startedOr } from './real.ts'
import { startWordPressServer, type WordPressServer } from './wordpress/start.ts'

const HOUR = 60 * 60_000
const folder = temporaryFolder().path
let server: WordPressServer | null = null
let at: Connection

const as = (login: 'author' | 'contributor') =>
  connection(wordpress, { host: server?.url ?? '', login, password: server?.passwords[login] ?? '' })

beforeAll(async () => {
  server = await startedOr('WordPress', () => startWordPressServer(folder))
  if (server) at = await as('author')
})
afterAll(async () => {
  await server?.stop()
  removeFolder(folder)
})
beforeEach(({ skip }) => {
  if (!server) skip('The server is not here.')
})

const article = (title: string, html: string, over: Partial<Job> = {}): Job =>
  aJob(title, {
    format: 'article',
    title,
    parts: [{ kind: 'post', text: '', html, media: [picture('dawn'), picture('dusk')] }],
    ...over,
  })
const short = (title: string, over: Partial<Job> = {}): Job =>
  article(title, '', { parts: [{ kind: 'post', text: '', html: '<p>Words</p>', media: [] }], ...over })

interface Row {
  readonly id: number
  readonly status: string
  readonly slug: string
  readonly title: { readonly raw: string }
  readonly content: { readonly raw: string }
  readonly link: string
  readonly date: string
  readonly date_gmt: string
  readonly featured_media: number
}

/** What the site itself says, asked without the adapter. */
async function asked<T>(path: string, init: RequestInit = {}): Promise<T> {
  const login = Buffer.from(`author:${server?.passwords.author}`).toString('base64')
  const answer = await fetch(`${server?.url}/wp-json/wp/v2/${path}`, {
    ...init,
    headers: { authorization: `Basic ${login}` },
  })
  return (await answer.json()) as T
}
/** Somebody with an account on the site comments, and is told by the site whether that is held. */
async function commented(login: 'author' | 'contributor', post: string, content: string): Promise<void> {
  const password = Buffer.from(`${login}:${server?.passwords[login]}`).toString('base64')
  const answer = await fetch(`${server?.url}/wp-json/wp/v2/comments`, {
    method: 'POST',
    headers: { authorization: `Basic ${password}`, 'content-type': 'application/json' },
    body: JSON.stringify({ post: Number(post), content }),
  })
  expect(await answer.json()).toMatchObject({ status: login === 'author' ? 'approved' : 'hold' })
}
const rows = () => asked<Row[]>('posts?status=any&context=edit&author=2&per_page=100')
const row = (id = '') => asked<Row>(`posts/${id}?context=edit`)
const see = (id = '') => wordpress.see?.(id, at.account, at.tools)

/** Every test begins with an empty site, and the last one leaves it so. */
async function cleared(): Promise<void> {
  if (!server) return
  const all = [...(await rows()), ...(await asked<Row[]>('posts?status=trash&context=edit&per_page=100'))]
  for (const { id } of all) await asked(`posts/${id}?force=true`, { method: 'DELETE' })
  for (const { id } of await asked<{ id: number }[]>('media?per_page=100'))
    await asked(`media/${id}?force=true`, { method: 'DELETE' })
}
afterEach(cleared)

describe('WordPress', () => {
  it('shows an article with text, links, pictures where they stand, and their words', async () => {
    const html =
      '<h2>Head</h2><p>Grüße 🌍 to <a href="https://example.org/a?b=c&amp;d=e">a link</a></p><p><img src="medium:dusk" alt="The dusk"></p>'
    const fields = { cover: 'dawn', excerpt: 'Short words', tags: ['outpost & friends'] }
    const { remoteIds, trouble } = await at.publish(article('A “title” & more', html, { fields }))
    expect(trouble).toBeNull()
    const seen = await see(remoteIds[0])
    if (seen?.kind !== 'seen') throw new Error(JSON.stringify(seen))
    expect(seen).toMatchObject({ state: 'public', because: '' })
    const page = await (await fetch(seen.permalink)).text()
    const words = [
      'Grüße 🌍',
      'href="https://example.org/a?b=c&amp;d=e"',
      'alt="The dusk"',
      `alt="${picture('dawn').alt}"`,
    ]
    expect(words.filter((one) => !page.includes(one))).toEqual([])
    const media = await asked<{ id: number; source_url: string; alt_text: string }[]>('media?per_page=100')
    expect(media.map(({ alt_text }) => alt_text).sort()).toEqual([picture('dusk').alt, picture('dawn').alt])
    const there = await row(remoteIds[0])
    expect(media.map(({ id }) => id)).toContain(there.featured_media)
    for (const { source_url, alt_text } of media) {
      const bytes = new Uint8Array(await (await fetch(source_url)).arrayBuffer())
      expect(bytes).toEqual(PICTURES.get(alt_text.includes('dawn') ? 'dawn' : 'dusk'))
    }
  })

  it('plays audio of every kind after the text', async () => {
    const types = { mp3: 'mpeg', m4a: 'mp4', aac: 'aac', ogg: 'ogg', wav: 'wav', flac: 'flac' }
    const bytes = new Map(
      Object.keys(types).map((id) => [
        id,
        new Uint8Array(readFileSync(new URL(`../fixtures/sounds/tone.${id}`, import.meta.url))),
      ]),
    )
    const sounds = Object.entries(types).map(([id, type]) => ({
      ...picture('dawn'),
      id,
      type: `audio/${type}`,
      size: bytes.get(id)?.length ?? 0,
      alt: '',
    }))
    const job = short('Heard', { parts: [{ kind: 'post', text: '', html: '<p>Listen</p>', media: sounds }] })
    const tools = testTools(realClock, at.tools.secrets, bytes)
    const { remoteIds, trouble } = await deliver(at.preparing(job, { tools }))
    expect(trouble).toBeNull()
    const seen = await see(remoteIds[0])
    if (seen?.kind !== 'seen') throw new Error(JSON.stringify(seen))
    const page = await (await fetch(seen.permalink)).text()
    const played = [...page.matchAll(/<audio controls src="([^"]+)"/g)].map((match) => match[1] ?? '')
    expect(played.map((address) => address.split('.').at(-1))).toEqual(Object.keys(types))
    for (const [at, address] of played.entries())
      expect(new Uint8Array(await (await fetch(address)).arrayBuffer())).toEqual([...bytes.values()][at])
  })

  it('hides a draft until the commit, and has one article where answers were lost', async () => {
    const job = article('Lost on the way', '<p>Words</p>')
    const fits = (method: string, address: string) => method === 'POST' && /\/(media|posts)(\?|$)/.test(address)
    let memory = {}
    for (let turn = 0; turn < 4; turn++) {
      const tools = losing(at.tools, fits)
      const prepared = await prepare(at.preparing(job, { tools }), 0, memory)
      memory = prepared.memory
      if (prepared.kind === 'ready') break
    }
    expect(await asked<unknown[]>('media?per_page=100')).toHaveLength(2)
    expect((await rows()).map(({ status }) => status)).toEqual(['draft'])
    expect(await wordpress.find?.(job, 0, memory, 0, at.account, at.tools)).toEqual({ kind: 'absent' })
    const lost = await wordpress.commit(
      job,
      0,
      memory,
      at.account,
      losing(at.tools, (method) => method === 'POST'),
    )
    expect(lost).toMatchObject({ trouble: { kind: 'unknown' } })
    expect(await wordpress.find?.(job, 0, memory, 0, at.account, at.tools)).toMatchObject({ kind: 'there' })
    const before = await rows()
    expect(await wordpress.commit(job, 0, memory, at.account, at.tools)).toMatchObject({ kind: 'done' })
    expect((await rows()).map(({ id, status, date_gmt }) => ({ id, status, date_gmt }))).toEqual(
      before.map(({ id, date_gmt }) => ({ id, status: 'publish', date_gmt })),
    )
  })

  it('keeps a post for its time, moves it, and gives it back', async () => {
    const when = Math.ceil(Date.now() / 1000) * 1000 + 30 * HOUR
    const job = short('Later', { publishAt: when })
    const { remoteIds, memory, trouble } = await at.publish(job)
    expect(trouble).toBeNull()
    expect(await see(remoteIds[0])).toMatchObject({ state: 'scheduled' })
    const there = await row(remoteIds[0])
    expect(Date.parse(`${there.date_gmt}Z`)).toBe(when)
    expect(there.date).not.toBe(there.date_gmt) // the site lives in another zone
    const moved = { ...job, publishAt: when + 7 * 24 * HOUR }
    expect(await wordpress.edit?.(remoteIds[0] ?? '', job, moved, 0, memory, at.account, at.tools)).toEqual({
      kind: 'done',
    })
    expect(Date.parse(`${(await row(remoteIds[0])).date_gmt}Z`)).toBe(moved.publishAt)
    const now = { ...job, publishAt: null }
    expect(await wordpress.edit?.(remoteIds[0] ?? '', job, now, 0, memory, at.account, at.tools)).toEqual({
      kind: 'done',
    })
    expect(await see(remoteIds[0])).toMatchObject({ state: 'public' })
    expect(await wordpress.remove?.(remoteIds[0] ?? '', at.account, at.tools)).toEqual({ kind: 'done' })
    expect(await wordpress.remove?.(remoteIds[0] ?? '', at.account, at.tools)).toEqual({ kind: 'done' })
    expect(await see(remoteIds[0])).toMatchObject({ state: 'removed' })
  })

  it('changes words and pictures of what is out, and shows that somebody else did', async () => {
    const { remoteIds, memory } = await at.publish(short('Before'))
    const id = remoteIds[0] ?? ''
    const before = await see(id)
    expect(await see(id)).toEqual(before)
    const after = article('After', '<p><img src="medium:dawn" alt="New"></p>')
    expect(await wordpress.edit?.(id, short('Before'), after, 0, memory, at.account, at.tools)).toEqual({
      kind: 'done',
    })
    const there = await row(id)
    expect(there).toMatchObject({ status: 'publish', title: { raw: 'After' } })
    expect(there.content.raw).toContain('alt="New"')
    const changed = await see(id)
    expect(changed?.kind === 'seen' && before?.kind === 'seen' && changed.fingerprint !== before.fingerprint).toBe(true)
  })

  it('tells how many comments a post has and what stands in them: of strangers and its own, and none that are held', async () => {
    const { remoteIds } = await at.publish(short('What do you say?'))
    const id = remoteIds[0] ?? ''
    const count = (tools: Tools = at.tools) => wordpress.metrics?.(id, at.account, tools)
    const hear = (tools: Tools = at.tools) => wordpress.inbox?.(id, '', at.account, tools)
    expect(await count()).toEqual({ kind: 'counted', counts: { comments: 0 } })
    expect(await hear()).toEqual({ kind: 'heard', messages: [], next: '' })
    const since = Math.floor(Date.now() / 1000) * 1000
    const words = {
      comment: 'When <b>does</b> it open?\n& how long? 🎉',
      author: 'Tom & “Ada”',
      email: 'tom@example.test',
    }
    await fetch(`${server?.url}/wp-comments-post.php`, {
      method: 'POST',
      body: new URLSearchParams({ ...words, comment_post_ID: id }),
      redirect: 'manual',
    })
    await commented('author', id, 'At nine')
    await commented('contributor', id, '<a href="https://example.org/">1</a> <a href="https://example.org/">2</a>')
    expect(await count()).toEqual({ kind: 'counted', counts: { comments: 2 } })
    const heard = await hear()
    if (heard?.kind !== 'heard') throw new Error(JSON.stringify(heard))
    expect(heard.messages.map(({ author, text, own }) => [author, text, own])).toEqual([
      ['author', 'At nine', true],
      ['Tom & “Ada”', 'When does it open?\n& how long? 🎉', false],
    ])
    for (const { at: when, permalink } of heard.messages) {
      expect(when).toBeGreaterThanOrEqual(since)
      expect(when).toBeLessThanOrEqual(Date.now())
      expect(await (await fetch(permalink)).text()).toContain('At nine')
    }
    const lost = { ...at.tools, secrets: { password: 'taken back since' } }
    for (const told of [await count(lost), await hear(lost)])
      expect(told).toMatchObject({ trouble: { kind: 'access-withdrawn' } })
    await wordpress.remove?.(id, at.account, at.tools)
    for (const told of [await count(), await hear()]) expect(told).toMatchObject({ trouble: { kind: 'target-gone' } })
  })

  it('lets a contributor ask for review only', async () => {
    const helper = await as('contributor')
    const refused = await deliver(helper.preparing(short('Mine')))
    expect(refused.trouble).toMatchObject({ kind: 'not-permitted', right: 'publish_posts' })
    const { remoteIds } = await helper.publish(short('For review', { fields: { visibility: 'pending' } }))
    expect(await wordpress.see?.(remoteIds[0] ?? '', helper.account, helper.tools)).toMatchObject({
      state: 'in-review',
    })
  })

  it('knows a password that was taken back, though the site then takes one for a visitor', async () => {
    const tools = { ...at.tools, secrets: { password: 'taken back since' } }
    for (const job of [short('Not mine'), article('Not mine either', '<p>Words</p>')]) {
      const { trouble } = await deliver({ ...at.preparing(job), tools })
      expect(trouble).toMatchObject({ kind: 'access-withdrawn' })
    }
    expect(await rows()).toEqual([])
  })

  it('knows a wrong password, and a site that is none', async () => {
    const wrong = { host: server?.url ?? '', login: 'author', password: 'wrong wrong wrong' }
    expect(await wordpress.connect(wrong, at.tools)).toMatchObject({ trouble: { kind: 'access-withdrawn' } })
  })
})
