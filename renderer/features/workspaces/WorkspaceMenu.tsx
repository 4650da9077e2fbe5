import { ChevronsUpDown } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { WorkspaceEntry } from '../../../shared/domain/workspace.ts'
import type { Registry } from '../../data/workspace.ts'
import { waitingWords } from '../../parts/waitingWords.ts'
import { commandEntries } from '../../ports/commandMenu.ts'
import { useCommands } from '../../ports/commands.ts'
import { late } from '../../ports/late.tsx'
import { useSettings } from '../../ports/reference.tsx'
import { closeRules } from '../../ports/rules.ts'
import { closeSearch } from '../../ports/search.ts'
import { Logo, Menu, type MenuEntry, toast } from '../../ui/index.ts'
import styles from './WorkspaceMenu.module.css'

export interface WorkspaceMenuProps {
  registry: Registry
  current: WorkspaceEntry
  onSwitch: (entry: WorkspaceEntry) => void
  onNew: () => void
  rail?: boolean
}

const RenameDialog = late(async () => (await import('./WorkspaceDialogs.tsx')).RenameDialog)
const TrashDialog = late(async () => (await import('./WorkspaceDialogs.tsx')).TrashDialog)

type Open = 'rename' | 'trash' | null

/** The head of the sidebar: which workspace this is, the others, and what can be done to them. */
export function WorkspaceMenu({ registry, current, onSwitch, onNew, rail }: WorkspaceMenuProps) {
  const [entries, setEntries] = useState<readonly WorkspaceEntry[]>([current])
  const [open, setOpen] = useState<Open>(null)
  const { zone } = useSettings()
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
    ...alive.map((entry) => ({
      label: entry.name,
      hint: waitingWords(entry, zone),
      checked: entry.id === current.id,
      onSelect: () => switchTo(entry),
    })),
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
