import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './EmptyState.module.css'

export type Illustration = 'pennant' | 'calendar' | 'page' | 'inbox' | 'board' | 'chart' | 'media' | 'search'

/** Line drawings of 120 x 64: `line` in the line ink, `accent` the one stroke that carries the point. */
const drawings: Record<Illustration, ReactNode> = {
  pennant: (
    <>
      <path
        className={styles.line}
        d="M60 58V12M50 58h20M44 14a18 18 0 0 0 0 22M36 8a28 28 0 0 0 0 34M94 30a28 28 0 0 0-2-20"
      />
      <path className={styles.accent} d="M60 12h22l-6 6.5 6 6.5H60z" />
    </>
  ),
  calendar: (
    <>
      <rect className={styles.sheet} x="14" y="10" width="92" height="46" rx="4" />
      <path className={styles.line} d="M14 22h92M37 22v34M60 22v34M83 22v34M14 39h92" />
      <rect className={styles.accent} x="63" y="42" width="17" height="10" rx="2" strokeDasharray="3 2.4" />
    </>
  ),
  page: (
    <>
      <rect className={styles.sheet} x="34" y="6" width="52" height="52" rx="4" />
      <path className={styles.line} d="M43 18h26M43 26h34M43 34h16" />
      <path className={styles.accent} d="M63 29v10" />
    </>
  ),
  inbox: (
    <>
      <path className={styles.sheet} d="M30 34l8-20h44l8 20v18a4 4 0 0 1-4 4H34a4 4 0 0 1-4-4z" />
      <path className={styles.line} d="M30 34h17l4 7h18l4-7h17" />
      <path className={styles.stroke} d="M53 24l5 5 9-10" />
    </>
  ),
  board: (
    <>
      <rect className={styles.line} x="12" y="10" width="28" height="44" rx="4" />
      <rect className={styles.line} x="46" y="10" width="28" height="44" rx="4" />
      <rect className={styles.line} x="80" y="10" width="28" height="44" rx="4" />
      <rect className={styles.accent} x="16" y="15" width="20" height="13" rx="2.5" />
    </>
  ),
  chart: (
    <>
      <path className={styles.line} d="M22 8v46h78" />
      <path className={styles.line} strokeDasharray="1 4" d="M30 44l16-9 14 4 16-15 18-8" />
      <circle className={styles.accent} cx="94" cy="16" r="3.5" />
    </>
  ),
  media: (
    <>
      <rect className={styles.line} x="26" y="14" width="40" height="40" rx="4" />
      <rect className={styles.sheet} x="42" y="8" width="52" height="40" rx="4" />
      <circle className={styles.line} cx="80" cy="20" r="4" />
      <path className={styles.stroke} d="M44 42l15-14 11 10 8-7 14 12" />
    </>
  ),
  search: (
    <>
      <circle className={styles.sheet} cx="54" cy="28" r="18" />
      <path className={styles.line} d="M67 41l15 15" />
      <path className={styles.stroke} d="M46 28h16" />
    </>
  ),
}

export interface EmptyStateProps {
  illustration?: Illustration
  /** One sentence that teaches. */
  sentence: ReactNode
  action?: ReactNode
  link?: ReactNode
  /** For a panel or a column: smaller, without the drawing's room. */
  compact?: boolean
  className?: string
}

export function EmptyState({ illustration, sentence, action, link, compact, className }: EmptyStateProps) {
  return (
    <div className={cx(styles.empty, compact && styles.compact, className)}>
      {illustration && (
        <svg width="120" height="64" viewBox="0 0 120 64" fill="none" aria-hidden="true">
          {drawings[illustration]}
        </svg>
      )}
      <p className={styles.sentence}>{sentence}</p>
      {action}
      {link}
    </div>
  )
}
