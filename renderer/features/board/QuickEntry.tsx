import { useEffect, useRef, useState } from 'react'
import styles from './Board.module.css'

interface QuickEntryProps {
  label: string
  onSave: (name: string) => Promise<void>
  /** `toCard`: the focus goes on to the card; false when the user has gone elsewhere. */
  onClose: (toCard: boolean) => void
}

/** One line that becomes a card. Enter saves and takes the next one, Escape stops; leaving it saves what was typed. */
export function QuickEntry({ label, onSave, onClose }: QuickEntryProps) {
  const [text, setText] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const stopped = useRef(false)
  useEffect(() => input.current?.focus({ preventScroll: true }), [])
  const save = () => {
    const name = text.trim()
    setText('')
    if (name) void onSave(name)
    return name !== ''
  }
  return (
    <input
      ref={input}
      className={styles.entry}
      aria-label={label}
      placeholder="Title, then Enter"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Enter') {
          event.preventDefault()
          if (!save()) {
            stopped.current = true
            onClose(true)
          }
        } else if (event.key === 'Escape') {
          event.preventDefault()
          stopped.current = true
          onClose(true)
        }
      }}
      onBlur={() => {
        if (stopped.current) return
        save()
        onClose(false)
      }}
    />
  )
}
