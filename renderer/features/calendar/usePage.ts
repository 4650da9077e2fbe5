/** What the calendar shows: the posts of the days in sight, filtered, each on its day, with what else a day carries. */
import { useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import type { Campaign } from '../../../shared/domain/campaign.ts'
import type { Channel } from '../../../shared/domain/channel.ts'
import { type Clash, clashesAmong } from '../../../shared/domain/clash.ts'
import { matches } from '../../../shared/domain/filter.ts'
import { holidaysIn } from '../../../shared/domain/holidays.ts'
import { isApart, postOf } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { type OpenMoment, openMoments, openSlots } from '../../../shared/domain/slots.ts'
import {
  addDays,
  type DateRange,
  dateAt,
  daysOf,
  type Instant,
  type IsoDate,
  instantsOf,
  monthGrid,
  monthOf,
  startOfWeek,
  type Zone,
} from '../../../shared/domain/time.ts'
import type { DayNote, PostFilter } from '../../../shared/domain/workspace.ts'
import { cardsBetween, dayNotesIn } from '../../data/queries.ts'
import { keepIdentity } from '../../parts/keepIdentity.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import type { CalendarView } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { type ClockShift, dayFacts } from './dayFacts.ts'
import { eventsByDay, type PostEvent } from './events.ts'
import { type Pending, settleSuperseded, useUi } from './uiState.ts'

const DAY_MS = 86_400_000

export type PageView = Exclude<CalendarView, 'timeline' | 'grid'>

/** What a day is marked with. */
export interface DayMark {
  readonly holiday: string
  readonly notes: readonly DayNote[]
  readonly blackout: boolean
  readonly shift: ClockShift | null
}

export interface Page {
  readonly view: PageView
  /** The day the view stands on. */
  readonly date: IsoDate
  readonly range: DateRange
  readonly days: readonly IsoDate[]
  readonly zone: Zone
  readonly today: IsoDate
  readonly now: Instant
  /** Of the days in sight, filtered. */
  readonly byDay: ReadonlyMap<IsoDate, readonly PostEvent[]>
  /** Posts, and what goes out of them on channels. */
  readonly count: number
  readonly deliveries: number
  /** All posts in memory, also those a filter hides: what a new time could clash with. */
  readonly known: ReadonlyMap<string, Post>
  /** Of those, the channels that go out apart from their post, by post. */
  readonly apart: ReadonlyMap<string, readonly Post[]>
  readonly marks: ReadonlyMap<IsoDate, DayMark>
  /** What is still to come and filled by nobody, for the channels the filter leaves. */
  readonly slots: ReadonlyMap<IsoDate, readonly OpenMoment[]>
  readonly clashes: ReadonlyMap<string, Clash>
  readonly campaigns: readonly Campaign[]
  readonly notes: readonly DayNote[]
  /** Channels the filter leaves. */
  readonly channels: readonly Channel[]
}

/** The days a view shows around a date. */
export function rangeOf(view: PageView, date: IsoDate, weekStart: number): DateRange {
  if (view === 'month') return monthGrid(date, weekStart)
  if (view === 'list') return monthOf(date)
  if (view === 'day') return { from: date, to: date }
  const from = startOfWeek(date, weekStart)
  return { from, to: addDays(from, 6) }
}

/** Minutes pass: the now line, today, and what is past depend on it. */
function useMinute(): Instant {
  const { clock } = useDeps()
  return useSyncExternalStore(subscribeMinute, () => Math.floor(clock.now() / 60_000) * 60_000)
}
const subscribeMinute = (listener: () => void) => {
  const timer = setInterval(listener, 5_000)
  return () => clearInterval(timer)
}

/** Months kept in memory: the one in sight and two on either side, so that turning the page finds its posts there. */
const MONTHS = 5
const monthIndex = (date: IsoDate) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1
const monthAt = (index: number): DateRange =>
  monthOf(`${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}-01`)

interface Month {
  readonly index: number
  readonly posts: readonly Post[]
}

/**
 * One of the months around `center`, watched. Which one a slot holds depends on its number alone, so that a step to the next
 * month changes a single slot and reads a single month.
 */
function useMonth(center: number, slot: number, zone: Zone): Month | null {
  const first = center - 2
  const index = first + ((((slot - first) % MONTHS) + MONTHS) % MONTHS)
  const read = useQuery(
    async (db) => {
      const span = instantsOf(monthAt(index), zone)
      return { index, rows: await cardsBetween(db, span.from, span.to) }
    },
    [index, zone],
  )
  const kept = useRef<ReadonlyMap<string, Post>>(new Map())
  return useMemo(() => {
    if (!read) return null
    const posts = keepIdentity(kept.current, read.rows)
    kept.current = new Map(posts.map((post) => [post.id, post]))
    return { index: read.index, posts }
  }, [read])
}

interface ReadPage {
  readonly range: DateRange
  readonly posts: readonly Post[]
}

/**
 * Posts around a range. While a far page loads, the page before is kept, so that nothing flashes; null before anything was read.
 */
function usePosts(range: DateRange, center: number, zone: Zone): ReadPage | null {
  const a = useMonth(center, 0, zone)
  const b = useMonth(center, 1, zone)
  const c = useMonth(center, 2, zone)
  const d = useMonth(center, 3, zone)
  const e = useMonth(center, 4, zone)
  const months = useMemo(
    // A slot holds its last month until the next is read; a month too far away is watched no longer.
    () => [a, b, c, d, e].filter((month) => month !== null && Math.abs(month.index - center) <= 2) as readonly Month[],
    [a, b, c, d, e, center],
  )
  const posts = useMemo(() => months.flatMap((month) => month.posts), [months])
  useLayoutEffect(() => settleSuperseded(posts, ({ plannedAt }) => plannedAt >= 0), [posts])
  const shown = useRef<ReadPage | null>(null)
  let covered = true
  for (let index = monthIndex(range.from); index <= monthIndex(range.to); index += 1) {
    covered &&= months.some((month) => month.index === index)
  }
  if (covered && (shown.current?.range !== range || shown.current.posts !== posts)) shown.current = { range, posts }
  return shown.current
}

/** Rows of the query with those that are on their way in place of what they were. */
function withPending(posts: readonly Post[], pending: ReadonlyMap<string, Pending>): readonly Post[] {
  if (pending.size === 0) return posts
  const seen = new Set<string>()
  const merged = posts.map((post) => {
    const expected = pending.get(post.id)
    if (!expected) return post
    seen.add(post.id)
    return post === expected.base ? expected.next : post
  })
  const coming = [...pending.values()].flatMap(({ next }) => (!seen.has(next.id) && next.plannedAt >= 0 ? [next] : []))
  return [...merged, ...coming]
}

export function usePage(view: PageView, date: IsoDate, filter: PostFilter): Page | null {
  const reference = useReference()
  const { settings, campaigns, channels } = reference
  const { zone, weekStart } = settings
  const now = useMinute()
  const pending = useUi((state) => state.pending)
  const bar = useUi((state) => state.bar)
  const wantedRange = rangeOf(view, date, weekStart)
  // The same object while the days are the same: everything below depends on it.
  const range = useMemo(() => ({ from: wantedRange.from, to: wantedRange.to }), [wantedRange.from, wantedRange.to])
  const center = monthIndex(date)
  const read = usePosts(range, center, zone)
  const shown = read?.range ?? range
  const notes =
    useQuery((db) => dayNotesIn(db, { from: monthAt(center - 2).from, to: monthAt(center + 2).to }), [center]) ??
    NO_NOTES
  const posts = useMemo(() => withPending(read?.posts ?? [], pending), [read?.posts, pending])
  const { from, to } = shown
  const days = useMemo(() => daysOf({ from, to }), [from, to])
  const before = useRef<ReadonlyMap<IsoDate, readonly PostEvent[]>>(new Map())

  const byDay = useMemo(() => {
    const span = instantsOf(shown, zone)
    const here = posts.filter(
      (post) => post.plannedAt >= span.from && post.plannedAt < span.to && matches(post, filter),
    )
    const next = keepLists(before.current, eventsByDay(here, shown, zone), (a, b) => a === b)
    before.current = next
    return next
  }, [posts, filter, shown, zone])

  const wanted = useMemo(
    () =>
      filter.channelIds.length > 0 ? channels.list.filter(({ id }) => filter.channelIds.includes(id)) : channels.list,
    [channels, filter.channelIds],
  )
  const openBefore = useRef<ReadonlyMap<IsoDate, readonly OpenMoment[]>>(new Map())
  const slots = useMemo(() => {
    const moments = openMoments(openSlots(wanted, shown, posts, zone, now))
    const next = keepLists(
      openBefore.current,
      Map.groupBy(moments, ({ date: day }) => day),
      (a, b) => a.at === b.at && a.channelIds.join() === b.channelIds.join(),
    )
    openBefore.current = next
    return next
  }, [wanted, shown, posts, zone, now])
  const clashes = useMemo(() => {
    // What is past cannot be mended; what is beyond the page may still be too near to its last post.
    const span = instantsOf({ from: addDays(shown.from, -1), to: addDays(shown.to, 1) }, zone)
    const first = Math.max(span.from, now - DAY_MS)
    const near = posts.filter(({ plannedAt }) => plannedAt >= first && plannedAt < span.to)
    return clashesAmong(near, channels.list, notes, zone)
  }, [posts, channels, notes, zone, shown, now])
  const known = useMemo(() => new Map(posts.map((post) => [post.id, post])), [posts])
  const apart = useMemo(
    () =>
      Map.groupBy(
        posts.filter(({ id }) => isApart(id)),
        ({ id }) => postOf(id),
      ),
    [posts],
  )
  const marks = useMemo(() => marksOf(days, notes, settings.holidays, zone), [days, notes, settings.holidays, zone])
  const bars = useMemo(() => {
    const seen = campaigns.list.filter(({ id }) => filter.campaignIds.length === 0 || filter.campaignIds.includes(id))
    return bar ? seen.map((campaign) => (campaign.id === bar.id ? { ...campaign, ...bar } : campaign)) : seen
  }, [campaigns, bar, filter.campaignIds])

  if (!read) return null
  let count = 0
  let deliveries = 0
  for (const events of byDay.values()) {
    for (const { post, apart } of events) {
      if (!apart) count += 1
      deliveries += post.channelIds.length
    }
  }
  return {
    view,
    date,
    range: shown,
    days,
    zone,
    today: dateAt(now, zone),
    now,
    byDay,
    count,
    deliveries,
    known,
    apart,
    marks,
    slots,
    clashes,
    campaigns: bars,
    notes: notes,
    channels: wanted,
  }
}

/** The list of before for a day on which all is the same, so that it is not drawn again. */
function keepLists<T>(
  before: ReadonlyMap<IsoDate, readonly T[]>,
  next: ReadonlyMap<IsoDate, readonly T[]>,
  same: (a: T, b: T) => boolean,
): ReadonlyMap<IsoDate, readonly T[]> {
  return new Map(
    [...next].map(([day, list]) => {
      const old = before.get(day)
      const kept = old?.length === list.length && list.every((item, index) => same(item, old[index] as T))
      return [day, kept ? old : list]
    }),
  )
}

const NO_NOTES: readonly DayNote[] = []

const NO_MARK: DayMark = { holiday: '', notes: [], blackout: false, shift: null }

function marksOf(
  days: readonly IsoDate[],
  notes: readonly DayNote[],
  country: string,
  zone: Zone,
): Map<IsoDate, DayMark> {
  const from = days[0]
  const to = days.at(-1)
  if (!from || !to) return new Map()
  const holidays = holidaysIn(country, { from, to })
  return new Map(
    days.map((day) => {
      const own = notes.filter((note) => note.on <= day && note.until >= day)
      const shift = dayFacts(day, zone).shift
      const holiday = holidays.get(day) ?? ''
      if (own.length === 0 && !shift && !holiday) return [day, NO_MARK]
      return [day, { holiday, notes: own, blackout: own.some(({ kind }) => kind === 'blackout'), shift }]
    }),
  )
}
