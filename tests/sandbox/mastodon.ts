/**
 * A Mastodon server in small, from its documentation: statuses with idempotency keys, media that take their time, posts that wait,
 * limits in `/api/v2/instance`, ISO times in the headers of its limits. What versions differ in can be set.
 */
import { type Audience, createAudience } from './audience.ts'
import { every, type Limit, type Limits, limit, spend, tightest } from './limits.ts'
import { type OAuthKit, oauthKit } from './oauth.ts'
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
import { createShelf, type ShownPost, type WaitingPost } from './shown.ts'

export interface MastodonRules {
  /** Times a medium that runs is asked for before it is ready. */
  processing: number
  /** Servers that do not know the key post again. */
  keepsKeys: boolean
  /** Before 4.2.10: what is due in less than five minutes goes out at once. */
  publishesNear: boolean
  maxCharacters: number
  maxMedia: number
  /** Before 4.6 a poll and media did not go together. */
  pollsWithMedia: boolean
  version: string
  /** Version of the interface: below 7 it knows no quotes. */
  api: number
}

interface Medium {
  readonly id: string
  readonly type: string
  description: string
  asked: number
  attached: boolean
  /** It was worked on, and could not be read. */
  unreadable: boolean
}
interface Status {
  readonly id: string
  text: string
  spoiler: string
  media: string[]
  readonly createdAt: number
  readonly visibility: string
  readonly replyTo: string | null
  poll: { readonly options: readonly string[]; readonly endsAt: number } | null
  readonly quote: { readonly id: string; state: QuoteState } | null
}
type QuoteState = 'pending' | 'accepted' | 'rejected' | 'revoked' | 'deleted'
/** A post of somebody on another server. */
interface Other {
  readonly id: string
  readonly url: string
  /** What its author lets the account do: `automatic` is answered by their server after a while. */
  approval: 'automatic' | 'manual' | 'denied' | 'unknown'
}
interface Waiting {
  readonly id: string
  at: number
  readonly params: Record<string, unknown>
}

export interface MastodonSandbox extends Sandbox {
  readonly rules: MastodonRules
  /** Of the account. */
  readonly limits: Limits<'calls' | 'uploads' | 'deletions' | 'posts'>
  readonly statuses: Status[]
  readonly waiting: Waiting[]
  /** Found by their addresses. */
  readonly others: Other[]
  readonly media: Map<string, Medium>
  readonly tokens: Set<string>
  /** Its sign-in in the browser; what it issues is a token that counts. */
  readonly oauth: OAuthKit
  /** Lets out what is due. */
  publishDue(): void
  /** What others do with its posts; counted by the names of the network. */
  readonly audience: Audience
  readonly spoiling: Spoiling
  visible(): ShownPost[]
  queue(): WaitingPost[]
  rewrite(id: string, text: string): void
  takeAway(id: string): void
}

/** As its `supported_mime_types` have them. */
const AUDIO = new Set(
  ['mpeg', 'mp3', 'ogg', 'vorbis', 'wav', 'flac', 'opus', 'aac', 'm4a', 'mp4'].map((one) => `audio/${one}`),
)
const MINUTE = 60_000
/** How long another server takes to agree to a quote. */
const AGREED_AFTER = 10_000
export const MASTODON_OTHERS = ['109001', '109002'].map((id) => `https://elsewhere.example/@harbour/${id}`)
const DAY = 24 * 60 * MINUTE
export const MASTODON_TOKEN = 'mastodon-canary-token-91c2'
const error = (status: number, text: string): Reply => ({ status, body: { error: text } })
const graphemes = (text: string) => [...new Intl.Segmenter().segment(text)].length
/** Links count 23. */
const length = (text: string) => graphemes(text.replace(/https?:\/\/\S+/g, 'x'.repeat(23)))
const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

