import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Doc, type DocNode, plainText } from '../../../shared/domain/document.ts'
import { readMarkdown } from '../../../shared/interchange/read-markdown.ts'
import { sanitizeDoc } from '../../../shared/interchange/sanitize.ts'
import { writeMarkdownText } from '../../../shared/interchange/write-markdown.ts'
import { docOf, paragraph, text } from './files.ts'

const read = (markdown: string) => readMarkdown(markdown).doc
const there = (markdown: string) => {
  const first = readMarkdown(markdown)
  const written = writeMarkdownText(first.doc, first.raw)
  const second = readMarkdown(written)
  expect(second.doc).toEqual(first.doc)
  return written
}

describe('Markdown becomes the rich document', () => {
  it('keeps headings, lists, tasks, quotes, code, tables, pictures, rules, breaks and strike-through', () => {
    const doc = read(
      '# One\n\n1. a\n2. b\n   - c\n\n- [x] done\n- [ ] open\n\n> said\n\n```js title="x"\nlet a\n```\n\n| A | B |\n|:--|--:|\n| 1 | **2** |\n\n![Alt](a.png "T")\n\n---\n\nx  \ny ~~z~~',
    )
    expect(doc.content.map(({ type }) => type)).toEqual([
      'heading',
      'orderedList',
      'taskList',
      'blockquote',
      'codeBlock',
      'table',
      'paragraph',
      'horizontalRule',
      'paragraph',
    ])
    expect(doc.content[1]?.content?.[1]?.content?.[1]?.type).toBe('bulletList')
    expect(doc.content[2]?.content?.map(({ attrs }) => attrs?.checked)).toEqual([true, false])
    expect(doc.content[4]?.attrs).toEqual({ language: 'js title="x"' })
    expect(doc.content[5]?.content?.[1]?.content?.[1]).toEqual({
      type: 'tableCell',
      attrs: { align: 'right' },
      content: [paragraph(text('2', 'bold'))],
    })
    expect(doc.content[6]?.content).toEqual([{ type: 'image', attrs: { src: 'a.png', alt: 'Alt', title: 'T' } }])
    expect(doc.content[8]?.content).toEqual([text('x'), { type: 'hardBreak' }, text('y '), text('z', 'strike')])
  })

  it('resolves reference links and keeps definitions nothing refers to', () => {
    const doc = read('[words][a]\n\n[a]: https://example.org "T"\n[b]: https://example.org/unused')
    expect(doc.content[0]?.content?.[0]?.marks).toEqual([
      { type: 'link', attrs: { href: 'https://example.org', title: 'T' } },
    ])
    expect(doc.content[1]).toEqual({ type: 'htmlBlock', attrs: { html: '[b]: https://example.org/unused' } })
  })

  it('makes links of bare addresses', () => {
    expect(JSON.stringify(read('See https://example.org/a or www.example.org.'))).toContain(
      '"href":"http://www.example.org"',
    )
    expect(JSON.stringify(read('Write to ida@example.org today'))).toContain('mailto:ida@example.org')
  })

  it.each([
    ['rows with more cells than the head', '| A |\n|---|\n| one | two | three |', 'A one two three'],
    [
      'brackets nested out of all reason',
      `${'['.repeat(150)}in${']'.repeat(150)}`,
      `${'['.repeat(150)}in${']'.repeat(150)}`,
    ],
    [
      'lists nested by indentation',
      Array.from({ length: 200 }, (_, i) => `${'  '.repeat(i)}- n${i}`).join('\n'),
      'n199',
    ],
    ['comments before one that never ends', '[<!-- a --> <!-- b', '<!-- a --> <!-- b'],
  ])('loses nothing of %s', (_what, markdown, words) => {
    expect(plainText(read(markdown)).replace(/\s+/g, ' ')).toContain(words)
  })

  it('keeps a definition that only text kept as it is refers to', () => {
    const markdown = '[^1]: - see [a]\n\n[a]: https://example.org'
    expect(read(markdown).content.map(({ attrs }) => attrs?.html)).toEqual(markdown.split('\n\n'))
    expect(JSON.stringify(readMarkdown('<Card>[a]</Card>\n\n[a]: /b', true).doc)).toContain('[a]: /b')
  })

  it('turns HTML with a plain meaning into that meaning', () => {
    const doc = read('a <em>b</em> <strong>c <u>d</u></strong><br>e <a href="https://example.org">f</a>')
    expect(doc.content[0]?.content).toEqual([
      text('a '),
      text('b', 'italic'),
      text(' '),
      text('c ', 'bold'),
      text('d', 'bold', 'underline'),
      { type: 'hardBreak' },
      text('e '),
      { type: 'text', text: 'f', marks: [{ type: 'link', attrs: { href: 'https://example.org' } }] },
    ])
  })

  it.each([
    '<figure>\n  {% image "a_b_c.jpg" "x" %}\n</figure>',
    '{% include note.html text="*a* _b_" %}',
    'Text with {% link_to "a_b*c*" %} in it and {{ "x" | url }}.',
    '{{< figure src="a_b.png" >}}',
    'Words <span class="x_y">inside *em*</span> and <sup>1</sup>.',
    'Claim[^1] here.\n\n[^1]: The *source* of it.',
    'Line\n{: .class_name #id}',
    '<!-- truncate -->',
    '{{ page.title }}\ntext right after\n{% endif %}',
    '<script>\nlet a = 1\n\nlet b = 2\n</script>',
    '[text]({{ "/2015/01/06/x_y/" | url }})',
  ])('keeps word for word what Markdown has no word for: %s', (markdown) => {
    expect(there(markdown).trimEnd()).toBe(markdown)
  })

  it('keeps the imports and components of MDX files', () => {
    const { doc } = readMarkdown("import A from './a'\n\n<Chart data={[1, 2]} />\n\nText {/* a_note_ */} here.", true)
    expect(doc.content.map(({ attrs }) => attrs?.html)).toEqual([
      "import A from './a'",
      '<Chart data={[1, 2]} />',
      undefined,
    ])
    expect(plainText(doc)).toBe('Text {/* a_note_ */} here.')
  })

  it('does not take braces in code for template code', () => {
    there('Braces `{{` and `}}` in words.\n\n- item\n\n  ```\n  {{\n    x\n  }}\n  ```\n\n      {{\n      y\n      }}')
    expect(JSON.stringify(read('```\n{{ x }}\n```'))).toContain('{{ x }}')
  })

  it('takes code for code, whatever braces are in it and after it', () => {
    const code = (markdown: string) =>
      read(markdown)
        .content[0]?.content?.filter(({ marks }) => marks?.some(({ type }) => type === 'code'))
        .map((node) => node.text)
    expect(code('Tags begin with `{%`, `{{` and end with `%}` or `}}`.')).toEqual(['{%', '{{', '%}', '}}'])
    expect(code('Not `` `% {% `` but {% if a*b %} `x` {% endif %}.')).toEqual(['`% {%', 'x'])
    there('Tags begin with `{%`, `{{` and end with `%}` or `}}`.')
  })

  it.each([
    ['a stray backtick before it', 'A ` and\n\n{{ a_b_c }} `', '{{ a_b_c }}'],
    ['an escaped backtick before it', 'A \\` and {{ a_b_c }} `', '{{ a_b_c }}'],
    ['a backtick in the item before', '- one `\n- {{ a_b_c }} two `', '{{ a_b_c }}'],
  ])('takes template code for that, with %s', (_what, markdown, piece) => {
    expect(there(markdown)).toContain(piece)
  })

  it('does not turn escaped HTML into HTML', () => {
    const written = there('Write \\<b> or &lt;script> to see it.')
    expect(written).not.toMatch(/(^|[^\\])<(b|script)>/)
  })

  it('takes the address away from links that would run something, and says so', () => {
    const { doc, unsafe } = readMarkdown('[click](javascript:alert(1)) ![x](data:text/html,boo)')
    expect(unsafe).toEqual(['javascript:alert(1)', 'data:text/html,boo'])
    expect(JSON.stringify(doc)).not.toContain('javascript')
    expect(plainText(doc)).toBe('click x')
  })

  it('reads long runs of signs in reasonable time', () => {
    const started = performance.now()
    for (const piece of ['{{', '{%', '[', '<b>', '*a ', '`', '![[', '<a href="x">']) readMarkdown(piece.repeat(4000))
    expect(performance.now() - started).toBeLessThan(20_000)
  })
})

