/**
 * Deliveries as rows. They follow the plan by themselves (`follow`), whoever changes it and by whatever road, undo included; what
 * happens to them on the way is played through the domain's rule (`play`). Neither is a step of undo: what went out cannot be taken
 * back with Ctrl Z, and a step played backwards over it would send it again.
 */
import { Dexie } from 'dexie'
import { type Account, isHeldBack, isOfChange, keyOf, mayAskAbout, mended } from '../../../shared/domain/account.ts'
import type { Attempt, LogLine } from '../../../shared/domain/attempt.ts'
import type { Channel, NetworkId } from '../../../shared/domain/channel.ts'
import {
  type Abilities,
  DELIVERY_KINDS,
  type Delivery,
  type DeliveryKind,
  derived,
  hasEnded,
  lateEnd,
  NO_ABILITIES,
  newDelivery,
  type Policy,
} from '../../../shared/domain/delivery.ts'
import { type CallEffect, type DeliveryEvent, type Effect, isCall } from '../../../shared/domain/deliveryEvents.ts'
import { plannedAt } from '../../../shared/domain/deliveryMoves.ts'
import { next } from '../../../shared/domain/deliveryNext.ts'
import { mayMove } from '../../../shared/domain/deliverySteps.ts'
import { channelOf, ownTime, placementId, plainPlacement, postOf } from '../../../shared/domain/placement.ts'
import { type Post, plannedFields } from '../../../shared/domain/post.ts'
import { isPractice } from '../../../shared/domain/practice.ts'
import type { Step } from '../../../shared/domain/publishing.ts'
import { type Instant, toInstant, toWall } from '../../../shared/domain/time.ts'
import { PRACTICE_PACE } from '../../../shared/domain/waiting.ts'
import { ok } from '../../../shared/lib/result.ts'
import type { WorkspaceDb } from '../db.ts'
import { createGatherer } from '../gatherer.ts'
import { nextFreeSlot } from '../queries.ts'
import type { Tx } from '../recorder.ts'
import type { Rows } from '../tables.ts'
import type { PostStore } from './posts.ts'

/** What is known outside the database and decides with it. */
export interface Surroundings {
  abilities(network: NetworkId): Abilities
  online(): boolean
  /** 0 up to 1. */
  random(): number
  /** Of this Outpost. Absent: nobody told. */
  readonly version?: string
}

export interface Play {
  readonly id: string
  readonly event: DeliveryEvent
  /** The content an attempt begins with; written down together with the row, if that takes it. */
  readonly attempt?: Attempt
  /** Whether it was made just now: nobody has written it down before. */
  readonly isNew?: boolean
  /** Of a `wake`: what it is expected to ask for next. */
  readonly ready?: Ready
}

/** The content of a delivery that nothing was begun of, made before it is asked for. It counts for nothing until it is written down. */
export interface Ready {
  readonly attempt: Attempt
  readonly contentAt: Instant
  /** What preparing it brought; null: it was not begun. */
  readonly step: Step | null
}

export interface Played {
  readonly delivery: Delivery
  /** What is to be called now, if anything, and the rows that takes. */
  readonly call: CallEffect | null
  readonly account: Account | null
  readonly attempt: Attempt | null
  readonly alerts: readonly Extract<Effect, { kind: 'alert' }>['about'][]
}

const MINUTE = 60_000

/**
 * Plays events on deliveries, in order, in one transaction: each is decided with the rows as they are then. Gives what became of
 * each; null for one that is not there. `committed` is called when the database has it, and only the second copy is still written.
 */
export async function play(
  store: PostStore,
  surroundings: Surroundings,
  plays: readonly Play[],
  committed = () => {},
): Promise<(Played | null)[]> {
  const result = await store.change<(Played | null)[], never>(
    {
      command: 'playDeliveries',
      label: plays.length === 1 ? 'A delivery' : `${plays.length} deliveries`,
      undoable: false,
      recorder: createGatherer,
      committed,
    },
    async (tx) => {
      const about: Stage = { tx, surroundings, queues: createQueues(tx), taken: new Map() }
      await readAhead(about, plays)
      const played = new Map<Play, Played | null>()
      for (const round of roundsOf(plays))
        await Promise.all(round.map(async (one) => played.set(one, await playThrough(about, one))))
      return ok(plays.map((one) => played.get(one) ?? null))
    },
  )
  // The rule refuses nothing: an event that does not fit changes nothing.
  return result.ok ? result.value : []
}

