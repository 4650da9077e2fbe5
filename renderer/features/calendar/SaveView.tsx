import { Bookmark } from 'lucide-react'
import { useState } from 'react'
import { HUES } from '../../../shared/domain/channel.ts'
import type { PostFilter } from '../../../shared/domain/workspace.ts'
import { addRow } from '../../data/commands/workspace.ts'
import { useUndo } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useReference } from '../../ports/reference.tsx'
import { Button, Field, Popover, TextField, toast } from '../../ui/index.ts'

/** Keeps filter and view under a name, in the sidebar. */
export function SaveView({ view, filter }: { view: string; filter: PostFilter }) {
  const { store } = useDeps()
  const { views } = useReference()
  const { undo } = useUndo()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const save = async () => {
    const hue = HUES[(views.list.length * 5) % HUES.length] ?? 'slate'
    await addRow(
      store,
      'views',
      { name: name.trim(), hue, screen: 'calendar', view, filter, order: views.list.length },
      `Saved view “${name.trim()}”`,
    )
    setOpen(false)
    setName('')
    toast({ id: 'undo', text: `Saved view “${name.trim()}”`, undo })
  }
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label="Save this view"
      width={260}
      trigger={
        <Button variant="ghost" size="sm" icon={Bookmark}>
          Save view
        </Button>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim()) void save()
        }}
      >
        <Field label="Name of the view" help="Keeps the filter and how it is shown.">
          <TextField value={name} onChange={setName} placeholder="Needs approval" data-autofocus />
        </Field>
      </form>
    </Popover>
  )
}
