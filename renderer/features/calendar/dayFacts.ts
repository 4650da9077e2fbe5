/** What a clock change does to a day: an hour that is missing, or one that comes twice. */
import { addDays, type Instant, type IsoDate, startOfDay, type Zone } from '../../../shared/domain/time.ts'
import { Temporal } from '../../../shared/lib/temporal.ts'

export interface ClockShift {
  readonly kind: 'missing' | 'twice'
  /** Wall minutes since midnight of the first missing or doubled minute. */
  readonly from: number
  /** First minute after it, at most 1440. */
  readonly to: number
  readonly at: Instant
}

export interface DayFacts {
  /** Minutes the day lasts; 0 for a day the zone skipped altogether. */
  readonly minutes: number
  readonly shift: ClockShift | null
}

const PLAIN: DayFacts = { minutes: 1_440, shift: null }
const MINUTE = 60_000
const known = new Map<string, DayFacts>()

/** Facts of a day in a zone, kept once found. */
export function dayFacts(date: IsoDate, zone: Zone): DayFacts {
  const key = `${zone} ${date}`
  const found = known.get(key)
  if (found) return found
  const facts = isCalm(date, zone) ? PLAIN : look(date, zone)
  known.set(key, facts)
  return facts
}

const offset = (at: Instant, zone: Zone) =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds / 6e10

/** Per zone the last stretch between two clock changes: a page asks about many days of one stretch. */
const stretches = new Map<string, { from: Instant; to: Instant }>()
/** Zones keep within this of UTC; a change further from a day cannot touch it. */
const REACH = 1_560 * MINUTE

/** Whether no clock change is anywhere near a day. */
function isCalm(date: IsoDate, zone: Zone): boolean {
  const from = Date.parse(`${date}T00:00:00Z`) - REACH
  const to = from + 1_440 * MINUTE + 2 * REACH
  const known = stretches.get(zone)
  if (known && known.from <= from && known.to >= to) return true
  const at = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone)
  const stretch = {
    from: at.getTimeZoneTransition('previous')?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    to: at.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
  }
  stretches.set(zone, stretch)
  return stretch.to >= to
}

function look(date: IsoDate, zone: Zone): DayFacts {
  const start = startOfDay(date, zone)
  const end = startOfDay(addDays(date, 1), zone)
  const before = offset(start - MINUTE, zone)
  const minutes = (end - start) / MINUTE
  if (before === offset(end, zone)) return minutes === 1_440 ? PLAIN : { minutes, shift: null }
  const change = Temporal.Instant.fromEpochMilliseconds(start - MINUTE)
    .toZonedDateTimeISO(zone)
    .getTimeZoneTransition('next')
  if (!change) return { minutes, shift: null }
  const at = change.epochMilliseconds
  const jump = offset(at, zone) - before
  /** Wall minutes, of this day, the clock showed (or would have shown) at the change. */
  const old = Math.round((at + before * MINUTE - Date.parse(`${date}T00:00:00Z`)) / MINUTE)
  const [from, to] = jump > 0 ? [old, old + jump] : [old + jump, old]
  // A change at midnight belongs to the day whose hour it takes or repeats, not to its neighbour.
  if (from >= 1_440 || to <= 0) return { minutes, shift: null }
  return {
    minutes,
    shift: { kind: jump > 0 ? 'missing' : 'twice', from: Math.max(0, from), to: Math.min(1_440, to), at },
  }
}

/** How the offset changed, in words: `Clocks go back`. */
export const shiftWords = (shift: ClockShift): string =>
  shift.kind === 'twice' ? 'Clocks go back' : 'Clocks go forward'
