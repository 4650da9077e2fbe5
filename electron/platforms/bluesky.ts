/** Bluesky: records on the account's own server. We choose the key of each record, so the same commit twice makes one post. */
import { randomInt } from 'node:crypto'
import * as z from 'zod/mini'
import type { Instant } from '../../shared/domain/time.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { hashtagsIn, linksIn, mentionsIn } from '../../shared/platforms/entities.ts'
import { blueskyPost } from '../../shared/platforms/postAddress.ts'
import { anything, as, ask, type Question, type Refusal, type Told } from '../services/http.ts'
import type {
  Account,
  Adapter,
  Committed,
  Connected,
  Counted,
  Heard,
  Job,
  Memory,
  Message,
  SentMedium,
  Step,
  Tools,
} from './adapter.ts'
import { BLUESKY } from './facts/bluesky.ts'
import { countsOf } from './shared/engagement.ts'
import { notThere, serverAddress } from './shared/host.ts'
import { partMemory, remembered, uploadsOf, withPart } from './shared/memory.ts'
import { above, partOf } from './shared/parts.ts'
import { coverOf, fieldOf, listOf, refusal, removed, troubled } from './shared/said.ts'
import { patienceFor, rawBody, sliceBody } from './shared/upload.ts'

const { posts: POSTS, gates: GATES } = BLUESKY.collections
const DAY = 24 * 60 * 60_000

const session = z.object({
  did: z.string(),
  handle: z.string(),
  accessJwt: z.string(),
  refreshJwt: z.string(),
  active: z.optional(z.boolean()),
  status: z.optional(z.string()),
  didDoc: z.optional(
    z.object({ service: z.optional(z.array(z.object({ id: z.string(), serviceEndpoint: z.unknown() }))) }),
  ),
})
type Session = z.infer<typeof session>
const blob = z.record(z.string(), z.unknown())
const written = z.object({ uri: z.string(), cid: z.string() })
const jobStatus = z.object({
  jobId: z.string(),
  state: z.string(),
  blob: z.optional(blob),
  progress: z.optional(z.number()),
  message: z.optional(z.string()),
  error: z.optional(z.string()),
})
const counted = z.object({ posts: z.array(z.record(z.string(), z.unknown())) })
const answer = z.object({
  uri: z.string(),
  author: z.object({ did: z.string(), handle: z.string(), displayName: z.nullish(z.string()) }),
  record: z.object({ text: z.string() }),
  indexedAt: z.string(),
})
type Answer = z.infer<typeof answer>
/** What is gone, or was written by somebody who blocks the account, stands there without its post. */
const branch = z.object({ post: z.optional(answer), replies: z.nullish(z.array(z.unknown())) })

/** Asks a server by the name of a method. GET takes its input as query, POST as JSON. */
function call<T>(
  tools: Tools,
  host: string,
  method: string,
  question: Partial<Question<T>> &
    Pick<Question<T>, 'read'> & { query?: Readonly<Record<string, string>>; token?: string },
): Promise<Result<Told<T>, Trouble>> {
  const { query, token = tools.secrets.accessJwt ?? '', ...rest } = question
  return ask(tools, {
    refused,
    ...rest,
    address: `${host}/xrpc/${method}${query ? `?${new URLSearchParams(query)}` : ''}`,
    headers: { ...(token === '' ? {} : { authorization: `Bearer ${token}` }), ...question.headers },
  })
}

const fault = as(z.object({ error: z.string(), message: z.optional(z.string()) }))

