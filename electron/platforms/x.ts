/**
 * X over its API v2. Media are uploaded out of sight; the commit is one `POST /tweets`. X refuses the same words twice without naming
 * the first, so a lost answer is looked up among the account's own posts. Facts: `facts/x.ts`.
 */
import * as z from 'zod/mini'
import type { Instant } from '../../shared/domain/time.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { linksIn } from '../../shared/platforms/entities.ts'
import { anything, as, ask, fullWindow, type Question, type Refusal } from '../services/http.ts'
import type {
  Account,
  Adapter,
  Committed,
  Connected,
  Counted,
  Done,
  Found,
  Heard,
  Job,
  Memory,
  Secrets,
  Seen,
  SentMedium,
  Step,
  Tools,
} from './adapter.ts'
import { X } from './facts/x.ts'
import { type Renewal, refreshing, whoIsThere } from './shared/access.ts'
import { countsOf } from './shared/engagement.ts'
import { partMemory, withPart } from './shared/memory.ts'
import { above, begun, isOut, parentOf, partOf, underneath } from './shared/parts.ts'
import { pollOf } from './shared/poll.ts'
import { fieldOf, listOf, refusal, removed, troubled } from './shared/said.ts'
import { digest, fileName, formBody, patienceFor } from './shared/upload.ts'

/** How far apart two clocks may be when a post is looked for by its time. */
const LEEWAY = 120_000

/* ---- what X says ---- */

const problem = as(
  z.object({
    detail: z.optional(z.string()),
    type: z.optional(z.string()),
    errors: z.optional(
      z.array(z.object({ message: z.optional(z.string()), parameters: z.optional(z.record(z.string(), z.unknown())) })),
    ),
  }),
)

const FIELDS: readonly (readonly [pattern: RegExp, field: string])[] = [
  [/media/i, 'media'],
  [/poll/i, 'pollOptions'],
  [/reply_settings/i, 'replies'],
  [/text/i, 'text'],
]

/** Source: notes on X, section 7. */
export function sortX({ status, headers, body, details }: Refusal, now: Instant): Trouble {
  const { detail = '', type = '', errors = [] } = problem(body) ?? {}
  const slug = type.slice(type.lastIndexOf('/') + 1)
  // More calls cost money that is not there: nothing to wait for.
  if (status === 402 || slug === 'usage-capped')
    return { kind: 'not-permitted', right: 'credits for more calls', details }
  if (status === 429) return limitOf(headers, details, now)
  if (status === 401) return { kind: 'access-expired', details }
  if (status === 403 && /duplicate content/i.test(detail)) return { kind: 'duplicate', remoteId: '', details }
  if (status === 403 && /suspended|locked/i.test(detail))
    return { kind: 'access-withdrawn', reason: 'the account is suspended or locked', details }
  if (status === 403)
    return { kind: 'not-permitted', right: slug === 'client-forbidden' ? 'this call, for the app' : '', details }
  if (status === 404) return { kind: 'target-gone', details }
  const [first] = errors
  const message = first?.message ?? detail
  if (/media ids? (are|is) invalid/i.test(message)) return { kind: 'begin-again', details }
  const about = `${Object.keys(first?.parameters ?? {}).join(' ')} ${message}`
  return {
    kind: 'refused',
    field: FIELDS.find(([pattern]) => pattern.test(about))?.[1] ?? '',
    reason: message,
    details,
  }
}

/** The window that is full: of a quarter of an hour, or of a day for the account or the app. */
const limitOf = (headers: Headers, details: string, now: Instant): Trouble => ({
  kind: 'rate-limited',
  ...(fullWindow(headers, now) ?? { until: now + 15 * 60_000, shared: 'account' }),
  details,
})

function call<T>(tools: Tools, path: string, question: Omit<Question<T>, 'refused' | 'address'>) {
  const sort = (refusal: Refusal) => sortX(refusal, tools.now())
  return ask(tools, {
    ...question,
    address: `${X.host}/${path}`,
    headers: { authorization: `Bearer ${tools.secrets.accessToken}`, ...question.headers },
    refused: sort,
    limited: sort,
  })
}

