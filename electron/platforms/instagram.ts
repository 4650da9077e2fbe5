/**
 * Instagram for professional accounts, over Instagram Login or Facebook Login. A container is made and worked on out of sight; the
 * commit is `media_publish`, which names it, so that a lost answer can be asked for. Pictures are fetched by Instagram: without a
 * public address there is no way. Facts: `facts/instagram.ts`.
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
import { INSTAGRAM } from './facts/instagram.ts'
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
  tokenFacts,
} from './graph.ts'
import { endOfPasted } from './shared/access.ts'
import { partMemory, withPart } from './shared/memory.ts'
import { begun, isOut, parentOf, partOf, underneath } from './shared/parts.ts'
import { coverOf, listOf, refusal, removed, sameText, troubled } from './shared/said.ts'
import { digest, patienceFor, sliceBody } from './shared/upload.ts'

const { hosts, version } = INSTAGRAM
const HOUR = 3_600_000
/** How far apart two clocks may be when a post is looked for by its time. */
const LEEWAY = 120_000

interface Container {
  readonly id: string
  readonly at: Instant
  readonly state: 'working' | 'finished'
  /** Where bytes are sent to; '' where Instagram fetches them. */
  readonly uri: string
}
/** What is remembered of a part. */
interface Remembered {
  /** Of a carousel, by our id. */
  readonly items?: Readonly<Record<string, Container | undefined>>
  readonly container?: Container
}
const remembered = (memory: Memory, part: number) => partMemory(memory, part) as Remembered

/* ---- what Instagram says ---- */

const LIVES_NO_MORE = [2_207_020, 2_207_008]
const NOT_READY = 2_207_027
const UNFETCHED = 2_207_052
const PASSING = [2_207_001, 2_207_032, 2_207_053, 2_207_003, 2_207_082]
const DAILY = 2_207_042
const BLOCKED = 2_207_051
const RESTRICTED = 2_207_050
const NO_TRIALS = 2_207_081
const OF_MEDIA = [2_207_028, 2_207_026, 2_207_004, 2_207_005, 2_207_009, 2_207_057, 2_207_023]
const OF_TEXT = [2_207_040, 2_207_010]

/** What only Instagram says; undefined: Graph's own words. Source: notes on Instagram, section 7. */
export function sortInstagram(
  { subcode, message }: GraphFault,
  details: string,
  commit: boolean,
  now: Instant,
): Trouble | undefined {
  if (LIVES_NO_MORE.includes(subcode)) return { kind: 'begin-again', details }
  if (subcode === NOT_READY) return { kind: 'server-fault', until: now + INSTAGRAM.pollEvery.film, details }
  if (PASSING.includes(subcode))
    return commit ? { kind: 'unknown', details } : { kind: 'server-fault', until: null, details }
  // A window of 24 hours that rolls on: something leaves it any time, and asking costs nothing.
  if (subcode === DAILY) return { kind: 'quota-used', until: now + HOUR, of: 'posts in 24 hours', details }
  if (subcode === BLOCKED) return { kind: 'rate-limited', until: now + 24 * HOUR, shared: 'account', details }
  if (subcode === RESTRICTED) return stoppedByMeta('it is restricted there', details)
  if (subcode === NO_TRIALS) return { kind: 'not-permitted', right: 'trial Reels', details }
  if (subcode === UNFETCHED)
    return { kind: 'refused', field: 'media', reason: `Instagram could not fetch the file. ${message}`, details }
  if (OF_MEDIA.includes(subcode)) return { kind: 'refused', field: 'media', reason: message, details }
  if (OF_TEXT.includes(subcode)) return { kind: 'refused', field: 'text', reason: message, details }
  return undefined
}

type Where = Pick<Account, 'host'>

/** A practice account has a host of its own, and came over Instagram Login. */
const isOverFacebook = ({ host }: Where): boolean => host === hosts.facebook

function graph<T>(tools: Tools, where: Where, path: string, question: Omit<Question<T>, 'refused' | 'address'>) {
  const commit = question.commit === true
  return ask(tools, {
    ...question,
    address: path.startsWith('https:')
      ? path
      : `${isOverFacebook(where) ? hosts.facebook : hosts.instagram}/${version}/${path}`,
    headers: { authorization: `Bearer ${tools.secrets.accessToken}`, ...question.headers },
    refused: graphDialect(tools, commit, (fault, { details }) => sortInstagram(fault, details, commit, tools.now())),
  })
}

