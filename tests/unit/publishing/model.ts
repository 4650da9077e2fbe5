/**
 * A small world to try the rules of a delivery in: networks that lose answers, windows that crash and freeze, a clock that jumps, an
 * author who changes everything. Rows are kept, memory is not. It counts what became visible, which is what all of it is about.
 */
import {
  type Abilities,
  type Delivery,
  isStillThere,
  newDelivery,
  nextRead,
  type Policy,
  remoteOf,
} from '../../../shared/domain/delivery.ts'
import { type CallEffect, type DeliveryEvent, isCall, type Next } from '../../../shared/domain/deliveryEvents.ts'
import { next } from '../../../shared/domain/deliveryNext.ts'
import { nextEdit, otherParts } from '../../../shared/domain/deliveryOut.ts'
import { isAsSent } from '../../../shared/domain/deliveryThere.ts'
import type { Begun, CommitAnswer, Done, Found, Job, Seen, Step } from '../../../shared/domain/publishing.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
/** A commit that was not begun by then is not begun any more. */
const FENCE = 30 * SECOND
const LEASE = 90 * SECOND
export const START = Date.UTC(2026, 10, 24, 8, 0)

export type Fate =
  | 'takes'
  | 'takes, answer lost'
  | 'takes late, answer lost'
  | 'never arrives, answer lost'
  | 'server fault, took it'
  | 'busy'
  | 'access ran out'
  | 'refused'
  | 'not ahead'
  | 'breaks'
  | 'down before'
  | 'not let through'
  | 'what it belongs to is gone'

export type Op =
  | { readonly op: 'wait'; readonly seconds: number }
  | { readonly op: 'sleep'; readonly minutes: number }
  | { readonly op: 'jump'; readonly minutes: number }
  | { readonly op: 'wake' | 'crash' | 'freeze' | 'thaw'; readonly window: 0 | 1 }
  | {
      readonly op: 'answer'
      readonly window: 0 | 1
      readonly call: number
      readonly fate: Fate
      readonly delay: number
    }
  | { readonly op: 'network'; readonly there: boolean }
  /** Nobody is reached for so long; `felt`: the computer says so itself. */
  | { readonly op: 'outage'; readonly minutes: number; readonly felt: boolean }
  /** The last so many writes are lost, or all that was known of one delivery, and the database is brought back from outside. */
  | { readonly op: 'rebuild'; readonly lost: number; readonly which: number | null }
  | { readonly op: 'reconnect' }
  /** A person has one looked at there before it is time to. */
  | { readonly op: 'look now'; readonly which: number; readonly fate: Fate }
  | { readonly op: 'hold everything'; readonly channel: number }
  | { readonly op: 'late policy'; readonly channel: number; readonly takesSlot: boolean }
  | { readonly op: 'move'; readonly which: number; readonly minutes: number }
  | {
      readonly op:
        | 'edit'
        /** The answer to the first is lost. */
        | 'edit twice'
        | 'cancel'
        | 'plan again'
        | 'hold'
        | 'release'
        | 'send now'
        | 'retry'
        | 'answer the question'
        | 'withdraw'
        | 'schedule again'
        | 'delete there'
        | 'change what is out'
        | 'delete what is out'
        | 'leave what is out'
        | 'delete a part there'
        | 'change there'
        | 'put ours back'
        | 'keep theirs'
        | 'take theirs over'
      readonly which: number
    }

interface NetworkPost {
  readonly remoteId: string
  readonly delivery: string
  readonly part: number
  /** When it takes effect, when a listing has it, when everybody sees it. */
  readonly at: number
  readonly listedAt: number
  visibleAt: number
  text: string
  /** Somebody changed it there; `mayGo`: whoever writes over that knows of it, or could not. */
  theirs: { mayGo: boolean } | null
  removed: boolean
}

interface Channel {
  readonly id: string
  readonly abilities: Abilities
  readonly duplicates: 'taken' | 'refused with id' | 'refused'
  /** What waits there gets another name when it goes out. */
  readonly renames: boolean
  /** Of the second of its three posts: a thread, or with a comment where the network publishes by itself. */
  readonly parts: number
  paused: boolean
  heldBack: boolean
  limitedUntil: number
  takesSlot: boolean
}

interface Call {
  readonly effect: CallEffect
  readonly delivery: string
  readonly issuedAt: number
  sent: boolean
  /** What it will be told, once it was sent. */
  outcome: CommitAnswer | null
  /** The same of a change. */
  change: DeliveryEvent | null
}

interface Window {
  frozen: boolean
  fresh: boolean
  skewSeen: number
  readonly calls: Map<string, Call>
}

interface Post {
  dueAt: number
  contentAt: number
  scheduled: boolean
  /** What its parts say. */
  readonly texts: string[]
}

/** At the end of the name of what went out. */
const RENAMED = '~out'

const no = { find: false, see: false, edit: false, remove: false, schedules: null }
const trouble = (kind: 'unknown' | 'no-network' | 'access-expired' | 'access-withdrawn'): Trouble =>
  kind === 'access-withdrawn' ? { kind, reason: 'revoked', details: '' } : { kind, details: '' }

export class World {
  private t = START
  private skew = 0
  /** When a window last looked at both clocks. */
  private lastSkew = 0
  /** The clock was set back: what went out by it may be still to go out. */
  private wasSetBack = false
  private online = true
  private isDown = false
  private isRebuilt = false
  private nextId = 1
  private lease = { owner: -1, until: 0 }
  private readonly windows: Window[] = [aWindow(), aWindow()]
  readonly rows = new Map<string, Delivery>()
  readonly network: NetworkPost[] = []
  /** How often a delivery took the next slot because it came too late. */
  tookSlot = 0
  /** How often a part that stood beside others was changed or removed there. */
  partEdits = 0
  partRemovals = 0
  /** How often what somebody changed there was put back, left, taken over. */
  readonly answered = { back: 0, kept: 0, taken: 0 }
  /** What came about, and how often. */
  readonly occurred = new Map<string, number>()
  /** Rows as they were before each write, the last at the end. */
  private readonly writes: Delivery[] = []
  /** The last commit of each delivery that left this computer: written down outside the database, and lost with nothing. */
  private readonly begun = new Map<string, Begun>()
  /** Deliveries that a person was told of: look there first. */
  private readonly toldOf = new Set<string>()
  /** Deliveries of which something was lost with the database. */
  private readonly rebuilt = new Set<string>()
  private readonly posts = new Map<string, Post>()
  private readonly attempts = new Map<string, { job: Job; aheadFor: number }>()
  /** Parts that were changed there and nobody was told of it. */
  private readonly unheard = new Set<string>()
  /** When looks found nothing since the last commit, by the only clock that is never set. */
  private readonly looks = new Map<string, number[]>()
  /** Deliveries whose last commit ended without an answer, and that nobody has settled. */
  private readonly open = new Set<string>()
  private readonly channels: Channel[] = [
    // Can be asked, and nothing more.
    aChannel('plain', { ...no, find: true, see: true }, 'taken', 3),
    // Publishes by itself, changes, takes back.
    aChannel(
      'ahead',
      {
        find: true,
        see: true,
        edit: true,
        remove: true,
        takesAlong: true,
        schedules: { soonest: 5 * MINUTE, latest: 24 * HOUR },
      },
      'taken',
      2,
    ),
    // Publishes by itself, and cannot change it.
    aChannel(
      'rigid',
      { ...no, find: true, see: true, remove: true, schedules: { soonest: 10 * MINUTE, latest: 3 * HOUR } },
      'refused with id',
      2,
    ),
    // Publishes by itself under another name.
    aChannel(
      'renames',
      { find: true, see: true, edit: true, remove: true, schedules: { soonest: 5 * MINUTE, latest: 24 * HOUR } },
      'taken',
    ),
    // Cannot be asked.
    aChannel('mute', no, 'refused'),
    // Changes and takes away each part by itself.
    aChannel('thread', { ...no, find: true, see: true, edit: true, remove: true }, 'taken', 3),
    // What answers a post goes with it.
    aChannel('along', { ...no, find: true, see: true, edit: true, remove: true, takesAlong: true }, 'taken', 2),
  ]

