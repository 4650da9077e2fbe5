import { Crop, Ellipsis, Replace, Trash2, X } from 'lucide-react'
import type { Medium } from '../../../shared/domain/medium.ts'
import { frameOf, turnedSize } from '../../../shared/media/crop.ts'
import { ratioOf, SHAPES } from '../../../shared/media/shapes.ts'
import { MediumThumb, useThumbAddress } from '../../parts/media/index.ts'
import { go } from '../../ports/navigation.ts'
import { Button, IconButton, Menu, Panel, PanelHead, SectionHead } from '../../ui/index.ts'
import { CropPreview } from './CropPreview.tsx'
import styles from './Details.module.css'
import { About, AltText, FileFacts, Rights, UsedIn, useUsers } from './Details.tsx'
import type { useMediaActions } from './useMediaActions.tsx'

interface MediumDockProps {
  medium: Medium
  actions: ReturnType<typeof useMediaActions>
  onClose: () => void
}

/** Shapes shown beside the grid; all of them stand under the picture. */
const FEW = 4

/** One file beside the library: what it shows, what is said about it, who uses it. */
export function MediumDock({ medium, actions, onClose }: MediumDockProps) {
  const users = useUsers(medium) ?? []
  const open = () => go({ screen: 'media', mediumId: medium.id })
  return (
    <>
      <PanelHead
        title={medium.name}
        end={
          <>
            <Menu
              trigger={<IconButton icon={Ellipsis} label="More" tooltip={false} />}
              items={actions.menu()}
              align="end"
            />
            <IconButton icon={X} label="Close" keys={['Escape']} onClick={onClose} />
          </>
        }
      />
      <Panel grow className={styles.details}>
        <div className={styles.big}>
          <MediumThumb medium={medium} whole alt={medium.alt} />
        </div>
        {medium.kind !== 'document' && <AltText medium={medium} />}
        {medium.kind === 'image' && medium.preview && <Crops medium={medium} onOpen={open} />}
        <UsedIn medium={medium} users={users} />
        <Rights medium={medium} users={users} onSwap={actions.replace} />
        <About medium={medium} />
        <FileFacts medium={medium} />
      </Panel>
      <Foot uses={users.length} actions={actions}>
        <Button icon={Crop} onClick={open}>
          Open
        </Button>
      </Foot>
    </>
  )
}

/** The last row of both docks. */
export function Foot({
  uses,
  actions,
  children,
}: {
  uses: number
  actions: ReturnType<typeof useMediaActions>
  children?: React.ReactNode
}) {
  return (
    <div className={styles.foot}>
      {children}
      {uses > 0 && (
        <Button icon={Replace} onClick={actions.replace}>
          Swap everywhere
        </Button>
      )}
      <span className="grow" />
      <IconButton
        icon={Trash2}
        variant="default"
        label={uses > 0 ? `Delete: used in ${uses === 1 ? 'one place' : `${uses} places`}` : 'Delete'}
        onClick={() => void actions.remove()}
      />
    </div>
  )
}

function Crops({ medium, onOpen }: { medium: Medium; onOpen: () => void }) {
  const src = useThumbAddress(medium)
  const size = turnedSize(medium, medium.edits.turn)
  if (size.width === 0) return null
  return (
    <section aria-label="Crops">
      <SectionHead title="Crops" note="open it to change them" />
      <div className={styles.crops}>
        {SHAPES.slice(0, FEW).map((shape) => (
          <button key={shape.id} type="button" aria-label={`Crop ${shape.id}`} className={styles.crop} onClick={onOpen}>
            <CropPreview
              src={src}
              of={shape}
              most={{ width: 64, height: 64 }}
              frame={frameOf(size, medium.edits, { id: shape.id, ratio: ratioOf(shape) })}
            />
            {shape.id}
          </button>
        ))}
      </div>
    </section>
  )
}
