import { describe, expect, it } from 'vitest'
import {
  cancelledWords,
  detailsOf,
  heldSentence,
  ledgerDay,
  lookOf,
  sendsNowSentence,
} from '../../../renderer/features/outbox/words.ts'
import { type Delivery, newDelivery, type Policy } from '../../../shared/domain/delivery.ts'
import type { DeliveryEvent, Next } from '../../../shared/domain/deliveryEvents.ts'
import { next } from '../../../shared/domain/deliveryNext.ts'
import { nextEdit } from '../../../shared/domain/deliveryOut.ts'
import { answersTo, explainTrouble, type Names, sentenceOf } from '../../../shared/domain/deliveryWords.ts'
import { MEDIA_HOST } from '../../../shared/domain/mediaHost.ts'
import type { Begun, Job, Part, Seen } from '../../../shared/domain/publishing.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'
import { backOff, PRACTICE_PACE } from '../../../shared/domain/waiting.ts'
import { FREE } from './circumstances.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const DUE = Date.UTC(2026, 10, 24, 9, 0)

const policy = FREE
const { abilities } = policy
const planned = (fields: Partial<Delivery> = {}): Delivery => ({
  ...newDelivery({ id: 'p~c', postId: 'p', channelId: 'c', dueAt: DUE, contentAt: 0 }),
  ...fields,
})
/** Plays events one after the other, a second apart. */
function play(from: Delivery, events: readonly DeliveryEvent[], circumstances = policy, at = DUE): Next {
  return events.reduce<Next>(({ delivery }, event, index) => next(delivery, event, at + index * 1_000, circumstances), {
    delivery: from,
    effects: [],
  })
}
const begun = (parts = 1, aheadFor = -1): DeliveryEvent => ({
  kind: 'begun',
  attempt: 'a',
  parts,
  aheadFor,
  contentAt: 0,
})
const ready = (part = 0): DeliveryEvent => ({
  kind: 'prepared',
  attempt: 'a',
  part,
  outcome: { kind: 'ready', memory: {} },
})
const answered = (trouble: Trouble, part = 0, commit = 1): DeliveryEvent => ({
  kind: 'committed',
  attempt: 'a',
  part,
  commit,
  outcome: { kind: 'trouble', trouble },
})
const done = (remoteId = 'r', part = 0, commit = 1): DeliveryEvent => ({
  kind: 'committed',
  attempt: 'a',
  part,
  commit,
  outcome: { kind: 'done', remoteId, memory: {} },
})
const looked = (kind: 'absent' | 'unclear'): DeliveryEvent => ({
  kind: 'found',
  attempt: 'a',
  part: 0,
  outcome: { kind },
})
const wake: DeliveryEvent = { kind: 'wake' }
const said = { details: '' }
const committing = () => play(planned(), [wake, begun(), ready()]).delivery
const lost = () => next(committing(), answered({ kind: 'unknown', ...said }), DUE + 5_000, policy).delivery
const callsOf = ({ effects }: Next) => effects.map(({ kind }) => kind)

describe('a delivery on its way', () => {
  it('waits for its time, is written down, prepared, committed and published', () => {
    expect(next(planned(), wake, DUE - 1, policy).effects).toEqual([])
    expect(callsOf(next(planned(), wake, DUE, policy))).toEqual(['begin'])
    expect(callsOf(play(planned(), [wake, begun()]))).toEqual(['prepare'])
    const commits = play(planned(), [wake, begun(), ready()])
    expect(commits.delivery.unanswered).not.toBeNull()
    expect(callsOf(commits)).toEqual(['remember', 'commit'])
    const published = play(commits.delivery, [done('r1')])
    expect(published.delivery).toMatchObject({
      state: { kind: 'published', late: false, mark: null },
      sent: [{ remoteId: 'r1' }],
      unanswered: null,
      wakeAt: DUE + MINUTE,
    })
  })

  it('lets the account rest where what went out was nearly one call too many, a thread in the middle too', () => {
    const near = { until: DUE + 10 * MINUTE, shared: 'app' } as const
    const last: DeliveryEvent = {
      ...done('r1'),
      outcome: { kind: 'done', remoteId: 'r1', memory: {}, near },
    } as DeliveryEvent
    const out = play(committing(), [last])
    expect(out.delivery.state.kind).toBe('published')
    expect(out.effects).toContainEqual({ kind: 'limit', ...near })
    const first = play(planned(), [wake, begun(2), ready(), last])
    expect(first.effects).toContainEqual({ kind: 'limit', ...near })
    const limited = { ...policy, limitedUntil: near.until }
    const waits = play(first.delivery, [ready(1), wake], limited)
    expect(callsOf(waits)).toEqual([])
    const words = sentenceOf(waits.delivery, { ...names, limitedUntil: near.until })
    expect(words).toMatch(/^Waits until .*, because .* lets Outpost in only so often\.$/)
    expect(callsOf(play(waits.delivery, [wake], policy, near.until))).toEqual(['prepare'])
  })

  it('goes on with the next part of a thread, and never back', () => {
    const first = play(planned(), [wake, begun(3), ready(), done('r1')])
    expect(first.effects).toContainEqual({ kind: 'prepare', attempt: 'a', part: 1 })
    const cut = play(first.delivery, [ready(1), answered({ kind: 'refused', field: '', reason: 'no', ...said }, 1, 2)])
    expect(sentenceOf(cut.delivery, names)).toMatch(/^1 of 3 parts are out\. /)
    expect(answersTo(cut.delivery)).toEqual(['open-post', 'continue', 'leave'])
    const again = play(cut.delivery, [{ kind: 'retried' }, wake])
    expect(again.effects).toEqual([{ kind: 'prepare', attempt: 'a', part: 1 }])
    expect(play(cut.delivery, [{ kind: 'cancelled', by: 'you' }]).delivery.state).toMatchObject({
      kind: 'published',
      mark: { kind: 'partial' },
    })
  })

  it.each<[string, Partial<Policy>, Partial<Delivery>]>([
    ['without a connection', { online: false }, {}],
    ['while its account is paused', { paused: true }, {}],
    ['while its account has to wait', { limitedUntil: DUE + HOUR }, {}],
    ['before its turn', { turn: false }, {}],
    ['while it is held', {}, { held: true }],
  ])('stays due %s, and nothing is tried', (_when, circumstances, fields) => {
    const waits = next(planned(fields), wake, DUE, { ...policy, ...circumstances })
    expect(waits.delivery.state.kind).toBe('due')
    expect(waits.effects).toEqual([])
  })

  it('is asked everything once more right before the commit', () => {
    const prepared = play(planned(), [wake, begun()]).delivery
    const at = (circumstances: Partial<Policy>) => next(prepared, ready(), DUE, { ...policy, ...circumstances })
    expect(at({ approved: false }).delivery.state).toEqual({ kind: 'needs-you', reason: { kind: 'not-approved' } })
    for (const held of [{ paused: true }, { turn: false }, { limitedUntil: DUE + HOUR }]) {
      expect(at(held).delivery).toMatchObject({ state: { kind: 'due' }, attempt: 'a', unanswered: null })
      expect(callsOf(at(held))).toEqual(['remember'])
    }
  })

  it('stays cancelled when its files turn out not to be made after that', () => {
    const composing = next(planned(), wake, DUE, policy).delivery
    const cancelled = next(composing, { kind: 'cancelled', by: 'you' }, DUE + MINUTE, policy).delivery
    const trouble: Trouble = { kind: 'refused', field: 'media', reason: 'too long', ...said, ours: true }
    expect(next(cancelled, { kind: 'not-begun', trouble }, DUE + 2 * MINUTE, policy)).toEqual({
      delivery: cancelled,
      effects: [],
    })
  })
})

describe('a lost answer', () => {
  it('is looked for, and sent again only when it is absent twice, a minute apart', () => {
    const at = DUE + 10_000
    const once = next(lost(), looked('absent'), at, policy)
    expect(once.delivery.state).toMatchObject({ kind: 'reconciling', absentAt: at })
    const tooSoon = next(once.delivery, looked('absent'), at + MINUTE - 1, policy)
    expect(tooSoon.delivery.state.kind).toBe('reconciling')
    const twice = next(tooSoon.delivery, looked('absent'), at + MINUTE, policy)
    expect(twice.delivery).toMatchObject({ state: { kind: 'due' }, unanswered: null, attempt: 'a' })
  })

  it.each([
    ['by as much earlier', { kind: 'clock-jumped', back: HOUR }, DUE - HOUR + 2_000],
    ['from an hour before, where nobody knows by how much', { kind: 'clock-jumped' }, DUE - 2 * HOUR + MINUTE],
  ] as const)('is looked for %s, where the clock was set back since it was sent', (_how, jumped, since) => {
    const { delivery } = next(lost(), jumped, DUE - HOUR, policy)
    const looks = next(delivery, wake, DUE - HOUR + MINUTE, policy)
    expect(looks.effects).toEqual([{ kind: 'find', attempt: 'a', part: 0, since }])
  })

  it('asks a person where the network cannot be asked', () => {
    const mute = { ...policy, abilities: { ...abilities, find: false } }
    const stopped = next(committing(), answered({ kind: 'unknown', ...said }), DUE, mute)
    expect(stopped.delivery.state).toEqual({ kind: 'needs-you', reason: { kind: 'unclear', why: 'cannot-ask' } })
    expect(answersTo(stopped.delivery)).toEqual(['is-there', 'send-again', 'cancel'])
    expect(next(stopped.delivery, { kind: 'retried' }, DUE, mute).delivery).toBe(stopped.delivery)
    expect(next(stopped.delivery, { kind: 'send-now' }, DUE, mute).delivery).toBe(stopped.delivery)
  })

  it('is a question still when it was cancelled and is planned again', () => {
    const mute = { ...policy, abilities: { ...abilities, find: false } }
    const left = play(
      committing(),
      [answered({ kind: 'unknown', ...said }), { kind: 'cancelled', by: 'you' }, { kind: 'planned-again', by: 'you' }],
      mute,
    )
    expect(left.delivery.state).toEqual({ kind: 'needs-you', reason: { kind: 'unclear', why: 'not-seen' } })
  })

  it('is not forgotten when the post is cancelled, edited or moved meanwhile', () => {
    const meddling: DeliveryEvent[] = [
      { kind: 'cancelled', by: 'you' },
      { kind: 'edited', contentAt: 9 },
      { kind: 'moved', dueAt: DUE + HOUR },
      { kind: 'held' },
      { kind: 'send-now' },
      { kind: 'retried' },
    ]
    for (const from of [committing(), lost()])
      for (const event of meddling) {
        const after = next(from, event, DUE + 6_000, policy).delivery
        expect(after).toMatchObject({ state: from.state, unanswered: from.unanswered, attempt: 'a' })
      }
    const late = play(committing(), [{ kind: 'cancelled', by: 'you' }, done()]).delivery
    expect(late.state).toMatchObject({ kind: 'published', mark: { kind: 'too-late-to-cancel' } })
  })

  it('counts as found when the network then says that it has it', () => {
    const again = play({ ...lost(), state: { kind: 'due', after: 0, because: null }, unanswered: null }, [
      wake,
      ready(),
    ]).delivery
    const known = next(again, answered({ kind: 'duplicate', remoteId: 'urn:1', ...said }, 0, 2), DUE, policy)
    expect(known.delivery).toMatchObject({ state: { kind: 'published' }, sent: [{ remoteId: 'urn:1' }] })
    const nameless = next(again, answered({ kind: 'duplicate', remoteId: '', ...said }, 0, 2), DUE, policy)
    expect(nameless.delivery.state.kind).toBe('reconciling')
    const first = next(committing(), answered({ kind: 'duplicate', remoteId: '', ...said }), DUE, policy)
    expect(first.delivery.state).toMatchObject({ kind: 'needs-you', reason: { trouble: { kind: 'duplicate' } } })
  })

  it('is still one that may be out when a person tries again what was refused for another reason since', () => {
    const refused: Trouble = { kind: 'refused', field: '', reason: 'too long', ...said }
    const again = play({ ...lost(), state: { kind: 'due', after: 0, because: null }, unanswered: null }, [
      wake,
      ready(),
      answered(refused, 0, 2),
      { kind: 'retried' },
      wake,
      begun(),
      ready(),
    ]).delivery
    expect(again).toMatchObject({ state: { kind: 'sending', step: 'committing' }, commits: 3, lost: 1 })
    const nameless = next(again, answered({ kind: 'duplicate', remoteId: '', ...said }, 0, 3), DUE, policy)
    expect(nameless.delivery).toMatchObject({ state: { kind: 'reconciling' }, doubled: true })
  })

  it('is what a commit has that nobody saw end', () => {
    const after = next(committing(), { kind: 'restarted' }, DUE + HOUR, policy)
    expect(after.delivery.state).toMatchObject({ kind: 'reconciling', at: DUE + HOUR + MINUTE })
    const late = next(after.delivery, done('r9'), DUE + 2 * HOUR, policy)
    expect(late.delivery.state.kind).toBe('published')
  })
})

