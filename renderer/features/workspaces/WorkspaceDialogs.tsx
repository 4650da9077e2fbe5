/** What the menu of workspaces asks in dialogs; loaded with the first of them. */
import { type FormEvent, useRef, useState } from 'react'
import type { WorkspaceEntry } from '../../../shared/domain/workspace.ts'
import type { Registry } from '../../data/workspace.ts'
import { formatDay } from '../../parts/index.ts'
import { Button, Dialog, EmptyState, Field, Rows, TextField, toast } from '../../ui/index.ts'
import styles from './WorkspaceMenu.module.css'

export function RenameDialog({
  entry,
  onClose,
  onRename,
}: {
  entry: WorkspaceEntry
  onClose: () => void
  onRename: (name: string) => Promise<void>
}) {
  const [name, setName] = useState(entry.name)
  const field = useRef<HTMLInputElement>(null)
  const wanted = name.trim()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!wanted) return
    await onRename(wanted)
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Rename workspace"
      initialFocus={field}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            type="submit"
            form="rename-workspace"
            unmet={wanted ? [] : [{ text: 'A name', focus: () => field.current?.focus() }]}
          >
            Rename
          </Button>
        </>
      }
    >
      <form id="rename-workspace" onSubmit={submit}>
        <Field label="Name">
          <TextField ref={field} value={name} onChange={setName} maxLength={80} />
        </Field>
      </form>
    </Dialog>
  )
}

interface TrashDialogProps {
  registry: Registry
  entries: readonly WorkspaceEntry[]
  reload: () => Promise<void>
  onOpen: (entry: WorkspaceEntry) => void
  onClose: () => void
}

export function TrashDialog({ registry, entries, reload, onOpen, onClose }: TrashDialogProps) {
  const [doomed, setDoomed] = useState<WorkspaceEntry | null>(null)
  const restore = async (entry: WorkspaceEntry) => {
    await registry.restore(entry.id)
    await reload()
    toast({ text: `“${entry.name}” is back.`, action: { label: 'Open it', onSelect: () => onOpen(entry) } })
  }
  const purge = async (entry: WorkspaceEntry) => {
    await registry.purge(entry.id)
    setDoomed(null)
    await reload()
  }
  if (doomed) {
    return (
      <Dialog
        open
        onOpenChange={() => setDoomed(null)}
        title={`Delete “${doomed.name}” for good?`}
        description="Its posts, pictures and campaigns go with it. This cannot be undone."
        footer={
          <>
            <Button onClick={() => setDoomed(null)}>Keep it</Button>
            <Button variant="danger" onClick={() => void purge(doomed)}>
              Delete for good
            </Button>
          </>
        }
      />
    )
  }
  return (
    <Dialog open onOpenChange={onClose} title="Workspaces in the trash" size="md">
      {entries.length === 0 ? (
        <EmptyState compact sentence="No workspace is in the trash." />
      ) : (
        <Rows className={styles.trashed}>
          {entries.map((entry) => (
            <li key={entry.id}>
              <span className={styles.name}>{entry.name}</span>
              <span className={styles.since}>
                since {formatDay(new Date(entry.trashedAt).toISOString().slice(0, 10))}
              </span>
              <Button size="sm" onClick={() => void restore(entry)}>
                Restore
              </Button>
              <Button size="sm" variant="ghost" onClick={() => setDoomed(entry)}>
                Delete for good
              </Button>
            </li>
          ))}
        </Rows>
      )}
    </Dialog>
  )
}
