/** What a post sends to one of its channels: its text or the base, its pictures or those of the post, the fields of its format. Pure. */
import type { Channel, NetworkId } from '../domain/channel.ts'
import type { Doc } from '../domain/document.ts'
import type { Medium } from '../domain/medium.ts'
import { type Mention, mentionsFor } from '../domain/mention.ts'
import type { PlacedMedium, Placement } from '../domain/placement.ts'
import type { Post } from '../domain/post.ts'
import { linkFor, type Vocabulary } from '../domain/utm.ts'
import { type Frame, frameOf, pixelsOf, turnedSize } from '../media/crop.ts'
import { ratioWords } from '../media/shapes.ts'
import type { Content, FieldName, Fields, FormatId, MediaChoice, MediaFacts, NetworkRules } from './model.ts'
import { RULES } from './networks/index.ts'
import { type ShownPart, shownParts, shownText, type Writing } from './shown.ts'

/** What texts say in a way of the workspace, and each network gets in its own: names of people, tags of links. */
export interface Wording {
  readonly mentions: readonly Mention[]
  readonly vocabulary: Vocabulary
}

/** A post on one channel, with everything that belongs to it. */
export interface Placed {
  readonly post: Pick<Post, 'title' | 'summary' | 'media'>
  readonly channel: Pick<Channel, 'network' | 'kind'>
  /** Absent: nothing is different on that channel. */
  readonly placement: Placement | undefined
  /** The text that goes there: its own or the base. */
  readonly doc: Doc
  /** Rows of the media that are used, by id. */
  readonly media: ReadonlyMap<string, Medium>
  readonly wording?: Wording
}

/** In these the text stays as rich as it was written; `Content.text` holds its words only. */
export const isRich = (format: FormatId): boolean => format === 'article' || format === 'email'

export function contentOf(placed: Placed): Content {
  const { post, channel, placement, doc } = placed
  const list = placement?.media ?? post.media
  const pictures = list.flatMap((one) => factsOf(one, placed.media) ?? [])
  const format = formatFor(channel.network, placement?.format ?? '', pictures)
  const writing = writingFor(channel.network, placed.wording)
  const [first, ...rest]: readonly ShownPart[] =
    format === 'thread' ? shownParts(doc, writing) : [{ text: shownText(doc, writing), pictures: [] }]
  return {
    network: channel.network,
    format,
    text: first?.text ?? '',
    media: [...pictures, ...inText(first, placed.media)],
    ...(rest.length > 0 ? { parts: rest.map((part) => ({ text: part.text, media: inText(part, placed.media) })) } : {}),
    fields: fieldsOf(placed, format, pictures),
    ...(placement?.firstComment ? { firstComment: placement.firstComment } : {}),
    account: { kind: channel.kind },
  }
}

const writingFor = (network: NetworkId, wording?: Wording): Writing | undefined =>
  wording && {
    link: (href) => linkFor(href, network, wording.vocabulary),
    words: (words) => mentionsFor(words, wording.mentions, network).text,
  }

/** In a thread the pictures in the text go with the post they stand in. */
const inText = (part: ShownPart | undefined, media: Placed['media']): MediaFacts[] =>
  (part?.pictures ?? []).flatMap(({ mediumId, alt }) => factsOf({ mediumId, alt, ratio: '' }, media) ?? [])

/** What is known of a medium where it is used, turned and cut as it is there; nothing when it is gone. */
export function factsOf({ mediumId, alt, ratio }: PlacedMedium, media: Placed['media']): MediaFacts | undefined {
  const medium = media.get(mediumId)
  if (!medium) return undefined
  const { kind, type, size, animated, seconds, pages } = medium
  const whole = turnedSize(medium, medium.edits.turn)
  const { width, height } = ratio === '' ? whole : pixelsOf(cutOf(medium, ratioIn(ratio)), whole)
  return {
    id: mediumId,
    kind,
    type,
    ...(size > 0 ? { bytes: size } : {}),
    ...(width > 0 && height > 0 ? { width, height } : {}),
    // It moves; of how many pictures it is made was not counted.
    ...(animated ? { frames: 2 } : {}),
    ...(seconds > 0 ? { seconds } : {}),
    ...(pages > 0 ? { pages } : {}),
    ...(ratio === '' ? {} : { ratio }),
    alt: alt || medium.alt,
  }
}

