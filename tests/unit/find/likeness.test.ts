import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ALIKE, likeness, pairsOf } from '../../../renderer/data/search/likeness.ts'

const alike = (a: string, b: string) => likeness(pairsOf(a), pairsOf(b))

describe('likeness of two texts', () => {
  it.each([
    [
      'the same in another case with another link',
      'Three pockets, no secrets https://a.example',
      'THREE pockets — no secrets! https://b.example/x',
    ],
    [
      'one word of ten changed',
      'one two three four five six seven eight nine ten',
      'one two three four FÜNF six seven eight nine ten',
    ],
    ['accents and emoji', 'Ça va être la fête à Zürich', 'Ca va etre la fete a Zurich 🎉'],
    [
      'the same in Japanese',
      '新しいバックパックには三つのポケットがあります',
      '新しいバックパックには三つのポケットがあります！',
    ],
  ])('is high for %s', (_what, a, b) => {
    expect(alike(a, b)).toBeGreaterThanOrEqual(ALIKE)
  })

  it.each([
    [
      'the same words about something else',
      'the kettle is on and the door is open',
      'the door of the kettle is open and on fire today',
    ],
    [
      'two texts that share their sign-off',
      'A new strap, sewn by hand. Mend it.',
      'Five huts by train this winter. Mend it.',
    ],
    ['nothing', '', ''],
  ])('is low for %s', (_what, a, b) => {
    expect(alike(a, b)).toBeLessThan(ALIKE)
  })

  it('is the same both ways, from 0 to 1, and 1 with oneself', () => {
    const text = fc
      .array(fc.constantFrom('tea', 'wax', 'thread', 'hut', 'snow', 'map'), { maxLength: 12 })
      .map((words) => words.join(' '))
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(alike(a, b)).toBe(alike(b, a))
        expect(alike(a, b)).toBeGreaterThanOrEqual(0)
        expect(alike(a, b)).toBeLessThanOrEqual(1)
        if (a) expect(alike(a, a)).toBe(1)
      }),
    )
  })
})
