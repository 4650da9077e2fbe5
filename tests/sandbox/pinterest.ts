/** Pinterest as its notes tell it: pins on boards, pictures as base64, films through a bucket, refresh tokens that rotate, no guard against doubles. */
import { type Audience, createAudience } from './audience.ts'
import { every, type Limits, limit, rolling, spend, tightest } from './limits.ts'
import { rightsOf } from './rights.ts'
import {
  type Call,
  type Clock,
  formOf,
  isSpoilt,
  jsonOf,
  type Reply,
  type Route,
  type Sandbox,
  type Spoiling,
  startSandbox,
  tokenOf,
} from './server.ts'
import { type ShownMedium, type ShownPost, shownMedium } from './shown.ts'

interface Pin {
  readonly id: string
  readonly at: number
  readonly board_id: string
  readonly board_section_id: string
  title: string
  description: string
  link: string
  alt_text: string
  readonly source: Readonly<Record<string, unknown>>
}
interface Film {
  readonly id: string
  bytes: number
  polls: number
  failed: boolean
}
export interface PinterestSandbox extends Sandbox {
  readonly pins: Map<string, Pin>
  readonly films: Map<string, Film>
  access: 'fine' | 'expired' | 'revoked'
  /** What the app may; on trial all its accounts share its calls of a day. */
  tier: 'standard' | 'trial'
  /** What an access may. */
  readonly rights: Set<string>
  /** The account is no business, and its app too new to be told anything of it. */
  personal: boolean
  /** What others do with its pins; counted by the names of the network. */
  readonly audience: Audience
  readonly spoiling: Spoiling
  readonly limits: Limits<'second' | 'reads' | 'writes' | 'trial' | 'trialWrites'>
  visible(): ShownPost[]
  takeAway(id: string): void
}

export const pinterestError = (
  status: number,
  code: number,
  message: string,
  headers?: Record<string, string>,
): Reply => ({
  status,
  headers,
  body: { code, message },
})

const DAY = 86_400_000
const BOARDS = [
  { id: '549755885175', name: 'Harbour', privacy: 'PUBLIC' },
  { id: '549755885176', name: 'Boats', privacy: 'PUBLIC' },
]

/** By the board they are on. */
const SECTIONS = [
  { id: '5251788495612345678', name: 'At dawn', board: '549755885175' },
  { id: '5251788495612345679', name: 'At dusk', board: '549755885175' },
]

