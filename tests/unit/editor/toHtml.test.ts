import { describe, expect, it } from 'vitest'
import { docToHtml } from '../../../renderer/editor/toHtml.ts'
import type { DocNode } from '../../../shared/domain/document.ts'

const html = (...content: DocNode[]) =>
  docToHtml({ type: 'doc', content }, ({ mediumId }) => (mediumId ? `data:image/png;base64,${mediumId}` : null))
const p = (...content: DocNode[]): DocNode => ({ type: 'paragraph', content })

describe('a document on paper', () => {
  it('keeps structure and emphasis', () => {
    expect(
      html(
        { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'A & B' }] },
        p({
          type: 'text',
          text: 'x',
          marks: [{ type: 'link', attrs: { href: 'https://example.org/?a=1&b' } }, { type: 'bold' }],
        }),
      ),
    ).toBe('<h2>A &amp; B</h2><p><a href="https://example.org/?a=1&amp;b"><strong>x</strong></a></p>')
  })

  it('repeats the head of a table', () => {
    const cell = (type: string, text: string): DocNode => ({ type, content: [p({ type: 'text', text })] })
    expect(
      html({
        type: 'table',
        content: [
          { type: 'tableRow', content: [cell('tableHeader', 'H')] },
          { type: 'tableRow', content: [cell('tableCell', 'c')] },
        ],
      }),
    ).toBe('<table><thead><tr><th><p>H</p></th></tr></thead><tbody><tr><td><p>c</p></td></tr></tbody></table>')
  })

  it('never prints what could do harm', () => {
    const out = html(
      p({
        type: 'text',
        text: '<script>',
        marks: [{ type: 'link', attrs: { href: 'javascript:x()' } }, { type: 'evil' }],
      }),
      { type: 'htmlBlock', attrs: { html: '<script>x()</script>' } },
      { type: 'unknown', content: [p({ type: 'text', text: 'kept' })] },
      p({ type: 'image', attrs: { src: 'https://example.org/track.png', alt: 'A "hut"' } }),
    )
    expect(out).not.toMatch(/<script|javascript:|track\.png/)
    expect(out).toContain('kept')
    expect(out).toContain('A &quot;hut&quot;')
  })
})
