import type { FormatRules, NetworkRules, TextRules } from '../model.ts'
import { blueskyPost } from '../postAddress.ts'
import { GIF, MB, MINUTE, MOV, MP4, WEBM } from './common.ts'

const LEXICONS = 'AT Protocol: lexicons of app.bsky.feed and app.bsky.embed'
const CLIENT = 'constants of the official client'

const text: TextRules = {
  bounds: [
    // Counted as it is kept: links shortened as the official client does, their addresses beside the text.
    { of: 'bluesky', max: 300, source: LEXICONS },
    { of: 'blueskyBytes', max: 3_000, source: LEXICONS },
    { of: 'longestHashtag', max: 64, source: LEXICONS },
    { of: 'longestHashtagBytes', max: 640, source: LEXICONS },
  ],
}
const alt = { bounds: [{ of: 'graphemes', max: 2_000, source: CLIENT, unconfirmed: true }], source: LEXICONS } as const
const oneAttachment = { source: LEXICONS, severity: 'warning', why: 'Put the link into the text.' } as const

const feed: FormatRules = {
  name: 'Post',
  text,
  media: [
    { of: [], min: 0, max: 0, source: LEXICONS },
    { of: ['image'], min: 1, max: 10, source: LEXICONS },
    { of: ['video'], min: 1, max: 1, source: LEXICONS },
    { of: ['image'], min: 11, max: 20, source: LEXICONS, severity: 'warning', why: 'Apps show 10 pictures.' },
  ],
  files: {
    image: {
      types: { of: ['image/*'], source: LEXICONS },
      bounds: [
        { of: 'bytes', max: 2 * MB, source: LEXICONS },
        { of: 'bytes', max: MB, source: LEXICONS, severity: 'note', why: 'Older servers refuse more.' },
      ],
      alt,
    },
    video: {
      types: { of: [MP4], source: LEXICONS },
      someTypes: { of: [MOV, WEBM, 'video/mpeg', GIF], source: CLIENT, unconfirmed: true },
      bounds: [
        { of: 'bytes', max: 300 * MB, source: LEXICONS },
        { of: 'seconds', max: 10 * MINUTE, source: CLIENT, unconfirmed: true },
      ],
      alt,
    },
  },
  fields: {
    link: { label: 'Link card', kind: 'address', bounds: [], withoutMedia: oneAttachment },
    linkTitle: { label: 'Title of the link card', kind: 'text', bounds: [] },
    linkDescription: { label: 'Description of the link card', kind: 'text', bounds: [] },
    cover: {
      label: 'Picture of the link card',
      kind: 'picture',
      file: { types: { of: ['image/*'], source: LEXICONS }, bounds: [{ of: 'bytes', max: MB, source: LEXICONS }] },
      withoutMedia: oneAttachment,
    },
    quote: {
      label: 'Quotes',
      kind: 'address',
      bounds: [],
      form: {
        fits: (address) => blueskyPost(address) !== null,
        example: 'https://bsky.app/profile/…/post/…',
        of: 'a post on Bluesky',
        source: 'AT Protocol: lexicon of app.bsky.embed.record, syntax of AT URIs',
      },
    },
    tags: {
      label: 'Tags beside the text',
      kind: 'list',
      bounds: [{ of: 'items', max: 8, source: LEXICONS }],
      each: {
        bounds: [
          { of: 'graphemes', max: 64, source: LEXICONS },
          { of: 'bytes', max: 640, source: LEXICONS },
        ],
      },
    },
    language: { label: 'Language', kind: 'text', bounds: [] },
    replies: {
      label: 'Who may reply',
      kind: 'choice',
      options: [
        { value: 'nobody', label: 'Nobody' },
        { value: 'mentionRule', label: 'People you mention' },
        { value: 'followerRule', label: 'Followers' },
        { value: 'followingRule', label: 'People you follow' },
      ],
      source: LEXICONS,
    },
    contentLabel: {
      label: 'Content label',
      kind: 'choice',
      options: [
        { value: 'sexual', label: 'Suggestive' },
        { value: 'nudity', label: 'Nudity' },
        { value: 'porn', label: 'Adult' },
        { value: 'graphic-media', label: 'Graphic' },
      ],
      source: LEXICONS,
    },
  },
  firstComment: text,
}

export const bluesky: NetworkRules = {
  asOf: '2026-10',
  formats: { feed, thread: { ...feed, name: 'Thread' } },
  own: [
    {
      rule: 'gallery',
      brokenAt: ({ media, parts = [] }) => {
        const part = [{ media }, ...parts].findIndex((post) => post.media.length > 4)
        return part < 0 ? null : { at: 'media', part }
      },
      sentence: 'More than 4 pictures make a gallery, which older Bluesky apps do not show.',
      severity: 'note',
      source: LEXICONS,
    },
  ],
}
