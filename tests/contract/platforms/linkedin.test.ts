import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Job, SentMedium } from '../../../electron/platforms/adapter.ts'
import { linkedin, littleText, shownText } from '../../../electron/platforms/linkedin.ts'
import {
  type LinkedInSandbox,
  linkedInError,
  PAGE,
  shownText as shownByLinkedIn,
  startLinkedIn,
} from '../../sandbox/linkedin.ts'
import { inSandbox } from '../../sandbox/reroute.ts'
import { cutAfter, instead, lostAnswer, matching } from '../../sandbox/server.ts'
import { aJob, aPicture, bytesFor, deliver, type Preparing, prepare, type TestTools, testTools } from './deliver.ts'
import { platformContract } from './platformContract.ts'

const DAY = 86_400_000
const media = [aPicture('one'), aPicture('two')]
const film = aPicture('film', 20_000_000, { type: 'video/mp4', duration: 60, alt: '' })
const paper = aPicture('paper', 5000, { type: 'application/pdf', alt: '' })
const partOf = (text: string, files: readonly SentMedium[] = []) => ({
  kind: 'post' as const,
  text,
  html: '',
  media: files,
})
const post = (text: string, files: readonly SentMedium[] = [], over: Partial<Job> = {}): Job =>
  aJob(text, { parts: [partOf(text, files)], ...over })

const asPage = {
  accessToken: 'AQX-first-access',
  refreshToken: 'AQY-refresh-token',
  clientId: 'client-77',
  clientSecret: 'hush-hush',
  as: 'page',
}
const asMember = { accessToken: 'AQX-first-access', as: 'profile' }
let url = ''
const adapter = inSandbox(linkedin, () => url)

platformContract('LinkedIn', {
  adapter,
  start: async () => {
    const sandbox = await startLinkedIn()
    url = sandbox.url
    return {
      sandbox,
      given: asPage,
      visible: () => sandbox.visible().map(({ id, text }) => ({ remoteId: id, text })),
      waiting: () => [],
      expire: () => {
        sandbox.access = 'expired'
      },
      comments: () => sandbox.comments.map(({ text }) => text),
      audience: sandbox.audience,
      takeAway: sandbox.takeAway,
      withdraw: () => {
        sandbox.access = 'revoked'
      },
      changeThere: (id, text) => {
        const there = sandbox.posts.get(id)
        if (there) there.commentary = text
      },
    }
  },
  post: (text, files) => post(text, files),
  media,
  commit: matching('POST /api.linkedin.com/rest/posts'),
  upload: matching('PUT /www.linkedin.com/dms-uploads/*/*'),
  rateLimit: { reply: () => linkedInError(429, 'TOO_MANY_REQUESTS'), wait: (now) => DAY - (now % DAY) },
  repeated: 'refused',
  edits: 'text',
  finds: true,
  numbers: {
    there: {
      impressionCount: 900,
      uniqueImpressionsCount: 700,
      clickCount: 31,
      likeCount: 12,
      commentCount: 3,
      shareCount: 2,
    },
    told: { views: 900, reach: 700, clicks: 31, likes: 12, comments: 3, reposts: 2 },
  },
  hears: true,
})

