import { createRestAPIClient } from 'masto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Account, Job } from '../../../electron/platforms/adapter.ts'
import { mastodon } from '../../../electron/platforms/mastodon.ts'
import {
  MASTODON_OTHERS,
  MASTODON_TOKEN,
  type MastodonSandbox,
  mastodonLimit,
  startMastodon,
} from '../../sandbox/mastodon.ts'
import { instead, lostAnswer, matching } from '../../sandbox/server.ts'
import { aJob, aPicture, bytesFor, deliver, prepare, testTools } from './deliver.ts'
import { platformContract } from './platformContract.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const commit = matching('POST /api/v1/statuses')
const given = (sandbox: MastodonSandbox) => ({ host: sandbox.url, token: MASTODON_TOKEN })
const media = [aPicture('dawn'), aPicture('dusk', 5000)]
const post = (text: string, pictures = [] as typeof media): Job =>
  aJob(text, { parts: [{ kind: 'post', text, html: '', media: pictures }] })

platformContract('Mastodon', {
  adapter: mastodon,
  start: async () => {
    const sandbox = await startMastodon()
    return {
      sandbox,
      given: given(sandbox),
      visible: () => sandbox.statuses.map(({ id, text }) => ({ remoteId: id, text })),
      waiting: () => sandbox.waiting.map(({ id, at, params }) => ({ remoteId: id, at, text: String(params.text) })),
      publishDue: sandbox.publishDue,
      audience: sandbox.audience,
      takeAway: sandbox.takeAway,
      withdraw: () => sandbox.tokens.clear(),
      changeThere: (remoteId, text) => {
        const found = sandbox.statuses.find(({ id }) => id === remoteId)
        if (found) found.text = text
      },
    }
  },
  post,
  media,
  thread: (texts) =>
    aJob('', {
      format: 'thread',
      parts: texts.map((text, part) => ({ kind: part === 0 ? 'post' : 'thread', text, html: '', media: [] })),
    }),
  commit,
  upload: matching('POST /api/v2/media'),
  rateLimit: { reply: (now) => mastodonLimit(now, now + 4 * MINUTE), wait: 4 * MINUTE },
  repeated: 'same',
  edits: 'text',
  finds: true,
  numbers: {
    there: { favourites_count: 41, reblogs_count: 7, quotes_count: 2, replies_count: 3 },
    told: { likes: 41, reposts: 7, quotes: 2, comments: 3 },
  },
  hears: true,
})

const film = aPicture('film', 9_000_000, { type: 'video/mp4', duration: 4 })
const sound = aPicture('sound', 900_000, { type: 'audio/mp4', alt: 'A heron calls', duration: 4 })

