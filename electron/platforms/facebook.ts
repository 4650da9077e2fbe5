/**
 * Facebook Pages over the Graph API. The commit is the small request that names what was uploaded before: `/feed`, `/videos` with the
 * handle of an upload, the end of a Reel or a story. Facts: `facts/facebook.ts`.
 */
import * as z from 'zod/mini'
import type { Instant } from '../../shared/domain/time.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { as, ask, type Question } from '../services/http.ts'
import type {
  Account,
  Adapter,
  Committed,
  Connected,
  Counted,
  Done,
  Found,
  Heard,
  Job,
  Memory,
  Part,
  Secrets,
  Seen,
  SentMedium,
  Step,
  Tools,
} from './adapter.ts'
import { FACEBOOK } from './facts/facebook.ts'
import {
  countedIn,
  formBodyOf,
  graphDialect,
  insights,
  insightsOf,
  listingOf,
  type Numbers,
  newestFirst,
  nextPage,
  tokenFacts,
} from './graph.ts'
import { partMemory, withPart } from './shared/memory.ts'
import { isOut, parentOf, partOf, begun as since, underneath } from './shared/parts.ts'
import { unchanged } from './shared/reach.ts'
import { fieldOf, plain, refusal, removed, sameText, troubled } from './shared/said.ts'
import { digest, fileName, formBody, patienceFor, sliceBody } from './shared/upload.ts'

const GRAPH = `${FACEBOOK.hosts.graph}/${FACEBOOK.version}`
const VIDEO = `${FACEBOOK.hosts.video}/${FACEBOOK.version}`

/** How far apart two clocks may be when a post is looked for by its time. */
const LEEWAY = 120_000

/** What is remembered of a part. */
interface Remembered {
  /** Photos that lie unpublished at Facebook, by our id. */
  readonly photos?: Readonly<Record<string, { readonly id: string; readonly at: Instant }>>
  /** The film of a Reel or a story. */
  readonly film?: { readonly id: string; readonly address: string }
  /** A resumable upload of any other film. */
  readonly upload?: { readonly session: string; readonly handle: string }
}
const remembered = (memory: Memory, part: number) => partMemory(memory, part) as Remembered

type Form = Readonly<Record<string, string | undefined>>
/** One call of Graph with the Page's token. */
function graph<T>(tools: Tools, question: Omit<Question<T>, 'refused'>, scheme = 'Bearer') {
  return ask(tools, {
    ...question,
    headers: { authorization: `${scheme} ${tools.secrets.accessToken}`, ...question.headers },
    refused: graphDialect(tools, question.commit === true),
  })
}

const id = as(z.object({ id: z.string() }))
const success = as(z.object({ success: z.literal(true) }))
const seconds = (at: Instant): string => String(Math.floor(at / 1000))
const isFilm = (medium: SentMedium | undefined): medium is SentMedium => medium?.type.startsWith('video/') ?? false

/* ---- connect ---- */

const pages = as(
  listingOf(
    z.object({
      id: z.string(),
      name: z.string(),
      username: z.optional(z.string()),
      access_token: z.string(),
      tasks: z.optional(z.array(z.string())),
    }),
  ),
)
type Page = NonNullable<ReturnType<typeof pages>>['data'][number]

/** Pages of a person's token, all of them; null when the token is that of a Page. */
async function pagesOf(tools: Tools): Promise<Result<Page[] | null, Trouble>> {
  const all: Page[] = []
  let after = ''
  do {
    const query = formBodyOf({ fields: 'id,name,username,access_token,tasks', limit: '100', after: after || undefined })
    const answer = await graph(tools, { address: `${GRAPH}/me/accounts?${query}`, read: pages })
    // A Page has no accounts: Graph then speaks of a field that does not exist.
    if (!answer.ok) return answer.error.kind === 'refused' && all.length === 0 ? ok(null) : answer
    all.push(...answer.value.value.data)
    after = nextPage(answer.value.value)
  } while (after !== '')
  return ok(all)
}

/**
 * Takes `accessToken` (of a Page or of a person), and for a person with several Pages the id of one as `page`. With `clientId` and
 * `clientSecret` the person's token is made to last first.
 */
