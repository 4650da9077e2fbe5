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
  /** The same, with its files made for a try. Asked for one at a time. */
  readonly tryOut?: (delivery: Delivery) => Promise<Trouble | null>
  /** Comes when nobody waits for anything. */
  readonly idle?: () => Promise<void>
  readonly play: (id: string, event: DeliveryEvent) => Promise<unknown>
  readonly mayGoOn: () => boolean
  readonly report: (thrown: unknown) => void
}

const DAYS = 7
const DAY = 24 * 3_600_000
/** With nothing changed, another look is for what comes into these days only. */
const EVERY = 3_600_000

export function createForesight({ db, now, foresee, play, mayGoOn, report, ...deps }: ForesightDeps) {
  const { tryOut = async () => null, idle = async () => {} } = deps
  /** Rows as they were looked at. */
  const seen = new Map<string, string>()
  let lookedAt = 0
  /** Those whose files are to be tried, the next to go out first. */
  let waiting: string[] = []
  let trying: Promise<void> | null = null

  const tryAll = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined && mayGoOn(); id = waiting.shift()) {
      await idle()
      if (!mayGoOn()) return
      const before = await db.deliveries.get(id)
      if (!before || !(isAhead(before) || isForeseen(before, now()))) continue
      const trouble = await tryOut(before)
      // It may have been edited, moved or sent meanwhile: then the next look asks again.
      const row = await db.deliveries.get(id)
      if (!row || printOf(row) !== printOf(before) || !mayGoOn()) continue
      if (trouble && isAhead(row)) await play(id, { kind: 'not-begun', trouble })
      if (!trouble && isForeseen(row, now())) await play(id, { kind: 'retried' })
    }
  }

  /** `anew`: posts changed. `all`: something did that all of them depend on. */
  const look = async (anew: boolean, all = false): Promise<void> => {
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
    const toTry: string[] = []
    for (const row of planned) {
      const print = printOf(row)
      if (!isAhead(row) || seen.get(row.id) === print) continue
      if (!mayGoOn()) return
      const trouble = await foresee(row)
      if (trouble) await play(row.id, { kind: 'not-begun', trouble })
      else {
        seen.set(row.id, print)
        toTry.push(row.id)
      }
    }
    for (const row of held) {
      if (!isForeseen(row, now())) continue
      if (!mayGoOn()) return
      if (!(await foresee(row))) toTry.push(row.id)
    }
    waiting = [...new Set([...toTry, ...waiting])]
    trying ??= tryAll()
      .catch(report)
      .finally(() => {
        trying = null
      })
  }

  /** `tried`: resolves when no file is being tried. */
  return { look, tried: async () => trying }
}

const isAhead = ({ state, held }: Delivery): boolean => state.kind === 'planned' && !held
const printOf = ({ contentAt, dueAt, state }: Delivery): string => `${contentAt} ${dueAt} ${state.kind}`

/** Held by this look or one like it, and not due yet: what a person had to press for before waits for them. */
const isForeseen = ({ state, attempt, dueAt, askedAt }: Delivery, now: Instant): boolean =>
  state.kind === 'needs-you' &&
  state.reason.kind === 'trouble' &&
  state.reason.trouble.kind === 'refused' &&
  state.reason.trouble.ours === true &&
  attempt === '' &&
  askedAt === 0 &&
  dueAt > now
