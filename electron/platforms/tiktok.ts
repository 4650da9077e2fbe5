/**
 * TikTok over its Content Posting interface. A film goes up in chunks under a handle made before, and nothing stops it once its last
 * byte is there: so the last chunk is the commit, and the handle can be asked. Photos are fetched by TikTok from public addresses,
 * and asking for that is the commit. Refusals come inside of answers with 200. Facts: `facts/tiktok.ts`.
 */
import * as z from 'zod/mini'
import type { Instant } from '../../shared/domain/time.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { anything, as, ask, type Question, type Refusal } from '../services/http.ts'
import type {
  Account,
  Adapter,
  Committed,
  Connected,
  Counted,
  Found,
  Job,
  Memory,
  Secrets,
  Seen,
  SentMedium,
  Step,
  Tools,
} from './adapter.ts'
import { TIKTOK } from './facts/tiktok.ts'
import { type Renewal, refreshing, whoIsThere } from './shared/access.ts'
import { countsOf } from './shared/engagement.ts'
import { partMemory, withPart } from './shared/memory.ts'
import { begun, isOut, partOf } from './shared/parts.ts'
import { fieldOf, refusal, removed, sameText, troubled } from './shared/said.ts'
import { digest, patienceFor, sliceBody } from './shared/upload.ts'

/** How far apart two clocks may be when a post is looked for by its time. */
const LEEWAY = 120_000

/* ---- what TikTok says ---- */

const fault = as(z.object({ error: z.object({ code: z.string(), message: z.optional(z.string()) }) }))
const isRefusal = (body: unknown): boolean => (fault(body)?.error.code ?? 'ok') !== 'ok'

/** What is refused for good, by its code: the field it is about, and why. */
const REFUSALS: Readonly<Record<string, readonly [field: string, reason: string]>> = {
  unaudited_client_can_only_post_to_private_accounts: [
    'visibility',
    'It has not checked your app yet, and lets such an app post only where nobody but you sees it. Choose “Only me” and make the account private, or post by hand',
  ],
  privacy_level_option_mismatch: ['visibility', 'The account does not offer this choice of who sees it any more'],
  url_ownership_unverified: ['media', 'The address of your public media host is not confirmed in your app at TikTok'],
  invalid_file_upload: ['media', 'It cannot read the file'],
  app_version_check_failed: ['', 'The account has to update the app of TikTok first'],
  spam_risk_text: ['text', 'It takes the words for unwanted advertising'],
  spam_risk: ['', 'It takes this for unwanted advertising'],
  file_format_check_failed: ['media', 'It cannot read the format of the file'],
  duration_check_failed: ['media', 'The film is too long or too short for this account'],
  frame_rate_check_failed: ['media', 'It takes films of 23 to 60 pictures a second'],
  picture_size_check_failed: ['media', 'The picture is too large or too small'],
  video_pull_failed: ['media', 'It could not fetch the film from its address'],
  photo_pull_failed: ['media', 'It could not fetch a picture from its public address'],
}
const CAPS: Readonly<Record<string, string>> = {
  spam_risk_too_many_posts: 'posts of a day',
  spam_risk_too_many_pending_share: 'drafts of a day',
  reached_active_user_cap: 'accounts a day that an unchecked app may post for',
}

/** Decides by the code, never by the status. `commit`: a fault of theirs leaves it open. Source: notes on TikTok, section 7. */
export const sortTikTok =
  (now: Instant, commit = false, shared: 'account' | 'app' = 'account') =>
  ({ status, body, details }: Refusal): Trouble => {
    const { code = '', message = '' } = fault(body)?.error ?? {}
    if (CAPS[code]) return { kind: 'quota-used', until: now + TIKTOK.capWait, of: CAPS[code], details }
    if (code === 'rate_limit_exceeded') return { kind: 'rate-limited', until: now + TIKTOK.limitWait, shared, details }
    if (code === 'scope_not_authorized' || code === 'scope_permission_missed')
      return { kind: 'not-permitted', right: /\b(?:video|user)\.[a-z.]+/.exec(message)?.[0] ?? '', details }
    if (code === 'spam_risk_user_banned_from_posting')
      return { kind: 'access-withdrawn', reason: 'it has stopped the account from posting', details }
    if (code === 'access_token_invalid' || status === 401) return { kind: 'access-expired', details }
    if (code === 'internal_error')
      return commit ? { kind: 'unknown', details } : { kind: 'server-fault', until: null, details }
    const [field, reason] = REFUSALS[code] ?? [fieldIn(message), message]
    return { kind: 'refused', field, reason, details }
  }

