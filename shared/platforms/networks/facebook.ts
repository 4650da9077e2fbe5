import type { FileRules, FormatRules, NetworkRules, TextRules } from '../model.ts'
import {
  ahead,
  aheadAtMost,
  DAY,
  GB,
  GIF,
  H264,
  HEVC,
  HOUR,
  JPEG,
  MB,
  MINUTE,
  MOV,
  MP4,
  PNG,
  upright,
} from './common.ts'

const POSTS = 'Meta: Pages API, feed and photos references'
const PAGES = 'Meta: Pages API, scheduled posts'
const REELS = 'Meta: Reels Publishing guide'
const NOWHERE = 'in wide use; no page of Meta says it'
const PROGRAMS = 'seen only in other programs'

const OWN_LINK = /https?:\/\/(?:[\w-]+\.)*facebook\.com\b/i

const text: TextRules = { bounds: [{ of: 'utf16', max: 63_206, source: NOWHERE, unconfirmed: true }] }
const firstComment: TextRules = { bounds: [{ of: 'utf16', max: 8_000, source: NOWHERE, unconfirmed: true }] }

const photo: FileRules = {
  types: { of: [JPEG, PNG, GIF, 'image/bmp', 'image/tiff'], source: POSTS },
  bounds: [
    { of: 'bytes', max: 10 * MB, source: POSTS },
    {
      of: 'bytes',
      max: 4 * MB,
      source: `error 1366046, ${PROGRAMS}`,
      unconfirmed: true,
      why: 'Some uploads above are refused.',
    },
    { of: 'frames', max: 1, source: POSTS, severity: 'warning', why: 'It will stand still.' },
  ],
  alt: { bounds: [], source: PROGRAMS, unconfirmed: true },
}
const videoTypes = { of: [MP4, MOV], source: NOWHERE, unconfirmed: true } as const

const feed: FormatRules = {
  name: 'Post',
  text,
  media: [
    { of: [], min: 0, max: 0, source: POSTS },
    { of: ['image'], min: 1, max: 10, maxUnconfirmed: true, source: POSTS },
    { of: ['video'], min: 1, max: 1, source: POSTS },
  ],
  files: {
    image: photo,
    video: {
      types: videoTypes,
      bounds: [
        { of: 'seconds', max: 4 * HOUR, source: NOWHERE, unconfirmed: true },
        { of: 'bytes', max: 10 * GB, source: NOWHERE, unconfirmed: true },
      ],
    },
  },
  fields: {
    link: {
      label: 'Link card',
      kind: 'address',
      bounds: [],
      withoutMedia: { source: POSTS, severity: 'warning', why: 'Put the link into the text.' },
    },
  },
  firstComment,
  // The reference of the feed says 75 days, that of videos 6 months: the shortest is the safe one.
  ahead: [ahead(10 * MINUTE, PAGES), aheadAtMost(30 * DAY, PAGES)],
}

const reel: FormatRules = {
  name: 'Reel',
  text,
  media: [{ of: ['video'], min: 1, max: 1, source: REELS }],
  files: {
    video: {
      types: videoTypes,
      codecs: { of: [H264, HEVC, 'VP9', 'AV1'], source: REELS },
      bounds: [
        upright({ source: `${REELS}, error 1363040` }),
        { of: 'width', min: 540, source: `${REELS}, error 1363127` },
        { of: 'height', min: 960, source: `${REELS}, error 1363127` },
        { of: 'seconds', min: 3, max: 90, source: `${REELS}, error 1363128` },
        { of: 'fps', min: 24, max: 60, source: `${REELS}, error 1363129` },
      ],
    },
  },
  fields: { title: { label: 'Title', kind: 'text', bounds: [] } },
  firstComment,
  ahead: [ahead(10 * MINUTE, REELS), aheadAtMost(29 * DAY, REELS)],
}

const story: FormatRules = {
  name: 'Story',
  text: null,
  media: [{ of: ['image', 'video'], min: 1, max: 1, source: PROGRAMS, unconfirmed: true }],
  files: {
    image: photo,
    video: { types: videoTypes, bounds: [{ of: 'seconds', max: 60, source: PROGRAMS, unconfirmed: true }] },
  },
  fields: {},
}

/** Pages only: Facebook lets no program post to profiles or groups. */
export const facebook: NetworkRules = {
  asOf: '2026-10',
  formats: { feed, reel, story },
  own: [
    {
      rule: 'links-to-facebook',
      brokenAt: ({ text, fields }) =>
        OWN_LINK.test(fields.link ?? '')
          ? { at: 'field', name: 'link' }
          : OWN_LINK.test(text)
            ? { at: 'text', part: 0 }
            : null,
      sentence: 'Facebook may refuse links to facebook.com.',
      source: `error 1609008, ${PROGRAMS}`,
      unconfirmed: true,
    },
  ],
}
