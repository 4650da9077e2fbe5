/**
 * Snapchat's interface for public profiles as its notes tell it: media that come enciphered and are posted once, three places to post
 * to, errors inside of answers that look well, apps that were not admitted.
 */
import { createDecipheriv } from 'node:crypto'
import { type Audience, createAudience } from './audience.ts'
import { type Limits, limit, rolling, spend } from './limits.ts'
import {
  type Call,
  type Clock,
  formOf,
  jsonOf,
  type Reply,
  type Route,
  type Sandbox,
  startSandbox,
  tokenOf,
} from './server.ts'
import { type ShownMedium, type ShownPost, shownMedium } from './shown.ts'

const DAY = 86_400_000
const PART = 32 * 1024 * 1024
export const PROFILE = '0a7e5d4c-profile'

interface Media {
  readonly id: string
  readonly type: 'IMAGE' | 'VIDEO'
  readonly name: string
  readonly key: Buffer
  readonly iv: Buffer
  readonly parts: Map<number, Buffer>
  readonly at: number
  /** What was sent, deciphered; null until it was finished. */
  file: Buffer | null
  posted: boolean
}
interface Snap {
  readonly id: string
  readonly surface: 'stories' | 'saved_stories' | 'spotlights'
  readonly media: string
  readonly text: string
  readonly more: Readonly<Record<string, unknown>>
  readonly at: number
  reviews: number
  rejected: boolean
}

export interface SnapchatSandbox extends Sandbox {
  readonly media: Map<string, Media>
  readonly snaps: Snap[]
  /** Snap has admitted the app. */
  admitted: boolean
  /** Whether the profile's stories may be listed. */
  listsStories: boolean
  /** Spotlights are shown only once this is set. */
  moderated: boolean
  access: 'fine' | 'expired' | 'revoked'
  /** What others do with its snaps; counted by the names of the network. */
  readonly audience: Audience
  /** How it tells numbers: as a list of them, or by their names. */
  statsAs: 'list' | 'map'
  /** Calls in a second. */
  readonly limits: Limits<'token' | 'app'>
  visible(): ShownPost[]
  takeAway(id: string): void
}

let requests = 0
export const snapError = (status: number, error_code: string, display_message = '', headers = {}): Reply => ({
  status,
  headers,
  body: {
    request_status: 'ERROR',
    request_id: `r${++requests}`,
    error_code,
    debug_message: error_code.toLowerCase(),
    display_message,
  },
})
const success = (more: object): Reply => ({
  status: 200,
  body: { request_status: 'SUCCESS', request_id: `r${++requests}`, ...more },
})

