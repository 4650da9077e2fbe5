/**
 * Snapchat over its interface for public profiles, which only apps may use that Snap has admitted. A picture or film goes up enciphered
 * and can be posted once: so its id is the handle, and asking again with the same one is never a second post. Refusals come inside of
 * answers with 200. Facts: `facts/snapchat.ts`.
 */
import { createCipheriv, randomBytes } from 'node:crypto'
import * as z from 'zod/mini'
import type { Instant } from '../../shared/domain/time.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { anything, as, ask, clockOff, type Question, type Refusal, type Told } from '../services/http.ts'
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
import { SNAPCHAT } from './facts/snapchat.ts'
import { type Renewal, refreshing, whoIsThere } from './shared/access.ts'
import { countsOf } from './shared/engagement.ts'
import { partMemory, withPart } from './shared/memory.ts'
import { begun, isOut, partOf } from './shared/parts.ts'
import { fieldOf, refusal, removed, sameText, troubled } from './shared/said.ts'
import { digest, fileName, formBody, patienceFor } from './shared/upload.ts'

/** How far apart two clocks may be when a snap is looked for by its words and time. */
const LEEWAY = 120_000
/** The same where its time is all there is to tell it by. */
const MOMENT = 2_000

/* ---- what Snapchat says ---- */

const FINE = 'SUCCESS'
const fault = as(
  z.object({
    request_status: z.optional(z.string()),
    error_code: z.optional(z.string()),
    display_message: z.optional(z.string()),
    debug_message: z.optional(z.string()),
  }),
)
const items = as(z.record(z.string(), z.unknown()))
const item = as(z.object({ sub_request_status: z.string(), sub_request_error_reason: z.optional(z.string()) }))

/** What went wrong with one of several things asked for. */
const faultInside = (body: unknown) =>
  Object.values(items(body) ?? {})
    .flatMap((one) => (Array.isArray(one) ? one : []))
    .map(item)
    .find((one) => one !== undefined && one.sub_request_status !== FINE)

const isRefusal = (body: unknown): boolean => fault(body)?.request_status === 'ERROR' || faultInside(body) !== undefined

const NOT_ADMITTED = 'AUTHORIZATION_PERMISSION_DENIED'
const POSTED = 'MEDIA_POSTING_ALREADY_IN_PROGRESS'

const fieldIn = (words: string): string => {
  if (/title/i.test(words)) return 'title'
  if (/description/i.test(words)) return 'text'
  if (/locale/i.test(words)) return 'locale'
  if (/ttl/i.test(words)) return 'lifetime'
  return /media|upload|part|encrypt/i.test(words) ? 'media' : ''
}

/** Source: notes on Snapchat, section 7; the codes of what is refused for good are nowhere listed. */
export function sortSnapchat({ status, body, details }: Refusal): Trouble {
  const { error_code = '', display_message = '', debug_message = '' } = fault(body) ?? {}
  const { sub_request_error_reason = '' } = faultInside(body) ?? {}
  if (error_code === NOT_ADMITTED) return { kind: 'not-permitted', right: 'Public Profile API', details }
  if (error_code === POSTED) return { kind: 'duplicate', remoteId: '', details }
  if (error_code === 'MEDIA_EXPIRED') return { kind: 'begin-again', details }
  if (status === 401) return { kind: 'access-expired', details }
  if (status === 403) return { kind: 'not-permitted', right: '', details }
  if (status === 404) return { kind: 'target-gone', details }
  const reason = display_message || sub_request_error_reason || debug_message
  return { kind: 'refused', field: fieldIn(`${error_code} ${reason}`), reason, details }
}

function call<T>(tools: Tools, path: string, question: Omit<Question<T>, 'refused' | 'address'>) {
  return ask(tools, {
    ...question,
    address: `${SNAPCHAT.host}${path}`,
    headers: { authorization: `Bearer ${tools.secrets.accessToken}`, ...question.headers },
    denied: isRefusal,
    refused: sortSnapchat,
  })
}

