/**
 * Sends what is due. A thin runner: it plays what happens through the rule of the domain, saves, and makes the call that comes out;
 * accounts work beside each other, each in its own order. Whatever moment it is killed in, the rows say what is known.
 */
import { type Account, isConnected, isOfOtherVersion, mayAskAbout } from '../../shared/domain/account.ts'
import { endOf, isToRenew, isToTellEnd, runsOutBefore } from '../../shared/domain/accountStanding.ts'
import { asMeant } from '../../shared/domain/asMeant.ts'
import type { Attempt, LogLine } from '../../shared/domain/attempt.ts'
import {
  type Delivery,
  hasEnded,
  isGone,
  isStillThere,
  lateEnd,
  remoteOf,
  standsInQueue,
} from '../../shared/domain/delivery.ts'
import type { CallEffect, DeliveryEvent } from '../../shared/domain/deliveryEvents.ts'
import { nextEdit, otherParts } from '../../shared/domain/deliveryOut.ts'
import { isAsSent } from '../../shared/domain/deliveryThere.ts'
import type { Done, Job, Seen } from '../../shared/domain/publishing.ts'
import type { Instant } from '../../shared/domain/time.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { LONGEST_TIMER, patienceFor } from '../../shared/domain/waiting.ts'
import { newId } from '../../shared/lib/ids.ts'
import type { Clock } from '../data/clock.ts'
import { refreshAccount } from '../data/commands/accounts.ts'
import {
  deliveryCommands,
  follow,
  inQueue,
  liftChanged,
  type Play,
  type Played,
  play,
  postsToFollow,
  type Ready,
  type Surroundings,
} from '../data/commands/deliveries.ts'
import type { PostStore } from '../data/commands/posts.ts'
import type { WorkspaceDb } from '../data/db.ts'
import { dropLease, takeLease } from '../data/lease.ts'
import {
  channelIds,
  dueDeliveries,
  followLog,
  isSetBack,
  nextDue,
  nextWake,
  underWay,
  unsent,
  wokenChannels,
  wokenDeliveries,
} from '../data/outbox.ts'
import { DamagedRecord } from '../data/rowsById.ts'
import { createForesight } from './foresight.ts'
import type { Locks } from './locks.ts'
import type { Compose, Publisher } from './publisher.ts'
import { together } from './together.ts'

export interface OutboxDeps {
  readonly db: WorkspaceDb
  readonly store: PostStore
  readonly publisher: Publisher
  readonly compose: Compose
  /** What speaks against a delivery as its post is now; null: nothing. Absent: nobody looks ahead. */
  readonly foresee?: (delivery: Delivery) => Promise<Trouble | null>
  /** The same with its files opened, when nobody waits (`idle`). */
  readonly tryOut?: (delivery: Delivery) => Promise<Trouble | null>
  readonly idle?: () => Promise<void>
  readonly clock: Clock
  /** Milliseconds on a clock that is never set. */
  readonly monotonic: () => number
  readonly locks: Locks
  readonly online: () => boolean
  readonly random: () => number
  /** Sets a timer; gives a way to take it back. */
  readonly timer: (work: () => void, milliseconds: number) => () => void
  /** Signs that something may have changed: the network, the screen being looked at, the computer waking. */
  readonly onSign: (listener: () => void) => () => void
  /** A person is to be told. */
  readonly alert: (delivery: Delivery, about: Played['alerts'][number]) => void
  /** The access to these ends soon, or has ended: said once for each end, when renewing has been tried. Absent: nobody is told. */
  readonly accessEnds?: (accounts: readonly Account[]) => void
  /** Something threw. */
  readonly report: (thrown: unknown) => void
  /** The database was brought back from outside when it was opened. */
  readonly rebuilt: boolean
  /** Of this Outpost: another one may speak to a network that this one's predecessor could not. Absent: nobody knows. */
  readonly version?: string
}

const NAME = 'publisher'
const MINUTE = 60_000
/** A commit that could not be begun by then is not begun: somebody else may have taken over. */
const FENCE_MS = 30_000
/** Beyond this the two clocks tell different stories: it was set, or the computer slept. */
const JUMP_MS = 5_000
/** While something is on its way, or somebody else leads. */
const CLOSE_LOOK_MS = 30_000
const COMMIT_LIMIT_MS = 120_000
const CALL_LIMIT_MS = 900_000
/** The shell gives up first: what it still uploads is not begun a second time beside it. Milliseconds. */
const limitOf = ({ parts }: Job): number =>
  CALL_LIMIT_MS + patienceFor(parts.flatMap(({ media }) => media).reduce((sum, { size }) => sum + size, 0))
