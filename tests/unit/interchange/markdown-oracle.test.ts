/** Another parser, which shares nothing with the one in use, reads the same texts: both must see the same tree. */
import type * as M from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import { readFrontMatter } from '../../../shared/interchange/front-matter.ts'
import { type Block, type Inline, parseMarkdown } from '../../../shared/interchange/markdown-tree.ts'
import { folder } from './files.ts'

type Shape = readonly [type: string, ...facts: unknown[]]

// Without the transform that looks for addresses once more in the finished text: it links what was escaped on purpose.
const TREE = gfmFromMarkdown().map(({ transforms: _again, ...handlers }) => handlers)

/** Lines within code, at the end of code and the space around them are each parser's own affair. */
const inCode = (text: string) => text.replace(/\n/g, ' ')
const endless = (text: string) => text.trimEnd()
const inText = (text: string) => text.replace(/[ \t]*\n[ \t]*/g, ' ')

function theirs(source: string): Shape[] {
  const tree = fromMarkdown(source, { extensions: [gfm()], mdastExtensions: TREE })
  const definitions = new Map<string, M.Definition>()
  const look = (node: M.Nodes) => {
    if (node.type === 'definition' && !definitions.has(node.identifier)) definitions.set(node.identifier, node)
    if ('children' in node) node.children.forEach(look)
  }
  look(tree)
  const target = (node: M.Link | M.Image | M.LinkReference | M.ImageReference) => {
    const to = 'url' in node ? node : definitions.get(node.identifier)
    return [to?.url ?? '', inText(to?.title ?? '')]
  }
  const all = (nodes: readonly M.Nodes[]) => nodes.flatMap((node) => shape(node))
  const shape = (node: M.Nodes): Shape[] => {
    switch (node.type) {
      case 'text':
        return [['text', inText(node.value)]]
      case 'inlineCode':
        return [['inlineCode', inCode(node.value)]]
      case 'html':
        return [['html', endless(node.value)]]
      case 'code':
        return [['code', [node.lang, node.meta].filter(Boolean).join(' '), endless(node.value)]]
      case 'heading':
        return [['heading', node.depth, ...all(node.children)]]
      case 'link':
      case 'linkReference':
        return [['link', ...target(node), ...all(node.children)]]
      case 'image':
      case 'imageReference':
        return [['image', ...target(node), inText(node.alt ?? '')]]
      case 'list':
        return [
          [
            'list',
            node.ordered ? (node.start ?? 1) : null,
            ...node.children.map((item) => [item.checked ?? null, ...all(item.children)]),
          ],
        ]
      case 'table':
        return [['table', node.align, ...node.children.map((row) => row.children.map((cell) => all(cell.children)))]]
      case 'definition':
        return [['definition', node.identifier.toUpperCase()]]
      case 'footnoteReference':
        return [['footnoteReference', node.label]]
      case 'footnoteDefinition':
        return node.children.length === 1 && node.children[0]?.type === 'paragraph'
          ? [['footnoteDefinition', node.label, ...all(node.children[0].children)]]
          : [['verbatim']]
      default:
        return [[node.type, ...('children' in node ? all(node.children) : [])]]
    }
  }
  return all(tree.children)
}

function ours(source: string): Shape[] {
  const all = (nodes: readonly (Block | Inline)[]): Shape[] => nodes.map(shape)
  const shape = (node: Block | Inline): Shape => {
    switch (node.type) {
      case 'text':
        return ['text', inText(node.value)]
      case 'inlineCode':
        return ['inlineCode', inCode(node.value)]
      case 'html':
        return ['html', endless(node.value)]
      case 'code':
        return ['code', node.info, endless(node.value)]
      case 'heading':
        return ['heading', node.depth, ...all(node.children)]
      case 'link':
        return ['link', node.url, inText(node.title), ...all(node.children)]
      case 'image':
        return ['image', node.url, inText(node.title), inText(node.alt)]
      case 'list':
        return ['list', node.start, ...node.children.map((item) => [item.checked, ...all(item.children)])]
      case 'table':
        return ['table', node.align, ...node.rows.map((row) => row.map(all))]
      case 'definition':
        return ['definition', node.label]
      case 'footnoteReference':
        return ['footnoteReference', node.label]
      case 'footnoteDefinition':
        return ['footnoteDefinition', node.label, ...all(node.children)]
      case 'verbatim':
        return ['verbatim']
      default:
        return [node.type, ...('children' in node ? all(node.children) : [])]
    }
  }
  return all(parseMarkdown(source, false).blocks)
}

