/**
 * Pinterest over its API v5. The commit is one `POST /pins` with the pictures in it; a film is uploaded before. Pinterest takes the
 * same pin twice, so a lost answer is looked up on the board. Facts: `facts/pinterest.ts`.
 */
import * as z from 'zod/mini'
import type { Instant } from '../../shared/domain/time.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { altOfPin } from '../../shared/platforms/networks/pinterest.ts'
import { anything, as, ask, type Question, type Refusal } from '../services/http.ts'
import type {
  Account,
  Adapter,
  Committed,
  Connected,
  Counted,
  Done,
  Found,
  Job,
  Memory,
  Secrets,
  Seen,
  SentMedium,
  Step,
  Tools,
} from './adapter.ts'
import { PINTEREST } from './facts/pinterest.ts'
import { type Renewal, refreshing, whoIsThere } from './shared/access.ts'
import { countsOf } from './shared/engagement.ts'
import { partMemory, withPart } from './shared/memory.ts'
import { begun, isOut, partOf } from './shared/parts.ts'
import { unchanged } from './shared/reach.ts'
import { coverOf, fieldOf, refusal, removed, troubled } from './shared/said.ts'
import { digest, fileName, formBody, patienceFor } from './shared/upload.ts'

/** How far apart two clocks may be when a pin is looked for by its time. */
const LEEWAY = 120_000

/* ---- what Pinterest says ---- */

const fault = as(z.object({ code: z.optional(z.number()), message: z.optional(z.string()) }))
const FIELDS: readonly (readonly [pattern: RegExp, field: string])[] = [
  [/section/i, 'boardSection'],
  [/board/i, 'board'],
  [/title/i, 'title'],
  [/description/i, 'text'],
  [/url|link/i, 'link'],
  [/cover/i, 'cover'],
  [/image|media|base64|content_type|items/i, 'media'],
]
const BOARD_GONE = 40
const NO_SCOPE = 3

/** Decides by the status; source: notes on Pinterest, section 7. `scope`: what was asked needs it. */
export const sortPinterest =
  (scope: string) =>
  ({ status, body, details }: Refusal): Trouble => {
    const { code = 0, message = '' } = fault(body) ?? {}
    if (status === 401) return { kind: 'access-expired', details }
    if (status === 403)
      return { kind: 'not-permitted', right: code === NO_SCOPE ? scope : 'pins on this board', details }
    if (status === 404 && code === BOARD_GONE)
      return { kind: 'refused', field: 'board', reason: 'The board is not there any more.', details }
    // Its code is nowhere said.
    if (status === 404 && /section/i.test(message))
      return {
        kind: 'refused',
        field: 'boardSection',
        reason: 'The section of the board is not there any more.',
        details,
      }
    if (status === 404) return { kind: 'target-gone', details }
    const field = FIELDS.find(([pattern]) => pattern.test(message))?.[1] ?? ''
    return { kind: 'refused', field, reason: message, details }
  }

/** The right that a call needs. Source: notes on Pinterest, section 1. */
function scopeOf(path: string, method = 'GET'): string {
  if (path.startsWith('user_account')) return 'user_accounts:read'
  return `${path.startsWith('boards') ? 'boards' : 'pins'}:${method === 'GET' ? 'read' : 'write'}`
}

function call<T>(tools: Tools, path: string, question: Omit<Question<T>, 'refused' | 'address'>) {
  return ask(tools, {
    ...question,
    address: `${PINTEREST.host}/${path}`,
    headers: { authorization: `Bearer ${tools.secrets.accessToken}`, ...question.headers },
    refused: sortPinterest(scopeOf(path, question.method)),
  })
}

/* ---- connect ---- */

const user = as(
  z.object({ id: z.optional(z.string()), username: z.string(), business_name: z.optional(z.nullable(z.string())) }),
)

const RENEWAL: Renewal = {
  address: `${PINTEREST.host}/oauth/token`,
  app: 'basic',
  gone: 'Pinterest no longer takes the access it gave',
}

/** Takes `accessToken` or `refreshToken`, with `clientId` and `clientSecret` of the app; `as`: `trial` where that app has not been reviewed. */
async function connect(given: Secrets, tools: Tools): Promise<Connected> {
  const me = async (access: Tools) => {
    const answer = await call(access, 'user_account', { read: user })
    return answer.ok ? ok(answer.value.value) : answer
  }
  const there = await whoIsThere(RENEWAL, given.refreshToken ? null : PINTEREST.pastedLives, given, tools, me)
  if (!there.ok) return troubled(there.error)
  const { who, secrets, expiresAt, facts: told } = there.value
  const { id, username: handle, business_name: name } = who
  const account = { network: 'pinterest', remoteId: id ?? handle, handle, host: PINTEREST.site } as const
  const facts = given.as === 'trial' ? { ...told, app: 'trial' } : told
  return { kind: 'connected', account: { ...account, name: name || handle, facts, expiresAt }, secrets }
}

