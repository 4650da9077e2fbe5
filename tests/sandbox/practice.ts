/**
 * The sandbox as a place to practise in: the app loads this one file, when somebody wants to practise. One line in `NETWORKS` makes a
 * network part of it.
 */
import type { NetworkId } from '../../shared/domain/channel.ts'
import type { ServerSettings } from '../../shared/domain/mediaHost.ts'
import { practiceHost } from '../../shared/domain/practice.ts'
import type { Deed, Failure } from '../../shared/domain/practiceFailures.ts'
import type { Audience } from './audience.ts'
import { BLUESKY_PASSWORD, startBluesky } from './bluesky.ts'
import { startFacebook } from './facebook.ts'
import { GHOST_KEY, startGhost } from './ghost.ts'
import { startInstagram } from './instagram.ts'
import { type Limits, lift } from './limits.ts'
import { startLinkedIn } from './linkedin.ts'
import { MASTODON_TOKEN, startMastodon } from './mastodon.ts'
import { OWN, startOwnServer } from './mediaHost.ts'
import { startPinterest } from './pinterest.ts'
import { fail, isLasting, type Requests } from './practiceFaults.ts'
import { anyOf, type Clock, type Matcher, pieceOf, type Sandbox, type Spoiling, saying } from './server.ts'
import type { ShownPost, WaitingPost } from './shown.ts'
import { startSnapchat } from './snapchat.ts'
import { startThreads } from './threads.ts'
import { startTikTok } from './tiktok.ts'
import { startWordPress, WORDPRESS_PASSWORD } from './wordpress.ts'
import { startX } from './x.ts'
import { startYouTube } from './youtube.ts'

export interface PracticeNetwork {
  readonly network: NetworkId
  /** Every server, site and PDS has an address of its own; the others have fixed hosts. */
  readonly ownHost: boolean
  /** What its adapter is given to connect. */
  readonly given: Readonly<Record<string, string>>
  /** Which of its requests does what, so that each can go wrong. */
  readonly requests: Requests
  start(clock: Clock): Promise<Visible>
}

export type { ShownFile, ShownPost, WaitingPost } from './shown.ts'

export interface Visible extends Sandbox {
  /** What it counts; absent where it counts nothing. */
  readonly limits?: Limits
  visible(): readonly ShownPost[]
  /** Whether films are locked as long as the project is not checked; absent where no network does that. */
  locks?: boolean
  /** Whether what was posted has been looked at, and is public; absent where nobody looks first. */
  moderated?: boolean
  /** What it works on next can be none that it reads; absent where it works on nothing. */
  readonly spoiling?: Spoiling
  /** What others do with its posts. */
  readonly audience: Audience
  /** What waits there for its time; absent where nothing can. */
  queue?(): readonly WaitingPost[]
  /** Somebody there writes something else into what waits; absent where nothing can. */
  rewrite?(id: string, text: string): void
  /** Somebody there takes away what is out or waits. */
  takeAway(id: string): void
  /** Lets out what waits there and is due; absent where nothing waits, or it comes out by itself. */
  publishDue?(): void
}

type Start = (options: { clock: Clock }) => Promise<Visible>
type Given = PracticeNetwork['given']

const fixed = (network: NetworkId, start: Start, given: Given, requests: Requests): PracticeNetwork => ({
  network,
  ownHost: false,
  given,
  requests,
  start: (clock) => start({ clock }),
})

const own = (network: NetworkId, start: Start, given: Given, requests: Requests): PracticeNetwork => ({
  network,
  ownHost: true,
  given: { host: practiceHost(network), ...given },
  requests,
  start: (clock) => start({ clock }),
})

const GRAPH = 'POST /graph.facebook.com/*/*'
const YOUTUBE_UPLOAD = '/www.googleapis.com/upload/youtube/v3/videos'
const TIKTOK_FILM = 'PUT /open-upload.tiktokapis.com/video/'
const TIKTOK_POST = 'POST /open.tiktokapis.com/v2/post/publish'
const SNAPCHAT = 'POST /businessapi.snapchat.com'
const PINS = 'POST /api.pinterest.com/v5/pins'
/** A container with the address of a file. */
const withAddress = (pattern: string): Matcher => saying(pattern, /(?:image|video)_url=/)

