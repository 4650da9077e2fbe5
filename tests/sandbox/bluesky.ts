/**
 * A personal data server and a video service in small, from the lexicons and the answers of a real server: records under keys of the
 * client, sessions that run out with 400, blobs that are thrown away, points in place of calls.
 */
import { createHash } from 'node:crypto'
import { type Audience, createAudience } from './audience.ts'
import { every, type Limit, type Limits, limit, spend, tightest } from './limits.ts'
import {
  type Call,
  type Clock,
  isSpoilt,
  jsonOf,
  type Reply,
  type Route,
  type Sandbox,
  type Spoiling,
  startSandbox,
  tokenOf,
} from './server.ts'
import { createShelf, type ShownPost } from './shown.ts'

interface Record_ {
  readonly cid: string
  readonly value: Record<string, unknown>
}

export interface BlueskySandbox extends Sandbox {
  /** By `collection/rkey`, in the order they were made. */
  readonly records: Map<string, Record_>
  readonly blobs: Map<string, { readonly type: string; readonly size: number }>
  /** Handles others have, and who they are. */
  readonly people: Map<string, string>
  /** Posts of others by their addresses (`at://`); `quotable`: their author lets them be quoted. */
  readonly others: Map<string, Record_ & { quotable: boolean }>
  readonly video: {
    /** How often a job is asked for before it is done. */
    processing: number
    /** Whether the service knows of parts. */
    parts: boolean
    remaining: number
    fails: boolean
  }
  /** What others do with posts, by the addresses of these; counted by the names of the network. */
  readonly audience: Audience
  /** Names of people who block the account: what they write is there, and not shown to it. */
  readonly blocking: Set<string>
  /** How far the app server is behind: posts it has not heard of. */
  readonly unheard: Set<string>
  readonly spoiling: Spoiling
  /** Points of the account in an hour and a day, calls of an address, sign-ins, files. */
  readonly limits: Limits<keyof typeof BUDGETS>
  withdraw(): void
  visible(): ShownPost[]
  takeAway(id: string): void
}

const HOUR = 60 * 60_000
const POSTS = 'app.bsky.feed.post'
const OTHER = { did: 'did:plc:harbourharbourharbour234', handle: 'harbour.example' }
/** What others have posted there, by their addresses on the page of the network. */
export const BLUESKY_OTHERS = ['3kfirstpostaa', '3ksecondposta'].map(
  (key) => `https://bsky.app/profile/${OTHER.handle}/post/${key}`,
)
export const BLUESKY_PASSWORD = 'abcd-canary-efgh-ijkl'
export const BLUESKY_DID = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz'
const POINTS: Readonly<Record<string, number>> = { create: 3, update: 2, delete: 1 }
/** How much there is of each, and in how long. */
const BUDGETS = {
  hour: [5_000, HOUR],
  day: [35_000, 24 * HOUR],
  calls: [3_000, HOUR / 12],
  signIns: [30, HOUR / 12],
  signInsOfDay: [300, 24 * HOUR],
  files: [1_000, 24 * HOUR],
} as const
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

function cidOf(bytes: Uint8Array | string, codec: number): string {
  const all = Buffer.concat([Buffer.from([1, codec, 0x12, 0x20]), createHash('sha256').update(bytes).digest()])
  const bits = [...all].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const letters = (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)])
  return `b${letters.join('')}`
}

/** Whoever answers, by name. */
const didOf = (author: string): string => `did:plc:${cidOf(author, 0x55).slice(-24)}`
/** The address of an answer of the audience, which can be answered in its turn. */
export const blueskyAnswer = (author: string, id: string): string =>
  `at://${didOf(author)}/${POSTS}/3k${id.padStart(11, '2')}`

const fault = (status: number, error: string, message: string): Reply => ({ status, body: { error, message } })
const invalid = (message: string) => fault(400, 'InvalidRequest', message)
const graphemes = (text: string) => [...new Intl.Segmenter().segment(text)].length
type Json = Record<string, unknown>
const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.map(object) : [])
const WITH_MEDIA = 'app.bsky.embed.recordWithMedia'
/** The record an embed quotes; null where it quotes none. */
function quoteIn({ $type, record }: Json): Json | null {
  if ($type === WITH_MEDIA) return object(object(record).record)
  return $type === 'app.bsky.embed.record' ? object(record) : null
}
/** What an embed holds besides. */
const carriedBy = (embed: Json): Json => (embed.$type === WITH_MEDIA ? object(embed.media) : embed)