export async function startMastodon(options: { readonly clock?: Clock } = {}): Promise<MastodonSandbox> {
  const rules: MastodonRules = {
    processing: 2,
    keepsKeys: true,
    publishesNear: false,
    maxCharacters: 500,
    maxMedia: 4,
    pollsWithMedia: true,
    version: '4.7.2',
    api: 9,
  }
  const statuses: Status[] = []
  const others: Other[] = MASTODON_OTHERS.map((url) => ({ id: `55${url.slice(-3)}`, url, approval: 'automatic' }))
  const waiting: Waiting[] = []
  const audience = createAudience(() => server.now())
  const spoiling: Spoiling = { next: false }
  const media = new Map<string, Medium>()
  const shelf = createShelf()
  const tokens = new Set([MASTODON_TOKEN])
  const oauth = oauthKit({
    now: () => server.now(),
    // PKCE came with 4.3.
    pkce: false,
    page: 'social.example',
    issue: () => {
      const access_token = `mastodon-issued-canary-${tokens.size}`
      tokens.add(access_token)
      return { access_token, created_at: Math.floor(server.now() / 1000) }
    },
  })
  const keys = new Map<string, { readonly at: number; readonly id: string }>()
  let ids = 110_000
  const now = () => server.now()
  const limits = {
    calls: limit(now, 300, every(5 * MINUTE)),
    uploads: limit(now, 30, every(30 * MINUTE)),
    deletions: limit(now, 30, every(30 * MINUTE)),
    posts: limit(now, 300, every(180 * MINUTE)),
  }
  const isOpen = ({ path }: Call) =>
    path === '/api/v2/instance' || path === '/api/v1/apps' || path.startsWith('/oauth/')
  function limitsOf(call: Call): Limit[] {
    const { method, path } = call
    if (isOpen(call)) return []
    const isUpload = method === 'POST' && path === '/api/v2/media'
    const isDeletion = method === 'DELETE' && path.startsWith('/api/v1/statuses/')
    const isPost = method === 'POST' && path === '/api/v1/statuses'
    return [
      limits.calls,
      ...(isUpload ? [limits.uploads] : []),
      ...(isDeletion ? [limits.deletions] : []),
      ...(isPost ? [limits.posts] : []),
    ]
  }
  const nextId = () => String(++ids)
  const account = { id: '7', username: 'outpost', acct: 'outpost', display_name: 'The Outpost', followers_count: 12 }

  const shownMedium = (one: Medium, url: string) => ({
    id: one.id,
    type: one.type.split('/')[0],
    url: ready(one) ? `${url}/media/${one.id}` : null,
    preview_url: `${url}/media/${one.id}/small`,
    description: one.description,
    meta: {},
  })
  const ready = (one: Medium) => one.type.startsWith('image/') || one.asked >= rules.processing
  const approvalOf = (current_user: Other['approval']) => ({
    automatic: current_user === 'automatic' ? ['public'] : [],
    manual: current_user === 'manual' ? ['public'] : [],
    current_user,
  })
  const shownOther = ({ id, url, approval }: Other) => ({
    id,
    uri: url.replace('/@harbour/', '/users/harbour/statuses/'),
    url,
    content: `<p>Post ${id}</p>`,
    created_at: '2026-01-05T08:00:00.000Z',
    visibility: 'public',
    spoiler_text: '',
    sensitive: false,
    media_attachments: [],
    account: { id: '12', username: 'harbour', acct: 'harbour@elsewhere.example', display_name: 'Harbour' },
    ...(rules.api < 7 ? {} : { quote_approval: approvalOf(approval) }),
  })
  function shownQuote({ quote, createdAt }: Status) {
    if (!quote) return null
    const other = others.find(({ id }) => id === quote.id)
    const agrees = other?.approval === 'automatic' && server.now() >= createdAt + AGREED_AFTER
    const state = quote.state === 'pending' && agrees ? 'accepted' : quote.state
    return { state, quoted_status: other && state === 'accepted' ? shownOther(other) : null }
  }
  const shown = (one: Status, url: string) => ({
    id: one.id,
    uri: `${url}/users/outpost/statuses/${one.id}`,
    url: `${url}/@outpost/${one.id}`,
    content: `<p>${escaped(one.text)}</p>`,
    created_at: new Date(one.createdAt).toISOString(),
    visibility: one.visibility,
    spoiler_text: one.spoiler,
    sensitive: one.spoiler !== '',
    in_reply_to_id: one.replyTo,
    media_attachments: one.media.flatMap((id) => media.get(id) ?? []).map((medium) => shownMedium(medium, url)),
    poll: one.poll && {
      id: `poll-${one.id}`,
      expires_at: new Date(one.poll.endsAt).toISOString(),
      expired: false,
      multiple: false,
      votes_count: 0,
      options: one.poll.options.map((title) => ({ title, votes_count: 0 })),
    },
    account,
    ...(rules.api < 7 ? {} : { quote: shownQuote(one), quote_approval: approvalOf('automatic') }),
    replies_count: audience.answersTo(one.id).length + statuses.filter(({ replyTo }) => replyTo === one.id).length,
    reblogs_count: 0,
    favourites_count: 0,
    ...(rules.api < 7 ? {} : { quotes_count: 0 }),
    ...audience.countsOf(one.id),
  })
  /** What stands below a post, its own answers and those of others, the oldest first. */
  const below = (id: string, url: string): { readonly created_at: string }[] =>
    [
      ...statuses.filter(({ replyTo }) => replyTo === id).flatMap((one) => [shown(one, url), ...below(one.id, url)]),
      ...audience.answersTo(id).map((answer) => ({
        id: answer.id,
        url: `https://elsewhere.example/@${answer.author}/${answer.id}`,
        content: `<p><span class="h-card"><a href="${url}/@outpost">@<span>outpost</span></a></span> ${escaped(answer.text).replace(/\n/g, '<br />')}</p>`,
        created_at: new Date(answer.at).toISOString(),
        visibility: 'public',
        in_reply_to_id: id,
        media_attachments: [],
        account: { id: `9${answer.id}`, username: answer.author, acct: answer.author, display_name: '' },
      })),
    ].sort((one, other) => Date.parse(one.created_at) - Date.parse(other.created_at))
  const shownWaiting = (one: Waiting) => ({
    id: one.id,
    scheduled_at: new Date(one.at).toISOString(),
    params: { ...one.params },
    media_attachments: [],
  })

  const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
  /** JSON, or a form either way. */
  async function fieldsOf(call: Call): Promise<Record<string, unknown>> {
    if (/json/.test(call.headers['content-type'] ?? '')) return jsonOf(call)
    if (call.body.length === 0) return {}
    const form = await formOf(call)
    return Object.fromEntries(
      [...new Set(form.keys())].map((name) =>
        name.endsWith('[]') ? [name.slice(0, -2), form.getAll(name)] : [name, form.get(name)],
      ),
    )
  }

  function pollOf({ poll }: Record<string, unknown>): { options: string[]; seconds: number } | null {
    const { options, expires_in } = (poll ?? {}) as { options?: unknown; expires_in?: unknown }
    return poll ? { options: list(options), seconds: Number(expires_in) } : null
  }

  function refusalOf(fields: Record<string, unknown>): Reply | null {
    const text = String(fields.status ?? '')
    const attached = list(fields.media_ids)
    if (text === '' && attached.length === 0) return error(422, "Validation failed: Text can't be blank")
    if (length(text) + graphemes(String(fields.spoiler_text ?? '')) > rules.maxCharacters)
      return error(422, `Validation failed: Text character limit of ${rules.maxCharacters} exceeded`)
    if (attached.length > rules.maxMedia) return error(422, `Cannot attach more than ${rules.maxMedia} files`)
    if (attached.some((id) => !media.has(id))) return error(422, 'Media was not found')
    if (attached.some((id) => !ready(media.get(id) as Medium)))
      return error(422, 'Cannot attach files that have not finished processing. Try again in a moment!')
    const kinds = attached.map((id) => media.get(id)?.type.startsWith('image/'))
    if (kinds.length > 1 && kinds.includes(false))
      return error(422, 'Cannot attach a video to a post that contains images')
    const poll = pollOf(fields)
    if (poll && !rules.pollsWithMedia && attached.length > 0)
      return error(422, 'Validation failed: Polls cannot be attached to a post with media')
    if (poll && (poll.options.length < 2 || poll.options.length > 4))
      return error(422, 'Validation failed: Poll options must be between 2 and 4')
    if (poll?.options.some((option) => graphemes(option) > 50 || option === ''))
      return error(422, 'Validation failed: Poll options is too long')
    if (poll && !(poll.seconds >= 300 && poll.seconds <= 2_629_746))
      return error(422, 'Validation failed: Poll expires at is not in the range')
    const other = quotedIn(fields)
    if (other !== null && (!other || other.approval === 'denied'))
      return error(404, 'The post you are trying to quote does not appear to exist.')
    if (other && attached.length > 0) return error(422, 'Quoting is not allowed with media attachments.')
    if (other && poll) return error(422, 'Quoting is not allowed with polls.')
    if (fields.in_reply_to_id && !statuses.some(({ id }) => id === fields.in_reply_to_id))
      return error(404, 'Record not found')
    return null
  }

  /** What is to be quoted; null: nothing, undefined: something that is not there. */
  const quotedIn = ({ quoted_status_id }: Record<string, unknown>): Other | undefined | null =>
    quoted_status_id && rules.api >= 7 ? others.find(({ id }) => id === quoted_status_id) : null

  const pollShown = (fields: Record<string, unknown>, now: number): Status['poll'] => {
    const poll = pollOf(fields)
    return poll && { options: poll.options, endsAt: now + poll.seconds * 1000 }
  }

  function publish(fields: Record<string, unknown>, now: number): Status {
    const quoted = quotedIn(fields)
    const made: Status = {
      id: nextId(),
      text: String(fields.status ?? ''),
      spoiler: String(fields.spoiler_text ?? ''),
      media: list(fields.media_ids),
      createdAt: now,
      visibility: String(fields.visibility ?? 'public'),
      replyTo: fields.in_reply_to_id ? String(fields.in_reply_to_id) : null,
      poll: pollShown(fields, now),
      quote: quoted ? { id: quoted.id, state: 'pending' } : null,
    }
    for (const id of made.media) {
      const medium = media.get(id)
      if (medium) medium.attached = true
    }
    statuses.push(made)
    return made
  }

  const pageOf = <T extends { readonly id: string }>(all: readonly T[], call: Call, most: number): T[] => {
    const limit = Math.min(Number(call.query.get('limit') ?? 20), most)
    const before = call.query.get('max_id')
    return [...all]
      .reverse()
      .filter(({ id }) => before === null || Number(id) < Number(before))
      .slice(0, limit)
  }

  const routes = (sandbox: Sandbox): Record<string, Route> => {
    const find = (call: Call) => statuses.find(({ id }) => id === call.params.id)
    const gone = error(404, 'Record not found')
    return {
      'GET /api/v2/instance': () => ({
        status: 200,
        body: {
          domain: 'social.example',
          title: 'Sandbox',
          version: rules.version,
          api_versions: { mastodon: rules.api },
          configuration: {
            statuses: {
              max_characters: rules.maxCharacters,
              max_media_attachments: rules.maxMedia,
              characters_reserved_per_url: 23,
            },
            polls: {
              max_options: 4,
              max_characters_per_option: 50,
              min_expiration: 300,
              max_expiration: 2_629_746,
            },
            media_attachments: { description_limit: 1500, image_size_limit: 16_777_216, video_size_limit: 103_809_024 },
          },
          rules: [],
        },
      }),
      'GET /api/v1/accounts/verify_credentials': () => ({
        status: 200,
        body: { ...account, source: { privacy: 'public', language: 'en', sensitive: false } },
      }),
      'GET /api/v1/apps/verify_credentials': () => ({
        status: 200,
        body: { id: '1', name: 'Outpost', website: null, scopes: ['read', 'write'] },
      }),
      'POST /api/v2/media': async (call) => {
        const form = await formOf(call)
        const file = form.get('file')
        if (!(file instanceof File)) return error(422, "Validation failed: File can't be blank")
        if (!/^(image|video)\//.test(file.type) && !AUDIO.has(file.type))
          return error(422, 'Validation failed: File content type is invalid')
        const one: Medium = {
          id: nextId(),
          type: file.type,
          description: String(form.get('description') ?? ''),
          asked: 0,
          attached: false,
          unreadable: false,
        }
        media.set(one.id, one)
        shelf.put(one.id, file.type, new Uint8Array(await file.arrayBuffer()))
        return { status: ready(one) ? 200 : 202, body: shownMedium(one, sandbox.url) }
      },
      'GET /api/v1/media/:id': (call) => {
        const one = media.get(call.params.id ?? '')
        if (!one) return gone
        one.asked += 1
        if (!one.type.startsWith('image/') && ready(one) && isSpoilt(spoiling)) one.unreadable = true
        if (one.unreadable) return error(422, 'Error processing thumbnail for uploaded media')
        return { status: ready(one) ? 200 : 206, body: shownMedium(one, sandbox.url) }
      },
      'PUT /api/v1/media/:id': async (call) => {
        const one = media.get(call.params.id ?? '')
        if (!one || one.attached) return gone
        one.description = String((await fieldsOf(call)).description ?? '')
        return { status: 200, body: shownMedium(one, sandbox.url) }
      },
      'POST /api/v1/statuses': async (call) => {
        const fields = await fieldsOf(call)
        const key = call.headers['idempotency-key']
        const known = key === undefined ? undefined : keys.get(key)
        if (known && rules.keepsKeys && sandbox.now() - known.at < 60 * MINUTE) {
          const before = statuses.find(({ id }) => id === known.id)
          if (before) return { status: 200, body: shown(before, sandbox.url) }
          const parked = waiting.find(({ id }) => id === known.id)
          if (parked) return { status: 200, body: shownWaiting(parked) }
        }
        const refused = refusalOf(fields)
        if (refused) return refused
        const at = fields.scheduled_at ? Date.parse(String(fields.scheduled_at)) : 0
        if (at > sandbox.now()) {
          const near = at < sandbox.now() + 5 * MINUTE
          if (near && !rules.publishesNear)
            return error(422, 'Validation failed: Scheduled at The scheduled date must be in the future')
          if (!near) {
            if (waiting.length >= 300)
              return error(422, 'Validation failed: You have exceeded the limit of 300 scheduled posts')
            const day = (time: number) => Math.floor(time / DAY)
            if (waiting.filter((one) => day(one.at) === day(at)).length >= 25)
              return error(422, 'Validation failed: You have exceeded the limit of 25 scheduled posts for today')
            const { status, ...rest } = fields
            const parked = { id: nextId(), at, params: { ...rest, text: status } }
            waiting.push(parked)
            if (key !== undefined) keys.set(key, { at: sandbox.now(), id: parked.id })
            return { status: 200, body: shownWaiting(parked) }
          }
        }
        const made = publish(fields, sandbox.now())
        if (key !== undefined) keys.set(key, { at: sandbox.now(), id: made.id })
        return { status: 200, body: shown(made, sandbox.url) }
      },
      'GET /api/v2/search': (call) => {
        const asked = call.query.get('q')
        const found = call.query.get('resolve') === 'true' ? others.filter(({ url }) => url === asked) : []
        return { status: 200, body: { accounts: [], hashtags: [], statuses: found.map(shownOther) } }
      },
      'GET /api/v1/statuses/:id': (call) => {
        const one = find(call)
        return one ? { status: 200, body: shown(one, sandbox.url) } : gone
      },
      'GET /api/v1/statuses/:id/context': (call) => {
        const one = find(call)
        return one ? { status: 200, body: { ancestors: [], descendants: below(one.id, sandbox.url) } } : gone
      },
      'GET /api/v1/statuses/:id/source': (call) => {
        const one = find(call)
        return one ? { status: 200, body: { id: one.id, text: one.text, spoiler_text: one.spoiler } } : gone
      },
      'PUT /api/v1/statuses/:id': async (call) => {
        const one = find(call)
        if (!one) return gone
        const fields = await fieldsOf(call)
        const refused = refusalOf(fields)
        if (refused) return refused
        one.text = String(fields.status ?? '')
        one.spoiler = String(fields.spoiler_text ?? '')
        one.media = list(fields.media_ids)
        one.poll = pollShown(fields, sandbox.now())
        return { status: 200, body: shown(one, sandbox.url) }
      },
      'DELETE /api/v1/statuses/:id': (call) => {
        const one = find(call)
        if (!one) return gone
        statuses.splice(statuses.indexOf(one), 1)
        return { status: 200, body: { ...shown(one, sandbox.url), text: one.text } }
      },
      'GET /api/v1/accounts/:id/statuses': (call) =>
        call.params.id === account.id
          ? { status: 200, body: pageOf(statuses, call, 40).map((one) => shown(one, sandbox.url)) }
          : gone,
      'GET /api/v1/scheduled_statuses': (call) => ({ status: 200, body: pageOf(waiting, call, 40).map(shownWaiting) }),
      'GET /api/v1/scheduled_statuses/:id': (call) => {
        const one = waiting.find(({ id }) => id === call.params.id)
        return one ? { status: 200, body: shownWaiting(one) } : gone
      },
      'PUT /api/v1/scheduled_statuses/:id': async (call) => {
        const one = waiting.find(({ id }) => id === call.params.id)
        if (!one) return gone
        const at = Date.parse(String((await fieldsOf(call)).scheduled_at))
        if (at < sandbox.now() + 5 * MINUTE)
          return error(422, 'Validation failed: Scheduled at The scheduled date must be in the future')
        one.at = at
        return { status: 200, body: shownWaiting(one) }
      },
      'POST /api/v1/apps': oauth.register,
      'GET /oauth/authorize': oauth.consent.show,
      'POST /oauth/authorize': oauth.consent.decide,
      'POST /oauth/token': async (call) =>
        (await oauth.token(call)) ?? { status: 400, body: { error: 'unsupported_grant_type' } },
      'DELETE /api/v1/scheduled_statuses/:id': (call) => {
        const at = waiting.findIndex(({ id }) => id === call.params.id)
        if (at < 0) return gone
        waiting.splice(at, 1)
        return { status: 200, body: {} }
      },
    }
  }

  const server: Sandbox = await startSandbox(routes, {
    ...options,
    headers: (call) => {
      const next = tightest(limitsOf(call))
      return next && Number.isFinite(next.most) ? told(next) : {}
    },
    before: (call) => {
      if (isOpen(call)) return undefined
      if (!tokens.has(tokenOf(call))) return error(401, 'The access token is invalid')
      return spend(limitsOf(call)) ? tooMany() : undefined
    },
    missing: error(404, 'Not found'),
  })
  return {
    ...server,
    rules,
    limits,
    statuses,
    waiting,
    others,
    media,
    tokens,
    oauth,
    audience,
    spoiling,
    queue: () => waiting.map(({ id, at, params }) => ({ id, at, text: String(params.text ?? '') })),
    rewrite: (id: string, text: string) => {
      const at = waiting.findIndex((one) => one.id === id)
      const found = waiting[at]
      if (found) waiting[at] = { ...found, params: { ...found.params, text } }
    },
    takeAway: (id: string) => {
      without(statuses, id)
      without(waiting, id)
    },
    visible: () =>
      statuses.map(({ id, text, media: of }) => ({
        id,
        text,
        media: of.map((one) => shelf.show(one, media.get(one)?.description ?? '')),
      })),
    publishDue: () => {
      for (const one of waiting.filter(({ at }) => at <= server.now())) {
        waiting.splice(waiting.indexOf(one), 1)
        publish({ ...one.params, status: one.params.text }, one.at)
      }
    },
  }
}

const told = ({ most, left, ends }: Pick<Limit, 'most' | 'left' | 'ends'>) => ({
  'x-ratelimit-limit': String(most),
  'x-ratelimit-remaining': String(left()),
  'x-ratelimit-reset': new Date(ends()).toISOString().replace('Z', '000Z'),
})
const tooMany = (headers?: Record<string, string>): Reply => ({
  status: 429,
  headers,
  body: { error: 'Too many requests' },
})

/** Its answer to too many calls. */
export const mastodonLimit = (_now: number, reset: number): Reply =>
  tooMany(told({ most: 300, left: () => 0, ends: () => reset }))

function without(all: { readonly id: string }[], id: string): void {
  const at = all.findIndex((one) => one.id === id)
  if (at >= 0) all.splice(at, 1)
}
