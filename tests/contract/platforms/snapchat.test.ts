import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Job, SentMedium } from '../../../electron/platforms/adapter.ts'
import { SNAPCHAT } from '../../../electron/platforms/facts/snapchat.ts'
import { cipherSize, partSize, snapchat } from '../../../electron/platforms/snapchat.ts'
import { lift } from '../../sandbox/limits.ts'
import { inSandbox } from '../../sandbox/reroute.ts'
import { instead, lostAnswer, matching, reset } from '../../sandbox/server.ts'
import { PROFILE, type SnapchatSandbox, snapError, startSnapchat } from '../../sandbox/snapchat.ts'
import { aJob, aPicture, bytesFor, deliver, type Preparing, prepare, testTools } from './deliver.ts'
import { platformContract } from './platformContract.ts'

const HOUR = 3_600_000
const film = aPicture('film', 2 * SNAPCHAT.part + 1000, { type: 'video/mp4', duration: 20, alt: '' })
const picture = aPicture('picture', 3000, { type: 'image/jpeg', alt: '' })
const post = (text: string, over: Partial<Job> = {}, media: readonly SentMedium[] = [film]): Job =>
  aJob(text, { format: 'spotlight', parts: [{ kind: 'post', text, html: '', media }], ...over })
const given = {
  accessToken: 'snap-first-access',
  refreshToken: 'snap-first-refresh',
  clientId: 'client-1',
  clientSecret: 'hush-hush',
}
let url = ''
const adapter = inSandbox(snapchat, () => url)
const idIn = (remoteId: string) => remoteId.split('/')[1] ?? ''
const surface = (name: string) => `POST /businessapi.snapchat.com/v1/public_profiles/${PROFILE}/${name}`

platformContract('Snapchat', {
  adapter,
  start: async () => {
    const sandbox = await startSnapchat()
    lift(sandbox.limits) // of a second, and the clock stands
    url = sandbox.url
    return {
      sandbox,
      given,
      visible: () => sandbox.visible().map(({ id, text }) => ({ remoteId: `spotlights/${id}`, text })),
      waiting: () => [],
      expire: () => {
        sandbox.access = 'expired'
      },
      audience: sandbox.audience,
      takeAway: (remoteId) => sandbox.takeAway(idIn(remoteId)),
      withdraw: () => {
        sandbox.access = 'revoked'
      },
    }
  },
  post: (text) => post(text),
  media: [film],
  commit: matching(surface('spotlights')),
  upload: matching('POST /businessapi.snapchat.com/us/v1/media/*/add'),
  rateLimit: { reply: () => snapError(429, 'RATE_LIMITED', '', { 'retry-after': '30' }), wait: 30_000 },
  repeated: 'refused',
  finds: true,
  numbers: {
    there: { SPOTLIGHT_VIEWS: 5000, SPOTLIGHT_SHARES: 11, SPOTLIGHT_FAVORITES: 230, SPOTLIGHT_SUBSCRIBES: 4 },
    told: { views: 5000, shares: 11, likes: 230 },
  },
  audienceId: idIn,
})

