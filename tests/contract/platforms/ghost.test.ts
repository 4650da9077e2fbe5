import GhostAdminAPI from '@tryghost/admin-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Account, Job, SentMedium } from '../../../electron/platforms/adapter.ts'
import { ghost } from '../../../electron/platforms/ghost.ts'
import { GHOST_KEY, type GhostSandbox, startGhost } from '../../sandbox/ghost.ts'
import { instead, lostAnswer, type Matcher, matching } from '../../sandbox/server.ts'
import { aJob, aPicture, bytesFor, deliver, type Preparing, prepare, testTools } from './deliver.ts'
import { platformContract } from './platformContract.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const commit: Matcher = ({ method, path }) => method === 'PUT' && /\/posts\/[0-9a-f]+\/$/.test(path)
const given = (sandbox: GhostSandbox) => ({ host: sandbox.url, key: GHOST_KEY })
const media = [aPicture('dawn'), aPicture('dusk', 5000)]
const article = (title: string, html: string, pictures: readonly SentMedium[] = [], fields: Job['fields'] = {}): Job =>
  aJob(title, { format: 'article', title, fields, parts: [{ kind: 'post', text: '', html, media: pictures }] })
const post = (title: string, pictures: readonly SentMedium[] = []) => article(title, '<p>Words</p>', pictures)

platformContract('Ghost', {
  adapter: ghost,
  start: async () => {
    const sandbox = await startGhost()
    const those = (status: string) => sandbox.posts.filter((one) => one.status === status)
    return {
      sandbox,
      given: given(sandbox),
      visible: () => those('published').map(({ id, title }) => ({ remoteId: id, text: title })),
      waiting: () =>
        those('scheduled').map(({ id, title, publishedAt }) => ({ remoteId: id, text: title, at: publishedAt ?? 0 })),
      withdraw: () => sandbox.keys.clear(),
      changeThere: (remoteId, text) => {
        const found = sandbox.posts.find(({ id }) => id === remoteId)
        if (found) Object.assign(found, { title: text, updatedAt: found.updatedAt + 1000 })
      },
    }
  },
  post,
  media,
  commit,
  upload: matching('POST /ghost/api/admin/images/upload/'),
  rateLimit: {
    reply: (now) => ({ status: 429, headers: { 'retry-after': new Date(now + 180_000).toUTCString() } }),
    wait: 180_000,
  },
  repeated: 'same',
  edits: 'text',
  finds: true,
})

