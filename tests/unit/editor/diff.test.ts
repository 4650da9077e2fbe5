import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffDocs, diffLine, linesOf } from '../../../shared/domain/diff.ts'
import type { Doc, DocNode } from '../../../shared/domain/document.ts'

const doc = (...content: DocNode[]): Doc => ({ type: 'doc', content })
const p = (text: string, ...marks: string[]): DocNode => ({
  type: 'paragraph',
  content: text
    ? [{ type: 'text', text, ...(marks.length > 0 ? { marks: marks.map((type) => ({ type })) } : {}) }]
    : [],
})
const old = (parts: readonly { fate: string; text: string }[]) =>
  parts
    .filter(({ fate }) => fate !== 'in')
    .map(({ text }) => text)
    .join('')
const now = (parts: readonly { fate: string; text: string }[]) =>
  parts
    .filter(({ fate }) => fate !== 'out')
    .map(({ text }) => text)
    .join('')

describe('the difference between two texts', () => {
  it('marks words, and takes neighbouring words together', () => {
    expect(
      diffLine('We opened hundreds of them last winter.', 'We opened 400 of them at the mendbar last winter.'),
    ).toEqual([
      { fate: 'same', text: 'We opened ' },
      { fate: 'out', text: 'hundreds' },
      { fate: 'in', text: '400' },
      { fate: 'same', text: ' of them ' },
      { fate: 'in', text: 'at the mendbar ' },
      { fate: 'same', text: 'last winter.' },
    ])
  })

  it('gives back both texts from its parts, whatever they are', () => {
    const words = fc
      .array(fc.constantFrom('a', 'pack', 'three', '山', 'วันนี้', '.', ' ', '\n', '—', 'é'), { maxLength: 20 })
      .map((list) => list.join(''))
    fc.assert(
      fc.property(words, words, (before, after) => {
        const parts = diffLine(before, after)
        expect(old(parts)).toBe(before)
        expect(now(parts)).toBe(after)
      }),
    )
  })

  it('matches paragraphs before words: a new one does not shift the others', () => {
    const diff = diffDocs(
      doc(p('One for the map.'), p('No hidden pockets at all.')),
      doc(p('One for the map.'), p('Something entirely new'), p('No hidden compartments at all.')),
    )
    expect(diff.lines.map(({ fate }) => fate)).toEqual(['same', 'in', 'changed'])
    expect(diff).toMatchObject({ wordsIn: 4, wordsOut: 1, changes: 2 })
  })

  it('keeps headings, lists and quotes apart from plain text', () => {
    const list: DocNode = {
      type: 'orderedList',
      attrs: { start: 3 },
      content: [{ type: 'listItem', content: [p('Third')] }],
    }
    const looks = linesOf(
      doc({ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'H' }] }, list, {
        type: 'blockquote',
        content: [p('Q')],
      }),
    )
    expect(looks.map(({ look }) => [look.kind, look.level, look.marker, look.quote])).toEqual([
      ['heading', 2, '', false],
      ['paragraph', 0, '3.', false],
      ['paragraph', 0, '', true],
    ])
  })

  it('notices a word made bold and a paragraph made a heading, without in or out', () => {
    const bold = diffDocs(doc(p('Three pockets')), doc(p('Three pockets', 'bold')))
    expect(bold).toMatchObject({ wordsIn: 0, wordsOut: 0, changes: 1 })
    const heading = diffDocs(
      doc(p('Three pockets')),
      doc({ type: 'heading', attrs: { level: 1 }, content: p('Three pockets').content ?? [] }),
    )
    expect(heading).toMatchObject({ wordsIn: 0, wordsOut: 0, changes: 1 })
  })

  it('finds nothing between a text and itself', () => {
    const any = fc.array(
      fc.oneof(
        fc.string().map((text) => p(text)),
        fc.constant<DocNode>({ type: 'horizontalRule' }),
      ),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(any, (content) => {
        expect(diffDocs(doc(...content), doc(...content))).toMatchObject({ changes: 0, wordsIn: 0, wordsOut: 0 })
      }),
    )
  })

  it('ends with exactly the new lines and began with exactly the old ones', () => {
    const any = fc.array(
      fc
        .array(fc.constantFrom('one', 'two', 'three', 'four', 'five'), { minLength: 1, maxLength: 6 })
        .map((list) => p(list.join(' '))),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(any, any, (before, after) => {
        const { lines } = diffDocs(doc(...before), doc(...after))
        expect(lines.filter(({ fate }) => fate !== 'out').map(({ parts }) => now(parts))).toEqual(
          linesOf(doc(...after)).map(({ text }) => text),
        )
        expect(lines.filter(({ fate }) => fate !== 'in').map(({ parts }) => old(parts))).toEqual(
          linesOf(doc(...before)).map(({ text }) => text),
        )
      }),
    )
  })
})
