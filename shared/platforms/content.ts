/** What a post sends to one of its channels: its text or the base, its pictures or those of the post, the fields of its format. Pure. */
import type { Channel, NetworkId } from '../domain/channel.ts'
import type { Doc } from '../domain/document.ts'
import type { Medium } from '../domain/medium.ts'
import type { PlacedMedium, Placement } from '../domain/placement.ts'
import type { Post } from '../domain/post.ts'
import { turnedSize } from '../media/crop.ts'
import type { Content, FieldName, Fields, FormatId, MediaChoice, MediaFacts, NetworkRules } from './model.ts'
import { RULES } from './networks/index.ts'
import { type ShownPart, shownParts, shownText } from './shown.ts'

/** A post on one channel, with everything that belongs to it. */
export interface Placed {
  readonly post: Pick<Post, 'title' | 'summary' | 'media'>
  readonly channel: Pick<Channel, 'network'>
  /** Absent: nothing is different on that channel. */
  readonly placement: Placement | undefined
  /** The text that goes there: its own or the base. */
  readonly doc: Doc
  /** Rows of the media that are used, by id. */
  readonly media: ReadonlyMap<string, Medium>
}

/** In these the text stays as rich as it was written; `Content.text` holds its words only. */
export const isRich = (format: FormatId): boolean => format === 'article' || format === 'email'

export function contentOf(placed: Placed): Content {
  const { post, channel, placement, doc } = placed
  const list = placement?.media ?? post.media
  const pictures = list.flatMap((one) => factsOf(one, placed.media) ?? [])
  const format = formatFor(channel.network, placement?.format ?? '', pictures)
  const [first, ...rest] =
    format === 'thread' ? shownParts(doc) : ([{ text: shownText(doc), pictures: [] }] as readonly ShownPart[])
  return {
    network: channel.network,
    format,
    text: first?.text ?? '',
    media: [...pictures, ...inText(first, placed.media)],
    ...(rest.length > 0 ? { parts: rest.map((part) => ({ text: part.text, media: inText(part, placed.media) })) } : {}),
    fields: fieldsOf(placed, format, pictures),
    ...(placement?.firstComment ? { firstComment: placement.firstComment } : {}),
  }
}

/** In a thread the pictures in the text go with the post they stand in. */
const inText = (part: ShownPart | undefined, media: Placed['media']): MediaFacts[] =>
  (part?.pictures ?? []).flatMap(({ mediumId, alt }) => factsOf({ mediumId, alt, ratio: '' }, media) ?? [])

/** What is known of a medium where it is used, cut to the shape it has there; nothing when it is gone. */
export function factsOf({ mediumId, alt, ratio }: PlacedMedium, media: Placed['media']): MediaFacts | undefined {
  const medium = media.get(mediumId)
  if (!medium) return undefined
  const { type, kind, size, seconds, pages } = medium
  const { width, height } = turnedSize(medium, medium.edits.turn)
  return {
    id: mediumId,
    kind,
    type,
    ...(size > 0 ? { bytes: size } : {}),
    ...(width > 0 && height > 0 ? cutTo({ width, height }, ratio) : {}),
    ...(seconds > 0 ? { seconds } : {}),
    ...(pages > 0 ? { pages } : {}),
    alt: alt || medium.alt,
  }
}

/** `4:5` as a number; 0 for none. */
export function ratioOf(shape: string): number {
  const [wide = 0, high = 0] = sidesOf(shape)
  return wide > 0 && high > 0 ? wide / high : 0
}
const sidesOf = (shape: string): number[] => shape.split(':').map(Number)

const KNOWN_SHAPES = [
  '1:1',
  '4:5',
  '5:4',
  '3:4',
  '4:3',
  '2:3',
  '3:2',
  '9:16',
  '16:9',
  '1:2',
  '2:1',
  '1:3',
  '3:1',
  '10:1',
]

/** A ratio as the shape people know it by, such as `4:5`, where one is near; else `1.91:1`. */
export const shapeOf = (ratio: number): string =>
  KNOWN_SHAPES.find((shape) => Math.abs(ratioOf(shape) / ratio - 1) < 0.015) ?? `${Math.round(ratio * 100) / 100}:1`

interface Size {
  readonly width: number
  readonly height: number
}

/** The largest piece of a picture that has a shape, in whole pixels; exactly that shape where its sides are whole numbers. */
export function cutTo({ width, height }: Size, shape: string): Size {
  const wanted = ratioOf(shape)
  if (wanted === 0) return { width, height }
  const [wide = 1, high = 1] = sidesOf(shape)
  const times = Math.floor(Math.min(width / wide, height / high))
  if (times > 0 && Number.isInteger(wide) && Number.isInteger(high))
    return { width: times * wide, height: times * high }
  return width / height > wanted
    ? { width: Math.floor(height * wanted), height }
    : { width, height: Math.ceil(width / wanted) }
}

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
