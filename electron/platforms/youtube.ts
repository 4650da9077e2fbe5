/**
 * YouTube over the Data API. A film goes through one upload session, which can make one film only; it comes to be with its last byte,
 * so the last piece is the commit and the session can be asked what became of it. Facts: `facts/youtube.ts`.
 */
import * as z from 'zod/mini'
import type { Instant } from '../../shared/domain/time.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { Temporal } from '../../shared/lib/temporal.ts'
import { anything, as, ask, type Question, type Refusal } from '../services/http.ts'
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
import { YOUTUBE } from './facts/youtube.ts'
import { type Renewal, refreshing, whoIsThere } from './shared/access.ts'
import { countsOf } from './shared/engagement.ts'
import { partMemory, remembered, withPart } from './shared/memory.ts'
import { begun, isOut, parentOf, partOf, underneath } from './shared/parts.ts'
import { unchanged, unreachable } from './shared/reach.ts'
import { coverOf, fieldOf, listOf, notForAll, refusal, removed, troubled, untimely } from './shared/said.ts'
import { digest, patienceFor, rawBody, type SentBody, sliceBody } from './shared/upload.ts'

const { data, upload, token } = YOUTUBE.hosts
const MINUTE = 60_000
const DAY = 86_400_000
/** How far apart two clocks may be when a film is looked for by its time. */
const LEEWAY = 120_000

/* ---- what YouTube says ---- */

const fault = as(
  z.object({
    error: z.object({
      message: z.optional(z.string()),
      errors: z.optional(z.array(z.object({ reason: z.optional(z.string()), message: z.optional(z.string()) }))),
    }),
  }),
)

/** The next midnight of the day YouTube counts by. */
export function quotaEnds(now: Instant): Instant {
  const there = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(YOUTUBE.quotaZone)
  return there.add({ days: 1 }).startOfDay().epochMilliseconds
}

const FIELDS: Readonly<Record<string, string>> = {
  invalidTitle: 'title',
  invalidDescription: 'text',
  invalidTags: 'tags',
  invalidCategoryId: 'category',
  invalidPublishAt: 'publishAt',
  defaultLanguageNotSet: 'language',
  mediaBodyRequired: 'media',
  invalidFilename: 'media',
  invalidImage: 'cover',
  imageFormatUnsupported: 'cover',
  imageTooTall: 'cover',
  imageTooWide: 'cover',
  failedPrecondition: 'cover',
}
const RIGHTS: Readonly<Record<string, string>> = {
  insufficientPermissions: 'the right to upload and change films',
  accountDelegationForbidden: 'the right to act for this account',
  youtubeSignupRequired: 'a channel',
}

/** Decides on the reason, not on the status. Source: notes on YouTube, section 7. */
export const sortYouTube =
  (now: Instant) =>
  ({ status, body, details }: Refusal): Trouble => {
    const { error } = fault(body) ?? {}
    const { reason = '', message = error?.message ?? '' } = error?.errors?.[0] ?? {}
    switch (reason) {
      case 'quotaExceeded':
      case 'dailyLimitExceeded':
        return { kind: 'quota-used', until: quotaEnds(now), of: 'calls this app has a day', shared: 'app', details }
      case 'uploadLimitExceeded':
        return { kind: 'quota-used', until: now + DAY, of: 'films this channel may upload a day', details }
      case 'authenticatedUserAccountSuspended':
        return { kind: 'access-withdrawn', reason: 'the account is suspended', details }
      case 'authenticatedUserAccountClosed':
        return { kind: 'target-gone', details }
      case 'rateLimitExceeded':
      case 'userRateLimitExceeded':
      case 'uploadRateLimitExceeded':
        return { kind: 'rate-limited', until: now + MINUTE, shared: 'app', details }
      case 'commentsDisabled':
        return { kind: 'refused', field: 'firstComment', reason: 'Comments are off for this film.', details }
    }
    if (RIGHTS[reason]) return { kind: 'not-permitted', right: RIGHTS[reason], details }
    if (status === 401) return { kind: 'access-expired', details }
    if (status === 403) return { kind: 'not-permitted', right: '', details }
    if (status === 404 || status === 410) return { kind: 'target-gone', details }
    return { kind: 'refused', field: FIELDS[reason] ?? '', reason: message, details }
  }

