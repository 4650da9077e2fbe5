import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { err } from '../../../shared/lib/result.ts'
import { safeSvg } from '../../../shared/media/svg.ts'

const svg = (inside: string, attributes = '') => `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inside}</svg>`
const made = (source: string) => {
  const safe = safeSvg(source)
  if (!safe.ok) throw new Error(safe.error)
  return safe.value
}
const without = (inside: string) => {
  const { text, changed } = made(svg(inside))
  expect(changed, inside).toBe(true)
  return text
}

describe('a drawing made safe', () => {
  it('keeps what draws', () => {
    const drawing =
      '<defs><linearGradient id="a"><stop offset="0" stop-color="#245"/></linearGradient></defs>' +
      '<style>.k{fill:url(#a)}</style><g class="k" transform="scale(2)"><path d="M0 0h10v10z"/>' +
      '<use href="#a"/><text x="1" y="2">Rust &amp; moss &lt;3</text></g>'
    const { text, changed } = made(svg(drawing, 'viewBox="0 0 20 10"'))
    expect(text).toBe(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">${drawing.replace('<3', '&lt;3')}</svg>`,
    )
    expect(changed).toBe(false)
    expect(made(text).text).toBe(text)
  })

  it('says how large it is', () => {
    expect(made(svg('<g/>', 'width="640px" height="360"'))).toMatchObject({ width: 640, height: 360 })
    expect(made(svg('<g/>', 'width="100%" viewBox="0 0 24.2 12"'))).toMatchObject({ width: 24, height: 12 })
    expect(made(svg('<g/>'))).toMatchObject({ width: 0, height: 0 })
  })

  it('loses everything that runs', () => {
    for (const inside of [
      '<script>alert(1)</script>',
      '<script href="data:text/javascript,alert(1)"/>',
      '<g onload="alert(1)"/>',
      '<g ONCLICK="alert(1)"/>',
      '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:alert(1)"/></foreignObject>',
      '<a href="javascript:alert(1)"><path d="M0 0"/></a>',
      '<use href="javascript:alert(1)"/>',
      '<animate attributeName="href" to="javascript:alert(1)"/>',
      '<set attributeName="onload" to="alert(1)"/>',
      '<handler type="text/ecmascript">alert(1)</handler>',
      '<g><style>*{behavior:url(#x)}</style></g>',
    ])
      expect(without(inside), inside).not.toMatch(/alert|javascript|behavior/i)
  })

  it('asks for nothing outside of itself', () => {
    for (const inside of [
      '<image href="https://example.org/spy.png"/>',
      '<image xlink:href="//example.org/spy.png"/>',
      '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>',
      '<use href="https://example.org/a.svg#b"/>',
      '<path fill="url(https://example.org/a.svg#b)"/>',
      '<path style="fill:url( &quot;//example.org/a&quot; )"/>',
      '<style>@import url(https://example.org/a.css);</style>',
      '<style>@font-face{font-family:a;src:url(https://example.org/a.woff)}</style>',
      '<style>a{background:image-set("https://example.org/a" 1x)}</style>',
      '<style>a{fill:u\\72l(https://example.org/a)}</style>',
      '<style>a{fill:url(/*#a*/https://example.org/a)}</style>',
      '<feImage href="https://example.org/a.png"/>',
      '<mpath href="https://example.org/a"/>',
    ])
      expect(without(inside), inside).not.toMatch(/example|base64|import/)
    expect(made(`<?xml-stylesheet href="https://example.org/a.css"?>${svg('<g/>')}`).text).not.toMatch(/example/)
    const inside = '<image href="data:image/png;base64,iVBORw0KGgo="/>'
    expect(made(svg(inside)).text).toContain(inside)
  })

  it('is refused when readers could see different things in it', () => {
    for (const source of [
      svg('<g>'),
      svg('</g>'),
      svg('<g a="1" a="2"/>'),
      svg('<g a=1/>'),
      svg('<g a="<"/>'),
      `${svg('')}${svg('')}`,
      `words ${svg('')}`,
      svg('<!-- never ends'),
    ])
      expect(safeSvg(source), source).toEqual(err('not-well-formed'))
    expect(safeSvg(`<!DOCTYPE svg [<!ENTITY x "y">]>${svg('&x;')}`)).toEqual(err('entities'))
    expect(safeSvg(svg('&nbsp;'))).toEqual(err('entities'))
    expect(safeSvg('<html/>')).toEqual(err('no-drawing'))
  })

  it('is refused when a few nested uses ask for millions of parts, or a part uses itself', () => {
    const levels = Array.from(
      { length: 9 },
      (_, at) => `<g id="l${at + 1}">${`<use href="#l${at}"/>`.repeat(10)}</g>`,
    ).join('')
    expect(safeSvg(svg(`<path id="l0" d="M0 0"/>${levels}`))).toEqual(err('too-complicated'))
    expect(safeSvg(svg('<g id="a"><use href="#a"/></g>'))).toEqual(err('too-complicated'))
    expect(safeSvg(svg('<g>'.repeat(300) + '</g>'.repeat(300)))).toEqual(err('too-complicated'))
  })

  it('never throws, and what it gives is safe and stays as it is', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<svg>',
        '</svg>',
        '<g>',
        '</g>',
        '<g/>',
        '<script>',
        '</script>',
        '<style>',
        '</style>',
        '<use href="#a"/>',
        '<![CDATA[',
        ']]>',
        '<!--',
        '-->',
        '&lt;',
        '&#60;',
        '&',
        '"',
        "'",
        '<',
        '>',
        'url(',
        ')',
        '@import',
        '\\',
        ' onload="x"',
        '<path id="a" fill="url(#a)"/>',
        '<?x ?>',
        '<image href="https://example.org/"/>',
        '\0',
        '\u2028',
      ),
      fc.string({ maxLength: 6 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const safe = safeSvg(svg(pieces.join('')))
        if (!safe.ok) return
        expect(safe.value.text).not.toMatch(/<script|<image[^>]*example|<[^>]*\son\w+=/i)
        expect(made(safe.value.text)).toMatchObject({ text: safe.value.text, changed: false })
      }),
      { numRuns: 5000 },
    )
  })
})
