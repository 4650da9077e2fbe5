/**
 * LinkedIn over its versioned REST interface, for a page or a member. Media are uploaded out of sight; the commit is one `POST /posts`
 * whose answer has no body: the post is named in a header. A second post with the same content is refused with the name of the first.
 * Facts: `facts/linkedin.ts`.
 */
import * as z from 'zod/mini'
import type { Instant } from '../../shared/domain/time.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { hashtagsIn } from '../../shared/platforms/entities.ts'
import { anything, as, ask, clockOff, type Question, type Refusal, type Told, waitOf } from '../services/http.ts'
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
  Message,
  Secrets,
  Seen,
  SentMedium,
  Step,
  Tools,
} from './adapter.ts'
import { LINKEDIN } from './facts/linkedin.ts'
import { endOfPasted, type Renewal, refreshing } from './shared/access.ts'
import { countsOf } from './shared/engagement.ts'
import { partMemory, withPart } from './shared/memory.ts'
import { begun, isOut, parentOf, partOf, underneath } from './shared/parts.ts'
import { type Poll, pollOf } from './shared/poll.ts'
import { unchanged } from './shared/reach.ts'
import { coverOf, fieldOf, refusal, removed, troubled } from './shared/said.ts'
import { digest, patienceFor, rawBody, sliceBody } from './shared/upload.ts'

const { rest, userinfo, token } = LINKEDIN.hosts
const DAY = 86_400_000
/** How far apart two clocks may be when a post is looked for by its time. */
const LEEWAY = 120_000

/* ---- little text ---- */

