import { CircleAlert, type LucideIcon, TriangleAlert } from 'lucide-react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { cx } from './cx.ts'
import { Keys } from './Kbd.tsx'
import { announce } from './LiveRegion.tsx'
import styles from './Toast.module.css'

/*
 * Ours rather than a library's: the one at hand styles itself with a style element, which the content policy
 * refuses, and the other takes the Escape key away from dialogs as long as a message stands.
 */

export interface ToastMessage {
  text: string
  /** `refused`: nothing happened, and here is why. `error`: something went wrong. */
  tone?: 'plain' | 'refused' | 'error'
  icon?: LucideIcon
  undo?: () => void
  action?: { label: string; onSelect: () => void }
  /** Milliseconds; 5 s without and 10 s with something to press. Hovering or focusing holds it. */
  duration?: number
  /** A later toast with the same id takes the place of the earlier. */
  id?: string
}

type Shown = ToastMessage & { id: string; serial: number }

/** More would cover the page; the oldest leaves. */
const most = 3
let shown: readonly Shown[] = []
let serial = 0
const listeners = new Set<() => void>()

function put(next: readonly Shown[]): void {
  shown = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Says what happened, at the foot of the window and to screen readers. Returns its id. */
export function toast(message: ToastMessage): string {
  serial += 1
  const id = message.id ?? `toast-${serial}`
  put([...shown.filter((other) => other.id !== id), { ...message, id, serial }].slice(-most))
  announce(message.text, message.tone === 'error')
  return id
}

export function dismissToast(id: string): void {
  put(shown.filter((other) => other.id !== id))
}

/** Takes the Undo away from what is shown: something newer was done, and undo would take that back instead. */
export function withdrawUndo(): void {
  if (shown.some(({ undo }) => undo)) put(shown.map(({ undo: _late, ...message }) => message))
}

const toneIcon = { plain: undefined, refused: CircleAlert, error: TriangleAlert }

function Message({ id, text, tone = 'plain', icon, undo, action, duration }: Shown) {
  const [held, setHeld] = useState(false)
  const Icon = icon ?? toneIcon[tone]
  const lasts = duration ?? (undo || action ? 10_000 : 5_000)

  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => dismissToast(id), lasts)
    return () => clearTimeout(timer)
  }, [held, id, lasts])

  const press = (act: () => void) => () => {
    dismissToast(id)
    act()
  }

  return (
    <li
      data-toast
      className={cx(styles.toast, tone === 'error' && styles.error)}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {Icon && <Icon aria-hidden size={14} />}
      <span className={styles.text}>{text}</span>
      {action && (
        <button type="button" className={styles.act} onClick={press(action.onSelect)}>
          {action.label}
        </button>
      )}
      {undo && (
        <button type="button" className={styles.act} onClick={press(undo)}>
          Undo <Keys keys={['Mod', 'Z']} plain />
        </button>
      )}
    </li>
  )
}

/** True for what lies in a toast: pressing it must not count as pressing beside a dialog. */
export function isInToast(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-toast]') !== null
}

/** The place of the toasts; F8 moves the focus to the newest. Once in the app. */
export function Toaster() {
  const toasts = useSyncExternalStore(subscribe, () => shown)
  const place = useRef<HTMLElement>(null)

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'F8') return
      const buttons = place.current?.querySelectorAll('button')
      buttons?.[buttons.length - 1]?.focus()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])

  return (
    <section ref={place} aria-label="Messages (F8)" className={styles.place}>
      <ol className={styles.list}>
        {toasts.map((message) => (
          <Message key={message.serial} {...message} />
        ))}
      </ol>
    </section>
  )
}
