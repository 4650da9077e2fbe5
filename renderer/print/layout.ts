/** What fits where on a month page. Millimetres of paper; pure, so that "nothing vanishes" can be counted. */
import type { Campaign } from '../../shared/domain/campaign.ts'
import {
  addDays,
  type DateRange,
  daysBetween,
  daysOf,
  type IsoDate,
  isWeekend,
  monthGrid,
  monthOf,
} from '../../shared/domain/time.ts'
import type { PlanData, PlanPost } from './collect.ts'
import { PAPER_MM, type PlanOptions } from './options.ts'

export interface MonthDay {
  readonly date: IsoDate
  readonly inMonth: boolean
  readonly weekend: boolean
  /** Text of holidays and the like. */
  readonly notes: readonly string[]
  readonly shown: readonly { readonly item: PlanPost; readonly titleLines: number }[]
  /** Posts of the day that have no room here. */
  readonly hidden: readonly PlanPost[]
}

export interface MonthBar {
  readonly campaign: Campaign
  readonly phase: string
  readonly lane: number
  /** Columns, from 0, both included. */
  readonly first: number
  readonly last: number
  readonly fromBefore: boolean
  readonly goesOn: boolean
}

export interface MonthWeek {
  readonly days: readonly MonthDay[]
  readonly bars: readonly MonthBar[]
  readonly lanes: number
}

export interface MonthPage {
  readonly month: IsoDate
  readonly weeks: readonly MonthWeek[]
  readonly weekHeight: number
  readonly columnWidth: number
  /** Campaigns for which there was no lane. */
  readonly withoutLane: readonly Campaign[]
}

/** Dates as text sort as dates. */
export const later = (a: IsoDate, b: IsoDate): IsoDate => (a.localeCompare(b) > 0 ? a : b)
export const earlier = (a: IsoDate, b: IsoDate): IsoDate => (a.localeCompare(b) > 0 ? b : a)

const MAX_LANES = 3
export const BAR_MM = 4.1
const HEAD_MM = 5.1
const PT = 25.4 / 72
const LINE_MM = 9.4 * PT
/** A post with one line of title: its time line, the title, the gap before. */
const ONE_MM = 0.9 + 2 * LINE_MM
/** A longer title is read in the schedule. */
const MOST_TITLE_LINES = 4
const MORE_MM = 0.8 + 10 * PT
/** Heading and weekday row of a month page. */
const PAGE_HEAD_MM = 17.6

export interface PageFrame {
  /** mm inside the margins */
  readonly width: number
  readonly height: number
}

/** The room inside the margins of a landscape page, or of an upright one (24 18 20 mm). */
export function frameOf(options: Pick<PlanOptions, 'paper'>, landscape: boolean): PageFrame {
  const { width, height } = PAPER_MM[options.paper]
  return landscape ? { width: height - 24, height: width - 35 } : { width: width - 36, height: height - 44 }
}

/** Months a range touches, by their first day. */
export function monthsOf({ from, to }: DateRange): IsoDate[] {
  const months: IsoDate[] = []
  for (let month = monthOf(from).from; month <= to; month = addDays(monthOf(month).to, 1)) months.push(month)
  return months
}

/** Lays out a month. `reserved`: mm taken above the grid by something else. */
export function layMonth(data: PlanData, month: IsoDate, frame: PageFrame, reserved = 0): MonthPage {
  const grid = monthGrid(month, data.weekStart)
  const { from, to } = monthOf(month)
  const count = (daysBetween(grid.from, grid.to) + 1) / 7
  const weekHeight = Math.floor(((frame.height - PAGE_HEAD_MM - reserved) / Math.max(count, 5)) * 10) / 10
  const byDay = Map.groupBy(data.posts, ({ day }) => day)
  const withoutLane = new Set<Campaign>()
  const weeks: MonthWeek[] = []
  for (let start = grid.from; start <= grid.to; start = addDays(start, 7)) {
    const days = daysOf({ from: start, to: addDays(start, 6) })
    const { bars, left } = barsOf(data.campaigns, days, {
      from: later(from, data.range.from),
      to: earlier(to, data.range.to),
    })
    for (const campaign of left) withoutLane.add(campaign)
    const lanes = bars.length === 0 ? 0 : Math.max(...bars.map(({ lane }) => lane)) + 1
    weeks.push({
      bars,
      lanes,
      days: days.map((date): MonthDay => {
        const inMonth = date >= from && date <= to
        const posts = inMonth ? (byDay.get(date) ?? []) : []
        const notes = data.dayNotes.filter((note) => note.on <= date && note.until >= date).map(({ text }) => text)
        return {
          date,
          inMonth,
          weekend: isWeekend(date),
          notes: inMonth ? notes : [],
          ...fitDay(posts, weekHeight - HEAD_MM - lanes * BAR_MM),
        }
      }),
    })
  }
  return { month, weeks, weekHeight, columnWidth: frame.width / 7, withoutLane: [...withoutLane] }
}

/** As many posts as a height holds; further title lines are given round by round from the top while there is room. */
export function fitDay(posts: readonly PlanPost[], room: number): Pick<MonthDay, 'shown' | 'hidden'> {
  const all = posts.length * ONE_MM <= room
  const count = all ? posts.length : Math.max(0, Math.floor((room - MORE_MM) / ONE_MM))
  const spare = Math.floor((room - count * ONE_MM - (all ? 0 : MORE_MM)) / LINE_MM)
  const shown = posts.slice(0, count).map((item, at) => {
    const further = Math.max(0, Math.ceil((spare - at) / count))
    return { item, titleLines: Math.min(MOST_TITLE_LINES, 1 + further) }
  })
  return { shown, hidden: posts.slice(count) }
}

/** Bars of campaigns (by phase, where a campaign has phases) within a week, packed into lanes. */
function barsOf(campaigns: readonly Campaign[], days: readonly IsoDate[], within: DateRange) {
  const pieces = campaigns.flatMap((campaign) => spansOf(campaign).map((span) => ({ campaign, ...span })))
  const bars: MonthBar[] = []
  const left: Campaign[] = []
  const first = days[0] ?? ''
  const last = days[6] ?? ''
  for (const { campaign, phase, from, to } of pieces) {
    const start = [from, first, within.from].reduce(later)
    const end = [to, last, within.to].reduce(earlier)
    if (start > end) continue
    const columns = { first: days.indexOf(start), last: days.indexOf(end) }
    const free = (lane: number) =>
      !bars.some((bar) => bar.lane === lane && bar.first <= columns.last && bar.last >= columns.first)
    const lane = Array.from({ length: MAX_LANES }, (_, at) => at).find(free)
    if (lane === undefined) left.push(campaign)
    else bars.push({ campaign, phase, lane, ...columns, fromBefore: from < start, goesOn: to > end })
  }
  return { bars, left }
}

/** The stretches a campaign runs: its phases, or the whole of it. */
export function spansOf({ startOn, endOn, phases }: Campaign): { phase: string; from: IsoDate; to: IsoDate }[] {
  if (phases.length > 0)
    return phases.map(({ name, from, to }) => ({ phase: name, from, to })).sort((a, b) => a.from.localeCompare(b.from))
  if (!startOn) return []
  return [{ phase: '', from: startOn, to: endOn ?? startOn }]
}
