import { Plus } from 'lucide-react'
import { useState } from 'react'
import styles from './Campaign.module.css'

/** One line that adds to a list: Enter adds and stays for the next. */
export function AddLine({
  label,
  placeholder,
  onAdd,
}: {
  label: string
  placeholder: string
  onAdd: (text: string) => void
}) {
  const [text, setText] = useState('')
  const add = () => {
    if (text.trim()) onAdd(text.trim())
    setText('')
  }
  return (
    <div className={styles.add}>
      <Plus aria-hidden size={14} />
      <input
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={add}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter') {
            event.preventDefault()
            add()
          } else if (event.key === 'Escape') {
            event.preventDefault()
            setText('')
          }
        }}
      />
    </div>
  )
}
