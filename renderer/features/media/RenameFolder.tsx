import { useRef, useState } from 'react'
import { cleanFolder } from '../../../shared/media/name.ts'
import { moveFolder, namedFiles } from '../../data/commands/media.ts'
import { useUndo } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { Button, Dialog, Field, TextField, toast } from '../../ui/index.ts'

interface RenameFolderProps {
  folder: string
  onMoved: (folder: string) => void
  onClose: () => void
}

/** Another name or place for a folder; a slash puts it into another one. */
export function RenameFolder({ folder, onMoved, onClose }: RenameFolderProps) {
  const { store, db } = useDeps()
  const { undo } = useUndo()
  const [name, setName] = useState(folder)
  const field = useRef<HTMLInputElement>(null)
  const goal = cleanFolder(name)
  const save = async () => {
    onClose()
    if (goal === folder) return
    const moved = await moveFolder(store, db, folder, goal)
    if (!moved.ok) return
    onMoved(goal)
    toast({ text: `${namedFiles(moved.value)} in “${goal}”.`, undo })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Rename the folder “${folder}”`}
      initialFocus={field}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" unmet={goal === '' ? ['A name'] : []} onClick={() => void save()}>
            Rename
          </Button>
        </>
      }
    >
      <Field label="Name" help="A slash puts it into another folder: Tarn 28/Studio">
        <TextField
          ref={field}
          value={name}
          onChange={setName}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && goal !== '') void save()
          }}
        />
      </Field>
    </Dialog>
  )
}
