/** A document as HTML for paper: only the nodes, marks and addresses the app knows; everything else is left out. No DOM. */
import { type Doc, type DocNode, isSafeHref, type Mark } from '../../shared/domain/document.ts'

export type PictureSrc = (attrs: Readonly<Record<string, unknown>>) => string | null

const escaped = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
const words = (value: unknown): string => (typeof value === 'string' ? value : '')

const PLAIN: Readonly<Record<string, string>> = {
  paragraph: 'p',
  bulletList: 'ul',
  listItem: 'li',
  blockquote: 'blockquote',
  tableRow: 'tr',
}
const MARKS: Readonly<Record<string, string>> = {
  bold: 'strong',
  italic: 'em',
  strike: 's',
  code: 'code',
  underline: 'u',
}

/**
 * The document as HTML. `pictureSrc` gives the address of a picture (a data or blob address), or null: then its words stand in
 * a `span.picture-missing`.
 */
export const docToHtml = (doc: Doc, pictureSrc: PictureSrc): string =>
  doc.content.map((node) => htmlOf(node, pictureSrc)).join('')

function htmlOf(node: DocNode, pictureSrc: PictureSrc): string {
  const attrs = node.attrs ?? {}
  const inside = () => (node.content ?? []).map((child) => htmlOf(child, pictureSrc)).join('')
  const plain = PLAIN[node.type]
  if (plain) return `<${plain}>${inside()}</${plain}>`
  switch (node.type) {
    case 'text':
      return marked(escaped(node.text ?? ''), node.marks)
    case 'hardBreak':
      return '<br>'
    case 'horizontalRule':
      return '<hr>'
    case 'heading': {
      const level = Math.min(Math.max(Math.trunc(Number(attrs.level)) || 1, 1), 6)
      return `<h${level}>${inside()}</h${level}>`
    }
    case 'orderedList': {
      const start = Math.trunc(Number(attrs.start))
      return `<ol${start > 1 ? ` start="${start}"` : ''}>${inside()}</ol>`
    }
    case 'taskList':
      return `<ul class="task-list">${inside()}</ul>`
    case 'taskItem':
      return `<li class="${attrs.checked === true ? 'task done' : 'task'}">${inside()}</li>`
    case 'codeBlock':
      return `<pre><code>${inside()}</code></pre>`
    case 'htmlBlock':
      return `<pre class="html-block"><code>${escaped(words(attrs.html))}</code></pre>`
    case 'image': {
      const src = pictureSrc(attrs)
      const alt = words(attrs.alt)
      const html = src
        ? `<img src="${escaped(src)}" alt="${escaped(alt)}">`
        : alt
          ? `<span class="picture-missing">${escaped(alt)}</span>`
          : ''
      return marked(html, node.marks)
    }
    case 'table':
      return table(node, pictureSrc)
    case 'tableHeader':
    case 'tableCell': {
      const tag = node.type === 'tableHeader' ? 'th' : 'td'
      return `<${tag}${span(attrs, 'colspan')}${span(attrs, 'rowspan')}${align(attrs)}>${inside()}</${tag}>`
    }
    default:
      return inside()
  }
}

/** Rows of head cells at the top repeat on every page when they stand in a `thead`. */
function table(node: DocNode, pictureSrc: PictureSrc): string {
  const rows = node.content ?? []
  const isHead = (row: DocNode) =>
    (row.content ?? []).length > 0 && (row.content ?? []).every((cell) => cell.type === 'tableHeader')
  const bodyAt = rows.findIndex((row) => !isHead(row))
  const heads = bodyAt === -1 ? rows.length : bodyAt
  const html = (list: readonly DocNode[]) => list.map((row) => htmlOf(row, pictureSrc)).join('')
  const head = heads > 0 ? `<thead>${html(rows.slice(0, heads))}</thead>` : ''
  return `<table>${head}<tbody>${html(rows.slice(heads))}</tbody></table>`
}

const span = (attrs: Readonly<Record<string, unknown>>, name: string) => {
  const count = Math.trunc(Number(attrs[name]))
  return count > 1 && count < 100 ? ` ${name}="${count}"` : ''
}
const align = ({ align: to }: Readonly<Record<string, unknown>>) =>
  to === 'center' || to === 'right' ? ` class="align-${to}"` : ''

const marked = (html: string, marks: readonly Mark[] = []): string =>
  marks.toReversed().reduce((inner, { type, attrs }) => {
    if (type === 'link') {
      const href = words(attrs?.href)
      return isSafeHref(href) ? `<a href="${escaped(href)}">${inner}</a>` : inner
    }
    const tag = MARKS[type]
    return tag ? `<${tag}>${inner}</${tag}>` : inner
  }, html)
