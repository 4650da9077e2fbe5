import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Account, Job, SentMedium } from '../../../electron/platforms/adapter.ts'
import { wordpress } from '../../../electron/platforms/wordpress.ts'
import { instead, lostAnswer, type Matcher, matching, type Reply } from '../../sandbox/server.ts'
import { startWordPress, WORDPRESS_PASSWORD, type WordPressSandbox } from '../../sandbox/wordpress.ts'
import { aJob, aPicture, bytesFor, deliver, type Preparing, prepare, testTools } from './deliver.ts'
import { platformContract } from './platformContract.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const commit: Matcher = ({ method, path }) => method === 'POST' && /^\/wp-json\/wp\/v2\/posts\/\d+$/.test(path)
const upload = matching('POST /wp-json/wp/v2/media')
const given = (sandbox: WordPressSandbox, login = 'editor') => ({
  host: sandbox.url,
  login,
  password: WORDPRESS_PASSWORD,
})
const media = [aPicture('dawn'), aPicture('dusk', 5000)]
const article = (title: string, html: string, pictures: readonly SentMedium[] = [], fields: Job['fields'] = {}): Job =>
  aJob(title, { format: 'article', title, fields, parts: [{ kind: 'post', text: '', html, media: pictures }] })
const post = (title: string, pictures: readonly SentMedium[] = []) => article(title, '<p>Words</p>', pictures)

platformContract('WordPress', {
  adapter: wordpress,
  start: async () => {
    const sandbox = await startWordPress()
    const those = (status: string) => sandbox.posts.filter((one) => one.status === status)
    return {
      sandbox,
      given: given(sandbox),
      visible: () => those('publish').map(({ id, title }) => ({ remoteId: String(id), text: title })),
      waiting: () =>
        those('future').map(({ id, title, dateGmt }) => ({ remoteId: String(id), text: title, at: dateGmt })),
      publishDue: sandbox.visit,
      audience: sandbox.audience,
      takeAway: sandbox.takeAway,
      withdraw: () => {
        for (const { passwords } of sandbox.users.values()) passwords.clear()
      },
      changeThere: (remoteId, text) => {
        const found = sandbox.posts.find(({ id }) => String(id) === remoteId)
        if (found) found.title = text
      },
    }
  },
  post,
  media,
  commit,
  upload,
  rateLimit: {
    reply: () => ({ status: 429, headers: { 'retry-after': '120' }, body: { code: 'too_many_requests' } }),
    wait: 120_000,
  },
  repeated: 'same',
  edits: 'text',
  finds: true,
  numbers: { there: { 'x-wp-total': 3 }, told: { comments: 3 } },
  hears: true,
})