/* ---- connect ---- */

const profile = as(
  z.object({
    user_id: z.string(),
    username: z.string(),
    name: z.optional(z.string()),
    account_type: z.optional(z.string()),
  }),
)

/**
 * Takes `accessToken`: of Instagram Login, or with `login` = `facebook` that of a person on Facebook; then `page` says which of several
 * Pages with an Instagram account is meant.
 */
async function connect(given: Secrets, tools: Tools): Promise<Connected> {
  const access = { ...tools, secrets: given }
  if (given.login === 'facebook') return connectOverFacebook(given, access)
  const answer = await graph(access, { host: hosts.instagram }, 'me?fields=user_id,username,name,account_type', {
    read: profile,
  })
  if (!answer.ok) return troubled(answer.error)
  const { user_id, username, name = username, account_type = '' } = answer.value.value
  if (!INSTAGRAM.professional.some((kind) => kind === account_type))
    return troubled({
      kind: 'not-permitted',
      right: 'a professional account',
      details: `The account of ${username} is of the kind ${account_type || 'PERSONAL'}.`,
    })
  const end = endOfPasted(given, INSTAGRAM.tokenLives, tools)
  return {
    kind: 'connected',
    account: { network: 'instagram', remoteId: user_id, handle: username, name, host: hosts.instagram, ...end },
    secrets: given,
  }
}

const pages = as(
  listingOf(
    z.object({
      id: z.string(),
      access_token: z.string(),
      instagram_business_account: z.optional(
        z.object({ id: z.string(), username: z.string(), name: z.optional(z.string()) }),
      ),
    }),
  ),
)

type Page = NonNullable<ReturnType<typeof pages>>['data'][number]

async function pagesOf(tools: Tools): Promise<Result<readonly Page[], Trouble>> {
  const all: Page[] = []
  let after = ''
  do {
    const query = formBodyOf({
      limit: '100',
      fields: 'id,access_token,instagram_business_account{id,username,name}',
      after: after || undefined,
    })
    const answer = await graph(tools, { host: hosts.facebook }, `me/accounts?${query}`, { read: pages })
    if (!answer.ok) return answer
    all.push(...answer.value.value.data)
    after = nextPage(answer.value.value)
  } while (after !== '')
  return ok(all)
}

async function connectOverFacebook(given: Secrets, tools: Tools): Promise<Connected> {
  const listed = await pagesOf(tools)
  if (!listed.ok) return troubled(listed.error)
  const able = listed.value.flatMap(({ id, access_token, instagram_business_account: account }) =>
    account && (!given.page || given.page === id) ? { id, access_token, account } : [],
  )
  const [first, ...others] = able
  if (!first && given.page)
    return refusal('page', `This person manages no Page with the number ${given.page} that has an Instagram account.`)
  if (!first || others.length > 0) {
    const names = able.map(({ id, account }) => `${account.username} (${id})`).join(', ')
    return refusal(
      'page',
      first ? `Choose one of these: ${names}.` : 'No Page of this person has an Instagram account.',
    )
  }
  const { id: remoteId, username: handle, name = handle } = first.account
  const { expiresAt } = await tokenFacts(`${hosts.facebook}/${version}`, first.access_token, tools)
  return {
    kind: 'connected',
    account: {
      network: 'instagram',
      remoteId,
      handle,
      name,
      host: hosts.facebook,
      expiresAt,
      facts: { lasting: false },
    },
    secrets: { ...given, accessToken: first.access_token, userToken: given.accessToken ?? '' },
  }
}

/** Sixty days more, from the second day on and before the sixty are over: afterwards only a person can. */
async function refresh(account: Account, tools: Tools): Promise<Connected> {
  const { accessToken } = tools.secrets
  if (isOverFacebook(account) || !accessToken)
    return troubled({ kind: 'access-withdrawn', reason: 'the access over Facebook cannot be renewed', details: '' })
  const query = new URLSearchParams({ grant_type: 'ig_refresh_token', access_token: accessToken })
  const answer = await graph(tools, account, `${hosts.instagram}/refresh_access_token?${query}`, {
    read: as(z.object({ access_token: z.string(), expires_in: z.number() })),
  })
  if (!answer.ok)
    return troubled(
      answer.error.kind === 'access-expired'
        ? { kind: 'access-withdrawn', reason: 'the access has run out', details: answer.error.details }
        : answer.error,
    )
  const { access_token, expires_in } = answer.value.value
  return {
    kind: 'connected',
    account: { ...account, facts: {}, expiresAt: tools.now() + expires_in * 1000 },
    secrets: { ...tools.secrets, accessToken: access_token },
  }
}

