import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Job, SentMedium } from '../../../electron/platforms/adapter.ts'
import { TIKTOK } from '../../../electron/platforms/facts/tiktok.ts'
import { chunksOf, tiktok } from '../../../electron/platforms/tiktok.ts'
import { inSandbox } from '../../sandbox/reroute.ts'
import { lostAnswer, type Matcher, matching } from '../../sandbox/server.ts'
import { startTikTok, type TikTokSandbox, tiktokError } from '../../sandbox/tiktok.ts'
import { aJob, aPicture, bytesFor, deliver, type Preparing, prepare, testTools } from './deliver.ts'
import { platformContract } from './platformContract.ts'

const HOUR = 3_600_000
const film = aPicture('film', 3 * TIKTOK.chunk + 1000, { type: 'video/mp4', duration: 20, alt: '' })
const photo = (id: string) => aPicture(id, 3000, { type: 'image/jpeg', address: `https://media.example/${id}.jpg` })
const post = (text: string, media: readonly SentMedium[] = [film], fields: Job['fields'] = {}): Job =>
  aJob(text, {
    format: media[0] === film ? 'video' : 'carousel',
    fields: { visibility: 'PUBLIC_TO_EVERYONE', ...fields },
    parts: [{ kind: 'post', text, html: '', media }],
  })
const given = {
  accessToken: 'act.first-access',
  refreshToken: 'rft.first-refresh',
  clientId: 'aw0key',
  clientSecret: 'hush-hush',
}
let url = ''
const adapter = inSandbox(tiktok, () => url)

const range = (call: Parameters<Matcher>[0]) => /^bytes (\d+)-(\d+)\/(\d+)$/.exec(call.headers['content-range'] ?? '')
const isChunk: Matcher = (call) => call.method === 'PUT' && range(call) !== null
const isLast: Matcher = (call) => isChunk(call) && Number(range(call)?.[2]) + 1 === Number(range(call)?.[3])

