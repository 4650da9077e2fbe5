/** Every network Outpost publishes to, each with a sandbox of it: for tests that hold for all of them. */

import type { Adapter, Job, Memory, Secrets, SentMedium } from '../../../electron/platforms/adapter.ts'
import { bluesky } from '../../../electron/platforms/bluesky.ts'
import { facebook } from '../../../electron/platforms/facebook.ts'
import { ghost } from '../../../electron/platforms/ghost.ts'
import { instagram } from '../../../electron/platforms/instagram.ts'
import { linkedin } from '../../../electron/platforms/linkedin.ts'
import { mastodon } from '../../../electron/platforms/mastodon.ts'
import { pinterest } from '../../../electron/platforms/pinterest.ts'
import { snapchat } from '../../../electron/platforms/snapchat.ts'
import { threads } from '../../../electron/platforms/threads.ts'
import { tiktok } from '../../../electron/platforms/tiktok.ts'
import { wordpress } from '../../../electron/platforms/wordpress.ts'
import { x } from '../../../electron/platforms/x.ts'
import { youtube } from '../../../electron/platforms/youtube.ts'
import { jobOf, usesOf } from '../../../renderer/sync/compose.ts'
import type { NetworkId } from '../../../shared/domain/channel.ts'
import { RULES } from '../../../shared/platforms/index.ts'
import type { Content, Fields, FormatId, FormatRules, MediaFacts, MediaKind } from '../../../shared/platforms/model.ts'
import { BLUESKY_OTHERS, BLUESKY_PASSWORD, startBluesky } from '../../sandbox/bluesky.ts'
import { startFacebook } from '../../sandbox/facebook.ts'
import { GHOST_KEY, startGhost } from '../../sandbox/ghost.ts'
import { startInstagram } from '../../sandbox/instagram.ts'
import { startLinkedIn } from '../../sandbox/linkedin.ts'
import { MASTODON_OTHERS, MASTODON_TOKEN, startMastodon } from '../../sandbox/mastodon.ts'
import { startPinterest } from '../../sandbox/pinterest.ts'
import type { Visible } from '../../sandbox/practice.ts'
import { inSandbox } from '../../sandbox/reroute.ts'
import { startSnapchat } from '../../sandbox/snapchat.ts'
import { startThreads } from '../../sandbox/threads.ts'
import { startTikTok } from '../../sandbox/tiktok.ts'
import { startWordPress, WORDPRESS_PASSWORD } from '../../sandbox/wordpress.ts'
import { startX } from '../../sandbox/x.ts'
import { startYouTube } from '../../sandbox/youtube.ts'
import { aPicture, bytesFor, deliver, testTools } from './deliver.ts'

/** A sandbox with an account in it. */
export interface Started {
  /** Ghost and WordPress count nothing. */
  readonly sandbox: Visible
  readonly adapter: Adapter
  readonly given: Secrets
  /** A person takes the access of the app away. */
  withdraw(): void
  /** Lets the network fetch media from their addresses. */
  host(media: readonly SentMedium[]): void
  /** Where the network has more than one host: what an account is told of the others. */
  readonly facts?: Memory
  /** Files that came enciphered, as they are. */
  deciphered?(): readonly Buffer[]
}

const noHost = () => undefined
/** A network whose hosts stand fixed. */
const fixed = <T extends Started['sandbox']>(
  sandbox: T,
  adapter: Adapter,
  given: Secrets,
  withdraw: (sandbox: T) => void,
  host: Started['host'] = noHost,
): Started => ({
  sandbox,
  adapter: inSandbox(adapter, () => sandbox.url),
  given,
  withdraw: () => withdraw(sandbox),
  host,
})

const byType =
  (hosted: Map<string, string>): Started['host'] =>
  (media) => {
    for (const { address, type } of media) hosted.set(address, type)
  }
const revoked = (sandbox: { access: string }) => {
  sandbox.access = 'revoked'
}
const removed = (sandbox: { access: string }) => {
  sandbox.access = 'removed'
}