const fieldIn = (message: string): string => {
  if (/privacy/i.test(message)) return 'visibility'
  if (/brand/i.test(message)) return 'brandedContent'
  if (/title|description/i.test(message)) return 'text'
  return /video|photo|chunk|file/i.test(message) ? 'media' : ''
}

/** Calls that are counted over everybody who uses the app. */
const OF_APP = /^(user\/info|video\/(query|list))\//

/** Answers have what was asked for as `data`, beside the word that all is well. */
function call<T>(tools: Tools, path: string, { read, ...question }: Omit<Question<T>, 'refused' | 'address'>) {
  const data = as(z.object({ data: z.unknown() }))
  const shared = OF_APP.test(path) ? 'app' : 'account'
  return ask(tools, {
    ...question,
    address: `${TIKTOK.host}/${path}`,
    headers: {
      authorization: `Bearer ${tools.secrets.accessToken}`,
      'content-type': 'application/json; charset=UTF-8',
    },
    read: (body) => {
      const told = data(body)
      return told && read(told.data)
    },
    denied: isRefusal,
    refused: sortTikTok(tools.now(), question.commit, shared),
    limited: (refusal) => {
      const trouble = sortTikTok(tools.now(), false, shared)(refusal)
      return trouble.kind === 'quota-used' || trouble.kind === 'rate-limited' ? trouble : undefined
    },
  })
}

/* ---- connect ---- */

const RENEWAL: Renewal = {
  address: `${TIKTOK.host}/oauth/token/`,
  app: 'key',
  gone: 'TikTok no longer takes the access it gave',
}

const person = as(
  z.object({ user: z.object({ open_id: z.string(), display_name: z.string(), username: z.optional(z.string()) }) }),
)

const creatorOf = as(
  z.object({
    creator_username: z.optional(z.string()),
    privacy_level_options: z.array(z.string()),
    comment_disabled: z.optional(z.boolean()),
    duet_disabled: z.optional(z.boolean()),
    stitch_disabled: z.optional(z.boolean()),
    max_video_post_duration_sec: z.optional(z.number()),
  }),
)
type Creator = NonNullable<ReturnType<typeof creatorOf>>

/** What the account may post just now: asked before each post, since a person may change it any day. */
const creator = (tools: Tools) =>
  call(tools, 'post/publish/creator_info/query/', { method: 'POST', json: {}, read: creatorOf })

/** Takes `accessToken` or `refreshToken`, with `clientId` (TikTok's client key) and `clientSecret` of the app. */
async function connect(given: Secrets, tools: Tools): Promise<Connected> {
  const me = async (access: Tools) => {
    const asked = await call(access, 'user/info/?fields=open_id,display_name', { read: person })
    if (!asked.ok) return asked
    const may = await creator(access)
    // A cap of the day says nothing about the access.
    if (!may.ok && may.error.kind !== 'quota-used' && may.error.kind !== 'rate-limited') return may
    return ok({ ...asked.value.value.user, handle: may.ok ? (may.value.value.creator_username ?? '') : '' })
  }
  const there = await whoIsThere(RENEWAL, TIKTOK.accessLives, given, tools, me)
  if (!there.ok) return troubled(there.error)
  const { who, secrets, expiresAt, facts } = there.value
  return {
    kind: 'connected',
    account: {
      network: 'tiktok',
      remoteId: who.open_id,
      handle: who.handle === '' ? '' : `@${who.handle}`,
      name: who.display_name,
      host: TIKTOK.site,
      facts,
      expiresAt,
    },
    secrets,
  }
}

/* ---- prepare ---- */

/** What is remembered of a film on its way. */
interface Remembered {
  readonly publishId?: string
  readonly address?: string
  /** When the address was given. */
  readonly at?: Instant
  /** What the account allowed when it was last asked. */
  readonly checked?: Instant
}
const remembered = (memory: Memory, part: number) => partMemory(memory, part) as Remembered

const isFilm = ({ type }: SentMedium): boolean => type.startsWith('video/')
const filmOf = (job: Job, part: number): SentMedium | undefined => partOf(job, part).media.find(isFilm)

