/**
 * LinkedIn as its notes tell it: both version headers, uploads in one and in many pieces, "little text", posts that name themselves
 * only in a header, duplicates with the name of the first, and accesses that may write and not read.
 */

import { type Audience, createAudience } from './audience.ts'
import { every, type Limits, limit, spend } from './limits.ts'
import { rightsOf } from './rights.ts'
import {
  type Call,
  type Clock,
  formOf,
  isSpoilt,
  jsonOf,
  type Reply,
  type Route,
  type Sandbox,
  type Spoiling,
  startSandbox,
  tokenOf,
} from './server.ts'
import { type ShownMedium, type ShownPost, shownMedium } from './shown.ts'

const HOUR = 3_600_000
const PART = 4_194_304
export const PAGE = 'urn:li:organization:500'
export const MEMBER = 'urn:li:person:abc'

interface Upload {
  readonly urn: string
  readonly kind: 'image' | 'document' | 'video'
  readonly size: number
  readonly parts: (Buffer | null)[]
  readonly until: number
  readonly token: string
  polls: number
  finalized: boolean
  failed: string
}

export interface LinkedInPost {
  readonly urn: string
  readonly author: string
  commentary: string
  readonly visibility: string
  readonly content: Readonly<Record<string, unknown>> | undefined
  readonly at: number
}

export interface LinkedInSandbox extends Sandbox {
  readonly uploads: Map<string, Upload>
  readonly posts: Map<string, LinkedInPost>
  readonly comments: {
    readonly id: string
    readonly on: string
    readonly actor: string
    text: string
    readonly at: number
  }[]
  /** `closed`: its details are refused. */
  readonly pages: { readonly urn: string; readonly name: string; readonly closed?: true }[]
  /** What an access of a page may. */
  readonly rights: Set<string>
  /** What others do with its posts; counted by the names of the network. */
  readonly audience: Audience
  access: 'fine' | 'expired' | 'revoked'
  /** The token may write and read nothing, as that of "Share on LinkedIn". */
  writeOnly: boolean
  readonly spoiling: Spoiling
  /** Calls of a day, of the member and of the app. */
  readonly limits: Limits<'member' | 'app'>
  visible(): ShownPost[]
  takeAway(id: string): void
}

export const linkedInError = (status: number, code: string, message: string = code): Reply => ({
  status,
  body: { status, code, message },
})

/** What a reader sees of a text in "little text": the text after a sign that was not escaped is gone. */
export function shownText(little: string): string {
  let shown = ''
  for (let at = 0; at < little.length; at++) {
    const rest = little.slice(at)
    const tag = /^\{hashtag\|\\#\|((?:[^|{}\\]|\\.)+)\}/.exec(rest)
    const mention = /^@\[((?:[^\]\\]|\\.)+)\]\(urn:li:\w+:\w+\)/.exec(rest)
    const sign = little[at] ?? ''
    if (tag?.[1]) {
      shown += `#${tag[1].replace(/\\(.)/g, '$1')}`
      at += tag[0].length - 1
    } else if (mention?.[1]) {
      shown += mention[1].replace(/\\(.)/g, '$1')
      at += mention[0].length - 1
    } else if (sign === '\\') {
      shown += little[at + 1] ?? ''
      at += 1
    } else if ('|{}@[]()<>#*_~'.includes(sign)) return shown.trimEnd()
    else shown += sign
  }
  return shown
}

