/** Where one posts by hand on each network, and where its posts stand. Read from the networks' own pages in 2026-11. Pure. */
import { type Channel, type NetworkId, OWN_SERVER } from '../../../shared/domain/channel.ts'

/** The page on which a post is begun; '' where every server has its own. */
const BEGIN: Readonly<Record<NetworkId, string>> = {
  facebook: 'https://www.facebook.com/',
  instagram: 'https://www.instagram.com/',
  youtube: 'https://studio.youtube.com/',
  linkedin: 'https://www.linkedin.com/feed/?shareActive=true',
  snapchat: 'https://my.snapchat.com/',
  x: 'https://x.com/compose/post',
  tiktok: 'https://www.tiktok.com/tiktokstudio/upload',
  threads: 'https://www.threads.com/',
  pinterest: 'https://www.pinterest.com/pin-creation-tool/',
  bluesky: 'https://bsky.app/',
  mastodon: '',
  wordpress: '',
  ghost: '',
  newsletter: '',
}
const ON_OWN_SERVER: Readonly<Partial<Record<NetworkId, string>>> = {
  mastodon: '/publish',
  wordpress: '/wp-admin/post-new.php',
  ghost: '/ghost/#/editor/post',
}

const HOSTS: Readonly<Partial<Record<NetworkId, readonly string[]>>> = {
  facebook: ['facebook.com', 'fb.com', 'fb.watch'],
  instagram: ['instagram.com'],
  youtube: ['youtube.com', 'youtu.be'],
  linkedin: ['linkedin.com', 'lnkd.in'],
  snapchat: ['snapchat.com'],
  x: ['x.com', 'twitter.com'],
  tiktok: ['tiktok.com'],
  threads: ['threads.com', 'threads.net'],
  bluesky: ['bsky.app'],
}

/** '' when nobody knows the address. */
export function beginAt({ network, address }: Pick<Channel, 'network' | 'address'>): string {
  const server = address
    .trim()
    .replace(/^https?:\/\//, '')
    .replace(/\/$/, '')
  return BEGIN[network] || (server && ON_OWN_SERVER[network] ? `https://${server}${ON_OWN_SERVER[network]}` : '')
}

/** Whether an address may be that of a post on a channel. Of networks with a server in every country, or on any server, nothing can be said. */
export function isOn({ network }: Pick<Channel, 'network'>, link: string): boolean {
  const hosts = HOSTS[network]
  if (!hosts || OWN_SERVER.has(network)) return true
  const host = URL.parse(link)?.hostname ?? ''
  return hosts.some((one) => host === one || host.endsWith(`.${one}`))
}
