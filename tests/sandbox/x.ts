/**
 * X as its notes tell it: refresh tokens that rotate, media in pieces, weighted texts, links that come back shortened, a duplicate
 * that does not name the first.
 */
import { count } from '../../shared/platforms/count.ts'
import { linksIn } from '../../shared/platforms/entities.ts'
import { type Audience, createAudience } from './audience.ts'
import { every, type Limit, type Limits, limit, spend } from './limits.ts'
import { type OAuthKit, oauthKit } from './oauth.ts'
import {
  type Call,
  type Clock,
  formOf,
  isSpoilt,
  jsonOf,
  matching,
  type Reply,
  type Route,
  type Sandbox,
  type Spoiling,
  startSandbox,
  tokenOf,
} from './server.ts'
import { type ShownMedium, type ShownPost, shownMedium } from './shown.ts'

const HOUR = 3_600_000
/** Calls an account has of each in a quarter of an hour. */
const PER_QUARTER = {
  posts: ['POST /api.x.com/2/tweets', 100],
  deletions: ['DELETE /api.x.com/2/tweets/*', 50],
  timeline: ['GET /api.x.com/2/users/*/tweets', 900],
  lookups: ['GET /api.x.com/2/tweets', 5_000],
  me: ['GET /api.x.com/2/users/me', 75],
  uploads: ['POST /api.x.com/2/media/upload', 500],
  beginnings: ['POST /api.x.com/2/media/upload/initialize', 1_875],
  pieces: ['POST /api.x.com/2/media/upload/*/append', 1_875],
  ends: ['POST /api.x.com/2/media/upload/*/finalize', 1_875],
  descriptions: ['POST /api.x.com/2/media/metadata', 500],
} as const
type Counted = keyof typeof PER_QUARTER
export const ME = '2244994945'
const MY_NAME = { id: ME, username: 'harbour', name: 'Harbour Museum' }
const DAY = 24 * HOUR
/** What everybody may read of a post, and what its owner may for 30 days. */
const PUBLIC = ['impression_count', 'like_count', 'reply_count', 'retweet_count', 'quote_count', 'bookmark_count']
const NON_PUBLIC = ['impression_count', 'engagements', 'url_link_clicks', 'user_profile_clicks']

interface XMedium {
  readonly id: string
  readonly key: string
  readonly type: string
  readonly total: number
  readonly parts: Map<number, Buffer>
  readonly at: number
  polls: number
  /** It was worked on, and could not be read. */
  unreadable: boolean
  finalized: boolean
  alt: string
}
interface XPost {
  readonly id: string
  readonly text: string
  readonly at: number
  readonly media: readonly string[]
  readonly reply: string
  readonly body: Readonly<Record<string, unknown>>
}

export interface XSandbox extends Sandbox {
  readonly media: Map<string, XMedium>
  readonly posts: Map<string, XPost>
  access: 'fine' | 'expired' | 'revoked'
  readonly oauth: OAuthKit
  /** The token before the last is taken as long as the last was not used. Off: it is dead at once. */
  grace: boolean
  /** What is shared is counted under its newer name. */
  renamed: boolean
  /** What others do with its posts; counted by the names of the network. */
  readonly audience: Audience
  readonly spoiling: Spoiling
  /** Of the account; `app`: posts of a day from all accounts of the app. */
  readonly limits: Limits<Counted | 'app'>
  visible(): ShownPost[]
  takeAway(id: string): void
}

const TYPE = 'https://api.twitter.com/2/problems/'
export const xProblem = (status: number, slug: string, detail: string, headers?: Record<string, string>): Reply => ({
  status,
  headers,
  body: { title: slug, detail, type: slug ? `${TYPE}${slug}` : 'about:blank', status },
})
const unfit = (message: string, parameter: string): Reply => ({
  status: 400,
  body: {
    errors: [{ message, parameters: { [parameter]: [] } }],
    title: 'Invalid Request',
    detail: 'One or more parameters to your request was invalid.',
    type: `${TYPE}invalid-request`,
  },
})
const windowFull = (headers?: Record<string, string>): Reply => ({
  status: 429,
  headers,
  body: { title: 'Too Many Requests', detail: 'Window is full', type: 'about:blank', status: 429 },
})
export const xLimit = (reset: number): Reply =>
  windowFull({
    'x-rate-limit-limit': '100',
    'x-rate-limit-remaining': '0',
    'x-rate-limit-reset': String(Math.floor(reset / 1000)),
  })