const of = (account: Account, path: string): string =>
  `/${SNAPCHAT.version}/public_profiles/${account.remoteId}/${path}`

/* ---- connect ---- */

const RENEWAL: Renewal = {
  address: SNAPCHAT.token,
  app: 'form',
  gone: 'Snapchat no longer takes the access it gave',
}

const profile = z.object({ id: z.string(), display_name: z.string(), snap_user_name: z.optional(z.string()) })
/** One profile comes bare or as a list of one. */
const profileOf = (body: unknown) =>
  as(z.object({ public_profile: profile }))(body)?.public_profile ??
  as(z.object({ public_profiles: z.array(z.object({ public_profile: profile })) }))(body)?.public_profiles[0]
    ?.public_profile

/** Said of an app or a person whom Snap does not let in. */
const BY_HAND =
  'Snap has not admitted this app to its Public Profile API, or the person has no role on the profile. So nothing can be sent there: switch on “I post it myself” at the channel, and you are reminded when it is time.'

/** Takes `accessToken` or `refreshToken`, with `clientId` and `clientSecret` of the app; `profile` where the person has several. */
async function connect(given: Secrets, tools: Tools): Promise<Connected> {
  const which = given.profile?.trim() || 'my_profile'
  const me = async (access: Tools) => {
    const answer = await call(access, `/${SNAPCHAT.version}/public_profiles/${encodeURIComponent(which)}`, {
      read: profileOf,
    })
    return answer.ok ? ok(answer.value.value) : answer
  }
  const there = await whoIsThere(RENEWAL, SNAPCHAT.accessLives, given, tools, me)
  if (!there.ok) {
    const { kind, details } = there.error
    if (kind === 'not-permitted') return troubled({ kind: 'refused', field: '', reason: BY_HAND, details })
    if (kind === 'target-gone')
      return troubled({ kind: 'refused', field: 'profile', reason: 'There is no such public profile.', details })
    return troubled(there.error)
  }
  const { who, secrets, expiresAt, facts } = there.value
  const { id, display_name, snap_user_name: handle = '' } = who
  const account = { network: 'snapchat', remoteId: id, handle, host: SNAPCHAT.site } as const
  return { kind: 'connected', account: { ...account, name: display_name, facts, expiresAt }, secrets }
}

/* ---- prepare ---- */

/** An upload on its way. The key goes to the network with it and opens nothing else. */
interface Upload {
  readonly id: string
  readonly key: string
  /** What the next part is chained to: the first vector, then the last block that was sent. */
  readonly chain: string
  readonly add: string
  readonly finish: string
  readonly at: Instant
  /** Parts that arrived. */
  readonly parts: number
  readonly state: 'sending' | 'ready'
}
const uploadOf = (memory: Memory, part: number) => (partMemory(memory, part) as { readonly upload?: Upload }).upload

const BLOCK = 16
const SURFACES: Readonly<Record<string, 'stories' | 'saved_stories' | 'spotlights'>> = {
  story: 'stories',
  savedStory: 'saved_stories',
  spotlight: 'spotlights',
}
const surfaceOf = (job: Job) => SURFACES[job.format] ?? 'stories'
const titleOf = (job: Job): string => fieldOf(job, 'title') || job.title

async function prepare(job: Job, part: number, memory: Memory, account: Account, tools: Tools): Promise<Step> {
  if (job.publishAt !== null) return refusal('publishAt', 'Snapchat schedules nothing by itself.')
  if (part > 0) return refusal('firstComment', 'Snapchat lets no program comment.')
  const [medium, ...others] = partOf(job, part).media
  if (!medium || others.length > 0) return refusal('media', 'Snapchat takes one picture or one film.')
  if (surfaceOf(job) === 'spotlights' && !medium.type.startsWith('video/'))
    return refusal('media', 'Spotlight takes films only.')
  const known = begun(memory, part, tools)
  const upload = uploadOf(known, part)
  if (upload?.state === 'ready' && tools.now() < upload.at + SNAPCHAT.mediaLives)
    return { kind: 'ready', memory: known }
  const gone = await further(job, medium, upload, account, tools)
  if (!gone.ok) return troubled(gone.error)
  return { kind: 'again', memory: withPart(known, part, { upload: gone.value }), after: tools.now() }
}

