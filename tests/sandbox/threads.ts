/** Threads as its notes tell it: containers over public addresses, replies, emoji that count as bytes, five links. */
import { count } from '../../shared/platforms/count.ts'
import { linksIn } from '../../shared/platforms/entities.ts'
import { type Audience, createAudience } from './audience.ts'
import {
  accessOf,
  accountUsage,
  fieldsOf,
  given,
  graphError,
  insights,
  invalid,
  lacking,
  notThere,
  pageOf,
  removed,
} from './graph.ts'
import { type Limit, type Limits, limit, rolling, spend } from './limits.ts'
import { fetched } from './mediaHost.ts'
import { rightsOf } from './rights.ts'
import { type Clock, isSpoilt, type Route, type Sandbox, type Spoiling, startSandbox } from './server.ts'
import { createShelf, type ShownMedium, type ShownPost, shownMedium } from './shown.ts'

const DAY = 86_400_000
export const USER = '26000000000001'

interface Container {
  readonly id: string
  readonly kind: string
  readonly item: boolean
  readonly text: string
  readonly children: readonly string[]
  readonly replyTo: string
  /** Where it is fetched from, once more when it is worked on; '' for none. */
  readonly source: string
  readonly at: number
  readonly more: Readonly<Record<string, string>>
  polls: number
  state: 'IN_PROGRESS' | 'FINISHED' | 'PUBLISHED' | 'ERROR' | 'EXPIRED'
  error: string
}
interface Post {
  readonly id: string
  text: string
  readonly at: number
  readonly container: Container
}

export interface ThreadsSandbox extends Sandbox {
  readonly hosted: Map<string, string>
  readonly containers: Map<string, Container>
  readonly posts: Map<string, Post>
  /** What others do with its posts; counted by the names of the network. */
  readonly audience: Audience
  /** What its access was given. */
  readonly rights: Set<string>
  access: 'fine' | 'expired' | 'removed'
  tokenMadeAt: number
  readonly spoiling: Spoiling
  /** Of a day. */
  readonly limits: Limits<'calls' | 'posts' | 'replies' | 'deletions'>
  visible(): ShownPost[]
  takeAway(id: string): void
}

const iso = (at: number) => new Date(at).toISOString().replace('.000Z', '+0000')
/** As a post's kind is read; it is asked for by a shorter name. */
const SHOWN_AS: Readonly<Record<string, string>> = { TEXT: 'TEXT_POST', CAROUSEL: 'CAROUSEL_ALBUM' }
const METRICS = ['views', 'likes', 'replies', 'reposts', 'quotes', 'shares']
const MORE = ['topic_tag', 'reply_control', 'link_attachment', 'poll_attachment', 'alt_text']

/** How much of a day's number is used, as it is asked for. */
const quota = (prefix: string, { most, left }: Limit) => ({
  [`${prefix}quota_usage`]: most - left(),
  [`${prefix}config`]: { quota_total: most, quota_duration: 86_400 },
})

