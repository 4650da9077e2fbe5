import { type MouseEvent, type PointerEvent, type ReactElement, useState } from 'react'
import { Tooltip } from './Tooltip.tsx'
import styles from './Unmet.module.css'

export interface UnmetProps {
  conditions: readonly string[]
  title: string
  children: ReactElement
}

/** Lists what a waiting button still needs, while it is hovered, focused or pressed. */
export function Unmet({ conditions, title, children }: UnmetProps) {
  const [open, setOpen] = useState(false)
  return (
    <Tooltip
      open={open}
      onOpenChange={setOpen}
      label={
        <span className={styles.list}>
          <b>{title}</b>
          <ol>
            {conditions.map((condition) => (
              <li key={condition}>{condition}</li>
            ))}
          </ol>
        </span>
      }
    >
      {children}
    </Tooltip>
  )
}

/** Handlers that keep a waiting button where it is: nothing happens and its list stays open. */
export const waiting = {
  'aria-disabled': true,
  onClick: (event: MouseEvent) => {
    event.preventDefault()
    event.stopPropagation()
  },
  onPointerDown: (event: PointerEvent) => event.preventDefault(),
} as const
