import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { IdempotencyStrategy, Storage } from '@google-cloud/storage'
import { auth, youtube as googleYouTube } from '@googleapis/youtube'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Job, SentMedium } from '../../../electron/platforms/adapter.ts'
import { quotaEnds, youtube } from '../../../electron/platforms/youtube.ts'
import { inSandbox } from '../../sandbox/reroute.ts'
import { cutAfter, instead, lostAnswer, type Matcher } from '../../sandbox/server.ts'
import {
  channelFull,
  DAY,
  quotaExceeded,
  startYouTube,
  type YouTubeSandbox,
  youtubeError,
} from '../../sandbox/youtube.ts'
import { aJob, aPicture, bytesFor, deliver, type Preparing, prepare, type TestTools, testTools } from './deliver.ts'
import { platformContract } from './platformContract.ts'

const MINUTE = 60_000
const PIECE = 8 * 1024 * 1024
const film = aPicture('film', 3 * PIECE + 1000, { type: 'video/mp4', duration: 60, alt: '' })
const cover = aPicture('cover', 2000, { type: 'image/jpeg' })

const range = (call: Parameters<Matcher>[0]) => /^bytes (\d+)-(\d+)\/(\d+)$/.exec(call.headers['content-range'] ?? '')
const isPiece: Matcher = (call) => call.method === 'PUT' && range(call) !== null
/** The piece that holds the last byte. */
const isLast: Matcher = (call) => isPiece(call) && Number(range(call)?.[2]) + 1 === Number(range(call)?.[3])

const post = (text: string, over: Partial<Job> = {}, media: readonly SentMedium[] = [film]): Job =>
  aJob(text, {
    format: 'video',
    fields: { title: 'Harbour at dawn', visibility: 'public', madeForKids: false, ...over.fields },
    parts: [{ kind: 'post', text, html: '', media }],
    ...(over.publishAt ? { publishAt: over.publishAt } : {}),
  })

const given = {
  accessToken: 'ya29.first-access',
  refreshToken: '1//refresh-token',
  clientId: 'client.apps.example',
  clientSecret: 'GOCSPX-shipped',
}
let url = ''
const adapter = inSandbox(youtube, () => url)

platformContract('YouTube', {
  adapter,
  start: async () => {
    const sandbox = await startYouTube()
    url = sandbox.url
    const shown = ({ id, text }: { id: string; text: string }) => ({ remoteId: id, text })
    return {
      sandbox,
      given,
      visible: () => sandbox.visible().map(shown),
      waiting: () => sandbox.queue().map((one) => ({ ...shown(one), at: one.at })),
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
        const there = sandbox.films.get(id)
        if (there) there.snippet.description = text
      },
    }
  },
  post: (text) => post(text),
  media: [film],
  letters: 'Ünïcode 🎉 👨‍👩‍👧 "quoted" & שלום 日本 #tag https://example.org/a?b=c&d=e',
  commit: isLast,
  upload: (call) => isPiece(call) && !isLast(call),
  rateLimit: { reply: () => youtubeError(403, 'rateLimitExceeded'), wait: 60_000 },
  repeated: 'same',
  edits: 'text',
  finds: true,
  numbers: {
    there: { viewCount: 1200, likeCount: 41, commentCount: 3 },
    told: { views: 1200, likes: 41, comments: 3 },
  },
  hears: true,
})