/** What is remembered of a post whose words are known, as the suite names it. */
const remoteId = (publishId: string) => `${publishId}#PUBLIC_TO_EVERYONE`
const publishIdOf = (id: string) => id.replace(/#.*$/, '')

platformContract('TikTok', {
  adapter,
  start: async () => {
    const sandbox = await startTikTok()
    url = sandbox.url
    return {
      sandbox,
      given,
      visible: () => sandbox.visible().map(({ id, text }) => ({ remoteId: remoteId(id), text })),
      waiting: () => [],
      expire: () => {
        sandbox.access = 'expired'
      },
      audience: sandbox.audience,
      takeAway: (id) => sandbox.takeAway(publishIdOf(id)),
      withdraw: () => {
        sandbox.access = 'revoked'
      },
    }
  },
  post: (text) => post(text),
  media: [film],
  commit: isLast,
  upload: (call) => isChunk(call) && !isLast(call),
  rateLimit: { reply: () => tiktokError(429, 'rate_limit_exceeded'), wait: 60_000 },
  repeated: 'same',
  finds: true,
  numbers: {
    there: { view_count: 5200, like_count: 41, comment_count: 3, share_count: 7 },
    told: { views: 5200, likes: 41, comments: 3, shares: 7 },
  },
  audienceId: publishIdOf,
})

describe('TikTok, by its notes', () => {
  let sandbox: TikTokSandbox

  beforeEach(async () => {
    sandbox = await startTikTok({ polls: 2 })
    url = sandbox.url
  })
  afterEach(() => sandbox.close())

  async function delivering(job: Job): Promise<Preparing> {
    const answer = await adapter.connect(given, testTools(sandbox.clock, {}))
    if (answer.kind !== 'connected') throw new Error(JSON.stringify(answer.trouble))
    const { account, secrets } = answer
    const media = bytesFor(film, ...job.parts.flatMap((part) => part.media))
    return { adapter, job, account, clock: sandbox.clock, tools: testTools(sandbox.clock, secrets, media) }
  }
  const infos = () => [...sandbox.sent.values()].map(({ info }) => info)
  const see = async ({ account, tools }: Preparing, id: string | undefined) => {
    const seen = await adapter.see?.(id ?? '', account, tools)
    if (seen?.kind !== 'seen') throw new Error(JSON.stringify(seen))
    return seen
  }

  it('is connected with a refresh token alone, which is replaced by the one that comes', async () => {
    const { accessToken: _, ...lasting } = given
    const answer = await adapter.connect(lasting, testTools(sandbox.clock, {}))
    expect(answer).toMatchObject({
      kind: 'connected',
      account: { remoteId: '723f24d7', handle: '@harbourmuseum', expiresAt: sandbox.now() + 24 * HOUR },
    })
    const [exchange] = sandbox.calls
    expect(String(exchange?.body)).toContain('client_key=aw0key')
    expect(answer.kind === 'connected' && answer.secrets.refreshToken).not.toBe(given.refreshToken)
    // The first one has been used up.
    expect(await adapter.connect(lasting, testTools(sandbox.clock, {}))).toMatchObject({
      trouble: { kind: 'access-withdrawn' },
    })
  })

  it('says which right is missing, and is connected all the same when the posts of the day are used up', async () => {
    sandbox.scopes.delete('video.publish')
    expect(await adapter.connect(given, testTools(sandbox.clock, {}))).toMatchObject({
      trouble: { kind: 'not-permitted', right: 'video.publish' },
    })
    sandbox.scopes.add('video.publish')
    sandbox.fail('POST /open.tiktokapis.com/v2/post/publish/creator_info/query/', {
      kind: 'instead',
      happened: false,
      reply: tiktokError(200, 'spam_risk_too_many_posts'),
    })
    expect(await adapter.connect(given, testTools(sandbox.clock, {}))).toMatchObject({ kind: 'connected' })
  })

  it('cuts a film as TikTok counts: all chunks alike, the rest goes with the last', async () => {
    for (const size of [1, 1000, 2 * TIKTOK.chunk - 1, 2 * TIKTOK.chunk, 3 * TIKTOK.chunk + 1000, 4_000_000_000]) {
      const { size: chunk, count } = chunksOf(size)
      expect(count, String(size)).toBe(Math.max(1, Math.floor(size / chunk)))
      expect(count).toBeLessThanOrEqual(1_000)
      expect(size - chunk * (count - 1)).toBeLessThan(2 * TIKTOK.chunk)
    }
    await deliver(await delivering(post('Cut')))
    expect([...sandbox.sent.values()].map(({ stored }) => stored)).toEqual([
      [TIKTOK.chunk, TIKTOK.chunk, TIKTOK.chunk + 1000],
    ])
  })

  it('sends who sees it and what the switches say; what nobody switched on is off', async () => {
    await deliver(await delivering(post('Off')))
    const on = { comments: true, duet: true, stitch: true, aiGenerated: true, ownBrand: true, brandedContent: true }
    await deliver(await delivering(post('On', [film], on)))
    expect(infos()).toMatchObject([
      {
        title: 'Off',
        privacy_level: 'PUBLIC_TO_EVERYONE',
        disable_comment: true,
        disable_duet: true,
        disable_stitch: true,
        is_aigc: false,
        brand_content_toggle: false,
        brand_organic_toggle: false,
      },
      {
        disable_comment: false,
        disable_duet: false,
        disable_stitch: false,
        is_aigc: true,
        brand_content_toggle: true,
        brand_organic_toggle: true,
      },
    ])
  })

  it('lets TikTok fetch pictures, with title and text, and finds them among the posts when the answer is lost', async () => {
    const pictures = [photo('one'), photo('two')]
    for (const { address } of pictures) sandbox.hosted.add(address)
    const preparing = await delivering({ ...post('Boats', pictures), title: 'Dawn' })
    const prepared = await prepare(preparing, 0, {})
    const since = sandbox.now()
    sandbox.fail('POST /open.tiktokapis.com/v2/post/publish/content/init/', lostAnswer)
    const { job, account, tools } = preparing
    expect(await adapter.commit(job, 0, prepared.memory, account, tools)).toMatchObject({
      trouble: { kind: 'unknown' },
    })
    expect(infos()).toMatchObject([{ title: 'Dawn', description: 'Boats' }])
    const found = await adapter.find?.(job, 0, prepared.memory, since, account, tools)
    expect(found).toEqual({ kind: 'there', remoteId: [...sandbox.sent.values()][0]?.postId })
    // What only some may see is in no list, so nobody can say that it is not there.
    const quiet = { ...job, parts: [{ ...job.parts[0], text: 'Nobody wrote this' }] } as Job
    expect(await adapter.find?.(quiet, 0, prepared.memory, since, account, tools)).toEqual({ kind: 'unclear' })
  })

  it('holds pictures that have no public address, before anything is asked', async () => {
    const preparing = await delivering(post('Boats', [aPicture('one', 3000, { type: 'image/jpeg' })]))
    expect((await deliver(preparing)).trouble).toMatchObject({ kind: 'refused', field: 'media' })
  })

  it('goes on after a chunk whose answer was lost, and sends it once', async () => {
    const preparing = await delivering(post('Lost'))
    sandbox.fail(isChunk, lostAnswer)
    const cut = await prepare(preparing, 0, {})
    expect(cut).toMatchObject({ trouble: { kind: 'server-fault' } })
    expect((await deliver(preparing, cut.memory)).trouble).toBeNull()
    expect(sandbox.calls.filter(isChunk).map((call) => Number(range(call)?.[1]))).toEqual([
      0,
      TIKTOK.chunk,
      2 * TIKTOK.chunk,
    ])
  })

  it('begins again when the address of the upload has run out', async () => {
    const preparing = await delivering(post('Slow'))
    sandbox.fail(isChunk, lostAnswer)
    const cut = await prepare(preparing, 0, {})
    sandbox.clock.pass(2 * HOUR)
    expect(await prepare(preparing, 0, cut.memory)).toMatchObject({ trouble: { kind: 'begin-again' } })
    expect((await deliver(preparing)).trouble).toBeNull()
    expect(sandbox.visible()).toHaveLength(1)
  })

  it('says what TikTok is doing with it: works on it, checks it, shows it under an id of its own', async () => {
    sandbox.moderated = false
    const preparing = await delivering(post('Watched'))
    const { remoteIds } = await deliver(preparing)
    expect(await see(preparing, remoteIds[0])).toMatchObject({ state: 'processing' })
    await see(preparing, remoteIds[0])
    expect(await see(preparing, remoteIds[0])).toMatchObject({ state: 'in-review', remoteId: remoteIds[0] })
    sandbox.moderated = true
    const shown = await see(preparing, remoteIds[0])
    // Nineteen digits: more than a number of JavaScript can hold.
    const id = [...sandbox.sent.values()][0]?.postId ?? ''
    expect(id).toMatch(/^\d{19}$/)
    expect(shown).toMatchObject({
      state: 'public',
      remoteId: id,
      permalink: `https://www.tiktok.com/@harbourmuseum/video/${id}`,
    })
    expect(await see(preparing, id)).toEqual(shown)
    sandbox.scopes.delete('video.list')
    expect(await see(preparing, remoteIds[0])).toMatchObject({ state: 'public', permalink: shown.permalink })
    sandbox.scopes.add('video.list')
    sandbox.sent.clear()
    expect(await see(preparing, id)).toMatchObject({ state: 'removed' })
  })

  describe('tells what is counted of a post', () => {
    async function out(fields: Job['fields'] = {}) {
      const preparing = await delivering(post('Watched', [film], fields))
      const { remoteIds } = await deliver(preparing)
      const [id = ''] = remoteIds
      sandbox.audience.react(publishIdOf(id), { view_count: 900 })
      const count = (of = id) => adapter.metrics?.(of, preparing.account, preparing.tools)
      return { count, looked: async () => void (await see(preparing, id)) }
    }
    const postId = () => [...sandbox.sent.values()][0]?.postId ?? ''

    it('once it is out under an id of its own, by that and by what it was called before', async () => {
      sandbox.moderated = false
      const { count, looked } = await out()
      expect(await count()).toEqual({ kind: 'untold' })
      await looked()
      expect(await count()).toEqual({ kind: 'untold' })
      sandbox.moderated = true
      const counted = { kind: 'counted', counts: { views: 900, likes: 0, comments: 0, shares: 0 } }
      expect(await count()).toEqual(counted)
      expect(await count(postId())).toEqual(counted)
      sandbox.takeAway([...sandbox.sent.keys()][0] ?? '')
      expect(await count(postId())).toMatchObject({ trouble: { kind: 'target-gone' } })
    })

    it('and not of what only some may see, without asking', async () => {
      for (const visibility of ['SELF_ONLY', 'MUTUAL_FOLLOW_FRIENDS', 'FOLLOWER_OF_CREATOR']) {
        const { count } = await out({ visibility })
        const asked = sandbox.calls.length
        expect(await count()).toEqual({ kind: 'untold' })
        expect(sandbox.calls.length).toBe(asked)
      }
    })

    it('and says which right is missing, and that what it threw away is gone', async () => {
      const { count, looked } = await out()
      for (let turn = 0; turn < 2; turn++) await looked()
      sandbox.scopes.delete('video.list')
      for (const errorsAs200 of [false, true]) {
        sandbox.errorsAs200 = errorsAs200
        expect(await count()).toMatchObject({ trouble: { kind: 'not-permitted', right: 'video.list' } })
      }
      sandbox.fails = 'frame_rate_check_failed'
      expect(await (await out()).count()).toMatchObject({
        trouble: { kind: 'target-gone', details: 'frame_rate_check_failed' },
      })
    })
  })

  it('refuses to publish for everybody with an app that is not checked, and says that what goes out is locked', async () => {
    sandbox.audited = false
    const preparing = await delivering(post('Locked'))
    expect((await deliver(preparing)).trouble).toMatchObject({ kind: 'refused', field: 'visibility' })
    const only = { ...preparing, job: post('Locked', [film], { visibility: 'SELF_ONLY' }) }
    const { remoteIds, trouble } = await deliver(only)
    expect(trouble).toBeNull()
    for (let turn = 0; turn < 2; turn++) await see(only, remoteIds[0])
    expect(await see(only, remoteIds[0])).toMatchObject({
      state: 'private',
      because: expect.stringContaining('Only you can see it'),
    })
  })

  it('says why TikTok threw a film away', async () => {
    sandbox.fails = 'frame_rate_check_failed'
    const preparing = await delivering(post('Odd'))
    const { remoteIds } = await deliver(preparing)
    expect(await see(preparing, remoteIds[0])).toMatchObject({
      state: 'removed',
      because: 'TikTok did not take it: It takes films of 23 to 60 pictures a second.',
    })
  })

  for (const errorsAs200 of [false, true])
    it(`sorts refusals by their code, ${errorsAs200 ? 'inside an answer with 200' : 'with a status of their own'}`, async () => {
      sandbox.errorsAs200 = errorsAs200
      const trouble = async (job: Job) => (await deliver(await delivering(job))).trouble
      sandbox.creator.options = ['SELF_ONLY']
      expect(await trouble(post('No'))).toMatchObject({ kind: 'refused', field: 'visibility' })
      sandbox.creator.options = ['PUBLIC_TO_EVERYONE', 'SELF_ONLY']
      sandbox.creator.longest = 10
      expect(await trouble(post('Long'))).toMatchObject({ kind: 'refused', field: 'media' })
      sandbox.creator.longest = 600
      expect(await trouble(post('Unsaid', [film], { visibility: '' }))).toMatchObject({ field: 'visibility' })
      expect(await trouble(post('x'.repeat(2_201)))).toMatchObject({ kind: 'refused', field: 'text' })
      const branded = { visibility: 'SELF_ONLY', brandedContent: true }
      expect(await trouble(post('Ad', [film], branded))).toMatchObject({ kind: 'refused', field: 'brandedContent' })
      expect(await trouble(post('Mine', [photo('three')]))).toMatchObject({ kind: 'refused', field: 'media' })
      const preparing = await delivering(post('Ended'))
      sandbox.access = 'expired'
      expect((await deliver(preparing)).trouble).toMatchObject({ kind: 'access-expired' })
    })

  it('waits for the next day when the posts of a day are used up', async () => {
    const preparing = await delivering(post('Many'))
    const reply = tiktokError(200, 'spam_risk_too_many_posts', 'Daily post cap reached')
    sandbox.fail(matching('POST /open.tiktokapis.com/v2/post/publish/video/init/'), {
      kind: 'instead',
      happened: false,
      reply,
    })
    expect((await deliver(preparing)).trouble).toMatchObject({
      kind: 'quota-used',
      until: sandbox.now() + 24 * HOUR,
      of: 'posts of a day',
    })
  })

  it('is met by a sandbox that takes the challenge of a sign-in in hex, not in base64url as others do', async () => {
    const exchange = async (challenge: string) => {
      sandbox.codes.set('code', challenge)
      const form = { grant_type: 'authorization_code', code: 'code', code_verifier: 'verifier', client_key: 'k' }
      const body = new URLSearchParams({ ...form, client_secret: 's' })
      return (await fetch(`${url}/open.tiktokapis.com/v2/oauth/token/`, { method: 'POST', body })).status
    }
    const challenge = createHash('sha256').update('verifier').digest()
    expect(await exchange(challenge.toString('base64url'))).toBe(400)
    expect(await exchange(challenge.toString('hex'))).toBe(200)
  })
})