export const EVERY_NETWORK: Readonly<Partial<Record<NetworkId, () => Promise<Started>>>> = {
  facebook: async () => fixed(await startFacebook(), facebook, { accessToken: 'page-token-1001' }, removed),
  instagram: async () => {
    const sandbox = await startInstagram()
    return fixed(sandbox, instagram, { accessToken: 'ig-token-0001' }, removed, byType(sandbox.hosted))
  },
  youtube: async () =>
    fixed(
      await startYouTube(),
      youtube,
      {
        accessToken: 'ya29.first-access',
        refreshToken: '1//refresh-token',
        clientId: 'client.apps.example',
        clientSecret: 'GOCSPX-shipped',
      },
      revoked,
    ),
  linkedin: async () =>
    fixed(await startLinkedIn(), linkedin, { accessToken: 'AQX-first-access', as: 'page' }, revoked),
  snapchat: async () => {
    const sandbox = await startSnapchat()
    const given = {
      accessToken: 'snap-first-access',
      refreshToken: 'snap-first-refresh',
      clientId: 'client-1',
      clientSecret: 'hush-hush',
    }
    const deciphered = () => [...sandbox.media.values()].flatMap(({ file }) => file ?? [])
    return { ...fixed(sandbox, snapchat, given, revoked), deciphered }
  },
  x: async () =>
    fixed(
      await startX(),
      x,
      { accessToken: 'x-first-access', refreshToken: 'x-first-refresh', clientId: 'client-77' },
      revoked,
    ),
  tiktok: async () => {
    const sandbox = await startTikTok()
    return fixed(
      sandbox,
      tiktok,
      {
        accessToken: 'act.first-access',
        refreshToken: 'rft.first-refresh',
        clientId: 'aw0key',
        clientSecret: 'hush-hush',
      },
      revoked,
      (media) => {
        for (const { address } of media) sandbox.hosted.add(address)
      },
    )
  },
  threads: async () => {
    const sandbox = await startThreads()
    return fixed(sandbox, threads, { accessToken: 'th-token-0001' }, removed, byType(sandbox.hosted))
  },
  pinterest: async () =>
    fixed(
      await startPinterest(),
      pinterest,
      {
        accessToken: 'pina_first-access',
        refreshToken: 'pinr_first-refresh',
        clientId: '1500000',
        clientSecret: 'hush-hush',
      },
      revoked,
    ),
  bluesky: async () => {
    const sandbox = await startBluesky()
    const given = { host: sandbox.url, identifier: 'outpost.test', password: BLUESKY_PASSWORD }
    return {
      sandbox,
      adapter: bluesky,
      given,
      withdraw: sandbox.withdraw,
      host: noHost,
      facts: { video: sandbox.url },
    }
  },
  mastodon: async () => {
    const sandbox = await startMastodon()
    const given = { host: sandbox.url, token: MASTODON_TOKEN }
    return { sandbox, adapter: mastodon, given, withdraw: () => sandbox.tokens.clear(), host: noHost }
  },
  wordpress: async () => {
    const sandbox = await startWordPress()
    const given = { host: sandbox.url, login: 'editor', password: WORDPRESS_PASSWORD }
    const withdraw = () => {
      for (const { passwords } of sandbox.users.values()) passwords.clear()
    }
    return { sandbox, adapter: wordpress, given, withdraw, host: noHost }
  },
  ghost: async () => {
    const sandbox = await startGhost()
    const given = { host: sandbox.url, key: GHOST_KEY }
    return { sandbox, adapter: ghost, given, withdraw: () => sandbox.keys.clear(), host: noHost }
  },
}

/* ---- what is sent to each ---- */

/** What a post needs on a network besides. */
export const NEEDED: Partial<Record<NetworkId, Fields>> = {
  youtube: { title: 'Dawn', visibility: 'public', madeForKids: false },
  tiktok: { visibility: 'PUBLIC_TO_EVERYONE' },
  pinterest: { board: 'Harbour' },
  ghost: { title: 'Dawn' },
}
/** Posts of others that are there to be quoted. */
export const OTHERS: Partial<Record<NetworkId, readonly string[]>> = {
  bluesky: BLUESKY_OTHERS,
  mastodon: MASTODON_OTHERS,
}
const TYPES: Readonly<Record<MediaKind, string>> = {
  image: 'image/jpeg',
  animation: 'image/gif',
  video: 'video/mp4',
  audio: 'audio/mpeg',
  document: 'application/pdf',
}

export const mediumOf = (kind: MediaKind, at: number): SentMedium =>
  aPicture(`${kind}-${at}`, 3000, {
    type: TYPES[kind],
    alt: '',
    duration: kind === 'video' || kind === 'audio' ? 20 : 0,
    ...(kind === 'video' ? { width: 1080, height: 1920 } : {}),
    address: `https://media.example.org/${kind}-${at}`,
  })
export const factsOf = ({ id, type, alt }: SentMedium): MediaFacts => ({
  id,
  kind: (['image', 'video', 'audio'] as const).find((kind) => type.startsWith(`${kind}/`)) ?? 'document',
  type,
  alt,
})

