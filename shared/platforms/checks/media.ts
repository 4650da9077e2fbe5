/** Whether files fit: which go together and how many, then each by its type and measures. */
import type {
  Bound,
  FileMeasure,
  FileRules,
  Finding,
  Fix,
  FormatId,
  FormatRules,
  MediaChoice,
  MediaFacts,
  MediaKind,
  NetworkRules,
  Place,
} from '../model.ts'
import { amount, COMPARED, choiceInWords, HAS, KINDS, measured, takes, typeName } from '../words.ts'
import { finding, type Spot, worst } from './finding.ts'
import { checkText } from './text.ts'

/** What a format takes a medium for. */
export const kindIn = (format: FormatRules, { kind, frames = 1 }: Pick<MediaFacts, 'kind' | 'frames'>): MediaKind =>
  kind === 'image' && frames > 1 && format.media.some(({ of }) => of.includes('animation')) ? 'animation' : kind

/** The choice of a format these media make, one that is asked about included. */
function choiceFor(format: FormatRules, media: readonly MediaFacts[]): MediaChoice | undefined {
  const kinds = media.map((medium) => kindIn(format, medium))
  return format.media.find(
    ({ of, min, max }) => kinds.length >= min && kinds.length <= max && kinds.every((kind) => of.includes(kind)),
  )
}

/** The formats of a network in which these media go together. */
const formatsFor = (formats: NetworkRules['formats'], media: readonly MediaFacts[]): FormatId[] =>
  (Object.entries(formats) as [FormatId, FormatRules][]).flatMap(([id, format]) =>
    choiceFor(format, media) ? [id] : [],
  )

/** Findings about the media of one post as a whole. */
export function checkChoice(
  media: readonly MediaFacts[],
  format: FormatRules,
  { formats }: NetworkRules,
  { place, network }: Pick<Spot, 'place' | 'network'>,
): Finding[] {
  const kinds = media.map((medium) => kindIn(format, medium))
  const made = choiceFor(format, media)
  if (made && !made.severity) return []
  if (made) return [finding('media-together', made, place, `${network} may refuse ${together(kinds)} in one post.`)]

  const [first] = format.media
  if (media.length === 0) return [finding('media-missing', first, place, `${network} needs ${choiceInWords(first)}.`)]
  const wanted = format.media.filter(({ max, severity }) => max > 0 && !severity).map(choiceInWords)
  const sentence = (fact: MediaChoice) => `${network} ${takes(fact)} ${wanted.join(', or ')}; here: ${together(kinds)}.`
  const change = formatsFor(formats, media).map((to): Fix => ({ kind: 'format', to }))

  const nearest = format.media.findLast(({ of, severity }) => !severity && kinds.every((kind) => of.includes(kind)))
  if (!nearest) {
    // Which go together may be hearsay; what there is no way for goes nowhere.
    const fact = kinds.every((kind) => kind in format.files) ? first : { source: first.source }
    return [finding('media-kinds', fact, place, sentence(first), change)]
  }
  if (media.length < nearest.min) return [finding('media-count', nearest, place, sentence(nearest), change)]
  const fact = nearest.maxUnconfirmed ? { ...nearest, unconfirmed: true as const } : nearest
  const drop: Fix = { kind: 'dropMedia', ids: media.slice(nearest.max).map(({ id }) => id) }
  return [finding('media-count', fact, place, sentence(fact), [...change, drop])]
}

/** `3 pictures and 1 video` */
function together(kinds: readonly MediaKind[]): string {
  const numbers = new Map<MediaKind, number>()
  for (const kind of kinds) numbers.set(kind, (numbers.get(kind) ?? 0) + 1)
  return [...numbers].map(([kind, number]) => amount(number, KINDS[kind])).join(' and ')
}

/** Findings about one file, a medium of the post or that of a field, such as the cover. */
export function checkFile(medium: MediaFacts, rules: FileRules, spot: Spot): Finding[] {
  return [
    ...checkType(medium, rules, spot),
    ...checkCodec(medium, rules, spot),
    ...worst(rules.bounds.flatMap((bound) => checkBound(medium, bound, spot) ?? [])),
    ...checkAlt(medium, rules, spot),
  ]
}

export const isOneOf = (type: string, types: readonly string[]): boolean =>
  types.some((one) => one === type || (one.endsWith('/*') && type.startsWith(one.slice(0, -1))))

/** What to do about what nothing here packs anew. */
const EXPORT: Partial<Record<MediaFacts['kind'], string>> = {
  audio: 'Outpost converts no audio: save it as MP3 in the program it was made with, and use that.',
}