  constructor() {
    for (const channel of this.channels) {
      this.plan(channel, START + 5 * MINUTE, 1)
      this.plan(channel, START + 20 * MINUTE, channel.parts)
      // What waits long is looked at there while it does, and has a comment.
      const waits = channel.id === 'ahead'
      this.plan(channel, START + (waits ? 13 : 2) * HOUR, waits ? 2 : 1)
    }
  }

  private plan(channel: Channel, dueAt: number, parts: number) {
    const postId = `p${this.posts.size}`
    const id = `${postId}~${channel.id}`
    this.posts.set(id, {
      dueAt,
      contentAt: START,
      scheduled: true,
      texts: Array.from({ length: parts }, () => 'first'),
    })
    this.rows.set(id, newDelivery({ id, postId, channelId: channel.id, dueAt, contentAt: START }))
  }

  /** Whether anything gets through. */
  private get reaches() {
    return this.online && !this.isDown
  }

  private occurs(what: string): void {
    this.occurred.set(what, (this.occurred.get(what) ?? 0) + 1)
  }

  private get now() {
    return this.t + this.skew
  }

  do(op: Op): void {
    switch (op.op) {
      case 'wait':
        this.pass(op.seconds * SECOND)
        return
      case 'sleep':
        this.t += op.minutes * MINUTE
        return
      case 'jump':
        this.skew += op.minutes * MINUTE
        this.wasSetBack ||= op.minutes < 0
        return
      case 'wake':
        this.wake(op.window)
        return
      case 'crash':
        this.crash(op.window)
        return
      case 'freeze':
      case 'thaw':
        this.window(op.window).frozen = op.op === 'freeze'
        return
      case 'answer':
        this.answer(op.window, op.call, op.fate, op.delay)
        return
      case 'network':
        this.online = op.there
        return
      case 'outage':
        this.outage(op.minutes, op.felt)
        return
      case 'rebuild':
        this.rebuild(op.lost, op.which)
        return
      case 'look now':
        this.lookNow(op.which, op.fate)
        return
      case 'hold everything': {
        const channel = this.channels[op.channel]
        if (!channel) return
        channel.paused = true
        channel.heldBack = true
        for (const { id } of this.rows.values()) if (this.channelOf(id) === channel) this.apply(id, { kind: 'wake' })
        return
      }
      case 'late policy': {
        const channel = this.channels[op.channel]
        if (channel) channel.takesSlot = op.takesSlot
        return
      }
      case 'reconnect':
        for (const channel of this.channels) {
          channel.paused = false
          channel.heldBack = false
        }
        for (const id of this.rows.keys()) this.apply(id, { kind: 'reconnected' })
        return
      default:
        this.person(op)
        this.glance()
        return
    }
  }

  /**
   * What a person did makes the window that leads look, and it compares its clocks then. A frozen one cannot; that nobody notices a clock which
   * is set forward and back meanwhile is said in `renderer/sync/README.md`.
   */
  private glance(): void {
    if (this.windows[this.lease.owner]) this.noticeJump(this.lease.owner)
  }

  // People

  private person(op: Extract<Op, { readonly which: number }>) {
    const id = [...this.rows.keys()][op.which % this.rows.size]
    const post = id && this.posts.get(id)
    const row = id && this.rows.get(id)
    if (!id || !post || !row) return
    if (op.op !== 'change there') this.knows(id, op.op)
    if (this.looksFirst(id, row, op.op)) return
    switch (op.op) {
      case 'edit':
        post.contentAt = Math.max(post.contentAt + 1, this.t)
        this.rewrite(post)
        this.apply(id, { kind: 'edited', contentAt: post.contentAt })
        return
      case 'edit twice':
        this.do({ op: 'edit', which: op.which })
        this.pass(3 * MINUTE)
        this.wake(0)
        for (const call of this.window(0).calls.values())
          if (call.delivery === id && call.effect.kind === 'edit') this.finish(0, call, 'takes, answer lost', 0)
        this.do({ op: 'edit', which: op.which })
        return
      case 'move':
        post.dueAt = this.now + op.minutes * MINUTE
        this.apply(id, { kind: 'moved', dueAt: post.dueAt })
        return
      case 'withdraw':
        post.scheduled = false
        this.apply(id, { kind: 'cancelled', by: 'plan' })
        return
      case 'schedule again':
        post.scheduled = true
        this.apply(id, { kind: 'planned-again', by: 'plan' })
        return
      case 'cancel':
        this.apply(id, { kind: 'cancelled', by: 'you' })
        return
      case 'plan again':
        this.apply(id, { kind: 'planned-again', by: 'you' })
        return
      case 'hold':
        this.apply(id, { kind: 'held' })
        return
      case 'release':
        this.apply(id, { kind: 'released' })
        return
      case 'send now':
        this.apply(id, { kind: 'send-now' })
        return
      case 'retry':
        this.apply(id, { kind: 'retried' })
        return
      case 'change what is out':
      case 'delete what is out':
        this.apply(id, { kind: 'change-out', what: op.op === 'change what is out' ? 'edit' : 'remove' })
        return
      case 'leave what is out':
        this.apply(id, { kind: 'leave-out' })
        return
      case 'delete there':
        for (const one of this.network) if (one.delivery === id && one.visibleAt > this.t) one.removed = true
        return
      case 'change there':
        this.changeThere(id, row)
        return
      case 'put ours back':
      case 'keep theirs':
      case 'take theirs over':
        this.answerTheirs(id, row, op.op)
        return
      case 'delete a part there': {
        const last = this.network.findLast((one) => one.delivery === id && !one.removed && one.at <= this.t)
        if (last && last.part > 0) last.removed = true
        return
      }
      case 'answer the question':
        this.answerQuestion(id, row)
        return
    }
  }

  /**
   * What may be out, as the database that knew is lost, a person looks for at the network before anything else is done with it. Gives whether it was
   * there, or may still come.
   */
  private looksFirst(id: string, row: Delivery, op: Op['op']): boolean {
    const sends = ['move', 'send now', 'retry', 'plan again', 'schedule again', 'answer the question', 'release']
    if (!this.rebuilt.has(id) || row.unanswered || !sends.includes(op)) return false
    const { state } = row
    const because = mayBeThere(row)
    // Told of, and cancelled without a look.
    if (!because && (state.kind !== 'cancelled' || !this.toldOf.has(id))) return false
    if (this.network.some((one) => one.delivery === id && one.at > this.t)) return true
    const there = this.standing(id, row.sent.length)
    if (!there) return false
    if (state.kind === 'cancelled') return true
    if (because === 'rebuilt-ahead') {
      this.apply(id, { kind: 'is-there', remoteId: '', permalink: '', parts: this.posts.get(id)?.texts.length ?? 1 })
    } else if (row.sent.length > 0) this.apply(id, { kind: 'cancelled', by: 'you' })
    else this.apply(id, { kind: 'handed-off', permalink: '' })
    return true
  }

