/** Mastodon and servers that speak the same: every account on its own server, with its own limits. */
import * as z from 'zod/mini'
import type { Instant } from '../../shared/domain/time.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { anything, as, ask, clockOff, type Question, type Refusal, type Told } from '../services/http.ts'
import { plainOfHtml } from '../services/plainText.ts'
import type {
  Account,
  Adapter,
  Committed,
  Counted,
  Done,
  Found,
  Heard,
  Job,
  Memory,
  Seen,
  SentMedium,
  Step,
  Tools,
} from './adapter.ts'
import { MASTODON } from './facts/mastodon.ts'
import { isGranted } from './shared/access.ts'
import { countsOf } from './shared/engagement.ts'
import { notThere, serverAddress } from './shared/host.ts'
import { partMemory, remembered, uploadsOf, withPart } from './shared/memory.ts'
import { above, begun, isOut, parentOf, partOf, underneath } from './shared/parts.ts'
import { pollOf } from './shared/poll.ts'
import { unchanged } from './shared/reach.ts'
import { fieldOf, goneOr, refusal, removed, troubled, untimely } from './shared/said.ts'
import { digest, fileName, formBody, patienceFor } from './shared/upload.ts'

/** What clocks and queues may differ by when a post is looked for. */
const SLACK = 2 * 60_000
/** Pages of recent posts that are read before a search gives up. */
const FURTHEST = 5

const attachment = z.object({ id: z.string() })
const medium = z.object({ id: z.string(), url: z.nullish(z.string()) })
const status = z.object({
  id: z.string(),
  url: z.nullish(z.string()),
  created_at: z.string(),
  visibility: z.string(),
  spoiler_text: z.optional(z.string()),
  media_attachments: z.array(attachment),
  quote: z.nullish(z.object({ state: z.string() })),
})
type Status = z.infer<typeof status>
const source = z.object({ text: z.string(), spoiler_text: z.optional(z.string()) })
const scheduled = z.object({
  id: z.string(),
  scheduled_at: z.string(),
  params: z.object({ text: z.nullish(z.string()) }),
})
const search = z.object({
  statuses: z.array(
    z.object({ id: z.string(), quote_approval: z.nullish(z.object({ current_user: z.optional(z.string()) })) }),
  ),
})
const profile = z.object({
  id: z.string(),
  username: z.string(),
  acct: z.string(),
  display_name: z.optional(z.string()),
})
const numbers = z.record(z.string(), z.unknown())
const context = z.object({
  descendants: z.array(
    z.object({
      id: z.string(),
      url: z.nullish(z.string()),
      created_at: z.string(),
      content: z.string(),
      account: profile,
    }),
  ),
})
const instance = z.object({
  domain: z.optional(z.string()),
  version: z.optional(z.string()),
  configuration: z.optional(z.record(z.string(), z.unknown())),
  api_versions: z.optional(z.record(z.string(), z.unknown())),
})

const { base, later } = MASTODON.api

/** Asks the account's server; what it refuses is sorted by status, since its sentences are in the server's language. */
function call<T>(
  tools: Tools,
  account: Pick<Account, 'host'>,
  path: string,
  question: Partial<Question<T>> & Pick<Question<T>, 'read'>,
): Promise<Result<Told<T>, Trouble>> {
  return ask(tools, {
    refused,
    ...question,
    address: `${account.host}${path}`,
    headers: { authorization: `Bearer ${tools.secrets.token ?? ''}`, ...question.headers },
  })
}

const fault = as(z.object({ error: z.string(), error_description: z.optional(z.string()) }))

/** Of the whole account: it is switched off, suspended, or nobody has confirmed it yet. Source: notes on Mastodon, section 7. */
const OUT = /disabled|suspend|pending|confirm/i

/**
 * What speaks against the date alone: that too many wait already, in all or for that day. The sentence is in the language of the server,
 * its number is not. Source: ScheduledStatus of Mastodon (TOTAL_LIMIT, DAILY_LIMIT).
 */
const NOT_AHEAD = /schedul|\b(?:300|25)\b/i

function refusedAhead(said: Refusal): Trouble {
  const trouble = refused(said)
  return trouble.kind === 'refused' && NOT_AHEAD.test(trouble.reason)
    ? { ...trouble, field: 'publishAt', notYet: true }
    : trouble
}