describe('Snapchat, by its notes', () => {
  let sandbox: SnapchatSandbox

  beforeEach(async () => {
    sandbox = await startSnapchat({ reviews: 1 })
    lift(sandbox.limits)
    url = sandbox.url
  })
  afterEach(() => sandbox.close())

  async function delivering(job: Job): Promise<Preparing> {
    const answer = await adapter.connect(given, testTools(sandbox.clock, {}))
    if (answer.kind !== 'connected') throw new Error(JSON.stringify(answer.trouble))
    const { account, secrets } = answer
    return {
      adapter,
      job,
      account,
      clock: sandbox.clock,
      tools: testTools(sandbox.clock, secrets, bytesFor(film, picture)),
    }
  }
  const see = async ({ account, tools }: Preparing, id: string | undefined) => {
    const seen = await adapter.see?.(id ?? '', account, tools)
    if (seen?.kind !== 'seen') throw new Error(JSON.stringify(seen))
    return seen
  }
  const story = post('', { format: 'story', fields: { lifetime: 'THREE_DAYS' } }, [picture])

  it('says in a sentence how a channel is posted by hand where Snap does not let the app in', async () => {
    sandbox.admitted = false
    expect(await adapter.connect(given, testTools(sandbox.clock, {}))).toMatchObject({
      trouble: { kind: 'refused', reason: expect.stringContaining('switch on “I post it myself”') },
    })
  })

  it('takes a profile by its id, and says when there is none', async () => {
    const asked = (profile: string) => adapter.connect({ ...given, profile }, testTools(sandbox.clock, {}))
    expect(await asked(PROFILE)).toMatchObject({
      kind: 'connected',
      account: { remoteId: PROFILE, handle: 'harbourmuseum', expiresAt: sandbox.now() + HOUR },
    })
    expect(await asked('nobody')).toMatchObject({ trouble: { kind: 'refused', field: 'profile' } })
  })

  it('enciphers what it sends, with a key of its own for each file, and all of it arrives as it was', async () => {
    const preparing = await delivering(post('Film'))
    await deliver(preparing)
    await deliver({ ...preparing, job: story })
    const [one, other] = [...sandbox.media.values()]
    const bytes = bytesFor(film, picture)
    expect(one?.file?.equals(Buffer.from(bytes.get('film') ?? []))).toBe(true)
    expect(other?.file?.equals(Buffer.from(await preparing.tools.read('picture', 0, 3000)))).toBe(true)
    expect(one?.key.equals(other?.key ?? Buffer.alloc(0))).toBe(false)
    expect(one?.parts.size).toBe(3)
    expect([one?.type, other?.type]).toEqual(['VIDEO', 'IMAGE'])
  })

  it('stays within the number and the size of parts the network takes', () => {
    for (const size of [1, 15, 16, 17, SNAPCHAT.part, 500_000_000, 1_000_000_000]) {
      const part = partSize({ size })
      expect(part % 16).toBe(0)
      expect(Math.ceil(cipherSize(size) / part)).toBeLessThanOrEqual(SNAPCHAT.parts)
      expect(part).toBeLessThanOrEqual(32_000_000)
    }
  })

  it('goes on with the part whose answer was lost', async () => {
    const preparing = await delivering(post('Lost'))
    for (const step of ['add', 'finalize']) {
      sandbox.fail(`POST /businessapi.snapchat.com/us/v1/media/*/${step}`, lostAnswer)
    }
    const first = await prepare(preparing, 0, {})
    expect(first).toMatchObject({ trouble: { kind: 'server-fault' } })
    const second = await prepare(preparing, 0, first.memory)
    expect(second).toMatchObject({ trouble: { kind: 'server-fault' } })
    expect((await deliver(preparing, second.memory)).trouble).toBeNull()
    expect(sandbox.media.size).toBe(1)
  })

  it('posts a story for as long as was chosen, a saved one under its title, a Spotlight with its language', async () => {
    const preparing = await delivering(story)
    await deliver(preparing)
    await deliver({ ...preparing, job: post('', { format: 'savedStory', title: 'Boats' }, [picture]) })
    await deliver({ ...preparing, job: post('Dawn #boats', { fields: { locale: 'nl_NL', saveToProfile: true } }) })
    await deliver({ ...preparing, job: post('Dusk') })
    expect(sandbox.snaps.map(({ surface, text, more }) => [surface, text, more])).toEqual([
      ['stories', '', { customized_ttl: 'THREE_DAYS' }],
      ['saved_stories', 'Boats', {}],
      ['spotlights', 'Dawn #boats', { locale: 'nl_NL', skip_save_to_profile: false }],
      ['spotlights', 'Dusk', { locale: 'en_US', skip_save_to_profile: true }],
    ])
  })

  it('says that a Spotlight is looked at first, shown, or not taken', async () => {
    const preparing = await delivering(post('Watched'))
    const { remoteIds } = await deliver(preparing)
    expect(await see(preparing, remoteIds[0])).toMatchObject({ state: 'in-review' })
    const [one] = sandbox.snaps
    expect(await see(preparing, remoteIds[0])).toMatchObject({
      state: 'public',
      permalink: `https://www.snapchat.com/spotlight/${one?.id}`,
    })
    if (one) one.rejected = true
    expect(await see(preparing, remoteIds[0])).toMatchObject({ state: 'removed' })
  })

  it('sees a story on the profile until its time is over, and a saved one for good', async () => {
    const preparing = await delivering(story)
    const { remoteIds } = await deliver(preparing)
    const saved = await deliver({ ...preparing, job: post('', { format: 'savedStory', title: 'Boats' }, [picture]) })
    expect(await see(preparing, remoteIds[0])).toMatchObject({
      state: 'public',
      permalink: 'https://www.snapchat.com/add/harbourmuseum',
    })
    sandbox.clock.pass(73 * HOUR)
    expect(await see(preparing, remoteIds[0])).toMatchObject({ state: 'removed' })
    expect(await see(preparing, saved.remoteIds[0])).toMatchObject({ state: 'public' })
    sandbox.listsStories = false
    expect(await see(preparing, remoteIds[0])).toMatchObject({ state: 'public' })
  })

  describe('what is counted', () => {
    const savedStory = post('', { format: 'savedStory', title: 'Boats' }, [picture])
    async function out(job: Job) {
      const preparing = await delivering(job)
      const { remoteIds } = await deliver(preparing)
      const { id = '' } = sandbox.snaps.at(-1) ?? {}
      return { id, count: () => adapter.metrics?.(remoteIds[0] ?? '', preparing.account, preparing.tools) }
    }
    const untold = { kind: 'untold' }

    it.each(['list', 'map'] as const)('is the same told as a %s, also of a saved story', async (form) => {
      sandbox.statsAs = form
      const { id, count } = await out(savedStory)
      sandbox.audience.react(id, { SAVED_STORY_VIEWS: 70, SAVED_STORY_FAVORITES: 8 })
      expect(await count()).toEqual({ kind: 'counted', counts: { views: 70, likes: 8 } })
    })

    it.each(['metric', 'name', 'field'])(
      'is read of a list whose names are under %s, and of numbers in letters',
      async (key) => {
        const { count } = await out(savedStory)
        const assets = [{ timeseries: [{ stats: [{ [key]: 'VIEWS', value: '12' }] }] }]
        const body = { request_status: 'SUCCESS', assets }
        sandbox.fail(({ path }) => path.endsWith('/stats'), instead({ status: 200, body }))
        expect(await count()).toEqual({ kind: 'counted', counts: { views: 12 } })
      },
    )

    it('is of a story that of the one of its minutes, where stories are listed', async () => {
      const { id, count } = await out(story)
      sandbox.audience.react(id, { STORY_VIEWS: 90 })
      sandbox.clock.pass(HOUR)
      await out(story)
      expect(await count()).toEqual({ kind: 'counted', counts: { views: 90, likes: 0 } })
      sandbox.listsStories = false
      expect(await count()).toEqual(untold)
    })

    it('is untold where two stories are of the same minutes, and of one whose time is over', async () => {
      const { count } = await out(story)
      await out(story)
      expect(await count()).toEqual(untold)
      sandbox.clock.pass(8 * 24 * HOUR)
      const calls = sandbox.calls.length
      expect(await count()).toEqual(untold)
      expect(sandbox.calls.length).toBe(calls)
    })

    it('asks for no field, and hears of a refusal inside of an answer that looks well', async () => {
      const { count } = await out(post('Film'))
      await count()
      expect([...(sandbox.calls.at(-1)?.query ?? [])]).toEqual([])
      sandbox.fail(({ path }) => path.endsWith('/stats'), instead(snapError(200, 'AUTHORIZATION_PERMISSION_DENIED')))
      expect(await count()).toMatchObject({ trouble: { kind: 'not-permitted', right: 'Public Profile API' } })
    })
  })

  describe('a story whose answer is lost', () => {
    async function lost(fault = lostAnswer) {
      const preparing = await delivering(story)
      const { memory } = await prepare(preparing, 0, {})
      const since = sandbox.clock.now()
      sandbox.fail(surface('stories'), fault)
      const { account, tools } = preparing
      const commit = () => adapter.commit(story, 0, memory, account, tools)
      expect(await commit()).toMatchObject({ trouble: { kind: 'unknown' } })
      return { commit, find: () => adapter.find?.(story, 0, memory, since, account, tools) }
    }

    it('is found by its time, also when the network has another one', async () => {
      sandbox.skew(14 * 60_000)
      expect(await (await lost()).find()).toMatchObject({ kind: 'there' })
    })

    it('is absent when it never arrived, though another story is some seconds old', async () => {
      await deliver(await delivering(story))
      sandbox.clock.pass(5_000)
      expect(await (await lost(reset)).find()).toEqual({ kind: 'absent' })
    })

    it('is asked for again with the same medium, which is never a second story', async () => {
      const { commit } = await lost()
      expect(await commit()).toMatchObject({
        trouble: { kind: 'duplicate', remoteId: expect.stringMatching(/^stories\/media-/) },
      })
      expect(sandbox.snaps).toHaveLength(1)
    })

    it('is for a person to look for where stories cannot be listed, or where the medium has run out', async () => {
      const { find } = await lost(reset)
      sandbox.listsStories = false
      expect(await find()).toEqual({ kind: 'unclear' })
      sandbox.listsStories = true
      sandbox.clock.pass(24 * HOUR)
      expect(await find()).toEqual({ kind: 'unclear' })
    })
  })

  it('uploads anew what is a day old', async () => {
    const preparing = await delivering(post('Old'))
    const { memory } = await prepare(preparing, 0, {})
    sandbox.clock.pass(25 * HOUR)
    const { job, account, tools } = preparing
    expect(await adapter.commit(job, 0, memory, account, tools)).toMatchObject({ trouble: { kind: 'begin-again' } })
    expect((await deliver(preparing, memory)).trouble).toBeNull()
    expect(sandbox.media.size).toBe(2)
  })

  for (const [what, job, field] of [
    ['two pictures', post('', { format: 'story' }, [picture, film]), 'media'],
    ['no picture', post('', { format: 'story' }, []), 'media'],
    ['a picture for Spotlight', post('No', {}, [picture]), 'media'],
    ['a description that is too long', post('x'.repeat(161)), 'text'],
    ['a title that is too long', post('', { format: 'savedStory', title: 'x'.repeat(46) }, [picture]), 'title'],
  ] as const)
    it(`names the field of ${what}`, async () => {
      expect((await deliver(await delivering(job))).trouble).toMatchObject({ kind: 'refused', field })
      expect(sandbox.snaps).toEqual([])
    })

  it('needs a person when Snap lets the app in no longer', async () => {
    const preparing = await delivering(post('Out'))
    sandbox.fail(surface('spotlights'), instead(snapError(200, 'AUTHORIZATION_PERMISSION_DENIED')))
    expect((await deliver(preparing)).trouble).toMatchObject({ kind: 'not-permitted', right: 'Public Profile API' })
  })
})
