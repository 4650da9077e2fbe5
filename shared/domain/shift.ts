/**
 * Moving a whole campaign: decides what would move where and what deserves a look, and changes nothing. The preview shows the
 * plan, the command saves it.
 */
import type { Campaign, Milestone, Phase, Task } from './campaign.ts'
import { type Post, shiftDays } from './post.ts'
import {
  addDays,
  checkWall,
  compareWall,
  type DateRange,
  daysBetween,
  daysOf,
  type Instant,
  type IsoDate,
  isWeekend,
  toInstant,
  type WallTime,
} from './time.ts'
import type { DayNote } from './workspace.ts'

export interface ShiftOptions {
  /** Whole days; negative: earlier. */
  readonly days: number
  /** Only what stands on this day or later moves; absent: everything. */
  readonly fromDate?: IsoDate
  /** A move that would land on Saturday or Sunday goes on to the next working day in the direction of the shift. */
  readonly skipWeekends: boolean
  /** With `skipWeekends`: by whole weeks, a post planned for a weekend on purpose keeps its weekday. */
  readonly keepWeekday: boolean
  /** The same for blackout days. */
  readonly skipBlackouts: boolean
  /** Days chosen by hand in the preview, by post id; they win over the rules above. */
  readonly chosen?: ReadonlyMap<string, IsoDate>
}

export interface ShiftInput {
  readonly campaign: Campaign
  /** All its posts that are not in the trash. */
  readonly posts: readonly Post[]
  readonly tasks: readonly Task[]
  readonly blackouts: readonly Pick<DayNote, 'on' | 'until' | 'text'>[]
  /** Posts a day that are not of this campaign. */
  readonly others: ReadonlyMap<IsoDate, number>
  /** Most posts a day should carry; 0: no limit. */
  readonly dayLimit: number
  readonly now: Instant
}

export type AdjustReason = 'weekend' | 'blackout' | 'chosen'
export interface ShiftMove {
  readonly post: Post
  readonly from: WallTime
  readonly to: WallTime
  readonly adjustedBecause?: AdjustReason
}

export type StayReason =
  | 'pinned'
  | 'published'
  | 'cancelled'
  | 'undated'
  | 'before-start'
  | 'would-be-past'
  | 'same-day'
export interface ShiftStay {
  readonly post: Post
  readonly why: StayReason
}

export type ShiftFinding =
  /** More posts than a day should carry; `spread` is the nearest later day with room for those that are too many. */
  | {
      readonly kind: 'overfull'
      readonly date: IsoDate
      readonly count: number
      readonly limit: number
      readonly spread: { readonly ids: readonly string[]; readonly to: IsoDate } | null
    }
  | { readonly kind: 'past'; readonly posts: readonly Post[] }
  | { readonly kind: 'gap'; readonly move: ShiftMove; readonly before: string; readonly after: string }
  | { readonly kind: 'overlap'; readonly move: ShiftMove }
  | { readonly kind: 'blackout-avoided'; readonly moves: readonly ShiftMove[] }
  | {
      readonly kind: 'on-blackout'
      readonly date: IsoDate
      readonly text: string
      readonly moves: readonly ShiftMove[]
    }

export interface ShiftPlan {
  readonly campaign: Campaign
  readonly days: number
  /** By new time. */
  readonly moves: readonly ShiftMove[]
  readonly stays: readonly ShiftStay[]
  /** New dates, phases and milestones; empty: the campaign itself keeps all its dates. */
  readonly campaignFields: Partial<Pick<Campaign, 'startOn' | 'endOn' | 'launchOn' | 'phases' | 'milestones'>>
  readonly tasks: readonly { readonly task: Task; readonly to: IsoDate }[]
  readonly findings: readonly ShiftFinding[]
}

