import { AppBskyFeedDefs, AppBskyFeedPost, AtpAgent, jsonToLex, RichText } from '@atproto/api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Account, Job, Secrets, SentMedium } from '../../../electron/platforms/adapter.ts'
import { bluesky, tid } from '../../../electron/platforms/bluesky.ts'
import {
  BLUESKY_DID,
  BLUESKY_OTHERS,
  BLUESKY_PASSWORD,
  type BlueskySandbox,
  blueskyAnswer,
  blueskyLimit,
  startBluesky,
} from '../../sandbox/bluesky.ts'
import { cutAfter, instead, lostAnswer, type Matcher, matching } from '../../sandbox/server.ts'
import { aJob, aPicture, bytesFor, deliver, prepare, testTools } from './deliver.ts'
import { platformContract } from './platformContract.ts'

const HOUR = 60 * 60_000
const POSTS = 'app.bsky.feed.post'
const method = (name: string) => matching(`POST /xrpc/${name}`)
const put = method('com.atproto.repo.putRecord')
const given = (sandbox: BlueskySandbox) => ({
  host: sandbox.url,
  identifier: '@outpost.test',
  password: BLUESKY_PASSWORD,
})
const media = [aPicture('dawn'), aPicture('dusk', 5000)]
const post = (text: string, pictures: readonly SentMedium[] = [], fields: Job['fields'] = {}): Job =>
  aJob(text, { parts: [{ kind: 'post', text, html: '', media: pictures }], fields })
const thread = (texts: readonly string[]) =>
  aJob('', {
    format: 'thread',
    parts: texts.map((text, part) => ({ kind: part === 0 ? 'post' : 'thread', text, html: '', media: [] })),
  })
const posts = (sandbox: BlueskySandbox) =>
  [...sandbox.records].flatMap(([key, { value }]) =>
    key.startsWith(`${POSTS}/`) ? [{ remoteId: `at://${BLUESKY_DID}/${key}`, text: String(value.text) }] : [],
  )

platformContract('Bluesky', {
  adapter: bluesky,
  start: async () => {
    const sandbox = await startBluesky()
    return {
      sandbox,
      given: given(sandbox),
      visible: () => posts(sandbox),
      waiting: () => [],
      expire: () => sandbox.clock.pass(2 * HOUR),
      audience: sandbox.audience,
      takeAway: sandbox.takeAway,
      withdraw: sandbox.withdraw,
    }
  },
  post,
  media,
  thread,
  commit: put,
  upload: method('com.atproto.repo.uploadBlob'),
  rateLimit: { reply: (now) => blueskyLimit(now, now + 20 * 60_000), wait: 20 * 60_000 },
  repeated: 'same',
  finds: true,
  numbers: {
    there: { likeCount: 41, repostCount: 7, replyCount: 3, quoteCount: 2, bookmarkCount: 5 },
    told: { likes: 41, reposts: 7, comments: 3, quotes: 2, saves: 5 },
  },
  hears: true,
})