/* ---- prepare ---- */

const isFilm = ({ type }: SentMedium): boolean => type.startsWith('video/')

/** All of it, but the film of a Reel where Instagram takes its bytes. */
function fetches(job: Job, part: number, account: Account): readonly string[] {
  const cover = coverOf(job)
  const byBytes = job.format === 'reel' && isOverFacebook(account)
  return partOf(job, part).media.flatMap(({ id }) => (byBytes && id !== cover?.id ? [] : id))
}
const yes = (value: unknown): string | undefined => (typeof value === 'boolean' ? String(value) : undefined)

async function prepare(job: Job, part: number, memory: Memory, account: Account, tools: Tools): Promise<Step> {
  const known = begun(memory, part, tools)
  const { kind } = partOf(job, part)
  if (kind !== 'post')
    return (await underneath(find, 0, job, part, known, account, tools)) ?? { kind: 'ready', memory: known }
  if (job.publishAt !== null) return refusal('publishAt', 'Instagram schedules nothing by itself.')
  const media = shownOf(job, part)
  const [first] = media
  if (!first) return refusal('media', 'Instagram takes no post without a picture or film.')
  const byBytes = job.format === 'reel' && isOverFacebook(account) && first.address === ''
  const without = byBytes ? undefined : media.find(({ address }) => address === '')
  if (without)
    return refusal(
      'media',
      'Instagram fetches media from a public address, and there is none: set up a public media host in the settings.',
    )
  if (job.format === 'reel' && coverOf(job)?.address === '')
    return refusal(
      'cover',
      'Instagram fetches the cover from a public address, and there is none: set up a public media host in the settings.',
    )
  const { items = {}, container } = remembered(known, part)
  const work = { part, memory: known, account, tools }

  if (job.format === 'carousel') {
    const known = ({ id }: SentMedium) => (items[id] && lives(items[id], tools) ? items[id] : undefined)
    // All are made first, then looked at: they are worked on side by side.
    const next = media.find((one) => !known(one)) ?? media.find((one) => known(one)?.state !== 'finished')
    if (next) {
      const step = await further(known(next), itemForm(job, next, next === first), next, work)
      return 'kind' in step ? step : remember(work, { items: { ...items, [next.id]: step.container } }, step.after)
    }
  }
  if (container?.state === 'finished' && lives(container, tools)) return { kind: 'ready', memory: known }
  const form = job.format === 'carousel' ? carouselForm(job, part, items) : singleForm(job, part, first, byBytes)
  const step = await further(container && lives(container, tools) ? container : undefined, form, first, work)
  return 'kind' in step ? step : remember(work, { container: step.container }, step.after)
}

/** The media of the post itself: a cover travels with them and is none of them. */
const shownOf = (job: Job, part: number): readonly SentMedium[] => {
  const cover = coverOf(job)
  return partOf(job, part).media.filter(({ id }) => id !== cover?.id)
}

const lives = ({ at }: Container, { now }: Tools): boolean => at > now() - INSTAGRAM.containerLives

interface Work {
  readonly part: number
  readonly memory: Memory
  readonly account: Account
  readonly tools: Tools
}

const remember = ({ part, memory, tools }: Work, more: Remembered, after: number): Step => ({
  kind: 'again',
  memory: withPart(memory, part, { ...more }),
  after: tools.now() + after,
})

type Form = Readonly<Record<string, string | undefined>>

const named = (job: Job, field: string): readonly string[] =>
  listOf(job, field).map((name) => name.trim().replace(/^@/, ''))

/** Who is seen in a medium. In a picture everybody needs a place: nobody chooses one here, so they stand in a row near its lower edge. */
function peopleIn(job: Job, medium: SentMedium): Form {
  const names = named(job, 'userTags')
  if (names.length === 0) return {}
  const place = (at: number) => ({ x: Number(((at + 1) / (names.length + 1)).toFixed(2)), y: 0.8 })
  const tags = names.map((username, at) => ({ username, ...(isFilm(medium) ? {} : place(at)) }))
  return { user_tags: JSON.stringify(tags) }
}

