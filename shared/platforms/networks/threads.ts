import { count } from '../count.ts'
import type { Content, FileRules, FormatRules, MediaChoice, NetworkRules, Place, TextRules } from '../model.ts'
import { GB, H264, HEVC, JPEG, MB, MINUTE, MOV, MP4, PNG, publicAddress } from './common.ts'
import { pollFields } from './polls.ts'

const OVERVIEW = 'Meta: Threads API, Overview (limits)'
const LIMIT = `${OVERVIEW}, THREADS_API__LINK_LIMIT_EXCEEDED`
const LINKS = 5
const POSTS = 'Meta: Threads API, Posts and Publishing reference'

const text: TextRules = {
  bounds: [
    { of: 'threads', max: 500, source: OVERVIEW },
    { of: 'links', max: LINKS, source: LIMIT },
    { of: 'hashtags', max: 1, source: POSTS, severity: 'note', why: 'Only the first becomes a topic.' },
  ],
}
const alt = {
  bounds: [{ of: 'utf16', max: 1_000, source: 'in wide use; no page of Meta says it', unconfirmed: true }],
  source: POSTS,
} as const
const image: FileRules = {
  types: { of: [JPEG, PNG], source: OVERVIEW },
  bounds: [
    { of: 'bytes', max: 8 * MB, source: OVERVIEW },
    { of: 'ratio', min: 1 / 10, max: 10, source: OVERVIEW },
    { of: 'width', min: 320, source: OVERVIEW, severity: 'note', why: 'Threads will enlarge it.' },
  ],
  alt,
}
const video: FileRules = {
  types: { of: [MP4, MOV], source: OVERVIEW },
  codecs: { of: [H264, HEVC], source: OVERVIEW },
  bounds: [
    { of: 'seconds', max: 5 * MINUTE, source: OVERVIEW },
    { of: 'bytes', max: GB, source: OVERVIEW },
    { of: 'width', max: 1_920, source: OVERVIEW },
    { of: 'fps', min: 23, max: 60, source: OVERVIEW },
    { of: 'bitrate', max: 25_000_000, source: OVERVIEW },
  ],
  alt,
}

const none: MediaChoice = { of: [], min: 0, max: 0, source: POSTS }
const one: MediaChoice = { of: ['image', 'video'], min: 1, max: 1, source: POSTS }
const several: MediaChoice = { of: ['image', 'video'], min: 2, max: 20, source: POSTS }

const feed: FormatRules = {
  name: 'Post',
  text,
  media: [none, one],
  files: { image, video },
  fields: {
    topic: {
      label: 'Topic',
      kind: 'text',
      bounds: [{ of: 'utf16', max: 50, unitUnconfirmed: true, source: POSTS }],
      forbids: { characters: '.&', source: POSTS },
    },
    ...pollFields({
      most: 4,
      each: { of: 'utf16', max: 25, unitUnconfirmed: true, source: POSTS },
      // How long it runs Threads decides itself.
      durations: [],
      source: POSTS,
      withoutMedia: { source: POSTS },
    }),
    link: {
      label: 'Link card',
      kind: 'address',
      bounds: [],
      withoutMedia: { source: POSTS, severity: 'warning', why: 'Put the link into the text.' },
    },
    replies: {
      label: 'Who may reply',
      kind: 'choice',
      preset: 'everyone',
      options: [
        { value: 'everyone', label: 'Everyone' },
        { value: 'accounts_you_follow', label: 'People you follow' },
        { value: 'mentioned_only', label: 'People you mention' },
        { value: 'followers_only', label: 'Followers' },
      ],
      source: POSTS,
    },
  },
  firstComment: text,
}

function cardOverTheLinks({ text, fields }: Content): Place | null {
  const fitting = count(text, 'links') <= LINKS
  return fitting && count(`${text} ${fields.link ?? ''}`, 'links') > LINKS ? { at: 'field', name: 'link' } : null
}

/** A card and a poll need a post without media, which a carousel never is. */
const { topic, replies } = feed.fields

export const threads: NetworkRules = {
  asOf: '2026-10',
  formats: {
    feed,
    carousel: { ...feed, name: 'Carousel', media: [several], fields: { topic, replies } },
    thread: { ...feed, name: 'Thread', media: [none, one, several] },
  },
  own: [
    publicAddress(
      'Threads',
      POSTS,
      ({ media, parts = [] }) => media.length + parts.flatMap((part) => part.media).length > 0,
    ),
    {
      rule: 'links-with-card',
      brokenAt: cardOverTheLinks,
      sentence: `Threads takes ${LINKS} links in a post, the link card included.`,
      source: LIMIT,
    },
  ],
}
