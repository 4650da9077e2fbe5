import { Agent as HttpAgent } from 'node:http'
import { TwitterApi } from 'twitter-api-v2'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Job, SentMedium } from '../../../electron/platforms/adapter.ts'
import { x } from '../../../electron/platforms/x.ts'
import { explainTrouble } from '../../../shared/domain/deliveryWords.ts'
import { lift } from '../../sandbox/limits.ts'
import { inSandbox } from '../../sandbox/reroute.ts'
import { cutAfter, instead, lostAnswer, matching, type Reply } from '../../sandbox/server.ts'
import { ME, personId, startX, type XSandbox, xLimit, xProblem } from '../../sandbox/x.ts'
import { aJob, aPicture, bytesFor, deliver, type Preparing, prepare, type TestTools, testTools } from './deliver.ts'
import { platformContract } from './platformContract.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const media = [aPicture('one'), aPicture('two')]
const film = aPicture('film', 10_500_000, { type: 'video/mp4', duration: 60, alt: '' })
const gif = aPicture('loop', 2_400_000, { type: 'image/gif' })
const part = (kind: 'post' | 'thread' | 'comment', text: string, files: readonly SentMedium[] = []) => ({
  kind,
  text,
  html: '',
  media: files,
})
const post = (text: string, files: readonly SentMedium[] = [], over: Partial<Job> = {}): Job =>
  aJob(text, { parts: [part('post', text, files)], ...over })
const thread = (texts: readonly string[]): Job =>
  aJob('', { format: 'thread', parts: texts.map((text, at) => part(at === 0 ? 'post' : 'thread', text)) })

const given = { accessToken: 'x-first-access', refreshToken: 'x-first-refresh', clientId: 'client-77' }
const TWEETS = 'POST /api.x.com/2/tweets'
let url = ''
const adapter = inSandbox(x, () => url)

platformContract('X', {
  adapter,
  start: async () => {
    const sandbox = await startX()
    url = sandbox.url
    return {
      sandbox,
      given,
      visible: () => sandbox.visible().map(({ id, text }) => ({ remoteId: id, text })),
      waiting: () => [],
      expire: () => {
        sandbox.access = 'expired'
      },
      audience: sandbox.audience,
      takeAway: sandbox.takeAway,
      withdraw: () => {
        sandbox.access = 'revoked'
      },
    }
  },
  post: (text, files) => post(text, files),
  thread,
  media,
  commit: matching(TWEETS),
  upload: matching('POST /api.x.com/2/media/upload'),
  rateLimit: { reply: (now) => xLimit(now + 4 * MINUTE), wait: 4 * MINUTE },
  repeated: 'refused',
  finds: true,
  numbers: {
    there: {
      impression_count: 5200,
      like_count: 41,
      reply_count: 3,
      retweet_count: 7,
      quote_count: 2,
      bookmark_count: 5,
      engagements: 90,
      url_link_clicks: 12,
      user_profile_clicks: 4,
    },
    told: { views: 5200, likes: 41, comments: 3, reposts: 7, quotes: 2, saves: 5, clicks: 12 },
  },
  hears: true,
})