/* Documents as the editor makes them, in the form Markdown gives back: words with nasty signs in them, no space at the edges. */
const token = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('plain', 'words', 'Ünïcode', '漢字', 'it’s', '42', '😀') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '*',
      '**a',
      '_x_',
      '`',
      '``',
      '[x](y)',
      '[',
      ']',
      '<b>',
      '<br',
      '&amp;',
      '&',
      '#',
      '1.',
      '-',
      '+',
      '>',
      '|',
      '~~',
      '~',
      '\\',
      '!',
      '![',
      '[^1]',
      ':',
      '---',
      '===',
      '```',
      '{',
      '}',
      'a_b_c',
      '$1',
      '"',
      "'",
      '(',
      ')',
      '[ ]',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '{{ x_y }}',
      '{% if a*b %}',
      '{{< c >}}',
      '{: .d_e}',
      'http://a.b',
      'www.x.y',
      'a@b.cd',
      'https://example.org/a_b',
    ),
  },
  { weight: 1, arbitrary: fc.stringMatching(/^[!-~]{1,6}$/) },
  { weight: 1, arbitrary: fc.stringMatching(/^[{}%|!`\\:]{1,6}$/) },
)
const words = fc.array(token, { minLength: 1, maxLength: 5 }).map((tokens) => tokens.join(' '))
const markSets = fc.subarray(['bold', 'italic', 'strike', 'underline'] as const, { maxLength: 2 })
const href = fc.constantFrom(
  'https://example.org/',
  '/a_b/',
  '{{ "/x/" | url }}',
  'mailto:a@b.c',
  'https://example.org/a(b)c',
  '#top',
)

const inline: fc.Arbitrary<DocNode[]> = fc
  .array(
    fc.record({
      value: words,
      marks: markSets,
      link: fc.option(href, { freq: 5 }),
      code: fc.boolean(),
      glue: fc.constantFrom(' ', ' ', ''),
      kind: fc.integer({ min: 0, max: 12 }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) =>
    normal(
      parts.flatMap(({ value, marks, link, code, glue, kind }, i): DocNode[] => {
        if (kind === 0 && i > 0 && i < parts.length - 1) return [{ type: 'hardBreak' }]
        if (kind === 1)
          return [{ type: 'image', attrs: { src: '/a_b.png', alt: value.replace(/[[\]\\]/g, ''), title: null } }]
        const codeOnly = code && kind < 4
        const all = [
          ...(link ? [{ type: 'link', attrs: { href: link } }] : []),
          ...marks.map((type) => ({ type })),
          ...(codeOnly ? [{ type: 'code' }] : []),
        ]
        const node: DocNode = all.length > 0 ? { type: 'text', text: value, marks: all } : { type: 'text', text: value }
        return glue === '' ? [node] : [node, { type: 'text', text: glue }]
      }),
    ),
  )

/** Joined, with no space at the edges and beside breaks, as Markdown has it. */
function normal(nodes: DocNode[]): DocNode[] {
  const { doc } = sanitizeDoc({ type: 'doc', content: [{ type: 'paragraph', content: nodes }] })
  const content = [...(doc.content[0]?.content ?? [])]
  const trimmed = content.map((node, i) => {
    if (node.type !== 'text') return node
    let value = node.text ?? ''
    if (i === 0 || content[i - 1]?.type === 'hardBreak') value = value.trimStart()
    if (i === content.length - 1 || content[i + 1]?.type === 'hardBreak') value = value.trimEnd()
    // A line of nothing but template code is a block of its own.
    if (content.length === 1 && /^\{.*\}$/.test(value)) value = `x ${value}`
    return { ...node, text: value }
  })
  return trimmed.filter((node) => node.type !== 'text' || node.text !== '')
}

/** GitHub's tables have no way to write a backslash before a bar in code. */
const cell = inline.map((content) =>
  content.map((node) =>
    node.marks?.some(({ type }) => type === 'code') ? { ...node, text: node.text?.replace(/\\+\|/g, '|') } : node,
  ),
)
const para = inline.map((content) => paragraph(...content))
const block: fc.Arbitrary<DocNode> = fc.letrec<{ block: DocNode }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    para,
    fc
      .tuple(inline, fc.integer({ min: 1, max: 6 }))
      .map(([content, level]): DocNode => ({ type: 'heading', attrs: { level }, content })),
    fc.tuple(words, fc.constantFrom(null, 'js', 'js {1,2}')).map(
      ([value, language]): DocNode => ({
        type: 'codeBlock',
        attrs: { language },
        content: [{ type: 'text', text: value.replaceAll(' ', '\n') }],
      }),
    ),
    fc.constantFrom<DocNode>(
      { type: 'horizontalRule' },
      { type: 'htmlBlock', attrs: { html: '<div>\n  *x* {{ y }}\n</div>' } },
      { type: 'htmlBlock', attrs: { html: '<!-- more -->' } },
    ),
    fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 3 }).map(
      (rows): DocNode => ({
        type: 'table',
        content: rows.map((cells, r) => ({
          type: 'tableRow',
          content: cells.map((content) => ({
            type: r === 0 ? 'tableHeader' : 'tableCell',
            content: [paragraph(...content)],
          })),
        })),
      }),
    ),
    fc.array(tie('block'), { minLength: 1, maxLength: 2 }).map((content): DocNode => ({ type: 'blockquote', content })),
    fc.array(fc.tuple(para, fc.array(tie('block'), { maxLength: 1 })), { minLength: 1, maxLength: 3 }).map(
      (items): DocNode => ({
        type: 'bulletList',
        content: items.map(([first, rest]) => ({ type: 'listItem', content: [first, ...rest] })),
      }),
    ),
    fc.tuple(fc.array(para, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 120 })).map(
      ([items, start]): DocNode => ({
        type: 'orderedList',
        attrs: { start },
        content: items.map((item) => ({ type: 'listItem', content: [item] })),
      }),
    ),
    fc.array(fc.tuple(para, fc.boolean()), { minLength: 1, maxLength: 3 }).map(
      (items): DocNode => ({
        type: 'taskList',
        content: items.map(([item, checked]) => ({ type: 'taskItem', attrs: { checked }, content: [item] })),
      }),
    ),
  ),
})).block
const docs: fc.Arbitrary<Doc> = fc.array(block, { minLength: 1, maxLength: 4 }).map((content) => docOf(...content))

describe('A document written as Markdown', () => {
  it('reads back with the same words, whatever signs they have in them', () => {
    fc.assert(
      fc.property(inline, (content) => {
        const doc = docOf(paragraph(...content))
        expect(plainText(readMarkdown(writeMarkdownText(doc)).doc).replace(/\s+/g, '')).toBe(
          plainText(doc).replace(/\s+/g, ''),
        )
      }),
      { numRuns: 500 },
    )
  })

  it('does not change any more once it has been read: out and in again is the same document', () => {
    fc.assert(
      fc.property(docs, (doc) => {
        const once = readMarkdown(writeMarkdownText(doc))
        const twice = readMarkdown(writeMarkdownText(once.doc, once.raw))
        expect(twice.doc).toEqual(once.doc)
      }),
      { numRuns: 300 },
    )
  })

  it.each<[string, DocNode[]]>([
    ['code that begins template code words after it end', [text('`% {%', 'code'), text(' {% if a*b %} plain')]],
    [
      'three braces before an address with template code',
      [
        text('{{{% plain '),
        { type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href: '{{ "/x/" | url }}' } }] },
      ],
    ],
    ['braces of two kinds in a row', [text('x {{:} and '), text('y', 'bold'), text(' }} z')]],
    ['a bar and braces in code', [text('{%! | }', 'code'), text(' plain %} '), text('|', 'code')]],
  ])('reads back as the very same document: %s', (_what, content) => {
    const table: DocNode = {
      type: 'table',
      content: [
        {
          type: 'tableRow',
          content: [content, [text('}} %}')]].map((cell) => ({ type: 'tableHeader', content: [paragraph(...cell)] })),
        },
        {
          type: 'tableRow',
          content: [[text('`')], content].map((cell) => ({ type: 'tableCell', content: [paragraph(...cell)] })),
        },
      ],
    }
    for (const doc of [docOf(paragraph(...content)), docOf(table, paragraph(...content))])
      expect(readMarkdown(writeMarkdownText(doc)).doc).toEqual(doc)
  })

  it('reads back as the very same document', () => {
    fc.assert(
      fc.property(docs, (doc) => {
        expect(readMarkdown(writeMarkdownText(doc)).doc).toEqual(doc)
      }),
      { numRuns: 300 },
    )
  })
})
