import type { Content, FormatRules, NetworkRules, Place, TextRules } from '../model.ts'
import { GB, H264, HEVC, JPEG, M4V, MB, MINUTE, MOV, MP4, PNG } from './common.ts'

const API = 'Pinterest: API v5, OpenAPI 5.23'
const SPECS = 'Pinterest Business Help: Pin product specs'
const PROGRAMS = 'seen only in other programs'
const MOST_ALT = 500

const description: TextRules = { bounds: [{ of: 'utf16', max: 800, unitUnconfirmed: true, source: API }] }
const pictureTypes = { of: [JPEG, PNG], source: API } as const

const feed: FormatRules = {
  name: 'Pin',
  text: description,
  media: [{ of: ['image'], min: 1, max: 1, source: API }],
  files: {
    image: {
      types: pictureTypes,
      bounds: [
        { of: 'bytes', max: 20 * MB, source: SPECS },
        { of: 'ratio', min: 2 / 3, max: 2 / 3, source: SPECS, severity: 'note' },
      ],
      alt: { bounds: [{ of: 'utf16', max: MOST_ALT, unitUnconfirmed: true, source: API }], source: API },
    },
  },
  fields: {
    board: { label: 'Board', kind: 'text', required: { source: API }, bounds: [] },
    boardSection: { label: 'Section of the board', kind: 'text', bounds: [] },
    title: { label: 'Title', kind: 'text', bounds: [{ of: 'utf16', max: 100, unitUnconfirmed: true, source: API }] },
    link: { label: 'Link', kind: 'address', bounds: [{ of: 'utf16', max: 2_048, source: API }] },
  },
}

const carousel: FormatRules = {
  ...feed,
  name: 'Carousel',
  media: [{ of: ['image'], min: 2, max: 5, source: API }],
}

const video: FormatRules = {
  ...feed,
  name: 'Video pin',
  media: [{ of: ['video'], min: 1, max: 1, source: API }],
  files: {
    video: {
      types: { of: [MP4, MOV, M4V], source: SPECS },
      codecs: { of: [H264, HEVC], source: SPECS },
      bounds: [
        { of: 'bytes', max: 2 * GB, source: SPECS },
        { of: 'seconds', min: 4, max: 15 * MINUTE, source: SPECS },
        { of: 'ratio', min: 1 / 2, max: 1.91, source: SPECS },
      ],
    },
  },
  fields: {
    ...feed.fields,
    cover: { label: 'Cover', kind: 'picture', required: { source: API }, file: { types: pictureTypes, bounds: [] } },
  },
}

/** A pin has one alt text, a carousel too: what each picture shows, by its number. '' when nobody described any. */
export function altOfPin(pictures: readonly { readonly alt: string }[]): string {
  if (pictures.length < 2) return pictures[0]?.alt ?? ''
  return pictures.flatMap(({ alt }, at) => (alt.trim() ? [`${at + 1}: ${alt.trim()}`] : [])).join('\n')
}

function altsTooLong({ media }: Content): Place | null {
  const longest = media.toSorted((a, b) => b.alt.length - a.alt.length)[0]
  return longest && altOfPin(media).length > MOST_ALT ? { at: 'alt', id: longest.id } : null
}

function ofAnotherSize({ media: [first, ...rest] }: Content): Place | null {
  if (!first?.width) return null
  const other = rest.find(({ width, height }) => width && (width !== first.width || height !== first.height))
  return other ? { at: 'medium', id: other.id } : null
}

export const pinterest: NetworkRules = {
  asOf: '2026-10',
  formats: { feed, carousel, video },
  own: [
    {
      rule: 'carousel-sizes',
      formats: ['carousel'],
      brokenAt: ofAnotherSize,
      sentence: 'The pictures of a Pinterest carousel should all have the same size.',
      source: PROGRAMS,
      unconfirmed: true,
    },
    {
      rule: 'carousel-alt',
      formats: ['carousel'],
      brokenAt: altsTooLong,
      sentence: `A Pinterest carousel has one alt text of ${MOST_ALT} characters: those of its pictures are longer together.`,
      source: API,
    },
  ],
}