/** Sizes of the chunks of a film: all the same but the last, which takes the rest along. Source: notes, section 2. */
export function chunksOf(size: number): { readonly size: number; readonly count: number } {
  const count = Math.floor(size / TIKTOK.chunk)
  return count < 2 ? { size, count: 1 } : { size: TIKTOK.chunk, count }
}

/** Where the chunk ends that begins at `from`. */
function endOf(from: number, total: number): number {
  const { size, count } = chunksOf(total)
  return Math.round(from / size) >= count - 1 ? total : from + size
}
const isLast = (from: number, total: number): boolean => endOf(from, total) === total

async function prepare(job: Job, part: number, memory: Memory, _account: Account, tools: Tools): Promise<Step> {
  if (job.publishAt !== null) return refusal('publishAt', 'TikTok schedules nothing by itself.')
  if (part > 0) return refusal('firstComment', 'TikTok lets no program comment.')
  const known = begun(memory, part, tools)
  const own = remembered(known, part)
  const goOn = (more: Remembered): Step => ({
    kind: 'again',
    memory: withPart(known, part, { ...more }),
    after: tools.now(),
  })
  const film = filmOf(job, part)
  const { media } = partOf(job, part)
  if (media.length === 0) return refusal('media', 'TikTok takes no post without a film or pictures.')
  if (!film && media.some(({ address }) => address === ''))
    return refusal(
      'media',
      'TikTok fetches pictures from a public address, and there is none: set up a public media host in the settings.',
    )
  if (own.checked === undefined) {
    const may = await creator(tools)
    if (!may.ok) return troubled(may.error)
    return unfit(job, film, may.value.value) ?? goOn({ checked: tools.now() })
  }
  if (!film) return { kind: 'ready', memory: known }
  return prepareFilm(film, job, part, own, goOn, known, tools)
}

/** Why the account cannot post this now; null when it can. */
function unfit(job: Job, film: SentMedium | undefined, may: Creator): Step | null {
  const level = fieldOf(job, 'visibility')
  if (level === '') return refusal('visibility', 'TikTok wants to be told who sees it.')
  if (!may.privacy_level_options.includes(level))
    return refusal('visibility', 'The account does not offer this choice of who sees it any more: choose another.')
  const most = may.max_video_post_duration_sec ?? Number.POSITIVE_INFINITY
  if (film && film.duration > most)
    return refusal('media', `TikTok takes films of at most ${most} seconds from this account.`)
  return null
}

async function prepareFilm(
  film: SentMedium,
  job: Job,
  part: number,
  { publishId, address, at = 0 }: Remembered,
  goOn: (more: Remembered) => Step,
  known: Memory,
  tools: Tools,
): Promise<Step> {
  if (!publishId || !address) {
    const made = await open(job, part, film, tools)
    return made.ok ? goOn({ ...made.value, at: tools.now() }) : troubled(made.error)
  }
  // What arrived is asked for at every step: a chunk whose answer was lost is there.
  const told = await statusOf(publishId, tools)
  if (!told.ok) return troubled(told.error)
  const { status, uploaded_bytes = 0, fail_reason = '' } = told.value
  const arrived = chunkStart(uploaded_bytes, film.size)
  const isOver = tools.now() > at + TIKTOK.uploadLives
  if (status === 'FAILED' || (status === 'PROCESSING_UPLOAD' && isOver && arrived < film.size)) {
    const why = REFUSALS[fail_reason]
    if (why) return troubled({ kind: 'refused', field: why[0], reason: why[1], details: fail_reason })
    return troubled({ kind: 'begin-again', details: fail_reason || 'The address of the upload has run out.' })
  }
  if (status !== 'PROCESSING_UPLOAD' || isLast(arrived, film.size)) return { kind: 'ready', memory: known }
  const sent = await sendChunks(address, film, arrived, tools)
  if (!sent.ok) return troubled(sent.error)
  return isLast(sent.value, film.size) ? { kind: 'ready', memory: known } : goOn({})
}

/** A chunk that is there in part is sent anew: whether TikTok would take the rest of it is nowhere said. */
function chunkStart(arrived: number, total: number): number {
  const { size, count } = chunksOf(total)
  return arrived >= total ? total : Math.min(Math.floor(arrived / size), count - 1) * size
}

