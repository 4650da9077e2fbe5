import type { Migration } from './index.ts'

/** What a workspace says and how: snippets, mentions, tagged links, brand words, personas, templates; a campaign its personas. */
export const vocabulary: Migration = {
  version: 4,
  stores: {
    snippets: 'id, trashedAt',
    mentions: 'id, trashedAt',
    vocabulary: 'id',
    brandWords: 'id, trashedAt',
    personas: 'id, trashedAt',
    templates: 'id, trashedAt',
  },
  complete: {
    campaigns: (row) => ('personaIds' in row ? row : { ...row, personaIds: [] }),
  },
}