const windowOf = (name: string, { most, left, ends }: Limit) =>
  Number.isFinite(most)
    ? {
        [`${name}-limit`]: String(most),
        [`${name}-remaining`]: String(left()),
        [`${name}-reset`]: String(Math.ceil(ends() / 1000)),
      }
    : {}

/** The id of a person by name. */
export const personId = (name: string): string =>
  String(1_000_000 + ([...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 1_000_000))

const KEYS = [
  'text',
  'media',
  'reply',
  'quote_tweet_id',
  'poll',
  'reply_settings',
  'community_id',
  'share_with_followers',
  'made_with_ai',
  'paid_partnership',
  'nullcast',
  'edit_options',
]

export async function startX({ clock, polls = 2 }: { clock?: Clock; polls?: number } = {}): Promise<XSandbox> {
  const media = new Map<string, XMedium>()
  const posts = new Map<string, XPost>()
  const audience = createAudience(() => sandbox.now())
  let accessToken = 'x-first-access'
  let refreshToken = 'x-first-refresh'
  let previous = ''
  const oauth = oauthKit({
    now: () => sandbox.now(),
    page: 'X',
    issue: () => {
      accessToken = `x-access-canary-${next()}`
      refreshToken = `x-refresh-canary-${next()}`
      return { access_token: accessToken, refresh_token: refreshToken, expires_in: 7200 }
    },
  })
  let last = 1_900_000_000_000_000_000n
  const next = () => String(++last)
  let sandbox: XSandbox

  function newMedium(type: string, total: number): XMedium {
    const id = next()
    const prefix = type.startsWith('video/') ? '7' : type === 'image/gif' ? '16' : '3'
    const made: XMedium = {
      id,
      key: `${prefix}_${id}`,
      type,
      total,
      parts: new Map(),
      at: sandbox.now(),
      polls,
      unreadable: false,
      finalized: false,
      alt: '',
    }
    media.set(id, made)
    return made
  }
  const told = ({ id, key }: XMedium, more: object = {}): Reply => ({
    status: 200,
    body: { data: { id, media_key: key, expires_after_secs: 86_400, ...more } },
  })
  /** An upload that works on goes through these states as it is asked. */
  function processing(one: XMedium): object {
    if (!one.type.startsWith('video/') && one.type !== 'image/gif') return {}
    if (one.polls === 0 && isSpoilt(sandbox.spoiling)) one.unreadable = true
    if (one.unreadable)
      return {
        processing_info: { state: 'failed', error: { name: 'InvalidMedia', message: 'file is currently unsupported' } },
      }
    const state = one.polls === 0 ? 'succeeded' : one.polls === polls ? 'pending' : 'in_progress'
    if (one.polls > 0) one.polls -= 1
    return {
      processing_info: { state, ...(state === 'succeeded' ? {} : { check_after_secs: 3 }), progress_percent: 50 },
    }
  }

  function shown(id: string): ShownMedium {
    const one = media.get(id)
    const whole = one?.type.startsWith('image/') ? Buffer.concat([...one.parts.values()]) : null
    return shownMedium(one?.type ?? '', one?.alt ?? '', whole)
  }

  const publish: Route = (call) => {
    const body = jsonOf(call)
    const asked = body as {
      text?: string
      media?: { media_ids?: string[]; tagged_user_ids?: string[] }
      reply?: { in_reply_to_tweet_id?: string }
      poll?: { options?: string[]; duration_minutes?: number }
    }
    const strange = Object.keys(body).find((key) => !KEYS.includes(key))
    if (strange) return unfit(`$.${strange}: is not defined in the schema`, strange)
    const { text = '', poll } = asked
    const ids = asked.media?.media_ids ?? []
    if (!text && ids.length === 0 && !poll) return unfit('text is missing', 'text')
    if (count(text, 'xWeight') > 280) return unfit('Your Tweet text is too long.', 'text')
    if ((asked.media?.tagged_user_ids ?? []).some((id) => !/^\d{1,19}$/.test(id)))
      return unfit('tagged_user_ids is not valid', 'media.tagged_user_ids')
    if (ids.length > 4) return unfit('too many media', 'media.media_ids')
    if (poll && ids.length > 0) return unfit('A poll takes no media.', 'poll')
    if (poll && ((poll.options?.length ?? 0) < 2 || (poll.options?.length ?? 0) > 4 || !poll.duration_minutes))
      return unfit('poll.options is not valid', 'poll.options')
    for (const id of ids) {
      const one = media.get(id)
      const ready =
        one?.finalized && (one.polls === 0 || !one.type.startsWith('video/')) && one.at > sandbox.now() - 24 * HOUR
      if (!ready) return unfit('Your media IDs are invalid.', 'media.media_ids')
    }
    const reply = asked.reply?.in_reply_to_tweet_id ?? ''
    if (reply && !posts.has(reply)) return unfit('The Tweet you reply to is not there.', 'reply.in_reply_to_tweet_id')
    const same = [...posts.values()].some(
      (post) => post.text === text && post.at > sandbox.now() - 24 * HOUR && ids.length === 0,
    )
    if (same) return xProblem(403, '', 'You are not allowed to create a Tweet with duplicate content.')
    const id = next()
    posts.set(id, { id, text, at: sandbox.now(), media: ids, reply, body })
    return { status: 201, body: { data: { id, text: shortened(text, ids, id).text, edit_history_post_ids: [id] } } }
  }

  function shortened(text: string, ids: readonly string[], id: string) {
    let short = ''
    let at = 0
    const urls: { url: string; expanded_url: string; start: number; end: number }[] = []
    for (const { start, end } of linksIn(text)) {
      short += text.slice(at, start)
      const url = `https://t.co/${id.slice(-5)}${urls.length}`
      const whole = text.slice(start, end)
      urls.push({
        url,
        expanded_url: /^https?:/.test(whole) ? whole : `http://${whole}`,
        start: short.length,
        end: short.length + url.length,
      })
      short += url
      at = end
    }
    short += text.slice(at)
    if (ids.length > 0) {
      const url = `https://t.co/${id.slice(-5)}m`
      const start = short.length + (short ? 1 : 0)
      urls.push({ url, expanded_url: `https://x.com/harbour/status/${id}/photo/1`, start, end: start + url.length })
      short += `${short ? ' ' : ''}${url}`
    }
    return { text: short, urls }
  }

  const repliesTo = (id: string) => [...posts.values()].filter(({ reply }) => reply === id)
  const conversationOf = (post: XPost): string => {
    const above = posts.get(post.reply)
    return above ? conversationOf(above) : post.reply || post.id
  }
  const asks = (call: Call, field: string) => call.query.get('tweet.fields')?.split(',').includes(field) === true
  function counted(post: XPost, names: readonly string[]) {
    const reply_count = repliesTo(post.id).length + audience.answersTo(post.id).length
    const all: Readonly<Record<string, number>> = { reply_count, ...audience.countsOf(post.id) }
    return Object.fromEntries(
      names.map((name) => [sandbox.renamed && name === 'retweet_count' ? 'repost_count' : name, all[name] ?? 0]),
    )
  }

  const node = (post: XPost, call: Call) => {
    const { text, urls } = shortened(post.text, post.media, post.id)
    return {
      id: post.id,
      ...(asks(call, 'author_id') ? { author_id: ME } : {}),
      ...(asks(call, 'conversation_id') ? { conversation_id: conversationOf(post) } : {}),
      ...(asks(call, 'public_metrics') ? { public_metrics: counted(post, PUBLIC) } : {}),
      ...(asks(call, 'non_public_metrics') ? { non_public_metrics: counted(post, NON_PUBLIC) } : {}),
      text,
      created_at: new Date(post.at).toISOString(),
      edit_history_tweet_ids: [post.id],
      ...(urls.length > 0 ? { entities: { urls } } : {}),
      ...(post.media.length > 0
        ? { attachments: { media_keys: post.media.map((id) => media.get(id)?.key ?? '') } }
        : {}),
      ...(post.reply ? { referenced_tweets: [{ type: 'replied_to', id: post.reply }] } : {}),
    }
  }

  /** Whether fields are asked for that are told for 30 days only. */
  const isTooOld = (post: XPost, call: Call) => asks(call, 'non_public_metrics') && post.at < sandbox.now() - 30 * DAY

  interface Said {
    readonly at: number
    readonly by: typeof MY_NAME
    readonly node: { readonly id: string }
  }
  /** All of a conversation, the post it began with too, the newest first. */
  function conversation(id: string, call: Call): Said[] {
    const own = [...posts.values()].filter((post) => conversationOf(post) === id)
    const others = own.flatMap((post) =>
      audience.answersTo(post.id).map(({ id: answer, author, text, at }) => ({
        at,
        by: { id: `9${answer}`, username: author, name: author },
        node: {
          id: answer,
          text: `@${MY_NAME.username} ${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}`,
          edit_history_tweet_ids: [answer],
          ...(asks(call, 'created_at') ? { created_at: new Date(at).toISOString() } : {}),
          ...(asks(call, 'author_id') ? { author_id: `9${answer}` } : {}),
        },
      })),
    )
    return [...others, ...own.reverse().map((post) => ({ at: post.at, by: MY_NAME, node: node(post, call) }))].sort(
      (one, other) => other.at - one.at,
    )
  }

  const search: Route = (call) => {
    const [, id] = /^conversation_id:(\d+)$/.exec(call.query.get('query') ?? '') ?? []
    if (id === undefined) return unfit('query is not valid', 'query')
    const most = Number(call.query.get('max_results') ?? 10)
    if (!(most >= 10 && most <= 100)) return unfit('max_results is not valid', 'max_results')
    const all = conversation(id, call).filter(({ at }) => at >= sandbox.now() - 7 * DAY)
    const start = Number((call.query.get('next_token') ?? '').replace('b26v89c19zqg8o3f', ''))
    const data = all.slice(start, start + most)
    const next_token = start + most < all.length ? `b26v89c19zqg8o3f${start + most}` : undefined
    const users = new Map(data.map(({ by }) => [by.id, by]))
    return {
      status: 200,
      body: {
        ...(data.length > 0 ? { data: data.map((one) => one.node) } : {}),
        ...(data.length > 0 && call.query.get('expansions') === 'author_id'
          ? { includes: { users: [...users.values()] } }
          : {}),
        meta: { result_count: data.length, ...(next_token ? { next_token } : {}) },
      },
    }
  }

  const P = '/api.x.com/2'
  const routes: Record<string, Route> = {
    'GET /x.com/i/oauth2/authorize': oauth.consent.show,
    'POST /x.com/i/oauth2/authorize': oauth.consent.decide,
    [`POST ${P}/oauth2/token`]: async (call) => {
      const signedIn = await oauth.token(call)
      if (signedIn) return signedIn
      const form = await formOf(call)
      if (form.get('grant_type') !== 'refresh_token' || (!form.get('client_id') && !call.headers.authorization))
        return { status: 400, body: { error: 'invalid_request' } }
      const shown = form.get('refresh_token')
      const fits = shown === refreshToken || (sandbox.grace && shown === previous)
      if (!fits || sandbox.access === 'revoked')
        return {
          status: 400,
          body: { error: 'invalid_request', error_description: 'Value passed for the token was invalid.' },
        }
      // What was shown is the last that counts until one of the new ones is.
      previous = String(shown)
      accessToken = `x-access-${next()}`
      refreshToken = `x-refresh-${next()}`
      sandbox.access = 'fine'
      return {
        status: 200,
        body: {
          token_type: 'bearer',
          expires_in: 7200,
          access_token: accessToken,
          scope: 'tweet.read tweet.write',
          refresh_token: refreshToken,
        },
      }
    },
    [`GET ${P}/users/me`]: () => ({
      status: 200,
      body: {
        data: {
          ...MY_NAME,
          public_metrics: { followers_count: 10 },
          verified_type: 'none',
        },
      },
    }),
    [`GET ${P}/users/by`]: (call) => {
      const names = (call.query.get('usernames') ?? '').split(',')
      const known = names.filter((name) => /^[A-Za-z0-9_]{1,15}$/.test(name) && name !== 'nobody')
      const errors = names
        .filter((name) => !known.includes(name))
        .map((value) => ({
          value,
          title: 'Not Found Error',
          parameter: 'usernames',
          type: `${TYPE}resource-not-found`,
        }))
      return {
        status: 200,
        body: {
          ...(known.length > 0 ? { data: known.map((name) => ({ id: personId(name), username: name, name })) } : {}),
          ...(errors.length > 0 ? { errors } : {}),
        },
      }
    },
    [`POST ${P}/media/upload`]: async (call) => {
      const form = await formOf(call)
      const file = form.get('media')
      if (!(file instanceof Blob) || !form.get('media_category')) return unfit('media is missing', 'media')
      if (file.size > 5_000_000) return unfit('media is too large', 'media')
      if (!['image/jpeg', 'image/png', 'image/webp', 'image/gif'].includes(file.type))
        return unfit('media type unrecognized', 'media')
      const made = newMedium(file.type, file.size)
      made.parts.set(0, Buffer.from(await file.arrayBuffer()))
      made.finalized = true
      made.polls = 0
      return told(made)
    },
    [`POST ${P}/media/upload/initialize`]: (call) => {
      const asked = jsonOf(call) as { media_type?: string; total_bytes?: number; media_category?: string }
      if (
        !asked.media_type ||
        !((asked.total_bytes ?? 0) > 0) ||
        !/^(amplify|tweet|dm)_|subtitles/.test(asked.media_category ?? '')
      )
        return unfit('initialize is not valid', 'media_category')
      return told(newMedium(asked.media_type, asked.total_bytes ?? 0))
    },
    [`POST ${P}/media/upload/:id/append`]: async (call) => {
      const one = media.get(call.params.id ?? '')
      const form = await formOf(call)
      const piece = form.get('media')
      const index = Number(form.get('segment_index'))
      if (!one || piece === null || !(index >= 0 && index <= 999)) return unfit('segment is not valid', 'segment_index')
      // X takes pieces without a file name too, which a form then reads as text.
      const bytes = piece instanceof Blob ? Buffer.from(await piece.arrayBuffer()) : Buffer.from(piece)
      if (bytes.length > 5_000_000) return unfit('segment is too large', 'media')
      one.parts.set(index, bytes)
      return { status: 200, body: { data: { expires_at: Math.floor(one.at / 1000) + 86_400 } } }
    },
    [`POST ${P}/media/upload/:id/finalize`]: (call) => {
      const one = media.get(call.params.id ?? '')
      if (!one) return unfit('media id is not valid', 'id')
      const arrived = [...one.parts.values()].reduce((sum, part) => sum + part.length, 0)
      const inOrder = [...one.parts.keys()].every((index) => index < one.parts.size)
      if (arrived !== one.total || !inOrder) return unfit(`Segments do not add up: ${arrived} of ${one.total}`, 'id')
      one.finalized = true
      return told(one, processing(one))
    },
    [`GET ${P}/media/upload`]: (call) => {
      const one = media.get(call.query.get('media_id') ?? '')
      return one && call.query.get('command') === 'STATUS'
        ? told(one, processing(one))
        : unfit('media id is not valid', 'media_id')
    },
    [`POST ${P}/media/metadata`]: (call) => {
      const { id = '', metadata } = jsonOf(call) as { id?: string; metadata?: { alt_text?: { text?: string } } }
      const one = media.get(id)
      if (!one) return unfit('media id is not valid', 'id')
      one.alt = metadata?.alt_text?.text ?? ''
      return { status: 200, body: { data: { id } } }
    },
    [`POST ${P}/tweets`]: publish,
    [`GET ${P}/users/:id/tweets`]: (call) => {
      const from = Date.parse(call.query.get('start_time') ?? '1970-01-01T00:00:00Z')
      if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(call.query.get('start_time') ?? '1970-01-01T00:00:00Z'))
        return unfit('start_time is not valid', 'start_time')
      const most = Number(call.query.get('max_results') ?? 10)
      if (most < 5 || most > 100) return unfit('max_results is not valid', 'max_results')
      const all = [...posts.values()].reverse().filter(({ at }) => at >= from)
      const start = Number(call.query.get('pagination_token') ?? 0)
      const data = all.slice(start, start + most)
      const more = start + most < all.length ? { next_token: String(start + most) } : {}
      return {
        status: 200,
        body: {
          ...(data.length > 0 ? { data: data.map((one) => node(one, call)) } : {}),
          meta: { result_count: data.length, ...more },
        },
      }
    },
    [`GET ${P}/tweets`]: (call) => {
      const ids = (call.query.get('ids') ?? '').split(',')
      const there = ids.flatMap((id) => posts.get(id) ?? [])
      const data = there.filter((post) => !isTooOld(post, call)).map((post) => node(post, call))
      const missing = ids
        .filter((id) => !posts.has(id))
        .map((id) => ({
          value: id,
          title: 'Not Found Error',
          type: `${TYPE}resource-not-found`,
          detail: `Could not find tweet with ids: [${id}].`,
        }))
      const closed = there
        .filter((post) => isTooOld(post, call))
        .map(({ id }) => ({
          value: id,
          title: 'Field Authorization Error',
          type: `${TYPE}not-authorized-for-field`,
          detail: `Sorry, you are not authorized to access 'non_public_metrics' on the Tweet with ids : [${id}].`,
        }))
      const errors = [...missing, ...closed]
      return { status: 200, body: { ...(data.length > 0 ? { data } : {}), ...(errors.length > 0 ? { errors } : {}) } }
    },
    [`GET ${P}/tweets/search/recent`]: search,
    [`DELETE ${P}/tweets/:id`]: (call) => ({
      status: 200,
      body: { data: { deleted: posts.delete(call.params.id ?? '') } },
    }),
  }

  const now = () => sandbox.now()
  const endpoints = (Object.keys(PER_QUARTER) as Counted[]).map((name) => {
    const [pattern, most] = PER_QUARTER[name]
    return { name, fits: matching(pattern), limit: limit(now, most, every(HOUR / 4)) }
  })
  const app = limit(now, 10_000, every(24 * HOUR))
  const isPost = matching(PER_QUARTER.posts[0])
  const limitOf = (call: Call) => endpoints.find(({ fits }) => fits(call))?.limit
  const limitsOf = (call: Call) => [limitOf(call) ?? [], isPost(call) ? app : []].flat()

  const started = await startSandbox(routes, {
    clock,
    missing: xProblem(404, 'resource-not-found', 'Not Found'),
    headers: (call) => {
      const own = limitOf(call)
      return {
        ...(own ? windowOf('x-rate-limit', own) : {}),
        ...(isPost(call) ? windowOf('x-app-limit-24hour', app) : {}),
      }
    },
    before: (call: Call) => {
      if (call.path.includes('/oauth2/')) return undefined
      if (tokenOf(call) !== accessToken || sandbox.access !== 'fine') return xProblem(401, '', 'Unauthorized')
      return spend(limitsOf(call)) ? windowFull() : undefined
    },
  })
  sandbox = Object.assign(started, {
    media,
    posts,
    access: 'fine' as const,
    oauth,
    grace: false,
    renamed: false,
    audience,
    limits: { ...Object.fromEntries(endpoints.map(({ name, limit: of }) => [name, of])), app } as XSandbox['limits'],
    spoiling: { next: false },
    takeAway: (id: string) => void posts.delete(id),
    visible: () => [...posts.values()].map(({ id, text, media: of }) => ({ id, text, media: of.map(shown) })),
  })
  return sandbox
}
