/**
 * Threads over Meta's Graph. As on Instagram a container is made out of sight and the commit, `threads_publish`, names it; a part of a
 * chain replies to the part before. Media are fetched from public addresses. Facts: `facts/threads.ts`.
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
  Secrets,
  Seen,
  SentMedium,
  Step,
  Tools,
} from './adapter.ts'
import { THREADS } from './facts/threads.ts'
import {
  countedIn,
  formBodyOf,
  type GraphFault,
  graphDialect,
  insights,
  insightsOf,
  listingOf,
  newestFirst,
  nextPage,
  stoppedByMeta,
} from './graph.ts'
import { endOfPasted } from './shared/access.ts'
import { partMemory, withPart } from './shared/memory.ts'
import { above, begun, isOut, parentOf, partOf, underneath } from './shared/parts.ts'
import { pollOf } from './shared/poll.ts'
import { fieldOf, plain, refusal, removed, sameText, troubled } from './shared/said.ts'
import { digest } from './shared/upload.ts'

/** How far apart two clocks may be when a post is looked for by its time. */
const LEEWAY = 120_000
const DAY = 86_400_000

/** What only Threads says. Source: notes on Threads, section 7. */
export function sortThreads(
  { code, subcode, message }: GraphFault,
  details: string,
  now: Instant,
): Trouble | undefined {
  if (message.includes('LINK_LIMIT_EXCEEDED'))
    return { kind: 'refused', field: 'text', reason: 'Threads takes 5 links in a post.', details }
  if (code === 4_279_013) return stoppedByMeta('it is restricted there', details)
  if (subcode === 2_207_051) return { kind: 'rate-limited', until: now + DAY, shared: 'account', details }
  if (code === 100 && /\btext\b/.test(message)) return { kind: 'refused', field: 'text', reason: message, details }
  return undefined
}

function graph<T>(tools: Tools, path: string, question: Omit<Question<T>, 'refused' | 'address'>) {
  const commit = question.commit === true
  return ask(tools, {
    ...question,
    address: `${THREADS.host}/${path}`,
    headers: { authorization: `Bearer ${tools.secrets.accessToken}`, ...question.headers },
    refused: graphDialect(tools, commit, (fault, { details }) => sortThreads(fault, details, tools.now())),
  })
}
const inVersion = (path: string): string => `${THREADS.version}/${path}`

/* ---- connect ---- */

/** Takes `accessToken`, as the dashboard of an app or a sign-in gives it. */
async function connect(given: Secrets, tools: Tools): Promise<Connected> {
  const answer = await graph({ ...tools, secrets: given }, inVersion('me?fields=id,username,name'), {
    read: as(z.object({ id: z.string(), username: z.string(), name: z.optional(z.string()) })),
  })
  if (!answer.ok) return troubled(answer.error)
  const { id: remoteId, username: handle, name = handle } = answer.value.value
  const account = { network: 'threads', remoteId, handle, name, host: THREADS.site } as const
  return {
    kind: 'connected',
    account: { ...account, ...endOfPasted(given, THREADS.accessLives, tools) },
    secrets: given,
  }
}

/** Sixty days more, from the second day on and before the sixty are over. */
async function refresh(account: Account, tools: Tools): Promise<Connected> {
  const query = formBodyOf({ grant_type: 'th_refresh_token', access_token: tools.secrets.accessToken })
  const answer = await graph(tools, `refresh_access_token?${query}`, {
    read: as(z.object({ access_token: z.string(), expires_in: z.number() })),
  })
  if (answer.ok) {
    const { access_token, expires_in } = answer.value.value
    const secrets = { ...tools.secrets, accessToken: access_token }
    return {
      kind: 'connected',
      account: { ...account, facts: {}, expiresAt: tools.now() + expires_in * 1000 },
      secrets,
    }
  }
  const { error } = answer
  if (error.kind !== 'access-expired') return troubled(error)
  return troubled({ kind: 'access-withdrawn', reason: 'the access has run out', details: error.details })
}

/* ---- prepare ---- */

