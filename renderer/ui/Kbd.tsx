import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Kbd.module.css'

const onMac = typeof navigator !== 'undefined' && navigator.userAgent.includes('Mac')

const drawn: Record<string, string> = {
  Mod: onMac ? '⌘' : 'Ctrl',
  Alt: onMac ? '⌥' : 'Alt',
  Shift: onMac ? '⇧' : 'Shift',
  Backspace: '⌫',
  Delete: 'Del',
  Enter: '↵',
  Escape: 'Esc',
  Space: 'Space',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
}

/** One key cap. */
export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  return <kbd className={cx(styles.kbd, className)}>{children}</kbd>
}

/** A chord as key caps; `plain` writes it as one word, for dense places. */
export function Keys({ keys, plain, className }: { keys: string[]; plain?: boolean; className?: string }) {
  if (plain) return <kbd className={cx(styles.plain, className)}>{keysText(keys)}</kbd>
  return (
    <span className={cx(styles.keys, className)}>
      {keys.map((key) => (
        <kbd key={key} className={styles.kbd}>
          {drawn[key] ?? key}
        </kbd>
      ))}
    </span>
  )
}

/** The chord as this machine writes it: `Ctrl K` or `⌘ K`. */
export function keysText(keys: string[]): string {
  return keys.map((key) => drawn[key] ?? key).join(' ')
}

/** The chord as `aria-keyshortcuts` wants it: `Control+K`. */
export function keysAria(keys: string[]): string {
  return keys.map((key) => (key === 'Mod' ? (onMac ? 'Meta' : 'Control') : key)).join('+')
}