function call<T>(tools: Tools, question: Omit<Question<T>, 'refused'>) {
  return ask(tools, {
    ...question,
    headers: { authorization: `Bearer ${tools.secrets.accessToken}`, ...question.headers },
    refused: sortYouTube(tools.now()),
    limited: (refusal) => {
      const trouble = sortYouTube(tools.now())(refusal)
      return trouble.kind === 'quota-used' ? trouble : undefined
    },
  })
}

/* ---- connect ---- */

const channels = as(
  z.object({
    items: z.optional(
      z.array(
        z.object({
          id: z.string(),
          snippet: z.object({ title: z.string(), customUrl: z.optional(z.string()) }),
          contentDetails: z.object({ relatedPlaylists: z.object({ uploads: z.string() }) }),
        }),
      ),
    ),
  }),
)

/** The secret of an app for the desktop is none, and is asked for all the same. */
const RENEWAL: Renewal = { address: token, app: 'form', gone: 'Google no longer takes the access it gave' }

/** Takes `accessToken` or `refreshToken`, with `clientId` and `clientSecret` of the app they were made for. */
async function connect(given: Secrets, tools: Tools): Promise<Connected> {
  const mine = async (access: Tools) => {
    const address = `${data}/channels?part=id,snippet,contentDetails&mine=true`
    const answer = await call(access, { address, read: channels })
    return answer.ok ? ok(answer.value.value.items?.[0]) : answer
  }
  const there = await whoIsThere(RENEWAL, 60 * MINUTE, given, tools, mine)
  if (!there.ok) return troubled(there.error)
  const { who: channel, secrets, expiresAt, facts } = there.value
  if (!channel)
    return troubled({ kind: 'not-permitted', right: 'a channel', details: 'The Google account has no channel.' })
  const { id: remoteId, snippet, contentDetails } = channel
  return {
    kind: 'connected',
    account: {
      network: 'youtube',
      remoteId,
      handle: snippet.customUrl ?? '',
      name: snippet.title,
      host: YOUTUBE.site,
      facts: { ...facts, uploads: contentDetails.relatedPlaylists.uploads },
      expiresAt,
    },
    secrets,
  }
}

/* ---- prepare ---- */

async function prepare(job: Job, part: number, memory: Memory, account: Account, tools: Tools): Promise<Step> {
  const known = begun(memory, part, tools)
  const { kind } = partOf(job, part)
  if (kind !== 'post')
    return (await underneath(find, 0, job, part, known, account, tools)) ?? { kind: 'ready', memory: known }
  const film = filmOf(job, part)
  if (!film) return refusal('media', 'YouTube takes films only.')
  if (typeof job.fields.madeForKids !== 'boolean')
    return refusal('madeForKids', 'YouTube wants to be told whether the film is made for kids.')
  const early = notAhead(job, tools)
  if (early) return early

  const own = partMemory(known, part)
  const session = remembered(own, 'session')
  const again = (more: Memory): Step => ({ kind: 'again', memory: withPart(known, part, more), after: tools.now() })
  const ready = (more: Memory): Step => ({ kind: 'ready', memory: withPart(known, part, more) })
  if (remembered(own, 'film') !== '') return { kind: 'ready', memory: known }
  if (session === '') {
    const opened = await open(job, part, film, tools)
    return opened.ok ? again({ session: opened.value, arrived: 0 }) : troubled(opened.error)
  }
  // What arrived is asked for at every step: a piece that was cut may be there in part.
  const probed = await probe(session, film.size, tools)
  if (!probed.ok) {
    if (probed.error.kind !== 'target-gone') return troubled(probed.error)
    const made = await amongUploads(job, film, Number(own.since), account, tools)
    if (!made.ok) return troubled(made.error)
    return made.value === null ? again({ session: '' }) : ready({ film: made.value })
  }
  if ('film' in probed.value) return ready({ film: probed.value.film })
  return sendPieces(session, film, probed.value.arrived, tools).then((sent) => {
    if (!sent.ok) return troubled(sent.error)
    return isLastPiece(sent.value, film.size) ? ready({ arrived: sent.value }) : again({ arrived: sent.value })
  })
}