/* ---- connect ---- */

const user = as(z.object({ data: z.object({ id: z.string(), username: z.string(), name: z.string() }) }))

/** A public client has no secret; any other shows it in a header. */
const renewal = ({ clientSecret }: Secrets): Renewal => ({
  address: `${X.host}/oauth2/token`,
  app: clientSecret ? 'basic' : 'public',
  gone: 'X no longer takes the access it gave',
})

/** Takes `accessToken` or `refreshToken`, with the `clientId` of the app; a `clientSecret` only where the app is no public client. */
async function connect(given: Secrets, tools: Tools): Promise<Connected> {
  const me = async (access: Tools) => {
    const answer = await call(access, 'users/me?user.fields=username,name,verified_type', { read: user })
    return answer.ok ? ok(answer.value.value.data) : answer
  }
  const there = await whoIsThere(renewal(given), X.accessLives, given, tools, me)
  if (!there.ok) return troubled(there.error)
  const { who, secrets, expiresAt, facts } = there.value
  const { id: remoteId, username: handle, name } = who
  const account = { network: 'x', remoteId, handle, name, host: X.site, facts } as const
  return { kind: 'connected', account: { ...account, expiresAt }, secrets }
}

/* ---- prepare ---- */

/** What is remembered of an upload. */
interface Upload {
  readonly id: string
  /** How posts name it. */
  readonly key: string
  /** When X throws it away. */
  readonly until: Instant
  /** Pieces that arrived. */
  readonly sent: number
  readonly state: 'sending' | 'processing' | 'uploaded' | 'ready'
}
type Uploads = Readonly<Record<string, Upload | undefined>>
const uploadsOf = (memory: Memory, part: number): Uploads => (partMemory(memory, part).uploads ?? {}) as Uploads

async function prepare(job: Job, part: number, memory: Memory, account: Account, tools: Tools): Promise<Step> {
  const known = begun(memory, part, tools)
  const { media } = partOf(job, part)
  if (job.publishAt !== null) return refusal('publishAt', 'X schedules nothing by itself.')
  if (part > 0) {
    const step = await underneath(find, above(job, part), job, part, known, account, tools)
    if (step) return step
  }
  const uploads = uploadsOf(known, part)
  const lives = (upload: Upload | undefined) => (upload && upload.until > tools.now() ? upload : undefined)
  const next = media.find(({ id }) => lives(uploads[id])?.state !== 'ready')
  if (!next) return taggedIn(job, part, known, tools)
  const gone = await further(job, next, lives(uploads[next.id]), tools)
  if (!gone.ok) return troubled(gone.error)
  const { upload, after = 0 } = gone.value
  const more = { uploads: { ...uploads, [next.id]: upload } }
  return { kind: 'again', memory: withPart(known, part, more), after: tools.now() + after }
}

/** People in the media are named by their ids, which X tells of their names. */
async function taggedIn(job: Job, part: number, known: Memory, tools: Tools): Promise<Step> {
  const names = peopleIn(job, part)
  if (names.length === 0 || taggedOf(known, part).length > 0) return { kind: 'ready', memory: known }
  const query = new URLSearchParams({ usernames: names.join(',') })
  const answer = await call(tools, `users/by?${query}`, { read: people })
  if (!answer.ok) return troubled(answer.error)
  const { data = [] } = answer.value.value
  const missing = names.find((name) => !data.some(({ username }) => username.toLowerCase() === name.toLowerCase()))
  if (missing) return refusal('userTags', `X has nobody with the name @${missing}.`)
  return { kind: 'again', memory: withPart(known, part, { tagged: data.map(({ id }) => id) }), after: tools.now() }
}

const people = as(z.object({ data: z.optional(z.array(z.object({ id: z.string(), username: z.string() }))) }))