  /** A person who changes it here, or says which it is to be, has what is there written over. */
  private knows(id: string, op: Op['op']) {
    if (!['edit', 'move', 'put ours back', 'take theirs over', 'change what is out'].includes(op)) return
    for (const one of this.network) if (one.delivery === id && one.theirs) one.theirs.mayGo = true
  }

  private waiting = (id: string) =>
    this.network.find((one) => one.delivery === id && !one.removed && one.at <= this.t && one.visibleAt > this.t)

  private changeThere(id: string, { state }: Delivery) {
    const post = this.waiting(id)
    if (!post) return
    // What is sent for the first time, or was just looked at, meets it without knowing.
    const isUnderWay = this.windows.some(({ calls }) => {
      const call = calls.get(id)
      return call?.effect.kind === 'edit' && !call.sent
    })
    const isFirst = state.kind === 'handed-over' && state.pending === 'edit' && !state.unsure
    post.theirs = { mayGo: isUnderWay || isFirst }
    post.text = `theirs ${this.nextId++}`
    if (this.nextId % 2 === 0) post.visibleAt += HOUR
  }

  private answerTheirs(id: string, { state }: Delivery, op: 'put ours back' | 'keep theirs' | 'take theirs over') {
    const [post, waits] = [this.posts.get(id), this.waiting(id)]
    if (!post || !waits || state.kind !== 'handed-over' || !state.changedThere) return
    if (op === 'take theirs over') return this.takeOver(id, post, waits)
    this.answered[op === 'keep theirs' ? 'kept' : 'back'] += 1
    this.apply(id, { kind: op === 'keep theirs' ? 'theirs-kept' : 'ours-back' })
  }

  /** The post becomes what is there; whoever follows the plan may be faster than the word of it. */
  private takeOver(id: string, post: Post, waits: NetworkPost) {
    this.answered.taken += 1
    const { visibleAt: goesOut, text } = waits
    post.texts[0] = text
    post.contentAt = Math.max(post.contentAt + 1, this.t)
    post.dueAt = goesOut
    if (this.nextId % 2 === 0) {
      this.apply(id, { kind: 'moved', dueAt: goesOut })
      this.apply(id, { kind: 'edited', contentAt: post.contentAt })
    }
    const attempt = `a${this.nextId++}`
    this.attempts.set(attempt, { job: this.jobOf(id, goesOut), aheadFor: goesOut })
    const { contentAt } = post
    const print = printOf(waits)
    this.apply(id, { kind: 'theirs-taken', print, goesOut, plannedFor: goesOut, attempt, contentAt })
  }

  /** One part of it, or all of them. */
  private rewrite({ texts, contentAt }: Post) {
    const which = this.nextId++ % (texts.length + 1)
    for (let part = 0; part < texts.length; part += 1)
      if (which === part || which === texts.length) texts[part] = `${part} at ${contentAt}`
  }

  private jobOf(id: string, publishAt: number | null = null): Job {
    const texts = this.posts.get(id)?.texts ?? []
    const further = this.channelOf(id).abilities.schedules ? 'comment' : 'thread'
    return {
      deliveryId: id,
      fingerprint: '',
      format: 'feed',
      title: '',
      fields: {},
      parts: texts.map((text, part) => ({ kind: part === 0 ? 'post' : further, text, html: '', media: [] })),
      publishAt,
    }
  }

  /** A person who is asked goes and looks; what is still on its way has come by then. */
  private answerQuestion(id: string, row: Delivery) {
    if (row.state.kind !== 'needs-you') return
    const pending = this.network.some((one) => one.delivery === id && one.at > this.t)
    const inFlight = this.windows.some(({ calls }) => calls.get(id)?.effect.kind === 'commit')
    if (pending || inFlight) return
    const there = this.standing(id, row.sent.length)
    const asked = row.unanswered !== null
    if (asked && there) {
      this.open.delete(partOf(id, row.sent.length))
      this.apply(id, { kind: 'is-there', remoteId: there.remoteId, permalink: '' })
    } else if (asked || row.state.reason.kind === 'not-out') {
      const gone = !this.network.some((one) => one.delivery === id && !one.removed)
      if (!asked && !gone) {
        this.apply(id, { kind: 'retried' })
        return
      }
      this.open.delete(partOf(id, row.sent.length))
      this.apply(id, { kind: 'send-again' })
    }
  }

  private standing(id: string, part: number) {
    return this.network.find((one) => one.delivery === id && one.part === part && !one.removed && one.at <= this.t)
  }

  // The database, and the line

  private outage(minutes: number, felt: boolean): void {
    const wasOnline = this.online
    if (felt) this.online = false
    this.isDown = true
    for (let left = minutes; left > 0; left -= 10) {
      this.wake(0)
      for (let step = 0; step < 6; step += 1) this.answer(0, step, 'down before', 0)
      this.pass(10 * MINUTE)
      this.check()
    }
    for (const { state } of this.rows.values())
      if (state.kind === 'due' && state.after < this.now) this.occurs('an outage')
    this.isDown = false
    this.online = wasOnline
  }

  private rebuild(lost: number, which: number | null): void {
    this.crash(0)
    this.crash(1)
    const before = new Map(this.rows)
    for (const row of this.writes.splice(Math.max(0, this.writes.length - lost)).reverse()) this.rows.set(row.id, row)
    const [id = '', post] = [...this.posts][which ?? -1] ?? []
    if (post) {
      const { postId, channelId } = this.rows.get(id) ?? { postId: '', channelId: '' }
      this.rows.set(id, newDelivery({ id, postId, channelId, dueAt: post.dueAt, contentAt: post.contentAt }))
    }
    this.windows[0] = aWindow()
    this.isRebuilt = true
    for (const [one, row] of this.rows) {
      if (before.get(one) === row) continue
      if (row.unanswered) this.rebuilt.add(one)
      else this.isAskedAbout(one)
    }
    this.wake(0)
  }

  /** As the runner does when it opens a database that was brought back. */
  private afterRebuilding(): void {
    if (!this.isRebuilt) return
    this.isRebuilt = false
    for (const [id, post] of this.posts) this.followPlan(id, post)
    // Now and then nobody can tell what was begun.
    const isTold = this.nextId % 3 > 0
    for (const [id, row] of this.rows) {
      const begun = isTold && this.begun.get(id)
      this.apply(id, { kind: 'rebuilt', ...(begun ? { begun } : {}) })
      const after = this.rows.get(id)
      if (after === row) continue
      this.occurs('a question after rebuilding')
      if (after && mayBeThere(after) === 'begun-before') this.occurs('a question about what was sent ahead of its time')
      this.isAskedAbout(id)
    }
  }

  /** What became of it is for a person to find out. */
  private isAskedAbout(id: string): void {
    this.rebuilt.add(id)
    for (let part = 0; part < 3; part += 1) this.open.delete(partOf(id, part))
  }