const NO_ANSWER = {
  kind: 'trouble',
  trouble: { kind: 'server-fault', until: null, details: 'No answer came.' },
} as const
const SAVE_AGAIN_MS = 2_000
/** What takes longer to be made ready is given that time. */
const LONG_MS = 10_000
const RENEW_AGAIN_MS = 86_400_000
/** So long before a post is due its access is renewed, where it would not last. */
const RENEW_BEFORE_MS = 15 * MINUTE

const isDue = ({ state, dueAt }: Delivery, now: Instant): boolean =>
  dueAt <= now && (state.kind === 'due' || state.kind === 'planned')

/** Whether nothing can become of a delivery as long as another of its channel stands before it. `grace`: how late it may be, milliseconds. */
const onlyWaits = (row: Delivery, now: Instant, grace: number): boolean =>
  isDue(row, now) && row.aheadFor < 0 && now <= lateEnd(row, { grace })

const hasWoken = ({ wakeAt }: Delivery, now: Instant): boolean => wakeAt >= 0 && wakeAt <= now

/** What was out once is not gone on with. */
const ENDS: ReadonlySet<LogLine['what']> = new Set(['done', 'there', 'told'])

/** It was begun to be sent, as what a change said was not, and has not ended. */
const isToGoOn = (log: Attempt['log']): boolean =>
  log.some(({ what }) => what === 'begun') && !log.some(({ what }) => ENDS.has(what))

/** It may have refused what it had made of an upload, so what was learned is no use to a new try. */
const wasRefused = (log: Attempt['log']): boolean => log.at(-1)?.trouble?.kind === 'refused'

