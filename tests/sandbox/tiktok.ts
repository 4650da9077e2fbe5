/**
 * TikTok as its notes tell it: errors inside of answers that look well, films in chunks of a fixed arithmetic, handles that become
 * posts later or never, an app that is not checked, refresh tokens that rotate.
 */
import { createHash } from 'node:crypto'
import { type Audience, createAudience } from './audience.ts'
import { type Limit, type Limits, limit, rolling, spend } from './limits.ts'
import { fetched } from './mediaHost.ts'
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
import { createShelf, type ShownPost, shownMedium } from './shown.ts'

const HOUR = 3_600_000
const MB = 1_000_000
const MINUTE = 60_000
const LEVELS = ['PUBLIC_TO_EVERYONE', 'MUTUAL_FOLLOW_FRIENDS', 'FOLLOWER_OF_CREATOR', 'SELF_ONLY']

interface Sent {
  readonly publishId: string
  readonly kind: 'video' | 'photo'
  readonly info: Readonly<Record<string, unknown>>
  readonly size: number
  readonly chunk: number
  readonly chunks: number
  readonly at: number
  /** Sizes of the chunks that arrived, in order. */
  readonly stored: number[]
  /** Addresses that are fetched when it is worked on. */
  pulls: readonly string[]
  /** That were fetched. */
  pictures: number
  /** Status questions that are answered with work in progress. */
  polls: number
  failed: string
  gone: boolean
  /** When all of it was there; 0: not yet. */
  outAt: number
  postId: string
}

export interface TikTokSandbox extends Sandbox {
  readonly sent: Map<string, Sent>
  /** Codes a person has agreed to, with the challenge of the app that asked. */
  readonly codes: Map<string, string>
  /** TikTok has not checked the app. */
  audited: boolean
  /** Errors come with their own status, or with 200. */
  errorsAs200: boolean
  creator: {
    username: string
    options: readonly string[]
    comment_disabled: boolean
    duet_disabled: boolean
    stitch_disabled: boolean
    longest: number
  }
  /** Public posts are shown under an id of their own only once this is set. */
  moderated: boolean
  /** What others do with its posts, by what each is called while it is published. */
  readonly audience: Audience
  /** What every film fails with once it arrived; '' when it does not. */
  fails: string
  readonly spoiling: Spoiling
  /** Addresses of pictures TikTok may fetch. */
  readonly hosted: Set<string>
  /** What addresses begin with that the app has shown to be its own. */
  verified: string
  /** Rights the access has. */
  readonly scopes: Set<string>
  access: 'fine' | 'expired' | 'revoked'
  /** Calls of a minute of the account, or of the app (`info`, `list`, `query`); `posts`: of a day, whatever app they come from. */
  readonly limits: Limits<'init' | 'status' | 'creator' | 'info' | 'list' | 'query' | 'posts'>
  visible(): ShownPost[]
  takeAway(id: string): void
}

export const tiktokError = (status: number, code: string, message = code): Reply => ({
  status,
  body: { data: {}, error: { code, message, log_id: '202611280001' } },
})
const fine = (data: unknown): Reply => ({
  status: 200,
  body: { data, error: { code: 'ok', message: '', log_id: '1' } },
})
const flat = (error: string, error_description: string): Reply => ({
  status: 400,
  body: { error, error_description, log_id: '202611280002' },
})

const sum = (sizes: readonly number[]) => sizes.reduce((all, size) => all + size, 0)
const isText = (value: unknown): value is string => typeof value === 'string'

