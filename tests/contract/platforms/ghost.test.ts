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
      publishDue: sandbox.publishDue,
      audience: sandbox.audience,
      takeAway: sandbox.takeAway,
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
  // It was mailed to nobody, so nobody counted clicks and opens.
  numbers: { there: { signups: 3, clicks: 9, email_count: 120, opened_count: 50 }, told: { signups: 3 } },
  hears: true,
})

describe('Ghost', () => {
  let sandbox: GhostSandbox
  let account: Account
  const film = aPicture('film', 9_000_000, { type: 'video/mp4' })
  const sound = aPicture('sound', 900_000, { type: 'audio/mp4', alt: '' })
  const pages = aPicture('pages', 9000, { type: 'application/pdf', alt: 'The plan' })
  const tools = () => testTools(sandbox.clock, { key: GHOST_KEY }, bytesFor(...media, film, sound, pages))
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

  it('plays audio and links documents after the text', async () => {
    expect((await run(article('Heard', '<p>x</p>', [sound, pages]))).trouble).toBeNull()
    const [heard, read] = sandbox.uploads.map(({ name }) => name)
    const address = (name = '', kind = '') => `${sandbox.url}/content/${kind}/2026/10/${name}`
    expect(JSON.parse(newest()?.lexical ?? '')).toEqual({
      html: `<p>x</p><!--kg-card-begin: html--><audio controls src="${address(heard, 'media')}"></audio><!--kg-card-end: html--><p><a href="${address(read, 'files')}">The plan</a></p>`,
    })
  })

  it('mails nobody unless asked to', async () => {
    await run(post('Quiet'))
    expect(sandbox.mailed).toEqual([])
    expect(sandbox.calls.some(({ query }) => query.has('newsletter'))).toBe(false)
  })

  describe('a newsletter', () => {
    const mailed = (title: string, over: Partial<Job> = {}, fields: Job['fields'] = {}): Job => ({
      ...article(title, '<p>Words</p>', [], { emailSegment: 'all', ...fields }),
      ...over,
    })
    const handedOver = (title: string) => mailed(title, { publishAt: sandbox.clock.now() + HOUR })
    const mails = () => sandbox.mailed.map(({ post, newsletter, segment }) => [post, newsletter, segment])
    const edit = (job: Job, to: Job, memory: Job['fields'] | object) =>
      ghost.edit?.(newest()?.id ?? '', job, to, 0, memory as never, account, tools())

    it('goes out with the post: the first of the site, or the one that is named, to whom it is meant for', async () => {
      sandbox.newsletters.unshift({ slug: 'old', status: 'archived' })
      await run(mailed('To all'))
      await run(mailed('To some', {}, { emailSegment: 'status:-free', newsletter: 'weekly', emailSubject: 'Read me' }))
      expect(mails()).toEqual([
        [sandbox.posts[0]?.id, 'default-newsletter', 'all'],
        [sandbox.posts[1]?.id, 'weekly', 'status:-free'],
      ])
      expect(sandbox.mailed.map(({ subject }) => subject)).toEqual(['To all', 'Read me'])
      // In the one call that takes it out of its draft, and in no other.
      const named = sandbox.calls.filter(({ query }) => query.has('newsletter'))
      expect(named.map(({ method }) => method)).toEqual(['PUT', 'PUT'])
    })

    it('goes out once though the answer is lost and the call is made again', async () => {
      const job = mailed('Lost')
      const { memory } = await prepare(running(job), 0, {})
      sandbox.fail('PUT /ghost/api/admin/posts/*/', lostAnswer)
      const send = () => ghost.commit(job, 0, memory, account, tools())
      expect(await send()).toMatchObject({ trouble: { kind: 'unknown' } })
      expect(await ghost.find?.(job, 0, memory, 0, account, tools())).toMatchObject({ kind: 'there' })
      expect(mails()).toHaveLength(1)
      expect(await send()).toMatchObject({ kind: 'done' })
      expect(mails()).toHaveLength(1)
    })

    it('waits with a post that is handed over, and stays with it when that is moved and reworded', async () => {
      const job = handedOver('Waits')
      const { memory } = await run(job)
      expect(mails()).toEqual([])
      expect(await edit(job, { ...job, title: 'Reworded', publishAt: sandbox.clock.now() + 2 * HOUR }, memory)).toEqual(
        {
          kind: 'done',
        },
      )
      sandbox.clock.pass(HOUR)
      sandbox.publishDue()
      expect(mails()).toEqual([])
      sandbox.clock.pass(HOUR)
      sandbox.publishDue()
      expect(mails()).toEqual([[newest()?.id, 'default-newsletter', 'all']])
      sandbox.publishDue()
      expect(mails()).toHaveLength(1)
    })

    it('does not go out of what is taken back', async () => {
      const { remoteIds } = await run(handedOver('Taken back'))
      expect(await ghost.remove?.(remoteIds[0] ?? '', account, tools())).toEqual({ kind: 'done' })
      sandbox.clock.pass(2 * HOUR)
      sandbox.publishDue()
      expect(mails()).toEqual([])
    })

    it.each([
      ['switched on', undefined, 'all'],
      ['switched off', 'all', undefined],
      ['for another group', 'all', 'status:free'],
    ])('cannot be %s where the post is out or waits, and nothing is asked then', async (_how, before, after) => {
      const as = (job: Job, emailSegment: string | undefined): Job => ({
        ...job,
        fields: emailSegment ? { emailSegment } : {},
      })
      for (const publishAt of [null, sandbox.clock.now() + HOUR]) {
        const job = as(mailed('Decided', { publishAt }), before)
        const { memory } = await run(job)
        sandbox.calls.length = 0
        expect(await edit(job, as(job, after), memory)).toMatchObject({
          trouble: { kind: 'refused', field: 'emailSegment', reason: expect.stringContaining('whom it is mailed to') },
        })
        expect(sandbox.calls).toEqual([])
      }
    })

    it('is not mailed once more by an edit of what is out', async () => {
      const job = mailed('Out')
      const { memory } = await run(job)
      expect(await edit(job, { ...job, title: 'Out, corrected' }, memory)).toEqual({ kind: 'done' })
      expect(newest()?.title).toBe('Out, corrected')
      expect(mails()).toHaveLength(1)
      expect(sandbox.calls.filter(({ query }) => query.has('newsletter'))).toHaveLength(1)
    })

    it('holds the post back where the site has no such newsletter, before anything is sent', async () => {
      const refused = async (job: Job) => (await run(job)).trouble
      expect(await refused(mailed('Misspelt', {}, { newsletter: 'weakly' }))).toMatchObject({
        field: 'newsletter',
        reason: expect.stringContaining('“default-newsletter”, “weekly”'),
      })
      for (const one of sandbox.newsletters) one.status = 'archived'
      expect(await refused(mailed('None'))).toMatchObject({
        field: 'newsletter',
        reason: expect.stringMatching(/no active/),
      })
      expect(sandbox.posts).toEqual([])
    })

    it('holds the post back where its newsletter is put away between the look and the sending', async () => {
      const job = mailed('Put away')
      const { memory } = await prepare(running(job), 0, {})
      for (const one of sandbox.newsletters) one.status = 'archived'
      expect(await ghost.commit(job, 0, memory, account, tools())).toMatchObject({
        trouble: { kind: 'refused', field: 'newsletter' },
      })
      expect(newest()?.status).toBe('draft')
    })

    it('keeps a post that waits from going out where it was put away meanwhile, and that is said', async () => {
      const { remoteIds } = await run(handedOver('Put away later'))
      for (const one of sandbox.newsletters) one.status = 'archived'
      sandbox.clock.pass(HOUR + 3 * MINUTE)
      sandbox.publishDue()
      expect(await ghost.see?.(remoteIds[0] ?? '', account, tools())).toMatchObject({
        state: 'scheduled',
        because: expect.stringContaining('may not mail its newsletter “default-newsletter”'),
      })
      expect(mails()).toEqual([])
    })

    it('has to be named where the key may not list the newsletters', async () => {
      sandbox.mayListNewsletters = false
      expect((await run(mailed('Unnamed'))).trouble).toMatchObject({ kind: 'refused', field: 'newsletter' })
      expect((await run(mailed('Named', {}, { newsletter: 'weekly' }))).trouble).toBeNull()
      expect(mails()).toEqual([[newest()?.id, 'weekly', 'all']])
    })

    it('says that the mail failed', async () => {
      const see = async () => ghost.see?.(newest()?.id ?? '', account, tools())
      await run(mailed('Well'))
      expect(await see()).not.toHaveProperty('lacks')
      sandbox.mailStatus = 'failed'
      await run(mailed('Ill'))
      expect(await see()).toMatchObject({
        state: 'public',
        lacks: expect.stringContaining('mailing its newsletter failed'),
      })
    })
  })

  describe('what members do', () => {
    const count = (id: string) => ghost.metrics?.(id, account, tools())
    const hear = (id: string) => ghost.inbox?.(id, '', account, tools())
    const out = async (job = post('What do you say?')) => (await run(job)).remoteIds[0] ?? ''
    const mailed = () => out(article('Mailed', '<p>Words</p>', [], { emailSegment: 'all' }))

    it('is told of a newsletter, as far as its mail was made to count it', async () => {
      const id = await mailed()
      sandbox.audience.react(id, { signups: 3, clicks: 9, email_count: 120, opened_count: 50 })
      const numbers = { signups: 3, mailed: 120, opens: 50, clicks: 9 }
      expect(await count(id)).toEqual({ kind: 'counted', counts: numbers })
      sandbox.tracking.opens = false
      expect(await count(id)).toEqual({ kind: 'counted', counts: { signups: 3, mailed: 120, clicks: 9 } })
      sandbox.tracking.clicks = false
      expect(await count(id)).toEqual({ kind: 'counted', counts: { signups: 3, mailed: 120 } })
    })

    it('is not told of a mail that failed', async () => {
      sandbox.mailStatus = 'failed'
      const id = await mailed()
      // How many were to get it.
      sandbox.audience.react(id, { signups: 3, email_count: 120 })
      expect(await count(id)).toEqual({ kind: 'counted', counts: { signups: 3 } })
    })

    it('is told of answers to comments too, and not of what moderators hid', async () => {
      const id = await out()
      const first = sandbox.audience.answer(id, 'ada', 'When?\nWhere?')
      const second = sandbox.audience.answer(id, '', 'I know')
      sandbox.clock.pass(HOUR)
      sandbox.audience.answer(first.id, 'max', 'At nine')
      const heard = async () => {
        const all = await hear(id)
        if (all?.kind !== 'heard') throw new Error(JSON.stringify(all))
        return all.messages.map(({ author, text }) => [author, text])
      }
      expect(await heard()).toEqual([
        ['max', 'At nine'],
        ['', 'I know'],
        ['ada', 'When?\nWhere?'],
      ])
      sandbox.hidden.add(second.id)
      expect(await heard()).toHaveLength(2)
    })

    it('is untold of what waits, and gone with what is a draft again', async () => {
      const id = await out({ ...post('Later'), publishAt: sandbox.clock.now() + HOUR })
      for (const told of [await count(id), await hear(id)]) expect(told).toEqual({ kind: 'untold' })
      Object.assign(newest() ?? {}, { status: 'draft' })
      for (const told of [await count(id), await hear(id)])
        expect(told).toMatchObject({ trouble: { kind: 'target-gone' } })
    })

    it('is not asked for where the site is too old to know of it, and asked for once it is not', async () => {
      const id = await out()
      for (const version of ['5.130', '6.10']) {
        sandbox.version = version
        expect(await hear(id)).toEqual({ kind: 'untold' })
      }
      expect(sandbox.calls.filter(matching('GET /ghost/api/admin/comments/'))).toEqual([])
      for (const version of ['6.16', '7.0']) {
        sandbox.version = version
        expect(await hear(id)).toMatchObject({ kind: 'heard' })
      }
    })

    it('is trouble where the key may not read comments', async () => {
      const id = await out()
      const body = { errors: [{ message: 'No permission', type: 'NoPermissionError' }] }
      sandbox.fail('GET /ghost/api/admin/comments/', instead({ status: 403, body }))
      expect(await hear(id)).toMatchObject({ trouble: { kind: 'not-permitted' } })
    })
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
      const issue = await api.posts.add(
        { title: 'Issue 1', html: '<p>Hello</p>' },
        { source: 'html', newsletter: 'weekly' },
      )
      await api.posts.edit(
        { id: issue.id, updated_at: issue.updated_at, status: 'published' },
        { newsletter: 'weekly', email_segment: 'status:free' },
      )
      expect(real.mailed).toMatchObject([{ post: issue.id, newsletter: 'weekly', segment: 'status:free' }])
      expect(await api.newsletters.browse({ filter: 'status:active', limit: 'all' })).toMatchObject([
        { slug: 'default-newsletter' },
        { slug: 'weekly' },
      ])
      real.audience.react(issue.id, { clicks: 9, opened_count: 50, email_count: 120 })
      expect(await api.posts.read({ id: issue.id, include: 'email,count.clicks,count.signups' })).toMatchObject({
        count: { clicks: 9, signups: 0 },
        email: { status: 'submitted', email_count: 120, opened_count: 50 },
      })
      await api.posts.delete({ id: issue.id })
      await api.posts.delete({ id: draft.id })
      expect(real.posts).toEqual([])
    } finally {
      await real.close()
    }
  })
})
