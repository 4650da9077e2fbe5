/** A change to one row, complete enough to be played forwards and backwards. Plain JSON: it goes into the log and the journal. */
export type Patch =
  | { readonly op: 'put'; readonly table: string; readonly id: string; readonly row: Row }
  | { readonly op: 'drop'; readonly table: string; readonly id: string; readonly row: Row }
  | { readonly op: 'set'; readonly table: string; readonly id: string; readonly before: Fields; readonly after: Fields }
  /** Part of a long list replaced: keeps a log entry of a long document as small as the edit. */
  | {
      readonly op: 'splice'
      readonly table: string
      readonly id: string
      readonly field: string
      readonly at: number
      readonly removed: readonly unknown[]
      readonly inserted: readonly unknown[]
    }

export type Fields = Readonly<Record<string, unknown>>
export type Row = Fields & { readonly id: string }

/** The patch that takes this one back. */
export function invert(patch: Patch): Patch {
  switch (patch.op) {
    case 'put':
      return { ...patch, op: 'drop' }
    case 'drop':
      return { ...patch, op: 'put' }
    case 'set':
      return { ...patch, before: patch.after, after: patch.before }
    case 'splice':
      return { ...patch, removed: patch.inserted, inserted: patch.removed }
  }
}

/** The row after a patch; undefined when it is gone. Throws when the row the patch speaks of is not there. */
export function apply(row: Row | undefined, patch: Patch): Row | undefined {
  if (patch.op === 'put') return patch.row
  if (patch.op === 'drop') return undefined
  if (!row) throw new Error(`No ${patch.table} with id ${patch.id}`)
  if (patch.op === 'set') return { ...row, ...patch.after }
  const list = row[patch.field]
  if (!Array.isArray(list)) throw new Error(`${patch.table}.${patch.field} is not a list`)
  return { ...row, [patch.field]: list.toSpliced(patch.at, patch.removed.length, ...patch.inserted) }
}

const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b)

/** The fields that differ, old and new; null when none does. */
export function setPatch(table: string, row: Row, fields: Fields): Patch | null {
  const changed = Object.keys(fields).filter((key) => !same(row[key], fields[key]))
  if (changed.length === 0) return null
  const pick = (from: Fields) => Object.fromEntries(changed.map((key) => [key, from[key]]))
  return { op: 'set', table, id: row.id, before: pick(row), after: pick(fields) }
}

/** The middle part of a list that differs; null when nothing does. */
export function splicePatch(table: string, row: Row, field: string, next: readonly unknown[]): Patch | null {
  const list = row[field] as readonly unknown[]
  const shorter = Math.min(list.length, next.length)
  let head = 0
  while (head < shorter && same(list[head], next[head])) head += 1
  let tail = 0
  while (tail < shorter - head && same(list[list.length - 1 - tail], next[next.length - 1 - tail])) tail += 1
  const removed = list.slice(head, list.length - tail)
  const inserted = next.slice(head, next.length - tail)
  if (removed.length === 0 && inserted.length === 0) return null
  return { op: 'splice', table, id: row.id, field, at: head, removed, inserted }
}