export async function startTikTok({
  clock,
  polls = 0,
}: {
  clock?: Clock
  polls?: number
} = {}): Promise<TikTokSandbox> {
  const sent = new Map<string, Sent>()
  const codes = new Map<string, string>()
  const audience = createAudience(() => sandbox.now())
  const shelf = createShelf()
  let accessToken = 'act.first-access'
  let refreshToken = 'rft.first-refresh'
  let last = 7_300_000_000_000_000_000n
  const next = () => String(++last)
  let sandbox: TikTokSandbox

  const failure = (status: number, code: string, message?: string): Reply =>
    tiktokError(sandbox.errorsAs200 ? 200 : status, code, message)
  const dayFull = () => failure(403, 'spam_risk_too_many_posts', 'Daily post cap reached')
  const aMinute = (most: number) => limit(() => sandbox.now(), most, rolling(MINUTE))
  const limits = {
    init: aMinute(6),
    status: aMinute(30),
    creator: aMinute(20),
    info: aMinute(600),
    list: aMinute(600),
    query: aMinute(600),
    posts: limit(() => sandbox.now(), 15, rolling(24 * HOUR)),
  }
  const lacks = (scope: string): Reply | undefined =>
    sandbox.scopes.has(scope) ? undefined : failure(401, 'scope_not_authorized', `The scope ${scope} is missing`)

  function infoFault(info: Record<string, unknown>, kind: Sent['kind']): Reply | undefined {
    const level = info.privacy_level
    if (!isText(level) || !LEVELS.includes(level)) return failure(400, 'invalid_params', 'privacy_level is required')
    if (!sandbox.creator.options.includes(level))
      return failure(400, 'privacy_level_option_mismatch', 'The privacy level is none of the options')
    if (!sandbox.audited && level !== 'SELF_ONLY')
      return failure(403, 'unaudited_client_can_only_post_to_private_accounts')
    if (info.brand_content_toggle === true && level === 'SELF_ONLY')
      return failure(400, 'invalid_params', 'Branded content cannot be private')
    const { title = '', description = '' } = info
    if (!isText(title) || title.length > (kind === 'video' ? 2_200 : 90))
      return failure(400, 'invalid_params', 'title is too long')
    if (!isText(description) || description.length > 4_000)
      return failure(400, 'invalid_params', 'description is too long')
    return undefined
  }

  function begin(kind: Sent['kind'], info: Sent['info'], size: number, chunk: number, chunks: number): Sent {
    const publishId = `${kind === 'video' ? 'v_pub_file' : 'p_pub_url'}~v2-1.${next()}`
    const made: Sent = {
      publishId,
      kind,
      info,
      size,
      chunk,
      chunks,
      at: sandbox.now(),
      stored: [],
      pulls: [],
      pictures: 0,
      polls,
      failed: '',
      gone: false,
      outAt: 0,
      postId: '',
    }
    sent.set(publishId, made)
    return made
  }

  const initVideo: Route = (call) => {
    const { post_info = {}, source_info = {} } = jsonOf(call) as Record<string, Record<string, unknown>>
    const missing = lacks('video.publish') ?? infoFault(post_info, 'video')
    if (missing) return missing
    if (source_info.source !== 'FILE_UPLOAD') return failure(400, 'invalid_params', 'source is not known here')
    const size = Number(source_info.video_size)
    const chunk = Number(source_info.chunk_size)
    const chunks = Number(source_info.total_chunk_count)
    if (!(size > 0) || size > 4_000 * MB) return failure(400, 'invalid_file_upload', 'video_size')
    const whole = chunk === size && chunks === 1 && size <= 64 * MB
    if (!whole && (chunk < 5 * MB || chunk > 64 * MB)) return failure(400, 'invalid_params', 'chunk_size is invalid')
    if (!whole && (chunks !== Math.floor(size / chunk) || chunks < 1 || chunks > 1_000))
      return failure(400, 'invalid_params', 'total_chunk_count is invalid')
    if (spend([limits.posts])) return dayFull()
    const { publishId } = begin('video', post_info, size, chunk, chunks)
    const upload_url = `https://open-upload.tiktokapis.com/video/?upload_id=${encodeURIComponent(publishId)}&upload_token=b0a1`
    return fine({ publish_id: publishId, upload_url })
  }

  const initPhotos: Route = (call) => {
    const asked = jsonOf(call) as Record<string, unknown> & Record<'post_info' | 'source_info', Record<string, unknown>>
    const missing = lacks('video.publish') ?? infoFault(asked.post_info, 'photo')
    if (missing) return missing
    if (asked.media_type !== 'PHOTO' || asked.post_mode !== 'DIRECT_POST') return failure(400, 'invalid_params', 'mode')
    const { source, photo_images, photo_cover_index } = asked.source_info
    const pictures = Array.isArray(photo_images) ? photo_images.map(String) : []
    if (source !== 'PULL_FROM_URL' || pictures.length < 1 || pictures.length > 35)
      return failure(400, 'invalid_params', 'photo_images')
    if (!(Number(photo_cover_index) >= 0 && Number(photo_cover_index) < pictures.length))
      return failure(400, 'invalid_params', 'photo_cover_index')
    const verified = (address: string) => sandbox.hosted.has(address) || address.startsWith(sandbox.verified)
    if (!pictures.every(verified)) return failure(403, 'url_ownership_unverified')
    if (spend([limits.posts])) return dayFull()
    const made = begin('photo', asked.post_info, 0, 0, 0)
    made.pulls = pictures.filter((address) => !sandbox.hosted.has(address))
    if (made.pulls.length === 0) made.outAt = sandbox.now()
    return fine({ publish_id: made.publishId })
  }

  const upload: Route = (call) => {
    const one = sent.get(call.query.get('upload_id') ?? '')
    if (!one) return { status: 404 }
    if (sandbox.now() - one.at > HOUR) return { status: 403, body: 'The address has expired' }
    if (call.headers.authorization) return { status: 400, body: 'No access belongs here' }
    if (!/^video\/(mp4|quicktime|webm)$/.test(call.headers['content-type'] ?? ''))
      return { status: 400, body: 'Content-Type' }
    const [, from, to, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(call.headers['content-range'] ?? '') ?? []
    const arrived = sum(one.stored)
    const isLast = one.stored.length === one.chunks - 1
    const wanted = isLast ? one.size - arrived : one.chunk
    if (one.outAt > 0 || Number(total) !== one.size || Number(from) !== arrived) return { status: 416 }
    if (Number(to) - Number(from) + 1 !== wanted || call.body.length !== wanted) return { status: 416 }
    one.stored.push(wanted)
    if (!isLast) return { status: 206 }
    if (isSpoilt(sandbox.spoiling)) one.failed = 'file_format_check_failed'
    else if (sandbox.fails) one.failed = sandbox.fails
    else one.outAt = sandbox.now()
    return { status: 201 }
  }

  /** A post that is public and was looked at has an id. */
  function settle(one: Sent): void {
    if (one.outAt > 0 && sandbox.moderated && one.info.privacy_level === 'PUBLIC_TO_EVERYONE' && one.postId === '')
      one.postId = next()
  }
  const statusOf = (one: Sent): string => {
    if (one.failed) return 'FAILED'
    if (one.outAt === 0) return 'PROCESSING_UPLOAD'
    if (one.polls > 0) {
      one.polls -= 1
      return one.kind === 'video' ? 'PROCESSING_UPLOAD' : 'PROCESSING_DOWNLOAD'
    }
    return 'PUBLISH_COMPLETE'
  }

  /** Fetches what is to be fetched: the first time somebody asks how far it is. */
  async function pull(one: Sent): Promise<void> {
    const files = await Promise.all(one.pulls.map(fetched))
    one.pulls = []
    if (!files.every((file) => file?.type === 'image/jpeg' || file?.type === 'image/webp')) {
      one.failed = 'photo_pull_failed'
      return
    }
    for (const [at, file] of files.entries()) if (file) shelf.put(`${one.publishId} ${at}`, file.type, file.bytes)
    one.pictures = files.length
    one.outAt = sandbox.now()
  }

  const fetchStatus: Route = async (call) => {
    const one = sent.get(String(jsonOf(call).publish_id))
    if (!one) return failure(400, 'invalid_publish_id')
    if (one.pulls.length > 0) await pull(one)
    const status = statusOf(one)
    if (status === 'PUBLISH_COMPLETE') settle(one)
    const told = fine({
      status,
      ...(one.failed ? { fail_reason: one.failed } : {}),
      ...(one.kind === 'video' ? { uploaded_bytes: sum(one.stored) } : {}),
      publicaly_available_post_id: status === 'PUBLISH_COMPLETE' && one.postId ? [one.postId] : [],
    })
    // An id of 64 bits goes out as a number, with more digits than JavaScript can hold.
    const body = JSON.stringify(told.body).replace(/"(\d{19})"/g, '$1')
    return { ...told, headers: { 'content-type': 'application/json' }, body }
  }

  const node = (one: Sent, fields: readonly string[]) => {
    const whole: Record<string, unknown> = {
      id: one.postId,
      title: one.info.title,
      video_description: one.kind === 'photo' ? one.info.description : one.info.title,
      create_time: Math.floor(one.outAt / 1000),
      share_url: `https://www.tiktok.com/@${sandbox.creator.username}/video/${one.postId}?utm_campaign=tt4d`,
      duration: 12,
      view_count: 0,
      like_count: 0,
      comment_count: 0,
      share_count: 0,
      ...audience.countsOf(one.publishId),
    }
    return Object.fromEntries(fields.map((field) => [field, whole[field]]))
  }
  const fieldsOf = (call: Call) => (call.query.get('fields') ?? '').split(',')
  const posts = () => {
    for (const one of sent.values()) settle(one)
    return [...sent.values()].filter(({ postId, gone }) => postId !== '' && !gone).reverse()
  }

  const T = '/open.tiktokapis.com/v2'
  const routes: Record<string, Route> = {
    [`POST ${T}/oauth/token/`]: async (call) => {
      const form = await formOf(call)
      if (!form.get('client_key') || !form.get('client_secret')) return flat('invalid_client', 'Client key is missing')
      if (form.get('grant_type') === 'authorization_code') {
        const challenge = codes.get(String(form.get('code')))
        codes.delete(String(form.get('code')))
        const hex = createHash('sha256')
          .update(String(form.get('code_verifier')))
          .digest('hex')
        if (challenge !== hex) return flat('invalid_grant', 'Code verifier does not match')
      } else if (form.get('refresh_token') !== refreshToken || sandbox.access === 'revoked')
        return flat('invalid_grant', 'Refresh token is invalid or expired.')
      accessToken = `act.access-${next()}`
      refreshToken = `rft.refresh-${next()}`
      sandbox.access = 'fine'
      return {
        status: 200,
        body: {
          access_token: accessToken,
          expires_in: 86_400,
          open_id: '723f24d7',
          refresh_token: refreshToken,
          refresh_expires_in: 31_536_000,
          scope: [...sandbox.scopes].join(','),
          token_type: 'Bearer',
        },
      }
    },
    [`GET ${T}/user/info/`]: (call) => {
      const fields = fieldsOf(call)
      const missing = fields.includes('username') ? lacks('user.info.profile') : undefined
      const whole: Record<string, unknown> = {
        open_id: '723f24d7',
        display_name: 'Harbour Museum',
        avatar_url: 'https://p16.example/a.jpg',
        username: sandbox.creator.username,
      }
      return missing ?? fine({ user: Object.fromEntries(fields.map((field) => [field, whole[field]])) })
    },
    [`POST ${T}/post/publish/creator_info/query/`]: () => {
      const { username, options, longest, ...rest } = sandbox.creator
      return (
        lacks('video.publish') ??
        fine({
          creator_nickname: 'Harbour Museum',
          creator_username: username,
          creator_avatar_url: 'https://p16.example/a.jpg',
          privacy_level_options: options,
          max_video_post_duration_sec: longest,
          ...rest,
        })
      )
    },
    [`POST ${T}/post/publish/video/init/`]: initVideo,
    [`POST ${T}/post/publish/content/init/`]: initPhotos,
    [`POST ${T}/post/publish/status/fetch/`]: fetchStatus,
    [`POST ${T}/video/list/`]: (call) => {
      const most = Number(jsonOf(call).max_count ?? 10)
      const videos = posts()
        .slice(0, Math.min(most, 20))
        .map((one) => node(one, fieldsOf(call)))
      return lacks('video.list') ?? fine({ videos, cursor: 0, has_more: false })
    },
    [`POST ${T}/video/query/`]: (call) => {
      const { filters } = jsonOf(call) as { filters?: { video_ids?: readonly string[] } }
      const found = posts().filter(({ postId }) => filters?.video_ids?.includes(postId))
      return lacks('video.list') ?? fine({ videos: found.map((one) => node(one, fieldsOf(call))) })
    },
    'PUT /open-upload.tiktokapis.com/video/': upload,
  }

  const counted: Readonly<Record<string, Limit>> = {
    [`${T}/post/publish/video/init/`]: limits.init,
    [`${T}/post/publish/content/init/`]: limits.init,
    [`${T}/post/publish/status/fetch/`]: limits.status,
    [`${T}/post/publish/creator_info/query/`]: limits.creator,
    [`${T}/user/info/`]: limits.info,
    [`${T}/video/list/`]: limits.list,
    [`${T}/video/query/`]: limits.query,
  }

  const started = await startSandbox(routes, {
    clock,
    missing: tiktokError(404, 'invalid_params', 'Unsupported path'),
    before: (call) => {
      if (!call.path.startsWith(T) || call.path.endsWith('/oauth/token/')) return undefined
      if (tokenOf(call) !== accessToken || sandbox.access !== 'fine')
        return failure(401, 'access_token_invalid', 'The access token is invalid or not found in the request.')
      const limited = counted[call.path]
      return limited && spend([limited]) ? failure(429, 'rate_limit_exceeded') : undefined
    },
  })
  sandbox = Object.assign(started, {
    sent,
    codes,
    audited: true,
    errorsAs200: false,
    creator: {
      username: 'harbourmuseum',
      options: LEVELS,
      comment_disabled: false,
      duet_disabled: false,
      stitch_disabled: false,
      longest: 600,
    },
    moderated: true,
    audience,
    fails: '',
    spoiling: { next: false },
    hosted: new Set<string>(),
    verified: 'http://127.0.0.1:',
    scopes: rightsOf('tiktok'),
    access: 'fine' as const,
    limits,
    takeAway: (id: string) => {
      const one = sent.get(id)
      if (one) one.gone = true
    },
    visible: () => {
      for (const one of sent.values()) settle(one)
      return [...sent.values()]
        .filter(({ outAt, gone }) => outAt > 0 && !gone)
        .map(({ publishId, kind, info, pictures, postId }) => ({
          id: publishId,
          text: String(kind === 'video' ? info.title : info.description),
          media:
            pictures > 0
              ? Array.from({ length: pictures }, (_, at) => shelf.show(`${publishId} ${at}`, ''))
              : [shownMedium(kind === 'video' ? 'video/mp4' : 'image/jpeg', '', null)],
          // Only what has an address of its own is listed.
          ...(postId === '' ? { untold: true as const } : {}),
        }))
    },
  })
  return sandbox
}
