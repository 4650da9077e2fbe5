import { Trash2, X } from 'lucide-react'
import type { Medium } from '../../../shared/domain/medium.ts'
import { dateAt } from '../../../shared/domain/time.ts'
import { editMedia } from '../../data/commands/media.ts'
import { plural, useUndo } from '../../parts/index.ts'
import { formatBytes } from '../../parts/media/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useSettings } from '../../ports/reference.tsx'
import { Button, DateField, IconButton, Panel, PanelHead, PropertyList, PropertyRow, toast } from '../../ui/index.ts'
import styles from './Details.module.css'
import { FolderPicker, MediaLabelPicker, Rating } from './Details.tsx'
import type { useMediaActions } from './useMediaActions.tsx'

interface SeveralDockProps {
  ids: readonly string[]
  /** Their rows; of very many only the first. */
  media: readonly Medium[]
  actions: ReturnType<typeof useMediaActions>
  onClose: () => void
}

/** What they all have; '' or nothing where they differ. */
const common = <T,>(media: readonly Medium[], read: (medium: Medium) => T, otherwise: T): T => {
  const [first, ...rest] = media.map(read)
  return first !== undefined && rest.every((value) => value === first) ? first : otherwise
}

/** Several files at once: what is said here is said of all of them, as one step. */
export function SeveralDock({ ids, media, actions, onClose }: SeveralDockProps) {
  const { store, clock } = useDeps()
  const { zone, weekStart } = useSettings()
  const { undo } = useUndo()
  // Of files that were not read nobody can say what they share.
  const known = media.length === ids.length ? media : []
  const files = plural(ids.length, 'file')
  const shared = known.reduce<readonly string[]>(
    (labels, medium) => labels.filter((label) => medium.labels.includes(label)),
    known[0]?.labels ?? [],
  )
  const say = async (fields: Parameters<typeof editMedia>[2], what: string) => {
    await editMedia(store, ids, fields, what)
    toast({ text: `${what} of ${files}.`, undo })
  }
  const setLabels = (wanted: readonly string[]) => {
    const gone = shared.filter((label) => !wanted.includes(label))
    return say(
      ({ labels }) => ({ labels: [...new Set([...labels.filter((label) => !gone.includes(label)), ...wanted])] }),
      'Labels',
    )
  }
  const bytes = known.reduce((sum, { size }) => sum + size, 0)
  return (
    <>
      <PanelHead title={files} end={<IconButton icon={X} label="Close" keys={['Escape']} onClick={onClose} />} />
      <Panel grow className={styles.details}>
        <p className={styles.help}>
          {bytes > 0 && `${formatBytes(bytes)} in all. `}What you set here is set for all of them.
        </p>
        <PropertyList>
          <PropertyRow label="Folder">
            <FolderPicker
              value={common(known, ({ folder }) => folder, '')}
              onChange={(folder) => void say({ folder }, 'Folder')}
            />
          </PropertyRow>
          <PropertyRow label="Labels">
            <MediaLabelPicker value={shared} onChange={(labels) => void setLabels(labels)} />
          </PropertyRow>
          <PropertyRow label="Rating">
            <Rating
              value={common(known, ({ rating }) => rating, 0)}
              onChange={(rating) => void say({ rating }, 'Rating')}
            />
          </PropertyRow>
          <PropertyRow label="Licence ends">
            <DateField
              aria-label="End of the licence"
              size="md"
              placeholder="no end"
              value={common(known, ({ licenceUntil }) => licenceUntil, '')}
              today={dateAt(clock.now(), zone)}
              weekStart={weekStart % 7}
              onChange={(licenceUntil) => void say({ licenceUntil }, 'End of the licence')}
            />
          </PropertyRow>
        </PropertyList>
      </Panel>
      <div className={styles.foot}>
        <Button icon={Trash2} onClick={() => void actions.remove()}>
          Delete {files}
        </Button>
      </div>
    </>
  )
}
