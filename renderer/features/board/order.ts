export interface Ordered {
  readonly id: string
  readonly order: number
}

/**
 * The order numbers that put cards, one below the other, at `index` of a column (the cards themselves not counted). Usually one
 * number each, between their neighbours; where those leave no room (cards of one import share a number) those above make room.
 * Smaller stands higher.
 */
export function ordersFor(ids: readonly string[], column: readonly Ordered[], index: number): Ordered[] {
  const others = column.filter((card) => !ids.includes(card.id))
  const above = others[index - 1]
  const below = others[index]
  const from = (first: number, by = 1) => ids.map((id, at) => ({ id, order: first + at * by }))
  // Alone in its column a card stands where it stands.
  if (!above && !below) return ids.length === 1 ? [] : from(0)
  if (!above) return from((below?.order ?? 0) - ids.length)
  if (!below) return from(above.order + 1)
  const room = (below.order - above.order) / (ids.length + 1)
  const between = from(above.order + room, room)
  const numbers = [above, ...between, below].map(({ order }) => order)
  if (numbers.every((order, at) => at === 0 || order > (numbers[at - 1] ?? order))) return between
  const changed = from(below.order - ids.length)
  let next = below.order - ids.length
  for (let at = index - 1; at >= 0; at -= 1) {
    const card = others[at]
    if (!card || card.order < next) break
    next -= 1
    changed.push({ id: card.id, order: next })
  }
  return changed
}