/** What a shift would do. Wall times keep their clock time to the minute; pinned, published and cancelled posts stay. */
export function planShift(input: ShiftInput, options: ShiftOptions): ShiftPlan {
  const blackouts = new Map(
    input.blackouts.flatMap((note) => blackoutDays(note).map((day) => [day, note.text] as const)),
  )
  const moves: ShiftMove[] = []
  const stays: ShiftStay[] = []
  for (const post of input.posts) {
    const decided = decide(post, input, options, blackouts)
    if ('why' in decided) stays.push(decided)
    else moves.push(decided)
  }
  moves.sort((a, b) => compareWall(a.to, b.to))
  return {
    campaign: input.campaign,
    days: options.days,
    moves,
    stays,
    campaignFields: campaignFields(input.campaign, options),
    tasks: input.tasks.flatMap((task) => {
      const to = task.done ? task.dueOn : shiftDate(task.dueOn, options)
      return to && to !== task.dueOn ? [{ task, to }] : []
    }),
    findings: findingsOf(moves, stays, input, options, blackouts),
  }
}

/** Whether applying the plan would change anything. */
export const isEmptyShift = (plan: ShiftPlan): boolean =>
  plan.moves.length === 0 && plan.tasks.length === 0 && Object.keys(plan.campaignFields).length === 0

function decide(
  post: Post,
  { now }: ShiftInput,
  options: ShiftOptions,
  blackouts: ReadonlyMap<IsoDate, string>,
): ShiftMove | ShiftStay {
  const from = post.planned
  if (post.status === 'published') return { post, why: 'published' }
  if (post.status === 'cancelled') return { post, why: 'cancelled' }
  if (post.pinned) return { post, why: 'pinned' }
  if (!from) return { post, why: 'undated' }
  if (options.fromDate && from.date < options.fromDate) return { post, why: 'before-start' }
  const chosen = options.chosen?.get(post.id)
  const straight = addDays(from.date, options.days)
  const landed = chosen ? { date: chosen, because: 'chosen' as const } : settle(from.date, straight, options, blackouts)
  const to = shiftDays(from, daysBetween(from.date, landed.date))
  if (to.date === from.date) return { post, why: 'same-day' }
  if (to.date <= dayAfter(now) && toInstant(to) < now) return { post, why: 'would-be-past' }
  return { post, from, to, ...(landed.because ? { adjustedBecause: landed.because } : {}) }
}

const DAY = 86_400_000
/** A day that is still to come in every zone: later dates need no look at the clock. */
const dayAfter = (now: Instant): IsoDate => new Date(now + DAY).toISOString().slice(0, 10)

/** A year of closed days in a row would be a mistake in the data, not a plan. */
const FURTHEST = 366

function settle(
  from: IsoDate,
  straight: IsoDate,
  options: ShiftOptions,
  blackouts: ReadonlyMap<IsoDate, string>,
): { date: IsoDate; because?: 'weekend' | 'blackout' } {
  if (options.days === 0) return { date: straight }
  const meantWeekend = options.keepWeekday && options.days % 7 === 0 && isWeekend(from)
  const closed = (date: IsoDate): 'weekend' | 'blackout' | null => {
    if (options.skipBlackouts && blackouts.has(date)) return 'blackout'
    if (options.skipWeekends && !meantWeekend && isWeekend(date)) return 'weekend'
    return null
  }
  const because = closed(straight)
  if (!because) return { date: straight }
  const step = Math.sign(options.days)
  let date = straight
  for (let tries = 0; tries < FURTHEST && closed(date); tries += 1) date = addDays(date, step)
  return { date, because }
}

const blackoutDays = ({ on, until }: Pick<DayNote, 'on' | 'until'>): IsoDate[] =>
  daysOf({ from: on, to: until < on ? on : until })

const shiftDate = (date: IsoDate | null, { days, fromDate }: ShiftOptions): IsoDate | null =>
  date && (!fromDate || date >= fromDate) ? addDays(date, days) : date

/** A phase that runs into the moved part, or ends just before it, is stretched or cut rather than torn from what follows. */
function shiftPhase(phase: Phase, options: ShiftOptions): Phase {
  const { fromDate, days } = options
  if (!fromDate || phase.from >= fromDate)
    return { ...phase, from: addDays(phase.from, days), to: addDays(phase.to, days) }
  if (phase.to < addDays(fromDate, -1)) return phase
  const to = addDays(phase.to, days)
  return to < phase.from ? { ...phase, to: phase.from } : { ...phase, to }
}