/**
 * Plays that may be played at once, one group after the other: whose turn it is in a channel depends on what was played there before.
 */
function roundsOf(plays: readonly Play[]): readonly (readonly Play[])[] {
  const inChannel = [...Map.groupBy(plays, ({ id }) => channelOf(id)).values()]
  const most = Math.max(0, ...inChannel.map(({ length }) => length))
  return Array.from({ length: most }, (_, at) => inChannel.flatMap((of) => of[at] ?? []))
}

/** Where plays are played: one transaction, and what it knows. */
interface Stage {
  readonly tx: Tx<Rows>
  readonly surroundings: Surroundings
  readonly queues: Queues
  /** Slots that were taken meanwhile, by channel: the database does not know of them yet. */
  readonly taken: Map<string, Instant[]>
}

/** Whose turn it is in each channel, with what the plays of one transaction made of it so far. */
function createQueues(tx: Tx<Rows>) {
  const changed = new Map<string, Map<string, Delivery>>()
  const stored = new Map<string, Promise<Delivery[]>>()
  /** Whole queues, by channel. */
  const whole = new Map<string, readonly Delivery[]>()
  const inOrder = () => tx.stored('deliveries').where('[queue+place+id]')
  const read = (channelId: string, most: number): Promise<readonly Delivery[]> => {
    const known = whole.get(channelId)
    if (known) return Promise.resolve(known)
    const key = `${channelId} ${most}`
    const rows = stored.get(key) ?? inOrder().between([channelId], [channelId, Dexie.maxKey]).limit(most).toArray()
    stored.set(key, rows)
    return rows
  }
  return {
    /** Reads the queues of many channels in one go. Most of the time hardly more stands in them than what is on its way. Gives what it read. */
    async readAhead(channelIds: readonly string[]): Promise<readonly Delivery[]> {
      if (channelIds.length < MANY_CHANNELS) return (await Promise.all(channelIds.map((id) => read(id, AHEAD)))).flat()
      const rows = await inOrder().above(['', Dexie.maxKey]).limit(MANY_WAITING).toArray()
      if (rows.length === MANY_WAITING) return rows
      const byChannel = Map.groupBy(rows, ({ channelId }) => channelId)
      for (const id of channelIds) whole.set(id, byChannel.get(id) ?? [])
      return rows
    },
    note(before: Delivery, after: Delivery): void {
      if (before.queue === '' && after.queue === '') return
      const mine = changed.get(after.channelId) ?? new Map<string, Delivery>()
      changed.set(after.channelId, mine.set(after.id, after))
    },
    /** The delivery that goes out next on a channel, if any waits there. */
    async first(channelId: string): Promise<Delivery | undefined> {
      const mine = changed.get(channelId) ?? new Map<string, Delivery>()
      for (let most = AHEAD; ; most *= 8) {
        const rows = await read(channelId, most)
        const unchanged = rows.find(({ id }) => !mine.has(id))
        if (!unchanged && rows.length === most) continue
        const waiting = [...mine.values()].filter(({ queue }) => queue === channelId)
        return [...(unchanged ? [unchanged] : []), ...waiting].sort(inQueue)[0]
      }
    },
  }
}
/** A lane ends one delivery and begins the next in one go. */
const AHEAD = 3
const MANY_CHANNELS = 4
const MANY_WAITING = 50
type Queues = ReturnType<typeof createQueues>

/** What many plays will ask for one by one, read in one go: the transaction then knows it. */
async function readAhead({ tx, queues }: Stage, plays: readonly Play[]): Promise<void> {
  const ids = plays.map(({ id }) => id)
  const channelIds = [...new Set(ids.map(channelOf))]
  const attemptIds = plays.flatMap(({ event }) => ('attempt' in event && event.attempt !== '' ? [event.attempt] : []))
  // What is on its way stands at the head of its queue, which is read anyway.
  const isWake = ({ event }: Play) => event.kind === 'wake'
  const toWake = plays.filter(isWake).map(({ id }) => id)
  const onTheWay = plays.filter((one) => !isWake(one)).map(({ id }) => id)
  const deliveriesOnTheWay = async (ids: readonly string[]) => {
    const standing = await queues.readAhead(channelIds)
    const wanted = new Set(ids)
    tx.know(
      'deliveries',
      standing.filter(({ id }) => wanted.has(id)),
    )
    await tx.getMany('deliveries', ids)
  }
  await Promise.all([
    deliveriesOnTheWay(onTheWay),
    tx.getMany('deliveries', toWake),
    tx.getMany('posts', ids.map(postOf)),
    tx.getMany('channels', channelIds),
    tx.getMany('accounts', channelIds),
    tx.getMany('attempts', attemptIds),
  ])
}

