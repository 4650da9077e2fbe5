import {
  ApiVersion,
  Client,
  CommentField,
  ContainerField,
  PageField,
  PublicMediaField,
  SimplePostMetric,
} from 'instagram-graph-api'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Job, SentMedium } from '../../../electron/platforms/adapter.ts'
import { instagram } from '../../../electron/platforms/instagram.ts'
import { graphError, invalid } from '../../sandbox/graph.ts'
import { IG, type InstagramSandbox, startInstagram } from '../../sandbox/instagram.ts'
import { inSandbox } from '../../sandbox/reroute.ts'
import { cutAfter, instead, lostAnswer, matching, reset } from '../../sandbox/server.ts'
import { aJob, aPicture, bytesFor, deliver, type Preparing, prepare, testTools } from './deliver.ts'
import { platformContract } from './platformContract.ts'

const DAY = 86_400_000
const hosted = (id: string, over: Partial<SentMedium> = {}): SentMedium =>
  aPicture(id, 3000, { type: 'image/jpeg', address: `https://media.example.org/${id}`, ...over })
const picture = hosted('one.jpg')
const clip = hosted('clip.mp4', { type: 'video/mp4', duration: 20 })
const unhosted = aPicture('reel', 6_000_000, { type: 'video/mp4', duration: 20, alt: '' })
const commit = matching('POST /graph.instagram.com/*/*/media_publish')

const post = (text: string, files: readonly SentMedium[] = [picture], over: Partial<Job> = {}): Job =>
  aJob(text, { parts: [{ kind: 'post', text, html: '', media: files }], ...over })

let url = ''
async function start(): Promise<InstagramSandbox> {
  const sandbox = await startInstagram()
  url = sandbox.url
  for (const { address, type } of [picture, clip, hosted('two.jpg'), hosted('cover.jpg')])
    sandbox.hosted.set(address, type)
  return sandbox
}
const adapter = inSandbox(instagram, () => url)

platformContract('Instagram', {
  adapter,
  start: async () => {
    const sandbox = await start()
    return {
      sandbox,
      given: { accessToken: 'ig-token-0001' },
      visible: () => sandbox.visible().map(({ id, text }) => ({ remoteId: id, text })),
      waiting: () => [],
      takeAway: sandbox.takeAway,
      audience: sandbox.audience,
      withdraw: () => {
        sandbox.access = 'removed'
      },
    }
  },
  post: (text, media) => post(text, media),
  media: [picture],
  commit,
  rateLimit: {
    reply: () =>
      graphError({
        code: 80_002,
        message: '(#80002) There have been too many calls to this Instagram account.',
        headers: {
          'x-business-use-case-usage':
            '{"17841400000000001":[{"type":"instagram","call_count":100,"estimated_time_to_regain_access":9}]}',
        },
      }),
    wait: 9 * 60_000,
  },
  repeated: 'refused',
  renewsAheadOnly: true,
  finds: true,
  numbers: {
    there: { like_count: 41, comments_count: 3, views: 900, reach: 600, saved: 5, shares: 7, profile_visits: 2 },
    told: { likes: 41, comments: 3, views: 900, reach: 600, saves: 5, shares: 7 },
  },
  hears: true,
})