/** Names of people in the media of the post itself. */
const peopleIn = (job: Job, part: number): readonly string[] => {
  const { kind, media } = partOf(job, part)
  return kind === 'post' && media.length > 0 ? listOf(job, 'userTags').map((name) => name.trim().replace(/^@/, '')) : []
}
const taggedOf = (memory: Memory, part: number): readonly string[] =>
  (partMemory(memory, part).tagged ?? []) as readonly string[]

interface Further {
  /** Undefined: it has to be begun anew. */
  readonly upload: Upload | undefined
  /** Milliseconds until it is looked at again. */
  readonly after?: number
}

const made = z.object({
  id: z.string(),
  media_key: z.optional(z.string()),
  expires_after_secs: z.optional(z.number()),
  processing_info: z.optional(
    z.object({
      state: z.string(),
      check_after_secs: z.optional(z.number()),
      error: z.optional(z.object({ message: z.optional(z.string()), name: z.optional(z.string()) })),
    }),
  ),
})
const medium = as(z.object({ data: made }))
type Made = z.infer<typeof made>

const isWhole = ({ type, size }: SentMedium): boolean =>
  type.startsWith('image/') && type !== 'image/gif' && size <= X.piece.most
const categoryOf = ({ type }: SentMedium): string =>
  type === 'image/gif' ? 'tweet_gif' : type.startsWith('video/') ? 'tweet_video' : 'tweet_image'
const pieceOf = ({ size }: SentMedium): number => Math.max(X.piece.proven, Math.ceil(size / X.piece.count))

/** One thing more for an upload: the file, a few pieces, a look, the alternative text. */
async function further(
  job: Job,
  one: SentMedium,
  known: Upload | undefined,
  tools: Tools,
): Promise<Result<Further, Trouble>> {
  if (!known) return isWhole(one) ? sendWhole(job, one, tools) : begin(one, tools)
  switch (known.state) {
    case 'sending':
      return sendPieces(one, known, tools)
    case 'processing':
      return look(one, known, tools)
    default:
      return addAlt(one, known, tools)
  }
}

const uploadOf = ({ id, media_key = '', expires_after_secs }: Made, state: Upload['state'], tools: Tools): Upload => ({
  id,
  key: media_key,
  until: tools.now() + (expires_after_secs === undefined ? X.mediaLives : expires_after_secs * 1000),
  sent: 0,
  state,
})

async function sendWhole(job: Job, one: SentMedium, tools: Tools): Promise<Result<Further, Trouble>> {
  const fields = { media_category: categoryOf(one) }
  const { body, headers } = formBody(
    fields,
    { field: 'media', name: fileName(job.deliveryId, one), medium: one },
    tools,
  )
  const answer = await call(tools, 'media/upload', {
    method: 'POST',
    body,
    headers,
    timeout: patienceFor(one.size),
    read: medium,
  })
  return answer.ok ? ok({ upload: uploadOf(answer.value.value.data, 'uploaded', tools) }) : answer
}

async function begin(one: SentMedium, tools: Tools): Promise<Result<Further, Trouble>> {
  const answer = await call(tools, 'media/upload/initialize', {
    method: 'POST',
    json: { media_type: one.type, total_bytes: one.size, media_category: categoryOf(one) },
    read: medium,
  })
  return answer.ok ? ok({ upload: uploadOf(answer.value.value.data, 'sending', tools) }) : answer
}

/** Pieces a step sends before what arrived is written down. */
const PIECES = 8

async function sendPieces(one: SentMedium, known: Upload, tools: Tools): Promise<Result<Further, Trouble>> {
  const length = pieceOf(one)
  const count = Math.ceil(one.size / length)
  let { sent } = known
  for (const end = Math.min(count, sent + PIECES); sent < end; sent++) {
    const from = sent * length
    const to = Math.min(from + length, one.size)
    const file = { field: 'media', name: 'piece', medium: { ...one, type: 'application/octet-stream' } }
    const { body, headers } = formBody({ segment_index: String(sent) }, file, tools, from, to)
    const answer = await call(tools, `media/upload/${known.id}/append`, {
      method: 'POST',
      body,
      headers,
      timeout: patienceFor(to - from),
      read: anything,
    })
    if (!answer.ok && sent > known.sent) break // told by the next step, once what arrived is written down
    if (!answer.ok) return answer
  }
  if (sent < count) return ok({ upload: { ...known, sent } })
  const finished = await call(tools, `media/upload/${known.id}/finalize`, { method: 'POST', read: medium })
  return finished.ok ? processed(one, { ...known, sent }, finished.value.value.data) : finished
}