  private followPlan(id: string, { scheduled, dueAt, contentAt }: Post): void {
    const row = () => this.rows.get(id)
    if (!scheduled) {
      this.apply(id, { kind: 'cancelled', by: 'plan' })
      return
    }
    if (row()?.state.kind === 'cancelled' || row()?.stop !== '') this.apply(id, { kind: 'planned-again', by: 'plan' })
    if (row()?.plannedFor !== dueAt) this.apply(id, { kind: 'moved', dueAt })
    if (row()?.contentAt !== contentAt) this.apply(id, { kind: 'edited', contentAt })
  }

  // Windows

  private window(at: number): Window {
    const window = this.windows[at]
    if (!window) throw new Error('no such window')
    return window
  }

  private crash(at: number) {
    const window = this.window(at)
    for (const call of window.calls.values()) {
      this.leaveOpen(call)
      // It may have arrived all the same.
      if (call.effect.kind === 'edit' && !call.sent && this.lease.owner === at && this.nextId % 2 === 0)
        this.tryEdit(at, call, 'takes, answer lost')
    }
    this.windows[at] = aWindow()
    if (this.lease.owner === at) this.lease.until = 0
  }

  /** Nobody saw a commit end; unless somebody else has found out meanwhile, that is an open question. */
  private leaveOpen({ effect, delivery }: Call) {
    const row = this.rows.get(delivery)
    const isOpen = effect.kind === 'commit' && row?.unanswered && row.commits === effect.commit
    if (isOpen && row.sent.length === effect.part) this.open.add(partOf(delivery, effect.part))
  }

  /** Time in which everybody lives: what nobody answers for too long ends by itself. */
  private pass(milliseconds: number) {
    this.t += milliseconds
    for (const [at, window] of this.windows.entries())
      for (const call of [...window.calls.values()])
        if (!window.frozen && this.t - call.issuedAt > 2 * MINUTE)
          this.finish(at, call, 'never arrives, answer lost', 0)
  }

  private wake(at: 0 | 1) {
    const window = this.window(at)
    if (window.frozen) return
    const takesOver = this.lease.owner !== at || window.fresh
    // From far ahead, it was made before the clock was set back.
    const runs = this.lease.until > this.now && this.lease.until <= this.now + LEASE
    if (this.lease.owner !== at && runs) return
    this.lease = { owner: at, until: this.now + LEASE }
    window.fresh = false
    if (takesOver) {
      window.skewSeen = this.skew
      // Of what it began before, only commits still matter: they may be out.
      for (const [id, { effect }] of window.calls) if (effect.kind !== 'commit') window.calls.delete(id)
      this.afterRebuilding()
      for (const id of this.rows.keys()) this.apply(id, { kind: 'restarted' })
      if (this.skew < this.lastSkew) {
        this.occurs('the clock was set back while nobody looked')
        for (const channel of this.channels) channel.limitedUntil = 0
      }
      this.lastSkew = this.skew
    }
    for (const channel of this.channels) this.lane(at, channel)
  }

  /** One call at a time for a channel, in the order of the queue. */
  private lane(at: number, channel: Channel) {
    const window = this.window(at)
    const mine = [...this.rows.values()].filter(({ channelId }) => channelId === channel.id)
    if (mine.some(({ id }) => window.calls.has(id))) return
    for (const { id } of mine.sort(inOrder)) {
      this.apply(id, { kind: 'wake' }, at)
      const { state } = this.rows.get(id) ?? {}
      const goesOut = state?.kind === 'handed-over' && state.pending !== 'remove' && this.now < state.goesOut
      assert(!channel.heldBack || !goesOut || this.wasSetBack, `${id} goes out there while everything is held`)
      if (window.calls.has(id)) return
    }
  }

  /** As the runner does: in the window that leads, while its channel is free; once more where the access had run out. */
  private lookNow(which: number, fate: Fate): void {
    const at = this.lease.owner
    const window = this.windows[at]
    const id = [...this.rows.keys()][which % this.rows.size] ?? ''
    const channel = this.channelOf(id)
    const isBusy = [...(window?.calls.keys() ?? [])].some((one) => this.channelOf(one) === channel)
    const runs = window && !window.frozen && !window.fresh && this.lease.until > this.now && !isBusy
    if (!runs || !this.online || !channel.abilities.see || channel.limitedUntil > this.now) return
    this.noticeJump(at)
    const row = this.rows.get(id)
    if (!row || !isStillThere(row)) return
    const wasPaused = channel.paused
    const look = (before: Delivery, how: Fate) => {
      const event = this.seen(id, before, this.see(remoteOf(before), how))
      this.apply(id, event.kind === 'seen' ? { ...event, asked: true } : event, at)
      this.checkTheirs(before, this.rows.get(id) ?? before)
    }
    look(row, fate)
    const renewal = window.calls.get(id)
    if (renewal?.effect.kind === 'renew') {
      this.occurs('an access that had run out when a person looked')
      this.finish(at, renewal, 'takes', 0)
      const renewed = this.rows.get(id)
      window.calls.delete(id)
      if (renewed && isStillThere(renewed)) look(renewed, 'takes')
      window.calls.delete(id)
    }
    this.checkLook(row, this.rows.get(id) ?? row)
    // Where a renewal was begun before and nobody saw it end, that counts.
    assert(row.renewed || channel.paused === wasPaused, `${id}: looking at it pauses its account`)
  }

  /** What is looked at when a person wants it takes nothing from what is looked at by itself. */
  private checkLook(before: Delivery, after: Delivery): void {
    if (before.state.kind !== 'published' || after.state.kind !== 'published') return
    // One that was put off is due all the same.
    const { readAt: _putOff, ...state } = before.state
    const isOwn = state.reads === 0 || this.now >= nextRead({ ...before, state })
    const most = before.state.reads + (isOwn ? 1 : 0)
    assert(after.state.reads <= most, `${after.id}: a look that a person wanted uses up one of its own`)
    if (!isOwn) this.occurs('a look that a person wanted')
  }

  /** Plays an event on a row, as one transaction does. `by`: the window that runs what comes out of it. */
  private apply(id: string, event: DeliveryEvent, by?: number): void {
    const row = this.rows.get(id)
    if (!row) return
    if (by !== undefined) this.noticeJump(by)
    const before = this.rows.get(id) ?? row
    const isCommitting = before.unanswered !== null
    const after: Next = next(before, event, this.now, this.policyOf(before))
    this.rows.set(id, after.delivery)
    if (after.delivery !== before) this.writes.push(before)
    if (mayBeThere(after.delivery)) this.toldOf.add(id)
    assert(
      this.online || event.kind !== 'wake' || !after.effects.some(isCall),
      `${id}: something is asked of a network that nobody reaches`,
    )
    for (const effect of after.effects) {
      if (effect.kind === 'alert' && effect.about === 'moved') this.follows(id, before, after.delivery)
      const channel = this.channelOf(id)
      if (effect.kind === 'limit') channel.limitedUntil = Math.max(channel.limitedUntil, effect.until)
      if (effect.kind === 'pause') channel.paused = true
      if (!isCall(effect)) continue
      if (effect.kind === 'commit') this.checkCommit(after.delivery, isCommitting)
      if (by === undefined || this.lease.owner !== by) continue
      this.window(by).calls.set(id, {
        effect,
        delivery: id,
        issuedAt: this.t,
        sent: false,
        outcome: null,
        change: null,
      })
    }
  }