export function createOutbox(deps: OutboxDeps) {
  const { db, store, publisher, clock, monotonic } = deps
  const owner = newId()
  const surroundings: Surroundings = {
    abilities: publisher.abilities,
    online: deps.online,
    random: deps.random,
    ...(deps.version === undefined ? {} : { version: deps.version }),
  }
  const ledger = together((plays: readonly Play[], next) => play(store, surroundings, plays, next))
  const record = async (one: Play): Promise<Played | null> => (await ledger([one]))[0] ?? null
  const tell = (played: Played | null) => {
    if (played) for (const about of played.alerts) deps.alert(played.delivery, about)
  }
  const foresight =
    deps.foresee &&
    createForesight({
      db,
      now: clock.now,
      foresee: deps.foresee,
      play: (id, event) => record({ id, event }).then(tell),
      mayGoOn: () => mayGoOn(),
      report: deps.report,
      ...(deps.tryOut ? { tryOut: deps.tryOut } : {}),
      ...(deps.idle ? { idle: deps.idle } : {}),
    })
  const lanes = new Map<string, Promise<void>>()
  /** When an access was last tried to be made longer, by account. */
  const renewedAt = new Map<string, Instant>()
  let leaseUntil = 0
  let leads = false
  let letGo: (() => void) | null = null
  let isStopped = false
  let isReconsidered = false
  let isRebuilt = deps.rebuilt
  let log: ReturnType<typeof followLog> | null = null
  let stopTimer = () => {}
  let stopWatching = () => {}
  let stopListening = () => {}
  /** What both clocks showed together. */
  let bothShowed = { wall: clock.now(), steady: monotonic() }

  // One look at a time; a wish that comes meanwhile is granted afterwards.
  let looking: Promise<void> | null = null
  let wish: Wish | null = null
  /** The last look, and the last at everything. */
  let lookedAt = clock.now()
  let lookedAllAt = Number.NEGATIVE_INFINITY
  /** Channels that were busy when they were to be looked at. */
  const missed = new Set<string>()
  const lookFor = (wished: Wish): Promise<void> => {
    if (isStopped) return Promise.resolve()
    wish = wish ? { all: wish.all || wished.all, channels: [...wish.channels, ...wished.channels] } : wished
    looking ??= (async () => {
      while (wish && !isStopped) {
        const mine = wish
        wish = null
        await lookOnce(mine).catch((thrown: unknown) => {
          deps.report(thrown)
          lookedAllAt = Number.NEGATIVE_INFINITY
          setTimer(CLOSE_LOOK_MS)
        })
      }
    })().finally(() => {
      looking = null
    })
    return looking
  }
  const look = () => lookFor({ all: true, channels: [] })

  /** Which channels there may be something to do for. Those that are busy look again themselves. */
  const toLookAt = async ({ all, channels }: Wish, now: Instant): Promise<ReadonlySet<string>> => {
    const ids = all ? await channelIds(db) : [...channels, ...(await wokenChannels(db, lookedAt, now))]
    lookedAt = now
    if (all) lookedAllAt = monotonic()
    for (const id of ids) if (lanes.has(id)) missed.add(id)
    return new Set(ids.filter((id) => !lanes.has(id)))
  }

  const lookOnce = async (wished: Wish): Promise<void> => {
    if (!(await lead())) {
      setTimer(CLOSE_LOOK_MS)
      return
    }
    await noticeJump()
    const changed = (await log?.posts()) ?? []
    await followPlan(changed)
    const now = clock.now()
    const isTime = now < lookedAt || monotonic() - lookedAllAt >= CLOSE_LOOK_MS
    const all = wished.all || isTime || changed.length > 0
    const channels = await toLookAt({ ...wished, all }, now)
    // What waits for something outside is asked after when everything is looked at.
    const rows = await (all ? dueDeliveries : wokenDeliveries)(db, now, channels)
    for (const [channelId, queue] of Map.groupBy(rows, (row) => row.channelId)) {
      if (lanes.has(channelId) || isStopped) continue
      // Entered before it begins: a lane that ends at once takes itself out again.
      const lane = Promise.resolve().then(() => runLane(channelId, queue.sort(inQueue), all))
      lanes.set(channelId, lane)
    }
    if (all) {
      await renewAhead(now)
      await tellEnds(now)
    }
    const wake = await nextWake(db, now)
    const isWatching = rows.length > 0 || lanes.size > 0
    setTimer(Math.min(wake === null ? LONGEST_TIMER : wake - now, isWatching ? CLOSE_LOOK_MS : LONGEST_TIMER))
    const anew = isReconsidered
    isReconsidered = false
    await foresight?.look(changed.length > 0, anew)
  }

  /**
   * Begins to renew what can be renewed only while it holds, once a day for an account, and what would not last for a post that is due soon.
   * What it brings is no event of a delivery.
   */
  const renewAhead = async (now: Instant): Promise<void> => {
    if (!deps.online()) return
    for (const account of await db.accounts.toArray()) {
      const { id } = account
      const again = (await isNeeded(account, now)) ? RENEW_BEFORE_MS : isToRenew(account, now) ? RENEW_AGAIN_MS : null
      if (again === null || now - (renewedAt.get(id) ?? Number.NEGATIVE_INFINITY) < again || isStopped) continue
      renewedAt.set(id, now)
      const lane = publisher
        .renew(account)
        // Refused, it stands on Today some days later, when it is near its end; a line that is down is tried tomorrow.
        .then((renewed) => (renewed.kind === 'renewed' ? refreshAccount(store, id, renewed.told) : undefined))
        .then(() => undefined, deps.report)
        .finally(() => lanes.delete(`renew ${id}`))
      lanes.set(`renew ${id}`, lane)
    }
  }

  /** Of a channel that is sending, each call renews for itself what has run out. */
  const isNeeded = async (account: Account, now: Instant): Promise<boolean> => {
    if (lanes.has(account.id) || !runsOutBefore(account, now + RENEW_BEFORE_MS)) return false
    const at = await nextDue(db, account.id, now, now + RENEW_BEFORE_MS)
    return at !== null && runsOutBefore(account, at)
  }

  /** Where renewing may still help, that comes first; without a network nobody can connect anything again. */
  const tellEnds = async (now: Instant): Promise<void> => {
    if (!deps.accessEnds || !deps.online()) return
    const ending = await db.accounts.filter((account) => isToTellEnd(account, now)).toArray()
    const told = ending.filter(({ id }) => !lanes.has(`renew ${id}`))
    for (const account of told) await refreshAccount(store, account.id, { toldEnd: endOf(account) })
    if (told.length > 0) deps.accessEnds(told)
  }

  const setTimer = (milliseconds: number) => {
    stopTimer()
    if (!isStopped) stopTimer = deps.timer(() => void lookFor({ all: false, channels: [] }), Math.max(milliseconds, 0))
  }

  /** Takes or keeps the lead. Whoever takes it over knows nothing of what was under way. */
  const lead = async (): Promise<boolean> => {
    letGo ??= await deps.locks.take(`outpost-${NAME}-${db.name}`)
    const until = letGo ? await takeLease(db, NAME, { owner, locked: true }, clock.now()) : null
    const takesOver = until !== null && (!leads || clock.now() > leaseUntil)
    // Thrown out of what follows, it begins with it again at the next look.
    leads = until !== null && !takesOver
    leaseUntil = until ?? 0
    if (!takesOver) return leads
    bothShowed = { wall: clock.now(), steady: monotonic() }
    log = followLog(db, clock.now())
    log.add(await postsToFollow(db))
    if (isRebuilt) {
      // A row that is lost itself is made anew by the plan, and is asked about like the others.
      await followPlan(await log.posts())
      await askAfterRebuilding(await unsent(db))
    }
    isRebuilt = false
    if (await isSetBack(db, clock.now())) await forgetLimits()
    const { version } = deps
    if (version !== undefined)
      await liftChanged(store, db, surroundings, (account) => isOfOtherVersion(account, version))
    await playAll(await underWay(db), { kind: 'restarted' })
    stopWatching()
    stopWatching = log.watch(() => void look())
    leads = true
    return true
  }

  /** What was begun and is lost here is known outside the database; where that cannot be told, the rows say what may be out. */
  const askAfterRebuilding = async (ids: readonly string[]): Promise<void> => {
    const told = await publisher.begun(ids).catch((thrown: unknown) => {
      deps.report(thrown)
      return []
    })
    const last = new Map(told.map((begun) => [begun.deliveryId, begun]))
    await Promise.all(
      ids.map((id) => {
        const begun = last.get(id)
        return record({ id, event: { kind: 'rebuilt', ...(begun ? { begun } : {}) } })
      }),
    )
  }

  /** What could not be followed is tried again at the next look; a damaged post keeps no other one from it. */
  const followPlan = async (posts: readonly string[]): Promise<void> => {
    if (posts.length === 0) return
    try {
      await follow(store, surroundings, posts)
      log?.followed(posts)
    } catch (thrown) {
      if (!(thrown instanceof DamagedRecord) || posts.length === 1) return deps.report(thrown)
      const half = Math.ceil(posts.length / 2)
      await followPlan(posts.slice(0, half))
      await followPlan(posts.slice(half))
    }
  }

  const playAll = (ids: readonly string[], event: DeliveryEvent) => Promise.all(ids.map((id) => record({ id, event })))

  /** A wait that a network asked for is one of the clock it was told to. */
  const forgetLimits = async (): Promise<void> => {
    const limited = await db.accounts.filter(({ limitedUntil }) => limitedUntil > 0).primaryKeys()
    for (const id of limited) await refreshAccount(store, id, { limitedUntil: 0 })
  }

  const noticeJump = async (): Promise<void> => {
    const wall = clock.now()
    const steady = monotonic()
    const drift = wall - bothShowed.wall - (steady - bothShowed.steady)
    bothShowed = { wall, steady }
    if (Math.abs(drift) < JUMP_MS) return
    await forgetLimits()
    await playAll(await underWay(db), { kind: 'clock-jumped', back: Math.max(0, -drift) })
  }

  /**
   * The deliveries of a channel, one after the other. While one is on its way, the next is made ready. `all`: circumstances may have changed, so
   * that what stands in the queue is asked although its time has not come.
   */
  const runLane = async (channelId: string, queue: readonly Delivery[], all: boolean): Promise<void> => {
    let moved = false
    let isBlocked = false
    let blockedUntil = Number.NEGATIVE_INFINITY
    let woken: Played | null = null
    try {
      const [channel, account] = await Promise.all([db.channels.get(channelId), db.accounts.get(channelId)])
      const grace = (channel?.grace ?? 0) * MINUTE
      const lane: Lane = { queue, readyFor: createReadying((at, isNext) => makeReady(queue[at], account, isNext)) }
      for (const [at, row] of queue.entries()) {
        if (!mayGoOn()) break
        if (!woken && isBlocked && onlyWaits(row, clock.now(), grace)) continue
        const isToAsk: boolean = all || woken !== null || hasWoken(row, clock.now())
        const went: Went = isToAsk ? await advance(lane, at, woken) : { called: false, delivery: row, woken: null }
        woken = went.woken
        moved ||= went.called
        if (!isBlocked && went.delivery && standsInQueue(went.delivery)) {
          isBlocked = true
          blockedUntil = went.delivery.wakeAt
        }
      }
    } catch (thrown) {
      deps.report(thrown)
    } finally {
      lanes.delete(channelId)
      // What only waits is looked at when its time has come.
      const wasMissed = missed.delete(channelId)
      const waits = blockedUntil > lookedAt && !wasMissed
      if (moved || wasMissed) void lookFor({ all: false, channels: waits ? [] : [channelId] })
    }
  }

  const mayGoOn = () => !isStopped && leads && clock.now() < leaseUntil

  /**
   * Takes a delivery of a lane as far as it goes now. Gives whether anything was called, what it is then, and the one after it, if that was woken
   * when this one ended.
   */
  const advance = async (lane: Lane, at: number, opened: Played | null): Promise<Went> => {
    const id = lane.queue[at]?.id ?? ''
    let woken: Played | null = null
    let called = false
    let played = opened
    if (!played) {
      const ready = await lane.readyFor(at)
      if (ready?.step) void lane.readyFor(at + 1)
      played = await record({ id, event: { kind: 'wake' }, ...(ready ? { ready } : {}) })
      tell(played)
    }
    for (;;) {
      if (!played?.call) return { called, delivery: played?.delivery ?? null, woken }
      while (played?.call) {
        if (!mayGoOn()) return { called, delivery: played.delivery, woken }
        called = true
        if (isLastCommit(played)) void lane.readyFor(at + 1)
        const happened = await run(played.call, played)
        await noticeJump()
        ;[played, woken] = await save(happened, lane, at + 1)
        tell(played)
        tell(woken)
      }
      if (played && hasEnded(played.delivery)) return { called, delivery: played.delivery, woken }
      played = await record({ id, event: { kind: 'wake' } })
      tell(played)
    }
  }

  /** What waking it will ask for, as far as no network hears of it; undefined where that is not worth it, null where something is against it. */
  const makeReady = (row: Delivery | undefined, account: Account | undefined, isNext: boolean): Readying => {
    if (!row || !account || account.byHand || account.pause || account.limitedUntil > clock.now()) return undefined
    if (!isUntouched(row, clock.now()) || !deps.online()) return undefined
    return (async () => {
      const composed = await deps.compose(row, null, isNext ? 'quick' : 'words')
      if (composed.kind === 'trouble') return null
      const { job, contentAt } = composed
      const attempt = anAttempt(row, job, clock.now())
      // The network hears of an attempt only when it is written down.
      const step = await within(limitOf(job), publisher.prepareHere(account, job))
      return { attempt, contentAt, step: step?.kind === 'ready' ? step : null }
    })().catch((thrown: unknown) => {
      // It is met again when it is asked for.
      deps.report(thrown)
      return null
    })
  }

  /**
   * What a call brought is saved before anything else happens, however long the disk refuses; together with the beginning of the next of its
   * lane, where that is ready.
   */
  const save = async (happened: Play, lane: Lane, at: number): Promise<[Played | null, Played | null]> => {
    const { event } = happened
    const isEnd =
      (event.kind === 'committed' && event.outcome.kind === 'done') ||
      (event.kind === 'found' && event.outcome.kind === 'there')
    const following = lane.queue[at]
    const ready = isEnd && following ? await nowOrNever(lane.readyFor(at)) : null
    if (ready && following) {
      if (ready.step) void lane.readyFor(at + 1)
      try {
        const wake: Play = { id: following.id, event: { kind: 'wake' }, ready }
        const [played = null, woken = null] = await ledger([happened, wake])
        return [played, woken?.call ? woken : null]
      } catch (thrown) {
        deps.report(thrown)
      }
    }
    for (;;) {
      try {
        return [await record(happened), null]
      } catch (thrown) {
        deps.report(thrown)
        if (isStopped || event.kind !== 'committed') throw thrown
        await new Promise<void>((resolve) => deps.timer(resolve, SAVE_AGAIN_MS))
      }
    }
  }

  const run = async (
    call: CallEffect,
    { delivery, account, attempt }: Pick<Played, 'delivery' | 'account' | 'attempt'>,
  ): Promise<Play> => {
    const { id } = delivery
    const issuedAt = monotonic()
    try {
      if (!account || !mayAskAbout(account, delivery))
        return { id, event: { kind: 'broke', details: 'The account is gone.' } }
      return await make(call, delivery, account, attempt, issuedAt)
    } catch (thrown) {
      deps.report(thrown)
      const details = thrown instanceof Error ? thrown.message : String(thrown)
      return { id, event: { kind: 'broke', details } }
    }
  }

  const make = async (
    call: CallEffect,
    delivery: Delivery,
    account: Account,
    frozen: Attempt | null,
    issuedAt: number,
  ): Promise<Play> => {
    const { id } = delivery
    const sent = (): Attempt => {
      if (!frozen) throw new Error(`Attempt ${delivery.attempt} is not there.`)
      return frozen
    }
    const ofPart = (part: number) => ({ job: jobOfPart(sent(), delivery, part), memory: sent().memory })
    const answer = (event: DeliveryEvent, attempt?: Attempt): Play => ({ id, event, ...(attempt ? { attempt } : {}) })
    switch (call.kind) {
      case 'begin':
        return begin(delivery, call.aheadFor)
      case 'prepare': {
        const { job, memory } = ofPart(call.part)
        const outcome = await within(limitOf(job), publisher.prepare(account, job, call.part, memory))
        return answer({ kind: 'prepared', attempt: call.attempt, part: call.part, outcome })
      }
      case 'commit': {
        const { attempt, part, commit } = call
        const { job, memory } = ofPart(part)
        const said = (trouble: Trouble): Play =>
          answer({ kind: 'committed', attempt, part, commit, outcome: { kind: 'trouble', trouble } })
        if (monotonic() - issuedAt > FENCE_MS || !mayGoOn()) return said({ kind: 'no-network', details: '' })
        const notAfter = clock.now() + FENCE_MS
        const outcome = await within(
          COMMIT_LIMIT_MS,
          publisher.commit(account, job, part, memory, commit, notAfter),
        ).catch((thrown: unknown) => {
          deps.report(thrown)
          return { kind: 'trouble', trouble: { kind: 'unknown', details: String(thrown) } } as const
        })
        return answer({ kind: 'committed', attempt, part, commit, outcome })
      }
      case 'find': {
        const { job, memory } = ofPart(call.part)
        const outcome = await within(CALL_LIMIT_MS, publisher.find(account, job, call.part, memory, call.since))
        return answer({ kind: 'found', attempt: call.attempt, part: call.part, outcome })
      }
      case 'see': {
        const completed = isFirstLook(delivery) ? await complete(account, call.remoteId, delivery.attempt) : null
        const shown = await within(CALL_LIMIT_MS, publisher.see(account, call.remoteId))
        const outcome = frozen && !isGone(delivery) ? asMeant(shown, frozen.job, outAt(delivery), clock.now()) : shown
        const holds =
          isToChange(delivery) && outcome.kind === 'seen' ? await heldThere(delivery, outcome, sent().job) : null
        return answer({ kind: 'seen', outcome, ...(completed ? { completed } : {}), ...(holds ? { holds } : {}) })
      }
      case 'edit': {
        const composed = await deps.compose(delivery, delivery.state.kind === 'published' ? null : delivery.dueAt)
        const nothing = {
          kind: 'changed-there',
          what: 'edit',
          part: 0,
          attempt: delivery.attempt,
          contentAt: 0,
          goesOut: 0,
        } as const
        if (composed.kind === 'trouble') return answer({ ...nothing, outcome: composed })
        const { job, memory } = sent()
        const { contentAt } = composed
        const edit = nextEdit(delivery, job, composed.job, contentAt)
        if (edit === 'other-parts') return answer({ ...nothing, outcome: { kind: 'trouble', trouble: otherParts } })
        // All of it is there as it is to be.
        if (!edit) return answer({ kind: 'leave-out' })
        const { part, more } = edit
        const attempt = anAttempt(delivery, edit.job, clock.now(), memory)
        const remoteId = delivery.sent[part]?.remoteId ?? ''
        if (delivery.state.kind === 'handed-over' && !(await isTried(delivery, attempt)))
          return answer({ kind: 'wake' })
        const outcome = edit.isThere
          ? ({ kind: 'done' } as const)
          : await within(limitOf(composed.job), publisher.edit(account, remoteId, job, composed.job, part, memory))
        const goesOut = delivery.dueAt
        return answer({ ...nothing, part, more, attempt: attempt.id, contentAt, goesOut, outcome }, attempt)
      }
      case 'remove': {
        const outcome = await within(CALL_LIMIT_MS, publisher.remove(account, call.remoteId))
        const { part } = call
        return answer({ kind: 'changed-there', what: 'remove', part, attempt: '', contentAt: 0, goesOut: 0, outcome })
      }
      case 'renew': {
        const renewed = await within(CALL_LIMIT_MS, publisher.renew(account))
        if (renewed.kind === 'trouble') return answer({ kind: 'not-renewed', trouble: renewed.trouble })
        await refreshAccount(store, account.id, renewed.told)
        return answer({ kind: 'wake' })
      }
    }
  }

  /** Writes down what a change says before it is asked for, unless it is not wanted any more. */
  const isTried = async ({ id }: Delivery, attempt: Attempt): Promise<boolean> => {
    const played = await record({ id, event: { kind: 'trying', attempt: attempt.id }, attempt })
    return played?.delivery.state.kind === 'handed-over' && played.delivery.state.tried === attempt.id
  }

  /** What waits there beside what it was when it was sent, what was tried to make of it, and what it is to be. */
  const heldThere = async (delivery: Delivery, shown: Extract<Seen, { kind: 'seen' }>, sent: Job) => {
    const composed = await deps.compose(delivery, delivery.dueAt)
    const { state, dueAt } = delivery
    const tried = state.kind === 'handed-over' && state.tried ? await db.attempts.get(state.tried) : undefined
    return {
      sent: state.kind === 'handed-over' && isAsSent(shown, sent, state.goesOut),
      tried: tried !== undefined && isAsSent(shown, tried.job, tried.job.publishAt ?? 0),
      // What is not known to be otherwise is not asked about.
      wanted: composed.kind !== 'job' || isAsSent(shown, composed.job, dueAt),
    }
  }

  const complete = async (account: Account, remoteId: string, id: string) => {
    const attempt = id === '' ? undefined : await db.attempts.get(id)
    if (!attempt || !publisher.complete) return null
    // The post is out and is looked at all the same.
    return within(limitOf(attempt.job), publisher.complete(account, remoteId, attempt.job, attempt.memory)).catch(
      (thrown: unknown): Done => {
        deps.report(thrown)
        return { kind: 'trouble', trouble: { kind: 'unknown', details: String(thrown) } }
      },
    )
  }

  /** Writes down what is sent. The same content goes on with what was learned about it before. */
  const begin = async (delivery: Delivery, aheadFor: Instant): Promise<Play> => {
    const since = monotonic()
    const composed = await deps.compose(delivery, aheadFor < 0 ? null : aheadFor)
    const took = monotonic() - since
    if (composed.kind === 'trouble') {
      const { trouble } = composed
      // It was changed while its film was made: it is asked once more what is to be done.
      const event: DeliveryEvent = trouble.kind === 'begin-again' ? { kind: 'wake' } : { kind: 'not-begun', trouble }
      return { id: delivery.id, event }
    }
    const { contentAt } = composed
    const job = await under(delivery, composed.job)
    const earlier = await db.attempts.where('deliveryId').equals(delivery.id).toArray()
    const known = earlier.find(
      ({ job: { fingerprint, publishAt }, log }) =>
        fingerprint === job.fingerprint &&
        publishAt === job.publishAt &&
        isToGoOn(log) &&
        (delivery.sent.length > 0 || !wasRefused(log)),
    )
    const attempt = known ?? anAttempt(delivery, job, clock.now())
    return {
      id: delivery.id,
      event: {
        kind: 'begun',
        attempt: attempt.id,
        parts: job.parts.length,
        ...(job.parts.slice(1).every(({ kind }) => kind === 'comment') ? { follows: true } : {}),
        aheadFor,
        contentAt,
        ...(took > LONG_MS ? { took } : {}),
      },
      attempt,
    }
  }

  /** What is out stays as it was sent; what comes under it is as it is now. */
  const under = async ({ sent, attempt }: Delivery, now: Job): Promise<Job> => {
    const out = sent.length > 0 ? await db.attempts.get(attempt) : undefined
    if (!out) return now
    const parts = [...out.job.parts.slice(0, sent.length), ...now.parts.slice(sent.length)]
    return { ...out.job, fingerprint: now.fingerprint, parts }
  }

  /** Looks at one delivery, once more where the access to its network had run out. Gives whether the network told. */
  const seeOne = async (about: Pick<Played, 'delivery' | 'account' | 'attempt'>): Promise<boolean> => {
    const look = async (at: typeof about) => {
      const { id, event } = await run({ kind: 'see', remoteId: remoteOf(at.delivery) }, at)
      const isSeen = event.kind === 'seen'
      const played = await record({ id, event: isSeen ? { ...event, asked: true } : event })
      tell(played)
      return { played, isTold: isSeen && event.outcome.kind === 'seen' }
    }
    const { played, isTold } = await look(about)
    if (played?.call?.kind !== 'renew') return isTold
    const renewal = await run(played.call, played)
    const renewed = await record(renewal)
    tell(renewed)
    return renewed !== null && renewal.event.kind === 'wake' && mayGoOn() && (await look(renewed)).isTold
  }

  /** Asks the network of a channel for what waits or is out there, however long ago that was asked. `only`: for one delivery. */
  const seeNow = async (channelId: string, only?: string): Promise<boolean> => {
    const account = (await db.accounts.get(channelId)) ?? null
    if (!account || !isConnected(account) || !publisher.abilities(account.network).see) return false
    if (!mayGoOn() || !deps.online()) return false
    if (account.limitedUntil > clock.now()) return false
    const known = await db.deliveries.where(only === undefined ? { channelId } : { id: only }).toArray()
    const rows = known.filter((one) => isStillThere(one) && mayAskAbout(account, one))
    let isTold = only === undefined || rows.length > 0
    for (const delivery of rows) {
      if (!mayGoOn()) return false
      const attempt = (await db.attempts.get(delivery.attempt)) ?? null
      if (!(await seeOne({ delivery, account, attempt }))) isTold = false
    }
    return isTold
  }

  /** A call that does not come back has failed, and not by our fault. */
  const within = <T>(milliseconds: number, work: Promise<T>): Promise<T | typeof NO_ANSWER> =>
    new Promise((resolve, reject) => {
      const stop = deps.timer(() => resolve(NO_ANSWER), milliseconds)
      work.then(resolve, reject).finally(stop)
    })

  return {
    commands: deliveryCommands(store, db, surroundings),
    surroundings,
    /** Begins to send, as soon as nobody else does. */
    start(): Promise<void> {
      stopListening = deps.onSign(() => void look())
      return look()
    },
    /** Looks for work now: after a command, or when something outside has changed. */
    look,
    /** Looks anew at everything that is planned: a setting has changed that all of it depends on. */
    reconsider(): Promise<void> {
      isReconsidered = true
      return look()
    },
    /**
     * Looks now at what a channel has at its network, before it is time to. Resolves when the deliveries say what was seen; false: not all was,
     * as there is no network, another window sends, or the network did not tell. `only`: at one delivery of it; false, too, where that is not there any more or is
     * being changed.
     */
    async lookThere(channelId: string, only?: string): Promise<boolean> {
      await look()
      while (lanes.has(channelId)) await lanes.get(channelId)
      const seen = seeNow(channelId, only).finally(() => {
        lanes.delete(channelId)
        missed.delete(channelId)
      })
      lanes.set(
        channelId,
        seen.then(() => undefined, deps.report),
      )
      const isSeen = await seen.catch(() => false)
      void lookFor({ all: false, channels: [channelId] })
      return isSeen
    },
    /** Resolves when nothing is being looked for or sent. */
    async idle(): Promise<void> {
      do await Promise.all([looking, foresight?.tried(), ...lanes.values()])
      while (looking || lanes.size > 0)
    },
    /** Takes up nothing more. What is under way is still written down, if the database is there long enough. */
    async stop(): Promise<void> {
      isStopped = true
      stopTimer()
      stopWatching()
      stopListening()
      await Promise.allSettled([...lanes.values()])
      await dropLease(db, NAME, owner).catch(deps.report)
      letGo?.()
    },
  }
}
export type Outbox = ReturnType<typeof createOutbox>