/** What is said of a post that quotes another: with 404 that there is none, or that it may not be quoted. */
function refusedQuoting(said: Refusal, trouble: Trouble): Trouble {
  const isQuote = trouble.kind === 'target-gone' || (trouble.kind === 'refused' && /quot/i.test(trouble.reason))
  return isQuote
    ? { kind: 'refused', field: 'quote', reason: fault(said.body)?.error ?? '', details: said.details }
    : trouble
}

function refused({ status, body, details }: Refusal): Trouble {
  const words = fault(body)?.error ?? ''
  if (status === 401) return { kind: 'access-withdrawn', reason: words, details }
  if (status === 403 && OUT.test(words)) return { kind: 'access-withdrawn', reason: words, details }
  // Its words are a sentence in the language of the server, and name no right.
  if (status === 403) return { kind: 'not-permitted', right: '', details }
  if (status === 404 || status === 410) return { kind: 'target-gone', details }
  return { kind: 'refused', field: /charact|text/i.test(words) ? 'text' : '', reason: words, details }
}

/**
 * What waits at a server loses its id when it goes out, and nothing leads to the new one. So its handle holds what to look for: since
 * when, which words, and which files, that keep their ids.
 */
interface Waiting {
  readonly id: string
  readonly since: Instant
  readonly words: string
  /** null: an older version wrote the handle, and did not say. */
  readonly media: readonly string[] | null
}
const WAITING = /^scheduled:([^:]+):(\d+):([0-9a-f]+)(?::([\w,-]*))?$/
const handleOf = ({ id, since, words, media }: Waiting): string =>
  `scheduled:${id}:${since}:${words}${media ? `:${media.join(',')}` : ''}`
function waitingOf(remoteId: string): Waiting | null {
  const [, id, since, words, media] = WAITING.exec(remoteId) ?? []
  if (!id || !words) return null
  return { id, since: Number(since), words, media: media === undefined ? null : media.split(',').filter(Boolean) }
}

const wordsOf = (text: string, warning: string): string => digest(warning, text.replace(/\r\n/g, '\n').trim())
const warningOf = (job: Job): string => fieldOf(job, 'contentWarning')

async function prepare(job: Job, part: number, memory: Memory, account: Account, tools: Tools): Promise<Step> {
  const early = untimely(job, tools.now())
  if (early) return early
  if (job.publishAt !== null && part > 0)
    return refusal('publishAt', 'A thread cannot be handed over: its parts need each other.')
  const known = begun(memory, part, tools)
  const own = partMemory(known, part)
  const step = part > 0 ? await underneath(find, above(job, part), job, part, known, account, tools) : null
  if (step) return step
  if (part === 0 && fieldOf(job, 'quote') !== '' && remembered(own, 'quoted') === '') {
    const quoted = await quotedBy(job, account, tools)
    if (!quoted.ok) return troubled(quoted.error)
    return { kind: 'again', memory: withPart(known, part, { quoted: quoted.value }), after: tools.now() }
  }
  for (const one of partOf(job, part).media) {
    const upload = uploadsOf(own)[one.id] as { id: string; ready: boolean } | undefined
    if (upload?.ready) continue
    const result = upload ? await processed(upload.id, account, tools) : await sent(one, job, account, tools)
    if (!result.ok) {
      // Media nobody attached are thrown away after a day.
      if (upload && result.error.kind === 'target-gone')
        return { kind: 'again', memory: withPart(known, part, { uploads: without(own, one.id) }), after: tools.now() }
      return troubled(result.error)
    }
    const uploads = { ...uploadsOf(own), [one.id]: result.value }
    const after = tools.now() + (result.value.ready ? 0 : MASTODON.processing)
    return { kind: 'again', memory: withPart(known, part, { uploads }), after }
  }
  return { kind: 'ready', memory: known }
}

const noQuote = (reason: string) => err({ kind: 'refused', field: 'quote', reason, details: '' } as const)