const filmOf = (job: Job, part: number): SentMedium | undefined =>
  partOf(job, part).media.find(({ type }) => type.startsWith('video/'))

/** Whether what is left is the piece that makes the film come to be. */
const isLastPiece = (arrived: number, size: number): boolean => size - arrived <= YOUTUBE.piece

/** The resource of a film. Source: notes on YouTube, section 2. */
export function resourceOf(job: Job, part: number) {
  const language = fieldOf(job, 'language')
  const category = fieldOf(job, 'category')
  return {
    snippet: {
      title: titleOf(job),
      description: partOf(job, part).text,
      tags: listOf(job, 'tags'),
      ...(category ? { categoryId: category } : {}),
      ...(language ? { defaultLanguage: language } : {}),
    },
    status: {
      ...visibility(job),
      selfDeclaredMadeForKids: job.fields.madeForKids === true,
      ...(job.fields.aiGenerated === true ? { containsSyntheticMedia: true } : {}),
    },
  }
}

const titleOf = (job: Job): string => fieldOf(job, 'title') || job.title

/** Why a film is not handed over; null when it may be. */
const notAhead = (job: Job, tools: Tools) => untimely(job, tools.now()) ?? notForAll(job, 'public')

/** A film that waits for its time is private until then, and public from then on. */
const visibility = (job: Job) =>
  job.publishAt === null
    ? { privacyStatus: fieldOf(job, 'visibility') || 'public' }
    : { privacyStatus: 'private', publishAt: new Date(job.publishAt).toISOString() }

async function open(job: Job, part: number, film: SentMedium, tools: Tools): Promise<Result<string, Trouble>> {
  const answer = await call(tools, {
    method: 'POST',
    address: `${upload}/videos?uploadType=resumable&part=snippet,status&notifySubscribers=true`,
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      'x-upload-content-length': String(film.size),
      'x-upload-content-type': film.type,
    },
    body: JSON.stringify(resourceOf(job, part)),
    read: anything,
  })
  if (!answer.ok) return answer
  const session = answer.value.headers.get('location')
  return session
    ? ok(session)
    : err({ kind: 'server-fault', until: null, details: 'The answer names no upload session.' })
}

type Probed = { readonly film: string } | { readonly arrived: number }
const madeFilm = as(z.object({ id: z.string() }))

/** What a session answers: the film it made, or how many bytes it has. 308 is no redirect here. */
async function putTo(
  session: string,
  range: string,
  sent: SentBody | undefined,
  bytes: number,
  commit: boolean,
  tools: Tools,
): Promise<Result<Probed, Trouble>> {
  const answer = await call(tools, {
    method: 'PUT',
    address: session,
    // Node writes the length of an empty body of a PUT by itself.
    headers: { ...sent?.headers, 'content-range': range },
    ...(sent ? { body: sent.body } : {}),
    commit,
    takes: [308],
    // A session that has run out may be refused with one; what became of the film is then looked for.
    inPages: true,
    timeout: patienceFor(bytes),
    read: (told) => madeFilm(told) ?? (told === undefined ? { id: '' } : undefined),
  })
  if (!answer.ok) return answer
  const { status, headers, value } = answer.value
  if (status === 308) return ok({ arrived: arrivedOf(headers) })
  if (value.id !== '') return ok({ film: value.id })
  const details = `${status} without a film`
  return err(commit ? { kind: 'unknown', details } : { kind: 'server-fault', until: null, details })
}

/** `Range: bytes=0-99` are a hundred bytes; without it nothing arrived. */
function arrivedOf(headers: Headers): number {
  const last = /(\d+)$/.exec(headers.get('range') ?? '')?.[1]
  return last === undefined ? 0 : Number(last) + 1
}

const probe = (session: string, size: number, tools: Tools) =>
  putTo(session, `bytes */${size}`, undefined, 0, false, tools)

/** Sends the bytes from one on and up to another. */
const putBytes = (session: string, film: SentMedium, from: number, to: number, commit: boolean, tools: Tools) => {
  const range = `bytes ${from}-${to - 1}/${film.size}`
  return putTo(session, range, sliceBody(film, from, to, tools), to - from, commit, tools)
}

/** Pieces a step sends before what arrived is written down. */
const PIECES = 4

