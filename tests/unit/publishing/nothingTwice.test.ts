import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Fate, type Op, World } from './model.ts'

/** How many sequences are tried: `OUTPOST_SEQUENCES=10000 npx vitest run tests/unit/publishing/nothingTwice.test.ts` for a long run. */
const SEQUENCES = Number(process.env.OUTPOST_SEQUENCES ?? 1_000)
/** Milliseconds, on a machine that has other things to do. */
const LIMIT = Math.max(120_000, SEQUENCES * 100)
const SEED = Number(process.env.OUTPOST_SEED ?? Date.now() % 1_000_000_007)

const window = fc.constantFrom(0 as const, 1 as const)
const fates: Fate[] = [
  'takes',
  'takes, answer lost',
  'takes late, answer lost',
  'never arrives, answer lost',
  'server fault, took it',
  'busy',
  'access ran out',
  'refused',
  'not ahead',
  'breaks',
  'down before',
  'not let through',
  'what it belongs to is gone',
]
/** What can become of a look. */
const SEEING: Fate[] = ['takes', 'busy', 'access ran out']
const answer = fc.record({
  op: fc.constant('answer' as const),
  window: fc.oneof({ weight: 4, arbitrary: fc.constant(0 as const) }, { weight: 1, arbitrary: window }),
  call: fc.nat(5),
  fate: fc.oneof(
    { weight: 6, arbitrary: fc.constant('takes' as const) },
    { weight: 6, arbitrary: fc.constantFrom(...fates) },
  ),
  delay: fc.nat(50),
})
const which = fc.nat(17)
/** Minutes. */
const DAY = 1_440
const op: fc.Arbitrary<Op> = fc.oneof(
  { weight: 12, arbitrary: answer },
  { weight: 8, arbitrary: fc.record({ op: fc.constant('wake' as const), window: fc.constant(0 as const) }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('wake' as const), window: fc.constant(1 as const) }) },
  { weight: 6, arbitrary: fc.record({ op: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 90 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ op: fc.constant('wait' as const), seconds: fc.integer({ min: 90, max: 1_200 }) }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('sleep' as const), minutes: fc.integer({ min: 1, max: 200 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ op: fc.constant('jump' as const), minutes: fc.integer({ min: -300, max: 300 }) }),
  },
  // A clock that was days ahead, and is put right.
  {
    weight: 1,
    arbitrary: fc.record({ op: fc.constant('jump' as const), minutes: fc.constantFrom(3 * DAY, -DAY, -3 * DAY) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('outage' as const),
      minutes: fc.integer({ min: 10, max: 400 }),
      felt: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('rebuild' as const),
      lost: fc.integer({ min: 0, max: 40 }),
      which: fc.option(fc.nat(17)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ op: fc.constantFrom('crash', 'freeze', 'thaw'), window }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('network' as const), there: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ op: 'reconnect' as const }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('hold everything' as const), channel: fc.nat(5) }) },
  {
    weight: 2,
    arbitrary: fc.record({ op: fc.constant('late policy' as const), channel: fc.nat(5), takesSlot: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ op: fc.constant('look now' as const), which, fate: fc.constantFrom(...SEEING) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ op: fc.constant('move' as const), which, minutes: fc.integer({ min: -10, max: 300 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      op: fc.constantFrom(
        'edit',
        'cancel',
        'plan again',
        'hold',
        'release',
        'send now',
        'retry',
        'answer the question',
        'withdraw',
        'schedule again',
        'delete there',
        'delete a part there',
        'change there',
        'change there',
        'put ours back',
        'keep theirs',
        'take theirs over',
        'change what is out',
        'delete what is out',
        'leave what is out',
      ),
      which,
    }),
  },
)

/** The rows of the model that go out in parts and can be changed there. */
const THREADS = [13, 16]

/** The row of the model that waits for half a day at its network. */
const WAITS = 5

/** What is done to what waits at its network, here and there. */
const waiting: fc.Arbitrary<Op> = fc.oneof(
  { weight: 8, arbitrary: fc.constant({ op: 'wake' as const, window: 0 as const }) },
  { weight: 10, arbitrary: answer },
  { weight: 4, arbitrary: fc.record({ op: fc.constant('wait' as const), seconds: fc.integer({ min: 30, max: 200 }) }) },
  { weight: 1, arbitrary: fc.constant({ op: 'sleep' as const, minutes: 200 }) },
  { weight: 2, arbitrary: fc.constant({ op: 'edit twice' as const, which: WAITS }) },
  // After which it is looked at.
  { weight: 3, arbitrary: fc.record({ op: fc.constant('jump' as const), minutes: fc.constantFrom(-1, 1) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constantFrom('crash', 'freeze', 'thaw'), window }) },
  {
    weight: 12,
    arbitrary: fc.record({
      op: fc.constantFrom('change there', 'edit', 'put ours back', 'keep theirs', 'take theirs over', 'retry'),
      which: fc.constant(WAITS),
    }),
  },
)

/** What people do with what is out. */
const afterwards: fc.Arbitrary<Op> = fc.oneof(
  { weight: 8, arbitrary: op },
  { weight: 4, arbitrary: fc.constant({ op: 'wake' as const, window: 0 as const }) },
  {
    weight: 6,
    arbitrary: fc.record({
      op: fc.constantFrom(
        'edit',
        'change what is out',
        'change what is out',
        'delete what is out',
        'leave what is out',
      ),
      which: fc.oneof(which, fc.constantFrom(...THREADS)),
    }),
  },
)

/** What the model is there to try: one that never comes about has tried nothing. */
const MUST_OCCUR = [
  'a question after rebuilding',
  'a question about what was sent ahead of its time',
  'a commit that was begun before',
  'the clock was set back while nobody looked',
  'the clock was set back under due',
  'the clock was set back under retrying',
  'the clock was set back under reconciling',
  'the clock was set back under handed-over',
  'the clock was set back under published',
  'an edit after one that nobody answered',
  'an outage',
  'a comment under what the network published by itself',
  'a change of a comment alone',
  'a change of what is out under another name',
  'a look that a person wanted',
  'an access that had run out when a person looked',
]

const sequence = (of: fc.Arbitrary<Op>, minLength: number, maxLength: number) =>
  fc.array(of, { minLength, maxLength, size: 'max' })

describe('whatever happens on the way', () => {
  it(
    `nothing goes out twice, nothing is lost without a reason, and the order is kept (${SEQUENCES} sequences)`,
    () => {
      let ran = 0
      let steps = 0
      let moves = 0
      let partEdits = 0
      let partRemovals = 0
      const answered = { back: 0, kept: 0, taken: 0 }
      const ends = new Map<string, number>()
      const occurred = new Map<string, number>()
      fc.assert(
        fc.property(
          sequence(waiting, 0, 60),
          sequence(op, 10, 160),
          sequence(afterwards, 0, 80),
          (first, then, after) => {
            const world = new World()
            if (first.length > 0) world.untilItWaits(WAITS)
            for (const ops of [[...first, ...then], after]) {
              for (const one of ops) {
                world.do(one)
                world.check()
                steps += 1
              }
              world.settle()
              if (ops !== after) world.help()
            }
            ran += 1
            moves += world.tookSlot
            partEdits += world.partEdits
            partRemovals += world.partRemovals
            for (const how of ['back', 'kept', 'taken'] as const) answered[how] += world.answered[how]
            for (const [what, times] of world.occurred) occurred.set(what, (occurred.get(what) ?? 0) + times)
            for (const { state } of world.rows.values()) ends.set(state.kind, (ends.get(state.kind) ?? 0) + 1)
          },
        ),
        { numRuns: SEQUENCES, seed: SEED },
      )
      const endings = [...ends].map(([kind, count]) => `${kind} ${count}`).join(', ')
      const { back, kept, taken } = answered
      console.info(
        `${ran} sequences, ${steps} steps, ${moves} moves to the next slot, seed ${SEED}; ended: ${endings};`,
        `parts there: ${partEdits} changed, ${partRemovals} removed; changed there: ${back} put back, ${kept} kept, ${taken} taken over`,
      )
      console.info([...occurred].map(([what, times]) => `${what}: ${times}`).join(', '))
      expect(ran).toBe(SEQUENCES)
      for (const what of MUST_OCCUR) expect(occurred.get(what) ?? 0, what).toBeGreaterThan(0)
      expect(ends.get('published')).toBeGreaterThan(0)
      expect(moves).toBeGreaterThan(0)
      expect(partEdits).toBeGreaterThan(0)
      expect(partRemovals).toBeGreaterThan(0)
      expect(back + kept + taken).toBeGreaterThan(0)
    },
    LIMIT,
  )
})
