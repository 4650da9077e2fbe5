/** Ghost on a site of one's own. As with WordPress an invisible draft comes first, and the commit changes its state. */
import { createHmac } from 'node:crypto'
import * as z from 'zod/mini'
import { mailedTo } from '../../shared/domain/mailing.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { anything, as, ask, type Question, type Refusal, type Told } from '../services/http.ts'
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
import { GHOST } from './facts/ghost.ts'
import { articleHtml, escapeHtml, ownSlug, playing, trailing, withUploads } from './shared/article.ts'
import { countsOf } from './shared/engagement.ts'
import { notThere, serverAddress } from './shared/host.ts'
import { partMemory, remembered, uploadsOf, withPart } from './shared/memory.ts'
import { fieldsBut, unchanged } from './shared/reach.ts'
import { coverOf, fieldOf, goneOr, listOf, refusal, removed, troubled, untimely } from './shared/said.ts'
import { digest, fileName, formBody, patienceFor, type SentBody } from './shared/upload.ts'

const post = z.object({
  id: z.string(),
  status: z.string(),
  url: z.string(),
  slug: z.string(),
  updated_at: z.string(),
  title: z.string(),
  lexical: z.optional(z.nullable(z.string())),
  custom_excerpt: z.optional(z.nullable(z.string())),
  published_at: z.optional(z.nullable(z.string())),
  email: z.optional(z.nullable(z.object({ status: z.string() }))),
  newsletter: z.optional(z.nullable(z.object({ slug: z.string() }))),
})
type Post = z.infer<typeof post>
const first =
  <T>(schema: z.ZodMiniType<T>, name: string) =>
  (body: unknown): T | undefined =>
    as(z.record(z.string(), z.array(schema)))(body)?.[name]?.[0]
const onePost = (body: unknown): Post | undefined => as(z.object({ posts: z.array(post) }))(body)?.posts[0]
const numbers = z.object({
  status: z.string(),
  count: z.nullish(z.record(z.string(), z.unknown())),
  email: z.nullish(z.record(z.string(), z.unknown())),
})
const comments = z.object({
  comments: z.array(
    z.object({
      id: z.string(),
      html: z.nullish(z.string()),
      created_at: z.string(),
      member: z.nullish(z.object({ name: z.nullish(z.string()) })),
    }),
  ),
  meta: z.object({ pagination: z.object({ pages: z.number() }) }),
})
const newsletters = z.object({ newsletters: z.array(z.object({ slug: z.string() })) })
const site = z.object({
  site: z.object({
    title: z.string(),
    url: z.string(),
    version: z.string(),
    timezone: z.optional(z.string()),
  }),
})
const fault = z.object({
  errors: z.array(
    z.object({
      message: z.string(),
      context: z.optional(z.nullable(z.string())),
      code: z.optional(z.nullable(z.string())),
    }),
  ),
})

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The signature of a call: the key's second half signs for four minutes from `now`. */
function signed(key: string, now: number): string {
  const [kid = '', secret = ''] = key.split(':')
  const iat = Math.floor(now / 1000)
  const text = `${base64({ alg: 'HS256', typ: 'JWT', kid })}.${base64({ iat, exp: iat + GHOST.signed, aud: '/admin/' })}`
  return `${text}.${createHmac('sha256', Buffer.from(secret, 'hex')).update(text).digest('base64url')}`
}

/** Asks the site; where our clock is too far off to be believed, once more by the clock of the site. */
async function call<T>(
  tools: Tools,
  account: Pick<Account, 'host'>,
  path: string,
  {
    file,
    ...question
  }: Partial<Question<T>> &
    Pick<Question<T>, 'read'> & {
      /** Made for each time it is sent: it can be read once. */
      readonly file?: () => SentBody
    },
): Promise<Result<Told<T>, Trouble>> {
  const asked = (now: number, signedByClock: boolean) => {
    const sent = file?.()
    return ask(tools, {
      refused,
      inPages: true,
      ...question,
      ...(sent ? { body: sent.body } : {}),
      signedByClock,
      address: `${account.host}/ghost/api/admin/${path}`,
      headers: {
        authorization: `Ghost ${signed(tools.secrets.key ?? '', now)}`,
        'accept-version': GHOST.version,
        ...question.headers,
        ...sent?.headers,
      },
    })
  }
  const told = await asked(tools.now(), true)
  if (told.ok || told.error.kind !== 'clock-off') return told
  // Refused before anything was done, so this is no second commit.
  return asked(tools.now() + told.error.by, false)
}

