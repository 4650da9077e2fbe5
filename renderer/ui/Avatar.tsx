import styles from './Avatar.module.css'
import { cx } from './cx.ts'

export interface AvatarProps {
  initials: string
  name: string
  size?: 20 | 24 | 28
  className?: string
}

/** A person as initials; the name is the tooltip and what screen readers say. */
export function Avatar({ initials, name, size = 20, className }: AvatarProps) {
  return (
    <span role="img" aria-label={name} title={name} className={cx(styles.face, styles[`s${size}`], className)}>
      {initials}
    </span>
  )
}

export interface AvatarStackProps {
  people: readonly { id: string; initials: string; name: string }[]
  max?: number
  size?: 20 | 24 | 28
  className?: string
}

export function AvatarStack({ people, max = 3, size = 24, className }: AvatarStackProps) {
  const rest = people.slice(max)
  return (
    <span className={cx(styles.stack, className)}>
      {people.slice(0, max).map((person) => (
        <Avatar key={person.id} initials={person.initials} name={person.name} size={size} />
      ))}
      {rest.length > 0 && (
        <Avatar initials={`+${rest.length}`} name={rest.map((person) => person.name).join(', ')} size={size} />
      )}
    </span>
  )
}