/** The id that the account's server has for the post a job quotes: it fetches it from its own server. */
async function quotedBy(job: Job, account: Account, tools: Tools): Promise<Result<string, Trouble>> {
  // Asked anew: a server may have been brought up to date since the account was connected.
  const about = await call(tools, account, `${later}/instance`, { read: as(instance) })
  if (!about.ok) return about
  const { version = 'an older version', api_versions = {} } = about.value.value
  // A server that names none is older.
  const canQuote = Number(api_versions.mastodon) >= MASTODON.quotes
  if (!canQuote) return noQuote(`Posts can be quoted from Mastodon 4.5 on, and its server runs ${version}`)
  const query = new URLSearchParams({ q: fieldOf(job, 'quote'), resolve: 'true', type: 'statuses', limit: '1' })
  const told = await call(tools, account, `${later}/search?${query}`, { read: as(search) })
  if (!told.ok) return told
  const [found] = told.value.value.statuses
  if (!found) return noQuote('Its server does not find the post it quotes: it is gone, or not everybody may see it')
  // What the server cannot tell it tells its own users as a no. Source: Mastodon docs, implementing quote posts.
  const { current_user = 'automatic' } = found.quote_approval ?? {}
  return current_user === 'denied' || current_user === 'unknown'
    ? noQuote('The author of the post it quotes does not let this account quote it')
    : ok(found.id)
}

function without(memory: Memory, id: string): Readonly<Record<string, unknown>> {
  const { [id]: _gone, ...rest } = uploadsOf(memory)
  return rest
}

type Upload = { readonly id: string; readonly ready: boolean }

async function sent(one: SentMedium, job: Job, account: Account, tools: Tools): Promise<Result<Upload, Trouble>> {
  const name = fileName(job.deliveryId, one)
  const { body, headers } = formBody({ description: one.alt }, { field: 'file', name, medium: one }, tools)
  const told = await call(tools, account, `${later}/media`, {
    method: 'POST',
    body,
    headers,
    timeout: patienceFor(one.size),
    read: as(medium),
    refused: (said) => {
      const trouble = refused(said)
      return trouble.kind === 'refused' ? { ...trouble, field: 'media' } : trouble
    },
  })
  return told.ok ? ok({ id: told.value.value.id, ready: told.value.status !== 202 }) : told
}

async function processed(id: string, account: Account, tools: Tools): Promise<Result<Upload, Trouble>> {
  const told = await call(tools, account, `${base}/media/${id}`, { read: as(medium) })
  return told.ok ? ok({ id, ready: told.value.status !== 206 }) : told
}

async function commit(job: Job, part: number, memory: Memory, account: Account, tools: Tools): Promise<Committed> {
  const early = untimely(job, tools.now())
  if (early) return early
  const { text } = partOf(job, part)
  const own = partMemory(memory, part)
  const quoted = remembered(own, 'quoted')
  const told = await call(tools, account, `${base}/statuses`, {
    method: 'POST',
    commit: true,
    // Kept for an hour by the server: the same delivery gets the same answer.
    headers: { 'idempotency-key': digest(job.deliveryId, String(part), job.fingerprint) },
    json: {
      ...content(job, part, own),
      visibility: visibilityOf(job, part),
      ...(parentOf(memory, part) ? { in_reply_to_id: parentOf(memory, part) } : {}),
      ...(quoted === '' ? {} : { quoted_status_id: quoted }),
      ...(job.publishAt === null ? {} : { scheduled_at: new Date(job.publishAt).toISOString() }),
    },
    refused: (said) => {
      const trouble = job.publishAt === null ? refused(said) : refusedAhead(said)
      return quoted === '' ? trouble : refusedQuoting(said, trouble)
    },
    // Old servers publish at once what was to wait, so it counts what came back.
    read: (body) => as(scheduled)(body) ?? as(status)(body),
  })
  if (!told.ok) return troubled(told.error)
  const made = told.value.value
  const since = typeof own.since === 'number' ? own.since : tools.now()
  const remoteId =
    'scheduled_at' in made
      ? handleOf({ id: made.id, since, words: wordsOf(text, warningOf(job)), media: uploadedOf(own) })
      : made.id
  return { kind: 'done', remoteId, memory: isOut(memory, part, remoteId) }
}

function content(job: Job, part: number, own: Memory): Readonly<Record<string, unknown>> {
  const { text, media, kind } = partOf(job, part)
  const warning = warningOf(job)
  const language = fieldOf(job, 'language')
  const poll = kind === 'post' ? pollOf(job) : null
  return {
    status: text,
    media_ids: media.map(({ id }) => (uploadsOf(own)[id] as Upload | undefined)?.id),
    spoiler_text: warning,
    sensitive: job.fields.sensitive === true || warning !== '',
    ...(language ? { language } : {}),
    // An edit without it would take the poll away; with the same options its votes stay.
    ...(poll ? { poll: { options: poll.options, expires_in: Number(poll.duration) || MASTODON.poll } } : {}),
  }
}

