/**
 * Calls about accounts and networks. They are a part of the contract with a file of its own, so that the page loads it only when
 * something is to be published. Secrets go one way: into the shell.
 */
import * as z from 'zod/mini'
import { NETWORK_IDS } from '../domain/channel.ts'
import type { HostSettings } from '../domain/mediaHost.ts'
import { DEEDS, FAILURES } from '../domain/practiceFailures.ts'
import {
  type Account,
  type Begun,
  type CommitAnswer,
  type Counted,
  type Done,
  type Found,
  type Heard,
  type Job,
  METRICS,
  SEEN_AS,
  type Seen,
  type Step,
} from '../domain/publishing.ts'
import type { Trouble } from '../domain/trouble.ts'
import { failure, journalName } from './contract.ts'
import type { PublishingCall } from './publishingCalls.ts'

const network = z.enum(NETWORK_IDS)
const instant = z.number()
const memory = z.record(z.string(), z.unknown())
const said = { details: z.string() }

export const trouble: z.ZodMiniType<Trouble> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('no-network'), ...said }),
  z.object({
    kind: z.literal('in-between'),
    by: z.enum(['portal', 'proxy', 'certificate']),
    here: z.optional(z.string()),
    ...said,
  }),
  z.object({ kind: z.literal('access-expired'), ...said }),
  z.object({
    kind: z.literal('access-withdrawn'),
    reason: z.string(),
    stopped: z.optional(z.string()),
    here: z.optional(z.literal(true)),
    ...said,
  }),
  z.object({ kind: z.literal('not-permitted'), right: z.string(), ...said }),
  z.object({ kind: z.literal('rate-limited'), until: instant, shared: z.enum(['account', 'app']), ...said }),
  z.object({
    kind: z.literal('quota-used'),
    until: instant,
    of: z.string(),
    shared: z.optional(z.enum(['account', 'app'])),
    ...said,
  }),
  z.object({
    kind: z.literal('refused'),
    field: z.string(),
    reason: z.string(),
    notYet: z.optional(z.literal(true)),
    ...said,
  }),
  z.object({ kind: z.literal('duplicate'), remoteId: z.string(), ...said }),
  z.object({ kind: z.literal('server-fault'), until: z.nullable(instant), here: z.optional(z.string()), ...said }),
  z.object({ kind: z.literal('target-gone'), ...said }),
  z.object({ kind: z.literal('clock-off'), by: z.number(), ...said }),
  z.object({ kind: z.literal('changed'), ...said }),
  z.object({ kind: z.literal('begin-again'), ...said }),
  z.object({ kind: z.literal('unknown'), ...said }),
])
const troubled = z.object({ kind: z.literal('trouble'), trouble })

export const account: z.ZodMiniType<Account> = z.object({
  network,
  remoteId: z.string(),
  handle: z.string(),
  name: z.string(),
  host: z.string(),
  facts: memory,
  expiresAt: z.nullable(instant),
})

const medium = z.object({
  id: journalName,
  type: z.string(),
  size: z.int().check(z.nonnegative()),
  width: z.number(),
  height: z.number(),
  duration: z.number(),
  alt: z.string(),
  address: z.string(),
})

export const job: z.ZodMiniType<Job> = z.object({
  deliveryId: z.string(),
  fingerprint: z.string(),
  format: z.string(),
  title: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.boolean(), z.array(z.string())])),
  parts: z.array(
    z.object({
      kind: z.enum(['post', 'thread', 'comment']),
      text: z.string(),
      html: z.string(),
      media: z.array(medium),
    }),
  ),
  publishAt: z.nullable(instant),
  rootId: z.optional(z.string()),
})

const step: z.ZodMiniType<Step> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), memory }),
  z.object({ kind: z.literal('again'), memory, after: instant }),
  troubled,
])
export const begun: z.ZodMiniType<Begun> = z.object({
  deliveryId: z.string(),
  commit: z.int().check(z.nonnegative()),
  goesOut: instant,
})
const committed: z.ZodMiniType<CommitAnswer> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('done'),
    remoteId: z.string(),
    memory,
    near: z.optional(z.object({ until: instant, shared: z.enum(['account', 'app']) })),
  }),
  z.object({ kind: z.literal('begun-before'), begun }),
  troubled,
])
const found: z.ZodMiniType<Found> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('there'), remoteId: z.string() }),
  z.object({ kind: z.literal('absent') }),
  z.object({ kind: z.literal('unclear') }),
  troubled,
])
const seen: z.ZodMiniType<Seen> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('seen'),
    permalink: z.string(),
    state: z.enum(SEEN_AS),
    because: z.string(),
    fingerprint: z.string(),
    lacks: z.optional(z.string()),
    remoteId: z.string(),
    text: z.optional(z.string()),
    title: z.optional(z.string()),
    publishAt: z.optional(z.nullable(instant)),
  }),
  troubled,
])
const untold = z.object({ kind: z.literal('untold') })
const counted: z.ZodMiniType<Counted> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('counted'), counts: z.partialRecord(z.enum(METRICS), z.number()) }),
  untold,
  troubled,
])
const heard: z.ZodMiniType<Heard> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('heard'),
    messages: z.array(
      z.object({
        id: z.string(),
        author: z.string(),
        text: z.string(),
        at: instant,
        own: z.boolean(),
        permalink: z.string(),
      }),
    ),
    next: z.string(),
  }),
  untold,
  troubled,
])
const done: z.ZodMiniType<Done> = z.discriminatedUnion('kind', [z.object({ kind: z.literal('done') }), troubled])

