/** What the coming days hold, for whoever looks for a good moment in them. Reads by index, only those days. */
import type { Surroundings } from '../../../shared/domain/clash.ts'
import { DUPLICATE_DAYS } from '../../../shared/domain/clash.ts'
import { holidaysIn } from '../../../shared/domain/holidays.ts'
import { addDays, dateAt, type Instant } from '../../../shared/domain/time.ts'
import type { WorkspaceDb } from '../../data/db.ts'
import { cardsBetween, dayNotesIn } from '../../data/queries.ts'
import type { Reference } from '../../ports/reference.tsx'

const DAY = 86_400_000

/** Posts, notes and holidays from `now` on for some days, and posts as far around them as they could matter. */
export async function comingDays(
  db: WorkspaceDb,
  { channels, settings }: Pick<Reference, 'channels' | 'settings'>,
  now: Instant,
  days: number,
): Promise<Surroundings> {
  const today = dateAt(now, settings.zone)
  const range = { from: today, to: addDays(today, days) }
  const [posts, notes] = await Promise.all([
    cardsBetween(db, now - DUPLICATE_DAYS * DAY, now + (days + DUPLICATE_DAYS) * DAY),
    dayNotesIn(db, range),
  ])
  const holidays = holidaysIn(settings.holidays, range)
  return {
    posts,
    channels: channels.list,
    notes,
    zone: settings.zone,
    holidayOn: (day) => holidays.get(day) ?? '',
  }
}
