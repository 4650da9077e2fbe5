import { promisify } from 'node:util'
import { ApiClient, BoardsApi, MediaApi, PinsApi, UserAccountApi } from 'pinterest-sdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Job, SentMedium } from '../../../electron/platforms/adapter.ts'
import { pinterest } from '../../../electron/platforms/pinterest.ts'
import { type PinterestSandbox, pinterestError, startPinterest } from '../../sandbox/pinterest.ts'
import { inSandbox } from '../../sandbox/reroute.ts'
import { cutAfter, lostAnswer, matching } from '../../sandbox/server.ts'
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
      audience: sandbox.audience,
      takeAway: sandbox.takeAway,
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
  numbers: {
    there: { impression: 800, pin_click: 40, clickthrough: 25, save: 9, reaction: 6, comment: 2 },
    told: { views: 800, clicks: 25, saves: 9, likes: 6, comments: 2 },
  },
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

  it.each(['at dawn', '5251788495612345678'])(
    'puts a pin into a section of its board, written as %s',
    async (written) => {
      const { trouble } = await deliver(await delivering(post('Boats', [picture], { boardSection: written })))
      expect(trouble).toBeNull()
      expect([...sandbox.pins.values()]).toMatchObject([
        { board_id: '549755885175', board_section_id: '5251788495612345678' },
      ])
    },
  )

  it('looks for a pin whose answer was lost in the section it was put into', async () => {
    const preparing = await delivering(post('Boats', [picture], { boardSection: 'At dusk' }))
    const { memory } = await prepare(preparing, 0, {})
    const since = sandbox.now()
    sandbox.fail('POST /api.pinterest.com/v5/pins', lostAnswer)
    const { job, account, tools } = preparing
    expect(await adapter.commit(job, 0, memory, account, tools)).toMatchObject({ trouble: { kind: 'unknown' } })
    const found = await adapter.find?.(job, 0, memory, since, account, tools)
    expect(found).toEqual({ kind: 'there', remoteId: [...sandbox.pins.keys()][0] })
  })

  it('says which section a board does not have, before anything is sent', async () => {
    const { trouble } = await deliver(await delivering(post('Lost', [picture], { boardSection: 'At noon' })))
    expect(trouble).toMatchObject({ reason: 'The board Harbour has no section with the name At noon.' })
    expect(sandbox.calls.every(({ method }) => method === 'GET')).toBe(true)
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

  describe('what is counted of a pin', () => {
    async function out() {
      const preparing = await delivering(post('Boats'))
      const { remoteIds } = await deliver(preparing)
      const remoteId = remoteIds[0] ?? ''
      return { remoteId, count: () => adapter.metrics?.(remoteId, preparing.account, preparing.tools) }
    }

    it('is nothing that is known as long as Pinterest tells of none', async () => {
      expect(await (await out()).count()).toEqual({ kind: 'counted', counts: {} })
    })

    it('is that of the last 90 days of an old pin, and no 0 of what those leave out', async () => {
      const { remoteId, count } = await out()
      sandbox.audience.react(remoteId, { impression: 3 })
      Object.assign(sandbox.pins.get(remoteId) ?? {}, { at: Date.UTC(2022, 0, 1) })
      expect(await count()).toEqual({ kind: 'counted', counts: { views: 3, clicks: 0, saves: 0 } })
    })

    it('is told of no account that is no business', async () => {
      const { count } = await out()
      sandbox.personal = true
      expect(await count()).toEqual({ kind: 'untold' })
    })

    it('needs a right, and says which', async () => {
      const { count } = await out()
      sandbox.rights.delete('pins:read')
      expect(await count()).toMatchObject({ trouble: { kind: 'not-permitted', right: 'pins:read' } })
    })
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
    ['a section that is not there', post('Lost', [picture], { boardSection: 'At noon' }), 'boardSection'],
    [
      'a section of another board',
      post('Lost', [picture], { board: 'Boats', boardSection: 'At dawn' }),
      'boardSection',
    ],
    ['a section that is gone', post('Lost', [picture], { boardSection: '1' }), 'boardSection'],
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

describe('the sandbox of Pinterest, by a client of others', () => {
  let sandbox: PinterestSandbox

  beforeEach(async () => {
    sandbox = await startPinterest({ polls: 1 })
  })
  afterEach(() => sandbox.close())

  /** Made from Pinterest's own description of its interface: what it gives has been read by that. */
  function client() {
    const line = new ApiClient(`${sandbox.url}/api.pinterest.com/v5`)
    line.authentications.pinterest_oauth2.accessToken = given.accessToken
    const [user, boards, pins, media] = [
      new UserAccountApi(line),
      new BoardsApi(line),
      new PinsApi(line),
      new MediaApi(line),
    ]
    return {
      me: promisify(user.userAccountGet.bind(user)),
      boards: promisify(boards.boardsList.bind(boards)),
      sections: promisify(boards.boardSectionsList.bind(boards)),
      pinsOf: promisify(boards.boardsListPins.bind(boards)),
      create: promisify(pins.pinsCreate.bind(pins)),
      get: promisify(pins.pinsGet.bind(pins)),
      remove: promisify(pins.pinsDelete.bind(pins)),
      register: promisify(media.mediaCreate.bind(media)),
      look: promisify(media.mediaGet.bind(media)),
    }
  }
  const bytes = Buffer.from(bytesFor(picture).get(picture.id) ?? [])

  it('is taken for Pinterest: who am I, boards by pages and their sections, a picture, a film with its cover, the list, deletion, refusals', async () => {
    const there = client()
    expect(await there.me({})).toMatchObject({ username: 'harbour', account_type: 'BUSINESS' })
    const first = await there.boards({ pageSize: 1 })
    const second = await there.boards({ pageSize: 1, bookmark: first.bookmark })
    expect([...first.items, ...second.items]).toMatchObject([{ name: 'Harbour' }, { name: 'Boats' }])
    const board_id = String(first.items[0]?.id)
    expect((await there.sections(board_id, {})).items).toMatchObject([{ name: 'At dawn' }, { name: 'At dusk' }])

    const pin = { board_id, title: 'Dawn', description: 'Boats', alt_text: 'Two boats', link: 'https://example.org/' }
    const image = { source_type: 'image_base64', content_type: 'image/png', data: bytes.toString('base64') }
    const still = await there.create({ ...pin, media_source: image })
    expect(await there.get(still.id, {})).toEqual({ ...pin, id: still.id, created_at: new Date(sandbox.now()) })

    const { media_id, upload_url, upload_parameters } = await there.register({ media_type: 'video' })
    const form = new FormData()
    for (const [name, value] of Object.entries(upload_parameters)) form.set(name, value)
    form.set('file', new Blob([bytes]))
    const sent = await fetch(`${sandbox.url}/${new URL(upload_url).host}/`, { method: 'POST', body: form })
    expect(sent.status).toBe(204)
    expect(await there.look(media_id)).toMatchObject({ media_id, status: 'succeeded' })
    const cover_image_url = 'https://example.org/cover.jpg'
    const moving = await there.create({ ...pin, media_source: { source_type: 'video_id', media_id, cover_image_url } })
    const listed = await there.pinsOf(board_id, {})
    expect(listed.items.map(({ id }) => id)).toEqual([moving.id, still.id])

    await there.remove(still.id)
    await expect(there.get(still.id, {})).rejects.toMatchObject({ status: 404, response: { body: { code: 50 } } })
    await expect(there.create({ ...pin, board_id: '1', media_source: image })).rejects.toMatchObject({
      status: 404,
      response: { body: { code: 40, message: 'Board not found.' } },
    })
    sandbox.access = 'expired'
    await expect(there.me({})).rejects.toMatchObject({ status: 401 })
  })
})
