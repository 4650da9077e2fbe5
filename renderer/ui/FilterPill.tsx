import { ChevronDown, type LucideIcon, X } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cx } from './cx.ts'
import styles from './FilterPill.module.css'

export interface FilterPillProps extends Omit<ComponentProps<'button'>, 'children'> {
  label: string
  count?: number
  set?: boolean
  onClear?: () => void
  icon?: LucideIcon
}

/** A filter in a toolbar: opens its list, and once set can be taken off with its own button. */
export function FilterPill({ label, count, set, onClear, icon: Icon, className, ...rest }: FilterPillProps) {
  const clearable = set && onClear
  return (
    <span className={cx(styles.filter, set && styles.set, className)}>
      <button type="button" {...rest} className={cx(styles.open, clearable && styles.joined)}>
        {Icon && <Icon aria-hidden size={14} />}
        {label}
        {count !== undefined && <span className={styles.count}>{count}</span>}
        {!clearable && <ChevronDown aria-hidden size={12} />}
      </button>
      {clearable && (
        <button type="button" aria-label={`Clear filter: ${label}`} className={styles.clear} onClick={onClear}>
          <X aria-hidden size={12} />
        </button>
      )}
    </span>
  )
}
