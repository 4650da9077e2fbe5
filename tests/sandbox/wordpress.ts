/**
 * A WordPress site in small, from core's source and the answers of a real one: application passwords, drafts, times in two zones,
 * posts that wait for a visitor, uploads that are stored twice. What hosts do to it can be set.
 */
import { type Audience, createAudience } from './audience.ts'
import { type Call, type Clock, jsonOf, type Reply, type Route, type Sandbox, startSandbox } from './server.ts'
import { createShelf, type ShownPost, type WaitingPost } from './shown.ts'

interface Post {
  readonly id: number
  status: string
  slug: string
  dateGmt: number
  modified: number
  title: string
  content: string
  excerpt: string
  featured: number
  terms: Record<'categories' | 'tags', number[]>
  comments: string
}
interface Medium {
  readonly id: number
  readonly name: string
  readonly type: string
  readonly size: number
  readonly at: number
  alt: string
}
interface Term {
  readonly id: number
  readonly name: string
}

export interface WordPressSandbox extends Sandbox {
  readonly posts: Post[]
  readonly media: Medium[]
  readonly terms: Record<'categories' | 'tags', Term[]>
  /** Login -> application passwords and role. */
  readonly users: Map<string, { readonly passwords: Set<string>; readonly role: 'author' | 'contributor' }>
  readonly site: {
    /** Whether the host lets the header with the password through. */
    headerArrives: boolean
    /** Whether application passwords are offered at all. */
    passwords: boolean
    /** Addresses in the manner of `/?rest_route=/`. */
    plain: boolean
    /** Uploads end with a fault after they were stored. */
    smallerPicturesFail: number
    /** Whether a plugin left the comments as they are. */
    comments: boolean
  }
  /** Who comments; a name of `users` is that user. Counted by the header of a list. */
  readonly audience: Audience
  visible(): ShownPost[]
  queue(): WaitingPost[]
  rewrite(id: string, text: string): void
  takeAway(id: string): void
  /** What a visit does: posts that are due come out. */
  visit(): void
}

const HOUR = 60 * 60_000
/** The zone of the site: two hours before UTC. */
const ZONE = 2 * HOUR
export const WORDPRESS_PASSWORD = 'wpcn ary1 2345 abcd efgh ijkl'
const plainPassword = (text: string) => text.replace(/\s/g, '')
const fault = (status: number, code: string, message: string, data: Record<string, unknown> = {}): Reply => ({
  status,
  body: { code, message, data: { status, ...data } },
})
const time = (at: number) => new Date(at).toISOString().slice(0, 19)
/** As names and words of strangers are kept. */
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const userId = (login: string) => (login === 'editor' ? 3 : 4)
const slugOf = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')