async function connect(given: Secrets, tools: Tools): Promise<Connected> {
  let access = { ...tools, secrets: given }
  let userToken = ''
  if (given.clientId && given.clientSecret && given.accessToken) {
    const lasting = await longLived(given, access)
    if (!lasting.ok) return troubled(lasting.error)
    userToken = lasting.value
    access = { ...tools, secrets: { ...given, accessToken: userToken } }
  }
  const listed = await pagesOf(access)
  if (!listed.ok) return troubled(listed.error)
  const right = listed.value === null ? undefined : await lacking(access)
  if (right) return troubled({ kind: 'not-permitted', right, details: '' })
  const page = listed.value === null ? await ownPage(access) : chosen(listed.value, given.page)
  if (!page.ok) return troubled(page.error)
  const { access_token, name, username = '', tasks } = page.value
  if (tasks && !tasks.includes(FACEBOOK.task))
    return troubled({ kind: 'not-permitted', right: FACEBOOK.task, details: `Tasks on ${name}: ${tasks.join(', ')}` })
  const secrets = { ...given, accessToken: access_token, ...(userToken ? { userToken } : {}) }
  const told = await tokenFacts(GRAPH, access_token, { ...tools, secrets })
  return {
    kind: 'connected',
    account: {
      network: 'facebook',
      remoteId: page.value.id,
      handle: username,
      name,
      host: FACEBOOK.hosts.graph,
      // Only a person's token is made longer, by the app it came from.
      facts: { app: given.clientId ?? told.app, ...(userToken ? {} : { lasting: false }) },
      expiresAt: told.expiresAt,
    },
    secrets,
  }
}

/** A right that a person did not give; undefined: none, or Facebook does not say. Of a Page's own token it is not told. */
async function lacking(tools: Tools): Promise<string | undefined> {
  const answer = await graph(tools, {
    address: `${GRAPH}/me/permissions`,
    read: as(z.object({ data: z.array(z.object({ permission: z.string(), status: z.string() })) })),
  })
  if (!answer.ok || answer.value.value.data.length === 0) return undefined
  const granted = answer.value.value.data.flatMap(({ permission, status }) => (status === 'granted' ? permission : []))
  return FACEBOOK.rights.find((right) => !granted.includes(right))
}

/** Sixty days more from an access that still holds, where the app is known: Meta has no refresh token. */
async function refresh(account: Account, tools: Tools): Promise<Connected> {
  const { userToken = '', clientId, clientSecret } = tools.secrets
  if (userToken && clientId && clientSecret)
    return connect({ ...tools.secrets, accessToken: userToken, page: account.remoteId }, tools)
  const reason = 'an access is made longer only with the id and the secret of the app it came from'
  return troubled({ kind: 'access-withdrawn', reason, details: '' })
}

/** The Pages of a person; none where the token is that of a Page. */
async function choices(given: Secrets, tools: Tools): ReturnType<NonNullable<Adapter['choices']>> {
  const listed = await pagesOf({ ...tools, secrets: given })
  return listed.ok ? ok((listed.value ?? []).map(({ id, name }) => ({ id, name }))) : listed
}

async function longLived(
  { clientId, clientSecret, accessToken }: Secrets,
  tools: Tools,
): Promise<Result<string, Trouble>> {
  const query = formBodyOf({
    grant_type: 'fb_exchange_token',
    client_id: clientId,
    client_secret: clientSecret,
    fb_exchange_token: accessToken,
  })
  const answer = await ask(tools, {
    address: `${GRAPH}/oauth/access_token?${query}`,
    read: as(z.object({ access_token: z.string() })),
    refused: graphDialect(tools, false),
  })
  return answer.ok ? ok(answer.value.value.access_token) : answer
}

async function ownPage(tools: Tools): Promise<Result<Page, Trouble>> {
  const answer = await graph(tools, {
    address: `${GRAPH}/me?fields=id,name,username`,
    read: as(z.object({ id: z.string(), name: z.string(), username: z.optional(z.string()) })),
  })
  return answer.ok ? ok({ ...answer.value.value, access_token: tools.secrets.accessToken ?? '' }) : answer
}