  private noticeJump(at: number) {
    const window = this.window(at)
    if (window.skewSeen === this.skew) return
    if (this.skew < window.skewSeen)
      for (const { state, wakeAt } of this.rows.values())
        if (wakeAt > this.now + 3 * HOUR) this.occurs(`the clock was set back under ${state.kind}`)
    window.skewSeen = this.skew
    this.lastSkew = this.skew
    for (const channel of this.channels) channel.limitedUntil = 0
    for (const id of this.rows.keys()) this.apply(id, { kind: 'clock-jumped' })
  }

  /** The plan moves with it. */
  private follows(id: string, before: Delivery, after: Delivery) {
    this.checkMove(before, after)
    const post = this.posts.get(id)
    if (post) post.dueAt = after.dueAt
  }

  private checkMove(before: Delivery, after: Delivery) {
    this.tookSlot += 1
    assert(before.sent.length === 0 && !before.held, `${before.id} is moved while a part of it is out, or it is held`)
    assert(after.dueAt > this.now && after.plannedFor === after.dueAt, `${before.id} is not moved to what comes`)
  }

  private checkCommit(row: Delivery, wasUnanswered: boolean) {
    assert(!wasUnanswered, `${row.id} is committed while a commit is unanswered`)
    const before = [...this.rows.values()].filter(
      (other) => other.channelId === row.channelId && other.id !== row.id && isBefore(other, row),
    )
    const rows = before.map(({ id }) => id).join()
    assert(row.aheadFor >= 0 || before.length === 0, `${row.id} goes out before ${rows}`)
    const part = partOf(row.id, row.sent.length)
    if (this.open.has(part)) {
      const looks = this.looks.get(part) ?? []
      const apart = (looks.at(-1) ?? 0) - (looks[0] ?? 0)
      assert(
        looks.length >= 2 && apart >= MINUTE,
        `${row.id} is sent again after ${looks.length} looks, ${apart} ms apart`,
      )
    }
    this.open.delete(part)
    this.looks.delete(part)
    assert(this.posts.get(row.id)?.scheduled === true, `${row.id} is committed without approval`)
  }

  private channelOf(id: string): Channel {
    const channel = this.channels.find((one) => id.endsWith(`~${one.id}`))
    if (!channel) throw new Error(id)
    return channel
  }

  private policyOf(row: Delivery): Policy {
    const channel = this.channelOf(row.id)
    return {
      way: 'network',
      abilities: channel.abilities,
      grace: 2 * HOUR,
      late: channel.takesSlot ? { slot: this.nextSlot(channel) } : 'ask',
      approved: this.posts.get(row.id)?.scheduled ?? false,
      paused: channel.paused,
      heldBack: channel.heldBack,
      limitedUntil: channel.limitedUntil,
      online: this.online,
      turn: ![...this.rows.values()].some(
        (other) => other.queue === row.channelId && other.id !== row.id && inOrder(other, row) < 0,
      ),
      random: 0.5,
      pace: 1,
    }
  }

  /** The next full hour of a channel that nothing stands in. */
  private nextSlot({ id }: Channel): number {
    const taken = new Set([...this.rows.values()].flatMap(({ channelId, dueAt }) => (channelId === id ? [dueAt] : [])))
    let slot = Math.floor(this.now / HOUR + 1) * HOUR
    while (taken.has(slot)) slot += HOUR
    return slot
  }

  // The network

  private answer(at: number, which: number, fate: Fate, delay: number) {
    const window = this.window(at)
    if (window.frozen || window.calls.size === 0) return
    const call = [...window.calls.values()][which % window.calls.size]
    if (!call) return
    if (call.effect.kind === 'commit' && !call.sent) this.send(call, fate, delay)
    else if (call.effect.kind === 'edit' && !call.sent && fate !== 'breaks') this.tryEdit(at, call, fate)
    else this.finish(at, call, fate, delay)
  }

  /** The commit leaves this computer. What becomes of it is settled now, when it takes effect may be later. */
  private send(call: Call, fate: Fate, delay: number) {
    call.sent = true
    const { effect, delivery: id } = call
    if (effect.kind !== 'commit') return
    const before = this.begun.get(id)
    if (before && before.commit >= effect.commit) {
      call.outcome = { kind: 'begun-before', begun: before }
      this.occurs('a commit that was begun before')
      return
    }
    const goesOut = Math.max(this.now, this.attempts.get(effect.attempt)?.aheadFor ?? -1)
    this.begun.set(id, { deliveryId: id, commit: effect.commit, goesOut })
    if (!this.reaches || this.t - call.issuedAt > FENCE) {
      call.outcome = { kind: 'trouble', trouble: trouble('no-network') }
      return
    }
    const channel = this.channelOf(id)
    const known = this.network.find((one) => one.delivery === id && one.part === effect.part && !one.removed)
    if (known && channel.duplicates !== 'taken') {
      const remoteId = channel.duplicates === 'refused with id' ? known.remoteId : ''
      call.outcome = { kind: 'trouble', trouble: { kind: 'duplicate', remoteId, details: '' } }
      return
    }
    const takes =
      fate === 'takes' ||
      (fate === 'not ahead' && !this.isAhead(effect)) ||
      fate === 'takes, answer lost' ||
      fate === 'takes late, answer lost' ||
      fate === 'server fault, took it'
    if (!takes) {
      call.outcome = { kind: 'trouble', trouble: this.troubleOf(fate) }
      return
    }
    const aheadFor = this.attempts.get(effect.attempt)?.aheadFor ?? -1
    const at = this.t + (fate === 'takes late, answer lost' ? delay * 500 : 0)
    if (effect.part > 0 && this.channelOf(id).abilities.schedules) this.checkComment(id)
    const remoteId = `r${this.nextId++}`
    this.network.push({
      remoteId,
      delivery: id,
      part: effect.part,
      at,
      listedAt: at + delay * 500,
      visibleAt: Math.max(at, aheadFor),
      text: this.attempts.get(effect.attempt)?.job.parts[effect.part]?.text ?? '',
      theirs: null,
      removed: false,
    })
    call.outcome =
      fate === 'takes' || fate === 'not ahead'
        ? { kind: 'done', remoteId, memory: {}, ...(delay % 4 === 1 ? { near: this.near() } : {}) }
        : { kind: 'trouble', trouble: trouble('unknown') }
  }

  /** It goes under a post that everybody sees. */
  private checkComment(id: string) {
    const post = this.network.findLast((one) => one.delivery === id && one.part === 0 && one.at <= this.t)
    // Of what was lost with the database nobody may know that it waits.
    const isSeen = (post?.visibleAt ?? 0) <= this.t || this.rebuilt.has(id)
    assert(isSeen, `${id}: a comment goes under what nobody sees yet`)
    if (this.rows.get(id)?.aheadFor !== -1) this.occurs('a comment under what the network published by itself')
  }

  /** The network has taken it, and would not take another one now. */
  private near = () => ({ until: this.now + 5 * MINUTE, shared: 'account' }) as const

  private troubleOf(fate: Fate): Trouble {
    switch (fate) {
      case 'busy':
        return { kind: 'rate-limited', until: this.now + 5 * MINUTE, shared: 'account', details: '' }
      case 'access ran out':
        return trouble('access-expired')
      case 'refused':
        return { kind: 'refused', field: 'text', reason: 'too long', details: '' }
      case 'not ahead':
        return {
          kind: 'refused',
          field: 'publishAt',
          reason: 'not so early',
          ...(this.nextId % 2 === 0 ? { notYet: true } : {}),
          details: '',
        }
      case 'down before':
        return trouble('no-network')
      case 'not let through':
        return { kind: 'in-between', by: 'certificate', details: '' }
      case 'what it belongs to is gone':
        return { kind: 'target-gone', details: '' }
      default:
        return trouble('unknown')
    }
  }