/** `4:5` as a number; 0 for none. */
export function ratioIn(shape: string): number {
  const [wide = 0, high = 0] = shape.split(':').map(Number)
  return wide > 0 && high > 0 ? wide / high : 0
}

/** A ratio as the shape it is kept under. */
export const shapeOf = (ratio: number): string => ratioWords({ width: ratio, height: 1 })

/** The part of a medium that is shown in a ratio: as its shape was set by hand, else about its point. */
export const cutOf = (medium: Pick<Medium, 'width' | 'height' | 'edits'>, ratio: number): Frame =>
  frameOf(turnedSize(medium, medium.edits.turn), medium.edits, { id: shapeOf(ratio), ratio })

const firstFormat = ({ formats }: NetworkRules) => Object.keys(formats)[0] as FormatId

/** Chosen by nobody, only where somebody wants them. */
const ON_REQUEST: ReadonlySet<FormatId> = new Set(['thread', 'story', 'savedStory', 'spotlight'])

const takes = ({ of, min, max }: MediaChoice, media: readonly MediaFacts[]): boolean =>
  media.length >= min && media.length <= max && media.every(({ kind }) => of.includes(kind))

/** The format that was chosen, else the first of the network that takes such media. */
export function formatFor(network: NetworkId, chosen: string, media: readonly MediaFacts[]): FormatId {
  const { formats } = RULES[network]
  if (chosen in formats) return chosen as FormatId
  const fitting = Object.entries(formats).find(
    ([id, rules]) => !ON_REQUEST.has(id as FormatId) && rules.media.some((choice) => takes(choice, media)),
  )
  return (fitting?.[0] as FormatId | undefined) ?? firstFormat(RULES[network])
}

/** Networks whose posts are known by a title. Elsewhere that of a post is for those who plan it, and stays here. */
const TITLED: ReadonlySet<NetworkId> = new Set(['youtube', 'pinterest', 'wordpress', 'ghost', 'newsletter'])

/** What a field holds while nobody wrote another value into it; undefined: nothing. */
export function inherited(
  name: FieldName,
  network: NetworkId,
  { title, summary }: Pick<Post, 'title' | 'summary'>,
): string | undefined {
  if (!TITLED.has(network)) return undefined
  if (name === 'title' || name === 'subject') return title || undefined
  if (name === 'excerpt' || name === 'preheader') return summary || undefined
  return undefined
}

function fieldsOf(
  { post, channel, placement, media }: Placed,
  format: FormatId,
  pictures: readonly MediaFacts[],
): Fields {
  const values = placement?.fields ?? {}
  // The cover of an article is the first picture of its post; elsewhere that picture is the post itself.
  const cover = isRich(format) ? pictures.find(({ kind }) => kind === 'image') : undefined
  const fields = Object.entries(RULES[channel.network].formats[format]?.fields ?? {}).map(([key, { kind }]) => {
    const name = key as FieldName
    const value = values[name]
    const words = typeof value === 'string' ? value : undefined
    if (kind === 'picture')
      return [name, words === undefined ? cover : factsOf({ mediumId: words, alt: '', ratio: '' }, media)] as const
    if (kind === 'list') return [name, Array.isArray(value) ? value : undefined] as const
    if (kind === 'switch') return [name, typeof value === 'boolean' ? value : undefined] as const
    return [name, words ?? inherited(name, channel.network, post)] as const
  })
  // Each value is of the kind its row in the table names, which is the kind its field has.
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined)) as Fields
}
