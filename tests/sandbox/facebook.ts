/**
 * Facebook as its notes tell it: Pages, their feed, photos, videos, Reels, stories, comments, and what Facebook does by itself at the
 * time it was given. Hosts are the first part of the path: `/graph.facebook.com/v26.0/...`.
 */
import { type Audience, createAudience } from './audience.ts'
import {
  accessOf,
  accountUsage,
  appUsage,
  expired,
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
import { createShelf, type ShownPost, shownMedium, type WaitingPost } from './shown.ts'

const MINUTE = 60_000
const DAY = 86_400_000

interface Page {
  readonly id: string
  readonly name: string
  readonly username: string
  readonly token: string
  readonly tasks: readonly string[]
}

interface Post {
  readonly id: string
  message: string
  readonly link: string
  readonly photos: readonly string[]
  readonly video: string
  readonly createdAt: number
  /** null: it is out. */
  scheduledFor: number | null
}

interface Photo {
  readonly id: string
  readonly at: number
  readonly alt: string
  readonly bytes: number
}

interface Video {
  readonly id: string
  readonly kind: 'reel' | 'story' | 'video'
  readonly size: number
  readonly stored: Buffer[]
  polls: number
  description: string
  title: string
  state: 'waiting' | 'PUBLISHED' | 'SCHEDULED'
  /** It was worked on, and could not be read. */
  unreadable: boolean
  scheduledFor: number | null
}

interface Comment {
  readonly id: string
  readonly on: string
  message: string
  readonly at: number
}

const FILM = shownMedium('video/mp4', '', null)

export interface FacebookSandbox extends Sandbox {
  readonly userToken: string
  readonly pages: Page[]
  readonly posts: Map<string, Post>
  readonly photos: Map<string, Photo>
  readonly videos: Map<string, Video>
  readonly stories: string[]
  readonly comments: Comment[]
  /** What somebody who opens the Page sees, the oldest first. */
  visible(): ShownPost[]
  /** What waits for its time. */
  queue(): WaitingPost[]
  rewrite(id: string, text: string): void
  takeAway(id: string): void
  /** What others do with its posts; counted by the names of the network, fields by theirs. */
  readonly audience: Audience
  /** What the access of a Page was given. */
  readonly rights: Set<string>
  /** Views are told apart, those that were paid for and the others. */
  splitsViews: boolean
  readonly spoiling: Spoiling
  /** How every token is taken from now on. */
  access: 'fine' | 'expired' | 'removed'
  /** `page`: calls of a day with the token of a Page somebody reads; `app`: those of an hour with that of its one person. */
  readonly limits: Limits<'page' | 'app'>
}

export interface FacebookOptions {
  readonly clock?: Clock
  /** How often a film says that it is being worked on. */
  readonly polls?: number
}

/** Names that answer still. Source: notes on Facebook, section 5. */
const POST_METRICS = [
  'post_media_view',
  'post_total_media_view_unique',
  'post_clicks',
  'post_clicks_by_type',
  'post_reactions_by_type_total',
  'post_reactions_like_total',
  'post_activity_by_action_type',
  'post_video_views',
]
const FILM_METRICS = ['post_video_likes_by_reaction_type', 'post_video_social_actions']
const REEL_METRICS = ['fb_reels_total_plays', ...FILM_METRICS]

const PHOTO_TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/bmp', 'image/tiff']
const iso = (at: number) => new Date(at).toISOString().replace('.000Z', '+0000')
const size = (parts: readonly Buffer[]) => parts.reduce((sum, part) => sum + part.length, 0)

export async function startFacebook({ clock, polls = 3 }: FacebookOptions = {}): Promise<FacebookSandbox> {
  const pages: Page[] = [
    {
      id: '1001',
      name: 'Harbour Museum',
      username: 'harbourmuseum',
      token: 'page-token-1001',
      tasks: ['CREATE_CONTENT', 'MODERATE'],
    },
  ]
  const userToken = 'user-token'
  const posts = new Map<string, Post>()
  const photos = new Map<string, Photo>()
  const shelf = createShelf()
  const videos = new Map<string, Video>()
  const uploads = new Map<string, { size: number; stored: Buffer[]; handle: string }>()
  const stories: string[] = []
  const comments: Comment[] = []
  const audience = createAudience(() => sandbox.now())
  // One that was pasted may have more than is asked for at a sign-in.
  const rights = rightsOf('facebook').add('pages_read_user_content').add('read_insights')
  let last = 5000
  const next = () => String(++last)
  let sandbox: FacebookSandbox

  const now = () => sandbox.now()
  const pageBy = async (call: Call) => {
    const token = await accessOf(call)
    return pages.find((page) => page.token === token)
  }

  /** A right on the Page of the path, or what is said instead. */
  async function own(call: Call): Promise<Page | Reply> {
    const page = await pageBy(call)
    if (!page) return graphError({ code: 200, status: 403, message: '(#200) Requires pages_manage_posts permission.' })
    return page.id === call.params.page ? page : notThere(call.params.page ?? '')
  }
  const isReply = (value: Page | Reply): value is Reply => 'status' in value

  /** When it is to come out; null: now; a reply: Facebook does not take that time. */
  function plannedFor(published: string, time: string): number | null | Reply {
    if (published !== 'false' || !time) return null
    const at = Number(time) * 1000
    if (!(at >= now() + 10 * MINUTE) || at > now() + 75 * DAY)
      return invalid('(#100) The specified scheduled publish time is invalid.')
    return at
  }

  function settle(): void {
    for (const post of posts.values())
      if (post.scheduledFor !== null && post.scheduledFor <= now()) post.scheduledFor = null
    for (const video of videos.values())
      if (video.state === 'SCHEDULED' && (video.scheduledFor ?? 0) <= now()) video.state = 'PUBLISHED'
  }

  /** What was said under something, the oldest first; `deep`: also what was said under that. */
  const said = (id: string, deep: boolean): { readonly id: string; readonly at: number }[] =>
    [
      ...comments.filter(({ on }) => on === id).map((one) => ({ ...one, below: one.id, from: pages[0] })),
      ...audience.answersTo(id).map((one) => ({
        id: `${id.split('_').at(-1)}_${one.id}`,
        message: one.text,
        at: one.at,
        below: one.id,
        from: { id: `7${one.id}`, name: one.author },
      })),
    ]
      .flatMap(({ below, from, ...one }) => [
        {
          ...one,
          from: { id: from?.id, name: from?.name },
          created_time: iso(one.at),
          comment_count: said(below, false).length,
        },
        ...(deep ? said(below, true) : []),
      ])
      .sort((one, other) => one.at - other.at)
  /** What others did with it, as fields; nobody has shared it: it has no such field. */
  const audienceFields = (id: string) => {
    const counts = audience.countsOf(id)
    const summary = (total_count: number) => ({ data: [], summary: { total_count } })
    return {
      ...(counts.shares ? { shares: { count: counts.shares } } : {}),
      comments: summary(counts.comments ?? said(id, false).length),
      reactions: summary(counts.reactions ?? 0),
    }
  }
  /** A number of some names is told in parts. */
  const insightOf = (id: string) => (name: string) => {
    const count = audience.countsOf(id)[name] ?? 0
    if (name === 'post_reactions_by_type_total') return count > 0 ? { like: count - 1, love: 1 } : {}
    return name === 'post_media_view' && sandbox.splitsViews ? { organic: count - 1, paid: 1 } : count
  }

  const permalink = (id: string) => `https://www.facebook.com/${id.replace('_', '/posts/')}`
  const node = (post: Post) => ({
    id: post.id,
    message: post.message,
    created_time: iso(post.createdAt),
    permalink_url: permalink(post.id),
    is_published: post.scheduledFor === null,
    ...(post.scheduledFor === null ? {} : { scheduled_publish_time: post.scheduledFor / 1000 }),
    attachments: {
      data: [
        ...(post.link ? [{ media_type: 'link', target: { url: post.link } }] : []),
        ...(post.video ? [{ media_type: 'video', target: { id: post.video } }] : []),
        ...(post.photos.length === 1 ? [{ media_type: 'photo', target: { id: post.photos[0] } }] : []),
        ...(post.photos.length > 1
          ? [
              {
                media_type: 'album',
                target: {},
                subattachments: { data: post.photos.map((id) => ({ media_type: 'photo', target: { id } })) },
              },
            ]
          : []),
      ],
    },
  })

  function newPost(page: Page, what: Partial<Post>): Post {
    const post: Post = {
      id: `${page.id}_${next()}`,
      message: '',
      link: '',
      photos: [],
      video: '',
      createdAt: now(),
      scheduledFor: null,
      ...what,
    }
    posts.set(post.id, post)
    return post
  }

  const feed: Route = async (call) => {
    const page = await own(call)
    if (isReply(page)) return page
    const form = await given(call)
    const message = form.get('message')
    const link = form.get('link')
    const attached = JSON.parse(form.get('attached_media') || '[]') as { media_fbid?: string }[]
    if (!message && !link && attached.length === 0) return invalid('(#100) Missing message or attachment')
    if (message.length > 63_206) return invalid('(#100) Param message must be at most 63206 characters long.')
    if (link && !/^https?:\/\/[^/]+\.[^/]+/.test(link))
      return graphError({ code: 1_609_005, message: '(#1609005) The link could not be scraped.' })
    const ids: string[] = []
    for (const { media_fbid = '' } of attached) {
      const photo = photos.get(media_fbid)
      if (!photo || photo.at < now() - DAY) return invalid(`(#100) Photo ${media_fbid} does not exist`)
      ids.push(media_fbid)
    }
    const scheduledFor = plannedFor(form.get('published'), form.get('scheduled_publish_time'))
    if (typeof scheduledFor === 'object' && scheduledFor !== null) return scheduledFor
    if (scheduledFor !== null && ids.length > 0 && form.get('unpublished_content_type') !== 'SCHEDULED')
      return invalid('(#100) Unpublished posts with several photos need unpublished_content_type')
    const [newest] = [...posts.values()].reverse()
    if (
      message &&
      newest?.message === message &&
      newest.photos.length === 0 &&
      ids.length === 0 &&
      newest.link === link
    )
      return graphError({ code: 506, message: '(#506) Duplicate status message' })
    const post = newPost(page, { message, link, photos: ids, scheduledFor })
    return { status: 200, body: fieldsOf(call, node(post)) }
  }

  const addPhoto: Route = async (call) => {
    const page = await own(call)
    if (isReply(page)) return page
    const form = await given(call)
    const source = form.file('source')
    if (source.size === 0) return invalid('(#100) source is required')
    if (!PHOTO_TYPES.includes(source.type) || source.size > 10_000_000)
      return graphError({
        code: 1_366_046,
        message: '(#1366046) Photos should be smaller than 4 MB and saved as JPG, PNG, GIF, TIFF, HEIF or WebP files.',
      })
    const photo = { id: next(), at: now(), alt: form.get('alt_text_custom'), bytes: source.size }
    photos.set(photo.id, photo)
    shelf.put(photo.id, source.type, new Uint8Array(await source.arrayBuffer()))
    if (form.get('published') === 'false') return { status: 200, body: { id: photo.id } }
    const post = newPost(page, { message: form.get('caption'), photos: [photo.id] })
    return { status: 200, body: { id: photo.id, post_id: post.id } }
  }

  const addVideo: Route = async (call) => {
    const page = await own(call)
    if (isReply(page)) return page
    const form = await given(call)
    const handle = form.get('fbuploader_video_file_chunk')
    const upload = [...uploads.values()].find((one) => one.handle === handle && handle !== '')
    const source = form.file('source')
    if (!upload && !source.type.startsWith('video/'))
      return graphError({ code: 2_069_019, message: '(#2069019) Bad video file' })
    const bytes = upload ? Buffer.concat(upload.stored) : Buffer.from(await source.arrayBuffer())
    const scheduledFor = plannedFor(form.get('published'), form.get('scheduled_publish_time'))
    if (typeof scheduledFor === 'object' && scheduledFor !== null) return scheduledFor
    const video = newVideo('video', bytes.length)
    video.stored.push(bytes)
    video.description = form.get('description')
    video.title = form.get('title')
    video.state = scheduledFor === null ? 'PUBLISHED' : 'SCHEDULED'
    video.scheduledFor = scheduledFor
    newPost(page, { message: video.description, video: video.id, scheduledFor })
    return { status: 200, body: { id: video.id } }
  }

  const shownPhoto = (id: string) => shelf.show(id, photos.get(id)?.alt ?? '')

  function newVideo(kind: Video['kind'], bytes: number): Video {
    const video: Video = {
      id: next(),
      kind,
      size: bytes,
      stored: [],
      polls,
      description: '',
      title: '',
      state: 'waiting',
      unreadable: false,
      scheduledFor: null,
    }
    videos.set(video.id, video)
    return video
  }

  /** Both phases of a Reel or of a story of one film. */
  const phased =
    (kind: 'reel' | 'story'): Route =>
    async (call) => {
      const page = await own(call)
      if (isReply(page)) return page
      const form = await given(call)
      if (form.get('upload_phase') === 'start') {
        const video = newVideo(kind, 0)
        const upload_url = `https://rupload.facebook.com/video-upload/${call.params.version}/${video.id}`
        return { status: 200, body: { video_id: video.id, upload_url } }
      }
      if (form.get('upload_phase') !== 'finish')
        return invalid('(#100) Param upload_phase must be one of {start, finish}')
      const video = videos.get(form.get('video_id'))
      if (!video || video.kind !== kind) return invalid('(#100) Param video_id is invalid')
      if (size(video.stored) === 0) return invalid('(#100) The video has not been uploaded')
      if (kind === 'story') {
        video.state = 'PUBLISHED'
        stories.push(video.id)
        return { status: 200, body: { success: true, post_id: next() } }
      }
      const state = form.get('video_state')
      if (!['PUBLISHED', 'SCHEDULED', 'DRAFT'].includes(state)) return invalid('(#100) Param video_state is invalid')
      if (state === 'SCHEDULED') {
        const at = plannedFor('false', form.get('scheduled_publish_time') || '1')
        if (typeof at !== 'number') return at ?? invalid('(#100) scheduled_publish_time is missing')
        if (at > now() + 29 * DAY) return invalid('(#100) The specified scheduled publish time is invalid.')
        video.scheduledFor = at
      }
      video.description = form.get('description')
      video.title = form.get('title')
      video.state = state === 'SCHEDULED' ? 'SCHEDULED' : 'PUBLISHED'
      return { status: 200, body: { success: true } }
    }

  const sendBytes = keepsParts(async (call) => {
    if (call.headers.file_url) return { status: 200, body: { success: true } }
    const video = videos.get(call.params.video ?? '')
    if (!video) return notThere(call.params.video ?? '')
    const total = Number(call.headers.file_size)
    const offset = Number(call.headers.offset)
    if (!Number.isInteger(total) || !Number.isInteger(offset))
      return invalid('(#100) offset and file_size are required')
    if (offset !== size(video.stored)) return invalid(`(#100) offset ${offset} does not match ${size(video.stored)}`)
    video.stored.push(call.body)
    Object.assign(video, { size: total })
    if (size(video.stored) < total) return invalid('(#100) The upload is not complete')
    return { status: 200, body: { success: true } }
  })

  const openUpload: Route = async (call) => {
    const form = await given(call)
    const length = Number(form.get('file_length'))
    if (!(length > 0) || !form.get('file_type').startsWith('video/'))
      return invalid('(#100) file_length and file_type are required')
    const id = `upload:${next()}`
    uploads.set(id, { size: length, stored: [], handle: '' })
    return { status: 200, body: { id } }
  }

  function sendUpload(call: Call, id: string): Reply {
    const upload = uploads.get(id)
    if (!upload) return notThere(id)
    if (Number(call.headers.file_offset) !== size(upload.stored))
      return invalid(`(#100) file_offset does not match ${size(upload.stored)}`)
    upload.stored.push(call.body)
    if (size(upload.stored) < upload.size) return invalid('(#100) The upload is not complete')
    upload.handle = `4::${next()}`
    return { status: 200, body: { h: upload.handle } }
  }

  /** Gives whether it was there. */
  function takenAway(id: string): boolean {
    const before = comments.length
    // A post takes along what was said under it.
    comments.splice(0, before, ...comments.filter((one) => one.id !== id && one.on !== id))
    const wasThere = posts.delete(id) || videos.delete(id) || comments.length < before
    for (const [key, post] of posts) if (post.video === id) posts.delete(key)
    return wasThere
  }

  function videoNode(video: Video) {
    const arrived = size(video.stored)
    const complete = video.size > 0 && arrived >= video.size
    const working = complete && video.polls > 0
    if (working) video.polls -= 1
    if (complete && !working && isSpoilt(sandbox.spoiling)) video.unreadable = true
    const out = video.state === 'PUBLISHED' && !working && !video.unreadable
    return {
      id: video.id,
      description: video.description,
      title: video.title,
      permalink_url: `https://www.facebook.com/reel/${video.id}`,
      ...(video.scheduledFor === null ? {} : { scheduled_publish_time: video.scheduledFor / 1000 }),
      status: {
        video_status: video.unreadable ? 'error' : !complete ? 'uploading' : working ? 'processing' : 'ready',
        uploading_phase: { status: complete ? 'complete' : 'in_progress', bytes_transfered: arrived },
        processing_phase: { status: working ? 'in_progress' : complete ? 'complete' : 'not_started' },
        publishing_phase: {
          status: out ? 'complete' : video.state === 'waiting' ? 'not_started' : 'in_progress',
          ...(out
            ? { publish_status: 'published' }
            : video.state === 'SCHEDULED'
              ? { publish_status: 'scheduled' }
              : {}),
        },
      },
    }
  }

  const G = '/graph.facebook.com/:version'
  const newestFirst = () => [...posts.values()].reverse()

  const routes: Record<string, Route> = {
    [`GET ${G}/oauth/access_token`]: (call) => {
      if (!call.query.get('client_secret')) return invalid('Missing client_secret parameter.')
      return { status: 200, body: { access_token: userToken, token_type: 'bearer', expires_in: 5_184_000 } }
    },
    [`GET ${G}/debug_token`]: () => ({
      status: 200,
      body: { data: { is_valid: true, app_id: '77', user_id: '9', expires_at: 0, scopes: ['pages_manage_posts'] } },
    }),
    [`GET ${G}/me/accounts`]: async (call) =>
      (await accessOf(call)) === userToken
        ? {
            status: 200,
            body: pageOf(
              call,
              pages.map(({ token, ...page }) => fieldsOf(call, { ...page, access_token: token })),
            ),
          }
        : invalid('(#100) Tried accessing nonexisting field (accounts) on node type (Page)'),
    [`GET ${G}/me/permissions`]: async (call) =>
      (await accessOf(call)) === userToken
        ? {
            status: 200,
            body: { data: [...rightsOf('facebook')].map((permission) => ({ permission, status: 'granted' })) },
          }
        : invalid('(#100) Tried accessing nonexisting field (permissions) on node type (Page)'),
    [`GET ${G}/me`]: async (call) => {
      const page = await pageBy(call)
      return {
        status: 200,
        body: fieldsOf(
          call,
          page ? { id: page.id, name: page.name, username: page.username } : { id: '9', name: 'A Person' },
        ),
      }
    },
    [`POST ${G}/:page/feed`]: feed,
    [`POST ${G}/:page/photos`]: addPhoto,
    'POST /graph-video.facebook.com/:version/:page/videos': addVideo,
    [`POST ${G}/:page/video_reels`]: phased('reel'),
    [`POST ${G}/:page/video_stories`]: phased('story'),
    [`POST ${G}/:page/photo_stories`]: async (call) => {
      const page = await own(call)
      if (isReply(page)) return page
      const id = (await given(call)).get('photo_id')
      if (!photos.has(id)) return invalid('(#100) Param photo_id is invalid')
      stories.push(id)
      return { status: 200, body: { success: true, post_id: next() } }
    },
    'POST /rupload.facebook.com/video-upload/:version/:video': sendBytes,
    [`POST ${G}/:app/uploads`]: openUpload,
    [`GET ${G}/:page/published_posts`]: async (call) => {
      const page = await own(call)
      if (isReply(page)) return page
      const since = Number(call.query.get('since') ?? 0) * 1000
      const out = newestFirst().filter((post) => post.scheduledFor === null && post.createdAt >= since)
      return {
        status: 200,
        body: pageOf(
          call,
          out.map((post) => fieldsOf(call, node(post))),
        ),
      }
    },
    [`GET ${G}/:page/scheduled_posts`]: async (call) => {
      const page = await own(call)
      if (isReply(page)) return page
      const waiting = newestFirst().filter((post) => post.scheduledFor !== null)
      return {
        status: 200,
        body: pageOf(
          call,
          waiting.map((post) => fieldsOf(call, node(post))),
        ),
      }
    },
    [`GET ${G}/:id/insights`]: (call) => {
      const id = call.params.id ?? ''
      if (!rights.has('read_insights')) return lacking('read_insights')
      if (!call.query.get('metric')) return graphError({ code: 3001, message: '(#3001) No metric was named.' })
      return posts.has(id) ? insights(call, POST_METRICS, insightOf(id)) : notThere(id)
    },
    [`GET ${G}/:id/video_insights`]: (call) => {
      const id = call.params.id ?? ''
      const kind = videos.get(id)?.kind
      if (!rights.has('read_insights')) return lacking('read_insights')
      return kind ? insights(call, kind === 'reel' ? REEL_METRICS : FILM_METRICS, insightOf(id)) : notThere(id)
    },
    [`GET ${G}/:id/comments`]: (call) => {
      const on = call.params.id ?? ''
      if (!posts.has(on) && !videos.has(on)) return notThere(on)
      if (!rights.has('pages_read_user_content')) return lacking('pages_read_user_content')
      const all = said(on, call.query.get('filter') === 'stream')
      const sorted = call.query.get('order') === 'reverse_chronological' ? all.reverse() : all
      return {
        status: 200,
        body: pageOf(
          call,
          sorted.map(({ at, ...one }) => fieldsOf(call, one)),
        ),
      }
    },
    [`POST ${G}/:id/comments`]: async (call) => {
      const on = call.params.id ?? ''
      if (!posts.has(on) && !videos.has(on)) return notThere(on)
      const message = (await given(call)).get('message')
      if (!message) return invalid('(#100) Param message is required')
      const id = `${on.split('_').at(-1)}_${next()}`
      comments.push({ id, on, message, at: now() })
      return { status: 200, body: { id } }
    },
    [`POST ${G}/:id`]: keepsParts(async (call) => {
      const id = call.params.id ?? ''
      if (id.startsWith('upload:')) return sendUpload(call, id)
      const form = await given(call)
      const comment = comments.find((one) => one.id === id)
      if (comment) {
        comment.message = form.get('message') || comment.message
        return { status: 200, body: { success: true } }
      }
      const post = posts.get(id)
      if (!post) return notThere(id)
      if (form.get('message')) post.message = form.get('message')
      if (form.get('is_published') === 'true') post.scheduledFor = null
      else if (form.get('scheduled_publish_time')) {
        if (post.scheduledFor === null) return invalid('(#100) The post is published already')
        const at = plannedFor('false', form.get('scheduled_publish_time'))
        if (typeof at !== 'number') return at ?? invalid('(#100) The time is invalid')
        post.scheduledFor = at
      }
      return { status: 200, body: { success: true } }
    }),
    [`GET ${G}/:id`]: (call) => {
      const id = call.params.id ?? ''
      const upload = uploads.get(id)
      if (upload) return { status: 200, body: { id, file_offset: size(upload.stored) } }
      const summed = /\b(comments|likes|reactions)\.summary\b/.test(call.query.get('fields') ?? '')
      if (summed && !rights.has('pages_read_user_content')) return lacking('pages_read_user_content')
      const post = posts.get(id)
      if (post) return { status: 200, body: fieldsOf(call, { ...node(post), ...audienceFields(id) }) }
      const video = videos.get(id)
      if (!video) return notThere(id)
      const { comments: below } = audienceFields(id)
      return { status: 200, body: fieldsOf(call, { ...videoNode(video), comments: below }) }
    },
    [`DELETE ${G}/:id`]: (call) => {
      const id = call.params.id ?? ''
      return takenAway(id) ? { status: 200, body: { success: true } } : notThere(id)
    },
  }

  const limits = { page: limit(now, 4_800, rolling(DAY)), app: limit(now, 200, rolling(60 * MINUTE)) }
  const tokenIn = (call: Call) => call.headers.authorization?.split(' ')[1] ?? call.query.get('access_token') ?? ''
  function counted(call: Call): Reply | undefined {
    const isPerson = tokenIn(call) === userToken
    if (!spend([isPerson ? limits.app : limits.page])) return undefined
    return isPerson
      ? graphError({ code: 4, message: '(#4) Application request limit reached' })
      : graphError({ code: 80_001, message: '(#80001) There have been too many calls to this Page account.' })
  }

  const started = await startSandbox(routes, {
    clock,
    missing: graphError({ code: 2500, message: 'Unknown path components' }),
    headers: (call) => {
      const page = pages.find(({ token }) => token === tokenIn(call))
      return { ...appUsage(limits.app), ...(page ? accountUsage(page.id, 'pages', limits.page, now()) : {}) }
    },
    before: (call) => {
      settle()
      if (call.path.includes('/oauth/')) return undefined
      if (sandbox.access === 'expired') return expired
      if (sandbox.access === 'removed') return removed
      const token = tokenIn(call)
      const known = token === userToken || pages.some((page) => page.token === token)
      return call.headers.authorization && !known
        ? graphError({ code: 190, status: 401, message: 'Invalid OAuth access token.' })
        : counted(call)
    },
  })
  sandbox = Object.assign(started, {
    userToken,
    pages,
    posts,
    photos,
    videos,
    stories,
    comments,
    audience,
    rights,
    splitsViews: false,
    access: 'fine' as const,
    limits,
    visible: () => {
      settle()
      const shown = [...videos.values()].filter(
        ({ kind, state, unreadable }) => kind !== 'story' && state === 'PUBLISHED' && !unreadable,
      )
      const texts = [...posts.values()].filter((post) => post.scheduledFor === null && !post.video)
      return [
        ...texts.map(({ id, message, photos: of }) => ({ id, text: message, media: of.map(shownPhoto) })),
        ...shown.map(({ id, description }) => ({ id, text: description, media: [FILM] })),
        ...stories.map((id) => ({
          id,
          text: '',
          media: [videos.has(id) ? FILM : shownPhoto(id)],
          untold: true as const,
          unheard: true as const,
        })),
      ]
    },
    spoiling: { next: false },
    rewrite: (id: string, text: string) => {
      const [post, video] = [posts.get(id), videos.get(id)]
      if (post) post.message = text
      if (video) video.description = text
    },
    takeAway: (id: string) => void takenAway(id),
    queue: () => {
      settle()
      const later = [...posts.values()].flatMap(({ id, message, scheduledFor, video }) =>
        scheduledFor === null || video ? [] : [{ id, text: message, at: scheduledFor }],
      )
      const films = [...videos.values()].flatMap(({ id, description, state, scheduledFor }) =>
        state === 'SCHEDULED' && scheduledFor !== null ? [{ id, text: description, at: scheduledFor }] : [],
      )
      return [...later, ...films]
    },
  })
  return sandbox
}
