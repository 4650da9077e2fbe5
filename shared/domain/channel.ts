/** Networks and channels. A channel is a profile on a network; planning never needs it to be connected. */
import { addDays, type ClockTime, type Instant, type IsoDate, minutesOf, toInstant, toWall, type Zone } from './time.ts'

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

/** Hours in which nothing should go out, in the zone of the channel; `to` before `from` runs over midnight. */
export interface QuietHours {
  readonly from: ClockTime
  /** The first minute that is not quiet any more. */
  readonly to: ClockTime
}

export const ACCOUNT_KINDS = ['page', 'profile'] as const
/** Some networks take other things from a company's page than from a person. */
export type AccountKind = (typeof ACCOUNT_KINDS)[number]
/** Networks where an account is one of two kinds. */
export const KINDS_MATTER: ReadonlySet<NetworkId> = new Set(['linkedin'])

/** Networks that run on a server of the user's choice: such a channel has an address. */
export const OWN_SERVER: ReadonlySet<NetworkId> = new Set(['bluesky', 'mastodon', 'wordpress', 'ghost'])

export const LATE_POLICIES = ['ask', 'slot'] as const
export type LatePolicy = (typeof LATE_POLICIES)[number]

export interface Channel {
  readonly id: string
  readonly network: NetworkId
  readonly kind: AccountKind
  /** What people call it, e.g. `Fernhollow Outdoor` */
  readonly name: string
  /** What the network calls it, e.g. `@fernhollow`; '' when not known yet. */
  readonly handle: string
  /** Server or site, e.g. `mastodon.example`; '' where the network has only one. */
  readonly address: string
  /** Its picture: id of a medium, '' for none. */
  readonly avatarId: string
  readonly hue: Hue
  /** The zone its slots and quiet hours are in. */
  readonly zone: Zone
  readonly slots: readonly PostingSlot[]
  readonly quiet: QuietHours | null
  /** Public holidays are quiet all day. */
  readonly quietOnHolidays: boolean
  /** Smallest distance between two posts, in minutes; 0: none kept. */
  readonly spacing: number
  /** Most posts a day; 0: as many as one likes. */
  readonly perDay: number
  /** Posts a month aimed at; 0: no target. */
  readonly target: number
  /** How many minutes late a post may still go out by itself, after this computer slept through its time; 0: always ask. */
  readonly grace: number
  /** When that is over: it asks, or takes the next free slot of the channel. */
  readonly late: LatePolicy
  readonly order: number
  readonly trashedAt: number
}

/** A channel as it is made: of its network's colour, with two hours between posts and two hours of grace. */
export const blankChannel = (network: NetworkId, fields: Partial<Channel> & Pick<Channel, 'id' | 'zone'>): Channel => ({
  network,
  kind: KINDS_MATTER.has(network) ? 'page' : 'profile',
  name: NETWORKS[network].name,
  handle: '',
  address: '',
  avatarId: '',
  hue: NETWORKS[network].hue,
  slots: [],
  quiet: null,
  quietOnHolidays: false,
  spacing: 120,
  perDay: 0,
  target: 0,
  grace: 120,
  late: 'ask',
  order: 0,
  trashedAt: 0,
  ...fields,
})

/** The network's name; that of the channel where a post goes to two of one network. */
export function channelWords(
  channel: Pick<Channel, 'network' | 'name'>,
  all: readonly Pick<Channel, 'network'>[],
): string {
  const alone = all.filter(({ network }) => network === channel.network).length < 2
  return alone ? NETWORKS[channel.network].name : channel.name
}

/** Whether a channel keeps quiet at a minute of its day. */
export function isQuietAt(quiet: QuietHours, time: ClockTime): boolean {
  const [from, to, at] = [minutesOf(quiet.from), minutesOf(quiet.to), minutesOf(time)]
  return from <= to ? at >= from && at < to : at >= from || at < to
}

/** Whether an instant lies in the quiet hours of a channel, on its own clock. */
export const inQuietHours = (channel: Pick<Channel, 'quiet' | 'zone'>, at: Instant): boolean =>
  channel.quiet !== null && isQuietAt(channel.quiet, toWall(at, channel.zone).time)

/**
 * The quiet minutes of a day on the clock of a zone, as stretches from and to (not included), in order. Quiet hours of the night
 * give two: what is left of the one before, and the beginning of the next.
 */
export function quietSpans(
  { quiet, zone: own }: Pick<Channel, 'quiet' | 'zone'>,
  day: IsoDate,
  zone: Zone,
): readonly { readonly from: number; readonly to: number }[] {
  if (!quiet || quiet.from === quiet.to) return []
  const overnight = minutesOf(quiet.to) < minutesOf(quiet.from)
  return [-2, -1, 0, 1].flatMap((offset) => {
    const begins = addDays(day, offset)
    const from = toWall(toInstant({ date: begins, time: quiet.from, zone: own }), zone)
    const to = toWall(toInstant({ date: overnight ? addDays(begins, 1) : begins, time: quiet.to, zone: own }), zone)
    if (to.date < day || from.date > day) return []
    const span = { from: from.date < day ? 0 : minutesOf(from.time), to: to.date > day ? 1_440 : minutesOf(to.time) }
    return span.from < span.to ? [span] : []
  })
}
