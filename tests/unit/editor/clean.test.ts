import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Branch, cleanTree, type Tree, toHtml } from '../../../renderer/editor/clean.ts'

const h = (tag: string, attrs: Record<string, string>, ...children: Tree[]): Branch => ({ tag, attrs, children })
const clean = (...nodes: Tree[]) => toHtml(cleanTree(nodes))

const wordItem = (level: number, marker: string, words: string) =>
  h(
    'p',
    { class: 'MsoListParagraph', style: `text-indent:-.25in;mso-list:l0 level${level} lfo1` },
    h(
      'span',
      { style: 'font-family:Symbol;mso-list:Ignore' },
      marker,
      h('span', { style: 'font:7.0pt "Times New Roman"' }, '\u00a0\u00a0 '),
    ),
    h('span', { lang: 'EN-GB', style: 'font-family:Calibri' }, words),
    h('o:p', {}),
  )

describe('pasting from Word', () => {
  it('makes lists of its list paragraphs, nested by level', () => {
    expect(
      clean(
        wordItem(1, '·', 'Map'),
        '\n',
        wordItem(2, 'o', 'Paper'),
        wordItem(1, '·', 'Knife'),
        h('p', { class: 'MsoNormal' }, 'After'),
      ),
    ).toBe('<ul><li><p>Map</p><ul><li><p>Paper</p></li></ul></li><li><p>Knife</p></li></ul><p>After</p>')
  })

  it('keeps numbers and where they start', () => {
    expect(clean(wordItem(1, '3.', 'Third'), wordItem(1, '4.', 'Fourth'))).toBe(
      '<ol start="3"><li><p>Third</p></li><li><p>Fourth</p></li></ol>',
    )
  })

  it('drops fonts, colours, styles and the empty paragraphs between paragraphs', () => {
    expect(
      clean(
        h('style', {}, 'p.MsoNormal {margin:0}'),
        h(
          'p',
          { class: 'MsoNormal', style: 'color:red' },
          h('b', { style: 'mso-bidi-font-weight:normal' }, h('span', { style: 'color:#1F497D' }, 'Bold')),
          ' and plain',
          h('o:p', {}),
        ),
        h('p', { class: 'MsoNormal' }, h('o:p', {}, '\u00a0')),
        h('p', { class: 'MsoTitle' }, 'The title'),
      ),
    ).toBe('<p><strong>Bold</strong> and plain</p><h1>The title</h1>')
  })

  it('keeps tables with joined cells', () => {
    expect(
      clean(
        h(
          'table',
          { class: 'MsoTableGrid', border: '1' },
          h(
            'tbody',
            {},
            h('tr', {}, h('td', { colspan: '2', width: '300' }, h('p', { class: 'MsoNormal' }, 'Wide', h('o:p', {})))),
          ),
        ),
      ),
    ).toBe('<table><tr><td colspan="2"><p>Wide</p></td></tr></table>')
  })
})

describe('pasting from Google Docs', () => {
  const docs = (...children: Tree[]) =>
    h('b', { style: 'font-weight:normal;', id: 'docs-internal-guid-1' }, ...children)

  it('does not make everything bold because of its wrapper', () => {
    expect(
      clean(
        docs(
          h(
            'p',
            { dir: 'ltr' },
            h('span', { style: 'font-weight:400;color:#000' }, 'Plain '),
            h('span', { style: 'font-weight:700;font-style:italic' }, 'strong'),
          ),
          h('br', { class: 'Apple-interchange-newline' }),
        ),
      ),
    ).toBe('<p>Plain <em><strong>strong</strong></em></p>')
  })

  it('puts a nested list into the item it belongs to', () => {
    const li = (words: string) =>
      h(
        'li',
        { dir: 'ltr', 'aria-level': '1' },
        h('p', { role: 'presentation' }, h('span', { style: 'font-weight:400' }, words)),
      )
    expect(clean(docs(h('ul', {}, li('One'), h('ul', {}, li('Under one')), li('Two'))))).toBe(
      '<ul><li><p>One</p><ul><li><p>Under one</p></li></ul></li><li><p>Two</p></li></ul>',
    )
  })

  it('keeps check lists', () => {
    expect(
      clean(docs(h('ul', {}, h('li', { role: 'checkbox', 'aria-checked': 'true' }, h('p', {}, 'Ask the printer'))))),
    ).toBe('<ul data-type="taskList"><li data-type="taskItem" data-checked="true"><p>Ask the printer</p></li></ul>')
  })

  it('keeps links without the underline that comes with them', () => {
    expect(
      clean(
        docs(
          h(
            'p',
            {},
            h(
              'a',
              { href: 'https://example.org/x', style: 'text-decoration:none' },
              h('span', { style: 'text-decoration:underline;color:#1155cc' }, 'here'),
            ),
          ),
        ),
      ),
    ).toBe('<p><a href="https://example.org/x">here</a></p>')
  })
})

describe('pasting anything', () => {
  it('drops what could do harm and keeps its words', () => {
    expect(
      clean(
        h(
          'p',
          { onclick: 'steal()' },
          'Hello ',
          h('a', { href: 'javascript:steal()' }, 'you'),
          h('script', {}, 'steal()'),
          h('img', { src: 'x', onerror: 'steal()' }),
        ),
        h('iframe', { src: 'https://example.org' }),
        h('svg', {}, h('script', {}, 'x')),
      ),
    ).toBe('<p>Hello you</p>')
  })

  it('keeps the address and the words of a picture on the web', () => {
    expect(clean(h('p', {}, h('img', { src: 'https://example.org/a.png', alt: 'A hut', style: 'width:3px' })))).toBe(
      '<p><img src="https://example.org/a.png" alt="A hut"></p>',
    )
  })

  it('never lets a script, a handler or a style through, whatever comes', () => {
    const tags = [
      'p',
      'div',
      'span',
      'b',
      'a',
      'ul',
      'li',
      'table',
      'tr',
      'td',
      'script',
      'style',
      'img',
      'h2',
      'svg',
      'pre',
      'custom-tag',
    ]
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.string(),
        fc.record({
          tag: fc.constantFrom(...tags),
          attrs: fc.dictionary(
            fc.constantFrom('style', 'class', 'href', 'src', 'onclick', 'onerror', 'alt', 'start'),
            fc.constantFrom(
              'javascript:x()',
              'https://a.example',
              'mso-list:l0 level2 lfo1',
              'font-weight:700',
              '" onload="x()',
              '2',
            ),
          ),
          children: fc.array(tie('tree'), { maxLength: 4 }),
        }),
      ),
    }))
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 4 }), (nodes) => {
        const check = (node: Tree): void => {
          if (typeof node === 'string') return
          expect(['script', 'style', 'svg', 'iframe', 'custom-tag', 'span', 'div']).not.toContain(node.tag)
          for (const [name, value] of Object.entries(node.attrs)) {
            expect([
              'href',
              'src',
              'alt',
              'start',
              'colspan',
              'rowspan',
              'data-type',
              'data-checked',
              'data-medium',
            ]).toContain(name)
            if (name === 'href' || name === 'src') expect(value).not.toMatch(/^\s*javascript:/i)
          }
          node.children.forEach(check)
        }
        cleanTree(nodes).forEach(check)
      }),
    )
  })
})
