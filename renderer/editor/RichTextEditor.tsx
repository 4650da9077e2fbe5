import { Editor, Extension } from '@tiptap/core'
import { Placeholder } from '@tiptap/extensions'
import { isHistoryTransaction } from '@tiptap/pm/history'
import { TextSelection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { useEffect, useMemo, useRef, useState } from 'react'
import { type Doc, plainText } from '../../shared/domain/document.ts'
import { fromBase64 } from '../../shared/lib/base64.ts'
import { Banner, Button, cx } from '../ui/index.ts'
import { createCell } from './cell.ts'
import styles from './Editor.module.css'
import { checkDoc, createStoredForm, documentExtensions } from './extensions.ts'
import { FindBar } from './FindBar.tsx'
import { Find } from './find.ts'
import { type EditorHandle, FROM_OUTSIDE, restoreCaret, takeOver } from './handle.ts'
import { mentionMenu, slashInserts, type VoiceBox } from './inserts.ts'
import { LinkBox } from './LinkBox.tsx'
import { overlay, selectNextFlag, withVoice } from './overlay.ts'
import { cleanPasted } from './pasted.ts'
import { htmlBlockWithView, type KeptPicture, type PictureSource, pictureWithView } from './pictures.ts'
import { SlashMenu } from './SlashMenu.tsx'
import { type SlashActions, type SlashState, slashMenu } from './slash.ts'
import { EditorToolbar } from './Toolbar.tsx'
import { endOfPart } from './threadParts.ts'
import { VoiceBoxes } from './VoiceBoxes.tsx'
import { useVoice } from './voice.ts'

export interface RichTextEditorProps {
  /** Another id is another text: the editor starts anew. */
  docId: string
  /** What it starts with. Later changes come through `handle.takeOver`. */
  doc: Doc
  /** After every change made here. `undone`: by the editor's own undo or redo. Save with a delay. */
  onChange: (doc: Doc, change: { readonly undone: boolean }) => void
  label: string
  placeholder?: string
  /** `page`: the writing page, tools are drawn by the screen. `small`: a field with its tools below. */
  size?: 'page' | 'small'
  spellcheck?: boolean
  /** BCP 47, for spelling and screen readers */
  language?: string
  pictures: PictureSource
  keepPicture: (file: File) => Promise<KeptPicture | null>
  openLink?: (href: string) => void
  /** Saves what could not be shown, as a file. */
  keepCopy?: (name: string, text: string) => void
  onReady?: (handle: EditorHandle | null) => void
  onBlur?: () => void
  /** Escape, when nothing inside the text had a use for it. */
  onEscape?: () => void
  /** Undo and redo in a text in which nothing was typed since it was opened: what was done before is meant. */
  onUndo?: () => void
  onRedo?: () => void
}

/** A rich text. What it cannot show whole it shows as plain words, read-only: saving over it would lose something. */
export function RichTextEditor(props: RichTextEditorProps) {
  const { docId, doc } = props
  // The text it starts with counts, not the one that comes back after every save.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const checked = useMemo(() => checkDoc(doc), [docId])
  const [refused, setRefused] = useState<{ docId: string; reason: string } | null>(null)
  const reason = checked.ok ? (refused?.docId === docId ? refused.reason : null) : checked.error
  if (reason !== null) return <Unreadable {...props} reason={reason} />
  return <Open key={docId} {...props} onRefused={(why) => setRefused({ docId, reason: why })} />
}

function Unreadable({ doc, docId, reason, keepCopy }: RichTextEditorProps & { reason: string }) {
  return (
    <div className={styles.unreadable}>
      <Banner
        tone="amber"
        title="This text has something in it that this version cannot show"
        actions={
          keepCopy && (
            <Button size="sm" onClick={() => keepCopy(`${docId}.json`, JSON.stringify(doc, null, 2))}>
              Keep a copy
            </Button>
          )
        }
      >
        It is shown as plain words and stays as it is stored. {reason}
      </Banner>
      <pre className={styles.plainWords}>{plainText(doc)}</pre>
    </div>
  )
}

type OpenProps = RichTextEditorProps & { onRefused: (reason: string) => void }

function Open(props: OpenProps) {
  const { doc, size = 'small', label, placeholder = '', spellcheck = true, language, onRefused } = props
  const latest = useRef(props)
  latest.current = props
  const host = useRef<HTMLDivElement>(null)
  const file = useRef<HTMLInputElement>(null)
  const [handle, setHandle] = useState<EditorHandle | null>(null)
  const [finding, setFinding] = useState<'find' | 'replace' | null>(null)
  const [linking, setLinking] = useState(false)
  const slash = useMemo(() => createCell<SlashState>(), [])
  const boxes = useMemo(() => createCell<VoiceBox>(), [])
  const voice = useVoice()
  const said = useRef(voice)
  said.current = voice

  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor lives as long as its text; props are read through `latest`
  useEffect(() => {
    const element = host.current
    if (!element) return
    const form = createStoredForm()
    const start = checkDoc(doc)
    const actions: SlashActions = {
      pickPicture: () => file.current?.click(),
      editLink: () => setLinking(true),
      inserts: () => (said.current ? slashInserts(said.current, boxes) : []),
    }
    const editor: Editor = new Editor({
      element,
      injectCSS: false,
      enableContentCheck: true,
      onContentError: ({ error }) => onRefused(error.message),
      content: start.ok ? start.value.toJSON() : null,
      extensions: [
        ...documentExtensions(pictureWithView(latest.current.pictures), htmlBlockWithView()),
        Placeholder.configure({ placeholder: () => latest.current.placeholder ?? '' }),
        Find,
        slashMenu(slash, actions),
        mentionMenu(slash, () => said.current),
        overlay(
          () => setLinking(true),
          () => opened.goToFlag(),
        ),
        Extension.create({
          name: 'outpostKeys',
          // After the slash menu, which closes on Escape.
          priority: 10,
          addKeyboardShortcuts: () => {
            /** Whoever goes back to the beginning of their typing, or ahead to its end, is not led beyond it. */
            const beyond = (step: (() => void) | undefined) => {
              if (!editor.can().undo() && !editor.can().redo()) step?.()
              return true
            }
            return {
              'Mod-z': () => beyond(latest.current.onUndo),
              'Mod-Shift-z': () => beyond(latest.current.onRedo),
              'Mod-y': () => beyond(latest.current.onRedo),
              // A link needs words to stand on; without any the key is that of the palette, as everywhere.
              'Mod-k': () => {
                if (editor.state.selection.empty && !editor.isActive('link')) return false
                setLinking(true)
                return true
              },
              // biome-ignore lint/correctness/noComponentHookFactories: the name of a key, not of a component
              Escape: () => {
                latest.current.onEscape?.()
                return true
              },
              'Mod-f': () => {
                setFinding('find')
                return true
              },
              'Mod-h': () => {
                setFinding('replace')
                return true
              },
            }
          },
        }),
      ],
      editorProps: {
        transformPastedHTML: cleanPasted,
        handleDOMEvents: {
          // On a busy page the next key comes before the browser has told where the last one put the caret: Enter would replace
          // what was selected before. Told now, the editor knows its selection before it looks at the key.
          keydown: (view, event) => {
            if (!event.isComposing) view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'))
            return false
          },
        },
        handlePaste: (view, event) => takeFiles(view, event.clipboardData, view.state.selection.from),
        handleDrop: (view, event, _slice, moved) => {
          const at = view.posAtCoords({ left: event.clientX, top: event.clientY })
          return !moved && at !== null && takeFiles(view, event.dataTransfer, at.pos)
        },
        handleClick: (_view, _pos, event) => {
          const link = event.target instanceof Element ? event.target.closest('a[href]') : null
          if (!link || !(event.ctrlKey || event.metaKey)) return false
          latest.current.openLink?.(link.getAttribute('href') ?? '')
          return true
        },
      },
      onUpdate: ({ editor: changed, transaction }) => {
        if (transaction.getMeta(FROM_OUTSIDE)) return
        adoptPictures(changed)
        latest.current.onChange(form.of(changed.state.doc), { undone: isHistoryTransaction(transaction) })
      },
      onFocus: () => said.current?.attach(opened, true),
      onBlur: () => latest.current.onBlur?.(),
    })

    /** Pictures among dropped or pasted files. Text that comes with them wins: Word sends a picture of every paragraph. */
    function takeFiles(view: EditorView, data: DataTransfer | null, at: number): boolean {
      const files = [...(data?.files ?? [])].filter((each) => each.type.startsWith('image/'))
      if (files.length === 0 || data?.types.includes('text/html')) return false
      void insertPictures(view, files, at)
      return true
    }
    async function insertPictures(view: EditorView, files: readonly File[], at: number): Promise<void> {
      for (const each of files) {
        const kept = await latest.current.keepPicture(each)
        if (!kept || editor.isDestroyed) continue
        const picture = view.state.schema.nodes.image?.create(kept)
        if (picture) view.dispatch(view.state.tr.insert(Math.min(at, view.state.doc.content.size), picture))
      }
    }
    /** Pictures pasted as data inside HTML become stored ones: a text stays small. */
    function adoptPictures(changed: Editor): void {
      changed.state.doc.descendants((node) => {
        const src: unknown = node.type.name === 'image' && !node.attrs.mediumId ? node.attrs.src : null
        if (typeof src !== 'string' || !src.startsWith('data:') || adopting.has(src)) return
        adopting.add(src)
        void adopt(src)
      })
    }
    const adopting = new Set<string>()
    async function adopt(src: string): Promise<void> {
      const type = /^data:([^;,]+)/.exec(src)?.[1] ?? 'image/png'
      const bytes = fromBase64(src.slice(src.indexOf(',') + 1).replace(/\s/g, ''))
      const kept = await latest.current.keepPicture(new File([bytes], 'Pasted picture', { type }))
      if (!kept || editor.isDestroyed) return
      const { tr } = editor.state
      editor.state.doc.descendants((node, at) => {
        if (node.attrs.src === src)
          tr.setNodeMarkup(at, undefined, { ...node.attrs, ...kept, alt: node.attrs.alt || kept.alt })
      })
      if (tr.docChanged) editor.view.dispatch(tr)
    }

    form.learn(editor.state.doc, doc)
    const opened: EditorHandle = {
      editor,
      read: () => form.of(editor.state.doc),
      takeOver: (next) => {
        if (!takeOver(editor, form, next)) onRefused('It was changed elsewhere.')
      },
      caret: () => ({ from: editor.state.selection.from, to: editor.state.selection.to }),
      restoreCaret: (caret) => restoreCaret(editor, caret),
      focus(where) {
        const at = typeof where === 'object' ? endOfPart(editor.state.doc, where.part) : where
        editor.commands.focus(at, { scrollIntoView: where !== undefined })
        // Tiptap waits for the next frame; a letter typed before it would go where the keys were.
        editor.view.focus()
      },
      openFind: setFinding,
      editLink: () => setLinking(true),
      pickPicture: () => file.current?.click(),
      chooseInsert: (kind) => said.current && boxes.set({ kind: 'choose', of: kind }),
      goToFlag() {
        const flag = selectNextFlag(editor.view)
        if (flag) boxes.set({ kind: 'flag', flag, quiet: false })
        return flag !== null
      },
    }
    pickedRef.current = (files) => void insertPictures(editor.view, files, editor.state.selection.to)
    setHandle(opened)
    latest.current.onReady?.(opened)
    const below = (event: MouseEvent) => clickBelow(event, editor)
    element.addEventListener('mousedown', below)
    return () => {
      element.removeEventListener('mousedown', below)
      latest.current.onReady?.(null)
      said.current?.detach(opened)
      setHandle(null)
      slash.set(null)
      boxes.set(null)
      editor.destroy()
    }
  }, [])
  const pickedRef = useRef<(files: readonly File[]) => void>(() => undefined)

  useEffect(() => {
    handle?.editor.view.setProps({
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        spellcheck: String(spellcheck),
        class: styles.text ?? '',
        ...(language ? { lang: language } : {}),
      },
    })
  }, [handle, label, spellcheck, language])

  // Not in the way of the first words: the text is looked through when the page is idle.
  useEffect(() => {
    if (!handle) return
    voice?.attach(handle, handle.editor.isFocused)
    const { view } = handle.editor
    const idle = requestIdleCallback(() => view.dispatch(withVoice(view.state.tr, voice)), { timeout: 300 })
    return () => cancelIdleCallback(idle)
  }, [handle, voice])

  // The placeholder is drawn by a decoration: an empty transaction draws it anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the placeholder is read through `latest`
  useEffect(() => {
    handle?.editor.view.dispatch(handle.editor.state.tr)
  }, [handle, placeholder])

  return (
    <div className={cx(styles.editor, size === 'page' ? styles.page : styles.small)}>
      {finding && handle && (
        <FindBar key={finding} handle={handle} replacing={finding === 'replace'} onClose={() => setFinding(null)} />
      )}
      <div ref={host} className={styles.host} />
      {handle && size === 'small' && <EditorToolbar handle={handle} />}
      {handle && linking && (
        <LinkBox handle={handle} links={voice?.links} onClose={() => setLinking(false)} onOpen={props.openLink} />
      )}
      {handle && voice && <VoiceBoxes handle={handle} voice={voice} cell={boxes} />}
      <SlashMenu store={slash} editable={() => handle?.editor.view.dom ?? null} />
      <input
        ref={file}
        type="file"
        accept="image/png,image/jpeg,image/gif,image/webp,image/avif"
        multiple
        hidden
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          pickedRef.current(files)
        }}
      />
    </div>
  )
}

/** A press under the last block goes to its end; after a table, code or a line a new paragraph is made to write in. */
function clickBelow(event: MouseEvent, editor: Editor): void {
  if (event.target !== event.currentTarget) return
  event.preventDefault()
  const last = editor.state.doc.lastChild
  const { tr } = editor.state
  if (last && !last.isTextblock) {
    const paragraph = editor.state.schema.nodes.paragraph?.create()
    if (paragraph) tr.insert(tr.doc.content.size, paragraph)
  }
  editor.view.dispatch(tr.setSelection(TextSelection.atEnd(tr.doc)))
  editor.view.focus()
}