describe('YouTube, by its notes', () => {
  let sandbox: YouTubeSandbox

  beforeEach(async () => {
    sandbox = await startYouTube({ polls: 2 })
    url = sandbox.url
  })
  afterEach(() => sandbox.close())

  async function delivering(job: Job): Promise<Preparing & { tools: TestTools }> {
    const answer = await adapter.connect(given, testTools(sandbox.clock, {}))
    if (answer.kind !== 'connected') throw new Error(JSON.stringify(answer.trouble))
    const { account, secrets } = answer
    return {
      adapter,
      job,
      account,
      clock: sandbox.clock,
      tools: testTools(sandbox.clock, secrets, bytesFor(film, cover)),
    }
  }
  const pieces = () => sandbox.calls.filter(isPiece).map((call) => [Number(range(call)?.[1]), call.body.length])

  it('is connected with a refresh token alone, and says when there is no channel', async () => {
    const { accessToken: _, ...lasting } = given
    expect(await adapter.connect(lasting, testTools(sandbox.clock, {}))).toMatchObject({
      kind: 'connected',
      account: { remoteId: 'UC-harbour', handle: '@harbourmuseum', expiresAt: sandbox.now() + 3_599_000 },
      secrets: { refreshToken: given.refreshToken },
    })
    sandbox.hasChannel = false
    expect(await adapter.connect(lasting, testTools(sandbox.clock, {}))).toMatchObject({
      trouble: { kind: 'not-permitted', right: 'a channel' },
    })
  })

  it('goes on after a cut with the bytes that did not arrive, and sends no others again', async () => {
    const preparing = await delivering(post('Dawn'))
    sandbox.fail((call) => isPiece(call) && Number(range(call)?.[1]) === PIECE, cutAfter(1_000_000))
    const cut = await prepare(preparing, 0, {})
    expect(cut).toMatchObject({ trouble: { kind: 'server-fault' } })
    const { trouble } = await deliver(preparing, cut.memory)
    expect(trouble).toBeNull()
    expect(pieces()).toEqual([
      [0, PIECE],
      [PIECE, 1_000_000],
      [PIECE + 1_000_000, PIECE],
      [2 * PIECE + 1_000_000, PIECE + 1000 - 1_000_000],
    ])
    expect(sandbox.films.size).toBe(1)
  })

  it('goes on from what YouTube kept of a piece', async () => {
    sandbox.keepsAtMost = 5 * 1024 * 1024
    const { trouble } = await deliver(await delivering(post('Dawn')))
    expect(trouble).toBeNull()
    expect(pieces().map(([from]) => (from ?? 0) / 1024 / 1024)).toEqual([0, 5, 10, 15, 20])
  })

  it('holds a fraction of a piece at a time', async () => {
    const preparing = await delivering(post('Dawn'))
    let most = 0
    const { read } = preparing.tools
    const tools = {
      ...preparing.tools,
      read: async (id: string, from: number, length: number) => {
        most = Math.max(most, length)
        return read(id, from, length)
      },
    }
    await deliver({ ...preparing, tools })
    expect(most).toBeLessThanOrEqual(PIECE / 64)
  })

  it('looks among the uploads when a session is gone, before it sends anything again', async () => {
    const preparing = await delivering(post('Dawn'))
    const { memory } = await prepare(preparing, 0, {})
    const since = sandbox.now()
    sandbox.fail(isLast, lostAnswer)
    const { job, account, tools } = preparing
    await adapter.commit(job, 0, memory, account, tools)
    sandbox.sessions.clear()
    expect(await adapter.find?.(job, 0, memory, since, account, tools)).toEqual({
      kind: 'there',
      remoteId: [...sandbox.films.keys()][0],
    })
    const { remoteIds } = await deliver(preparing, memory)
    expect([...sandbox.films.keys()]).toEqual(remoteIds)
  })

  it.each([
    ['in its words', undefined],
    ['with a page', { status: 404, headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html><title>Error' }],
  ])('opens another session when the first is gone, said %s, and made nothing', async (_how, page) => {
    const preparing = await delivering(post('Dawn'))
    const { memory } = await prepare(preparing, 0, {})
    sandbox.sessions.clear()
    if (page) sandbox.fail(({ method }) => method === 'PUT', instead(page), 2)
    const { job, account, tools } = preparing
    expect(await adapter.commit(job, 0, memory, account, tools)).toMatchObject({ trouble: { kind: 'begin-again' } })
    const { trouble } = await deliver(preparing, memory)
    expect(trouble).toBeNull()
    expect(sandbox.films.size).toBe(1)
  })

  it('wants to be told whether a film is made for kids', async () => {
    const job = post('Dawn')
    const { madeForKids: _, ...fields } = job.fields
    const { trouble } = await deliver(await delivering({ ...job, fields }))
    expect(trouble).toMatchObject({ kind: 'refused', field: 'madeForKids' })
    expect(sandbox.calls.some(({ method }) => method === 'POST')).toBe(false)
  })

  it('sends all that YouTube is told of a film', async () => {
    const fields = {
      title: 'Dawn',
      tags: ['sea', 'early boats'],
      category: '19',
      language: 'en',
      madeForKids: true,
      aiGenerated: true,
      visibility: 'unlisted',
    }
    const preparing = await delivering(post('Boats', { fields }))
    const { remoteIds } = await deliver(preparing)
    expect(sandbox.films.get(remoteIds[0] ?? '')).toMatchObject({
      snippet: {
        title: 'Dawn',
        description: 'Boats',
        tags: ['sea', 'early boats'],
        categoryId: '19',
        defaultLanguage: 'en',
      },
      status: { privacyStatus: 'unlisted', selfDeclaredMadeForKids: true, containsSyntheticMedia: true },
    })
  })

  for (const [what, fields, field] of [
    ['a title that is too long', { title: 'x'.repeat(101) }, 'title'],
    ['a title with a sign it does not take', { title: '<3' }, 'title'],
    ['too many tags', { tags: Array.from({ length: 60 }, (_, index) => `tag number ${index}`) }, 'tags'],
    ['a category that is none', { category: 'boats' }, 'category'],
  ] as const)
    it(`names the field of ${what}`, async () => {
      const { trouble } = await deliver(await delivering(post('Dawn', { fields })))
      expect(trouble).toMatchObject({ kind: 'refused', field })
    })

  it('publishes by itself at the time it was given', async () => {
    const preparing = await delivering(post('Dawn', { publishAt: sandbox.now() + DAY }))
    const { remoteIds } = await deliver(preparing)
    const see = () => adapter.see?.(remoteIds[0] ?? '', preparing.account, preparing.tools)
    expect(await see()).toMatchObject({ state: 'scheduled' })
    sandbox.clock.pass(DAY)
    await see()
    await see()
    expect(await see()).toMatchObject({ state: 'public', permalink: `https://www.youtube.com/watch?v=${remoteIds[0]}` })
  })

  for (const visibility of ['private', 'unlisted'])
    it(`hands no ${visibility} film over: at its time it would be public`, async () => {
      const job = post('Dawn', { publishAt: sandbox.now() + DAY, fields: { visibility } })
      const preparing = await delivering(job)
      expect((await deliver(preparing)).trouble).toMatchObject({ kind: 'refused', field: 'publishAt' })
      expect([...sandbox.films, ...sandbox.sessions]).toEqual([])
      const open = await deliver({ ...preparing, job: post('Dawn', { publishAt: sandbox.now() + DAY }) })
      const edit = adapter.edit?.(open.remoteIds[0] ?? '', job, job, 0, open.memory, preparing.account, preparing.tools)
      expect(await edit).toMatchObject({ trouble: { kind: 'refused', field: 'publishAt' } })
      // Sent at its time, it is what was chosen.
      const { remoteIds } = await deliver({ ...preparing, job: { ...job, publishAt: null } })
      expect(sandbox.films.get(remoteIds[0] ?? '')?.status).toMatchObject({ privacyStatus: visibility })
    })

  it('says that a film is being worked on, and why one was not taken', async () => {
    const preparing = await delivering(post('Dawn'))
    const { remoteIds } = await deliver(preparing)
    const see = () => adapter.see?.(remoteIds[0] ?? '', preparing.account, preparing.tools)
    expect(await see()).toMatchObject({ state: 'processing' })
    Object.assign(sandbox.films.get(remoteIds[0] ?? '') ?? {}, {
      uploadStatus: 'rejected',
      rejectionReason: 'duplicate',
    })
    expect(await see()).toMatchObject({ state: 'removed', because: 'YouTube has this film already.' })
  })

  it('reads back that a film was locked to private', async () => {
    sandbox.locks = true
    const preparing = await delivering(post('Dawn'))
    const { remoteIds } = await deliver(preparing)
    expect(await adapter.see?.(remoteIds[0] ?? '', preparing.account, preparing.tools)).toMatchObject({
      state: 'private',
      because: expect.stringContaining('not checked'),
    })
  })

  it('keeps what it does not know of a film it edits', async () => {
    const preparing = await delivering(post('Dawn', { fields: { tags: ['sea'] } }))
    const { remoteIds, memory } = await deliver(preparing)
    const edited = post('Dusk', { fields: { title: 'Dusk', tags: ['sea', 'dusk'] } })
    // Set in Studio.
    const film = sandbox.films.get(remoteIds[0] ?? '')
    Object.assign(film?.snippet ?? {}, { categoryId: '19' })
    const studio = { embeddable: false, license: 'creativeCommon', publicStatsViewable: false }
    Object.assign(film?.status ?? {}, studio)
    expect(
      await adapter.edit?.(remoteIds[0] ?? '', preparing.job, edited, 0, memory, preparing.account, preparing.tools),
    ).toEqual({
      kind: 'done',
    })
    expect(sandbox.films.get(remoteIds[0] ?? '')?.snippet).toMatchObject({
      title: 'Dusk',
      description: 'Dusk',
      tags: ['sea', 'dusk'],
      categoryId: '19',
    })
    expect(sandbox.films.get(remoteIds[0] ?? '')?.status).toMatchObject(studio)
  })

  it('gets its thumbnail when it is there, and a refusal of that is told of that field', async () => {
    const job = post('Dawn', { fields: { cover: 'cover' } }, [film, cover])
    const preparing = await delivering(job)
    const { remoteIds, memory } = await deliver(preparing)
    const complete = () => adapter.complete?.(remoteIds[0] ?? '', job, memory, preparing.account, preparing.tools)
    expect(await complete()).toEqual({ kind: 'done' })
    expect(sandbox.films.get(remoteIds[0] ?? '')?.thumbnail).toEqual({ type: 'image/jpeg', bytes: 2000 })
    sandbox.fail(
      'POST /www.googleapis.com/upload/youtube/v3/thumbnails/set',
      instead(youtubeError(400, 'imageTooWide')),
    )
    expect(await complete()).toMatchObject({ trouble: { kind: 'refused', field: 'cover' } })
  })

  it('waits for midnight in California when the day of the app is used up, and a day for a full channel', async () => {
    const preparing = await delivering(post('Dawn'))
    sandbox.fail('POST /www.googleapis.com/upload/youtube/v3/videos', instead(quotaExceeded))
    expect(await prepare(preparing, 0, {})).toMatchObject({
      trouble: { kind: 'quota-used', until: Date.UTC(2026, 9, 15, 7), shared: 'app' },
    })
    sandbox.fail('POST /www.googleapis.com/upload/youtube/v3/videos', instead(channelFull))
    expect(await prepare(preparing, 0, {})).toMatchObject({
      trouble: { kind: 'quota-used', until: sandbox.now() + DAY },
    })
    // The night the clocks go back has an hour more.
    expect(quotaEnds(Date.UTC(2026, 10, 1, 12))).toBe(Date.UTC(2026, 10, 2, 8))
  })

  it('comments first, and says when comments are off', async () => {
    const withComment = (fields: Job['fields'] = {}) => {
      const job = post('Dawn', { fields })
      return { ...job, parts: [...job.parts, { kind: 'comment' as const, text: 'Tickets', html: '', media: [] }] }
    }
    const { trouble } = await deliver(await delivering(withComment()))
    expect(trouble).toBeNull()
    expect(sandbox.comments).toMatchObject([{ text: 'Tickets', on: [...sandbox.films.keys()][0] }])
    const off = await deliver(await delivering(withComment({ madeForKids: true })))
    expect(off.trouble).toMatchObject({ kind: 'refused', field: 'firstComment' })
    expect(off.remoteIds.length).toBe(1)
  })

  describe('tells what people do with a film', () => {
    const withComment = (fields: Job['fields'] = {}): Job => {
      const job = post('Dawn', { fields })
      return { ...job, parts: [...job.parts, { kind: 'comment', text: 'Tickets', html: '', media: [] }] }
    }
    async function out(job: Job) {
      const preparing = await delivering(job)
      const { remoteIds } = await deliver(preparing)
      const { account, tools } = preparing
      const [id = '', comment = ''] = remoteIds
      const count = (of = id) => adapter.metrics?.(of, account, tools)
      const hear = (of = id) => adapter.inbox?.(of, '', account, tools)
      return { id, comment, count, hear }
    }

    it('knows its own first comment, what is answered to a comment, and where each stands', async () => {
      const { id, comment, hear } = await out(withComment())
      sandbox.clock.pass(MINUTE)
      sandbox.audience.answer(comment, 'ada', 'Where?')
      sandbox.clock.pass(MINUTE)
      const asked = sandbox.audience.answer(id, 'max', 'When?')
      sandbox.clock.pass(MINUTE)
      sandbox.audience.answer(`Ugz${asked.id}`, 'eva', 'At dawn')
      const heard = await hear()
      if (heard?.kind !== 'heard') throw new Error(JSON.stringify(heard))
      expect(heard.messages.map(({ text, author, own }) => [text, author, own])).toEqual([
        ['At dawn', 'eva', false],
        ['When?', 'max', false],
        ['Where?', 'ada', false],
        ['Tickets', 'Harbour Museum', true],
      ])
      expect(heard.messages[3]?.permalink).toBe(`https://www.youtube.com/watch?v=${id}&lc=${comment}`)
      expect(await hear(comment)).toEqual({ kind: 'untold' })
    })

    it('leaves out what is hidden, and numbers and comments of what has none', async () => {
      sandbox.hidesLikes = true
      const { comment, count } = await out(withComment())
      expect(await count()).toEqual({ kind: 'counted', counts: { views: 0, comments: 1 } })
      expect(await count(comment)).toEqual({ kind: 'untold' })
      const kids = await out(post('For kids', { fields: { madeForKids: true } }))
      expect(await kids.count()).toEqual({ kind: 'counted', counts: { views: 0 } })
      expect(await kids.hear()).toEqual({ kind: 'untold' })
    })

    it('says which right is missing to read it', async () => {
      const { count, hear } = await out(post('Dawn'))
      sandbox.reads = false
      for (const told of [await count(), await hear()])
        expect(told).toMatchObject({
          trouble: { kind: 'not-permitted', right: expect.stringContaining('upload and change') },
        })
    })
  })

  describe('is taken for YouTube by clients of Google', () => {
    function clients() {
      const signedIn = new auth.OAuth2({ clientId: given.clientId, clientSecret: given.clientSecret })
      signedIn.setCredentials({ access_token: given.accessToken })
      // Two names of one service.
      const fetchImplementation = (address: Parameters<typeof fetch>[0], init?: RequestInit) => {
        const { pathname, search } = new URL(address instanceof Request ? address.url : String(address))
        return fetch(`${url}/www.googleapis.com${pathname}${search}`, init)
      }
      Object.assign(signedIn.transporter.defaults, { fetchImplementation })
      return { signedIn, api: googleYouTube({ version: 'v3', auth: signedIn, fetchImplementation }) }
    }
    const QUARTER = 262_144

    /** That for YouTube sends no pieces; that for storage speaks the same way of uploading, and goes on with a session it is given. */
    it('sends a film in pieces, and goes on after a fault where it stopped', async () => {
      const { signedIn, api } = clients()
      const { headers } = await signedIn.request({
        url: 'https://www.googleapis.com/upload/youtube/v3/videos?uploadType=resumable&part=snippet,status',
        method: 'POST',
        headers: { 'x-upload-content-length': '700000', 'x-upload-content-type': 'video/mp4' },
        data: { snippet: { title: 'By others' }, status: { privacyStatus: 'public' } },
      })
      const uri = headers.get('location') ?? ''
      const retryOptions = {
        autoRetry: true,
        retryDelayMultiplier: 1,
        maxRetryDelay: 0.01,
        maxRetries: 5,
        idempotencyStrategy: IdempotencyStrategy.RetryAlways,
      }
      const storage = new Storage({ authClient: signedIn, projectId: 'any', retryOptions })
      // It arrived, and the answer says otherwise.
      sandbox.fail((call) => range(call)?.[1] === String(QUARTER), instead({ status: 503 }, true))
      const there = storage
        .bucket('any')
        .file('clip.mp4')
        .createWriteStream({
          resumable: true,
          uri,
          chunkSize: QUARTER,
          validation: false,
          metadata: { contentType: 'video/mp4', contentLength: 700_000 },
        })
      await pipeline(Readable.from([Buffer.alloc(700_000, 7)]), there)
      expect(pieces()).toEqual([
        [0, QUARTER],
        [QUARTER, QUARTER],
        [2 * QUARTER, 700_000 - 2 * QUARTER],
      ])
      const [id = ''] = sandbox.films.keys()
      const { data } = await api.videos.list({ part: ['snippet', 'status', 'fileDetails'], id: [id] })
      expect(data.items).toMatchObject([
        { snippet: { title: 'By others' }, status: { privacyStatus: 'public' }, fileDetails: { fileSize: '700000' } },
      ])
    })

    it('reads channel and uploads, changes, comments, counts, hears, gives a thumbnail, deletes', async () => {
      const { remoteIds } = await deliver(await delivering(post('Ours')))
      const id = remoteIds[0] ?? ''
      const { api } = clients()
      const { data: mine } = await api.channels.list({ part: ['id', 'snippet', 'contentDetails'], mine: true })
      const [channel] = mine.items ?? []
      expect(channel).toMatchObject({ id: 'UC-harbour', snippet: { title: 'Harbour Museum' } })
      const playlistId = channel?.contentDetails?.relatedPlaylists?.uploads ?? ''
      const { data: listed } = await api.playlistItems.list({ part: ['snippet', 'contentDetails'], playlistId })
      expect(listed.items?.map(({ contentDetails }) => contentDetails?.videoId)).toEqual([id])
      const snippet = { title: 'Dusk', description: 'Theirs', categoryId: '22' }
      await api.videos.update({ part: ['snippet'], requestBody: { id, snippet } })
      const media = { mimeType: 'image/jpeg', body: Readable.from([Buffer.alloc(100, 1)]) }
      await api.thumbnails.set({ videoId: id, media })
      const topLevelComment = { snippet: { textOriginal: 'By the way' } }
      const comment = { snippet: { videoId: id, topLevelComment } }
      await api.commentThreads.insert({ part: ['snippet'], requestBody: comment })
      expect(sandbox.comments).toMatchObject([{ on: id, text: 'By the way' }])
      sandbox.audience.react(id, { viewCount: 1200 })
      const { data: counted } = await api.videos.list({ part: ['statistics'], id: [id] })
      expect(counted.items?.[0]?.statistics).toMatchObject({ viewCount: '1200', likeCount: '0', commentCount: '1' })
      const answer = sandbox.audience.answer(sandbox.comments[0]?.id ?? '', 'ada', 'When <b>?')
      const said = await api.commentThreads.list({
        part: ['snippet', 'replies'],
        videoId: id,
        order: 'time',
        textFormat: 'plainText',
      })
      expect(said.data.items).toMatchObject([
        {
          id: sandbox.comments[0]?.id,
          snippet: { totalReplyCount: 1, topLevelComment: { snippet: { textOriginal: 'By the way' } } },
          replies: { comments: [{ snippet: { textDisplay: 'When <b>?', authorDisplayName: 'ada' } }] },
        },
      ])
      const { data: one } = await api.comments.list({ part: ['id'], id: [`Ugz${answer.id}`] })
      expect(one.items).toMatchObject([{ id: `Ugz${answer.id}` }])
      expect(sandbox.films.get(id)).toMatchObject({ snippet: { title: 'Dusk' }, thumbnail: { type: 'image/jpeg' } })
      const refused = api.videos.update({ part: ['snippet'], requestBody: { id, snippet: { title: '' } } })
      await expect(refused).rejects.toMatchObject({ status: 400 })
      await api.videos.delete({ id })
      expect(sandbox.films.size).toBe(0)
    })
  })
})