describe('X, by its notes', () => {
  let sandbox: XSandbox

  beforeEach(async () => {
    sandbox = await startX()
    url = sandbox.url
  })
  afterEach(() => sandbox.close())

  async function delivering(job: Job): Promise<Preparing & { tools: TestTools }> {
    const answer = await adapter.connect(given, testTools(sandbox.clock, {}))
    if (answer.kind !== 'connected') throw new Error(JSON.stringify(answer.trouble))
    const { account, secrets } = answer
    const tools = testTools(sandbox.clock, secrets, bytesFor(...media, film, gif))
    return { adapter, job, account, clock: sandbox.clock, tools }
  }
  const bodies = () => [...sandbox.posts.values()].map(({ body }) => body)
  /** A commit that was taken and whose answer was lost, and what is found of it. */
  async function lost(preparing: Preparing) {
    const { memory } = await prepare(preparing, 0, {})
    const since = sandbox.now()
    sandbox.fail(TWEETS, lostAnswer)
    const { job, account, tools } = preparing
    expect(await adapter.commit(job, 0, memory, account, tools)).toMatchObject({ trouble: { kind: 'unknown' } })
    return adapter.find?.(job, 0, memory, since, account, tools)
  }

  it('keeps the new refresh token of every renewal, and a used one is worth nothing', async () => {
    const { account, tools } = await delivering(post('Hello'))
    const renewed = await adapter.refresh?.(account, tools)
    if (renewed?.kind !== 'connected') throw new Error('Not renewed.')
    expect(renewed.secrets.refreshToken).not.toBe(given.refreshToken)
    expect(renewed.account.expiresAt).toBe(sandbox.now() + 2 * 60 * MINUTE)
    expect(await adapter.refresh?.(account, tools)).toMatchObject({ trouble: { kind: 'access-withdrawn' } })
  })

  it('loses no access with a lost answer: the old one is shown again, then whichever of two works', async () => {
    const { account, tools } = await delivering(post('Hello'))
    const token = 'POST /api.x.com/2/oauth2/token'
    sandbox.grace = true
    sandbox.fail(token, lostAnswer, 2)
    // A fault of the line, not an access that was taken away: nothing is paused, and it is tried again.
    expect(await adapter.refresh?.(account, tools)).toMatchObject({ trouble: { kind: 'server-fault' } })
    const renewed = await adapter.refresh?.(account, tools)
    if (renewed?.kind !== 'connected') throw new Error(JSON.stringify(renewed))
    expect(renewed.secrets.spareRefreshToken).toBe(given.refreshToken)
    // What X counts is the one before, as after a copy of the disk that is some hours old.
    const { refreshToken = '', ...others } = renewed.secrets
    const swapped = { ...others, refreshToken: 'never-given', spareRefreshToken: refreshToken }
    const found = await adapter.refresh?.(account, { ...tools, secrets: swapped })
    expect(found).toMatchObject({ kind: 'connected', secrets: { spareRefreshToken: refreshToken } })
    const dead = { ...others, refreshToken: 'never-given', spareRefreshToken: 'nor-this' }
    expect(await adapter.refresh?.(account, { ...tools, secrets: dead })).toMatchObject({
      trouble: { kind: 'access-withdrawn' },
    })
  })

  it('says at once that a renewal was lost for good, and why, where the old access is shown in vain', async () => {
    const { account, tools } = await delivering(post('Hello'))
    sandbox.fail('POST /api.x.com/2/oauth2/token', lostAnswer)
    const told = await adapter.refresh?.(account, tools)
    expect(told).toMatchObject({ trouble: { kind: 'access-withdrawn', reason: expect.stringContaining('was lost') } })
    if (told?.kind !== 'trouble') throw new Error('Renewed.')
    expect(
      explainTrouble(told.trouble, { network: 'X', account: '@a', time: String, online: true, paused: false }),
    ).toBe(
      'X no longer lets Outpost post as @a (its answer to the last renewal was lost on the way, and it renews each access once only). Connect the account again; everything waits for it.',
    )
  })

  it('sends pictures with their alternative texts', async () => {
    await deliver(await delivering(post('Look', media)))
    expect([...sandbox.media.values()].map(({ alt, type }) => [type, alt])).toEqual([
      ['image/png', 'What one shows'],
      ['image/png', 'What two shows'],
    ])
    expect(bodies()).toEqual([{ text: 'Look', media: { media_ids: [...sandbox.media.keys()] } }])
  })

  it('sends a film in pieces, waits as it is told to, and after a cut sends the missing ones only', async () => {
    const preparing = await delivering(post('Film', [film]))
    sandbox.fail('POST /api.x.com/2/media/upload/*/append', cutAfter(100))
    const cut = await prepare(preparing, 0, {})
    expect(cut).toMatchObject({ trouble: { kind: 'server-fault' } })
    const began = sandbox.now()
    const { trouble } = await deliver(preparing, cut.memory)
    expect(trouble).toBeNull()
    const append = matching('POST /api.x.com/2/media/upload/*/append')
    expect(sandbox.calls.filter((call) => append(call) && !call.cut).length).toBe(11)
    expect(sandbox.now() - began).toBe(6000)
    expect(sandbox.visible().map(({ text }) => text)).toEqual(['Film'])
  })

  it('sends a picture that moves in pieces, with its alternative text', async () => {
    expect((await deliver(await delivering(post('Loop', [gif])))).trouble).toBeNull()
    expect([...sandbox.media.values()]).toMatchObject([{ type: 'image/gif', alt: 'What loop shows', total: gif.size }])
  })

  it('uploads media anew that X has thrown away', async () => {
    const preparing = await delivering(post('Late', media.slice(0, 1)))
    const { memory } = await prepare(preparing, 0, {})
    sandbox.clock.pass(DAY)
    const { job, account, tools } = preparing
    expect(await adapter.commit(job, 0, memory, account, tools)).toMatchObject({ trouble: { kind: 'begin-again' } })
    expect((await deliver(preparing, memory)).trouble).toBeNull()
    expect(sandbox.media.size).toBe(2)
  })

  it('sends a poll, who may reply and what was made how, and no key X does not know', async () => {
    const fields = {
      pollOptions: ['Tea', 'Coffee'],
      pollDuration: '60',
      replies: 'following',
      aiGenerated: true,
      brandedContent: true,
    }
    await deliver(await delivering(post('Which?', [], { fields })))
    expect(bodies()).toEqual([
      {
        text: 'Which?',
        poll: { options: ['Tea', 'Coffee'], duration_minutes: 60 },
        reply_settings: 'following',
        made_with_ai: true,
        paid_partnership: true,
      },
    ])
  })

  it('names people in the media by their ids, and says whom X does not know', async () => {
    await deliver(await delivering(post('Us', media.slice(0, 1), { fields: { userTags: ['@anna', 'ben'] } })))
    expect(bodies()).toMatchObject([{ media: { tagged_user_ids: [personId('anna'), personId('ben')] } }])
    const lost = await deliver(
      await delivering(post('And you', media.slice(0, 1), { fields: { userTags: ['nobody'] } })),
    )
    expect(lost.trouble).toMatchObject({
      kind: 'refused',
      field: 'userTags',
      reason: expect.stringContaining('@nobody'),
    })
    await deliver(await delivering(post('Nothing to see', [], { fields: { userTags: ['anna'] } })))
    expect(sandbox.calls.filter(({ path }) => path.endsWith('/users/by'))).toHaveLength(2)
  })

  it('replies with the first comment to the post, with a thread to the part before', async () => {
    const job = aJob('', { parts: [part('post', 'Root'), part('thread', 'Next'), part('comment', 'Tickets')] })
    const { remoteIds } = await deliver(await delivering(job))
    expect([...sandbox.posts.values()].map(({ reply }) => reply)).toEqual(['', remoteIds[0], remoteIds[0]])
  })

  for (const text of [
    'Read https://example.org/a/very/long/path?with=query&and=more and https://example.org/b',
    'Bare example.org in a text',
    'Tom & Ann <3 https://example.org/x',
    'e\u0301 in two signs',
  ])
    it(`finds it though X wrote the links anew: ${text}`, async () => {
      expect(await lost(await delivering(post(text)))).toEqual({
        kind: 'there',
        remoteId: [...sandbox.posts.keys()][0],
      })
    })

  it('finds a post by its media, whatever its words', async () => {
    expect(await lost(await delivering(post('', media)))).toEqual({
      kind: 'there',
      remoteId: [...sandbox.posts.keys()][0],
    })
  })

  it('reads every page of the list before it says that a post is absent', async () => {
    lift(sandbox.limits) // more than it takes while the clock stands
    const preparing = await delivering(post('Among many'))
    const found = await lost(preparing)
    expect(found).toMatchObject({ kind: 'there' })
    const since = sandbox.now()
    for (let count = 0; count < 120; count++) await deliver({ ...preparing, job: post(`Number ${count}`) })
    const look = (job: Job) => adapter.find?.(job, 0, {}, since, preparing.account, preparing.tools)
    sandbox.calls.length = 0
    expect(await look(post('Number 0'))).toMatchObject({ kind: 'there' })
    expect(await look(post('Never sent'))).toEqual({ kind: 'absent' })
    expect(sandbox.calls.filter(matching(`GET /api.x.com/2/users/${ME}/tweets`)).length).toBe(4)
  })

  describe('tells what people do with a post', () => {
    async function out(job: Job) {
      const preparing = await delivering(job)
      const { remoteIds } = await deliver(preparing)
      const { account, tools } = preparing
      const [id = ''] = remoteIds
      const count = () => adapter.metrics?.(id, account, tools)
      const hear = (of = id) => adapter.inbox?.(of, '', account, tools)
      return { id, remoteIds, count, hear }
    }

    it('takes what is shared by either name', async () => {
      const { id, count } = await out(post('Hello'))
      sandbox.audience.react(id, { retweet_count: 7 })
      sandbox.renamed = true
      expect(await count()).toMatchObject({ counts: { reposts: 7 } })
    })

    it('tells what everybody may read once its owner may not read more, and trouble where that fails too', async () => {
      const { id, count } = await out(post('Hello'))
      sandbox.audience.react(id, { like_count: 41, url_link_clicks: 12 })
      sandbox.clock.pass(31 * DAY)
      expect(await count()).toEqual({
        kind: 'counted',
        counts: { views: 0, likes: 41, comments: 0, reposts: 0, quotes: 0, saves: 0 },
      })
      const isPublicOnly = ({ query }: { query: URLSearchParams }) => query.get('tweet.fields') === 'public_metrics'
      sandbox.fail(isPublicOnly, instead(xLimit(sandbox.now() + MINUTE)))
      expect(await count()).toMatchObject({ trouble: { kind: 'rate-limited' } })
      sandbox.fail('GET /api.x.com/2/tweets', instead(xProblem(403, 'client-forbidden', 'No')))
      expect(await count()).toMatchObject({ trouble: { kind: 'not-permitted', right: 'this call, for the app' } })
    })

    it('hears a whole conversation under its first post, knows its own parts, and spells links out', async () => {
      const job = aJob('', {
        parts: [part('post', 'Root'), part('thread', 'Next https://example.org/a?b=c&d=e'), part('comment', 'Tickets')],
      })
      const { remoteIds, hear } = await out(job)
      sandbox.clock.pass(MINUTE)
      const { id } = sandbox.audience.answer(remoteIds[1] ?? '', 'ada', 'Where?')
      const heard = await hear()
      if (heard?.kind !== 'heard') throw new Error(JSON.stringify(heard))
      expect(heard.messages[0]).toMatchObject({
        text: '@harbour Where?',
        author: 'ada',
        own: false,
        permalink: `https://x.com/ada/status/${id}`,
      })
      expect(heard.messages.slice(1).map(({ text, own }) => [text, own])).toEqual([
        ['Tickets', true],
        ['Next https://example.org/a?b=c&d=e', true],
      ])
      expect(await hear(remoteIds[1])).toEqual({ kind: 'untold' })
      expect(await hear(remoteIds[2])).toEqual({ kind: 'untold' })
    })

    it('tells of no answers once its search does not reach back to the post', async () => {
      const { id, hear } = await out(post('Hello'))
      sandbox.clock.pass(6 * DAY)
      sandbox.audience.answer(id, 'ada', 'Late')
      expect(await hear()).toMatchObject({ messages: [{ author: 'ada' }] })
      sandbox.clock.pass(2 * DAY)
      expect(await hear()).toEqual({ kind: 'untold' })
    })
  })

  const day =
    (name: string) =>
    (now: number): Reply =>
      xProblem(429, '', 'Too Many Requests', {
        'x-rate-limit-remaining': '50',
        'x-rate-limit-reset': String(Math.floor((now + 5 * MINUTE) / 1000)),
        [`${name}-remaining`]: '0',
        [`${name}-reset`]: String(Math.floor((now + 3 * 60 * MINUTE) / 1000)),
      })
  for (const [what, reply, trouble] of [
    [
      'a cap of money',
      () => xProblem(429, 'usage-capped', 'Monthly cap'),
      { kind: 'not-permitted', right: 'credits for more calls' },
    ],
    ['no credits', () => xProblem(402, '', 'Credits'), { kind: 'not-permitted', right: 'credits for more calls' }],
    ['a full day of the account', day('x-user-limit-24hour'), { kind: 'rate-limited', shared: 'account' }],
    ['a full day of the app', day('x-app-limit-24hour'), { kind: 'rate-limited', shared: 'app' }],
    [
      'a call the app may not make',
      () => xProblem(403, 'client-forbidden', 'No'),
      { kind: 'not-permitted', right: 'this call, for the app' },
    ],
  ] as const)
    it(`is told of ${what}`, async () => {
      const preparing = await delivering(post('Hello'))
      sandbox.fail(TWEETS, instead(reply(sandbox.now())))
      const told = (await deliver(preparing)).trouble
      expect(told).toMatchObject(trouble)
      if (told?.kind === 'rate-limited') expect(told.until).toBe(sandbox.now() + 3 * 60 * MINUTE)
    })

  it('names the field of a text that is too long', async () => {
    const { trouble } = await deliver(await delivering(post('日'.repeat(141))))
    expect(trouble).toMatchObject({ kind: 'refused', field: 'text', reason: 'Your Tweet text is too long.' })
  })
})

