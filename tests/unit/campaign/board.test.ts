import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cellKey,
  countWords,
  type Grid,
  moved,
  neighbour,
  sameCells,
  spotOf,
  step,
} from '../../../renderer/features/board/model.ts'
import { ordersFor } from '../../../renderer/features/board/order.ts'

const card = (id: string, order = 0) => ({ id, order, name: id })
const columns = ['a', 'b'].map((key) => ({ key, title: key, count: 0, limit: 0 }))
const lanes = ['x', 'y'].map((key) => ({ key, name: key, title: key }))
const grid: Grid<ReturnType<typeof card>> = {
  columns,
  lanes,
  cells: new Map([
    [cellKey({ column: 'a', lane: 'x' }), [card('1'), card('2')]],
    [cellKey({ column: 'a', lane: 'y' }), [card('3')]],
    [cellKey({ column: 'b', lane: 'x' }), [card('4')]],
  ]),
}

describe('the place of a card in its column', () => {
  it('is where it was dropped, alone or with others, whatever numbers the cards had', () => {
    const column = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(column, fc.nat(), fc.nat(), fc.nat(), (numbers, which, many, where) => {
        const cards = numbers
          .toSorted((a, b) => a - b)
          .map((order, index) => card(String(index).padStart(2, '0'), order))
        const from = which % cards.length
        const taken = cards.filter((_, at) => at === from || (at > from && (many >> at) % 2 === 1))
        const others = cards.filter((each) => !taken.includes(each))
        const index = where % (others.length + 1)
        const ids = taken.map(({ id }) => id)
        const orders = new Map(ordersFor(ids, cards, index).map(({ id, order }) => [id, order]))
        const after = cards
          .map((each) => ({ ...each, order: orders.get(each.id) ?? each.order }))
          .sort((a, b) => a.order - b.order || a.id.localeCompare(b.id))
        expect(after.map(({ id }) => id)).toEqual(others.toSpliced(index, 0, ...taken).map(({ id }) => id))
      }),
    )
  })

  it('changes one number when there is room between the neighbours', () => {
    expect(ordersFor(['c'], [card('a', 1), card('b', 2), card('c', 3)], 1)).toEqual([{ id: 'c', order: 1.5 }])
  })
})

describe('moving on a board', () => {
  it('goes through the lanes of a column, up and down', () => {
    expect(neighbour(grid, '2', 'down')).toBe('3')
    expect(neighbour(grid, '3', 'up')).toBe('2')
    expect(neighbour(grid, '1', 'up')).toBe('1')
    expect(neighbour(grid, '2', 'forth')).toBe('4')
  })

  it('carries a card into the next lane at the end of a cell, and into empty cells', () => {
    expect(step(grid, ['2'], { lane: 'x', column: 'a', index: 1 }, 'down')).toEqual({
      lane: 'y',
      column: 'a',
      index: 0,
    })
    expect(step(grid, ['3'], { lane: 'y', column: 'a', index: 0 }, 'forth')).toEqual({
      lane: 'y',
      column: 'b',
      index: 0,
    })
    expect(step(grid, ['3'], { lane: 'y', column: 'a', index: 0 }, 'back')).toEqual({
      lane: 'y',
      column: 'a',
      index: 0,
    })
  })

  it('shows the card at its new place and nowhere else', () => {
    const cells = moved(grid, ['1'], { lane: 'x', column: 'b', index: 1 })
    expect(cells.get('a/x')?.map(({ id }) => id)).toEqual(['2'])
    expect(cells.get('b/x')?.map(({ id }) => id)).toEqual(['4', '1'])
  })

  it('carries a selection together, in the order it stood, and counts places among the cards that stay', () => {
    expect(spotOf(grid, '2', ['3', '2', '1'])).toEqual({ lane: 'x', column: 'a', index: 0 })
    const cells = moved(grid, ['3', '2', '1'], { lane: 'x', column: 'b', index: 0 })
    expect(cells.get('b/x')?.map(({ id }) => id)).toEqual(['1', '2', '3', '4'])
    expect(cells.get('a/x')).toEqual([])
    expect(step(grid, ['1', '2'], { lane: 'x', column: 'a', index: 0 }, 'down')).toMatchObject({ lane: 'y', index: 0 })
    expect(sameCells(grid.cells, moved(grid, ['1', '2'], { lane: 'x', column: 'a', index: 0 }))).toBe(true)
    expect(sameCells(grid.cells, moved(grid, ['1'], { lane: 'x', column: 'a', index: 1 }))).toBe(false)
  })
})

it('a column says its count, its limit and when it is over', () => {
  expect(countWords({ count: 4, limit: 0 })).toBe('4')
  expect(countWords({ count: 2, limit: 3 })).toBe('2 of 3')
  expect(countWords({ count: 4, limit: 3 })).toBe('4 of 3, over')
})
