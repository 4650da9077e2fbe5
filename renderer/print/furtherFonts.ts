/**
 * Families for what Inter lacks, so that a plan looks the same on every machine and has no empty boxes on one that has few fonts. Loaded
 * only when a text asks for them. Those of East Asia are variable, and Type 3 in the file: their static ones are ten times as large.
 */

import emojiRanges from '@fontsource/noto-emoji/unicode.json'
import arabicRanges from '@fontsource/noto-sans-arabic/unicode.json'
import hebrewRanges from '@fontsource/noto-sans-hebrew/unicode.json'
import koreanRanges from '@fontsource-variable/noto-sans-kr/unicode.json'
import chineseRanges from '@fontsource-variable/noto-sans-sc/unicode.json'
import { type Family, STATIC_WEIGHTS } from './fonts.ts'

/** `[12]`, as the ranges name the pieces of large families, is `12` in the names of files. */
const bare = (piece: string) => piece.replace(/[[\]]/g, '')
const only = (ranges: Readonly<Record<string, string>>, piece: string) => ({ [piece]: ranges[piece] ?? '' })
const numbered = (ranges: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(ranges).filter(([piece]) => piece.startsWith('[')))

/** In the order in which they are asked. Emoji are outlines: they are read on grey printers too, and colour ones do not print at all. */
export const FURTHER: readonly Family[] = [
  {
    name: 'Noto Sans Arabic',
    weights: STATIC_WEIGHTS,
    ranges: only(arabicRanges, 'arabic'),
    files: import.meta.glob<string>(
      '../../node_modules/@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-{400,500,600,700}-normal.woff2',
      { query: '?url', import: 'default', eager: true },
    ),
    fileName: (piece, weight) => `noto-sans-arabic-${piece}-${weight}-normal.woff2`,
  },
  {
    name: 'Noto Sans Hebrew',
    weights: STATIC_WEIGHTS,
    ranges: only(hebrewRanges, 'hebrew'),
    files: import.meta.glob<string>(
      '../../node_modules/@fontsource/noto-sans-hebrew/files/noto-sans-hebrew-hebrew-{400,500,600,700}-normal.woff2',
      { query: '?url', import: 'default', eager: true },
    ),
    fileName: (piece, weight) => `noto-sans-hebrew-${piece}-${weight}-normal.woff2`,
  },
  {
    name: 'Noto Emoji',
    weights: ['100 900'],
    ranges: numbered(emojiRanges),
    files: import.meta.glob<string>(
      '../../node_modules/@fontsource/noto-emoji/files/noto-emoji-[0-9]*-400-normal.woff2',
      {
        query: '?url',
        import: 'default',
        eager: true,
      },
    ),
    fileName: (piece) => `noto-emoji-${bare(piece)}-400-normal.woff2`,
  },
  {
    name: 'Noto Sans SC',
    weights: ['100 900'],
    ranges: numbered(chineseRanges),
    files: import.meta.glob<string>(
      '../../node_modules/@fontsource-variable/noto-sans-sc/files/noto-sans-sc-[0-9]*-wght-normal.woff2',
      { query: '?url', import: 'default', eager: true },
    ),
    fileName: (piece) => `noto-sans-sc-${bare(piece)}-wght-normal.woff2`,
    letters: /\P{Script=Hangul}/u,
  },
  {
    name: 'Noto Sans KR',
    weights: ['100 900'],
    ranges: numbered(koreanRanges),
    files: import.meta.glob<string>(
      '../../node_modules/@fontsource-variable/noto-sans-kr/files/noto-sans-kr-[0-9]*-wght-normal.woff2',
      { query: '?url', import: 'default', eager: true },
    ),
    fileName: (piece) => `noto-sans-kr-${bare(piece)}-wght-normal.woff2`,
    letters: /\p{Script=Hangul}/u,
  },
]
