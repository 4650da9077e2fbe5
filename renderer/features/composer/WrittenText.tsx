import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Doc } from '../../../shared/domain/document.ts'
import { docOf, type StoredDocument } from '../../../shared/domain/workspace.ts'
import type { Result } from '../../../shared/lib/result.ts'
import { type EditorHandle, RichTextEditor } from '../../editor/index.ts'
import { explain, useUndo } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useSettings } from '../../ports/reference.tsx'
import { useAutosave } from '../../ports/typed.ts'
import { toast } from '../../ui/index.ts'
import { drafts } from './networks/drafts.ts'
import { usePictures } from './pictures.ts'
import { positionOf, rememberPosition } from './uiState.ts'

interface WrittenTextProps {
  /** Id of the document: of the post, or of what it is on one channel. */
  docId: string
  stored: StoredDocument | undefined
  save: (doc: Doc, gesture: string) => Promise<Result<unknown, { readonly kind: 'missing' }>>
  label: string
  /** Where its scroll position is. */
  scroller: RefObject<HTMLElement | null>
  onHandle: (handle: EditorHandle | null) => void
  /** The keys stay where they are when it opens. */
  quiet?: boolean
  /** The text stands as it was left; told whether there was a place to come back to. */
  onOpen?: (returned: boolean) => void
  onEscape: () => void
}

/** A text that saves itself while one types, and remembers where one was in it. */
export function WrittenText(props: WrittenTextProps) {
  const { docId, stored, save, label, scroller, onHandle, quiet = false, onOpen, onEscape } = props
  const { shell } = useDeps()
  const settings = useSettings()
  const pictures = usePictures()
  const { undo, redo } = useUndo()
  const [handle, setHandle] = useState<EditorHandle | null>(null)
  const doc = docOf(stored)
  const remember = useCallback(
    (page: HTMLElement | null) => {
      if (handle && page) rememberPosition(docId, { ...handle.caret(), scroll: page.scrollTop })
    },
    [handle, docId],
  )
  const written = useRef<Doc>(doc)
  const autosave = useAutosave(async (gesture) => {
    // With the words, so that the place in them is not older than they are.
    remember(scroller.current)
    const saved = await save(written.current, gesture)
    if (!saved.ok) toast({ text: explain(saved.error), tone: 'error' })
  })
  const latest = useRef({ onHandle, onOpen })
  latest.current = { onHandle, onOpen }

  // Where one was in this text: caret and scroll come back, and the keys go on there.
  useEffect(() => {
    if (!handle) return
    const position = positionOf(docId)
    if (position) {
      handle.restoreCaret(position)
      if (!quiet) handle.focus()
      if (scroller.current) scroller.current.scrollTop = position.scroll
    }
    latest.current.onOpen?.(position !== undefined)
  }, [handle, docId, scroller, quiet])

  // Before the page is taken out of the window: once it is out, nothing is scrolled any more.
  useLayoutEffect(() => {
    // Held here: when this text goes, what it stands in has let go of its ref already.
    const page = scroller.current
    const leave = () => remember(page)
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [remember, scroller])

  // An undo, a restored version or another screen changed the text: it is taken over, unless words typed here are unsaved.
  useEffect(() => {
    if (!handle || !stored || autosave.dirty()) return
    const incoming = docOf(stored)
    if (JSON.stringify(incoming.content) === JSON.stringify(handle.read().content)) return
    written.current = incoming
    drafts.set(docId, incoming)
    handle.takeOver(incoming)
  }, [handle, stored, autosave, docId])

  useEffect(
    () => () => {
      void autosave.flush().finally(() => drafts.drop(docId))
    },
    [autosave, docId],
  )

  const change = (next: Doc, { undone }: { undone: boolean }) => {
    if (undone) autosave.stretch.end()
    written.current = next
    drafts.set(docId, next)
    autosave.touch()
  }
  const keepCopy = async (name: string, text: string) => {
    const saved = await shell.save(name, new TextEncoder().encode(text))
    toast(saved.ok ? { text: `Saved a copy as ${saved.value.path}` } : { text: saved.error.message, tone: 'error' })
  }

  return (
    <RichTextEditor
      docId={docId}
      doc={doc}
      size="page"
      label={label}
      placeholder="Write, or press / for headings, lists, tables and pictures"
      spellcheck={settings.spellcheck}
      language={shell.info.locale}
      pictures={pictures.source}
      keepPicture={pictures.keep}
      openLink={(href) => void shell.openExternal(href)}
      keepCopy={(name, text) => void keepCopy(name, text)}
      onChange={change}
      onBlur={() => {
        remember(scroller.current)
        autosave.leave()
      }}
      onEscape={onEscape}
      onUndo={undo}
      onRedo={redo}
      onReady={(next) => {
        setHandle(next)
        latest.current.onHandle(next)
      }}
    />
  )
}