/** Of a public thread only the first part is in everybody's way, as is the custom. */
function visibilityOf(job: Job, part: number): string {
  const chosen = fieldOf(job, 'visibility') || 'public'
  return part > 0 && chosen === 'public' ? 'unlisted' : chosen
}

async function find(
  job: Job,
  part: number,
  memory: Memory,
  since: Instant,
  account: Account,
  tools: Tools,
): Promise<Found> {
  const { text } = partOf(job, part)
  const words = wordsOf(text, warningOf(job))
  const media = uploadedOf(partMemory(memory, part))
  if (job.publishAt !== null) {
    const waits = await amongWaiting(text, job.publishAt, account, tools)
    if (!waits.ok) return troubled(waits.error)
    if (waits.value) return { kind: 'there', remoteId: handleOf({ id: waits.value, since, words, media }) }
  }
  return amongRecent({ since, words, media }, account, tools)
}

const uploadedOf = (own: Memory): readonly string[] =>
  Object.values(uploadsOf(own)).map((upload) => (upload as Upload).id)

async function amongWaiting(
  text: string,
  at: Instant,
  account: Account,
  tools: Tools,
): Promise<Result<string | null, Trouble>> {
  for (let before = ''; ; ) {
    const told = await call(tools, account, `${base}/scheduled_statuses?limit=${MASTODON.page}${before}`, {
      read: as(z.array(scheduled)),
    })
    if (!told.ok) return told
    const list = told.value.value
    const found = list.find(
      ({ params, scheduled_at }) => params.text === text && Math.abs(Date.parse(scheduled_at) - at) < 60_000,
    )
    const last = list.at(-1)
    if (found || list.length < MASTODON.page || !last) return ok(found?.id ?? null)
    before = `&max_id=${last.id}`
  }
}

/** Looks through what the account posted, back to before the attempt. Lists hold markup, so words are asked for one by one. */
async function amongRecent(
  { since, words, media }: Pick<Waiting, 'since' | 'words' | 'media'>,
  account: Account,
  tools: Tools,
): Promise<Found> {
  let before = ''
  for (let page = 0; page < FURTHEST; page++) {
    const path = `${base}/accounts/${account.remoteId}/statuses?exclude_reblogs=true&limit=${MASTODON.page}${before}`
    const told = await call(tools, account, path, { read: as(z.array(status)) })
    if (!told.ok) return troubled(told.error)
    const from = since + clockOff(told.value.headers, tools.now()) - SLACK
    const list = told.value.value
    for (const one of list.filter(({ created_at }) => Date.parse(created_at) >= from)) {
      const attached = one.media_attachments.map(({ id }) => id)
      if (media?.some((id) => attached.includes(id))) return { kind: 'there', remoteId: one.id }
      if (media && attached.length !== media.length) continue
      const own = await sourceOf(one, account, tools)
      if (!own.ok) return troubled(own.error)
      if (own.value === words) return { kind: 'there', remoteId: one.id }
    }
    const last = list.at(-1)
    // A pinned or edited post keeps its place, so the last one is the oldest.
    if (!last || list.length < MASTODON.page || Date.parse(last.created_at) < from) return { kind: 'absent' }
    before = `&max_id=${last.id}`
  }
  return { kind: 'unclear' }
}

async function sourceOf({ id }: Status, account: Account, tools: Tools): Promise<Result<string, Trouble>> {
  const told = await call(tools, account, `${base}/statuses/${id}/source`, { read: as(source) })
  return told.ok ? ok(wordsOf(told.value.value.text, told.value.value.spoiler_text ?? '')) : told
}