interface Container {
  readonly id: string
  readonly at: Instant
  readonly finished: boolean
}
/** What is remembered of a part: the container of a carousel's media by our id, and that of the whole. */
interface Remembered {
  readonly items?: Readonly<Record<string, Container | undefined>>
  readonly container?: Container
}
const remembered = (memory: Memory, part: number) => partMemory(memory, part) as Remembered

type Form = Readonly<Record<string, string | undefined>>

const isFilm = ({ type }: SentMedium): boolean => type.startsWith('video/')
const mediumForm = (one: SentMedium): Form => ({
  ...(isFilm(one) ? { media_type: 'VIDEO', video_url: one.address } : { media_type: 'IMAGE', image_url: one.address }),
  alt_text: one.alt || undefined,
})

/** What the container of a part is asked for with. Source: notes on Threads, section 2. */
export function partForm(job: Job, part: number, memory: Memory): Form {
  const { text, media, kind } = partOf(job, part)
  const { items = {} } = remembered(memory, part)
  const [first] = media
  const poll = kind === 'post' && !first ? pollOf(job) : null
  const options = poll?.options.map((option, at) => [`option_${'abcd'[at]}`, option])
  return {
    ...(first
      ? media.length === 1
        ? mediumForm(first)
        : { media_type: 'CAROUSEL', children: media.map(({ id }) => items[id]?.id ?? '').join(',') }
      : { media_type: 'TEXT' }),
    text: text || undefined,
    reply_to_id: parentOf(memory, part) || undefined,
    ...(options ? { poll_attachment: JSON.stringify(Object.fromEntries(options)) } : {}),
    ...(kind === 'post' && {
      topic_tag: fieldOf(job, 'topic') || undefined,
      reply_control: fieldOf(job, 'replies') || undefined,
      link_attachment: first ? undefined : fieldOf(job, 'link') || undefined,
    }),
  }
}

async function prepare(job: Job, part: number, memory: Memory, account: Account, tools: Tools): Promise<Step> {
  const known = begun(memory, part, tools)
  const { media } = partOf(job, part)
  if (job.publishAt !== null) return refusal('publishAt', 'Threads schedules nothing by itself.')
  if (media.some(({ address }) => address === ''))
    return refusal(
      'media',
      'Threads fetches media from a public address, and there is none: set up a public media host in the settings.',
    )
  if (part > 0) {
    const step = await underneath(find, above(job, part), job, part, known, account, tools)
    if (step) return step
  }
  const { items = {}, container } = remembered(known, part)
  const lives = (one: Container | undefined) => (one && one.at > tools.now() - THREADS.containerLives ? one : undefined)
  const wait = media.length > 0 ? THREADS.pollEvery.media : THREADS.pollEvery.text
  const step = async (
    one: Container | undefined,
    form: Form,
    more: (one: Container | undefined) => Remembered,
  ): Promise<Step> => {
    const gone = await further(lives(one), form, account, tools)
    if (!gone.ok) return troubled(gone.error)
    const after = lives(one) && gone.value?.finished === false ? tools.now() + wait : tools.now()
    return { kind: 'again', memory: withPart(known, part, { ...more(gone.value) }), after }
  }

  // All are made first, then looked at: they are worked on side by side.
  const item =
    media.length > 1
      ? (media.find(({ id }) => !lives(items[id])) ?? media.find(({ id }) => !lives(items[id])?.finished))
      : undefined
  if (item) {
    const form = { ...mediumForm(item), is_carousel_item: 'true' }
    return step(items[item.id], form, (one) => ({ items: { ...items, [item.id]: one } }))
  }
  if (lives(container)?.finished) return { kind: 'ready', memory: known }
  return step(container, partForm(job, part, known), (one) => ({ container: one }))
}

