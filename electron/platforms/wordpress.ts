/** WordPress on a site of one's own. An invisible draft is made first; the commit only changes its state, so it may even arrive twice. */
import * as z from 'zod/mini'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { anything, as, ask, type Question, type Refusal, sortFault, type Told } from '../services/http.ts'
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
import { WORDPRESS } from './facts/wordpress.ts'
import { articleHtml, escapeHtml, ownSlug, playing, topLevel, trailing, withUploads } from './shared/article.ts'
import { countsOf } from './shared/engagement.ts'
import { notThere, serverAddress } from './shared/host.ts'
import { partMemory, remembered, uploadsOf, withPart } from './shared/memory.ts'
import { fieldsBut, unchanged } from './shared/reach.ts'
import { coverOf, fieldOf, goneOr, listOf, notForAll, refusal, removed, troubled, untimely } from './shared/said.ts'
import { digest, fileName, patienceFor, rawBody } from './shared/upload.ts'

const FURTHEST_REDIRECT = 3

const raw = z.object({ raw: z.string() })
const post = z.object({
  id: z.number(),
  status: z.string(),
  link: z.string(),
  slug: z.string(),
  date_gmt: z.string(),
  title: raw,
  content: raw,
  excerpt: raw,
})
type Post = z.infer<typeof post>
const state = z.object({ status: z.string() })
const comment = z.object({
  id: z.number(),
  author: z.number(),
  author_name: z.string(),
  date_gmt: z.string(),
  content: z.object({ rendered: z.string() }),
  link: z.string(),
})
const medium = z.object({ id: z.number(), source_url: z.string() })
const index = z.object({
  name: z.string(),
  home: z.string(),
  namespaces: z.array(z.string()),
  timezone_string: z.optional(z.string()),
  authentication: z.unknown(),
})
const passwords = z.object({ 'application-passwords': z.unknown() })
const user = z.object({
  id: z.number(),
  name: z.string(),
  slug: z.string(),
  capabilities: z.optional(z.record(z.string(), z.unknown())),
})
const term = z.object({ id: z.number(), name: z.string() })
const fault = z.object({
  code: z.string(),
  message: z.optional(z.string()),
  data: z.optional(z.nullable(z.object({ term_id: z.optional(z.number()) }))),
})

/** The address of a call: sites without pretty addresses take the whole path as a query. */
function endpoint(api: string, path: string, query: Readonly<Record<string, string>> = {}): string {
  const asked = new URLSearchParams(query).toString()
  const joint = asked === '' ? '' : api.includes('?') ? '&' : '?'
  return `${api}${path}${joint}${asked}`
}

const authorization = ({ facts }: Pick<Account, 'facts'>, { password = '' }: Tools['secrets']): string =>
  `Basic ${Buffer.from(`${String(facts.login)}:${password}`).toString('base64')}`

function call<T>(
  tools: Tools,
  account: Pick<Account, 'facts'>,
  path: string,
  question: Partial<Question<T>> & Pick<Question<T>, 'read'> & { query?: Readonly<Record<string, string>> },
): Promise<Result<Told<T>, Trouble>> {
  const { query, ...rest } = question
  return ask(tools, {
    refused,
    inPages: true,
    ...rest,
    address: endpoint(`${String(account.facts.api)}${WORDPRESS.routes}/`, path, query),
    headers: { authorization: authorization(account, tools.secrets), ...question.headers },
  })
}

const [PUBLISH, UPLOAD] = ['publish_posts', 'upload_files'] as const

/** By status and code, which are the same in every language. */
function refused({ status, body, details }: Refusal): Trouble {
  const { code, message = '' } = as(fault)(body) ?? { code: '' }
  const reason = message.replace(/<[^>]*>/g, '')
  if (status === 401) return { kind: 'access-withdrawn', reason, details }
  if (status === 403) return { kind: 'not-permitted', right: code === 'rest_cannot_publish' ? PUBLISH : '', details }
  // Also where the whole site is gone: that is its own affair and none of WordPress.
  if (status === 410 || status === 404) return { kind: 'target-gone', details }
  if (status === 413 || /^rest_upload_/.test(code)) return { kind: 'refused', field: 'media', reason, details }
  return { kind: 'refused', field: '', reason, details }
}

