/** The links of a text: those that are marked, and addresses that stand in it as plain words. Code is left alone. Pure. */
import type { DocNode } from './document.ts'

type Content = Pick<DocNode, 'content'>

/** An address among words, without the signs that end the sentence. */
const ADDRESS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]'}]/g

const hrefOf = (node: DocNode): string | null => {
  const href = node.marks?.find(({ type }) => type === 'link')?.attrs?.href
  return typeof href === 'string' ? href : null
}

/** Addresses in reading order; a link whose words are cut in pieces by other marks counts once. */
export function linksOf(doc: Content): string[] {
  const links: string[] = []
  let last: string | null = null
  const walk = (node: DocNode) => {
    if (node.type === 'codeBlock') return
    if (node.type !== 'text') {
      last = null
      node.content?.forEach(walk)
      return
    }
    const href = hrefOf(node)
    if (href === null) links.push(...((node.text ?? '').match(ADDRESS) ?? []))
    else if (href !== last) links.push(href)
    last = href
  }
  doc.content?.forEach(walk)
  return links
}

/** A document with its links changed; parts without one come back as the very same objects. Words that show the address follow it. */
export function withLinks<N extends Content>(doc: N, change: (href: string) => string): N {
  const content = doc.content?.map((node) => changed(node, change))
  return content?.some((node, at) => node !== doc.content?.[at]) ? { ...doc, content } : doc
}

function changed(node: DocNode, change: (href: string) => string): DocNode {
  if (node.type === 'codeBlock') return node
  if (node.type !== 'text') return withLinks(node, change)
  const { text = '', marks = [] } = node
  const href = hrefOf(node)
  if (href === null) {
    const next = text.replace(ADDRESS, change)
    return next === text ? node : { ...node, text: next }
  }
  const next = change(href)
  if (next === href) return node
  return {
    ...node,
    text: text === href ? next : text,
    marks: marks.map((mark) => (mark.type === 'link' ? { ...mark, attrs: { ...mark.attrs, href: next } } : mark)),
  }
}