const FIELDS: readonly (readonly [RegExp, string])[] = [
  [/title/, 'title'],
  [/custom_excerpt/, 'excerpt'],
  [/feature_image/, 'cover'],
  [/slug/, 'slug'],
  [/canonical_url/, 'canonicalUrl'],
  [/tags/, 'tags'],
  [/email_subject/, 'emailSubject'],
  [/newsletter/, 'newsletter'],
  [/email segment/, 'emailSegment'],
]

function refused({ status, body, details }: Refusal): Trouble {
  const { message = '', context, code } = as(fault)(body)?.errors[0] ?? {}
  const reason = context || message
  if (status === 401 || code === 'MISSING_ADMIN_API_KID') return { kind: 'access-withdrawn', reason, details }
  if (status === 403) return { kind: 'not-permitted', right: '', details }
  if (status === 404) return { kind: 'target-gone', details }
  if (status === 406) return { kind: 'changed', details }
  if (status === 413 || status === 415) return { kind: 'refused', field: 'media', reason, details }
  return { kind: 'refused', field: FIELDS.find(([words]) => words.test(reason))?.[1] ?? '', reason, details }
}

type Upload = { readonly url: string }

async function prepare(job: Job, part: number, memory: Memory, account: Account, tools: Tools): Promise<Step> {
  if (part > 0) return refusal('', 'A site has one article, and no thread.')
  const early = untimely(job, tools.now())
  if (early) return early
  const own = partMemory(memory, 0)
  if (isMailed(job) && remembered(own, 'newsletter') === '') {
    const named = await newsletterOf(job, account, tools)
    if (!named.ok) return troubled(named.error)
    return { kind: 'again', memory: withPart(memory, 0, { newsletter: named.value }), after: tools.now() }
  }
  if (remembered(own, 'post') !== '') return { kind: 'ready', memory }
  const next = await nextUpload(job, own, account, tools)
  if (next && !next.ok) return troubled(next.error)
  if (next) return { kind: 'again', memory: withPart(memory, 0, { uploads: next.value }), after: tools.now() }
  const slug = ownSlug(job)
  const made = (await draftBySlug(slug, account, tools)) ?? (await draft(job, own, slug, account, tools))
  if (!made.ok) return troubled(made.error)
  return { kind: 'ready', memory: withPart(memory, 0, { post: made.value.id, updated: made.value.updated_at }) }
}

const isMailed = (job: Job): boolean => mailedTo(job.fields) !== ''

/** The slug of the newsletter a post goes out as. Looked up before anything goes out: a wrong one would be noticed at the due time only. */
async function newsletterOf(job: Job, account: Account, tools: Tools): Promise<Result<string, Trouble>> {
  const wished = fieldOf(job, 'newsletter')
  const none = (reason: string) => err<Trouble>({ kind: 'refused', field: 'newsletter', reason, details: '' })
  const told = await call(tools, account, 'newsletters/?filter=status:active&limit=100', { read: as(newsletters) })
  if (!told.ok) {
    if (told.error.kind !== 'not-permitted') return told
    return wished === ''
      ? none('its key may not list the newsletters, so the slug of one has to be written')
      : ok(wished)
  }
  const [first, ...others] = told.value.value.newsletters.map(({ slug }) => slug)
  if (first === undefined) return none('the site has no active newsletter')
  const slugs = [first, ...others]
  if (wished === '' || slugs.includes(wished)) return ok(wished || first)
  return none(`the site has no active newsletter “${wished}”, but ${slugs.map((slug) => `“${slug}”`).join(', ')}`)
}

/** The next medium that is not there yet; null: all are. */
async function nextUpload(
  job: Job,
  own: Memory,
  account: Account,
  tools: Tools,
): Promise<Result<Readonly<Record<string, unknown>>, Trouble> | null> {
  const missing = (job.parts[0]?.media ?? []).find(({ id }) => !(id in uploadsOf(own)))
  if (!missing) return null
  const next = await uploaded(missing, job, account, tools)
  return next.ok ? ok({ ...uploadsOf(own), [missing.id]: next.value }) : next
}

