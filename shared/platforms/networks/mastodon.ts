import type { FormatRules, NetworkRules, TextRules } from '../model.ts'
import { isStatus } from '../postAddress.ts'
import { AVIF, ahead, GIF, HEIC, JPEG, M4V, MIB, MINUTE, MOV, MP4, PNG, WEBM, WEBP } from './common.ts'
import { pollFields } from './polls.ts'

const DEFAULTS = 'Mastodon docs: Instance entity, defaults of the configuration'
const POSTING = 'Mastodon docs: posting to your profile'
const STATUSES = 'Mastodon docs: statuses API'
const QUOTES = 'Mastodon docs: implementing quote posts'

/** Mastodon names some of them twice; files are told by the first. */
const AUDIO = ['mpeg', 'mp3', 'ogg', 'vorbis', 'wav', 'flac', 'opus', 'aac', 'm4a', 'mp4'].map((one) => `audio/${one}`)

const text: TextRules = { bounds: [{ of: 'mastodon', max: 500, source: `${DEFAULTS}; ${POSTING}` }] }
const alt = { bounds: [{ of: 'graphemes', max: 1_500, source: DEFAULTS }], source: STATUSES } as const

const feed: FormatRules = {
  name: 'Post',
  text: { ...text, countedWith: 'contentWarning' },
  media: [
    { of: [], min: 0, max: 0, source: STATUSES },
    { of: ['image'], min: 1, max: 4, source: DEFAULTS },
    { of: ['animation'], min: 1, max: 1, source: POSTING },
    { of: ['video'], min: 1, max: 1, source: POSTING },
    { of: ['audio'], min: 1, max: 1, source: POSTING },
  ],
  files: {
    image: {
      types: { of: [JPEG, PNG, GIF, WEBP], source: DEFAULTS },
      someTypes: {
        of: [AVIF, HEIC, 'image/heif'],
        source: 'Mastodon: supported_mime_types differ by server; 4.7.2 switched HEIF off',
      },
      bounds: [
        { of: 'bytes', max: 16 * MIB, source: DEFAULTS },
        { of: 'pixels', max: 33_177_600, source: DEFAULTS },
      ],
      alt,
    },
    animation: {
      types: { of: [GIF], source: DEFAULTS },
      bounds: [{ of: 'bytes', max: 16 * MIB, source: DEFAULTS }],
      alt,
    },
    video: {
      types: { of: [MP4, M4V, MOV, WEBM], source: DEFAULTS },
      bounds: [
        { of: 'bytes', max: 99 * MIB, source: DEFAULTS },
        { of: 'pixels', max: 8_294_400, source: DEFAULTS },
        { of: 'fps', max: 120, source: DEFAULTS },
      ],
      alt,
    },
    audio: {
      types: { of: AUDIO, source: DEFAULTS },
      bounds: [{ of: 'bytes', max: 99 * MIB, source: DEFAULTS }],
      alt,
    },
  },
  fields: {
    visibility: {
      label: 'Who sees it',
      kind: 'choice',
      options: [
        { value: 'public', label: 'Public' },
        { value: 'unlisted', label: 'Quiet public' },
        { value: 'private', label: 'Followers' },
        { value: 'direct', label: 'Mentioned people' },
      ],
      source: STATUSES,
    },
    quote: {
      label: 'Quotes',
      kind: 'address',
      bounds: [],
      form: {
        fits: isStatus,
        example: 'https://mastodon.social/@…/1234',
        of: 'a post on Mastodon',
        source: QUOTES,
      },
      withoutMedia: { source: QUOTES },
    },
    ...pollFields({
      most: 4,
      each: { of: 'graphemes', max: 50, source: DEFAULTS },
      // Seconds: 300 to 2,629,746 are taken.
      durations: [
        { value: '3600', label: '1 hour' },
        { value: '21600', label: '6 hours' },
        { value: '86400', label: '1 day' },
        { value: '259200', label: '3 days' },
        { value: '604800', label: '7 days' },
      ],
      source: DEFAULTS,
      withoutMedia: {
        source: 'Mastodon docs: statuses API; since 4.6 both go together',
        severity: 'warning',
        why: 'Servers before 4.6 refuse both.',
      },
    }),
    contentWarning: { label: 'Content warning', kind: 'text', bounds: [] },
    sensitive: { label: 'Blur the media', kind: 'switch' },
    language: { label: 'Language', kind: 'text', bounds: [] },
  },
  firstComment: text,
  ahead: [ahead(5 * MINUTE, STATUSES)],
}

/** Defaults: every server may set its own, which then are limits of the account. */
export const mastodon: NetworkRules = {
  asOf: '2026-10',
  formats: { feed, thread: { ...feed, name: 'Thread' } },
  own: [
    {
      rule: 'quote-with-poll',
      brokenAt: ({ fields: { quote = '', pollOptions = [] } }) =>
        quote.trim() !== '' && pollOptions.length > 0 ? { at: 'field', name: 'quote' } : null,
      sentence: 'A post with a poll cannot quote another on Mastodon.',
      source: QUOTES,
      fix: { kind: 'clear', place: { at: 'field', name: 'quote' } },
    },
  ],
}