describe('the sandbox of X, by a client of others', () => {
  let sandbox: XSandbox

  beforeEach(async () => {
    sandbox = await startX({ polls: 0 })
  })
  afterEach(() => sandbox.close())

  /** Sends what is meant for api.x.com to the sandbox. */
  const agent = (): HttpAgent =>
    Object.assign(new HttpAgent(), {
      // What the client asks for; the line itself is plain.
      protocol: 'https:',
      addRequest(this: HttpAgent, request: { path: string }, options: object) {
        request.path = `/api.x.com${request.path}`
        const { hostname: host, port } = new URL(sandbox.url)
        const { addRequest } = HttpAgent.prototype as unknown as { addRequest: (...given: unknown[]) => void }
        addRequest.call(this, request, { ...options, host, hostname: host, port: Number(port) })
      },
    })

  it('is taken for X: who am I, a picture, a film in pieces, a thread, the list, numbers, answers, deletion, a refusal', async () => {
    const client = new TwitterApi(given.accessToken, { httpAgent: agent() })
    const me = await client.v2.me()
    expect(me.data).toMatchObject({ id: ME, username: 'harbour' })
    const { data: people, errors } = await client.v2.usersByUsernames(['anna', 'nobody'])
    expect([people, errors?.length]).toMatchObject([[{ id: personId('anna'), username: 'anna' }], 1])
    const film = await client.v2.uploadMedia(Buffer.alloc(2_500_000, 1), {
      media_type: 'video/mp4',
      media_category: 'tweet_video',
    })
    const [first] = await client.v2.tweetThread([
      { text: 'One https://example.org', media: { media_ids: [film] } },
      'Two',
    ])
    expect(first?.data.text).toContain('https://t.co/')
    const listed = await client.v2.userTimeline(ME, {
      max_results: 5,
      'tweet.fields': ['referenced_tweets', 'attachments'],
    })
    expect(listed.tweets.map(({ referenced_tweets }) => referenced_tweets?.[0]?.id)).toEqual([
      first?.data.id,
      undefined,
    ])
    const root = first?.data.id ?? ''
    sandbox.audience.react(root, { like_count: 41, url_link_clicks: 12 })
    const fields = { 'tweet.fields': ['public_metrics', 'non_public_metrics'] } as const
    const numbers = await client.v2.tweets([root, '1'], { 'tweet.fields': [...fields['tweet.fields']] })
    expect(numbers.data).toMatchObject([
      { public_metrics: { like_count: 41, reply_count: 1 }, non_public_metrics: { url_link_clicks: 12 } },
    ])
    expect(numbers.errors).toMatchObject([{ value: '1', title: 'Not Found Error' }])
    for (let one = 0; one < 12; one++) sandbox.audience.answer(root, 'ada', `Answer ${one}`)
    const found = await client.v2.search(`conversation_id:${root}`, {
      max_results: 10,
      'tweet.fields': ['author_id', 'created_at'],
      expansions: ['author_id'],
    })
    expect(found.includes.author(found.tweets[0] as (typeof found.tweets)[number])).toMatchObject({ username: 'ada' })
    await found.fetchNext()
    expect(found.tweets.length).toBe(14)
    await expect(client.v2.tweet('Two')).rejects.toMatchObject({ code: 403 })
    sandbox.fail(TWEETS, instead(xLimit(sandbox.now() + 4 * MINUTE)))
    await expect(client.v2.tweet('Three')).rejects.toMatchObject({ rateLimitError: true, rateLimit: { remaining: 0 } })
    expect(await client.v2.deleteTweet(first?.data.id ?? '')).toMatchObject({ data: { deleted: true } })
  })
})
