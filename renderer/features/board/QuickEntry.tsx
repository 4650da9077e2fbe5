import { useEffect, useRef, useState } from 'react'
import styles from './Board.module.css'

interface QuickEntryProps {
  label: string
  onSave: (name: string) => Promise<void>
  onClose: () => void
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
          if (!save()) onClose()
        } else if (event.key === 'Escape') {
          event.preventDefault()
          stopped.current = true
          onClose()
        }
      }}
      onBlur={() => {
        if (stopped.current) return
        save()
        onClose()
      }}
    />
  )
}
