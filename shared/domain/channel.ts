/** Networks and channels. A channel is a profile on a network; planning never needs it to be connected. */
import type { ClockTime, Zone } from './time.ts'

export const HUES = [
  'clay',
  'ember',
  'amber',
  'olive',
  'moss',
  'pine',
  'teal',
  'lagoon',
  'sky',
  'cobalt',
  'iris',
  'plum',
  'rose',
  'slate',
] as const
export type Hue = (typeof HUES)[number]

export const NETWORK_IDS = [
  'facebook',
  'instagram',
  'youtube',
  'linkedin',
  'snapchat',
  'x',
  'tiktok',
  'threads',
  'pinterest',
  'bluesky',
  'mastodon',
  'wordpress',
  'ghost',
  'newsletter',
] as const
export type NetworkId = (typeof NETWORK_IDS)[number]

export interface Network {
  readonly name: string
  /** Two letters, readable in black and white; never changed by the user. */
  readonly sign: string
  readonly hue: Hue
  /** Other words people type for it. */
  readonly aliases: readonly string[]
}

export const NETWORKS: Readonly<Record<NetworkId, Network>> = {
  facebook: { name: 'Facebook', sign: 'Fb', hue: 'cobalt', aliases: ['fb'] },
  instagram: { name: 'Instagram', sign: 'Ig', hue: 'plum', aliases: ['ig', 'insta'] },
  youtube: { name: 'YouTube', sign: 'Yt', hue: 'ember', aliases: ['yt'] },
  linkedin: { name: 'LinkedIn', sign: 'Li', hue: 'sky', aliases: ['li'] },
  snapchat: { name: 'Snapchat', sign: 'Sc', hue: 'amber', aliases: ['snap', 'sc'] },
  x: { name: 'X', sign: 'X', hue: 'slate', aliases: ['twitter'] },
  tiktok: { name: 'TikTok', sign: 'Tk', hue: 'teal', aliases: ['tk'] },
  threads: { name: 'Threads', sign: 'Th', hue: 'rose', aliases: ['th'] },
  pinterest: { name: 'Pinterest', sign: 'Pi', hue: 'clay', aliases: ['pin', 'pi'] },
  bluesky: { name: 'Bluesky', sign: 'Bs', hue: 'lagoon', aliases: ['bsky', 'bs'] },
  mastodon: { name: 'Mastodon', sign: 'Ma', hue: 'iris', aliases: ['masto', 'ma'] },
  wordpress: { name: 'WordPress', sign: 'Wp', hue: 'pine', aliases: ['wp', 'blog'] },
  ghost: { name: 'Ghost', sign: 'Gh', hue: 'moss', aliases: ['gh'] },
  newsletter: { name: 'Newsletter', sign: 'Nl', hue: 'olive', aliases: ['nl', 'mail'] },
}

export interface PostingSlot {
  /** 1 Monday ... 7 Sunday */
  readonly weekday: number
  readonly time: ClockTime
}

export interface Channel {
  readonly id: string
  readonly network: NetworkId
  /** What people call it, e.g. `@fernhollow` */
  readonly name: string
  readonly hue: Hue
  /** The zone its slots are in. */
  readonly zone: Zone
  readonly slots: readonly PostingSlot[]
  /** Smallest distance between two posts, in minutes; 0: none kept. */
  readonly spacing: number
  /** Posts a month aimed at; 0: no target. */
  readonly target: number
  readonly order: number
  readonly trashedAt: number
}