const names: Names = {
  network: 'Mastodon',
  account: '@fernhollow',
  time: (at) => new Date(at).toISOString().slice(11, 16),
  online: true,
  paused: false,
}
const until = DUE + 30 * MINUTE

describe.each<[string, Trouble, string, readonly string[]]>([
  ['no network', { kind: 'no-network', ...said }, 'due', []],
  ['a sign-in page', { kind: 'in-between', by: 'portal', ...said }, 'due', []],
  ['an access that ran out', { kind: 'access-expired', ...said }, 'sending', ['renew']],
  ['an access taken away', { kind: 'access-withdrawn', reason: 'revoked', ...said }, 'needs-you', ['alert', 'pause']],
  ['a missing right', { kind: 'not-permitted', right: 'Reels', ...said }, 'needs-you', ['alert']],
  ['a rate limit', { kind: 'rate-limited', until, shared: 'app', ...said }, 'retrying', ['limit']],
  ['a used up quota', { kind: 'quota-used', until, of: '25 posts', ...said }, 'retrying', ['limit']],
  ['a refusal', { kind: 'refused', field: 'text', reason: 'too long', ...said }, 'needs-you', ['alert']],
  ['a duplicate', { kind: 'duplicate', remoteId: '', ...said }, 'needs-you', ['alert']],
  ['a fault at the network', { kind: 'server-fault', until: null, ...said }, 'retrying', []],
  ['a page that is gone', { kind: 'target-gone', ...said }, 'needs-you', ['alert', 'pause']],
  ['a wrong clock', { kind: 'clock-off', by: 14 * MINUTE, ...said }, 'retrying', []],
  ['a changed network', { kind: 'changed', ...said }, 'needs-you', ['alert', 'pause']],
  ['an upload that ran out', { kind: 'begin-again', ...said }, 'retrying', ['forget']],
])('%s while preparing', (_name, trouble, kind, effects) => {
  const refused: DeliveryEvent = { kind: 'prepared', attempt: 'a', part: 0, outcome: { kind: 'trouble', trouble } }
  const after = play(planned(), [wake, begun(), refused])

  it(`makes it ${kind} and leaves nothing open`, () => {
    expect(after.delivery.state.kind).toBe(kind)
    expect(after.delivery.unanswered).toBeNull()
    expect(callsOf(after)).toEqual(effects)
  })

  it('is said in a sentence that names the network or the account, and what to do', () => {
    for (const sentence of [sentenceOf(after.delivery, names), explainTrouble(trouble, names)])
      expect(sentence).toMatch(/^[A-Z@“].*\.$/)
    expect(sentenceOf(after.delivery, names)).not.toContain('undefined')
  })
})

describe('a part whose forerunner was deleted there', () => {
  const gone: Trouble = { kind: 'target-gone', ...said }
  const first = () => play(planned(), [wake, begun(2), ready(), done('r1')]).delivery

  it.each<[string, readonly DeliveryEvent[]]>([
    ['is prepared', [{ kind: 'prepared', attempt: 'a', part: 1, outcome: { kind: 'trouble', trouble: gone } }]],
    ['is sent', [ready(1), answered(gone, 1, 2)]],
  ])('waits for a person when it %s, and stops nothing else of the account', (_when, events) => {
    const after = play(first(), events)
    expect(callsOf(after)).toEqual(['alert'])
    expect(after.delivery.unanswered).toBeNull()
    expect(sentenceOf(after.delivery, names)).toBe(
      '1 of 2 parts are out. What this part belongs to is not there on Mastodon any more. Leave it so, or go on if it is back.',
    )
    expect(answersTo(after.delivery)).toEqual(['continue', 'leave'])
  })

  it('is asked about when it was lost and cannot be looked for', () => {
    let { delivery } = play(first(), [ready(1), answered({ kind: 'unknown', ...said }, 1, 2)])
    const found: DeliveryEvent = { kind: 'found', attempt: 'a', part: 1, outcome: { kind: 'trouble', trouble: gone } }
    for (let look = 0; look < 7; look += 1) {
      const after = next(delivery, found, DUE + look * HOUR, policy)
      expect(callsOf(after)).not.toContain('pause')
      delivery = after.delivery
    }
    expect(delivery.state).toEqual({ kind: 'needs-you', reason: { kind: 'unclear', why: 'not-seen' } })
  })
})

it.each(['certificate', 'proxy'] as const)('a commit that a %s did not let through was not sent', (by) => {
  const after = next(committing(), answered({ kind: 'in-between', by, ...said }), DUE, policy)
  expect(after.delivery).toMatchObject({ unanswered: null, lost: 0, state: { kind: 'due', because: { by } } })
})

it('what the media host needs leads to its setting, and is said in its own words', () => {
  const trouble: Trouble = { kind: 'refused', field: MEDIA_HOST, reason: 'Your media host is full', ...said }
  const refused: DeliveryEvent = { kind: 'prepared', attempt: 'a', part: 0, outcome: { kind: 'trouble', trouble } }
  const after = play(planned(), [wake, begun(), refused])
  expect(sentenceOf(after.delivery, names)).toBe('Your media host is full.')
  expect(answersTo(after.delivery)).toEqual(['set-up-host', 'retry', 'cancel', 'post-by-hand'])
})

describe('waiting', () => {
  it('is as long as the network says, but not beyond the grace', () => {
    const far: Trouble = { kind: 'rate-limited', until: DUE + 3 * HOUR, shared: 'account', ...said }
    const refused: DeliveryEvent = {
      kind: 'prepared',
      attempt: 'a',
      part: 0,
      outcome: { kind: 'trouble', trouble: far },
    }
    expect(play(planned(), [wake, begun(), refused]).delivery.state).toMatchObject({
      kind: 'needs-you',
      reason: { kind: 'trouble', trouble: far },
    })
  })

  it('grows to two hours, any moment of it alike', () => {
    expect([0, 1, 2, 3, 4, 9].map((failures) => backOff(failures, { random: 1, pace: 1 }) / MINUTE)).toEqual([
      0.5, 2, 8, 30, 120, 120,
    ])
    expect(backOff(4, { random: 0, pace: 1 })).toBe(0)
  })

  it('is shorter with a practice account, and never where the network names the time', () => {
    const practice = { ...policy, pace: PRACTICE_PACE }
    const once = next(lost(), looked('absent'), DUE + 10_000, practice).delivery
    expect(next(once, looked('absent'), DUE + 20_000 - 1, practice).delivery.state.kind).toBe('reconciling')
    expect(next(once, looked('absent'), DUE + 20_000, practice).delivery.state.kind).toBe('due')
    const until = DUE + HOUR
    const asked = answered({ kind: 'rate-limited', until, shared: 'account', details: '' })
    const { delivery } = play(planned(), [wake, begun(), ready(), asked], practice)
    expect(delivery.state).toMatchObject({ kind: 'retrying' })
    expect(delivery.wakeAt).toBeGreaterThanOrEqual(until)
  })

  it('for the clock is no minute when the clock was set', () => {
    const once = next(lost(), looked('absent'), DUE + 10_000, policy).delivery
    const jumped = next(once, { kind: 'clock-jumped' }, DUE + 3 * HOUR, policy).delivery
    expect(jumped.state).toMatchObject({ absentAt: 0, at: DUE + 3 * HOUR + MINUTE })
  })
})

describe('a moment that was missed', () => {
  const late = DUE + 2 * HOUR + 1

  it('still goes out within the grace, marked late', () => {
    const at = DUE + HOUR
    const out = play(planned(), [wake, begun(), ready(), done()], policy, at)
    expect(out.delivery.state).toMatchObject({ kind: 'published', late: true })
  })

  it('asks afterwards, and goes when it is told to', () => {
    const asks = next(planned(), wake, late, policy)
    expect(asks.delivery.state).toEqual({ kind: 'needs-you', reason: { kind: 'missed', because: 'asleep' } })
    expect(sentenceOf(asks.delivery, names)).toContain('while this computer slept')
    expect(callsOf(play(asks.delivery, [{ kind: 'send-now' }, wake], policy, late))).toEqual(['begin'])
  })

  it('stays due while there is no network, says so, and asks when it is back', () => {
    const away = { ...policy, online: false }
    const waits = play(planned(), [wake], away)
    const over = next(waits.delivery, wake, late, away)
    expect(over).toMatchObject({ delivery: { state: { kind: 'due', over: 'asks' } }, effects: [] })
    expect(sentenceOf(over.delivery, { ...names, online: false })).toBe(
      'It was due 09:00 and is too late to go out by itself. You are asked about it when you are back online.',
    )
    expect(next(over.delivery, wake, late + MINUTE, away).delivery).toEqual(over.delivery)
    const asks = next(over.delivery, wake, late + HOUR, policy)
    expect(asks.delivery.state).toEqual({ kind: 'needs-you', reason: { kind: 'missed', because: 'offline' } })
    expect(asks.effects).toEqual([{ kind: 'alert', about: 'needs-you' }])
    // A longer grace takes it back: it goes out by itself.
    const longer = { ...away, grace: 4 * HOUR }
    expect(next(over.delivery, wake, late + MINUTE, longer).delivery.state).not.toHaveProperty('over')
  })

  it('was slept over where it is found without a network only when it is too late', () => {
    const over = next(planned(), wake, late, { ...policy, online: false })
    expect(over).toMatchObject({ delivery: { state: { kind: 'due', over: 'asks' } }, effects: [] })
    const asks = next(over.delivery, wake, late + MINUTE, policy)
    expect(asks.delivery.state).toMatchObject({ reason: { kind: 'missed', because: 'asleep' } })
  })

  it('takes the next slot of the channel only when the network is back, and says before that it will', () => {
    const away: Policy = { ...policy, online: false, late: { slot: late + 3 * HOUR } }
    const over = play(planned(), [wake], away)
    const waits = next(over.delivery, wake, late, away)
    expect(waits).toMatchObject({ delivery: { dueAt: DUE, state: { kind: 'due', over: 'moves' } }, effects: [] })
    expect(sentenceOf(waits.delivery, { ...names, online: false })).toBe(
      'It was due 09:00 and is too late for that. It takes the next free slot when you are back online.',
    )
    const moved = next(waits.delivery, wake, late + HOUR, { ...away, online: true })
    expect(moved).toMatchObject({ delivery: { dueAt: late + 3 * HOUR }, effects: [{ about: 'moved' }] })
  })

  it('says of a thread, and of a first comment, what is out while the rest is too late and there is no network', () => {
    const cut = planned({
      parts: 3,
      sent: [{ remoteId: 'r', at: DUE }],
      attempt: 'a',
      state: { kind: 'due', after: DUE, because: null },
    })
    const saidOf = (row: Delivery) =>
      sentenceOf(next(row, wake, late, { ...policy, online: false }).delivery, { ...names, online: false })
    expect(saidOf(cut)).toBe(
      '1 of 3 parts are out. The rest is too late to go out by itself. You are asked about it when you are back online.',
    )
    expect(saidOf({ ...cut, parts: 2, aheadFor: DUE })).toBe(
      'The post is out. Its first comment is too late to follow by itself. You are asked about it when you are back online.',
    )
  })

  it('takes the next slot of the channel where that is its way', () => {
    const slot = late + HOUR
    const goes = next(planned(), wake, late, { ...policy, late: { slot } })
    expect(goes.delivery).toMatchObject({ state: { kind: 'planned' }, dueAt: slot, plannedFor: slot })
    expect(goes.effects).toEqual([{ kind: 'alert', about: 'moved' }])
  })

  it.each<[string, Partial<Delivery>, Partial<Policy>]>([
    ['a person holds it', { held: true }, {}],
    ['its account is paused', {}, { paused: true }],
    ['it is not approved', {}, { approved: false }],
    [
      'the network refused it',
      { state: { kind: 'retrying', at: DUE, because: { kind: 'server-fault', until: null, details: '' } } },
      {},
    ],
    [
      'a part of it is out',
      { sent: [{ remoteId: 'r', at: DUE }], parts: 2, state: { kind: 'due', after: DUE, because: null } },
      {},
    ],
  ])('asks, and takes no slot by itself, when %s', (_what, fields, given) => {
    const { delivery } = next({ ...planned(), ...fields }, wake, late, {
      ...policy,
      ...given,
      late: { slot: late + HOUR },
    })
    expect(delivery).toMatchObject({ dueAt: DUE, state: { kind: 'needs-you' } })
  })

  it('reminds nobody while everything is held, and does when it is let go', () => {
    const byHand = { ...policy, way: 'by-hand' as const }
    const waits = next(planned(), wake, DUE, { ...byHand, paused: true })
    expect(waits).toMatchObject({ delivery: { state: { kind: 'due' } }, effects: [] })
    expect(next(waits.delivery, wake, DUE + MINUTE, { ...byHand, paused: true }).delivery).toEqual(waits.delivery)
    const told = next(waits.delivery, wake, DUE + HOUR, byHand)
    expect(told).toMatchObject({ delivery: { state: { kind: 'hand-off' } }, effects: [{ about: 'hand-off' }] })
  })

  it('always asks where there is no grace, but for a timer that was slow', () => {
    expect(callsOf(next(planned(), wake, DUE + 20_000, { ...policy, grace: 0 }))).toEqual(['begin'])
    expect(next(planned(), wake, DUE + 3 * MINUTE, { ...policy, grace: 0 }).delivery.state.kind).toBe('needs-you')
  })
})

