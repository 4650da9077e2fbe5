/** What changed between two texts, by word, with the structure kept: paragraphs are matched first, then the words inside them. */
import { diffArrays, diffWordsWithSpace } from 'diff'
import { countWords, type Doc, type DocNode } from './document.ts'

export type Fate = 'same' | 'in' | 'out'

export interface DiffPart {
  readonly fate: Fate
  readonly text: string
}

/** How a line of a document stands on the page. */
export interface LineLook {
  readonly kind: 'paragraph' | 'heading' | 'code' | 'html' | 'rule'
  /** 1 to 6 of a heading, else 0 */
  readonly level: number
  /** Depth in lists; 0: in none. */
  readonly depth: number
  /** What stands before it: `•`, `3.`, `[ ]`, `[x]`; '' for none. */
  readonly marker: string
  readonly quote: boolean
  readonly cell: boolean
}

export interface DiffLine {
  /** `changed`: words differ, or only looks (then every part is the same). */
  readonly fate: Fate | 'changed'
  readonly look: LineLook
  readonly parts: readonly DiffPart[]
}

export interface DocDiff {
  readonly lines: readonly DiffLine[]
  readonly wordsIn: number
  readonly wordsOut: number
  /** How many lines are not the same. */
  readonly changes: number
}

interface Line {
  readonly look: LineLook
  readonly text: string
  /** Equal for lines that need no mark at all. */
  readonly key: string
}

const PLAIN: LineLook = { kind: 'paragraph', level: 0, depth: 0, marker: '', quote: false, cell: false }
const LISTS = new Set(['bulletList', 'orderedList', 'taskList'])

/** The lines of a document in reading order: one per paragraph, heading, list item, cell, piece of code. */
export function linesOf(doc: Doc): readonly { readonly look: LineLook; readonly text: string }[] {
  return toLines(doc)
}

function toLines(doc: Doc): Line[] {
  const lines: Line[] = []
  const add = (look: LineLook, text: string, styled = '') => {
    if (text || look.kind === 'rule') lines.push({ look, text, key: `${JSON.stringify(look)}${text}\u0000${styled}` })
  }
  const walk = (node: DocNode, look: LineLook) => {
    const children = node.content ?? []
    if (node.type === 'paragraph') add(look, textOf(node), stylesOf(node))
    else if (node.type === 'heading')
      add({ ...look, kind: 'heading', level: Number(node.attrs?.level) || 1 }, textOf(node), stylesOf(node))
    else if (node.type === 'codeBlock') add({ ...look, kind: 'code' }, textOf(node))
    else if (node.type === 'htmlBlock') add({ ...look, kind: 'html' }, String(node.attrs?.html ?? ''))
    else if (node.type === 'horizontalRule') add({ ...look, kind: 'rule' }, '')
    else if (LISTS.has(node.type)) {
      const start = Number(node.attrs?.start ?? 1)
      children.forEach((item, index) => {
        const marker =
          node.type === 'orderedList'
            ? `${start + index}.`
            : node.type === 'taskList'
              ? item.attrs?.checked === true
                ? '[x]'
                : '[ ]'
              : '•'
        // Only the first line of an item has its marker.
        for (const [at, child] of (item.content ?? []).entries()) {
          walk(child, { ...look, depth: look.depth + 1, marker: at === 0 ? marker : '' })
        }
      })
    } else {
      const inside = {
        ...look,
        quote: look.quote || node.type === 'blockquote',
        cell: look.cell || node.type.startsWith('table'),
      }
      for (const child of children) walk(child, inside)
    }
  }
  for (const node of doc.content) walk(node, PLAIN)
  return lines
}

function textOf(node: DocNode): string {
  if (node.type === 'text') return node.text ?? ''
  if (node.type === 'hardBreak') return '\n'
  if (node.type === 'image') return `[picture: ${String(node.attrs?.alt || node.attrs?.src || 'no description')}]`
  return (node.content ?? []).map(textOf).join('')
}

/** Emphasis and links of a line, so that a word made bold is a change too. */
const stylesOf = (node: DocNode): string =>
  (node.content ?? [])
    .map((child) => (child.marks?.length ? `${child.text ?? ''}${JSON.stringify(child.marks)}` : ''))
    .join('')

