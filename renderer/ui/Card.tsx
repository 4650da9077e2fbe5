import type { ComponentProps } from 'react'
import styles from './Card.module.css'
import { cx, vars } from './cx.ts'
import { type Hue, hueVar } from './types.ts'

export interface CardProps extends ComponentProps<'div'> {
  as?: 'div' | 'li' | 'article'
  /** A cap of 4 px in this hue. */
  hue?: Hue
  interactive?: boolean
  selected?: boolean
  padded?: boolean
}

export function Card({ as = 'div', hue, interactive, selected, padded, className, style, ...rest }: CardProps) {
  // The three take the same attributes; to the type checker they are one.
  const Element = as as 'div'
  return (
    <Element
      {...rest}
      className={cx(
        styles.card,
        hue && styles.capped,
        interactive && styles.interactive,
        selected && styles.selected,
        padded && styles.padded,
        className,
      )}
      style={hue ? { ...vars({ '--ch': hueVar(hue) }), ...style } : style}
    />
  )
}
