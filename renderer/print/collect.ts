/** Reads what a plan is about. What the reader may not see is not read into it, so that no later step can print it. */
import type { Campaign, Task } from '../../shared/domain/campaign.ts'
import type { Channel } from '../../shared/domain/channel.ts'
import { type DocNode, mediaIn } from '../../shared/domain/document.ts'
import { matches } from '../../shared/domain/filter.ts'
import type { Medium } from '../../shared/domain/medium.ts'
import { postOf } from '../../shared/domain/placement.ts'
import type { Post } from '../../shared/domain/post.ts'
import { isPracticeChannel } from '../../shared/domain/practice.ts'
import {
  type ClockTime,
  type DateRange,
  type Instant,
  type IsoDate,
  instantsOf,
  toWall,
  type Zone,
} from '../../shared/domain/time.ts'
import type { DayNote, Person, Pillar, WeekStart } from '../../shared/domain/workspace.ts'
import { Temporal } from '../../shared/lib/temporal.ts'
import type { Turn } from '../../shared/media/crop.ts'
import type { WorkspaceDb } from '../data/db.ts'
import { patchesSince } from '../data/log.ts'
import { dayNotesIn, postsPlannedBetween, tasksOfCampaign } from '../data/queries.ts'
import { offsetAt } from './offset.ts'
import type { PlanOptions } from './options.ts'
import { type PlanPlace, type PlanTime, readPlaces } from './places.ts'

/** A post as paper shows it: its day and clock are those of the plan's zone. */
export interface PlanPost extends PlanTime {
  readonly post: Post
  readonly content: readonly DocNode[]
  /** What is different on single channels. */
  readonly places: readonly PlanPlace[]
}

export interface PlanPicture {
  readonly id: string
  readonly name: string
  readonly alt: string
  /** bytes of the original */
  readonly size: number
  readonly type: string
  readonly bytes: Blob | null
  /** How it is turned from how it lies there. */
  readonly turn: Turn
}

/** A field of a post before and after; `null`: was not there, or is no more. */
export interface PlanChange {
  readonly postId: string
  readonly field: 'title' | 'time' | 'status' | 'channels' | 'text' | 'post'
  readonly was: unknown
  readonly is: unknown
}

export interface ZoneStep {
  readonly offset: string
  /** The wall time at which the clocks change, by the clock before. */
  readonly until: { readonly date: IsoDate; readonly time: ClockTime }
  /** What the clocks are put forward by, in minutes; less than 0: back. */
  readonly forward: number
}

export interface PlanData {
  readonly workspace: string
  readonly zone: Zone
  /** Clock changes within the range, and the offset after the last. */
  readonly zoneSteps: readonly ZoneStep[]
  readonly zoneLast: string
  readonly weekStart: WeekStart
  readonly range: DateRange
  readonly campaign: Campaign | null
  readonly brief: readonly DocNode[]
  /** By time. */
  readonly posts: readonly PlanPost[]
  /** Those of the posts and those that run in the range; one alone when the plan is about it. */
  readonly campaigns: readonly Campaign[]
  readonly channels: ReadonlyMap<string, Channel>
  readonly people: ReadonlyMap<string, Person>
  readonly pillars: ReadonlyMap<string, Pillar>
  readonly tasks: readonly Task[]
  readonly dayNotes: readonly DayNote[]
  readonly pictures: ReadonlyMap<string, PlanPicture>
  readonly changes: readonly PlanChange[]
  /** Posts of the range that are left out: they go to practice accounts only. */
  readonly practised: number
  readonly author: string
  readonly madeAt: Instant
  /** First 32 hex digits of the SHA-256 of everything the plan is about. */
  readonly fingerprint: string
}

const byId = <T extends { readonly id: string }>(rows: readonly T[]) => new Map(rows.map((row) => [row.id, row]))
const alive = <T extends { readonly trashedAt: number }>(row: T) => row.trashedAt === 0