function chosen(all: readonly Page[], wanted: string | undefined): Result<Page, Trouble> {
  const page = wanted ? all.find((one) => one.id === wanted) : all.length === 1 ? all[0] : undefined
  if (page) return ok(page)
  const names = all.map((one) => `${one.name} (${one.id})`).join(', ')
  const reason = all.length === 0 ? 'This person manages no Page.' : `Choose one of these Pages: ${names}.`
  return err({ kind: 'refused', field: 'page', reason, details: '' })
}

/* ---- prepare ---- */

async function prepare(job: Job, part: number, memory: Memory, account: Account, tools: Tools): Promise<Step> {
  const known = since(memory, part, tools)
  const { kind, media } = partOf(job, part)
  if (kind !== 'post')
    return (await underneath(find, 0, job, part, known, account, tools)) ?? { kind: 'ready', memory: known }
  const late = tooSoonOrLate(job, tools.now())
  if (late) return late
  const [first] = media
  const work: Work = { job, part, memory: known, account, tools }
  if (job.format === 'reel' || (job.format === 'story' && isFilm(first)))
    return first ? film(work, job.format === 'reel' ? 'video_reels' : 'video_stories', first) : noMedium
  return isFilm(first) ? upload(work, first) : photos(work, media)
}

interface Work {
  readonly job: Job
  readonly part: number
  readonly memory: Memory
  readonly account: Account
  readonly tools: Tools
}

/** The next step goes on with this remembered as well; `after` milliseconds. */
const goOn = ({ memory, part, tools }: Work, more: Remembered, after = 0): Step => ({
  kind: 'again',
  memory: withPart(memory, part, { ...more }),
  after: tools.now() + after,
})

const noMedium = refusal('media', 'There is no film to send.')

function tooSoonOrLate({ publishAt, format }: Pick<Job, 'publishAt' | 'format'>, now: Instant) {
  if (publishAt === null) return null
  if (format === 'story') return refusal('publishAt', 'Facebook schedules no stories.')
  const { soonest, latest } = FACEBOOK.schedules
  const ahead = publishAt - now
  if (ahead < soonest) return refusal('publishAt', 'Facebook schedules nothing that is due within 10 minutes.')
  if (ahead <= latest) return null
  const reason = `Outpost hands to Facebook nothing that is due in more than ${latest / 86_400_000} days.`
  return troubled({ kind: 'refused', field: 'publishAt', reason, notYet: true, details: '' })
}

/** Sends the next photo that does not lie at Facebook yet, one a step. */
async function photos(work: Work, media: readonly SentMedium[]): Promise<Step> {
  const { job, part, memory, account, tools } = work
  const known = remembered(memory, part).photos ?? {}
  const lives = ({ id }: SentMedium) => known[id] !== undefined && known[id].at > tools.now() - FACEBOOK.photoLives
  const next = media.find((medium) => !lives(medium))
  if (!next) return { kind: 'ready', memory }
  const { body, headers } = formBody(
    {
      published: 'false',
      // A photo that waits for its post; Meta's page on posts with several photos.
      temporary: job.publishAt === null ? '' : 'true',
      alt_text_custom: next.alt,
    },
    { field: 'source', name: fileName(job.deliveryId, next), medium: next },
    tools,
  )
  const answer = await graph(tools, {
    method: 'POST',
    address: `${GRAPH}/${account.remoteId}/photos`,
    body,
    headers,
    timeout: patienceFor(next.size),
    read: id,
  })
  if (!answer.ok) return troubled(answer.error)
  return goOn(work, { photos: { ...known, [next.id]: { id: answer.value.value.id, at: tools.now() } } })
}

const filmStatus = as(
  z.object({
    status: z.object({
      video_status: z.string(),
      uploading_phase: z.optional(z.object({ bytes_transfered: z.optional(z.number()) })),
      publishing_phase: z.optional(
        z.object({ status: z.optional(z.string()), publish_status: z.optional(z.string()) }),
      ),
    }),
    permalink_url: z.optional(z.string()),
  }),
)

