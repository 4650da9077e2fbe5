import type { FormatRules, NetworkRules, TextRules } from '../model.ts'
import { GIF, H264, JPEG, MB, MOV, MP4, PNG, WEBP } from './common.ts'
import { pollFields } from './polls.ts'

const COUNTING = 'X docs: counting characters; twitter-text, configuration 3'
const POSTS = 'X docs: Posts API, OpenAPI 2.167'
const MEDIA = 'X docs: media upload, best practices'
const PROGRAMS = 'seen only in other programs'

const text: TextRules = {
  bounds: [
    { of: 'xWeight', max: 280, source: COUNTING },
    { of: 'cashtags', max: 1, source: PROGRAMS, unconfirmed: true },
  ],
  links: {
    sentence: 'X charges programs more for a post with a link.',
    source: 'X docs: pricing, April 2026',
    severity: 'note',
  },
}
const alt = { bounds: [{ of: 'utf16', max: 1_000, unitUnconfirmed: true, source: MEDIA }], source: MEDIA } as const
/** Newer pages of X allow more than the table of formats: above it the post may fail, so it is asked about and not refused. */
const disputed = { source: MEDIA, severity: 'warning', why: 'Newer pages of X allow more.' } as const

const feed: FormatRules = {
  name: 'Post',
  text,
  media: [
    { of: [], min: 0, max: 0, source: POSTS },
    { of: ['image'], min: 1, max: 4, source: MEDIA },
    { of: ['animation'], min: 1, max: 1, source: MEDIA },
    { of: ['video'], min: 1, max: 1, source: MEDIA },
    {
      of: ['image', 'animation', 'video'],
      min: 1,
      max: 4,
      source: POSTS,
      severity: 'warning',
      why: 'X may refuse the mix.',
    },
  ],
  files: {
    image: {
      types: { of: [JPEG, PNG, GIF, WEBP], source: MEDIA },
      bounds: [{ of: 'bytes', max: 5 * MB, source: MEDIA }],
      alt,
    },
    animation: {
      types: { of: [GIF], source: MEDIA },
      bounds: [
        { of: 'bytes', max: 15 * MB, source: MEDIA },
        { of: 'width', max: 1_280, source: MEDIA },
        { of: 'height', max: 1_080, source: MEDIA },
        { of: 'frames', max: 350, source: MEDIA },
      ],
      alt,
    },
    video: {
      types: { of: [MP4, MOV], source: MEDIA },
      codecs: { of: [H264], source: MEDIA },
      bounds: [
        { of: 'seconds', min: 0.5, source: MEDIA },
        { of: 'seconds', max: 140, ...disputed },
        { of: 'bytes', max: 512 * MB, ...disputed },
        { of: 'width', min: 32, source: MEDIA },
        { of: 'height', min: 32, source: MEDIA },
        { of: 'width', max: 1_280, ...disputed, severity: 'note' },
        { of: 'height', max: 1_024, ...disputed, severity: 'note' },
        { of: 'ratio', min: 1 / 3, max: 3, source: MEDIA },
        { of: 'fps', max: 60, source: MEDIA },
      ],
    },
  },
  fields: {
    replies: {
      label: 'Who may reply',
      kind: 'choice',
      options: [
        { value: 'following', label: 'People you follow' },
        { value: 'mentionedUsers', label: 'People you mention' },
        { value: 'subscribers', label: 'Subscribers' },
        { value: 'verified', label: 'Verified accounts' },
      ],
      source: POSTS,
    },
    ...pollFields({
      most: 4,
      each: { of: 'utf16', max: 25, unitUnconfirmed: true, source: POSTS },
      // Anything from 5 to 10,080 minutes is taken; so many steps are enough.
      durations: [
        { value: '60', label: '1 hour' },
        { value: '360', label: '6 hours' },
        { value: '1440', label: '1 day' },
        { value: '4320', label: '3 days' },
        { value: '10080', label: '7 days' },
      ],
      source: POSTS,
      withoutMedia: { source: POSTS },
    }),
    userTags: { label: 'People in the media', kind: 'list', bounds: [{ of: 'items', max: 10, source: POSTS }] },
    aiGenerated: { label: 'Made with AI', kind: 'switch' },
    brandedContent: { label: 'Paid partnership', kind: 'switch' },
  },
  firstComment: text,
}

/** A longer text of a paying account is a limit of that account. */
export const x: NetworkRules = { asOf: '2026-10', formats: { feed, thread: { ...feed, name: 'Thread' } } }
