import { Command as Cmdk } from 'cmdk'
import { Search, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useSearchProgress } from '../../ports/search.ts'
import { Dialog, Kbd, Keys } from '../../ui/index.ts'
import styles from './Palette.module.css'
import { type PaletteRow, usePaletteGroups } from './usePaletteGroups.tsx'

/** Search over everything, and every command there is: one field. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('')
  const [value, setValue] = useState('')
  const moved = useRef(false)
  const field = useRef<HTMLInputElement>(null)
  const { groups, settled, subject, letGo } = usePaletteGroups(typed)
  const { done, total } = useSearchProgress()
  const rows = groups.flatMap((group) => group.rows)
  const first = rows[0]?.id ?? ''

  // What is found later must not leave Enter on a row further down, unless someone went there.
  useEffect(() => {
    if (!moved.current) setValue(first)
  }, [first])

  useStepBack(typed !== '', () => setTyped(''))

  // Done once the focus is back: a command may need it there, or take it elsewhere.
  const chosen = useRef<() => void>(undefined)
  const run = (act: () => void) => {
    chosen.current = act
    onClose()
  }
  // Enter right after the last letter means what the list narrows to, not what still stands there. Pressed again, it does not wait.
  const early = useRef<((row: PaletteRow) => void) | null>(null)
  useEffect(() => {
    if (!settled || !early.current) return
    if (rows[0]) early.current(rows[0])
    early.current = null
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const row = rows.find(({ id }) => id === value)
    const other = event.ctrlKey || event.metaKey
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') moved.current = true
    if (event.key === 'Enter' && !settled && !moved.current && !early.current) {
      event.preventDefault()
      early.current = (best) => run((other && best.alternative?.run) || best.run)
    } else if (event.key === 'Enter' && other && row?.alternative) {
      event.preventDefault()
      run(row.alternative.run)
    } else if (event.key === 'Tab' && !event.shiftKey && row?.fill) {
      event.preventDefault()
      setTyped(row.fill)
    } else if (event.key === 'Backspace' && typed === '') letGo?.()
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      onClosed={() => chosen.current?.()}
      title="Search or do"
      hideTitle
      top
      flush
      className={styles.palette}
      initialFocus={field}
    >
      <Cmdk
        label="Search or do"
        shouldFilter={false}
        loop
        vimBindings={false}
        value={value}
        onValueChange={setValue}
        onKeyDown={onKeyDown}
        className={styles.command}
      >
        <div className={styles.field}>
          <Search aria-hidden size={16} />
          <Cmdk.Input
            ref={field}
            value={typed}
            onValueChange={(text) => {
              moved.current = false
              early.current = null
              setTyped(text)
            }}
            placeholder="Search, do, or type a post: thu 9:30 linkedin seam test"
            className={styles.input}
          />
          {subject && !letGo && (
            <span className={styles.subject}>
              <span className={styles.ell}>On {subject}</span>
            </span>
          )}
          {subject && letGo && (
            <button type="button" className={styles.subject} onClick={letGo} aria-label={`On ${subject}: let go`}>
              <span className={styles.ell}>On {subject}</span>
              <X aria-hidden size={12} />
            </button>
          )}
        </div>
        <Cmdk.List className={styles.list} onPointerMove={() => (moved.current = true)}>
          {rows.length === 0 && (
            <p className={styles.none}>Nothing says “{typed.trim()}”, and no command is called that.</p>
          )}
          {groups.map((group) => (
            <Cmdk.Group key={group.heading} heading={group.heading} className={styles.group}>
              {group.rows.map((row) => (
                <Cmdk.Item
                  key={row.id}
                  value={row.id}
                  onSelect={() => run(row.run)}
                  className={styles.row}
                  data-tall={row.tall || undefined}
                >
                  {row.icon}
                  <span className={styles.words}>{row.label}</span>
                  {row.end}
                  {row.keys && <Keys keys={row.keys} />}
                </Cmdk.Item>
              ))}
            </Cmdk.Group>
          ))}
        </Cmdk.List>
        <div className={styles.foot}>
          <Hint keys={['↑', '↓']} text="choose" />
          <Hint keys={['↵']} text="do" />
          {rows.find(({ id }) => id === value)?.alternative ? (
            <span className={styles.hint}>
              <Keys keys={['Mod', 'Enter']} /> {rows.find(({ id }) => id === value)?.alternative?.words}
            </span>
          ) : (
            <Hint keys={['Tab']} text="fill in" />
          )}
          <span className={styles.grow} role="status">
            {done < total && `still indexing ${done} of ${total}`}
          </span>
          <Hint keys={['>']} text="commands only" />
          <Hint keys={['@']} text="people" />
          <Hint keys={['#']} text="campaigns" />
        </div>
      </Cmdk>
    </Dialog>
  )
}

const Hint = ({ keys, text }: { keys: readonly string[]; text: string }) => (
  <span className={styles.hint}>
    {keys.map((key) => (
      <Kbd key={key}>{key}</Kbd>
    ))}{' '}
    {text}
  </span>
)

/** Escape empties the field before it closes the dialog, which listens on the document: this must hear it first. */
function useStepBack(active: boolean, step: () => void): void {
  const latest = useRef(step)
  latest.current = step
  useEffect(() => {
    if (!active) return
    const listen = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing) return
      event.stopPropagation()
      event.preventDefault()
      latest.current()
    }
    window.addEventListener('keydown', listen, true)
    return () => window.removeEventListener('keydown', listen, true)
  }, [active])
}
