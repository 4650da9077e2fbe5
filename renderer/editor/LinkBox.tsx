import { ExternalLink, Unlink } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { isSafeHref } from '../../shared/domain/document.ts'
import { Button, IconButton, PopoverAnchored, TextField } from '../ui/index.ts'
import styles from './Editor.module.css'
import type { EditorHandle } from './handle.ts'

const withScheme = (text: string) => {
  const href = text.trim()
  if (/^[\w.+-]+@[\w-]+\.[\w.-]+$/.test(href)) return `mailto:${href}`
  return /^[\w-]+(\.[\w-]+)+(\/|$|\?|#)/.test(href) ? `https://${href}` : href
}

/** The address of the link at the caret or of the selected words. */
export function LinkBox({
  handle,
  onClose,
  onOpen,
}: {
  handle: EditorHandle
  onClose: () => void
  onOpen?: (href: string) => void
}) {
  const { editor } = handle
  const [href, setHref] = useState(() => String(editor.getAttributes('link').href ?? ''))
  const field = useRef<HTMLInputElement>(null)
  const had = editor.isActive('link')
  const anchor = useMemo(() => {
    const { from } = editor.state.selection
    const { left, right, top, bottom } = editor.view.coordsAtPos(from)
    return { getBoundingClientRect: () => new DOMRect(left, top, right - left, bottom - top) }
  }, [editor])
  const address = withScheme(href)
  const wrong = href.trim() !== '' && !isSafeHref(address)
  const close = () => {
    onClose()
    editor.commands.focus()
  }
  const set = () => {
    if (wrong) return
    const chain = editor.chain().focus()
    if (!href.trim()) chain.extendMarkRange('link').unsetLink().run()
    else if (editor.state.selection.empty && !had) {
      chain
        .insertContent({ type: 'text', text: href.trim(), marks: [{ type: 'link', attrs: { href: address } }] })
        .run()
    } else chain.extendMarkRange('link').setLink({ href: address }).run()
    onClose()
  }
  return (
    <PopoverAnchored anchor={anchor} open label="Link" width={340} onOpenChange={(open) => !open && close()}>
      <form
        className={styles.linkBox}
        onSubmit={(event) => {
          event.preventDefault()
          set()
        }}
      >
        <TextField
          ref={field}
          data-autofocus
          size="md"
          aria-label="Address"
          placeholder="example.org/page"
          value={href}
          onChange={setHref}
          aria-invalid={wrong}
        />
        <Button
          type="submit"
          variant="primary"
          size="sm"
          unmet={wrong ? [{ text: 'This kind of address cannot be linked', focus: () => field.current?.focus() }] : []}
        >
          {had ? 'Change' : 'Link'}
        </Button>
        {had && onOpen && /^https?:|^mailto:/.test(address) && (
          <IconButton size="sm" icon={ExternalLink} label="Open in the browser" onClick={() => onOpen(address)} />
        )}
        {had && (
          <IconButton
            size="sm"
            icon={Unlink}
            label="Take the link off"
            onClick={() => {
              editor.chain().focus().extendMarkRange('link').unsetLink().run()
              onClose()
            }}
          />
        )}
      </form>
    </PopoverAnchored>
  )
}
