import { Popover as Radix } from 'radix-ui'
import { type ReactElement, type ReactNode, useMemo, useRef } from 'react'
import { cx } from './cx.ts'
import { usePopupLayer } from './layer.ts'
import styles from './Popover.module.css'
import popup from './popup.module.css'

interface PopoverBase {
  /** The accessible name. */
  label: string
  side?: 'top' | 'bottom' | 'left' | 'right'
  align?: 'start' | 'center' | 'end'
  /** Pixels. */
  width?: number
  padded?: boolean
  /** The keys stay where they are: it opened because something was pointed at. */
  quiet?: boolean
  className?: string
  children: ReactNode
}

function Content({
  anchored,
  label,
  side = 'bottom',
  align = 'start',
  width,
  padded = true,
  quiet,
  className,
  children,
}: PopoverBase & { anchored?: boolean }) {
  const zIndex = usePopupLayer()
  const before = useRef<Element | null>(null)
  return (
    <Radix.Portal>
      <Radix.Content
        aria-label={label}
        side={side}
        align={align}
        sideOffset={4}
        collisionPadding={8}
        className={cx(popup.surface, styles.popover, padded && styles.padded, className)}
        style={{ inlineSize: width, zIndex }}
        onCloseAutoFocus={(event) => {
          // Without a trigger the library has nowhere to give the focus back to. What was pressed outside keeps it.
          if (!anchored) return
          event.preventDefault()
          const lost = document.activeElement === null || document.activeElement === document.body
          if (lost && before.current instanceof HTMLElement && before.current.isConnected) before.current.focus()
        }}
        onOpenAutoFocus={(event) => {
          before.current = document.activeElement
          if (quiet) return event.preventDefault()
          const wanted = event.target instanceof HTMLElement ? event.target.querySelector('[data-autofocus]') : null
          if (!(wanted instanceof HTMLElement)) return
          event.preventDefault()
          wanted.focus()
        }}
      >
        {children}
      </Radix.Content>
    </Radix.Portal>
  )
}

export interface PopoverProps extends PopoverBase {
  trigger: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

export function Popover({ trigger, open, onOpenChange, ...content }: PopoverProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Content {...content} />
    </Radix.Root>
  )
}

export interface PopoverAnchoredProps extends PopoverBase {
  /** Where it opens: an element, or anything that knows its rectangle. */
  anchor: { getBoundingClientRect: () => DOMRect }
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** A popover beside a place instead of a button: a day cell, a selection of text. */
export function PopoverAnchored({ anchor, open, onOpenChange, ...content }: PopoverAnchoredProps) {
  const virtualRef = useMemo(() => ({ current: anchor }), [anchor])
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Anchor virtualRef={virtualRef} />
      <Content anchored {...content} />
    </Radix.Root>
  )
}