type Upload = { readonly id: number; readonly url: string; readonly alt: boolean }

async function prepare(job: Job, part: number, memory: Memory, account: Account, tools: Tools): Promise<Step> {
  if (part > 0) return refusal('', 'A site has one article, and no thread.')
  const early = notAhead(job, tools)
  if (early) return early
  const own = partMemory(memory, 0)
  if (remembered(own, 'post') !== '') return { kind: 'ready', memory }
  const go = (more: Memory): Step => ({ kind: 'again', memory: withPart(memory, 0, more), after: tools.now() })

  const next = await nextUpload(job, own, account, tools)
  if (next) return next.ok ? go({ uploads: next.value }) : troubled(next.error)
  for (const [kind, names] of termsOf(job)) {
    if (Array.isArray(own[kind])) continue
    const ids = await termIds(kind, names, account, tools)
    return ids.ok ? go({ [kind]: ids.value }) : troubled(ids.error)
  }
  const slug = ownSlug(job)
  const made = (await draftBySlug(slug, account, tools)) ?? (await draft(job, own, slug, account, tools))
  if (!made.ok) return troubled(made.error)
  return { kind: 'ready', memory: withPart(memory, 0, { post: String(made.value.id) }) }
}

/** The next medium that is not there yet, or has no words yet; null: all are. */
async function nextUpload(
  job: Job,
  own: Memory,
  account: Account,
  tools: Tools,
): Promise<Result<Readonly<Record<string, unknown>>, Trouble> | null> {
  for (const one of job.parts[0]?.media ?? []) {
    const known = uploadsOf(own)[one.id] as Upload | undefined
    if (known?.alt) continue
    const next = known ? await described(known, one, account, tools) : await uploaded(one, job, account, tools)
    return next.ok ? ok({ ...uploadsOf(own), [one.id]: next.value }) : next
  }
  return null
}

async function uploaded(one: SentMedium, job: Job, account: Account, tools: Tools): Promise<Result<Upload, Trouble>> {
  const name = fileName(job.deliveryId, one)
  const stem = name.slice(0, name.indexOf('.'))
  const before = await call(tools, account, 'media', {
    query: { search: stem, author: account.remoteId, per_page: '10', context: 'edit', _fields: 'id,source_url' },
    read: as(z.array(medium)),
  })
  if (!before.ok) return before
  const there = before.value.value.find(({ source_url }) => source_url.includes(stem))
  if (there) return ok({ id: there.id, url: there.source_url, alt: one.alt === '' })
  const { body, headers } = rawBody(one, tools)
  const told = await call(tools, account, 'media', {
    method: 'POST',
    body,
    headers: { ...headers, 'content-disposition': `attachment; filename="${name}"` },
    timeout: patienceFor(one.size),
    // Said of other things too, so that the code alone names no right.
    refused: (said) =>
      as(fault)(said.body)?.code === 'rest_cannot_create'
        ? { kind: 'not-permitted', right: UPLOAD, details: said.details }
        : refused(said),
    // A file may be stored while the making of smaller pictures failed: then a header tells its number.
    takes: [500, 502, 503, 504],
    read: (answer) => as(medium)(answer) ?? as(fault)(answer) ?? null,
  })
  if (!told.ok) return told
  const { value, status, headers: said } = told.value
  const stored = Number(said.get('x-wp-upload-attachment-id') ?? 0)
  if (status >= 500 && stored > 0) return finished(stored, one, account, tools)
  if (value && 'source_url' in value) return ok({ id: value.id, url: value.source_url, alt: one.alt === '' })
  const details = `${status} ${value ? value.code : ''}`
  if (value && /^rest_upload_/.test(value.code))
    return err({ kind: 'refused', field: 'media', reason: value.message ?? value.code, details })
  return err({ kind: 'server-fault', until: null, details })
}