async function look(one: SentMedium, known: Upload, tools: Tools): Promise<Result<Further, Trouble>> {
  const answer = await call(tools, `media/upload?command=STATUS&media_id=${known.id}`, { read: medium })
  return answer.ok ? processed(one, known, answer.value.value.data) : answer
}

function processed(one: SentMedium, known: Upload, { processing_info: info }: Made): Result<Further, Trouble> {
  if (info?.state === 'failed')
    return err({
      kind: 'refused',
      field: 'media',
      reason: `X could not process the ${one.type.startsWith('video/') ? 'film' : 'picture'}.`,
      details: info.error?.message ?? info.error?.name ?? '',
    })
  if (!info || info.state === 'succeeded') return ok({ upload: { ...known, state: 'uploaded' } })
  return ok({ upload: { ...known, state: 'processing' }, after: (info.check_after_secs ?? 1) * 1000 })
}

/** Alternative texts are for pictures; each is a call that costs. */
async function addAlt(one: SentMedium, known: Upload, tools: Tools): Promise<Result<Further, Trouble>> {
  if (one.alt && one.type.startsWith('image/')) {
    const answer = await call(tools, 'media/metadata', {
      method: 'POST',
      json: { id: known.id, metadata: { alt_text: { text: one.alt } } },
      read: anything,
    })
    if (!answer.ok) return answer
  }
  return ok({ upload: { ...known, state: 'ready' } })
}

/* ---- commit ---- */

/** What a post is asked for with. Source: notes on X, section 2; X refuses keys it does not know. */
export function bodyOf(job: Job, part: number, memory: Memory) {
  const { text, media, kind } = partOf(job, part)
  const uploads = uploadsOf(memory, part)
  const poll = kind === 'post' ? pollOf(job) : null
  const replies = fieldOf(job, 'replies')
  const parent = parentOf(memory, part)
  const tagged = taggedOf(memory, part)
  const attached = { media_ids: media.map(({ id }) => uploads[id]?.id ?? '') }
  return {
    ...(text ? { text } : {}),
    ...(media.length > 0 ? { media: { ...attached, ...(tagged.length > 0 ? { tagged_user_ids: tagged } : {}) } } : {}),
    ...(poll ? { poll: { options: poll.options, duration_minutes: Number(poll.duration) || X.poll } } : {}),
    ...(parent ? { reply: { in_reply_to_tweet_id: parent } } : {}),
    ...(replies && kind === 'post' ? { reply_settings: replies } : {}),
    ...(job.fields.aiGenerated === true ? { made_with_ai: true } : {}),
    ...(job.fields.brandedContent === true ? { paid_partnership: true } : {}),
  }
}

async function commit(job: Job, part: number, memory: Memory, _account: Account, tools: Tools): Promise<Committed> {
  const answer = await call(tools, 'tweets', {
    method: 'POST',
    json: bodyOf(job, part, memory),
    commit: true,
    read: as(z.object({ data: z.object({ id: z.string() }) })),
  })
  if (!answer.ok) return troubled(answer.error)
  const { id } = answer.value.value.data
  return { kind: 'done', remoteId: id, memory: isOut(memory, part, id) }
}

/* ---- afterwards ---- */

const post = z.object({
  id: z.string(),
  text: z.string(),
  created_at: z.optional(z.string()),
  entities: z.optional(
    z.object({ urls: z.optional(z.array(z.object({ url: z.string(), expanded_url: z.optional(z.string()) }))) }),
  ),
  attachments: z.optional(z.object({ media_keys: z.optional(z.array(z.string())) })),
  referenced_tweets: z.optional(z.array(z.object({ type: z.string(), id: z.string() }))),
})
type Post = z.infer<typeof post>
const timeline = as(
  z.object({ data: z.optional(z.array(post)), meta: z.optional(z.object({ next_token: z.optional(z.string()) })) }),
)
const FIELDS_ASKED = 'created_at,text,entities,attachments,referenced_tweets'