function refused({ status, body, details }: Refusal): Trouble {
  const { error = '', message = '' } = fault(body) ?? {}
  switch (error) {
    case 'ExpiredToken':
    case 'invalid_token':
      return { kind: 'access-expired', details }
    case 'InvalidToken':
    case 'AuthMissing':
    case 'AuthenticationRequired':
    case 'AccountTakedown':
    case 'AccountDeactivated':
    case 'AuthFactorTokenRequired':
      return { kind: 'access-withdrawn', reason: message, details }
    case 'RecordNotFound':
    case 'AccountNotFound':
    case 'RepoNotFound':
      return { kind: 'target-gone', details }
    case 'BlobNotFound':
    case 'UploadExpired':
    case 'UploadNotFound':
      return { kind: 'begin-again', details }
    // Our own key with other content: an earlier commit landed.
    case 'InvalidSwap':
      return { kind: 'duplicate', remoteId: '', details }
    case 'InvalidMimeType':
    case 'PayloadTooLarge':
    case 'BlobTooLarge':
      return { kind: 'refused', field: 'media', reason: message, details }
  }
  if (status === 401) return { kind: 'access-withdrawn', reason: message, details }
  if (status === 403) return { kind: 'not-permitted', right: '', details }
  if (status === 413) return { kind: 'refused', field: 'media', reason: message, details }
  const field = /\.text\b|grapheme/.test(message) ? 'text' : /\.embed\b|blob/.test(message) ? 'media' : ''
  return { kind: 'refused', field, reason: message || error, details }
}

const TID = '234567abcdefghijklmnopqrstuvwxyz'

/**
 * A record key as the protocol has them: microseconds and ten random bits in 13 letters that sort by time. `part`: stands for the
 * microseconds, so that parts of one millisecond have keys of their own, in order.
 */
export function tid(at: Instant, random: number = randomInt(1024), part = 0): string {
  let value = ((BigInt(at) * 1000n + BigInt(part)) << 10n) | BigInt(random)
  let text = ''
  for (let letter = 0; letter < 13; letter++) {
    text = `${TID[Number(value & 31n)]}${text}`
    value >>= 5n
  }
  return text
}

interface Ref {
  readonly uri: string
  readonly cid: string
}

const uriOf = (account: Account, rkey: string): string => `at://${account.remoteId}/${POSTS}/${rkey}`
const keyOf = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1)

async function prepare(job: Job, part: number, memory: Memory, account: Account, tools: Tools): Promise<Step> {
  if (job.publishAt !== null) return refusal('publishAt', 'Bluesky does not publish by itself at a later time.')
  const own = partMemory(memory, part)
  if (own.record !== undefined) return { kind: 'ready', memory }
  const rkey = remembered(own, 'rkey') || tid(tools.now(), undefined, part)
  const known = withPart(memory, part, { rkey })
  if (part === 0 && fieldOf(job, 'quote') !== '' && own.quoted === undefined) {
    const quoted = await quotedBy(job, account, tools)
    if (!quoted.ok) return troubled(quoted.error)
    return { kind: 'again', memory: withPart(known, part, { quoted: quoted.value }), after: tools.now() }
  }

  for (const one of mediaOf(job, part)) {
    const upload = uploadsOf(own)[one.id] as Upload | undefined
    if (upload && 'blob' in upload) continue
    const next = one.type.startsWith('video/')
      ? await film(one, upload, account, tools)
      : await picture(one, account, tools)
    if (!next.ok) return troubled(next.error)
    const uploads = { ...uploadsOf(own), [one.id]: next.value }
    const waits = 'job' in next.value && next.value.sent === true
    return {
      kind: 'again',
      memory: withPart(known, part, { uploads }),
      after: tools.now() + (waits ? BLUESKY.processing : 0),
    }
  }
  const reply = part === 0 ? ok(undefined) : await replyTo(job, part, memory, account, tools)
  if (!reply.ok) return troubled(reply.error)
  const facets = await facetsOf(partOf(job, part).text, account, tools)
  if (!facets.ok) return troubled(facets.error)
  const record = recordOf(job, part, own, { reply: reply.value, facets: facets.value, at: tools.now() })
  if (part === 0) {
    const gate = await closeReplies(job, rkey, account, tools)
    if (!gate.ok) return troubled(gate.error)
  }
  // From here on the same bytes, however often they are sent.
  return { kind: 'ready', memory: withPart(known, part, { record }) }
}