/** Asks for a place for a medium, sends a part of it there, or says that this was the last one. */
async function further(
  job: Job,
  medium: SentMedium,
  known: Upload | undefined,
  account: Account,
  tools: Tools,
): Promise<Result<Upload, Trouble>> {
  if (!known || tools.now() >= known.at + SNAPCHAT.mediaLives) return open(job, medium, account, tools)
  const size = partSize(medium)
  const from = known.parts * size
  if (from < cipherSize(medium.size)) return sendPart(job, medium, known, from, size, tools)
  const form = new FormData()
  form.set('action', 'FINALIZE')
  const done = await call(tools, known.finish, { method: 'POST', body: form, read: anything })
  return done.ok ? ok({ ...known, state: 'ready' }) : err(ofUpload(done.error))
}

/** What is not there any more of an upload is the upload, and not the profile. */
const ofUpload = (trouble: Trouble): Trouble =>
  trouble.kind === 'target-gone' ? { kind: 'begin-again', details: trouble.details } : trouble

const opened = as(z.object({ media_id: z.string(), add_path: z.string(), finalize_path: z.string() }))

async function open(job: Job, medium: SentMedium, account: Account, tools: Tools): Promise<Result<Upload, Trouble>> {
  const key = randomBytes(32).toString('base64')
  const iv = randomBytes(BLOCK).toString('base64')
  const answer = await call(tools, of(account, 'media'), {
    method: 'POST',
    json: {
      type: medium.type.startsWith('video/') ? 'VIDEO' : 'IMAGE',
      name: fileName(job.deliveryId, medium),
      key,
      iv,
    },
    read: opened,
  })
  if (!answer.ok) return answer
  const { media_id, add_path, finalize_path } = answer.value.value
  const paths = { add: add_path, finish: finalize_path }
  return ok({ id: media_id, key, chain: iv, ...paths, at: tools.now(), parts: 0, state: 'sending' })
}

/** Bytes of a medium once it is enciphered: filled up to whole blocks, a full one more where it ended with one. */
export const cipherSize = (size: number): number => (Math.floor(size / BLOCK) + 1) * BLOCK

/** Bytes of a part: whole blocks, so that each part goes on where the one before ended, and as few as the number of parts allows. */
export const partSize = ({ size }: Pick<SentMedium, 'size'>): number =>
  Math.max(SNAPCHAT.part, Math.ceil(cipherSize(size) / SNAPCHAT.parts / BLOCK) * BLOCK)

async function sendPart(
  job: Job,
  medium: SentMedium,
  known: Upload,
  from: number,
  most: number,
  tools: Tools,
): Promise<Result<Upload, Trouble>> {
  const size = Math.min(most, cipherSize(medium.size) - from)
  const isLast = from + size === cipherSize(medium.size)
  const cipher = createCipheriv('aes-256-cbc', Buffer.from(known.key, 'base64'), Buffer.from(known.chain, 'base64'))
  cipher.setAutoPadding(isLast)
  let chain = Buffer.alloc(0)
  // Enciphered as it is read, piece by piece and in order, so that a film is never held whole.
  const read: Tools['read'] = async (id, at, length) => {
    const plain = await tools.read(id, from + at, Math.min(length, medium.size - from - at))
    const closes = isLast && at + length >= size
    const bytes = Buffer.concat(closes ? [cipher.update(plain), cipher.final()] : [cipher.update(plain)])
    chain = bytes.subarray(-BLOCK)
    return new Uint8Array(bytes)
  }
  const file = { field: 'file', name: fileName(job.deliveryId, medium), medium: { ...medium, size } }
  const progress = (percent: number) =>
    tools.progress(Math.round(((from + (size * percent) / 100) / cipherSize(medium.size)) * 100))
  const number = known.parts + 1
  const form = formBody({ action: 'ADD', part_number: String(number) }, file, { ...tools, read, progress })
  const sent = await call(tools, known.add, {
    method: 'POST',
    body: form.body,
    headers: form.headers,
    timeout: patienceFor(size),
    read: anything,
  })
  return sent.ok ? ok({ ...known, parts: number, chain: chain.toString('base64') }) : err(ofUpload(sent.error))
}

