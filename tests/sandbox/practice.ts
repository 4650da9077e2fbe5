/**
 * The sandbox as a place to practise in: the app loads this one file, when somebody wants to practise. One line in `NETWORKS` makes a
 * network part of it.
 */
import type { NetworkId } from '../../shared/domain/channel.ts'
import type { ServerSettings } from '../../shared/domain/mediaHost.ts'
import { practiceHost } from '../../shared/domain/practice.ts'
import type { Failure } from '../../shared/domain/practiceFailures.ts'
import { BLUESKY_PASSWORD, startBluesky } from './bluesky.ts'
import { startFacebook } from './facebook.ts'
import { GHOST_KEY, startGhost } from './ghost.ts'
import { graphError } from './graph.ts'
import { startInstagram } from './instagram.ts'
import { type Limits, lift } from './limits.ts'
import { linkedInError, startLinkedIn } from './linkedin.ts'
import { MASTODON_TOKEN, startMastodon } from './mastodon.ts'
import { OWN, startOwnServer } from './mediaHost.ts'
import { startPinterest } from './pinterest.ts'
import {
  type Clock,
  cutAfter,
  type Fault,
  instead,
  lostAnswer,
  matching,
  type Reply,
  type Sandbox,
  slow,
} from './server.ts'
import type { ShownPost } from './shown.ts'
import { snapError, startSnapchat } from './snapchat.ts'
import { startThreads } from './threads.ts'
import { startTikTok } from './tiktok.ts'
import { startWordPress, WORDPRESS_PASSWORD } from './wordpress.ts'
import { startX, xProblem } from './x.ts'
import { quotaExceeded, startYouTube, youtubeError } from './youtube.ts'

export interface PracticeNetwork {
  readonly network: NetworkId
  /** Every server, site and PDS has an address of its own; the others have fixed hosts. */
  readonly ownHost: boolean
  /** What its adapter is given to connect. */
  readonly given: Readonly<Record<string, string>>
  /** The request that makes a post visible, and those that send media; see `matching`. */
  readonly commit: string
  readonly media: readonly string[]
  start(clock: Clock): Promise<Visible>
}

export type { ShownFile, ShownPost } from './shown.ts'

interface Visible extends Sandbox {
  /** What it counts; absent where it counts nothing. */
  readonly limits?: Limits
  visible(): readonly ShownPost[]
  /** Whether films are locked as long as the project is not checked; absent where no network does that. */
  locks?: boolean
  /** Whether what was posted has been looked at, and is public; absent where nobody looks first. */
  moderated?: boolean
}

const fixed = (
  network: NetworkId,
  start: (options: { clock: Clock }) => Promise<Visible>,
  given: PracticeNetwork['given'],
  commit: string,
  ...media: readonly string[]
): PracticeNetwork => ({
  network,
  ownHost: false,
  given,
  commit,
  media,
  start: (clock) => start({ clock }),
})

const own = (
  network: NetworkId,
  start: (options: { clock: Clock }) => Promise<Visible>,
  given: PracticeNetwork['given'],
  commit: string,
  ...media: readonly string[]
): PracticeNetwork => ({
  network,
  ownHost: true,
  given: { host: practiceHost(network), ...given },
  commit,
  media,
  start: (clock) => start({ clock }),
})