export async function startPinterest({
  clock,
  polls = 2,
}: {
  clock?: Clock
  polls?: number
} = {}): Promise<PinterestSandbox> {
  const pins = new Map<string, Pin>()
  const films = new Map<string, Film>()
  const rights = rightsOf('pinterest')
  const audience = createAudience(() => sandbox.now())
  let accessToken = 'pina_first-access'
  let refreshToken = 'pinr_first-refresh'
  let last = 813_744_226_420_795_000n
  const next = () => String(++last)
  let sandbox: PinterestSandbox

  function pictureFault({ content_type, data }: Record<string, unknown>): Reply | undefined {
    if (content_type !== 'image/jpeg' && content_type !== 'image/png')
      return pinterestError(400, 1, 'Invalid content_type of the image')
    const text = typeof data === 'string' ? data : ''
    return text !== '' && Buffer.from(text, 'base64').toString('base64') === text
      ? undefined
      : pinterestError(400, 1, 'Invalid base64 image')
  }

  function shown({ source, alt_text }: Pin): ShownMedium[] {
    if (source.source_type === 'video_id') return [shownMedium('video/mp4', alt_text, null)]
    const items = Array.isArray(source.items) ? (source.items as Record<string, unknown>[]) : [source]
    return items.map(({ content_type, data }) =>
      shownMedium(String(content_type), alt_text, Buffer.from(String(data ?? ''), 'base64')),
    )
  }

  const publish: Route = (call) => {
    const asked = jsonOf(call) as Record<string, unknown> & { media_source?: Record<string, unknown> }
    const text = (name: string) => (typeof asked[name] === 'string' ? asked[name] : '')
    if (!BOARDS.some(({ id }) => id === asked.board_id)) return pinterestError(404, 40, 'Board not found.')
    const section = text('board_section_id')
    if (section && !SECTIONS.some(({ id, board }) => id === section && board === asked.board_id))
      return pinterestError(404, 0, 'Board section not found.')
    if (text('title').length > 100)
      return pinterestError(400, 1, 'Invalid request: title is longer than 100 characters')
    if (text('description').length > 800)
      return pinterestError(400, 1, 'Invalid request: description is longer than 800 characters')
    if (text('link') && !URL.canParse(text('link'))) return pinterestError(400, 1, 'Invalid URL in link')
    const source = asked.media_source ?? {}
    switch (source.source_type) {
      case 'image_base64': {
        const fault = pictureFault(source)
        if (fault) return fault
        break
      }
      case 'multiple_image_base64': {
        const items = Array.isArray(source.items) ? (source.items as Record<string, unknown>[]) : []
        if (items.length < 2 || items.length > 5) return pinterestError(400, 1, 'Invalid number of items')
        const fault = items.map(pictureFault).find((one) => one !== undefined)
        if (fault) return fault
        break
      }
      case 'video_id': {
        const film = films.get(String(source.media_id))
        if (!film || film.polls > 0 || film.bytes === 0) return pinterestError(400, 1, 'Invalid media_id')
        if (source.cover_image_content_type) {
          const fault = pictureFault({ content_type: source.cover_image_content_type, data: source.cover_image_data })
          if (fault) return fault
        } else if (source.cover_image_key_frame_time === undefined && !source.cover_image_url)
          return pinterestError(400, 1, 'Invalid request: a cover is required')
        break
      }
      default:
        return pinterestError(400, 1, 'Invalid media_source')
    }
    const pin: Pin = {
      id: next(),
      at: sandbox.now(),
      board_id: String(asked.board_id),
      board_section_id: section,
      title: text('title'),
      description: text('description'),
      link: text('link'),
      alt_text: text('alt_text'),
      source,
    }
    pins.set(pin.id, pin)
    return { status: 201, body: node(pin) }
  }

  const node = ({ source: _, at, board_section_id, ...pin }: Pin) => ({
    ...pin,
    ...(board_section_id ? { board_section_id } : {}),
    created_at: new Date(at).toISOString().slice(0, 19),
  })
  /** Of pins from before 20 March 2023 that are no films only the last 90 days are told, without reactions and comments; of new ones nothing. */
  function metricsOf({ id, at, source }: Pin) {
    const there = audience.countsOf(id)
    if (Object.keys(there).length === 0) return null
    const { reaction = 0, comment = 0, ...counted } = there
    const lately = { pin_click: 0, impression: 0, clickthrough: 0, save: 0, ...counted }
    const isOld = at < Date.UTC(2023, 2, 20) && source.source_type !== 'video_id'
    return { '90d': lately, ...(isOld ? {} : { lifetime_metrics: { ...lately, reaction, comment } }) }
  }

  const readPin: Route = (call) => {
    if (!rights.has('pins:read')) return pinterestError(403, 3, 'Authorization failed.')
    if (sandbox.personal) return pinterestError(403, 29, 'PINNER_DATA_ACCESS_DENIED')
    const pin = pins.get(call.params.id ?? '')
    if (!pin) return pinterestError(404, 50, 'Pin not found.')
    const told = call.query.get('pin_metrics') === 'true' ? { pin_metrics: metricsOf(pin) } : {}
    return { status: 200, body: { ...node(pin), ...told } }
  }
  const paged = (call: Call, all: readonly unknown[]): Reply => {
    const from = Number(call.query.get('bookmark') ?? 0)
    const most = Math.min(Number(call.query.get('page_size') ?? 25), 250)
    return {
      status: 200,
      body: { items: all.slice(from, from + most), bookmark: from + most < all.length ? String(from + most) : null },
    }
  }

  const P = '/api.pinterest.com/v5'
  const routes: Record<string, Route> = {
    [`POST ${P}/oauth/token`]: async (call) => {
      const form = await formOf(call)
      const [id, secret] = Buffer.from(tokenOf(call, 'Basic'), 'base64').toString('utf8').split(':')
      if (!id || !secret || form.get('grant_type') !== 'refresh_token')
        return pinterestError(401, 2, 'Authentication failed.')
      if (form.get('refresh_token') !== refreshToken || sandbox.access === 'revoked')
        return pinterestError(400, 283, 'Invalid refresh token')
      accessToken = `pina_access-${next()}`
      refreshToken = `pinr_refresh-${next()}`
      sandbox.access = 'fine'
      return {
        status: 200,
        body: {
          access_token: accessToken,
          expires_in: 2_592_000,
          refresh_token: refreshToken,
          refresh_token_expires_in: 5_184_000,
          scope: 'pins:write',
        },
      }
    },
    [`GET ${P}/user_account`]: () => ({
      status: 200,
      body: {
        id: '55',
        username: 'harbour',
        account_type: 'BUSINESS',
        business_name: 'Harbour Museum',
        follower_count: 9,
      },
    }),
    [`GET ${P}/boards`]: (call) => paged(call, BOARDS),
    [`GET ${P}/boards/:id/pins`]: (call) =>
      paged(
        call,
        [...pins.values()]
          .reverse()
          .filter((pin) => pin.board_id === call.params.id && pin.board_section_id === '')
          .map(node),
      ),
    [`GET ${P}/boards/:id/sections`]: (call) =>
      BOARDS.some(({ id }) => id === call.params.id)
        ? paged(
            call,
            SECTIONS.filter(({ board }) => board === call.params.id).map(({ board: _, ...section }) => section),
          )
        : pinterestError(404, 40, 'Board not found.'),
    [`GET ${P}/boards/:id/sections/:section/pins`]: (call) =>
      paged(call, [...pins.values()].filter((pin) => pin.board_section_id === call.params.section).map(node)),
    [`POST ${P}/pins`]: publish,
    [`GET ${P}/pins/:id`]: readPin,
    [`PATCH ${P}/pins/:id`]: (call) => {
      const pin = pins.get(call.params.id ?? '')
      if (!pin) return pinterestError(404, 50, 'Pin not found.')
      const { title, description, link } = jsonOf(call) as Partial<Pin>
      Object.assign(pin, {
        ...(title === undefined ? {} : { title }),
        ...(description === undefined ? {} : { description }),
        ...(link === undefined ? {} : { link }),
      })
      return { status: 200, body: node(pin) }
    },
    [`DELETE ${P}/pins/:id`]: (call) =>
      pins.delete(call.params.id ?? '') ? { status: 204 } : pinterestError(404, 50, 'Pin not found.'),
    [`POST ${P}/media`]: (call) => {
      if (jsonOf(call).media_type !== 'video') return pinterestError(400, 1, 'Invalid media_type')
      const id = next()
      films.set(id, { id, bytes: 0, polls, failed: false })
      return {
        status: 201,
        body: {
          media_id: id,
          media_type: 'video',
          upload_url: 'https://pinterest-media-upload.s3.example.org/',
          upload_parameters: { key: `uploads/${id}`, policy: 'cG9saWN5', 'x-amz-signature': 'abc' },
        },
      }
    },
    'POST /pinterest-media-upload.s3.example.org/': async (call) => {
      if (call.headers.authorization) return { status: 400, body: '<Error><Code>InvalidArgument</Code></Error>' }
      const form = await formOf(call)
      const names = [...form.keys()]
      const file = form.get('file')
      const film = films.get(String(form.get('key')).replace('uploads/', ''))
      if (!film || names.at(-1) !== 'file' || !(file instanceof Blob) || !form.get('policy')) return { status: 403 }
      film.bytes = file.size
      return { status: 204 }
    },
    [`GET ${P}/media/:id`]: (call) => {
      const film = films.get(call.params.id ?? '')
      if (!film) return pinterestError(404, 51, 'Media not found.')
      if (film.bytes > 0 && film.polls > 0) film.polls -= 1
      if (film.bytes > 0 && film.polls === 0 && isSpoilt(sandbox.spoiling)) film.failed = true
      if (film.failed) return { status: 200, body: { media_id: film.id, media_type: 'video', status: 'failed' } }
      const status = film.bytes === 0 ? 'registered' : film.polls > 0 ? 'processing' : 'succeeded'
      return { status: 200, body: { media_id: film.id, media_type: 'video', status } }
    },
  }

  const now = () => sandbox.now()
  const limits = {
    second: limit(now, 100, rolling(1_000)),
    reads: limit(now, 1_000, every(60_000)),
    writes: limit(now, 100, every(60_000)),
    trial: limit(now, 1_000, every(DAY)),
    trialWrites: limit(now, 300, every(DAY)),
  }
  const isCounted = ({ path }: Call) => path.startsWith(P) && !path.endsWith('/oauth/token')
  function limitsOf(call: Call) {
    if (!isCounted(call)) return []
    const isRead = call.method === 'GET'
    if (sandbox.tier === 'trial') return isRead ? [limits.trial] : [limits.trialWrites, limits.trial]
    return [limits.second, isRead ? limits.reads : limits.writes]
  }

  const started = await startSandbox(routes, {
    clock,
    missing: pinterestError(404, 0, 'Not found'),
    headers: (call): Readonly<Record<string, string>> => {
      const next = tightest(limitsOf(call))
      if (!next || !Number.isFinite(next.most)) return {}
      return {
        'x-ratelimit-limit': String(next.most),
        'x-ratelimit-remaining': String(next.left()),
        // To wait, and no date.
        'x-ratelimit-reset': String(Math.ceil((next.ends() - now()) / 1000)),
      }
    },
    before: (call) => {
      if (!isCounted(call)) return undefined
      if (tokenOf(call) !== accessToken || sandbox.access !== 'fine')
        return pinterestError(401, 2, 'Authentication failed.')
      return spend(limitsOf(call)) ? pinterestError(429, 8, 'Too many requests, slow down.') : undefined
    },
  })
  sandbox = Object.assign(started, {
    pins,
    films,
    access: 'fine' as const,
    tier: 'standard' as const,
    rights,
    personal: false,
    audience,
    limits,
    spoiling: { next: false },
    takeAway: (id: string) => void pins.delete(id),
    visible: () => [...pins.values()].map((pin) => ({ id: pin.id, text: pin.description, media: shown(pin) })),
  })
  return sandbox
}