async function finished(id: number, one: SentMedium, account: Account, tools: Tools): Promise<Result<Upload, Trouble>> {
  for (let turn = 0; turn < WORDPRESS.smallerPictures; turn++) {
    const told = await call(tools, account, `media/${id}/post-process`, {
      method: 'POST',
      json: { action: 'create-image-subsizes' },
      read: as(medium),
    })
    if (told.ok) return ok({ id, url: told.value.value.source_url, alt: one.alt === '' })
    if (told.error.kind !== 'server-fault') return told
  }
  return err({ kind: 'refused', field: 'media', reason: 'The site cannot make smaller pictures of it.', details: '' })
}

async function described(
  { id, url }: Upload,
  { alt }: SentMedium,
  account: Account,
  tools: Tools,
): Promise<Result<Upload, Trouble>> {
  const told = await call(tools, account, `media/${id}`, { method: 'POST', json: { alt_text: alt }, read: anything })
  return told.ok ? ok({ id, url, alt: true }) : told
}

const termsOf = (job: Job) =>
  (['categories', 'tags'] as const)
    .map((kind) => [kind, listOf(job, kind)] as const)
    .filter(([, names]) => names.length > 0)

async function termIds(
  kind: string,
  names: readonly string[],
  account: Account,
  tools: Tools,
): Promise<Result<number[], Trouble>> {
  const ids: number[] = []
  for (const name of names) {
    const found = await call(tools, account, kind, {
      query: { search: name, per_page: '100', _fields: 'id,name' },
      read: as(z.array(term)),
    })
    if (!found.ok) return found
    const same = found.value.value.find((one) => one.name.toLowerCase() === escapeHtml(name).toLowerCase())
    const made = same
      ? null
      : await call(tools, account, kind, {
          method: 'POST',
          json: { name },
          // There already, under a name that is written another way: the refusal says which.
          takes: [400],
          read: (body) => as(term)(body)?.id ?? as(fault)(body)?.data?.term_id,
        })
    if (made && !made.ok) return made
    ids.push(same?.id ?? made?.value.value ?? 0)
  }
  return ok(ids)
}

/** A draft whose making was not answered. Null: there is none. */
async function draftBySlug(slug: string, account: Account, tools: Tools): Promise<Result<Post, Trouble> | null> {
  const told = await call(tools, account, 'posts', {
    query: { slug, status: 'any', context: 'edit' },
    read: as(z.array(post)),
    // Whoever may not ask for drafts is a visitor there: so sites treat a password they no longer know.
    refused: (said) =>
      as(fault)(said.body)?.code === 'rest_invalid_param'
        ? { kind: 'access-withdrawn', reason: 'the application password no longer holds', details: said.details }
        : refused(said),
  })
  if (!told.ok) return told
  const [found] = told.value.value
  return found ? ok(found) : null
}

async function draft(
  job: Job,
  own: Memory,
  slug: string,
  account: Account,
  tools: Tools,
): Promise<Result<Post, Trouble>> {
  const told = await call(tools, account, 'posts', {
    method: 'POST',
    query: { context: 'edit' },
    json: { ...content(job, own), slug, status: 'draft' },
    read: as(post),
  })
  return told.ok ? ok(told.value.value) : told
}

function content(job: Job, own: Memory): Readonly<Record<string, unknown>> {
  const cover = coverOf(job)
  const { comments } = job.fields
  return {
    title: job.title || fieldOf(job, 'title'),
    content: blocks(job, own),
    excerpt: fieldOf(job, 'excerpt'),
    ...(cover ? { featured_media: (uploadsOf(own)[cover.id] as Upload).id } : {}),
    ...(Array.isArray(own.categories) ? { categories: own.categories } : {}),
    ...(Array.isArray(own.tags) ? { tags: own.tags } : {}),
    ...(typeof comments === 'boolean' ? { comment_status: comments ? 'open' : 'closed' } : {}),
  }
}

