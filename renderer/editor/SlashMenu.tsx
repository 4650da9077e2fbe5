import { useEffect, useId, useRef, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { cx } from '../ui/index.ts'
import styles from './Editor.module.css'
import type { SlashStore } from './slash.ts'

const WIDTH = 232
const HEIGHT = 320

/** The list that opens at the slash. The focus stays in the text, which names the highlighted item to screen readers. */
export function SlashMenu({ store, editable }: { store: SlashStore; editable: () => HTMLElement | null }) {
  const open = useSyncExternalStore(store.subscribe, store.get)
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const current = open?.items[open.at]

  useEffect(() => {
    const dom = editable()
    if (!dom) return
    if (!open) {
      for (const name of ['aria-controls', 'aria-activedescendant', 'aria-expanded', 'aria-haspopup'])
        dom.removeAttribute(name)
      return
    }
    dom.setAttribute('aria-haspopup', 'listbox')
    dom.setAttribute('aria-expanded', 'true')
    dom.setAttribute('aria-controls', id)
    if (current) dom.setAttribute('aria-activedescendant', `${id}-${current.id}`)
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [open, current, editable, id])

  if (!open?.rect || open.items.length === 0) return null
  const { rect } = open
  const above = rect.bottom + HEIGHT > window.innerHeight && rect.top > HEIGHT
  const place = {
    insetInlineStart: Math.min(rect.left, window.innerWidth - WIDTH - 8),
    ...(above ? { bottom: window.innerHeight - rect.top + 4 } : { top: rect.bottom + 4 }),
  }
  return createPortal(
    <div ref={list} id={id} role="listbox" aria-label="Insert" className={styles.slash} style={place} tabIndex={-1}>
      {open.items.map((item, index) => (
        // The keys go to the text; the pointer is the only one that gets here.
        // biome-ignore lint/a11y/useKeyWithClickEvents: see above
        <div
          key={item.id}
          id={`${id}-${item.id}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === open.at}
          className={cx(styles.slashItem, index === open.at && styles.slashCurrent)}
          onPointerEnter={() => store.set({ ...open, at: index })}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => open.pick(item)}
        >
          <item.icon aria-hidden size={16} />
          <span className={styles.slashLabel}>{item.label}</span>
          {item.hint && <kbd className={styles.slashHint}>{item.hint}</kbd>}
        </div>
      ))}
    </div>,
    document.body,
  )
}