/** Asks for a place for a film, sends what did not arrive yet, waits until it is worked through. */
async function film(work: Work, edge: string, medium: SentMedium): Promise<Step> {
  const { part, memory, account, tools } = work
  const { film: begun } = remembered(memory, part)
  if (!begun) {
    const answer = await graph(tools, {
      method: 'POST',
      address: `${GRAPH}/${account.remoteId}/${edge}`,
      body: formBodyOf({ upload_phase: 'start' }),
      read: as(z.object({ video_id: z.string(), upload_url: z.string() })),
    })
    if (!answer.ok) return troubled(answer.error)
    const { video_id, upload_url } = answer.value.value
    return goOn(work, { film: { id: video_id, address: upload_url } })
  }
  const asked = await statusOf(begun.id, tools)
  // It was given up there: the place is gone, the next step asks for another.
  if (!asked.ok) return asked.error.kind === 'target-gone' ? goOn(work, NOTHING) : troubled(asked.error)
  const { video_status, uploading_phase } = asked.value.status
  if (video_status === 'error') return refusal('media', 'Facebook could not process the film.')
  if (video_status === 'expired') return goOn(work, NOTHING)
  const arrived = uploading_phase?.bytes_transfered ?? 0
  if (arrived < medium.size) {
    const { body, headers } = sliceBody(medium, arrived, medium.size, tools)
    const sent = await graph(
      tools,
      {
        method: 'POST',
        address: begun.address,
        headers: { ...headers, offset: String(arrived), file_size: String(medium.size) },
        body,
        timeout: patienceFor(medium.size - arrived),
        read: success,
      },
      'OAuth',
    )
    return sent.ok ? goOn(work, {}, FACEBOOK.pollEvery) : troubled(sent.error)
  }
  return video_status === 'ready' ? { kind: 'ready', memory } : goOn(work, {}, FACEBOOK.pollEvery)
}

/** A film that was given up there is sent anew. */
const NOTHING: Remembered = { film: undefined, upload: undefined }

async function statusOf(videoId: string, tools: Tools) {
  const answer = await graph(tools, { address: `${GRAPH}/${videoId}?fields=status,permalink_url`, read: filmStatus })
  return answer.ok ? ok(answer.value.value) : answer
}

/** A film of any length over Graph's resumable upload: a session of the app, the bytes, a handle. */
async function upload(work: Work, medium: SentMedium): Promise<Step> {
  const { job, part, memory, account, tools } = work
  const begun = remembered(memory, part).upload
  if (begun?.handle) return { kind: 'ready', memory }
  if (!begun) {
    const app = typeof account.facts.app === 'string' ? account.facts.app : ''
    if (!app)
      return refusal(
        'media',
        'Facebook takes films only through an app: connect the Page again with the id of your app.',
      )
    const query = formBodyOf({
      file_name: fileName(job.deliveryId, medium),
      file_length: String(medium.size),
      file_type: medium.type,
    })
    const answer = await graph(tools, { method: 'POST', address: `${GRAPH}/${app}/uploads?${query}`, read: id })
    if (!answer.ok) return troubled(answer.error)
    return goOn(work, { upload: { session: answer.value.value.id, handle: '' } })
  }
  const asked = await graph(
    tools,
    { address: `${GRAPH}/${begun.session}`, read: as(z.object({ file_offset: z.number() })) },
    'OAuth',
  )
  if (!asked.ok) return asked.error.kind === 'target-gone' ? goOn(work, NOTHING) : troubled(asked.error)
  const arrived = asked.value.value.file_offset
  const { body, headers } = sliceBody(medium, arrived, medium.size, tools)
  const sent = await graph(
    tools,
    {
      method: 'POST',
      address: `${GRAPH}/${begun.session}`,
      headers: { ...headers, file_offset: String(arrived) },
      body,
      timeout: patienceFor(medium.size - arrived),
      read: as(z.object({ h: z.string() })),
    },
    'OAuth',
  )
  if (!sent.ok) return troubled(sent.error)
  return { kind: 'ready', memory: withPart(memory, part, { upload: { ...begun, handle: sent.value.value.h } }) }
}

/* ---- commit ---- */

/** What `/feed` is told of a post. `field` as in the notes, section 2. */
export function feedForm(job: Job, { text, media }: Part, photoIds: readonly string[]): Form {
  const { link } = job.fields
  return {
    message: text || undefined,
    ...(media.length === 0 && typeof link === 'string' && link !== '' ? { link } : {}),
    ...(photoIds.length > 0 ? { attached_media: JSON.stringify(photoIds.map((media_fbid) => ({ media_fbid }))) } : {}),
    ...scheduling(job.publishAt),
    ...(job.publishAt !== null && photoIds.length > 0 ? { unpublished_content_type: 'SCHEDULED' } : {}),
  }
}