describe('handing over ahead', () => {
  const schedules = { soonest: 5 * MINUTE, latest: 24 * HOUR }
  const ahead = { ...policy, abilities: { ...abilities, schedules } }
  const morning = DUE - 3 * HOUR
  const broken = { kind: 'our-fault', ...said } as const
  const takenBack: DeliveryEvent = {
    kind: 'changed-there',
    what: 'remove',
    part: 0,
    attempt: '',
    contentAt: 0,
    goesOut: 0,
    outcome: { kind: 'done' },
  }
  const handed = (circumstances = ahead) =>
    play(planned(), [wake, begun(1, DUE), ready(), done('s1')], circumstances, morning).delivery

  it('gives it to the network while there is time, and not when its time is near', () => {
    expect(next(planned(), wake, morning, ahead).effects).toEqual([{ kind: 'begin', aheadFor: DUE }])
    expect(next(planned(), wake, DUE - 8 * MINUTE, ahead).effects).toEqual([])
    expect(handed().state).toMatchObject({ kind: 'handed-over', goesOut: DUE })
    const slow = play(planned(), [wake, begun(1, DUE)], ahead, morning).delivery
    expect(next(slow, ready(), DUE - 2 * MINUTE, ahead).delivery).toMatchObject({
      state: { kind: 'planned' },
      attempt: '',
    })
  })

  it('is told to go out as it was where an edit, or a cancellation, does not reach its network', () => {
    const away = { ...names, online: false }
    const edited = next(handed(), { kind: 'edited', contentAt: 5 }, morning + HOUR, ahead).delivery
    expect(sentenceOf(edited, names)).toBe('Is being changed on Mastodon.')
    expect(sentenceOf(edited, away)).toMatch(
      /^Is changed on Mastodon when you are back online; until then it goes out there .* as it was\.$/,
    )
    const cancelled = next(handed(), { kind: 'cancelled', by: 'you' }, morning + HOUR, ahead).delivery
    expect(sentenceOf(cancelled, away)).toMatch(
      /^Is taken back on Mastodon when you are back online; until then it goes out there /,
    )
  })

  it.each<[string, Trouble | null, Partial<Names>, string]>([
    [
      'no network',
      { kind: 'no-network', ...said },
      { online: false },
      'No connection to Mastodon. It is handed over when you are back online, and goes out 09:00.',
    ],
    [
      'a server that does not answer',
      { kind: 'no-network', ...said },
      {},
      'Mastodon cannot be reached. It is handed over once it gets through, and goes out 09:00.',
    ],
    [
      'a proxy',
      { kind: 'in-between', by: 'portal', ...said },
      {},
      'A web page answered in place of Mastodon. Either the network you are in wants you to sign in first, or Mastodon itself keeps Outpost out. Open a web page to see which, and to sign in. It is handed over afterwards, and goes out 09:00.',
    ],
    [
      'a limit that ends before its time',
      { kind: 'rate-limited', until: morning + HOUR, shared: 'account', ...said },
      {},
      'Mastodon asks us to wait until 07:00. It is handed over then, and goes out 09:00.',
    ],
    [
      'trouble there',
      { kind: 'server-fault', until: morning + HOUR, ...said },
      {},
      'Trouble reaching Mastodon; next try 07:00. It is handed over then, and goes out 09:00.',
    ],
    ['a window that ended', null, {}, 'It is handed to Mastodon next, and goes out 09:00.'],
    [
      'a window that ended, and no network',
      null,
      { online: false },
      'It is handed to Mastodon when you are back online, and goes out 09:00.',
    ],
    [
      'a window that ended, and a limit',
      null,
      { limitedUntil: morning + HOUR },
      'Waits until 07:00, because Mastodon lets Outpost in only so often. It is handed over then, and goes out 09:00.',
    ],
  ])(
    'that is kept from it by %s is not due: it is handed over, and goes out at its time',
    (_what, trouble, more, words) => {
      const going = play(planned(), [wake, begun(1, DUE)], ahead, morning).delivery
      const event: DeliveryEvent = trouble
        ? { kind: 'prepared', attempt: 'a', part: 0, outcome: { kind: 'trouble', trouble } }
        : { kind: 'restarted' }
      const waits = next(going, event, morning + 2_000, { ...ahead, random: 0 }).delivery
      expect(sentenceOf(waits, { ...names, ...more })).toBe(words)
      expect(lookOf(waits, false).word).toBe('Scheduled')
    },
  )

  it('asks nobody whether it went out while nothing gets through, and does once that is known', () => {
    const nothing: DeliveryEvent = {
      kind: 'seen',
      outcome: { kind: 'trouble', trouble: { kind: 'no-network', ...said } },
    }
    const later = DUE + 5 * HOUR
    const waits = next(handed(), nothing, later, ahead)
    expect(waits).toMatchObject({ delivery: { state: { kind: 'handed-over' } }, effects: [] })
    const refused: DeliveryEvent = { kind: 'seen', outcome: { kind: 'trouble', trouble: { kind: 'unknown', ...said } } }
    expect(next(waits.delivery, refused, later + HOUR, ahead).delivery.state).toMatchObject({
      kind: 'needs-you',
      reason: { kind: 'not-out', why: 'late' },
    })
  })

  it('that is kept from it until after its time goes out then', () => {
    const trouble: Trouble = { kind: 'rate-limited', until: DUE + HOUR, shared: 'account', ...said }
    const going = play(planned(), [wake, begun(1, DUE)], ahead, morning).delivery
    const limited: DeliveryEvent = { kind: 'prepared', attempt: 'a', part: 0, outcome: { kind: 'trouble', trouble } }
    const waits = next(going, limited, morning + 2_000, ahead).delivery
    expect(sentenceOf(waits, names)).toBe('Mastodon asks us to wait until 10:00. It goes out then.')
    expect(lookOf(waits, false).word).toBe('Trying again')
  })

  it('does not give it a thread', () => {
    const thread = play(planned(), [wake, begun(3, DUE)], ahead, morning)
    expect(thread.delivery).toMatchObject({ state: { kind: 'planned' }, mayGoAhead: false, wakeAt: DUE })
  })

  describe('with a first comment', () => {
    const withComment: DeliveryEvent = { ...begun(2, DUE), follows: true } as DeliveryEvent
    const lies = (circumstances = ahead) =>
      play(planned(), [wake, withComment, ready(), done('s1')], circumstances, morning).delivery
    const isOut: DeliveryEvent = {
      kind: 'seen',
      outcome: {
        kind: 'seen',
        permalink: 'https://n.example/1',
        state: 'public',
        because: '',
        fingerprint: 'f',
        remoteId: 'r1',
      },
    }
    const EVENING = DUE + 9 * HOUR

    it('gives it the post, and puts the comment under it once the network has published that, however late that is known', () => {
      expect(lies()).toMatchObject({
        state: { kind: 'handed-over', goesOut: DUE },
        parts: 2,
        sent: [{ remoteId: 's1' }],
      })
      const follows = next(lies(), isOut, EVENING, ahead).delivery
      expect(follows).toMatchObject({
        state: { kind: 'due' },
        sent: [{ remoteId: 'r1' }],
        attempt: 'a',
        wakeAt: EVENING,
      })
      const woken = next(follows, wake, EVENING, ahead)
      expect(woken.effects).toEqual([{ kind: 'prepare', attempt: 'a', part: 1 }])
      const whole = play(woken.delivery, [ready(1), done('c1', 1, 2)], ahead, EVENING).delivery
      expect(whole).toMatchObject({
        state: { kind: 'published', at: DUE, late: false, mark: null },
        sent: [{ remoteId: 'r1' }, { remoteId: 'c1' }],
      })
    })

    it('lets nothing wait for the comment, nor the comment for what stands before it', () => {
      const follows = next(lies(), isOut, DUE + MINUTE, ahead).delivery
      expect(follows.queue).toBe('')
      expect(callsOf(next(follows, wake, DUE + MINUTE, { ...ahead, turn: false }))).toEqual(['prepare'])
    })

    it('writes the comment anew where the post was edited too late for what lay there', () => {
      const edited = next(lies(), { kind: 'edited', contentAt: 5 }, DUE - MINUTE, ahead).delivery
      const follows = next(edited, isOut, EVENING, ahead).delivery
      expect(follows).toMatchObject({ state: { kind: 'due' }, sent: [{ remoteId: 'r1' }] })
      const asks = next(follows, wake, EVENING, ahead)
      expect(asks.effects).toEqual([{ kind: 'begin', aheadFor: -1 }])
      const anew = { kind: 'begun', attempt: 'b', aheadFor: -1, contentAt: 5 } as const
      const goesOn = next(asks.delivery, { ...anew, parts: 2, follows: true }, EVENING, ahead)
      expect(goesOn.effects).toEqual([{ kind: 'prepare', attempt: 'b', part: 1 }])
      const bare = next(asks.delivery, { ...anew, parts: 1 }, EVENING, ahead).delivery
      expect(bare.state).toMatchObject({ kind: 'published', at: DUE, mark: null })
      const thread = next(asks.delivery, { ...anew, parts: 2 }, EVENING, ahead).delivery
      expect(thread.state).toMatchObject({ kind: 'published', mark: { kind: 'partial' } })
      const refused = next(asks.delivery, { kind: 'not-begun', trouble: tooEarly }, EVENING, ahead).delivery
      expect(refused).toMatchObject({ state: { kind: 'needs-you' }, sent: [{ remoteId: 'r1' }] })
    })

    it('leaves the comment away where the post was cancelled too late', () => {
      const cancelled = next(lies(), { kind: 'cancelled', by: 'you' }, DUE - MINUTE, ahead).delivery
      expect(next(cancelled, isOut, DUE + MINUTE, ahead).delivery.state).toMatchObject({
        kind: 'published',
        mark: { kind: 'too-late-to-cancel' },
      })
    })

    it('asks about the comment where the database was brought back after the post went out', () => {
      const back = next(lies(), { kind: 'rebuilt' }, DUE + MINUTE, ahead).delivery
      expect(next(back, isOut, DUE + MINUTE, ahead).delivery).toMatchObject({
        state: { kind: 'needs-you', reason: { kind: 'missed', because: 'rebuilt' } },
        sent: [{ remoteId: 'r1' }],
      })
      const known = { deliveryId: 'd', commit: 1, goesOut: DUE }
      expect(next(lies(), { kind: 'rebuilt', begun: known }, DUE + MINUTE, ahead).delivery).toEqual(lies())
    })

    it('asks all the same where it was edited or held meanwhile', () => {
      const back = next(lies(), { kind: 'rebuilt' }, DUE + MINUTE, ahead).delivery
      const edited = next(back, { kind: 'edited', contentAt: 5 }, DUE + MINUTE, ahead).delivery
      expect(next(edited, isOut, DUE + 2 * MINUTE, ahead).delivery.state).toMatchObject({ kind: 'needs-you' })
    })

    it('is dated by its post where its comment is left', () => {
      const follows = next(lies(), isOut, EVENING, ahead).delivery
      const left = next(follows, { kind: 'cancelled', by: 'you' }, EVENING, ahead).delivery
      expect(left.state).toMatchObject({ kind: 'published', at: DUE, late: false, mark: { kind: 'partial' } })
    })

    it('tells that its post is locked, and makes no comment under what nobody sees', () => {
      const outcome = {
        ...(isOut.kind === 'seen' && isOut.outcome),
        state: 'private',
        because: 'It is locked.',
      } as Seen
      const locked = next(lies(), { kind: 'seen', outcome }, EVENING, ahead)
      expect(locked.delivery.state).toMatchObject({ kind: 'published', mark: { kind: 'private' } })
      expect(locked.effects).toEqual([{ kind: 'alert', about: 'not-as-meant' }])
    })

    it('goes on with it when a person finds the post that is late', () => {
      const late = { ...lies(), state: { kind: 'needs-you', reason: { kind: 'not-out', why: 'late' } } } as const
      const told: DeliveryEvent = { kind: 'is-there', remoteId: '', permalink: '' }
      expect(next(late, told, EVENING, ahead).delivery).toMatchObject({
        state: { kind: 'due' },
        sent: [{ remoteId: 's1' }],
      })
    })

    it('tells that it is missing where nobody said what its post is called there', () => {
      const asked: Delivery = {
        ...planned(),
        state: { kind: 'needs-you', reason: { kind: 'missed', because: 'rebuilt-ahead' } },
      }
      const told: DeliveryEvent = { kind: 'is-there', remoteId: '', permalink: '', parts: 2 }
      const there = next(asked, told, morning, ahead).delivery
      expect(there).toMatchObject({ state: { kind: 'handed-over' }, parts: 2 })
      const out = next(there, wake, DUE + HOUR, ahead)
      expect(out.delivery.state).toMatchObject({ kind: 'published', mark: { kind: 'partial' } })
      expect(out.effects).toEqual([{ kind: 'alert', about: 'not-as-meant' }])
    })

    it('is taken back where it is held, as far as it is known what it is called', () => {
      const asked: Delivery = {
        ...planned({ held: true }),
        state: { kind: 'needs-you', reason: { kind: 'missed', because: 'rebuilt-ahead' } },
      }
      const told: DeliveryEvent = { kind: 'is-there', remoteId: '', permalink: '' }
      const there = next(asked, told, morning, ahead).delivery
      expect(there.state).toMatchObject({ kind: 'handed-over', pending: 'remove', afterwards: 'planned' })
      expect(next(there, wake, morning, ahead).delivery.state).toMatchObject({
        kind: 'needs-you',
        reason: { kind: 'stuck-there', wanted: 'remove' },
      })
    })

    it('asks nothing of the network for a new comment alone', () => {
      const part = (kind: Part['kind'], text: string): Part => ({ kind, text, html: '', media: [] })
      const said = (comment: string, over: Partial<Job> = {}): Job => ({
        deliveryId: 'd',
        fingerprint: comment,
        format: 'feed',
        title: '',
        fields: {},
        parts: [part('post', 'Three pockets'), part('comment', comment)],
        publishAt: DUE,
        ...over,
      })
      const edited = next(lies(), { kind: 'edited', contentAt: 5 }, morning, ahead).delivery
      expect(nextEdit(edited, said('The link'), said('Where'), 5)).toMatchObject({ part: 0, isThere: true })
      // Another time, what somebody else made of it, what a lost answer may have made of it.
      expect(nextEdit(edited, said('The link'), said('Where', { publishAt: DUE + HOUR }), 5)).not.toHaveProperty(
        'isThere',
      )
      expect(nextEdit(lies(), said('The link'), said('The link'), 0)).not.toHaveProperty('isThere')
      const tried = next(edited, { kind: 'trying', attempt: 'b' }, morning, ahead).delivery
      expect(nextEdit(tried, said('The link'), said('Where'), 5)).not.toHaveProperty('isThere')
    })

    describe('once the post is out', () => {
      const follows = () => next(lies(), isOut, EVENING, ahead).delivery
      const preparing = () => next(follows(), wake, EVENING, ahead).delivery
      const failed = (trouble: Trouble) => {
        const outcome = { kind: 'trouble', trouble } as const
        return next(preparing(), { kind: 'prepared', attempt: 'a', part: 1, outcome }, EVENING, ahead).delivery
      }
      const away: Trouble = { kind: 'server-fault', until: null, ...said }
      const noLine: Trouble = { kind: 'no-network', ...said }
      const asks = (because: 'rebuilt' | 'asleep'): Delivery => ({
        ...follows(),
        state: { kind: 'needs-you', reason: { kind: 'missed', because } },
      })

      it.each<[string, Delivery, Partial<Names>, RegExp]>([
        ['waits', follows(), {}, /^The post is out; its first comment follows\.$/],
        ['waits offline', follows(), { online: false }, /; its first comment follows when you are back online\.$/],
        [
          'waits for its network',
          follows(),
          { limitedUntil: EVENING },
          /^The post is out\. Its first comment waits until 18:00,/,
        ],
        [
          'is held',
          { ...follows(), held: true },
          {},
          /^The post is out\. Its first comment waits until you let it go\.$/,
        ],
        [
          'is paused',
          follows(),
          { paused: true },
          /^The post is out\. Its first comment waits: @fernhollow is paused\.$/,
        ],
        ['is prepared', preparing(), {}, /^The post is out\. Getting its first comment ready for Mastodon\.$/],
        [
          'is sent',
          next(preparing(), ready(1), EVENING, ahead).delivery,
          {},
          /^The post is out\. Sending its first comment to Mastodon\.$/,
        ],
        [
          'is tried again',
          failed(away),
          {},
          /^The post is out; its first comment follows\. Trouble .*; next try 18:00\.$/,
        ],
        [
          'had no line',
          failed(noLine),
          { online: false },
          /its first comment follows\. No connection to Mastodon\. It goes out when/,
        ],
        [
          'is refused',
          failed({ kind: 'refused', field: 'text', reason: 'no', ...said }),
          {},
          /^The post is out, its first comment is not\. Mastodon does not take this: no\. Change the post/,
        ],
        [
          'has lost its post',
          failed({ kind: 'target-gone', ...said }),
          {},
          /^The post is not there on Mastodon any more, so its first comment cannot follow\./,
        ],
        [
          'is late',
          asks('asleep'),
          {},
          /^The post is out\. Its first comment was to follow while this computer slept .*\. Send the rest, or leave it so\.$/,
        ],
        [
          'may be there',
          asks('rebuilt'),
          {},
          /^The post is out\. Its first comment was to follow .* so it may be out already/,
        ],
      ])('says that, and of its comment that it %s', (_how, delivery, more, sentence) => {
        expect(sentenceOf(delivery, { ...names, ...more })).toMatch(sentence)
      })

      it('is neither called due nor offered to be cancelled', () => {
        expect(lookOf(follows(), false).word).toBe('To follow')
        expect(lookOf(follows(), true).word).toBe('Held')
        expect(answersTo(follows())).toEqual(['send-now', 'leave'])
        expect(answersTo(follows(), { way: 'by-hand' })).toEqual(['send-now', 'leave'])
        expect(answersTo(asks('asleep'))).toEqual(['continue', 'leave'])
        const left = next(follows(), { kind: 'cancelled', by: 'you' }, EVENING, ahead).delivery
        expect(cancelledWords(left, 'Mastodon', true)).toEqual({
          text: 'The post stays, without its first comment.',
          mayPlan: false,
        })
      })

      it('is late because this computer slept, not because of what stood before it', () => {
        const late = EVENING + 3 * HOUR
        expect(next(follows(), wake, late, { ...ahead, turn: false }).delivery.state).toMatchObject({
          reason: { because: 'asleep' },
        })
      })
    })

    it('says so while it lies there', () => {
      expect(sentenceOf(lies(), names)).toContain('Its first comment follows once Outpost is open and online.')
    })
  })

  it('is looked for twice, a minute apart, before it is told to be gone', () => {
    const gone: DeliveryEvent = {
      kind: 'seen',
      outcome: { kind: 'trouble', trouble: { kind: 'target-gone', ...said } },
    }
    const once = next(handed(), gone, DUE + MINUTE, ahead).delivery
    expect(once).toMatchObject({ state: { kind: 'handed-over', at: DUE + 2 * MINUTE } })
    expect(next(once, gone, DUE + 90_000, ahead).delivery.state.kind).toBe('handed-over')
    expect(next(once, gone, DUE + 2 * MINUTE, ahead).delivery.state).toMatchObject({
      kind: 'needs-you',
      reason: { kind: 'not-out', why: 'removed' },
    })
    const set = next(once, { kind: 'clock-jumped' }, DUE + 5 * HOUR, ahead).delivery
    expect(next(set, gone, DUE + 5 * HOUR, ahead).delivery.state.kind).toBe('handed-over')
  })

  const tooEarly = { kind: 'refused', field: 'publishAt', reason: 'Stories are not scheduled', ...said } as const

  it.each<[string, Delivery]>([
    ['before it lies there', play(planned(), [wake, begun(1, DUE)], ahead, morning).delivery],
    ['when it is to lie there', play(planned(), [wake, begun(1, DUE), ready()], ahead, morning).delivery],
  ])('sends itself, at its time, what the network takes, but not ahead: said %s', (_when, asked) => {
    const refused: DeliveryEvent =
      asked.unanswered === null
        ? { kind: 'prepared', attempt: 'a', part: 0, outcome: { kind: 'trouble', trouble: tooEarly } }
        : answered(tooEarly)
    const { delivery, effects } = next(asked, refused, morning + MINUTE, ahead)
    expect(effects).toEqual([])
    expect(delivery).toMatchObject({ state: { kind: 'planned' }, mayGoAhead: false, attempt: '', wakeAt: DUE })
    expect(next(delivery, wake, morning + HOUR, ahead).effects).toEqual([])
    expect(callsOf(next(delivery, wake, DUE, ahead))).toEqual(['begin'])
  })

  it('is handed over later where the network does not take it yet: half of the time to it on, a day at least', () => {
    const far = { ...policy, abilities: { ...abilities, schedules: { ...schedules, latest: 30 * DAY } } }
    const [first, second] = [DUE - 10 * DAY, DUE - 5 * DAY]
    const full: Trouble = { ...tooEarly, reason: '300 wait already', notYet: true }
    const refusedAt = (from: Delivery, at: number) => {
      const asked = play(from, [wake, begun(1, DUE), ready()], far, at).delivery
      return next(asked, answered(full, 0, asked.commits), at + 3_000, far)
    }
    const once = refusedAt(planned(), first)
    expect(once.effects).toEqual([])
    expect(once.delivery).toMatchObject({ state: { kind: 'planned' }, mayGoAhead: true, attempt: '' })
    expect(Math.round((once.delivery.wakeAt - second) / MINUTE)).toBe(0)
    expect(next(once.delivery, wake, second - HOUR, far).effects).toEqual([])
    const again = next(once.delivery, wake, second + MINUTE, far)
    expect(again.effects).toEqual([{ kind: 'begin', aheadFor: DUE }])
    const handedOver = play(again.delivery, [begun(1, DUE), ready(), done('s1', 0, 2)], far, second + MINUTE).delivery
    expect(handedOver.state).toMatchObject({ kind: 'handed-over', goesOut: DUE })
    // A day at least; what would be too near then is sent from here.
    const near = refusedAt(once.delivery, DUE - 30 * HOUR).delivery
    expect(Math.round((near.wakeAt - (DUE - 6 * HOUR)) / MINUTE)).toBe(0)
    const last = refusedAt(near, DUE - 5 * HOUR).delivery
    expect(last.wakeAt).toBe(DUE)
    expect(next(last, wake, DUE - HOUR, far).effects).toEqual([])
    expect(next(last, wake, DUE, far).effects).toEqual([{ kind: 'begin', aheadFor: -1 }])
    // Another time is asked for at once.
    const other = next(once.delivery, { kind: 'moved', dueAt: DUE + HOUR }, first + HOUR, far).delivery
    expect(next(other, wake, first + HOUR, far).effects).toEqual([{ kind: 'begin', aheadFor: DUE + HOUR }])
  })

  it('remembers that through another try, and asks anew where its text or its time is another', () => {
    const stopped = { ...planned({ mayGoAhead: false }), state: { kind: 'needs-you' as const, reason: broken } }
    const again = next(stopped, { kind: 'retried' }, morning, ahead).delivery
    expect(again).toMatchObject({ state: { kind: 'planned' }, mayGoAhead: false })
    expect(next(again, { kind: 'edited', contentAt: 5 }, morning, ahead).delivery.mayGoAhead).toBe(true)
    expect(next(again, { kind: 'moved', dueAt: DUE + HOUR }, morning, ahead).delivery.mayGoAhead).toBe(true)
  })

  it('takes edits and moves along, once the author rests', () => {
    const edited = next(handed(), { kind: 'edited', contentAt: 5 }, morning + HOUR, ahead)
    expect(edited.delivery.state).toMatchObject({ pending: 'edit', at: morning + HOUR + 2 * MINUTE })
    expect(next(edited.delivery, wake, morning + HOUR + 2 * MINUTE, ahead).effects).toEqual([{ kind: 'edit' }])
    const moved = next(handed(), { kind: 'moved', dueAt: DUE + HOUR }, morning, ahead).delivery
    const told = next(
      moved,
      {
        kind: 'changed-there',
        what: 'edit',
        part: 0,
        attempt: 'b',
        contentAt: 0,
        goesOut: DUE + HOUR,
        outcome: { kind: 'done' },
      },
      morning,
      ahead,
    )
    expect(told.delivery.state).toMatchObject({ kind: 'handed-over', goesOut: DUE + HOUR, pending: '' })
  })

  describe('while nobody knows yet that it lies there', () => {
    const sending = play(planned(), [wake, begun(1, DUE), ready()], ahead, morning).delivery
    const looking = next(sending, answered({ kind: 'unknown', ...said }), morning + MINUTE, ahead).delivery
    const isFound: DeliveryEvent = { kind: 'found', attempt: 'a', part: 0, outcome: { kind: 'there', remoteId: 's1' } }
    const unsure = next(sending, answered({ kind: 'unknown', ...said }), morning + MINUTE, {
      ...ahead,
      abilities: { ...ahead.abilities, find: false },
    }).delivery

    it.each<[string, Delivery, DeliveryEvent]>([
      ['its answer came', sending, done('s1')],
      ['it was found', looking, isFound],
    ])('follows an edit and a hold once %s', (_how, from, known) => {
      const thenIs = (event: DeliveryEvent) => {
        const meant = next(from, event, morning + 2 * MINUTE, ahead).delivery
        return next(meant, known, morning + 3 * MINUTE, ahead).delivery
      }
      expect(thenIs({ kind: 'edited', contentAt: 5 }).state).toMatchObject({ kind: 'handed-over', pending: 'edit' })
      expect(thenIs({ kind: 'held' }).state).toMatchObject({ pending: 'remove', afterwards: 'planned' })
      expect(next(from, known, morning + 3 * MINUTE, ahead).delivery.state).toMatchObject({ pending: '' })
    })

    it('asks for what is wanted of it there, when a person found it and cannot say what it is called', () => {
      const written = next(unsure, { kind: 'edited', contentAt: 5 }, morning + 2 * MINUTE, ahead).delivery
      const there = next(written, { kind: 'is-there', remoteId: '', permalink: '' }, morning + 3 * MINUTE, ahead)
      const asks = next(there.delivery, wake, morning + 10 * MINUTE, ahead)
      expect(asks.delivery.state).toMatchObject({ kind: 'needs-you', reason: { kind: 'stuck-there', wanted: 'edit' } })
    })
  })

  it('is taken back while everything is held, and handed over again when that ends', () => {
    const everything = { ...ahead, paused: true, heldBack: true }
    const back = next(handed(), wake, morning + MINUTE, everything).delivery
    expect(next(back, wake, morning + MINUTE, everything).effects).toMatchObject([{ kind: 'remove', remoteId: 's1' }])
    const gone = next(back, takenBack, morning + MINUTE, everything).delivery
    expect(gone).toMatchObject({ state: { kind: 'planned' }, held: false })
    expect(next(gone, wake, morning + 2 * MINUTE, everything).effects).toEqual([])
    expect(callsOf(next(gone, wake, morning + 2 * MINUTE, ahead))).toEqual(['begin'])
    // Trouble with the account is no reason: what lies there goes out.
    expect(next(handed(), wake, morning + MINUTE, { ...ahead, paused: true }).delivery.state).toMatchObject({
      pending: '',
    })
  })

  it('goes out now when a person wants that: it is taken back first', () => {
    expect(answersTo(handed())).toEqual(['send-now', 'cancel'])
    expect(sendsNowSentence(handed(), 'Mastodon')).toBe(
      'Sending now takes it back from Mastodon first and sends it from here.',
    )
    const wanted = next({ ...handed(), held: true }, { kind: 'send-now' }, morning + HOUR, ahead).delivery
    expect(answersTo(wanted)).toEqual(['cancel'])
    expect(next(wanted, wake, morning + HOUR, ahead).effects).toMatchObject([{ kind: 'remove', remoteId: 's1' }])
    const free = next(wanted, takenBack, morning + HOUR, ahead).delivery
    expect(next(free, wake, morning + HOUR, ahead).effects).toEqual([{ kind: 'begin', aheadFor: -1 }])
  })

  it('is counted when everything is held, and what cannot be taken back is named', () => {
    expect(heldSentence(2, { takenBack: 0, goOut: 0 }, true)).toBe('Nothing is sent from 2 accounts until you let it.')
    expect(heldSentence(1, { takenBack: 1, goOut: 2 }, true)).toBe(
      'Nothing is sent from 1 account until you let it. 1 post that a network has already is being taken back. 2 posts that networks have already cannot be taken back from here, and go out.',
    )
    expect(heldSentence(1, { takenBack: 2, goOut: 0 }, false)).toContain('they go out at their time')
  })

  it('is a question after the database was rebuilt: it may lie there already', () => {
    const asks = next(planned(), { kind: 'rebuilt' }, morning, ahead).delivery
    expect(asks.state).toMatchObject({ kind: 'needs-you', reason: { kind: 'missed', because: 'rebuilt-ahead' } })
    expect(sentenceOf(asks, names)).toMatch(
      /so it may lie there already: look there first\. If Mastodon has it, say so/,
    )
    expect(answersTo(asks)).toEqual(['is-there', 'retry', 'cancel'])
    const there = next(asks, { kind: 'is-there', remoteId: '', permalink: '' }, morning, ahead).delivery
    expect(there.state).toMatchObject({ kind: 'handed-over', goesOut: DUE })
    expect(next(there, wake, DUE + 2 * MINUTE, ahead).delivery.state).toMatchObject({ kind: 'published', at: DUE })
    expect(callsOf(play(asks, [{ kind: 'retried' }, wake], ahead, morning))).toEqual(['begin'])
    // Out of its reach nothing can lie there; where its time is near, it was in reach before.
    expect(next(planned(), { kind: 'rebuilt' }, DUE - 25 * HOUR, ahead).delivery.state.kind).toBe('planned')
    expect(next(planned(), { kind: 'rebuilt' }, DUE - MINUTE, ahead).delivery.state.kind).toBe('needs-you')
    expect(next(planned(), { kind: 'rebuilt' }, morning, policy).delivery.state.kind).toBe('planned')
    const thread = play(planned(), [wake, begun(3), ready(), done('r1')]).delivery
    expect(next(thread, { kind: 'rebuilt' }, DUE, policy).delivery.state.kind).toBe('needs-you')
    // A person sent it ahead of its time.
    const early = next(planned(), { kind: 'send-now' }, morning, policy).delivery
    expect(next(early, { kind: 'rebuilt' }, morning, policy).delivery.state.kind).toBe('needs-you')
    // A new time is no answer to whether it is out, as the plan may have been moved before the database was lost.
    const late = next(planned(), { kind: 'rebuilt' }, DUE + MINUTE, policy).delivery
    expect(late.state).toMatchObject({ reason: { kind: 'missed', because: 'rebuilt' } })
    const moved = next(late, { kind: 'moved', dueAt: DUE + 3 * HOUR }, DUE + MINUTE, policy).delivery
    expect(moved.state).toEqual(late.state)
    expect(answersTo(moved)).toEqual(['done-by-hand', 'retry', 'cancel'])
    expect(next(moved, { kind: 'retried' }, DUE + MINUTE, policy).delivery.state.kind).toBe('planned')
  })

  it('is asked about after the database was rebuilt where what was answered, looked for or taken back may be lost', () => {
    const rebuilt = (from: Delivery) => next(from, { kind: 'rebuilt' }, DUE + MINUTE, ahead).delivery
    const because = (what: string) => ({ kind: 'needs-you', reason: { kind: 'missed', because: what } })
    const refused = next(
      { ...planned(), state: { kind: 'due', after: DUE, because: null } },
      {
        kind: 'not-begun',
        trouble: { kind: 'refused', field: 'text', reason: 'too long', ...said },
      },
      DUE,
      policy,
    ).delivery
    expect(refused.state.kind).toBe('needs-you')
    expect(rebuilt(refused).state).toEqual(because('rebuilt'))
    // A whole post is looked for; of a thread the next part may be out, too.
    const whole = play(planned(), [wake, begun(1), ready()]).delivery
    expect(rebuilt(whole)).toEqual(whole)
    const thread = play(planned(), [wake, begun(3), ready()]).delivery
    expect(rebuilt(thread)).toMatchObject({ state: because('rebuilt'), unanswered: null })
    const back = next(handed(), { kind: 'held' }, morning, ahead).delivery
    expect(rebuilt(back)).toMatchObject({ state: because('rebuilt-ahead'), sent: [] })
    expect(rebuilt(handed())).toEqual(handed())
  })

  it('is asked about after the database was rebuilt where this computer began a commit that the row does not know of', () => {
    const month = DUE - 30 * 24 * HOUR
    const noted = (commit: number, goesOut: number) => ({ deliveryId: 'p~c', commit, goesOut })
    const rebuilt = (from: Delivery, known: Begun, by: Policy = ahead, now = month) =>
      next(from, { kind: 'rebuilt', begun: known }, now, by).delivery
    const because = (what: string) => ({ kind: 'needs-you', reason: { kind: 'missed', because: what } })

    // Sent by hand a month before its time.
    for (const by of [policy, ahead]) {
      const asked = rebuilt(planned(), noted(1, month - HOUR), by)
      expect(asked).toMatchObject({ state: because('begun-before'), commits: 1 })
      expect(next(asked, wake, DUE + MINUTE, by).effects).toEqual([])
      // A new time says nothing of whether it is out.
      const moved = next(asked, { kind: 'moved', dueAt: DUE + HOUR }, month, by).delivery
      expect(moved).toMatchObject({ state: because('begun-before'), dueAt: DUE + HOUR })
    }
    const early = rebuilt(planned(), noted(1, month - HOUR))
    expect(sentenceOf(early, names)).toMatch(
      /^Planned for .+, it was begun to be sent before, .+ look there first\. If it is out, say so; if not, try again\.$/,
    )
    expect(answersTo(early)).toEqual(['done-by-hand', 'retry', 'cancel'])
    expect(next(early, { kind: 'handed-off', permalink: '' }, month, ahead).delivery.state.kind).toBe('published')
    const again = next(early, { kind: 'retried' }, month, ahead).delivery
    expect(again.state.kind).toBe('planned')
    // Once answered, it is not asked about again.
    expect(rebuilt(again, noted(1, month - HOUR))).toEqual(again)

    // Handed over, to go out later, for a time that the plan does not know any more.
    expect(rebuilt(planned(), noted(1, month + HOUR)).state).toEqual(because('rebuilt-ahead'))
    expect(rebuilt(planned(), noted(1, month - HOUR), ahead, DUE).state).toEqual(because('begun-before'))
    // What lay there was taken back and sent anew.
    expect(rebuilt(handed(), noted(2, morning), ahead, morning)).toMatchObject({
      state: because('begun-before'),
      sent: [],
      commits: 2,
    })
    const gone = { ...handed(), state: { kind: 'needs-you', reason: { kind: 'not-out', why: 'removed' } } } as const
    expect(rebuilt(gone, noted(2, morning), ahead, morning).state).toEqual(because('begun-before'))
    // All that was begun is known.
    expect(rebuilt(handed(), noted(1, DUE), ahead, morning)).toEqual(handed())
    const whole = play(planned(), [wake, begun(1), ready()]).delivery
    expect(rebuilt(whole, noted(1, DUE), policy, DUE)).toEqual(whole)
  })

  it('is asked about, and not sent, where the shell has begun that commit before: for the workspace this one is a copy of', () => {
    const refused = (commit: number, goesOut = DUE - HOUR): DeliveryEvent => ({
      kind: 'committed',
      attempt: 'a',
      part: 0,
      commit: 1,
      outcome: { kind: 'begun-before', begun: { deliveryId: 'p~c', commit, goesOut } },
    })
    const because = (what: string) => ({ kind: 'needs-you', reason: { kind: 'missed', because: what } })
    const asked = next(committing(), refused(3), DUE, policy).delivery
    expect(asked).toMatchObject({ state: because('begun-before'), unanswered: null, commits: 3, attempt: '' })
    // Answered, the next has a number of its own.
    const sent = play(asked, [{ kind: 'retried' }, wake, begun(), ready()])
    expect(sent.effects).toMatchObject([{ kind: 'remember' }, { kind: 'commit', commit: 4 }])
    // Handed over there, and not here.
    const handing = play(planned(), [wake, begun(1, DUE), ready()], ahead, morning).delivery
    expect(next(handing, refused(1, DUE), morning, ahead).delivery.state).toEqual(because('rebuilt-ahead'))
    // The next part of a thread.
    const thread = play(planned(), [wake, begun(3), ready(), done('r1'), ready(1)]).delivery
    const second = { ...refused(2), part: 1, commit: 2 } as DeliveryEvent
    expect(next(thread, second, DUE, policy).delivery).toMatchObject({ state: because('rebuilt'), sent: [{}] })
    // Cancelled meanwhile, nothing is left to be asked.
    const cancelled = next(committing(), { kind: 'cancelled', by: 'you' }, DUE, policy).delivery
    expect(next(cancelled, refused(1), DUE, policy).delivery.state).toEqual({ kind: 'cancelled', by: 'you' })
  })

  it('tells our own change from that of somebody else, when it is edited again before its answer was missed', () => {
    const edit = next(handed(), { kind: 'edited', contentAt: 5 }, morning, ahead).delivery
    const tried = next(edit, { kind: 'trying', attempt: 'e1' }, morning + 2 * MINUTE, ahead).delivery
    const fault: DeliveryEvent = {
      kind: 'changed-there',
      what: 'edit',
      part: 0,
      attempt: 'e1',
      contentAt: 5,
      goesOut: DUE,
      outcome: { kind: 'trouble', trouble: { kind: 'server-fault', until: null, ...said } },
    }
    const again = play(tried, [fault, { kind: 'edited', contentAt: 6 }], ahead, morning + 3 * MINUTE).delivery
    expect(again.state).toMatchObject({ pending: 'edit', unsure: true, tried: 'e1' })
    const shows = (holds: { sent: boolean; tried: boolean; wanted: boolean }): DeliveryEvent => ({
      kind: 'seen',
      outcome: {
        kind: 'seen',
        permalink: '',
        state: 'scheduled',
        because: '',
        fingerprint: 'other',
        remoteId: 's1',
      },
      holds,
    })
    const ours = next(again, shows({ sent: false, tried: true, wanted: false }), morning + 5 * MINUTE, ahead).delivery
    expect(ours.state).toMatchObject({ pending: 'edit', changedThere: false, print: 'other' })
    const theirs = next(again, shows({ sent: false, tried: false, wanted: false }), morning + 5 * MINUTE, ahead)
    expect(theirs.delivery.state).toMatchObject({ pending: '', changedThere: true })
  })

  it('changes what is out soon after the clock was set back', () => {
    const live: Delivery = {
      ...handed(),
      state: { kind: 'published', at: DUE, late: false, reads: 1, readAt: DUE, mark: null },
    }
    const wanted = next(live, { kind: 'change-out', what: 'remove' }, DUE + MINUTE, ahead).delivery
    const early = DUE - 72 * HOUR
    const { state } = next(wanted, { kind: 'clock-jumped' }, early, ahead).delivery
    expect(state).toMatchObject({ at: early, readAt: early + MINUTE / 2, change: { at: early + MINUTE / 2 } })
  })

  it('is not sent anew because the access could not be renewed while it waits there', () => {
    const shut: DeliveryEvent = { kind: 'not-renewed', trouble: { kind: 'access-withdrawn', reason: '', ...said } }
    const waits = play(handed(), [shut, { kind: 'reconnected' }], ahead, morning + HOUR)
    expect(waits.delivery).toMatchObject({ state: { kind: 'handed-over' }, sent: [{ remoteId: 's1' }] })
  })

  it('takes it back when it is cancelled, and says so where that cannot be done', () => {
    const back = next(handed(), { kind: 'cancelled', by: 'you' }, morning, ahead)
    expect(next(back.delivery, wake, morning, ahead).effects).toEqual([{ kind: 'remove', part: 0, remoteId: 's1' }])
    const removed: DeliveryEvent = {
      kind: 'changed-there',
      what: 'remove',
      part: 0,
      attempt: '',
      contentAt: 0,
      goesOut: 0,
      outcome: { kind: 'done' },
    }
    expect(next(back.delivery, removed, morning, ahead).delivery).toMatchObject({
      state: { kind: 'cancelled', by: 'you' },
      sent: [],
    })
    const rigid = { ...ahead, abilities: { ...ahead.abilities, remove: false } }
    expect(next(handed(rigid), { kind: 'cancelled', by: 'you' }, morning, rigid).delivery.state).toMatchObject({
      kind: 'needs-you',
      reason: { kind: 'stuck-there', wanted: 'remove' },
    })
  })

  const prepares = play(planned(), [wake, begun(1, DUE)], ahead, morning).delivery
  const hindered = (trouble: Trouble): DeliveryEvent => ({
    kind: 'prepared',
    attempt: 'a',
    part: 0,
    outcome: { kind: 'trouble', trouble },
  })
  it.each<[string, Delivery]>([
    ['made ready', prepares],
    ['tried again', next(prepares, hindered({ kind: 'server-fault', until: null, ...said }), morning, ahead).delivery],
    ['waiting for the line', next(prepares, hindered({ kind: 'no-network', ...said }), morning, ahead).delivery],
  ])('is a reminder only at its time, where it is posted by hand from when it was %s on', (_how, from) => {
    expect(from.state.kind).not.toBe('planned')
    const byHand = { ...ahead, way: 'by-hand' as const }
    const waits = next(from, wake, morning + HOUR, byHand)
    expect(waits).toMatchObject({ delivery: { state: { kind: 'planned' }, attempt: '', wakeAt: DUE }, effects: [] })
    expect(next(waits.delivery, wake, DUE - 1, byHand).effects).toEqual([])
    const told = next(waits.delivery, wake, DUE, byHand)
    expect(told).toMatchObject({ delivery: { state: { kind: 'hand-off' } }, effects: [{ about: 'hand-off' }] })
    // Whoever wants it out now is reminded now.
    const wanted = play(waits.delivery, [{ kind: 'send-now' }, wake], byHand, morning + HOUR)
    expect(wanted.delivery.state.kind).toBe('hand-off')
  })

  it.each([
    ['taken back', { kind: 'cancelled', by: 'you' }, 1],
    ['taken back, with a first comment', { kind: 'held' }, 2],
  ] as const)('goes out at its time where it could not be %s and a person leaves it there', (_what, event, parts) => {
    const rigid = { ...ahead, abilities: { ...ahead.abilities, remove: false } }
    const stuck = next({ ...handed(rigid), parts }, event, morning, rigid).delivery
    expect(answersTo(stuck)).toContain('is-there')
    const told: DeliveryEvent = { kind: 'is-there', remoteId: '', permalink: 'https://m.example/1' }
    const left = next(stuck, told, morning + MINUTE, rigid)
    expect(left.effects).toEqual([])
    expect(left.delivery).toMatchObject({
      state: { kind: 'handed-over', goesOut: DUE, pending: '' },
      permalink: 'https://m.example/1',
      stop: '',
    })
    expect(sentenceOf(left.delivery, names)).toMatch(/^Mastodon has it and publishes it /)
    expect(callsOf(next(left.delivery, wake, morning + HOUR, rigid))).toEqual(['see'])
    // Its time is over, and nobody has looked yet.
    const late = next(stuck, told, DUE + 30_000, rigid).delivery
    expect(late.state.kind).toBe(parts === 1 ? 'published' : 'due')
  })

  it('is published only when the network shows it, under whatever id', () => {
    const seen = (state: 'scheduled' | 'public', fingerprint = 'f'): DeliveryEvent => ({
      kind: 'seen',
      outcome: { kind: 'seen', permalink: 'https://m.example/1', state, because: '', fingerprint, remoteId: 's2' },
    })
    const waits = next(handed(), seen('scheduled'), morning + MINUTE, ahead).delivery
    expect(waits.state.kind).toBe('handed-over')
    const changed = next(waits, seen('scheduled', 'g'), morning + HOUR, ahead)
    expect(sentenceOf(changed.delivery, names)).toContain('somebody changed it there')
    const out = next(waits, seen('public'), DUE + MINUTE, ahead).delivery
    expect(out).toMatchObject({ state: { kind: 'published', at: DUE }, sent: [{ remoteId: 's2' }] })
  })

  it('says what should have gone with it and did not: a mail that failed', () => {
    const outcome = {
      kind: 'seen',
      permalink: '',
      state: 'public',
      because: '',
      fingerprint: 'f',
      remoteId: 's2',
    } as const
    const lacks = 'mailing its newsletter failed.'
    const looked = next(handed(), { kind: 'seen', outcome: { ...outcome, lacks } }, DUE + MINUTE, ahead)
    expect(looked.effects).toContainEqual({ kind: 'alert', about: 'not-as-meant' })
    expect(sentenceOf(looked.delivery, names)).toContain('not all of its parts: mailing its newsletter failed.')
  })

  it('is changed when its author rests, though a look that was under way comes back meanwhile', () => {
    const edited = next(handed(), { kind: 'edited', contentAt: 5 }, morning + HOUR, ahead).delivery
    const seen: DeliveryEvent = {
      kind: 'seen',
      outcome: { kind: 'seen', permalink: '', state: 'scheduled', because: '', fingerprint: 'f', remoteId: 's1' },
    }
    const looked = next(edited, seen, morning + HOUR + MINUTE, ahead).delivery
    expect(next(looked, wake, morning + HOUR + 2 * MINUTE, ahead).effects).toEqual([{ kind: 'edit' }])
  })

  it('is deleted there though the wish came while a change was on its way', () => {
    const wanted = (what: 'edit' | 'remove'): DeliveryEvent => ({ kind: 'change-out', what })
    const told = (outcome: Extract<DeliveryEvent, { kind: 'changed-there' }>['outcome']): DeliveryEvent => ({
      kind: 'changed-there',
      what: 'edit',
      part: 0,
      attempt: 'a2',
      contentAt: DUE,
      goesOut: 0,
      outcome,
    })
    const able = { ...ahead, abilities: { ...ahead.abilities, schedules: null } }
    const out: Delivery = {
      ...handed(),
      aheadFor: -1,
      state: { kind: 'published', at: DUE, late: false, reads: 0, mark: null },
    }
    const changing = next(next(out, wanted('edit'), DUE, able).delivery, wake, DUE, able)
    expect(changing.effects).toEqual([{ kind: 'edit' }])
    const doomed = next(changing.delivery, wanted('remove'), DUE, able).delivery
    for (const outcome of [
      { kind: 'done' },
      { kind: 'trouble', trouble: { kind: 'refused', field: '', reason: 'old', details: '' } },
    ] as const) {
      const after = next(doomed, told(outcome), DUE, able).delivery
      expect(next(after, wake, DUE, able).effects).toEqual([{ kind: 'remove', part: 0, remoteId: 's1' }])
    }
  })

  describe('and was changed there', () => {
    const seen = (fingerprint: string): DeliveryEvent => ({
      kind: 'seen',
      outcome: { kind: 'seen', permalink: '', state: 'scheduled', because: '', fingerprint, remoteId: 's1' },
    })
    const changed = (circumstances = ahead) =>
      play(handed(circumstances), [seen('f'), seen('g')], circumstances, morning + HOUR).delivery
    const ours: DeliveryEvent = { kind: 'ours-back' }

    it('asks whose version goes out', () => {
      expect(answersTo(changed())).toEqual(['ours-back', 'theirs-kept', 'send-now', 'cancel'])
      expect(answersTo(handed())).toEqual(['send-now', 'cancel'])
    })

    it('puts ours back at once, as an edit there and no second post', () => {
      const put = next(changed(), ours, morning + HOUR, ahead).delivery
      expect(put.state).toMatchObject({ pending: 'edit', at: morning + HOUR })
      expect(answersTo(put)).toEqual(['send-now', 'cancel'])
      expect(next(put, wake, morning + HOUR, ahead).effects).toEqual([{ kind: 'edit' }])
      expect(next(put, ours, morning + HOUR, ahead).delivery).toBe(put)
    })

    it('takes it back and hands it over anew where the network takes no edits', () => {
      const noEdits = { ...ahead, abilities: { ...ahead.abilities, edit: false } }
      const put = next(changed(noEdits), ours, morning + HOUR, noEdits).delivery
      expect(put.state).toMatchObject({ pending: 'remove', afterwards: 'planned' })
      expect(next(put, wake, morning + HOUR, noEdits).effects).toEqual([{ kind: 'remove', part: 0, remoteId: 's1' }])
    })

    it('keeps theirs until it is changed once more', () => {
      const kept = next(changed(), { kind: 'theirs-kept' }, morning + HOUR, ahead).delivery
      expect(answersTo(kept)).toEqual(['send-now', 'cancel'])
      expect(answersTo(next(kept, seen('g'), morning + 2 * HOUR, ahead).delivery)).toEqual(['send-now', 'cancel'])
      expect(answersTo(next(kept, seen('h'), morning + 2 * HOUR, ahead).delivery)).toContain('ours-back')
    })

    describe('and theirs was taken over', () => {
      const at = DUE + 2 * HOUR + 7_000
      const taken: DeliveryEvent = {
        kind: 'theirs-taken',
        print: 'g',
        goesOut: at,
        plannedFor: DUE + 2 * HOUR,
        attempt: 'now',
        contentAt: morning + HOUR,
      }
      const ours = next(changed(), taken, morning + HOUR, ahead)

      it('sends nothing, and knows what is there and when it goes out', () => {
        expect(ours.effects).toEqual([])
        expect(ours.delivery).toMatchObject({
          dueAt: DUE + 2 * HOUR,
          plannedFor: DUE + 2 * HOUR,
          contentAt: morning + HOUR,
          attempt: 'now',
          state: { kind: 'handed-over', goesOut: at, pending: '', print: 'g', changedThere: false },
        })
        expect(next(ours.delivery, wake, morning + 7 * HOUR, ahead).effects).toEqual([{ kind: 'see', remoteId: 's1' }])
        expect(answersTo(next(ours.delivery, seen('g'), morning + 2 * HOUR, ahead).delivery)).toEqual([
          'send-now',
          'cancel',
        ])
        expect(answersTo(next(ours.delivery, seen('h'), morning + 2 * HOUR, ahead).delivery)).toContain('ours-back')
      })

      it('drops the edit that following the plan had meant already, and stops no removal', () => {
        const moved = next(changed(), { kind: 'moved', dueAt: DUE + 2 * HOUR }, morning + HOUR, ahead).delivery
        expect(moved.state).toMatchObject({ pending: 'edit' })
        expect(next(moved, taken, morning + HOUR, ahead).delivery.state).toMatchObject({ pending: '', print: 'g' })
        const leaving = next(changed(), { kind: 'cancelled', by: 'you' }, morning + HOUR, ahead).delivery
        expect(next(leaving, taken, morning + HOUR, ahead).delivery).toBe(leaving)
      })

      it('keeps the content that was sent where none could be made', () => {
        const before = changed()
        expect(next(before, { ...taken, attempt: '' }, morning + HOUR, ahead).delivery.attempt).toBe(before.attempt)
      })
    })

    it('has nothing to put back where nobody changed anything', () => {
      const waits = handed()
      expect(next(waits, ours, morning + HOUR, ahead).delivery).toBe(waits)
    })
  })
})