type Readying = Promise<Ready | null> | undefined

/** What to look at: everything, or these channels and what has woken since. */
interface Wish {
  readonly all: boolean
  readonly channels: readonly string[]
}

interface Lane {
  readonly queue: readonly Delivery[]
  /** The one at a place of the queue, made ready; it is begun with by being asked for. */
  readonly readyFor: (at: number) => Readying
}

interface Went {
  readonly called: boolean
  readonly delivery: Delivery | null
  readonly woken: Played | null
}

/**
 * Keeps what is made for as long as it may be asked for. Those after it are made in the same go, which costs hardly more than one; as they wait
 * longer, without their files: one that has some, or could not be made, is made when it is the next.
 */
function createReadying(make: (at: number, isNext: boolean) => Readying): Lane['readyFor'] {
  const made = new Map<number, Readying>()
  const makeAhead = (at: number): void => {
    const ready = make(at, false)?.then((ready) => {
      if (!ready) made.delete(at)
      return ready
    })
    if (ready) made.set(at, ready)
  }
  return (at) => {
    made.delete(at - 2)
    if (made.has(at)) return made.get(at)
    made.set(at, make(at, true))
    for (let ahead = at + 1; ahead < at + MADE_AT_ONCE; ahead++) if (!made.has(ahead)) makeAhead(ahead)
    return made.get(at)
  }
}
const MADE_AT_ONCE = 4

