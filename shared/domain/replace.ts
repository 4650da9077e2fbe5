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

/** A place where words will be replaced, with some of what stands around them, cut between words. */
export interface Passage {
  readonly before: string
  readonly found: string
  readonly after: string
}

/** Characters shown on either side. */
const AROUND = 28

/** The first passages of a text in which the pattern stands, at most `most`. */
export function passagesIn(content: readonly DocNode[], pattern: RegExp, most: number): Passage[] {
  const passages: Passage[] = []
  const walk = (nodes: readonly DocNode[]) => {
    if (!nodes.some(({ type }) => type === 'text')) {
      for (const { content: inner } of nodes) if (inner) walk(inner)
      return
    }
    const whole = wordsOf(nodes)
    for (const { index, 0: found } of whole.matchAll(pattern)) {
      if (passages.length >= most) return
      const end = index + found.length
      passages.push({ before: tailOf(whole.slice(0, index)), found, after: headOf(whole.slice(end)) })
    }
  }
  walk(content)
  return passages
}

const inLine = (text: string) => text.replaceAll(OTHER, ' ').replace(/\s+/g, ' ')
const headOf = (text: string): string => {
  const line = inLine(text.slice(0, AROUND * 2))
  return line.length > AROUND ? `${line.slice(0, Math.max(line.lastIndexOf(' ', AROUND), 12))}…` : line
}
const tailOf = (text: string): string => {
  const line = inLine(text.slice(-AROUND * 2))
  if (line.length <= AROUND) return line
  const space = line.indexOf(' ', line.length - AROUND)
  return `…${line.slice(space < 0 || space > line.length - 12 ? -AROUND : space + 1)}`
}

/** Stands for a picture or a line break: nothing that is typed matches across it. */
const OTHER = '\uffff'

/** Inline content as one string, as long as its nodes are. */
const wordsOf = (nodes: readonly DocNode[]): string =>
  nodes.map(({ type, text }) => (type === 'text' ? (text ?? '') : OTHER)).join('')

function replaceInline(nodes: readonly DocNode[], pattern: RegExp, by: string): { nodes: DocNode[]; found: number } {
  const whole = wordsOf(nodes)
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
