import { describe, expect, it } from 'vitest'
import { type Said, saidByHtml, saidInLine } from '../../../renderer/print/source.ts'

const shown = (said: readonly Said[]) =>
  said.map((one) => (one.kind === 'words' ? one.text : `[${one.name}: ${one.alt}]`)).join('')
const lines = (html: string) => saidByHtml(html).map(shown)

describe('Source code in a text, on paper', () => {
  it.each([
    ['a picture of a template', '{% image "assets/a/lake.jpg" "The lake" %}', ['[lake.jpg: The lake]']],
    [
      'one with its words by name',
      '{% include "image.html",\n  image: "/img/lake.png",\n  alt: "The lake" %}',
      ['[lake.png: The lake]'],
    ],
    [
      'a figure',
      '<figure>\n  <img src="/x/lake.png" alt="Q&amp;A"/>\n  <figcaption>The <em>lake</em> &amp; me</figcaption>\n</figure>',
      ['[lake.png: Q&A]', ' The lake & me'],
    ],
    [
      'a film',
      '<div class="v"><iframe src="https://films.example/7" width="3"></iframe></div>',
      ['https://films.example/7'],
    ],
    ['an address to embed', '{{ "https://films.example/7" | embed: "Film" }}', ['https://films.example/7']],
    [
      'scripts, styles, comments and bare containers',
      '<script>let a = 1 < 2</script><style>p{}</style><!-- TOC --></div>{% raw %}',
      [],
    ],
  ])('%s', (_name, html, expected) => {
    expect(lines(html)).toEqual(expected)
  })

  it('in a line: template code and tags that an import found give way, everything else is as it was', () => {
    const line = 'A  <sup>1</sup> of {% image "a/b.png" "Two words" %}, {{ page.x }}and <b> & {x}'
    expect(shown(saidInLine(line, ['<sup>', '</sup>']))).toBe('A  1 of [b.png: Two words], and <b> & {x}')
  })
})
