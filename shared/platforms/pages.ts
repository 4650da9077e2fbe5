/** Where a person posts by hand, and where what they posted can be seen: data by network. Pure. */
import type { Channel, NetworkId } from '../domain/channel.ts'

interface Pages {
  /** Where a new post is begun, or the nearest page to it; null: on the channel's own server. */
  readonly post: string | null
  /** Hosts a link to a post is on, those below them included; empty: the channel's own server. */
  readonly hosts: readonly string[]
  /** Where on its own server a post is begun. */
  readonly path?: string
}

const PAGES: Readonly<Record<NetworkId, Pages>> = {
  facebook: {
    post: 'https://business.facebook.com/latest/composer',
    hosts: ['facebook.com', 'fb.com', 'fb.watch', 'fb.me'],
  },
  instagram: { post: 'https://www.instagram.com/', hosts: ['instagram.com'] },
  youtube: { post: 'https://studio.youtube.com/', hosts: ['youtube.com', 'youtu.be'] },
  linkedin: { post: 'https://www.linkedin.com/feed/', hosts: ['linkedin.com', 'lnkd.in'] },
  snapchat: { post: 'https://my.snapchat.com/', hosts: ['snapchat.com'] },
  x: { post: 'https://x.com/compose/post', hosts: ['x.com', 'twitter.com'] },
  tiktok: { post: 'https://www.tiktok.com/tiktokstudio/upload', hosts: ['tiktok.com'] },
  threads: { post: 'https://www.threads.com/', hosts: ['threads.com', 'threads.net'] },
  pinterest: { post: 'https://www.pinterest.com/pin-creation-tool/', hosts: ['pinterest.com', 'pin.it'] },
  bluesky: { post: 'https://bsky.app/', hosts: ['bsky.app'] },
  mastodon: { post: null, hosts: [], path: '/publish' },
  wordpress: { post: null, hosts: [], path: '/wp-admin/post-new.php' },
  ghost: { post: null, hosts: [], path: '/ghost/#/editor/post' },
  // Which program sends it, nobody told: there is no page to open, and its archive may be anywhere.
  newsletter: { post: null, hosts: [] },
}

/** A person writes where they read, and not where Pages are kept. */
const OF_PERSONS: Readonly<Partial<Record<NetworkId, string>>> = { facebook: 'https://www.facebook.com/' }

type OnServer = Pick<Channel, 'network' | 'address'>

/** The channel's own server as `https://host/path`; null while nobody wrote a usable one. */
function serverOf({ address }: OnServer): URL | null {
  const words = address.trim()
  return words === '' ? null : webAddress(/^https?:\/\//i.test(words) ? words : `https://${words}`)
}

const webAddress = (words: string): URL | null => {
  const url = URL.parse(words)
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url : null
}

/** The page on which a person posts; null where none is known. */
export function postingPage(channel: OnServer & Pick<Channel, 'kind'>): string | null {
  const { post, path } = PAGES[channel.network]
  const ofPersons = channel.kind === 'profile' && OF_PERSONS[channel.network]
  if (ofPersons) return ofPersons
  if (post !== null || path === undefined) return post
  const server = serverOf(channel)
  return server && `${server.href.replace(/\/+$/, '')}${path}`
}

/** Why a link cannot be that of a post on this channel, in a sentence; '' where it can. */
export function doubtAboutLink(channel: OnServer, link: string, network: string): string {
  const url = webAddress(link.trim())
  if (!url) return 'A link begins with https:// or http://.'
  const { hosts } = PAGES[channel.network]
  const server = serverOf(channel)
  const known = hosts.length > 0 ? hosts : server ? [server.hostname.replace(/^www\./, '')] : []
  if (known.length === 0 || known.some((host) => isOn(url.hostname, host))) return ''
  return `This is not on ${network}: a link to a post there is on ${known[0]}.`
}

/** Pinterest has a host for every country, so that what ends in another way is taken by its name. */
const isOn = (hostname: string, host: string): boolean =>
  hostname === host ||
  hostname.endsWith(`.${host}`) ||
  (host === 'pinterest.com' && /^([a-z]+\.)?pinterest\.[a-z]{2,3}(\.[a-z]{2})?$/.test(hostname))
