import { Direction, Tooltip as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { Keys } from './Kbd.tsx'
import styles from './Tooltip.module.css'

/** Once round the app. `dir` is the direction of the page, which menus, tabs and their arrow keys follow. */
export function TooltipProvider({
  dir = document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr',
  children,
}: {
  dir?: 'ltr' | 'rtl'
  children: ReactNode
}) {
  return (
    <Direction.Provider dir={dir}>
      <Radix.Provider delayDuration={450} skipDelayDuration={200}>
        {children}
      </Radix.Provider>
    </Direction.Provider>
  )
}

export interface TooltipProps {
  label: ReactNode
  keys?: string[]
  side?: 'top' | 'bottom' | 'left' | 'right'
  open?: boolean
  onOpenChange?: (open: boolean) => void
  children: ReactElement
}

/** Says what a control does or why it waits. Never repeats a label that is already visible. */
export function Tooltip({ label, keys, side = 'bottom', open, onOpenChange, children }: TooltipProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content side={side} sideOffset={6} collisionPadding={8} className={styles.tip}>
          {label}
          {keys && <Keys keys={keys} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
