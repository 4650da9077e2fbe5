import { FolderOpen, Upload } from 'lucide-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { Medium } from '../../../shared/domain/medium.ts'
import type { MediaKind } from '../../../shared/media/inspect.ts'
import { mediaByIds, NO_MEDIA_FILTER } from '../../data/media/library.ts'
import { useDeps } from '../../ports/deps.tsx'
import { Button, cx, Dialog, EmptyState, SearchField } from '../../ui/index.ts'
import { plural } from '../format.ts'
import { AddingStrip, FileInputs, useAdd, useFileInputs } from './AddFiles.tsx'
import { MediaGrid } from './MediaGrid.tsx'
import styles from './MediumPicker.module.css'
import { useIncoming } from './useIncoming.ts'
import { useLibrary } from './useLibrary.ts'

interface MediumPickerProps {
  /** What it is for: `Cover of “Three pockets”`. */
  title: string
  /** The word on the button, e.g. `Use`. */
  action?: string
  /** Absent: all. */
  kinds?: readonly MediaKind[]
  /** Several at once; otherwise one. */
  multi?: boolean
  onPick: (media: readonly Medium[]) => void
  onClose: () => void
}

/** Choosing from the library, or adding to it and choosing that. */
export function MediumPicker({ title, action = 'Use', kinds, multi = false, onPick, onClose }: MediumPickerProps) {
  const { db } = useDeps()
  const [words, setWords] = useState('')
  const [selected, setSelected] = useState<readonly string[]>([])
  const [active, setActive] = useState('')
  const search = useRef<HTMLInputElement>(null)
  const filter = useMemo(() => ({ ...NO_MEDIA_FILTER, kinds: kinds ?? [] }), [kinds])
  const { ids } = useLibrary(filter, 'newest', words)
  const add = useAdd()
  const { files, folder, chooseFiles, chooseFolder } = useFileInputs()

  const take = useCallback(
    async (incoming: Parameters<typeof add>[0]) => {
      const added = (await add(incoming)).filter(({ kind }) => !kinds || kinds.includes(kind))
      const chosen = (multi ? added : added.slice(0, 1)).map(({ id }) => id)
      if (chosen.length === 0) return
      setWords('')
      setSelected(chosen)
      setActive(chosen.at(-1) ?? '')
    },
    [add, kinds, multi],
  )
  const { over, handlers } = useIncoming(take)
  const use = async (chosen: readonly string[]) => {
    if (chosen.length === 0) return
    onPick(await mediaByIds(db, chosen))
    onClose()
  }
  const marked = useMemo(() => new Set(selected), [selected])
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      size="lg"
      flush
      initialFocus={search}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            unmet={selected.length > 0 ? [] : ['Choose a file']}
            onClick={() => void use(selected)}
          >
            {selected.length > 1 ? `${action} ${plural(selected.length, 'file')}` : action}
          </Button>
        </>
      }
    >
      <div className={cx(styles.body, over && styles.over)} {...handlers}>
        <div className={styles.tools}>
          <SearchField ref={search} label="Search media" width={240} value={words} onChange={setWords} />
          <span className="grow" />
          <Button icon={FolderOpen} onClick={chooseFolder}>
            Add a folder
          </Button>
          <Button icon={Upload} onClick={chooseFiles}>
            Add files
          </Button>
          <FileInputs files={files} folder={folder} onChosen={(incoming) => void take(incoming)} />
        </div>
        <AddingStrip />
        {ids && ids.length === 0 ? (
          <EmptyState
            illustration="media"
            sentence={
              words
                ? 'No file has these words.'
                : 'Nothing here yet. Drop files, paste them, or add them from the disk.'
            }
          />
        ) : (
          <MediaGrid
            ids={ids ?? []}
            label="Media"
            multi={multi}
            selected={marked}
            active={active}
            onSelect={(chosen, at) => {
              setSelected(chosen)
              setActive(at)
            }}
            onOpen={(id) => void use([id])}
          />
        )}
      </div>
    </Dialog>
  )
}