const scheduling = (publishAt: Instant | null): Form =>
  publishAt === null ? { published: 'true' } : { published: 'false', scheduled_publish_time: seconds(publishAt) }

/** Facebook shows stories to no program: the id of one says what it is, so that nothing is concluded from its not being found. */
const STORY = 'story:'
const isStory = (remoteId: string): boolean => remoteId.startsWith(STORY)

const titleOf = (job: Job): string | undefined => fieldOf(job, 'title') || job.title || undefined

async function commit(job: Job, part: number, memory: Memory, account: Account, tools: Tools): Promise<Committed> {
  const sent = partOf(job, part)
  const { photos: stored = {}, film: begun, upload: uploaded } = remembered(memory, part)
  const { remoteId: page } = account
  const post = <T>(address: string, fields: Form, read: (body: unknown) => T | undefined) =>
    graph(tools, { method: 'POST', address, body: formBodyOf(fields), commit: true, read })
  const done = (answer: Awaited<ReturnType<typeof post<{ id: string }>>>): Committed =>
    answer.ok
      ? { kind: 'done', remoteId: answer.value.value.id, memory: isOut(memory, part, answer.value.value.id) }
      : troubled(answer.error)

  if (sent.kind !== 'post') {
    return done(await post(`${GRAPH}/${parentOf(memory, part)}/comments`, { message: sent.text }, id))
  }
  const [first] = sent.media
  if (job.format === 'reel' || (job.format === 'story' && isFilm(first))) {
    if (!begun) return troubled({ kind: 'begin-again', details: '' })
    if (job.format === 'story')
      return done(
        await post(
          `${GRAPH}/${page}/video_stories`,
          { upload_phase: 'finish', video_id: begun.id },
          (body) => success(body) && { id: `${STORY}${begun.id}` },
        ),
      )
    const state = job.publishAt === null ? 'PUBLISHED' : 'SCHEDULED'
    return done(
      await post(
        `${GRAPH}/${page}/video_reels`,
        {
          upload_phase: 'finish',
          video_id: begun.id,
          video_state: state,
          description: sent.text || undefined,
          title: titleOf(job),
          ...(job.publishAt === null ? {} : { scheduled_publish_time: seconds(job.publishAt) }),
        },
        (body) => success(body) && { id: begun.id },
      ),
    )
  }
  const ids = sent.media.flatMap((medium) => stored[medium.id]?.id ?? [])
  if (job.format === 'story')
    return done(
      await post(`${GRAPH}/${page}/photo_stories`, { photo_id: ids[0] }, (body) => {
        const read = as(z.object({ post_id: z.string() }))(body)
        return read && { id: `${STORY}${read.post_id}` }
      }),
    )
  if (isFilm(first)) {
    if (!uploaded?.handle) return troubled({ kind: 'begin-again', details: '' })
    const fields = {
      fbuploader_video_file_chunk: uploaded.handle,
      description: sent.text || undefined,
      title: titleOf(job),
      ...scheduling(job.publishAt),
    }
    return done(await post(`${VIDEO}/${page}/videos`, fields, id))
  }
  if (ids.length < sent.media.length) return troubled({ kind: 'begin-again', details: '' })
  return done(await post(`${GRAPH}/${page}/feed`, feedForm(job, sent, ids), id))
}

/* ---- afterwards ---- */

const target = z.object({ id: z.optional(z.string()) })
const attachment = z.object({
  media_type: z.optional(z.string()),
  target: z.optional(target),
  subattachments: z.optional(z.object({ data: z.array(z.object({ target: z.optional(target) })) })),
})
const listed = z.object({
  id: z.string(),
  message: z.optional(z.string()),
  created_time: z.optional(z.string()),
  scheduled_publish_time: z.optional(z.number()),
  attachments: z.optional(z.object({ data: z.array(attachment) })),
})
type Listed = z.infer<typeof listed>
const listing = as(listingOf(listed))

