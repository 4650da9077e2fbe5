import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BrandWord, compileBrandWords, replacementOf } from '../../../shared/domain/brandWords.ts'

const aWord = (not: readonly string[], fields: Partial<BrandWord> = {}): BrandWord => ({
  id: not[0] ?? 'w',
  say: '',
  not,
  reason: '',
  matchCase: false,
  order: 0,
  trashedAt: 0,
  ...fields,
})
const found = (text: string, ...words: readonly BrandWord[]) =>
  compileBrandWords(words)
    ?.find(text)
    .map(({ from, to }) => text.slice(from, to)) ?? []

describe('brand words', () => {
  it('are found as whole words in any case, at the edges of a text and beside signs', () => {
    expect(found('Eco! An eco-friendly “eco” pack, eco', aWord(['eco']))).toEqual(['Eco', 'eco', 'eco', 'eco'])
    expect(found('Economy, décor, eco_mode, 2eco', aWord(['eco']))).toEqual([])
  })

  it('are found in exactly the forms that are listed', () => {
    expect(found('must-have and must-haves and must-having', aWord(['must-have', 'must-haves']))).toEqual([
      'must-have',
      'must-haves',
    ])
  })

  it('are found whatever space, apostrophe or hyphen was typed', () => {
    expect(found('last\u00a0chance, last  chance', aWord(['last chance']))).toHaveLength(2)
    expect(found("don’t and don't", aWord(["don't"]))).toHaveLength(2)
    expect(found('must\u2011have', aWord(['must-have']))).toHaveLength(1)
  })

  it('are found in letters composed or taken apart', () => {
    const cafe = 'un café, un cafe\u0301'
    expect(found(cafe, aWord(['café']))).toHaveLength(2)
    expect(found('cafés', aWord(['café']))).toEqual([])
    expect(found('ЭКО и эко', aWord(['эко']))).toHaveLength(2)
  })

  it('end where words end in scripts that put no space between them', () => {
    expect(found('我们的产品最好。', aWord(['最好']))).toEqual(['最好'])
    expect(found('東京都に行く', aWord(['京都']))).toEqual([])
    expect(found('京都に行く', aWord(['京都']))).toEqual(['京都'])
    expect(found('使用eco产品', aWord(['eco']))).toEqual(['eco'])
    expect(found('สวัสดีครับ', aWord(['สวัสดี']))).toEqual(['สวัสดี'])
  })

  it('the longest form wins, and no two hits share a letter', () => {
    expect(found('eco-friendly eco', aWord(['eco']), aWord(['eco-friendly']))).toEqual(['eco-friendly', 'eco'])
  })

  it('are not looked for inside addresses', () => {
    expect(
      found('https://eco.example/eco www.eco.example eco@eco.example shop.example/eco #eco', aWord(['eco'])),
    ).toEqual(['eco'])
  })

  it('of exact case leave other spellings alone, and what we say is never marked', () => {
    const name = aWord(['FernHollow', 'Fern Hollow'], { say: 'Fernhollow', matchCase: true })
    expect(found('FernHollow, fernhollow, Fern Hollow', name)).toEqual(['FernHollow', 'Fern Hollow'])
    const outpost = aWord(['outpost'], { say: 'Outpost' })
    expect(found('Outpost, outpost, OUTPOST', outpost)).toEqual(['outpost', 'OUTPOST'])
  })

  it('may hold any sign', () => {
    expect(found('C++ (24/7) a.b', aWord(['c++', '24/7']))).toEqual(['C++', '24/7'])
  })

  it('an empty list finds nothing', () => {
    expect(compileBrandWords([aWord([]), aWord(['  '])])).toBe(null)
  })

  it('hits are in order, apart, and say what the list says, whatever the text', () => {
    const list = ['eco', 'last chance', '京都', 'c++']
    const piece = fc.oneof(fc.constantFrom(...list, ' ', '-', 'ECO', 'x'), fc.string({ unit: 'grapheme' }))
    const matcher = compileBrandWords([aWord(list)])
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('')
        let last = 0
        for (const { from, to } of matcher?.find(text) ?? []) {
          expect(from).toBeGreaterThanOrEqual(last)
          expect(list).toContain(text.slice(from, to).toLowerCase().replace(/\s+/g, ' '))
          last = to
        }
      }),
    )
  })
})

describe('what stands in the place of a word', () => {
  it('keeps its capital letters', () => {
    const word = aWord(['buy'], { say: 'keep' })
    expect(['buy', 'Buy', 'BUY'].map((text) => replacementOf(text, word))).toEqual(['keep', 'Keep', 'KEEP'])
    expect(replacementOf('FernHollow', aWord(['FernHollow'], { say: 'Fernhollow', matchCase: true }))).toBe(
      'Fernhollow',
    )
    expect(replacementOf('eco', aWord(['eco']))).toBe(null)
    expect(replacementOf('最好', aWord(['最好'], { say: '好' }))).toBe('好')
  })
})