/** Pictures of a part; with a link card only the picture of the card, since a post carries one thing. */
function mediaOf(job: Job, part: number): readonly SentMedium[] {
  const { media } = partOf(job, part)
  const cover = coverOf(job)
  if (part > 0 || fieldOf(job, 'link') === '') return media.filter(({ id }) => id !== cover?.id)
  return cover ? [cover] : []
}

type Blob = Readonly<Record<string, unknown>>
/** A film goes up in parts under a job of the video service; `sent`: it has all of it and works on it. */
type Upload = { readonly blob: Blob } | FilmJob
interface FilmJob {
  readonly job: string
  readonly partSize: number
  readonly sent: boolean
}

async function picture(one: SentMedium, account: Account, tools: Tools): Promise<Result<Upload, Trouble>> {
  const told = await call(tools, account.host, 'com.atproto.repo.uploadBlob', {
    method: 'POST',
    ...rawBody(one, tools),
    timeout: patienceFor(one.size),
    read: as(z.object({ blob })),
  })
  return told.ok ? ok({ blob: told.value.value.blob }) : told
}

async function film(
  one: SentMedium,
  upload: FilmJob | undefined,
  account: Account,
  tools: Tools,
): Promise<Result<Upload, Trouble>> {
  const service = typeof account.facts.video === 'string' ? account.facts.video : BLUESKY.video
  if (upload?.sent) {
    const told = await call(tools, service, 'app.bsky.video.getJobStatus', {
      query: { jobId: upload.job },
      token: '',
      read: as(z.object({ jobStatus })),
    })
    return told.ok ? processed(told.value.value.jobStatus, upload) : told
  }
  const token = await permission(account, tools)
  if (!token.ok) return token
  if (upload) return nextPart(one, upload, service, token.value, tools)
  const room = await roomFor(one, service, account, tools)
  if (!room.ok) return room
  const begun = await call(tools, service, 'app.bsky.video.startUpload', {
    method: 'POST',
    json: { sizeBytes: one.size, mimeType: one.type },
    token: token.value,
    read: as(z.object({ jobId: z.string(), partSizeBytes: z.number().check(z.positive()) })),
    refused: (said) =>
      said.status === 404 || said.status === 405 ? { kind: 'changed', details: said.details } : refused(said),
  })
  if (begun.ok) return ok({ job: begun.value.value.jobId, partSize: begun.value.value.partSizeBytes, sent: false })
  if (begun.error.kind !== 'changed') return begun
  // A service that does not know of parts takes the film in one piece.
  const told = await call(tools, service, 'app.bsky.video.uploadVideo', {
    method: 'POST',
    query: { did: account.remoteId, name: `${one.id}.mp4` },
    ...rawBody(one, tools),
    token: token.value,
    timeout: patienceFor(one.size),
    read: (body) => as(z.object({ jobStatus }))(body)?.jobStatus ?? as(jobStatus)(body),
    // The same film was here before; its answer names the job all the same.
    takes: [409],
  })
  return told.ok ? processed(told.value.value, { job: told.value.value.jobId, partSize: one.size, sent: true }) : told
}

/** What the video service asks for: a short permission to store on the account's own server. */
async function permission(account: Account, tools: Tools): Promise<Result<string, Trouble>> {
  const told = await call(tools, account.host, 'com.atproto.server.getServiceAuth', {
    query: {
      aud: `did:web:${new URL(account.host).hostname}`,
      lxm: 'com.atproto.repo.uploadBlob',
      exp: String(Math.floor(tools.now() / 1000) + BLUESKY.permitted),
    },
    read: as(z.object({ token: z.string() })),
  })
  return told.ok ? ok(told.value.value.token) : told
}

