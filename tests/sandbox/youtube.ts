/**
 * YouTube as its notes tell it: resumable uploads, films that are worked on, times of publishing, the lock of unchecked projects,
 * thumbnails, comments, quotas.
 */
import { type Audience, createAudience } from './audience.ts'
import { dayIn, type Limits, limit, spend } from './limits.ts'
import {
  type Call,
  type Clock,
  formOf,
  isSpoilt,
  jsonOf,
  keepsParts,
  type Reply,
  type Route,
  type Sandbox,
  type Spoiling,
  startSandbox,
  tokenOf,
} from './server.ts'
import { type ShownPost, shownMedium, type WaitingPost } from './shown.ts'

const HOUR = 3_600_000
const CHANNEL = 'UC-harbour'
const UPLOADS = 'UU-harbour'

interface Snippet {
  title: string
  description: string
  tags: string[]
  categoryId: string
}
interface Status {
  privacyStatus: string
  publishAt?: string
  selfDeclaredMadeForKids?: boolean
  containsSyntheticMedia?: boolean
  embeddable?: boolean
  license?: string
  publicStatsViewable?: boolean
}
interface Film {
  readonly id: string
  readonly at: number
  readonly size: number
  snippet: Snippet & { defaultLanguage?: string }
  status: Status
  uploadStatus: string
  rejectionReason: string
  polls: number
  thumbnail: { readonly type: string; readonly bytes: number } | null
}
interface Session {
  readonly id: string
  readonly total: number
  readonly resource: { snippet: Film['snippet']; status: Status }
  readonly stored: Buffer[]
  size: number
  readonly at: number
  film: string
}

export interface YouTubeSandbox extends Sandbox {
  readonly films: Map<string, Film>
  readonly sessions: Map<string, Session>
  readonly comments: { readonly id: string; readonly on: string; text: string; readonly at: number }[]
  /** The project is not checked: every film is locked to private. */
  locks: boolean
  access: 'fine' | 'expired' | 'revoked'
  hasChannel: boolean
  /** The access may read and change; off: it may upload only. */
  reads: boolean
  /** The channel shows nobody how many like its films. */
  hidesLikes: boolean
  /** What others do with its films, and write under them or under a comment. */
  readonly audience: Audience
  /** Bytes of a piece that are kept at most: a 308 then says that fewer arrived than were sent. */
  keepsAtMost: number
  readonly spoiling: Spoiling
  /** Bytes of films that arrived, whether or not they had been there before. */
  filmBytes(): number
  /** What all channels of the app have of a day: films, and units for everything else. */
  readonly limits: Limits<'films' | 'units'>
  visible(): ShownPost[]
  queue(): WaitingPost[]
  rewrite(id: string, text: string): void
  takeAway(id: string): void
}

export const youtubeError = (status: number, reason: string, message = reason): Reply => ({
  status,
  body: { error: { code: status, message, errors: [{ domain: 'youtube', reason, message }] } },
})

/** Replies that stand in a thread; the others are asked for by themselves. */
const REPLIES = 5
const NAME = 'Harbour Museum'
const escaped = (text: string) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/\n/g, '<br>')

const iso = (at: number) => new Date(at).toISOString()