export async function startBluesky(options: { readonly clock?: Clock } = {}): Promise<BlueskySandbox> {
  const records: BlueskySandbox['records'] = new Map()
  const blobs: BlueskySandbox['blobs'] = new Map()
  const shelf = createShelf()
  const people = new Map([
    ['outpost.test', BLUESKY_DID],
    [OTHER.handle, OTHER.did],
  ])
  const others: BlueskySandbox['others'] = new Map(
    BLUESKY_OTHERS.map((address) => {
      const value = { $type: POSTS, text: `Of ${address}`, createdAt: '2026-01-05T08:00:00.000Z' }
      const uri = `at://${OTHER.did}/${POSTS}/${address.split('/').at(-1)}`
      return [uri, { cid: cidOf(JSON.stringify(value), 0x71), value, quotable: true }]
    }),
  )
  const audience = createAudience(() => server.now())
  const blocking: BlueskySandbox['blocking'] = new Set()
  const unheard: BlueskySandbox['unheard'] = new Set()
  const passwords = new Set([BLUESKY_PASSWORD])
  const sessions = new Map<string, { readonly kind: 'access' | 'refresh'; readonly until: number }>()
  const jobs = new Map<
    string,
    { size: number; type: string; parts: Map<number, Buffer>; asked: number; done: boolean; unreadable: boolean }
  >()
  const spoiling: Spoiling = { next: false }
  const video = { processing: 2, parts: true, remaining: 25, fails: false }
  let made = 0
  const budget = (name: keyof typeof BUDGETS): Limit =>
    limit(() => server.now(), BUDGETS[name][0], every(BUDGETS[name][1]))
  const limits: BlueskySandbox['limits'] = {
    hour: budget('hour'),
    day: budget('day'),
    calls: budget('calls'),
    signIns: budget('signIns'),
    signInsOfDay: budget('signInsOfDay'),
    files: budget('files'),
  }
  const names = Object.keys(BUDGETS) as (keyof typeof BUDGETS)[]
  function told(of: Limit): Record<string, string> {
    const name = names.find((one) => limits[one] === of)
    if (!name || !Number.isFinite(of.most)) return {}
    return {
      'ratelimit-limit': String(of.most),
      'ratelimit-remaining': String(of.left()),
      'ratelimit-reset': String(Math.ceil(of.ends() / 1000)),
      'ratelimit-policy': `${of.most};w=${BUDGETS[name][1] / 1000}`,
    }
  }
  /** Also of what the call itself costs nothing of. */
  const touchedBy = ({ path }: Call): Limit[] => [
    limits.calls,
    ...(/Record$/.test(path) && !/getRecord$/.test(path) ? [limits.hour, limits.day] : []),
    ...(path.endsWith('createSession') ? [limits.signIns, limits.signInsOfDay] : []),
    ...(path.endsWith('uploadBlob') ? [limits.files] : []),
  ]
  function counted(of: readonly Limit[], cost = 1): Reply | undefined {
    const full = spend(of, cost)
    return full && limitReply(server.now(), full.ends(), told(full))
  }

  function token(kind: 'access' | 'refresh', life: number, now: number): string {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const exp = Math.floor((now + life) / 1000)
    const text = `${part({ typ: `${kind}+jwt`, alg: 'HS256' })}.${part({ sub: BLUESKY_DID, exp, jti: ++made })}.canary${made}`
    sessions.set(text, { kind, until: now + life })
    return text
  }
  const newSession = (sandbox: Sandbox) => ({
    did: BLUESKY_DID,
    handle: 'outpost.test',
    email: 'outpost@example.test',
    accessJwt: token('access', 2 * HOUR, sandbox.now()),
    refreshJwt: token('refresh', 90 * 24 * HOUR, sandbox.now()),
    active: true,
  })

  function authorized(call: Call, kind: 'access' | 'refresh', now: number): Reply | null {
    const given = tokenOf(call)
    if (given === '') return fault(401, 'AuthMissing', 'Authentication Required')
    const found = sessions.get(given)
    if (!found) return fault(400, 'InvalidToken', 'Token could not be verified')
    if (found.kind !== kind) return fault(400, 'InvalidToken', 'Invalid token scope')
    return found.until <= now ? fault(400, 'ExpiredToken', 'Token has expired') : null
  }

  /** What the lexicon of a post refuses; null when it takes it. */
  function refusalOf(value: Json): Reply | null {
    const at = (why: string, path: string) => invalid(`Invalid app.bsky.feed.post record: ${why} at ${path}`)
    const text = value.text
    if (typeof text !== 'string') return at('Missing required key "text"', '$.record')
    if (graphemes(text) > 300) return at(`grapheme too big (maximum 300, got ${graphemes(text)})`, '$.record.text')
    const bytes = Buffer.byteLength(text)
    if (bytes > 3000) return at(`string too big (maximum 3000, got ${bytes})`, '$.record.text')
    if (Number.isNaN(Date.parse(String(value.createdAt)))) return at('Invalid datetime', '$.record.createdAt')
    for (const { index } of list(value.facets)) {
      const { byteStart, byteEnd } = object(index)
      if (Number(byteStart) < 0 || Number(byteEnd) <= Number(byteStart)) return at('bad range', '$.record.facets')
    }
    const quote = quoteIn(object(value.embed))
    if (quote && !(String(quote.uri).startsWith('at://') && /^b[a-z2-7]{20,}$/.test(String(quote.cid))))
      return at('Invalid strong reference', '$.record.embed.record')
    const embed = carriedBy(object(value.embed))
    const images = list(embed.images)
    if (images.length > 4) return at(`array too big (maximum 4, got ${images.length})`, '$.record.embed.images')
    if (images.some(({ alt }) => typeof alt !== 'string'))
      return at('Missing required key "alt"', '$.record.embed.images')
    const items = list(embed.items)
    if (items.length > 20) return at(`array too big (maximum 20, got ${items.length})`, '$.record.embed.items')
    if (items.some((item) => !item.aspectRatio)) return at('Missing required key "aspectRatio"', '$.record.embed.items')
    const pictures = [...images, ...items].map(({ image }) => ({ blob: object(image), limit: 2_000_000 }))
    const thumb = object(object(embed.external).thumb)
    const films = embed.video ? [{ blob: object(embed.video), limit: 300_000_000 }] : []
    for (const { blob, limit } of [...pictures, ...films, ...(thumb.ref ? [{ blob: thumb, limit: 1_000_000 }] : [])]) {
      const stored = blobs.get(String(object(blob.ref).$link))
      if (!stored) return fault(400, 'BlobNotFound', 'Could not find blob')
      if (stored.size > limit) return at(`blob too big (maximum ${limit}, got ${stored.size})`, '$.record.embed')
      if (stored.type !== blob.mimeType) return fault(400, 'InvalidMimeType', 'Referenced Mimetype does not match')
    }
    return null
  }

  const put = (collection: string, rkey: string, value: Json) => {
    const cid = cidOf(JSON.stringify(value), 0x71)
    records.set(`${collection}/${rkey}`, { cid, value })
    return { uri: `at://${BLUESKY_DID}/${collection}/${rkey}`, cid }
  }
  const stored = (type: string, bytes: Buffer) => {
    const link = cidOf(bytes, 0x55)
    blobs.set(link, { type, size: bytes.length })
    shelf.put(link, type, bytes)
    return { $type: 'blob', ref: { $link: link }, mimeType: type, size: bytes.length }
  }

  /** A post with the pictures, the film or the card that are in it. */
  function shown(key: string, { text, embed: given }: Json): ShownPost {
    const embed = carriedBy(object(given))
    const files = [...list(embed.images), ...list(embed.items)].map(({ image, alt }) => ({ blob: image, alt }))
    const film = embed.video ? [{ blob: embed.video, alt: embed.alt }] : []
    return {
      id: `at://${BLUESKY_DID}/${key}`,
      text: String(text),
      media: [...files, ...film].map(({ blob, alt }) =>
        shelf.show(String(object(object(blob).ref).$link), String(alt ?? '')),
      ),
    }
  }

  /** A post as the app server shows it. */
  const view = (uri: string, { cid, value }: Record_, author: Json, viewer: Json) => ({
    uri,
    cid,
    author,
    record: value,
    indexedAt: String(value.createdAt),
    viewer,
    likeCount: 0,
    repostCount: 0,
    replyCount: audience.answersTo(uri).length + ownAnswersTo(uri).length,
    quoteCount: 0,
    bookmarkCount: 0,
    ...audience.countsOf(uri),
  })
  const ownAnswersTo = (uri: string): string[] =>
    [...records].flatMap(([key, { value }]) =>
      object(object(value.reply).parent).uri === uri ? [`at://${BLUESKY_DID}/${key}`] : [],
    )
  function viewOf(uri: string): ReturnType<typeof view> | null {
    const other = others.get(uri)
    if (other) return view(uri, other, OTHER, other.quotable ? {} : { embeddingDisabled: true })
    const own = unheard.has(uri) ? undefined : records.get(uri.replace(`at://${BLUESKY_DID}/`, ''))
    return own ? view(uri, own, { did: BLUESKY_DID, handle: 'outpost.test' }, {}) : null
  }
  /** A post with what answers it, so many levels deep. */
  function branchOf(post: ReturnType<typeof view>, uri: string, depth: number): Json {
    const $type = 'app.bsky.feed.defs#threadViewPost'
    if (depth === 0) return { $type, post }
    const theirs = audience.answersTo(uri).map(({ id, author, text, at }) => {
      const did = didOf(author)
      const answer = blueskyAnswer(author, id)
      if (blocking.has(author))
        return { $type: 'app.bsky.feed.defs#blockedPost', uri: answer, blocked: true, author: { did } }
      const value = { $type: POSTS, text, createdAt: new Date(at).toISOString() }
      const cid = cidOf(JSON.stringify(value), 0x71)
      return branchOf(view(answer, { cid, value }, { did, handle: `${author}.example` }, {}), answer, depth - 1)
    })
    const ours = ownAnswersTo(uri).flatMap((answer) => {
      const own = viewOf(answer)
      return own ? branchOf(own, answer, depth - 1) : []
    })
    return { $type, post, replies: [...ours, ...theirs] }
  }

  const routes = (sandbox: Sandbox): Record<string, Route> => {
    const xrpc = (method: string) => `/xrpc/${method}`
    const signedIn =
      (route: Route): Route =>
      (call) =>
        authorized(call, 'access', sandbox.now()) ?? route(call)
    const spent = (kind: keyof typeof POINTS) => counted([limits.hour, limits.day], POINTS[kind])
    /** The video service takes permissions that the account's server gave. */
    const permitted =
      (route: Route): Route =>
      (call) =>
        tokenOf(call).startsWith('permission.') ? route(call) : fault(401, 'AuthenticationRequired', 'Missing token')
    const status = (jobId: string) => {
      const job = jobs.get(jobId)
      if (!job?.done) return { jobId, did: BLUESKY_DID, state: 'JOB_STATE_CREATED' }
      if (job.asked >= video.processing && isSpoilt(spoiling)) job.unreadable = true
      if (video.fails || job.unreadable)
        return { jobId, did: BLUESKY_DID, state: 'JOB_STATE_FAILED', error: 'codec', message: 'Unknown codec' }
      if (job.asked < video.processing) return { jobId, did: BLUESKY_DID, state: 'JOB_STATE_ENCODING', progress: 40 }
      const bytes = Buffer.concat([...job.parts].sort(([a], [b]) => a - b).map(([, part]) => part))
      return { jobId, did: BLUESKY_DID, state: 'JOB_STATE_COMPLETED', blob: stored('video/mp4', bytes) }
    }
    const job = (size: number, type: string) => {
      const jobId = `job-${++made}`
      jobs.set(jobId, { size, type, parts: new Map(), asked: 0, done: false, unreadable: false })
      return jobId
    }
    const PART = 1024 * 1024

    return {
      [`POST ${xrpc('com.atproto.server.createSession')}`]: (call) => {
        const over = counted([limits.signIns, limits.signInsOfDay])
        if (over) return over
        const { identifier, password } = jsonOf(call)
        const known = ['outpost.test', 'outpost@example.test', BLUESKY_DID].includes(String(identifier))
        if (!known || !passwords.has(String(password)))
          return fault(401, 'AuthenticationRequired', 'Invalid identifier or password')
        return { status: 200, body: newSession(sandbox) }
      },
      [`POST ${xrpc('com.atproto.server.refreshSession')}`]: (call) =>
        authorized(call, 'refresh', sandbox.now()) ?? { status: 200, body: newSession(sandbox) },
      [`GET ${xrpc('com.atproto.server.getSession')}`]: signedIn(() => ({
        status: 200,
        body: { did: BLUESKY_DID, handle: 'outpost.test', active: true },
      })),
      [`GET ${xrpc('com.atproto.server.getServiceAuth')}`]: signedIn((call) => {
        const exp = Number(call.query.get('exp') ?? 0)
        if (exp > sandbox.now() / 1000 + 3600) return fault(400, 'BadExpiration', 'expiration too far in the future')
        return { status: 200, body: { token: `permission.${call.query.get('lxm')}` } }
      }),
      [`GET ${xrpc('com.atproto.identity.resolveHandle')}`]: (call) => {
        const did = people.get(call.query.get('handle') ?? '')
        return did ? { status: 200, body: { did } } : invalid('Unable to resolve handle')
      },
      [`POST ${xrpc('com.atproto.repo.uploadBlob')}`]: signedIn((call) => {
        const over = counted([limits.files])
        if (over) return over
        if (call.body.length > 5 * 1024 * 1024) return fault(413, 'PayloadTooLarge', 'request entity too large')
        return { status: 200, body: { blob: stored(call.headers['content-type'] ?? '', call.body) } }
      }),
      [`POST ${xrpc('com.atproto.repo.createRecord')}`]: signedIn((call) => {
        const { collection, rkey = `3k${String(++made).padStart(11, '2')}`, record } = jsonOf(call)
        const over = spent('create')
        if (over) return over
        // As the real one: no conflict, a fault.
        if (records.has(`${collection}/${rkey}`)) return fault(500, 'InternalServerError', 'Internal Server Error')
        const refused = collection === 'app.bsky.feed.post' ? refusalOf(object(record)) : null
        return (
          refused ?? {
            status: 200,
            body: { ...put(String(collection), String(rkey), object(record)), validationStatus: 'valid' },
          }
        )
      }),
      [`POST ${xrpc('com.atproto.repo.putRecord')}`]: signedIn((call) => {
        const { repo, collection, rkey, record, swapRecord } = jsonOf(call)
        if (repo !== BLUESKY_DID) return invalid('Could not find repo')
        if (!/^[a-zA-Z0-9._:~-]{1,512}$/.test(String(rkey))) return invalid('Invalid record key')
        const over = spent('update')
        if (over) return over
        const refused = collection === 'app.bsky.feed.post' ? refusalOf(object(record)) : null
        if (refused) return refused
        const there = records.get(`${collection}/${rkey}`)
        if (there && JSON.stringify(there.value) === JSON.stringify(record))
          return {
            status: 200,
            body: { uri: `at://${BLUESKY_DID}/${collection}/${rkey}`, cid: there.cid, validationStatus: 'valid' },
          }
        if (there && swapRecord === null) return fault(400, 'InvalidSwap', `Record was at ${there.cid}`)
        const body = put(String(collection), String(rkey), object(record))
        return {
          status: 200,
          body: { ...body, commit: { cid: body.cid, rev: String(rkey) }, validationStatus: 'valid' },
        }
      }),
      [`POST ${xrpc('com.atproto.repo.deleteRecord')}`]: signedIn((call) => {
        const { collection, rkey } = jsonOf(call)
        const over = spent('delete')
        if (over) return over
        records.delete(`${collection}/${rkey}`)
        return { status: 200, body: {} }
      }),
      [`GET ${xrpc('com.atproto.repo.getRecord')}`]: (call) => {
        const key = `${call.query.get('collection')}/${call.query.get('rkey')}`
        const found = records.get(key)
        if (!found) return fault(400, 'RecordNotFound', `Could not locate record: at://${BLUESKY_DID}/${key}`)
        return { status: 200, body: { uri: `at://${BLUESKY_DID}/${key}`, ...found } }
      },
      // Of the app server, to which the account's own server hands it on.
      [`GET ${xrpc('app.bsky.feed.getPosts')}`]: signedIn((call) => {
        const uris = call.query.getAll('uris')
        if (uris.length > 25) return invalid('uris must not have more than 25 elements')
        return { status: 200, body: { posts: uris.flatMap((uri) => viewOf(uri) ?? []) } }
      }),
      [`GET ${xrpc('app.bsky.feed.getPostThread')}`]: signedIn((call) => {
        const uri = call.query.get('uri') ?? ''
        const depth = Number(call.query.get('depth') ?? 6)
        if (!(depth >= 0 && depth <= 1000)) return invalid('depth must be an integer of at most 1000')
        const post = viewOf(uri)
        if (!post) return fault(400, 'NotFound', `Post not found: ${uri}`)
        return { status: 200, body: { thread: branchOf(post, uri, depth) } }
      }),
      [`GET ${xrpc('com.atproto.repo.listRecords')}`]: (call) => {
        const collection = call.query.get('collection')
        const all = [...records].filter(([key]) => key.startsWith(`${collection}/`)).reverse()
        const limit = Number(call.query.get('limit') ?? 50)
        return {
          status: 200,
          body: {
            records: all.slice(0, limit).map(([key, found]) => ({ uri: `at://${BLUESKY_DID}/${key}`, ...found })),
          },
        }
      },
      [`GET ${xrpc('app.bsky.video.getUploadLimits')}`]: permitted(() => ({
        status: 200,
        body: {
          canUpload: video.remaining > 0,
          remainingDailyVideos: video.remaining,
          remainingDailyBytes: 10_000_000_000,
        },
      })),
      [`POST ${xrpc('app.bsky.video.startUpload')}`]: permitted((call) => {
        if (!video.parts) return fault(404, 'MethodNotImplemented', 'Method Not Implemented')
        const { sizeBytes, mimeType } = jsonOf(call)
        const jobId = job(Number(sizeBytes), String(mimeType))
        return { status: 200, body: { jobId, partSizeBytes: PART, partCount: Math.ceil(Number(sizeBytes) / PART) } }
      }),
      [`POST ${xrpc('app.bsky.video.uploadPart')}`]: permitted((call) => {
        const found = jobs.get(call.query.get('jobId') ?? '')
        if (!found) return fault(400, 'UploadNotFound', 'Upload not found')
        const number = Number(call.query.get('partNumber'))
        const expected = Math.min(PART, found.size - (number - 1) * PART)
        if (call.body.length !== expected) return invalid(`part must have ${expected} bytes`)
        found.parts.set(number, call.body)
        return { status: 200, body: {} }
      }),
      [`GET ${xrpc('app.bsky.video.getUploadStatus')}`]: permitted((call) => {
        const found = jobs.get(call.query.get('jobId') ?? '')
        return found
          ? { status: 200, body: { receivedParts: [...found.parts.keys()] } }
          : fault(400, 'UploadNotFound', 'Upload not found')
      }),
      [`POST ${xrpc('app.bsky.video.finishUpload')}`]: permitted((call) => {
        const { jobId } = jsonOf(call)
        const found = jobs.get(String(jobId))
        if (!found) return fault(400, 'UploadNotFound', 'Upload not found')
        if (found.parts.size < Math.ceil(found.size / PART)) return invalid('parts are missing')
        found.done = true
        return { status: 200, body: { jobStatus: status(String(jobId)) } }
      }),
      [`POST ${xrpc('app.bsky.video.uploadVideo')}`]: permitted((call) => {
        const jobId = job(call.body.length, call.headers['content-type'] ?? '')
        const made = jobs.get(jobId)
        if (made) Object.assign(made, { parts: new Map([[1, call.body]]), done: true })
        return { status: 200, body: status(jobId) }
      }),
      [`GET ${xrpc('app.bsky.video.getJobStatus')}`]: (call) => {
        const jobId = call.query.get('jobId') ?? ''
        const found = jobs.get(jobId)
        if (!found) return invalid('Job not found')
        found.asked += 1
        return { status: 200, body: { jobStatus: status(jobId) } }
      },
    }
  }

  const server: Sandbox = await startSandbox(routes, {
    ...options,
    headers: (call) => told(tightest(touchedBy(call)) ?? limits.calls),
    before: () => counted([limits.calls]),
    missing: fault(501, 'MethodNotImplemented', 'Method Not Implemented'),
  })
  return {
    ...server,
    records,
    blobs,
    visible: () =>
      [...records].flatMap(([key, { value }]) => (key.startsWith('app.bsky.feed.post/') ? [shown(key, value)] : [])),
    people,
    others,
    audience,
    blocking,
    unheard,
    video,
    spoiling,
    takeAway: (id: string) => void records.delete(id.replace(`at://${BLUESKY_DID}/`, '')),
    limits,
    withdraw: () => {
      passwords.clear()
      for (const [text, { kind }] of sessions) sessions.set(text, { kind, until: 0 })
    },
  }
}

const limitReply = (now: number, reset: number, headers: Record<string, string>): Reply => ({
  status: 429,
  headers: { 'retry-after': String(Math.ceil((reset - now) / 1000)), ...headers },
  body: { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' },
})

/** Its answer to too many points. */
export const blueskyLimit = (now: number, reset: number): Reply =>
  limitReply(now, reset, {
    'ratelimit-limit': '5000',
    'ratelimit-remaining': '0',
    'ratelimit-reset': String(Math.ceil(reset / 1000)),
    'ratelimit-policy': '5000;w=3600',
  })