/** What is sent of a part: what comes after a post that its network published by itself goes out now, and under what that is called by then. */
const jobOfPart = ({ job }: Attempt, { aheadFor, sent }: Delivery, part: number): Job =>
  part > 0 && aheadFor >= 0 ? { ...job, publishAt: null, rootId: sent[0]?.remoteId ?? '' } : job

/** The commit of its last part: it ends with the answer. */
const isLastCommit = ({ call, delivery }: Played): boolean =>
  call?.kind === 'commit' && delivery.sent.length + 1 === delivery.parts

/** What is there at this moment; null while it is being made. */
const nowOrNever = <T>(work: Promise<T> | undefined): Promise<T | null> =>
  Promise.race([work ?? null, Promise.resolve(null)])

/** It is due, and nothing was begun of it. */
const isUntouched = (row: Delivery, now: Instant): boolean =>
  isDue(row, now) && row.attempt === '' && row.commits === 0 && row.tries === 0 && !row.held

/** When it went out, or is to go out by itself. */
const outAt = ({ state, dueAt }: Delivery): Instant =>
  state.kind === 'published' ? state.at : state.kind === 'handed-over' ? state.goesOut : dueAt

/** Nobody has looked at it there since it went out, or was handed over. */
const isFirstLook = ({ state }: Delivery): boolean =>
  (state.kind === 'published' && state.reads === 0) || (state.kind === 'handed-over' && state.print === '')

/** It waits there and is to be changed. */
const isToChange = ({ state }: Delivery): boolean => state.kind === 'handed-over' && state.pending === 'edit'

/** What is sent, written down. */
export const anAttempt = (
  delivery: Delivery,
  job: Attempt['job'],
  madeAt: Instant,
  memory: Attempt['memory'] = {},
): Attempt => ({
  id: newId(),
  deliveryId: delivery.id,
  job,
  memory,
  madeAt,
  log: [],
})