const targetsOf = ({ attachments }: Listed): string[] =>
  (attachments?.data ?? []).flatMap((one) => [
    ...(one.target?.id ? [one.target.id] : []),
    ...(one.subattachments?.data ?? []).flatMap((sub) => sub.target?.id ?? []),
  ])

/** Facebook has several names for films; all of them begin so. */
const hasFilm = ({ attachments }: Listed): boolean =>
  (attachments?.data ?? []).some(({ media_type = '' }) => media_type.startsWith('video'))

async function find(
  job: Job,
  part: number,
  memory: Memory,
  since: Instant,
  account: Account,
  tools: Tools,
): Promise<Found> {
  const sent = partOf(job, part)
  const { photos: stored = {}, film: begun } = remembered(memory, part)
  if (sent.kind !== 'post')
    return lookFor(
      tools,
      `${parentOf(memory, part)}/comments`,
      { filter: 'toplevel', order: 'reverse_chronological', fields: 'id,message,created_time' },
      ({ message = '', created_time = '' }) =>
        sameText(message, sent.text) && Date.parse(created_time) >= since - LEEWAY,
    )
  if (job.format === 'story') return { kind: 'unclear' }
  if (job.format === 'reel') return begun ? reelOf(begun.id, tools) : { kind: 'absent' }

  const photoIds = sent.media.flatMap((medium) => stored[medium.id]?.id ?? [])
  const film = isFilm(sent.media[0])
  const isIt = (post: Listed): boolean =>
    photoIds.length > 0
      ? photoIds.every((photo) => targetsOf(post).includes(photo))
      : (!film || hasFilm(post)) && sameText(post.message ?? '', sent.text)
  // A film is known by its own id, which its post names.
  const idIn = (post: Listed): string => (film ? (targetsOf(post)[0] ?? post.id) : post.id)
  const fields = 'id,message,created_time,scheduled_publish_time,attachments{media_type,target,subattachments}'
  const found = await (job.publishAt === null
    ? lookFor(
        tools,
        `${account.remoteId}/published_posts`,
        { fields, since: seconds(since - LEEWAY) },
        (post) => isIt(post) && Date.parse(post.created_time ?? '') >= since - LEEWAY,
        idIn,
      )
    : lookFor(
        tools,
        `${account.remoteId}/scheduled_posts`,
        { fields },
        (post) => isIt(post) && post.scheduled_publish_time === Number(seconds(job.publishAt ?? 0)),
        idIn,
      ))
  // Whether a film is listed while Facebook still works on it is nowhere said: a person is asked rather than told that it is not there.
  return film && found.kind === 'absent' ? { kind: 'unclear' } : found
}

/** Reads a listing to its end, or until it is found. */
async function lookFor(
  tools: Tools,
  edge: string,
  query: Form,
  isIt: (post: Listed) => boolean,
  idIn: (post: Listed) => string = (post) => post.id,
): Promise<Found> {
  let after = ''
  do {
    const asked = formBodyOf({ ...query, limit: '100', after: after || undefined })
    const answer = await graph(tools, { address: `${GRAPH}/${edge}?${asked}`, read: listing })
    if (!answer.ok) return troubled(answer.error)
    const { data } = answer.value.value
    const found = data.find(isIt)
    if (found) return { kind: 'there', remoteId: idIn(found) }
    after = nextPage(answer.value.value)
  } while (after !== '')
  return { kind: 'absent' }
}

async function reelOf(videoId: string, tools: Tools): Promise<Found> {
  const asked = await statusOf(videoId, tools)
  if (!asked.ok) return asked.error.kind === 'target-gone' ? { kind: 'absent' } : troubled(asked.error)
  const { publishing_phase: phase } = asked.value.status
  if (phase?.publish_status) return { kind: 'there', remoteId: videoId }
  return phase?.status === 'not_started' ? { kind: 'absent' } : { kind: 'unclear' }
}

/** A post's id names its Page as well; that of a film does not. */
const isPost = (remoteId: string): boolean => remoteId.includes('_')

async function see(remoteId: string, _account: Account, tools: Tools): Promise<Seen> {
  if (isStory(remoteId)) return { kind: 'seen', permalink: '', state: 'public', because: '', fingerprint: '', remoteId }
  return isPost(remoteId) ? seePost(remoteId, tools) : seeFilm(remoteId, tools)
}