/** The article in the markup of the block editor; what has no plain block of its own stays HTML in a block for that. */
function blocks(job: Job, own: Memory): string {
  const uploads = uploadsOf(own) as Readonly<Record<string, Upload>>
  const byAddress = new Map(Object.values(uploads).map((upload) => [upload.url, upload]))
  const text = topLevel(articleHtml(job, (id) => uploads[id]?.url ?? '')).map((piece) => blockOf(piece, byAddress))
  const after = trailing(job).map((one) => mediumBlock(one, uploads[one.id]))
  return [...text, ...after].join('\n\n')
}

function blockOf(piece: string, uploads: ReadonlyMap<string, Upload>): string {
  const heading = /^<h([1-6])>([\s\S]*)<\/h\1>$/.exec(piece)
  if (heading) {
    const [, level, inside] = heading
    return block(
      'heading',
      level === '2' ? '' : `{"level":${level}}`,
      `<h${level} class="wp-block-heading">${inside}</h${level}>`,
    )
  }
  const picture = /^(?:<p>)?(<img\b[^>]*>)(?:<\/p>)?$/.exec(piece)?.[1]
  if (picture) {
    const src = /\bsrc="([^"]*)"/.exec(picture)?.[1] ?? ''
    const alt = /\balt="([^"]*)"/.exec(picture)?.[1] ?? ''
    return imageBlock(src, alt, uploads.get(src.replaceAll('&amp;', '&')))
  }
  if (/^<p>(?!<img)/.test(piece)) return block('paragraph', '', piece)
  if (piece === '<hr>') return block('separator', '', '<hr class="wp-block-separator has-alpha-channel-opacity"/>')
  return block('html', '', piece)
}

const block = (name: string, attributes: string, inside: string): string =>
  `<!-- wp:${name} ${attributes}${attributes ? ' ' : ''}-->\n${inside}\n<!-- /wp:${name} -->`

function imageBlock(src: string, alt: string, upload: Upload | undefined): string {
  const named = upload ? ` class="wp-image-${upload.id}"` : ''
  return block(
    'image',
    upload ? `{"id":${upload.id},"sizeSlug":"full"}` : '',
    `<figure class="wp-block-image${upload ? ' size-full' : ''}"><img src="${src}" alt="${alt}"${named}/></figure>`,
  )
}

function mediumBlock({ type, alt }: SentMedium, upload: Upload | undefined): string {
  const src = escapeHtml(upload?.url ?? '')
  if (type.startsWith('image/')) return imageBlock(src, escapeHtml(alt), upload)
  const plays = playing(type)
  if (plays)
    return block(
      plays,
      `{"id":${upload?.id}}`,
      `<figure class="wp-block-${plays}"><${plays} controls src="${src}"></${plays}></figure>`,
    )
  return block('paragraph', '', `<p><a href="${src}">${escapeHtml(alt || 'Document')}</a></p>`)
}

/** UTC, as the site writes it: the field without a zone would be the local time of the site. */
const gmt = (at: number): string => new Date(at).toISOString().slice(0, 19)

/** Why an article is not handed over; null when it may be. */
const notAhead = (job: Job, tools: Tools) => untimely(job, tools.now()) ?? notForAll(job, 'publish')

/** What waits has no other status than that, and is public at its time. */
const wishOf = (job: Job): string => (job.publishAt !== null ? 'future' : fieldOf(job, 'visibility') || 'publish')