export async function startYouTube({
  clock,
  polls = 0,
  keepsFilms = true,
}: {
  clock?: Clock
  polls?: number
  /** false: of a film its size is kept only. */
  keepsFilms?: boolean
} = {}): Promise<YouTubeSandbox> {
  const films = new Map<string, Film>()
  const sessions = new Map<string, Session>()
  const comments: YouTubeSandbox['comments'] = []
  const audience = createAudience(() => sandbox.now())
  let accessToken = 'ya29.first-access'
  let last = 0
  let filmBytes = 0
  const next = (prefix: string) => `${prefix}${++last}`
  let sandbox: YouTubeSandbox

  function settle(): void {
    for (const { status } of films.values())
      if (status.publishAt && Date.parse(status.publishAt) <= sandbox.now()) {
        if (!sandbox.locks) status.privacyStatus = 'public'
        delete status.publishAt
      }
  }

  function fault({ snippet, status }: { snippet?: Partial<Snippet>; status?: Partial<Status> }): Reply | undefined {
    if (!snippet?.title || [...snippet.title].length > 100 || /[<>]/.test(snippet.title))
      return youtubeError(400, 'invalidTitle')
    if (Buffer.byteLength(snippet.description ?? '') > 5000 || /[<>]/.test(snippet.description ?? ''))
      return youtubeError(400, 'invalidDescription')
    const tags = (snippet.tags ?? []).map((tag) => tag.length + (tag.includes(' ') ? 2 : 0))
    if (tags.reduce((sum, length) => sum + length + 1, -1) > 500) return youtubeError(400, 'invalidTags')
    if (snippet.categoryId && !/^\d+$/.test(snippet.categoryId)) return youtubeError(400, 'invalidCategoryId')
    if (status?.privacyStatus && !['public', 'unlisted', 'private'].includes(status.privacyStatus))
      return youtubeError(400, 'invalidVideoMetadata')
    if (status?.publishAt && (status.privacyStatus !== 'private' || Number.isNaN(Date.parse(status.publishAt))))
      return youtubeError(400, 'invalidPublishAt')
    return undefined
  }

  const open: Route = (call) => {
    if (call.query.get('uploadType') !== 'resumable') return youtubeError(400, 'mediaBodyRequired')
    const total = Number(call.headers['x-upload-content-length'])
    if (!(total > 0) || !call.headers['x-upload-content-type']?.startsWith('video/'))
      return youtubeError(400, 'mediaBodyRequired')
    const resource = jsonOf(call) as unknown as Session['resource']
    const bad = fault(resource)
    if (bad) return bad
    const id = next('upload-')
    sessions.set(id, { id, total, resource, stored: [], size: 0, at: sandbox.now(), film: '' })
    const location = `https://www.googleapis.com/upload/youtube/v3/videos?uploadType=resumable&upload_id=${id}`
    return { status: 200, headers: { location } }
  }

  const send = keepsParts((call) => {
    const session = sessions.get(call.query.get('upload_id') ?? '')
    if (!session) return youtubeError(404, 'notFound')
    const made = films.get(session.film)
    if (made) return { status: 200, body: node(made) }
    // Who only asks how far it is need not say how long it will be.
    const asks = call.headers['content-range'] === 'bytes */*'
    const [, from, to, total] = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+)$/.exec(call.headers['content-range'] ?? '') ?? []
    if (!asks && Number(total) !== session.total) return youtubeError(400, 'badRequest', 'Content-Range does not match')
    if (from !== undefined) {
      const arrived = session.size
      filmBytes += call.body.length
      if (Number(from) > arrived) return youtubeError(400, 'badRequest', 'Bytes are missing before these')
      const whole = Number(to) - Number(from) + 1
      if (Number(to) + 1 < session.total && whole % 262_144 !== 0)
        return youtubeError(400, 'badRequest', 'Not a multiple of 256 KiB')
      const fresh = call.body.subarray(arrived - Number(from))
      const kept = fresh.subarray(0, sandbox.keepsAtMost)
      session.size += kept.length
      if (keepsFilms) session.stored.push(Buffer.from(kept))
    }
    const arrived = session.size
    if (arrived < session.total) return { status: 308, headers: arrived > 0 ? { range: `bytes=0-${arrived - 1}` } : {} }
    return { status: 201, body: node(newFilm(session)) }
  })

  function newFilm(session: Session): Film {
    const { snippet, status } = session.resource
    const film: Film = {
      id: next('film-'),
      at: sandbox.now(),
      size: session.total,
      snippet: {
        ...snippet,
        description: snippet.description ?? '',
        tags: snippet.tags ?? [],
        categoryId: snippet.categoryId ?? '22',
      },
      status: {
        embeddable: true,
        license: 'youtube',
        publicStatsViewable: true,
        ...status,
        ...(sandbox.locks ? { privacyStatus: 'private' } : {}),
      },
      uploadStatus: isSpoilt(sandbox.spoiling) ? 'failed' : polls > 0 ? 'uploaded' : 'processed',
      rejectionReason: '',
      polls,
      thumbnail: null,
    }
    films.set(film.id, film)
    session.film = film.id
    return film
  }

  const node = (film: Film) => ({
    kind: 'youtube#video',
    id: film.id,
    snippet: { ...film.snippet, channelId: CHANNEL, publishedAt: iso(film.at) },
    status: {
      ...film.status,
      uploadStatus: film.uploadStatus,
      ...(film.uploadStatus === 'failed' ? { failureReason: 'codec' } : {}),
      ...(film.rejectionReason ? { rejectionReason: film.rejectionReason } : {}),
    },
    fileDetails: { fileName: 'unknown', fileSize: String(film.size) },
    statistics: statisticsOf(film),
    processingDetails: { processingStatus: film.uploadStatus === 'processed' ? 'succeeded' : 'processing' },
  })

  const own = (film: string) =>
    comments
      .filter(({ on }) => on === film)
      .map((one) => ({ ...one, author: NAME, by: CHANNEL }))
      .reverse()
  const others = (of: string) =>
    audience.answersTo(of).map((one) => ({ ...one, id: `Ugz${one.id}`, by: `UC-${one.author}` }))
  const threadsOf = (film: string) =>
    [...own(film), ...others(film)]
      .sort((one, other) => other.at - one.at)
      .map((top) => ({ top, replies: others(top.id) }))
  type Said = ReturnType<typeof others>[number]
  const hasComments = ({ status }: Film) => !status.selfDeclaredMadeForKids

  /** In letters, and without what is hidden. */
  function statisticsOf(film: Film): Readonly<Record<string, string>> {
    const said = threadsOf(film.id).reduce((sum, { replies }) => sum + 1 + replies.length, 0)
    const counts = {
      viewCount: 0,
      dislikeCount: 0,
      favoriteCount: 0,
      ...(sandbox.hidesLikes ? {} : { likeCount: 0 }),
      ...(hasComments(film) ? { commentCount: said } : {}),
    }
    const given = audience.countsOf(film.id)
    return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, String(given[name] ?? count)]))
  }

  /** What was written itself is told to who wrote it only. */
  const commentNode = (call: Call, { id, text, at, author, by }: Said) => ({
    kind: 'youtube#comment',
    id,
    snippet: {
      ...(by === CHANNEL ? { textOriginal: text } : {}),
      textDisplay: call.query.get('textFormat') === 'plainText' ? text : escaped(text),
      authorDisplayName: author,
      authorChannelId: { value: by },
      likeCount: 0,
      publishedAt: iso(at),
      updatedAt: iso(at),
    },
  })

  const listThreads: Route = (call) => {
    const film = films.get(call.query.get('videoId') ?? '')
    if (!film) return youtubeError(404, 'videoNotFound')
    if (!hasComments(film)) return youtubeError(403, 'commentsDisabled')
    const most = Number(call.query.get('maxResults') ?? 20)
    if (!(most >= 1 && most <= 100)) return youtubeError(400, 'invalidParameter')
    const all = threadsOf(film.id)
    const from = Number(call.query.get('pageToken') ?? 0)
    const items = all.slice(from, from + most).map(({ top, replies }) =>
      only(call, {
        kind: 'youtube#commentThread',
        id: top.id,
        snippet: {
          videoId: film.id,
          canReply: true,
          totalReplyCount: replies.length,
          topLevelComment: commentNode(call, top),
        },
        ...(replies.length > 0
          ? { replies: { comments: replies.slice(0, REPLIES).map((one) => commentNode(call, one)) } }
          : {}),
      }),
    )
    return {
      status: 200,
      body: { items, ...(from + most < all.length ? { nextPageToken: String(from + most) } : {}) },
    }
  }

  const partsOf = (call: Call) => ['kind', 'id', ...call.query.getAll('part').flatMap((parts) => parts.split(','))]
  const only = (call: Call, whole: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(whole).filter(([name]) => partsOf(call).includes(name)))

  const D = '/www.googleapis.com/youtube/v3'
  const U = '/www.googleapis.com/upload/youtube/v3'
  const routes: Record<string, Route> = {
    'POST /oauth2.googleapis.com/token': async (call) => {
      const form = await formOf(call)
      if (form.get('grant_type') !== 'refresh_token' || !form.get('client_id'))
        return { status: 400, body: { error: 'invalid_request' } }
      if (form.get('refresh_token') !== '1//refresh-token' || sandbox.access === 'revoked')
        return {
          status: 400,
          body: { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' },
        }
      accessToken = next('ya29.access-')
      sandbox.access = 'fine'
      return {
        status: 200,
        body: {
          access_token: accessToken,
          expires_in: 3599,
          token_type: 'Bearer',
          scope: 'https://www.googleapis.com/auth/youtube.upload',
        },
      }
    },
    [`GET ${D}/channels`]: (call) => ({
      status: 200,
      body: {
        items: sandbox.hasChannel
          ? [
              only(call, {
                kind: 'youtube#channel',
                id: CHANNEL,
                snippet: { title: NAME, customUrl: '@harbourmuseum' },
                contentDetails: { relatedPlaylists: { uploads: UPLOADS } },
                statistics: { subscriberCount: '1200', viewCount: '40000', videoCount: String(films.size) },
              }),
            ]
          : [],
      },
    }),
    [`POST ${U}/videos`]: open,
    [`PUT ${U}/videos`]: send,
    [`GET ${D}/videos`]: (call) => {
      const ids = (call.query.get('id') ?? '').split(',')
      const items = ids.flatMap((id) => {
        const film = films.get(id)
        if (!film) return []
        if (film.uploadStatus === 'uploaded') {
          if (film.polls > 0) film.polls -= 1
          else film.uploadStatus = 'processed'
        }
        return [only(call, node(film))]
      })
      return { status: 200, body: { items } }
    },
    [`PUT ${D}/videos`]: (call) => {
      const given = jsonOf(call) as unknown as { id: string; snippet?: Film['snippet']; status?: Status }
      const film = films.get(given.id)
      if (!film) return youtubeError(404, 'videoNotFound')
      const parts = partsOf(call)
      const bad = fault({ snippet: parts.includes('snippet') ? given.snippet : film.snippet, status: given.status })
      if (bad) return bad
      if (parts.includes('snippet') && !given.snippet?.categoryId) return youtubeError(400, 'invalidCategoryId')
      // A part that is sent is replaced whole.
      if (parts.includes('snippet') && given.snippet)
        film.snippet = {
          ...given.snippet,
          description: given.snippet.description ?? '',
          tags: given.snippet.tags ?? [],
        }
      if (parts.includes('status') && given.status)
        film.status = { embeddable: true, license: 'youtube', publicStatsViewable: true, ...given.status }
      return { status: 200, body: only(call, node(film)) }
    },
    [`DELETE ${D}/videos`]: (call) => {
      const film = call.query.get('id') ?? ''
      comments.splice(0, comments.length, ...comments.filter(({ on }) => on !== film))
      return films.delete(film) ? { status: 204 } : youtubeError(404, 'videoNotFound')
    },
    [`GET ${D}/playlistItems`]: (call) => {
      if (call.query.get('playlistId') !== UPLOADS) return youtubeError(404, 'playlistNotFound')
      const all = [...films.values()].reverse()
      const from = Number(call.query.get('pageToken') ?? 0)
      const most = Math.min(Number(call.query.get('maxResults') ?? 5), 50)
      const items = all.slice(from, from + most).map((film) => ({
        snippet: { title: film.snippet.title, publishedAt: iso(film.at) },
        contentDetails: { videoId: film.id, videoPublishedAt: iso(film.at) },
      }))
      return {
        status: 200,
        body: { items, ...(from + most < all.length ? { nextPageToken: String(from + most) } : {}) },
      }
    },
    [`POST ${U}/thumbnails/set`]: (call) => {
      const film = films.get(call.query.get('videoId') ?? '')
      if (!film) return youtubeError(404, 'videoNotFound')
      const type = call.headers['content-type'] ?? ''
      if (!['image/jpeg', 'image/png'].includes(type)) return youtubeError(400, 'imageFormatUnsupported')
      if (call.body.length > 50_000_000) return youtubeError(400, 'failedPrecondition')
      film.thumbnail = { type, bytes: call.body.length }
      return { status: 200, body: { items: [{ default: { url: 'https://i.ytimg.com/x.jpg' } }] } }
    },
    [`POST ${D}/commentThreads`]: (call) => {
      const { snippet } = jsonOf(call) as {
        snippet?: { videoId?: string; topLevelComment?: { snippet?: { textOriginal?: string } } }
      }
      const film = films.get(snippet?.videoId ?? '')
      if (!film) return youtubeError(404, 'videoNotFound')
      if (film.status.selfDeclaredMadeForKids) return youtubeError(403, 'commentsDisabled')
      const comment = {
        id: next('comment-'),
        on: film.id,
        text: snippet?.topLevelComment?.snippet?.textOriginal ?? '',
        at: sandbox.now(),
      }
      comments.push(comment)
      return { status: 200, body: { id: comment.id } }
    },
    [`PUT ${D}/comments`]: (call) => {
      const { id, snippet } = jsonOf(call) as { id?: string; snippet?: { textOriginal?: string } }
      const comment = comments.find((one) => one.id === id)
      if (!comment) return youtubeError(404, 'commentNotFound')
      comment.text = snippet?.textOriginal ?? ''
      return { status: 200, body: { id: comment.id } }
    },
    [`GET ${D}/commentThreads`]: listThreads,
    [`GET ${D}/comments`]: (call) => {
      const ids = (call.query.get('id') ?? '').split(',')
      const there = [...films.keys()].flatMap((film) =>
        threadsOf(film).flatMap(({ top, replies }) => [top, ...replies]),
      )
      const found = there.filter(({ id }) => ids.includes(id))
      return { status: 200, body: { items: found.map((one) => only(call, commentNode(call, one))) } }
    },
  }

  const aDay = (most: number) => limit(() => sandbox.now(), most, dayIn('America/Los_Angeles'))
  const limits = { films: aDay(100), units: aDay(10_000) }
  function budgetFor({ method, path }: Call) {
    if (path === `${U}/videos`) return spend([limits.films], method === 'POST' ? 1 : 0)
    return spend([limits.units], method === 'GET' ? 1 : 50)
  }

  const started = await startSandbox(routes, {
    clock,
    missing: youtubeError(404, 'notFound'),
    before: (call) => {
      settle()
      if (call.path.endsWith('/token')) return undefined
      if (tokenOf(call) !== accessToken || sandbox.access !== 'fine')
        return youtubeError(401, 'authError', 'Invalid Credentials')
      if (!sandbox.reads && !call.path.startsWith(U)) return youtubeError(403, 'insufficientPermissions')
      return budgetFor(call) ? quotaExceeded : undefined
    },
  })
  sandbox = Object.assign(started, {
    films,
    sessions,
    comments,
    locks: false,
    access: 'fine' as const,
    hasChannel: true,
    reads: true,
    hidesLikes: false,
    audience,
    keepsAtMost: Number.POSITIVE_INFINITY,
    spoiling: { next: false },
    rewrite: (id: string, text: string) => {
      const film = films.get(id)
      if (film) film.snippet.description = text
    },
    takeAway: (id: string) => void films.delete(id),
    filmBytes: () => filmBytes,
    limits,
    visible: () => {
      settle()
      return [...films.values()]
        .filter(({ status, uploadStatus }) => status.privacyStatus === 'public' && uploadStatus !== 'failed')
        .map(({ id, snippet }) => ({ id, text: snippet.description, media: [shownMedium('video/mp4', '', null)] }))
    },
    queue: () => {
      settle()
      return [...films.values()].flatMap(({ id, snippet, status }) =>
        status.publishAt ? [{ id, text: snippet.description, at: Date.parse(status.publishAt) }] : [],
      )
    },
  })
  return sandbox
}

/** A budget that is used up, as YouTube says it. */
export const quotaExceeded = youtubeError(403, 'quotaExceeded', 'Daily budget used up.')
export const channelFull = youtubeError(400, 'uploadLimitExceeded', 'The channel has uploaded too many films.')
export const DAY = 24 * HOUR