/* ---- commit ---- */

/** A story has no id that anybody tells: it is known by its medium, and the moment it was posted at. */
const storyId = (upload: Upload, at: Instant): string => `stories/${upload.id}@${at}`

const saved = as(z.object({ saved_stories: z.array(z.object({ saved_story: z.object({ id: z.string() }) })) }))
const spotlit = as(z.object({ spotlight_id: z.string() }))

async function commit(job: Job, part: number, memory: Memory, account: Account, tools: Tools): Promise<Committed> {
  const upload = uploadOf(memory, part)
  if (upload?.state !== 'ready') return troubled({ kind: 'begin-again', details: '' })
  const surface = surfaceOf(job)
  const answer = await call(tools, of(account, surface), {
    method: 'POST',
    json: bodyOf(job, part, upload),
    commit: true,
    read: (body) => {
      const { saved_story } = saved(body)?.saved_stories[0] ?? {}
      if (surface === 'saved_stories') return saved_story && `saved_stories/${saved_story.id}`
      const id = spotlit(body)?.spotlight_id
      if (surface === 'spotlights') return id && `spotlights/${id}`
      return fault(body)?.request_status === FINE ? storyId(upload, tools.now()) : undefined
    },
  })
  if (answer.ok) return { kind: 'done', remoteId: answer.value.value, memory: isOut(memory, part, answer.value.value) }
  const trouble = answer.error
  if (trouble.kind === 'duplicate' && surface === 'stories')
    return troubled({ ...trouble, remoteId: storyId(upload, tools.now()) })
  return troubled(trouble)
}

/** Source: notes on Snapchat, section 2. */
export function bodyOf(job: Job, part: number, { id }: Pick<Upload, 'id'>) {
  switch (surfaceOf(job)) {
    case 'stories': {
      const ttl = fieldOf(job, 'lifetime')
      return { media_id: id, ...(ttl ? { customized_ttl: ttl } : {}) }
    }
    case 'saved_stories':
      return { saved_stories: [{ title: titleOf(job), snap_sources: [{ media_id: id }] }] }
    case 'spotlights':
      return {
        media_id: id,
        description: partOf(job, part).text,
        locale: fieldOf(job, 'locale') || SNAPCHAT.locale,
        skip_save_to_profile: job.fields.saveToProfile !== true,
      }
  }
}

/* ---- afterwards ---- */

const time = z.union([z.string(), z.number()])
const snap = z.object({
  id: z.string(),
  created_at: z.optional(time),
  title: z.optional(z.string()),
  description: z.optional(z.string()),
  state: z.optional(z.string()),
  expired: z.optional(z.boolean()),
})
type Snap = z.infer<typeof snap>
const KEYS = { stories: 'story', saved_stories: 'saved_story', spotlights: 'spotlight' } as const
type Surface = keyof typeof KEYS

const page = as(z.object({ paging: z.optional(z.object({ next_page_id: z.optional(z.string()) })) }))
/** What a listing holds, unwrapped; undefined where it is none. */
const listed = (surface: Surface) => (body: unknown) => {
  const all = as(z.object({ [surface]: z.array(z.object({ [KEYS[surface]]: snap })) }))(body)?.[surface]
  return all && { all: all.map((one) => one[KEYS[surface]] as Snap), next: page(body)?.paging?.next_page_id ?? '' }
}

