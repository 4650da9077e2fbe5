import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, type RefObject, useRef } from 'react'
import { IconButton } from './Button.tsx'
import { cx } from './cx.ts'
import styles from './Dialog.module.css'
import { InDialog } from './layer.ts'
import { isInToast } from './Toast.tsx'

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** After it was closed and the focus is back where it was. */
  onClosed?: () => void
  title: string
  hideTitle?: boolean
  description?: ReactNode
  size?: 'sm' | 'md' | 'lg' | 'xl' | 'full'
  footer?: ReactNode
  /** No padding round the body. */
  flush?: boolean
  /** Near the top of the window, as the palette stands. */
  top?: boolean
  initialFocus?: RefObject<HTMLElement | null>
  className?: string
  children?: ReactNode
}

/** Where the focus was before the dialog that is open; one that takes the place of another gives it back there. */
let home: Element | null = null

/** Only for what cannot be undone, or what is a small task of its own. The rest is a panel or a page. */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, hideTitle, description, size = 'sm', footer, flush, top, initialFocus } = props
  const before = useRef<Element | null>(null)
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        {/* Not the library's overlay: that one locks scrolling with a style element, and the page never scrolls. */}
        <div className={cx(styles.veil, top && styles.top)}>
          <Radix.Content
            className={cx(styles.dialog, styles[size], props.className)}
            {...(description ? {} : { 'aria-describedby': undefined })}
            onInteractOutside={(event) => {
              if (isInToast(event.detail.originalEvent.target)) event.preventDefault()
            }}
            onCloseAutoFocus={(event) => {
              // The library gives the focus back to a trigger, and this dialog has none.
              event.preventDefault()
              if (home === before.current) home = null
              if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus()
              props.onClosed?.()
            }}
            onOpenAutoFocus={(event) => {
              const { activeElement, body } = document
              before.current = activeElement === body ? (home ?? body) : activeElement
              home = before.current
              if (!initialFocus?.current) return
              event.preventDefault()
              initialFocus.current.focus()
            }}
          >
            <InDialog value={true}>
              {hideTitle ? (
                <Radix.Title className="vh">{title}</Radix.Title>
              ) : (
                <header className={styles.head}>
                  <Radix.Title className={styles.title}>{title}</Radix.Title>
                  {size !== 'sm' && (
                    <Radix.Close asChild>
                      <IconButton icon={X} label="Close" keys={['Escape']} tooltip={false} />
                    </Radix.Close>
                  )}
                </header>
              )}
              {description && (
                <Radix.Description asChild>
                  <div className={styles.description}>{description}</div>
                </Radix.Description>
              )}
              {props.children && <div className={cx(styles.body, flush && styles.flush)}>{props.children}</div>}
              {footer && <footer className={cx(styles.foot, size !== 'sm' && styles.ruled)}>{footer}</footer>}
            </InDialog>
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  )
}
