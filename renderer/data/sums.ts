/**
 * A checksum in every record. IndexedDB keeps none, and what a disk or a browser garbled in a record comes back as if it had been
 * written so. Whoever writes rows seals them; a check compares them with their sum, by and by (`snapshots/`).
 */
import type { Row } from './patches.ts'

/** FNV-1a over the row as JSON: one changed character always shows. What the database derives by itself (`mediaIds`) stands aside. */
function sumOf({ sum: _own, mediaIds: _derived, ...row }: Row): number {
  const text = JSON.stringify(row)
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** The row with its checksum. */
export const seal = (row: Row): Row => ({ ...row, sum: sumOf(row) })

/** Whether the row is as it was written; one without a sum is taken at its word. */
export const isWhole = (row: Row): boolean => row.sum === undefined || row.sum === sumOf(row)

/** The row as it is shown and handed on, without what the database needs. */
export function unsealed<T extends object>(row: T): T {
  if (!('sum' in row)) return row
  const { sum: _own, ...rest } = row
  return rest as T
}
