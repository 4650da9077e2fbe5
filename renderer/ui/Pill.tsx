import { type LucideIcon, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx, vars } from './cx.ts'
import styles from './Pill.module.css'
import { type Hue, hueVar, type Tone } from './types.ts'

export interface PillProps {
  tone?: Tone
  icon?: LucideIcon
  /** No tint, only a line: nothing is asked of anyone. */
  dashed?: boolean
  struck?: boolean
  className?: string
  children: ReactNode
}

/** A state: icon, word, tint. */
export function Pill({ tone = 'neutral', icon: Icon, dashed, struck, className, children }: PillProps) {
  return (
    <span className={cx(styles.pill, styles[tone], (dashed || struck) && styles.plain, className)}>
      {Icon && <Icon aria-hidden size={12} />}
      {struck ? <s>{children}</s> : children}
    </span>
  )
}

export interface TagProps {
  icon?: LucideIcon
  line?: boolean
  hue?: Hue
  onRemove?: () => void
  removeLabel?: string
  className?: string
  children: ReactNode
}

/** A word that sorts, without being a state. */
export function Tag({ icon: Icon, line, hue, onRemove, removeLabel = 'Remove', className, children }: TagProps) {
  return (
    <span className={cx(styles.tag, line && styles.line, className)}>
      {Icon && <Icon aria-hidden size={12} />}
      {hue && <HueDot hue={hue} />}
      {children}
      {onRemove && (
        <button type="button" aria-label={removeLabel} className={styles.remove} onClick={onRemove}>
          <X aria-hidden size={12} />
        </button>
      )}
    </span>
  )
}

export interface BadgeProps {
  tone?: 'neutral' | 'accent' | 'red'
  /** What is counted, for screen readers. */
  label?: string
  className?: string
  children: ReactNode
}

export function Badge({ tone = 'neutral', label, className, children }: BadgeProps) {
  return (
    <span className={cx(styles.badge, tone !== 'neutral' && styles[`badge-${tone}`], className)}>
      {children}
      {label && <span className="vh"> {label}</span>}
    </span>
  )
}

export interface CallSignProps {
  /** Two letters at most. */
  sign: string
  hue: Hue
  size?: 'sm' | 'lg'
  off?: boolean
  /** Only a line: it is not for real. */
  dashed?: boolean
  /** The network's name, read in place of the letters. */
  title?: string
  className?: string
}

/** The two letters of a network, readable in black and white. */
export function CallSign({ sign, hue, size = 'sm', off, dashed, title, className }: CallSignProps) {
  return (
    <span
      title={title}
      className={cx(
        styles.sign,
        size === 'lg' && styles['sign-lg'],
        off && styles.off,
        dashed && styles.dashed,
        className,
      )}
      style={vars({ '--ch': hueVar(hue) })}
    >
      <span aria-hidden={title ? true : undefined}>{sign}</span>
      {title && <span className="vh">{title}</span>}
    </span>
  )
}

/** A row of call signs, close together. */
export function CallSigns({ children, className }: { children: ReactNode; className?: string }) {
  return <span className={cx(styles.signs, className)}>{children}</span>
}

export function HueDot({ hue, label, className }: { hue?: Hue; label?: string; className?: string }) {
  return (
    <span className={cx(styles.dot, className)} style={hue && vars({ '--ch': hueVar(hue) })}>
      {label && <span className="vh">{label}</span>}
    </span>
  )
}
