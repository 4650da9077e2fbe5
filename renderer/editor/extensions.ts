/**
 * What a document may consist of: the node and mark lists of shared/domain/document.ts as a Tiptap schema. Everything that
 * shapes stored text is here; keys, menus and the like are added where an editor is made. Works without a DOM.
 */
import { type AnyExtension, getSchema, mergeAttributes, Node } from '@tiptap/core'
import { Image } from '@tiptap/extension-image'
import { TaskItem, TaskList } from '@tiptap/extension-list'
import { TableKit } from '@tiptap/extension-table'
import { Node as ProseNode, type Schema } from '@tiptap/pm/model'
import { StarterKit } from '@tiptap/starter-kit'
import { type Doc, type DocNode, isSafeHref, type Mark } from '../../shared/domain/document.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'

/** Headings people are offered; imported texts may have deeper ones, which stay. */
export const OFFERED_LEVELS = [1, 2, 3, 4] as const

const attribute = (name: string, inHtml = name) => ({
  default: null,
  parseHTML: (element: HTMLElement) => element.getAttribute(inHtml),
  renderHTML: (attrs: Record<string, unknown>) => (attrs[name] ? { [inHtml]: attrs[name] } : {}),
})

/** Code may stand inside a link or in bold text, as in Markdown; marks are kept in the order documents are stored in. */
const shaped = (extension: AnyExtension): AnyExtension => {
  if (extension.name === 'code') return extension.extend({ excludes: '', priority: 50 })
  if (extension.name === 'link') {
    return extension.extend({ addAttributes: () => ({ href: attribute('href'), title: attribute('title') }) })
  }
  return extension
}

const Basics = StarterKit.extend({
  addExtensions() {
    return (this.parent?.() ?? []).map(shaped)
  },
})

/** A picture stands in the line, as in Markdown. `mediumId` names a stored one; `src` is the address an import found, never loaded. */
export const Picture = Image.extend({
  inline: () => true,
  group: () => 'inline',
  addAttributes: () => ({
    src: attribute('src'),
    alt: attribute('alt'),
    title: attribute('title'),
    mediumId: attribute('mediumId', 'data-medium'),
  }),
  parseHTML: () => [{ tag: 'img[src]' }, { tag: 'img[data-medium]' }],
  renderHTML: ({ HTMLAttributes }) => ['img', mergeAttributes(HTMLAttributes)],
  // Typing ![alt](address) would put a picture there that is never shown; pictures come by paste, drop or the menu.
  addInputRules: () => [],
})

/** Source HTML the editor has no node for: kept as it is, shown as code, never run. */
export const HtmlBlock = Node.create({
  name: 'htmlBlock',
  group: 'block',
  atom: true,
  defining: true,
  priority: 110,
  addAttributes: () => ({
    html: {
      default: '',
      parseHTML: (element: HTMLElement) => element.textContent ?? '',
      renderHTML: () => ({}),
    },
  }),
  parseHTML: () => [{ tag: 'pre[data-html-block]', preserveWhitespace: 'full' }],
  renderHTML: ({ node }) => ['pre', { 'data-html-block': '' }, String(node.attrs.html)],
})

/** The extensions that make the schema. `picture` and `htmlBlock`: the same nodes with a view of their own. */
export const documentExtensions = (
  picture: AnyExtension = Picture,
  htmlBlock: AnyExtension = HtmlBlock,
): AnyExtension[] => [
  Basics.configure({
    heading: { levels: [1, 2, 3, 4, 5, 6] },
    link: {
      openOnClick: false,
      autolink: true,
      linkOnPaste: true,
      defaultProtocol: 'https',
      HTMLAttributes: { target: null, rel: 'noopener noreferrer nofollow' },
      isAllowedUri: (href) => typeof href === 'string' && isSafeHref(href),
    },
    // It would add an empty paragraph to every text that ends in a list or table, just by opening it.
    trailingNode: false,
    dropcursor: { color: false, width: 2, class: 'drop-line' },
  }),
  TaskList,
  TaskItem.configure({
    nested: true,
    a11y: { checkboxLabel: (node, checked) => `${checked ? 'Done' : 'To do'}: ${node.textContent}` },
  }),
  TableKit.configure({ table: { resizable: false } }),
  picture,
  htmlBlock,
]

