/** Small helpers over document nodes that reading and writing share. */
import type { DocNode, Mark } from '../domain/document.ts'

/** Outermost first. Two documents with the same marks have them in the same order. */
const RANK = ['link', 'bold', 'italic', 'strike', 'underline', 'code']
export const rankOf = (type: string): number => RANK.indexOf(type)

export const markOf = (marks: readonly Mark[], mark: Mark): readonly Mark[] =>
  [...marks.filter((other) => other.type !== mark.type), mark].sort((a, b) => rankOf(a.type) - rankOf(b.type))

export const sameMark = (a: Mark | undefined, b: Mark | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.type === b.type && sameAttrs(a.attrs, b.attrs))

function sameAttrs(a: Mark['attrs'], b: Mark['attrs']): boolean {
  const keys = new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])
  return [...keys].every((key) => (a?.[key] ?? null) === (b?.[key] ?? null))
}

const sameMarks = (a: readonly Mark[] = [], b: readonly Mark[] = []) =>
  a.length === b.length && a.every((mark, i) => sameMark(mark, b[i]))

/** Neighbouring texts with the same marks become one; empty ones go. */
export function joinText(nodes: readonly DocNode[]): DocNode[] {
  const out: DocNode[] = []
  for (const node of nodes) {
    const last = out.at(-1)
    if (node.type === 'text' && !node.text) continue
    if (node.type === 'text' && last?.type === 'text' && sameMarks(node.marks, last.marks)) {
      out[out.length - 1] = { ...last, text: `${last.text ?? ''}${node.text ?? ''}` }
    } else out.push(node)
  }
  return out
}
