/**
 * A Ghost site in small, from its documentation and the answers of a real one: signatures with the time of day in them, `updated_at`
 * against collisions, fields that are dropped without a word, times it takes and does not.
 */
import { createHmac } from 'node:crypto'
import { type Answer, type Audience, createAudience } from './audience.ts'
import {
  type Call,
  type Clock,
  formOf,
  jsonOf,
  type Reply,
  type Route,
  type Sandbox,
  startSandbox,
  tokenOf,
} from './server.ts'
import { createShelf, type ShownMedium, type ShownPost, type WaitingPost } from './shown.ts'

interface Post {
  readonly id: string
  title: string
  slug: string
  status: string
  lexical: string
  excerpt: string | null
  updatedAt: number
  publishedAt: number | null
  /** Set only by the call that takes it out of its draft, and kept until it is one again. */
  newsletter: string | null
  segment: string
  more: Record<string, unknown>
}

interface Mail {
  readonly post: string
  readonly newsletter: string
  readonly segment: string
  readonly subject: string
  readonly status: string
}

export interface GhostSandbox extends Sandbox {
  readonly posts: Post[]
  readonly uploads: { readonly name: string; readonly type: string; readonly size: number }[]
  readonly keys: Map<string, string>
  /** Newsletters that went out. */
  readonly mailed: Mail[]
  readonly newsletters: { readonly slug: string; status: 'active' | 'archived' }[]
  /** What members do; counted by the names of `count` and `email`. Comments are answered by their ids. */
  readonly audience: Audience
  /** Comments that moderators hid. */
  readonly hidden: Set<string>
  /** Whether mails count who opens them and what is clicked. */
  readonly tracking: { opens: boolean; clicks: boolean }
  /** What becomes of mails from now on. */
  mailStatus: 'submitted' | 'failed'
  /** Whether keys may ask for more than posts and files. */
  mayListNewsletters: boolean
  version: string
  visible(): ShownPost[]
  queue(): WaitingPost[]
  rewrite(id: string, text: string): void
  takeAway(id: string): void
  /** The site asks itself for what is due. */
  publishDue(): void
}

const MINUTE = 60_000
export const GHOST_KEY = `64f1c0ffee64f1c0ffee64f1:${'c0ffee64'.repeat(8)}`
const error = (status: number, type: string, message: string, more: Record<string, unknown> = {}): Reply => ({
  status,
  body: { errors: [{ message, context: null, type, details: null, code: null, id: 'e1', ...more }] },
})
const invalid = (context: string) => error(422, 'ValidationError', 'Validation error, cannot save post.', { context })
const missing = error(404, 'NotFoundError', 'Resource not found error, cannot read post.')
/** A wrong path looks to it like a program that is too old. */
const outdated = error(406, 'RequestNotAcceptableError', 'Request not acceptable', { code: 'UPDATE_CLIENT' })
const LIMITS: Readonly<Record<string, number>> = {
  title: 255,
  slug: 191,
  custom_excerpt: 300,
  email_subject: 300,
  meta_title: 300,
  meta_description: 500,
  feature_image_alt: 191,
}
const KNOWN = [
  'feature_image',
  'feature_image_alt',
  'tags',
  'visibility',
  'canonical_url',
  'email_subject',
  'meta_title',
  'meta_description',
  'featured',
  'authors',
]

