import { createHash } from 'node:crypto'

/** One short word for what a network shows, to be compared with what it showed before. */
export const fingerprintOf = (...shown: readonly (string | number | boolean)[]): string =>
  createHash('sha256').update(JSON.stringify(shown)).digest('hex').slice(0, 32)