async function roomFor(
  one: SentMedium,
  service: string,
  account: Account,
  tools: Tools,
): Promise<Result<null, Trouble>> {
  const method = 'app.bsky.video.getUploadLimits'
  const allowed = await call(tools, account.host, 'com.atproto.server.getServiceAuth', {
    query: { aud: `did:web:${new URL(service).hostname}`, lxm: method },
    read: as(z.object({ token: z.string() })),
  })
  if (!allowed.ok) return allowed
  const told = await call(tools, service, method, {
    token: allowed.value.value.token,
    read: as(
      z.object({
        canUpload: z.boolean(),
        remainingDailyVideos: z.optional(z.number()),
        remainingDailyBytes: z.optional(z.number()),
        message: z.optional(z.string()),
      }),
    ),
  })
  if (!told.ok) return told
  const { canUpload, remainingDailyVideos = 1, remainingDailyBytes = one.size, message = '' } = told.value.value
  if (remainingDailyVideos < 1 || remainingDailyBytes < one.size)
    return err({ kind: 'quota-used', until: tools.now() + DAY, of: 'videos', details: message })
  return canUpload ? ok(null) : err({ kind: 'refused', field: 'media', reason: message, details: message })
}

async function nextPart(
  one: SentMedium,
  upload: FilmJob,
  service: string,
  token: string,
  tools: Tools,
): Promise<Result<Upload, Trouble>> {
  const status = await call(tools, service, 'app.bsky.video.getUploadStatus', {
    query: { jobId: upload.job },
    token,
    read: as(z.object({ receivedParts: z.array(z.number()) })),
  })
  if (!status.ok) return status
  const count = Math.ceil(one.size / upload.partSize)
  const there = new Set(status.value.value.receivedParts)
  const missing = Array.from({ length: count }, (_, index) => index + 1).find((number) => !there.has(number))
  if (missing === undefined) {
    const told = await call(tools, service, 'app.bsky.video.finishUpload', {
      method: 'POST',
      json: { jobId: upload.job },
      token,
      read: anything,
    })
    return told.ok ? ok({ ...upload, sent: true }) : told
  }
  const from = (missing - 1) * upload.partSize
  const to = Math.min(from + upload.partSize, one.size)
  const { body, headers } = sliceBody(one, from, to, tools)
  const told = await call(tools, service, 'app.bsky.video.uploadPart', {
    method: 'POST',
    query: { jobId: upload.job, partNumber: String(missing) },
    body,
    headers: { ...headers, 'content-type': one.type },
    token,
    timeout: patienceFor(to - from),
    read: anything,
  })
  return told.ok ? ok(upload) : told
}

function processed(status: z.infer<typeof jobStatus>, upload: FilmJob): Result<Upload, Trouble> {
  if (status.blob) return ok({ blob: status.blob })
  if (status.state !== 'JOB_STATE_FAILED') return ok({ ...upload, job: status.jobId, sent: true })
  const reason = status.message ?? status.error ?? 'The film could not be processed.'
  return err({ kind: 'refused', field: 'media', reason, details: `${status.state} ${status.error ?? ''}` })
}

/** The thread so far: its first post and the one before. Their content's sum is asked for where their commit was not answered. */
async function replyTo(
  job: Job,
  part: number,
  memory: Memory,
  account: Account,
  tools: Tools,
): Promise<Result<{ root: Ref; parent: Ref }, Trouble>> {
  const root = await refOf(memory, 0, account, tools)
  if (!root.ok) return root
  const under = above(job, part)
  const parent = under === 0 ? root : await refOf(memory, under, account, tools)
  return parent.ok ? ok({ root: root.value, parent: parent.value }) : parent
}

async function refOf(memory: Memory, part: number, account: Account, tools: Tools): Promise<Result<Ref, Trouble>> {
  const own = partMemory(memory, part)
  const rkey = remembered(own, 'rkey')
  const cid = remembered(own, 'cid')
  if (cid !== '') return ok({ uri: uriOf(account, rkey), cid })
  const told = await record(rkey, account, tools)
  if (told.ok) return ok({ uri: told.value.uri, cid: told.value.cid })
  if (told.error.kind !== 'target-gone') return told
  return err({ kind: 'refused', field: '', reason: 'The part before this one is not there.', details: '' })
}

async function record(rkey: string, account: Account, tools: Tools) {
  const told = await call(tools, account.host, 'com.atproto.repo.getRecord', {
    query: { repo: account.remoteId, collection: POSTS, rkey },
    read: as(written),
  })
  return told.ok ? ok(told.value.value) : told
}