/** A play, and what was made ready for it, as long as that is what is asked for. */
async function playThrough(stage: Stage, one: Play): Promise<Played | null> {
  const woken = await playOne(stage, one)
  const { id, ready } = one
  if (!ready || woken?.call?.kind !== 'begin' || woken.call.aheadFor >= 0) return woken
  const { attempt, contentAt, step } = ready
  // What was uploaded for the same content before is gone on with: that is looked for where there is time for it.
  if (!step && (await stage.tx.stored('attempts').where('deliveryId').equals(id).count()) > 0) return woken
  const parts = attempt.job.parts.length
  const begun = await playOne(stage, {
    id,
    event: { kind: 'begun', attempt: attempt.id, parts, aheadFor: -1, contentAt },
    attempt,
    isNew: true,
  })
  if (begun?.delivery.attempt !== attempt.id) return woken
  const alerts = [...woken.alerts, ...begun.alerts]
  if (begun.call?.kind !== 'prepare' || !step) return { ...begun, alerts }
  const prepared = await playOne(stage, {
    id,
    event: { kind: 'prepared', attempt: attempt.id, part: 0, outcome: step },
  })
  return prepared && { ...prepared, alerts: [...alerts, ...prepared.alerts] }
}

/** When the text had been touched that is to go on its way with this event; null: nothing is. */
const contentOf = (event: DeliveryEvent, row: Delivery): Instant | null =>
  event.kind === 'begun' ? event.contentAt : event.kind === 'prepared' ? row.contentAt : null

async function playOne(stage: Stage, one: Play): Promise<Played | null> {
  const { tx } = stage
  const row = await tx.get('deliveries', one.id)
  if (!row) return null
  const [post, channel, account] = await Promise.all([
    tx.get('posts', row.postId),
    tx.get('channels', row.channelId),
    tx.get('accounts', row.channelId),
  ])
  const known = await policyOf(stage, { row, post, channel, account })
  const policy = { ...known, late: await lateOf(stage, row, channel, known) }
  // Saved or taken back a moment ago, and the one who follows the plan has not come to it yet: it is made anew.
  const madeOf = contentOf(one.event, row)
  const isStale = post !== undefined && madeOf !== null && post.updatedAt !== madeOf
  const event: DeliveryEvent = isStale ? { kind: 'edited', contentAt: post.updatedAt } : one.event
  const { delivery, effects } = next(row, event, tx.now, policy)
  const { attempt, isNew } = one
  if (attempt && isNamed(delivery, attempt) && (isNew || !(await tx.get('attempts', attempt.id))))
    await tx.create('attempts', attempt)
  if (delivery !== row) {
    await tx.update('deliveries', row.id, delivery)
    stage.queues.note(row, delivery)
  }
  await writeDown(tx, delivery.attempt || row.attempt, event, effects)
  for (const effect of effects) await carryOut(stage, effect, account)
  if (effects.some((effect) => effect.kind === 'alert' && effect.about === 'moved') && post && channel)
    await movePlan(stage, post, channel, delivery.dueAt)
  if (hasEnded(delivery) && !hasEnded(row) && post) await settlePost(stage, post)
  return {
    delivery,
    call: effects.find(isCall) ?? null,
    account: account ?? null,
    attempt: (delivery.attempt === '' ? undefined : await tx.get('attempts', delivery.attempt)) ?? null,
    alerts: effects.flatMap((effect) => (effect.kind === 'alert' ? [effect.about] : [])),
  }
}

/** Of what is, or of what was last tried there. */
const isNamed = ({ attempt, state }: Delivery, { id }: Attempt): boolean =>
  attempt === id || (state.kind === 'handed-over' && state.tried === id)

interface About {
  readonly row: Delivery
  readonly post: Post | undefined
  readonly channel: Channel | undefined
  readonly account: Account | undefined
}

