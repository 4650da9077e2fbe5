import { ChevronsUpDown } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { WorkspaceEntry } from '../../../shared/domain/workspace.ts'
import type { Registry } from '../../data/workspace.ts'
import { formatDay } from '../../parts/index.ts'
import { commandEntries } from '../../ports/commandMenu.ts'
import { useCommands } from '../../ports/commands.ts'
import { closeRules } from '../../ports/rules.ts'
import { closeSearch } from '../../ports/search.ts'
import {
  Button,
  Dialog,
  EmptyState,
  Field,
  Logo,
  Menu,
  type MenuEntry,
  Rows,
  TextField,
  toast,
} from '../../ui/index.ts'
import styles from './WorkspaceMenu.module.css'

export interface WorkspaceMenuProps {
  registry: Registry
  current: WorkspaceEntry
  onSwitch: (entry: WorkspaceEntry) => void
  onNew: () => void
  rail?: boolean
}

type Open = 'rename' | 'trash' | null

/** The head of the sidebar: which workspace this is, the others, and what can be done to them. */
export function WorkspaceMenu({ registry, current, onSwitch, onNew, rail }: WorkspaceMenuProps) {
  const [entries, setEntries] = useState<readonly WorkspaceEntry[]>([current])
  const [open, setOpen] = useState<Open>(null)
  const reload = async () => setEntries(await registry.list())
  useEffect(() => void registry.list().then(setEntries), [registry])
  // The name may have been changed since the workspace was opened.
  const here = entries.find(({ id }) => id === current.id) ?? current
  const alive = entries.filter(({ trashedAt }) => trashedAt === 0).toSorted((a, b) => a.name.localeCompare(b.name))
  const trashed = entries.filter(({ trashedAt }) => trashedAt > 0)

  const switchTo = (entry: WorkspaceEntry) => {
    if (entry.id === current.id) return
    closeSearch()
    closeRules()
    onSwitch(entry)
  }
  const leave = () => {
    closeSearch()
    closeRules()
    onNew()
  }
  const discard = async () => {
    await registry.trash(current.id)
    const rest = (await registry.list()).filter(({ trashedAt }) => trashedAt === 0)
    const next = rest.toSorted((a, b) => b.openedAt - a.openedAt)[0]
    toast({
      text: `“${here.name}” is in the trash. Nothing of it is lost.`,
      undo: () => void registry.restore(current.id).then(() => onSwitch(current)),
    })
    if (next) switchTo(next)
    else leave()
  }
  const openTrash = async () => {
    await reload()
    setOpen('trash')
  }
  const rename = () => setOpen('rename')

  useCommands([
    ...alive
      .filter(({ id }) => id !== current.id)
      .map((entry) => ({
        id: `workspace.open.${entry.id}`,
        title: `Open workspace: ${entry.name}`,
        section: 'Workspace',
        words: 'switch',
        run: () => switchTo(entry),
      })),
    { id: 'workspace.new', title: 'New workspace', section: 'Workspace', words: 'create sample first run', run: leave },
    { id: 'workspace.rename', title: 'Rename this workspace', section: 'Workspace', run: rename },
    {
      id: 'workspace.discard',
      title: 'Move this workspace to the trash',
      section: 'Workspace',
      words: 'delete',
      run: () => void discard(),
    },
    {
      id: 'workspace.trash',
      title: 'Workspaces in the trash',
      section: 'Workspace',
      words: 'restore purge',
      run: () => void openTrash(),
    },
  ])

  const items: MenuEntry[] = [
    ...alive.map((entry) => ({ label: entry.name, checked: entry.id === current.id, onSelect: () => switchTo(entry) })),
    { separator: true },
    ...commandEntries('workspace.new', 'workspace.rename'),
    { separator: true },
    ...commandEntries('workspace.discard', 'workspace.trash'),
    { separator: true },
    ...commandEntries('app.sidebar'),
  ]

  return (
    <>
      <Menu
        label="Workspaces"
        onOpenChange={(opening) => opening && void reload()}
        items={items}
        trigger={
          <button
            type="button"
            className={styles.head}
            data-rail={rail || undefined}
            aria-label={`Workspace: ${here.name}`}
          >
            <Logo size={20} />
            {!rail && <span className={styles.name}>{here.name}</span>}
            {!rail && <ChevronsUpDown aria-hidden size={14} />}
          </button>
        }
      />
      {open === 'rename' && (
        <RenameDialog
          entry={here}
          onClose={() => setOpen(null)}
          onRename={async (name) => {
            await registry.rename(current.id, name)
            await reload()
          }}
        />
      )}
      {open === 'trash' && (
        <TrashDialog
          registry={registry}
          entries={trashed}
          reload={reload}
          onOpen={switchTo}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  )
}

function RenameDialog({
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

function TrashDialog({ registry, entries, reload, onOpen, onClose }: TrashDialogProps) {
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