/** Tokens are those its sandbox takes; they open nothing else. */
export const NETWORKS: readonly PracticeNetwork[] = [
  fixed(
    'facebook',
    startFacebook,
    { accessToken: 'page-token-1001' },
    'POST /graph.facebook.com/*/1001/feed',
    'POST /graph.facebook.com/*/1001/photos',
  ),
  fixed(
    'instagram',
    startInstagram,
    { accessToken: 'ig-token-0001' },
    'POST /graph.instagram.com/*/*/media_publish',
    'POST /graph.instagram.com/*/*/media',
  ),
  fixed(
    'youtube',
    ({ clock }) => startYouTube({ clock, keepsFilms: false }),
    {
      accessToken: 'ya29.first-access',
      refreshToken: '1//refresh-token',
      clientId: 'client.apps.example',
      clientSecret: 'GOCSPX-shipped',
    },
    'PUT /www.googleapis.com/upload/youtube/v3/videos',
    'POST /www.googleapis.com/upload/youtube/v3/videos',
  ),
  fixed(
    'linkedin',
    startLinkedIn,
    {
      accessToken: 'AQX-first-access',
      refreshToken: 'AQY-refresh-token',
      clientId: 'client-77',
      clientSecret: 'hush-hush',
      as: 'page',
    },
    'POST /api.linkedin.com/rest/posts',
    'PUT /www.linkedin.com/dms-uploads/*/*',
  ),
  fixed(
    'x',
    startX,
    { accessToken: 'x-first-access', refreshToken: 'x-first-refresh', clientId: 'client-77' },
    'POST /api.x.com/2/tweets',
    'POST /api.x.com/2/media/upload',
  ),
  fixed(
    'tiktok',
    startTikTok,
    {
      accessToken: 'act.first-access',
      refreshToken: 'rft.first-refresh',
      clientId: 'aw0key',
      clientSecret: 'hush-hush',
    },
    'PUT /open-upload.tiktokapis.com/video/',
    'POST /open.tiktokapis.com/v2/post/publish/video/init/',
  ),
  fixed(
    'snapchat',
    startSnapchat,
    {
      accessToken: 'snap-first-access',
      refreshToken: 'snap-first-refresh',
      clientId: 'client-1',
      clientSecret: 'hush-hush',
    },
    'POST /businessapi.snapchat.com/v1/public_profiles/*/stories',
    'POST /businessapi.snapchat.com/v1/public_profiles/*/media',
  ),
  fixed(
    'threads',
    startThreads,
    { accessToken: 'th-token-0001' },
    'POST /graph.threads.net/v1.0/*/threads_publish',
    'POST /graph.threads.net/v1.0/*/threads',
  ),
  fixed(
    'pinterest',
    startPinterest,
    {
      accessToken: 'pina_first-access',
      refreshToken: 'pinr_first-refresh',
      clientId: '1500000',
      clientSecret: 'hush-hush',
    },
    'POST /api.pinterest.com/v5/pins',
    'POST /api.pinterest.com/v5/media',
  ),
  own(
    'bluesky',
    startBluesky,
    { identifier: '@outpost.test', password: BLUESKY_PASSWORD },
    'POST /xrpc/com.atproto.repo.putRecord',
    'POST /xrpc/com.atproto.repo.uploadBlob',
  ),
  own('mastodon', startMastodon, { token: MASTODON_TOKEN }, 'POST /api/v1/statuses', 'POST /api/v2/media'),
  own(
    'wordpress',
    startWordPress,
    { login: 'editor', password: WORDPRESS_PASSWORD },
    'POST /wp-json/wp/v2/posts/*',
    'POST /wp-json/wp/v2/media',
  ),
  own('ghost', startGhost, { key: GHOST_KEY }, 'PUT /ghost/api/admin/posts/*/', 'POST /ghost/api/admin/images/upload/'),
]

const clock: Clock = { now: Date.now, pass: () => undefined }
const SIGN_IN: Reply = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><title>Sign in</title>',
}

export interface StartedNetwork extends PracticeNetwork {
  readonly url: string
  posts(): readonly ShownPost[]
  /** Goes wrong with the next request it fits; `null`: nothing does any more. */
  fail(failure: Failure | null): void
  /** What is still to go wrong; null: it has, or nothing is to. */
  failing(): Failure | null
  /** Ends it, and what it remembers. */
  close(): Promise<void>
}

/** Starts the servers of all networks, on loopback. */
export const startNetworks = (): Promise<readonly StartedNetwork[]> =>
  Promise.all(
    NETWORKS.map(async (one) => {
      const sandbox = await one.start(clock)
      sandbox.forget()
      // Who practises for an afternoon meets a limit when they mean to.
      lift(sandbox.limits ?? {})
      let armed: Failure | null = null
      return {
        ...one,
        url: sandbox.url,
        posts: () => sandbox.visible(),
        fail: (failure) => {
          armed = failure
          fail(sandbox, one, failure)
        },
        failing: () => ((armed && armed in LASTING) || sandbox.waits() ? armed : null),
        close: () => sandbox.close(),
      }
    }),
  )

/** Starts the host practice networks fetch files from. */
export async function startHost(): Promise<StartedHost> {
  const { url, base, forget, close } = await startOwnServer({ clock })
  forget()
  return { settings: { kind: 'server', template: `${url}/put/{name}`, publicBase: base }, secret: OWN.token, close }
}

export interface StartedHost {
  readonly settings: ServerSettings
  readonly secret: string
  close(): Promise<void>
}

/** Long enough to be seen, and less than Outpost waits for an answer. */
const SLOW_MS = 6_000
const refusal = (status: number, error: string, headers = {}) => instead({ status, headers, body: { error } })

/** A refusal in the words of each network; see the notes in `facts`. */
type Words = Readonly<Partial<Record<NetworkId, Reply>>>
const tiktokError = (status: number, code: string): Reply => ({
  status,
  body: { data: {}, error: { code, message: code, log_id: '1' } },
})
const NO_RIGHT: Words = {
  facebook: graphError({ code: 200, status: 403, message: '(#200) Requires pages_manage_posts permission.' }),
  instagram: graphError({ code: 10, status: 403, message: '(#10) Requires instagram_business_content_publish.' }),
  threads: graphError({ code: 10, status: 403, message: '(#10) Requires threads_content_publish permission.' }),
  youtube: youtubeError(403, 'insufficientPermissions'),
  linkedin: linkedInError(403, 'ACCESS_DENIED', 'Not enough permissions to access: w_organization_social'),
  tiktok: tiktokError(401, 'scope_not_authorized'),
  mastodon: { status: 403, body: { error: 'This action is outside the authorized scopes' } },
}
const DUPLICATE: Words = {
  facebook: graphError({ code: 506, message: '(#506) Duplicate status message' }),
  linkedin: linkedInError(422, 'DUPLICATE_POST', 'Content is a duplicate of urn:li:share:1'),
  x: xProblem(403, '', 'You are not allowed to create a Tweet with duplicate content.'),
  snapchat: snapError(400, 'MEDIA_POSTING_ALREADY_IN_PROGRESS'),
}
const QUOTA: Words = {
  instagram: graphError({ code: 9, subcode: 2_207_042, message: 'Application request limit reached' }),
  youtube: quotaExceeded,
  tiktok: tiktokError(403, 'spam_risk_too_many_posts'),
}