/** Sends some pieces, never the last. Gives how many bytes the network has then. */
async function sendPieces(
  session: string,
  film: SentMedium,
  from: number,
  tools: Tools,
): Promise<Result<number, Trouble>> {
  let at = from
  for (let count = 0; count < PIECES && !isLastPiece(at, film.size); count++) {
    const sent = await putBytes(session, film, at, at + YOUTUBE.piece, false, tools)
    if (!sent.ok) return sent
    if ('film' in sent.value) return ok(film.size)
    at = sent.value.arrived
  }
  return ok(at)
}

/* ---- commit ---- */

async function commit(job: Job, part: number, memory: Memory, _account: Account, tools: Tools): Promise<Committed> {
  const { kind, text } = partOf(job, part)
  const done = (id: string): Committed => ({ kind: 'done', remoteId: id, memory: isOut(memory, part, id) })
  if (kind !== 'post') {
    const answer = await call(tools, {
      method: 'POST',
      address: `${data}/commentThreads?part=snippet`,
      json: { snippet: { videoId: parentOf(memory, part), topLevelComment: { snippet: { textOriginal: text } } } },
      commit: true,
      read: madeFilm,
    })
    return answer.ok ? done(answer.value.value.id) : troubled(answer.error)
  }
  const early = notAhead(job, tools)
  if (early) return early
  const own = partMemory(memory, part)
  const film = filmOf(job, part)
  const made = remembered(own, 'film')
  if (made !== '') return done(made)
  const session = remembered(own, 'session')
  if (!film || session === '') return troubled({ kind: 'begin-again', details: '' })
  const from = Number(own.arrived ?? 0)
  const sent = await putBytes(session, film, from, film.size, true, tools)
  if (!sent.ok)
    return troubled(
      sent.error.kind === 'target-gone' ? { kind: 'begin-again', details: sent.error.details } : sent.error,
    )
  if ('film' in sent.value) {
    tools.progress(100)
    return done(sent.value.film)
  }
  // It has not all of it, and says so: no film came to be, and the rest is sent in another step.
  return troubled({ kind: 'server-fault', until: null, details: `308: ${sent.value.arrived} of ${film.size} bytes` })
}

/* ---- afterwards ---- */

const uploads = as(
  z.object({
    items: z.array(
      z.object({
        snippet: z.object({ title: z.string(), publishedAt: z.string() }),
        contentDetails: z.object({ videoId: z.string() }),
      }),
    ),
    nextPageToken: z.optional(z.string()),
  }),
)
const sizes = as(
  z.object({
    items: z.array(
      z.object({ id: z.string(), fileDetails: z.optional(z.object({ fileSize: z.optional(z.string()) })) }),
    ),
  }),
)

/** A film of this size and title that came to be since then, the newest uploads looked through; null: there is none. */
async function amongUploads(
  job: Job,
  film: SentMedium,
  since: Instant,
  account: Account,
  tools: Tools,
): Promise<Result<string | null, Trouble>> {
  let page = ''
  do {
    const query = new URLSearchParams({
      part: 'contentDetails,snippet',
      playlistId: String(account.facts.uploads ?? ''),
      maxResults: '50',
      ...(page ? { pageToken: page } : {}),
    })
    const listed = await call(tools, { address: `${data}/playlistItems?${query}`, read: uploads })
    if (!listed.ok) return listed
    const { items, nextPageToken = '' } = listed.value.value
    const fresh = items.filter(({ snippet }) => Date.parse(snippet.publishedAt) >= since - LEEWAY)
    const ids = fresh.filter(({ snippet }) => snippet.title === titleOf(job)).map((one) => one.contentDetails.videoId)
    if (ids.length > 0) {
      const asked = await call(tools, { address: `${data}/videos?part=fileDetails&id=${ids.join(',')}`, read: sizes })
      if (!asked.ok) return asked
      const found = asked.value.value.items.find(({ fileDetails }) => Number(fileDetails?.fileSize) === film.size)
      if (found) return ok(found.id)
    }
    page = fresh.length === items.length ? nextPageToken : ''
  } while (page !== '')
  return ok(null)
}