async function commit(job: Job, part: number, memory: Memory, account: Account, tools: Tools): Promise<Committed> {
  const early = notAhead(job, tools)
  if (early) return early
  const id = remembered(partMemory(memory, part), 'post')
  const told = await call(tools, account, `posts/${id}`, {
    method: 'POST',
    commit: true,
    query: { context: 'edit' },
    json: { status: wishOf(job), ...(job.publishAt === null ? {} : { date_gmt: gmt(job.publishAt) }) },
    read: as(post),
  })
  if (told.ok) return { kind: 'done', remoteId: id, memory }
  // The draft was thrown away on the site.
  return troubled(told.error.kind === 'target-gone' ? { kind: 'begin-again', details: told.error.details } : told.error)
}

const byId = (id: string, account: Account, tools: Tools) =>
  call(tools, account, `posts/${id}`, { query: { context: 'edit' }, read: as(post) })

const isOut = (status: string): boolean => !['draft', 'auto-draft', 'trash'].includes(status)

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
  return isOut(told.value.value.status) ? { kind: 'there', remoteId: id } : { kind: 'absent' }
}

async function see(remoteId: string, account: Account, tools: Tools): Promise<Seen> {
  const told = await byId(remoteId, account, tools)
  if (!told.ok) return told.error.kind === 'target-gone' ? removed(remoteId) : troubled(told.error)
  const { status, link, title, content: body, excerpt, date_gmt } = told.value.value
  const seen = { kind: 'seen', permalink: link, because: '', remoteId } as const
  const fingerprint = digest(title.raw, body.raw, excerpt.raw, date_gmt)
  switch (status) {
    case 'publish':
      return { ...seen, state: 'public', fingerprint }
    case 'private':
      return { ...seen, state: 'private', because: 'Only people with an account on the site see it.', fingerprint }
    case 'pending':
      return { ...seen, state: 'in-review', because: 'An editor of the site has to let it out.', fingerprint }
    case 'future': {
      const late = tools.now() - Date.parse(`${date_gmt}Z`) > WORDPRESS.late
      if (late) await poke(account, tools)
      const because = late ? 'The site publishes what is due when somebody visits it; Outpost asked it to look.' : ''
      const publishAt = Date.parse(`${date_gmt}Z`)
      // Its content is markup, which is not brought back into a text: only the sum tells of it.
      return { ...seen, state: 'scheduled', because, fingerprint, title: title.raw, publishAt }
    }
    case 'draft':
      return removed(remoteId, 'It is a draft on the site again.')
    default:
      return removed(remoteId, 'It is in the trash of the site.')
  }
}

/** A site notices the time only when it is asked for something. What it answers is of no use. */
async function poke(account: Account, tools: Tools): Promise<void> {
  await tools.fetch(`${account.host}/wp-cron.php?doing_wp_cron`, { timeout: 10_000 }).catch(() => undefined)
}

async function edit(
  remoteId: string,
  was: Job,
  job: Job,
  _part: number,
  memory: Memory,
  account: Account,
  tools: Tools,
): Promise<Done> {
  const other = unchanged('WordPress', was, job, 0, { media: true, fields: fieldsBut(['slug'], was, job) })
  if (other) return other
  const sent = await withUploads(memory, (known) => nextUpload(job, known, account, tools))
  if (!sent.ok) return troubled(sent.error)
  let own = sent.value
  for (const [kind] of termsOf(was)) own = { ...own, [kind]: [] }
  for (const [kind, names] of termsOf(job)) {
    const ids = await termIds(kind, names, account, tools)
    if (!ids.ok) return troubled(ids.error)
    own = { ...own, [kind]: ids.value }
  }
  const there = await byId(remoteId, account, tools)
  if (!there.ok) return troubled(there.error)
  const waits = there.value.value.status === 'future'
  const early = waits ? notAhead(job, tools) : null
  if (early) return early
  // Without a time it would go on waiting; the site's own clock says what is now.
  const now = Date.parse(there.value.headers.get('date') ?? '') || tools.now()
  const isSeenByOthers = fieldOf(was, 'visibility') !== fieldOf(job, 'visibility')
  const when = waits
    ? { status: wishOf(job), date_gmt: gmt(job.publishAt ?? now) }
    : isSeenByOthers
      ? { status: wishOf(job) }
      : {}
  // What is left out stays as it is there, so what was taken away is said.
  const told = await call(tools, account, `posts/${remoteId}`, {
    method: 'POST',
    json: { ...(coverOf(was) ? { featured_media: 0 } : {}), ...content(job, own), ...when },
    read: anything,
  })
  return told.ok ? { kind: 'done' } : troubled(told.error)
}