function invited(job: Job): Form {
  const names = named(job, 'collaborators')
  return names.length > 0 ? { collaborators: JSON.stringify(names) } : {}
}

/** What containers are asked for with. Source: notes on Instagram, sections 2 and 4. `first`: people are named in that one alone. */
const itemForm = (job: Job, medium: SentMedium, first: boolean): Form => ({
  is_carousel_item: 'true',
  ...(first ? peopleIn(job, medium) : {}),
  ...(isFilm(medium) ? { media_type: 'VIDEO', video_url: medium.address } : imageForm(medium)),
})
const imageForm = ({ address, alt }: SentMedium): Form => ({ image_url: address, alt_text: alt || undefined })

const carouselForm = (job: Job, part: number, items: Readonly<Record<string, Container | undefined>>): Form => ({
  media_type: 'CAROUSEL',
  children: shownOf(job, part)
    .map(({ id }) => items[id]?.id ?? '')
    .join(','),
  caption: partOf(job, part).text || undefined,
  ...invited(job),
})

function singleForm(job: Job, part: number, medium: SentMedium, byBytes: boolean): Form {
  const caption = partOf(job, part).text || undefined
  const source = isFilm(medium) ? { video_url: medium.address } : { image_url: medium.address }
  if (job.format === 'story') return { media_type: 'STORIES', ...source }
  const people = { ...peopleIn(job, medium), ...invited(job) }
  if (!isFilm(medium)) return { ...imageForm(medium), caption, ...people }
  return {
    media_type: 'REELS',
    ...(byBytes ? { upload_type: 'resumable' } : source),
    caption,
    ...people,
    cover_url: coverOf(job)?.address || undefined,
    share_to_feed: yes(job.fields.shareToFeed),
    is_ai_generated: job.fields.aiGenerated === true ? 'true' : undefined,
  }
}

type Further = { readonly container: Container | undefined; readonly after: number }

const status = as(
  z.object({
    status_code: z.enum(['IN_PROGRESS', 'FINISHED', 'ERROR', 'EXPIRED', 'PUBLISHED']),
    status: z.optional(z.string()),
    video_status: z.optional(
      z.object({ uploading_phase: z.optional(z.object({ bytes_transfered: z.optional(z.number()) })) }),
    ),
  }),
)

/** Makes a container, sends its bytes, or looks how far it is: one thing a step. */
async function further(
  known: Container | undefined,
  form: Form,
  medium: SentMedium,
  { account, tools }: Work,
): Promise<Further | Extract<Step, { kind: 'trouble' }>> {
  if (!known) {
    const made = await graph(tools, account, `${account.remoteId}/media`, {
      method: 'POST',
      body: formBodyOf(form),
      read: as(z.object({ id: z.string(), uri: z.optional(z.string()) })),
    })
    if (!made.ok) return troubled(made.error)
    const { id, uri = '' } = made.value.value
    return { container: { id, at: tools.now(), state: 'working', uri }, after: 0 }
  }
  const asked = await statusOf(known.id, account, tools)
  if (!asked.ok) return asked.error.kind === 'target-gone' ? { container: undefined, after: 0 } : troubled(asked.error)
  const { status_code, status: words = '', video_status } = asked.value
  if (status_code === 'EXPIRED') return { container: undefined, after: 0 }
  if (status_code === 'ERROR') return refusalOf(words)
  // Published without us knowing: the commit is refused then, and what is there is found.
  if (status_code !== 'IN_PROGRESS') return { container: { ...known, state: 'finished' }, after: 0 }
  const arrived = video_status?.uploading_phase?.bytes_transfered ?? 0
  if (known.uri !== '' && arrived < medium.size) {
    const { body, headers } = sliceBody(medium, arrived, medium.size, tools)
    const sent = await graph(tools, account, known.uri, {
      method: 'POST',
      headers: {
        ...headers,
        authorization: `OAuth ${tools.secrets.accessToken}`,
        offset: String(arrived),
        file_size: String(medium.size),
      },
      body,
      timeout: patienceFor(medium.size - arrived),
      read: as(z.object({ success: z.literal(true) })),
    })
    if (!sent.ok) return troubled(sent.error)
  }
  return { container: known, after: isFilm(medium) ? INSTAGRAM.pollEvery.film : INSTAGRAM.pollEvery.picture }
}