const comment = z.object({
  id: z.string(),
  snippet: z.object({
    /** Of what others wrote it may be missing. */
    textOriginal: z.nullish(z.string()),
    textDisplay: z.nullish(z.string()),
    authorDisplayName: z.nullish(z.string()),
    authorChannelId: z.nullish(z.object({ value: z.nullish(z.string()) })),
    publishedAt: z.string(),
  }),
})
type Comment = z.infer<typeof comment>
const threads = as(
  z.object({
    items: z.array(
      z.object({
        id: z.string(),
        snippet: z.object({ topLevelComment: comment }),
        replies: z.nullish(z.object({ comments: z.nullish(z.array(comment)) })),
      }),
    ),
    nextPageToken: z.nullish(z.string()),
  }),
)

async function find(
  job: Job,
  part: number,
  memory: Memory,
  since: Instant,
  account: Account,
  tools: Tools,
): Promise<Found> {
  const { kind, text } = partOf(job, part)
  if (kind !== 'post') return findComment(parentOf(memory, part), text, since, account, tools)
  const film = filmOf(job, part)
  const session = remembered(partMemory(memory, part), 'session')
  if (!film || session === '') return { kind: 'absent' }
  const probed = await probe(session, film.size, tools)
  if (probed.ok) return 'film' in probed.value ? { kind: 'there', remoteId: probed.value.film } : { kind: 'absent' }
  if (probed.error.kind !== 'target-gone') return troubled(probed.error)
  const made = await amongUploads(job, film, since, account, tools)
  if (!made.ok) return troubled(made.error)
  return made.value === null ? { kind: 'absent' } : { kind: 'there', remoteId: made.value }
}

async function findComment(film: string, text: string, since: Instant, account: Account, tools: Tools): Promise<Found> {
  const query = new URLSearchParams({
    part: 'snippet',
    videoId: film,
    order: 'time',
    maxResults: String(YOUTUBE.page),
  })
  const answer = await call(tools, { address: `${data}/commentThreads?${query}`, read: threads })
  if (!answer.ok) return troubled(answer.error)
  const found = answer.value.value.items.find(({ snippet }) => {
    const { textOriginal, authorChannelId, publishedAt } = snippet.topLevelComment.snippet
    const mine = authorChannelId?.value === account.remoteId
    return mine && textOriginal?.trim() === text.trim() && Date.parse(publishedAt) >= since - LEEWAY
  })
  return found ? { kind: 'there', remoteId: found.id } : { kind: 'absent' }
}

/** The thumbnail: asked for when the film is there. */
async function complete(remoteId: string, job: Job, _memory: Memory, _account: Account, tools: Tools): Promise<Done> {
  const cover = coverOf(job)
  if (!cover) return { kind: 'done' }
  const answer = await call(tools, {
    method: 'POST',
    address: `${upload}/thumbnails/set?videoId=${remoteId}&uploadType=media`,
    ...rawBody(cover, tools),
    timeout: patienceFor(cover.size),
    read: anything,
  })
  return answer.ok ? { kind: 'done' } : troubled(answer.error)
}

const snippet = z.object({
  title: z.string(),
  description: z.optional(z.string()),
  tags: z.optional(z.array(z.string())),
  categoryId: z.optional(z.string()),
  defaultLanguage: z.optional(z.string()),
})
const videos = as(
  z.object({
    items: z.array(
      z.object({
        snippet,
        status: z.object({
          privacyStatus: z.string(),
          publishAt: z.optional(z.string()),
          embeddable: z.optional(z.boolean()),
          license: z.optional(z.string()),
          publicStatsViewable: z.optional(z.boolean()),
          containsSyntheticMedia: z.optional(z.boolean()),
          uploadStatus: z.optional(z.string()),
          failureReason: z.optional(z.string()),
          rejectionReason: z.optional(z.string()),
        }),
      }),
    ),
  }),
)
type Video = NonNullable<ReturnType<typeof videos>>['items'][number]

async function videoOf(remoteId: string, tools: Tools): Promise<Result<Video | null, Trouble>> {
  const answer = await call(tools, { address: `${data}/videos?part=snippet,status&id=${remoteId}`, read: videos })
  return answer.ok ? ok(answer.value.value.items[0] ?? null) : answer
}

