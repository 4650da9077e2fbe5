import { ThreadsAuthenticatedApiClient } from 'threads-graph-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Job, SentMedium } from '../../../electron/platforms/adapter.ts'
import { threads } from '../../../electron/platforms/threads.ts'
import { graphError, invalid } from '../../sandbox/graph.ts'
import { inSandbox } from '../../sandbox/reroute.ts'
import { instead, matching } from '../../sandbox/server.ts'
import { startThreads, type ThreadsSandbox } from '../../sandbox/threads.ts'
import { aJob, aPicture, deliver, type Preparing, prepare, testTools } from './deliver.ts'
import { platformContract } from './platformContract.ts'

const DAY = 86_400_000
const hosted = (id: string, over: Partial<SentMedium> = {}): SentMedium =>
  aPicture(id, 3000, { type: 'image/jpeg', address: `https://media.example.org/${id}`, ...over })
const media = [hosted('one.jpg'), hosted('clip.mp4', { type: 'video/mp4', duration: 20 })]
const part = (kind: 'post' | 'thread' | 'comment', text: string, files: readonly SentMedium[] = []) => ({
  kind,
  text,
  html: '',
  media: files,
})
const post = (text: string, files: readonly SentMedium[] = [], over: Partial<Job> = {}): Job =>
  aJob(text, { parts: [part('post', text, files)], ...over })

let url = ''
async function start(): Promise<ThreadsSandbox> {
  const sandbox = await startThreads()
  url = sandbox.url
  for (const { address, type } of media) sandbox.hosted.set(address, type)
  return sandbox
}
const adapter = inSandbox(threads, () => url)
const given = { accessToken: 'th-token-0001' }

platformContract('Threads', {
  adapter,
  start: async () => {
    const sandbox = await start()
    return {
      sandbox,
      given,
      visible: () => sandbox.visible().map(({ id, text }) => ({ remoteId: id, text })),
      waiting: () => [],
      takeAway: sandbox.takeAway,
      audience: sandbox.audience,
      withdraw: () => {
        sandbox.access = 'removed'
      },
    }
  },
  post,
  thread: (texts) =>
    aJob('', { format: 'thread', parts: texts.map((text, at) => part(at === 0 ? 'post' : 'thread', text)) }),
  media,
  commit: matching('POST /graph.threads.net/v1.0/*/threads_publish'),
  rateLimit: {
    reply: () =>
      graphError({
        code: 613,
        message: 'Calls to this api have exceeded the rate limit.',
        headers: { 'x-business-use-case-usage': '{"1":[{"type":"threads","estimated_time_to_regain_access":6}]}' },
      }),
    wait: 6 * 60_000,
  },
  repeated: 'refused',
  renewsAheadOnly: true,
  finds: true,
  numbers: {
    there: { views: 900, likes: 41, replies: 3, reposts: 7, quotes: 2, shares: 5 },
    told: { views: 900, likes: 41, comments: 3, reposts: 7, quotes: 2, shares: 5 },
  },
  hears: true,
})