describe('a post that goes out by hand', () => {
  it('is asked for at its time and is published when somebody says so', () => {
    const byHand = { ...policy, way: 'by-hand' as const }
    const asks = next(planned(), wake, DUE, byHand)
    expect(asks.delivery.state.kind).toBe('hand-off')
    expect(asks.effects).toEqual([{ kind: 'alert', about: 'hand-off' }])
    const done = next(asks.delivery, { kind: 'handed-off', permalink: 'https://s.example/1' }, DUE, byHand)
    expect(done.delivery).toMatchObject({ state: { kind: 'published' }, permalink: 'https://s.example/1' })
  })

  it.each<[string, Partial<Policy>, Partial<Delivery>]>([
    ['its account is paused', { paused: true }, {}],
    ['it is held', {}, { held: true }],
  ])('is not asked for while %s, says so, and is asked for once that ends, however late', (_when, more, fields) => {
    const byHand = { ...policy, way: 'by-hand' as const }
    const told = { ...names, way: byHand.way, paused: Boolean(more.paused) }
    expect(sentenceOf(planned(fields), told)).toMatch(/^Held/)
    const waits = next(planned(fields), wake, DUE, { ...byHand, ...more })
    expect(waits).toMatchObject({ delivery: { state: { kind: 'due' } }, effects: [] })
    expect(sentenceOf(waits.delivery, told)).toMatch(/^(Held|Waits: @fernhollow is paused)\./)
    const later = next(waits.delivery, wake, DUE + HOUR, { ...byHand, ...more })
    expect(later.delivery).toEqual(waits.delivery)
    const freed = next(later.delivery, { kind: 'released' }, DUE + 5 * HOUR, byHand).delivery
    expect(next(freed, wake, DUE + 5 * HOUR, byHand).effects).toEqual([{ kind: 'alert', about: 'hand-off' }])
  })
})

