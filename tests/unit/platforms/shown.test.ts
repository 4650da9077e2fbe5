import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDoc } from '../../../renderer/editor/extensions.ts'
import type { Doc, DocNode, Mark } from '../../../shared/domain/document.ts'
import { docOfParts, shownParts, shownText } from '../../../shared/platforms/shown.ts'

const text = (words: string, ...marks: Mark[]): DocNode => ({
  type: 'text',
  text: words,
  ...(marks.length > 0 ? { marks } : {}),
})
const p = (...content: (DocNode | string)[]): DocNode => ({
  type: 'paragraph',
  content: content.map((each) => (typeof each === 'string' ? text(each) : each)),
})
const item = (...content: DocNode[]): DocNode => ({ type: 'listItem', content })
const link = (href: string): Mark => ({ type: 'link', attrs: { href } })
const doc = (...content: DocNode[]): Doc => ({ type: 'doc', content })
const BREAK: DocNode = { type: 'hardBreak' }
const RULE: DocNode = { type: 'horizontalRule' }
const picture = (mediumId: string, alt = ''): DocNode => ({ type: 'image', attrs: { src: null, alt, mediumId } })

describe('a document on a network without markup', () => {
  it('is paragraphs with a blank line between, headings among them; empty ones leave no gap', () => {
    expect(
      shownText(
        doc(
          { type: 'heading', attrs: { level: 2 }, content: [text('Pockets')] },
          p('One for the map,', BREAK, 'one for the wet things.'),
          { type: 'paragraph' },
          p('No secrets.'),
        ),
      ),
    ).toBe('Pockets\n\nOne for the map,\none for the wet things.\n\nNo secrets.')
  })

  it('gives lists their signs and keeps what belongs to an item under it', () => {
    const inner: DocNode = { type: 'bulletList', content: [item(p('waxed'))] }
    const list: DocNode = {
      type: 'orderedList',
      attrs: { start: 9 },
      content: [item(p('Thread'), inner), item(p('Zip'))],
    }
    const tasks: DocNode = {
      type: 'taskList',
      content: [
        { type: 'taskItem', attrs: { checked: true }, content: [p('Sewn')] },
        { type: 'taskItem', attrs: { checked: false }, content: [p('Sent')] },
      ],
    }
    expect(shownText(doc(list, tasks))).toBe('9. Thread\n   • waxed\n10. Zip\n\n☑ Sewn\n☐ Sent')
  })

  it('puts the address behind the words that link to it, but not behind words that are the address', () => {
    const shop = 'https://www.fernhollow.example/tarn28/'
    expect(shownText(doc(p(text('the list', link(shop)), ' and more')))).toBe(`the list (${shop}) and more`)
    expect(shownText(doc(p(text('fernhollow.example/tarn28', link(shop)))))).toBe('fernhollow.example/tarn28')
    expect(shownText(doc(p(text('write to us', link('mailto:desk@fernhollow.example')))))).toBe(
      'write to us (desk@fernhollow.example)',
    )
  })

  it('says an address once, also where part of the linked words is bold', () => {
    const href = link('https://fernhollow.example/list')
    expect(shownText(doc(p(text('the ', href), text('long ', { type: 'bold' }, href), text('list', href), '.')))).toBe(
      'the long list (https://fernhollow.example/list).',
    )
  })

  it('leaves addresses away that mean nothing outside of their own site', () => {
    expect(shownText(doc(p(text('above', link('#top')), ' and ', text('there', link('/about')))))).toBe(
      'above and there',
    )
  })

  it('keeps quotes, code and tables readable, and shows no source HTML', () => {
    const cell = (words: string): DocNode => ({ type: 'tableCell', content: [p(words)] })
    expect(
      shownText(
        doc(
          { type: 'blockquote', content: [p('Can I keep it?'), p('No.')] },
          { type: 'codeBlock', content: [text('if (wet) {\n  hang()\n}')] },
          RULE,
          { type: 'table', content: [{ type: 'tableRow', content: [cell('Hut'), cell('Beds')] }] },
          { type: 'htmlBlock', attrs: { html: '<iframe></iframe>' } },
        ),
      ),
    ).toBe('> Can I keep it?\n>\n> No.\n\nif (wet) {\n  hang()\n}\n\n* * *\n\nHut | Beds')
  })
})

describe('a thread', () => {
  it('ends a post at a line across, with the pictures that stand in it', () => {
    expect(shownParts(doc(p('One'), p(picture('m1', 'A hut')), RULE, p('Two'), RULE, { type: 'paragraph' }))).toEqual([
      { text: 'One', pictures: [{ mediumId: 'm1', alt: 'A hut' }] },
      { text: 'Two', pictures: [] },
    ])
    expect(shownParts(doc())).toEqual([{ text: '', pictures: [] }])
  })

  it('comes back from its document as it went in, whatever is written in it', () => {
    const line = fc.stringMatching(/^[^\s*>](.{0,30}[^\s])?$/u)
    const paragraph = fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n'))
    const words = fc.array(paragraph, { minLength: 1, maxLength: 3 }).map((all) => all.join('\n\n'))
    const pictures = fc.array(fc.record({ mediumId: fc.uuid(), alt: fc.string() }), { maxLength: 2 })
    fc.assert(
      fc.property(fc.array(fc.record({ text: words, pictures }), { minLength: 1, maxLength: 4 }), (parts) => {
        const made = docOfParts(parts)
        expect(checkDoc(made).ok).toBe(true)
        expect(shownParts(made)).toEqual(parts)
      }),
    )
  })
})
