import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import styles from './Button.module.css'
import { cx } from './cx.ts'
import { Keys, keysAria } from './Kbd.tsx'
import { Tooltip } from './Tooltip.tsx'
import { type Condition, Unmet, type Waiting } from './Unmet.tsx'

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: 'default' | 'primary' | 'ghost' | 'danger'
  size?: 'sm' | 'md' | 'lg'
  icon?: LucideIcon
  iconEnd?: LucideIcon
  keys?: string[]
  /** What is still missing. With any, the button keeps its place and focus and says so instead of acting. */
  unmet?: readonly Condition[]
  unmetTitle?: string
  pressed?: boolean
}

export function Button({
  variant = 'default',
  size = 'md',
  icon: Icon,
  iconEnd: IconEnd,
  keys,
  unmet,
  unmetTitle = 'Not possible yet',
  pressed,
  className,
  children,
  ...rest
}: ButtonProps) {
  const button = (waiting?: Waiting) => (
    <button
      type="button"
      aria-pressed={pressed}
      aria-keyshortcuts={keys && keysAria(keys)}
      {...rest}
      {...waiting}
      className={cx(styles.button, styles[variant], styles[size], className)}
    >
      {Icon && <Icon aria-hidden size={size === 'sm' ? 14 : 16} />}
      {children}
      {IconEnd && <IconEnd aria-hidden size={size === 'sm' ? 12 : 14} />}
      {keys && <Keys keys={keys} />}
    </button>
  )
  return unmet ? (
    <Unmet conditions={unmet} title={unmetTitle}>
      {button}
    </Unmet>
  ) : (
    button()
  )
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon: LucideIcon
  /** The accessible name, also the tooltip. */
  label: string
  keys?: string[]
  variant?: 'ghost' | 'default' | 'primary'
  size?: 'sm' | 'md'
  pressed?: boolean
  unmet?: readonly Condition[]
  tooltip?: boolean
}

export function IconButton({
  icon: Icon,
  label,
  keys,
  variant = 'ghost',
  size = 'md',
  pressed,
  unmet,
  tooltip = true,
  className,
  ...rest
}: IconButtonProps) {
  const button = (waiting?: Waiting) => (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      aria-keyshortcuts={keys && keysAria(keys)}
      {...rest}
      {...waiting}
      className={cx(styles.button, styles[variant], styles[size], styles.square, className)}
    >
      <Icon aria-hidden size={size === 'sm' ? 14 : 16} />
    </button>
  )
  if (unmet) {
    return (
      <Unmet conditions={unmet} title={label}>
        {button}
      </Unmet>
    )
  }
  return tooltip ? (
    <Tooltip label={label} keys={keys}>
      {button()}
    </Tooltip>
  ) : (
    button()
  )
}