/** The files of a content, for each of their uses in it. */
export const filesOf = (content: Content, files: readonly SentMedium[]): Map<MediaFacts, SentMedium> =>
  new Map(
    usesOf(content).flatMap(({ facts }) => files.flatMap((file) => (file.id === facts.id ? [[facts, file]] : []))),
  )

/** The ways a format can be filled with media, the emptiest first. */
export const waysOf = ({ media }: FormatRules): SentMedium[][] =>
  media.flatMap(({ of, min }) =>
    min === 0 ? [[]] : of.map((kind) => Array.from({ length: min }, (_, at) => mediumOf(kind, at))),
  )

/** A plain post for a network, in the first format it has, and the files that go with it. */
export function plainPost(
  network: NetworkId,
  text = 'Boats',
): { readonly job: Job; readonly media: readonly SentMedium[] } {
  const [format, rules] = Object.entries(RULES[network].formats)[0] as [FormatId, FormatRules]
  const [media = []] = waysOf(rules)
  return postOf(network, format, media, text)
}

const COVER = { id: 'cover.jpg', kind: 'image', type: 'image/jpeg', width: 1280, height: 720, alt: '' } as const

/** A post of a format with these files, with all it needs besides. */
export function postOf(network: NetworkId, format: FormatId, media: readonly SentMedium[], text = 'Boats') {
  const cover = RULES[network].formats[format]?.fields.cover
  const needsCover = cover?.kind === 'picture' && cover.required
  const files = needsCover ? [...media, { ...mediumOf('image', 9), id: COVER.id }] : media
  const fields = { ...NEEDED[network], ...(needsCover ? { cover: COVER } : {}) }
  const content: Content = { network, format, text, media: media.map(factsOf), fields }
  const html = format === 'article' ? `<p>${text}</p>` : ''
  const job: Job = { ...jobOf({ id: 'delivery' }, content, filesOf(content, files), null, html), fingerprint: 'same' }
  return { job, media: files }
}

let started: Started | undefined
/** Closes the sandbox of the last post. */
export const closeStarted = async (): Promise<void> => {
  await started?.sandbox.close()
  started = undefined
}

/** All that was asked of a network while a content went out there, without what is made by chance; or why it did not go. */
export async function sentTo(content: Content, files: readonly SentMedium[]) {
  const { network, format } = content
  await closeStarted()
  started = await EVERY_NETWORK[network]?.()
  if (!started) throw new Error(`There is no sandbox of ${network}.`)
  const { adapter, sandbox, given } = started
  const connected = await adapter.connect(given, testTools(sandbox.clock, {}))
  if (connected.kind !== 'connected') throw new Error(JSON.stringify(connected.trouble))
  started.host(files)
  const html = format === 'article' ? `<p>${content.text}</p>` : ''
  const job = { ...jobOf({ id: 'delivery' }, content, filesOf(content, files), null, html), fingerprint: 'same' }
  const tools = testTools(sandbox.clock, connected.secrets, bytesFor(...files))
  sandbox.calls.length = 0
  const account = { ...connected.account, facts: { ...connected.account.facts, ...started.facts } }
  const { trouble, remoteIds, memory } = await deliver({ adapter, job, account, tools, clock: sandbox.clock })
  if (!trouble) await adapter.complete?.(remoteIds[0] ?? '', job, memory, account, tools)
  const said = sandbox.calls.map(({ method, path, query, body }) => {
    const text = body.toString('latin1')
    return `${method} ${path}?${query} ${text}`.replaceAll(sandbox.url, '').replace(/[2-7a-z]{13}(?=["/&]|$)/g, 'KEY')
  })
  const plain = (started.deciphered?.() ?? []).map((file) => file.toString('latin1'))
  /** What the network shows of it a minute later. */
  const seenLater = () => {
    sandbox.clock.pass(60_000)
    return adapter.see?.(remoteIds[0] ?? '', account, tools)
  }
  /** What the network tells of it once somebody has answered what it shows. */
  const engagementLater = async () => {
    const [shown] = sandbox.visible()
    sandbox.audience.answer(shown?.id ?? '', 'gull', 'Where do I get one?')
    const [id = ''] = remoteIds
    return {
      metrics: await adapter.metrics?.(id, account, tools),
      inbox: await adapter.inbox?.(id, '', account, tools),
      isUnheard: shown?.unheard === true,
    }
  }
  return {
    trouble,
    said: [...said.filter((line) => !/\/media .*"iv":/.test(line)), ...plain],
    seenLater,
    engagementLater,
  }
}
