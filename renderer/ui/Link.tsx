import { ExternalLink } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Link.module.css'

export interface LinkProps {
  href?: string
  onClick?: (event: MouseEvent) => void
  strong?: boolean
  /** Leaves the app; drawn with the arrow that says so. */
  external?: boolean
  className?: string
  children: ReactNode
}

/** A link with an address, or without one a button that looks like a link. */
export function Link({ href, onClick, strong, external, className, children }: LinkProps) {
  const name = cx(styles.link, strong && styles.strong, className)
  const arrow = external && <ExternalLink aria-hidden size={12} />
  return href === undefined ? (
    <button type="button" className={name} onClick={onClick}>
      {children}
      {arrow}
    </button>
  ) : (
    <a href={href} className={name} onClick={onClick} {...(external ? { target: '_blank', rel: 'noreferrer' } : {})}>
      {children}
      {arrow}
    </a>
  )
}
