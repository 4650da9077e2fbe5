/**
 * Instagram as its notes tell it: containers that are made, worked on, published and run out; comments; both ways of access. Media are
 * taken from addresses: `hosted` is what a public host would give.
 */
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
import { type Limits, limit, rolling, spend } from './limits.ts'
import { fetched } from './mediaHost.ts'
import { rightsOf } from './rights.ts'
import {
  type Call,
  type Clock,
  isSpoilt,
  keepsParts,
  type Reply,
  type Route,
  type Sandbox,
  type Spoiling,
  startSandbox,
} from './server.ts'
import { createShelf, type ShownPost, shownMedium } from './shown.ts'

const DAY = 86_400_000

type State = 'IN_PROGRESS' | 'FINISHED' | 'ERROR' | 'EXPIRED' | 'PUBLISHED'

interface Container {
  readonly id: string
  readonly kind: 'IMAGE' | 'VIDEO' | 'REELS' | 'STORIES' | 'CAROUSEL'
  readonly item: boolean
  readonly caption: string
  readonly alt: string
  readonly children: readonly string[]
  readonly at: number
  readonly size: number
  readonly stored: Buffer[]
  readonly byBytes: boolean
  /** Where it is fetched from, and once more when it is published; '' for none. */
  readonly source: string
  readonly more: Readonly<Record<string, string>>
  polls: number
  state: State
  status: string
}

interface Medium {
  readonly id: string
  readonly caption: string
  /** Where it is shown. */
  readonly on: 'FEED' | 'REELS' | 'STORY'
  readonly at: number
  readonly containers: readonly Container[]
}

export interface InstagramSandbox extends Sandbox {
  readonly hosted: Map<string, string>
  readonly containers: Map<string, Container>
  readonly media: Map<string, Medium>
  readonly comments: { readonly id: string; readonly on: string; readonly text: string; readonly at: number }[]
  /** What others do with its media; counted by the names of the network. */
  readonly audience: Audience
  /** What its accesses were given, over either way. */
  readonly rights: Set<string>
  /** Insights come as one number over all time. */
  totals: boolean
  access: 'fine' | 'expired' | 'removed'
  accountType: string
  /** Pages of the person beside the first, none of them with an Instagram account unless it is given one. */
  readonly otherPages: {
    readonly id: string
    readonly access_token: string
    readonly instagram_business_account?: { readonly id: string; readonly username: string }
  }[]
  readonly spoiling: Spoiling
  /** When the token in use was made; it may be renewed a day later. */
  tokenMadeAt: number
  /** Of a day: calls of an account somebody looks at, and what it publishes. */
  readonly limits: Limits<'calls' | 'posts'>
  visible(): ShownPost[]
  takeAway(id: string): void
}

const iso = (at: number) => new Date(at).toISOString().replace('.000Z', '+0000')
const size = (parts: readonly Buffer[]) => parts.reduce((sum, part) => sum + part.length, 0)
/** Names by where a medium is shown. Source: notes on Instagram, section 5. */
const EVERYWHERE = ['views', 'reach', 'shares', 'total_interactions']
const METRICS: Readonly<Record<Medium['on'], readonly string[]>> = {
  FEED: [...EVERYWHERE, 'likes', 'comments', 'saved', 'follows', 'profile_visits', 'profile_activity'],
  REELS: [
    ...EVERYWHERE,
    'likes',
    'comments',
    'saved',
    'reposts',
    'ig_reels_avg_watch_time',
    'ig_reels_video_view_total_time',
    'reels_skip_rate',
  ],
  STORY: [...EVERYWHERE, 'replies', 'follows', 'navigation', 'link_clicks', 'profile_visits'],
}

export const IG = '17841400000000001'

