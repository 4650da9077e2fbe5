/** Reading a copy back, and what the rows are when later changes are played on it. */
import type { Failure, ResultOf, SnapshotHead } from '../../../shared/contract/contract.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import type { Change } from '../changes.ts'
import { unpack } from '../packing.ts'
import { apply, type Patch, type Row } from '../patches.ts'
import { unsealed } from '../sums.ts'
import type { About, Piece } from './pieces.ts'

export interface SnapshotReader {
  readSnapshot(name: string, at: number, from: number): Promise<ResultOf<'snapshot:read'>>
}

export interface Snapshot {
  readonly about: About
  readonly pieces: readonly Piece[]
}

/** Rows by table and id. */
export type State = Map<string, Map<string, Row>>

/** One copy, or null when any of it is damaged. */
export async function readSnapshot(
  { name, at }: Pick<SnapshotHead, 'name' | 'at'>,
  port: SnapshotReader,
): Promise<Result<Snapshot | null, Failure>> {
  const texts: string[] = []
  for (;;) {
    const page = await port.readSnapshot(name, at, texts.length)
    if (!page.ok) return err(page.error)
    if (page.value.length === 0) break
    for (const { sequence, text } of page.value) {
      if (sequence !== texts.length) return ok(null)
      texts.push(text)
    }
  }
  const [about, ...rest] = texts
  if (about === undefined) return ok(null)
  const held = JSON.parse(about) as About
  const pieces: Piece[] = []
  for (const text of rest) pieces.push(JSON.parse(await unpack(text)) as Piece)
  const ended = new Set(pieces.flatMap(({ table, to }) => (to === null ? [table] : [])))
  return ok(Object.keys(held.counts).every((table) => ended.has(table)) ? { about: held, pieces } : null)
}

/** The newest copy that can be read whole; null when there is none. */
export async function newestSnapshot(
  newestFirst: readonly SnapshotHead[],
  port: SnapshotReader,
): Promise<Result<Snapshot | null, Failure>> {
  for (const head of newestFirst) {
    const read = await readSnapshot(head, port)
    if (!read.ok || read.value) return read
  }
  return ok(null)
}

/** Whether the rows of a copy have seen a change of a row already. */
function seenBy({ pieces }: Snapshot): (patch: Pick<Patch, 'table' | 'id'>, change: string) => boolean {
  const byTable = Map.groupBy(pieces, ({ table }) => table)
  return ({ table, id }, change) => {
    const piece = byTable.get(table)?.find(({ to }) => to === null || id <= to)
    return piece !== undefined && change <= piece.upTo
  }
}

/** The rows of a copy (or none), with the changes played on them that came later. What does not fit any more is counted and left out. */
export function stateOf(snapshot: Snapshot | null, changes: readonly Change[]): { state: State; left: number } {
  const state: State = new Map()
  const rowsOf = (table: string) => {
    const rows = state.get(table) ?? new Map<string, Row>()
    state.set(table, rows)
    return rows
  }
  for (const { table, rows } of snapshot?.pieces ?? []) for (const row of rows) rowsOf(table).set(row.id, unsealed(row))
  const seen = snapshot ? seenBy(snapshot) : () => false
  let left = 0
  for (const change of changes) {
    for (const patch of change.patches) {
      if (seen(patch, change.id)) continue
      const rows = rowsOf(patch.table)
      const row = rows.get(patch.id)
      if (!fits(row, patch)) {
        left += 1
        continue
      }
      const next = apply(row, patch)
      if (next) rows.set(patch.id, next)
      else rows.delete(patch.id)
    }
  }
  return { state, left }
}

/** Whether a patch finds what it was made on; after a line that was lost it may not. */
function fits(row: Row | undefined, patch: Patch): boolean {
  if (patch.op === 'put' || patch.op === 'drop') return true
  if (!row || patch.op === 'set') return row !== undefined
  const list = row[patch.field]
  if (!Array.isArray(list) || patch.at > list.length) return false
  const there = list.slice(patch.at, patch.at + patch.removed.length)
  return JSON.stringify(there) === JSON.stringify(patch.removed)
}
