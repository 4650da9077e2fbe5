import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Properties.module.css'

export function PropertyList({ children, className }: { children: ReactNode; className?: string }) {
  return <dl className={cx(styles.list, className)}>{children}</dl>
}

/** A label of 84 px and its value. */
export function PropertyRow({
  label,
  children,
  className,
}: {
  label: string
  children: ReactNode
  className?: string
}) {
  return (
    <div className={cx(styles.row, className)}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
