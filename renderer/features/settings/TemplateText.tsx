import { useEffect, useRef } from 'react'
import type { DocNode } from '../../../shared/domain/document.ts'
import { docOf } from '../../../shared/domain/workspace.ts'
import { type EditorHandle, RichTextEditor } from '../../editor/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useSettings } from '../../ports/reference.tsx'
import { useAutosave } from '../../ports/typed.ts'
import { toast } from '../../ui/index.ts'

interface TemplateTextProps {
  docId: string
  content: readonly DocNode[]
  onSave: (content: readonly DocNode[], gesture: string) => Promise<unknown>
}

/** The text a template begins with. Words only: a picture belongs to one post. */
export function TemplateText({ docId, content, onSave }: TemplateTextProps) {
  const { shell } = useDeps()
  const { spellcheck } = useSettings()
  const written = useRef(content)
  const handle = useRef<EditorHandle | null>(null)
  const autosave = useAutosave((gesture) => onSave(written.current, gesture))
  useEffect(() => {
    if (!autosave.dirty()) handle.current?.takeOver(docOf({ id: docId, content }))
  }, [docId, content, autosave])
  return (
    <RichTextEditor
      docId={docId}
      doc={docOf({ id: docId, content })}
      label="Text of the template"
      placeholder="What every such post begins with"
      size="small"
      spellcheck={spellcheck}
      pictures={NO_PICTURES}
      keepPicture={async () => {
        toast({ text: 'A template holds words. Pictures go into its posts.', tone: 'refused' })
        return null
      }}
      openLink={(href) => void shell.openExternal(href)}
      onChange={(doc) => {
        written.current = doc.content
        autosave.touch()
      }}
      onBlur={autosave.leave}
      onReady={(ready) => {
        handle.current = ready
      }}
    />
  )
}

const NO_PICTURES = { open: async () => null }
