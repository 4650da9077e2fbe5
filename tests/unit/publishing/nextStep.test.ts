/** Every kind of trouble has a sentence with what to do, and a press that leads there, when connecting and when sending. */
import { describe, expect, it } from 'vitest'
import { ANSWER_WORDS, detailsOf } from '../../../renderer/features/outbox/words.ts'
import { explainConnect } from '../../../renderer/features/settings/channels/accountWords.ts'
import { refusalOf } from '../../../renderer/features/settings/channels/ConnectStep.tsx'
import { type Delivery, type DeliveryState, newDelivery, type Policy } from '../../../shared/domain/delivery.ts'
import { next } from '../../../shared/domain/deliveryNext.ts'
import { type Answer, answersTo, type Names, sentenceOf } from '../../../shared/domain/deliveryWords.ts'
import { explainRead } from '../../../shared/domain/engagementWords.ts'
import { MEDIA_HOST } from '../../../shared/domain/mediaHost.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'
import { FREE } from './circumstances.ts'

const said = { details: '403 {"error":"in their own words"}' }
const until = Date.UTC(2026, 9, 14, 12)
const time = () => 'noon'
const HOUR = 3_600_000
const policy: Policy = { ...FREE, grace: HOUR }
const names: Names = { network: 'Mastodon', account: '@dock', time, online: true, paused: false }

interface Case {
  readonly trouble: Trouble
  /** What the sentence of a delivery asks for, and the press that stands first beside it. */
  readonly asks: RegExp
  readonly press: Answer
  /** It goes out by itself once that is done: nothing turns red. */
  readonly waits?: true
  /** What the sentence says once it is too late for that. */
  readonly late?: RegExp
  /** What the sentence asks for when an account is connected. */
  readonly connecting: RegExp
}

/** The compiler wants every kind that there is. */
const CASES: Readonly<Record<Trouble['kind'], readonly Case[]>> = {
  'no-network': [
    {
      trouble: { kind: 'no-network', ...said },
      asks: /^Mastodon cannot be reached\. It is tried again, and goes out once it gets through\.$/,
      press: 'send-now',
      waits: true,
      late: /while there was no connection to Mastodon\./,
      connecting: /Check the address and your connection, then try again/,
    },
  ],
  'in-between': [
    {
      trouble: { kind: 'in-between', by: 'portal', ...said },
      asks: /Open a web page to see which, and to sign in\. It goes out afterwards/,
      press: 'open-page',
      waits: true,
      late: /while nothing got through to Mastodon\./,
      connecting: /Open a web page to see which, and to sign in, then try again/,
    },
    {
      trouble: { kind: 'in-between', by: 'proxy', ...said },
      asks: /Write it into HTTPS_PROXY .*\. It goes out afterwards/,
      press: 'send-now',
      waits: true,
      late: /while nothing got through to Mastodon\./,
      connecting: /Write it into HTTPS_PROXY .*, then start Outpost again/,
    },
    {
      trouble: { kind: 'in-between', by: 'certificate', ...said },
      asks: /Check the clock of this computer.* It goes out afterwards/,
      press: 'send-now',
      waits: true,
      late: /while nothing got through to Mastodon\./,
      connecting: /Check the address and the clock/,
    },
  ],
  'access-expired': [
    {
      trouble: { kind: 'access-expired', ...said },
      asks: /Connect the account again/,
      press: 'reconnect',
      connecting: /Make a new one there/,
    },
  ],
  'access-withdrawn': [
    {
      trouble: { kind: 'access-withdrawn', reason: 'The app was removed.', ...said },
      asks: /\(The app was removed\)\. Connect the account again/,
      press: 'reconnect',
      connecting: /make a new one there/,
    },
    {
      trouble: { kind: 'access-withdrawn', reason: 'It was reported.', stopped: 'the Support Inbox of Meta', ...said },
      asks: /posting for now \(It was reported\)\. Look in the Support Inbox of Meta for what lifts that; then let the account go on\. Everything waits/,
      press: 'open-channel',
      connecting: /Look in the Support Inbox of Meta for what lifts that, and connect it once it is lifted/,
    },
  ],
  'not-permitted': [
    {
      trouble: { kind: 'not-permitted', right: 'write', ...said },
      asks: /Ask an admin of the account for it, then try again/,
      press: 'retry',
      connecting: /Give it that there, then paste it anew/,
    },
  ],
  'rate-limited': [
    {
      trouble: { kind: 'rate-limited', until, shared: 'account', ...said },
      asks: /wait until noon\. Try again then/,
      press: 'retry',
      connecting: /wait until noon\. Try again then/,
    },
  ],
  'quota-used': [
    {
      trouble: { kind: 'quota-used', until, of: '25 posts a day', ...said },
      asks: /Next: noon\. Try again then/,
      press: 'retry',
      connecting: /Try again then/,
    },
  ],
  refused: [
    {
      trouble: { kind: 'refused', field: 'text', reason: 'It is too long.', ...said },
      asks: /does not take this: “It is too long”\. Change the post, then try again/,
      press: 'open-post',
      connecting: /It is too long/,
    },
    {
      trouble: { kind: 'refused', field: 'text', reason: 'It is too long.', ours: true, details: '' },
      asks: /does not take this: It is too long\. Change the post, then try again/,
      press: 'open-post',
      connecting: /It is too long/,
    },
    {
      trouble: {
        kind: 'refused',
        field: MEDIA_HOST,
        reason: 'It needs a media host, set one up',
        ours: true,
        details: '',
      },
      asks: /set one up/,
      press: 'set-up-host',
      connecting: /./,
    },
  ],
  duplicate: [
    {
      trouble: { kind: 'duplicate', remoteId: '', ...said },
      asks: /Change it, or cancel it here/,
      press: 'open-post',
      connecting: /Check the address, or update Outpost/,
    },
  ],
  'server-fault': [
    {
      trouble: { kind: 'server-fault', until: null, ...said },
      asks: /Nothing was sent; try again/,
      press: 'retry',
      connecting: /Try again in some minutes/,
    },
  ],
  'target-gone': [
    {
      trouble: { kind: 'target-gone', ...said },
      asks: /Connect another account/,
      press: 'reconnect',
      connecting: /connect another one/,
    },
  ],
  'clock-off': [
    {
      trouble: { kind: 'clock-off', by: 600_000, ...said },
      asks: /10 min slow.*Set it, then try again/,
      press: 'retry',
      connecting: /Set it, then try again/,
    },
  ],
  changed: [
    {
      trouble: { kind: 'changed', ...said },
      asks: /Update Outpost/,
      press: 'retry',
      connecting: /update Outpost/,
    },
  ],
  'begin-again': [
    {
      trouble: { kind: 'begin-again', ...said },
      asks: /Try again/,
      press: 'retry',
      connecting: /update Outpost/,
    },
  ],
  unknown: [
    {
      trouble: { kind: 'unknown', ...said },
      asks: /Nothing was sent; try again/,
      press: 'retry',
      connecting: /update Outpost/,
    },
  ],
}