async function see(remoteId: string, account: Account, tools: Tools): Promise<Seen> {
  const waits = waitingOf(remoteId)
  if (!waits) return seeStatus(remoteId, account, tools)
  const told = await call(tools, account, `${base}/scheduled_statuses/${waits.id}`, { read: as(scheduled) })
  if (told.ok) {
    const { params, scheduled_at } = told.value.value
    const text = params.text ?? ''
    const publishAt = Date.parse(scheduled_at)
    const fingerprint = digest(text, new Date(publishAt).toISOString())
    return { kind: 'seen', permalink: '', state: 'scheduled', because: '', fingerprint, remoteId, text, publishAt }
  }
  if (told.error.kind !== 'target-gone') return troubled(told.error)
  const out = await amongRecent(waits, account, tools)
  if (out.kind === 'there') return seeStatus(out.remoteId, account, tools)
  if (out.kind === 'trouble') return out
  // So much was posted since that nobody can tell: it is asked again.
  if (out.kind === 'unclear') return troubled({ kind: 'server-fault', until: null, details: '' })
  return removed(remoteId, 'It waits on the server no more, and is not out: the server dropped it.')
}

async function seeStatus(id: string, account: Account, tools: Tools): Promise<Seen> {
  const told = await call(tools, account, `${base}/statuses/${id}`, { read: as(status) })
  if (!told.ok) return told.error.kind === 'target-gone' ? removed(id) : troubled(told.error)
  const shown = told.value.value
  const words = await sourceOf(shown, account, tools)
  if (!words.ok) return troubled(words.error)
  return {
    kind: 'seen',
    permalink: shown.url ?? '',
    ...standingOf(shown),
    fingerprint: digest(words.value, ...shown.media_attachments.map(({ id }) => id)),
    remoteId: id,
  }
}

const WITHOUT = 'so it stands there without that post.'
/** What became of a quote; of what is not here it stands as it was meant. Source: Mastodon docs, entity Quote. */
const QUOTE: Readonly<Record<string, Standing>> = {
  // Of a post on another server it begins so: that server has to say yes.
  pending: {
    state: 'in-review',
    because:
      'The author of the post it quotes, or their server, has not agreed yet; until then it stands there without it.',
  },
  rejected: { state: 'partial', because: `The author of the post it quotes did not agree, ${WITHOUT}` },
  revoked: { state: 'partial', because: `The author of the post it quotes has taken the quote back, ${WITHOUT}` },
  deleted: { state: 'partial', because: `The post it quotes was deleted, ${WITHOUT}` },
}
type Standing = Pick<Extract<Seen, { kind: 'seen' }>, 'state' | 'because'>

function standingOf({ visibility, quote }: Status): Standing {
  if (visibility === 'direct') return { state: 'private', because: 'Only people it mentions see it.' }
  if (visibility !== 'public' && visibility !== 'unlisted')
    return { state: 'private', because: 'Only followers see it.' }
  return QUOTE[quote?.state ?? ''] ?? { state: 'public', because: '' }
}

/** Who sees it, and what it quotes, cannot be changed any more. Source: notes on Mastodon, section 2. */
const CHANGES = ['contentWarning', 'sensitive', 'language', 'pollOptions', 'pollDuration']

async function edit(
  remoteId: string,
  was: Job,
  job: Job,
  part: number,
  memory: Memory,
  account: Account,
  tools: Tools,
): Promise<Done> {
  const waits = waitingOf(remoteId)
  if (waits) {
    const other = unchanged('Mastodon', was, job, part, { text: false })
    if (other) return other
    const early = untimely(job, tools.now())
    if (early || job.publishAt === null) return early ?? refusal('publishAt', 'It waits for a time.')
    const told = await call(tools, account, `${base}/scheduled_statuses/${waits.id}`, {
      method: 'PUT',
      json: { scheduled_at: new Date(job.publishAt).toISOString() },
      read: anything,
    })
    return told.ok ? { kind: 'done' } : troubled(told.error)
  }
  const other = unchanged('Mastodon', was, job, part, { media: true, fields: CHANGES })
  if (other) return other
  let own = partMemory(memory, part)
  const { media } = partOf(job, part)
  for (const one of media.filter(({ id }) => !(id in uploadsOf(own)))) {
    const upload = await sent(one, job, account, tools)
    if (!upload.ok) return troubled(upload.error)
    own = { ...own, uploads: { ...uploadsOf(own), [one.id]: upload.value } }
  }
  const told = await call(tools, account, `${base}/statuses/${remoteId}`, {
    method: 'PUT',
    json: {
      ...content(job, part, own),
      media_attributes: media.map(({ id, alt }) => ({ id: (uploadsOf(own)[id] as Upload).id, description: alt })),
    },
    read: anything,
  })
  return told.ok ? { kind: 'done' } : troubled(told.error)
}