type Where = 'commit' | 'media' | 'first' | 'anything'
/** What stays as it is until it is taken off. */
const LASTING = {
  locked: (sandbox, on) => {
    if (sandbox.locks !== undefined) sandbox.locks = on
  },
  'in-review': (sandbox, on) => {
    if (sandbox.moderated !== undefined) sandbox.moderated = !on
  },
  clock: (sandbox, on) => sandbox.skew(on ? 14 * 60_000 : 0),
} satisfies Partial<Record<Failure, (sandbox: Failing, on: boolean) => void>>

type InWords = keyof typeof WORDS

/** Where each goes wrong, how, and how many times. `first`: with the first request of a post, whichever that is. */
const FAULTS: Readonly<Record<Exclude<Failure, InWords | keyof typeof LASTING>, readonly [Where, Fault, number?]>> = {
  'lost-answer': ['commit', lostAnswer],
  refused: ['commit', refusal(422, 'These words are not allowed here.')],
  'too-many': ['commit', refusal(429, 'Too many requests', { 'retry-after': '10' })],
  // Whoever asks whether it arrived finds nobody either.
  away: ['anything', refusal(503, 'Down for maintenance'), 2],
  slow: ['commit', slow(SLOW_MS)],
  'media-refused': ['media', refusal(422, 'This file cannot be read.')],
  cut: ['media', cutAfter(1_000)],
  'sign-in-page': ['commit', instead(SIGN_IN)],
  // Renewing the access does not help.
  revoked: ['anything', refusal(401, 'The access token was revoked'), 3],
  'thread-cut': ['commit', refusal(422, 'These words are not allowed here.')],
}
const EXPIRED: Words = {
  linkedin: linkedInError(401, 'EXPIRED_ACCESS_TOKEN', 'The token used in the request has expired'),
  youtube: youtubeError(401, 'authError'),
  bluesky: { status: 400, body: { error: 'ExpiredToken', message: 'Token has expired' } },
}
const OUTDATED: Words = {
  linkedin: linkedInError(426, 'NONEXISTENT_VERSION', 'Requested version is not active'),
  ghost: { status: 406, body: { errors: [{ message: 'Not Acceptable', type: 'RequestNotAcceptableError' }] } },
}

const WORDS = {
  'no-right': NO_RIGHT,
  duplicate: DUPLICATE,
  quota: QUOTA,
  expired: EXPIRED,
  gone: {},
  outdated: OUTDATED,
} satisfies Partial<Record<Failure, Words>>
/** What a network answers that has no words of its own for it. */
const ELSE: Readonly<Record<InWords, Reply>> = {
  'no-right': { status: 403, body: { error: 'This is not permitted.' } },
  duplicate: { status: 409, body: { error: 'This is there already.' } },
  quota: { status: 429, body: { error: 'Enough for today.' } },
  expired: { status: 401, body: { error: 'The access token has expired.' } },
  gone: { status: 404, body: { error: 'Nobody is here.' } },
  outdated: { status: 200, body: { answer: 'in another form' } },
}

const isInWords = (failure: Failure): failure is InWords => failure in WORDS
const isLasting = (failure: Failure): failure is keyof typeof LASTING => failure in LASTING

function faultOf(
  failure: Exclude<Failure, keyof typeof LASTING>,
  network: NetworkId,
): readonly [Where, Fault, number?] {
  if (!isInWords(failure)) return FAULTS[failure]
  const words: Words = WORDS[failure]
  return ['first', instead(words[network] ?? ELSE[failure])]
}

type Failing = Sandbox & Pick<Visible, 'locks' | 'moderated'>

/** The next request a failure fits meets it; null: none does any more. */
export function fail(sandbox: Failing, { network, commit, media }: PracticeNetwork, failure: Failure | null): void {
  sandbox.heal()
  for (const [name, set] of Object.entries(LASTING)) set(sandbox, name === failure)
  if (failure === null || isLasting(failure)) return
  const [at, fault, times] = faultOf(failure, network)
  const places = at === 'commit' ? [commit] : at === 'media' ? media : [commit, ...media]
  const fits = places.map(matching)
  // The first part of a thread goes out.
  let passed = failure === 'thread-cut' ? 1 : 0
  sandbox.fail((call) => at === 'anything' || (fits.some((one) => one(call)) && passed-- <= 0), fault, times)
}
