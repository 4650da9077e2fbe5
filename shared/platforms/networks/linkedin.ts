import type { FormatRules, NetworkRules } from '../model.ts'
import { GB, GIF, JPEG, MB, MINUTE, MP4, PNG } from './common.ts'
import { pollFields } from './polls.ts'

const POSTS = 'LinkedIn: Posts API, MultiImage API'
const IMAGES = 'LinkedIn: Images API'
const VIDEOS = 'LinkedIn: Videos API'
const DOCUMENTS = 'LinkedIn: Documents API'
const HELP = 'LinkedIn Help: post length, photo and video specifications'
const SECONDARY = 'secondary texts; no page of LinkedIn says it'

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const SLIDES = 'application/vnd.openxmlformats-officedocument.presentationml.presentation'

const pixels = { of: 'pixels', max: 36_152_319, source: IMAGES } as const

const feed: FormatRules = {
  name: 'Post',
  text: { bounds: [{ of: 'utf16', max: 3_000, unitUnconfirmed: true, source: HELP }] },
  media: [
    { of: [], min: 0, max: 0, source: POSTS },
    { of: ['image'], min: 1, max: 20, source: POSTS },
    { of: ['video'], min: 1, max: 1, source: POSTS },
    { of: ['document'], min: 1, max: 1, source: POSTS },
  ],
  files: {
    image: {
      types: { of: [JPEG, PNG, GIF], source: IMAGES },
      bounds: [
        pixels,
        { of: 'frames', max: 250, source: IMAGES },
        { of: 'bytes', max: 5 * MB, source: HELP, severity: 'warning' },
        { of: 'width', min: 552, source: HELP, severity: 'warning' },
        { of: 'height', min: 276, source: HELP, severity: 'warning' },
        { of: 'ratio', min: 4 / 5, max: 3, source: HELP, severity: 'warning' },
      ],
      alt: { bounds: [{ of: 'utf16', max: 4_086, unitUnconfirmed: true, source: IMAGES }], source: IMAGES },
    },
    // LinkedIn's pages disagree: the stricter number warns, the looser one blocks.
    video: {
      types: { of: [MP4], source: VIDEOS },
      bounds: [
        { of: 'bytes', min: 75_000, max: 5 * GB, source: VIDEOS },
        { of: 'bytes', max: 500 * MB, source: VIDEOS, severity: 'warning' },
        { of: 'seconds', min: 3, max: 30 * MINUTE, source: VIDEOS },
        { of: 'seconds', max: 15 * MINUTE, source: HELP, severity: 'warning' },
        { of: 'ratio', min: 1 / 2.4, max: 2.4, source: VIDEOS },
        { of: 'fps', min: 10, max: 60, source: VIDEOS },
      ],
    },
    document: {
      types: {
        of: ['application/pdf', SLIDES, WORD, 'application/vnd.ms-powerpoint', 'application/msword'],
        source: DOCUMENTS,
      },
      bounds: [
        { of: 'bytes', max: 100 * MB, source: DOCUMENTS },
        { of: 'pages', max: 300, source: DOCUMENTS },
      ],
    },
  },
  fields: {
    visibility: {
      label: 'Who sees it',
      kind: 'choice',
      preset: 'PUBLIC',
      options: [
        { value: 'PUBLIC', label: 'Anyone' },
        {
          value: 'CONNECTIONS',
          label: 'Connections',
          only: { account: 'profile', source: 'a page has followers, no connections', unconfirmed: true },
        },
        { value: 'LOGGED_IN', label: 'LinkedIn members' },
      ],
      source: POSTS,
    },
    link: {
      label: 'Link card',
      kind: 'address',
      bounds: [],
      withoutMedia: { source: POSTS, severity: 'warning', why: 'Put the link into the text.' },
    },
    linkTitle: {
      label: 'Title of the link card',
      kind: 'text',
      bounds: [{ of: 'utf16', max: 400, source: SECONDARY, unconfirmed: true }],
    },
    linkDescription: {
      label: 'Description of the link card',
      kind: 'text',
      bounds: [{ of: 'utf16', max: 4_000, source: SECONDARY, unconfirmed: true }],
    },
    cover: {
      label: 'Picture of the link card',
      kind: 'picture',
      file: { types: { of: [JPEG, PNG, GIF], source: IMAGES }, bounds: [pixels] },
      withoutMedia: { source: POSTS, severity: 'warning', why: 'It goes with the link card only.' },
    },
    title: { label: 'Title of the video or document', kind: 'text', bounds: [] },
    ...pollFields({
      most: 4,
      question: { of: 'utf16', max: 140, unitUnconfirmed: true, source: POSTS },
      each: { of: 'utf16', max: 30, unitUnconfirmed: true, source: POSTS },
      durations: [
        { value: 'ONE_DAY', label: '1 day' },
        { value: 'THREE_DAYS', label: '3 days' },
        { value: 'SEVEN_DAYS', label: '7 days' },
        { value: 'FOURTEEN_DAYS', label: '14 days' },
      ],
      source: POSTS,
      withoutMedia: { source: POSTS },
    }),
  },
  firstComment: { bounds: [{ of: 'utf16', max: 1_250, source: SECONDARY, unconfirmed: true }] },
}

export const linkedin: NetworkRules = {
  asOf: '2026-10',
  formats: { feed },
  own: [
    {
      rule: 'poll-question',
      brokenAt: ({ fields }) =>
        (fields.pollOptions?.length ?? 0) > 0 && !fields.pollQuestion?.trim()
          ? { at: 'field', name: 'pollQuestion' }
          : null,
      sentence: 'A LinkedIn poll needs a question of its own.',
      source: POSTS,
    },
    {
      rule: 'poll-with-link',
      brokenAt: ({ fields }) =>
        (fields.pollOptions?.length ?? 0) > 0 && fields.link?.trim() ? { at: 'field', name: 'link' } : null,
      sentence: 'A LinkedIn post has a poll or a link card, not both.',
      source: POSTS,
      fix: { kind: 'clear', place: { at: 'field', name: 'link' } },
    },
    {
      rule: 'profile-comments',
      brokenAt: ({ account, firstComment }) =>
        account?.kind === 'profile' && firstComment?.trim() ? { at: 'firstComment' } : null,
      sentence: 'LinkedIn lets only a few approved programs comment for a profile; for a page it is open.',
      severity: 'warning',
      source: 'LinkedIn: Community Management, scope w_member_social_feed',
    },
  ],
}
