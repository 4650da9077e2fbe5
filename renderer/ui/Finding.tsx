import { CircleAlert, Info, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Finding.module.css'
import { Link } from './Link.tsx'

export interface FindingProps {
  /** An error blocks, a warning asks, a note informs. */
  tone: 'error' | 'warning' | 'note'
  text: ReactNode
  icon?: LucideIcon
  actions?: readonly { label: string; onSelect: () => void }[]
  className?: string
}

const findingIcon = { error: CircleAlert, warning: TriangleAlert, note: Info }
const findingWord = { error: 'Error: ', warning: 'Warning: ', note: '' }

/** One sentence about one problem, with the links that mend it. */
export function Finding({ tone, text, icon, actions = [], className }: FindingProps) {
  const Icon = icon ?? findingIcon[tone]
  return (
    <div className={cx(styles.finding, styles[tone], className)}>
      <Icon aria-hidden size={14} />
      <div className="grow">
        <span className="vh">{findingWord[tone]}</span>
        {text}
        {actions.length > 0 && (
          <div className={styles.actions}>
            {actions.map((action) => (
              <Link key={action.label} strong onClick={action.onSelect}>
                {action.label}
              </Link>
            ))}
          </div>
        )}
      </div>
    </div>
  )
}

export interface BannerProps {
  tone?: 'amber' | 'red' | 'neutral' | 'blue' | 'violet'
  icon?: LucideIcon
  title: ReactNode
  actions?: ReactNode
  className?: string
  children?: ReactNode
}

/** Something the whole app, or the whole screen, has to say. */
export function Banner({ tone = 'amber', icon, title, actions, className, children }: BannerProps) {
  const Icon = icon ?? (tone === 'amber' || tone === 'red' ? TriangleAlert : Info)
  return (
    <section aria-label="Notice" className={cx(styles.banner, styles[`banner-${tone}`], className)}>
      <Icon aria-hidden size={16} />
      <div className="grow">
        <b className="med">{title}</b> {children}
      </div>
      {actions}
    </section>
  )
}
