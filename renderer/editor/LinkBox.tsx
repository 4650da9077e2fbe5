import { ExternalLink, Unlink } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { isSafeHref } from '../../shared/domain/document.ts'
import { isTaggable, isTagged, retagged, tagsOf, type UtmTags, withTags } from '../../shared/domain/utm.ts'
import { Button, IconButton, PopoverAnchored, TextField } from '../ui/index.ts'
import styles from './Editor.module.css'
import { anchorAt, type EditorHandle } from './handle.ts'
import { LinkTags } from './LinkTags.tsx'
import type { LinkVoice } from './voice.ts'

const withScheme = (text: string) => {
  const href = text.trim()
  if (/^[\w.+-]+@[\w-]+\.[\w.-]+$/.test(href)) return `mailto:${href}`
  return /^[\w-]+(\.[\w-]+)+(\/|$|\?|#)/.test(href) ? `https://${href}` : href
}

/** The address of the link at the caret or of the selected words. */
export function LinkBox({
  handle,
  links,
  onClose,
  onOpen,
}: {
  handle: EditorHandle
  /** The vocabulary of tagged links, where there is one. */
  links?: LinkVoice | null
  onClose: () => void
  onOpen?: (href: string) => void
}) {
  const { editor } = handle
  const [before] = useState(() => String(editor.getAttributes('link').href ?? ''))
  // Tags are chosen apart from the address they hang on.
  const apart = links != null && isTagged(before) && isTaggable(before, links.vocabulary)
  const [href, setHref] = useState(apart ? retagged(before, {}) : before)
  const [tags, setTags] = useState<UtmTags | null>(apart ? tagsOf(before) : null)
  const field = useRef<HTMLInputElement>(null)
  const had = editor.isActive('link')
  const anchor = useMemo(() => anchorAt(editor), [editor])
  const plain = withScheme(href)
  const taggable = links != null && isTaggable(plain, links.vocabulary)
  const address = taggable && tags ? withTags(plain, tags) : plain
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
    <PopoverAnchored
      anchor={anchor}
      open
      label="Link"
      width={links ? 400 : 340}
      onOpenChange={(open) => !open && close()}
    >
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
      {taggable && <LinkTags address={plain} tags={tags} links={links} onChange={setTags} />}
    </PopoverAnchored>
  )
}
