/** Find and replace in titles and documents, without an editor: words keep the marks they had. Pure. */
import type { DocNode } from './document.ts'

export interface Replacement {
  readonly find: string
  readonly by: string
  readonly matchCase: boolean
  /** Only where no letter or digit stands before or after. */
  readonly wholeWords: boolean
}

/** The pattern that finds it; null when there is nothing to find. */
export function patternOf({ find, matchCase, wholeWords }: Replacement): RegExp | null {
  if (find === '') return null
  const literal = find.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const source = wholeWords ? `(?<![\\p{L}\\p{N}\\p{M}])${literal}(?![\\p{L}\\p{N}\\p{M}])` : literal
  return new RegExp(source, matchCase ? 'gu' : 'giu')
}

/** How often it stands in a text. */
export const countIn = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length

/** A text with every match replaced; what is put in is taken as it is written. */
export const replaceIn = (text: string, pattern: RegExp, by: string): string => text.replace(pattern, () => by)

/**
 * Blocks with every match replaced, and how many there were. A match may run over a change of marks; what comes in has those of its
 * first letter. Blocks without a match are the same objects as before.
 */
export function replaceInContent(
  content: readonly DocNode[],
  pattern: RegExp,
  by: string,
): { content: readonly DocNode[]; found: number } {
  let found = 0
  const walk = (nodes: readonly DocNode[]): readonly DocNode[] => {
    const inline = nodes.some(({ type }) => type === 'text')
    if (inline) {
      const replaced = replaceInline(nodes, pattern, by)
      found += replaced.found
      return replaced.found > 0 ? replaced.nodes : nodes
    }
    let changed = false
    const next = nodes.map((node) => {
      const inner = node.content && walk(node.content)
      if (!inner || inner === node.content) return node
      changed = true
      return { ...node, content: inner }
    })
    return changed ? next : nodes
  }
  const next = walk(content)
  return { content: next, found }
}

/** Stands for a picture or a line break: nothing that is typed matches across it. */
const OTHER = '\uffff'

function replaceInline(nodes: readonly DocNode[], pattern: RegExp, by: string): { nodes: DocNode[]; found: number } {
  const whole = nodes.map(({ type, text }) => (type === 'text' ? (text ?? '') : OTHER)).join('')
  const matches = [...whole.matchAll(pattern)].map(({ index, 0: words }) => ({ from: index, to: index + words.length }))
  if (matches.length === 0) return { nodes: [...nodes], found: 0 }
  const made: DocNode[] = []
  let start = 0
  for (const node of nodes) {
    const length = node.type === 'text' ? (node.text ?? '').length : 1
    const end = start + length
    if (node.type !== 'text') made.push(node)
    else {
      let text = ''
      for (let at = start; at < end; ) {
        const match = matches.find(({ from, to }) => at >= from && at < to)
        if (!match) {
          const next = Math.min(end, ...matches.filter(({ from }) => from > at).map(({ from }) => from))
          text += whole.slice(at, next)
          at = next
        } else {
          if (at === match.from) text += by
          at = Math.min(end, match.to)
        }
      }
      if (text !== '') made.push({ ...node, text })
    }
    start = end
  }
  return { nodes: made, found: matches.length }
}