export async function startWordPress(options: { readonly clock?: Clock } = {}): Promise<WordPressSandbox> {
  const posts: Post[] = []
  const media: Medium[] = []
  const shelf = createShelf()
  const terms: WordPressSandbox['terms'] = { categories: [{ id: 1, name: 'Uncategorized' }], tags: [] }
  const users: WordPressSandbox['users'] = new Map([
    ['editor', { passwords: new Set([plainPassword(WORDPRESS_PASSWORD)]), role: 'author' }],
    ['helper', { passwords: new Set([plainPassword(WORDPRESS_PASSWORD)]), role: 'contributor' }],
  ])
  const site = { headerArrives: true, passwords: true, plain: false, smallerPicturesFail: 0, comments: true }
  const audience = createAudience(() => server.now())
  let ids = 10

  function whoIs(call: Call): string | null {
    const header = site.headerArrives ? (call.headers.authorization ?? '') : ''
    const [login = '', ...rest] = Buffer.from(header.replace(/^Basic /, ''), 'base64')
      .toString('utf8')
      .split(':')
    return users.get(login)?.passwords.has(plainPassword(rest.join(':'))) ? login : null
  }

  const routes = (sandbox: Sandbox): Record<string, Route> => {
    const root = () => (site.plain ? `${sandbox.url}/index.php?rest_route=/` : `${sandbox.url}/wp-json/`)
    const index = (): Reply => ({
      status: 200,
      body: {
        name: 'The site',
        home: sandbox.url,
        timezone_string: 'Europe/Berlin',
        gmt_offset: 2,
        namespaces: ['oembed/1.0', 'wp/v2'],
        authentication: site.passwords
          ? {
              'application-passwords': {
                endpoints: { authorization: `${sandbox.url}/wp-admin/authorize-application.php` },
              },
            }
          : [],
      },
    })
    const shown = (post: Post) => ({
      id: post.id,
      date: time(post.dateGmt + ZONE),
      date_gmt: time(post.dateGmt),
      modified_gmt: time(post.modified),
      slug: post.slug,
      status: post.status,
      link: post.status === 'publish' ? `${sandbox.url}/${post.slug}/` : `${sandbox.url}/?p=${post.id}`,
      title: { raw: post.title, rendered: post.title },
      content: { raw: post.content, rendered: post.content },
      excerpt: { raw: post.excerpt, rendered: post.excerpt },
      featured_media: post.featured,
      categories: post.terms.categories,
      tags: post.terms.tags,
      comment_status: post.comments,
    })
    const shownMedium = (one: Medium) => ({
      id: one.id,
      source_url: `${sandbox.url}/wp-content/uploads/2026/10/${one.name}`,
      alt_text: one.alt,
      mime_type: one.type,
    })
    const mayWrite = (call: Call, what: string): Reply | null =>
      whoIs(call) === null ? fault(401, `rest_cannot_${what}`, 'Sorry, you are not allowed to do that.') : null

    function uniqueSlug(wish: string, own: Post | null): string {
      const taken = (slug: string) => posts.some((post) => post !== own && post.slug === slug)
      let slug = wish
      for (let number = 2; taken(slug); number++) slug = `${wish}-${number}`
      return slug
    }

    /** Puts fields into a post as core does, with all that is odd about its times. */
    function fill(post: Post, fields: Record<string, unknown>, call: Call): Reply | null {
      const words = (name: string, before: string) =>
        fields[name] === undefined ? before : String((fields[name] as { raw?: string })?.raw ?? fields[name])
      const wish = fields.status === undefined ? post.status : String(fields.status)
      if (!['publish', 'future', 'draft', 'pending', 'private'].includes(wish))
        return fault(400, 'rest_invalid_param', 'Invalid parameter(s): status', {
          params: { status: 'status is not one of …' },
        })
      const role = users.get(whoIs(call) ?? '')?.role
      if (role === 'contributor' && !['draft', 'pending'].includes(wish))
        return fault(403, 'rest_cannot_publish', 'Sorry, you are not allowed to publish posts in this post type.')
      const given =
        fields.date !== undefined
          ? Date.parse(`${String(fields.date)}Z`) - ZONE
          : fields.date_gmt !== undefined
            ? Date.parse(`${String(fields.date_gmt)}Z`)
            : null
      if (given !== null && Number.isNaN(given)) return fault(400, 'rest_invalid_param', 'Invalid parameter(s): date')
      const floating = ['draft', 'pending'].includes(post.status)
      const date = given ?? (floating && ['publish', 'private'].includes(wish) ? sandbox.now() : post.dateGmt)
      Object.assign(post, {
        title: words('title', post.title),
        content: words('content', post.content),
        excerpt: words('excerpt', post.excerpt),
        featured: Number(fields.featured_media ?? post.featured),
        comments: String(fields.comment_status ?? post.comments),
        dateGmt: date,
        modified: sandbox.now(),
      })
      for (const kind of ['categories', 'tags'] as const)
        if (Array.isArray(fields[kind])) post.terms[kind] = (fields[kind] as unknown[]).map(Number)
      const ahead = date - sandbox.now() >= 60_000
      post.status = wish === 'publish' && ahead ? 'future' : wish === 'future' && !ahead ? 'publish' : wish
      if (fields.slug !== undefined || (post.slug === '' && post.status !== 'draft'))
        post.slug = uniqueSlug(slugOf(String(fields.slug ?? post.title)), post)
      return null
    }

    const routes: Record<string, Route> = {
      'GET /users/me': (call) => {
        const login = whoIs(call)
        if (login === null) return fault(401, 'rest_not_logged_in', 'You are not currently logged in.')
        const author = users.get(login)?.role === 'author'
        const capabilities = author
          ? { edit_posts: true, publish_posts: true, upload_files: true }
          : { edit_posts: true }
        return {
          status: 200,
          body: { id: userId(login), name: `The ${login}`, slug: login, roles: [], capabilities },
        }
      },
      'GET /comments': (call) => {
        if (!site.comments) return noRoute
        if (call.query.get('context') === 'edit')
          return fault(
            whoIs(call) ? 403 : 401,
            'rest_forbidden_context',
            'Sorry, you are not allowed to edit comments.',
          )
        const perPage = Number(call.query.get('per_page') ?? 10)
        if (!(perPage >= 1 && perPage <= 100)) return fault(400, 'rest_invalid_param', 'Invalid parameter(s): per_page')
        // Of a post that is not there: none, and no word of it.
        const post = call.query.get('post') ?? ''
        const all = audience.answersTo(post).map(({ id, author, text, at }) => ({
          id: Number(id),
          post: Number(post),
          parent: 0,
          author: users.has(author) ? userId(author) : 0,
          author_name: escaped(author),
          date: time(at + ZONE),
          date_gmt: time(at),
          content: { rendered: `<p>${escaped(text).replace(/\n/g, '<br />\n')}</p>\n` },
          link: `${sandbox.url}/?p=${post}#comment-${id}`,
          status: 'approved',
          type: 'comment',
        }))
        if (call.query.get('order') === 'asc') all.reverse()
        const from = (Number(call.query.get('page') ?? 1) - 1) * perPage
        return {
          status: 200,
          headers: {
            'x-wp-total': String(audience.countsOf(post)['x-wp-total'] ?? all.length),
            'x-wp-totalpages': String(Math.ceil(all.length / perPage)),
          },
          body: all.slice(from, from + perPage),
        }
      },
      'GET /media': (call) => {
        const search = call.query.get('search') ?? ''
        return { status: 200, body: media.filter(({ name }) => name.includes(search)).map(shownMedium) }
      },
      'POST /media': (call) => {
        const stopped = mayWrite(call, 'create')
        if (stopped) return stopped
        if (users.get(whoIs(call) ?? '')?.role === 'contributor')
          return fault(403, 'rest_cannot_create', 'Sorry, you are not allowed to upload media on this site.')
        const name = /filename="([^"]+)"/.exec(call.headers['content-disposition'] ?? '')?.[1] ?? 'file'
        const type = call.headers['content-type'] ?? ''
        if (!/^(image\/(png|jpeg|gif|webp)|video\/|audio\/(mpeg|mp4|aac|ogg|wav|flac)|application\/pdf)/.test(type))
          return fault(500, 'rest_upload_sideload_error', 'Sorry, you are not allowed to upload this file type.')
        const same = media.filter((one) => one.name.replace(/-\d+(?=\.)/, '') === name).length
        const stored: Medium = {
          id: ++ids,
          name: same === 0 ? name : name.replace(/(?=\.[^.]+$)/, `-${same}`),
          type,
          size: call.body.length,
          at: sandbox.now(),
          alt: '',
        }
        media.push(stored)
        shelf.put(String(stored.id), type, call.body)
        if (site.smallerPicturesFail > 0)
          return {
            status: 500,
            headers: { 'x-wp-upload-attachment-id': String(stored.id), 'content-type': 'text/html' },
            body: '<html>out of memory',
          }
        return { status: 201, body: shownMedium(stored) }
      },
      'POST /media/:id/post-process': (call) => {
        const one = media.find(({ id }) => String(id) === call.params.id)
        if (!one) return fault(404, 'rest_post_invalid_id', 'Invalid post ID.')
        site.smallerPicturesFail -= 1
        return site.smallerPicturesFail > 0 ? { status: 500 } : { status: 200, body: shownMedium(one) }
      },
      'POST /media/:id': (call) => {
        const stopped = mayWrite(call, 'edit')
        if (stopped) return stopped
        const one = media.find(({ id }) => String(id) === call.params.id)
        if (!one) return fault(404, 'rest_post_invalid_id', 'Invalid post ID.')
        one.alt = String(jsonOf(call).alt_text ?? one.alt)
        return { status: 200, body: shownMedium(one) }
      },
      'GET /posts': (call) => {
        const status = call.query.get('status') ?? 'publish'
        if (status !== 'publish' && whoIs(call) === null)
          return fault(400, 'rest_invalid_param', 'Invalid parameter(s): status')
        const slug = call.query.get('slug')
        const found = posts
          .filter((post) => (status === 'any' ? post.status !== 'trash' : post.status === status))
          .filter((post) => slug === null || post.slug === slug)
        return { status: 200, headers: { 'x-wp-total': String(found.length) }, body: found.reverse().map(shown) }
      },
      'POST /posts': (call) => {
        const stopped = mayWrite(call, 'create')
        if (stopped) return stopped
        const fields = jsonOf(call)
        if (!fields.title && !fields.content && !fields.excerpt)
          return fault(400, 'empty_content', 'Content, title, and excerpt are empty.')
        const post: Post = {
          id: ++ids,
          status: 'draft',
          slug: '',
          dateGmt: sandbox.now(),
          modified: sandbox.now(),
          title: '',
          content: '',
          excerpt: '',
          featured: 0,
          terms: { categories: [1], tags: [] },
          comments: 'open',
        }
        const refused = fill(post, fields, call)
        if (refused) return refused
        posts.push(post)
        return { status: 201, body: shown(post) }
      },
      'GET /posts/:id': (call) => {
        const post = posts.find(({ id }) => String(id) === call.params.id)
        if (!post) return fault(404, 'rest_post_invalid_id', 'Invalid post ID.')
        if (call.query.get('context') === 'edit' && whoIs(call) === null)
          return fault(401, 'rest_forbidden_context', 'Sorry, you are not allowed to edit this post.')
        return { status: 200, body: shown(post) }
      },
      'POST /posts/:id': (call) => {
        const stopped = mayWrite(call, 'edit')
        if (stopped) return stopped
        const post = posts.find(({ id }) => String(id) === call.params.id)
        if (!post) return fault(404, 'rest_post_invalid_id', 'Invalid post ID.')
        return fill(post, jsonOf(call), call) ?? { status: 200, body: shown(post) }
      },
      'DELETE /posts/:id': (call) => {
        const stopped = mayWrite(call, 'delete')
        if (stopped) return stopped
        const post = posts.find(({ id }) => String(id) === call.params.id)
        if (!post) return fault(404, 'rest_post_invalid_id', 'Invalid post ID.')
        if (call.query.get('force') === 'true') {
          posts.splice(posts.indexOf(post), 1)
          return { status: 200, body: { deleted: true, previous: shown(post) } }
        }
        if (post.status === 'trash') return fault(410, 'rest_already_trashed', 'The post has already been deleted.')
        Object.assign(post, { status: 'trash', slug: `${post.slug}__trashed` })
        return { status: 200, body: shown(post) }
      },
    }
    for (const kind of ['categories', 'tags'] as const) {
      routes[`GET /${kind}`] = (call) => {
        const search = (call.query.get('search') ?? '').toLowerCase()
        return { status: 200, body: terms[kind].filter(({ name }) => name.toLowerCase().includes(search)) }
      }
      routes[`POST /${kind}`] = (call) => {
        const name = String(jsonOf(call).name)
        const there = terms[kind].find((one) => slugOf(one.name) === slugOf(name))
        if (there)
          return fault(400, 'term_exists', 'A term with the name provided already exists.', { term_id: there.id })
        terms[kind].push({ id: ++ids, name })
        return { status: 201, body: terms[kind].at(-1) }
      }
    }
    const rest = Object.fromEntries(
      Object.entries(routes).map(([name, route]) => [name.replace(' /', ' /wp-json/wp/v2/'), route]),
    )
    return {
      ...rest,
      'GET /': () => ({
        status: 200,
        headers: { 'content-type': 'text/html', link: `<${root()}>; rel="https://api.w.org/"` },
        body: '<!doctype html><html><title>The site</title></html>',
      }),
      'GET /wp-json/': index,
      'GET /wp-cron.php': () => {
        visit()
        return { status: 200, headers: { 'content-type': 'text/html' }, body: '' }
      },
      // The same routes under a query, for sites with plain addresses.
      'GET /index.php': (call) => plainRoute(call),
      'POST /index.php': (call) => plainRoute(call),
      'DELETE /index.php': (call) => plainRoute(call),
    }

    function plainRoute(call: Call): Reply | Promise<Reply> {
      const path = (call.query.get('rest_route') ?? '').replace(/^\/wp\/v2/, '')
      if (path === '/') return index()
      for (const [name, route] of Object.entries(routes)) {
        const [method, pattern = ''] = name.split(' ')
        const found = new RegExp(`^${pattern.replace(':id', '([^/]+)')}$`).exec(path)
        if (method === call.method && found) return route({ ...call, params: { id: found[1] ?? '' } })
      }
      return noRoute
    }
  }
  const noRoute = fault(404, 'rest_no_route', 'No route was found matching the URL and request method.')
  const server: Sandbox = await startSandbox(routes, { ...options, missing: noRoute })
  function visit(): void {
    for (const post of posts) if (post.status === 'future' && post.dateGmt <= server.now()) post.status = 'publish'
  }
  /** An article with the picture above it and those in its text. */
  function visible(): ShownPost[] {
    const out = posts.filter(({ status }) => status === 'publish')
    return out.map(({ id, title, content, featured }) => ({
      id: String(id),
      text: title,
      media: media
        .filter((one) => one.id === featured || content.includes(`/${one.name}"`))
        .map((one) => shelf.show(String(one.id), one.alt)),
    }))
  }
  const queue = () =>
    posts.flatMap(({ id, title, status, dateGmt }) =>
      status === 'future' ? [{ id: String(id), text: title, at: dateGmt }] : [],
    )
  const rewrite = (id: string, text: string) => {
    const found = posts.find((post) => String(post.id) === id)
    if (found) found.title = text
  }
  const takeAway = (gone: string) => {
    const at = posts.findIndex(({ id }) => String(id) === gone)
    if (at >= 0) posts.splice(at, 1)
  }
  return { ...server, posts, media, terms, users, site, audience, visit, visible, queue, rewrite, takeAway }
}
