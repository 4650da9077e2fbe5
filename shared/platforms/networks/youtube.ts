import type { Content, FormatRules, NetworkRules, Place, TextRules } from '../model.ts'
import { GB, HOUR, JPEG, MB, MINUTE, PNG } from './common.ts'

const DATA_API = 'Google: YouTube Data API, Videos resource and Videos: insert'
const HELP = 'YouTube Help: upload size and length, Shorts, hashtags'
const THUMBNAILS = 'Google: YouTube Data API, Thumbnails: set'
const CATEGORIES = 'Google: YouTube Data API, VideoCategories: list, those that may be assigned'
const SHORT_SECONDS = 3 * MINUTE

const forbids = { characters: '<>', source: DATA_API } as const
const description: TextRules = {
  bounds: [
    { of: 'bytes', max: 5_000, source: DATA_API },
    { of: 'hashtags', max: 60, source: HELP, severity: 'warning', why: 'YouTube then ignores all of them.' },
  ],
  forbids,
}

const video: FormatRules = {
  name: 'Video',
  text: description,
  media: [{ of: ['video'], min: 1, max: 1, source: DATA_API }],
  files: {
    video: {
      types: { of: ['video/*'], source: DATA_API },
      bounds: [
        { of: 'bytes', max: 256 * GB, source: HELP },
        { of: 'seconds', max: 12 * HOUR, source: HELP },
        {
          of: 'seconds',
          max: 15 * MINUTE,
          source: HELP,
          severity: 'note',
          why: 'Longer ones need a channel verified by telephone.',
        },
      ],
    },
  },
  fields: {
    title: {
      label: 'Title',
      kind: 'text',
      required: { source: DATA_API },
      bounds: [{ of: 'codePoints', max: 100, unitUnconfirmed: true, source: DATA_API }],
      forbids,
    },
    tags: { label: 'Tags', kind: 'list', bounds: [{ of: 'joined', max: 500, source: DATA_API }] },
    visibility: {
      label: 'Visibility',
      kind: 'choice',
      required: { source: DATA_API },
      options: [
        { value: 'public', label: 'Public' },
        { value: 'unlisted', label: 'Unlisted' },
        { value: 'private', label: 'Private' },
      ],
      source: DATA_API,
    },
    madeForKids: {
      label: 'Made for kids',
      kind: 'switch',
      required: { source: `${DATA_API}: selfDeclaredMadeForKids` },
    },
    category: {
      label: 'Category',
      kind: 'choice',
      // The list for the US. Their names are another in every language there, their numbers are not.
      options: [
        { value: '2', label: 'Autos & Vehicles' },
        { value: '23', label: 'Comedy' },
        { value: '27', label: 'Education' },
        { value: '24', label: 'Entertainment' },
        { value: '1', label: 'Film & Animation' },
        { value: '20', label: 'Gaming' },
        { value: '26', label: 'Howto & Style' },
        { value: '10', label: 'Music' },
        { value: '25', label: 'News & Politics' },
        { value: '29', label: 'Nonprofits & Activism' },
        { value: '22', label: 'People & Blogs' },
        { value: '15', label: 'Pets & Animals' },
        { value: '28', label: 'Science & Technology' },
        { value: '17', label: 'Sports' },
        { value: '19', label: 'Travel & Events' },
      ],
      source: CATEGORIES,
    },
    cover: {
      label: 'Thumbnail',
      kind: 'picture',
      file: {
        types: { of: [JPEG, PNG], source: THUMBNAILS },
        bounds: [
          { of: 'bytes', max: 50 * MB, source: THUMBNAILS },
          { of: 'width', min: 1_280, source: THUMBNAILS, severity: 'note' },
          { of: 'ratio', min: 16 / 9, max: 16 / 9, source: THUMBNAILS, severity: 'note' },
        ],
      },
    },
    aiGenerated: { label: 'Altered or made with AI', kind: 'switch' },
    language: { label: 'Language', kind: 'text', bounds: [] },
  },
  firstComment: {
    bounds: [{ of: 'utf16', max: 10_000, source: 'in wide use; no page of Google says it', unconfirmed: true }],
    links: { sentence: 'Links in YouTube comments cannot be pressed.', source: HELP, severity: 'note' },
  },
}

const longVideo = {
  source: HELP,
  severity: 'warning',
  why: 'YouTube will show it as an ordinary video.',
} as const

const short: FormatRules = {
  ...video,
  name: 'Short',
  text: {
    ...description,
    links: { sentence: 'Links below a Short cannot be pressed.', source: HELP, severity: 'note' },
  },
  files: {
    video: {
      types: { of: ['video/*'], source: DATA_API },
      bounds: [
        { of: 'bytes', max: 256 * GB, source: HELP },
        { of: 'seconds', max: SHORT_SECONDS, ...longVideo },
        { of: 'ratio', max: 1, ...longVideo },
      ],
    },
  },
}

function becomesAShort({ media: [video] }: Content): Place | null {
  if (!video?.seconds || !video.width || !video.height) return null
  return video.seconds <= SHORT_SECONDS && video.width <= video.height ? { at: 'medium', id: video.id } : null
}

export const youtube: NetworkRules = {
  asOf: '2026-10',
  formats: { video, short },
  own: [
    {
      rule: 'becomes-a-short',
      formats: ['video'],
      brokenAt: becomesAShort,
      sentence: 'YouTube makes a Short of every square or upright video of up to 3 minutes.',
      severity: 'note',
      source: HELP,
      fix: { kind: 'format', to: 'short' },
    },
    {
      rule: 'kids-without-comments',
      brokenAt: ({ fields, firstComment }) =>
        fields.madeForKids && firstComment?.trim() ? { at: 'firstComment' } : null,
      sentence: 'Videos made for kids have their comments off, so the first comment will not get through.',
      source: 'YouTube Help; not in the API documentation',
      unconfirmed: true,
      fix: { kind: 'clear', place: { at: 'firstComment' } },
    },
  ],
}