async function policyOf(
  { surroundings: { abilities, online, random }, queues }: Stage,
  { row, post, channel, account }: About,
): Promise<Policy> {
  const first = await queues.first(row.channelId)
  return {
    way: account && !account.byHand ? 'network' : 'by-hand',
    ...(account ? { account: keyOf(account) } : {}),
    abilities: account && mayAskAbout(account, row) ? abilities(account.network) : NO_ABILITIES,
    grace: (channel?.grace ?? 0) * MINUTE,
    late: 'ask',
    approved: post !== undefined && channel !== undefined && isMeant(post, channel),
    paused: Boolean(account?.pause),
    heldBack: account !== undefined && isHeldBack(account),
    limitedUntil: account?.limitedUntil ?? 0,
    online: online(),
    turn: !first || first.id === row.id || inQueue(row, first) < 0,
    random: random(),
    pace: account && isPractice(account) ? PRACTICE_PACE : 1,
  }
}

/** Where a delivery goes whose grace is over. The plan is read for it, so only when it is over. */
async function lateOf(
  { tx, taken }: Stage,
  row: Delivery,
  channel: Channel | undefined,
  policy: Policy,
): Promise<Policy['late']> {
  if (channel?.late !== 'slot' || tx.now <= lateEnd(row, policy) || !mayMove(row, policy)) return 'ask'
  const plan = { posts: tx.stored('posts'), placements: tx.stored('placements') }
  const slot = await nextFreeSlot(plan, channel, tx.now + 1, taken.get(channel.id))
  return slot === null ? 'ask' : { slot }
}

/** Plans a post for another time on one channel: the post itself, where it goes nowhere else. */
async function movePlan({ tx, taken }: Stage, post: Post, channel: Channel, at: Instant): Promise<void> {
  taken.set(channel.id, [...(taken.get(channel.id) ?? []), at])
  const planned = toWall(at, post.planned?.zone ?? channel.zone)
  const id = placementId(post.id, channel.id)
  const placement = await tx.get('placements', id)
  if (!placement?.planned && post.channelIds.length === 1)
    return tx.update('posts', post.id, plannedFields(post, planned))
  if (placement) return tx.update('placements', id, ownTime(planned))
  return tx.create('placements', { ...plainPlacement(post.id, channel.id, tx.now), ...ownTime(planned) })
}

/** The order in which the deliveries of a channel go out. */
export const inQueue = (a: Pick<Delivery, 'place' | 'id'>, b: Pick<Delivery, 'place' | 'id'>): number =>
  a.place - b.place || (a.id < b.id ? -1 : 1)

const isMeant = (post: Post, channel: Channel): boolean =>
  post.status === 'scheduled' && post.trashedAt === 0 && channel.trashedAt === 0 && post.channelIds.includes(channel.id)

/** Effects that are rows. */
async function carryOut({ tx, surroundings }: Stage, effect: Effect, account: Account | undefined): Promise<void> {
  if (!account) return
  if (effect.kind === 'limit') return limit(tx, account, effect)
  if (effect.kind !== 'pause') return
  const by = surroundings.version === undefined ? {} : { version: surroundings.version }
  const accounts = await spokenFor(tx, account, effect.scope === 'network')
  await tx.updateMany(
    'accounts',
    accounts.map(({ id, pause }) => ({
      id,
      fields: { pause: pause ?? { why: 'trouble' as const, since: tx.now, trouble: effect.because, ...by } },
    })),
  )
}

/** Whom it concerns what an account was told. Where everybody has a server of their own, one of them speaks for itself only. */
async function spokenFor(tx: Tx<Rows>, account: Account, isWide: boolean): Promise<readonly Account[]> {
  const ids = isWide ? await tx.stored('accounts').where('network').equals(account.network).primaryKeys() : [account.id]
  return (await tx.getMany('accounts', ids)).filter(({ host }) => host === account.host)
}

async function limit(tx: Tx<Rows>, account: Account, { shared, until }: Extract<Effect, { kind: 'limit' }>) {
  const accounts = await spokenFor(tx, account, shared === 'app')
  await tx.updateMany(
    'accounts',
    accounts.map(({ id, limitedUntil }) => ({ id, fields: { limitedUntil: Math.max(limitedUntil, until) } })),
  )
}

/** The network asked an account, or its app, to wait, and not over a delivery. */
export const limitAccount = (store: PostStore, id: string, effect: Extract<Effect, { kind: 'limit' }>) =>
  store.change<null, never>(
    { command: 'refreshAccount', label: 'Refreshed an account', undoable: false },
    async (tx) => {
      const account = await tx.get('accounts', id)
      if (account) await limit(tx, account, effect)
      return ok(null)
    },
  )