const needsSegmenter = (text: string) => /[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]/.test(text)

/** The words of one line. `same` and `out` together are the old text, `same` and `in` the new one. */
export function diffLine(before: string, after: string): DiffPart[] {
  const intlSegmenter =
    needsSegmenter(before) || needsSegmenter(after) ? new Intl.Segmenter(undefined, { granularity: 'word' }) : undefined
  const parts = diffWordsWithSpace(before, after, intlSegmenter ? { intlSegmenter } : {}).map(
    ({ added, removed, value }): DiffPart => ({ fate: added ? 'in' : removed ? 'out' : 'same', text: value }),
  )
  return joined(parts)
}

/** A space between two changed words belongs to the change: `-a b- +c d+` reads better than word by word. */
function joined(parts: readonly DiffPart[]): DiffPart[] {
  const result: DiffPart[] = []
  let out = ''
  let inn = ''
  const flush = () => {
    if (out) result.push({ fate: 'out', text: out })
    if (inn) result.push({ fate: 'in', text: inn })
    out = ''
    inn = ''
  }
  parts.forEach((part, index) => {
    if (part.fate === 'out') out += part.text
    else if (part.fate === 'in') inn += part.text
    else if ((out || inn) && !part.text.trim() && parts[index + 1] && parts[index + 1]?.fate !== 'same') {
      out += part.text
      inn += part.text
    } else {
      flush()
      result.push(part)
    }
  })
  flush()
  return result
}

const bag = (text: string) => new Set(text.toLocaleLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])

/** 0 to 1: how many words two lines share. */
function likeness(a: string, b: string): number {
  const one = bag(a)
  const two = bag(b)
  if (one.size + two.size === 0) return a === b ? 1 : 0
  let shared = 0
  for (const word of one) if (two.has(word)) shared += 1
  return (2 * shared) / (one.size + two.size)
}

/** Lines less alike than this are one gone and one new, not one changed. */
const ALIKE = 0.4

/** The difference between two documents. */
export function diffDocs(before: Doc, after: Doc): DocDiff {
  const lines: DiffLine[] = []
  let gone: Line[] = []
  let come: Line[] = []
  const flush = () => {
    lines.push(...matched(gone, come))
    gone = []
    come = []
  }
  const keyed = diffArrays(toLines(before), toLines(after), { comparator: (a, b) => a.key === b.key })
  for (const { added, removed, value } of keyed) {
    if (removed) gone.push(...value)
    else if (added) come.push(...value)
    else {
      flush()
      lines.push(...value.map((line) => whole(line, 'same')))
    }
  }
  flush()
  let wordsIn = 0
  let wordsOut = 0
  for (const { parts } of lines) {
    for (const { fate, text } of parts) {
      if (fate === 'in') wordsIn += countWords(text)
      else if (fate === 'out') wordsOut += countWords(text)
    }
  }
  return { lines, wordsIn, wordsOut, changes: lines.filter(({ fate }) => fate !== 'same').length }
}

const whole = ({ look, text }: Line, fate: Fate): DiffLine => ({ fate, look, parts: text ? [{ fate, text }] : [] })

/** Pairs lines that went with lines that came, in order, where they are alike. */
function matched(gone: readonly Line[], come: readonly Line[]): DiffLine[] {
  const result: DiffLine[] = []
  let next = 0
  for (const line of come) {
    let best = -1
    let most = ALIKE
    for (let at = next; at < gone.length; at += 1) {
      const other = gone[at]
      const like = other ? likeness(other.text, line.text) : 0
      if (like > most || (other?.text === line.text && like >= most)) {
        best = at
        most = like
      }
    }
    if (best === -1) {
      result.push(whole(line, 'in'))
      continue
    }
    for (const lost of gone.slice(next, best)) result.push(whole(lost, 'out'))
    result.push({ fate: 'changed', look: line.look, parts: diffLine(gone[best]?.text ?? '', line.text) })
    next = best + 1
  }
  for (const lost of gone.slice(next)) result.push(whole(lost, 'out'))
  return result
}
