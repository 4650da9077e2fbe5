/** What the day asks for, read by index and bounded. */
import type { Campaign, Task } from '../../../shared/domain/campaign.ts'
import { isApart } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import type { PostStatus } from '../../../shared/domain/status.ts'
import { addDays, type IsoDate, startOfDay, type Zone } from '../../../shared/domain/time.ts'
import type { WorkspaceDb } from '../../data/db.ts'
import { type ChangeHead, OWN_COMMANDS } from '../../data/log.ts'
import { cardsBetween, postsDueIn, postsOfCampaign } from '../../data/queries.ts'

export interface CampaignCount {
  readonly campaign: Campaign
  readonly posts: readonly Pick<Post, 'status'>[]
}

export interface TodayFacts {
  /** In review or sent back, what goes out first standing first. */
  readonly waiting: readonly Post[]
  /** Cards by time: a channel with a time of its own is one. */
  readonly today: readonly Post[]
  /** Today and the six days after it. */
  readonly week: readonly Post[]
  readonly tasks: readonly Task[]
  /** Texts whose internal deadline is near or past and that are not finished. */
  readonly due: readonly Post[]
  /** Posts of the next days whose checklist has open points. */
  readonly open: readonly Post[]
  readonly campaigns: readonly CampaignCount[]
  readonly changes: readonly ChangeHead[]
}

const AHEAD = 7
const OVERDUE = 60
const UNFINISHED: readonly PostStatus[] = ['idea', 'draft', 'changes']
/** Heads that are read: what the outbox does by itself is left out of them. */
const LATEST = 400
const CAMPAIGNS = 3

export async function todayFacts(db: WorkspaceDb, today: IsoDate, zone: Zone): Promise<TodayFacts> {
  const at = (days: number) => startOfDay(addDays(today, days), zone)
  const [waiting, cards, tasks, due, running, changes] = await Promise.all([
    db.posts.where('status').anyOf('review', 'changes').filter(alive).toArray(),
    cardsBetween(db, at(0), at(AHEAD)),
    db.tasks
      .where('dueOn')
      .belowOrEqual(addDays(today, AHEAD))
      .filter((task) => alive(task) && !task.done)
      .toArray(),
    postsDueIn(db, addDays(today, -OVERDUE), addDays(today, AHEAD)),
    db.campaigns.where('stage').anyOf('live', 'production').filter(alive).toArray(),
    db.changes.orderBy('id').reverse().limit(LATEST).toArray(),
  ])
  const week = cards.toSorted((a, b) => a.plannedAt - b.plannedAt)
  const shown = running
    .toSorted((a, b) => (a.launchOn ?? a.endOn ?? '9').localeCompare(b.launchOn ?? b.endOn ?? '9'))
    .slice(0, CAMPAIGNS)
  const campaigns = await Promise.all(
    shown.map(async (campaign) => ({ campaign, posts: await postsOfCampaign(db, campaign.id) })),
  )
  return {
    waiting: waiting.toSorted((a, b) => soonest(a) - soonest(b)),
    today: week.filter((post) => post.plannedAt < at(1)),
    week,
    tasks: tasks.toSorted((a, b) => (a.dueOn ?? '').localeCompare(b.dueOn ?? '')),
    due: due
      .filter((post) => UNFINISHED.includes(post.status))
      .toSorted((a, b) => (a.dueOn ?? '').localeCompare(b.dueOn ?? '')),
    open: week.filter(
      (post) =>
        !isApart(post.id) &&
        post.status !== 'published' &&
        post.status !== 'cancelled' &&
        post.checklist.some((item) => !item.done),
    ),
    campaigns,
    changes: changes
      .filter(({ command }) => !OWN_COMMANDS.has(command))
      .filter((change, index, all) => change.group !== all[index + 1]?.group),
  }
}

export const isQuiet = (facts: TodayFacts): boolean =>
  facts.waiting.length + facts.today.length + facts.tasks.length + facts.due.length + facts.open.length === 0

const alive = (row: { readonly trashedAt: number }) => row.trashedAt === 0
/** Undated posts wait behind dated ones. */
const soonest = (post: Post) => (post.plannedAt > 0 ? post.plannedAt : Number.MAX_SAFE_INTEGER)
