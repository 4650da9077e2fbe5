/** The clipboard's HTML, read in an inert document: no script in it runs and no picture is fetched. */
import { cleanTree, type Tree, toHtml } from './clean.ts'

function treeOf(node: Node): Tree[] {
  if (node.nodeType === Node.TEXT_NODE) return [node.textContent ?? '']
  if (!(node instanceof Element)) return []
  const attrs: Record<string, string> = {}
  for (const { name, value } of node.attributes) attrs[name] = value
  return [{ tag: node.localName, attrs, children: [...node.childNodes].flatMap(treeOf) }]
}

/** HTML of the clipboard as HTML the document can hold. What was copied here comes back as it was. */
export function cleanPasted(html: string): string {
  if (html.includes('data-pm-slice')) return html
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  return toHtml(cleanTree([...body.childNodes].flatMap(treeOf)))
}