/** Makes a container, or looks how far it is; undefined: it has to be made anew. */
async function further(
  known: Container | undefined,
  form: Form,
  account: Account,
  tools: Tools,
): Promise<Result<Container | undefined, Trouble>> {
  if (!known) {
    const made = await graph(tools, inVersion(`${account.remoteId}/threads`), {
      method: 'POST',
      body: formBodyOf(form),
      read: idOnly,
    })
    return made.ok ? ok({ id: made.value.value.id, at: tools.now(), finished: false }) : made
  }
  const asked = await statusOf(known.id, tools)
  if (!asked.ok) return asked.error.kind === 'target-gone' ? ok(undefined) : asked
  const { status, error_message = '' } = asked.value
  if (status === 'EXPIRED') return ok(undefined)
  if (status === 'ERROR')
    return err({
      kind: 'refused',
      field: 'media',
      reason: error_message.startsWith('FAILED_DOWNLOADING')
        ? 'Threads could not fetch the file from its public address.'
        : 'Threads could not process the file.',
      details: error_message,
    })
  return ok({ ...known, finished: status !== 'IN_PROGRESS' })
}

const idOnly = as(z.object({ id: z.string() }))
const state = as(
  z.object({
    status: z.enum(['IN_PROGRESS', 'FINISHED', 'PUBLISHED', 'ERROR', 'EXPIRED']),
    error_message: z.optional(z.string()),
  }),
)

async function statusOf(id: string, tools: Tools) {
  const answer = await graph(tools, inVersion(`${id}?fields=status,error_message`), { read: state })
  return answer.ok ? ok(answer.value.value) : answer
}

/* ---- commit, and afterwards ---- */

async function commit(_job: Job, part: number, memory: Memory, account: Account, tools: Tools): Promise<Committed> {
  const { container } = remembered(memory, part)
  if (!container) return troubled({ kind: 'begin-again', details: '' })
  const answer = await graph(tools, inVersion(`${account.remoteId}/threads_publish`), {
    method: 'POST',
    body: formBodyOf({ creation_id: container.id }),
    commit: true,
    read: idOnly,
  })
  if (answer.ok) {
    const { id } = answer.value.value
    return { kind: 'done', remoteId: id, memory: isOut(memory, part, id) }
  }
  if (answer.error.kind !== 'refused') return troubled(answer.error)
  // What is said to a container that is out, or has run out, is nowhere written down: its state is asked for.
  const { details } = answer.error
  const asked = await statusOf(container.id, tools)
  if (asked.ok && asked.value.status === 'PUBLISHED') return troubled({ kind: 'duplicate', remoteId: '', details })
  if (asked.ok && asked.value.status === 'EXPIRED') return troubled({ kind: 'begin-again', details })
  return troubled(answer.error)
}

const posts = as(
  listingOf(z.object({ id: z.string(), text: z.optional(z.string()), timestamp: z.optional(z.string()) })),
)

async function find(
  job: Job,
  part: number,
  memory: Memory,
  since: Instant,
  _account: Account,
  tools: Tools,
): Promise<Found> {
  const { container } = remembered(memory, part)
  if (!container) return { kind: 'absent' }
  const asked = await statusOf(container.id, tools)
  if (!asked.ok) return asked.error.kind === 'target-gone' ? { kind: 'unclear' } : troubled(asked.error)
  if (asked.value.status !== 'PUBLISHED') return { kind: 'absent' }
  // The container does not say what it became.
  const { text } = partOf(job, part)
  const edge = parentOf(memory, part) === '' ? 'threads' : 'replies'
  const found: string[] = []
  let after = ''
  do {
    const query = formBodyOf({
      fields: 'id,text,timestamp',
      since: String(Math.floor((since - LEEWAY) / 1000)),
      limit: '100',
      after: after || undefined,
    })
    const answer = await graph(tools, inVersion(`me/${edge}?${query}`), { read: posts })
    if (!answer.ok) return troubled(answer.error)
    for (const { id, text: shown = '', timestamp = '' } of answer.value.value.data)
      if (sameText(shown, text) && Date.parse(timestamp) >= since - LEEWAY) found.push(id)
    after = nextPage(answer.value.value)
  } while (after !== '')
  const [one, ...more] = found
  return one && more.length === 0 ? { kind: 'there', remoteId: one } : { kind: 'unclear' }
}

