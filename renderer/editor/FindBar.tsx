import { ArrowDown, ArrowUp, CaseSensitive, Replace, ReplaceAll, Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { announce, Button, IconButton, TextField } from '../ui/index.ts'
import styles from './Editor.module.css'
import { findState, goTo, replaceAll, replaceOne, setQuery, step } from './find.ts'
import { type EditorHandle, useEditorValue } from './handle.ts'

/** Find and replace in the open text. Enter goes on, Shift+Enter back, Escape returns to the text. */
export function FindBar({
  handle,
  replacing,
  onClose,
}: {
  handle: EditorHandle
  replacing: boolean
  onClose: () => void
}) {
  const { editor } = handle
  const [text, setText] = useState(() => selectedWords(handle))
  const [matchCase, setMatchCase] = useState(false)
  const [replacement, setReplacement] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const count = useEditorValue(editor, () => {
    const { matches, at } = findState(editor.state)
    return `${matches.length === 0 ? 0 : at + 1} of ${matches.length}`
  })
  const none = count === '0 of 0'

  useEffect(() => {
    field.current?.focus()
    field.current?.select()
    return () => setQuery(editor.view, { text: '', matchCase: false })
  }, [editor])

  useEffect(() => {
    setQuery(editor.view, { text, matchCase })
    const { matches, at } = findState(editor.state)
    if (matches.length > 0) goTo(editor.view, at)
  }, [editor, text, matchCase])

  const close = () => {
    onClose()
    handle.focus()
  }
  const all = () => {
    const done = replaceAll(editor.view, replacement)
    // The button has nothing left to do and would take the focus with it.
    field.current?.focus()
    announce(done === 1 ? 'Replaced 1 place.' : `Replaced ${done} places.`)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: the search element is not known to all screen readers yet
    <div
      role="search"
      aria-label="Find in the text"
      className={styles.find}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Escape') {
          event.preventDefault()
          event.stopPropagation()
          close()
        }
      }}
    >
      <TextField
        ref={field}
        size="md"
        icon={Search}
        aria-label="Find"
        placeholder="Find"
        value={text}
        onChange={setText}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) step(editor.view, event.shiftKey ? -1 : 1)
        }}
        end={
          <span className={styles.findCount} role="status">
            {text ? count : ''}
          </span>
        }
      />
      <IconButton
        size="sm"
        icon={CaseSensitive}
        label="Heed capitals"
        pressed={matchCase}
        onClick={() => setMatchCase(!matchCase)}
      />
      <IconButton
        size="sm"
        icon={ArrowUp}
        label="Previous"
        keys={['Shift', 'Enter']}
        disabled={none}
        onClick={() => step(editor.view, -1)}
      />
      <IconButton
        size="sm"
        icon={ArrowDown}
        label="Next"
        keys={['Enter']}
        disabled={none}
        onClick={() => step(editor.view, 1)}
      />
      {replacing && (
        <>
          <TextField
            size="md"
            aria-label="Replace with"
            placeholder="Replace with"
            value={replacement}
            onChange={setReplacement}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.nativeEvent.isComposing) replaceOne(editor.view, replacement)
            }}
          />
          <IconButton
            size="sm"
            icon={Replace}
            label="Replace this one"
            disabled={none}
            onClick={() => replaceOne(editor.view, replacement)}
          />
          <Button size="sm" icon={ReplaceAll} disabled={none} onClick={all}>
            All
          </Button>
        </>
      )}
      <span className="grow" />
      <IconButton size="sm" icon={X} label="Close" keys={['Escape']} onClick={close} />
    </div>
  )
}

/** A short selection is what one wants to find. */
function selectedWords({ editor }: EditorHandle): string {
  const { from, to } = editor.state.selection
  const words = editor.state.doc.textBetween(from, to, '\n')
  return words.length <= 80 && !words.includes('\n') ? words : ''
}