/** Seconds or milliseconds since 1970, or an ISO time. */
const madeAt = ({ created_at = 0 }: Snap): Instant => {
  const number = Number(created_at)
  if (Number.isNaN(number)) return Date.parse(String(created_at))
  return number < 1e12 ? number * 1000 : number
}

type Page = Told<NonNullable<ReturnType<ReturnType<typeof listed>>>>

/** Every snap of a surface that was made since then. */
async function since(
  surface: Surface,
  from: (page: Page) => Instant,
  account: Account,
  tools: Tools,
): Promise<Result<readonly Snap[], Trouble>> {
  const found: Snap[] = []
  let cursor = ''
  do {
    const query = new URLSearchParams({ limit: String(SNAPCHAT.page), ...(cursor ? { cursor } : {}) })
    const answer = await call(tools, `${of(account, surface)}?${query}`, { read: listed(surface) })
    if (!answer.ok) return answer
    const { all, next } = answer.value.value
    const fresh = all.filter((one) => madeAt(one) >= from(answer.value))
    found.push(...fresh)
    cursor = fresh.length === all.length ? next : ''
  } while (cursor !== '')
  return ok(found)
}

async function find(
  job: Job,
  part: number,
  memory: Memory,
  sinceThen: Instant,
  account: Account,
  tools: Tools,
): Promise<Found> {
  const upload = uploadOf(memory, part)
  if (!upload) return { kind: 'absent' }
  // Once its medium has run out it cannot be asked for again without making another: nobody but a person can tell then.
  const isOver = tools.now() >= upload.at + SNAPCHAT.mediaLives
  const surface = surfaceOf(job)
  const from = ({ headers }: Page) =>
    surface === 'stories' ? sinceThen + clockOff(headers, tools.now()) - MOMENT : sinceThen - LEEWAY
  const fresh = await since(surface, from, account, tools)
  if (!fresh.ok) return surface === 'stories' && isClosed(fresh.error) ? { kind: 'unclear' } : troubled(fresh.error)
  const { text } = partOf(job, part)
  const [one, ...more] = fresh.value.filter(({ title = '', description = '' }) => {
    if (surface === 'stories') return true
    return surface === 'spotlights' ? sameText(description, text) : sameText(title, titleOf(job))
  })
  if (!one) return isOver ? { kind: 'unclear' } : { kind: 'absent' }
  if (more.length > 0) return { kind: 'unclear' }
  const remoteId = surface === 'stories' ? storyId(upload, madeAt(one)) : `${surface}/${one.id}`
  return { kind: 'there', remoteId }
}

/** The listing of stories is open to few. */
const isClosed = ({ kind }: Trouble): boolean => kind === 'not-permitted' || kind === 'target-gone'

async function see(remoteId: string, account: Account, tools: Tools): Promise<Seen> {
  const [surface = '', name = ''] = remoteId.split('/')
  const onProfile = account.handle === '' ? account.host : `${account.host}/add/${account.handle}`
  const shown = (one: Pick<Snap, 'title' | 'description'>, permalink = onProfile): Seen => ({
    kind: 'seen',
    permalink,
    state: 'public',
    because: '',
    fingerprint: digest(one.title ?? '', one.description ?? ''),
    remoteId,
  })
  if (surface === 'spotlights') {
    const answer = await call(tools, of(account, remoteId), { read: listed('spotlights') })
    if (!answer.ok) return answer.error.kind === 'target-gone' ? removed(remoteId) : troubled(answer.error)
    const [one] = answer.value.value.all
    if (!one) return removed(remoteId)
    if (one.state === 'REJECTED') return removed(remoteId, 'Snapchat looked at it and did not take it for Spotlight.')
    const seen = shown(one, `${account.host}/spotlight/${name}`)
    if (one.state !== 'SUBMITTED' || seen.kind !== 'seen') return seen
    return {
      ...seen,
      state: 'in-review',
      because: 'Snapchat looks at it first and shows it then; that can take hours.',
    }
  }
  const at = Number(name.split('@')[1] ?? 0)
  const there = await since(surface === 'stories' ? 'stories' : 'saved_stories', () => at - LEEWAY, account, tools)
  if (!there.ok) return isClosed(there.error) ? shown({}) : troubled(there.error)
  const one = there.value.find((story) =>
    surface === 'stories' ? Math.abs(madeAt(story) - at) < LEEWAY : story.id === name,
  )
  if (!one) return removed(remoteId)
  return one.expired ? removed(remoteId, 'Its time is over, and Snapchat has taken it down.') : shown(one)
}