describe('WordPress', () => {
  let sandbox: WordPressSandbox
  let account: Account
  const secrets = { password: WORDPRESS_PASSWORD }
  const tools = () => testTools(sandbox.clock, secrets, bytesFor(...media))
  const running = (job: Job): Preparing => ({ adapter: wordpress, job, account, tools: tools(), clock: sandbox.clock })
  const run = (job: Job) => deliver(running(job))
  const connect = async (login = 'editor') => wordpress.connect(given(sandbox, login), tools())
  const connected = async (login = 'editor') => {
    const answer = await connect(login)
    if (answer.kind !== 'connected') throw new Error(JSON.stringify(answer))
    return answer.account
  }
  const newest = () => sandbox.posts.at(-1)

  beforeEach(async () => {
    sandbox = await startWordPress()
    account = await connected()
  })
  afterEach(() => sandbox.close())

  it('finds where a site answers programs, also without pretty addresses', async () => {
    sandbox.site.plain = true
    account = await connected()
    expect(account.facts).toMatchObject({ api: `${sandbox.url}/index.php?rest_route=/`, zone: 'Europe/Berlin' })
    expect((await run(post('Plain', media))).trouble).toBeNull()
    expect(newest()).toMatchObject({ title: 'Plain', status: 'publish' })
  })

  it('follows a site that moved to another address', async () => {
    sandbox.fail('GET /', instead({ status: 301, headers: { location: `${sandbox.url}/` } }))
    expect(await connect()).toMatchObject({ kind: 'connected' })
    sandbox.fail('GET /', instead({ status: 301, headers: { location: `${sandbox.url}/` } }), 9)
    expect(await connect()).toMatchObject({ trouble: { kind: 'refused', field: 'host' } })
  })

  /** The site under another address than that of its small server, and what was asked for there. */
  function under(address: string) {
    const asked: string[] = []
    const plain = tools()
    const fetch: typeof plain.fetch = (at, init) => {
      asked.push(at)
      return plain.fetch(at.replace(address, sandbox.url), init)
    }
    const trying = () => wordpress.connect({ ...given(sandbox), host: address }, { ...plain, fetch })
    return { asked, trying }
  }
  const named = (api: string) =>
    instead({ status: 200, headers: { 'content-type': 'text/html', link: `<${api}>; rel="https://api.w.org/"` } })

  it('sends the password encrypted where the site calls itself by an address without', async () => {
    const { asked, trying } = under('https://blog.example')
    sandbox.fail('GET /', named('http://blog.example/wp-json/'))
    expect(await trying()).toMatchObject({ account: { facts: { api: 'https://blog.example/wp-json/' } } })
    expect(asked.filter((at) => !at.startsWith('https://blog.example/'))).toEqual([])
  })

  it('sends no password to another address that is not encrypted', async () => {
    const { asked, trying } = under('https://blog.example')
    sandbox.fail('GET /', named('http://other.example/wp-json/'))
    expect(await trying()).toMatchObject({
      trouble: { kind: 'refused', field: 'host', reason: expect.stringContaining('not encrypted') },
    })
    expect(asked).toEqual(['https://blog.example/'])
  })

  it.each<[string, Reply]>([
    ['answers as any other page', { status: 404, headers: { 'content-type': 'text/html' }, body: '<html>' }],
    [
      'has no passwords',
      {
        status: 200,
        body: { name: 'A', home: 'https://boats.wordpress.com', namespaces: ['wp/v2'], authentication: [] },
      },
    ],
  ])('says of a site on wordpress.com that %s what it needs there', async (_what, reply) => {
    sandbox.fail('GET /', instead({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }))
    sandbox.fail('GET /wp-json/', instead(reply))
    expect(await under('https://boats.wordpress.com').trying()).toMatchObject({
      trouble: { kind: 'refused', field: 'host', reason: expect.stringMatching(/wordpress\.com .* plan/) },
    })
  })

  it('says why it cannot connect', async () => {
    sandbox.site.passwords = false
    expect(await connect()).toMatchObject({
      trouble: { kind: 'refused', reason: expect.stringContaining('switched them off') },
    })
    sandbox.site.passwords = true
    sandbox.site.headerArrives = false
    expect(await connect()).toMatchObject({ trouble: { kind: 'access-withdrawn' } })
    sandbox.fail('GET /wp-json/', instead({ status: 404, headers: { 'content-type': 'text/html' }, body: '<html>' }))
    expect(await connect()).toMatchObject({
      trouble: { kind: 'refused', reason: expect.stringContaining('No WordPress answers there.') },
    })
    sandbox.fail('GET /wp-json/', instead({ status: 200, body: { name: 'A shop' } }))
    expect(await connect()).toMatchObject({ trouble: { kind: 'refused', field: 'host' } })
  })

  it('writes the markup of the block editor, with pictures where they stand and after', async () => {
    const html =
      '<h2>Head &amp; more</h2><p>One <strong>two</strong></p><p><img src="medium:dawn" alt="The dawn"></p><ul><li>a<ul><li>b</li></ul></li></ul><hr>'
    expect((await run(article('Blocks', html, media))).trouble).toBeNull()
    const [dawn, dusk] = sandbox.media
    const address = (name = '') => `${sandbox.url}/wp-content/uploads/2026/10/${name}`
    expect(newest()?.content.split('\n\n')).toEqual([
      '<!-- wp:heading -->\n<h2 class="wp-block-heading">Head &amp; more</h2>\n<!-- /wp:heading -->',
      '<!-- wp:paragraph -->\n<p>One <strong>two</strong></p>\n<!-- /wp:paragraph -->',
      `<!-- wp:image {"id":${dawn?.id},"sizeSlug":"full"} -->\n<figure class="wp-block-image size-full"><img src="${address(dawn?.name)}" alt="The dawn" class="wp-image-${dawn?.id}"/></figure>\n<!-- /wp:image -->`,
      '<!-- wp:html -->\n<ul><li>a<ul><li>b</li></ul></li></ul>\n<!-- /wp:html -->',
      '<!-- wp:separator -->\n<hr class="wp-block-separator has-alpha-channel-opacity"/>\n<!-- /wp:separator -->',
      `<!-- wp:image {"id":${dusk?.id},"sizeSlug":"full"} -->\n<figure class="wp-block-image size-full"><img src="${address(dusk?.name)}" alt="What dusk shows" class="wp-image-${dusk?.id}"/></figure>\n<!-- /wp:image -->`,
    ])
    expect(sandbox.media.map(({ alt }) => alt)).toEqual(['What dawn shows', 'What dusk shows'])
  })

  it.each([
    ['video/mp4', 'video'],
    ['audio/mp4', 'audio'],
  ])('plays what is %s after the text', async (type, block) => {
    expect((await run(article('Heard', '<p>x</p>', [aPicture('dawn', 3000, { type, alt: '' })]))).trouble).toBeNull()
    const [one] = sandbox.media
    const src = `${sandbox.url}/wp-content/uploads/2026/10/${one?.name}`
    expect(newest()?.content.split('\n\n')[1]).toBe(
      `<!-- wp:${block} {"id":${one?.id}} -->\n<figure class="wp-block-${block}"><${block} controls src="${src}"></${block}></figure>\n<!-- /wp:${block} -->`,
    )
  })

  it('takes cover, excerpt, terms and comments', async () => {
    const fields = {
      cover: 'dawn',
      excerpt: 'Short',
      categories: ['News'],
      tags: ['uncategorized?', 'outpost'],
      comments: false,
    }
    sandbox.terms.tags.push({ id: 5, name: 'Uncategorized' })
    await run(article('Full', '<p>x</p>', media, fields))
    const tags = sandbox.terms.tags.map(({ id }) => id)
    expect(newest()).toMatchObject({
      featured: sandbox.media[0]?.id,
      excerpt: 'Short',
      comments: 'closed',
      terms: { tags },
    })
    expect(sandbox.terms.categories.map(({ name }) => name)).toEqual(['Uncategorized', 'News'])
    expect(sandbox.terms.tags.map(({ name }) => name)).toEqual(['Uncategorized', 'outpost'])
  })

  it('takes up a draft and a file whose answers were lost, in place of second ones', async () => {
    const job = post('Lost', media)
    sandbox.fail(upload, lostAnswer)
    sandbox.fail('POST /wp-json/wp/v2/posts', lostAnswer)
    const first = await prepare(running(job), 0, {})
    const second = await prepare(running(job), 0, first.memory)
    const third = await prepare(running(job), 0, second.memory)
    expect([first, second, third].map(({ kind }) => kind)).toEqual(['trouble', 'trouble', 'ready'])
    expect([sandbox.media.length, sandbox.posts.length]).toEqual([2, 1])
  })

  it('makes the smaller pictures where the site stopped half-way', async () => {
    sandbox.site.smallerPicturesFail = 3
    expect((await run(post('Heavy', [aPicture('dawn')]))).trouble).toBeNull()
    expect(sandbox.media).toHaveLength(1)
  })

  it('gives up on pictures the site cannot work on, and on files it does not take', async () => {
    sandbox.site.smallerPicturesFail = 99
    expect((await run(post('Heavy', [aPicture('dawn')]))).trouble).toMatchObject({ kind: 'refused', field: 'media' })
    sandbox.site.smallerPicturesFail = 0
    const drawing = aPicture('dawn', 3000, { type: 'image/svg+xml' })
    expect((await run(post('Drawing', [drawing]))).trouble).toMatchObject({ kind: 'refused', field: 'media' })
    sandbox.fail(upload, instead({ status: 502, headers: { 'content-type': 'text/html' }, body: '<html>' }))
    expect((await run(post('Fault', media))).trouble).toMatchObject({ kind: 'server-fault' })
  })

  it('names the right that a contributor lacks, and lets them ask for review', async () => {
    account = await connected('helper')
    expect(account.facts).toMatchObject({ rights: [] })
    expect((await run(post('Mine'))).trouble).toMatchObject({ kind: 'not-permitted', right: 'publish_posts' })
    expect((await run(post('Mine', [aPicture('dawn')]))).trouble).toMatchObject({ right: 'upload_files' })
    const { remoteIds } = await run(article('Review', '<p>x</p>', [], { visibility: 'pending' }))
    expect(await wordpress.see?.(remoteIds[0] ?? '', account, tools())).toMatchObject({ state: 'in-review' })
  })

  it('asks a site to look that missed the time of a post', async () => {
    const { remoteIds } = await run({ ...post('Due'), publishAt: sandbox.clock.now() + HOUR })
    const id = remoteIds[0] ?? ''
    sandbox.clock.pass(HOUR + 5 * MINUTE)
    expect(await wordpress.see?.(id, account, tools())).toMatchObject({
      state: 'scheduled',
      because: expect.stringContaining('asked it to look'),
    })
    expect(await wordpress.see?.(id, account, tools())).toMatchObject({ state: 'public', remoteId: id })
  })

  for (const visibility of ['private', 'pending'])
    it(`hands nothing over that is ${visibility}: at its time it would be public`, async () => {
      const open = { ...post('Not yet'), publishAt: sandbox.clock.now() + 5 * HOUR }
      const job = { ...open, fields: { visibility } }
      expect((await run(job)).trouble).toMatchObject({ kind: 'refused', field: 'publishAt' })
      expect(sandbox.posts).toEqual([])
      const { remoteIds, memory } = await run(open)
      expect(await wordpress.edit?.(remoteIds[0] ?? '', open, job, 0, memory, account, tools())).toMatchObject({
        trouble: { kind: 'refused', field: 'publishAt' },
      })
    })

  it('publishes at once what waited, when it is told to', async () => {
    const job = { ...post('Now after all'), publishAt: sandbox.clock.now() + 5 * HOUR }
    const { remoteIds, memory } = await run(job)
    const done = await wordpress.edit?.(
      remoteIds[0] ?? '',
      job,
      { ...job, publishAt: null },
      0,
      memory,
      account,
      tools(),
    )
    expect(done).toEqual({ kind: 'done' })
    expect(newest()).toMatchObject({ status: 'publish' })
  })

  describe('comments', () => {
    const count = (id: string) => wordpress.metrics?.(id, account, tools())
    const hear = (id: string) => wordpress.inbox?.(id, '', account, tools())
    const out = async (job = post('What do you say?')) => (await run(job)).remoteIds[0] ?? ''

    it('are told with who wrote them, those of the account as its own, also without pretty addresses', async () => {
      for (const plain of [false, true]) {
        sandbox.site.plain = plain
        account = await connected()
        const id = await out()
        sandbox.audience.answer(id, 'Tom & “Ada”', 'One\nTwo')
        sandbox.audience.answer(id, 'helper', 'By a colleague')
        sandbox.audience.answer(id, 'editor', 'By us')
        expect(await count(id)).toEqual({ kind: 'counted', counts: { comments: 3 } })
        const heard = await hear(id)
        if (heard?.kind !== 'heard') throw new Error(JSON.stringify(heard))
        expect(heard.messages.map(({ author, text, own }) => [author, text, own])).toEqual([
          ['editor', 'By us', true],
          ['helper', 'By a colleague', false],
          ['Tom & “Ada”', 'One\nTwo', false],
        ])
        expect(heard.messages[0]?.permalink).toContain(`?p=${id}#comment-`)
      }
    })

    it('are untold of what waits or is for review, and where a plugin took their list away', async () => {
      const waiting = await out({ ...post('Later'), publishAt: sandbox.clock.now() + HOUR })
      const reviewed = await out(article('Review', '<p>x</p>', [], { visibility: 'pending' }))
      const id = await out()
      sandbox.site.comments = false
      for (const one of [waiting, reviewed, id])
        expect([await count(one), await hear(one)]).toEqual([{ kind: 'untold' }, { kind: 'untold' }])
    })

    it('are not told of what is in the trash or a draft again', async () => {
      for (const status of ['trash', 'draft']) {
        const id = await out()
        Object.assign(newest() ?? {}, { status })
        for (const told of [await count(id), await hear(id)])
          expect(told).toMatchObject({ trouble: { kind: 'target-gone' } })
      }
    })
  })

  it('begins again where the draft was deleted on the site', async () => {
    const job = post('Deleted')
    const prepared = await prepare(running(job), 0, {})
    sandbox.posts.length = 0
    expect(await wordpress.commit(job, 0, prepared.memory, account, tools())).toMatchObject({
      trouble: { kind: 'begin-again' },
    })
  })

  it('does not take the page of a firewall for an answer', async () => {
    const page = { headers: { 'content-type': 'text/html' }, body: '<html><title>Blocked</title></html>' }
    sandbox.fail('POST /wp-json/wp/v2/posts', instead({ status: 403, ...page }))
    expect((await run(post('Blocked'))).trouble).toMatchObject({ kind: 'not-permitted', details: '403 Blocked' })
    sandbox.fail('POST /wp-json/wp/v2/posts', instead({ status: 503, ...page }))
    expect((await run(post('Maintenance'))).trouble).toMatchObject({ kind: 'server-fault' })
  })
})
