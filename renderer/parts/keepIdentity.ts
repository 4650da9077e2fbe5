/** Rows of a live query are new objects each time; this hands back the old ones where nothing changed. */

const same = (a: unknown, b: unknown): boolean => {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>]
  // Rows of one table have the same fields: a field of one that the other lacks shows as undefined on one side.
  for (const key in left) if (!same(left[key], right[key])) return false
  for (const key in right) if (!(key in left)) return false
  return true
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