export async function startInstagram({
  clock,
  polls = 2,
  quota = 50,
}: {
  clock?: Clock
  polls?: number
  quota?: number
} = {}) {
  const hosted = new Map<string, string>()
  const shelf = createShelf()
  const containers = new Map<string, Container>()
  const media = new Map<string, Medium>()
  // One that was pasted may have more than is asked for at a sign-in, and over Facebook the names are others.
  const rights = rightsOf('instagram')
    .add('instagram_business_manage_insights')
    .add('instagram_manage_comments')
    .add('instagram_manage_insights')
  const audience = createAudience(() => sandbox.now())
  /** A right that lacks for a call; '' where it is there. */
  const lacks = (call: Call, what: 'manage_comments' | 'manage_insights'): string => {
    const right = `${call.path.startsWith('/graph.facebook.com') ? 'instagram' : 'instagram_business'}_${what}`
    return rights.has(right) ? '' : right
  }
  const comments: InstagramSandbox['comments'] = []
  const tokens = new Set(['ig-token-0001', 'page-token-1001', 'user-token'])
  let last = 9000
  const next = () => String(++last)
  let sandbox: InstagramSandbox

  const limits = {
    calls: limit(() => sandbox.now(), 4_800, rolling(DAY)),
    posts: limit(() => sandbox.now(), quota, rolling(DAY)),
  }
  const settle = () => {
    for (const container of containers.values())
      if (container.state !== 'PUBLISHED' && container.at <= sandbox.now() - DAY) container.state = 'EXPIRED'
  }

  /** Why an address cannot be taken; undefined: it can. */
  async function fetchFault(address: string, types: readonly string[]): Promise<Reply | undefined> {
    const type = hosted.get(address) ?? (await fetched(address))?.type
    if (!type)
      return graphError({ code: 9004, subcode: 2_207_052, message: 'The media could not be fetched from this URI' })
    return types.includes(type)
      ? undefined
      : graphError({ code: 36_001, subcode: 2_207_005, message: 'The image format is not supported.' })
  }

  /** Lists of people come as JSON; in a picture each needs a place. */
  function peopleFault(form: { get(name: string): string }, isPicture: boolean): Reply | undefined {
    try {
      const tags = JSON.parse(form.get('user_tags') || '[]') as { username?: unknown; x?: unknown; y?: unknown }[]
      const placed = tags.every(({ x, y }) => [x, y].every((at) => typeof at === 'number' && at >= 0 && at <= 1))
      if (isPicture && !placed) return invalid('user_tags need coordinates')
      const others = JSON.parse(form.get('collaborators') || '[]') as unknown[]
      if (others.length > 5) return invalid('Too many collaborators')
      return [...tags.map(({ username }) => username), ...others].every((name) => typeof name === 'string')
        ? undefined
        : invalid('A user name is missing')
    } catch {
      return invalid('A list of people is no JSON')
    }
  }

  function worked(container: Container): void {
    const isBroken = container.children.length === 0 && isSpoilt(sandbox.spoiling)
    container.state = isBroken ? 'ERROR' : 'FINISHED'
    if (isBroken) container.status = 'Error: Media upload has failed with error code 2207026'
  }

  const create: Route = async (call) => {
    const form = await given(call)
    const facebookLogin = call.path.startsWith('/graph.facebook.com')
    const [image, film, kind] = [form.get('image_url'), form.get('video_url'), form.get('media_type')]
    const byBytes = form.get('upload_type') === 'resumable'
    const item = form.get('is_carousel_item') === 'true'
    const caption = form.get('caption')
    const children = form
      .get('children')
      .split(',')
      .filter((child) => child !== '')
    const people = peopleFault(form, image !== '' && kind !== 'STORIES')
    if (people) return people
    if (caption.length > 2200) return invalid('The caption was too long.', 2_207_010)
    if (kind === 'CAROUSEL') {
      if (children.length < 2 || children.length > 10) return invalid('The carousel needs 2 to 10 children.', 2_207_028)
      if (children.some((child) => containers.get(child)?.state !== 'FINISHED' || !containers.get(child)?.item))
        return invalid('A child of the carousel is not ready.')
    } else if (byBytes) {
      if (kind !== 'REELS' || !facebookLogin) return invalid('video_url is required')
    } else if (film) {
      if (!['REELS', 'STORIES', 'VIDEO'].includes(kind)) return invalid('Unknown media type', 2_207_023)
      const fault = await fetchFault(film, ['video/mp4', 'video/quicktime'])
      if (fault) return fault
    } else {
      if (!image) return invalid('The parameter image_url is required')
      const fault = await fetchFault(image, ['image/jpeg'])
      if (fault) return fault
    }
    const container: Container = {
      id: next(),
      kind: (kind || 'IMAGE') as Container['kind'],
      item,
      caption: kind === 'STORIES' || item ? '' : caption,
      alt: form.get('alt_text'),
      children,
      at: sandbox.now(),
      size: 0,
      stored: [],
      byBytes,
      source: film || image,
      more: Object.fromEntries(
        ['cover_url', 'share_to_feed', 'is_ai_generated', 'user_tags', 'collaborators'].map((name) => [
          name,
          form.get(name),
        ]),
      ),
      polls: film || byBytes ? polls : 0,
      state: 'IN_PROGRESS',
      status: 'In Progress',
    }
    if (container.polls === 0) worked(container)
    containers.set(container.id, container)
    const uri = `https://rupload.facebook.com/ig-api-upload/${call.params.version}/${container.id}`
    return { status: 200, body: { id: container.id, ...(byBytes ? { uri } : {}) } }
  }

  const publish: Route = async (call) => {
    const id = (await given(call)).get('creation_id')
    const container = containers.get(id)
    if (!container) return graphError({ code: 24, subcode: 2_207_008, message: 'The container does not exist.' })
    switch (container.state) {
      case 'EXPIRED':
        return graphError({ code: -2, subcode: 2_207_020, message: 'The media you are trying to access has expired.' })
      case 'PUBLISHED':
        return invalid('The container was published already.')
      case 'IN_PROGRESS':
      case 'ERROR':
        return graphError({ code: 9007, subcode: 2_207_027, message: 'The media is not ready to be published.' })
      case 'FINISHED':
        break
    }
    // Media have to be at their address still when they are published.
    for (const { id, source } of [container, ...container.children.flatMap((child) => containers.get(child) ?? [])]) {
      if (source === '' || hosted.has(source)) continue
      const file = await fetched(source)
      if (!file)
        return graphError({ code: 9004, subcode: 2_207_052, message: 'The media could not be fetched from this URI' })
      shelf.put(id, file.type, file.bytes)
    }
    if (spend([limits.posts]))
      return graphError({ code: 9, subcode: 2_207_042, message: 'The daily limit of posts is reached.' })
    container.state = 'PUBLISHED'
    const medium: Medium = {
      id: next(),
      caption: container.caption,
      on: container.kind === 'STORIES' ? 'STORY' : container.kind === 'REELS' ? 'REELS' : 'FEED',
      at: sandbox.now(),
      containers:
        container.children.length > 0
          ? container.children.flatMap((child) => containers.get(child) ?? [])
          : [container],
    }
    media.set(medium.id, medium)
    return { status: 200, body: { id: medium.id } }
  }

  const sendBytes = keepsParts((call) => {
    const container = containers.get(call.params.container ?? '')
    if (!container?.byBytes) return notThere(call.params.container ?? '')
    if (Number(call.headers.offset) !== size(container.stored)) return invalid('offset does not match')
    container.stored.push(call.body)
    Object.assign(container, { size: Number(call.headers.file_size) })
    return size(container.stored) < container.size
      ? { status: 400, body: { debug_info: { retriable: true, type: 'PartialRequest', message: 'not all arrived' } } }
      : { status: 200, body: { success: true, message: 'Upload successful.' } }
  })

  /** What was said under a medium or a comment, the newest first. */
  const said = (on: string): { readonly id: string; readonly at: number }[] =>
    [
      ...comments.filter((one) => one.on === on).map((one) => ({ ...one, username: 'harbour.museum' })),
      ...audience.answersTo(on).map((one) => ({ ...one, username: one.author })),
    ]
      .map(({ id, text, username, at }) => {
        const replies = said(id)
        const shown = { id, at, text, username, timestamp: iso(at), like_count: 0, hidden: false }
        return replies.length > 0 ? { ...shown, replies: { data: replies.map(({ at: _, ...reply }) => reply) } } : shown
      })
      .sort((one, other) => other.at - one.at)

  const node = (medium: Medium) => ({
    id: medium.id,
    caption: medium.caption,
    timestamp: iso(medium.at),
    permalink: `https://www.instagram.com/${medium.on === 'STORY' ? 'stories/harbour.museum' : 'p'}/${medium.id}/`,
    media_product_type: medium.on,
    like_count: 0,
    comments_count: said(medium.id).length,
    ...audience.countsOf(medium.id),
    shortcode: medium.id,
  })

  function containerNode(container: Container) {
    const arrived = !container.byBytes || (container.size > 0 && size(container.stored) >= container.size)
    if (container.state === 'IN_PROGRESS' && arrived) {
      if (container.polls > 0) container.polls -= 1
      else worked(container)
    }
    return {
      id: container.id,
      status_code: container.state,
      status: container.status,
      video_status: { uploading_phase: { bytes_transfered: size(container.stored) } },
    }
  }

  const account = () => ({
    user_id: IG,
    id: '99',
    username: 'harbour.museum',
    name: 'Harbour Museum',
    account_type: sandbox.accountType,
    followers_count: 1200,
    media_count: media.size,
  })

  const both = (method: string, path: string, route: Route): Record<string, Route> => ({
    [`${method} /graph.instagram.com/:version${path}`]: route,
    [`${method} /graph.facebook.com/:version${path}`]: route,
  })
  const mine =
    (story: boolean): Route =>
    (call) => {
      const all = [...media.values()].reverse().filter((medium) => (medium.on === 'STORY') === story)
      return {
        status: 200,
        body: pageOf(
          call,
          all.map((medium) => fieldsOf(call, node(medium))),
        ),
      }
    }

  const routes: Record<string, Route> = {
    'GET /graph.instagram.com/refresh_access_token': async (call) => {
      if (call.query.get('grant_type') !== 'ig_refresh_token') return invalid('grant_type is wrong')
      if (sandbox.access !== 'fine')
        return graphError({ code: 190, subcode: 463, message: 'Session has expired', status: 401 })
      if (sandbox.now() - sandbox.tokenMadeAt < DAY) return invalid('The token is too young to be refreshed.')
      const token = `ig-token-${next()}`
      tokens.add(token)
      sandbox.tokenMadeAt = sandbox.now()
      return { status: 200, body: { access_token: token, token_type: 'bearer', expires_in: 5_184_000 } }
    },
    'GET /graph.instagram.com/:version/me': (call) => ({ status: 200, body: fieldsOf(call, account()) }),
    'GET /graph.facebook.com/:version/me/accounts': (call) => ({
      status: 200,
      body: pageOf(call, [
        {
          id: '1001',
          access_token: 'page-token-1001',
          instagram_business_account: { id: IG, username: 'harbour.museum', name: 'Harbour Museum' },
        },
        ...sandbox.otherPages,
      ]),
    }),
    'GET /graph.facebook.com/:version/debug_token': () => ({
      status: 200,
      body: { data: { is_valid: true, app_id: '77', user_id: '9', expires_at: 0 } },
    }),
    ...both('POST', '/:ig/media', create),
    ...both('POST', '/:ig/media_publish', publish),
    ...both('GET', '/:ig/media', mine(false)),
    ...both('GET', '/:ig/stories', mine(true)),
    ...both('GET', '/:ig/content_publishing_limit', () => ({
      status: 200,
      body: {
        data: [
          {
            quota_usage: limits.posts.most - limits.posts.left(),
            config: { quota_total: limits.posts.most, quota_duration: 86_400 },
          },
        ],
      },
    })),
    ...both('GET', '/:id/comments', (call) => {
      const on = call.params.id ?? ''
      const right = lacks(call, 'manage_comments')
      if (!media.has(on)) return notThere(on)
      if (right) return lacking(right)
      return {
        status: 200,
        body: pageOf(
          call,
          said(on).map((one) => fieldsOf(call, one)),
          50,
        ),
      }
    }),
    ...both('GET', '/:id/insights', (call) => {
      const medium = media.get(call.params.id ?? '')
      const right = lacks(call, 'manage_insights')
      if (!medium) return notThere(call.params.id ?? '')
      if (right) return lacking(right)
      // Of a story for a day; what there is no data for is missing, and not 0.
      const isOver = medium.on === 'STORY' && medium.at <= sandbox.now() - DAY
      const counts = isOver ? {} : audience.countsOf(medium.id)
      return insights(call, METRICS[medium.on], (name) => counts[name], sandbox.totals)
    }),
    ...both('POST', '/:id/comments', async (call) => {
      const on = call.params.id ?? ''
      if (!media.has(on)) return notThere(on)
      const right = lacks(call, 'manage_comments')
      if (right) return lacking(right)
      const comment = { id: next(), on, text: (await given(call)).get('message'), at: sandbox.now() }
      comments.push(comment)
      return { status: 200, body: { id: comment.id } }
    }),
    'POST /rupload.facebook.com/ig-api-upload/:version/:container': sendBytes,
    ...both('GET', '/:id', (call) => {
      const id = call.params.id ?? ''
      if (id === IG) return { status: 200, body: fieldsOf(call, { ...account(), id }) }
      const container = containers.get(id)
      if (container) return { status: 200, body: fieldsOf(call, containerNode(container)) }
      const medium = media.get(id)
      return medium ? { status: 200, body: fieldsOf(call, node(medium)) } : notThere(id)
    }),
  }

  const before = async (call: Call): Promise<boolean> => tokens.has(await accessOf(call))
  const guarded = Object.fromEntries(
    Object.entries(routes).map(([pattern, route]) => {
      const guard: Route = async (call) => {
        settle()
        if (sandbox.access === 'removed') return removed
        if (sandbox.access === 'expired') return graphError({ code: 190, subcode: 463, message: 'Session has expired' })
        if (!(await before(call))) return graphError({ code: 190, message: 'Invalid OAuth access token.' })
        return spend([limits.calls])
          ? graphError({ code: 80_002, message: '(#80002) There have been too many calls to this Instagram account.' })
          : route(call)
      }
      return [pattern, route === sendBytes ? route : guard]
    }),
  )
  const started = await startSandbox(guarded, {
    clock,
    headers: () => accountUsage(IG, 'instagram', limits.calls, sandbox.now()),
    missing: graphError({ code: 2500, message: 'Unknown path components' }),
  })
  sandbox = Object.assign(started, {
    hosted,
    containers,
    media,
    comments,
    audience,
    rights,
    totals: false,
    access: 'fine' as const,
    accountType: 'BUSINESS',
    otherPages: [],
    tokenMadeAt: started.now(),
    limits,
    spoiling: { next: false },
    takeAway: (id: string) => void media.delete(id),
    visible: () =>
      [...media.values()].map(({ id, caption, on, containers: of }) => ({
        id,
        text: caption,
        media: of.map(({ id, kind, alt }) =>
          kind === 'IMAGE' ? shelf.show(id, alt) : shownMedium('video/mp4', alt, null),
        ),
        ...(on === 'STORY' ? { unheard: true as const } : {}),
      })),
  })
  return sandbox
}
