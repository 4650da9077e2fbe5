export interface Ordered {
  readonly id: string
  readonly order: number
}

/**
 * The order numbers that put a card at `index` of a column (the card itself not counted). Usually one number, between its
 * neighbours; where they leave no room (cards of one import share a number) those above make room. Smaller stands higher.
 */
export function ordersFor(id: string, column: readonly Ordered[], index: number): Ordered[] {
  const others = column.filter((card) => card.id !== id)
  const above = others[index - 1]
  const below = others[index]
  if (!above && !below) return []
  if (!above || !below) return [{ id, order: below ? below.order - 1 : (above?.order ?? 0) + 1 }]
  const middle = above.order + (below.order - above.order) / 2
  if (middle > above.order && middle < below.order) return [{ id, order: middle }]
  let next = below.order - 1
  const changed: Ordered[] = [{ id, order: next }]
  for (let at = index - 1; at >= 0; at -= 1) {
    const card = others[at]
    if (!card || card.order < next) break
    next -= 1
    changed.push({ id: card.id, order: next })
  }
  return changed
}