export async function startSnapchat({
  clock,
  reviews = 0,
}: {
  clock?: Clock
  /** Questions about a Spotlight that are answered with "submitted". */
  reviews?: number
} = {}): Promise<SnapchatSandbox> {
  const media = new Map<string, Media>()
  const snaps: Snap[] = []
  const audience = createAudience(() => sandbox.now())
  let accessToken = 'snap-first-access'
  let refreshToken = 'snap-first-refresh'
  let last = 4_000
  const next = (prefix: string) => `${prefix}-${++last}`
  let sandbox: SnapchatSandbox

  const profile = {
    id: PROFILE,
    display_name: 'Harbour Museum',
    snap_user_name: 'harbourmuseum',
    organization_id: 'o-1',
    subscriber_count: '1520',
    profile_tier: 'TIER_PUBLIC',
    profile_type: 'PUBLIC_PROFILE',
  }

  const create: Route = (call) => {
    const { type, name, key, iv } = jsonOf(call) as Record<string, string>
    const bytes = (text: string | undefined) => Buffer.from(text ?? '', 'base64')
    if (type !== 'IMAGE' && type !== 'VIDEO') return snapError(400, 'INVALID_MEDIA_TYPE', 'The type is not known')
    if (bytes(key).length !== 32 || bytes(iv).length !== 16)
      return snapError(400, 'INVALID_ENCRYPTION', 'Wrong key or IV')
    const id = next('media')
    const made: Media = {
      id,
      type,
      name: name ?? '',
      key: bytes(key),
      iv: bytes(iv),
      parts: new Map(),
      at: sandbox.now(),
      file: null,
      posted: false,
    }
    media.set(id, made)
    const path = `/us/v1/media/${id}`
    return success({ media_id: id, add_path: `${path}/add`, finalize_path: `${path}/finalize` })
  }

  const expired = ({ at }: Media) => sandbox.now() - at > DAY
  const inUpload =
    (work: (one: Media, form: FormData) => Reply | Promise<Reply>): Route =>
    async (call) => {
      const one = media.get(call.params.id ?? '')
      if (!one) return snapError(404, 'MEDIA_NOT_FOUND')
      if (expired(one)) return snapError(200, 'MEDIA_EXPIRED', 'Please upload again')
      return work(one, await formOf(call))
    }

  const add = inUpload(async (one, form) => {
    const file = form.get('file')
    const number = Number(form.get('part_number'))
    if (form.get('action') !== 'ADD' || !(file instanceof Blob)) return snapError(400, 'INVALID_UPLOAD')
    if (!(number >= 1 && number <= 35)) return snapError(400, 'INVALID_PART_NUMBER', 'At most 35 parts')
    if (file.size > PART) return snapError(400, 'PART_TOO_LARGE', 'At most 32 MB a part')
    one.parts.set(number, Buffer.from(await file.arrayBuffer()))
    return success({})
  })

  const finalize = inUpload((one, form) => {
    if (form.get('action') !== 'FINALIZE') return snapError(400, 'INVALID_UPLOAD')
    const numbers = [...one.parts.keys()].sort((a, b) => a - b)
    if (numbers.length === 0 || numbers.some((number, index) => number !== index + 1))
      return snapError(400, 'MISSING_PARTS')
    const decipher = createDecipheriv('aes-256-cbc', one.key, one.iv)
    try {
      const plain = numbers.map((number) => decipher.update(one.parts.get(number) ?? Buffer.alloc(0)))
      one.file = Buffer.concat([...plain, decipher.final()])
    } catch {
      return snapError(400, 'INVALID_ENCRYPTION', 'The media cannot be deciphered')
    }
    return success({})
  })

  function shownFile(id: string): ShownMedium {
    const one = media.get(id)
    return shownMedium(one?.type === 'IMAGE' ? 'image/jpeg' : 'video/mp4', '', one?.file ?? null)
  }

  /** Takes a medium for a post; once. */
  function taken(id: unknown, videosOnly: boolean): Media | Reply {
    const one = media.get(String(id))
    if (!one?.file) return snapError(400, 'MEDIA_NOT_READY', 'The upload was not finished')
    if (one.posted) return snapError(200, 'MEDIA_POSTING_ALREADY_IN_PROGRESS', 'This media is being posted')
    if (expired(one)) return snapError(200, 'MEDIA_EXPIRED', 'Please upload again')
    if (videosOnly && one.type !== 'VIDEO') return snapError(400, 'INVALID_MEDIA_TYPE', 'Only videos')
    return one
  }
  function post(surface: Snap['surface'], one: Media, text: string, more: Snap['more']): Snap {
    one.posted = true
    const snap: Snap = {
      id: next(surface),
      surface,
      media: one.id,
      text,
      more,
      at: sandbox.now(),
      reviews,
      rejected: false,
    }
    snaps.push(snap)
    return snap
  }
  const isReply = (one: Media | Reply): one is Reply => 'status' in one

  const story: Route = (call) => {
    const { media_id, ...more } = jsonOf(call)
    const ttl = more.customized_ttl
    if (ttl !== undefined && !['ONE_DAY', 'TWO_DAYS', 'THREE_DAYS', 'ONE_WEEK'].includes(String(ttl)))
      return snapError(400, 'INVALID_TTL')
    const one = taken(media_id, false)
    if (isReply(one)) return one
    post('stories', one, '', more)
    return success({})
  }

  const savedStory: Route = (call) => {
    const { saved_stories } = jsonOf(call) as {
      saved_stories?: readonly { title?: string; snap_sources?: readonly { media_id?: string }[] }[]
    }
    const { title = '', snap_sources = [] } = saved_stories?.[0] ?? {}
    const wrapped = (item: object) => success({ saved_stories: [item] })
    if (title.length > 45)
      return wrapped({ sub_request_status: 'ERROR', sub_request_error_reason: 'The title is too long' })
    const one = taken(snap_sources[0]?.media_id, false)
    if (isReply(one)) return one
    const { id } = post('saved_stories', one, title, {})
    return wrapped({ sub_request_status: 'SUCCESS', saved_story: { id } })
  }

  const spotlight: Route = (call) => {
    const { media_id, description = '', ...more } = jsonOf(call)
    if (!more.locale) return snapError(400, 'MISSING_LOCALE', 'locale is required')
    if (String(description).length > 160) return snapError(400, 'DESCRIPTION_TOO_LONG', 'The description is too long')
    const one = taken(media_id, true)
    return isReply(one) ? one : success({ spotlight_id: post('spotlights', one, String(description), more).id })
  }

  const stateOf = (one: Snap): string => {
    if (one.rejected) return 'REJECTED'
    if (!sandbox.moderated) return 'SUBMITTED'
    if (one.reviews === 0) return 'LIVE'
    one.reviews -= 1
    return 'SUBMITTED'
  }
  const iso = (at: number) => new Date(at).toISOString()
  const DAYS: Readonly<Record<string, number>> = { TWO_DAYS: 2, THREE_DAYS: 3, ONE_WEEK: 7 }
  const shown: Readonly<Record<Snap['surface'], readonly [one: string, of: (snap: Snap) => object]>> = {
    stories: [
      'story',
      ({ id, at, more }) => ({
        id,
        created_at: iso(at),
        expired: sandbox.now() - at > (DAYS[String(more.customized_ttl)] ?? 1) * DAY,
      }),
    ],
    saved_stories: ['saved_story', ({ id, at, text }) => ({ id, created_at: iso(at), title: text })],
    spotlights: [
      'spotlight',
      (one) => ({ id: one.id, created_at: iso(one.at), description: one.text, state: stateOf(one) }),
    ],
  }
  const wrap = (one: Snap) => {
    const [name, of] = shown[one.surface]
    return { sub_request_status: 'SUCCESS', [name]: of(one) }
  }
  const listed =
    (surface: Snap['surface']): Route =>
    (call: Call) => {
      if (surface === 'stories' && !sandbox.listsStories) return snapError(403, 'AUTHORIZATION_PERMISSION_DENIED')
      const all = snaps.filter((one) => one.surface === surface).reverse()
      const from = Number(call.query.get('cursor') ?? 0)
      const most = Number(call.query.get('limit') ?? 25)
      const more = from + most < all.length ? { paging: { next_page_id: String(from + most) } } : {}
      return success({ [surface]: all.slice(from, from + most).map(wrap), ...more })
    }

  const COUNTED: Readonly<Record<Snap['surface'], readonly string[]>> = {
    stories: ['STORY_VIEWS', 'STORY_FAVORITES', 'STORY_SUBSCRIBES'],
    saved_stories: ['SAVED_STORY_VIEWS', 'SAVED_STORY_FAVORITES', 'SAVED_STORY_SUBSCRIBES'],
    spotlights: ['SPOTLIGHT_VIEWS', 'SPOTLIGHT_SHARES', 'SPOTLIGHT_FAVORITES', 'SPOTLIGHT_SUBSCRIBES'],
  }
  const counted =
    (surface: Snap['surface']): Route =>
    ({ params, query }) => {
      const one = snaps.find(({ id }) => id === params.id)
      if (one?.surface !== surface) return snapError(404, 'RESOURCE_NOT_FOUND', 'It is not there')
      const all = COUNTED[surface]
      const asked = query.get('fields')?.split(',') ?? all
      if (!asked.every((name) => all.includes(name))) return snapError(400, 'INVALID_FIELD', 'Not of this asset type')
      if ((query.get('granularity') ?? 'LIFETIME') !== 'LIFETIME' && !(query.get('startTime') && query.get('endTime')))
        return snapError(400, 'INVALID_TIME', 'startTime and endTime are needed')
      const there = audience.countsOf(one.id)
      const told = asked.map((metric) => ({ metric, value: there[metric] ?? 0 }))
      const stats =
        sandbox.statsAs === 'list' ? told : Object.fromEntries(told.map(({ metric, value }) => [metric, value]))
      return success({ assets: [{ asset_id: one.id, timeseries: [{ stats }] }] })
    }

  const B = '/businessapi.snapchat.com'
  const P = `${B}/v1/public_profiles`
  const routes: Record<string, Route> = {
    'POST /accounts.snapchat.com/login/oauth2/access_token': async (call) => {
      const form = await formOf(call)
      if (!form.get('client_id') || !form.get('client_secret'))
        return { status: 401, body: { error: 'invalid_client' } }
      if (form.get('refresh_token') !== refreshToken || sandbox.access === 'revoked')
        return { status: 400, body: { error: 'invalid_grant', error_description: 'The refresh token is not valid' } }
      accessToken = next('snap-access')
      refreshToken = next('snap-refresh')
      sandbox.access = 'fine'
      return {
        status: 200,
        body: {
          access_token: accessToken,
          refresh_token: refreshToken,
          expires_in: 3_600,
          token_type: 'Bearer',
          scope: 'snapchat-profile-api',
        },
      }
    },
    [`GET ${P}/my_profile`]: () => success({ public_profile: profile }),
    [`GET ${P}/:id`]: (call) =>
      call.params.id === PROFILE
        ? success({ public_profiles: [{ sub_request_status: 'SUCCESS', public_profile: profile }] })
        : snapError(404, 'RESOURCE_NOT_FOUND', 'There is no such profile'),
    [`POST ${P}/${PROFILE}/media`]: create,
    [`POST ${B}/us/v1/media/:id/add`]: add,
    [`POST ${B}/us/v1/media/:id/finalize`]: finalize,
    [`POST ${P}/${PROFILE}/stories`]: story,
    [`POST ${P}/${PROFILE}/saved_stories`]: savedStory,
    [`POST ${P}/${PROFILE}/spotlights`]: spotlight,
    [`GET ${P}/${PROFILE}/stories`]: listed('stories'),
    [`GET ${P}/${PROFILE}/saved_stories`]: listed('saved_stories'),
    [`GET ${P}/${PROFILE}/spotlights`]: listed('spotlights'),
    [`GET ${P}/${PROFILE}/stories/:id/stats`]: counted('stories'),
    [`GET ${P}/${PROFILE}/saved_stories/:id/stats`]: counted('saved_stories'),
    [`GET ${P}/${PROFILE}/spotlights/:id/stats`]: counted('spotlights'),
    [`GET ${P}/${PROFILE}/spotlights/:id`]: (call) => {
      const one = snaps.find(({ id }) => id === call.params.id)
      return one ? success({ spotlights: [wrap(one)] }) : snapError(404, 'RESOURCE_NOT_FOUND', 'It is not there')
    },
  }

  const limits = {
    token: limit(() => sandbox.now(), 10, rolling(1_000)),
    app: limit(() => sandbox.now(), 20, rolling(1_000)),
  }
  function tooFast(): Reply | undefined {
    const full = spend([limits.token, limits.app])
    if (!full) return undefined
    const seconds = Math.ceil((full.ends() - sandbox.now()) / 1000)
    return snapError(429, 'RATE_LIMITED', '', { 'retry-after': String(seconds) })
  }

  const started = await startSandbox(routes, {
    clock,
    missing: snapError(404, 'RESOURCE_NOT_FOUND'),
    before: (call) => {
      if (!call.path.startsWith(B)) return undefined
      if (tokenOf(call) !== accessToken || sandbox.access !== 'fine') return snapError(401, 'AUTHENTICATION_FAILED')
      return sandbox.admitted ? tooFast() : snapError(403, 'AUTHORIZATION_PERMISSION_DENIED', 'No permission')
    },
  })
  sandbox = Object.assign(started, {
    media,
    snaps,
    admitted: true,
    listsStories: true,
    moderated: true,
    access: 'fine' as const,
    audience,
    statsAs: 'list' as const,
    limits,
    takeAway: (id: string) => void snaps.splice(0, snaps.length, ...snaps.filter((one) => one.id !== id)),
    visible: () => snaps.map(({ id, text, media: of }) => ({ id, text, media: [shownFile(of)] })),
  })
  return sandbox
}
