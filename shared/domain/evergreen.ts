/**
 * Posts that may go out again: the pool, its rules, and which of them fills a gap. Pure: history and slots come in, proposals come out;
 * nothing is planned before a person has seen them.
 */
import type { Slot } from './slots.ts'
import { addDays, type Instant, type IsoDate, toInstant, type Zone } from './time.ts'

export interface EvergreenRule {
  /** Smallest number of days between two uses on one channel. */
  readonly cooldown: number
  /** Part of the year it fits into, as `MM-DD`, both ends included; `to` before `from` runs over new year. Null: all year. */
  readonly season: { readonly from: string; readonly to: string } | null
  /** Most uses in all, the first included; 0: no limit. */
  readonly most: number
}

export const DEFAULT_EVERGREEN: EvergreenRule = { cooldown: 90, season: null, most: 0 }

export interface Evergreen {
  readonly postId: string
  readonly rule: EvergreenRule
  readonly channelIds: readonly string[]
  /** When and where it and its copies went out or are planned, in any order. */
  readonly uses: readonly { readonly at: Instant; readonly channelIds: readonly string[] }[]
}

export interface GapFill {
  readonly slot: Slot
  readonly postId: string
  /** Its last use on that channel before the slot; null: never there. */
  readonly lastAt: Instant | null
}

export function inSeason(rule: EvergreenRule, date: IsoDate): boolean {
  if (!rule.season) return true
  const { from, to } = rule.season
  const day = date.slice(5)
  return from <= to ? day >= from && day <= to : day >= from || day <= to
}

/** The longest a month gets, by `MM`: 29 in February, which comes round too. */
export const daysOfMonth = (month: string): number =>
  month === '02' ? 29 : ['04', '06', '09', '11'].includes(month) ? 30 : 31

/** `MM-DD` as a day there is: the last of a month where it names one behind it. */
export const dayOfYear = (month: string, day: number): string =>
  `${month}-${String(Math.max(1, Math.min(day, daysOfMonth(month)))).padStart(2, '0')}`

const DAY = 86_400_000

export type Unfit =
  | { readonly kind: 'channel' | 'season' | 'used-up' }
  | { readonly kind: 'cooldown'; readonly days: number }

/** Why an evergreen may not stand in a slot, or null when it may. Days are days apart, rounded down. */
export function whyNot(evergreen: Evergreen, slot: Slot): Unfit | null {
  const { rule, channelIds, uses } = evergreen
  if (!channelIds.includes(slot.channelId)) return { kind: 'channel' }
  if (!inSeason(rule, slot.date)) return { kind: 'season' }
  if (rule.most > 0 && uses.length >= rule.most) return { kind: 'used-up' }
  const apart = Math.min(...usesOn(evergreen, slot.channelId).map((at) => Math.abs(slot.at - at)))
  return apart < rule.cooldown * DAY ? { kind: 'cooldown', days: Math.floor(apart / DAY) } : null
}

const usesOn = ({ uses }: Evergreen, channelId: string): Instant[] =>
  uses.filter((use) => use.channelIds.includes(channelId)).map(({ at }) => at)

/** What is written for each channel: a pool of hundreds has few of them for any one. */
function byChannel(pool: readonly Evergreen[]): ReadonlyMap<string, readonly Evergreen[]> {
  const found = new Map<string, Evergreen[]>()
  for (const evergreen of pool)
    for (const id of evergreen.channelIds) found.set(id, [...(found.get(id) ?? []), evergreen])
  return found
}

/**
 * Fills slots in order of time: each takes what may stand there and was not used on that channel for longest, so the pool goes round.
 * What is filled counts as a use for the slots after it.
 */
export function fillGaps(pool: readonly Evergreen[], slots: readonly Slot[]): GapFill[] {
  const turning = new Map(pool.map((evergreen) => [evergreen.postId, evergreen]))
  const ofChannel = byChannel(pool)
  const fills: GapFill[] = []
  for (const slot of slots.toSorted((a, b) => a.at - b.at || (a.channelId < b.channelId ? -1 : 1))) {
    let best: { evergreen: Evergreen; lastAt: Instant | null } | null = null
    for (const { postId } of ofChannel.get(slot.channelId) ?? []) {
      const evergreen = turning.get(postId)
      if (!evergreen || whyNot(evergreen, slot)) continue
      const before = usesOn(evergreen, slot.channelId).filter((at) => at < slot.at)
      const lastAt = before.length > 0 ? Math.max(...before) : null
      const waited = (at: Instant | null) => at ?? Number.NEGATIVE_INFINITY
      if (!best || waited(lastAt) < waited(best.lastAt)) best = { evergreen, lastAt }
    }
    if (!best) continue
    const { evergreen, lastAt } = best
    fills.push({ slot, postId: evergreen.postId, lastAt })
    turning.set(evergreen.postId, {
      ...evergreen,
      uses: [...evergreen.uses, { at: slot.at, channelIds: [slot.channelId] }],
    })
  }
  return fills
}

/** From what could be mended soonest to what never fits. */
const NEARNESS: readonly Unfit['kind'][] = ['cooldown', 'used-up', 'season', 'channel']

export interface OpenGap {
  readonly slot: Slot
  /** The post that comes nearest to fitting, and what keeps it back; null: the pool is empty. */
  readonly nearest: { readonly postId: string; readonly unfit: Unfit } | null
}

/** The slots that stay open after filling, each with what keeps the pool out of it. */
export function openGaps(pool: readonly Evergreen[], slots: readonly Slot[], fills: readonly GapFill[]): OpenGap[] {
  const filled = new Set(fills.map(({ slot }) => slot))
  const fillsOf = Map.groupBy(fills, ({ postId }) => postId)
  const after = pool.map((evergreen) => ({
    ...evergreen,
    uses: [
      ...evergreen.uses,
      ...(fillsOf.get(evergreen.postId) ?? []).map(({ slot }) => ({ at: slot.at, channelIds: [slot.channelId] })),
    ],
  }))
  const ofChannel = byChannel(after)
  const [first] = after
  const order = ({ unfit }: { unfit: Unfit }) => NEARNESS.indexOf(unfit.kind)
  const waited = ({ unfit }: { unfit: Unfit }) => (unfit.kind === 'cooldown' ? unfit.days : 0)
  return slots
    .filter((slot) => !filled.has(slot))
    .map((slot) => {
      const unfits = (ofChannel.get(slot.channelId) ?? []).flatMap((evergreen) => {
        const unfit = whyNot(evergreen, slot)
        return unfit ? [{ postId: evergreen.postId, unfit }] : []
      })
      const [nearest] = unfits.sort((a, b) => order(a) - order(b) || waited(b) - waited(a))
      const elsewhere = first ? { postId: first.postId, unfit: { kind: 'channel' as const } } : null
      return { slot, nearest: nearest ?? elsewhere }
    })
}

/** How far `nextUse` looks. */
const FURTHEST_DAYS = 366 * 2

/** The first day from `from` on at whose noon an evergreen may go out on one of its channels; null: on none within two years. */
export function nextUse(evergreen: Evergreen, from: IsoDate, zone: Zone): IsoDate | null {
  for (let days = 0; days < FURTHEST_DAYS; days += 1) {
    const date = addDays(from, days)
    const at = toInstant({ date, time: '12:00', zone })
    if (evergreen.channelIds.some((channelId) => !whyNot(evergreen, { channelId, date, time: '12:00', at })))
      return date
  }
  return null
}
