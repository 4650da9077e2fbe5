import type { Content, FileRules, FormatRules, NetworkRules, Place, TextRules } from '../model.ts'
import { H264, HEVC, JPEG, MB, MINUTE, MOV, MP4, publicAddress, upright } from './common.ts'

const PUBLISHING = 'Meta: Instagram Content Publishing, IG User Media reference'

const caption: TextRules = {
  bounds: [
    { of: 'utf16', max: 2_200, unitUnconfirmed: true, source: PUBLISHING },
    { of: 'hashtags', max: 30, source: PUBLISHING },
    { of: 'mentions', max: 20, source: PUBLISHING },
  ],
  links: {
    sentence: 'Links in an Instagram caption cannot be pressed.',
    source: 'no page of Meta says it',
    unconfirmed: true,
    severity: 'note',
  },
}
const alt = {
  bounds: [{ of: 'utf16', max: 1_000, unitUnconfirmed: true, source: PUBLISHING }],
  source: PUBLISHING,
} as const

const people = {
  collaborators: {
    label: 'Collaborators',
    kind: 'list',
    bounds: [
      { of: 'items', max: 5, source: PUBLISHING },
      { of: 'items', max: 3, source: PUBLISHING, severity: 'warning', why: 'Another page of Meta says 5.' },
    ],
  },
  userTags: { label: 'People in the media', kind: 'list' },
} as const satisfies FormatRules['fields']

const still = {
  types: { of: [JPEG], source: PUBLISHING },
  bytes: { of: 'bytes', max: 8 * MB, source: PUBLISHING },
} as const
const feedPicture: FileRules = {
  types: still.types,
  bounds: [
    still.bytes,
    { of: 'ratio', min: 4 / 5, max: 1.91, source: PUBLISHING },
    { of: 'width', min: 320, source: PUBLISHING, severity: 'note', why: 'Instagram will enlarge it.' },
  ],
  alt,
}
const videoTypes = { of: [MP4, MOV], source: PUBLISHING } as const
const reelFile: FileRules = {
  types: videoTypes,
  codecs: { of: [H264, HEVC], source: PUBLISHING },
  bounds: [
    { of: 'seconds', min: 3, max: 15 * MINUTE, source: PUBLISHING },
    { of: 'bytes', max: 300 * MB, source: PUBLISHING },
    { of: 'width', max: 1_920, source: PUBLISHING },
    { of: 'ratio', min: 0.01, max: 10, source: PUBLISHING },
    { of: 'fps', min: 23, max: 60, source: PUBLISHING },
    { of: 'bitrate', max: 25_000_000, source: PUBLISHING },
  ],
}
const tab = { source: PUBLISHING, severity: 'note', why: 'Outside of it the Reels tab does not show it.' } as const

const feed: FormatRules = {
  name: 'Post',
  text: caption,
  media: [{ of: ['image'], min: 1, max: 1, source: PUBLISHING }],
  files: { image: feedPicture },
  fields: people,
  firstComment: { bounds: [] },
}

const carousel: FormatRules = {
  name: 'Carousel',
  text: caption,
  media: [{ of: ['image', 'video'], min: 2, max: 10, source: PUBLISHING }],
  files: {
    image: feedPicture,
    // What holds for a Reel is not said of the videos of a carousel.
    video: { types: videoTypes, bounds: reelFile.bounds.map((bound) => ({ ...bound, unconfirmed: true })) },
  },
  fields: people,
  firstComment: { bounds: [] },
}

const reel: FormatRules = {
  name: 'Reel',
  text: caption,
  media: [{ of: ['video'], min: 1, max: 1, source: PUBLISHING }],
  files: {
    video: { ...reelFile, bounds: [...reelFile.bounds, upright(tab), { of: 'seconds', min: 5, max: 90, ...tab }] },
  },
  fields: {
    cover: {
      label: 'Cover',
      kind: 'picture',
      file: { types: still.types, bounds: [still.bytes, upright({ source: PUBLISHING, severity: 'note' })] },
    },
    ...people,
    shareToFeed: { label: 'Show it in the feed too', kind: 'switch' },
    aiGenerated: { label: 'Made with AI', kind: 'switch' },
  },
  firstComment: { bounds: [] },
}

const story: FormatRules = {
  name: 'Story',
  text: null,
  media: [{ of: ['image', 'video'], min: 1, max: 1, source: PUBLISHING }],
  files: {
    image: { types: still.types, bounds: [still.bytes, upright({ source: PUBLISHING, severity: 'note' })] },
    video: {
      types: videoTypes,
      bounds: [
        { of: 'seconds', min: 3, max: 60, source: PUBLISHING },
        { of: 'bytes', max: 100 * MB, source: PUBLISHING },
        upright({ source: PUBLISHING, severity: 'note' }),
      ],
    },
  },
  fields: {},
}

/** The first picture of a carousel whose shape is not that of the first. */
function croppedToTheFirst({ media }: Content): Place | null {
  const [first, ...rest] = media.map(({ id, width = 0, height = 0 }) => ({
    id,
    ratio: height > 0 ? width / height : 0,
  }))
  if (!first || first.ratio === 0) return null
  const other = rest.find(({ ratio }) => ratio > 0 && Math.abs(ratio / first.ratio - 1) > 0.01)
  return other ? { at: 'medium', id: other.id } : null
}

/** Professional accounts only. */
export const instagram: NetworkRules = {
  asOf: '2026-10',
  formats: { feed, carousel, reel, story },
  own: [
    publicAddress('Instagram', PUBLISHING, ({ media }) => media.length > 0),
    {
      rule: 'carousel-shapes',
      formats: ['carousel'],
      brokenAt: croppedToTheFirst,
      sentence: 'Instagram crops every picture of a carousel to the shape of the first.',
      severity: 'note',
      source: PUBLISHING,
    },
  ],
}