async function see(remoteId: string, _account: Account, tools: Tools): Promise<Seen> {
  const asked = await videoOf(remoteId, tools)
  if (!asked.ok) return troubled(asked.error)
  if (asked.value === null) return removed(remoteId)
  const { snippet: words, status } = asked.value
  return {
    kind: 'seen',
    permalink: `${YOUTUBE.watch}${remoteId}`,
    ...stateOf(status),
    fingerprint: digest(
      words.title,
      words.description ?? '',
      (words.tags ?? []).join(','),
      status.privacyStatus,
      status.publishAt ?? '',
    ),
    remoteId,
    ...(status.publishAt
      ? { text: words.description ?? '', title: words.title, publishAt: Date.parse(status.publishAt) }
      : {}),
  }
}

const WHY_NOT: Readonly<Record<string, string>> = {
  codec: 'YouTube cannot read the codec of the film.',
  conversion: 'YouTube could not convert the film.',
  invalidFile: 'YouTube cannot read the file.',
  copyright: 'YouTube took it down for a copyright claim.',
  duplicate: 'YouTube has this film already.',
  length: 'It is longer than this channel may upload.',
}

function stateOf({ uploadStatus, privacyStatus, publishAt, failureReason, rejectionReason }: Video['status']) {
  if (uploadStatus === 'failed' || uploadStatus === 'rejected' || uploadStatus === 'deleted') {
    const reason = rejectionReason ?? failureReason ?? uploadStatus
    return { state: 'removed', because: WHY_NOT[reason] ?? `YouTube did not take the film: ${reason}.` } as const
  }
  if (publishAt) return { state: 'scheduled', because: 'YouTube publishes it by itself.' } as const
  if (privacyStatus === 'private')
    return {
      state: 'private',
      because:
        'Only you can see it. Unless you chose so: YouTube keeps films private that come from an app it has not checked.',
    } as const
  if (uploadStatus === 'uploaded') return { state: 'processing', because: 'YouTube is still working on it.' } as const
  return { state: 'public', because: privacyStatus === 'unlisted' ? 'Only people with the link find it.' : '' } as const
}

const CHANGES = ['title', 'tags', 'language', 'visibility', 'madeForKids', 'aiGenerated']

/** A part of a film that is sent is replaced whole, so what is there, and may have been set in Studio, is read first. */
async function edit(
  remoteId: string,
  sent: Job,
  job: Job,
  part: number,
  memory: Memory,
  account: Account,
  tools: Tools,
): Promise<Done> {
  const { kind, text } = partOf(job, part)
  if (kind !== 'post') {
    // A thread of comments has the id of the comment it began with.
    const answer = await call(tools, {
      method: 'PUT',
      address: `${data}/comments?part=snippet`,
      json: { id: remoteId, snippet: { textOriginal: text } },
      read: anything,
    })
    return answer.ok ? { kind: 'done' } : troubled(answer.error)
  }
  const cover = coverOf(job)
  // A film belongs to a category always, and keeps the thumbnail it was given last.
  const fields = [...CHANGES, ...(fieldOf(job, 'category') ? ['category'] : []), ...(cover ? ['cover'] : [])]
  const other = unchanged('YouTube', sent, job, 0, { media: true, fields })
  if (other) return other
  if (filmOf(sent, 0)?.id !== filmOf(job, 0)?.id) return unreachable('YouTube', 'media')
  const early = notAhead(job, tools)
  if (early) return early
  const there = await videoOf(remoteId, tools)
  if (!there.ok) return troubled(there.error)
  if (there.value === null) return troubled({ kind: 'target-gone', details: '' })
  const { snippet: words, status } = resourceOf(job, 0)
  const { defaultLanguage, ...kept } = there.value.snippet
  const isOurs = fieldOf(sent, 'language') !== ''
  const { embeddable, license, publicStatsViewable, containsSyntheticMedia } = there.value.status
  const isMade = sent.fields.aiGenerated === true || job.fields.aiGenerated === true
  const answer = await call(tools, {
    method: 'PUT',
    address: `${data}/videos?part=snippet,status`,
    json: {
      id: remoteId,
      snippet: { ...kept, ...(isOurs ? {} : { defaultLanguage }), ...words },
      status: {
        embeddable,
        license,
        publicStatsViewable,
        containsSyntheticMedia: isMade ? job.fields.aiGenerated === true : containsSyntheticMedia,
        ...status,
      },
    },
    read: anything,
  })
  if (!answer.ok) return troubled(answer.error)
  return cover && cover.id !== coverOf(sent)?.id ? complete(remoteId, job, memory, account, tools) : { kind: 'done' }
}

