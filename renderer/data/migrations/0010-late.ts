import type { Migration } from './index.ts'

/** What becomes of a post whose grace is over is said for each channel; until now all of them asked. */
export const late: Migration = {
  version: 10,
  stores: {},
  complete: { channels: (row) => ('late' in row ? row : { ...row, late: 'ask' }) },
}
