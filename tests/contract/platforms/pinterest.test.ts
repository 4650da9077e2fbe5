import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Job, SentMedium } from '../../../electron/platforms/adapter.ts'
import { pinterest } from '../../../electron/platforms/pinterest.ts'
import { type PinterestSandbox, pinterestError, startPinterest } from '../../sandbox/pinterest.ts'
import { inSandbox } from '../../sandbox/reroute.ts'
import { cutAfter, matching } from '../../sandbox/server.ts'
import { aJob, aPicture, bytesFor, deliver, type Preparing, prepare, testTools } from './deliver.ts'
import { platformContract } from './platformContract.ts'

const picture = aPicture('one')
const film = aPicture('film', 9_000_000, { type: 'video/mp4', duration: 20, alt: '' })
const cover = aPicture('cover', 2000, { type: 'image/jpeg' })
const post = (text: string, files: readonly SentMedium[] = [picture], fields: Job['fields'] = {}): Job =>
  aJob(text, { fields: { board: 'Harbour', ...fields }, parts: [{ kind: 'post', text, html: '', media: files }] })
const given = {
  accessToken: 'pina_first-access',
  refreshToken: 'pinr_first-refresh',
  clientId: '1500000',
  clientSecret: 'hush-hush',
}
let url = ''
const adapter = inSandbox(pinterest, () => url)

platformContract('Pinterest', {
  adapter,
  start: async () => {
    const sandbox = await startPinterest()
    url = sandbox.url
    return {
      sandbox,
      given,
      visible: () => sandbox.visible().map(({ id, text }) => ({ remoteId: id, text })),
      waiting: () => [],
      expire: () => {
        sandbox.access = 'expired'
      },
      withdraw: () => {
        sandbox.access = 'revoked'
      },
      changeThere: (id, text) => {
        const pin = sandbox.pins.get(id)
        if (pin) pin.description = text
      },
    }
  },
  post: (text, files) => post(text, files),
  media: [picture],
  commit: matching('POST /api.pinterest.com/v5/pins'),
  rateLimit: {
    reply: () => pinterestError(429, 8, 'Too many requests, slow down.', { 'x-ratelimit-reset': '90' }),
    wait: 90_000,
  },
  repeated: 'twice',
  edits: 'text',
  finds: true,
})

describe('Pinterest, by its notes', () => {
  let sandbox: PinterestSandbox

  beforeEach(async () => {
    sandbox = await startPinterest()
    url = sandbox.url
  })
  afterEach(() => sandbox.close())

  async function delivering(job: Job): Promise<Preparing> {
    const answer = await adapter.connect(given, testTools(sandbox.clock, {}))
    if (answer.kind !== 'connected') throw new Error(JSON.stringify(answer.trouble))
    const { account, secrets } = answer
    const tools = testTools(sandbox.clock, secrets, bytesFor(picture, aPicture('two'), film, cover))
    return { adapter, job, account, clock: sandbox.clock, tools }
  }
  const sources = () => [...sandbox.pins.values()].map(({ source }) => source)

  it('sends title, link and alternative text, to a board by its name or its number', async () => {
    const fields = { title: 'Dawn', link: 'https://example.org/a' }
    const preparing = await delivering(post('Boats', [picture], fields))
    await deliver(preparing)
    await deliver({ ...preparing, job: post('More', [picture], { board: '549755885176' }) })
    expect([...sandbox.pins.values()]).toMatchObject([
      {
        title: 'Dawn',
        description: 'Boats',
        link: 'https://example.org/a',
        alt_text: 'What one shows',
        board_id: '549755885175',
      },
      { description: 'More', board_id: '549755885176' },
    ])
  })

  it('sends several pictures as a carousel', async () => {
    await deliver(await delivering(post('Two', [picture, aPicture('two')])))
    expect(sources()).toMatchObject([
      { source_type: 'multiple_image_base64', items: [{ content_type: 'image/png' }, {}] },
    ])
  })

  it('sends a film to the bucket, the file last, waits for it, and gives it its cover', async () => {
    const preparing = await delivering(post('Film', [film, cover], { cover: 'cover' }))
    sandbox.fail('POST /pinterest-media-upload.s3.example.org/', cutAfter(1000))
    const cut = await prepare(preparing, 0, {})
    expect(cut).toMatchObject({ trouble: { kind: 'server-fault' } })
    expect((await deliver(preparing, cut.memory)).trouble).toBeNull()
    expect([...sandbox.films.values()]).toMatchObject([{ bytes: film.size, polls: 0 }])
    expect(sources()).toMatchObject([{ source_type: 'video_id', cover_image_content_type: 'image/jpeg' }])
  })

  it('says of a pin of an app on trial that only its account sees it', async () => {
    for (const [as, state] of [
      ['trial', 'private'],
      ['', 'public'],
    ] as const) {
      const connected = await adapter.connect({ ...given, as }, testTools(sandbox.clock, {}))
      if (connected.kind !== 'connected') throw new Error('Not connected.')
      const { account, secrets } = connected
      const tools = testTools(sandbox.clock, secrets, bytesFor(picture))
      const job = post(`Seen ${state}`)
      const { remoteIds } = await deliver({ adapter, job, account, tools, clock: sandbox.clock })
      expect(await adapter.see?.(remoteIds[0] ?? '', account, tools)).toMatchObject({ kind: 'seen', state })
    }
  })

  for (const [what, job, field] of [
    ['a board that is not there', post('Lost', [picture], { board: 'Nowhere' }), 'board'],
    ['a board that is gone', post('Lost', [picture], { board: '1' }), 'board'],
    ['a title that is too long', post('Long', [picture], { title: 'x'.repeat(101) }), 'title'],
    ['a description that is too long', post('x'.repeat(801)), 'text'],
    ['a link that is none', post('Link', [picture], { link: 'nowhere' }), 'link'],
    ['a film without a cover', post('Film', [film]), 'cover'],
    ['a type it does not take', post('Type', [aPicture('one', 3000, { type: 'image/webp' })]), 'media'],
  ] as const)
    it(`names the field of ${what}`, async () => {
      expect((await deliver(await delivering(job))).trouble).toMatchObject({ kind: 'refused', field })
      expect(sandbox.visible()).toEqual([])
    })
})