/** What waits there no more may be out under another id, so that it is not there is not "done": a look tells. */
async function remove(remoteId: string, account: Account, tools: Tools): Promise<Done> {
  const waits = waitingOf(remoteId)
  const path = waits ? `${base}/scheduled_statuses/${waits.id}` : `${base}/statuses/${remoteId}`
  const told = await call(tools, account, path, { method: 'DELETE', read: anything })
  return waits && !told.ok ? troubled(told.error) : goneOr(told)
}

/** What its server has heard of, which is not all that happens elsewhere. Source: notes on Mastodon, section 5. */
async function metrics(remoteId: string, account: Account, tools: Tools): Promise<Counted> {
  if (waitingOf(remoteId)) return { kind: 'untold' }
  const told = await call(tools, account, `${base}/statuses/${remoteId}`, { read: as(numbers) })
  return told.ok ? { kind: 'counted', counts: countsOf(MASTODON.metrics, told.value.value) } : troubled(told.error)
}

/** All that its server has of the conversation comes at once. */
async function inbox(remoteId: string, _page: string, account: Account, tools: Tools): Promise<Heard> {
  if (waitingOf(remoteId)) return { kind: 'untold' }
  const told = await call(tools, account, `${base}/statuses/${remoteId}/context`, { read: as(context) })
  if (!told.ok) return troubled(told.error)
  const messages = told.value.value.descendants.map(({ id, url, created_at, content, account: by }) => ({
    id,
    author: by.display_name || by.acct,
    text: plainOfHtml(content),
    at: Date.parse(created_at),
    own: by.id === account.remoteId,
    permalink: url ?? '',
  }))
  return { kind: 'heard', messages: messages.sort((one, other) => other.at - one.at), next: '' }
}

/**
 * A right that the app behind a token was not given, which no token of it can have; undefined: none, or the server does not say (before
 * Mastodon 4.3, and others of its kind). Trouble is none of this question: the next one, with the same token, meets it too and tells it.
 */
async function lacking(account: Pick<Account, 'host'>, tools: Tools): Promise<string | undefined> {
  const app = await call(tools, account, `${base}/apps/verify_credentials`, {
    read: as(z.object({ scopes: z.array(z.string()) })),
  })
  return app.ok ? MASTODON.rights.find((right) => !isGranted(right, app.value.value.scopes)) : undefined
}

/** `given`: `host` and `token`. */
const connect: Adapter['connect'] = async (given, tools) => {
  const address = serverAddress(given.host ?? '')
  if (!address.ok) return refusal('host', address.error)
  const host = address.value
  const token = (given.token ?? '').trim()
  if (!/^[\x21-\x7e]+$/.test(token)) return refusal('token', 'This is no access token: it has letters no token has.')
  const known: Tools = { ...tools, secrets: { token } }
  const about = await call(known, { host }, `${later}/instance`, { read: as(instance) })
  if (!about.ok) return troubled(notThere(about.error, 'Mastodon'))
  const who = await call(known, { host }, `${base}/accounts/verify_credentials`, {
    read: as(profile),
    // Some compatible servers answer 422 to a dead token.
    refused: (said) => refused(said.status === 422 ? { ...said, status: 401 } : said),
  })
  if (!who.ok) return troubled(who.error)
  const right = await lacking({ host }, known)
  if (right) return troubled({ kind: 'not-permitted', right, details: '' })
  const { id, username, acct, display_name } = who.value.value
  const server = about.value.value
  return {
    kind: 'connected',
    account: {
      network: 'mastodon',
      remoteId: id,
      handle: `@${acct.includes('@') ? acct : `${acct}@${server.domain ?? new URL(host).host}`}`,
      name: display_name || username,
      host,
      facts: { version: server.version ?? '', api: server.api_versions ?? {}, limits: server.configuration ?? {} },
      expiresAt: null,
    },
    secrets: { token },
  }
}

export const mastodon: Adapter = {
  network: 'mastodon',
  api: { version: MASTODON.version, asOf: MASTODON.asOf },
  connect,
  prepare,
  commit,
  find,
  see,
  schedules: MASTODON.schedules,
  edit,
  remove,
  metrics,
  inbox,
}