/** What the steps learned and how they ended, on the attempt: that of the delivery, or the one it has just let go of. */
async function writeDown(
  tx: Tx<Rows>,
  attemptId: string,
  event: DeliveryEvent,
  effects: readonly Effect[],
): Promise<void> {
  const attempt = attemptId === '' ? undefined : await tx.get('attempts', attemptId)
  if (!attempt) return
  const remember = effects.find((effect) => effect.kind === 'remember')
  if (remember) await tx.update('attempts', attempt.id, { memory: remember.memory })
  const forget = effects.find((effect) => effect.kind === 'forget')
  if (forget) {
    const { [String(forget.part)]: _forgotten, ...memory } = attempt.memory
    await tx.update('attempts', attempt.id, { memory })
  }
  const lines = linesOf(event, effects, tx.now)
  if (lines.length > 0) await tx.replaceList('attempts', attempt.id, 'log', [...attempt.log, ...lines])
}

function linesOf(event: DeliveryEvent, effects: readonly Effect[], at: Instant): LogLine[] {
  const line = (what: LogLine['what'], part = 0, trouble: LogLine['trouble'] = null): LogLine => ({
    at,
    what,
    part,
    trouble,
  })
  const commit = effects.find((effect) => effect.kind === 'commit')
  const commits = commit ? [line('commits', commit.part)] : []
  switch (event.kind) {
    case 'begun':
      return [line('begun')]
    case 'prepared':
      return event.outcome.kind === 'trouble'
        ? [line('trouble', event.part, event.outcome.trouble)]
        : [line(event.outcome.kind === 'ready' ? 'prepared' : 'prepares', event.part), ...commits]
    case 'committed':
      // What was begun before was not tried now.
      if (event.outcome.kind === 'begun-before') return []
      return event.outcome.kind === 'done'
        ? [line('done', event.part)]
        : [line('trouble', event.part, event.outcome.trouble)]
    case 'found':
      return event.outcome.kind === 'trouble'
        ? [line('trouble', event.part, event.outcome.trouble)]
        : [line(event.outcome.kind, event.part)]
    case 'seen': {
      const lacks = event.completed?.kind === 'trouble' ? [line('trouble', 0, event.completed.trouble)] : []
      return [...lacks, event.outcome.kind === 'trouble' ? line('trouble', 0, event.outcome.trouble) : line('seen')]
    }
    case 'changed-there':
      return event.outcome.kind === 'trouble'
        ? [line('trouble', event.part, event.outcome.trouble)]
        : [line(event.what === 'remove' ? 'deleted-there' : event.kind, event.part)]
    case 'not-renewed':
      return [line('trouble', 0, event.trouble)]
    case 'restarted':
    case 'broke':
      return [line('unseen')]
    case 'is-there':
    case 'send-again':
    case 'handed-off':
    case 'ours-back':
    case 'theirs-kept':
    case 'theirs-taken':
      return [line('told')]
    default:
      return []
  }
}

/** A post is published when it has ended everywhere and is out somewhere. */
async function settlePost({ tx }: Stage, post: Post): Promise<void> {
  if (post.status !== 'scheduled') return
  const meant = await tx.getMany(
    'deliveries',
    post.channelIds.map((channelId) => placementId(post.id, channelId)),
  )
  if (meant.length < post.channelIds.length || !meant.every(hasEnded)) return
  if (meant.some(({ state }) => state.kind === 'published')) await tx.update('posts', post.id, { status: 'published' })
}

/**
 * Lets the deliveries of posts follow the plan: one for every connected channel of a scheduled post, moved with it, told of edits,
 * cancelled when it is not scheduled any more or the channel loses its account. A channel without an account is planned for and
 * nothing more. Saying it twice changes nothing. A time that had passed before the account was connected makes none.
 */
