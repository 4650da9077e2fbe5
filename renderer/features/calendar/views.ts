/** Turning pages, and what a page is called. */
import { addDays, type IsoDate, monthOf, weekNumber } from '../../../shared/domain/time.ts'
import { monthLong, monthShort, weekdayShort } from '../../parts/index.ts'
import { type PageView, rangeOf } from './usePage.ts'

/** The date a page further or back. */
export function turn(view: PageView, date: IsoDate, by: number): IsoDate {
  if (view === 'day') return addDays(date, by)
  if (view === 'week') return addDays(date, 7 * by)
  let first = monthOf(date).from
  for (let step = 0; step < Math.abs(by); step += 1)
    first = by > 0 ? addDays(monthOf(first).to, 1) : monthOf(addDays(first, -1)).from
  // The same day of the month where it exists.
  const day = Math.min(Number(date.slice(8)), Number(monthOf(first).to.slice(8)))
  return addDays(first, day - 1)
}

const number = (date: IsoDate) => String(Number(date.slice(8)))

/** `October` and `2026`; `12 – 18 October`, short `12 – 18 Oct`, and `2026, W42`. */
export function titleOf(
  view: PageView,
  date: IsoDate,
  weekStart: number,
): { title: string; short?: string; sub: string } {
  const year = date.slice(0, 4)
  if (view === 'day') {
    const day = `${weekdayShort(date)} ${number(date)}`
    return { title: `${day} ${monthLong(date)}`, short: `${day} ${monthShort(date)}`, sub: year }
  }
  if (view !== 'week') return { title: monthLong(date), sub: year }
  const { from, to } = rangeOf('week', date, weekStart)
  // Weeks are numbered by their Thursday, wherever the week begins.
  const sub = `${to.slice(0, 4)}, W${weekNumber(addDays(from, 3))}`
  if (from.slice(0, 7) === to.slice(0, 7)) {
    const days = `${number(from)} – ${number(to)}`
    return { title: `${days} ${monthLong(to)}`, short: `${days} ${monthShort(to)}`, sub }
  }
  return { title: `${number(from)} ${monthShort(from)} – ${number(to)} ${monthShort(to)}`, sub }
}
