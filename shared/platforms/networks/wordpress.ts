import type { FormatRules, NetworkRules, TextBound } from '../model.ts'
import { AVIF, ahead, GIF, HEIC, JPEG, MB, MINUTE, PNG, WEBP } from './common.ts'

const CORE = 'WordPress core 6.1: REST API, posts and media'
const RELEASES = 'WordPress release notes: AVIF since 6.5, HEIC since 6.7'

const name: TextBound = { of: 'codePoints', max: 200, source: 'WordPress core: database schema' }
const pictures = {
  types: { of: [JPEG, PNG, GIF, WEBP], source: CORE },
  someTypes: { of: [AVIF, HEIC], source: RELEASES, unconfirmed: true },
  bounds: [{ of: 'bytes', max: 8 * MB, source: CORE, severity: 'note', why: 'Many hosts refuse more.' }],
  alt: { bounds: [], source: CORE },
} as const
const uploads = { source: CORE, severity: 'note', why: 'Some sites refuse it.' } as const

const article: FormatRules = {
  name: 'Article',
  text: { bounds: [] },
  media: [{ of: ['image', 'video', 'audio', 'document'], min: 0, max: Number.POSITIVE_INFINITY, source: CORE }],
  files: {
    image: pictures,
    video: { types: { of: ['video/*'], ...uploads }, bounds: [] },
    audio: { types: { of: ['audio/*'], ...uploads }, bounds: [] },
    document: { types: { of: ['application/*'], ...uploads }, bounds: [] },
  },
  fields: {
    title: { label: 'Title', kind: 'text', bounds: [] },
    slug: { label: 'Address (slug)', kind: 'text', bounds: [name] },
    excerpt: { label: 'Excerpt', kind: 'text', bounds: [] },
    categories: { label: 'Categories', kind: 'list', each: { bounds: [name] } },
    tags: { label: 'Tags', kind: 'list', each: { bounds: [name] } },
    canonicalUrl: {
      label: 'Canonical address',
      kind: 'address',
      bounds: [],
      caveat: {
        sentence:
          'WordPress itself has no canonical address: only some sites with an SEO plugin keep it. Outpost does not send it: set it there.',
        source: 'WordPress core; plugins differ',
        severity: 'warning',
      },
    },
    cover: { label: 'Featured image', kind: 'picture', file: pictures },
    visibility: {
      label: 'Publish as',
      kind: 'choice',
      preset: 'publish',
      options: [
        { value: 'publish', label: 'Public' },
        { value: 'private', label: 'Private' },
        { value: 'pending', label: 'For review on the site' },
      ],
      source: CORE,
    },
    comments: { label: 'Allow comments', kind: 'switch' },
  },
  ahead: [ahead(MINUTE, 'WordPress core 6.1: a time nearer than a minute is published at once')],
}

/** A site of one's own: what it takes in size is a limit of the account. */
export const wordpress: NetworkRules = { asOf: '2026-10', formats: { article } }