describe('LinkedIn, by its notes', () => {
  let sandbox: LinkedInSandbox

  beforeEach(async () => {
    sandbox = await startLinkedIn()
    url = sandbox.url
  })
  afterEach(() => sandbox.close())

  async function delivering(
    job: Job,
    given: Record<string, string> = asPage,
  ): Promise<Preparing & { tools: TestTools }> {
    const answer = await adapter.connect(given, testTools(sandbox.clock, {}))
    if (answer.kind !== 'connected') throw new Error(JSON.stringify(answer.trouble))
    const { account, secrets } = answer
    const tools = testTools(sandbox.clock, secrets, bytesFor(...media, film, paper))
    return { adapter, job, account, clock: sandbox.clock, tools }
  }
  const contents = () => [...sandbox.posts.values()].map(({ content }) => content)

  it('asks which of several pages is meant', async () => {
    sandbox.pages.push({ urn: 'urn:li:organization:501', name: 'Dock Café' })
    const tools = () => testTools(sandbox.clock, {})
    expect(await adapter.connect(asPage, tools())).toMatchObject({
      trouble: { kind: 'refused', reason: 'Choose one of these pages: Harbour Museum (500), Dock Café (501).' },
    })
    expect(await adapter.connect({ ...asPage, page: '501' }, tools())).toMatchObject({
      account: { remoteId: 'urn:li:organization:501', handle: 'dock-café' },
    })
  })

  it('lists all the pages a person manages, by its number one that may not be read', async () => {
    for (let number = 501; number <= 630; number++)
      sandbox.pages.push({
        urn: `urn:li:organization:${number}`,
        name: `School ${number}`,
        ...(number === 510 ? { closed: true } : {}),
      })
    const tools = testTools(sandbox.clock, {})
    const listed = await adapter.choices?.(asPage, tools)
    const names = listed?.ok ? listed.value.map(({ name }) => name) : []
    expect(names).toHaveLength(131)
    expect(names).toEqual(expect.arrayContaining(['School 501', 'Page 510', 'School 630']))
    expect(await adapter.connect({ ...asPage, page: '630' }, tools)).toMatchObject({
      account: { remoteId: 'urn:li:organization:630', name: 'School 630' },
    })
    expect(await adapter.connect({ ...asPage, page: '510' }, tools)).toMatchObject({
      account: { remoteId: 'urn:li:organization:510', name: 'Page 510', handle: '' },
    })
    expect(await adapter.connect({ ...asPage, page: '999' }, tools)).toMatchObject({
      trouble: { kind: 'refused', field: 'page', reason: 'This person manages no page with the number 999.' },
    })
  })

  it('is told in a moment again when a picture of a member is not ready: it was not taken, and that is no doubt', async () => {
    sandbox.writeOnly = true
    const preparing = await delivering(post('Dawn', [media[0] as SentMedium]), asMember)
    const prepared = await prepare(preparing, 0, {})
    if (prepared.kind !== 'ready') throw new Error(JSON.stringify(prepared.trouble))
    for (const upload of sandbox.uploads.values()) upload.polls = 1
    const { job, account, tools } = preparing
    expect(await adapter.commit(job, 0, prepared.memory, account, tools)).toMatchObject({
      trouble: { kind: 'rate-limited', until: sandbox.now() + 5_000 },
    })
    expect(sandbox.posts.size).toBe(0)
    expect(await adapter.commit(job, 0, prepared.memory, account, tools)).toMatchObject({ kind: 'done' })
  })

  it('says that an access without a refresh token has run out for good', async () => {
    const preparing = await delivering(post('Late'), asMember)
    expect(await adapter.refresh?.(preparing.account, preparing.tools)).toMatchObject({
      trouble: { kind: 'access-withdrawn', reason: expect.stringContaining('sixty days') },
    })
  })

  it('sends one picture, several, a document and a film in the form each has', async () => {
    const preparing = await delivering(post('One', media.slice(0, 1)))
    await deliver(preparing)
    await deliver({ ...preparing, job: post('Two', media) })
    await deliver({ ...preparing, job: post('Paper', [paper], { fields: { title: 'Tide table' } }) })
    await deliver({ ...preparing, job: post('Film', [film], { fields: { title: 'Tide' } }) })
    const image = expect.stringMatching(/^urn:li:image:/)
    expect(contents()).toEqual([
      { media: { id: image, altText: 'What one shows' } },
      {
        multiImage: {
          images: [
            { id: image, altText: 'What one shows' },
            { id: image, altText: 'What two shows' },
          ],
        },
      },
      { media: { id: expect.stringMatching(/^urn:li:document:/), title: 'Tide table' } },
      { media: { id: expect.stringMatching(/^urn:li:video:/), title: 'Tide' } },
    ])
  })

  it('sends a link as an article and a poll as a poll', async () => {
    const link = { link: 'https://example.org/a', linkTitle: 'Read', linkDescription: 'More' }
    const preparing = await delivering(post('Article', [], { fields: link }))
    await deliver(preparing)
    const poll = { pollQuestion: 'Which?', pollOptions: ['This', 'That'], pollDuration: 'THREE_DAYS' }
    await deliver({ ...preparing, job: post('Poll', [], { fields: poll }) })
    expect(contents()).toEqual([
      { article: { source: 'https://example.org/a', title: 'Read', description: 'More' } },
      {
        poll: {
          question: 'Which?',
          options: [{ text: 'This' }, { text: 'That' }],
          settings: { duration: 'THREE_DAYS' },
        },
      },
    ])
  })

  it('sends the pieces of a film without the access, and after a cut only those that are missing', async () => {
    const preparing = await delivering(post('Film', [film]))
    sandbox.fail((call) => call.method === 'PUT' && call.path.endsWith('/2'), cutAfter(1000), 2)
    const cut = await prepare(preparing, 0, {})
    expect(cut).toMatchObject({ trouble: { kind: 'server-fault' } })
    const { trouble } = await deliver(preparing, cut.memory)
    expect(trouble).toBeNull()
    const sent = sandbox.calls.filter(({ method, cut }) => method === 'PUT' && !cut)
    expect(sent.map(({ path, headers }) => [path.at(-1), headers.authorization])).toEqual(
      ['0', '1', '2', '3', '4'].map((piece) => [piece, undefined]),
    )
  })

  it('begins an upload anew whose addresses have run out', async () => {
    const preparing = await delivering(post('One', media.slice(0, 1)))
    const begun = await adapter.prepare(preparing.job, 0, {}, preparing.account, preparing.tools)
    if (begun.kind !== 'again') throw new Error('Not begun.')
    for (const upload of sandbox.uploads.values()) Object.assign(upload, { until: sandbox.now() })
    const { trouble } = await deliver(preparing, begun.memory)
    expect(trouble).toBeNull()
    expect(sandbox.uploads.size).toBe(2)
  })

  it('tells of a film LinkedIn cannot process', async () => {
    const preparing = await delivering(post('Film', [film]))
    const begun = await adapter.prepare(preparing.job, 0, {}, preparing.account, preparing.tools)
    if (begun.kind !== 'again') throw new Error('Not begun.')
    for (const upload of sandbox.uploads.values()) Object.assign(upload, { failed: 'CODEC_NOT_SUPPORTED' })
    expect(await prepare(preparing, 0, begun.memory)).toMatchObject({
      trouble: { kind: 'refused', field: 'media', details: 'CODEC_NOT_SUPPORTED' },
    })
  })

  it('names the post that says the same already', async () => {
    const preparing = await delivering(post('Again'))
    const { remoteIds } = await deliver(preparing)
    const { trouble } = await deliver({ ...preparing, job: post('Again') })
    expect(trouble).toMatchObject({ kind: 'duplicate', remoteId: remoteIds[0] })
  })

  it('is told by its form of the interface that it is too old', async () => {
    const preparing = await delivering(post('Old'))
    sandbox.fail('POST /api.linkedin.com/rest/posts', instead(linkedInError(426, 'NONEXISTENT_VERSION')))
    expect((await deliver(preparing)).trouble).toMatchObject({ kind: 'changed' })
  })

  it('waits for a picture that is not ready when the post is sent', async () => {
    const preparing = await delivering(post('Early', media.slice(0, 1)))
    const { memory } = await prepare(preparing, 0, {})
    for (const upload of sandbox.uploads.values()) upload.polls = 1
    const { job, account, tools } = preparing
    expect(await adapter.commit(job, 0, memory, account, tools)).toMatchObject({ trouble: { kind: 'rate-limited' } })
    expect(await adapter.commit(job, 0, memory, account, tools)).toMatchObject({ kind: 'done' })
  })

  describe('an access that may only write', () => {
    beforeEach(() => {
      sandbox.writeOnly = true
    })

    it('publishes with pictures, and says that it cannot look', async () => {
      const preparing = await delivering(post('Mine', media), asMember)
      const { memory } = await prepare(preparing, 0, {})
      for (const upload of sandbox.uploads.values()) upload.polls = 0
      const since = sandbox.now()
      sandbox.fail('POST /api.linkedin.com/rest/posts', lostAnswer)
      const { job, account, tools } = preparing
      expect(await adapter.commit(job, 0, memory, account, tools)).toMatchObject({ trouble: { kind: 'unknown' } })
      expect(await adapter.find?.(job, 0, memory, since, account, tools)).toEqual({ kind: 'unclear' })
      // Sent again on purpose, LinkedIn names the first.
      expect(await adapter.commit(job, 0, memory, account, tools)).toMatchObject({
        trouble: { kind: 'duplicate', remoteId: [...sandbox.posts.keys()][0] },
      })
    })

    it('gives the address of a post, and says why it tells no more', async () => {
      const preparing = await delivering(post('Mine'), asMember)
      const { remoteIds } = await deliver(preparing)
      expect(await adapter.see?.(remoteIds[0] ?? '', preparing.account, preparing.tools)).toMatchObject({
        state: 'public',
        permalink: `https://www.linkedin.com/feed/update/${remoteIds[0]}/`,
        because: 'LinkedIn lets this connection publish, and read nothing back.',
      })
    })

    it('may not comment, and names the right', async () => {
      const job = post('Mine')
      const commented = { ...job, parts: [...job.parts, { ...partOf('First'), kind: 'comment' as const }] }
      const { trouble, remoteIds } = await deliver(await delivering(commented, asMember))
      expect(remoteIds.length).toBe(1)
      expect(trouble).toMatchObject({ kind: 'not-permitted', right: 'w_member_social_feed' })
    })
  })

  it('comments as the page', async () => {
    const job = post('Tickets')
    const commented = { ...job, parts: [...job.parts, { ...partOf('Here (first)'), kind: 'comment' as const }] }
    const { trouble } = await deliver(await delivering(commented))
    expect(trouble).toBeNull()
    expect(sandbox.comments).toMatchObject([{ actor: PAGE, text: 'Here (first)', on: [...sandbox.posts.keys()][0] }])
  })

  describe('what others do with a post', () => {
    async function out(job: Job = post('Who saw it?'), given: Record<string, string> = asPage) {
      const preparing = await delivering(job, given)
      const { account, tools } = preparing
      const [remoteId = '', ...later] = (await deliver(preparing)).remoteIds
      return {
        remoteId,
        later,
        count: (id = remoteId) => adapter.metrics?.(id, account, tools),
        hear: (page = '', id = remoteId) => adapter.inbox?.(id, page, account, tools),
      }
    }
    const commented = (text: string): Job => {
      const job = post(text)
      return { ...job, parts: [...job.parts, { ...partOf('Tickets'), kind: 'comment' as const }] }
    }
    const asked = () => sandbox.calls.filter(({ path }) => path.endsWith('Statistics')).map(({ query }) => [...query])

    it('is asked for by the form of its name, a film under another one', async () => {
      const moving = await out(post('Film', [film]))
      expect(moving.remoteId).toMatch(/^urn:li:ugcPost:/)
      sandbox.audience.react(moving.remoteId, { impressionCount: 5 })
      expect(await moving.count()).toMatchObject({ kind: 'counted', counts: { views: 5, likes: 0 } })
      const words = await out()
      await words.count()
      expect(asked().map(([, , list]) => list)).toEqual([
        ['ugcPosts', `List(${moving.remoteId})`],
        ['shares', `List(${words.remoteId})`],
      ])
    })

    it('leaves the parentheses of a list as they are, and nothing within', async () => {
      const addresses: string[] = []
      const { account, tools } = await delivering(post('Encoded'))
      const fetch: typeof tools.fetch = (address) => {
        addresses.push(address)
        return Promise.resolve(Response.json({ elements: [] }))
      }
      await linkedin.metrics?.('urn:li:share:7', account, { ...tools, fetch })
      expect(addresses[0]).toBe(
        'https://api.linkedin.com/rest/organizationalEntityShareStatistics?q=organizationalEntity&organizationalEntity=urn%3Ali%3Aorganization%3A500&shares=List(urn%3Ali%3Ashare%3A7)',
      )
    })

    it('is no 0 where the post came before what is counted', async () => {
      const { count } = await out()
      expect(await count()).toMatchObject({ kind: 'counted', counts: { views: 0 } })
      sandbox.clock.pass(366 * DAY)
      expect(await count()).toEqual({ kind: 'untold' })
    })

    it('leaves out likes that became fewer than none', async () => {
      const { remoteId, count } = await out()
      sandbox.audience.react(remoteId, { likeCount: -1, impressionCount: 4 })
      const counted = await count()
      expect(counted).toMatchObject({ counts: { views: 4 } })
      expect(counted).not.toHaveProperty('counts.likes')
    })

    it('tells which comment is of the page itself, and counts it', async () => {
      const { remoteId, count, hear, later } = await out(commented('Tonight'))
      sandbox.clock.pass(60_000)
      sandbox.audience.answer(remoteId, 'ada', 'Where?')
      expect(await hear()).toMatchObject({
        messages: [
          { text: 'Where?', own: false },
          { text: 'Tickets', own: true, id: later[0] },
        ],
      })
      expect(await count()).toMatchObject({ counts: { comments: 2 } })
    })

    it('tells nothing twice where a comment comes between two pages', async () => {
      const { remoteId, hear } = await out()
      for (let one = 0; one < 101; one++) sandbox.audience.answer(remoteId, 'ada', `Answer ${one}`)
      const first = await hear()
      if (first?.kind !== 'heard') throw new Error('Not heard.')
      sandbox.audience.answer(remoteId, 'max', 'Late')
      expect(await hear(first.next)).toMatchObject({ messages: [{ text: 'Answer 0' }], next: '' })
    })

    it('takes a comment without words, as one with a picture alone', async () => {
      const { hear } = await out()
      const elements = [{ id: '1', actor: 'urn:li:person:x', created: { time: 5 } }]
      sandbox.fail('GET /api.linkedin.com/rest/socialActions/*/comments', instead({ status: 200, body: { elements } }))
      expect(await hear()).toMatchObject({ messages: [{ text: '', at: 5 }], next: '' })
    })

    it('is told of no member, of no comment, and nobody is asked', async () => {
      const member = await out(post('Mine'), asMember)
      const page = await out(commented('Ours'))
      const calls = sandbox.calls.length
      expect([await member.count(), await member.hear()]).toEqual([{ kind: 'untold' }, { kind: 'untold' }])
      const [comment = ''] = page.later
      expect([await page.count(comment), await page.hear('', comment)]).toEqual([
        { kind: 'untold' },
        { kind: 'untold' },
      ])
      expect(sandbox.calls.length).toBe(calls)
    })

    it('names the right an access lacks', async () => {
      const { count, hear } = await out()
      sandbox.rights.clear()
      expect(await count()).toMatchObject({ trouble: { kind: 'not-permitted', right: 'rw_organization_admin' } })
      expect(await hear()).toMatchObject({ trouble: { kind: 'not-permitted', right: 'r_organization_social_feed' } })
    })
  })
})

describe('little text', () => {
  it('loses nothing of any text', () => {
    const signs = fc.constantFrom(
      ...'|{}@[]()<>#\\*_~ab 1é🎉\n'.split(''),
      '#tag',
      '@[A](urn:li:person:1)',
      '{hashtag|\\#|x}',
    )
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(signs).map((list) => list.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        expect(shownText(littleText(text))).toBe(text)
        expect(shownByLinkedIn(littleText(text))).toBe(text)
      }),
    )
  })

  it('has a form of its own for hashtags', () => {
    expect(littleText('Go (now) #open_day')).toBe('Go \\(now\\) {hashtag|\\#|open\\_day}')
  })
})
