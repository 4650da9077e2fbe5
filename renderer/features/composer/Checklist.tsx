import { Plus, X } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import type { ChecklistItem, Post } from '../../../shared/domain/post.ts'
import { newId } from '../../../shared/lib/ids.ts'
import { editPosts } from '../../data/commands/posts.ts'
import { useDeps } from '../../ports/deps.tsx'
import { announce, Checkbox, IconButton, Rows, SectionHead, TextField } from '../../ui/index.ts'
import styles from './Write.module.css'

/** Small things to do before a post is done. Alt and an arrow moves a line, Backspace in an empty one deletes it. */
export function Checklist({ post }: { post: Post }) {
  const { store } = useDeps()
  const [fresh, setFresh] = useState('')
  const { checklist } = post
  const done = checklist.filter((item) => item.done).length
  const set = (next: readonly ChecklistItem[], what = 'Checklist') =>
    void editPosts(store, [post.id], { checklist: next }, what)

  const add = () => {
    const text = fresh.trim()
    if (!text) return
    set([...checklist, { id: newId(), text, done: false }])
    setFresh('')
  }
  const move = (at: number, by: number) => {
    const to = at + by
    const item = checklist[at]
    if (!item || to < 0 || to >= checklist.length) return
    set(checklist.toSpliced(at, 1).toSpliced(to, 0, item))
    announce(`${item.text}: place ${to + 1} of ${checklist.length}`)
    // The row keeps the focus: the list is drawn anew in its new order.
    const list = document.activeElement?.closest('ul')
    requestAnimationFrame(() => list?.querySelectorAll<HTMLInputElement>('input[type="text"]')[to]?.focus())
  }

  return (
    <div className={styles.section}>
      <SectionHead
        title="Checklist"
        level={2}
        note={checklist.length > 0 ? `${done} of ${checklist.length} done` : undefined}
      />
      <Rows className={styles.checks}>
        {checklist.map((item, at) => (
          <CheckRow
            key={item.id}
            item={item}
            onMove={(by) => move(at, by)}
            onChange={(fields) => set(checklist.map((each) => (each.id === item.id ? { ...each, ...fields } : each)))}
            onDelete={() => set(checklist.filter((each) => each.id !== item.id))}
          />
        ))}
      </Rows>
      <div className={styles.checkAdd}>
        <Plus aria-hidden size={14} />
        <input
          className={styles.bare}
          aria-label="Add to the checklist"
          placeholder="Add something to do"
          value={fresh}
          onChange={(event) => setFresh(event.target.value)}
          onBlur={add}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) add()
          }}
        />
      </div>
    </div>
  )
}

interface CheckRowProps {
  item: ChecklistItem
  onMove: (by: number) => void
  onChange: (fields: Partial<ChecklistItem>) => void
  onDelete: () => void
}

function CheckRow({ item, onMove, onChange, onDelete }: CheckRowProps) {
  const [text, setText] = useState<string | null>(null)
  const leave = () => {
    const next = text?.trim()
    if (next && next !== item.text) onChange({ text: next })
    setText(null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault()
      onMove(event.key === 'ArrowUp' ? -1 : 1)
    } else if (event.key === 'Enter') leave()
    else if (event.key === 'Backspace' && (text ?? item.text) === '') onDelete()
  }
  return (
    <li className={styles.check}>
      <Checkbox checked={item.done} onChange={(done) => onChange({ done })} label={`Done: ${item.text}`} />
      <TextField
        size="md"
        className={item.done ? `${styles.checkText} ${styles.checkDone}` : styles.checkText}
        aria-label="To do"
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        value={text ?? item.text}
        onChange={setText}
        onBlur={leave}
        onKeyDown={onKeyDown}
      />
      <IconButton size="sm" icon={X} label={`Delete: ${item.text}`} tooltip={false} onClick={onDelete} />
    </li>
  )
}