describe('Instagram, by its notes', () => {
  let sandbox: InstagramSandbox

  beforeEach(async () => {
    sandbox = await start()
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    return sandbox.close()
  })

  async function connected(given: Record<string, string> = { accessToken: 'ig-token-0001' }) {
    const answer = await adapter.connect(given, testTools(sandbox.clock, {}))
    if (answer.kind !== 'connected') throw new Error(JSON.stringify(answer.trouble))
    return answer
  }
  async function delivering(job: Job, given?: Record<string, string>): Promise<Preparing> {
    const { account, secrets } = await connected(given)
    return { adapter, job, account, clock: sandbox.clock, tools: testTools(sandbox.clock, secrets, bytesFor(unhosted)) }
  }
  const overFacebook = { accessToken: 'user-token', login: 'facebook' }
  const published = () => [...sandbox.media.values()].map(({ containers }) => containers)

  it('takes professional accounts only, and says so', async () => {
    sandbox.accountType = 'PERSONAL'
    const answer = await adapter.connect({ accessToken: 'ig-token-0001' }, testTools(sandbox.clock, {}))
    expect(answer).toMatchObject({ trouble: { kind: 'not-permitted', right: 'a professional account' } })
  })

  it('is connected over Facebook as well, by the Page that has it', async () => {
    const { account, secrets } = await connected(overFacebook)
    expect(account).toMatchObject({ handle: 'harbour.museum', host: 'https://graph.facebook.com' })
    expect(secrets).toMatchObject({ accessToken: 'page-token-1001' })
  })

  it('looks through all the Pages of a person for that account', async () => {
    for (let number = 0; number < 150; number++)
      sandbox.otherPages.push({ id: `${2000 + number}`, access_token: `page-token-${2000 + number}` })
    sandbox.otherPages.push({
      id: '3000',
      access_token: 'page-token-3000',
      instagram_business_account: { id: '17841400000000003', username: 'dock.cafe' },
    })
    const { account, secrets } = await connected({ ...overFacebook, page: '3000' })
    expect(account).toMatchObject({ handle: 'dock.cafe', remoteId: '17841400000000003' })
    expect(secrets).toMatchObject({ accessToken: 'page-token-3000' })
    expect(await adapter.connect({ ...overFacebook, page: '9' }, testTools(sandbox.clock, {}))).toMatchObject({
      trouble: { reason: 'This person manages no Page with the number 9 that has an Instagram account.' },
    })
  })

  it('is renewed for sixty days, though not on the first day, and not when it has run out', async () => {
    const { account, secrets } = await connected()
    const renew = () => adapter.refresh?.(account, testTools(sandbox.clock, secrets))
    expect(await renew()).toMatchObject({ kind: 'trouble', trouble: { kind: 'refused' } })
    sandbox.clock.pass(2 * DAY)
    const renewed = await renew()
    if (renewed?.kind !== 'connected') throw new Error('Not renewed.')
    expect(renewed.account.expiresAt).toBe(sandbox.now() + 60 * DAY)
    expect(renewed.secrets.accessToken).not.toBe(secrets.accessToken)
    sandbox.access = 'expired'
    expect(await renew()).toMatchObject({ trouble: { kind: 'access-withdrawn', reason: 'the access has run out' } })
  })

  it('takes nothing without a public address, and says what to set up', async () => {
    const { trouble } = await deliver(await delivering(post('Home', [{ ...picture, address: '' }])))
    expect(trouble).toMatchObject({
      kind: 'refused',
      field: 'media',
      reason: expect.stringContaining('public media host'),
    })
    expect(sandbox.containers.size).toBe(0)
  })

  it('says it of an address that cannot be fetched', async () => {
    const { trouble } = await deliver(await delivering(post('Lost', [hosted('nowhere.jpg')])))
    expect(trouble).toMatchObject({
      kind: 'refused',
      field: 'media',
      reason: expect.stringContaining('could not fetch'),
    })
  })

  it('sends a carousel: every child first, in order, with its alternative text, then the whole', async () => {
    const media = [picture, clip, hosted('two.jpg')]
    const { trouble } = await deliver(await delivering(post('Three', media, { format: 'carousel' })))
    expect(trouble).toBeNull()
    expect(published()[0]?.map(({ kind, alt, caption }) => [kind, alt, caption])).toEqual([
      ['IMAGE', 'What one.jpg shows', ''],
      ['VIDEO', '', ''],
      ['IMAGE', 'What two.jpg shows', ''],
    ])
    expect(sandbox.visible().map(({ text }) => text)).toEqual(['Three'])
  })

  it('names people and collaborators: in pictures at a place, in a carousel once', async () => {
    const people = { userTags: ['@anna', 'ben'], collaborators: ['@museum'] }
    const send = async (media: readonly SentMedium[], format: string) =>
      expect((await deliver(await delivering(post('Us', media, { format, fields: people })))).trouble).toBeNull()
    await send([picture], 'feed')
    await send([clip], 'reel')
    await send([picture, clip], 'carousel')
    const told = [...sandbox.containers.values()].map(({ kind, more }) => [kind, more.user_tags, more.collaborators])
    const placed = '[{"username":"anna","x":0.33,"y":0.8},{"username":"ben","x":0.67,"y":0.8}]'
    expect(told).toEqual([
      ['IMAGE', placed, '["museum"]'],
      ['REELS', '[{"username":"anna"},{"username":"ben"}]', '["museum"]'],
      ['IMAGE', placed, ''],
      ['VIDEO', '', ''],
      ['CAROUSEL', '', '["museum"]'],
    ])
  })

  it('says that a cover needs an address too', async () => {
    const cover = aPicture('cover.jpg', 2000, { type: 'image/jpeg' })
    const job = post('Moving', [clip, cover], { format: 'reel', fields: { cover: 'cover.jpg' } })
    expect((await deliver(await delivering(job))).trouble).toMatchObject({ kind: 'refused' })
  })

  it('sends a Reel with its cover and switches; the cover is no part of the post', async () => {
    const job = post('Moving', [clip, hosted('cover.jpg')], {
      format: 'reel',
      fields: { cover: 'cover.jpg', shareToFeed: false, aiGenerated: true },
    })
    const { trouble } = await deliver(await delivering(job))
    expect(trouble).toBeNull()
    expect(published()[0]?.[0]).toMatchObject({
      kind: 'REELS',
      more: { cover_url: 'https://media.example.org/cover.jpg', share_to_feed: 'false', is_ai_generated: 'true' },
    })
  })

  it('sends the bytes of a Reel where Facebook Login lets it, on from where they were cut', async () => {
    const preparing = await delivering(post('Bytes', [unhosted], { format: 'reel' }), overFacebook)
    const bytes = 'POST /rupload.facebook.com/ig-api-upload/*/*'
    sandbox.fail(bytes, cutAfter(2_000_000))
    const cut = await prepare(preparing, 0, {})
    expect(cut).toMatchObject({ kind: 'trouble', trouble: { kind: 'server-fault' } })
    const { trouble } = await deliver(preparing, cut.memory)
    expect(trouble).toBeNull()
    const sent = sandbox.calls.filter(matching(bytes))
    expect(sent.map(({ headers, body }) => [headers.offset, body.length])).toEqual([
      ['0', 2_000_000],
      ['2000000', 4_000_000],
    ])
    expect(sandbox.visible().map(({ text }) => text)).toEqual(['Bytes'])
  })

  it('puts a picture into the story and finds it there', async () => {
    const preparing = await delivering(post('', [picture], { format: 'story' }))
    const { memory } = await prepare(preparing, 0, {})
    const since = sandbox.now()
    sandbox.fail(commit, lostAnswer)
    const { job, account, tools } = preparing
    await adapter.commit(job, 0, memory, account, tools)
    expect(await adapter.find?.(job, 0, memory, since, account, tools)).toEqual({
      kind: 'there',
      remoteId: [...sandbox.media.keys()][0],
    })
  })

  it('begins again with a container that has run out', async () => {
    const preparing = await delivering(post('Stale'))
    const { memory } = await prepare(preparing, 0, {})
    sandbox.clock.pass(DAY + 1)
    const { job, account, tools } = preparing
    expect(await adapter.commit(job, 0, memory, account, tools)).toMatchObject({ trouble: { kind: 'begin-again' } })
    const { trouble } = await deliver(preparing, memory)
    expect(trouble).toBeNull()
    expect(sandbox.visible().length).toBe(1)
  })

  it('tells of a film that Instagram cannot process', async () => {
    const preparing = await delivering(post('Broken', [clip], { format: 'reel' }))
    const begun = await adapter.prepare(preparing.job, 0, {}, preparing.account, preparing.tools)
    if (begun.kind !== 'again') throw new Error('Not begun.')
    for (const container of sandbox.containers.values())
      Object.assign(container, { state: 'ERROR', status: 'Error: Media upload has failed with error code 2207026' })
    const { trouble } = await deliver(preparing, begun.memory)
    expect(trouble).toMatchObject({ kind: 'refused', field: 'media', details: expect.stringContaining('2207026') })
  })

  it('waits when the day is full', async () => {
    const { clock } = sandbox
    await sandbox.close()
    sandbox = await startInstagram({ clock, quota: 1 })
    url = sandbox.url
    sandbox.hosted.set(picture.address, picture.type)
    await deliver(await delivering(post('First')))
    const { trouble } = await deliver(await delivering(post('Second')))
    expect(trouble).toMatchObject({ kind: 'quota-used', of: 'posts in 24 hours' })
  })

  it('comments first, and finds the comment again', async () => {
    const job = post('Tickets')
    const withComment = {
      ...job,
      parts: [...job.parts, { kind: 'comment' as const, text: 'Link in bio', html: '', media: [] }],
    }
    const preparing = await delivering(withComment)
    const first = await deliver({ ...preparing, job })
    const { memory } = await prepare(preparing, 1, first.memory)
    const since = sandbox.now()
    const { account, tools } = preparing
    const look = () => adapter.find?.(withComment, 1, memory, since, account, tools)
    sandbox.fail('POST /graph.instagram.com/*/*/comments', reset)
    await adapter.commit(withComment, 1, memory, account, tools)
    expect(await look()).toEqual({ kind: 'absent' })
    expect(await adapter.commit(withComment, 1, memory, account, tools)).toMatchObject({ kind: 'done' })
    expect(await look()).toEqual({ kind: 'there', remoteId: sandbox.comments[0]?.id })
  })

  describe('what people do with a post', () => {
    async function out(job: Job, login?: Record<string, string>) {
      const preparing = await delivering(job, login)
      const { remoteIds, trouble } = await deliver(preparing)
      expect(trouble).toBeNull()
      const { account, tools } = preparing
      const remoteId = remoteIds[0] ?? ''
      return {
        remoteId,
        count: () => adapter.metrics?.(remoteId, account, tools),
        hear: () => adapter.inbox?.(remoteId, '', account, tools),
      }
    }

    it('is told of a Reel and of a story by the names of each', async () => {
      const there = { like_count: 4, comments_count: 1, views: 90, reposts: 3, replies: 2, link_clicks: 6, reach: 0 }
      const reel = await out(post('A boat', [clip], { format: 'reel' }))
      sandbox.audience.react(reel.remoteId, there)
      const shared = { views: 90, reach: 0 }
      expect(await reel.count()).toEqual({ kind: 'counted', counts: { ...shared, likes: 4, comments: 1, reposts: 3 } })
      const story = await out(post('', [picture], { format: 'story' }))
      sandbox.audience.react(story.remoteId, there)
      expect(await story.count()).toEqual({ kind: 'counted', counts: { ...shared, comments: 2, clicks: 6 } })
      expect(sandbox.calls.filter(matching('GET /graph.instagram.com/*/*/insights')).length).toBe(2)
    })

    it('is no 0 where Instagram has no data, such as of a story after its day', async () => {
      const { remoteId, count } = await out(post('', [picture], { format: 'story' }))
      sandbox.audience.react(remoteId, { views: 90 })
      expect(await count()).toEqual({ kind: 'counted', counts: { views: 90 } })
      sandbox.clock.pass(DAY)
      expect(await count()).toEqual({ kind: 'counted', counts: {} })
    })

    it('is read from totals as well, and without a name that is not known there', async () => {
      const { remoteId, count } = await out(post('Hello'))
      sandbox.totals = true
      sandbox.audience.react(remoteId, { views: 90, reach: 60, saved: 2 })
      const counts = { likes: 0, comments: 0, views: 90, reach: 60, saves: 2 }
      expect(await count()).toEqual({ kind: 'counted', counts })
      sandbox.fail(({ query }) => /reach/.test(query.get('metric') ?? ''), instead(invalid('(#100) metric')), 4)
      expect(await count()).toEqual({ kind: 'counted', counts: { ...counts, reach: undefined } })
    })

    for (const [over, login, scope] of [
      ['Instagram', undefined, 'instagram_business'],
      ['Facebook', overFacebook, 'instagram'],
    ] as const)
      it(`is what a medium tells itself where insights are not permitted: over ${over} Login`, async () => {
        const { remoteId, count, hear } = await out(post('Hello'), login)
        sandbox.audience.react(remoteId, { like_count: 4, views: 90 })
        expect(await count()).toEqual({ kind: 'counted', counts: { likes: 4, comments: 0, views: 90 } })
        sandbox.rights.delete(`${scope}_manage_insights`)
        expect(await count()).toEqual({ kind: 'counted', counts: { likes: 4, comments: 0 } })
        expect(await hear()).toMatchObject({ kind: 'heard' })
        sandbox.rights.delete(`${scope}_manage_comments`)
        expect(await hear()).toMatchObject({ trouble: { kind: 'not-permitted', right: `${scope}_manage_comments` } })
      })

    it('says which right a story lacks, which tells nothing itself, and hears nothing under it', async () => {
      const { count, hear } = await out(post('', [picture], { format: 'story' }))
      sandbox.rights.delete('instagram_business_manage_insights')
      expect(await count()).toMatchObject({
        trouble: { kind: 'not-permitted', right: 'instagram_business_manage_insights' },
      })
      expect(await hear()).toEqual({ kind: 'untold' })
    })

    it('is heard with the answers to comments, and the first comment is its own', async () => {
      const job = post('Tickets')
      const comment = { kind: 'comment' as const, text: 'Link in bio', html: '', media: [] }
      const { remoteId, hear } = await out({ ...job, parts: [...job.parts, comment] })
      sandbox.clock.pass(60_000)
      const { id } = sandbox.audience.answer(remoteId, 'ada', 'Until when?')
      sandbox.clock.pass(60_000)
      sandbox.audience.answer(id, 'max', 'Until nine')
      expect(await hear()).toMatchObject({
        messages: [
          { author: 'max', text: 'Until nine', own: false },
          { author: 'ada', text: 'Until when?', own: false },
          { author: 'harbour.museum', text: 'Link in bio', own: true },
        ],
      })
    })
  })

  it('is taken for Instagram: who am I, a picture, a story, a Reel that is worked on, a comment, the lists, numbers, the limit', async () => {
    const real = fetch
    vi.stubGlobal('fetch', (request: Request) => {
      const { host, pathname, search } = new URL(request.url)
      return real(`${url}/${host}${pathname.replaceAll('//', '/')}${search}`, { method: request.method })
    })
    const client = new Client('page-token-1001', IG, ApiVersion.V10_0)
    const info = await client.newGetPageInfoRequest(PageField.USERNAME).execute()
    expect(info.getUsername()).toBe('harbour.museum')
    const publish = async (made: { getId(): string }) =>
      (await client.newPostPublishMediaRequest(made.getId()).execute()).getId()
    const single = await publish(await client.newPostPagePhotoMediaRequest(picture.address, 'A picture').execute())
    const story = await publish(await client.newPostPageStoriesPhotoMediaRequest(picture.address).execute())
    const reel = await client.newPostPageReelMediaRequest(clip.address, 'A film').execute()
    const states: (string | undefined)[] = []
    const { STATUS_CODE } = ContainerField
    do states.push((await client.newGetContainerRequest(reel.getId(), STATUS_CODE).execute()).getContainerStatusCode())
    while (states.at(-1) === 'IN_PROGRESS')
    expect(states).toEqual(['IN_PROGRESS', 'IN_PROGRESS', 'FINISHED'])
    const film = await publish(reel)
    await client.newPostMediaCommentRequest(film, 'First!').execute()
    const comments = await client.newGetMediaCommentsRequest(film, CommentField.TEXT).execute()
    expect(comments.getData().map(({ text }) => text)).toEqual(['First!'])
    const listed = await client.newGetPageMediaRequest(PublicMediaField.CAPTION).execute()
    expect(listed.getData().map(({ id, caption }) => [id, caption])).toEqual([
      [film, 'A film'],
      [single, 'A picture'],
    ])
    const stories = await client.newGetPageStoriesRequest().execute()
    expect(stories.getIds()).toEqual([story])
    sandbox.audience.react(single, { reach: 60, saved: 2 })
    const { REACH, SAVED, IMPRESSIONS } = SimplePostMetric
    const numbers = await client.newGetSimplePostMediaInsightsRequest(single, REACH, SAVED).execute()
    expect(numbers.getMetrics().map((one) => [one.getMetricName(), one.getMetricValues()[0]?.value])).toEqual([
      ['reach', 60],
      ['saved', 2],
    ])
    await expect(client.newGetSimplePostMediaInsightsRequest(single, IMPRESSIONS).execute()).rejects.toThrow()
    const limit = await client.newGetContentPublishingLimitRequest().execute()
    expect([limit.getQuotaUsage(), limit.getQuotaTotal()]).toEqual([3, 50])
  })
})