describe('Bluesky', () => {
  let sandbox: BlueskySandbox
  let account: Account
  let secrets: Secrets
  const film = aPicture('film', 2_500_000, { type: 'video/mp4', duration: 4 })
  const nine = Array.from({ length: 9 }, (_, index) => aPicture(`picture-${index}`))
  const large = aPicture('large', 2_100_000)
  const tools = () => testTools(sandbox.clock, secrets, bytesFor(...media, film, large, ...nine))
  const running = (job: Job) => ({ adapter: bluesky, job, account, tools: tools(), clock: sandbox.clock })
  const run = (job: Job) => deliver(running(job))
  const newest = () => [...sandbox.records.values()].at(-1)?.value ?? {}

  beforeEach(async () => {
    sandbox = await startBluesky()
    const connected = await bluesky.connect(given(sandbox), testTools(sandbox.clock, {}))
    if (connected.kind !== 'connected') throw new Error('Not connected.')
    account = { ...connected.account, facts: { ...connected.account.facts, video: sandbox.url } }
    secrets = connected.secrets
  })
  afterEach(() => sandbox.close())

  it('makes record keys as the protocol wants them, and in order', () => {
    const at = Date.UTC(2026, 9, 14)
    expect(tid(at, 7)).toMatch(/^[234567abcdefghij][234567a-z]{12}$/)
    expect([tid(at, 9), tid(at, 2, 1), tid(at + 1, 0), tid(at + HOUR, 5)].sort()).toEqual([
      tid(at, 9),
      tid(at, 2, 1),
      tid(at + 1, 0),
      tid(at + HOUR, 5),
    ])
    // As the reference library reads its own.
    expect(tid(Date.parse('2023-05-10T00:00:00Z'), 0)).toMatch(/^3jv/)
  })

  it('knows when its access ends', () => {
    expect(account).toMatchObject({ remoteId: BLUESKY_DID, expiresAt: sandbox.clock.now() + 2 * HOUR })
  })

  it('signs in anew where even the renewal ran out', async () => {
    sandbox.clock.pass(91 * 24 * HOUR)
    const renewed = await bluesky.refresh?.(account, tools())
    expect(renewed).toMatchObject({ kind: 'connected', account: { remoteId: BLUESKY_DID } })
  })

  it('marks links, hashtags and names where they stand in bytes, as the reference library does', async () => {
    sandbox.people.set('kim.example.com', 'did:plc:44ybard66vv44zksje25o7dz')
    const text = '🎉 Grüße @kim.example.com: https://example.org/a?b=ü and example.com #größe, @nobody.example.com'
    await run(post(text))
    const rich = new RichText({ text })
    rich.detectFacetsWithoutResolution()
    const shape = (facets: unknown) =>
      (facets as { index: unknown; features: { $type: string }[] }[]).map(({ index, features }) => ({
        index,
        type: features[0]?.$type,
      }))
    const theirs = shape(rich.facets).filter((_, index, all) => index < all.length - 1) // nobody.example.com is nobody
    expect(shape(newest().facets)).toEqual(
      theirs.map(({ index, type }) => ({ index: expect.objectContaining(index as object), type })),
    )
  })

  it('puts pictures with words and shape into the post; more than four make a gallery', async () => {
    await run(post('Two', media, { language: 'en', contentLabel: 'nudity' }))
    expect(newest()).toMatchObject({
      langs: ['en'],
      labels: { values: [{ val: 'nudity' }] },
      embed: {
        $type: 'app.bsky.embed.images',
        images: [{ alt: 'What dawn shows', aspectRatio: { width: 640, height: 480 } }, { alt: 'What dusk shows' }],
      },
    })
    await run(post('Nine', nine))
    expect(newest()).toMatchObject({
      embed: { $type: 'app.bsky.embed.gallery', items: nine.map(({ alt }) => ({ alt })) },
    })
  })

  it('makes a link card with its picture', async () => {
    const fields = { link: 'https://example.org/', linkTitle: 'Title', linkDescription: 'About', cover: 'dawn' }
    await run(post('Read', media, fields))
    expect(newest().embed).toMatchObject({
      $type: 'app.bsky.embed.external',
      external: {
        uri: 'https://example.org/',
        title: 'Title',
        description: 'About',
        thumb: { mimeType: 'image/png', size: 3000 },
      },
    })
    expect(sandbox.calls.filter(method('com.atproto.repo.uploadBlob'))).toHaveLength(1)
  })

  it('says who may reply before there is anything to reply to', async () => {
    const job = post('No replies', [], { replies: 'nobody' })
    await prepare(running(job), 0, {})
    expect([...sandbox.records.keys()]).toEqual([expect.stringMatching(/^app\.bsky\.feed\.threadgate\//)])
    const { remoteIds } = await run(job)
    const rkey = remoteIds[0]?.split('/').at(-1)
    expect(sandbox.records.get(`app.bsky.feed.threadgate/${rkey}`)?.value).toMatchObject({
      post: remoteIds[0],
      allow: [],
    })
  })

  it('chains a thread to its first post, also where an answer was lost', async () => {
    const job = thread(['One', 'Two', 'Three'])
    sandbox.fail(put, lostAnswer)
    const first = await run(job)
    expect(first.trouble?.kind).toBe('unknown')
    const rest = await deliver(running(job), first.memory, 1)
    expect(rest.trouble).toBeNull()
    const [one, two, three] = [...sandbox.records.values()]
    const uris = posts(sandbox).map(({ remoteId }) => remoteId)
    expect(two?.value.reply).toEqual({ root: { uri: uris[0], cid: one?.cid }, parent: { uri: uris[0], cid: one?.cid } })
    expect(three?.value.reply).toEqual({
      root: { uri: uris[0], cid: one?.cid },
      parent: { uri: uris[1], cid: two?.cid },
    })
  })

  it('answers the first part with its first comment, and puts tags beside the text', async () => {
    const part = (kind: 'post' | 'thread' | 'comment', text: string) => ({ kind, text, html: '', media: [] })
    const parts = [part('post', 'One'), part('thread', 'Two'), part('comment', 'By the way')]
    await run(aJob('', { parts, fields: { tags: ['harbour', '#boats'] } }))
    const [one, two, three] = [...sandbox.records.values()]
    const [root] = posts(sandbox)
    const first = { uri: root?.remoteId, cid: one?.cid }
    expect([one?.value.tags, two?.value.tags, three?.value.tags]).toEqual([['harbour', 'boats'], undefined, undefined])
    expect(three?.value).toMatchObject({ text: 'By the way', reply: { root: first, parent: first } })
  })

  it('sends the same bytes again: one post, whatever became of the first answer', async () => {
    const job = post('Once')
    const prepared = await prepare(running(job), 0, {})
    sandbox.fail(put, lostAnswer)
    await bluesky.commit(job, 0, prepared.memory, account, tools())
    sandbox.clock.pass(HOUR)
    expect(await bluesky.commit(job, 0, prepared.memory, account, tools())).toMatchObject({ kind: 'done' })
    expect(posts(sandbox)).toHaveLength(1)
  })

  it('keeps to the bytes it made, however late it is asked again', async () => {
    const job = post('Frozen', media)
    const prepared = await prepare(running(job), 0, {})
    sandbox.clock.pass(HOUR)
    expect((await prepare(running(job), 0, prepared.memory)).memory).toEqual(prepared.memory)
  })

  it('never writes over what lies under its key', async () => {
    const job = post('First')
    const prepared = await prepare(running(job), 0, {})
    expect(await bluesky.commit(job, 0, prepared.memory, account, tools())).toMatchObject({ kind: 'done' })
    const own = prepared.memory[0] as { record: object }
    const other = { 0: { ...own, record: { ...own.record, text: 'Second' } } }
    const [there] = posts(sandbox)
    expect(await bluesky.commit(job, 0, other, account, tools())).toMatchObject({
      trouble: { kind: 'duplicate', remoteId: there?.remoteId },
    })
    expect(posts(sandbox)).toEqual([{ remoteId: there?.remoteId, text: 'First' }])
  })

  it('begins again where its pictures were thrown away', async () => {
    const job = post('Late', media)
    const prepared = await prepare(running(job), 0, {})
    sandbox.blobs.clear()
    expect(await bluesky.commit(job, 0, prepared.memory, account, tools())).toMatchObject({
      trouble: { kind: 'begin-again' },
    })
  })

  it('names the field of what is refused', async () => {
    expect((await run(post('x'.repeat(301)))).trouble).toMatchObject({ kind: 'refused', field: 'text' })
    expect((await run(post('Large', [large]))).trouble).toMatchObject({ kind: 'refused', field: 'media' })
  })

  it('hands nothing over ahead', async () => {
    const { trouble } = await run({ ...post('Later'), publishAt: sandbox.clock.now() + HOUR })
    expect(trouble).toMatchObject({ kind: 'refused', field: 'publishAt' })
  })

  it('is asked to wait where its points are used up', async () => {
    sandbox.limits.hour.most = 0
    const { trouble } = await run(post('Too much'))
    expect(trouble).toMatchObject({ kind: 'rate-limited' })
  })

  describe('a quote', () => {
    const [address = ''] = BLUESKY_OTHERS
    const first = () => [...sandbox.others][0] ?? ['', { cid: '', value: {}, quotable: true }]
    const quote = { $type: 'app.bsky.embed.record' as const, record: { uri: '', cid: '' } }
    beforeEach(() => {
      const [uri, { cid }] = first()
      quote.record = { uri, cid }
    })

    it('stands in the post, by handle, DID or address of the protocol', async () => {
      const [uri] = first()
      for (const [index, one] of [
        address,
        address.replace('harbour.example', uri.split('/')[2] ?? ''),
        uri,
      ].entries()) {
        expect((await run(post(`Look ${index}`, [], { quote: one }))).trouble).toBeNull()
        expect(newest().embed).toEqual(quote)
      }
    })

    it('stands beside pictures, a film and a link card, as the reference library reads it', async () => {
      const link = { link: 'https://example.org/', linkTitle: 'Title', linkDescription: 'About' }
      for (const [pictures, fields, type] of [
        [media, {}, 'images'],
        [nine, {}, 'gallery'],
        [[film], {}, 'video'],
        [[], link, 'external'],
      ] as const) {
        expect((await run(post(type, pictures, { ...fields, quote: address }))).trouble).toBeNull()
        expect(newest().embed).toMatchObject({
          $type: 'app.bsky.embed.recordWithMedia',
          record: quote,
          media: { $type: `app.bsky.embed.${type}` },
        })
        expect(AppBskyFeedPost.validateRecord(jsonToLex(newest() as never))).toMatchObject({ success: true })
      }
    })

    it('is that of the first post of a thread', async () => {
      await run({ ...thread(['One', 'Two']), fields: { quote: address } })
      expect([...sandbox.records.values()].map(({ value }) => value.embed)).toEqual([quote, undefined])
    })

    it('is asked for once: what was learned is kept, and the commit stays one call', async () => {
      const job = post('Look', media, { quote: address })
      await prepare(running(job), 0, {})
      const asked = sandbox.calls.filter(matching('GET /xrpc/app.bsky.feed.getPosts'))
      expect(asked).toHaveLength(1)
    })

    it.each([
      ['is gone', () => sandbox.others.clear(), 'not there any more'],
      ['was written by somebody who is gone', () => sandbox.people.delete('harbour.example'), 'harbour.example'],
      [
        'may not be quoted',
        () => {
          first()[1].quotable = false
        },
        'does not let it be quoted',
      ],
    ])('of a post that %s is refused before anything is sent', async (_what, change, words) => {
      change()
      expect((await run(post('Look', media, { quote: address }))).trouble).toMatchObject({
        kind: 'refused',
        field: 'quote',
        reason: expect.stringContaining(words),
      })
      expect(sandbox.calls.filter(method('com.atproto.repo.uploadBlob'))).toEqual([])
      expect(posts(sandbox)).toEqual([])
    })

    it('is read and made by the reference client in the same way', async () => {
      const agent = new AtpAgent({ service: sandbox.url })
      await agent.login({ identifier: 'outpost.test', password: BLUESKY_PASSWORD })
      const [uri, { cid }] = first()
      const { data } = await agent.getPosts({ uris: [uri] })
      expect(data.posts[0]).toMatchObject({ uri, cid, author: { handle: 'harbour.example' } })
      expect(AppBskyFeedDefs.validatePostView(data.posts[0])).toMatchObject({ success: true })
      await agent.post({ text: 'By the reference client', embed: { $type: quote.$type, record: { uri, cid } } })
      const theirs = newest().embed
      await run(post('By ours', [], { quote: address }))
      expect(newest().embed).toEqual(theirs)
    })
  })

  describe('what others do', () => {
    const count = (uri: string) => bluesky.metrics?.(uri, account, tools())
    const hear = (uri: string) => bluesky.inbox?.(uri, '', account, tools())
    const out = async (job = post('What do you say?')) => (await run(job)).remoteIds[0] ?? ''

    it('is told of answers to answers too, with who it is and where it stands, and of those by the account itself', async () => {
      const part = (kind: 'post' | 'comment', text: string) => ({ kind, text, html: '', media: [] })
      const uri = await out(aJob('', { parts: [part('post', 'One'), part('comment', 'Tickets')] }))
      sandbox.clock.pass(HOUR / 4)
      const { id } = sandbox.audience.answer(uri, 'ada', 'When?')
      const asked = blueskyAnswer('ada', id)
      sandbox.clock.pass(HOUR / 4)
      sandbox.audience.answer(asked, 'max', 'At nine')
      const heard = await hear(uri)
      if (heard?.kind !== 'heard') throw new Error(JSON.stringify(heard))
      expect(heard.messages.map(({ author, text, own }) => [author, text, own])).toEqual([
        ['max.example', 'At nine', false],
        ['ada.example', 'When?', false],
        ['outpost.test', 'Tickets', true],
      ])
      expect(heard.messages[1]).toMatchObject({
        id: asked,
        permalink: `https://bsky.app/profile/${asked.split('/')[2]}/post/${asked.split('/').at(-1)}`,
      })
      expect(await count(uri)).toMatchObject({ counts: { comments: 2 } })
    })

    it('is read to a depth and no further', async () => {
      let uri = await out()
      const first = uri
      for (let depth = 0; depth < 30; depth++)
        uri = blueskyAnswer('ada', sandbox.audience.answer(uri, 'ada', `Answer ${depth}`).id)
      expect(await hear(first)).toMatchObject({ messages: { length: 20 } })
    })

    it('leaves out who blocks the account', async () => {
      const uri = await out()
      sandbox.audience.answer(uri, 'ada', 'Seen')
      sandbox.audience.answer(uri, 'max', 'Not seen')
      sandbox.blocking.add('max')
      expect(await hear(uri)).toMatchObject({ messages: [{ text: 'Seen' }] })
    })

    it('is nothing yet where the app server is behind, and the post is not called gone', async () => {
      const uri = await out()
      sandbox.unheard.add(uri)
      expect(await count(uri)).toEqual({ kind: 'counted', counts: {} })
      expect(await hear(uri)).toEqual({ kind: 'heard', messages: [], next: '' })
      sandbox.takeAway(uri)
      expect(await count(uri)).toMatchObject({ trouble: { kind: 'target-gone' } })
    })

    it('is trouble where the account’s own server reaches no app server, as the reference server says it', async () => {
      const uri = await out()
      const body = { error: 'UpstreamFailure', message: 'Upstream service unreachable' }
      for (const ask of [count, hear]) {
        sandbox.fail(() => true, instead({ status: 502, body }))
        expect(await ask(uri)).toMatchObject({ trouble: { kind: 'server-fault' } })
      }
    })
  })

  describe('a film', () => {
    const part = method('app.bsky.video.uploadPart')

    it('goes up in parts, is waited for, and stands in the post with its words', async () => {
      expect((await run(post('Film', [film]))).trouble).toBeNull()
      expect(sandbox.calls.filter(part)).toHaveLength(3)
      expect(newest().embed).toMatchObject({
        $type: 'app.bsky.embed.video',
        alt: 'What film shows',
        video: { mimeType: 'video/mp4', size: film.size },
      })
    })

    it('is sent on after a cut, without the parts that arrived', async () => {
      const job = post('Film', [film])
      const second: Matcher = (call) => part(call) && call.query.get('partNumber') === '2'
      sandbox.fail(second, cutAfter(1000))
      const first = await prepare(running(job), 0, {})
      expect(first).toMatchObject({ kind: 'trouble', trouble: { kind: 'server-fault' } })
      sandbox.fail(second, lostAnswer)
      const again = await prepare(running(job), 0, first.memory)
      expect(again.kind).toBe('trouble')
      expect((await prepare(running(job), 0, again.memory)).kind).toBe('ready')
      const numbers = sandbox.calls
        .filter(part)
        .map(({ query, cut }) => `${query.get('partNumber')}${cut ? ' cut' : ''}`)
      expect(numbers).toEqual(['1', '2 cut', '2', '3'])
    })

    it('goes up whole where the service knows no parts', async () => {
      sandbox.video.parts = false
      expect((await run(post('Film', [film]))).trouble).toBeNull()
      expect(newest().embed).toMatchObject({ video: { size: film.size } })
    })

    it('that cannot be processed is refused', async () => {
      sandbox.video.fails = true
      expect((await run(post('Film', [film]))).trouble).toMatchObject({
        kind: 'refused',
        field: 'media',
        reason: 'Unknown codec',
      })
    })

    it('has to wait where those of today are used up', async () => {
      sandbox.video.remaining = 0
      expect((await run(post('Film', [film]))).trouble).toMatchObject({ kind: 'quota-used', of: 'videos' })
    })
  })

  it('is the Bluesky that others know', async () => {
    const agent = new AtpAgent({ service: sandbox.url })
    await agent.login({ identifier: 'outpost.test', password: BLUESKY_PASSWORD })
    const { data } = await agent.uploadBlob(new Uint8Array(100), { encoding: 'image/png' })
    const made = await agent.post({
      text: 'By the reference client',
      embed: { $type: 'app.bsky.embed.images', images: [{ image: data.blob, alt: 'a dot' }] },
    })
    const rkey = made.uri.split('/').at(-1) ?? ''
    const read = await agent.com.atproto.repo.getRecord({ repo: BLUESKY_DID, collection: POSTS, rkey })
    expect(read.data).toMatchObject({ uri: made.uri, cid: made.cid, value: { text: 'By the reference client' } })
    expect(
      (await agent.com.atproto.repo.listRecords({ repo: BLUESKY_DID, collection: POSTS })).data.records,
    ).toHaveLength(1)
    expect((await agent.com.atproto.identity.resolveHandle({ handle: 'outpost.test' })).data.did).toBe(BLUESKY_DID)
    sandbox.audience.react(made.uri, { likeCount: 4 })
    sandbox.audience.answer(made.uri, 'ada', 'Nice')
    const counted = await agent.getPosts({ uris: [made.uri] })
    expect(counted.data.posts[0]).toMatchObject({ likeCount: 4, replyCount: 1 })
    const { thread } = (await agent.getPostThread({ uri: made.uri })).data
    expect(AppBskyFeedDefs.validateThreadViewPost(thread)).toMatchObject({ success: true })
    expect(thread).toMatchObject({
      replies: [{ post: { record: { text: 'Nice' }, author: { handle: 'ada.example' } } }],
    })
    await agent.deletePost(made.uri)
    await expect(agent.com.atproto.repo.getRecord({ repo: BLUESKY_DID, collection: POSTS, rkey })).rejects.toThrow(
      /Could not locate/,
    )
    sandbox.clock.pass(3 * HOUR)
    await agent.post({ text: 'After a renewal it asked for itself' })
    expect(posts(sandbox).map(({ text }) => text)).toEqual(['After a renewal it asked for itself'])
  })
})