/** A text as X shows it, its links long again and the one of its media gone, to be compared with another. */
export const wordsOf = (one: Post): string => comparable(spelledOut(one))

/** Its links long again and the one of its media gone. */
function spelledOut({ text, entities, attachments }: Post): string {
  let whole = text
  for (const { url, expanded_url = url } of entities?.urls ?? []) {
    const ofMedia = attachments !== undefined && /\/(photo|video)\/\d+$/.test(expanded_url)
    whole = whole.replace(url, () => (ofMedia ? '' : expanded_url))
  }
  return whole
}

/** X writes the signs of markup as entities. */
const plainOf = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').trim()

/** X reads texts as NFC and gives a bare host a scheme. */
function comparable(text: string): string {
  const plain = plainOf(text.normalize('NFC'))
  let whole = ''
  let at = 0
  for (const { start, end } of linksIn(plain)) {
    const link = plain
      .slice(start, end)
      .replace(/^https?:\/\//i, '')
      .replace(/\/$/, '')
    whole += `${plain.slice(at, start)}${link}`
    at = end
  }
  return (whole + plain.slice(at)).trim()
}

async function find(
  job: Job,
  part: number,
  memory: Memory,
  since: Instant,
  account: Account,
  tools: Tools,
): Promise<Found> {
  const { text, media } = partOf(job, part)
  const uploads = uploadsOf(memory, part)
  const keys = media.flatMap(({ id }) => uploads[id]?.key || [])
  const parent = parentOf(memory, part)
  const isIt = (one: Post): boolean => {
    const repliedTo = one.referenced_tweets?.find(({ type }) => type === 'replied_to')?.id ?? ''
    if (repliedTo !== parent) return false
    return keys.length > 0
      ? keys.every((key) => one.attachments?.media_keys?.includes(key))
      : wordsOf(one) === comparable(text)
  }
  let page = ''
  do {
    const query = new URLSearchParams({
      max_results: String(X.page),
      exclude: 'retweets',
      start_time: new Date(since - LEEWAY).toISOString().replace(/\.\d+Z$/, 'Z'),
      'tweet.fields': FIELDS_ASKED,
      ...(page ? { pagination_token: page } : {}),
    })
    const answer = await call(tools, `users/${account.remoteId}/tweets?${query}`, { read: timeline })
    if (!answer.ok) return troubled(answer.error)
    const { data = [], meta } = answer.value.value
    const found = data.find(isIt)
    if (found) return { kind: 'there', remoteId: found.id }
    page = meta?.next_token ?? ''
  } while (page !== '')
  return { kind: 'absent' }
}

async function see(remoteId: string, account: Account, tools: Tools): Promise<Seen> {
  const answer = await call(tools, `tweets?ids=${remoteId}&tweet.fields=${FIELDS_ASKED}`, {
    read: as(z.object({ data: z.optional(z.array(post)) })),
  })
  if (!answer.ok) return troubled(answer.error)
  const [one] = answer.value.value.data ?? []
  if (!one) return removed(remoteId)
  return {
    kind: 'seen',
    permalink: `${X.site}/${account.handle}${X.status}${remoteId}`,
    state: 'public',
    because: '',
    fingerprint: digest(wordsOf(one)),
    remoteId,
  }
}

async function remove(remoteId: string, _account: Account, tools: Tools): Promise<Done> {
  const answer = await call(tools, `tweets/${remoteId}`, { method: 'DELETE', read: anything })
  return answer.ok || answer.error.kind === 'target-gone' ? { kind: 'done' } : troubled(answer.error)
}

const told = as(
  z.object({
    data: z.nullish(
      z.array(
        z.object({
          created_at: z.nullish(z.string()),
          conversation_id: z.nullish(z.string()),
          public_metrics: z.nullish(z.record(z.string(), z.unknown())),
          non_public_metrics: z.nullish(z.record(z.string(), z.unknown())),
        }),
      ),
    ),
  }),
)

/** Null: it is not there, or may not be told with these fields; X says either beside what it does tell, with 200. */
async function lookUp(remoteId: string, fields: string, tools: Tools) {
  const query = new URLSearchParams({ ids: remoteId, 'tweet.fields': fields })
  const answer = await call(tools, `tweets?${query}`, { read: told })
  return answer.ok ? ok(answer.value.value.data?.[0] ?? null) : answer
}

/**
 * Clicks are told for 30 days, and asking for them later refuses the post whole: then what everybody may read is asked for alone.
 * Source: notes on X, section 5.
 */
async function metrics(remoteId: string, _account: Account, tools: Tools): Promise<Counted> {
  const own = await lookUp(remoteId, 'public_metrics,non_public_metrics', tools)
  const one = own.ok && own.value === null ? await lookUp(remoteId, 'public_metrics', tools) : own
  if (!one.ok) return troubled(one.error)
  if (one.value === null) return troubled({ kind: 'target-gone', details: '' })
  const { public_metrics, non_public_metrics } = one.value
  return { kind: 'counted', counts: countsOf(X.metrics, { ...non_public_metrics, ...public_metrics }) }
}

const answers = as(
  z.object({
    data: z.nullish(z.array(z.extend(post, { created_at: z.string(), author_id: z.string() }))),
    includes: z.nullish(
      z.object({
        users: z.nullish(z.array(z.object({ id: z.string(), username: z.string(), name: z.nullish(z.string()) }))),
      }),
    ),
    meta: z.nullish(z.object({ next_token: z.nullish(z.string()) })),
  }),
)

/**
 * Answers are searched for by the conversation they belong to, and the search looks a week back: of an older post some would be missing,
 * so it is untold. So is a part below another: what is answered there is told with the first one, and X bills each answer that is read.
 * Source: notes on X, sections 6 and 8.
 */
async function inbox(remoteId: string, page: string, account: Account, tools: Tools): Promise<Heard> {
  const root = await lookUp(remoteId, 'created_at,conversation_id', tools)
  if (!root.ok) return troubled(root.error)
  if (root.value === null) return troubled({ kind: 'target-gone', details: '' })
  const { conversation_id, created_at } = root.value
  const isOld = created_at && Date.parse(created_at) < tools.now() - X.searches
  if (isOld || (conversation_id && conversation_id !== remoteId)) return { kind: 'untold' }
  const query = new URLSearchParams({
    query: `conversation_id:${remoteId}`,
    max_results: String(X.page),
    'tweet.fields': 'created_at,author_id,text,entities,attachments',
    expansions: 'author_id',
    'user.fields': 'username,name',
    ...(page ? { next_token: page } : {}),
  })
  const answer = await call(tools, `tweets/search/recent?${query}`, { read: answers })
  if (!answer.ok) return troubled(answer.error)
  const { data, includes, meta } = answer.value.value
  const messages = (data ?? [])
    .filter(({ id }) => id !== remoteId)
    .map((one) => {
      const by = includes?.users?.find(({ id }) => id === one.author_id)
      return {
        id: one.id,
        author: by?.name || by?.username || '',
        text: plainOf(spelledOut(one)),
        at: Date.parse(one.created_at),
        own: one.author_id === account.remoteId,
        permalink: by ? `${X.site}/${by.username}${X.status}${one.id}` : '',
      }
    })
  return { kind: 'heard', messages: messages.sort((one, other) => other.at - one.at), next: meta?.next_token ?? '' }
}

export const x: Adapter = {
  network: 'x',
  api: { version: X.version, asOf: X.asOf },
  connect,
  refresh: refreshing(({ secrets }) => renewal(secrets)),
  prepare,
  commit,
  find,
  see,
  remove,
  metrics,
  inbox,
}