describe('the tree of a Markdown text', () => {
  it.each([
    'One ~two~ ~~three~~ ~~~four~~~ ~a ~~b~~ c~ ~~a~',
    'See https://example.org/a_b_(c). Or www.example.org/x?y=1&amp;, (http://a.b/c) *www.x.y* or a.b-c@d.ef.',
    'No links: example.org, ahttp://a.b, ?www.a.b, http://, https://*, a@b, /a@b.cd, \\http\\://a.b, \\http://a.b, www\\.a.b',
    'http://a.b/..., http://a.b/&~~ http://a.b/"c" http://a_b.c/d http://a.b_c/d http://a.b/]c http://ö.de/ü',
    '[not http://a.b yet] http://c.d, [http://e.f](g), [ http://h.i is never closed',
    '| a | `b\\|c` | \\| d |\n|:-|:-:|-:|\n| one\n| 1 | 2 | 3 | four |\n||\nno pipe\n# end',
    'a | b\n--|--\n\nwords\na | b\n-|-\n1 | 2\n\n> a | b\n> -|-\n> 1 | 2\nlazy',
    '- [ ] open\n- [x]  done\n- [X] DONE\n-  [ ]\n- [x]no\n\n1. [ ] one\n2. two\n\n- [ ]\n  below',
    'Claim[^1] and ![^1] and [^2] and [a [^b c] d](e).\n\n[^1]: One *two*\nthree\n\n    four\n\n[^b]: x\n[^B]: y',
    '> [^1]: quoted\n\n- [^2]:\n\n      code\n\n[^3]: - list\n[^4]: a\nb',
    '[a] [b][a] [c][] ![d][A] [e]\n\n[a]: </u v> "T\nt"\n[c]: /c\n[a]: /again\n> [e]: /e (t)',
    '``` js  title="x"  \na\n```\n\n~~~ &amp;\\* b\n~~~\n\n    code\n\n    more\n\n> ```\n> open',
    'a  \nb\\\nc `x\n  y` &copy; &#35; &nope; &#0; <b\n  c="d"> <!-- e --> <? f ?> <!G> <![CDATA[h]]>',
    '<div>\n*a*\n\n*b*\n</div>\n\n<!-- c\n\nd -->\ntext <x> y\n\n<pre>\n\n</pre>\n\n<span>\nnot a block of its own',
    '[<!-- a --> <!-- never closed',
    '[a](b "c") [d](<e f> \'g\') [](h) ![i *j* `k`](l) <http://m.n/\\o> <p@q.r> [s](t\\*u&amp;v) [w](javascript:x)',
    '3. a\n\n   b\n4. c\n- d\n  - e\n\n    f\n* g\n\n+ h\n1) i',
    'Title\n===\nOther\n---\n***\n# a #\n####### no\n#no',
    '*a **b** c* **a*b*c** ***d*** __e__ _f_g_ a_b_c *h* i',
  ])('is the one another parser sees: %j', (source) => {
    expect(ours(source)).toEqual(theirs(source))
  })

  it('is the one another parser sees in every eighth of the 509 posts', () => {
    const posts = folder('18f-blog').filter(({ path }) => path.startsWith('posts/'))
    for (const { bytes, path } of posts.filter((_, i) => i % 8 === 0)) {
      const front = readFrontMatter(Buffer.from(bytes).toString('utf8').replace(/\r\n/g, '\n'))
      const body = front.ok ? front.value.body : ''
      expect(ours(body), path).toEqual(theirs(body))
    }
  })
})