describe('Threads, by its notes', () => {
  let sandbox: ThreadsSandbox

  beforeEach(async () => {
    sandbox = await start()
  })
  afterEach(() => sandbox.close())

  async function delivering(job: Job): Promise<Preparing> {
    const answer = await adapter.connect(given, testTools(sandbox.clock, {}))
    if (answer.kind !== 'connected') throw new Error(JSON.stringify(answer.trouble))
    const { account, secrets } = answer
    return { adapter, job, account, clock: sandbox.clock, tools: testTools(sandbox.clock, secrets) }
  }
  const containers = () => [...sandbox.posts.values()].map(({ container }) => container)

  it('is renewed from the second day on', async () => {
    const { account, tools } = await delivering(post('Hello'))
    expect(await adapter.refresh?.(account, tools)).toMatchObject({ trouble: { kind: 'refused' } })
    sandbox.clock.pass(DAY)
    expect(await adapter.refresh?.(account, tools)).toMatchObject({ account: { expiresAt: sandbox.now() + 60 * DAY } })
    sandbox.access = 'expired'
    expect(await adapter.refresh?.(account, tools)).toMatchObject({ trouble: { kind: 'access-withdrawn' } })
  })

  it('sends a carousel in order, a poll, a card and a topic', async () => {
    const preparing = await delivering(post('Both', media))
    await deliver(preparing)
    const fields = {
      pollOptions: ['Tea', 'Coffee'],
      topic: 'Harbour',
      replies: 'mentioned_only',
      link: 'https://example.org/a',
    }
    await deliver({ ...preparing, job: post('Which?', [], { fields }) })
    const [both, which] = containers()
    expect(both?.children.map((child) => sandbox.containers.get(child)?.kind)).toEqual(['IMAGE', 'VIDEO'])
    expect(which?.more).toEqual({
      poll_attachment: '{"option_a":"Tea","option_b":"Coffee"}',
      topic_tag: 'Harbour',
      reply_control: 'mentioned_only',
      link_attachment: 'https://example.org/a',
    })
  })

  it('replies to the part before, and with the first comment to the post', async () => {
    const job = aJob('', {
      parts: [part('post', 'Root'), part('thread', 'Two'), part('thread', 'Three'), part('comment', 'More')],
    })
    const { remoteIds } = await deliver(await delivering(job))
    expect(containers().map(({ replyTo }) => replyTo)).toEqual(['', remoteIds[0], remoteIds[1], remoteIds[0]])
  })

  for (const [what, job, trouble] of [
    [
      'a file without a public address',
      post('Home', [{ ...hosted('x.jpg'), address: '' }]),
      { field: 'media', reason: expect.stringContaining('public media host') },
    ],
    [
      'an address that cannot be fetched',
      post('Lost', [hosted('nowhere.jpg')]),
      { field: 'media', details: 'FAILED_DOWNLOADING_IMAGE' },
    ],
    ['emoji that count as bytes', post('👨‍👩‍👧'.repeat(28)), { field: 'text' }],
    [
      'a sixth link',
      post([1, 2, 3, 4, 5, 6].map((at) => `https://example.org/${at}`).join(' ')),
      { field: 'text', reason: 'Threads takes 5 links in a post.' },
    ],
  ] as const)
    it(`says it of ${what}`, async () => {
      expect((await deliver(await delivering(job))).trouble).toMatchObject({ kind: 'refused', ...trouble })
      expect(sandbox.visible()).toEqual([])
    })

  it('begins again with a container that has run out', async () => {
    const preparing = await delivering(post('Stale'))
    const { memory } = await prepare(preparing, 0, {})
    sandbox.clock.pass(DAY + 1)
    for (const one of sandbox.containers.values()) one.state = 'EXPIRED'
    const { job, account, tools } = preparing
    expect(await adapter.commit(job, 0, memory, account, tools)).toMatchObject({ trouble: { kind: 'begin-again' } })
    expect((await deliver(preparing, memory)).trouble).toBeNull()
    expect(sandbox.visible().length).toBe(1)
  })

  describe('what people do with a post', () => {
    async function out(...parts: Job['parts'][number][]) {
      const preparing = await delivering(aJob('', { parts }))
      const { remoteIds, trouble } = await deliver(preparing)
      expect(trouble).toBeNull()
      const { account, tools } = preparing
      const [remoteId = '', second = ''] = remoteIds
      return {
        remoteId,
        second,
        count: () => adapter.metrics?.(remoteId, account, tools),
        hear: (id = remoteId, page = '') => adapter.inbox?.(id, page, account, tools),
      }
    }

    it('is heard on all levels, and what the account answered itself is its own', async () => {
      const { remoteId, hear } = await out(part('post', 'Tickets'), part('comment', 'Here'))
      sandbox.clock.pass(60_000)
      const { id } = sandbox.audience.answer(remoteId, 'ada', 'Until when?')
      sandbox.clock.pass(60_000)
      sandbox.audience.answer(id, 'max', 'Until nine')
      expect(await hear()).toMatchObject({
        messages: [
          { author: 'max', text: 'Until nine', own: false },
          { author: 'ada', own: false, permalink: `https://www.threads.net/@ada/post/${id}` },
          { author: 'harbour', text: 'Here', own: true },
        ],
      })
    })

    it('is heard under a part of a chain, page by page, though a conversation is that of the first part', async () => {
      const { second, hear } = await out(part('post', 'One'), part('thread', 'Two'))
      for (let one = 0; one < 130; one++) sandbox.audience.answer(second, 'ada', `Answer ${one}`)
      const first = await hear(second)
      if (first?.kind !== 'heard') throw new Error(JSON.stringify(first))
      const more = await hear(second, first.next)
      if (more?.kind !== 'heard') throw new Error(JSON.stringify(more))
      expect(more.next).toBe('')
      expect([...first.messages, ...more.messages].map(({ text }) => text)).toEqual(
        Array.from({ length: 130 }, (_, at) => `Answer ${129 - at}`),
      )
    })

    it('says which right lacks for the one and for the other', async () => {
      const { count, hear } = await out(part('post', 'Hello'))
      sandbox.rights.delete('threads_manage_insights')
      expect(await count()).toMatchObject({ trouble: { kind: 'not-permitted', right: 'threads_manage_insights' } })
      expect(await hear()).toMatchObject({ kind: 'heard' })
      sandbox.rights.delete('threads_read_replies')
      expect(await hear()).toMatchObject({ trouble: { kind: 'not-permitted', right: 'threads_read_replies' } })
    })

    it('is what is left without a name that is not known there, and untold where nothing is', async () => {
      const { remoteId, count } = await out(part('post', 'Hello'))
      sandbox.audience.react(remoteId, { views: 90 })
      const asked = (words: RegExp) => (call: { readonly query: URLSearchParams }) =>
        words.test(call.query.get('metric') ?? '')
      sandbox.fail(asked(/shares/), instead(invalid('(#100) Param metric[0] is not valid')), 4)
      const others = { likes: 0, comments: 0, reposts: 0, quotes: 0 }
      expect(await count()).toEqual({ kind: 'counted', counts: { views: 90, ...others } })
      sandbox.heal()
      sandbox.fail(asked(/./), instead({ status: 200, body: { data: [] } }))
      expect(await count()).toEqual({ kind: 'untold' })
    })
  })

  it('is taken for Threads by a client of others: who am I, a text, a picture, a carousel, an answer, the lists, numbers, an error', async () => {
    const client = new ThreadsAuthenticatedApiClient('th-token-0001', 'me', `${url}/graph.threads.net`)
    expect(await client.getUserProfile({ id: 'me', fields: ['username'] })).toMatchObject({ username: 'harbour' })
    const address = media[0]?.address ?? ''
    const finished = async ({ id }: { id: string }) => {
      while ((await statusOf(id)) === 'IN_PROGRESS');
      return id
    }
    const publish = async (made: { id: string }) => (await client.publish({ creationId: await finished(made) })).id
    const text = await publish(await client.createMediaContainer({ mediaType: 'TEXT', text: 'Good morning' }))
    const picture = { mediaType: 'IMAGE', imageUrl: address } as const
    const single = await publish(await client.createMediaContainer({ ...picture, text: 'A picture' }))
    const items = [picture, picture].map((one) => client.createMediaContainer({ ...one, isCarouselItem: true }))
    const children = await Promise.all((await Promise.all(items)).map(finished))
    const album = await publish(await client.createMediaContainer({ mediaType: 'CAROUSEL', children, text: 'Two' }))
    await publish(await client.createMediaContainer({ mediaType: 'TEXT', text: 'And more', replyToId: text }))
    const listed = await client.getUserThreads({
      id: 'me',
      fields: ['id', 'text', 'media_type', 'permalink', 'timestamp'],
    })
    expect(listed.data.map(({ id, media_type }) => [id, media_type])).toEqual([
      [album, 'CAROUSEL_ALBUM'],
      [single, 'IMAGE'],
      [text, 'TEXT_POST'],
    ])
    expect(await client.getMediaObject({ id: single, fields: ['text'] })).toMatchObject({ text: 'A picture' })
    sandbox.audience.react(text, { views: 90 })
    const numbers = await client.getMediaMetrics({ id: text, metrics: ['views', 'replies'] })
    expect(numbers.data.map(({ name, values }) => [name, values[0]?.value])).toEqual([
      ['views', 90],
      ['replies', 1],
    ])
    const fields = ['id', 'text', 'username', 'is_reply_owned_by_me'] as const
    const said = { text: 'And more', username: 'harbour', is_reply_owned_by_me: true }
    expect((await client.getReplies({ id: text, fields: [...fields] })).data).toMatchObject([said])
    expect((await client.getConversation({ id: text, fields: [...fields] })).data).toMatchObject([said])
    const other = new ThreadsAuthenticatedApiClient('nobody', 'me', `${url}/graph.threads.net`)
    await expect(other.getUserProfile({ id: 'me' })).rejects.toThrow('Invalid OAuth access token.')
  })

  /** The client does not know the field. */
  const statusOf = async (id: string) => {
    const answer = await fetch(`${url}/graph.threads.net/v1.0/${id}?fields=status&access_token=th-token-0001`)
    return ((await answer.json()) as { readonly status: string }).status
  }
})
