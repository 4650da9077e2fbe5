/** Texts as they stand in open editors, ahead of what is stored. A key press only notes the new document here. */
import type { Doc } from '../../../../shared/domain/document.ts'

const docs = new Map<string, Doc>()
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

export const drafts = {
  get: (docId: string): Doc | undefined => docs.get(docId),
  set(docId: string, doc: Doc): void {
    docs.set(docId, doc)
    tell()
  },
  /** The editor was left and what it held is written: from now on the stored text counts. */
  drop(docId: string): void {
    docs.delete(docId)
    tell()
  },
  onChange(listener: () => void): () => void {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
}
