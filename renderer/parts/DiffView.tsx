import { type ReactNode, type Ref, useId } from 'react'
import type { DiffLine } from '../../shared/domain/diff.ts'
import { cx } from '../ui/index.ts'
import styles from './DiffView.module.css'

interface DiffViewProps {
  lines: readonly DiffLine[]
  /** Which of the changed lines is the current one, counted from 0. */
  current?: number
  ref?: Ref<HTMLDivElement>
}

/** A text with what went struck and what came underlined; an edge marks every line that is not the same. */
export function DiffView({ lines, current, ref }: DiffViewProps) {
  const id = useId()
  let change = -1
  return (
    <div ref={ref} className={styles.diff}>
      {lines.map((line, index) => {
        const changed = line.fate !== 'same'
        if (changed) change += 1
        const at = change
        return (
          <div
            key={`${id}-${index}`}
            data-change={changed ? at : undefined}
            data-depth={Math.min(line.look.depth, 6)}
            className={cx(
              styles.line,
              styles[line.look.kind],
              line.look.quote && styles.quote,
              line.look.cell && styles.cell,
              changed && styles.changed,
              changed && at === current && styles.current,
            )}
          >
            {line.look.marker && <span className={styles.marker}>{line.look.marker}</span>}
            <Words line={line} />
          </div>
        )
      })}
    </div>
  )
}

function Words({ line }: { line: DiffLine }) {
  const words: ReactNode[] = line.parts.map(({ fate, text }, index) => {
    if (fate === 'in') return <ins key={index}>{text}</ins>
    if (fate === 'out') return <del key={index}>{text}</del>
    return text
  })
  if (line.look.kind === 'rule') return <hr />
  const onlyLooks = line.fate === 'changed' && line.parts.every(({ fate }) => fate === 'same')
  const body = (
    <>
      {words}
      {onlyLooks && <span className={styles.looks}>looks changed</span>}
    </>
  )
  if (line.look.kind === 'heading') {
    const Heading = HEADINGS[line.look.level] ?? 'h6'
    return <Heading className={styles[`h${Math.min(line.look.level, 4)}`]}>{body}</Heading>
  }
  return <span className={styles.words}>{body}</span>
}

/** Below the title of the screen and that of the post. */
const HEADINGS: Readonly<Record<number, 'h3' | 'h4' | 'h5' | 'h6'>> = { 1: 'h3', 2: 'h4', 3: 'h5' }