/** Elsewhere an address ends at the first letter beyond ASCII in its query; half an address leads nowhere, so here it is taken whole. */
function wholeLink(text: string, { end, scheme }: { end: number; scheme: boolean }): number {
  const rest = scheme && /^[\p{L}\p{M}\p{N}]/u.test(text.slice(end)) ? (/^\S+/.exec(text.slice(end))?.[0] ?? '') : ''
  return end + rest.replace(/[.,;:!?)"'\]]+$/, '').length
}

/** Nothing in a text is a link of itself: places are told, in bytes. A name nobody has stays a word. */
async function facetsOf(text: string, account: Account, tools: Tools): Promise<Result<unknown[], Trouble>> {
  const facets: { index: { byteStart: number; byteEnd: number }; features: unknown[] }[] = []
  const add = (start: number, end: number, feature: Readonly<Record<string, string>>) => {
    const byteStart = Buffer.byteLength(text.slice(0, start))
    facets.push({
      index: { byteStart, byteEnd: byteStart + Buffer.byteLength(text.slice(start, end)) },
      features: [feature],
    })
  }
  const links = linksIn(text).map((link) => ({ ...link, end: wholeLink(text, link) }))
  for (const { start, end, scheme } of links)
    add(start, end, {
      $type: 'app.bsky.richtext.facet#link',
      uri: `${scheme ? '' : 'https://'}${text.slice(start, end)}`,
    })
  const free = ({ start }: { start: number }) => !links.some((link) => start >= link.start && start < link.end)
  for (const { start, end } of hashtagsIn(text).filter(free))
    add(start, end, { $type: 'app.bsky.richtext.facet#tag', tag: text.slice(start + 1, end) })
  for (const { start, end } of mentionsIn(text).filter(free)) {
    const handle = text.slice(start + 1, end).toLowerCase()
    if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(handle)) continue
    const did = await didOf(handle, account, tools)
    if (!did.ok) return did
    if (did.value !== null) add(start, end, { $type: 'app.bsky.richtext.facet#mention', did: did.value })
  }
  return ok(facets.sort((a, b) => a.index.byteStart - b.index.byteStart))
}

/** Who has a handle; null: nobody. */
async function didOf(handle: string, account: Account, tools: Tools): Promise<Result<string | null, Trouble>> {
  const told = await call(tools, account.host, 'com.atproto.identity.resolveHandle', {
    query: { handle },
    read: as(z.object({ did: z.string() })),
  })
  if (told.ok) return ok(told.value.value.did)
  return told.error.kind === 'refused' ? ok(null) : told
}

const quotable = z.object({
  posts: z.array(
    z.object({
      uri: z.string(),
      cid: z.string(),
      viewer: z.optional(z.object({ embeddingDisabled: z.optional(z.boolean()) })),
    }),
  ),
})
const noQuote = (reason: string, details = '') => err({ kind: 'refused', field: 'quote', reason, details } as const)

/** The post a job quotes, as the network has it now. It knows of what its author forbids, which the author's own server does not tell. */
async function quotedBy(job: Job, account: Account, tools: Tools): Promise<Result<Ref, Trouble>> {
  const named = blueskyPost(fieldOf(job, 'quote'))
  if (!named) return noQuote('What it quotes is no address of a post on Bluesky')
  const isDid = named.author.startsWith('did:')
  const did = isDid ? ok(named.author) : await didOf(named.author.toLowerCase(), account, tools)
  if (!did.ok) return did
  if (did.value === null)
    return noQuote(`Nobody is called ${named.author} any more, so the post it quotes is not found`)
  const told = await call(tools, account.host, 'app.bsky.feed.getPosts', {
    query: { uris: `at://${did.value}/${POSTS}/${named.key}` },
    read: as(quotable),
  })
  if (!told.ok) return told
  const [found] = told.value.value.posts
  if (!found) return noQuote('The post it quotes is not there any more, or its author has blocked this account')
  if (found.viewer?.embeddingDisabled) return noQuote('The author of the post it quotes does not let it be quoted')
  return ok({ uri: found.uri, cid: found.cid })
}