  private isAhead = ({ attempt, part }: Pick<Extract<CallEffect, { kind: 'commit' }>, 'attempt' | 'part'>) =>
    part === 0 && (this.attempts.get(attempt)?.aheadFor ?? -1) >= 0

  /** The answer of a call comes back to the window that made it. */
  private finish(at: number, call: Call, fate: Fate, delay: number) {
    const window = this.window(at)
    const { effect, delivery: id } = call
    window.calls.delete(id)
    const row = this.rows.get(id)
    if (!row) return
    const given = call.outcome ?? { kind: 'trouble' as const, trouble: trouble('unknown') }
    // How long is to be waited is told by the clock that goes as the answer comes.
    const isBusy = given.kind === 'trouble' && given.trouble.kind === 'rate-limited'
    const outcome = isBusy
      ? { kind: 'trouble' as const, trouble: this.troubleOf('busy') }
      : given.kind === 'done' && given.near
        ? { ...given, near: this.near() }
        : given
    // Only what is certain is worth writing down for somebody who does not lead any more.
    if (this.lease.owner !== at && effect.kind !== 'commit') return
    if (fate === 'breaks' && effect.kind !== 'commit') return this.breaks(at, call)
    switch (effect.kind) {
      case 'begin': {
        const attempt = `a${this.nextId++}`
        const { contentAt = 0 } = this.posts.get(id) ?? {}
        const now = this.jobOf(id, effect.aheadFor < 0 ? null : effect.aheadFor)
        // What is out stays as it was sent.
        const out = row.sent.length > 0 ? (this.attempts.get(row.attempt)?.job.parts ?? []) : []
        const before = out.slice(0, row.sent.length)
        const job = { ...now, parts: [...before, ...now.parts.slice(before.length)] }
        this.attempts.set(attempt, { job, aheadFor: effect.aheadFor })
        const { aheadFor } = effect
        const follows = job.parts.at(-1)?.kind === 'comment' ? { follows: true as const } : {}
        this.apply(id, { kind: 'begun', attempt, parts: job.parts.length, ...follows, aheadFor, contentAt }, at)
        break
      }
      case 'prepare':
        this.apply(
          id,
          { kind: 'prepared', attempt: effect.attempt, part: effect.part, outcome: this.step(effect, fate) },
          at,
        )
        break
      case 'commit': {
        const wasLost = outcome.kind === 'trouble' && outcome.trouble.kind === 'unknown'
        if (wasLost) this.leaveOpen(call)
        else if (outcome.kind === 'done') this.open.delete(partOf(id, effect.part))
        this.apply(
          id,
          { kind: 'committed', attempt: effect.attempt, part: effect.part, commit: effect.commit, outcome },
          at,
        )
        break
      }
      case 'find':
        this.apply(
          id,
          { kind: 'found', attempt: effect.attempt, part: effect.part, outcome: this.look(id, effect.part, fate) },
          at,
        )
        break
      case 'see':
        this.apply(id, this.seen(id, row, this.see(effect.remoteId, fate)), at)
        this.checkRead(row, this.rows.get(id) ?? row, fate)
        this.checkTheirs(row, this.rows.get(id) ?? row)
        break
      case 'edit':
        if (!call.sent) this.tryEdit(at, call, fate)
        if (call.change) this.hear(id, call.change, at)
        break
      case 'remove':
        this.hear(id, this.remove(id, effect, fate), at)
        break
      case 'renew':
        if (fate === 'refused') this.apply(id, { kind: 'not-renewed', trouble: trouble('access-withdrawn') }, at)
        else this.apply(id, { kind: 'wake' }, at)
        break
    }
    void delay
  }

  /** Something threw on our side: what is tried again is tried after a pause. */
  private breaks(at: number, { effect, delivery: id }: Call): void {
    this.apply(id, { kind: 'broke', details: '' }, at)
    const row = this.rows.get(id)
    const again = row ? next(row, { kind: 'wake' }, this.now, this.policyOf(row)).effects : []
    assert(!again.some(({ kind }) => kind === effect.kind), `${id} asks to ${effect.kind} again at once after it broke`)
  }

  /** What a network could not tell at that moment is asked again. */
  private checkRead(before: Delivery, after: Delivery, fate: Fate): void {
    if (before.state.kind !== 'published' || after.state.kind !== 'published') return
    const untold = !this.reaches || fate === 'busy' || fate === 'access ran out'
    assert(!untold || after.state.reads === before.state.reads, `${before.id} is taken for read back, and was not`)
  }

  private step(effect: Extract<CallEffect, { kind: 'prepare' }>, fate: Fate): Step {
    if (!this.reaches) return { kind: 'trouble', trouble: trouble('no-network') }
    if (fate === 'not ahead' && this.isAhead(effect)) return { kind: 'trouble', trouble: this.troubleOf(fate) }
    if (fate === 'takes late, answer lost') return { kind: 'again', memory: {}, after: this.now + 10 * SECOND }
    if (['busy', 'access ran out', 'refused', 'not let through', 'what it belongs to is gone'].includes(fate))
      return { kind: 'trouble', trouble: this.troubleOf(fate) }
    if (fate === 'server fault, took it')
      return { kind: 'trouble', trouble: { kind: 'server-fault', until: null, details: '' } }
    if (fate === 'never arrives, answer lost') return { kind: 'trouble', trouble: { kind: 'begin-again', details: '' } }
    return { kind: 'ready', memory: {} }
  }

  private look(id: string, part: number, fate: Fate): Found {
    if (!this.reaches) return { kind: 'trouble', trouble: trouble('no-network') }
    if (fate === 'busy' || fate === 'access ran out') return { kind: 'trouble', trouble: this.troubleOf(fate) }
    if (fate === 'server fault, took it') return { kind: 'unclear' }
    const there = this.network.find(
      (one) => one.delivery === id && one.part === part && !one.removed && one.listedAt <= this.t,
    )
    if (there) {
      this.open.delete(partOf(id, part))
      return { kind: 'there', remoteId: there.remoteId }
    }
    const key = partOf(id, part)
    this.looks.set(key, [...(this.looks.get(key) ?? []), this.t])
    return { kind: 'absent' }
  }

  private seen(id: string, { state, attempt, dueAt }: Delivery, outcome: Seen): DeliveryEvent {
    const sent = this.attempts.get(attempt)?.job
    if (outcome.kind === 'trouble' || state.kind !== 'handed-over' || state.pending !== 'edit' || !sent)
      return { kind: 'seen', outcome }
    const tried = this.attempts.get(state.tried ?? '')
    const holds = {
      sent: isAsSent(outcome, sent, state.goesOut),
      tried: tried !== undefined && isAsSent(outcome, tried.job, tried.aheadFor),
      wanted: isAsSent(outcome, this.jobOf(id), dueAt),
    }
    if (holds.tried && !holds.wanted && !holds.sent) this.occurs('an edit after one that nobody answered')
    return { kind: 'seen', outcome, holds }
  }

  /** What the network calls a post by now. */
  private nameOf({ remoteId, delivery, at, visibleAt }: NetworkPost): string {
    const isOut = visibleAt > at && visibleAt <= this.t
    return isOut && this.channelOf(delivery).renames ? `${remoteId}${RENAMED}` : remoteId
  }