/** What a post is asked for with, beside its media. What the account itself has turned off stays off. Source: notes, section 2. */
export function postInfo(job: Job, part: number) {
  const { text } = partOf(job, part)
  const on = (name: string) => job.fields[name] === true
  const film = filmOf(job, part)
  const title = fieldOf(job, 'title') || job.title
  return {
    ...(film ? { title: text } : { ...(title ? { title } : {}), description: text }),
    privacy_level: fieldOf(job, 'visibility'),
    disable_comment: !on('comments'),
    ...(film
      ? { disable_duet: !on('duet'), disable_stitch: !on('stitch'), is_aigc: on('aiGenerated') }
      : { auto_add_music: false }),
    brand_content_toggle: on('brandedContent'),
    brand_organic_toggle: on('ownBrand'),
  }
}

const opened = as(z.object({ publish_id: z.string(), upload_url: z.string() }))

async function open(
  job: Job,
  part: number,
  film: SentMedium,
  tools: Tools,
): Promise<Result<Required<Pick<Remembered, 'publishId' | 'address'>>, Trouble>> {
  const { size, count } = chunksOf(film.size)
  const answer = await call(tools, 'post/publish/video/init/', {
    method: 'POST',
    json: {
      post_info: postInfo(job, part),
      source_info: { source: 'FILE_UPLOAD', video_size: film.size, chunk_size: size, total_chunk_count: count },
    },
    read: opened,
  })
  if (!answer.ok) return answer
  const { publish_id, upload_url } = answer.value.value
  return ok({ publishId: publish_id, address: upload_url })
}

/** Sends the chunk that begins at `from`. Gives whether the film is complete with it. */
async function put(
  address: string,
  film: SentMedium,
  from: number,
  commit: boolean,
  tools: Tools,
): Promise<Result<boolean, Trouble>> {
  const end = endOf(from, film.size)
  const { body, headers } = sliceBody(film, from, end, tools)
  const answer = await ask(tools, {
    method: 'PUT',
    address,
    headers: { ...headers, 'content-type': film.type, 'content-range': `bytes ${from}-${end - 1}/${film.size}` },
    body,
    timeout: patienceFor(end - from),
    commit,
    read: anything,
    refused: ({ status, details }): Trouble =>
      status === 416 ? { kind: 'server-fault', until: null, details } : { kind: 'begin-again', details },
  })
  if (!answer.ok) return answer
  const { status } = answer.value
  if (status !== 201 && status !== 206) {
    const details = `${status} for a chunk`
    return err(commit ? { kind: 'unknown', details } : { kind: 'server-fault', until: null, details })
  }
  return ok(status === 201)
}

/** Chunks a step sends before it asks again what arrived: so it stays below the questions a minute TikTok answers. */
const CHUNKS = 6

/** Sends some chunks, never the last. Gives how many bytes the network has then. */
async function sendChunks(address: string, film: SentMedium, from: number, tools: Tools) {
  let at = from
  for (let count = 0; count < CHUNKS && !isLast(at, film.size); count++) {
    const sent = await put(address, film, at, false, tools)
    if (!sent.ok) return sent
    at = endOf(at, film.size)
  }
  return ok(at)
}

/* ---- commit ---- */

/** What became of a film or pictures is asked for by their handle; who was to see it goes along, since TikTok tells it nowhere. */
const handleOf = (publishId: string, job: Job): string => `${publishId}#${fieldOf(job, 'visibility')}`

async function commit(job: Job, part: number, memory: Memory, _account: Account, tools: Tools): Promise<Committed> {
  const film = filmOf(job, part)
  const done = (publishId: string): Committed => {
    const remoteId = handleOf(publishId, job)
    return { kind: 'done', remoteId, memory: isOut(memory, part, remoteId) }
  }
  if (!film) {
    // The media host was given up meanwhile.
    if (partOf(job, part).media.some(({ address }) => address === ''))
      return troubled({ kind: 'begin-again', details: '' })
    const answer = await call(tools, 'post/publish/content/init/', {
      method: 'POST',
      json: {
        post_info: postInfo(job, part),
        source_info: {
          source: 'PULL_FROM_URL',
          photo_images: partOf(job, part).media.map(({ address }) => address),
          photo_cover_index: 0,
        },
        post_mode: 'DIRECT_POST',
        media_type: 'PHOTO',
      },
      commit: true,
      read: as(z.object({ publish_id: z.string() })),
    })
    return answer.ok ? done(answer.value.value.publish_id) : troubled(answer.error)
  }
  const { publishId, address } = remembered(memory, part)
  if (!publishId || !address) return troubled({ kind: 'begin-again', details: '' })
  // The address takes bytes from whoever knows it; whether the account still lets us is asked here.
  const told = await statusOf(publishId, tools)
  if (!told.ok) return troubled(told.error)
  if (told.value.status === 'FAILED')
    return troubled({ kind: 'begin-again', details: told.value.fail_reason ?? told.value.status })
  if (isThere(told.value, film)) return done(publishId)
  const from = chunkStart(told.value.uploaded_bytes ?? 0, film.size)
  if (!isLast(from, film.size))
    return troubled({ kind: 'server-fault', until: null, details: `${from} of ${film.size}` })
  const sent = await put(address, film, from, true, tools)
  if (!sent.ok) return troubled(sent.error)
  // It does not have all of it, and says so: nothing came to be.
  return sent.value ? done(publishId) : troubled({ kind: 'server-fault', until: null, details: '206' })
}

