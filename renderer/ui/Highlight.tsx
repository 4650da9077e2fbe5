import type { ReactNode } from 'react'
import styles from './Highlight.module.css'

export interface HighlightProps {
  text: string
  /** Start and end (exclusive) of each match, in order and without overlap. */
  ranges: readonly (readonly [start: number, end: number])[]
}

/** Text with its matches marked. */
export function Highlight({ text, ranges }: HighlightProps) {
  const parts: ReactNode[] = []
  let at = 0
  for (const [start, end] of ranges) {
    if (start < at || end <= start) continue
    parts.push(text.slice(at, start))
    parts.push(
      <mark key={start} className={styles.mark}>
        {text.slice(start, end)}
      </mark>,
    )
    at = end
  }
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  )
}