export async function follow(store: PostStore, surroundings: Surroundings, postIds: readonly string[]): Promise<void> {
  await store.change<null, never>(
    { command: 'followPlan', label: 'Deliveries follow the plan', undoable: false, recorder: createGatherer },
    async (tx) => {
      const stage: Stage = { tx, surroundings, queues: createQueues(tx), taken: new Map() }
      const [posts, keys] = await Promise.all([tx.getMany('posts', postIds), deliveryIdsOf(tx, postIds)])
      const rows = Map.groupBy(await tx.getMany('deliveries', keys), ({ postId }) => postId)
      const known = new Map(posts.map((post) => [post.id, post]))
      await tx.getMany(
        'placements',
        posts.flatMap(({ id, channelIds }) => channelIds.map((channelId) => placementId(id, channelId))),
      )
      for (const id of new Set(postIds)) await followOne(stage, known.get(id), rows.get(id) ?? [])
      return ok(null)
    },
  )
}

/** Of many posts the ids of all deliveries are read in one go: they name their post, and looking each up were a step for each. */
async function deliveryIdsOf(tx: Tx<Rows>, postIds: readonly string[]): Promise<string[]> {
  const deliveries = tx.stored('deliveries')
  if (postIds.length < MANY_POSTS) return deliveries.where('postId').anyOf(postIds).primaryKeys()
  const wanted = new Set(postIds)
  return (await deliveries.toCollection().primaryKeys()).filter((id) => wanted.has(postOf(id)))
}
const MANY_POSTS = 200

async function followOne(stage: Stage, post: Post | undefined, rows: readonly Delivery[]): Promise<void> {
  const { tx } = stage
  const channels = post ? await tx.getMany('channels', post.channelIds) : []
  const meant = post ? channels.filter((channel) => isMeant(post, channel)) : []
  const accounts = new Map(
    (
      await tx.getMany(
        'accounts',
        meant.map(({ id }) => id),
      )
    ).map((account) => [account.id, account]),
  )
  const play = (id: string, event: DeliveryEvent) => playOne(stage, { id, event })
  for (const row of rows)
    if (!accounts.has(row.channelId) && !hasEnded(row)) await play(row.id, { kind: 'cancelled', by: 'plan' })
  if (!post) return
  for (const channel of meant) {
    const account = accounts.get(channel.id)
    if (!account) continue
    const id = placementId(post.id, channel.id)
    const placement = await tx.get('placements', id)
    const wall = placement?.planned ?? post.publishAt
    if (!wall) continue
    const dueAt = toInstant(wall)
    const row = rows.find((one) => one.id === id)
    // Connected by a clock that was set back since, it is connected all the same.
    const connectedAt = Math.min(account.connectedAt, tx.now)
    if (dueAt < connectedAt && (!row || row.state.kind === 'cancelled')) continue
    if (!row) {
      const { updatedAt: contentAt } = post
      const bare = newDelivery({ id, postId: post.id, channelId: channel.id, dueAt, contentAt })
      const fresh = plannedAt(bare, contentAt)
      const policy = await policyOf(stage, { row: fresh, post, channel, account })
      await tx.create('deliveries', derived(fresh, policy))
      continue
    }
    if (row.state.kind === 'cancelled' || row.stop !== '') await play(id, { kind: 'planned-again', by: 'plan' })
    if (row.plannedFor !== dueAt) await play(id, { kind: 'moved', dueAt })
    // Undo takes a post back to when it had been touched before: that is an edit, too.
    if (row.contentAt !== post.updatedAt) await play(id, { kind: 'edited', contentAt: post.updatedAt })
  }
}

/** Deliveries of these kinds, a kind in one go each: several at once were a step for each row. */
export const deliveriesOf = (db: WorkspaceDb, kinds: readonly DeliveryKind[]): Promise<Delivery[]> =>
  db.transaction('r', db.deliveries, async () => {
    const rows = kinds.map((kind) => db.deliveries.where('state.kind').equals(kind).toArray())
    return (await Promise.all(rows)).flat()
  })

/** Every post that may have something to follow: what is scheduled on a connected channel, and what a delivery is on its way of. */
export async function postsToFollow(db: WorkspaceDb): Promise<string[]> {
  const [scheduled, underWay] = await Promise.all([
    db.accounts
      .toCollection()
      .primaryKeys()
      .then((ids) => scheduledOn(db, ids)),
    deliveriesOf(
      db,
      DELIVERY_KINDS.filter((kind) => kind !== 'published' && kind !== 'cancelled'),
    ),
  ])
  return [...new Set([...scheduled, ...underWay.map(({ postId }) => postId)])]
}