/* ---- prepare ---- */

const target = z.object({ url: z.string(), parameters: z.record(z.string(), z.string()) })
/** What is remembered of a pin. */
interface Remembered {
  readonly board?: string
  readonly section?: string
  readonly film?: { readonly id: string; readonly state: 'sending' | 'processing' | 'ready' } & z.infer<typeof target>
}
const remembered = (memory: Memory, part: number) => partMemory(memory, part) as Remembered
const isFilm = ({ type }: SentMedium): boolean => type.startsWith('video/')

/** The media of the pin itself: a cover travels with them and is none of them. */
const shownOf = (job: Job, part: number): readonly SentMedium[] => {
  const cover = coverOf(job)
  return partOf(job, part).media.filter(({ id }) => id !== cover?.id)
}

async function prepare(job: Job, part: number, memory: Memory, _account: Account, tools: Tools): Promise<Step> {
  if (job.publishAt !== null) return refusal('publishAt', 'Pinterest schedules nothing by itself.')
  if (part > 0) return refusal('firstComment', 'Pinterest lets no program comment.')
  const known = begun(memory, part, tools)
  const { board, section, film } = remembered(known, part)
  const goOn = (more: Remembered, after = 0): Step => ({
    kind: 'again',
    memory: withPart(known, part, { ...more }),
    after: tools.now() + after,
  })
  if (!board) {
    const found = await boardOf(fieldOf(job, 'board'), tools)
    return found.ok ? goOn({ board: found.value }) : troubled(found.error)
  }
  if (sectionOf(job) && !section) {
    const found = await sectionIn(board, job, tools)
    return found.ok ? goOn({ section: found.value }) : troubled(found.error)
  }
  const [first] = shownOf(job, part)
  if (!first) return refusal('media', 'Pinterest takes no pin without a picture or film.')
  if (!isFilm(first) || film?.state === 'ready') return { kind: 'ready', memory: known }
  if (!coverOf(job)) return refusal('cover', 'A film on Pinterest needs a cover.')
  const gone = await further(job, first, film, tools)
  if (!gone.ok) return troubled(gone.error)
  return goOn({ film: gone.value }, gone.value?.state === 'processing' ? PINTEREST.pollEvery : 0)
}

const named = as(
  z.object({
    items: z.array(z.object({ id: z.string(), name: z.string() })),
    bookmark: z.optional(z.nullable(z.string())),
  }),
)

/** The id of what a list has under a name: what is written of digits is one. Null: nothing there is called so. */
async function idIn(list: string, written: string, tools: Tools): Promise<Result<string | null, Trouble>> {
  if (/^\d+$/.test(written)) return ok(written)
  let bookmark = ''
  do {
    const query = new URLSearchParams({ page_size: String(PINTEREST.page), ...(bookmark ? { bookmark } : {}) })
    const answer = await call(tools, `${list}?${query}`, { read: named })
    if (!answer.ok) return answer
    const found = answer.value.value.items.find(({ name }) => name.toLowerCase() === written.toLowerCase())
    if (found) return ok(found.id)
    bookmark = answer.value.value.bookmark ?? ''
  } while (bookmark !== '')
  return ok(null)
}

const missing = (field: string, reason: string) => err<Trouble>({ kind: 'refused', field, reason, details: '' })

async function boardOf(written: string, tools: Tools): Promise<Result<string, Trouble>> {
  const found = await idIn('boards', written, tools)
  if (!found.ok) return found
  if (found.value !== null) return ok(found.value)
  return missing('board', written ? `There is no board with the name ${written}.` : 'A pin needs a board.')
}

const sectionOf = (job: Job): string => fieldOf(job, 'boardSection')

async function sectionIn(board: string, job: Job, tools: Tools): Promise<Result<string, Trouble>> {
  const written = sectionOf(job)
  const found = await idIn(`boards/${board}/sections`, written, tools)
  if (!found.ok) return found
  if (found.value !== null) return ok(found.value)
  return missing('boardSection', `The board ${fieldOf(job, 'board')} has no section with the name ${written}.`)
}