async function remove(remoteId: string, account: Account, tools: Tools): Promise<Done> {
  return goneOr(await call(tools, account, `posts/${remoteId}`, { method: 'DELETE', read: anything }))
}

/**
 * The comments of a post that are public, which is what a site tells of unless it is asked for others; notes of editors are not among them. Null:
 * none are told, because nobody can comment on it yet, or a plugin that switches comments off took the list away. A site answers with an empty
 * list where the post is gone or the password no longer holds, so it is asked for the post first. Source: notes on WordPress, sections 5 to 7.
 */
async function comments(
  remoteId: string,
  page: Readonly<Record<string, string>>,
  account: Account,
  tools: Tools,
): Promise<Result<Told<readonly z.infer<typeof comment>[]> | null, Trouble>> {
  const there = await call(tools, account, `posts/${remoteId}`, {
    query: { context: 'edit', _fields: 'status' },
    read: as(state),
  })
  if (!there.ok) return there
  const { status } = there.value.value
  if (!isOut(status)) return err({ kind: 'target-gone', details: status })
  if (status === 'future' || status === 'pending') return ok(null)
  const told = await call(tools, account, 'comments', {
    query: { post: remoteId, _fields: 'id,author,author_name,date_gmt,content,link', ...page },
    takes: [404],
    read: (body) => as(z.array(comment))(body) ?? (as(fault)(body)?.code === 'rest_no_route' ? null : undefined),
  })
  if (!told.ok) return told
  const { value } = told.value
  return ok(value && { ...told.value, value })
}

async function metrics(remoteId: string, account: Account, tools: Tools): Promise<Counted> {
  const told = await comments(remoteId, { per_page: '1' }, account, tools)
  if (!told.ok) return troubled(told.error)
  if (!told.value) return { kind: 'untold' }
  return { kind: 'counted', counts: countsOf(WORDPRESS.metrics, Object.fromEntries(told.value.headers)) }
}

async function inbox(remoteId: string, page: string, account: Account, tools: Tools): Promise<Heard> {
  const number = Number(page || 1)
  const asked = { per_page: String(WORDPRESS.page), page: String(number), orderby: 'date_gmt', order: 'desc' }
  const told = await comments(remoteId, asked, account, tools)
  if (!told.ok) return troubled(told.error)
  if (!told.value) return { kind: 'untold' }
  const { value, headers } = told.value
  const messages = value.map(({ id, author, author_name, date_gmt, content: { rendered }, link }) => ({
    id: String(id),
    author: plainOfHtml(author_name),
    text: plainOfHtml(rendered),
    at: Date.parse(`${date_gmt}Z`),
    own: String(author) === account.remoteId,
    permalink: link,
  }))
  const next = number < Number(headers.get('x-wp-totalpages') ?? 1) ? String(number + 1) : ''
  return { kind: 'heard', messages, next }
}