const cases = Object.entries(CASES).flatMap(([kind, list]) =>
  list.map((one) => ({ ...one, name: one.trouble.kind === 'in-between' ? one.trouble.by : kind })),
)

const delivery = (state: DeliveryState): Delivery => ({
  ...newDelivery({ id: 'p~c', postId: 'p', channelId: 'c', dueAt: 0, contentAt: 0 }),
  state,
})
const stateAfter = ({ trouble, waits }: Case): DeliveryState =>
  waits ? { kind: 'due', after: 0, because: trouble } : { kind: 'needs-you', reason: { kind: 'trouble', trouble } }

describe.each(cases)('$name', (one) => {
  const { trouble, asks, press, connecting } = one

  it('stops a delivery with a sentence, a press and the words of the network behind it', () => {
    const row = delivery(stateAfter(one))
    const sentence = sentenceOf(row, names)
    expect(sentence).toMatch(asks)
    expect(sentence).toMatch(/^[A-Z@].*\.$/)
    expect(sentence).not.toMatch(/own words|\.\.|\.\)/)
    const [first = 'cancel'] = answersTo(row)
    expect(first).toBe(press)
    expect(ANSWER_WORDS[first]).not.toBe('')
    expect(detailsOf(row)).toBe(trouble.details)
  })

  it.runIf(one.late)('asks once the grace is over, and promises nothing', () => {
    const past = next(delivery(stateAfter(one)), { kind: 'wake' }, HOUR + 1, policy).delivery
    expect(sentenceOf(past, names)).toMatch(/^It was due noon, while .*\. Send it now, or give it a new time\.$/)
    expect(sentenceOf(past, names)).toMatch(one.late ?? '')
    expect(answersTo(past)).toEqual(['send-now', 'new-time', 'post-by-hand', 'done-by-hand', 'cancel'])
    const moved = next(past, { kind: 'moved', dueAt: 3 * HOUR }, 2 * HOUR, policy)
    expect(moved.delivery).toMatchObject({ dueAt: 3 * HOUR, state: { kind: 'planned' } })
    const cut = { ...delivery(stateAfter(one)), parts: 3, sent: [{ remoteId: 'r', at: 0 }] }
    const partly = next(cut, { kind: 'wake' }, HOUR + 1, policy).delivery
    expect(sentenceOf(partly, names)).toMatch(/^1 of 3 parts are out\. .*\. Send the rest, or leave it so\.$/)
    expect(answersTo(partly)).toEqual(['continue', 'leave'])
  })

  it('promises nothing to one that waits for a person', () => {
    const row = delivery({ kind: 'needs-you', reason: { kind: 'trouble', trouble } })
    expect(sentenceOf(row, names)).not.toMatch(/goes out|is tried again|next try/)
    expect(sentenceOf({ ...row, parts: 3, sent: [{ remoteId: 'r', at: 0 }] }, names)).not.toContain('Nothing was sent')
  })

  it('is said when an account is connected, with the words of the network behind it', () => {
    const { sentence } = explainConnect(trouble, 'mastodon', time)
    expect(sentence).toMatch(connecting)
    expect(sentence).not.toMatch(/own words|\.\./)
    const refusal = refusalOf(trouble, 'mastodon', time)
    expect(refusal.details).toBe(trouble.details)
    expect(refusal.isPortal).toBe(press === 'open-page')
  })

  it('hinders a change of what is out with the words of the network behind it', () => {
    const row = delivery({
      kind: 'published',
      at: 0,
      late: false,
      reads: 3,
      mark: null,
      change: { what: 'edit', at: -1, because: trouble },
    })
    expect(sentenceOf(row, names)).toMatch(/could not be changed there\. \S.*\.$/)
    expect(answersTo(row)).toEqual([
      ...(press === 'reconnect' || press === 'open-channel' ? [press] : []),
      'change-out',
      'leave-out',
    ])
    expect(detailsOf(row)).toBe(trouble.details)
  })
})