/** What Outpost can do with a network; the page hides the rest. */
export const ability = z.object({
  network,
  /** Version of its interface, and when it was last held against its documentation. */
  api: z.object({ version: z.string(), asOf: z.string() }),
  refreshes: z.boolean(),
  finds: z.boolean(),
  completes: z.boolean(),
  sees: z.boolean(),
  edits: z.boolean(),
  removes: z.boolean(),
  /** Tells what is counted of what is out. */
  metrics: z.boolean(),
  /** Tells what people wrote under it. */
  inbox: z.boolean(),
  /** Removing a post takes what answers it along. */
  takesAlong: z.boolean(),
  /** Milliseconds ahead within which it takes posts to publish by itself; null: it does not. */
  schedules: z.nullable(z.object({ soonest: z.number(), latest: z.number() })),
})
export type Ability = z.infer<typeof ability>

/** `known`: an access to the account was kept before; told where a person gave this one. */
const connectedAs = z.object({ kind: z.literal('connected'), account, known: z.optional(z.boolean()) })
/** A vault that keeps nothing is a failure of this computer, trouble is one of the network. */
const connected = z.discriminatedUnion('kind', [
  connectedAs,
  z.object({ kind: z.literal('not-kept'), failure }),
  troubled,
])
export type ConnectedAccount = z.infer<typeof connected>

/** How a network is signed in to in the browser. */
const signInOptions = z.object({
  /** By an app of the user's own, by one its server gives away, or over a token broker only. */
  by: z.enum(['app', 'server', 'broker']),
  /** Whether an app needs one. */
  secret: z.enum(['optional', 'needed']),
  /** What has to be registered as the address to come back to; '' where nothing has. */
  redirect: z.string(),
  /** Of the app that is kept; '' when there is none. */
  clientId: z.string(),
  /** Address of the token broker that is kept; '' when there is none. */
  broker: z.string(),
})
export type SignInOptions = z.infer<typeof signInOptions>

const lies = { publicBase: z.string() }
export const hostSettings: z.ZodMiniType<HostSettings> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('s3'),
    endpoint: z.string(),
    region: z.string(),
    bucket: z.string(),
    prefix: z.string(),
    style: z.enum(['path', 'virtual']),
    keyId: z.string(),
    links: z.enum(['public', 'signed']),
    ...lies,
  }),
  z.object({ kind: z.literal('webdav'), folder: z.string(), user: z.string(), ...lies }),
  z.object({ kind: z.literal('server'), template: z.string(), ...lies }),
])

/** What came of trying a media host. */
const hostTried = z.discriminatedUnion('kind', [
  /** `note`: what a person should know all the same; '' when all is well. */
  z.object({ kind: z.literal('works'), settings: hostSettings, note: z.string() }),
  /** `field`: of the settings, `secret` or '' for none. */
  z.object({ kind: z.literal('wrong'), field: z.string(), sentence: z.string(), ...said }),
  z.object({ kind: z.literal('not-kept'), failure }),
])
export type HostTried = z.infer<typeof hostTried>

const hostSet = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  /** `lying`: files that are there just now. */
  z.object({ kind: z.literal('set'), settings: hostSettings, lying: z.number() }),
  z.object({ kind: z.literal('unreadable'), failure }),
])
export type HostSet = z.infer<typeof hostSet>

const chosenFrom = z.object({ id: z.string(), name: z.string() })
/** One of several accounts that one sign-in gave. */
export type ChosenFrom = z.infer<typeof chosenFrom>

const signedIn = z.discriminatedUnion('kind', [
  connectedAs,
  z.object({ kind: z.literal('not-kept'), failure }),
  z.object({ kind: z.literal('choose'), from: z.array(chosenFrom) }),
  z.object({ kind: z.literal('cancelled') }),
  troubled,
])
export type SignedInAccount = z.infer<typeof signedIn>

const doneOr = <T extends z.ZodMiniType>(value: T) =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: failure }),
  ])