export async function startGhost(options: { readonly clock?: Clock } = {}): Promise<GhostSandbox> {
  const posts: Post[] = []
  const uploads: GhostSandbox['uploads'] = []
  const shelf = createShelf()
  const keys: GhostSandbox['keys'] = new Map([GHOST_KEY.split(':') as [string, string]])
  const mailed: Mail[] = []
  const newsletters: GhostSandbox['newsletters'] = [
    { slug: 'default-newsletter', status: 'active' },
    { slug: 'weekly', status: 'active' },
  ]
  const state: Pick<GhostSandbox, 'version' | 'mailStatus' | 'mayListNewsletters'> = {
    version: '6.65',
    mailStatus: 'submitted',
    mayListNewsletters: true,
  }
  const audience = createAudience(() => server.now())
  const hidden: GhostSandbox['hidden'] = new Set()
  const tracking = { opens: true, clicks: true }
  let ids = 0

  function unauthorized(call: Call, now: number): Reply | null {
    if (call.path.endsWith('/site/')) return null
    const [head = '', payload = '', signature] = tokenOf(call, 'Ghost').split('.')
    const read = (text: string) =>
      JSON.parse(Buffer.from(text || 'e30', 'base64url').toString('utf8')) as Record<string, unknown>
    const secret = keys.get(String(read(head).kid))
    const wrong = (message: string, code: string) => error(401, 'UnauthorizedError', message, { code })
    if (!secret) return wrong('Unknown Admin API Key', 'UNKNOWN_ADMIN_API_KEY')
    const expected = createHmac('sha256', Buffer.from(secret, 'hex')).update(`${head}.${payload}`).digest('base64url')
    if (signature !== expected) return wrong('Invalid token: invalid signature', 'INVALID_JWT')
    const { iat, aud } = read(payload)
    if (!String(aud).includes('/admin/')) return wrong('Invalid token: jwt audience invalid', 'INVALID_JWT')
    const age = now / 1000 - Number(iat)
    if (age > 300) return wrong('Invalid token: jwt expired', 'INVALID_JWT')
    return null
  }

  const mailOf = (id: string) => mailed.find(({ post }) => post === id)
  /** A post that has just become public is mailed if it has a newsletter, once in its life. */
  function mail({ id, title, newsletter, segment, more }: Post): void {
    if (newsletter === null || mailOf(id)) return
    const subject = String(more.email_subject ?? title)
    mailed.push({ post: id, newsletter, segment, subject, status: state.mailStatus })
  }
  /** What becomes of the newsletter of a post with this change of its status; a refusal where there is none of that name. */
  function newsletterAfter(post: Post, status: string, { query }: Call): Pick<Post, 'newsletter' | 'segment'> | Reply {
    const { newsletter, segment } = post
    if (status === post.status) return { newsletter, segment }
    if (status === 'draft') return mailOf(post.id) ? { newsletter, segment } : { newsletter: null, segment: 'all' }
    const wished = query.get('newsletter')
    if (!wished || newsletter !== null) return { newsletter, segment }
    const found = newsletters.find(({ slug }) => slug === wished)
    const wrong = (context: string) => error(400, 'BadRequestError', 'Request error, cannot edit post.', { context })
    // Whether it may be mailed is asked before anything is stored, but only of what is published at once.
    if (status === 'published' && !found)
      return error(500, 'EmailError', 'Error sending email!', {
        context: 'The post does not have a newsletter relation',
      })
    if (status === 'published' && found?.status === 'archived')
      return wrong('Cannot send email to archived newsletters')
    if (found?.status !== 'active') return wrong("The newsletter parameter doesn't match any active newsletter.")
    return { newsletter: wished, segment: query.get('email_segment') || 'all' }
  }

  const routes = (sandbox: Sandbox): Record<string, Route> => {
    const shown = (post: Post) => ({
      id: post.id,
      uuid: `uuid-${post.id}`,
      title: post.title,
      slug: post.slug,
      status: post.status,
      lexical: post.lexical,
      custom_excerpt: post.excerpt,
      updated_at: new Date(post.updatedAt).toISOString(),
      published_at: post.publishedAt === null ? null : new Date(post.publishedAt).toISOString(),
      url: post.status === 'published' ? `${sandbox.url}/${post.slug}/` : `${sandbox.url}/p/uuid-${post.id}/`,
      ...post.more,
    })
    const mailShown = (id: string) => {
      const mail = mailOf(id)
      const { email_count = 0, opened_count = 0 } = audience.countsOf(id)
      const counts = { email_count, delivered_count: email_count, opened_count, failed_count: 0 }
      return mail ? { ...mail, ...counts, track_opens: tracking.opens, track_clicks: tracking.clicks } : null
    }
    const withMail = ({ id, newsletter }: Post, { query }: Call) => {
      const wished = query.get('include')?.split(',') ?? []
      const counted = wished.flatMap((name) => (name.startsWith('count.') ? [name.slice('count.'.length)] : []))
      const count = Object.fromEntries(counted.map((name) => [name, audience.countsOf(id)[name] ?? 0]))
      return {
        ...(counted.length > 0 ? { count } : {}),
        ...(wished.includes('email') ? { email: mailShown(id) } : {}),
        ...(wished.includes('newsletter') ? { newsletter: newsletter && { slug: newsletter } } : {}),
      }
    }
    const answer = (status: number, post: Post, call: Call): Reply => ({
      status,
      body: { posts: [{ ...shown(post), ...withMail(post, call) }] },
    })
    const given = (call: Call) => ((jsonOf(call).posts as Record<string, unknown>[] | undefined) ?? [])[0] ?? {}

    function uniqueSlug(wish: string, own: Post | null): string {
      let slug = wish
      for (let number = 2; posts.some((post) => post !== own && post.slug === slug); number++)
        slug = `${wish}-${number}`
      return slug
    }

    /** What a call would make of a post; a refusal, or the fields. */
    function wished(post: Post, call: Call): { refused: Reply } | { next: Omit<Post, 'updatedAt'> } {
      const fields = given(call)
      for (const [name, most] of Object.entries(LIMITS))
        if (String(fields[name] ?? '').length > most)
          return {
            refused: invalid(`Value in [posts.${name}] exceeds maximum length of ${most} characters. posts.${name}`),
          }
      const status = String(fields.status ?? post.status)
      if (status === 'scheduled' && post.status === 'published')
        return { refused: invalid('Your post is already published, please reload your page.') }
      const publishedAt = typeof fields.published_at === 'string' ? Date.parse(fields.published_at) : post.publishedAt
      if (status === 'scheduled' && (publishedAt === null || publishedAt < sandbox.now() - 2 * MINUTE))
        return { refused: invalid('Date must be at least -2 minutes in the future.') }
      // Asked of a new post it says nothing.
      const mailing = post.id === '' ? post : newsletterAfter(post, status, call)
      if (!('newsletter' in mailing)) return { refused: mailing }
      // HTML counts only when the call says that it is HTML.
      const html = call.query.get('source') === 'html' ? fields.html : undefined
      return {
        next: {
          id: post.id,
          title: String(fields.title ?? post.title),
          slug: fields.slug === undefined ? post.slug : uniqueSlug(String(fields.slug), post),
          status,
          lexical: html !== undefined ? JSON.stringify({ html }) : String(fields.lexical ?? post.lexical),
          excerpt: fields.custom_excerpt === undefined ? post.excerpt : (fields.custom_excerpt as string | null),
          newsletter: mailing.newsletter,
          segment: mailing.segment,
          publishedAt: status === 'published' ? (publishedAt ?? sandbox.now()) : publishedAt,
          more: {
            ...post.more,
            ...Object.fromEntries(KNOWN.filter((name) => name in fields).map((name) => [name, fields[name]])),
          },
        },
      }
    }

    const upload =
      (kind: string, types: RegExp): Route =>
      async (call) => {
        const file = (await formOf(call)).get('file')
        if (!(file instanceof File)) return error(422, 'ValidationError', 'Please select an image.')
        if (!types.test(file.type)) return error(415, 'UnsupportedMediaTypeError', 'Please select a valid image.')
        const same = uploads.filter(({ name }) => name.replace(/-\d+(?=\.)/, '') === file.name).length
        const name = same === 0 ? file.name : file.name.replace(/(?=\.[^.]+$)/, `-${same}`)
        uploads.push({ name, type: file.type, size: file.size })
        shelf.put(name, file.type, new Uint8Array(await file.arrayBuffer()))
        return { status: 201, body: { [kind]: [{ url: `${sandbox.url}/content/${kind}/2026/10/${name}`, ref: null }] } }
      }
    const find = (call: Call) => posts.find(({ id }) => id === call.params.id)

    return {
      'GET /ghost/api/admin/site/': () => ({
        status: 200,
        body: { site: { title: 'The ghost', url: `${sandbox.url}/`, version: state.version, timezone: 'Etc/UTC' } },
      }),
      'GET /ghost/api/admin/posts/': (call) => {
        const limit = Math.min(Number(call.query.get('limit') ?? 15) || 100, 100)
        const page = [...posts].reverse().slice(0, limit).map(shown)
        return {
          status: 200,
          body: { posts: page, meta: { pagination: { page: 1, limit, pages: 1, total: posts.length } } },
        }
      },
      // Of a post that is not there: none, and no word of it.
      'GET /ghost/api/admin/comments/': (call) => {
        const [major = 0, minor = 0] = state.version.split('.').map(Number)
        if (major < 6 || (major === 6 && minor < 16)) return outdated
        const [, post, status] =
          /^post_id:'([0-9a-f]{24})'(?:\+status:(\w+))?$/.exec(call.query.get('filter') ?? '') ?? []
        if (post === undefined) return error(400, 'BadRequestError', 'Error parsing filter')
        const under = (id: string): Answer[] => audience.answersTo(id).flatMap((one) => [one, ...under(one.id)])
        const all = under(post)
          .map(({ id, author, text, at }) => ({
            id,
            html: `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>')}</p>`,
            status: hidden.has(id) ? 'hidden' : 'published',
            created_at: new Date(Math.floor(at / 1000) * 1000).toISOString(),
            member: { id: `member-of-${id}`, name: author || null, email: `${author}@example.test` },
          }))
          .filter((one) => status === undefined || one.status === status)
          .sort((one, other) => Date.parse(other.created_at) - Date.parse(one.created_at))
        const limit = Math.min(Number(call.query.get('limit') ?? 15) || 100, 100)
        const page = Number(call.query.get('page') ?? 1)
        const pages = Math.max(1, Math.ceil(all.length / limit))
        return {
          status: 200,
          body: {
            comments: all.slice((page - 1) * limit, page * limit),
            meta: { pagination: { page, limit, pages, total: all.length } },
          },
        }
      },
      'GET /ghost/api/admin/newsletters/': (call) => {
        if (!state.mayListNewsletters)
          return error(403, 'NoPermissionError', 'API tokens do not have permission to access this endpoint')
        const wished = call.query.get('filter')
        const found = newsletters.filter(({ status }) => wished === null || wished === `status:${status}`)
        return { status: 200, body: { newsletters: found } }
      },
      'POST /ghost/api/admin/posts/': (call) => {
        if (!given(call).title) return invalid('Value in [posts.title] cannot be blank.')
        const blank: Post = {
          id: '',
          title: '',
          slug: '',
          status: 'draft',
          lexical: '{}',
          excerpt: null,
          updatedAt: sandbox.now(),
          publishedAt: null,
          newsletter: null,
          segment: 'all',
          more: {},
        }
        const result = wished(blank, call)
        if ('refused' in result) return result.refused
        const id = (++ids).toString(16).padStart(24, '0')
        const made = { ...result.next, id, updatedAt: sandbox.now() }
        if (made.slug === '') made.slug = uniqueSlug(made.title.toLowerCase().replace(/[^a-z0-9]+/g, '-'), null)
        posts.push(made)
        return answer(201, made, call)
      },
      'GET /ghost/api/admin/posts/:id/': (call) => {
        const post = find(call)
        return post ? answer(200, post, call) : missing
      },
      'GET /ghost/api/admin/posts/slug/:slug/': (call) => {
        const post = posts.find(({ slug }) => slug === call.params.slug)
        return post ? answer(200, post, call) : missing
      },
      'PUT /ghost/api/admin/posts/:id/': (call) => {
        const post = find(call)
        if (!post) return missing
        const fields = given(call)
        if (fields.updated_at === undefined) return invalid('Validation (updated_at) failed for posts')
        const result = wished(post, call)
        if ('refused' in result) return result.refused
        const { updatedAt, ...before } = post
        if (JSON.stringify(before) === JSON.stringify({ ...before, ...result.next })) return answer(200, post, call)
        if (Date.parse(String(fields.updated_at)) !== updatedAt)
          return error(409, 'UpdateCollisionError', 'Saving failed! Someone else is editing this post.', {
            code: 'UPDATE_COLLISION',
          })
        const isOut = before.status !== 'published' && result.next.status === 'published'
        Object.assign(post, result.next, { updatedAt: Math.max(sandbox.now(), updatedAt + 1000) })
        if (isOut) mail(post)
        return answer(200, post, call)
      },
      'DELETE /ghost/api/admin/posts/:id/': (call) => {
        const post = find(call)
        if (!post) return missing
        posts.splice(posts.indexOf(post), 1)
        return { status: 204 }
      },
      'POST /ghost/api/admin/images/upload/': upload('images', /^image\/(png|jpeg|gif|webp|svg\+xml|x-icon)$/),
      'POST /ghost/api/admin/media/upload/': upload('media', /^(video\/(mp4|webm|ogg)|audio\/(mpeg|mp4|ogg|wav))$/),
      'POST /ghost/api/admin/files/upload/': upload('files', /./),
    }
  }

  const server: Sandbox = await startSandbox(routes, {
    ...options,
    before: (call) => unauthorized(call, server.now()) ?? undefined,
    headers: () => ({ 'content-version': `v${state.version}` }),
    missing: outdated,
  })
  /** An article with the picture above it and those in its text. */
  function shownPost({ id, title, lexical, more }: Post): ShownPost {
    const cover = typeof more.feature_image === 'string' ? [[more.feature_image, more.feature_image_alt] as const] : []
    const inText = Array.from(
      lexical.matchAll(/<img[^>]*\bsrc=\\?"([^"\\]+)\\?"(?:[^>]*?\balt=\\?"([^"\\]*))?/g),
      ([, address = '', alt = '']) => [address, alt] as const,
    )
    const media = [...cover, ...inText].map(
      ([address, alt]): ShownMedium => shelf.show(address.slice(address.lastIndexOf('/') + 1), String(alt ?? '')),
    )
    return { id, text: title, media }
  }
  return {
    ...server,
    posts,
    uploads,
    keys,
    mailed,
    newsletters,
    audience,
    hidden,
    tracking,
    get mailStatus() {
      return state.mailStatus
    },
    set mailStatus(status) {
      state.mailStatus = status
    },
    get mayListNewsletters() {
      return state.mayListNewsletters
    },
    set mayListNewsletters(may) {
      state.mayListNewsletters = may
    },
    get version() {
      return state.version
    },
    set version(version) {
      state.version = version
    },
    visible: () => posts.filter(({ status }) => status === 'published').map(shownPost),
    queue: () =>
      posts.flatMap(({ id, title, status, publishedAt }) =>
        status === 'scheduled' ? [{ id, text: title, at: publishedAt ?? 0 }] : [],
      ),
    rewrite: (id: string, text: string) => {
      const found = posts.find((post) => post.id === id)
      if (found) Object.assign(found, { title: text, updatedAt: found.updatedAt + 1000 })
    },
    takeAway: (gone: string) => {
      const at = posts.findIndex(({ id }) => id === gone)
      if (at >= 0) posts.splice(at, 1)
    },
    publishDue: () => {
      const archived = new Set(newsletters.flatMap(({ slug, status }) => (status === 'archived' ? [slug] : [])))
      const isDue = ({ status, publishedAt, newsletter }: Post) =>
        status === 'scheduled' && (publishedAt ?? 0) <= server.now() && !archived.has(newsletter ?? '')
      for (const post of posts.filter(isDue)) {
        post.status = 'published'
        mail(post)
      }
    },
  }
}
