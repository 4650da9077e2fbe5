/** What a screen may ask of an open editor. The only type of this folder that others hold on to; Tiptap stays inside. */
import type { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { countWords, type Doc, type DocNode, plainText } from '../../shared/domain/document.ts'
import { checkDoc, type StoredForm } from './extensions.ts'
import type { Insertable } from './voice.ts'

export interface Caret {
  readonly from: number
  readonly to: number
}

export interface EditorHandle {
  /** For the parts of this folder only. */
  readonly editor: Editor
  /** The text as it is stored. */
  read(): Doc
  /** Takes over a text that changed elsewhere (an undo, a restored version): only what differs, caret and history kept. */
  takeOver(doc: Doc): void
  caret(): Caret
  restoreCaret(caret: Caret): void
  /** `part`: the end of that part of a thread, the first being 0. */
  focus(where?: 'start' | 'end' | { readonly part: number }): void
  openFind(how: 'find' | 'replace'): void
  editLink(): void
  pickPicture(): void
  /** Opens the list of words of that kind; nothing where no voice is given. */
  chooseInsert(kind: Insertable['kind']): void
  /** Goes to the next word that deserves a look. Gives false when there is none. */
  goToFlag(): boolean
}

/** Where something small opens: beside the caret, or a piece of text. */
export function anchorAt(editor: Editor, from = editor.state.selection.from, to = from) {
  const { left, top, bottom } = editor.view.coordsAtPos(from)
  const { right } = editor.view.coordsAtPos(to, -1)
  return { getBoundingClientRect: () => new DOMRect(left, top, Math.max(right - left, 0), bottom - top) }
}

export const FROM_OUTSIDE = 'fromOutside'

/** Replaces the part of the open document that differs; not a step of the editor's own undo. Gives false when it cannot be shown. */
export function takeOver(editor: Editor, form: StoredForm, doc: Doc): boolean {
  const checked = checkDoc(doc, editor.schema)
  if (!checked.ok) return false
  const next = checked.value
  const old = editor.state.doc
  const start = old.content.findDiffStart(next.content)
  if (start !== null) {
    const end = old.content.findDiffEnd(next.content)
    if (!end) return true
    const overlap = start - Math.min(end.a, end.b)
    const a = overlap > 0 ? end.a + overlap : end.a
    const b = overlap > 0 ? end.b + overlap : end.b
    const tr = editor.state.tr
      .replace(start, a, next.slice(start, b))
      .setMeta('addToHistory', false)
      .setMeta(FROM_OUTSIDE, true)
    editor.view.dispatch(tr.docChanged && tr.doc.eq(next) ? tr : whole(editor, next))
  }
  form.learn(editor.state.doc, doc)
  return true
}

const whole = (editor: Editor, next: typeof editor.state.doc) =>
  editor.state.tr
    .replaceWith(0, editor.state.doc.content.size, next.content)
    .setMeta('addToHistory', false)
    .setMeta(FROM_OUTSIDE, true)

/** Puts the selection back where it was, as far as the text still reaches. */
export function restoreCaret(editor: Editor, { from, to }: Caret): void {
  const { doc, tr } = editor.state
  const within = (at: number) => Math.min(Math.max(at, 0), doc.content.size)
  editor.view.dispatch(tr.setSelection(TextSelection.between(doc.resolve(within(from)), doc.resolve(within(to)))))
}

/** Something of the editor's state, read again after each change; the component redraws only when it differs. Give text or a number. */
export function useEditorValue<T extends string | number | boolean>(editor: Editor, read: (editor: Editor) => T): T {
  const subscribe = useCallback(
    (listener: () => void) => {
      editor.on('transaction', listener)
      return () => void editor.off('transaction', listener)
    },
    [editor],
  )
  return useSyncExternalStore(subscribe, () => read(editor))
}

const CALM_MS = 300
const counts = new WeakMap<DocNode, number>()

/** Words of a text; blocks that were counted before are not counted again. */
function wordsOf(doc: Doc): number {
  let words = 0
  for (const block of doc.content) {
    let count = counts.get(block)
    if (count === undefined) {
      count = countWords(plainText({ content: [block] }))
      counts.set(block, count)
    }
    words += count
  }
  return words
}

/** The number of words, counted when the keys rest and the page is idle. */
export function useWordCount(handle: EditorHandle): number {
  const [words, setWords] = useState(() => wordsOf(handle.read()))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let idle = 0
    const count = () => setWords(wordsOf(handle.read()))
    const later = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        idle = requestIdleCallback(count, { timeout: 500 })
      }, CALM_MS)
    }
    count()
    handle.editor.on('update', later)
    return () => {
      clearTimeout(timer)
      cancelIdleCallback(idle)
      handle.editor.off('update', later)
    }
  }, [handle])
  return words
}