async function uploaded(one: SentMedium, job: Job, account: Account, tools: Tools): Promise<Result<Upload, Trouble>> {
  const kind = one.type.startsWith('image/') ? 'images' : playing(one.type) ? 'media' : 'files'
  const file = { field: 'file', name: fileName(job.deliveryId, one), medium: one }
  const told = await call(tools, account, `${kind}/upload/`, {
    method: 'POST',
    file: () => formBody(kind === 'images' ? { purpose: 'image' } : {}, file, tools),
    timeout: patienceFor(one.size),
    read: first(z.object({ url: z.string() }), kind),
    refused: (said) => {
      const trouble = refused(said)
      return trouble.kind === 'refused' ? { ...trouble, field: 'media' } : trouble
    },
  })
  return told.ok ? ok({ url: told.value.value.url }) : told
}

/** A draft whose making was not answered. Null: there is none. */
async function draftBySlug(slug: string, account: Account, tools: Tools): Promise<Result<Post, Trouble> | null> {
  const told = await call(tools, account, `posts/slug/${slug}/`, { read: onePost })
  if (told.ok) return ok(told.value.value)
  return told.error.kind === 'target-gone' ? null : told
}

async function draft(
  job: Job,
  own: Memory,
  slug: string,
  account: Account,
  tools: Tools,
): Promise<Result<Post, Trouble>> {
  const told = await call(tools, account, 'posts/?source=html', {
    method: 'POST',
    json: { posts: [{ ...content(job, own), slug, status: 'draft' }] },
    read: onePost,
  })
  return told.ok ? ok(told.value.value) : told
}

function content(job: Job, own: Memory): Readonly<Record<string, unknown>> {
  const uploads = uploadsOf(own) as Readonly<Record<string, Upload>>
  const address = (id: string) => uploads[id]?.url ?? ''
  const cover = coverOf(job)
  const named = {
    custom_excerpt: fieldOf(job, 'excerpt'),
    canonical_url: fieldOf(job, 'canonicalUrl'),
    meta_title: fieldOf(job, 'metaTitle'),
    meta_description: fieldOf(job, 'metaDescription'),
    email_subject: isMailed(job) ? fieldOf(job, 'emailSubject') : '',
  }
  return {
    title: job.title || fieldOf(job, 'title'),
    html:
      articleHtml(job, address) +
      trailing(job)
        .map((one) => htmlOf(one, address(one.id)))
        .join(''),
    ...Object.fromEntries(Object.entries(named).map(([name, value]) => [name, value || null])),
    tags: listOf(job, 'tags'),
    visibility: fieldOf(job, 'visibility') || 'public',
    feature_image: cover ? address(cover.id) : null,
    feature_image_alt: cover?.alt || null,
  }
}

/** A medium after the text. What plays keeps its own HTML: the site would make a link of it. */
function htmlOf({ type, alt }: SentMedium, address: string): string {
  const src = escapeHtml(address)
  if (type.startsWith('image/')) return `<img src="${src}" alt="${escapeHtml(alt)}">`
  const plays = playing(type)
  if (plays) return `<!--kg-card-begin: html--><${plays} controls src="${src}"></${plays}><!--kg-card-end: html-->`
  return `<p><a href="${src}">${escapeHtml(alt || 'Document')}</a></p>`
}

const stateOf = (job: Job) =>
  job.publishAt === null
    ? { status: 'published' }
    : { status: 'scheduled', published_at: new Date(job.publishAt).toISOString() }

/**
 * A newsletter goes out only where its name stands in the query of the call that takes a post out of its draft: here and nowhere else.
 * A post that waits keeps it, and whatever is asked of one that is out mails nobody.
 */
const mailing = (job: Job, own: Memory): string =>
  isMailed(job)
    ? `?${new URLSearchParams({ newsletter: remembered(own, 'newsletter'), email_segment: fieldOf(job, 'emailSegment') })}`
    : ''

async function commit(job: Job, part: number, memory: Memory, account: Account, tools: Tools): Promise<Committed> {
  const early = untimely(job, tools.now())
  if (early) return early
  const own = partMemory(memory, part)
  const id = remembered(own, 'post')
  const told = await call(tools, account, `posts/${id}/${mailing(job, own)}`, {
    method: 'PUT',
    commit: true,
    json: { posts: [{ ...stateOf(job), updated_at: remembered(own, 'updated') }] },
    read: onePost,
    refused: (said) =>
      // Somebody wrote into the draft, or threw it away: what would go out is not what was agreed.
      said.status === 409 || said.status === 404 ? { kind: 'begin-again', details: said.details } : refused(said),
  })
  return told.ok ? { kind: 'done', remoteId: id, memory } : troubled(told.error)
}