const escaped = (text: string): string => text.replace(/[|{}@[\]()<>#\\*_~]/g, '\\$&')

/** A text as LinkedIn reads it: what is not escaped would take the text after it away; hashtags have a form of their own. */
export function littleText(text: string): string {
  let little = ''
  let at = 0
  for (const { start, end } of hashtagsIn(text)) {
    little += `${escaped(text.slice(at, start))}{hashtag|\\#|${escaped(text.slice(start + 1, end))}}`
    at = end
  }
  return little + escaped(text.slice(at))
}

/** What a reader sees of a little text. */
export const shownText = (little: string): string =>
  little
    .replace(/\{hashtag\|\\?#\|((?:\\.|[^|{}\\])+)\}/g, '#$1')
    .replace(/@\[((?:\\.|[^\]\\])+)\]\(urn:li:[^)]+\)/g, '$1')
    .replace(/\\(.)/gs, '$1')

/* ---- what LinkedIn says ---- */

const fault = as(
  z.object({
    code: z.optional(z.string()),
    message: z.optional(z.string()),
    serviceErrorCode: z.optional(z.number()),
  }),
)
const REVOKED = 65_601
const EXPIRED = 65_602
const URN = /urn:li:(?:share|ugcPost|activity):\d+/
/** A post, and no comment on one. */
const POST = new RegExp(`^${URN.source}$`)

const fieldIn = (message: string): string => {
  if (/poll/i.test(message)) return 'pollOptions'
  if (/article|source/i.test(message)) return 'link'
  if (/visibility/i.test(message)) return 'visibility'
  if (/image|video|document|media|altText/i.test(message)) return 'media'
  return /comment/i.test(message) ? 'text' : ''
}

/** Source: notes on LinkedIn, section 7. */
export const sortLinkedIn =
  (now: Instant) =>
  ({ status, body, details }: Refusal): Trouble => {
    const { code = '', message = '', serviceErrorCode } = fault(body) ?? {}
    const urn = URN.exec(message)?.[0] ?? ''
    if ([400, 409, 422].includes(status) && (code === 'DUPLICATE_POST' || /duplicate/i.test(message)))
      return { kind: 'duplicate', remoteId: urn, details }
    if (status === 401) {
      if (code === 'EXPIRED_ACCESS_TOKEN' || serviceErrorCode === EXPIRED) return { kind: 'access-expired', details }
      const revoked = code === 'REVOKED_ACCESS_TOKEN' || serviceErrorCode === REVOKED
      const reason = revoked ? 'the access was taken back' : 'the access is no longer valid'
      return { kind: 'access-withdrawn', reason, details }
    }
    if (status === 403) return { kind: 'not-permitted', right: /[rw]+_\w+/.exec(message)?.[0] ?? '', details }
    if (status === 426 || code === 'VERSION_MISSING') return { kind: 'changed', details }
    if (status === 404) return { kind: 'target-gone', details }
    if (code === 'EXPIRED_UPLOAD_URL') return { kind: 'begin-again', details }
    // Refused, so nothing was done, and to be taken in a moment: no doubt about it, not even of a commit.
    if (code === 'MEDIA_ASSET_WAITING_UPLOAD' || status === 409)
      return { kind: 'rate-limited', until: now + LINKEDIN.pollEvery, shared: 'account', details }
    if (code === 'FIELD_LENGTH_TOO_LONG')
      return { kind: 'refused', field: fieldIn(message) || 'text', reason: message, details }
    return { kind: 'refused', field: fieldIn(message), reason: message, details }
  }

/** Calls are counted by the day of Greenwich, unless an answer says otherwise. */
function untilMidnight({ headers, details }: Refusal, now: Instant): Trouble {
  const theirs = now + clockOff(headers, now)
  const midnight = (Math.floor(theirs / DAY) + 1) * DAY
  return { kind: 'rate-limited', until: waitOf(headers, now) ?? now + midnight - theirs, shared: 'account', details }
}

function call<T>(
  tools: Tools,
  path: string,
  question: Omit<Question<T>, 'refused' | 'address'>,
): Promise<Result<Told<T>, Trouble>> {
  return ask(tools, {
    ...question,
    address: path.startsWith('https:') ? path : `${rest}/${path}`,
    headers: {
      authorization: `Bearer ${tools.secrets.accessToken}`,
      'linkedin-version': LINKEDIN.version,
      'x-restli-protocol-version': '2.0.0',
      ...question.headers,
    },
    refused: sortLinkedIn(tools.now()),
    limited: (refusal) => untilMidnight(refusal, tools.now()),
  })
}

const inPath = encodeURIComponent

/* ---- connect ---- */

const acls = as(
  z.object({
    elements: z.array(z.object({ organization: z.optional(z.string()), organizationTarget: z.optional(z.string()) })),
    paging: z.nullish(z.object({ count: z.nullish(z.number()) })),
  }),
)
const organization = as(z.object({ localizedName: z.string(), vanityName: z.optional(z.string()) }))

/**
 * Takes `accessToken`; with `as` = `page` the page the person manages, and which one as `page` when there are several; else the person.
 */
async function connect(given: Secrets, tools: Tools): Promise<Connected> {
  const access = { ...tools, secrets: given }
  const end = endOfPasted(given, LINKEDIN.accessLives, tools)
  const connected = (of: Pick<Account, 'remoteId' | 'handle' | 'name'>): Connected => ({
    kind: 'connected',
    account: { network: 'linkedin', host: LINKEDIN.site, ...end, ...of },
    secrets: given,
  })
  if (given.as !== 'page') {
    const answer = await call(access, userinfo, { read: as(z.object({ sub: z.string(), name: z.string() })) })
    if (!answer.ok) return troubled(answer.error)
    const { sub, name } = answer.value.value
    return connected({ remoteId: `urn:li:person:${sub}`, handle: '', name })
  }
  const { page: number = '' } = given
  const managed = await pagesOf(access, number)
  if (!managed.ok) return troubled(managed.error)
  const [page, ...others] = managed.value
  if (!page) return refusal('page', `This person manages no page${number === '' ? '' : ` with the number ${number}`}.`)
  if (others.length > 0) {
    const names = managed.value.map(({ urn, name }) => `${name} (${numberOf(urn)})`).join(', ')
    return refusal('page', `Choose one of these pages: ${names}.`)
  }
  return connected({ remoteId: page.urn, handle: page.handle, name: page.name })
}

/** The pages a person manages; a member is one account. */
async function choices(given: Secrets, tools: Tools): ReturnType<NonNullable<Adapter['choices']>> {
  if (given.as !== 'page') return ok([])
  const managed = await pagesOf({ ...tools, secrets: given }, '')
  return managed.ok ? ok(managed.value.map(({ urn, name }) => ({ id: numberOf(urn), name }))) : managed
}

const numberOf = (urn: string): string => urn.slice(urn.lastIndexOf(':') + 1)

interface Managed {
  readonly urn: string
  readonly name: string
  readonly handle: string
}

/** The pages a person manages, or that of a number. */
async function pagesOf(tools: Tools, number: string): Promise<Result<readonly Managed[], Trouble>> {
  const urns = await urnsOf(tools)
  if (!urns.ok) return urns
  const managed: Managed[] = []
  for (const urn of urns.value) {
    if (number !== '' && numberOf(urn) !== number) continue
    const told = await call(tools, `organizations/${numberOf(urn)}`, { read: organization })
    if (told.ok) managed.push({ urn, name: told.value.value.localizedName, handle: told.value.value.vanityName ?? '' })
    else if (UNTOLD.has(told.error.kind)) managed.push({ urn, name: `Page ${numberOf(urn)}`, handle: '' })
    else return told
  }
  return ok(managed)
}

/** One page that may not be read hides none of the others. */
const UNTOLD: ReadonlySet<Trouble['kind']> = new Set(['not-permitted', 'refused', 'target-gone'])

async function urnsOf(tools: Tools): Promise<Result<ReadonlySet<string>, Trouble>> {
  const { count, answers } = LINKEDIN.managed
  const urns = new Set<string>()
  for (let start = 0, asked = 0; asked < answers; asked++) {
    const path = `organizationAcls?q=roleAssignee&role=ADMINISTRATOR&state=APPROVED&start=${start}&count=${count}`
    const answer = await call(tools, path, { read: acls })
    if (!answer.ok) return answer
    const { elements, paging } = answer.value.value
    for (const { organization: urn = '', organizationTarget = urn } of elements) urns.add(organizationTarget)
    start += elements.length
    // It may give fewer at once than it was asked for.
    if (elements.length < (paging?.count || count)) break
  }
  return ok(urns)
}

/** Only apps LinkedIn has approved get a refresh token; everybody else signs in again after sixty days. */
const RENEWAL: Renewal = {
  address: token,
  app: 'form',
  gone: 'the access has run out; LinkedIn gives it for sixty days',
}

/* ---- prepare ---- */

type Kind = 'image' | 'document' | 'video'

/** What is remembered of an upload. */
interface Upload {
  readonly urn: string
  /** When its addresses run out. */
  readonly until: Instant
  readonly token: string
  readonly pieces: readonly { readonly address: string; readonly from: number; readonly to: number }[]
  /** What LinkedIn called the pieces that arrived, in order. */
  readonly arrived: readonly string[]
  readonly state: 'sending' | 'processing' | 'ready'
}
type Uploads = Readonly<Record<string, Upload | undefined>>
const uploadsOf = (memory: Memory, part: number): Uploads => (partMemory(memory, part).uploads ?? {}) as Uploads

function kindOf({ type }: SentMedium): Kind {
  if (type.startsWith('video/')) return 'video'
  return type.startsWith('image/') ? 'image' : 'document'
}

async function prepare(job: Job, part: number, memory: Memory, account: Account, tools: Tools): Promise<Step> {
  const known = begun(memory, part, tools)
  const { kind } = partOf(job, part)
  if (kind !== 'post')
    return (await underneath(find, 0, job, part, known, account, tools)) ?? { kind: 'ready', memory: known }
  if (job.publishAt !== null) return refusal('publishAt', 'LinkedIn schedules nothing by itself.')
  const uploads = uploadsOf(known, part)
  const next = mediaOf(job, part).find(({ id }) => uploads[id]?.state !== 'ready')
  if (!next) return { kind: 'ready', memory: known }
  const gone = await further(next, uploads[next.id], account, tools)
  if (!gone.ok) return troubled(gone.error)
  const more = { uploads: { ...uploads, [next.id]: gone.value } }
  const waits = gone.value?.state === 'processing' ? LINKEDIN.pollEvery : 0
  return { kind: 'again', memory: withPart(known, part, more), after: tools.now() + waits }
}

/** Files of a part. The picture of a link card goes with the card, which a post with files of its own does not have. */
function mediaOf(job: Job, part: number): readonly SentMedium[] {
  const cover = coverOf(job)
  const own = partOf(job, part).media.filter(({ id }) => id !== cover?.id)
  return cover && own.length === 0 && fieldOf(job, 'link') !== '' ? [cover] : own
}

/** One thing more for an upload; undefined: it has to be begun anew. */
async function further(
  medium: SentMedium,
  known: Upload | undefined,
  account: Account,
  tools: Tools,
): Promise<Result<Upload | undefined, Trouble>> {
  const kind = kindOf(medium)
  if (!known) return begin(kind, medium, account, tools)
  if (known.state === 'processing') return processed(kind, known, tools)
  if (known.until <= tools.now()) return ok(undefined)
  return kind === 'video' ? sendPieces(medium, known, tools) : sendWhole(medium, known, tools)
}

const instruction = z.object({ uploadUrl: z.string(), firstByte: z.number(), lastByte: z.number() })
const initialized = as(
  z.object({
    value: z.object({
      image: z.optional(z.string()),
      document: z.optional(z.string()),
      video: z.optional(z.string()),
      uploadUrl: z.optional(z.string()),
      uploadUrlExpiresAt: z.optional(z.number()),
      uploadUrlsExpireAt: z.optional(z.number()),
      uploadToken: z.optional(z.string()),
      uploadInstructions: z.optional(z.array(instruction)),
    }),
  }),
)

async function begin(kind: Kind, medium: SentMedium, account: Account, tools: Tools): Promise<Result<Upload, Trouble>> {
  const film = { fileSizeBytes: medium.size, uploadCaptions: false, uploadThumbnail: false }
  const answer = await call(tools, `${kind}s?action=initializeUpload`, {
    method: 'POST',
    json: { initializeUploadRequest: { owner: account.remoteId, ...(kind === 'video' ? film : {}) } },
    read: initialized,
  })
  if (!answer.ok) return answer
  const { value } = answer.value.value
  const urn = value[kind]
  const whole = value.uploadUrl ? [{ address: value.uploadUrl, from: 0, to: medium.size }] : []
  const pieces =
    value.uploadInstructions?.map(({ uploadUrl, firstByte, lastByte }) => ({
      address: uploadUrl,
      from: firstByte,
      to: lastByte + 1,
    })) ?? whole
  if (!urn || pieces.length === 0) return err({ kind: 'changed', details: 'The answer names no upload.' })
  const until = value.uploadUrlExpiresAt ?? value.uploadUrlsExpireAt ?? tools.now() + DAY
  return ok({ urn, until, token: value.uploadToken ?? '', pieces, arrived: [], state: 'sending' })
}

/** An address that has run out is told like an access that has: the upload is begun anew. */
const ranOut = ({ details, status }: Refusal): Trouble =>
  status === 401 || status === 403
    ? { kind: 'begin-again', details }
    : { kind: 'refused', field: 'media', reason: 'LinkedIn did not take the file.', details }

async function sendWhole(
  medium: SentMedium,
  known: Upload,
  tools: Tools,
): Promise<Result<Upload | undefined, Trouble>> {
  const [piece] = known.pieces
  if (!piece) return ok(undefined)
  const { body, headers } = rawBody(medium, tools)
  const answer = await ask(tools, {
    method: 'PUT',
    address: piece.address,
    headers: { ...headers, authorization: `Bearer ${tools.secrets.accessToken}` },
    body,
    timeout: patienceFor(medium.size),
    read: anything,
    refused: ranOut,
  })
  if (answer.ok) return ok({ ...known, state: 'processing' })
  return answer.error.kind === 'begin-again' ? ok(undefined) : answer
}

/** Pieces a step sends before what arrived is written down. */
const PIECES = 8

async function sendPieces(
  medium: SentMedium,
  known: Upload,
  tools: Tools,
): Promise<Result<Upload | undefined, Trouble>> {
  const arrived = [...known.arrived]
  for (const { address, from, to } of known.pieces.slice(arrived.length, arrived.length + PIECES)) {
    const { body, headers } = sliceBody(medium, from, to, tools)
    const answer = await ask(tools, {
      method: 'PUT',
      address,
      headers: { ...headers, 'content-type': 'application/octet-stream' },
      body,
      timeout: patienceFor(to - from),
      read: anything,
      refused: ranOut,
    })
    // What arrived before is kept: the fault is met again by the next step, and told then.
    if (!answer.ok && arrived.length > known.arrived.length && answer.error.kind !== 'begin-again') break
    if (!answer.ok) return answer.error.kind === 'begin-again' ? ok(undefined) : answer
    arrived.push((answer.value.headers.get('etag') ?? '').replaceAll('"', ''))
  }
  if (arrived.length < known.pieces.length) return ok({ ...known, arrived })
  const finished = await call(tools, 'videos?action=finalizeUpload', {
    method: 'POST',
    json: { finalizeUploadRequest: { video: known.urn, uploadToken: known.token, uploadedPartIds: arrived } },
    read: anything,
  })
  return finished.ok ? ok({ ...known, arrived, state: 'processing' }) : finished
}

const status = as(z.object({ status: z.string(), processingFailureReason: z.optional(z.string()) }))

async function processed(kind: Kind, known: Upload, tools: Tools): Promise<Result<Upload | undefined, Trouble>> {
  const answer = await call(tools, `${kind}s/${inPath(known.urn)}`, { read: status })
  if (!answer.ok) {
    // Many accesses may write and not read: the post says then whether it came too early.
    if (answer.error.kind === 'not-permitted') return ok({ ...known, state: 'ready' })
    return answer.error.kind === 'target-gone' ? ok(undefined) : answer
  }
  const { status: state, processingFailureReason: reason = '' } = answer.value.value
  if (state === 'AVAILABLE') return ok({ ...known, state: 'ready' })
  if (state === 'PROCESSING_FAILED')
    return err({ kind: 'refused', field: 'media', reason: 'LinkedIn could not process the file.', details: reason })
  return ok(known)
}

/* ---- commit ---- */

/** The content of a post; undefined: text alone. Source: notes on LinkedIn, section 2. */
export function contentOf(job: Job, media: readonly SentMedium[], urns: readonly string[]) {
  const poll = pollOf(job)
  const link = fieldOf(job, 'link')
  const title = fieldOf(job, 'title') || job.title
  const [first] = media
  if (poll) return { poll: pollContent(poll) }
  const isCard = first !== undefined && first.id === coverOf(job)?.id
  if (first && media.length === 1 && !isCard) {
    const more = kindOf(first) === 'image' ? (first.alt ? { altText: first.alt } : {}) : title ? { title } : {}
    return { media: { id: urns[0], ...more } }
  }
  if (first && !isCard)
    return { multiImage: { images: media.map(({ alt }, at) => ({ id: urns[at], ...(alt ? { altText: alt } : {}) })) } }
  if (!link) return undefined
  const description = fieldOf(job, 'linkDescription')
  return {
    article: {
      source: link,
      title: fieldOf(job, 'linkTitle') || link,
      ...(description ? { description } : {}),
      ...(isCard ? { thumbnail: urns[0] } : {}),
    },
  }
}

const pollContent = ({ question, options, duration }: Poll) => ({
  question,
  options: options.map((text) => ({ text })),
  settings: { duration: duration || LINKEDIN.poll },
})

async function commit(job: Job, part: number, memory: Memory, account: Account, tools: Tools): Promise<Committed> {
  const { kind, text } = partOf(job, part)
  const media = mediaOf(job, part)
  const uploads = uploadsOf(memory, part)
  const urns = media.flatMap(({ id }) => uploads[id]?.urn ?? [])
  if (urns.length < media.length) return troubled({ kind: 'begin-again', details: '' })
  const root = parentOf(memory, part)
  const content = contentOf(job, media, urns)
  const answer =
    kind === 'post'
      ? await call(tools, 'posts', {
          method: 'POST',
          json: {
            author: account.remoteId,
            commentary: littleText(text),
            visibility: fieldOf(job, 'visibility') || 'PUBLIC',
            distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
            lifecycleState: 'PUBLISHED',
            isReshareDisabledByAuthor: false,
            ...(content ? { content } : {}),
          },
          commit: true,
          read: anything,
        })
      : await call(tools, `socialActions/${inPath(root)}/comments`, {
          method: 'POST',
          json: { actor: account.remoteId, object: root, message: { text } },
          commit: true,
          read: anything,
        })
  if (!answer.ok) return troubled(answer.error)
  const id = answer.value.headers.get('x-restli-id')
  // It is out and does not say under which name: it is looked for.
  if (!id) return troubled({ kind: 'unknown', details: `${answer.value.status} without x-restli-id` })
  return { kind: 'done', remoteId: id, memory: isOut(memory, part, id) }
}

/* ---- afterwards ---- */

const post = z.object({
  id: z.string(),
  commentary: z.optional(z.string()),
  visibility: z.optional(z.string()),
  lifecycleState: z.optional(z.string()),
  createdAt: z.optional(z.number()),
})
const listing = as(z.object({ elements: z.array(post) }))
/** The list of its fields is not confirmed. Source: notes on LinkedIn, section 6. */
const comment = z.object({
  id: z.string(),
  actor: z.nullish(z.string()),
  message: z.nullish(z.object({ text: z.nullish(z.string()) })),
  created: z.object({ time: z.number() }),
})
const comments = as(
  z.object({
    elements: z.array(comment),
    paging: z.nullish(z.object({ count: z.nullish(z.number()), total: z.nullish(z.number()) })),
  }),
)
const sameText = (one: string, other: string): boolean => one.normalize('NFC').trim() === other.normalize('NFC').trim()

async function find(
  job: Job,
  part: number,
  memory: Memory,
  since: Instant,
  account: Account,
  tools: Tools,
): Promise<Found> {
  const { kind, text } = partOf(job, part)
  if (kind !== 'post') {
    const root = parentOf(memory, part)
    const answer = await call(tools, `socialActions/${inPath(root)}/comments`, { read: comments })
    if (!answer.ok) return blind(answer.error)
    const found = answer.value.value.elements.find(
      ({ actor, message, created }) =>
        actor === account.remoteId && sameText(message?.text ?? '', text) && created.time >= since - LEEWAY,
    )
    return found ? { kind: 'there', remoteId: found.id } : { kind: 'absent' }
  }
  const path = `posts?q=author&author=${inPath(account.remoteId)}&count=${LINKEDIN.listed}&sortBy=CREATED`
  const answer = await call(tools, path, { headers: { 'x-restli-method': 'FINDER' }, read: listing })
  if (!answer.ok) return blind(answer.error)
  const { elements } = answer.value.value
  const fresh = elements.filter(({ createdAt = 0 }) => createdAt >= since - LEEWAY)
  const found = fresh.find(({ commentary = '' }) => sameText(shownText(commentary), text))
  if (found) return { kind: 'there', remoteId: found.id }
  return fresh.length < LINKEDIN.listed ? { kind: 'absent' } : { kind: 'unclear' }
}

/** An access that may write and not read cannot look. */
const blind = (trouble: Trouble): Found => (trouble.kind === 'not-permitted' ? { kind: 'unclear' } : troubled(trouble))

const permalinkOf = (urn: string): string => `${LINKEDIN.update}${urn}/`

async function see(remoteId: string, _account: Account, tools: Tools): Promise<Seen> {
  const answer = await call(tools, `posts/${inPath(remoteId)}`, { read: as(post) })
  const permalink = permalinkOf(remoteId)
  if (!answer.ok) {
    if (answer.error.kind === 'target-gone') return removed(remoteId)
    if (answer.error.kind !== 'not-permitted') return troubled(answer.error)
    const because = 'LinkedIn lets this connection publish, and read nothing back.'
    return { kind: 'seen', permalink, state: 'public', because, fingerprint: '', remoteId }
  }
  const { commentary = '', visibility = 'PUBLIC', lifecycleState = 'PUBLISHED' } = answer.value.value
  const out = lifecycleState === 'PUBLISHED'
  return {
    kind: 'seen',
    permalink,
    state: out ? 'public' : 'processing',
    because: out && visibility === 'CONNECTIONS' ? 'Only connections see it.' : '',
    fingerprint: digest(shownText(commentary), visibility),
    remoteId,
  }
}

async function edit(
  remoteId: string,
  sent: Job,
  job: Job,
  part: number,
  memory: Memory,
  account: Account,
  tools: Tools,
): Promise<Done> {
  // Only a film or a document shows its title.
  const fields = mediaOf(job, part).length > 0 ? [] : ['title']
  const other = unchanged('LinkedIn', sent, job, part, { fields })
  if (other) return other
  const { kind, text } = partOf(job, part)
  const [path, patch] =
    kind === 'post'
      ? [`posts/${inPath(remoteId)}`, { $set: { commentary: littleText(text) } }]
      : [
          `socialActions/${inPath(parentOf(memory, part))}/comments/${inPath(remoteId)}?actor=${inPath(account.remoteId)}`,
          { message: { $set: { text } } },
        ]
  const answer = await call(tools, path, {
    method: 'POST',
    headers: { 'x-restli-method': 'PARTIAL_UPDATE' },
    json: { patch },
    read: anything,
  })
  return answer.ok ? { kind: 'done' } : troubled(answer.error)
}

async function remove(remoteId: string, _account: Account, tools: Tools): Promise<Done> {
  const answer = await call(tools, `posts/${inPath(remoteId)}`, { method: 'DELETE', read: anything })
  return answer.ok || answer.error.kind === 'target-gone' ? { kind: 'done' } : troubled(answer.error)
}

/* ---- what others do with it ---- */

const isPage = ({ remoteId }: Account): boolean => remoteId.startsWith('urn:li:organization:')

const statistics = as(
  z.object({
    elements: z.array(
      z.object({
        share: z.nullish(z.string()),
        ugcPost: z.nullish(z.string()),
        totalShareStatistics: z.record(z.string(), z.unknown()),
      }),
    ),
  }),
)
const NOTHING = Object.fromEntries(Object.keys(LINKEDIN.metrics).map((name) => [name, 0]))

/** The list a post is asked for in, by the form of its name; undefined: it is no post, or by a name under which nothing is counted. */
function listFor(urn: string): string | undefined {
  const [, form] = /^urn:li:(share|ugcPost):\d+$/.exec(urn) ?? []
  // Commas and parentheses of a list stand as they are, what is in it does not.
  return form && `${form}s=List(${inPath(urn)})`
}

/**
 * What is counted of the post of a page, of the last twelve months. Of a member's post none is told: it needs a right that no app has without
 * being vetted for it. Source: notes on LinkedIn, sections 1 and 5.
 */
async function metrics(remoteId: string, account: Account, tools: Tools): Promise<Counted> {
  const list = listFor(remoteId)
  if (!isPage(account) || !list) return { kind: 'untold' }
  const asked = `q=organizationalEntity&organizationalEntity=${inPath(account.remoteId)}&${list}`
  const told = await call(tools, `organizationalEntityShareStatistics?${asked}`, { read: statistics })
  if (!told.ok) return troubled(told.error)
  const counted = told.value.value.elements.find(
    ({ share, ugcPost }) => (share ?? ugcPost ?? remoteId) === remoteId,
  )?.totalShareStatistics
  return counted ? { kind: 'counted', counts: countsOf(LINKEDIN.metrics, counted) } : unlisted(remoteId, tools)
}

/** A post with which nobody did anything is not listed, and so is one that is gone, or that had its time before what is counted. */
async function unlisted(remoteId: string, tools: Tools): Promise<Counted> {
  const there = await call(tools, `posts/${inPath(remoteId)}`, { read: as(post) })
  if (!there.ok) return troubled(there.error)
  const isCounted = (there.value.value.createdAt ?? 0) > tools.now() - LINKEDIN.counted
  return isCounted ? { kind: 'counted', counts: countsOf(LINKEDIN.metrics, NOTHING) } : { kind: 'untold' }
}

const messageOf = ({ id, actor, message, created }: z.infer<typeof comment>, account: Account): Message => ({
  id,
  author: '',
  text: message?.text ?? '',
  at: created.time,
  own: actor === account.remoteId,
  permalink: '',
})

/**
 * Comments on the post of a page. Those below a comment would be a call for each, of some hundred a day; names need a right of their own. Comments on
 * a member's post cannot be read by an app that was not vetted. Source: notes on LinkedIn, sections 1, 6 and 7.
 * That the newest come first is nowhere said: others who read them rely on it.
 */
async function inbox(remoteId: string, page: string, account: Account, tools: Tools): Promise<Heard> {
  if (!isPage(account) || !POST.test(remoteId)) return { kind: 'untold' }
  const [start = '0', last = ''] = page === '' ? [] : page.split(' ')
  const query = new URLSearchParams({ start, count: String(LINKEDIN.comments) })
  const told = await call(tools, `socialActions/${inPath(remoteId)}/comments?${query}`, { read: comments })
  if (!told.ok) return troubled(told.error)
  const { elements, paging } = told.value.value
  const step = paging?.count || LINKEDIN.comments
  const at = Number(start) + step
  const goesOn = elements.length > 0 && (paging?.total ? at < paging.total : elements.length >= step)
  // What came meanwhile has moved those of the page before into this one.
  const fresh = elements.slice(elements.findIndex(({ id }) => id === last) + 1)
  const messages = fresh.map((one) => messageOf(one, account))
  return {
    kind: 'heard',
    messages: messages.sort((one, other) => other.at - one.at),
    next: goesOn ? `${at} ${elements.at(-1)?.id}` : '',
  }
}

export const linkedin: Adapter = {
  network: 'linkedin',
  api: { version: LINKEDIN.version, asOf: LINKEDIN.asOf },
  connect,
  choices,
  refresh: refreshing(() => RENEWAL),
  prepare,
  commit,
  find,
  see,
  edit,
  remove,
  metrics,
  inbox,
  takesAlong: true,
}