describe('what is held back while it is tried again', () => {
  const away: Trouble = { kind: 'server-fault', until: null, ...said }
  const outcome = { kind: 'trouble', trouble: away } as const
  const retrying = play(planned(), [wake, begun(), { kind: 'prepared', attempt: 'a', part: 0, outcome }]).delivery

  it('promises no next try', () => {
    expect(sentenceOf(retrying, names)).toMatch(/^Trouble reaching Mastodon; next try \d\d:\d\d\.$/)
    const held = next(retrying, { kind: 'held' }, DUE, policy).delivery
    expect(held.state.kind).toBe('retrying')
    expect(sentenceOf(held, names)).toBe('Held. It waits until you let it go.')
    expect(sentenceOf(retrying, { ...names, paused: true })).toBe('Waits: @fernhollow is paused.')
    for (const [delivery, paused] of [
      [held, false],
      [retrying, true],
    ] as const)
      expect(lookOf(delivery, paused).word).toBe('Held')
    expect(lookOf(retrying, false).word).toBe('Trying again')
  })
})

describe('an account that its network stopped', () => {
  const withdrawn: Trouble = { kind: 'access-withdrawn', reason: '', ...said }
  const told = (trouble: Trouble): Names => ({ ...names, paused: true, pausedBy: trouble })

  it('is told beside all that is planned for it, with the way to connect it', () => {
    expect(sentenceOf(planned(), told(withdrawn))).toBe(
      'Held. Mastodon no longer lets Outpost post as @fernhollow. Connect the account again; everything waits for it.',
    )
    expect(answersTo(planned(), told(withdrawn))).toEqual(['reconnect', 'send-now', 'cancel'])
    expect(answersTo(next(planned(), wake, DUE, { ...policy, paused: true }).delivery, told(withdrawn))[0]).toBe(
      'reconnect',
    )
  })

  it('is let go on beside its channel where its access is well', () => {
    const stopped: Trouble = { ...withdrawn, stopped: 'the Support Inbox' }
    expect(answersTo(planned(), told(stopped))[0]).toBe('open-channel')
    const asked: Delivery = {
      ...planned(),
      state: { kind: 'needs-you', reason: { kind: 'trouble', trouble: stopped } },
    }
    expect(answersTo(asked)).toEqual(['open-channel', 'cancel'])
  })

  it('cannot be connected where Outpost is too old for its network', () => {
    expect(answersTo(planned(), told({ kind: 'changed', ...said }))).toEqual(['send-now', 'cancel'])
  })
})