  /** The post of that name, or of the one it had while it waited. */
  private called(remoteId: string | undefined): NetworkPost | undefined {
    return this.network.find((one) => one.remoteId === remoteId?.replace(RENAMED, ''))
  }

  private see(remoteId: string, fate: Fate): Seen {
    if (!this.reaches) return { kind: 'trouble', trouble: trouble('no-network') }
    if (fate === 'busy' || fate === 'access ran out') return { kind: 'trouble', trouble: this.troubleOf(fate) }
    const post = this.called(remoteId)
    const state = !post || post.removed ? 'removed' : post.visibleAt > this.t ? 'scheduled' : 'public'
    return {
      kind: 'seen',
      permalink: `https://example.org/${remoteId}`,
      state,
      because: '',
      fingerprint: post ? printOf(post) : '',
      remoteId: post ? this.nameOf(post) : remoteId,
      ...(post && state === 'scheduled' ? { text: post.text, publishAt: post.visibleAt } : {}),
    }
  }

  /** A change leaves this computer, written down before; what becomes of it there is settled now. */
  private tryEdit(at: number, call: Call, fate: Fate): void {
    const { delivery: id } = call
    call.sent = true
    const row = this.rows.get(id)
    const { contentAt = 0 } = this.posts.get(id) ?? {}
    const sent = this.attempts.get(row?.attempt ?? '')?.job
    const edit = row && sent && nextEdit(row, sent, this.jobOf(id, row.dueAt), contentAt)
    if (!edit) {
      call.change = { kind: 'leave-out' }
      return
    }
    const goesOut = row.dueAt
    const attempt = edit === 'other-parts' ? '' : `a${this.nextId++}`
    const { part, more } = edit === 'other-parts' ? { part: 0, more: false } : edit
    if (edit !== 'other-parts') this.attempts.set(attempt, { job: edit.job, aheadFor: goesOut })
    if (row.state.kind === 'handed-over') {
      this.apply(id, { kind: 'trying', attempt }, at)
      const { state } = this.rows.get(id) ?? row
      if (state.kind !== 'handed-over' || state.tried !== attempt) {
        call.change = { kind: 'wake' }
        return
      }
    }
    const write = (post: NetworkPost) => {
      if (post.visibleAt > this.t) post.visibleAt = Math.max(this.t, goesOut)
      assert(post.theirs?.mayGo !== false, `${id}: what somebody changed there is written over unseen`)
      post.theirs = null
      post.text = this.jobOf(id).parts[part]?.text ?? ''
      if (row.parts > 1) this.partEdits += 1
    }
    const outcome: Done =
      edit === 'other-parts'
        ? { kind: 'trouble', trouble: otherParts }
        : edit.isThere
          ? this.spared(id)
          : this.changes(id, part, row.sent[part]?.remoteId, goesOut, fate, write)
    call.change = { kind: 'changed-there', what: 'edit', part, more, attempt, contentAt, goesOut, outcome }
  }

  /** Nothing has to be changed there, and nothing is. */
  private spared(id: string): Done {
    this.occurs('a change of a comment alone')
    const there = this.waiting(id)
    assert(
      !there || there.theirs !== null || there.text === this.jobOf(id).parts[0]?.text,
      `${id} is taken for what it is to be, and says ${there?.text}`,
    )
    return { kind: 'done' }
  }

  private remove(id: string, { part, remoteId }: Extract<CallEffect, { kind: 'remove' }>, fate: Fate): DeliveryEvent {
    const outcome = this.changes(id, part, remoteId, 0, fate, (post) => this.takeAway(post))
    return { kind: 'changed-there', what: 'remove', part, more: false, attempt: '', contentAt: 0, goesOut: 0, outcome }
  }

  private changes(
    id: string,
    part: number,
    remoteId: string | undefined,
    goesOut: number,
    fate: Fate,
    work: (post: NetworkPost) => void,
  ): Done {
    if (!this.reaches) return { kind: 'trouble', trouble: trouble('no-network') }
    if (fate === 'busy' || fate === 'access ran out' || fate === 'refused' || (fate === 'not ahead' && goesOut > 0))
      return { kind: 'trouble', trouble: this.troubleOf(fate) }
    const lost: Done = { kind: 'trouble', trouble: { kind: 'server-fault', until: null, details: '' } }
    if (fate === 'never arrives, answer lost') return lost
    const post = this.called(remoteId)
    if (!post || post.removed || this.nameOf(post) !== remoteId) {
      if (post && !post.removed) this.occurs('a change of what is out under another name')
      return { kind: 'trouble', trouble: { kind: 'target-gone', details: '' } }
    }
    work(post)
    this.unheard.add(partOf(id, part))
    // The answer to a change may be lost as well; it may be repeated.
    return fate === 'takes' ? { kind: 'done' } : lost
  }

  /** The answer to a change arrives. */
  private hear(id: string, given: DeliveryEvent, at: number): void {
    const isBusy =
      given.kind === 'changed-there' &&
      given.outcome.kind === 'trouble' &&
      given.outcome.trouble.kind === 'rate-limited'
    // How long is to be waited is told by the clock that goes as the answer comes.
    const event = isBusy ? { ...given, outcome: { kind: 'trouble' as const, trouble: this.troubleOf('busy') } } : given
    this.apply(id, event, at)
    const isDone = event.kind === 'changed-there' && event.outcome.kind === 'done'
    if (isDone && this.rows.get(id)?.attempt === event.attempt) this.unheard.delete(partOf(id, event.part))
  }

  /** What we wrote there ourselves is not asked about as if somebody else had. */
  private checkTheirs(before: Delivery, after: Delivery): void {
    const wasTold = before.state.kind === 'handed-over' && before.state.changedThere
    if (after.state.kind !== 'handed-over' || !after.state.changedThere || wasTold || this.rebuilt.has(after.id)) return
    const post = this.called(after.sent[0]?.remoteId)
    assert(post?.theirs !== null, `${after.id}: our own ${post?.text} is asked about as somebody else's`)
  }

  private takeAway(post: NetworkPost) {
    const { delivery, part } = post
    const along = this.channelOf(delivery).abilities.takesAlong === true
    const others = this.network.filter((one) => one.delivery === delivery && !one.removed && one.part > part)
    assert(
      along || others.length === 0 || this.rebuilt.has(delivery),
      `${delivery}: part ${part} is taken away from under ${others.length} others`,
    )
    post.removed = true
    if (along && part === 0) for (const one of others) one.removed = true
    if (part > 0) this.partRemovals += 1
  }

  // What must hold

  /** After every step. */
  check(): void {
    for (const row of this.rows.values()) {
      const { id, state } = row
      for (let part = 0; part < 3; part += 1) {
        const visible = this.network.filter(
          (one) => one.delivery === id && one.part === part && !one.removed && one.at <= this.t,
        )
        assert(visible.length <= 1, `${id} part ${part} is there ${visible.length} times`)
      }
      const isCommitting = state.kind === 'sending' && state.step === 'committing'
      assert(!isCommitting || row.unanswered !== null, `${id} commits without a note of it`)
      assert(
        row.unanswered === null || isCommitting || ['reconciling', 'needs-you', 'cancelled'].includes(state.kind),
        `${id} is ${state.kind} while a commit is unanswered`,
      )
      assert(row.sent.length <= Math.max(1, row.parts), `${id} has sent more parts than there are`)
      if (state.kind === 'published') assert(row.sent.length > 0, `${id} is published and nothing was sent`)
      this.checkAhead(row)
    }
  }