/* ---- what others do with it ---- */

const named = z.object({
  metric: z.nullish(z.string()),
  name: z.nullish(z.string()),
  field: z.nullish(z.string()),
  value: z.unknown(),
})
/** Others met a list here as well as a map. Source: notes on Snapchat, section 5. */
const stats = z.union([z.array(named), z.record(z.string(), z.unknown())])
const timeseries = z.nullish(z.array(z.object({ stats: z.nullish(stats) })))
const assets = as(z.object({ assets: z.array(z.object({ timeseries })) }))

const byName = (told: z.infer<typeof stats>): readonly (readonly [name: string, value: unknown])[] =>
  Array.isArray(told)
    ? told.map(({ metric, name, field, value }) => [metric ?? name ?? field ?? '', value])
    : Object.entries(told)

/** What is counted by its name. Asked for all of its time, there is one entry. */
const numbersIn = (body: unknown) => {
  const times = assets(body)?.assets.flatMap((asset) => asset.timeseries ?? [])
  const entries = times?.flatMap((one) => byName(one.stats ?? {}))
  return entries && Object.fromEntries(entries)
}

/**
 * No field is asked for by name: the answer has all of its kind then, and one of another kind would be refused. A story is untold unless it can be
 * told from the others. Source: notes on Snapchat, section 5.
 */
async function metrics(remoteId: string, account: Account, tools: Tools): Promise<Counted> {
  const asset = await assetOf(remoteId, account, tools)
  if (!asset.ok) return troubled(asset.error)
  if (asset.value === '') return { kind: 'untold' }
  const told = await call(tools, of(account, `${asset.value}/stats`), { read: numbersIn })
  return told.ok ? { kind: 'counted', counts: countsOf(SNAPCHAT.metrics, told.value.value) } : troubled(told.error)
}

/** What Snapchat calls it; '' where nobody can say, as of a story that is over, or not the only one of its minutes, or where stories are not listed. */
async function assetOf(remoteId: string, account: Account, tools: Tools): Promise<Result<string, Trouble>> {
  const [surface = '', name = ''] = remoteId.split('/')
  if (surface !== 'stories') return ok(Object.hasOwn(KEYS, surface) ? remoteId : '')
  const at = Number(name.split('@')[1] ?? 0)
  if (tools.now() - at > SNAPCHAT.storyLives) return ok('')
  const fresh = await since('stories', () => at - LEEWAY, account, tools)
  if (!fresh.ok) return isClosed(fresh.error) ? ok('') : fresh
  const [one, ...more] = fresh.value.filter((story) => Math.abs(madeAt(story) - at) < LEEWAY)
  return ok(one && more.length === 0 ? `stories/${one.id}` : '')
}

export const snapchat: Adapter = {
  network: 'snapchat',
  api: { version: SNAPCHAT.version, asOf: SNAPCHAT.asOf },
  connect,
  refresh: refreshing(() => RENEWAL),
  prepare,
  commit,
  find,
  see,
  metrics,
}
