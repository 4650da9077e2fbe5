import { MAILED_TO } from '../../domain/mailing.ts'
import type { FormatRules, NetworkRules, OwnRule, TextBound } from '../model.ts'
import { GIF, JPEG, MP4, PNG, WEBM, WEBP } from './common.ts'

const ADMIN_API = 'Ghost: Admin API, Posts and Images'
const SCHEMA = 'Ghost 6.65: schema and admin API schemas'
const FILES = 'Ghost 6.65: files/upload, in no page of its documentation'
const NEWSLETTER = 'Ghost: Admin API, Posts, sending a post via email'

const upTo = (max: number): TextBound => ({ of: 'utf16', max, unitUnconfirmed: true, source: SCHEMA })
const pictureTypes = { of: [JPEG, PNG, GIF, WEBP, 'image/svg+xml', 'image/x-icon'], source: SCHEMA } as const

const article: FormatRules = {
  name: 'Article',
  text: { bounds: [upTo(1_000_000_000)] },
  media: [{ of: ['image', 'video', 'audio', 'document'], min: 0, max: Number.POSITIVE_INFINITY, source: ADMIN_API }],
  files: {
    image: { types: pictureTypes, bounds: [], alt: { bounds: [], source: ADMIN_API } },
    video: { types: { of: [MP4, WEBM, 'video/ogg'], source: SCHEMA }, bounds: [] },
    audio: { types: { of: ['audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/wav'], source: SCHEMA }, bounds: [] },
    document: { types: { of: ['application/*'], source: FILES }, bounds: [] },
  },
  fields: {
    title: { label: 'Title', kind: 'text', required: { source: ADMIN_API }, bounds: [upTo(255)] },
    slug: { label: 'Address (slug)', kind: 'text', bounds: [upTo(191)] },
    excerpt: { label: 'Excerpt', kind: 'text', bounds: [upTo(300)] },
    tags: {
      label: 'Tags',
      kind: 'list',
      each: { bounds: [upTo(191)], forbids: { characters: ',', source: SCHEMA } },
    },
    canonicalUrl: { label: 'Canonical address', kind: 'address', bounds: [] },
    metaTitle: { label: 'Title for search engines', kind: 'text', bounds: [upTo(300)] },
    metaDescription: { label: 'Description for search engines', kind: 'text', bounds: [upTo(500)] },
    cover: {
      label: 'Feature image',
      kind: 'picture',
      file: { types: pictureTypes, bounds: [], alt: { bounds: [upTo(191)], source: SCHEMA } },
    },
    visibility: {
      label: 'Who reads it',
      kind: 'choice',
      preset: 'public',
      options: [
        { value: 'public', label: 'Everyone' },
        { value: 'members', label: 'Members' },
        { value: 'paid', label: 'Paying members' },
      ],
      source: ADMIN_API,
    },
    emailSegment: {
      label: 'Send as a newsletter',
      kind: 'choice',
      preset: 'none',
      options: [
        { value: 'none', label: 'No' },
        ...[...MAILED_TO].map(([value, group]) => ({ value, label: `To ${group}` })),
      ],
      source: NEWSLETTER,
    },
    newsletter: {
      label: 'Newsletter (slug)',
      kind: 'text',
      with: 'emailSegment',
      empty: 'The first one of the site',
      bounds: [upTo(191)],
    },
    emailSubject: {
      label: 'Subject of the mail',
      kind: 'text',
      with: 'emailSegment',
      empty: 'As the title',
      bounds: [upTo(300)],
    },
  },
}

/** Said of each group in its own words, and never against it: who chose it should know. */
const mailed = [...MAILED_TO].map(
  ([value, group]): OwnRule => ({
    rule: 'mailed',
    severity: 'warning',
    brokenAt: ({ fields }) => (fields.emailSegment === value ? { at: 'field', name: 'emailSegment' } : null),
    sentence: `This goes out as a newsletter to ${group} when the post does. A mail cannot be taken back or corrected.`,
    fix: { kind: 'clear', place: { at: 'field', name: 'emailSegment' } },
    source: NEWSLETTER,
  }),
)

export const ghost: NetworkRules = { asOf: '2026-10', formats: { article }, own: mailed }