let known: Schema | undefined
/** The schema of a document, made once. */
export const documentSchema = (): Schema => {
  known ??= getSchema(documentExtensions())
  return known
}

/** Whether the editor can show a document whole. What it cannot show must not be opened for writing: saving would lose it. */
export function checkDoc(doc: Doc, schema: Schema = documentSchema()): Result<ProseNode, string> {
  try {
    const content = doc.content.length > 0 ? doc : { ...doc, content: [{ type: 'paragraph' }] }
    const node = ProseNode.fromJSON(schema, content)
    node.check()
    return ok(node)
  } catch (reason) {
    return err(reason instanceof Error ? reason.message : String(reason))
  }
}

/** Attributes as documents store them: only what says something. */
const KEPT: Readonly<Record<string, (attrs: Readonly<Record<string, unknown>>) => Record<string, unknown> | null>> = {
  heading: ({ level }) => ({ level }),
  orderedList: ({ start, type }) => ({ start, ...(type ? { type } : {}) }),
  taskItem: ({ checked }) => ({ checked }),
  codeBlock: ({ language }) => ({ language: language ?? null }),
  image: ({ src, alt, title, mediumId }) => ({
    src,
    alt: alt ?? '',
    title: title ?? null,
    ...(mediumId ? { mediumId } : {}),
  }),
  htmlBlock: ({ html }) => ({ html }),
  link: ({ href, title }) => ({ href, ...(title ? { title } : {}) }),
  tableCell: cell,
  tableHeader: cell,
}
function cell({ colspan, rowspan, align }: Readonly<Record<string, unknown>>): Record<string, unknown> | null {
  const kept = {
    ...(colspan !== 1 ? { colspan } : {}),
    ...(rowspan !== 1 ? { rowspan } : {}),
    ...(align ? { align } : {}),
  }
  return Object.keys(kept).length > 0 ? kept : null
}

const withAttrs = <T extends { readonly type: string }>(
  type: string,
  attrs: Readonly<Record<string, unknown>>,
  rest: T,
): T => {
  const kept = KEPT[type]?.(attrs)
  return kept ? { ...rest, attrs: kept } : rest
}

function stored(node: ProseNode): DocNode {
  const marks: Mark[] = node.marks.map((mark) => withAttrs(mark.type.name, mark.attrs, { type: mark.type.name }))
  const content: DocNode[] = []
  node.forEach((child) => {
    content.push(stored(child))
  })
  return {
    ...withAttrs(node.type.name, node.attrs, { type: node.type.name }),
    ...(content.length > 0 ? { content } : {}),
    ...(marks.length > 0 ? { marks } : {}),
    ...(node.isText ? { text: node.text ?? '' } : {}),
  }
}

/**
 * Turns editor documents into stored ones. Blocks that were not touched come out as the very objects that went in, so that a
 * save costs what was edited and an imported text changes only where someone wrote.
 */
export function createStoredForm() {
  const blocks = new WeakMap<ProseNode, DocNode>()
  return {
    /** Remembers where each block of a document came from. */
    learn(node: ProseNode, doc: Doc): void {
      if (node.childCount !== doc.content.length) return
      doc.content.forEach((block, index) => {
        blocks.set(node.child(index), block)
      })
    },
    of(node: ProseNode): Doc {
      const content: DocNode[] = []
      node.forEach((block) => {
        const known = blocks.get(block) ?? stored(block)
        blocks.set(block, known)
        content.push(known)
      })
      return { type: 'doc', content }
    },
  }
}
export type StoredForm = ReturnType<typeof createStoredForm>