/** Posts that are scheduled on one of these channels. */
export async function scheduledOn(db: WorkspaceDb, channelIds: readonly string[]): Promise<string[]> {
  if (channelIds.length === 0) return []
  const wanted = new Set(channelIds)
  // Few are scheduled of all that a channel ever had.
  const posts = await db.posts.where('status').equals('scheduled').toArray()
  return posts.flatMap((post) => (post.channelIds.some((id) => wanted.has(id)) ? [post.id] : []))
}

/** What an account being there, or going on, makes a difference to. */
export const waitingFor = (db: WorkspaceDb, accountId: string): Promise<string[]> =>
  db.deliveries
    .where('channelId')
    .equals(accountId)
    .filter((row) => !hasEnded(row))
    .primaryKeys()

/** Lets accounts go on, as far as no person holds them, that wait since their network speaks another language than Outpost did then; what was stopped with them goes on, too. */
export async function liftChanged(
  store: PostStore,
  db: WorkspaceDb,
  surroundings: Surroundings,
  isMeant: (account: Account) => boolean,
): Promise<void> {
  const ids = await db.accounts.filter((account) => isOfChange(account) && isMeant(account)).primaryKeys()
  if (ids.length === 0) return
  await store.change<null, never>(
    { command: 'resumeAccounts', label: 'Resumed an account', undoable: false },
    async (tx) => {
      const stopped = (await tx.getMany('accounts', ids)).filter(isOfChange)
      await tx.updateMany(
        'accounts',
        stopped.map((account) => ({ id: account.id, fields: { pause: mended(account) } })),
      )
      return ok(null)
    },
  )
  const waiting = (await Promise.all(ids.map((id) => waitingFor(db, id)))).flat()
  if (waiting.length > 0)
    await play(
      store,
      surroundings,
      waiting.map((id) => ({ id, event: { kind: 'reconnected' } })),
    )
}

/** What a person does to deliveries. Each gives how many it changed. */
export function deliveryCommands(store: PostStore, db: WorkspaceDb, surroundings: Surroundings) {
  const all = async (ids: readonly string[], event: DeliveryEvent): Promise<number> => {
    const before = new Map((await db.deliveries.bulkGet([...ids])).flatMap((row) => (row ? [[row.id, row.state]] : [])))
    const played = await play(
      store,
      surroundings,
      ids.map((id) => ({ id, event })),
    )
    return played.filter(
      (one) => one && JSON.stringify(before.get(one.delivery.id)) !== JSON.stringify(one.delivery.state),
    ).length
  }
  return {
    cancel: (ids: readonly string[]) => all(ids, { kind: 'cancelled', by: 'you' }),
    planAgain: (ids: readonly string[]) => all(ids, { kind: 'planned-again', by: 'you' }),
    hold: (ids: readonly string[]) => all(ids, { kind: 'held' }),
    release: (ids: readonly string[]) => all(ids, { kind: 'released' }),
    sendNow: (ids: readonly string[]) => all(ids, { kind: 'send-now' }),
    /**
     * Where the network spoke another language than Outpost, whoever tries again has brought it up to date: all accounts of it go on. What was
     * retried is played first, so that it counts as that.
     */
    retry: async (ids: readonly string[]) => {
      const channels = await db.channels.bulkGet([...new Set(ids.map(channelOf))])
      const networks = new Set(channels.map((channel) => channel?.network))
      const changed = await all(ids, { kind: 'retried' })
      await liftChanged(store, db, surroundings, ({ network }) => networks.has(network))
      return changed
    },
    /** A person found it at the network. `permalink`: '' when they did not say where. */
    itIsThere: async (id: string, permalink = '') => {
      const { firstComment } = (await db.placements.get(id)) ?? {}
      return all([id], { kind: 'is-there', remoteId: '', permalink, parts: firstComment ? 2 : 1 })
    },
    /** A person looked, and it is not there. */
    sendAgain: (id: string) => all([id], { kind: 'send-again' }),
    /** Somebody changed at the network what waits there. */
    putOursBack: (id: string) => all([id], { kind: 'ours-back' }),
    /** What is out says what the post says by now; or goes. */
    changeOut: (id: string, what: 'edit' | 'remove') => all([id], { kind: 'change-out', what }),
    leaveOut: (id: string) => all([id], { kind: 'leave-out' }),
    keepTheirs: (id: string) => all([id], { kind: 'theirs-kept' }),
    handedOff: (id: string, permalink = '') => all([id], { kind: 'handed-off', permalink }),
  }
}
export type DeliveryCommands = ReturnType<typeof deliveryCommands>