/** Whether a video is packed in a way the network can unpack. */
function checkCodec({ id, codec }: MediaFacts, { codecs }: FileRules, { place, subject, network }: Spot): Finding[] {
  if (!codec || !codecs || codecs.of.includes(codec)) return []
  const sentence = `${subject} is packed as ${codec}; ${network} ${takes(codecs)} ${codecs.of.join(', ')}.`
  return [finding('media-codec', codecs, place, sentence, [{ kind: 'convert', id, type: 'video/mp4' }])]
}

function checkType({ id, kind, type }: MediaFacts, { types, someTypes }: FileRules, { place, subject, network }: Spot) {
  if (isOneOf(type, types.of)) return []
  const [to] = types.of
  const fixes: Fix[] = to && !to.endsWith('/*') ? [{ kind: 'convert', id, type: to }] : []
  if (someTypes && isOneOf(type, someTypes.of)) {
    const sentence = `${subject} is ${typeName(type)}, which ${network} does not take everywhere.`
    return [finding('media-type', { ...someTypes, severity: 'warning' }, place, sentence, fixes)]
  }
  // A type of several names is one to people.
  const taken = [...new Set(types.of.map(typeName))].join(', ')
  const sentence = `${subject} is ${typeName(type)}; ${network} ${takes(types)} ${taken}.`
  const advice = EXPORT[kind]
  if (advice) return [finding('media-type', types, place, `${sentence} ${advice}`)]
  return [finding('media-type', types, place, sentence, fixes)]
}

function checkBound(medium: MediaFacts, bound: Bound<FileMeasure>, { place, subject, network }: Spot): Finding | null {
  const { of } = bound
  const value = measureOf(medium, of)
  const limit = value === undefined ? undefined : limitBroken(bound, value)
  if (value === undefined || limit === undefined) return null
  const sentence = `${subject} ${HAS[of]} ${measured(of, value)}, ${COMPARED[of][value > limit ? 0 : 1]} than ${network} ${takes(bound)} (${measured(of, limit)}).`
  return finding(`media-${of}`, bound, place, sentence, fixFor(of, medium, value, limit))
}

/** Undefined where it is not known. */
function measureOf({ width, height, ...medium }: MediaFacts, of: FileMeasure): number | undefined {
  switch (of) {
    case 'width':
      return width
    case 'height':
      return height
    case 'ratio':
      return width && height ? width / height : undefined
    case 'pixels':
      return width && height ? width * height : undefined
    case 'bitrate':
      return medium.bytes && medium.seconds ? (medium.bytes * 8) / medium.seconds : undefined
    case 'shortSide':
      return width && height ? Math.min(width, height) : undefined
    default:
      return medium[of]
  }
}

function limitBroken({ of, min, max }: Bound<FileMeasure>, value: number): number | undefined {
  // A shape is met to the pixel only by chance.
  const give = of === 'ratio' ? 0.01 : 0
  if (max !== undefined && value > max * (1 + give)) return max
  return min !== undefined && value < min * (1 - give) ? min : undefined
}

/** Files are made smaller, shorter and of another shape; nothing makes them larger or longer. */
function fixFor(of: FileMeasure, { id, kind, bytes }: MediaFacts, value: number, limit: number): Fix[] {
  if (of === 'ratio') return [{ kind: 'crop', id, ratio: limit }]
  if (value < limit) return []
  switch (of) {
    case 'bytes':
      return kind === 'document' || kind === 'audio' ? [] : [{ kind: 'compress', id, bytes: limit }]
    case 'bitrate':
      return bytes === undefined ? [] : [{ kind: 'compress', id, bytes: Math.floor((bytes * limit) / value) }]
    case 'seconds':
      return [{ kind: 'trim', id, seconds: limit }]
    case 'pixels':
      return [{ kind: 'resize', id, by: Math.sqrt(limit / value) }]
    case 'width':
    case 'height':
    case 'shortSide':
      return [{ kind: 'resize', id, by: limit / value }]
    default:
      return []
  }
}

function checkAlt({ id, kind, alt }: MediaFacts, { alt: rules }: FileRules, { subject, network }: Spot): Finding[] {
  if (!rules) return []
  const place: Place = { at: 'alt', id }
  if (alt.trim()) return checkText(alt, rules, { place, subject: `Alt text of ${subject.toLowerCase()}`, network })
  // No network demands it, readers do: it is asked for.
  const fact = { ...rules, severity: rules.unconfirmed ? 'note' : 'warning' } as const
  const unknown = kind === 'audio' ? 'what is heard in it' : 'what it shows'
  return [finding('alt-missing', fact, place, `${subject} has no alt text: some readers will not know ${unknown}.`)]
}