/** Asks for a place for a film, sends it there, or looks how far it is; undefined: it has to be begun anew. */
async function further(
  job: Job,
  medium: SentMedium,
  known: Remembered['film'],
  tools: Tools,
): Promise<Result<Remembered['film'], Trouble>> {
  if (!known) {
    const made = await call(tools, 'media', {
      method: 'POST',
      json: { media_type: 'video' },
      read: as(
        z.object({ media_id: z.string(), upload_url: z.string(), upload_parameters: z.record(z.string(), z.string()) }),
      ),
    })
    if (!made.ok) return made
    const { media_id, upload_url, upload_parameters } = made.value.value
    return ok({ id: media_id, url: upload_url, parameters: upload_parameters, state: 'sending' })
  }
  if (known.state === 'sending') {
    // The bucket wants its own fields first and the file last, and no access of Pinterest.
    const file = { field: 'file', name: fileName(job.deliveryId, medium), medium }
    const { body, headers } = formBody(known.parameters, file, tools)
    const sent = await ask(tools, {
      method: 'POST',
      address: known.url,
      body,
      headers,
      timeout: patienceFor(medium.size),
      read: anything,
      refused: ({ details }): Trouble => ({ kind: 'begin-again', details }),
    })
    if (!sent.ok) return sent.error.kind === 'begin-again' ? ok(undefined) : sent
    return ok({ ...known, state: 'processing' })
  }
  const asked = await call(tools, `media/${known.id}`, { read: as(z.object({ status: z.string() })) })
  if (!asked.ok) return asked.error.kind === 'target-gone' ? ok(undefined) : asked
  const { status } = asked.value.value
  if (status === 'failed')
    return err({ kind: 'refused', field: 'media', reason: 'Pinterest could not process the film.', details: status })
  return ok(status === 'succeeded' ? { ...known, state: 'ready' } : known)
}

/* ---- commit ---- */

async function base64(medium: SentMedium, tools: Tools) {
  const bytes = await tools.read(medium.id, 0, medium.size)
  return { content_type: medium.type, data: Buffer.from(bytes).toString('base64') }
}

/** The media of a pin. Source: notes on Pinterest, section 2. */
async function sourceOf(job: Job, part: number, memory: Memory, tools: Tools) {
  const media = shownOf(job, part)
  const [first] = media
  if (!first) return null
  if (isFilm(first)) {
    const cover = coverOf(job)
    const { film } = remembered(memory, part)
    if (!cover || film?.state !== 'ready') return null
    const { content_type, data } = await base64(cover, tools)
    const covered = { cover_image_content_type: content_type, cover_image_data: data }
    return { source_type: 'video_id', media_id: film.id, ...covered }
  }
  if (media.length === 1) return { source_type: 'image_base64', ...(await base64(first, tools)) }
  const items: Awaited<ReturnType<typeof base64>>[] = []
  for (const one of media) items.push(await base64(one, tools))
  return { source_type: 'multiple_image_base64', items, index: 0 }
}

/** The words of a pin; what is empty is left out. */
function wordsOf(job: Job, part: number) {
  const words = {
    title: fieldOf(job, 'title') || job.title,
    description: partOf(job, part).text,
    link: fieldOf(job, 'link'),
  }
  return Object.fromEntries(Object.entries(words).filter(([, word]) => word !== ''))
}

async function commit(job: Job, part: number, memory: Memory, _account: Account, tools: Tools): Promise<Committed> {
  const { board, section } = remembered(memory, part)
  const source = await sourceOf(job, part, memory, tools)
  if (!board || !source || (sectionOf(job) && !section)) return troubled({ kind: 'begin-again', details: '' })
  const alt = altOfPin(shownOf(job, part))
  const body = JSON.stringify({
    board_id: board,
    ...(section ? { board_section_id: section } : {}),
    ...wordsOf(job, part),
    ...(alt ? { alt_text: alt } : {}),
    media_source: source,
  })
  const answer = await call(tools, 'pins', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    timeout: patienceFor(body.length),
    commit: true,
    read: as(z.object({ id: z.string() })),
  })
  if (!answer.ok) return troubled(answer.error)
  const { id } = answer.value.value
  return { kind: 'done', remoteId: id, memory: isOut(memory, part, id) }
}

/* ---- afterwards ---- */

const pin = z.object({
  id: z.string(),
  created_at: z.optional(z.nullable(z.string())),
  title: z.optional(z.nullable(z.string())),
  description: z.optional(z.nullable(z.string())),
  link: z.optional(z.nullable(z.string())),
})
const pins = as(z.object({ items: z.array(pin), bookmark: z.optional(z.nullable(z.string())) }))
const shown = ({ title, description, link }: z.infer<typeof pin>): string =>
  digest(...[title, description, link].map((word) => (word ?? '').normalize('NFC').trim()))

/** Times come without a zone and mean Greenwich. */
const madeAt = ({ created_at }: z.infer<typeof pin>): Instant =>
  Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(created_at ?? '') ? (created_at ?? '') : `${created_at}Z`)

