import Facebook from 'facebook-js-sdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Job, SentMedium } from '../../../electron/platforms/adapter.ts'
import { facebook } from '../../../electron/platforms/facebook.ts'
import { canRenew } from '../../../shared/domain/accountStanding.ts'
import { type FacebookSandbox, startFacebook } from '../../sandbox/facebook.ts'
import { invalid, pageLimit } from '../../sandbox/graph.ts'
import { inSandbox } from '../../sandbox/reroute.ts'
import { cutAfter, instead, lostAnswer, matching, reset } from '../../sandbox/server.ts'
import { aJob, aPicture, bytesFor, deliver, type Preparing, prepare, type TestTools, testTools } from './deliver.ts'
import { platformContract } from './platformContract.ts'

let url = ''
const media = [aPicture('one'), aPicture('two')]

platformContract('Facebook Pages', {
  adapter: inSandbox(facebook, () => url),
  start: async () => {
    const sandbox = await startFacebook()
    url = sandbox.url
    return {
      sandbox,
      given: { accessToken: 'page-token-1001' },
      visible: () => sandbox.visible().map(({ id, text }) => ({ remoteId: id, text })),
      waiting: () => sandbox.queue().map(({ id, text, at }) => ({ remoteId: id, text, at })),
      comments: () => sandbox.comments.map(({ message }) => message),
      takeAway: sandbox.takeAway,
      audience: sandbox.audience,
      withdraw: () => {
        sandbox.access = 'removed'
      },
      changeThere: (id, text) => {
        const post = sandbox.posts.get(id)
        if (post) post.message = text
      },
    }
  },
  post: (text, pictures = []) => aJob(text, { parts: [{ kind: 'post', text, html: '', media: pictures }] }),
  media,
  commit: matching('POST /graph.facebook.com/*/1001/feed'),
  upload: matching('POST /graph.facebook.com/*/1001/photos'),
  rateLimit: { reply: () => pageLimit(25), wait: 25 * 60_000 },
  repeated: 'refused',
  edits: 'text',
  finds: true,
  renewsAheadOnly: true,
  numbers: {
    there: {
      shares: 7,
      comments: 3,
      reactions: 41,
      post_media_view: 900,
      post_total_media_view_unique: 600,
      post_clicks: 12,
    },
    told: { shares: 7, comments: 3, likes: 41, views: 900, reach: 600, clicks: 12 },
  },
  hears: true,
})

/* ---- what only Facebook has ---- */

const film = aPicture('film', 9_000_000, { type: 'video/mp4', width: 1080, height: 1920, duration: 30, alt: '' })
const DAY = 86_400_000