describe('what cancelling came to', () => {
  const cancelled = (from: Delivery, circumstances = policy) =>
    next(from, { kind: 'cancelled', by: 'you' }, DUE, circumstances).delivery
  const toldOf = (from: Delivery, online = true) => cancelledWords(cancelled(from), 'Mastodon', online)
  const there: Delivery = {
    ...planned({ aheadFor: DUE, parts: 1, sent: [{ remoteId: 's', at: 0 }] }),
    state: {
      kind: 'handed-over',
      goesOut: DUE,
      at: DUE,
      pending: '',
      afterwards: 'handed-over',
      print: '',
      changedThere: false,
    },
  }
  const cut = play(planned(), [
    wake,
    begun(3),
    ready(),
    done('r1'),
    ready(1),
    answered({ kind: 'refused', field: '', reason: 'no', ...said }, 1, 2),
  ]).delivery
  const unclear: Delivery = {
    ...committing(),
    state: { kind: 'needs-you', reason: { kind: 'unclear', why: 'not-seen' } },
  }

  it.each<[string, Delivery, boolean, RegExp, boolean]>([
    ['is planned', planned(), true, /^Cancelled\. It is not sent\.$/, true],
    ['may be out', unclear, true, /^Cancelled here\. It may be out on Mastodon all the same: look there\.$/, true],
    ['lies at its network', there, true, /^It is being taken back from Mastodon\.$/, true],
    [
      'lies there, and there is no line',
      there,
      false,
      /only online: until then it goes out there at its time\.$/,
      true,
    ],
    ['is out in part', cut, true, /^Nothing more is sent: 1 of 3 parts are out\.$/, false],
    [
      'is being sent',
      committing(),
      true,
      /^It may be out already\. It is cancelled if it can still be stopped\.$/,
      false,
    ],
    ['is out', play(committing(), [done()]).delivery, true, /^It is out on Mastodon already\.$/, false],
  ])('says what became of one that %s', (_how, from, online, text, mayPlan) => {
    const words = toldOf(from, online)
    expect(words.text).toMatch(text)
    expect(words.mayPlan).toBe(mayPlan)
  })

  it('says what cannot be taken back', () => {
    const stuck = cancelled(there, { ...policy, abilities: { ...abilities, remove: false } })
    expect(cancelledWords(stuck, 'Mastodon', true).text).toBe(
      'It cannot be taken back from here. Do it on Mastodon itself.',
    )
  })

  it('is not that nothing was sent where that is not known', () => {
    expect(sentenceOf(cancelled(planned()), names)).toBe('Cancelled before it was sent.')
    expect(sentenceOf(cancelled(unclear), names)).toMatch(/^Cancelled here; it may be out on Mastodon all the same\./)
    const lostPart: Delivery = { ...unclear, parts: 3, sent: [{ remoteId: 'r1', at: DUE }] }
    expect(sentenceOf(cancelled(lostPart), names)).toMatch(
      /^1 of 3 parts are out\. Cancelled here; the next part may be/,
    )
  })
})