it('says which end of the line it is that nothing answers at', () => {
  const waits = (because: Trouble) => delivery({ kind: 'due', after: 0, because })
  const noLine = waits({ kind: 'no-network', ...said })
  const server = 'masto.school.example'
  expect(sentenceOf(noLine, { ...names, online: false, server })).toBe(
    'No connection to Mastodon. It goes out when you are back online.',
  )
  expect(sentenceOf(noLine, { ...names, server })).toBe(
    'Nothing answers at masto.school.example. It is tried again, and goes out once it gets through.',
  )
  const expired: Trouble = { kind: 'in-between', by: 'certificate', ...said }
  expect(sentenceOf(waits(expired), { ...names, server })).toMatch(
    /masto\.school\.example showed is not right, so nothing was sent\. Have it renewed by whoever runs masto\.school\.example,/,
  )
  expect(sentenceOf(waits(expired), names)).toMatch(/whoever runs the network you are in\. It goes out afterwards\.$/)
  expect(explainRead({ kind: 'no-network', ...said }, { ...names, server })).toBe(
    'Nothing answers at masto.school.example. Ask again later.',
  )
  expect(explainRead({ kind: 'no-network', ...said }, { ...names, online: false, server })).toBe(
    'No connection to Mastodon. Ask again when you are online.',
  )
  expect(explainRead(expired, { ...names, server })).toContain('so nothing was read. Have it renewed')
})

it('a web page in place of an answer names both who may have sent it, and a media host where that was asked', () => {
  const page: Trouble = { kind: 'in-between', by: 'portal', ...said }
  const both =
    'A web page answered in place of Mastodon. Either the network you are in wants you to sign in first, or Mastodon itself keeps Outpost out.'
  expect(sentenceOf(delivery({ kind: 'due', after: 0, because: page }), names)).toBe(
    `${both} Open a web page to see which, and to sign in. It goes out afterwards.`,
  )
  expect(explainConnect(page, 'mastodon', time).sentence).toBe(
    `${both} Open a web page to see which, and to sign in, then try again.`,
  )
  const ofHost = { ...page, here: 'A web page answered in place of your media host.' }
  expect(sentenceOf(delivery({ kind: 'due', after: 0, because: ofHost }), names)).toBe(
    'A web page answered in place of your media host. It goes out afterwards.',
  )
})

it('long words of a network are cut at a word, and stand whole in the details', () => {
  const reason = `The text holds ${'something and '.repeat(30)}more`
  const trouble: Trouble = { kind: 'refused', field: '', reason, details: `400 ${reason}` }
  const row = delivery({ kind: 'needs-you', reason: { kind: 'trouble', trouble } })
  const [, quoted = ''] = sentenceOf(row, names).match(/“(.*) …”\. Change the post/) ?? []
  expect(quoted.length).toBeGreaterThan(100)
  expect(reason.startsWith(`${quoted} `)).toBe(true)
  expect(detailsOf(row)).toContain(reason)
  const unspaced: Trouble = { kind: 'refused', field: '', reason: '長'.repeat(400), details: '400' }
  expect(sentenceOf(delivery({ kind: 'needs-you', reason: { kind: 'trouble', trouble: unspaced } }), names)).toMatch(
    /“長{100,200} …”/,
  )
})

it('a change of what is out may have arrived when its answer was lost', () => {
  const unanswered: Trouble[] = [
    { kind: 'unknown', ...said },
    { kind: 'server-fault', until: null, ...said },
  ]
  const changing = (because: Trouble, at: number) =>
    sentenceOf(
      delivery({
        kind: 'published',
        at: 0,
        late: false,
        reads: 3,
        mark: null,
        change: { what: 'remove', at, because },
      }),
      names,
    )
  for (const trouble of unanswered) {
    expect(changing(trouble, -1)).toMatch(/could not be deleted there\..*it may have arrived all the same\. Look there/)
    expect(changing(trouble, HOUR)).toMatch(
      /^Is to be deleted on Mastodon\. Trouble reaching Mastodon; it is tried again\.$/,
    )
  }
})

it('a wait that a network asks for, and that is kept by itself, says that it goes out', () => {
  for (const { trouble } of [...CASES['rate-limited'], ...CASES['quota-used']])
    expect(sentenceOf(delivery({ kind: 'retrying', at: until, because: trouble }), names)).toMatch(
      /noon\. It goes out then\.$/,
    )
})