async function find(
  job: Job,
  part: number,
  memory: Memory,
  since: Instant,
  _account: Account,
  tools: Tools,
): Promise<Found> {
  const { board, section } = remembered(memory, part)
  if (!board) return { kind: 'absent' }
  const list = section ? `boards/${board}/sections/${section}/pins` : `boards/${board}/pins`
  const { title, description, link } = wordsOf(job, part)
  const wanted = shown({ id: '', title, description, link })
  let bookmark = ''
  do {
    const query = new URLSearchParams({ page_size: String(PINTEREST.page), ...(bookmark ? { bookmark } : {}) })
    const answer = await call(tools, `${list}?${query}`, { read: pins })
    if (!answer.ok) return troubled(answer.error)
    // Nobody says in which order a board lists its pins, so all of it is read.
    const found = answer.value.value.items.find((one) => shown(one) === wanted && madeAt(one) >= since - LEEWAY)
    if (found) return { kind: 'there', remoteId: found.id }
    bookmark = answer.value.value.bookmark ?? ''
  } while (bookmark !== '')
  return { kind: 'absent' }
}

/** Who sees a pin no answer tells: those of an app on trial only their account does, which is known from connecting (notes, section 8). */
async function see(remoteId: string, { facts }: Account, tools: Tools): Promise<Seen> {
  const answer = await call(tools, `pins/${remoteId}`, { read: as(pin) })
  if (!answer.ok) return answer.error.kind === 'target-gone' ? removed(remoteId) : troubled(answer.error)
  const permalink = `${PINTEREST.pin}${remoteId}/`
  const fingerprint = shown(answer.value.value)
  const shownTo =
    facts.app === 'trial'
      ? ({ state: 'private', because: 'The app it was sent with is on trial at Pinterest' } as const)
      : ({ state: 'public', because: '' } as const)
  return { kind: 'seen', permalink, ...shownTo, fingerprint, remoteId }
}

async function edit(
  remoteId: string,
  sent: Job,
  job: Job,
  _part: number,
  _memory: Memory,
  _account: Account,
  tools: Tools,
): Promise<Done> {
  const words = wordsOf(job, 0)
  const fields = ['title', 'link'].filter((name) => name in words)
  const hasWords = 'description' in words
  // How what is there is emptied is nowhere said.
  const other = unchanged('Pinterest', sent, job, 0, { fields, ...(hasWords ? {} : { text: false }) })
  if (other) return other
  const answer = await call(tools, `pins/${remoteId}`, { method: 'PATCH', json: words, read: anything })
  return answer.ok ? { kind: 'done' } : troubled(answer.error)
}

async function remove(remoteId: string, _account: Account, tools: Tools): Promise<Done> {
  const answer = await call(tools, `pins/${remoteId}`, { method: 'DELETE', read: anything })
  return answer.ok || answer.error.kind === 'target-gone' ? { kind: 'done' } : troubled(answer.error)
}

/* ---- what others do with it ---- */

const numbers = z.nullish(z.record(z.string(), z.unknown()))
const counted = as(
  z.object({ id: z.string(), pin_metrics: z.nullish(z.object({ lifetime_metrics: numbers, '90d': numbers })) }),
)
/** New apps are told nothing of accounts that are no business. Where in the answer it stands is not said. */
const isHidden = ({ kind, details }: Trouble): boolean =>
  kind === 'not-permitted' && details.includes('PINNER_DATA_ACCESS_DENIED')

/**
 * All of its time, or the last 90 days where that is all there is, as of old pins: the two are not mixed. Where it tells of none yet, none are
 * known. Source: notes on Pinterest, sections 5 and 7, and what its OpenAPI says of `pin_metrics`.
 */
async function metrics(remoteId: string, _account: Account, tools: Tools): Promise<Counted> {
  const told = await call(tools, `pins/${remoteId}?pin_metrics=true`, { read: counted })
  if (!told.ok) return isHidden(told.error) ? { kind: 'untold' } : troubled(told.error)
  const { lifetime_metrics, '90d': lately } = told.value.value.pin_metrics ?? {}
  const ever = lifetime_metrics ?? {}
  const most = Object.keys(ever).length > 0 ? ever : (lately ?? {})
  return { kind: 'counted', counts: countsOf(PINTEREST.metrics, most) }
}

export const pinterest: Adapter = {
  network: 'pinterest',
  api: { version: PINTEREST.version, asOf: PINTEREST.asOf },
  connect,
  refresh: refreshing(() => RENEWAL),
  prepare,
  commit,
  find,
  see,
  edit,
  remove,
  metrics,
}
