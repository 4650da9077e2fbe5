/** What a person wants done with a post that is out: changed to what it says by now, or taken away, part by part. Pure. */
import { type Change, type Delivery, type DeliveryState, type Mark, type Policy, remoteOf } from './delivery.ts'
import type { DeliveryEvent, Next } from './deliveryEvents.ts'
import { limitOf, MOST_TRIES, pauseFor, same, type ThereState } from './deliveryMoves.ts'
import type { Job, Part } from './publishing.ts'
import type { Instant } from './time.ts'
import type { Trouble } from './trouble.ts'
import { backOff, READ_BACKS, SECOND } from './waiting.ts'

type Published = Extract<DeliveryState, { kind: 'published' }>
type Abilities = Policy['abilities']

/** The parts that are at the network as far as is known, by their numbers. */
export const standing = ({ state, sent }: Pick<Delivery, 'state' | 'sent'>): readonly number[] =>
  state.kind === 'published' && (state.mark?.kind === 'removed' || state.mark?.kind === 'deleted')
    ? []
    : sent.flatMap(({ gone }, part) => (gone ? [] : [part]))

/** The parts that have to be asked for, one by one, the first first: of what goes with its post only that. */
function reached(d: Delivery, what: Change['what'], { takesAlong }: Abilities): readonly number[] {
  const parts = standing(d)
  return what === 'remove' && takesAlong && parts[0] === 0 ? [0] : parts
}

/** Whether it can be asked for: the network does such a thing, and it is known what each part is called there. */
export function mayChangeOut(d: Delivery, what: Change['what'], abilities: Abilities): boolean {
  if (d.state.kind !== 'published' || !abilities[what]) return false
  const parts = reached(d, what, abilities)
  return parts.length > 0 && parts.every((part) => d.sent[part]?.remoteId)
}

export function changeOut(d: Delivery, what: Change['what'], now: Instant, { abilities }: Policy): Next {
  if (d.state.kind !== 'published' || !mayChangeOut(d, what, abilities)) return same(d)
  return same(wanting({ ...d, tries: 0, renewed: false }, d.state, { what, at: now, because: null }))
}

/** It stays as it is there. What is on its way already may still arrive. */
export const leaveOut = (d: Delivery): Next =>
  d.state.kind === 'published' && d.state.change ? same({ ...d, state: without(d.state) }) : same(d)

/** A thread goes from its end, so that whatever cuts it short leaves a beginning. */
export function wakeOut(d: Delivery, change: Change, now: Instant, policy: Policy): Next {
  const isFree = policy.online && !policy.paused && policy.limitedUntil <= now
  if (change.at < 0 || change.at > now || !isFree) return same(d)
  if (change.what === 'edit') return { delivery: d, effects: [{ kind: 'edit' }] }
  const part = reached(d, 'remove', policy.abilities).at(-1) ?? 0
  const remoteId = d.sent[part]?.remoteId ?? remoteOf(d)
  return { delivery: d, effects: [{ kind: 'remove', part, remoteId }] }
}

export interface PartEdit {
  readonly part: number
  /** What is there once it is done. */
  readonly job: Job
  /** Other parts are to follow. */
  readonly more: boolean
  /** It says that there already. */
  readonly isThere?: true
}

/**
 * The next part to be changed there. `sent`: what is there, `now`: what is to be, `contentAt`: when that was touched. Null: all parts say what they
 * are to say; `other-parts`: there are more, fewer or others by now, which no network takes in place.
 */
export function nextEdit(d: Delivery, sent: Job, now: Job, contentAt: Instant): PartEdit | 'other-parts' | null {
  const isAlike = now.parts.length === d.parts && now.parts.every(({ kind }, part) => kind === sent.parts[part]?.kind)
  if (!isAlike) return 'other-parts'
  if (d.state.kind === 'handed-over') return editOfWaiting(d, d.state, sent, now)
  if (d.parts === 1) return { part: 0, job: now, more: false }
  // Written on meanwhile: those that were changed already are looked at again.
  const from = d.state.kind === 'published' && contentAt === d.contentAt ? (d.state.change?.from ?? 0) : 0
  // Its fields may speak for every part, such as a warning.
  const isAll = !isSame([sent.title, sortedFields(sent)], [now.title, sortedFields(now)])
  const differing = standing(d).filter((part) => isAll || !isSame(saidBy(sent.parts[part]), saidBy(now.parts[part])))
  const [part, ...rest] = differing.filter((one) => one >= from)
  if (part === undefined) return null
  const more = rest.length > 0
  const parts = sent.parts.map((old, at) => (at === part ? (now.parts[at] ?? old) : old))
  const { title, fields } = more ? sent : now
  return { part, job: { ...now, title, fields, parts }, more }
}

