/**
 * The faces of a plan, embedded as data addresses, since those are there when the page is laid out, whichever shell prints it; only
 * those its text needs. Inter comes in static weights: a variable face lands in a PDF as Type 3.
 */
import interRanges from '@fontsource/inter/unicode.json'
import { toBase64 } from '../../shared/lib/base64.ts'

/** A family the app carries, in pieces by alphabet. */
export interface Family {
  readonly name: string
  /** CSS weights of its files: `400`, or `100 900` for one that serves them all. */
  readonly weights: readonly string[]
  /** Piece -> CSS unicode-range. */
  readonly ranges: Readonly<Record<string, string>>
  /** Path in its package -> address in the app. */
  readonly files: Readonly<Record<string, string>>
  fileName(piece: string, weight: string): string
  /** The letters it is asked for, where its ranges name some that are not in it. */
  readonly letters?: RegExp
}

export const STATIC_WEIGHTS = ['400', '500', '600', '700'] as const

const INTER: Family = {
  name: 'Inter',
  weights: STATIC_WEIGHTS,
  ranges: interRanges,
  files: import.meta.glob<string>('../../node_modules/@fontsource/inter/files/inter-*-{400,500,600,700}-normal.woff2', {
    query: '?url',
    import: 'default',
    eager: true,
  }),
  fileName: (piece, weight) => `inter-${piece}-${weight}-normal.woff2`,
}

/** Gives the bytes of a file that was built into the app, by its address. */
export type ReadAsset = (url: string) => Promise<Uint8Array>

export const fetchAsset: ReadAsset = async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer())

const known = new Map<string, Promise<string>>()

export interface FontFaces {
  /** The @font-face rules. */
  readonly css: string
  /** Letters that between them ask for every face: laid out on the screen, they fetch what the printer will need. */
  readonly letters: string
}

/** The faces a text needs: Inter, and for what it lacks the first of the other families that has it. */
export async function fontFaces(text: string, readAsset: ReadAsset): Promise<FontFaces> {
  const letters = new Set(Array.from(text, (letter) => letter.codePointAt(0) ?? 0).filter(isBeyondLatin))
  const left = new Set(letters)
  const rules = [...rulesOf(INTER, piecesFor(INTER, left, ['latin']), readAsset)]
  if (left.size > 0) {
    const { FURTHER } = await import('./furtherFonts.ts')
    for (const family of FURTHER) rules.push(...rulesOf(family, piecesFor(family, left), readAsset))
  }
  return { css: (await Promise.all(rules)).join('\n'), letters: `a${String.fromCodePoint(...letters)}` }
}

/** What the first piece of every family has. */
const isBeyondLatin = (point: number) => point > 0xff && !(point >= 0x2000 && point <= 0x206f)

/** Pieces of a family that have some of the letters. Takes those out. */
function piecesFor(family: Family, left: Set<number>, always: readonly string[] = []): string[] {
  const asked = [...left].filter((point) => family.letters?.test(String.fromCodePoint(point)) ?? true)
  return Object.entries(family.ranges).flatMap(([piece, range]) => {
    const spans = spansOf(range)
    const found = asked.filter((point) => left.has(point) && spans.some(([from, to]) => point >= from && point <= to))
    for (const point of found) left.delete(point)
    return found.length > 0 || always.includes(piece) ? [piece] : []
  })
}

const spansOf = (range: string) =>
  range.split(',').map((part) => {
    const [from = '', to = from] = part.trim().slice(2).split('-')
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const
  })

const rulesOf = (family: Family, pieces: readonly string[], readAsset: ReadAsset): Promise<string>[] =>
  pieces.flatMap((piece) =>
    family.weights.map(async (weight) => {
      const file = `/${family.fileName(piece, weight)}`
      const url = Object.entries(family.files).find(([path]) => path.endsWith(file))?.[1]
      if (!url) throw new Error(`${family.name} ${weight} for ${piece} is not among the app's files`)
      const data = known.get(url) ?? readAsset(url).then(toBase64)
      known.set(url, data)
      return `@font-face { font-family: "${family.name}"; font-weight: ${weight}; unicode-range: ${family.ranges[piece]}; src: url(data:font/woff2;base64,${await data}) format("woff2"); }`
    }),
  )