const byId = (id: string, account: Account, tools: Tools) =>
  call(tools, account, `posts/${id}/?formats=lexical&include=email,newsletter`, { read: onePost })

async function find(
  _job: Job,
  part: number,
  memory: Memory,
  _since: number,
  account: Account,
  tools: Tools,
): Promise<Found> {
  const id = remembered(partMemory(memory, part), 'post')
  const told = await byId(id, account, tools)
  if (!told.ok) return told.error.kind === 'target-gone' ? { kind: 'absent' } : troubled(told.error)
  return told.value.value.status === 'draft' ? { kind: 'absent' } : { kind: 'there', remoteId: id }
}

async function see(remoteId: string, account: Account, tools: Tools): Promise<Seen> {
  const told = await byId(remoteId, account, tools)
  if (!told.ok) return told.error.kind === 'target-gone' ? removed(remoteId) : troubled(told.error)
  const { status, url, title, lexical, custom_excerpt, published_at, email, newsletter } = told.value.value
  if (status === 'draft') return removed(remoteId, 'It is a draft on the site again.')
  const fingerprint = digest(title, lexical ?? '', custom_excerpt ?? '', published_at ?? '')
  const seen = { kind: 'seen', permalink: url, because: '', fingerprint, remoteId } as const
  if (status !== 'scheduled')
    return { ...seen, state: 'public', ...(email?.status === 'failed' ? { lacks: GHOST.notMailed } : {}) }
  const late = tools.now() - Date.parse(published_at ?? '') > GHOST.late
  const unmailed = newsletter ? `, or may not mail its newsletter “${newsletter.slug}”` : ''
  const because = late ? `The site has not published it: it cannot reach its own address${unmailed}.` : ''
  // Its content is a tree of the editor of Ghost, which is not brought back into a text: only the sum tells of it.
  return { ...seen, state: 'scheduled', because, title, publishAt: published_at ? Date.parse(published_at) : null }
}

/** What is decided once. Of what waits the engine takes the post back then and hands it over anew. */
const KEPT = ['slug', 'emailSegment', 'newsletter', 'emailSubject']

async function edit(
  remoteId: string,
  was: Job,
  job: Job,
  _part: number,
  memory: Memory,
  account: Account,
  tools: Tools,
): Promise<Done> {
  const other = unchanged('Ghost', was, job, 0, { media: true, fields: fieldsBut(KEPT, was, job) })
  if (other) return other
  const sent = await withUploads(memory, (known) => nextUpload(job, known, account, tools))
  if (!sent.ok) return troubled(sent.error)
  const there = await byId(remoteId, account, tools)
  if (!there.ok) return troubled(there.error)
  const { status, updated_at } = there.value.value
  const waits = status === 'scheduled'
  const early = waits ? untimely(job, tools.now()) : null
  if (early) return early
  const told = await call(tools, account, `posts/${remoteId}/?source=html`, {
    method: 'PUT',
    json: { posts: [{ ...content(job, sent.value), ...(waits ? stateOf(job) : {}), updated_at }] },
    read: onePost,
    refused: (said) =>
      said.status === 409
        ? {
            kind: 'refused',
            field: '',
            reason: 'Somebody changed it on the site this very moment.',
            details: said.details,
          }
        : refused(said),
  })
  return told.ok ? { kind: 'done' } : troubled(told.error)
}

async function remove(remoteId: string, account: Account, tools: Tools): Promise<Done> {
  return goneOr(await call(tools, account, `posts/${remoteId}/`, { method: 'DELETE', read: anything }))
}

/** A post that people may have seen; null: it still waits, and the site tells nothing of it. */
async function outThere(remoteId: string, query: string, account: Account, tools: Tools) {
  const told = await call(tools, account, `posts/${remoteId}/?${query}`, { read: first(numbers, 'posts') })
  if (!told.ok) return told
  const { status } = told.value.value
  if (status === 'draft') return err<Trouble>({ kind: 'target-gone', details: status })
  return ok(status === 'scheduled' ? null : told.value)
}

/**
 * Opens and clicks are those of its mail, and of one that was made to count them: of any other a site tells 0, which nobody counted. Of a mail that
 * failed it tells how many were to get it. Source: notes on Ghost, section 5; answers of a real site (6.65).
 */
