/**
 * Inter in static weights: the variable face lands in a PDF as Type 3. Embedded as data addresses, since those are there when the
 * page is laid out, whichever shell prints it; only the alphabets a plan uses.
 */
import ranges from '@fontsource/inter/unicode.json'
import { toBase64 } from '../../shared/lib/base64.ts'

const WEIGHTS = [400, 500, 600, 700] as const

const files = import.meta.glob<string>(
  '../../node_modules/@fontsource/inter/files/inter-*-{400,500,600,700}-normal.woff2',
  {
    query: '?url',
    import: 'default',
    eager: true,
  },
)

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

/** The faces a text needs. */
export async function fontFaces(text: string, readAsset: ReadAsset): Promise<FontFaces> {
  const points = [...new Set(Array.from(text, (letter) => letter.codePointAt(0) ?? 0))]
  const used = Object.entries(ranges).map(([subset, range]) => ({ subset, range, points: beyondLatin(points, range) }))
  const needed = used.filter((face) => face.subset === 'latin' || face.points.length > 0)
  const rules = needed.flatMap(({ subset, range }) =>
    WEIGHTS.map(async (weight) => {
      const url = Object.entries(files).find(([path]) => path.endsWith(`/inter-${subset}-${weight}-normal.woff2`))?.[1]
      if (!url) throw new Error(`Inter ${weight} for ${subset} is not among the app's files`)
      const data = known.get(url) ?? readAsset(url).then(toBase64)
      known.set(url, data)
      return `@font-face { font-family: Inter; font-weight: ${weight}; unicode-range: ${range}; src: url(data:font/woff2;base64,${await data}) format("woff2"); }`
    }),
  )
  const letters = new Set(needed.flatMap((face) => face.points))
  return { css: (await Promise.all(rules)).join('\n'), letters: `a${String.fromCodePoint(...letters)}` }
}

/** Latin comes first in every font; a subset counts only for letters latin lacks. */
function beyondLatin(points: readonly number[], range: string): number[] {
  const spans = range.split(',').map((part) => {
    const [from = '', to = from] = part.trim().slice(2).split('-')
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const
  })
  return points.filter(
    (point) =>
      point > 0xff && !(point >= 0x2000 && point <= 0x206f) && spans.some(([from, to]) => point >= from && point <= to),
  )
}