/** `status` is free text with a subcode in it. */
function refusalOf(words: string) {
  const subcode = Number(/\b22\d{5}\b/.exec(words)?.[0] ?? 0)
  if (PASSING.includes(subcode)) return { container: undefined, after: INSTAGRAM.pollEvery.film }
  return troubled({
    kind: 'refused',
    field: OF_TEXT.includes(subcode) ? 'text' : 'media',
    reason: 'Instagram could not process it.',
    details: words,
  })
}

async function statusOf(id: string, account: Where, tools: Tools) {
  const answer = await graph(tools, account, `${id}?fields=status_code,status,video_status`, { read: status })
  return answer.ok ? ok(answer.value.value) : answer
}

/* ---- commit ---- */

const idOnly = as(z.object({ id: z.string() }))

async function commit(job: Job, part: number, memory: Memory, account: Account, tools: Tools): Promise<Committed> {
  const { kind, text } = partOf(job, part)
  const post = (path: string, form: Form) =>
    graph(tools, account, path, { method: 'POST', body: formBodyOf(form), commit: true, read: idOnly })
  if (kind !== 'post') {
    const answer = await post(`${parentOf(memory, part)}/comments`, { message: text })
    return answer.ok ? done(answer.value.value.id, memory, part) : troubled(answer.error)
  }
  const { container } = remembered(memory, part)
  if (!container) return troubled({ kind: 'begin-again', details: '' })
  const answer = await post(`${account.remoteId}/media_publish`, { creation_id: container.id })
  if (answer.ok) return done(answer.value.value.id, memory, part)
  return troubled(await unlessPublished(answer.error, container.id, account, tools))
}

const done = (id: string, memory: Memory, part: number): Committed => ({
  kind: 'done',
  remoteId: id,
  memory: isOut(memory, part, id),
})

/** What is said to a container that is out already is nowhere written down, so a refusal is held against its state. */
async function unlessPublished(refused: Trouble, id: string, account: Account, tools: Tools): Promise<Trouble> {
  if (refused.kind !== 'refused') return refused
  const asked = await statusOf(id, account, tools)
  if (!asked.ok || asked.value.status_code !== 'PUBLISHED') return refused
  return { kind: 'duplicate', remoteId: '', details: refused.details }
}

/* ---- afterwards ---- */

const posts = as(
  listingOf(
    z.object({
      id: z.string(),
      caption: z.optional(z.string()),
      text: z.optional(z.string()),
      username: z.optional(z.string()),
      timestamp: z.optional(z.string()),
    }),
  ),
)
type Post = NonNullable<ReturnType<typeof posts>>['data'][number]

async function find(
  job: Job,
  part: number,
  memory: Memory,
  since: Instant,
  account: Account,
  tools: Tools,
): Promise<Found> {
  const { kind, text } = partOf(job, part)
  const fresh = ({ timestamp = '' }: Post) => Date.parse(timestamp) >= since - LEEWAY
  if (kind !== 'post') {
    const fields = 'fields=id,text,username,timestamp&limit=50'
    const comments = await listed(`${parentOf(memory, part)}/comments?${fields}`, account, tools)
    if (!comments.ok) return troubled(comments.error)
    const mine = ({ username = account.handle }: Post) => username === account.handle
    const found = comments.value.find((one) => mine(one) && fresh(one) && sameText(one.text ?? '', text))
    return found ? { kind: 'there', remoteId: found.id } : { kind: 'absent' }
  }
  const { container } = remembered(memory, part)
  if (!container) return { kind: 'absent' }
  const asked = await statusOf(container.id, account, tools)
  if (!asked.ok) return asked.error.kind === 'target-gone' ? { kind: 'unclear' } : troubled(asked.error)
  if (asked.value.status_code !== 'PUBLISHED') return { kind: 'absent' }
  // The container does not say what it became.
  const edge = job.format === 'story' ? 'stories' : 'media'
  const recent = await listed(`${account.remoteId}/${edge}?fields=id,caption,timestamp&limit=25`, account, tools)
  if (!recent.ok) return troubled(recent.error)
  const [one, ...more] = recent.value.filter(
    (post) => fresh(post) && (job.format === 'story' || sameText(post.caption ?? '', text)),
  )
  return one && more.length === 0 ? { kind: 'there', remoteId: one.id } : { kind: 'unclear' }
}