async function seePost(remoteId: string, tools: Tools): Promise<Seen> {
  const answer = await graph(tools, {
    address: `${GRAPH}/${remoteId}?fields=id,message,permalink_url,is_published,scheduled_publish_time`,
    read: as(
      z.object({
        message: z.optional(z.string()),
        permalink_url: z.string(),
        is_published: z.optional(z.boolean()),
        scheduled_publish_time: z.optional(z.number()),
      }),
    ),
  })
  if (!answer.ok) return answer.error.kind === 'target-gone' ? removed(remoteId) : troubled(answer.error)
  const { message = '', permalink_url, is_published = true, scheduled_publish_time } = answer.value.value
  return {
    kind: 'seen',
    permalink: permalink_url,
    state: is_published ? 'public' : scheduled_publish_time ? 'scheduled' : 'private',
    because: is_published ? '' : scheduled_publish_time ? 'Facebook publishes it by itself.' : 'It is not published.',
    fingerprint: digest(plain(message), String(scheduled_publish_time ?? '')),
    remoteId,
    ...(!is_published && scheduled_publish_time ? { text: message, publishAt: scheduled_publish_time * 1_000 } : {}),
  }
}

const filmPlan = z.object({ description: z.optional(z.string()), scheduled_publish_time: z.optional(z.number()) })

async function seeFilm(remoteId: string, tools: Tools): Promise<Seen> {
  const answer = await graph(tools, {
    address: `${GRAPH}/${remoteId}?fields=status,permalink_url,description,scheduled_publish_time`,
    read: (body) => {
      const film = filmStatus(body)
      return film && { ...film, ...as(filmPlan)(body) }
    },
  })
  if (!answer.ok) return answer.error.kind === 'target-gone' ? removed(remoteId) : troubled(answer.error)
  const { status, permalink_url, description = '', scheduled_publish_time } = answer.value.value
  const { publish_status } = status.publishing_phase ?? {}
  const [state, because] =
    status.video_status === 'error'
      ? (['removed', 'Facebook could not process the film.'] as const)
      : publish_status === 'scheduled'
        ? (['scheduled', 'Facebook publishes it by itself.'] as const)
        : publish_status === 'published' || status.video_status === 'ready'
          ? (['public', ''] as const)
          : (['processing', 'Facebook is still working on the film.'] as const)
  return {
    kind: 'seen',
    permalink: absolute(permalink_url ?? `${FACEBOOK.reel}${remoteId}`),
    state,
    because,
    fingerprint: digest(plain(description), String(scheduled_publish_time ?? '')),
    remoteId,
    ...(state === 'scheduled' ? { text: description } : {}),
    ...(state === 'scheduled' && scheduled_publish_time ? { publishAt: scheduled_publish_time * 1_000 } : {}),
  }
}

/** Films come with a permalink without a host. */
const absolute = (link: string): string => new URL(link, FACEBOOK.site).href

async function edit(
  remoteId: string,
  sent: Job,
  job: Job,
  part: number,
  _memory: Memory,
  _account: Account,
  tools: Tools,
): Promise<Done> {
  const { kind, text } = partOf(job, part)
  const change = async (fields: Form): Promise<Done> => {
    const address = `${GRAPH}/${remoteId}`
    const answer = await graph(tools, { method: 'POST', address, body: formBodyOf(fields), read: success })
    return answer.ok ? { kind: 'done' } : troubled(answer.error)
  }
  const other = unchanged('Facebook', sent, job, part, {})
  if (other) return other
  if (kind !== 'post') return change({ message: text })
  if (!isPost(remoteId)) return refusal('text', 'Facebook lets no program change a film that was sent.')
  const late = tooSoonOrLate(job, tools.now())
  if (late) return late
  return change({
    message: text,
    ...(job.publishAt === null ? {} : { scheduled_publish_time: seconds(job.publishAt) }),
  })
}

async function remove(remoteId: string, _account: Account, tools: Tools): Promise<Done> {
  const address = `${GRAPH}/${remoteId.replace(STORY, '')}`
  const answer = await graph(tools, { method: 'DELETE', address, read: success })
  if (!answer.ok && answer.error.kind === 'target-gone' && isStory(remoteId))
    return refusal('', 'a story is shown to no program, so delete it on Facebook itself.')
  return answer.ok || answer.error.kind === 'target-gone' ? { kind: 'done' } : troubled(answer.error)
}