function recordOf(
  job: Job,
  part: number,
  own: Memory,
  { reply, facets, at }: { reply: unknown; facets: unknown[]; at: Instant },
): Readonly<Record<string, unknown>> {
  const language = fieldOf(job, 'language')
  const label = fieldOf(job, 'contentLabel')
  const tags = part === 0 ? listOf(job, 'tags').map((tag) => tag.replace(/^#/, '')) : []
  const embed = withQuote(embedOf(job, part, own), own.quoted)
  return {
    $type: POSTS,
    text: partOf(job, part).text,
    createdAt: new Date(at).toISOString(),
    ...(facets.length > 0 ? { facets } : {}),
    ...(language ? { langs: [language] } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(reply ? { reply } : {}),
    ...(embed ? { embed } : {}),
    ...(label ? { labels: { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: label }] } } : {}),
  }
}

function embedOf(job: Job, part: number, own: Memory): Readonly<Record<string, unknown>> | null {
  const blobOf = (id: string) => (uploadsOf(own)[id] as { blob: Blob }).blob
  const link = part === 0 ? fieldOf(job, 'link') : ''
  const media = mediaOf(job, part)
  if (link !== '') {
    const external = { uri: link, title: fieldOf(job, 'linkTitle'), description: fieldOf(job, 'linkDescription') }
    const [thumb] = media
    return { $type: 'app.bsky.embed.external', external: thumb ? { ...external, thumb: blobOf(thumb.id) } : external }
  }
  const [first] = media
  if (!first) return null
  const shaped = ({ id, alt, width, height }: SentMedium) => ({
    image: blobOf(id),
    alt,
    ...(width > 0 && height > 0 ? { aspectRatio: { width, height } } : {}),
  })
  if (first.type.startsWith('video/')) {
    const { image, ...rest } = shaped(first)
    return { $type: 'app.bsky.embed.video', video: image, ...rest }
  }
  if (media.length <= BLUESKY.images) return { $type: 'app.bsky.embed.images', images: media.map(shaped) }
  const items = media.map((one) => ({ $type: 'app.bsky.embed.gallery#image', ...shaped(one) }))
  return { $type: 'app.bsky.embed.gallery', items }
}

/** A post carries one thing; what it quotes may stand beside it. */
function withQuote(embed: ReturnType<typeof embedOf>, quoted: unknown): ReturnType<typeof embedOf> {
  if (quoted === undefined) return embed
  const quote = { $type: 'app.bsky.embed.record', record: quoted }
  return embed ? { $type: 'app.bsky.embed.recordWithMedia', record: quote, media: embed } : quote
}

/** Who may reply is a record of its own beside the post, written before the post is there. */
async function closeReplies(job: Job, rkey: string, account: Account, tools: Tools): Promise<Result<null, Trouble>> {
  const who = fieldOf(job, 'replies')
  if (who === '') return ok(null)
  const gate = {
    $type: GATES,
    post: uriOf(account, rkey),
    allow: who === 'nobody' ? [] : [{ $type: `${GATES}#${who}` }],
    createdAt: new Date(tools.now()).toISOString(),
  }
  const told = await call(tools, account.host, 'com.atproto.repo.putRecord', {
    method: 'POST',
    json: { repo: account.remoteId, collection: GATES, rkey, record: gate },
    read: as(written),
  })
  return told.ok ? ok(null) : told
}

async function commit(_job: Job, part: number, memory: Memory, account: Account, tools: Tools): Promise<Committed> {
  const own = partMemory(memory, part)
  const rkey = remembered(own, 'rkey')
  const told = await call(tools, account.host, 'com.atproto.repo.putRecord', {
    method: 'POST',
    commit: true,
    // Null: only where nothing is under that key yet; the same record again is answered as if it were new.
    json: { repo: account.remoteId, collection: POSTS, rkey, record: own.record, swapRecord: null },
    read: as(written),
  })
  if (told.ok)
    return {
      kind: 'done',
      remoteId: told.value.value.uri,
      memory: withPart(memory, part, { cid: told.value.value.cid }),
    }
  const { error } = told
  return troubled(error.kind === 'duplicate' ? { ...error, remoteId: uriOf(account, rkey) } : error)
}

/**
 * What is known of a post that the app server does not show: nothing yet, as long as the account's own server has it, since the app server
 * may be minutes behind. Source: notes on Bluesky, section 3.
 */
async function unseen<T>(nothing: T, remoteId: string, account: Account, tools: Tools) {
  const there = await record(keyOf(remoteId), account, tools)
  return there.ok ? nothing : troubled(there.error)
}

/** By the app server; an account's own server that has none behind it says so, and that is trouble. Source: notes on Bluesky, section 5. */
async function metrics(remoteId: string, account: Account, tools: Tools): Promise<Counted> {
  const told = await call(tools, account.host, 'app.bsky.feed.getPosts', {
    query: { uris: remoteId },
    read: as(counted),
  })
  if (!told.ok) return troubled(told.error)
  const [post] = told.value.value.posts
  return post
    ? { kind: 'counted', counts: countsOf(BLUESKY.metrics, post) }
    : unseen({ kind: 'counted', counts: {} } as const, remoteId, account, tools)
}

/** The answers of a conversation, level by level; null: the post they are of is not shown. */
function answersIn(body: unknown): readonly Answer[] | null | undefined {
  const told = as(z.object({ thread: branch }))(body)
  if (!told?.thread.post) return told && null
  const answers: Answer[] = []
  let level = told.thread.replies ?? []
  for (let depth = 0; depth < BLUESKY.depth && level.length > 0; depth++) {
    const branches = as(z.array(branch))(level)
    if (!branches) return undefined
    answers.push(...branches.flatMap(({ post }) => post ?? []))
    level = branches.flatMap(({ replies }) => replies ?? [])
  }
  return answers
}

/** All of the conversation comes at once. Source: notes on Bluesky, section 6. */
async function inbox(remoteId: string, _page: string, account: Account, tools: Tools): Promise<Heard> {
  const told = await call(tools, account.host, 'app.bsky.feed.getPostThread', {
    query: { uri: remoteId, depth: String(BLUESKY.depth), parentHeight: '0' },
    read: answersIn,
    refused: (said) =>
      fault(said.body)?.error === 'NotFound' ? { kind: 'target-gone', details: said.details } : refused(said),
  })
  const heard = (messages: readonly Message[]) => ({ kind: 'heard', messages, next: '' }) as const
  const answers = told.ok ? told.value.value : null
  if (!told.ok && told.error.kind !== 'target-gone') return troubled(told.error)
  if (!answers) return unseen(heard([]), remoteId, account, tools)
  const messages = answers.map(({ uri, author, record: { text }, indexedAt }) => ({
    id: uri,
    author: author.displayName || author.handle,
    text,
    // Its author may have written any time into the record itself.
    at: Date.parse(indexedAt),
    own: author.did === account.remoteId,
    permalink: `${BLUESKY.pages}/profile/${author.did}/post/${keyOf(uri)}`,
  }))
  return heard(messages.sort((one, other) => other.at - one.at))
}

function connectedAs(host: string, { did, handle, accessJwt, refreshJwt }: Session, password: string): Connected {
  return {
    kind: 'connected',
    account: {
      network: 'bluesky',
      remoteId: did,
      handle: `@${handle}`,
      name: handle,
      host,
      facts: { video: BLUESKY.video },
      expiresAt: expiryOf(accessJwt),
    },
    secrets: { password, accessJwt, refreshJwt },
  }
}

/** When a token says it ends; null when it does not say. */
function expiryOf(token: string): Instant | null {
  try {
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as {
      exp?: unknown
    }
    return typeof exp === 'number' ? exp * 1000 : null
  } catch {
    return null
  }
}

async function signIn(
  host: string,
  identifier: string,
  password: string,
  tools: Tools,
): Promise<Result<Session, Trouble>> {
  // Neither name nor password may show in what is reported of it.
  const hidden: Tools = { ...tools, secrets: { ...tools.secrets, password } }
  const told = await call(hidden, host, 'com.atproto.server.createSession', {
    method: 'POST',
    json: { identifier, password },
    token: '',
    read: as(session),
  })
  if (!told.ok) return told
  const { active = true, status = '' } = told.value.value
  return active ? ok(told.value.value) : err({ kind: 'access-withdrawn', reason: status, details: status })
}

/** The server of an account that came in through the common entry. */
function serverOf(host: string, { didDoc }: Session): string {
  const service = didDoc?.service?.find(({ id }) => id.endsWith('#atproto_pds'))
  const endpoint = serverAddress(String(service?.serviceEndpoint ?? ''))
  return host === BLUESKY.entry && endpoint.ok ? endpoint.value : host
}

/** `given`: `identifier` (handle or address), `password` (an app password), `host` when it is not Bluesky's own. */
const connect: Adapter['connect'] = async (given, tools) => {
  const address = serverAddress(given.host || BLUESKY.entry)
  if (!address.ok) return refusal('host', address.error)
  const identifier = (given.identifier ?? '').trim().replace(/^@/, '')
  const password = given.password ?? ''
  if (identifier === '' || password === '') return refusal('password', 'A handle and an app password are needed.')
  const signed = await signIn(address.value, identifier, password, tools)
  if (signed.ok) return connectedAs(serverOf(address.value, signed.value), signed.value, password)
  const { error } = signed
  const other = error.kind === 'in-between' || error.kind === 'changed' || error.kind === 'target-gone'
  return troubled(other ? notThere(error, 'Bluesky server') : error)
}

/** A renewal whose answer is lost harms nobody: the old one works for two hours more and leads to the same new one. */
const refresh: NonNullable<Adapter['refresh']> = async (account, tools) => {
  const { password = '', refreshJwt = '' } = tools.secrets
  const told = await call(tools, account.host, 'com.atproto.server.refreshSession', {
    method: 'POST',
    token: refreshJwt,
    read: as(session),
  })
  if (told.ok) return connectedAs(account.host, told.value.value, password)
  if (told.error.kind !== 'access-expired' && told.error.kind !== 'access-withdrawn') return troubled(told.error)
  // Away for months: the password still holds.
  const signed = await signIn(account.host, account.remoteId, password, tools)
  return signed.ok ? connectedAs(account.host, signed.value, password) : troubled(signed.error)
}

export const bluesky: Adapter = {
  network: 'bluesky',
  api: { version: BLUESKY.version, asOf: BLUESKY.asOf },
  connect,
  refresh,
  prepare,
  commit,
  find: async (_job, part, memory, _since, account, tools) => {
    const rkey = remembered(partMemory(memory, part), 'rkey')
    const told = await record(rkey, account, tools)
    if (told.ok) return { kind: 'there', remoteId: told.value.uri }
    return told.error.kind === 'target-gone' ? { kind: 'absent' } : troubled(told.error)
  },
  see: async (remoteId, account, tools) => {
    const told = await record(keyOf(remoteId), account, tools)
    if (!told.ok) return told.error.kind === 'target-gone' ? removed(remoteId) : troubled(told.error)
    const permalink = `${BLUESKY.pages}/profile/${account.remoteId}/post/${keyOf(remoteId)}`
    return { kind: 'seen', permalink, state: 'public', because: '', fingerprint: told.value.cid, remoteId }
  },
  remove: async (remoteId, account, tools) => {
    for (const collection of [POSTS, GATES]) {
      const told = await call(tools, account.host, 'com.atproto.repo.deleteRecord', {
        method: 'POST',
        json: { repo: account.remoteId, collection, rkey: keyOf(remoteId) },
        read: anything,
      })
      if (!told.ok && told.error.kind !== 'target-gone') return troubled(told.error)
    }
    return { kind: 'done' }
  },
  metrics,
  inbox,
}
