import { type ComponentProps, type FocusEvent, useEffect, useRef } from 'react'

const FOCUSABLE = 'button:not(:disabled), a[href], input:not(:disabled), textarea:not(:disabled)'
const controlsOf = (row: Element | undefined) => [...(row?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [])]

/** A list whose rows go when they are done with: the row after takes the focus of one that went, at the same control. */
export function Rows({ as = 'ul', ...rest }: ComponentProps<'ul'> & { as?: 'ul' | 'tbody' }) {
  // A body of a table takes what a list takes.
  const List = as as 'ul'
  const list = useRef<HTMLUListElement>(null)
  /** Which row has the focus, and which of its controls. */
  const at = useRef<{ row: number; control: number } | null>(null)
  const rows = () => [...(list.current?.children ?? [])].filter((row) => controlsOf(row).length > 0)

  useEffect(() => {
    if (!at.current || document.activeElement !== document.body) return
    const controls = controlsOf(rows()[Math.min(at.current.row, rows().length - 1)])
    controls[Math.min(at.current.control, controls.length - 1)]?.focus()
  })
  const onFocus = ({ target }: FocusEvent) => {
    const row = rows().findIndex((each) => each.contains(target))
    at.current = row < 0 ? null : { row, control: controlsOf(rows()[row]).indexOf(target as HTMLElement) }
  }
  const onBlur = ({ target, relatedTarget, currentTarget }: FocusEvent) => {
    // On the way to another row; that one has said so already where a key moved it.
    if (currentTarget.contains(relatedTarget)) return
    // Left, or gone? That is known once the list is drawn.
    queueMicrotask(() => {
      if (target.isConnected) at.current = null
    })
  }
  return <List {...rest} ref={list} onFocus={onFocus} onBlur={onBlur} />
}
