/** Rows of a live query are new objects each time; this hands back the old ones where nothing changed. */

const same = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) => same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
}

/** `rows` with every row that equals the one known under its id replaced by that very object. */
export function keepIdentity<T extends { readonly id: string }>(
  known: ReadonlyMap<string, T>,
  rows: readonly T[],
): T[] {
  return rows.map((row) => {
    const old = known.get(row.id)
    return old && same(old, row) ? old : row
  })
}