/** Where a site answers programs: its front page says so. The refusal says what to do. */
async function discover(typed: string, tools: Tools): Promise<Result<string, Trouble>> {
  const wrong = (reason: string): Result<string, Trouble> =>
    err({ kind: 'refused', field: 'host', reason, details: '' })
  let address = serverAddress(typed)
  for (let turn = 0; address.ok && turn < FURTHEST_REDIRECT; turn++) {
    let answer: Response
    try {
      answer = await tools.fetch(`${address.value}/`, { method: 'GET' })
    } catch (error) {
      return err(sortFault(error, false, tools.secrets))
    }
    const location = answer.headers.get('location')
    if (answer.status >= 300 && answer.status < 400 && location) {
      address = serverAddress(new URL(location, `${address.value}/`).href)
      continue
    }
    const link = /<([^>]+)>;\s*rel="https:\/\/api\.w\.org\/"/.exec(answer.headers.get('link') ?? '')?.[1]
    const api = apiAt(link ?? '', address.value)
    const safe = serverAddress(api)
    return safe.ok ? ok(api) : wrong(safe.error)
  }
  return wrong(
    address.ok
      ? 'This address leads in circles. Look whether it opens in a browser, and give the one it ends at.'
      : address.error,
  )
}

/** Where a site says that it answers programs. Behind another server, which encrypts for it, some write their own address without. */
function apiAt(link: string, site: string): string {
  if (link === '' || !URL.canParse(link, `${site}/`)) return `${site}/wp-json/`
  const [api, front] = [new URL(link, `${site}/`), new URL(site)]
  if (front.protocol === 'https:' && api.host === front.host) api.protocol = front.protocol
  return api.href
}

/** Without hosting features they speak an interface of their own only. Source: notes on WordPress. */
const ON_COM =
  'Sites on wordpress.com take application passwords only in a plan with hosting features, so Outpost cannot post to this one. Change its plan there, or post by hand.'
const isOnCom = (address: string): boolean =>
  URL.canParse(address) && /(^|\.)wordpress\.com$/.test(new URL(address).hostname)

/** `given`: `host` (address of the site), `login`, `password` (an application password). */
const connect: Adapter['connect'] = async (given, tools) => {
  const login = (given.login ?? '').trim()
  const secrets = { password: given.password ?? '' }
  const known: Tools = { ...tools, secrets }
  const api = await discover(given.host ?? '', known)
  if (!api.ok) return troubled(api.error)
  const about = await ask(known, { address: api.value, read: as(index), refused })
  if (!about.ok) {
    const trouble = notThere(about.error, 'WordPress')
    return trouble.kind === 'refused' && isOnCom(api.value) ? refusal('host', ON_COM) : troubled(trouble)
  }
  const { name, home, namespaces, timezone_string = '', authentication } = about.value.value
  if (!namespaces.includes(WORDPRESS.routes) || !as(passwords)(authentication)?.['application-passwords'])
    return refusal(
      'host',
      isOnCom(home)
        ? ON_COM
        : 'This site takes no application passwords: its host or a security plugin switched them off.',
    )
  const account = { facts: { api: api.value, login } }
  // Elsewhere wrong passwords make a visitor of one, who may read.
  const who = await call(known, account, 'users/me', { query: { context: 'edit' }, read: as(user) })
  if (!who.ok) return troubled(who.error)
  const { id, slug, capabilities } = who.value.value
  // Told by `doubtsOf`: who may not publish may still send for review.
  const rights = capabilities && [PUBLISH, UPLOAD].filter((right) => capabilities[right] === true)
  return {
    kind: 'connected',
    account: {
      network: 'wordpress',
      remoteId: String(id),
      handle: slug,
      name: `${name || new URL(home).host} (${who.value.value.name})`,
      host: home.replace(/\/+$/, ''),
      facts: { api: api.value, login, zone: timezone_string, ...(rights ? { rights } : {}) },
      expiresAt: null,
    },
    secrets,
  }
}

export const wordpress: Adapter = {
  network: 'wordpress',
  api: { version: WORDPRESS.version, asOf: WORDPRESS.asOf },
  connect,
  prepare,
  commit,
  find,
  see,
  schedules: WORDPRESS.schedules,
  edit,
  remove,
  metrics,
  inbox,
}