describe('Mastodon', () => {
  let sandbox: MastodonSandbox
  let account: Account
  const tools = () => testTools(sandbox.clock, { token: MASTODON_TOKEN }, bytesFor(...media, film, sound))
  const running = (job: Job) => ({ adapter: mastodon, job, account, tools: tools(), clock: sandbox.clock })
  const run = (job: Job, over: Partial<Parameters<typeof deliver>[0]> = {}) => deliver({ ...running(job), ...over })

  beforeEach(async () => {
    sandbox = await startMastodon()
    const connected = await mastodon.connect(given(sandbox), tools())
    if (connected.kind !== 'connected') throw new Error('Not connected.')
    account = connected.account
  })
  afterEach(() => sandbox.close())

  it('tells the limits of its server, and a handle with the server in it', () => {
    expect(account).toMatchObject({ handle: '@outpost@social.example', name: 'The Outpost', expiresAt: null })
    expect(account.facts).toMatchObject({ limits: { statuses: { max_characters: 500 } } })
  })

  it('sends a poll for as long as was chosen, a day where nobody chose, and keeps it when the text is changed', async () => {
    const fields = { pollOptions: ['Tea', 'Coffee'], pollDuration: '259200' }
    const { remoteIds, memory } = await run({ ...post('Which?'), fields })
    await run({ ...post('And now?'), fields: { pollOptions: ['Yes', 'No'] } })
    const ends = () => sandbox.statuses.map(({ poll }) => (poll ? [poll.options, poll.endsAt - sandbox.now()] : null))
    expect(ends()).toEqual([
      [['Tea', 'Coffee'], 72 * HOUR],
      [['Yes', 'No'], 24 * HOUR],
    ])
    const edited = { ...post('Which of them?'), fields }
    await mastodon.edit?.(remoteIds[0] ?? '', { ...post('Which?'), fields }, edited, 0, memory, account, tools())
    expect(sandbox.statuses[0]).toMatchObject({ text: 'Which of them?', poll: { options: ['Tea', 'Coffee'] } })
  })

  it('answers the post with its first comment, and the first of a thread too', async () => {
    const part = (kind: 'post' | 'thread' | 'comment', text: string) => ({ kind, text, html: '', media: [] })
    await run(aJob('', { parts: [part('post', 'One'), part('thread', 'Two'), part('comment', 'By the way')] }))
    const [one] = sandbox.statuses
    expect(sandbox.statuses.map(({ text, replyTo, visibility }) => [text, replyTo, visibility])).toEqual([
      ['One', null, 'public'],
      ['Two', one?.id, 'unlisted'],
      ['By the way', one?.id, 'unlisted'],
    ])
  })

  it('takes no address that is none, and none that everybody can read', async () => {
    for (const host of ['http://social.example', 'nonsense address', 'ftp://social.example']) {
      const connected = await mastodon.connect({ host, token: 'x' }, tools())
      expect(connected).toMatchObject({ kind: 'trouble', trouble: { kind: 'refused', field: 'host' } })
    }
  })

  it('says that no Mastodon answers at an address', async () => {
    sandbox.fail(
      'GET /api/v2/instance',
      instead({ status: 404, headers: { 'content-type': 'text/html' }, body: '<html>' }),
    )
    const connected = await mastodon.connect(given(sandbox), tools())
    expect(connected).toMatchObject({
      trouble: { kind: 'refused', field: 'host', reason: expect.stringContaining('No Mastodon answers there.') },
    })
  })

  it.each([film, sound])('waits for $id, sends it piece by piece, and gives it its words', async (medium) => {
    const delivered = await run(post('It plays', [medium]))
    expect(delivered.trouble).toBeNull()
    expect([...sandbox.media.values()]).toMatchObject([
      { type: medium.type, description: medium.alt, attached: true, asked: sandbox.rules.processing },
    ])
    const upload = sandbox.calls.find(matching('POST /api/v2/media'))
    expect(upload?.headers['content-length']).toBe(String(upload?.body.length))
  })

  it('gives pictures their words, in order', async () => {
    await run(post('Two', media))
    const [status] = sandbox.statuses
    expect(status?.media.map((id) => sandbox.media.get(id)?.description)).toEqual([
      'What dawn shows',
      'What dusk shows',
    ])
  })

  it('sends warning, language and who may see it', async () => {
    const job = { ...post('Careful'), fields: { contentWarning: 'Spiders', language: 'en', visibility: 'private' } }
    const { remoteIds } = await run(job)
    expect(sandbox.statuses[0]).toMatchObject({ spoiler: 'Spiders', visibility: 'private' })
    expect(await mastodon.see?.(remoteIds[0] ?? '', account, tools())).toMatchObject({
      state: 'private',
      because: 'Only followers see it.',
    })
  })

  it('answers to the first part of a thread in public, and to the others quietly', async () => {
    const parts = ['One', 'Two', 'Three'].map((text) => ({ kind: 'thread' as const, text, html: '', media: [] }))
    await run(aJob('', { parts }))
    expect(sandbox.statuses.map(({ visibility }) => visibility)).toEqual(['public', 'unlisted', 'unlisted'])
    expect(sandbox.statuses.map(({ replyTo }) => replyTo)).toEqual([
      null,
      sandbox.statuses[0]?.id,
      sandbox.statuses[1]?.id,
    ])
  })

  it('goes on with a thread whose last answer was lost, without being told the id', async () => {
    const parts = ['One', 'Two'].map((text) => ({ kind: 'thread' as const, text, html: '', media: [] }))
    const job = aJob('', { parts })
    sandbox.fail(commit, lostAnswer)
    const first = await run(job)
    expect(first.trouble).toMatchObject({ kind: 'unknown' })
    const rest = await deliver(
      { adapter: mastodon, job, account, tools: tools(), clock: sandbox.clock },
      first.memory,
      1,
    )
    expect(rest.trouble).toBeNull()
    expect(sandbox.statuses.map(({ text }) => text)).toEqual(['One', 'Two'])
    expect(sandbox.statuses[1]?.replyTo).toBe(sandbox.statuses[0]?.id)
  })

  it('looks through page after page, back to before the attempt', async () => {
    const job = post('The one')
    sandbox.fail(commit, lostAnswer)
    const since = sandbox.clock.now()
    const first = await run(job)
    for (let other = 0; other < 60; other++) {
      sandbox.clock.pass(1000)
      await run(post(`Other ${other}`))
    }
    sandbox.clock.pass(10 * MINUTE)
    const found = await mastodon.find?.(job, 0, first.memory, since, account, tools())
    expect(found).toEqual({ kind: 'there', remoteId: sandbox.statuses[0]?.id })
  })

  it('finds what waited under its new id once it is out', async () => {
    const job = { ...post('Later'), publishAt: sandbox.clock.now() + 3 * HOUR }
    const { remoteIds } = await run(job)
    sandbox.clock.pass(3 * HOUR)
    sandbox.publishDue()
    const seen = await mastodon.see?.(remoteIds[0] ?? '', account, tools())
    expect(seen).toMatchObject({ kind: 'seen', state: 'public', remoteId: sandbox.statuses[0]?.id })
  })

  it('says it of what waited and was dropped', async () => {
    const { remoteIds } = await run({ ...post('Later'), publishAt: sandbox.clock.now() + 3 * HOUR })
    sandbox.waiting.length = 0
    sandbox.clock.pass(4 * HOUR)
    const seen = await mastodon.see?.(remoteIds[0] ?? '', account, tools())
    expect(seen).toMatchObject({ state: 'removed', because: expect.stringContaining('dropped') })
  })

  it('changes no words of what waits', async () => {
    const job = { ...post('Later'), publishAt: sandbox.clock.now() + 3 * HOUR }
    const { remoteIds, memory } = await run(job)
    const other = { ...post('Other words'), publishAt: job.publishAt }
    const done = await mastodon.edit?.(remoteIds[0] ?? '', job, other, 0, memory, account, tools())
    expect(done).toMatchObject({ kind: 'trouble', trouble: { kind: 'refused', field: 'text' } })
  })

  it('says it of the date alone when as many wait for that day as the server lets', async () => {
    const noon = Math.ceil(sandbox.clock.now() / (24 * HOUR)) * 24 * HOUR + 12 * HOUR
    for (let sent = 0; sent < 25; sent += 1)
      await run({ ...post(`Post ${sent}`), deliveryId: `d${sent}`, fingerprint: `f${sent}`, publishAt: noon })
    const more = { ...post('One more'), deliveryId: 'more', fingerprint: 'more', publishAt: noon }
    expect((await run(more)).trouble).toMatchObject({ kind: 'refused', field: 'publishAt', notYet: true })
    expect(sandbox.waiting).toHaveLength(25)
  })

  describe('a quote', () => {
    const [address = '', second = ''] = MASTODON_OTHERS
    const quoting = (text: string, quote = address): Job => ({ ...post(text), fields: { quote } })
    const see = (id: string | undefined) => mastodon.see?.(id ?? '', account, tools())

    it('goes out by the id its own server has for the post, with the first of a thread alone', async () => {
      const parts = ['One', 'Two'].map((text) => ({ kind: 'thread' as const, text, html: '', media: [] }))
      const { trouble } = await run(aJob('', { parts, fields: { quote: second } }))
      expect(trouble).toBeNull()
      expect(sandbox.statuses.map(({ quote }) => quote?.id)).toEqual([sandbox.others[1]?.id, undefined])
    })

    it('is seen as waiting until the server of its author has agreed', async () => {
      const { remoteIds } = await run(quoting('Look'))
      expect(await see(remoteIds[0])).toMatchObject({
        state: 'in-review',
        because: expect.stringContaining('has not agreed yet'),
      })
      sandbox.clock.pass(MINUTE)
      expect(await see(remoteIds[0])).toMatchObject({ state: 'public', because: '' })
    })

    it.each([
      ['rejected', 'did not agree'],
      ['revoked', 'has taken the quote back'],
      ['deleted', 'was deleted'],
    ] as const)('that was %s is told', async (state, words) => {
      const [other] = sandbox.others
      if (other) other.approval = 'manual'
      const { remoteIds } = await run(quoting('Look'))
      const [{ quote } = { quote: null }] = sandbox.statuses
      if (quote) quote.state = state
      expect(await see(remoteIds[0])).toMatchObject({ state: 'partial', because: expect.stringContaining(words) })
    })

    it.each<[string, (sandbox: MastodonSandbox) => void, string]>([
      ['is gone', ({ others }) => void others.splice(0), 'does not find the post'],
      [
        'may not be quoted',
        ({ others }) => void Object.assign(others[0] ?? {}, { approval: 'denied' }),
        'does not let',
      ],
      [
        'may perhaps be quoted',
        ({ others }) => void Object.assign(others[0] ?? {}, { approval: 'unknown' }),
        'does not let',
      ],
      [
        'is quoted from an older server',
        ({ rules }) => void Object.assign(rules, { api: 6, version: '4.4.5' }),
        'runs 4.4.5',
      ],
    ])('of a post that %s is refused before it is sent', async (_what, change, words) => {
      change(sandbox)
      expect((await run(quoting('Look'))).trouble).toMatchObject({
        kind: 'refused',
        field: 'quote',
        reason: expect.stringContaining(words),
      })
      expect(sandbox.calls.filter(commit)).toEqual([])
    })

    it('is named where its author changed their mind between looking and sending', async () => {
      const job = quoting('Look')
      const prepared = await prepare(running(job), 0, {})
      sandbox.others.length = 0
      expect(await mastodon.commit(job, 0, prepared.memory, account, tools())).toMatchObject({
        trouble: { kind: 'refused', field: 'quote', reason: expect.stringContaining('trying to quote') },
      })
      sandbox.fail('POST /api/v1/statuses', instead({ status: 404, body: { error: 'Record not found' } }))
      const plain = post('Look')
      const ready = await prepare(running(plain), 0, {})
      expect(await mastodon.commit(plain, 0, ready.memory, account, tools())).toMatchObject({
        trouble: { kind: 'target-gone' },
      })
    })

    it('does not go together with pictures: the server names it', async () => {
      const { trouble } = await run({ ...post('Look', media), fields: { quote: address } })
      expect(trouble).toMatchObject({ kind: 'refused', field: 'quote' })
    })

    it('waits at the server with its post, and is kept when the text is changed; itself it cannot be', async () => {
      const waiting = { ...quoting('Later'), publishAt: sandbox.clock.now() + 3 * HOUR }
      await run(waiting)
      expect(sandbox.waiting[0]?.params).toMatchObject({ quoted_status_id: sandbox.others[0]?.id })
      sandbox.clock.pass(3 * HOUR)
      sandbox.publishDue()
      expect(sandbox.statuses[0]?.quote).toMatchObject({ id: sandbox.others[0]?.id })

      const job = quoting('Look')
      const { remoteIds, memory } = await run(job)
      const edit = (next: Job) => mastodon.edit?.(remoteIds[0] ?? '', job, next, 0, memory, account, tools())
      expect(await edit(quoting('Look again'))).toEqual({ kind: 'done' })
      expect(sandbox.statuses[1]).toMatchObject({ text: 'Look again', quote: { id: sandbox.others[0]?.id } })
      for (const next of [quoting('Look', second), post('Look')])
        expect(await edit(next)).toMatchObject({ trouble: { kind: 'refused', field: 'quote' } })
    })

    it('is read and made by another client in the same way', async () => {
      const client = createRestAPIClient({ url: sandbox.url, accessToken: MASTODON_TOKEN })
      const found = await client.v2.search.list({ q: address, resolve: true, type: 'statuses', limit: 1 })
      const [other] = found.statuses
      expect(other).toMatchObject({ url: address, quoteApproval: { currentUser: 'automatic' } })
      const made = await client.v1.statuses.create({ status: 'By masto', quotedStatusId: other?.id ?? '' })
      const { remoteIds } = await run(quoting('By ours'))
      sandbox.clock.pass(MINUTE)
      for (const id of [made.id, remoteIds[0] ?? ''])
        expect((await client.v1.statuses.$select(id).fetch()).quote).toMatchObject({
          state: 'accepted',
          quotedStatus: { url: address },
        })
    })
  })

  it('names the field of what is refused', async () => {
    expect((await run(post('x'.repeat(501)))).trouble).toMatchObject({ kind: 'refused', field: 'text' })
    const document = aPicture('dawn', 3000, { type: 'application/pdf' })
    expect((await run(post('A document', [document]))).trouble).toMatchObject({ kind: 'refused', field: 'media' })
  })

  it('is asked to wait by the server itself after too many calls', async () => {
    sandbox.limits.calls.most = 0
    const { trouble } = await run(post('Too many'))
    expect(trouble).toMatchObject({ kind: 'rate-limited', until: sandbox.clock.now() + 5 * MINUTE })
  })

  it('is the Mastodon that others know', async () => {
    const client = createRestAPIClient({ url: sandbox.url, accessToken: MASTODON_TOKEN })
    expect(await client.v2.instance.fetch()).toMatchObject({ domain: 'social.example' })
    expect(await client.v1.accounts.verifyCredentials()).toMatchObject({ id: '7' })
    const file = new Blob([new Uint8Array(100)], { type: 'image/png' })
    const uploaded = await client.v2.media.create({ file, description: 'words' })
    const made = await client.v1.statuses.create({ status: 'By masto', mediaIds: [uploaded.id], visibility: 'public' })
    expect(made).toMatchObject({ visibility: 'public', mediaAttachments: [{ description: 'words' }] })
    const reply = await client.v1.statuses.create({ status: 'Reply', inReplyToId: made.id })
    expect(reply.inReplyToId).toBe(made.id)
    await client.v1.statuses.$select(made.id).update({ status: 'Edited', mediaIds: [uploaded.id] })
    expect(await client.v1.statuses.$select(made.id).source.fetch()).toMatchObject({ text: 'Edited' })
    const asked = await client.v1.statuses.create({
      status: 'Which?',
      poll: { options: ['Tea', 'Coffee'], expiresIn: 3600 },
    })
    expect(asked.poll?.options.map(({ title }) => title)).toEqual(['Tea', 'Coffee'])
    await client.v1.statuses.$select(asked.id).remove()
    const parked = await client.v1.statuses.create({
      status: 'Parked',
      scheduledAt: new Date(sandbox.now() + HOUR).toISOString(),
    })
    expect(await client.v1.scheduledStatuses.$select(parked.id).fetch()).toMatchObject({ params: { text: 'Parked' } })
    await client.v1.scheduledStatuses.$select(parked.id).remove()
    expect(await client.v1.scheduledStatuses.list()).toEqual([])
    expect((await client.v1.accounts.$select('7').statuses.list()).map(({ id }) => id)).toEqual([reply.id, made.id])
    await client.v1.statuses.$select(made.id).remove()
    await expect(client.v1.statuses.$select(made.id).fetch()).rejects.toThrow()
  })
})