/** An account, and the shelf on which the media of its delivery lie (`media:append`). */
const onAccount = { account }
const ofJob = { ...onAccount, job, shelf: journalName }
const ofPart = { ...ofJob, part: z.int().check(z.nonnegative()), memory }

/** Percent of a file of so many bytes. */
const upload = z.object({ deliveryId: z.string(), percent: z.number(), size: z.number() })
export type Upload = z.infer<typeof upload>

export const publishingContract = {
  /** Whether the app goes on publishing when its window is closed; true or false sets it. Gives null where the shell cannot. */
  'app:staysOpen': { args: z.tuple([z.nullable(z.boolean())]), result: z.nullable(z.boolean()) },
  /** What a user should know before they give a password away, in a sentence; '' when there is nothing to warn of. */
  'accounts:warning': { args: z.tuple([]), result: z.string() },
  /** Tries the secrets a user gave, and keeps them where the page cannot read them. Which ones a network wants is its adapter's to say. */
  'accounts:connect': {
    args: z.tuple([z.object({ network, given: z.record(z.string(), z.string()) })]),
    result: connected,
  },
  /** Null: the network is connected by what is pasted only. */
  'accounts:signInOptions': { args: z.tuple([z.object({ network })]), result: z.nullable(signInOptions) },
  /**
   * Opens the page of consent in the system's browser and waits for the answer, five minutes at most. A newer one ends an older.
   * `session` is made up by who asks; what may be `given` is described in `electron/services/signIn.ts`.
   */
  'accounts:signIn': {
    args: z.tuple([z.object({ network, session: journalName, given: z.record(z.string(), z.string()) })]),
    result: signedIn,
  },
  /** One of the accounts a sign-in gave; others may be taken after it, until the sign-in is cancelled. */
  'accounts:chooseAccount': {
    args: z.tuple([z.object({ session: journalName, id: z.string() })]),
    result: connected,
  },
  /** Deletes the app of one's own that is kept for a network. What is connected with it stays so. */
  'accounts:forgetApp': { args: z.tuple([z.object({ network })]), result: doneOr(z.null()) },
  /** The address of the token broker; '' without one. */
  'accounts:broker': { args: z.tuple([]), result: z.string() },
  /** Takes it for every network, '' forgets it; gives it as it is kept. */
  'accounts:setBroker': { args: z.tuple([z.string()]), result: doneOr(z.string()) },
  /** Its call then answers `cancelled` at once. */
  'accounts:cancelSignIn': { args: z.tuple([z.object({ session: journalName })]), result: z.null() },
  /** Renews an access that ran out or soon will. */
  'accounts:refresh': { args: z.tuple([account]), result: connected },
  /** Deletes the secrets of an account for good. */
  'accounts:forget': {
    args: z.tuple([account]),
    result: doneOr(z.null()),
  },
  /** Where files lie that networks fetch. Its secret is kept as those of accounts are. */
  'mediaHost:get': { args: z.tuple([]), result: hostSet },
  /** Tries a host and keeps it if it works. `secret`: '' for the one that is kept, which goes nowhere but where it was given for. */
  'mediaHost:use': { args: z.tuple([z.object({ settings: hostSettings, secret: z.string() })]), result: hostTried },
  /** Tries the one that is kept. */
  'mediaHost:test': { args: z.tuple([]), result: hostTried },
  /** Gives it up. What lies there stays. */
  'mediaHost:drop': { args: z.tuple([]), result: doneOr(z.null()) },
  /** Deliveries of a workspace that have files there. */
  'mediaHost:lying': { args: z.tuple([z.object({ shelf: journalName })]), result: z.array(z.string()) },
  /** Takes away the files of deliveries that need them no more. What cannot be taken away now is asked for the next time. */
  'mediaHost:clear': {
    args: z.tuple([z.object({ shelf: journalName, deliveries: z.array(z.string()) })]),
    result: z.null(),
  },
  /** Networks that can be practised with; their servers run from then on, on loopback. */
  'practice:networks': { args: z.tuple([]), result: z.array(network) },
  /** Connects the practice account of a network. Its host says what it is, and its secrets are kept apart. */
  'practice:connect': { args: z.tuple([network]), result: connected },
  /** What the network shows of it. */
  'practice:posts': {
    args: z.tuple([network]),
    result: z.array(
      z.object({
        id: z.string(),
        text: z.string(),
        /** Whether the network tells when it is gone. */
        isTold: z.boolean(),
        /** Whether the network tells what people write under it. */
        isHeard: z.boolean(),
        /** `isThere`: it is a picture that can be looked at. */
        media: z.array(
          z.object({ kind: z.enum(['picture', 'film', 'sound', 'file']), alt: z.string(), isThere: z.boolean() }),
        ),
      }),
    ),
  },
  /** What waits there for its time. */
  'practice:waiting': {
    args: z.tuple([network]),
    result: z.array(z.object({ id: z.string(), text: z.string(), at: instant })),
  },
  /** Somebody changes what waits at a network, or takes away what waits or is out, behind the back of Outpost. */
  'practice:meddle': {
    args: z.tuple([z.object({ network, postId: z.string(), deed: z.enum(DEEDS) })]),
    result: z.null(),
  },
  /** A picture that a network shows; `at`: which of its post. Null: the network does not have it any more. */
  'practice:picture': {
    args: z.tuple([z.object({ network, postId: z.string(), at: z.int().check(z.nonnegative()) })]),
    result: z.nullable(z.object({ type: z.string(), bytes: z.string() })),
  },
  /** Ends their servers, and all they remember. */
  'practice:end': { args: z.tuple([]), result: z.null() },
  /** Has something go wrong with what is sent next; null: nothing. */
  'practice:fail': { args: z.tuple([network, z.nullable(z.enum(FAILURES))]), result: z.null() },
  /** What is still to go wrong; null: it has, or nothing is to. */
  'practice:failing': { args: z.tuple([network]), result: z.nullable(z.enum(FAILURES)) },
  /** What the page of a link says of itself. `because`: a sentence. */
  'links:card': {
    args: z.tuple([z.string().check(z.maxLength(4_000))]),
    result: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('card'), title: z.string(), description: z.string() }),
      z.object({ kind: z.literal('unread'), because: z.string() }),
    ]),
  },
  /**
   * Makes a folder of what a person publishes, below their downloads and never in the place of another: media of a shelf as they would leave,
   * and a text. `size`: of the file, so that a disk without room is told before.
   */
  'kits:save': {
    args: z.tuple([
      z.object({
        name: z.string(),
        text: z.string(),
        shelf: journalName,
        files: z.array(z.object({ id: journalName, name: z.string(), size: medium.shape.size })),
      }),
    ]),
    result: doneOr(z.object({ path: z.string() })),
  },
  'platforms:abilities': { args: z.tuple([]), result: z.array(ability) },
  /** One step towards the commit of a part. May be repeated. */
  'platforms:prepare': { args: z.tuple([z.object(ofPart)]), result: step },
  /** Files of some size that are on their way to a network: how much of each has gone. */
  'platforms:uploads': { args: z.tuple([]), result: z.array(upload) },
  /** Prepares the first part of each as far as its network need not be asked for it; null where it must be. */
  'platforms:prepareHere': {
    args: z.tuple([z.array(z.object({ ...onAccount, job }))]),
    result: z.array(z.nullable(step)),
  },
  /** The one request that makes a part visible. Nobody repeats it; a call that fails altogether may have been it. */
  'platforms:commit': {
    /**
     * `commit`: which of its delivery it is; none is begun twice under a number (`begun-before`), practice left out. `notAfter`: whoever asks may have been replaced by then, so it is not begun later (`no-network`:
     * nothing was sent).
     */
    args: z.tuple([z.object({ ...ofPart, commit: z.int().check(z.nonnegative()), notAfter: instant })]),
    result: committed,
  },
  /** The last commit of each of these deliveries that was begun from this computer, practice left out; nothing of the others. */
  'platforms:commits': { args: z.tuple([z.array(z.string())]), result: z.array(begun) },
  /** The clock of the networks minus this computer's in milliseconds, 0 where it is about the same; null: nobody told since it was set. */
  'platforms:clockOff': { args: z.tuple([]), result: z.nullable(z.number()) },
  /** Looks for a part whose commit was not answered; `since`: when that was begun. */
  'platforms:find': { args: z.tuple([z.object({ ...ofPart, since: instant })]), result: found },
  /** Gives a post that is out what could not go with it; may be repeated, and its trouble is none of the post. */
  'platforms:complete': { args: z.tuple([z.object({ ...ofJob, remoteId: z.string(), memory })]), result: done },
  'platforms:see': { args: z.tuple([z.object({ ...onAccount, remoteId: z.string() })]), result: seen },
  /** `sent`: what is there by now. */
  'platforms:edit': { args: z.tuple([z.object({ ...ofPart, sent: job, remoteId: z.string() })]), result: done },
  'platforms:remove': { args: z.tuple([z.object({ ...onAccount, remoteId: z.string() })]), result: done },
  /** What is counted of a part that is out. */
  'platforms:metrics': { args: z.tuple([z.object({ ...onAccount, remoteId: z.string() })]), result: counted },
  /** What people wrote under it, a page at a time: `page` is '' or the `next` of the page before. */
  'platforms:inbox': {
    args: z.tuple([z.object({ ...onAccount, remoteId: z.string(), page: z.string() })]),
    result: heard,
  },
} as const satisfies Record<PublishingCall, { readonly args: unknown; readonly result: unknown }>