function countedOf({ count, email }: z.infer<typeof numbers>): Readonly<Record<string, unknown>> {
  const { clicks, ...others } = count ?? {}
  if (email?.status !== 'submitted') return others
  const { email_count, opened_count, track_opens, track_clicks } = email
  return {
    ...others,
    email_count,
    ...(track_opens === false ? {} : { opened_count }),
    ...(track_clicks === false ? {} : { clicks }),
  }
}

async function metrics(remoteId: string, account: Account, tools: Tools): Promise<Counted> {
  const told = await outThere(remoteId, 'include=email,count.clicks,count.signups', account, tools)
  if (!told.ok) return troubled(told.error)
  if (!told.value) return { kind: 'untold' }
  return { kind: 'counted', counts: countsOf(GHOST.metrics, countedOf(told.value.value)) }
}

/** Whether a site knows the list of all comments: to be asked for what it does not know, it may mail its owner. Source: notes on Ghost, section 1. */
function listsComments(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  const [since, sinceMinor] = GHOST.comments
  return major > since || (major === since && minor >= sinceMinor)
}

/**
 * Comments and what answers them, in one list, without what moderators hid. The list of one post begins with pinned ones and holds answers inside,
 * so that the newest need not come first. It is empty where the post is gone, which is asked for before. A comment is always that of a member and
 * never of a key, so none is our own. Source: notes on Ghost, section 6; answers of a real site (6.65).
 */
async function inbox(remoteId: string, page: string, account: Account, tools: Tools): Promise<Heard> {
  const there = await outThere(remoteId, 'fields=id,status', account, tools)
  if (!there.ok) return troubled(there.error)
  const version = there.value?.headers.get('content-version') ?? String(account.facts.version)
  if (!there.value || !listsComments(version)) return { kind: 'untold' }
  const number = Number(page || 1)
  const query = new URLSearchParams({
    filter: `post_id:'${remoteId}'+status:published`,
    order: 'created_at desc, id desc',
    limit: String(GHOST.page),
    page: String(number),
  })
  const told = await call(tools, account, `comments/?${query}`, { read: as(comments) })
  if (!told.ok) return troubled(told.error)
  const { comments: found, meta } = told.value.value
  const messages = found.map(({ id, html, created_at, member }) => ({
    id,
    author: member?.name ?? '',
    text: plainOfHtml(html ?? ''),
    at: Date.parse(created_at),
    own: false,
    permalink: '',
  }))
  return { kind: 'heard', messages, next: number < meta.pagination.pages ? String(number + 1) : '' }
}

/** `given`: `host` (the address beside the key), `key` (`id:secret` of an integration or of a person). */
const connect: Adapter['connect'] = async (given, tools) => {
  const address = serverAddress(given.host ?? '')
  if (!address.ok) return refusal('host', address.error)
  const key = (given.key ?? '').trim()
  if (!/^[0-9a-f]{24}:[0-9a-f]{64}$/i.test(key))
    return refusal('key', 'An Admin API key has 24 letters, a colon and 64 more.')
  const host = address.value
  const known: Tools = { ...tools, secrets: { key } }
  // Asked first: the site tells its version without a key, and no unknown path is ever tried.
  const about = await ask(known, {
    address: `${host}/ghost/api/admin/site/`,
    headers: { 'accept-version': GHOST.version },
    read: as(site),
    refused,
  })
  if (!about.ok) return troubled(notThere(about.error, 'Ghost'))
  const { title, url, version, timezone = '' } = about.value.value.site
  if (Number.parseInt(version, 10) < GHOST.oldest)
    return refusal('host', `This site runs Ghost ${version}; Outpost needs ${GHOST.oldest} or later.`)
  const read = await call(known, { host }, 'posts/?limit=1&fields=id', {
    read: as(z.object({ posts: z.array(z.unknown()) })),
  })
  if (!read.ok) return troubled(read.error)
  return {
    kind: 'connected',
    account: {
      network: 'ghost',
      // A site has no other key than its address; a key of an integration acts as the site.
      remoteId: url,
      handle: new URL(url).host,
      name: title,
      host,
      facts: { version, zone: timezone },
      expiresAt: null,
    },
    secrets: { key },
  }
}

export const ghost: Adapter = {
  network: 'ghost',
  api: { version: `Admin API ${GHOST.version}, Ghost ${GHOST.oldest} and later`, asOf: GHOST.asOf },
  connect,
  prepare,
  commit,
  find,
  see,
  schedules: GHOST.schedules,
  edit,
  remove,
  metrics,
  inbox,
}