function campaignFields(campaign: Campaign, options: ShiftOptions): ShiftPlan['campaignFields'] {
  if (options.days === 0) return {}
  const milestones: readonly Milestone[] = campaign.milestones.map((milestone) => ({
    ...milestone,
    on: shiftDate(milestone.on, options) ?? milestone.on,
  }))
  const next = {
    startOn: shiftDate(campaign.startOn, options),
    endOn: shiftDate(campaign.endOn, options),
    launchOn: shiftDate(campaign.launchOn, options),
    phases: campaign.phases.map((phase) => shiftPhase(phase, options)),
    milestones,
  }
  const changed = (Object.keys(next) as (keyof typeof next)[]).filter(
    (key) => JSON.stringify(next[key]) !== JSON.stringify(campaign[key]),
  )
  return Object.fromEntries(changed.map((key) => [key, next[key]]))
}

/** Posts a day after the shift: of other campaigns, of those that stay and of those that move. */
export function loadAfter(
  plan: Pick<ShiftPlan, 'moves' | 'stays'>,
  others: ReadonlyMap<IsoDate, number>,
): Map<IsoDate, number> {
  const load = new Map(others)
  const add = (date: IsoDate) => load.set(date, (load.get(date) ?? 0) + 1)
  for (const { to } of plan.moves) add(to.date)
  for (const { post } of plan.stays) if (post.planned && post.status !== 'cancelled') add(post.planned.date)
  return load
}

function findingsOf(
  moves: readonly ShiftMove[],
  stays: readonly ShiftStay[],
  input: ShiftInput,
  options: ShiftOptions,
  blackouts: ReadonlyMap<IsoDate, string>,
): ShiftFinding[] {
  const findings: ShiftFinding[] = []
  const load = loadAfter({ moves, stays }, input.others)
  const byDay = Map.groupBy(moves, ({ to }) => to.date)
  const limit = input.dayLimit
  if (limit > 0) {
    for (const [date, landing] of byDay) {
      const count = load.get(date) ?? 0
      if (count <= limit) continue
      const excess = landing.slice(-Math.min(count - limit, landing.length)).map(({ post }) => post.id)
      const to = dayWithRoom(date, excess.length, load, limit, blackouts)
      findings.push({ kind: 'overfull', date, count, limit, spread: to ? { ids: excess, to } : null })
    }
  }
  const past = stays.filter(({ why }) => why === 'would-be-past').map(({ post }) => post)
  if (past.length > 0) findings.push({ kind: 'past', posts: past })
  for (const move of moves) {
    const check = checkWall(move.to)
    if (check.kind === 'gap') findings.push({ kind: 'gap', move, before: check.before, after: check.after })
    if (check.kind === 'overlap') findings.push({ kind: 'overlap', move })
  }
  if (!options.skipBlackouts) {
    for (const [date, landing] of byDay) {
      const text = blackouts.get(date)
      if (text !== undefined) findings.push({ kind: 'on-blackout', date, text, moves: landing })
    }
  }
  const avoided = moves.filter(({ adjustedBecause }) => adjustedBecause === 'blackout')
  if (avoided.length > 0) findings.push({ kind: 'blackout-avoided', moves: avoided })
  return findings
}

/** The nearest later working day, within two weeks, that can take `wanted` more posts. */
function dayWithRoom(
  date: IsoDate,
  wanted: number,
  load: ReadonlyMap<IsoDate, number>,
  limit: number,
  blackouts: ReadonlyMap<IsoDate, string>,
): IsoDate | null {
  for (let ahead = 1; ahead <= 14; ahead += 1) {
    const day = addDays(date, ahead)
    if (!isWeekend(day) && !blackouts.has(day) && (load.get(day) ?? 0) + wanted <= limit) return day
  }
  return null
}

/** The days a shift reaches, old and new: what has to be known about other posts to judge it. Null when nothing is dated. */
export function reachOf(posts: readonly Post[], days: number): DateRange | null {
  const dates = posts.flatMap(({ planned }) => (planned ? [planned.date, addDays(planned.date, days)] : [])).sort()
  const [from, to] = [dates[0], dates.at(-1)]
  // Two weeks more on each side: weekends and blackout days push further, and a full day looks for room later.
  return from && to ? { from: addDays(from, -14), to: addDays(to, 28) } : null
}