describe('Facebook Pages, by its notes', () => {
  let sandbox: FacebookSandbox
  const adapter = inSandbox(facebook, () => sandbox.url)

  beforeEach(async () => {
    sandbox = await startFacebook()
  })
  afterEach(() => sandbox.close())

  async function connected(given: Record<string, string> = { accessToken: 'page-token-1001' }) {
    const answer = await adapter.connect(given, testTools(sandbox.clock, {}))
    if (answer.kind !== 'connected') throw new Error(JSON.stringify(answer.trouble))
    return answer
  }
  async function delivering(job: Job, ...files: SentMedium[]): Promise<Preparing & { tools: TestTools }> {
    const { account, secrets } = await connected()
    return { adapter, job, account, clock: sandbox.clock, tools: testTools(sandbox.clock, secrets, bytesFor(...files)) }
  }
  const post = (text: string, format = 'feed', files: readonly SentMedium[] = [], over: Partial<Job> = {}) =>
    aJob(text, { format, parts: [{ kind: 'post', text, html: '', media: files }], ...over })

  it('makes an access longer where the app is known, and says why not where it is not', async () => {
    const { account, secrets } = await connected({
      accessToken: 'user-token',
      clientId: '77',
      clientSecret: 'hush-hush',
    })
    const renewed = await adapter.refresh?.(account, testTools(sandbox.clock, secrets))
    expect(renewed).toMatchObject({ kind: 'connected', account: { remoteId: account.remoteId } })
    expect(renewed).toMatchObject({ secrets: { accessToken: secrets.accessToken, userToken: 'user-token' } })
    const alone = await adapter.refresh?.(account, testTools(sandbox.clock, { accessToken: 'page-token-1001' }))
    expect(alone).toMatchObject({ trouble: { kind: 'access-withdrawn' } })
  })

  it('takes the token of a person and finds the one Page, with the access of that Page', async () => {
    const { account, secrets } = await connected({
      accessToken: 'user-token',
      clientId: '77',
      clientSecret: 'hush-hush',
    })
    expect(account).toMatchObject({
      remoteId: '1001',
      name: 'Harbour Museum',
      handle: 'harbourmuseum',
      facts: { app: '77' },
    })
    expect(secrets).toMatchObject({ accessToken: 'page-token-1001', userToken: 'user-token' })
  })

  it('offers to renew a dated access only where there is something to renew it with', async () => {
    const dated = instead({
      status: 200,
      body: { data: { is_valid: true, app_id: '77', expires_at: Math.floor(sandbox.now() / 1000) + 7 * 86_400 } },
    })
    const renewable = async (given: Record<string, string>) => {
      sandbox.fail('GET /graph.facebook.com/*/debug_token', dated)
      return canRenew((await connected(given)).account)
    }
    expect(await renewable({ accessToken: 'user-token' })).toBe(false)
    expect(await renewable({ accessToken: 'user-token', clientId: '77', clientSecret: 'hush-hush' })).toBe(true)
  })

  it('asks which of several Pages is meant, in their names', async () => {
    sandbox.pages.push({
      id: '1002',
      name: 'Dock Café',
      username: 'dock',
      token: 'page-token-1002',
      tasks: ['CREATE_CONTENT'],
    })
    const tools = () => testTools(sandbox.clock, {})
    expect(await adapter.connect({ accessToken: 'user-token' }, tools())).toMatchObject({
      trouble: {
        kind: 'refused',
        field: 'page',
        reason: 'Choose one of these Pages: Harbour Museum (1001), Dock Café (1002).',
      },
    })
    const chosen = await adapter.connect({ accessToken: 'user-token', page: '1002' }, tools())
    expect(chosen).toMatchObject({ kind: 'connected', account: { name: 'Dock Café' } })
  })

  it('names the task a person lacks on a Page', async () => {
    sandbox.pages.push({
      id: '1003',
      name: 'Archive',
      username: 'archive',
      token: 'page-token-1003',
      tasks: ['ANALYZE'],
    })
    expect(
      await adapter.connect({ accessToken: 'user-token', page: '1003' }, testTools(sandbox.clock, {})),
    ).toMatchObject({
      trouble: { kind: 'not-permitted', right: 'CREATE_CONTENT' },
    })
  })

  it('sends a link as a link, and alternative texts with their photos', async () => {
    await deliver(await delivering(post('Read', 'feed', [], { fields: { link: 'https://example.org/a' } })))
    expect([...sandbox.posts.values()]).toMatchObject([{ message: 'Read', link: 'https://example.org/a' }])
    await deliver(await delivering(post('Look', 'feed', media), ...media))
    expect([...sandbox.photos.values()].map(({ alt }) => alt)).toEqual(['What one shows', 'What two shows'])
  })

  it('says which field a link that cannot be read stands in', async () => {
    const { trouble } = await deliver(
      await delivering(post('Read', 'feed', [], { fields: { link: 'https://nowhere' } })),
    )
    expect(trouble).toMatchObject({ kind: 'refused', field: 'link' })
  })

  it('finds a post by its photos, whatever became of its text', async () => {
    const preparing = await delivering(post('Look', 'feed', media), ...media)
    const prepared = await prepare(preparing, 0, {})
    const since = sandbox.now()
    sandbox.fail('POST /graph.facebook.com/*/1001/feed', lostAnswer)
    await adapter.commit(preparing.job, 0, prepared.memory, preparing.account, preparing.tools)
    for (const one of sandbox.posts.values()) one.message = 'Mended by a colleague'
    const found = await adapter.find?.(preparing.job, 0, prepared.memory, since, preparing.account, preparing.tools)
    expect(found).toEqual({ kind: 'there', remoteId: [...sandbox.posts.keys()][0] })
  })

  it('looks through all pages of the listing', async () => {
    const preparing = await delivering(post('The first of many'))
    const since = sandbox.now()
    const { remoteIds } = await deliver(preparing)
    for (let count = 0; count < 150; count++) await deliver({ ...preparing, job: post(`Later ${count}`) })
    const found = await adapter.find?.(preparing.job, 0, {}, since, preparing.account, preparing.tools)
    expect(found).toEqual({ kind: 'there', remoteId: remoteIds[0] })
  })

  it('uploads photos anew that Facebook has let go of', async () => {
    const preparing = await delivering(post('Late', 'feed', media), ...media)
    const { memory } = await prepare(preparing, 0, {})
    sandbox.clock.pass(DAY + 1)
    const again = await prepare(preparing, 0, memory)
    await deliver(preparing, again.memory)
    expect(sandbox.visible().map(({ text }) => text)).toEqual(['Late'])
    expect(sandbox.photos.size).toBe(4)
  })

  it('hands a post with photos over for its time, and Facebook publishes it', async () => {
    const publishAt = sandbox.now() + 2 * DAY
    const preparing = await delivering(post('Later', 'feed', media, { publishAt }), ...media)
    const { remoteIds } = await deliver(preparing)
    expect(sandbox.visible()).toEqual([])
    sandbox.clock.pass(2 * DAY)
    expect(sandbox.visible()).toMatchObject([{ id: remoteIds[0], text: 'Later' }])
  })

  it('takes a Reel as early as Outpost hands anything over', async () => {
    const latest = facebook.schedules?.latest ?? 0
    const job = post('A boat', 'reel', [film], { title: 'Boat', publishAt: sandbox.now() + latest })
    const { remoteIds, trouble } = await deliver(await delivering(job, film))
    expect(trouble).toBeNull()
    expect(remoteIds).toHaveLength(1)
  })

  for (const [format, days] of [
    ['feed', 31],
    ['reel', 30],
  ] as const)
    it(`does not hand a ${format} over ${days} days ahead`, async () => {
      const job = post('Far', format, format === 'reel' ? [film] : [], { publishAt: sandbox.now() + days * DAY })
      const { trouble } = await deliver(await delivering(job, film))
      expect(trouble).toMatchObject({ kind: 'refused', field: 'publishAt' })
      expect(sandbox.videos.size).toBe(0)
    })

  describe('a Reel', () => {
    const reel = (over: Partial<Job> = {}) => post('A boat', 'reel', [film], { title: 'Boat', ...over })
    const bytes = 'POST /rupload.facebook.com/video-upload/*/*'

    it('waits until it is worked through, then goes out', async () => {
      const { remoteIds, trouble } = await deliver(await delivering(reel(), film))
      expect(trouble).toBeNull()
      expect(sandbox.visible()).toMatchObject([{ id: remoteIds[0], text: 'A boat' }])
      expect(sandbox.videos.get(remoteIds[0] ?? '')).toMatchObject({ title: 'Boat', size: film.size, polls: 0 })
    })

    it('that was cut goes on from the byte that arrived last', async () => {
      const preparing = await delivering(reel(), film)
      sandbox.fail(bytes, cutAfter(5_000_000))
      const cut = await prepare(preparing, 0, {})
      expect(cut).toMatchObject({ kind: 'trouble', trouble: { kind: 'server-fault' } })
      const { remoteIds } = await deliver(preparing, cut.memory)
      const sent = sandbox.calls.filter(matching(bytes))
      expect(sent.map(({ headers, body }) => [headers.offset, headers['content-length'], body.length])).toEqual([
        ['0', '9000000', 5_000_000],
        ['5000000', '4000000', 4_000_000],
      ])
      expect(Buffer.concat(sandbox.videos.get(remoteIds[0] ?? '')?.stored ?? []).length).toBe(film.size)
      expect(preparing.tools.percents.at(-1)).toBe(100)
    })

    it('is found by its own id', async () => {
      const preparing = await delivering(reel(), film)
      const { memory } = await prepare(preparing, 0, {})
      const since = sandbox.now()
      const look = () => adapter.find?.(preparing.job, 0, memory, since, preparing.account, preparing.tools)
      sandbox.fail('POST /graph.facebook.com/*/1001/video_reels', reset)
      const { job, account, tools } = preparing
      expect(await adapter.commit(job, 0, memory, account, tools)).toMatchObject({ trouble: { kind: 'unknown' } })
      expect(await look()).toEqual({ kind: 'absent' })
      sandbox.fail('POST /graph.facebook.com/*/1001/video_reels', lostAnswer)
      expect(await adapter.commit(job, 0, memory, account, tools)).toMatchObject({ trouble: { kind: 'unknown' } })
      expect(await look()).toEqual({ kind: 'there', remoteId: [...sandbox.videos.keys()][0] })
    })

    it('is handed over for its time, and is told so', async () => {
      const preparing = await delivering(reel({ publishAt: sandbox.now() + DAY }), film)
      const { remoteIds } = await deliver(preparing)
      const see = () => adapter.see?.(remoteIds[0] ?? '', preparing.account, preparing.tools)
      const { publishAt, parts } = preparing.job
      expect(await see()).toMatchObject({ state: 'scheduled', text: parts[0]?.text, publishAt })
      sandbox.clock.pass(DAY)
      expect(await see()).toMatchObject({
        state: 'public',
        permalink: `https://www.facebook.com/reel/${remoteIds[0]}`,
      })
    })
  })

  it('sends a long film over the upload of the app, on from where it was cut', async () => {
    const preparing = await delivering(post('The talk', 'feed', [film], { title: 'Talk' }), film)
    sandbox.fail((call) => call.method === 'POST' && call.path.includes('/upload:'), cutAfter(4_000_000))
    const cut = await prepare(preparing, 0, {})
    const { remoteIds } = await deliver(preparing, cut.memory)
    const sent = sandbox.calls.filter(({ method, path }) => method === 'POST' && path.includes('/upload:'))
    expect(sent.map(({ headers, body }) => [headers.file_offset, body.length])).toEqual([
      ['0', 4_000_000],
      ['4000000', 5_000_000],
    ])
    expect(sandbox.visible()).toMatchObject([{ id: remoteIds[0], text: 'The talk' }])
  })

  it('finds the film of a post whose answer was lost by the id the film has', async () => {
    const preparing = await delivering(post('The talk', 'feed', [film]), film)
    const { memory } = await prepare(preparing, 0, {})
    const since = sandbox.now()
    sandbox.fail('POST /graph-video.facebook.com/*/1001/videos', lostAnswer)
    await adapter.commit(preparing.job, 0, memory, preparing.account, preparing.tools)
    const found = await adapter.find?.(preparing.job, 0, memory, since, preparing.account, preparing.tools)
    expect(found).toEqual({ kind: 'there', remoteId: [...sandbox.videos.keys()][0] })
  })

  it('asks a person about a film that is not listed, as Facebook may still be working on it, and takes no other post for it', async () => {
    const preparing = await delivering(post('', 'feed', [film]), film)
    await deliver(await delivering(post('', 'feed', [media[0] as SentMedium]), ...media))
    const { memory } = await prepare(preparing, 0, {})
    const since = sandbox.now()
    sandbox.fail('POST /graph-video.facebook.com/*/1001/videos', reset)
    await adapter.commit(preparing.job, 0, memory, preparing.account, preparing.tools)
    const found = await adapter.find?.(preparing.job, 0, memory, since, preparing.account, preparing.tools)
    expect(found).toEqual({ kind: 'unclear' })
  })

  for (const [what, files] of [
    ['photo', [media[0]]],
    ['film', [film]],
  ] as const)
    it(`puts a ${what} into the story, and cannot look for it`, async () => {
      const [medium] = files as readonly SentMedium[]
      if (!medium) throw new Error('No medium.')
      const preparing = await delivering(post('', 'story', [medium]), medium)
      expect((await deliver(preparing)).trouble).toBeNull()
      expect(sandbox.stories.length).toBe(1)
      const found = await adapter.find?.(preparing.job, 0, {}, sandbox.now(), preparing.account, preparing.tools)
      expect(found).toEqual({ kind: 'unclear' })
    })

  for (const medium of [media[0], film])
    it(`concludes nothing from a story that is not shown: ${medium?.type}`, async () => {
      if (!medium) throw new Error('No medium.')
      const preparing = await delivering(post('', 'story', [medium]), medium)
      const [remoteId = ''] = (await deliver(preparing)).remoteIds
      sandbox.videos.clear()
      const { account, tools } = preparing
      expect(await adapter.see?.(remoteId, account, tools)).toMatchObject({ kind: 'seen', state: 'public' })
      expect(await adapter.remove?.(remoteId, account, tools)).toMatchObject({ trouble: { kind: 'refused' } })
    })

  it('deletes a story where Facebook lets it', async () => {
    const preparing = await delivering(post('', 'story', [film]), film)
    const [remoteId = ''] = (await deliver(preparing)).remoteIds
    expect(await adapter.remove?.(remoteId, preparing.account, preparing.tools)).toEqual({ kind: 'done' })
    expect(sandbox.videos.size).toBe(0)
  })

  it('comments under a post whose answer was lost', async () => {
    const part = (kind: 'post' | 'comment', text: string) => ({ kind, text, html: '', media: [] })
    const preparing = await delivering(aJob('', { parts: [part('post', 'Tickets'), part('comment', 'Here')] }))
    const { memory } = await prepare(preparing, 0, {})
    sandbox.fail('POST /graph.facebook.com/*/1001/feed', lostAnswer)
    await adapter.commit(preparing.job, 0, memory, preparing.account, preparing.tools)
    const { trouble } = await deliver(preparing, memory, 1)
    expect(trouble).toBeNull()
    expect(sandbox.comments).toMatchObject([{ on: [...sandbox.posts.keys()][0], message: 'Here' }])
  })

  it('comments first, once, and finds a comment whose answer was lost', async () => {
    const part = (kind: 'post' | 'comment', text: string) => ({ kind, text, html: '', media: [] })
    const preparing = await delivering(
      aJob('', { parts: [part('post', 'Tickets'), part('comment', 'Here: example.org')] }),
    )
    const first = await adapter.commit(preparing.job, 0, {}, preparing.account, preparing.tools)
    if (first.kind !== 'done') throw new Error('Not out.')
    const since = sandbox.now()
    const second = await prepare(preparing, 1, first.memory)
    const look = () => adapter.find?.(preparing.job, 1, second.memory, since, preparing.account, preparing.tools)
    expect(await look()).toEqual({ kind: 'absent' })
    sandbox.fail('POST /graph.facebook.com/*/*/comments', lostAnswer)
    const comment = await adapter.commit(preparing.job, 1, second.memory, preparing.account, preparing.tools)
    expect(comment).toMatchObject({ trouble: { kind: 'unknown' } })
    expect(await look()).toEqual({ kind: 'there', remoteId: sandbox.comments[0]?.id })
    expect(sandbox.comments).toMatchObject([{ on: first.remoteId, message: 'Here: example.org' }])
  })

  describe('what people do with a post', () => {
    async function out(job: Job, ...files: SentMedium[]) {
      const preparing = await delivering(job, ...files)
      const { remoteIds, trouble } = await deliver(preparing)
      expect(trouble).toBeNull()
      const { account, tools } = preparing
      const [remoteId = '', commentId = ''] = remoteIds
      return {
        remoteId,
        commentId,
        count: (id = remoteId) => adapter.metrics?.(id, account, tools),
        hear: (id = remoteId) => adapter.inbox?.(id, '', account, tools),
      }
    }

    it('is heard on all levels, and what the Page wrote itself is its own', async () => {
      const part = (kind: 'post' | 'comment', text: string) => ({ kind, text, html: '', media: [] })
      const { remoteId, commentId, hear, count } = await out(
        aJob('', { parts: [part('post', 'Tickets'), part('comment', 'Here')] }),
      )
      const { id } = sandbox.audience.answer(remoteId, 'ada', 'Until when?')
      sandbox.clock.pass(5 * 60_000)
      sandbox.audience.answer(id, 'max', 'Until nine')
      expect(await hear()).toMatchObject({
        messages: [
          { author: 'max', text: 'Until nine', own: false },
          { author: 'ada', text: 'Until when?', own: false },
          { author: 'Harbour Museum', text: 'Here', own: true },
        ],
      })
      expect(await hear(commentId)).toEqual({ kind: 'untold' })
      expect(await count(commentId)).toEqual({ kind: 'untold' })
    })

    it('is what its fields told where insights are not permitted, and says so where they told nothing', async () => {
      const { remoteId, count } = await out(post('Hello'))
      sandbox.rights.delete('read_insights')
      sandbox.audience.react(remoteId, { reactions: 4, comments: 2 })
      expect(await count()).toEqual({ kind: 'counted', counts: { comments: 2, likes: 4 } })
      sandbox.rights.delete('pages_read_user_content')
      expect(await count()).toMatchObject({ trouble: { kind: 'not-permitted', right: 'read_insights' } })
      sandbox.audience.react(remoteId, { shares: 3 })
      expect(await count()).toEqual({ kind: 'counted', counts: { shares: 3 } })
    })

    it('is told by insights where what people write may not be read', async () => {
      const { remoteId, count, hear } = await out(post('Hello'))
      sandbox.rights.delete('pages_read_user_content')
      sandbox.splitsViews = true
      sandbox.audience.react(remoteId, { post_media_view: 90, post_reactions_by_type_total: 4, reactions: 4 })
      expect(await count()).toEqual({ kind: 'counted', counts: { views: 90, reach: 0, clicks: 0, likes: 4 } })
      expect(await hear()).toMatchObject({ trouble: { kind: 'not-permitted', right: 'pages_read_user_content' } })
    })

    it('is what is left where Meta gave up a name, and no limit is taken for that', async () => {
      const { remoteId, count } = await out(post('Hello'))
      const clicks = ({ query }: { readonly query: URLSearchParams }) => /post_clicks/.test(query.get('metric') ?? '')
      sandbox.audience.react(remoteId, { post_media_view: 90 })
      sandbox.fail(clicks, instead(invalid('(#100) The value must be a valid insights metric')), 3)
      expect(await count()).toEqual({
        kind: 'counted',
        counts: { views: 90, reach: 0, comments: 0, likes: 0 },
      })
      sandbox.fail(clicks, instead(pageLimit(25)))
      expect(await count()).toMatchObject({ trouble: { kind: 'rate-limited' } })
    })

    it('is told of a Reel and of a film by names of their own, and what they do not know is left out', async () => {
      const numbers = { fb_reels_total_plays: 80, post_video_likes_by_reaction_type: 5, comments: 1 }
      const reel = await out(post('A boat', 'reel', [film]), film)
      sandbox.audience.react(reel.remoteId, numbers)
      expect(await reel.count()).toEqual({ kind: 'counted', counts: { views: 80, likes: 5, comments: 1 } })
      const talk = await out(post('The talk', 'feed', [film]), film)
      sandbox.audience.react(talk.remoteId, numbers)
      expect(await talk.count()).toEqual({ kind: 'counted', counts: { likes: 5, comments: 1 } })
      sandbox.audience.answer(talk.remoteId, 'ada', 'Good')
      expect(await talk.hear()).toMatchObject({ messages: [{ text: 'Good' }] })
    })

    it('is not told of a story, and nobody is asked', async () => {
      const { count, hear } = await out(post('', 'story', [film]), film)
      const asked = sandbox.calls.length
      expect([await count(), await hear()]).toEqual([{ kind: 'untold' }, { kind: 'untold' }])
      expect(sandbox.calls.length).toBe(asked)
    })
  })

  it('is taken for the Graph API by a client of others: whose Page, a post, a planned one, its change and end, a comment, the lists, numbers, an error', async () => {
    const client = new Facebook({ accessToken: 'page-token-1001', graphVersion: 'v25.0' })
    client.baseUrl = `${sandbox.url}/graph.facebook.com/v25.0`
    expect((await client.get('/me?fields=id,name')).data).toMatchObject({ id: '1001' })
    const { id } = (await client.post('/1001/feed', { message: 'Good morning', link: 'https://example.org/' })).data
    const at = Math.floor(sandbox.now() / 1000) + 86_400
    const later = { message: 'Tomorrow', published: false, scheduled_publish_time: at }
    const planned = (await client.post('/1001/feed', later)).data.id
    await client.post(`/${id}/comments`, { message: 'First!' })
    const list = async (edge: string) => (await client.get(`/1001/${edge}?fields=id,message`)).data.data
    expect(await list('published_posts')).toEqual([{ id, message: 'Good morning' }])
    expect(await list('scheduled_posts')).toEqual([{ id: planned, message: 'Tomorrow' }])
    expect((await client.post(`/${planned}`, { message: 'The day after' })).data).toEqual({ success: true })
    expect(await list('scheduled_posts')).toEqual([{ id: planned, message: 'The day after' }])
    expect((await client.delete(`/${planned}`)).data).toEqual({ success: true })
    expect(await list('scheduled_posts')).toEqual([])
    expect(sandbox.comments.map(({ message }) => message)).toEqual(['First!'])
    sandbox.audience.react(String(id), { reactions: 4, post_media_view: 90 })
    expect((await client.get(`/${id}/comments?filter=stream&fields=message,from`)).data.data).toMatchObject([
      { message: 'First!', from: { id: '1001' } },
    ])
    expect((await client.get(`/${id}?fields=reactions.summary(true).limit(0)`)).data).toMatchObject({
      reactions: { summary: { total_count: 4 } },
    })
    expect((await client.get(`/${id}/insights?metric=post_media_view&period=lifetime`)).data.data).toMatchObject([
      { name: 'post_media_view', values: [{ value: 90 }] },
    ])
    await expect(client.get(`/${id}/insights?metric=post_impressions`)).rejects.toMatchObject({
      response: { data: { error: { code: 100 } } },
    })
    await expect(client.get('/1001_404?fields=id')).rejects.toMatchObject({
      response: { data: { error: { code: 100, type: expect.any(String), fbtrace_id: expect.any(String) } } },
    })
  })
})