async function see(remoteId: string, _account: Account, tools: Tools): Promise<Seen> {
  const answer = await graph(tools, inVersion(`${remoteId}?fields=permalink,text`), {
    read: as(z.object({ permalink: z.string(), text: z.optional(z.string()) })),
  })
  if (!answer.ok) return answer.error.kind === 'target-gone' ? removed(remoteId) : troubled(answer.error)
  const { permalink, text = '' } = answer.value.value
  return { kind: 'seen', permalink, state: 'public', because: '', fingerprint: digest(plain(text)), remoteId }
}

async function remove(remoteId: string, _account: Account, tools: Tools): Promise<Done> {
  const answer = await graph(tools, inVersion(remoteId), {
    method: 'DELETE',
    read: as(z.object({ success: z.literal(true) })),
  })
  return answer.ok || answer.error.kind === 'target-gone' ? { kind: 'done' } : troubled(answer.error)
}

/* ---- what people do with it ---- */

/** Of what is the post of somebody else no number is told at all. Source: notes on Threads, section 5. */
async function metrics(remoteId: string, _account: Account, tools: Tools): Promise<Counted> {
  const counted = await countedIn(THREADS.metrics, [
    () =>
      insightsOf(Object.keys(THREADS.metrics), (metric) =>
        graph(tools, inVersion(`${remoteId}/insights?${formBodyOf({ metric })}`), { read: insights }),
      ),
  ])
  return counted.kind === 'counted' && Object.keys(counted.counts).length === 0 ? { kind: 'untold' } : counted
}

const answers = as(
  listingOf(
    z.object({
      id: z.string(),
      text: z.nullish(z.string()),
      username: z.nullish(z.string()),
      timestamp: z.string(),
      permalink: z.nullish(z.string()),
      is_reply_owned_by_me: z.nullish(z.boolean()),
    }),
  ),
)

/** What a page of direct answers is asked for by begins with. */
const DIRECT = 'direct:'

/**
 * The whole conversation, the newest first; Meta means it for posts that answer none, so of a part of a chain that is refused it, what answers
 * that directly. Source: notes on Threads, section 6; Meta's page on replies and conversations.
 */
async function inbox(remoteId: string, page: string, _account: Account, tools: Tools): Promise<Heard> {
  if (page.startsWith(DIRECT)) return heardIn(`${remoteId}/replies`, DIRECT, page, tools)
  const heard = await heardIn(`${remoteId}/conversation`, '', page, tools)
  const isRefused = page === '' && heard.kind === 'trouble' && heard.trouble.kind === 'refused'
  return isRefused ? heardIn(`${remoteId}/replies`, DIRECT, DIRECT, tools) : heard
}

/** A page of a listing. `mark`: what names of its pages begin with. */
async function heardIn(edge: string, mark: string, page: string, tools: Tools): Promise<Heard> {
  const query = formBodyOf({
    fields: 'id,text,username,timestamp,permalink,is_reply_owned_by_me',
    reverse: 'true',
    limit: String(THREADS.page),
    after: page.slice(mark.length) || undefined,
  })
  const answer = await graph(tools, inVersion(`${edge}?${query}`), { read: answers })
  if (!answer.ok) return troubled(answer.error)
  const messages = answer.value.value.data.map(
    ({ id, text, username, timestamp, permalink, is_reply_owned_by_me: mine }) => ({
      id,
      author: username ?? '',
      text: text ?? '',
      at: Date.parse(timestamp),
      own: mine === true,
      permalink: permalink ?? '',
    }),
  )
  const after = nextPage(answer.value.value)
  return { kind: 'heard', messages: newestFirst(messages), next: after && `${mark}${after}` }
}

export const threads: Adapter = {
  network: 'threads',
  api: { version: THREADS.version, asOf: THREADS.asOf },
  connect,
  refresh,
  fetches: (job, part) => partOf(job, part).media.map(({ id }) => id),
  prepare,
  commit,
  find,
  see,
  remove,
  metrics,
  inbox,
}
