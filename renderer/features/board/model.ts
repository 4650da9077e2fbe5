/** What a board is made of, whatever its cards stand for. Pure. */
import type { ReactNode } from 'react'
import type { Ordered } from './order.ts'

export interface BoardColumn {
  readonly key: string
  readonly title: string
  /** All cards of the column, also those not read yet. */
  readonly count: number
  /** Most cards it should hold; 0: no limit. */
  readonly limit: number
}

export interface BoardLane {
  readonly key: string
  readonly name: string
  readonly title: ReactNode
}

export interface BoardCard extends Ordered {
  readonly name: string
}

/** A place on the board. `index` counts the cards of the cell without those that are moved. */
export interface Spot {
  readonly lane: string
  readonly column: string
  readonly index: number
}

export type Cells<T> = ReadonlyMap<string, readonly T[]>
export const cellKey = ({ lane, column }: Pick<Spot, 'lane' | 'column'>) => `${column}/${lane}`

/** `4`, `2 of 3`, `4 of 3, over` */
export function countWords({ count, limit }: Pick<BoardColumn, 'count' | 'limit'>): string {
  if (limit === 0) return String(count)
  return count > limit ? `${count} of ${limit}, over` : `${count} of ${limit}`
}

export interface Grid<T extends BoardCard> {
  readonly columns: readonly BoardColumn[]
  /** Those that are open, in order. */
  readonly lanes: readonly BoardLane[]
  readonly cells: Cells<T>
}

const cardsAt = <T>(cells: Cells<T>, at: Pick<Spot, 'lane' | 'column'>): readonly T[] => cells.get(cellKey(at)) ?? []

/** Where a card is; null when it is not on the board. */
export function findCard<T extends BoardCard>(
  { columns, lanes, cells }: Grid<T>,
  id: string | null,
): (Spot & { card: T }) | null {
  if (id === null) return null
  for (const lane of lanes) {
    for (const column of columns) {
      const index = cardsAt(cells, { lane: lane.key, column: column.key }).findIndex((card) => card.id === id)
      const card = cardsAt(cells, { lane: lane.key, column: column.key })[index]
      if (card) return { lane: lane.key, column: column.key, index, card }
    }
  }
  return null
}

/** All cards that are drawn, column by column. */
export const inOrder = <T extends BoardCard>({ columns, lanes, cells }: Grid<T>): readonly T[] =>
  columns.flatMap(({ key }) => lanes.flatMap((lane) => cardsAt(cells, { lane: lane.key, column: key })))

/** The place a card has among those that are not moved with it; null when it is not on the board. */
export function spotOf<T extends BoardCard>(grid: Grid<T>, id: string, moving: readonly string[]): Spot | null {
  const at = findCard(grid, id)
  if (!at) return null
  const above = cardsAt(grid.cells, at).slice(0, at.index)
  return { lane: at.lane, column: at.column, index: above.filter((card) => !moving.includes(card.id)).length }
}

export type Direction = 'up' | 'down' | 'back' | 'forth'

/** The card the focus goes to from one card; the same card at an edge. */
export function neighbour<T extends BoardCard>(grid: Grid<T>, id: string, direction: Direction): string {
  const at = findCard(grid, id)
  if (!at) return id
  const lane = grid.lanes.findIndex(({ key }) => key === at.lane)
  const column = grid.columns.findIndex(({ key }) => key === at.column)
  if (direction === 'up' || direction === 'down') {
    const step = direction === 'down' ? 1 : -1
    const inCell = cardsAt(grid.cells, at)[at.index + step]
    if (inCell) return inCell.id
    for (let next = lane + step; grid.lanes[next]; next += step) {
      const cards = cardsAt(grid.cells, { lane: grid.lanes[next]?.key ?? '', column: at.column })
      const card = step > 0 ? cards[0] : cards.at(-1)
      if (card) return card.id
    }
    return id
  }
  const step = direction === 'forth' ? 1 : -1
  for (let next = column + step; grid.columns[next]; next += step) {
    const cards = cardsAt(grid.cells, { lane: at.lane, column: grid.columns[next]?.key ?? '' })
    const card = cards[Math.min(at.index, cards.length - 1)]
    if (card) return card.id
  }
  return id
}

/** The next place of carried cards; the same place at an edge of the board. */
export function step<T extends BoardCard>(
  grid: Grid<T>,
  moving: readonly string[],
  from: Spot,
  direction: Direction,
): Spot {
  const others = (at: Pick<Spot, 'lane' | 'column'>) =>
    cardsAt(grid.cells, at).filter((card) => !moving.includes(card.id))
  const lane = grid.lanes.findIndex(({ key }) => key === from.lane)
  const column = grid.columns.findIndex(({ key }) => key === from.column)
  if (direction === 'up' || direction === 'down') {
    const by = direction === 'down' ? 1 : -1
    const index = from.index + by
    if (index >= 0 && index <= others(from).length) return { ...from, index }
    const next = grid.lanes[lane + by]
    if (!next) return from
    return { ...from, lane: next.key, index: by > 0 ? 0 : others({ ...from, lane: next.key }).length }
  }
  const next = grid.columns[column + (direction === 'forth' ? 1 : -1)]
  if (!next) return from
  const length = others({ ...from, column: next.key }).length
  return { ...from, column: next.key, index: Math.min(from.index, length) }
}

/** The cells with cards standing together at another place, in the order they had. */
export function moved<T extends BoardCard>(grid: Grid<T>, moving: readonly string[], to: Spot): Cells<T> {
  const cards = inOrder(grid).filter(({ id }) => moving.includes(id))
  const cells = new Map<string, readonly T[]>()
  for (const [key, list] of grid.cells)
    cells.set(
      key,
      list.filter(({ id }) => !moving.includes(id)),
    )
  cells.set(cellKey(to), cardsAt(cells, to).toSpliced(to.index, 0, ...cards))
  return cells
}

/** Whether two arrangements show the same cards at the same places. */
export const sameCells = (a: Cells<BoardCard>, b: Cells<BoardCard>): boolean => {
  const ids = (cells: Cells<BoardCard>, key: string) => (cells.get(key) ?? []).map(({ id }) => id).join()
  return [...new Set([...a.keys(), ...b.keys()])].every((key) => ids(a, key) === ids(b, key))
}