/* ---- afterwards ---- */

const state = as(
  z.object({
    status: z.string(),
    fail_reason: z.optional(z.string()),
    uploaded_bytes: z.optional(z.number()),
    publicaly_available_post_id: z.optional(z.array(z.union([z.string(), z.number()]))),
  }),
)

type State = NonNullable<ReturnType<typeof state>>

/** Whether nothing stops it any more. */
const isThere = ({ status, uploaded_bytes = 0 }: State, film: SentMedium): boolean =>
  status !== 'FAILED' && (status !== 'PROCESSING_UPLOAD' || uploaded_bytes >= film.size)

async function statusOf(publishId: string, tools: Tools) {
  const answer = await call(tools, 'post/publish/status/fetch/', {
    method: 'POST',
    json: { publish_id: publishId },
    read: state,
  })
  return answer.ok ? ok(answer.value.value) : answer
}

async function find(
  job: Job,
  part: number,
  memory: Memory,
  since: Instant,
  _account: Account,
  tools: Tools,
): Promise<Found> {
  const film = filmOf(job, part)
  const { publishId } = remembered(memory, part)
  if (!film) return amongPosts(partOf(job, part).text, since, tools)
  if (!publishId) return { kind: 'absent' }
  const told = await statusOf(publishId, tools)
  if (!told.ok) return troubled(told.error)
  if (isThere(told.value, film)) return { kind: 'there', remoteId: handleOf(publishId, job) }
  return { kind: 'absent' }
}

const FIELDS = 'id,title,video_description,create_time,share_url'
const post = z.object({
  id: z.string(),
  title: z.optional(z.string()),
  video_description: z.optional(z.string()),
  create_time: z.optional(z.number()),
  share_url: z.optional(z.string()),
})
const posts = as(z.object({ videos: z.array(post) }))

/** Pictures lose their handle with the answer. What only some see, or what is being checked, is not listed: nobody can say it is absent. */
async function amongPosts(text: string, since: Instant, tools: Tools): Promise<Found> {
  const answer = await call(tools, `video/list/?fields=${FIELDS}`, {
    method: 'POST',
    json: { max_count: TIKTOK.page },
    read: posts,
  })
  if (!answer.ok) return answer.error.kind === 'not-permitted' ? { kind: 'unclear' } : troubled(answer.error)
  const [one, ...more] = answer.value.value.videos.filter(
    ({ title = '', video_description = '', create_time = 0 }) =>
      (sameText(video_description, text) || sameText(title, text)) && create_time * 1000 >= since - LEEWAY,
  )
  return one && more.length === 0 ? { kind: 'there', remoteId: one.id } : { kind: 'unclear' }
}

const HIDDEN: Readonly<Record<string, string>> = {
  SELF_ONLY: 'Only you can see it. TikTok lets an app it has not checked post in no other way.',
  MUTUAL_FOLLOW_FRIENDS: 'Only friends can see it, and TikTok gives it no address for others.',
  FOLLOWER_OF_CREATOR: 'Only followers can see it, and TikTok gives it no address for others.',
}

