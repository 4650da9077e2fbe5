/**
 * Looks at what is planned for the days ahead: what could not go out as it is now is held with its reason at once, not in the last
 * second, and goes on by itself once that is mended.
 */
import type { Delivery } from '../../shared/domain/delivery.ts'
import type { DeliveryEvent } from '../../shared/domain/deliveryEvents.ts'
import type { Instant } from '../../shared/domain/time.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import type { WorkspaceDb } from '../data/db.ts'

export interface ForesightDeps {
  readonly db: WorkspaceDb
  readonly now: () => Instant
  /** What speaks against a delivery as its post is now; null: nothing. */
  readonly foresee: (delivery: Delivery) => Promise<Trouble | null>
  readonly play: (id: string, event: DeliveryEvent) => Promise<unknown>
  readonly mayGoOn: () => boolean
}

const DAYS = 7
const DAY = 24 * 3_600_000
/** With nothing changed, another look is for what comes into these days only. */
const EVERY = 3_600_000

export function createForesight({ db, now, foresee, play, mayGoOn }: ForesightDeps) {
  /** Rows as they were looked at. */
  const seen = new Map<string, string>()
  let lookedAt = 0

  /** `anew`: posts changed. `all`: something did that all of them depend on. */
  return async (anew: boolean, all = false): Promise<void> => {
    if (all) seen.clear()
    if (!anew && !all && now() - lookedAt < EVERY) return
    lookedAt = now()
    const [planned, held] = await Promise.all([
      db.deliveries
        .where('wakeAt')
        .between(now(), now() + DAYS * DAY)
        .toArray(),
      db.deliveries.where('state.kind').equals('needs-you').toArray(),
    ])
    for (const row of planned) {
      const print = `${row.contentAt} ${row.dueAt}`
      if (row.state.kind !== 'planned' || row.held || seen.get(row.id) === print) continue
      if (!mayGoOn()) return
      const trouble = await foresee(row)
      if (trouble) await play(row.id, { kind: 'not-begun', trouble })
      else seen.set(row.id, print)
    }
    for (const row of held) {
      if (!isForeseen(row, now())) continue
      if (!mayGoOn()) return
      if (!(await foresee(row))) await play(row.id, { kind: 'retried' })
    }
  }
}

/** Held by this look or one like it, and not due yet: what a person had to press for before waits for them. */
const isForeseen = ({ state, attempt, dueAt, askedAt }: Delivery, now: Instant): boolean =>
  state.kind === 'needs-you' &&
  state.reason.kind === 'trouble' &&
  state.reason.trouble.kind === 'refused' &&
  state.reason.trouble.ours === true &&
  attempt === '' &&
  askedAt === 0 &&
  dueAt > now
