/** Practising in words: what can go wrong on purpose, and what somebody does at the network. */
import { NETWORKS, type NetworkId } from '../../../../shared/domain/channel.ts'
import { type Deed, type Failure, waitsFor } from '../../../../shared/domain/practiceFailures.ts'

/** What a failure does, as one reads it on a button, and what to look for then. */
type Words = readonly [label: string, hint: string]

const LINE = {
  'lost-answer': [
    'Its answer is lost',
    'The network has the post and cannot say so. Outpost looks for it and does not send it twice.',
  ],
  'half-open': [
    'It never answers',
    'The line stays open and nothing comes. Outpost waits half a minute, then looks for the post.',
  ],
  away: [
    'The network is away',
    'Outpost looks twice whether the post arrived, then sends it again. Between the looks lie ten seconds, with a real account a minute.',
  ],
  slow: ['It takes six seconds', 'The delivery says that it is being sent.'],
  cut: ['An upload is cut', 'Outpost goes on where it stopped, or begins that file again.'],
  'sign-in-page': ['A sign-in page instead', 'As behind the Wi-Fi of a hotel. Outpost looks for the post first.'],
  proxy: [
    'A proxy is in between',
    'It wants a password before it lets anything through. Outpost says so, and goes on once it is let through.',
  ],
} satisfies Partial<Record<Failure, Words>>

const POST = {
  refused: ['It refuses the words', 'The delivery needs you, and names the network’s reason.'],
  'media-refused': ['It refuses a file', 'The delivery needs you, and names the file.'],
  unreadable: [
    'It cannot read a file',
    'The network takes the file and finds out later, as it works on it. The delivery says so: before the post is out, or a minute after it at the first look. Where it needs you, trying again sends the file anew.',
  ],
  duplicate: ['It has these words already', 'The delivery needs you: change the words, or leave it at that.'],
  'thread-cut': ['A thread is cut', 'Its first part is out and the next is refused. What is out is not sent again.'],
  'in-review': [
    'It looks at it first',
    'The network has the post, and nobody sees it yet: the delivery says so at the first look. So it goes until you take this off.',
  ],
  locked: [
    'It locks the film',
    'The film is out, and only you can see it: the delivery says so at the first look. So it goes until you take this off.',
  ],
} satisfies Partial<Record<Failure, Words>>

const ACCOUNT = {
  'too-many': ['Too many requests', 'Outpost waits as long as the network asks.'],
  quota: ['Enough for today', 'Outpost waits until more is taken, or asks you where that is too late.'],
  revoked: ['Its access is withdrawn', 'Everything of the account pauses until it is connected again.'],
  expired: ['Its access runs out', 'Outpost renews it by itself, and goes on.'],
  'no-right': ['A right is missing', 'The delivery needs you: somebody has to give the account that right.'],
  gone: ['Its page is gone', 'The delivery needs you: connect another account. What is planned waits.'],
  outdated: [
    'It has changed',
    'The network does not speak to this version any more. The delivery needs you, and waits.',
  ],
  clock: [
    'The clocks differ',
    'The site takes nothing signed by a wrong clock. Outpost signs by its clock, and goes on. So it goes until you take this off.',
  ],
} satisfies Partial<Record<Failure, Words>>

export const WORDS: Readonly<Record<Failure, Words>> = { ...LINE, ...POST, ...ACCOUNT }

/** By where one would look for it. */
export const GROUPS: readonly { readonly title: string; readonly words: Readonly<Partial<Record<Failure, Words>>> }[] =
  [
    { title: 'The line', words: LINE },
    { title: 'The post', words: POST },
    { title: 'The account', words: ACCOUNT },
  ]

/** Whether the very next post meets it, or only one that has what it takes. */
export function readyTo(failure: Failure, network: NetworkId): string {
  const needed = waitsFor(failure, network)
  return needed ? `${NETWORKS[network].name} waits for ${needed}` : `${NETWORKS[network].name} is ready to fail`
}

/** What was done there, and when the outbox knows. */
export function doneThere(deed: Deed, waited: boolean, name: string): string {
  if (deed === 'change')
    return `Changed at ${name}, and seen: the delivery says so and asks what is to become of it. With a real account Outpost looks every six hours.`
  if (deed === 'answer')
    return `Somebody answered at ${name}. Open the post in the outbox and ask ${name} what came of it.`
  return waited
    ? `Taken away at ${name}. Outpost looks once more in a minute, as networks hide a post for a moment; then the delivery says so. With a real account it looks every six hours.`
    : `Taken away at ${name}, and seen: the delivery says so. With a real account Outpost looks a minute, an hour and a day after a post went out.`
}

/** It was done, and nobody could look. */
export const unseenThere = (name: string): string =>
  `Done at ${name}, and not looked at yet: this computer is offline, or another window sends. The delivery says so at the next look.`