/** Clock changes between two instants. */
export function zoneSteps(from: Instant, to: Instant, zone: Zone): ZoneStep[] {
  const steps: ZoneStep[] = []
  let at = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone)
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (!next || next.epochMilliseconds >= to) return steps
    const before = next.subtract({ nanoseconds: 1 })
    if (before.offsetNanoseconds !== next.offsetNanoseconds) {
      const clock = next.toPlainDateTime().add({ nanoseconds: before.offsetNanoseconds - next.offsetNanoseconds })
      steps.push({
        offset: offsetAt(before.epochMilliseconds, zone),
        until: { date: clock.toPlainDate().toString(), time: clock.toPlainTime().toString().slice(0, 5) },
        forward: (next.offsetNanoseconds - before.offsetNanoseconds) / 60e9,
      })
    }
    at = next
  }
}

/** What is planned for practice accounts only is no part of a plan; of a post that goes to others too, those remain. */
const withoutPractice = (posts: readonly Post[]): readonly Post[] =>
  posts.flatMap((post) => {
    const channelIds = post.channelIds.filter((id) => !isPracticeChannel({ id }))
    if (channelIds.length === post.channelIds.length) return [post]
    return channelIds.length === 0 ? [] : [{ ...post, channelIds }]
  })

export interface CollectContext {
  readonly workspace: string
  readonly now: Instant
}

/** Everything the chosen sections need, by reading the range only. Dates are days of the workspace's zone. */
export async function collectPlan(
  db: WorkspaceDb,
  options: PlanOptions,
  { workspace, now }: CollectContext,
): Promise<PlanData> {
  const settings = await db.settings.get('settings')
  if (!settings) throw new Error('A workspace without settings cannot be printed')
  const { zone, weekStart } = settings
  const range: DateRange = { from: options.from, to: options.to }
  const instants = instantsOf(range, zone)
  const internal = options.preset === 'internal'

  const found = (await postsPlannedBetween(db, instants.from, instants.to)).filter(
    (post) => matches(post, options.filter) && (options.campaignId === '' || post.campaignId === options.campaignId),
  )
  const posts = withoutPractice(found)
  const channels = byId((await db.channels.toArray()).filter((channel) => !isPracticeChannel(channel)))
  const places = await readPlaces(db, posts, channels, zone)
  const documents = byId((await db.documents.bulkGet(posts.map(({ id }) => id))).flatMap((row) => (row ? [row] : [])))
  const planPosts = posts
    .map((post): PlanPost => {
      const { date, time } = toWall(post.plannedAt, zone)
      const seen = internal ? post : { ...post, notes: '', checklist: [], dueOn: null }
      return {
        post: seen,
        content: documents.get(post.id)?.content ?? [],
        places: places.get(post.id) ?? [],
        day: date,
        time,
        offset: offsetAt(post.plannedAt, zone),
      }
    })
    .sort(
      (a, b) =>
        a.post.plannedAt - b.post.plannedAt ||
        a.post.title.localeCompare(b.post.title) ||
        (a.post.id < b.post.id ? -1 : 1),
    )

  const allCampaigns = await db.campaigns.toArray()
  const campaign = allCampaigns.find(({ id }) => id === options.campaignId) ?? null
  const ofPosts = new Set(posts.map(({ campaignId }) => campaignId))
  const runs = ({ startOn, endOn }: Campaign) =>
    startOn !== null && startOn <= range.to && (endOn ?? startOn) >= range.from
  const filtered = options.filter.campaignIds
  const campaigns = campaign
    ? [campaign]
    : allCampaigns
        .filter((row) => alive(row) && (ofPosts.has(row.id) || (runs(row) && row.stage !== 'idea')))
        .filter(({ id }) => filtered.length === 0 || filtered.includes(id))
        .sort((a, b) => (a.startOn ?? '9').localeCompare(b.startOn ?? '9') || a.name.localeCompare(b.name))

  const people = byId(await db.people.toArray())
  const pictures = await readPictures(db, planPosts)
  const tasks = internal && campaign ? await tasksOfCampaign(db, campaign.id) : []
  const changes = options.changesSince === null ? [] : await changesSince(db, options.changesSince, planPosts)
  const brief =
    campaign && options.sections.includes('brief') ? ((await db.documents.get(campaign.id))?.content ?? []) : []
  const dayNotes = (await dayNotesIn(db, range)).filter(({ kind }) => internal || kind !== 'note')
  const steps = zoneSteps(instants.from, instants.to, zone)
  return {
    workspace,
    zone,
    zoneSteps: steps,
    zoneLast: offsetAt(instants.to - 1, zone),
    weekStart,
    range,
    campaign,
    brief,
    posts: planPosts,
    campaigns,
    channels,
    people,
    pillars: byId(await db.pillars.toArray()),
    tasks,
    dayNotes,
    pictures,
    changes,
    practised: found.length - posts.length,
    author: people.get(settings.me)?.name ?? '',
    madeAt: now,
    fingerprint: await fingerprintOf(planPosts, campaign, range),
  }
}

