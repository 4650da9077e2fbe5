/** Find and replace inside one document: matches are drawn over the text, replacing all of them is one step of undo. */
import { Extension } from '@tiptap/core'
import type { Node as ProseNode } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'

export interface FindQuery {
  readonly text: string
  readonly matchCase: boolean
}

export interface FindState {
  readonly query: FindQuery
  readonly matches: readonly { readonly from: number; readonly to: number }[]
  /** Which of the matches is the current one; -1 when there is none. */
  readonly at: number
}

const NOTHING: FindState = { query: { text: '', matchCase: false }, matches: [], at: -1 }
const key = new PluginKey<FindState>('find')

/** Where a text stands in a document, inside single blocks. */
export function findIn(doc: ProseNode, { text, matchCase }: FindQuery): { from: number; to: number }[] {
  if (!text) return []
  const matches: { from: number; to: number }[] = []
  // A regular expression with the i flag keeps positions; lower-casing may change the length of a text.
  const pattern = new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), matchCase ? 'gu' : 'giu')
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true
    const content = node.textBetween(0, node.content.size, undefined, '\ufffc')
    for (const match of content.matchAll(pattern)) {
      const from = position + 1 + match.index
      matches.push({ from, to: from + match[0].length })
    }
    return false
  })
  return matches
}

type FindMeta = { readonly query: FindQuery } | { readonly at: number }

function next(state: FindState, tr: Transaction): FindState {
  const meta = tr.getMeta(key) as FindMeta | undefined
  if (meta && 'at' in meta) return { ...state, at: meta.at }
  if (!meta && !tr.docChanged) return state
  const query = meta?.query ?? state.query
  if (!query.text) return { ...NOTHING, query }
  const matches = findIn(tr.doc, query)
  const after = matches.findIndex((match) => match.from >= tr.selection.from)
  return { query, matches, at: matches.length === 0 ? -1 : Math.max(after, 0) }
}

export const findState = (state: EditorState): FindState => key.getState(state) ?? NOTHING

export const Find = Extension.create({
  name: 'find',
  addProseMirrorPlugins: () => [
    new Plugin<FindState>({
      key,
      state: { init: () => NOTHING, apply: (tr, state) => next(state, tr) },
      props: {
        decorations(state) {
          const { matches, at } = findState(state)
          if (matches.length === 0) return null
          return DecorationSet.create(
            state.doc,
            matches.map(({ from, to }, index) =>
              Decoration.inline(from, to, { class: index === at ? 'find-match find-current' : 'find-match' }),
            ),
          )
        },
      },
    }),
  ],
})

export const setQuery = (view: EditorView, query: FindQuery) => view.dispatch(view.state.tr.setMeta(key, { query }))

/** Goes to the next (1) or previous (-1) match, around the end. */
export function step(view: EditorView, by: 1 | -1): void {
  const { matches, at } = findState(view.state)
  if (matches.length > 0) goTo(view, (at + by + matches.length) % matches.length)
}

/** Selects a match and brings it into sight. */
export function goTo(view: EditorView, at: number): void {
  const match = findState(view.state).matches[at]
  if (!match) return
  const selection = TextSelection.create(view.state.doc, match.from, match.to)
  view.dispatch(view.state.tr.setSelection(selection).setMeta(key, { at }).scrollIntoView())
}

const put = (tr: Transaction, { from, to }: { from: number; to: number }, text: string) =>
  text ? tr.insertText(text, from, to) : tr.delete(from, to)

/** Replaces the current match and goes to the one after it. */
export function replaceOne(view: EditorView, text: string): void {
  const { matches, at } = findState(view.state)
  const match = matches[at]
  if (!match) return
  const tr = put(view.state.tr, match, text)
  tr.setSelection(TextSelection.create(tr.doc, Math.min(match.from + text.length, tr.doc.content.size)))
  view.dispatch(tr)
  goTo(view, findState(view.state).at)
}

/** Replaces every match. Gives how many. */
export function replaceAll(view: EditorView, text: string): number {
  const { matches } = findState(view.state)
  if (matches.length === 0) return 0
  const tr = view.state.tr
  for (const match of matches.toReversed()) put(tr, match, text)
  view.dispatch(tr)
  return matches.length
}