/** Tokens are those its sandbox takes; they open nothing else. */
export const NETWORKS: readonly PracticeNetwork[] = [
  fixed(
    'facebook',
    startFacebook,
    { accessToken: 'page-token-1001' },
    {
      commit: anyOf(
        `${GRAPH}/feed`,
        `${GRAPH}/photo_stories`,
        'POST /graph-video.facebook.com/*/*/videos',
        saying(anyOf(`${GRAPH}/video_reels`, `${GRAPH}/video_stories`), /upload_phase=finish/),
      ),
      file: anyOf(
        `${GRAPH}/photos`,
        'POST /graph.facebook.com/*/upload:*',
        'POST /rupload.facebook.com/video-upload/*/*',
      ),
    },
  ),
  fixed(
    'instagram',
    startInstagram,
    { accessToken: 'ig-token-0001' },
    {
      opening: anyOf('POST /graph.instagram.com/*/*/media'),
      commit: anyOf('POST /graph.instagram.com/*/*/media_publish'),
      file: withAddress('POST /graph.instagram.com/*/*/media'),
    },
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
    {
      opening: anyOf(`POST ${YOUTUBE_UPLOAD}`),
      commit: pieceOf(`PUT ${YOUTUBE_UPLOAD}`, true),
      file: anyOf(`POST ${YOUTUBE_UPLOAD}`),
      bytes: pieceOf(`PUT ${YOUTUBE_UPLOAD}`),
    },
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
    { commit: anyOf('POST /api.linkedin.com/rest/posts'), file: anyOf('PUT /www.linkedin.com/dms-uploads/*/*') },
  ),
  fixed(
    'x',
    startX,
    { accessToken: 'x-first-access', refreshToken: 'x-first-refresh', clientId: 'client-77' },
    {
      commit: anyOf('POST /api.x.com/2/tweets'),
      file: anyOf('POST /api.x.com/2/media/upload', 'POST /api.x.com/2/media/upload/*/append'),
    },
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
    {
      // What the account may is asked first, and answered in the same words.
      opening: anyOf(`${TIKTOK_POST}/creator_info/query/`, `${TIKTOK_POST}/*/init/`),
      commit: anyOf(pieceOf(TIKTOK_FILM, true), `${TIKTOK_POST}/content/init/`),
      file: anyOf(`${TIKTOK_POST}/*/init/`),
      bytes: anyOf(TIKTOK_FILM),
    },
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
    {
      opening: anyOf(`${SNAPCHAT}/v1/public_profiles/*/media`),
      commit: anyOf(
        `${SNAPCHAT}/v1/public_profiles/*/stories`,
        `${SNAPCHAT}/v1/public_profiles/*/saved_stories`,
        `${SNAPCHAT}/v1/public_profiles/*/spotlights`,
      ),
      file: anyOf(`${SNAPCHAT}/*/v1/media/*/add`),
    },
  ),
  fixed(
    'threads',
    startThreads,
    { accessToken: 'th-token-0001' },
    {
      opening: anyOf('POST /graph.threads.net/v1.0/*/threads'),
      commit: anyOf('POST /graph.threads.net/v1.0/*/threads_publish'),
      file: withAddress('POST /graph.threads.net/v1.0/*/threads'),
    },
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
    {
      commit: anyOf(PINS),
      // Pictures stand in the pin itself.
      file: anyOf('POST /api.pinterest.com/v5/media', PINS),
      bytes: anyOf('POST /pinterest-media-upload.s3.example.org/', PINS),
    },
  ),
  own(
    'bluesky',
    startBluesky,
    { identifier: '@outpost.test', password: BLUESKY_PASSWORD },
    {
      commit: anyOf('POST /xrpc/com.atproto.repo.putRecord'),
      file: anyOf('POST /xrpc/com.atproto.repo.uploadBlob', 'POST /xrpc/app.bsky.video.uploadPart'),
    },
  ),
  own(
    'mastodon',
    startMastodon,
    { token: MASTODON_TOKEN },
    { commit: anyOf('POST /api/v1/statuses'), file: anyOf('POST /api/v2/media') },
  ),
  own(
    'wordpress',
    async (options) => {
      const site = await startWordPress(options)
      return { ...site, publishDue: site.visit }
    },
    { login: 'editor', password: WORDPRESS_PASSWORD },
    { commit: anyOf('POST /wp-json/wp/v2/posts/*'), file: anyOf('POST /wp-json/wp/v2/media') },
  ),
  own(
    'ghost',
    startGhost,
    { key: GHOST_KEY },
    { commit: anyOf('PUT /ghost/api/admin/posts/*/'), file: anyOf('POST /ghost/api/admin/*/upload/') },
  ),
]

const clock: Clock = { now: () => Date.now(), pass: () => undefined }

export interface StartedNetwork extends PracticeNetwork {
  readonly url: string
  posts(): readonly ShownPost[]
  /** What waits there for its time. */
  waiting(): readonly WaitingPost[]
  /** Somebody there does something to a post behind the back of Outpost. */
  meddle(deed: Deed, id: string): void
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
      // Nobody waits for a clock there: what is due comes out before anybody can see that it had not.
      const letOut = () => sandbox.publishDue?.()
      sandbox.onAsked(letOut)
      // Who practises for an afternoon meets a limit when they mean to.
      lift(sandbox.limits ?? {})
      let armed: Failure | null = null
      return {
        ...one,
        url: sandbox.url,
        posts: () => {
          letOut()
          return sandbox.visible()
        },
        waiting: () => {
          letOut()
          return sandbox.queue?.() ?? []
        },
        meddle: (deed, id) => {
          const found = sandbox.queue?.().find((post) => post.id === id)
          if (deed === 'take-away') sandbox.takeAway(id)
          else if (deed === 'answer') sandbox.audience.answer(id, 'gull', 'Where do I get one?')
          else if (found) sandbox.rewrite?.(id, `${found.text} (changed there)`)
        },
        fail: (failure) => {
          armed = failure
          fail(sandbox, one, failure)
        },
        failing: () => ((armed && isLasting(armed)) || sandbox.waits() || sandbox.spoiling?.next ? armed : null),
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