/** What waits there is the first part; its comment follows as it is written by then. */
function editOfWaiting(d: Delivery, { tried }: ThereState, sent: Job, now: Job): PartEdit {
  // Somebody else changed it, and ours is to be put back.
  const isOurs = d.contentAt === (d.takenAt ?? d.contentAt) && d.dueAt === d.aheadFor
  const said = (job: Job) => [job.publishAt, job.format, job.title, sortedFields(job), saidBy(job.parts[0])]
  const isThere = tried === undefined && !isOurs && now.parts.length > 1 && isSame(said(sent), said(now))
  return { part: 0, job: now, more: false, ...(isThere ? { isThere } : {}) }
}

const saidBy = (part: Part | undefined) => part && [part.text, part.html, part.media.map(({ id, alt }) => [id, alt])]

const sortedFields = ({ fields }: Job) => Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1))

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Said of what has other parts by now than what is out. */
export const otherParts: Trouble = {
  kind: 'refused',
  field: '',
  reason: 'It has other parts by now than what is out, and none can be put in or taken out there',
  details: '',
  ours: true,
}

/** How it went. An answer that was lost is no reason to wait for a person: the same is asked for again. */
export function changedOut(
  d: Delivery,
  state: Published,
  { what, part, more, outcome, attempt, contentAt }: Extract<DeliveryEvent, { kind: 'changed-there' }>,
  now: Instant,
  policy: Policy,
): Next {
  const settled = { ...d, tries: 0, renewed: false }
  const isGone = outcome.kind === 'trouble' && outcome.trouble.kind === 'target-gone'
  if (what === 'remove' && (outcome.kind === 'done' || isGone))
    return same(withoutPart(settled, state, part, 'deleted', now, policy))
  if (isGone) return lackingPart(withoutPart(settled, state, part, 'removed', now, policy))
  if (outcome.kind === 'done') {
    // Read back once more: what it shows then is what it says now.
    const reads = Math.min(state.reads, READ_BACKS.length - 1)
    const { change } = state
    // What was asked for while this was on its way is still wanted.
    const left = change?.what === what ? (more ? goingOn(state, now, { from: part + 1 }) : without(state)) : state
    return same({ ...settled, attempt, contentAt, state: { ...left, reads } })
  }
  if (state.change?.what !== what) return same(d)
  return hindered(d, state, outcome.trouble, now, policy)
}

/** Something came in between, at the network or on our side. */
export function hindered(d: Delivery, state: Published, trouble: Trouble, now: Instant, policy: Policy): Next {
  const { change } = state
  if (!change) return same(d)
  const at = (when: Instant, given = d): Delivery => wanting(given, state, { ...change, at: when, because: trouble })
  const again = (when: Instant): Delivery => at(when, { ...d, tries: d.tries + 1 })
  switch (trouble.kind) {
    case 'rate-limited':
    case 'quota-used':
      return { delivery: again(Math.max(trouble.until, now + SECOND)), effects: [limitOf(trouble)] }
    case 'access-expired':
      if (!d.renewed) return { delivery: { ...again(now), renewed: true }, effects: [{ kind: 'renew' }] }
      break
    case 'no-network':
    case 'in-between':
      return same(at(now + 30 * SECOND * policy.pace))
    case 'server-fault':
    case 'unknown':
    case 'clock-off':
      if (d.tries < MOST_TRIES) return same(again(now + Math.max(SECOND, backOff(d.tries, policy))))
  }
  return { delivery: again(-1), effects: [{ kind: 'alert', about: 'not-as-meant' }, ...pauseFor(trouble)] }
}

const wanting = (d: Delivery, state: Published, change: Change): Delivery => ({ ...d, state: { ...state, change } })

const without = ({ change: _done, ...state }: Published): Published => state

/** What is wanted goes on with the next part. */
const goingOn = (state: Published, now: Instant, reached: Pick<Change, 'from'> = {}): Published =>
  state.change ? { ...state, change: { ...state.change, at: now, because: null, ...reached } } : state

/** A part is not there any more; with the last of them the whole is not. */
function withoutPart(
  d: Delivery,
  state: Published,
  part: number,
  kind: Extract<Mark['kind'], 'deleted' | 'removed'>,
  now: Instant,
  { abilities: { takesAlong } }: Policy,
): Delivery {
  const goes = (at: number) => at === part || (part === 0 && takesAlong === true)
  const sent = d.sent.map((one, at) => (goes(at) ? { ...one, gone: true as const } : one))
  if (sent.every(({ gone }) => gone))
    return { ...d, state: { ...without(state), reads: READ_BACKS.length, mark: { kind, because: '' } } }
  return { ...d, sent, state: { ...goingOn(state, now), mark: { kind: 'partial', because: '' } } }
}

/** Somebody took a part away there: what is left is changed all the same. */
const lackingPart = (delivery: Delivery): Next => ({
  delivery,
  effects: [{ kind: 'alert', about: 'not-as-meant' }],
})