/* ---- what people do with it ---- */

/**
 * Facebook tells nothing of a story; of a comment, whose id begins with that of its post and not with its Page, what is below it is told with
 * the post. Source: notes on Facebook, sections 5 and 6.
 */
function toldOf(remoteId: string, { remoteId: page }: Account): 'post' | 'film' | undefined {
  if (isStory(remoteId)) return undefined
  if (!isPost(remoteId)) return 'film'
  return remoteId.startsWith(`${page}_`) ? 'post' : undefined
}

const summary = z.nullish(z.object({ summary: z.nullish(z.object({ total_count: z.nullish(z.number()) })) }))
const fieldsTold = as(
  z.object({ shares: z.nullish(z.object({ count: z.nullish(z.number()) })), comments: summary, reactions: summary }),
)

/** What a post tells by itself; where summaries are not permitted, what is left without them. */
async function ownNumbers(remoteId: string, names: readonly string[], tools: Tools): Promise<Result<Numbers, Trouble>> {
  const isSummary = (name: string) => FACEBOOK.summaries.some((one) => one === name)
  const asked = (fields: readonly string[]) =>
    graph(tools, {
      address: `${GRAPH}/${remoteId}?${formBodyOf({ fields: ['id', ...fields].join(',') })}`,
      read: fieldsTold,
    })
  let answer = await asked(names.map((name) => (isSummary(name) ? `${name}.summary(true).limit(0)` : name)))
  if (!answer.ok && answer.error.kind === 'not-permitted')
    answer = await asked(names.filter((name) => !isSummary(name)))
  if (!answer.ok) return answer
  const { shares, comments, reactions } = answer.value.value
  return ok({
    shares: shares?.count,
    comments: comments?.summary?.total_count,
    reactions: reactions?.summary?.total_count,
  })
}

async function metrics(remoteId: string, account: Account, tools: Tools): Promise<Counted> {
  const told = toldOf(remoteId, account)
  if (!told) return { kind: 'untold' }
  const { fields, insights: names, edge } = FACEBOOK.metrics[told]
  return countedIn({ ...fields, ...names }, [
    () => ownNumbers(remoteId, Object.keys(fields), tools),
    () =>
      insightsOf(Object.keys(names), (metric) =>
        graph(tools, {
          address: `${GRAPH}/${remoteId}/${edge}?${formBodyOf({ metric, period: 'lifetime' })}`,
          read: insights,
        }),
      ),
  ])
}

const said = as(
  listingOf(
    z.object({
      id: z.string(),
      message: z.nullish(z.string()),
      from: z.nullish(z.object({ id: z.string(), name: z.nullish(z.string()) })),
      created_time: z.string(),
    }),
  ),
)

/** On all levels at once. Of whom it is not told who they are, the name is missing. Source: notes on Facebook, section 6. */
async function inbox(remoteId: string, page: string, account: Account, tools: Tools): Promise<Heard> {
  if (!toldOf(remoteId, account)) return { kind: 'untold' }
  const query = formBodyOf({
    filter: 'stream',
    order: 'reverse_chronological',
    fields: 'id,message,from,created_time',
    limit: String(FACEBOOK.page),
    after: page || undefined,
  })
  const answer = await graph(tools, { address: `${GRAPH}/${remoteId}/comments?${query}`, read: said })
  if (!answer.ok) return troubled(answer.error)
  const messages = answer.value.value.data.map(({ id, message, from, created_time }) => ({
    id,
    author: from?.name ?? '',
    text: message ?? '',
    at: Date.parse(created_time),
    own: from?.id === account.remoteId,
    permalink: '',
  }))
  return { kind: 'heard', messages: newestFirst(messages), next: nextPage(answer.value.value) }
}

export const facebook: Adapter = {
  network: 'facebook',
  api: { version: FACEBOOK.version, asOf: FACEBOOK.asOf },
  schedules: FACEBOOK.schedules,
  connect,
  choices,
  refresh,
  prepare,
  commit,
  find,
  see,
  edit,
  remove,
  metrics,
  inbox,
  takesAlong: true,
}
