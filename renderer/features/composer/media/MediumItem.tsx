import { useSortable } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { Check, Trash2, TriangleAlert } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import type { Medium } from '../../../../shared/domain/medium.ts'
import type { PlacedMedium } from '../../../../shared/domain/placement.ts'
import { turnedSize } from '../../../../shared/media/crop.ts'
import { ratioWords, SHAPES } from '../../../../shared/media/shapes.ts'
import { formatLength, MediumThumb } from '../../../parts/media/index.ts'
import { go } from '../../../ports/navigation.ts'
import { useTyped } from '../../../ports/typed.ts'
import { Button, cx, Field, Link, Popover, SegmentedControl, TextArea } from '../../../ui/index.ts'
import { useTarget } from '../networks/state.ts'
import { CropFrame } from './CropFrame.tsx'
import styles from './Media.module.css'

const KIND = { image: 'Picture', video: 'Video', audio: 'Audio', document: 'Document' } as const

interface MediumItemProps {
  channelId: string
  placed: PlacedMedium
  /** Its row in the library; absent while it is read. */
  medium: Medium | undefined
  at: number
  of: number
  onMove: (by: number) => void
  onChange: (fields: Partial<PlacedMedium>, what: string, gesture?: string) => Promise<void>
  onRemove: () => void
}

/** One picture of a post: its place, its shape, whether it is described. Pressing it opens what can be set. */
export function MediumItem(props: MediumItemProps) {
  const { channelId, placed, medium, at, of, onMove, onRemove } = props
  const { mediumId: id } = placed
  const [open, setOpen] = useState(false)
  const { setNodeRef, listeners, transform, transition, isDragging } = useSortable({ id })
  useTarget({ channelId, place: { at: 'alt', id } }, () => setOpen(true))
  useTarget({ channelId, place: { at: 'medium', id } }, () => setOpen(true))
  const alt = placed.alt || medium?.alt || ''
  const kind = KIND[medium?.kind ?? 'image']
  // A document is read as it is; what stands for it is its title.
  const described = medium?.kind !== 'document'
  const name = `${kind} ${at + 1} of ${of}${alt ? `: ${alt}` : described ? ', no alt text' : ''}`
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      event.preventDefault()
      const back = event.key === 'ArrowLeft'
      onMove(back === (getComputedStyle(event.currentTarget).direction === 'ltr') ? -1 : 1)
    } else if (event.key === 'Delete') onRemove()
  }
  return (
    <li
      ref={setNodeRef}
      className={cx(styles.item, isDragging && styles.dragged)}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <Popover
        label={`${kind} ${at + 1}`}
        side="top"
        width={380}
        open={open}
        onOpenChange={setOpen}
        trigger={
          <button
            type="button"
            data-medium={id}
            aria-label={name}
            aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight Delete"
            className={styles.thumb}
            onKeyDown={onKeyDown}
            // The keys move it by themselves; only the pointer is the library's.
            onPointerDown={(event) => listeners?.onPointerDown?.(event)}
          >
            {medium && <MediumThumb medium={medium} />}
            <span aria-hidden className={styles.order}>
              {at + 1}
            </span>
          </button>
        }
      >
        <Settings {...props} />
      </Popover>
      <div className={styles.caption}>
        <span className="num">{placed.ratio || (medium ? measureOf(medium) : '')}</span>
        {medium &&
          described &&
          (alt ? (
            <span className={styles.has}>
              <Check aria-hidden size={12} />
              Alt
            </span>
          ) : (
            <button type="button" className={styles.lacks} onClick={() => setOpen(true)}>
              <TriangleAlert aria-hidden size={12} />
              No alt
            </button>
          ))}
      </div>
    </li>
  )
}

/** Its shape, or how long it plays. */
const measureOf = (medium: Medium): string =>
  medium.kind === 'audio' ? formatLength(medium.seconds) : ratioWords(turnedSize(medium, medium.edits.turn))

function Settings({ placed, medium, onChange, onRemove }: MediumItemProps) {
  const typed = useTyped(placed.alt, (alt, gesture) => onChange({ alt }, 'Alt text', gesture))
  const picture = medium?.kind === 'image' && medium.width > 0 ? medium : undefined
  const shapes = new Set(['', ...SHAPES.map(({ id }) => id), placed.ratio])
  return (
    <div className={styles.settings}>
      {picture && <CropFrame medium={picture} shape={placed.ratio} />}
      {medium?.kind !== 'document' && (
        <Field label="Alt text" help={medium?.alt && !typed.value ? `From the library: ${medium.alt}` : undefined}>
          <TextArea
            data-autofocus
            grow
            rows={2}
            placeholder={
              medium?.kind === 'audio'
                ? 'What is heard, for those who cannot hear it'
                : 'What it shows, for those who cannot see it'
            }
            value={typed.value}
            onChange={typed.change}
            onBlur={typed.leave}
          />
        </Field>
      )}
      {picture && (
        <SegmentedControl
          label="Shape"
          value={placed.ratio}
          onChange={(ratio) => void onChange({ ratio }, 'Shape')}
          options={[...shapes].map((ratio) => ({ value: ratio, label: ratio || 'As it is' }))}
        />
      )}
      <div className={styles.settingsFoot}>
        <Button size="sm" variant="ghost" icon={Trash2} onClick={onRemove}>
          Take out
        </Button>
        {medium && <Link onClick={() => go({ screen: 'media', mediumId: medium.id })}>Open in the library</Link>}
      </div>
    </div>
  )
}