async function readPictures(db: WorkspaceDb, posts: readonly PlanPost[]): Promise<ReadonlyMap<string, PlanPicture>> {
  const ids = [
    ...new Set(
      posts.flatMap(({ post, content, places }) => [
        ...(post.coverId ? [post.coverId] : []),
        ...mediaIn(content),
        ...[post, ...places].flatMap(({ media }) => (media ?? []).map(({ mediumId }) => mediumId)),
        ...places.flatMap((place) => mediaIn(place.content ?? [])),
      ]),
    ),
  ]
  const [media, blobs] = await Promise.all([db.media.bulkGet(ids), db.blobs.bulkGet(ids)])
  return new Map(
    ids.map((id, at) => {
      const medium: Medium | undefined = media[at]
      const { name = id, alt = '', size = 0, type = '' } = medium ?? {}
      const stored = blobs[at]
      const bytes = stored ? new Blob([stored.bytes], { type: stored.type }) : null
      return [id, { id, name, alt, size, type, bytes, turn: medium?.edits.turn ?? 0 }]
    }),
  )
}

const SEEN_FIELDS = [
  ['title', 'title'],
  ['planned', 'time'],
  ['status', 'status'],
  ['channelIds', 'channels'],
] as const

/** What became of the posts of a plan since an instant: first value against last, one line a field. */
async function changesSince(db: WorkspaceDb, since: Instant, posts: readonly PlanPost[]): Promise<PlanChange[]> {
  const inPlan = new Set(posts.map(({ post }) => post.id))
  // Ids of the log begin with the milliseconds, so the key of its patches is the index by time.
  const log = await patchesSince(db, String(since).padStart(15, '0'))
  const found = new Map<string, PlanChange>()
  const note = (change: PlanChange) => {
    const key = `${change.postId} ${change.field}`
    const first = found.get(key)
    found.set(key, first ? { ...first, is: change.is } : change)
  }
  for (const patch of log) {
    const postId = postOf(patch.id)
    if (!inPlan.has(postId)) continue
    if (patch.table === 'documents' && patch.op === 'splice')
      note({ postId, field: 'text', was: 'before', is: 'after' })
    if (patch.table !== 'posts') continue
    if (patch.op === 'put') note({ postId: patch.id, field: 'post', was: null, is: true })
    if (patch.op !== 'set') continue
    for (const [key, field] of SEEN_FIELDS) {
      if (key in patch.after) note({ postId: patch.id, field, was: patch.before[key], is: patch.after[key] })
    }
  }
  const created = new Set([...found.values()].flatMap(({ field, postId }) => (field === 'post' ? [postId] : [])))
  const order = new Map(posts.map(({ post }, at) => [post.id, at]))
  return [...found.values()]
    .filter(
      ({ field, postId, was, is }) =>
        (field === 'post' || !created.has(postId)) && JSON.stringify(was) !== JSON.stringify(is),
    )
    .sort((a, b) => (order.get(a.postId) ?? 0) - (order.get(b.postId) ?? 0))
}

/** What was approved, in 32 digits: any change of text, time, channels, pictures or title gives others. */
async function fingerprintOf(posts: readonly PlanPost[], campaign: Campaign | null, range: DateRange): Promise<string> {
  const about = {
    range,
    campaign: campaign && [
      campaign.id,
      campaign.name,
      campaign.objective,
      campaign.audience,
      campaign.keyMessages,
      campaign.phases,
    ],
    posts: posts.map(({ post, content, places }) => [
      post.id,
      post.title,
      post.planned,
      post.channelIds,
      post.media,
      content,
      places,
    ]),
  }
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(about)))
  return Array.from(new Uint8Array(hash).slice(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