async function see(remoteId: string, account: Account, tools: Tools): Promise<Seen> {
  if (/^\d+$/.test(remoteId)) return seePost(remoteId, tools)
  const [publishId = '', level = ''] = remoteId.split('#')
  const told = await statusOf(publishId, tools)
  if (!told.ok) return troubled(told.error)
  const { status, fail_reason = '', publicaly_available_post_id: ids = [] } = told.value
  const profile = account.handle === '' ? '' : `${account.host}/${account.handle}`
  const seen = (state: 'private' | 'in-review' | 'processing', because: string): Seen => ({
    kind: 'seen',
    permalink: profile,
    state,
    because,
    fingerprint: '',
    remoteId,
  })
  if (status === 'FAILED')
    return removed(
      remoteId,
      `TikTok did not take it: ${REFUSALS[fail_reason]?.[1] ?? (fail_reason || 'it does not say why')}.`,
    )
  if (status === 'SEND_TO_USER_INBOX')
    return seen('private', 'It waits in the inbox of your TikTok app: finish it there.')
  if (status !== 'PUBLISH_COMPLETE') return seen('processing', 'TikTok is still working on it.')
  const [id] = ids.map(String)
  if (id === undefined)
    return HIDDEN[level]
      ? seen('private', HIDDEN[level])
      : seen('in-review', 'TikTok is still checking it; it gives it an address once that is done.')
  const shown = await seePost(id, tools)
  if (shown.kind === 'seen' && shown.state === 'public') return shown
  // The listing comes later than the status, and may be closed to the app. The address of photos is unconfirmed.
  const kind = publishId.startsWith('p_') ? 'photo' : 'video'
  return {
    kind: 'seen',
    permalink: `${profile}/${kind}/${id}`,
    state: 'public',
    because: '',
    fingerprint: '',
    remoteId: id,
  }
}

/** What is asked of one post, of those that everybody may see. */
const query = <T>(id: string, fields: string, read: (told: unknown) => T | undefined, tools: Tools) =>
  call(tools, `video/query/?fields=${fields}`, { method: 'POST', json: { filters: { video_ids: [id] } }, read })

async function seePost(id: string, tools: Tools): Promise<Seen> {
  const answer = await query(id, FIELDS, posts, tools)
  if (!answer.ok) return troubled(answer.error)
  const [there] = answer.value.value.videos
  if (!there) return removed(id, 'TikTok does not list it any more: it was deleted there, or made private.')
  const { title = '', video_description = '', share_url = '' } = there
  const permalink = share_url.replace(/\?.*$/, '')
  const fingerprint = digest(title, video_description)
  return { kind: 'seen', permalink, state: 'public', because: '', fingerprint, remoteId: id }
}

const numbers = as(z.object({ videos: z.array(z.record(z.string(), z.unknown())) }))

/**
 * Only what everybody may see is listed, and by an id it gets after it was looked at: until then, and of what only some may see, nothing
 * is told. Source: notes on TikTok, sections 2, 3 and 5.
 */
async function metrics(remoteId: string, _account: Account, tools: Tools): Promise<Counted> {
  const posted = await postIdOf(remoteId, tools)
  if (!posted.ok) return troubled(posted.error)
  if (posted.value === '') return { kind: 'untold' }
  const answer = await query(posted.value, `id,${Object.keys(TIKTOK.metrics).join(',')}`, numbers, tools)
  if (!answer.ok) return troubled(answer.error)
  const [there] = answer.value.value.videos
  return there
    ? { kind: 'counted', counts: countsOf(TIKTOK.metrics, there) }
    : troubled({ kind: 'target-gone', details: '' })
}

/** The id of a post that everybody may see; '': it has none, or none yet. */
async function postIdOf(remoteId: string, tools: Tools): Promise<Result<string, Trouble>> {
  if (/^\d+$/.test(remoteId)) return ok(remoteId)
  const [publishId = '', level = ''] = remoteId.split('#')
  if (HIDDEN[level]) return ok('')
  const told = await statusOf(publishId, tools)
  if (!told.ok) return told
  const { status, fail_reason = '', publicaly_available_post_id: [id = ''] = [] } = told.value
  return status === 'FAILED' ? err({ kind: 'target-gone', details: fail_reason }) : ok(String(id))
}

export const tiktok: Adapter = {
  network: 'tiktok',
  api: { version: TIKTOK.version, asOf: TIKTOK.asOf },
  connect,
  refresh: refreshing(() => RENEWAL),
  fetches: (job, part) => (filmOf(job, part) ? [] : partOf(job, part).media.map(({ id }) => id)),
  prepare,
  commit,
  find,
  see,
  metrics,
}