/** The first page of a listing, the newest first: nothing older can be meant. */
async function listed(path: string, account: Account, tools: Tools): Promise<Result<readonly Post[], Trouble>> {
  const answer = await graph(tools, account, path, { read: posts })
  return answer.ok ? ok(answer.value.value.data) : err(answer.error)
}

async function see(remoteId: string, account: Account, tools: Tools): Promise<Seen> {
  const answer = await graph(tools, account, `${remoteId}?fields=permalink,caption,timestamp,media_product_type`, {
    read: as(z.object({ permalink: z.string(), caption: z.optional(z.string()) })),
  })
  if (answer.ok) {
    const { permalink, caption = '' } = answer.value.value
    return { kind: 'seen', permalink, state: 'public', because: '', fingerprint: digest(caption), remoteId }
  }
  if (answer.error.kind !== 'target-gone') return troubled(answer.error)
  return removed(remoteId, 'It is no longer on Instagram; stories end after 24 hours.')
}

/* ---- what people do with it ---- */

const aboutItself = as(
  z.object({
    media_product_type: z.nullish(z.string()),
    like_count: z.nullish(z.number()),
    comments_count: z.nullish(z.number()),
  }),
)

const isStory = ({ media_product_type }: { readonly media_product_type?: string | null }): boolean =>
  media_product_type === 'STORY'

/** What a medium says of itself: where it is shown, and how many liked it and commented. */
const itself = (remoteId: string, fields: readonly string[], account: Account, tools: Tools) =>
  graph(tools, account, `${remoteId}?${formBodyOf({ fields: ['media_product_type', ...fields].join(',') })}`, {
    read: aboutItself,
  })

/**
 * Where it is shown decides which names there are. A story tells insights only, and for a day. What Instagram has no data for is missing in its
 * answer. Source: notes on Instagram, section 5.
 */
async function metrics(remoteId: string, account: Account, tools: Tools): Promise<Counted> {
  const told = await itself(remoteId, Object.keys(INSTAGRAM.fields), account, tools)
  if (!told.ok) return troubled(told.error)
  const { media_product_type, ...numbers } = told.value.value
  const story = isStory({ media_product_type })
  const names = story
    ? INSTAGRAM.insights.STORY
    : media_product_type === 'REELS'
      ? INSTAGRAM.insights.REELS
      : INSTAGRAM.insights.FEED
  return countedIn(story ? names : { ...INSTAGRAM.fields, ...names }, [
    async () => ok(numbers),
    () =>
      insightsOf(Object.keys(names), (metric) =>
        graph(tools, account, `${remoteId}/insights?${formBodyOf({ metric })}`, { read: insights }),
      ),
  ])
}

const comment = z.object({
  id: z.string(),
  text: z.nullish(z.string()),
  username: z.nullish(z.string()),
  timestamp: z.string(),
})
const comments = as(listingOf(z.extend(comment, { replies: z.nullish(z.object({ data: z.array(comment) })) })))

/**
 * What answers a comment comes with it, as much as Instagram gives along. So a page is in order, and an answer to an older comment may be newer
 * than the page before. What people answer to a story are messages to the account, and no comments. Source: notes on Instagram, section 6.
 */
async function inbox(remoteId: string, page: string, account: Account, tools: Tools): Promise<Heard> {
  if (page === '') {
    const told = await itself(remoteId, [], account, tools)
    if (!told.ok) return troubled(told.error)
    if (isStory(told.value.value)) return { kind: 'untold' }
  }
  const fields = 'id,text,username,timestamp'
  const query = formBodyOf({
    fields: `${fields},replies{${fields}}`,
    limit: String(INSTAGRAM.page),
    after: page || undefined,
  })
  const answer = await graph(tools, account, `${remoteId}/comments?${query}`, { read: comments })
  if (!answer.ok) return troubled(answer.error)
  const messages = answer.value.value.data
    .flatMap(({ replies, ...one }) => [one, ...(replies?.data ?? [])])
    .map(({ id, text, username, timestamp }) => ({
      id,
      author: username ?? '',
      text: text ?? '',
      at: Date.parse(timestamp),
      own: username === account.handle,
      permalink: '',
    }))
  return { kind: 'heard', messages: newestFirst(messages), next: nextPage(answer.value.value) }
}

export const instagram: Adapter = {
  network: 'instagram',
  api: { version: INSTAGRAM.version, asOf: INSTAGRAM.asOf },
  connect,
  refresh,
  fetches,
  prepare,
  commit,
  find,
  see,
  metrics,
  inbox,
}
