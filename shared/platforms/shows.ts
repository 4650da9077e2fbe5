/**
 * How much of a post a network shows before one asks for more, and what it lays over a tall picture. No network says so itself unless
 * noted: these are what others measured in its apps, good for a preview, never a reason to refuse anything.
 */
import type { NetworkId } from '../domain/channel.ts'
import { formatOf } from './formats.ts'
import type { Content, FormatId, MediaFacts } from './model.ts'

export type Device = 'phone' | 'desktop'

/** Where a text is folded: after so many characters or lines, whatever comes first. */
export interface Fold {
  readonly characters?: number
  readonly lines?: number
}
interface Folds extends Readonly<Partial<Record<Device, Fold>>> {
  readonly source: string
}

const EVERYWHERE = (fold: Fold, source: string): Folds => ({ phone: fold, desktop: fold, source })
const MEASURED = 'posttruncate.com, platform limits (2026)'

const FOLDS: Readonly<Partial<Record<NetworkId, Folds>>> = {
  facebook: { phone: { characters: 110 }, desktop: { characters: 480 }, source: MEASURED },
  instagram: EVERYWHERE({ characters: 125 }, MEASURED),
  linkedin: { phone: { characters: 140 }, desktop: { characters: 210 }, source: MEASURED },
  threads: { phone: { characters: 250 }, source: MEASURED },
  youtube: EVERYWHERE({ characters: 157 }, 'toolsdeck.app, social media character limits (2026)'),
  tiktok: EVERYWHERE({ characters: 150 }, 'toolshake.xyz, caption character counter (2026)'),
  pinterest: EVERYWHERE({ characters: 60 }, 'socialcal.app, Pinterest character counter (2026)'),
  mastodon: EVERYWHERE({ lines: 32 }, 'its web client: status_content, MAX_HEIGHT'),
  bluesky: EVERYWHERE({ lines: 25 }, 'its official client: MAX_POST_LINES'),
}

export const foldOf = (network: NetworkId, device: Device): Fold => FOLDS[network]?.[device] ?? {}

/** Parts of a 9:16 picture that buttons and words of the app lie over, as shares of its width and height. */
export interface SafeZone {
  readonly top: number
  readonly bottom: number
  readonly start: number
  readonly end: number
}
interface SafeZoneFact extends SafeZone {
  readonly source: string
}

const META_REEL: SafeZoneFact = {
  top: 0.14,
  bottom: 0.35,
  start: 0.06,
  end: 0.06,
  source: 'houseofmarketers.com, safe zones after Meta Business Help',
}
const META_STORY: SafeZoneFact = {
  top: 0.14,
  bottom: 0.2,
  start: 0,
  end: 0,
  source: 'imagefactory.co.kr, safe areas after the ads guide of Meta (2026)',
}
const TIKTOK: SafeZoneFact = {
  top: 0.13,
  bottom: 0.335,
  start: 0.11,
  end: 0.22,
  source: 'forum.logik.tv, measured in the templates of TikTok',
}
const SHORT: SafeZoneFact = {
  top: 0.1,
  bottom: 0.25,
  start: 0,
  end: 0.11,
  source: 'youraithumbnailgenerator.com, Shorts safe zones (2026)',
}
const TALL: SafeZoneFact = {
  top: 0.15,
  bottom: 0.2,
  start: 0,
  end: 0,
  source: 'cutedyno.com, safe zones of short videos (2026): what holds in general',
}

const ZONES: Readonly<Partial<Record<NetworkId, Readonly<Partial<Record<FormatId, SafeZoneFact>>>>>> = {
  instagram: { reel: META_REEL, story: META_STORY },
  facebook: { reel: META_REEL, story: META_STORY },
  tiktok: { video: TIKTOK },
  youtube: { short: SHORT },
}

export const safeZoneOf = (network: NetworkId, format: FormatId): SafeZone => ZONES[network]?.[format] ?? TALL

/** Networks that make a card of a link in the text by themselves; others want it in a field of its own, or have none. */
const CARDS: ReadonlySet<NetworkId> = new Set(['x', 'threads', 'mastodon'])
export const makesCards = (network: NetworkId): boolean => CARDS.has(network)

/** Characters of an address that are shown, without what all addresses begin with; other networks show it whole. */
const LINKS: Readonly<Partial<Record<NetworkId, { readonly length: number; readonly source: string }>>> = {
  mastodon: { length: 30, source: 'its server: TextFormatter, shortened_link' },
  x: { length: 26, source: 'X: the display_url in its examples of entities' },
}

/** An address as a network shows it in a text. */
export function shownLink(network: NetworkId, address: string): string {
  const most = LINKS[network]?.length
  if (most === undefined) return address
  const bare = address.replace(/^https?:\/\/(www\.)?/i, '')
  // The dots take the place of one character.
  return bare.length > most + 1 ? `${bare.slice(0, most)}…` : bare
}

/** A text as it stands folded: what is seen, and whether there is more. Cut between words where one is near. */
export function folded(text: string, { characters, lines }: Fold): { readonly seen: string; readonly more: boolean } {
  const byLines = lines === undefined ? text : text.split('\n').slice(0, lines).join('\n')
  const cut = characters === undefined || byLines.length <= characters ? byLines : betweenWords(byLines, characters)
  const more = cut.length < text.length
  // The dots that stand for the rest follow a word, not another mark.
  return { seen: more ? cut.replace(/[\s.,:;]+$/, '') : cut.trimEnd(), more }
}

/** How far back a cut looks for a space, in characters. */
const NEAR = 24

function betweenWords(text: string, length: number): string {
  const cut = text.slice(0, length)
  const space = Math.max(cut.lastIndexOf(' '), cut.lastIndexOf('\n'))
  // Never through the middle of a character of two units.
  return space > length - NEAR ? cut.slice(0, space) : cut.replace(/[\ud800-\udbff]$/, '')
}

/** Width by height of a medium as it is; a square where that is not known. */
export const naturalRatio = ({ width, height }: Pick<MediaFacts, 'width' | 'height'>): number =>
  width && height ? width / height : 1

/** The shape a feed shows a medium in: its own, as far as the network takes it. */
export function shownRatio(content: Content, medium: Pick<MediaFacts, 'kind' | 'width' | 'height'>): number {
  const bounds = formatOf(content)?.files[medium.kind]?.bounds ?? []
  const ratios = bounds.filter(({ of, severity }) => of === 'ratio' && severity === undefined)
  const least = Math.max(0, ...ratios.flatMap(({ min }) => min ?? []))
  const most = Math.min(Infinity, ...ratios.flatMap(({ max }) => max ?? []))
  return Math.min(Math.max(naturalRatio(medium), least), Math.max(most, least))
}

/** How the grid of a profile shows posts. */
interface GridFact {
  readonly columns: number
  /** Width by height of a tile; a post is cut to it about the middle of what the feed shows of it. */
  readonly ratio: number
  readonly source: string
}
export const PROFILE_GRID: GridFact = {
  columns: 3,
  ratio: 3 / 4,
  source: 'pictuary.com, profile grid: 3:4 since January 2025; no page of Meta says it',
}