describe('Ghost', () => {
  let sandbox: GhostSandbox
  let account: Account
  const film = aPicture('film', 9_000_000, { type: 'video/mp4' })
  const tools = () => testTools(sandbox.clock, { key: GHOST_KEY }, bytesFor(...media, film))
  const running = (job: Job): Preparing => ({ adapter: ghost, job, account, tools: tools(), clock: sandbox.clock })
  const run = (job: Job) => deliver(running(job))
  const newest = () => sandbox.posts.at(-1)

  beforeEach(async () => {
    sandbox = await startGhost()
    const connected = await ghost.connect(given(sandbox), tools())
    if (connected.kind !== 'connected') throw new Error(JSON.stringify(connected))
    account = connected.account
  })
  afterEach(() => sandbox.close())

  it('says why it cannot connect', async () => {
    const refusedWith = async (over: Record<string, string>) => ghost.connect({ ...given(sandbox), ...over }, tools())
    expect(await refusedWith({ key: 'not a key' })).toMatchObject({ trouble: { kind: 'refused', field: 'key' } })
    expect(await refusedWith({ key: GHOST_KEY.replace(/.$/, '0') })).toMatchObject({
      trouble: { kind: 'access-withdrawn' },
    })
    sandbox.version = '4.48'
    expect(await refusedWith({})).toMatchObject({ trouble: { kind: 'refused', field: 'host' } })
    sandbox.fail(
      'GET /ghost/api/admin/site/',
      instead({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }),
    )
    expect(await refusedWith({})).toMatchObject({
      trouble: { reason: expect.stringContaining('No Ghost answers there.') },
    })
  })

  it('signs by the clock of the site where ours is wrong', async () => {
    for (const skew of [14 * MINUTE, -14 * MINUTE]) {
      sandbox.skew(skew)
      expect((await run(post(`Off by ${skew}`))).trouble).toBeNull()
    }
    expect(sandbox.posts.map(({ status }) => status)).toEqual(['published', 'published'])
  })

  it('does not blame the clock for a key that is gone', async () => {
    sandbox.skew(14 * MINUTE)
    sandbox.keys.clear()
    expect((await run(post('Gone'))).trouble).toMatchObject({ kind: 'access-withdrawn' })
  })

  it('sends pictures where they stand and after, and all that belongs to an article', async () => {
    const fields = {
      cover: 'dawn',
      excerpt: 'Short',
      tags: ['One', 'Two'],
      canonicalUrl: 'https://example.org/first',
      metaTitle: 'Meta',
      visibility: 'members',
    }
    await run(article('Full', '<p><img src="medium:dusk" alt="Dusk"></p>', [...media, film], fields))
    const address = (name = '', kind = 'images') => `${sandbox.url}/content/${kind}/2026/10/${name}`
    const [dawn, dusk, third] = sandbox.uploads.map(({ name }) => name)
    expect(JSON.parse(newest()?.lexical ?? '')).toEqual({
      html: `<p><img src="${address(dusk)}" alt="Dusk"></p><!--kg-card-begin: html--><video controls src="${address(third, 'media')}"></video><!--kg-card-end: html-->`,
    })
    expect(newest()).toMatchObject({
      excerpt: 'Short',
      more: {
        feature_image: address(dawn),
        feature_image_alt: 'What dawn shows',
        tags: ['One', 'Two'],
        canonical_url: 'https://example.org/first',
        meta_title: 'Meta',
        visibility: 'members',
      },
    })
  })

  it('mails nobody', async () => {
    await run(post('Quiet'))
    expect(sandbox.mailed).toEqual([])
    expect(sandbox.calls.some(({ query }) => query.has('newsletter'))).toBe(false)
  })

  it('takes up a draft whose answer was lost, in place of a second one', async () => {
    const job = post('Lost')
    sandbox.fail('POST /ghost/api/admin/posts/', lostAnswer)
    const first = await prepare(running(job), 0, {})
    expect(first.kind).toBe('trouble')
    expect((await deliver(running(job), first.memory)).trouble).toBeNull()
    expect(sandbox.posts.map(({ status }) => status)).toEqual(['published'])
  })

  it('begins again where somebody wrote into the draft', async () => {
    const job = post('Mine')
    const prepared = await prepare(running(job), 0, {})
    const found = newest()
    if (found) Object.assign(found, { title: 'Theirs', updatedAt: found.updatedAt + 5000 })
    expect(await ghost.commit(job, 0, prepared.memory, account, tools())).toMatchObject({
      trouble: { kind: 'begin-again' },
    })
    expect(newest()?.status).toBe('draft')
  })

  it('says it of a site that cannot reach itself', async () => {
    const { remoteIds } = await run({ ...post('Due'), publishAt: sandbox.clock.now() + HOUR })
    const see = async () => ghost.see?.(remoteIds[0] ?? '', account, tools())
    expect(await see()).toMatchObject({ state: 'scheduled', because: '' })
    sandbox.clock.pass(HOUR + 3 * MINUTE)
    expect(await see()).toMatchObject({ state: 'scheduled', because: expect.stringContaining('its own address') })
    sandbox.publishDue()
    expect(await see()).toMatchObject({ state: 'public' })
  })

  it('names the field of what is refused', async () => {
    expect((await run(post('x'.repeat(256)))).trouble).toMatchObject({ kind: 'refused', field: 'title' })
    expect((await run(article('x', '<p>x</p>', [], { excerpt: 'x'.repeat(301) }))).trouble).toMatchObject({
      field: 'excerpt',
    })
    const heic = aPicture('dawn', 3000, { type: 'image/heic' })
    expect((await run(post('Heic', [heic]))).trouble).toMatchObject({ kind: 'refused', field: 'media' })
  })

  it('is the Ghost that others know', async () => {
    const now = { now: Date.now, pass: () => undefined }
    const real = await startGhost({ clock: now })
    try {
      const api = new GhostAdminAPI({ url: real.url, key: GHOST_KEY, version: 'v6.0' })
      const draft = await api.posts.add({ title: 'By the official client', html: '<p>Hello</p>' }, { source: 'html' })
      expect(real.posts[0]).toMatchObject({ status: 'draft', lexical: JSON.stringify({ html: '<p>Hello</p>' }) })
      const published = await api.posts.edit({ id: draft.id, updated_at: draft.updated_at, status: 'published' })
      expect(published).toMatchObject({ status: 'published', url: `${real.url}/by-the-official-client/` })
      await expect(api.posts.edit({ id: draft.id, updated_at: draft.updated_at, title: 'Too late' })).rejects.toThrow(
        /Saving failed/,
      )
      expect(await api.posts.read({ id: draft.id })).toMatchObject({ title: 'By the official client' })
      expect(await api.site.read()).toMatchObject({ title: 'The ghost' })
      await api.posts.delete({ id: draft.id })
      expect(real.posts).toEqual([])
    } finally {
      await real.close()
    }
  })
})
