import { CircleAlert, type LucideIcon, TriangleAlert } from 'lucide-react'
import { Toast as Radix } from 'radix-ui'
import { useSyncExternalStore } from 'react'
import { cx } from './cx.ts'
import { Keys } from './Kbd.tsx'
import styles from './Toast.module.css'

export interface ToastMessage {
  text: string
  /** `refused`: nothing happened, and here is why. `error`: something went wrong. */
  tone?: 'plain' | 'refused' | 'error'
  icon?: LucideIcon
  undo?: () => void
  action?: { label: string; onSelect: () => void }
  /** Milliseconds; 5 s without and 10 s with something to press. Hovering or focusing waits. */
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

/** Says what happened, at the foot of the window and to screen readers. Returns its id. */
export function toast(message: ToastMessage): string {
  serial += 1
  const id = message.id ?? `toast-${serial}`
  put([...shown.filter((other) => other.id !== id), { ...message, id, serial }].slice(-most))
  return id
}

export function dismissToast(id: string): void {
  put(shown.filter((other) => other.id !== id))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const toneIcon = { plain: undefined, refused: CircleAlert, error: TriangleAlert }

/** The place of the toasts; F8 moves the focus there. Once in the app. */
export function Toaster() {
  const toasts = useSyncExternalStore(subscribe, () => shown)
  return (
    <Radix.Provider label="Message" swipeDirection="down">
      {toasts.map(({ id, serial: key, text, tone = 'plain', icon, undo, action, duration }) => {
        const Icon = icon ?? toneIcon[tone]
        return (
          <Radix.Root
            key={key}
            duration={duration ?? (undo || action ? 10_000 : 5_000)}
            onOpenChange={(open) => !open && dismissToast(id)}
            className={cx(styles.toast, tone === 'error' && styles.error)}
          >
            {Icon && <Icon aria-hidden size={14} />}
            <Radix.Description className={styles.text}>{text}</Radix.Description>
            {action && (
              <Radix.Action altText={action.label} className={styles.act} onClick={action.onSelect}>
                {action.label}
              </Radix.Action>
            )}
            {undo && (
              <Radix.Action altText="Undo" className={styles.act} onClick={undo}>
                Undo <Keys keys={['Mod', 'Z']} plain />
              </Radix.Action>
            )}
          </Radix.Root>
        )
      })}
      <Radix.Viewport label="Messages ({hotkey})" className={styles.viewport} />
    </Radix.Provider>
  )
}