async function remove(remoteId: string, _account: Account, tools: Tools): Promise<Done> {
  const answer = await call(tools, { method: 'DELETE', address: `${data}/videos?id=${remoteId}`, read: anything })
  return answer.ok || answer.error.kind === 'target-gone' ? { kind: 'done' } : troubled(answer.error)
}

const statistics = as(
  z.object({ items: z.array(z.object({ statistics: z.nullish(z.record(z.string(), z.unknown())) })) }),
)

/** Numbers come in letters; one that is hidden or switched off is not there. Source: notes on YouTube, section 5. */
async function metrics(remoteId: string, _account: Account, tools: Tools): Promise<Counted> {
  const query = new URLSearchParams({ part: 'statistics', id: remoteId })
  const answer = await call(tools, { address: `${data}/videos?${query}`, read: statistics })
  if (!answer.ok) return troubled(answer.error)
  const [film] = answer.value.value.items
  return film
    ? { kind: 'counted', counts: countsOf(YOUTUBE.metrics, film.statistics ?? {}) }
    : commentOrGone(remoteId, { kind: 'target-gone', details: '' }, tools)
}

const comments = as(z.object({ items: z.array(z.object({ id: z.string() })) }))

/** Where there is no film of this name: a first comment, of which nothing is told by itself, or something that is gone. */
async function commentOrGone(remoteId: string, gone: Trouble, tools: Tools) {
  const query = new URLSearchParams({ part: 'id', id: remoteId })
  const answer = await call(tools, { address: `${data}/comments?${query}`, read: comments })
  if (!answer.ok) return troubled(answer.error.kind === 'target-gone' ? gone : answer.error)
  return answer.value.value.items.length > 0 ? ({ kind: 'untold' } as const) : troubled(gone)
}

/**
 * Threads of comments, the newest first; the replies that YouTube shows along, a few of each thread, stand on the page of what they reply to.
 * Untold where comments are off, as under films for kids. Source: notes on YouTube, sections 6 and 7.
 */
async function inbox(remoteId: string, page: string, account: Account, tools: Tools): Promise<Heard> {
  const query = new URLSearchParams({
    part: 'snippet,replies',
    videoId: remoteId,
    order: 'time',
    maxResults: String(YOUTUBE.page),
    textFormat: 'plainText',
    ...(page ? { pageToken: page } : {}),
  })
  const answer = await call(tools, { address: `${data}/commentThreads?${query}`, read: threads })
  if (!answer.ok) {
    if (areCommentsOff(answer.error)) return { kind: 'untold' }
    return answer.error.kind === 'target-gone' ? commentOrGone(remoteId, answer.error, tools) : troubled(answer.error)
  }
  const { items, nextPageToken } = answer.value.value
  const said = items.flatMap(({ snippet, replies }) => [snippet.topLevelComment, ...(replies?.comments ?? [])])
  const messages = said.map((one) => messageOf(one, remoteId, account))
  return { kind: 'heard', messages: messages.sort((one, other) => other.at - one.at), next: nextPageToken ?? '' }
}

const areCommentsOff = (trouble: Trouble): boolean => trouble.kind === 'refused' && trouble.field === 'firstComment'

function messageOf({ id, snippet: said }: Comment, film: string, account: Account): Message {
  return {
    id,
    author: said.authorDisplayName ?? '',
    text: said.textOriginal ?? said.textDisplay ?? '',
    at: Date.parse(said.publishedAt),
    own: said.authorChannelId?.value === account.remoteId,
    permalink: `${YOUTUBE.watch}${encodeURIComponent(film)}&lc=${encodeURIComponent(id)}`,
  }
}

export const youtube: Adapter = {
  network: 'youtube',
  api: { version: YOUTUBE.version, asOf: YOUTUBE.asOf },
  schedules: YOUTUBE.schedules,
  connect,
  refresh: refreshing(() => RENEWAL),
  prepare,
  commit,
  find,
  complete,
  see,
  edit,
  remove,
  metrics,
  inbox,
  takesAlong: true,
}