describe('the words behind what stops it', () => {
  const refused: Trouble = { kind: 'refused', field: '', reason: 'too long', details: '422 {"error":"too long"}' }
  const away: DeliveryEvent = {
    kind: 'prepared',
    attempt: 'a',
    part: 0,
    outcome: { kind: 'trouble', trouble: { kind: 'server-fault', until: null, details: '503 away' } },
  }
  it.each<[string, Delivery, string]>([
    [
      'a refusal before anything was tried',
      play(planned(), [wake, { kind: 'not-begun', trouble: refused }]).delivery,
      refused.details,
    ],
    [
      'a refusal of what was sent',
      play(planned(), [wake, begun(), ready(), answered(refused)]).delivery,
      refused.details,
    ],
    [
      'a fault of ours',
      play(planned(), [wake, begun(), { kind: 'broke', details: 'TypeError: x' }]).delivery,
      'TypeError: x',
    ],
    ['trouble that passes', play(planned(), [wake, begun(), away]).delivery, '503 away'],
    ['nothing', planned(), ''],
  ])('are kept for who wants them: %s', (_of, delivery, details) => expect(detailsOf(delivery)).toBe(details))
})

describe('what went out', () => {
  it('is told as gone, or as never shown where its network says why', () => {
    const gone = (because: string): Delivery => ({
      ...planned({ sent: [{ remoteId: 'r', at: DUE }], parts: 1 }),
      state: { kind: 'published', at: DUE, late: false, reads: 1, mark: { kind: 'removed', because } },
    })
    expect(sentenceOf(gone(''), names)).toBe('It was on Mastodon, and was taken away there.')
    expect(sentenceOf(gone('Its codec is not known.'), names)).toBe('It is not on Mastodon: Its codec is not known.')
  })

  it('is read back after a minute, an hour and a day, and marked when it is not as it was meant', () => {
    const out = play(planned(), [wake, begun(), ready(), done()]).delivery
    const seen: DeliveryEvent = {
      kind: 'seen',
      outcome: {
        kind: 'seen',
        permalink: 'https://y.example/1',
        state: 'private',
        because: 'the app is not audited yet',
        fingerprint: '',
        remoteId: 'r',
      },
    }
    const first = next(out, seen, DUE + MINUTE, policy)
    expect(first.effects).toEqual([{ kind: 'alert', about: 'not-as-meant' }])
    expect(sentenceOf(first.delivery, names)).toBe(
      'It is on Mastodon, but only you can see it: the app is not audited yet.',
    )
    const at = out.state.kind === 'published' ? out.state.at : 0
    expect([out, first.delivery].map(({ wakeAt }) => wakeAt - at)).toEqual([MINUTE, HOUR])
    expect(next(first.delivery, seen, DUE + HOUR, policy).effects).toEqual([])
  })

  it('says that something of it is not there, or not there yet, in the words of its network', () => {
    const out = play(planned(), [wake, begun(), ready(), done()]).delivery
    const shown = (state: 'partial' | 'in-review', because: string) => {
      const outcome = { kind: 'seen', permalink: '', state, because, fingerprint: '', remoteId: 'r' } as const
      return sentenceOf(next(out, { kind: 'seen', outcome }, DUE + MINUTE, policy).delivery, names)
    }
    expect(shown('partial', 'The post it quotes was deleted.')).toBe(
      'It is on Mastodon, but not all of its parts: The post it quotes was deleted.',
    )
    expect(shown('in-review', 'Its author has not agreed yet.')).toBe(
      'It is on Mastodon, and it is under review there: Its author has not agreed yet.',
    )
  })

  const out = play(planned(), [wake, begun(), ready(), done()]).delivery
  const at = DUE + 2 * MINUTE
  const unseen = (trouble: Trouble, from = out) =>
    next(from, { kind: 'seen', outcome: { kind: 'trouble', trouble } }, at, policy)

  it.each<[string, Trouble, number]>([
    ['there is no line', { kind: 'no-network', ...said }, 30_000],
    ['a sign-in page answers', { kind: 'in-between', by: 'portal', ...said }, 30_000],
    [
      'the network asks to wait',
      { kind: 'rate-limited', until: at + 7 * MINUTE, shared: 'account', ...said },
      7 * MINUTE,
    ],
    ['the network is at fault', { kind: 'server-fault', until: null, ...said }, 30_000],
  ])('is read back later when %s, and no look is used up', (_when, trouble, wait) => {
    const waits = unseen(trouble)
    expect(waits.delivery).toMatchObject({ state: { reads: 0 }, wakeAt: at + wait })
    expect(callsOf(waits)).toEqual(trouble.kind === 'rate-limited' ? ['limit'] : [])
    expect(callsOf(next(waits.delivery, wake, at + wait, policy))).toEqual(['see'])
  })

  it('is read back with an access that is renewed, and waits while there is none', () => {
    const expired: Trouble = { kind: 'access-expired', ...said }
    const renews = unseen(expired)
    expect(callsOf(renews)).toEqual(['renew'])
    expect(callsOf(next(renews.delivery, wake, at, policy))).toEqual(['see'])
    const refused = next(renews.delivery, { kind: 'not-renewed', trouble: expired }, at, policy)
    expect(refused.effects).toMatchObject([{ kind: 'pause', scope: 'account' }])
    const paused = next(refused.delivery, wake, at + HOUR, { ...policy, paused: true })
    expect(paused).toMatchObject({ delivery: { state: { reads: 0 }, wakeAt: at + 2 * HOUR }, effects: [] })
    expect(callsOf(next(paused.delivery, wake, at + 2 * HOUR, policy))).toEqual(['see'])
  })

  it('is not asked for while the account has to wait', () => {
    const limited = next(out, wake, at, { ...policy, limitedUntil: at + HOUR })
    expect(limited).toMatchObject({ delivery: { wakeAt: at + HOUR }, effects: [] })
  })

  it('keeps its looks, however often a person has it looked at in between', () => {
    const shown = (state: 'processing' | 'private'): Seen => ({
      kind: 'seen',
      permalink: '',
      state,
      because: '',
      fingerprint: '',
      remoteId: 'r',
    })
    const look = (from: Delivery, outcome: Seen, now: number) =>
      next(from, { kind: 'seen', outcome, asked: true }, now, policy).delivery
    const refused: Seen = { kind: 'trouble', trouble: { kind: 'not-permitted', right: '', ...said } }
    const outAt = out.state.kind === 'published' ? out.state.at : 0
    // The first is one of them: what goes with the post was seen to.
    let row = look(out, shown('processing'), outAt + 5_000)
    for (const outcome of [shown('processing'), refused, shown('processing')])
      row = look(row, outcome, outAt + 10 * MINUTE)
    expect(row).toMatchObject({ state: { reads: 1, mark: { kind: 'processing' } }, wakeAt: outAt + HOUR })
    // When it was time to look anyway, that is done.
    row = look(row, shown('processing'), outAt + HOUR)
    expect(row).toMatchObject({ state: { reads: 2 }, wakeAt: outAt + 24 * HOUR })
    row = look(row, shown('processing'), outAt + 2 * HOUR)
    expect(callsOf(next(row, wake, outAt + 24 * HOUR, policy))).toEqual(['see'])
    row = next(row, { kind: 'seen', outcome: shown('private') }, outAt + 24 * HOUR, policy).delivery
    expect(row).toMatchObject({ state: { reads: 3, mark: { kind: 'private' } }, wakeAt: -1 })
    expect(look(row, shown('processing'), outAt + 30 * HOUR)).toMatchObject({ state: { reads: 3 }, wakeAt: -1 })
  })

  it('is let be in the end, when asking for it breaks again and again', () => {
    let row = out
    let asked = 0
    for (let now = at; row.wakeAt >= 0; now = row.wakeAt) {
      expect(callsOf(next(row, wake, now, policy))).toEqual(['see'])
      row = next(row, { kind: 'broke', details: 'x' }, now, policy).delivery
      asked += 1
      expect(row.wakeAt === -1 || row.wakeAt >= now + 30_000).toBe(true)
    }
    expect(asked).toBe(3 * 13)
  })
})

it('the ledger names a day once: that of its first line, and each that begins on its clock', () => {
  const at = Date.UTC(2026, 9, 14, 21, 58)
  const lines = [at, at + MINUTE, at + 3 * MINUTE, at + 24 * HOUR]
  const days = lines.map((line, index) => ledgerDay(line, lines[index - 1], 'Europe/Berlin'))
  expect(days.map((day) => day.slice(0, 10))).toEqual(['Wed 14 Oct', '', 'Thu 15 Oct', ''])
})
