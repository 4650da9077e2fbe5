import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DocNode, plainText } from '../../../shared/domain/document.ts'
import { passagesIn, patternOf, type Replacement, replaceIn, replaceInContent } from '../../../shared/domain/replace.ts'

const rule = (find: string, by: string, fields: Partial<Replacement> = {}): Replacement => ({
  find,
  by,
  matchCase: false,
  wholeWords: false,
  ...fields,
})
const pattern = (of: Replacement) => patternOf(of) ?? /$^/
const text = (words: string, ...marks: string[]): DocNode => ({
  type: 'text',
  text: words,
  ...(marks.length > 0 ? { marks: marks.map((type) => ({ type })) } : {}),
})
const paragraph = (...content: DocNode[]): DocNode => ({ type: 'paragraph', content })

describe('find and replace', () => {
  it('takes letters as they are written, not as a pattern, and puts in what is written', () => {
    expect(replaceIn('a.b (c)', pattern(rule('.', '$&')), '$&')).toBe('a$&b (c)')
  })

  it('finds whole words in any script only where they end', () => {
    const of = pattern(rule('mend', 'repair', { wholeWords: true }))
    expect(replaceIn('Mend, mending, mend!', of, 'repair')).toBe('repair, mending, repair!')
    expect(replaceIn('Größe größer', pattern(rule('größe', 'x', { wholeWords: true })), 'x')).toBe('x größer')
  })

  it('keeps marks, also where a match runs over a change of them', () => {
    const content = [paragraph(text('The Tarn '), text('twenty', 'bold'), text('-eight pack', 'italic'))]
    const { content: next, found } = replaceInContent(content, pattern(rule('twenty-eight', '28')), '28')
    expect(found).toBe(1)
    expect(next).toEqual([paragraph(text('The Tarn '), text('28', 'bold'), text(' pack', 'italic'))])
  })

  it('does not reach over a picture or a line break', () => {
    const content = [paragraph(text('tw'), { type: 'hardBreak' }, text('enty'))]
    expect(replaceInContent(content, pattern(rule('twenty', '20')), '20')).toEqual({ content, found: 0 })
  })

  it('goes into lists and tables, and leaves blocks without a match the same objects', () => {
    const still = paragraph(text('nothing here'))
    const content = [
      still,
      { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph(text('old pack'))] }] },
    ]
    const { content: next } = replaceInContent(content, pattern(rule('old', 'new')), 'new')
    expect(next[0]).toBe(still)
    expect(plainText({ content: next })).toContain('new pack')
  })

  it('shows the first places with what stands around them, cut between words', () => {
    const content = [
      paragraph(text('We mend whatever comes through the door, and the old '), text('pack', 'bold'), text(' too.')),
      { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph(text('One pack'))] }] },
      paragraph(text('a third pack')),
    ]
    expect(passagesIn(content, pattern(rule('pack', 'bag')), 2)).toEqual([
      { before: '…the door, and the old ', found: 'pack', after: ' too.' },
      { before: 'One ', found: 'pack', after: '' },
    ])
  })

  it('shows only what is there, wherever it stands', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(words, fc.nat(39), (list, at) => {
        const find = list[at % list.length] ?? ''
        const whole = list.join(' ')
        const [first] = passagesIn([paragraph(text(whole))], pattern(rule(find, '')), 1)
        const shown = `${first?.before}${first?.found}${first?.after}`.replace(/^…|…$/g, '')
        expect(whole).toContain(shown)
        expect(first?.found).toBe(find)
        expect(shown.length).toBeLessThan(find.length + 2 * 40)
      }),
    )
  })

  it('gives the same words as replacing in the plain text, wherever marks begin and end', () => {
    const part = fc.tuple(fc.stringMatching(/^[ab ]{1,4}$/), fc.constantFrom('', 'bold', 'italic'))
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), fc.stringMatching(/^[ab]{1,3}$/), (parts, find) => {
        const content = [paragraph(...parts.map(([words, mark]) => text(words, ...(mark ? [mark] : []))))]
        const of = pattern(rule(find, 'c'))
        const words = parts.map(([part]) => part).join('')
        const joined = replaceInContent(content, of, 'c')
          .content[0]?.content?.map((node) => node.text)
          .join('')
        expect(joined ?? '').toBe(replaceIn(words, of, 'c'))
      }),
    )
  })
})