  /** Goes on until a delivery waits at its network and was seen there. */
  untilItWaits(which: number): void {
    const id = [...this.rows.keys()][which] ?? ''
    for (let round = 0; round < 20; round += 1) {
      const state = this.rows.get(id)?.state
      if (state?.kind === 'handed-over' && state.print !== '') return
      this.wake(0)
      for (let step = 0; step < 8; step += 1)
        for (let call = 0; call < this.window(0).calls.size; call += 1) this.answer(0, call, 'takes', 0)
      this.pass(45 * SECOND)
    }
    throw new Error(`${id} does not wait at its network`)
  }

  /** What the network's own schedule is used for: a help, and never a reason to bother anybody. */
  private checkAhead({ id, state, sent, held }: Delivery): void {
    // A person is asked where it was changed there.
    if (state.kind === 'handed-over' && state.pending === '' && !state.changedThere && this.now < state.goesOut) {
      const there = this.called(sent[0]?.remoteId)
      assert(!held || this.wasSetBack, `${id} is held, and goes out there all the same`)
      assert(
        this.wasSetBack ||
          !there ||
          there.removed ||
          there.theirs !== null ||
          this.rebuilt.has(id) ||
          there.text === this.jobOf(id).parts[0]?.text,
        `${id} goes out as ${there?.text}, which is not what was written last`,
      )
    }
    const reason = state.kind === 'needs-you' && state.reason.kind === 'trouble' ? state.reason.trouble : null
    const isDate = reason?.kind === 'refused' && reason.field === 'publishAt'
    assert(!isDate, `${id} waits for a person because it is not taken ahead`)
  }

  /** Lets everything come to rest, with a network that works and nobody who disturbs. */
  settle(): void {
    this.online = true
    for (const window of this.windows) window.frozen = false
    this.windows[1] = aWindow()
    if (this.lease.owner === 1) this.lease.until = 0
    this.do({ op: 'reconnect' })
    for (const id of this.rows.keys()) this.apply(id, { kind: 'released' })
    // What was planned by a clock that ran ahead is planned anew.
    for (const [which, { dueAt }] of [...this.rows.values()].entries())
      if (dueAt > this.now + 20 * HOUR) this.do({ op: 'move', which, minutes: 30 })
    for (let round = 0; round < 400 && !this.isAtRest(); round += 1) {
      this.wake(0)
      for (let step = 0; step < 8; step += 1)
        for (let call = 0; call < this.window(0).calls.size; call += 1) this.answer(0, call, 'takes', 0)
      this.pass(round % 10 === 9 ? 30 * MINUTE : 45 * SECOND)
      this.check()
    }
    for (const { id, state, unanswered, sent } of this.rows.values()) {
      // Found by a person after the database was lost, it goes out there unseen; a clock that was set back waits for that for days.
      const isUnseen = state.kind === 'handed-over' && state.goesOut + HOUR > this.now && sent[0]?.remoteId === ''
      // A time that was lost with the database stands there all the same, however far away; a person is asked about it.
      const isAskedAbout =
        state.kind === 'handed-over' && state.changedThere && (this.called(sent[0]?.remoteId)?.visibleAt ?? 0) > this.t
      const ended = isUnseen || isAskedAbout || ['published', 'cancelled', 'needs-you', 'hand-off'].includes(state.kind)
      assert(ended, `${id} ends as ${state.kind}: ${JSON.stringify(state)}`)
      const there = this.network.filter((one) => one.delivery === id && !one.removed)
      const said = this.attempts.get(this.rows.get(id)?.attempt ?? '')?.job.parts ?? []
      for (const { part, text, theirs } of there)
        assert(
          state.kind !== 'published' ||
            theirs !== null ||
            this.rebuilt.has(id) ||
            this.unheard.has(partOf(id, part)) ||
            said[part]?.text === text,
          `${id} part ${part} says ${text} there and ${said[part]?.text} here`,
        )
      // An answer that was on its way when everything came to rest may have paused the account: then a person has to connect it.
      const isWanted = state.kind === 'published' && state.change && state.change.at >= 0
      assert(!isWanted || this.channelOf(id).paused, `${id} is not changed there`)
      // What is lost with the database only a person knows.
      if (this.rebuilt.has(id)) continue
      if (state.kind === 'published' && state.mark?.kind === 'deleted')
        assert(there.length === 0, `${id} is said to be deleted there and is not`)
      if (state.kind === 'published' && !this.isDeletedThere(id))
        assert(there.length > 0, `${id} is said to be published and is not there`)
      if (state.kind === 'cancelled' && !unanswered)
        assert(there.length === 0, `${id} is cancelled and there all the same`)
      if (state.kind === 'needs-you' && !unanswered && ['missed', 'not-approved'].includes(state.reason.kind))
        assert(
          there.every(({ part }) => part < (this.rows.get(id)?.sent.length ?? 0)),
          `${id} is there and nobody knows it`,
        )
    }
  }

  /** A person sees to everything that waits for one. */
  help(): void {
    for (let which = 0; which < this.rows.size; which += 1)
      for (const op of ['schedule again', 'plan again', 'answer the question', 'retry', 'send now'] as const)
        this.do({ op, which })
    this.settle()
  }

  private isDeletedThere = (id: string) => this.network.some((one) => one.delivery === id && one.removed)

  private isAtRest = () =>
    [...this.rows.values()].every(
      ({ state }) =>
        ['published', 'cancelled', 'needs-you', 'hand-off'].includes(state.kind) &&
        !(state.kind === 'published' && (state.change?.at ?? -1) >= 0),
    ) && this.windows.every(({ calls }) => calls.size === 0)
}

const inOrder = (a: Delivery, b: Delivery) => a.place - b.place || (a.id < b.id ? -1 : 1)

/** Said apart from the rule itself: what is on its way and was meant to go out earlier. */
const isBefore = (other: Delivery, row: Delivery) =>
  ['due', 'sending', 'retrying', 'reconciling'].includes(other.state.kind) &&
  other.aheadFor < 0 &&
  !(other.held && (other.state.kind === 'due' || other.state.kind === 'retrying')) &&
  inOrder(other, row) < 0

/** Why a person is to look there first; null: nobody is asked to. */
function mayBeThere({ state }: Delivery): 'rebuilt' | 'rebuilt-ahead' | 'begun-before' | null {
  const because = state.kind === 'needs-you' && state.reason.kind === 'missed' ? state.reason.because : null
  return because === 'rebuilt' || because === 'rebuilt-ahead' || because === 'begun-before' ? because : null
}

const printOf = ({ text, visibleAt }: NetworkPost) => `${text} ${visibleAt}`

const partOf = (id: string, part: number) => `${id}/${part}`

function aWindow(): Window {
  return { frozen: false, fresh: true, skewSeen: 0, calls: new Map() }
}
function aChannel(id: string, abilities: Abilities, duplicates: Channel['duplicates'], parts = 1): Channel {
  return {
    id,
    abilities,
    duplicates,
    renames: id === 'renames',
    parts,
    paused: false,
    heldBack: false,
    limitedUntil: 0,
    takesSlot: false,
  }
}

function assert(condition: boolean, message: string): void {
  if (!condition) throw new Error(message)
}