export async function startLinkedIn({
  clock,
  polls = 1,
}: {
  clock?: Clock
  polls?: number
} = {}): Promise<LinkedInSandbox> {
  const uploads = new Map<string, Upload>()
  const posts = new Map<string, LinkedInPost>()
  const rights = rightsOf('linkedin', 'page')
  const comments: LinkedInSandbox['comments'] = []
  const audience = createAudience(() => sandbox.now())
  const pages: LinkedInSandbox['pages'] = [{ urn: PAGE, name: 'Harbour Museum' }]
  let token = 'AQX-first-access'
  let last = 7_000_000_000_000_000_000n
  const next = () => String(++last)
  let sandbox: LinkedInSandbox

  const initialize =
    (kind: Upload['kind']): Route =>
    (call) => {
      const { initializeUploadRequest: asked } = jsonOf(call) as { initializeUploadRequest?: Record<string, unknown> }
      if (call.query.get('action') === 'finalizeUpload') return finalize(call)
      if (!asked || !isAuthor(asked.owner)) return linkedInError(400, 'INVALID_URN_ID', 'owner is not valid')
      const size = Number(asked.fileSizeBytes ?? 0)
      if (kind === 'video' && !(size > 0)) return linkedInError(400, 'MISSING_FIELD', 'fileSizeBytes is missing')
      const urn = `urn:li:${kind}:${next()}`
      const count = kind === 'video' ? Math.ceil(size / PART) : 1
      const until = sandbox.now() + HOUR
      uploads.set(urn, {
        urn,
        kind,
        size,
        parts: Array.from({ length: count }, () => null),
        until,
        token: '',
        polls,
        finalized: kind !== 'video',
        failed: '',
      })
      const address = (part: number) => `https://www.linkedin.com/dms-uploads/${encodeURIComponent(urn)}/${part}`
      if (kind !== 'video')
        return { status: 200, body: { value: { uploadUrl: address(0), uploadUrlExpiresAt: until, [kind]: urn } } }
      const uploadInstructions = Array.from({ length: count }, (_, part) => ({
        uploadUrl: address(part),
        firstByte: part * PART,
        lastByte: Math.min(size, (part + 1) * PART) - 1,
      }))
      return {
        status: 200,
        body: { value: { video: urn, uploadToken: '', uploadUrlsExpireAt: until, uploadInstructions } },
      }
    }

  function finalize(call: Call): Reply {
    const { finalizeUploadRequest: asked } = jsonOf(call) as {
      finalizeUploadRequest?: { video?: string; uploadToken?: string; uploadedPartIds?: string[] }
    }
    const upload = uploads.get(asked?.video ?? '')
    if (!upload || asked?.uploadToken === undefined)
      return linkedInError(400, 'MISSING_FIELD', 'uploadToken is missing')
    const expected = upload.parts.map((_, part) => `etag-${upload.urn}-${part}`)
    if (upload.parts.includes(null) || JSON.stringify(asked.uploadedPartIds) !== JSON.stringify(expected))
      return linkedInError(400, 'INVALID_VALUE_FOR_FIELD', 'uploadedPartIds do not match what was uploaded')
    upload.finalized = true
    return { status: 200, body: {} }
  }

  const receive: Route = (call) => {
    const upload = uploads.get(call.params.urn ?? '')
    const part = Number(call.params.part)
    if (!upload || !(part in upload.parts)) return { status: 404 }
    if (upload.until <= sandbox.now()) return { status: 401 }
    if (upload.kind === 'video' && call.headers.authorization)
      return { status: 400, body: 'Authorization is not welcome here' }
    if (upload.kind !== 'video' && tokenOf(call) !== token) return { status: 401 }
    const expected = upload.kind === 'video' ? Math.min(upload.size, (part + 1) * PART) - part * PART : call.body.length
    if (call.body.length !== expected) return { status: 400 }
    upload.parts[part] = call.body
    return { status: upload.kind === 'video' ? 200 : 201, headers: { etag: `"etag-${upload.urn}-${part}"` } }
  }

  function statusOf(upload: Upload): string {
    if (upload.failed) return 'PROCESSING_FAILED'
    if (upload.parts.includes(null) || !upload.finalized) return 'WAITING_UPLOAD'
    if (upload.polls === 0 && isSpoilt(sandbox.spoiling)) upload.failed = 'CODEC_NOT_SUPPORTED'
    if (upload.failed) return 'PROCESSING_FAILED'
    if (upload.polls === 0) return 'AVAILABLE'
    upload.polls -= 1
    return 'PROCESSING'
  }

  const readUpload: Route = (call) => {
    if (sandbox.writeOnly) return linkedInError(403, 'ACCESS_DENIED', 'Not enough permissions to access: images.GET')
    const upload = uploads.get(call.params.urn ?? '')
    if (!upload) return linkedInError(404, 'NOT_FOUND')
    return {
      status: 200,
      body: {
        id: upload.urn,
        status: statusOf(upload),
        ...(upload.failed ? { processingFailureReason: upload.failed } : {}),
      },
    }
  }

  const isAuthor = (urn: unknown): boolean => urn === MEMBER || pages.some((page) => page.urn === urn)

  /** The media a post names, by their URN. */
  function mediaOf(content: Record<string, unknown> = {}): string[] {
    const { media, multiImage, article } = content as {
      article?: { thumbnail?: string }
      media?: { id?: string }
      multiImage?: { images?: { id?: string }[] }
    }
    return [
      ...(article?.thumbnail ? [article.thumbnail] : []),
      ...(media?.id ? [media.id] : []),
      ...(multiImage?.images ?? []).flatMap(({ id }) => id ?? []),
    ]
  }

  function altOf(urn: string, content: Record<string, unknown> = {}): string {
    const { media, multiImage } = content as {
      media?: { id?: string; altText?: string }
      multiImage?: { images?: { id?: string; altText?: string }[] }
    }
    return [media, ...(multiImage?.images ?? [])].find((one) => one?.id === urn)?.altText ?? ''
  }
  function shownUpload(urn: string, alt: string): ShownMedium {
    const upload = uploads.get(urn)
    const type = { image: 'image/jpeg', video: 'video/mp4', document: 'application/pdf' }[upload?.kind ?? 'image']
    return shownMedium(type, alt, upload?.kind === 'image' ? (upload.parts[0] ?? null) : null)
  }

  const publish: Route = (call) => {
    const asked = jsonOf(call) as {
      author?: string
      commentary?: string
      visibility?: string
      lifecycleState?: string
      distribution?: { feedDistribution?: string }
      content?: Record<string, unknown>
    }
    if (!isAuthor(asked.author))
      return linkedInError(403, 'ACCESS_DENIED', 'Not enough permissions to act as the author')
    if (asked.lifecycleState !== 'PUBLISHED') return linkedInError(400, 'INVALID_VALUE_FOR_FIELD', 'lifecycleState')
    if (!['PUBLIC', 'CONNECTIONS', 'LOGGED_IN'].includes(asked.visibility ?? ''))
      return linkedInError(400, 'INVALID_VALUE_FOR_FIELD', 'visibility')
    if (!asked.distribution?.feedDistribution) return linkedInError(400, 'MISSING_FIELD', 'distribution')
    const commentary = asked.commentary ?? ''
    if (shownText(commentary).length > 3000)
      return linkedInError(400, 'FIELD_LENGTH_TOO_LONG', 'commentary is too long')
    if (Object.keys(asked.content ?? {}).length > 1)
      return linkedInError(400, 'INVALID_VALUE_FOR_FIELD', 'content has several')
    const { multiImage, poll } = (asked.content ?? {}) as {
      multiImage?: { images: unknown[] }
      poll?: { question?: string; options?: { text: string }[]; settings?: { duration?: string } }
    }
    if (multiImage && (multiImage.images.length < 2 || multiImage.images.length > 20))
      return linkedInError(400, 'INVALID_VALUE_FOR_FIELD', 'multiImage takes 2 to 20 images')
    if (
      poll &&
      (!poll.question || (poll.options?.length ?? 0) < 2 || (poll.options?.length ?? 0) > 4 || !poll.settings?.duration)
    )
      return linkedInError(400, 'INVALID_VALUE_FOR_FIELD', 'poll is not valid')
    for (const urn of mediaOf(asked.content)) {
      const upload = uploads.get(urn)
      if (!upload) return linkedInError(400, 'INVALID_URN_ID', urn)
      if (upload.failed) return linkedInError(400, 'MEDIA_ASSET_PROCESSING_FAILED', urn)
      if (statusOf(upload) !== 'AVAILABLE') return linkedInError(400, 'MEDIA_ASSET_WAITING_UPLOAD', urn)
    }
    const same = [...posts.values()].find(
      (post) =>
        post.author === asked.author &&
        post.commentary === commentary &&
        JSON.stringify(post.content) === JSON.stringify(asked.content) &&
        post.at > sandbox.now() - 24 * HOUR,
    )
    if (same) return linkedInError(422, 'DUPLICATE_POST', `Content is a duplicate of ${same.urn}`)
    const isFilm = mediaOf(asked.content).some((media) => uploads.get(media)?.kind === 'video')
    const urn = `urn:li:${isFilm ? 'ugcPost' : 'share'}:${next()}`
    posts.set(urn, {
      urn,
      author: asked.author ?? '',
      commentary,
      visibility: asked.visibility ?? '',
      content: asked.content,
      at: sandbox.now(),
    })
    return { status: 201, headers: { 'x-restli-id': urn } }
  }

  const node = ({ urn, author, commentary, visibility, content, at }: LinkedInPost) => ({
    id: urn,
    author,
    commentary,
    visibility,
    lifecycleState: 'PUBLISHED',
    createdAt: at,
    publishedAt: at,
    ...(content ? { content } : {}),
  })

  /** A read that an access may lack the right for. */
  const within =
    (right: string, route: Route): Route =>
    (call) =>
      sandbox.writeOnly || !rights.has(right)
        ? linkedInError(403, 'ACCESS_DENIED', `Not enough permissions to access: ${right}`)
        : route(call)

  /** The newest first. */
  const commentsOn = (urn: string) =>
    [
      ...comments.filter(({ on }) => on === urn),
      // Who they are is behind a right of its own: an actor is a name of no meaning.
      ...audience
        .answersTo(urn)
        .map(({ id, author, text, at }) => ({ id, on: urn, actor: `urn:li:person:${author}`, text, at })),
    ].sort((one, other) => other.at - one.at)

  const readComments: Route = (call) => {
    const urn = call.params.urn ?? ''
    if (!posts.has(urn)) return linkedInError(404, 'NOT_FOUND')
    const start = Number(call.query.get('start') ?? 0)
    const count = Math.min(Number(call.query.get('count') ?? 10), 100)
    const elements = commentsOn(urn)
      .slice(start, start + count)
      .map(({ id, on, actor, text, at }) => ({
        id,
        commentUrn: `urn:li:comment:(${on},${id})`,
        actor,
        object: on,
        message: { text, attributes: [] },
        created: { actor, time: at },
      }))
    return { status: 200, body: { paging: { start, count, links: [] }, elements } }
  }

  /** The posts of a list; undefined: it has others than those of its form. */
  function listed(list: string, form: 'share' | 'ugcPost'): string[] | undefined {
    const urns = /^List\((.*)\)$/.exec(list)?.[1]?.split(',') ?? []
    return urns.length > 0 && urns.every((urn) => urn.startsWith(`urn:li:${form}:`)) ? urns : undefined
  }

  /** What was done with posts of a page; those nobody did anything with are missing. */
  const statistics: Route = ({ query }) => {
    const organizationalEntity = query.get('organizationalEntity') ?? ''
    if (query.get('q') !== 'organizationalEntity') return linkedInError(400, 'INVALID_VALUE_FOR_FIELD', 'q')
    if (!pages.some(({ urn }) => urn === organizationalEntity))
      return linkedInError(403, 'ACCESS_DENIED', 'Not enough permissions to access the page')
    const form = query.has('ugcPosts') ? 'ugcPost' : 'share'
    const urns = listed(query.get(`${form}s`) ?? '', form)
    if (!urns) return linkedInError(400, 'INVALID_URN_TYPE', `${form}s`)
    const elements = urns.flatMap((urn) => {
      const commentCount = commentsOn(urn).length
      const told = { commentCount, ...audience.countsOf(urn) }
      if (posts.get(urn)?.author !== organizationalEntity || Object.values(told).every((count) => count === 0))
        return []
      const none = { impressionCount: 0, uniqueImpressionsCount: 0, clickCount: 0, likeCount: 0, shareCount: 0 }
      return [{ organizationalEntity, [form]: urn, totalShareStatistics: { ...none, engagement: 0.1, ...told } }]
    })
    return { status: 200, body: { paging: { start: 0, count: 10, links: [] }, elements } }
  }

  const R = '/api.linkedin.com/rest'
  const routes: Record<string, Route> = {
    'POST /www.linkedin.com/oauth/v2/accessToken': async (call) => {
      const form = await formOf(call)
      if (form.get('grant_type') !== 'refresh_token' || !form.get('client_secret'))
        return { status: 400, body: { error: 'invalid_request' } }
      if (form.get('refresh_token') !== 'AQY-refresh-token' || sandbox.access === 'revoked')
        return {
          status: 400,
          body: { error: 'invalid_request', error_description: 'The provided refresh token is invalid' },
        }
      token = `AQX-access-${next()}`
      sandbox.access = 'fine'
      return {
        status: 200,
        body: {
          access_token: token,
          expires_in: 5_184_000,
          refresh_token: 'AQY-refresh-token',
          refresh_token_expires_in: 31_000_000,
        },
      }
    },
    'PUT /www.linkedin.com/dms-uploads/:urn/:part': receive,
    'GET /api.linkedin.com/v2/userinfo': () => ({ status: 200, body: { sub: 'abc', name: 'A Curator', picture: '' } }),
    [`GET ${R}/organizationAcls`]: (call) => {
      if (call.query.get('q') !== 'roleAssignee') return linkedInError(400, 'INVALID_VALUE_FOR_FIELD', 'q')
      const start = Number(call.query.get('start') ?? 0)
      const count = Math.min(Number(call.query.get('count') ?? 10), 100)
      const elements = pages
        .slice(start, start + count)
        .map(({ urn }) => ({ organization: urn, role: 'ADMINISTRATOR', state: 'APPROVED' }))
      return { status: 200, body: { paging: { start, count, links: [] }, elements } }
    },
    [`GET ${R}/organizations/:id`]: (call) => {
      const page = pages.find(({ urn }) => urn.endsWith(`:${call.params.id}`))
      if (page?.closed)
        return linkedInError(403, 'ACCESS_DENIED', 'Not enough permissions to access: organizations.GET')
      return page
        ? {
            status: 200,
            body: {
              id: Number(call.params.id),
              localizedName: page.name,
              vanityName: page.name.toLowerCase().replace(/ /g, '-'),
            },
          }
        : linkedInError(404, 'NOT_FOUND')
    },
    [`POST ${R}/images`]: initialize('image'),
    [`POST ${R}/documents`]: initialize('document'),
    [`POST ${R}/videos`]: initialize('video'),
    [`GET ${R}/images/:urn`]: readUpload,
    [`GET ${R}/documents/:urn`]: readUpload,
    [`GET ${R}/videos/:urn`]: readUpload,
    [`POST ${R}/posts`]: publish,
    [`GET ${R}/posts`]: (call) => {
      if (sandbox.writeOnly)
        return linkedInError(403, 'ACCESS_DENIED', 'Not enough permissions to access: posts.FINDER-author')
      if (call.headers['x-restli-method'] !== 'FINDER')
        return linkedInError(400, 'INVALID_VALUE_FOR_FIELD', 'X-RestLi-Method')
      const all = [...posts.values()].reverse().filter(({ author }) => author === call.query.get('author'))
      return { status: 200, body: { elements: all.slice(0, Number(call.query.get('count') ?? 10)).map(node) } }
    },
    [`GET ${R}/posts/:urn`]: (call) => {
      if (sandbox.writeOnly) return linkedInError(403, 'ACCESS_DENIED', 'Not enough permissions to access: posts.GET')
      const post = posts.get(call.params.urn ?? '')
      return post ? { status: 200, body: node(post) } : linkedInError(404, 'NOT_FOUND')
    },
    [`POST ${R}/posts/:urn`]: (call) => {
      if (call.headers['x-restli-method'] !== 'PARTIAL_UPDATE')
        return linkedInError(400, 'INVALID_VALUE_FOR_FIELD', 'X-RestLi-Method')
      const post = posts.get(call.params.urn ?? '')
      if (!post) return linkedInError(404, 'NOT_FOUND')
      const { patch } = jsonOf(call) as { patch?: { $set?: { commentary?: string } } }
      if (patch?.$set?.commentary !== undefined) post.commentary = patch.$set.commentary
      return { status: 204 }
    },
    [`DELETE ${R}/posts/:urn`]: (call) => {
      const urn = call.params.urn ?? ''
      comments.splice(0, comments.length, ...comments.filter(({ on }) => on !== urn))
      return posts.delete(urn) ? { status: 204 } : linkedInError(404, 'NOT_FOUND')
    },
    [`POST ${R}/socialActions/:urn/comments/:id`]: (call) => {
      if (call.headers['x-restli-method'] !== 'PARTIAL_UPDATE')
        return linkedInError(400, 'INVALID_VALUE_FOR_FIELD', 'X-RestLi-Method')
      const comment = comments.find(({ id, on }) => id === call.params.id && on === call.params.urn)
      if (comment?.actor !== call.query.get('actor')) return linkedInError(403, 'ACCESS_DENIED', 'actor')
      const { patch } = jsonOf(call) as { patch?: { message?: { $set?: { text?: string } } } }
      comment.text = patch?.message?.$set?.text ?? comment.text
      return { status: 204 }
    },
    [`POST ${R}/socialActions/:urn/comments`]: (call) => {
      if (sandbox.writeOnly)
        return linkedInError(403, 'ACCESS_DENIED', 'Not enough permissions to access: w_member_social_feed')
      if (!rights.has('w_organization_social_feed'))
        return linkedInError(403, 'ACCESS_DENIED', 'Not enough permissions to access: w_organization_social_feed')
      const asked = jsonOf(call) as { actor?: string; object?: string; message?: { text?: string } }
      const on = call.params.urn ?? ''
      if (!posts.has(on) || asked.object !== on || !isAuthor(asked.actor))
        return linkedInError(400, 'INVALID_URN_ID', on)
      const id = next()
      comments.push({ id, on, actor: asked.actor ?? '', text: asked.message?.text ?? '', at: sandbox.now() })
      return { status: 201, headers: { 'x-restli-id': id } }
    },
    [`GET ${R}/socialActions/:urn/comments`]: within('r_organization_social_feed', readComments),
    [`GET ${R}/organizationalEntityShareStatistics`]: within('rw_organization_admin', statistics),
  }

  const limits = {
    member: limit(() => sandbox.now(), 150, every(24 * HOUR)),
    app: limit(() => sandbox.now(), 100_000, every(24 * HOUR)),
  }
  /** No header tells of it, and no answer which of the two it is. */
  const counted = () => (spend([limits.member, limits.app]) ? linkedInError(429, 'TOO_MANY_REQUESTS') : undefined)

  const started = await startSandbox(routes, {
    clock,
    missing: linkedInError(404, 'RESOURCE_NOT_FOUND'),
    before: (call) => {
      if (!call.path.startsWith('/api.linkedin.com')) return undefined
      if (!tokenOf(call)) return linkedInError(401, 'EMPTY_ACCESS_TOKEN')
      if (sandbox.access === 'expired')
        return linkedInError(401, 'EXPIRED_ACCESS_TOKEN', 'The token used in the request has expired')
      if (sandbox.access === 'revoked' || tokenOf(call) !== token)
        return linkedInError(401, 'REVOKED_ACCESS_TOKEN', 'The token used in the request has been revoked by the user')
      if (!call.path.startsWith(R)) return counted()
      const version = call.headers['linkedin-version']
      if (!version) return linkedInError(400, 'VERSION_MISSING', 'A version must be present')
      if (!/^\d{6}$/.test(version) || version < '202511')
        return linkedInError(426, 'NONEXISTENT_VERSION', `Requested version ${version} is not active`)
      return call.headers['x-restli-protocol-version'] === '2.0.0'
        ? counted()
        : linkedInError(400, 'INVALID_VALUE_FOR_FIELD', 'X-Restli-Protocol-Version')
    },
  })
  sandbox = Object.assign(started, {
    uploads,
    posts,
    comments,
    pages,
    rights,
    audience,
    access: 'fine' as const,
    writeOnly: false,
    limits,
    spoiling: { next: false },
    takeAway: (id: string) => void posts.delete(id),
    visible: () =>
      [...posts.values()].map(({ urn, commentary, content }) => ({
        id: urn,
        text: shownText(commentary),
        media: mediaOf(content).map((medium) => shownUpload(medium, altOf(medium, content))),
      })),
  })
  return sandbox
}