export async function startThreads({
  clock,
  polls = 1,
}: {
  clock?: Clock
  polls?: number
} = {}): Promise<ThreadsSandbox> {
  const hosted = new Map<string, string>()
  const shelf = createShelf()
  const containers = new Map<string, Container>()
  // One that was pasted may have more than is asked for at a sign-in.
  const rights = rightsOf('threads').add('threads_manage_insights')
  const audience = createAudience(() => sandbox.now())
  const posts = new Map<string, Post>()
  const tokens = new Set(['th-token-0001'])
  let last = 18_000
  const next = () => String(++last)
  let sandbox: ThreadsSandbox

  const aDay = (most: number) => limit(() => sandbox.now(), most, rolling(DAY))
  const limits = { calls: aDay(48_000), posts: aDay(250), replies: aDay(1_000), deletions: aDay(100) }
  const tooMany = (what: string) => graphError({ code: 613, message: `${what} have exceeded the rate limit.` })

  /** Fetched once more when it is worked on. */
  async function download(container: Container): Promise<void> {
    const file = container.source === '' ? undefined : await fetched(container.source)
    if (file) shelf.put(container.id, file.type, file.bytes)
    const isLost = container.source !== '' && !file
    container.state = isLost ? 'ERROR' : 'FINISHED'
    if (isLost) container.error = `FAILED_DOWNLOADING_${container.kind}`
    if ((container.kind === 'IMAGE' || container.kind === 'VIDEO') && isSpoilt(sandbox.spoiling)) {
      container.state = 'ERROR'
      container.error = container.kind === 'VIDEO' ? 'FAILED_PROCESSING_VIDEO' : 'UNKNOWN'
    }
  }

  function shown({ id, kind, children, more }: Container): ShownMedium[] {
    if (kind === 'CAROUSEL') return children.flatMap((child) => containers.get(child) ?? []).flatMap(shown)
    if (kind !== 'IMAGE' && kind !== 'VIDEO') return []
    const alt = more.alt_text ?? ''
    return [kind === 'IMAGE' ? shelf.show(id, alt) : shownMedium('video/mp4', alt, null)]
  }

  const create: Route = async (call) => {
    const form = await given(call)
    const kind = form.get('media_type')
    const text = form.get('text')
    const children = form
      .get('children')
      .split(',')
      .filter((child) => child !== '')
    if (count(text, 'threads') > 500) return invalid('Param text must be at most 500 characters long.')
    const links = new Set(
      [...linksIn(text).map(({ start, end }) => text.slice(start, end)), form.get('link_attachment')].filter(Boolean),
    )
    if (links.size > 5) return invalid('THREADS_API__LINK_LIMIT_EXCEEDED: at most 5 unique links')
    const address = form.get(kind === 'VIDEO' ? 'video_url' : 'image_url')
    switch (kind) {
      case 'TEXT':
        if (!text) return invalid('Param text is required')
        break
      case 'IMAGE':
      case 'VIDEO':
        if (!address) return invalid(`Param ${kind === 'VIDEO' ? 'video_url' : 'image_url'} is required`)
        if (form.get('link_attachment')) return invalid('link_attachment is for text posts only')
        break
      case 'CAROUSEL':
        if (children.length < 2 || children.length > 20) return invalid('A carousel takes 2 to 20 children')
        if (children.some((child) => containers.get(child)?.state !== 'FINISHED'))
          return invalid('A child is not ready')
        break
      default:
        return invalid('Param media_type is not valid')
    }
    const replyTo = form.get('reply_to_id')
    if (replyTo && !posts.has(replyTo)) return notThere(replyTo)
    if (replyTo && !rights.has('threads_manage_replies'))
      return graphError({ code: 10, message: '(#10) Requires threads_manage_replies permission', status: 403 })
    const fits = kind === 'VIDEO' ? ['video/mp4', 'video/quicktime'] : ['image/jpeg', 'image/png']
    const broken = address !== '' && !fits.includes(hosted.get(address) ?? (await fetched(address))?.type ?? '')
    const container: Container = {
      id: next(),
      kind,
      item: form.get('is_carousel_item') === 'true',
      text,
      children,
      replyTo,
      source: hosted.has(address) ? '' : address,
      at: sandbox.now(),
      more: Object.fromEntries(MORE.map((name) => [name, form.get(name)]).filter(([, value]) => value !== '')),
      polls,
      state: broken ? 'ERROR' : 'IN_PROGRESS',
      error: broken ? `FAILED_DOWNLOADING_${kind}` : '',
    }
    containers.set(container.id, container)
    return { status: 200, body: { id: container.id } }
  }

  const publish: Route = async (call) => {
    const container = containers.get((await given(call)).get('creation_id'))
    if (!container) return invalid('Param creation_id is not valid')
    if (container.state !== 'FINISHED') return invalid(`The container is ${container.state}`)
    if (spend([container.replyTo === '' ? limits.posts : limits.replies])) return tooMany('Posts of this account')
    container.state = 'PUBLISHED'
    const post = { id: next(), text: container.text, at: sandbox.now(), container }
    posts.set(post.id, post)
    return { status: 200, body: { id: post.id } }
  }

  const node = ({ id, text, at, container }: Post) => ({
    id,
    text,
    timestamp: iso(at),
    permalink: `https://www.threads.net/@harbour/post/${id}`,
    media_type: SHOWN_AS[container.kind] ?? container.kind,
  })
  /** What answers a post, the newest first; `deep`: also what answers that. */
  const answering = (to: string, deep: boolean): { readonly id: string; readonly timestamp: string }[] =>
    [
      ...[...posts.values()]
        .filter(({ container }) => container.replyTo === to)
        .map((post) => ({ ...node(post), username: 'harbour', is_reply_owned_by_me: true })),
      ...audience.answersTo(to).map(({ id, text, author, at }) => ({
        id,
        text,
        username: author,
        timestamp: iso(at),
        permalink: `https://www.threads.net/@${author}/post/${id}`,
        is_reply_owned_by_me: false,
      })),
    ]
      .flatMap((one) => [
        { ...one, replied_to: { id: to }, hide_status: 'NOT_HUSHED' },
        ...(deep ? answering(one.id, true) : []),
      ])
      .sort((one, other) => Date.parse(other.timestamp) - Date.parse(one.timestamp))
  const answersOf =
    (deep: boolean): Route =>
    (call) => {
      const post = posts.get(call.params.id ?? '')
      if (!post) return notThere(call.params.id ?? '')
      if (!rights.has('threads_read_replies')) return lacking('threads_read_replies')
      if (deep && post.container.replyTo !== '')
        return invalid('(#100) A conversation is that of a post that answers none')
      const all = answering(post.id, deep)
      const sorted = call.query.get('reverse') === 'false' ? all.reverse() : all
      return {
        status: 200,
        body: pageOf(
          call,
          sorted.map((one) => fieldsOf(call, one)),
        ),
      }
    }
  const listed =
    (replies: boolean): Route =>
    (call) => {
      const since = Number(call.query.get('since') ?? 0) * 1000
      const all = [...posts.values()]
        .reverse()
        .filter(({ at, container }) => at >= since && (container.replyTo !== '') === replies)
      return {
        status: 200,
        body: pageOf(
          call,
          all.map((post) => fieldsOf(call, node(post))),
        ),
      }
    }

  const T = '/graph.threads.net/v1.0'
  const routes: Record<string, Route> = {
    'GET /graph.threads.net/refresh_access_token': (call) => {
      if (call.query.get('grant_type') !== 'th_refresh_token') return invalid('grant_type is not valid')
      if (sandbox.now() - sandbox.tokenMadeAt < DAY) return invalid('The token is too young')
      const token = `th-token-${next()}`
      tokens.add(token)
      return { status: 200, body: { access_token: token, token_type: 'bearer', expires_in: 5_184_000 } }
    },
    [`GET ${T}/me`]: (call) => ({
      status: 200,
      body: fieldsOf(call, { id: USER, username: 'harbour', name: 'Harbour Museum' }),
    }),
    [`POST ${T}/:user/threads`]: create,
    [`POST ${T}/:user/threads_publish`]: publish,
    [`GET ${T}/me/threads`]: listed(false),
    [`GET ${T}/me/replies`]: listed(true),
    [`GET ${T}/:id`]: async (call) => {
      const id = call.params.id ?? ''
      const container = containers.get(id)
      if (container) {
        if (container.state !== 'PUBLISHED' && container.at <= sandbox.now() - DAY) container.state = 'EXPIRED'
        if (container.state === 'IN_PROGRESS') {
          if (container.polls > 0) container.polls -= 1
          else await download(container)
        }
        return {
          status: 200,
          body: fieldsOf(call, {
            id,
            status: container.state,
            ...(container.error ? { error_message: container.error } : {}),
          }),
        }
      }
      const post = posts.get(id)
      return post ? { status: 200, body: fieldsOf(call, node(post)) } : notThere(id)
    },
    [`GET ${T}/:id/insights`]: (call) => {
      const id = call.params.id ?? ''
      if (!posts.has(id)) return notThere(id)
      if (!rights.has('threads_manage_insights')) return lacking('threads_manage_insights')
      const counts = audience.countsOf(id)
      return insights(call, METRICS, (name) => counts[name] ?? (name === 'replies' ? answering(id, false).length : 0))
    },
    [`GET ${T}/:id/replies`]: answersOf(false),
    [`GET ${T}/:id/conversation`]: answersOf(true),
    [`DELETE ${T}/:id`]: (call) => {
      if (!posts.has(call.params.id ?? '')) return notThere(call.params.id ?? '')
      if (spend([limits.deletions])) return tooMany('Deletions of this account')
      posts.delete(call.params.id ?? '')
      return { status: 200, body: { success: true } }
    },
    [`GET ${T}/:user/threads_publishing_limit`]: (call) => ({
      status: 200,
      body: {
        data: [
          fieldsOf(call, {
            ...quota('', limits.posts),
            ...quota('reply_', limits.replies),
            ...quota('delete_', limits.deletions),
          }),
        ],
      },
    }),
  }
  const guarded = Object.fromEntries(
    Object.entries(routes).map(([pattern, route]) => {
      const guard: Route = async (call) => {
        if (sandbox.access === 'removed') return removed
        if (sandbox.access === 'expired') return graphError({ code: 190, subcode: 463, message: 'Session has expired' })
        if (!tokens.has(await accessOf(call))) return graphError({ code: 190, message: 'Invalid OAuth access token.' })
        return spend([limits.calls]) ? tooMany('Calls to this api') : route(call)
      }
      return [pattern, guard]
    }),
  )
  const started = await startSandbox(guarded, {
    clock,
    headers: () => accountUsage(USER, 'threads', limits.calls, sandbox.now()),
    missing: graphError({ code: 2500, message: 'Unknown path components' }),
  })
  sandbox = Object.assign(started, {
    hosted,
    containers,
    posts,
    audience,
    rights,
    access: 'fine' as const,
    tokenMadeAt: started.now(),
    limits,
    spoiling: { next: false },
    takeAway: (id: string) => void posts.delete(id),
    visible: () => [...posts.values()].map(({ id, text, container }) => ({ id, text, media: shown(container) })),
  })
  return sandbox
}
