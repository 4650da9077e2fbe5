import { Minus, Plus } from 'lucide-react'
import { useState } from 'react'
import type { Channel } from '../../../../shared/domain/channel.ts'
import type { Medium } from '../../../../shared/domain/medium.ts'
import { type Frame, frameOf, pixelsOf, scaleFrame, turnedSize } from '../../../../shared/media/crop.ts'
import { CHANNEL_SHAPE } from '../../../../shared/media/shapes.ts'
import { plural } from '../../../parts/index.ts'
import { Stage, StageRoom, useBlobAddress, useOriginal } from '../../../parts/media/index.ts'
import { useReference } from '../../../ports/reference.tsx'
import { Button, Dialog, IconButton } from '../../../ui/index.ts'
import styles from './Channels.module.css'

interface SquareCropProps {
  channel: Channel
  medium: Medium
  onUse: (frame: Frame) => void
  onClose: () => void
}

/** Which square of a picture a channel shows. The file is left as it is. */
export function SquareCrop({ channel, medium, onUse, onClose }: SquareCropProps) {
  const size = turnedSize(medium, medium.edits.turn)
  const [frame, setFrame] = useState(() => frameOf(size, medium.edits, { id: CHANNEL_SHAPE.id, ratio: 1 }))
  const bytes = useOriginal(medium)
  const url = useBlobAddress(bytes)
  const { channels } = useReference()
  const others = channels.list.filter(({ id, avatarId }) => id !== channel.id && avatarId === medium.id).length
  const pixels = pixelsOf(frame, size)
  return (
    <Dialog
      open
      size="lg"
      flush
      title={`Picture of “${channel.name}”`}
      onOpenChange={(open) => !open && onClose()}
      footer={
        <>
          <span className={styles.faint}>
            {pixels.width} × {pixels.height}
            {pixels.width < CHANNEL_SHAPE.width && `, ${CHANNEL_SHAPE.width} and more are sharp everywhere`}
            {others > 0 && `. ${plural(others, 'other channel')} with this file will show the same square`}
          </span>
          <span className="grow" />
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            onClick={() => {
              onUse(frame)
              onClose()
            }}
          >
            Use
          </Button>
        </>
      }
    >
      <div className={styles.crop}>
        {url ? (
          <Stage
            src={url}
            alt={medium.alt}
            size={size}
            point={medium.edits.point}
            mode="crop"
            frame={frame}
            shape="1:1"
            ratio={size.height / size.width}
            onFrame={setFrame}
          />
        ) : (
          <StageRoom>
            {bytes === null && (
              <p className={styles.faint}>The bytes of this file are not on this computer any more.</p>
            )}
          </StageRoom>
        )}
        <div className={styles.cropTools}>
          <IconButton
            size="sm"
            icon={Minus}
            label="Smaller frame"
            onClick={() => setFrame(scaleFrame(frame, 1 / 1.1))}
          />
          <IconButton size="sm" icon={Plus} label="Larger frame" onClick={() => setFrame(scaleFrame(frame, 1.1))} />
          <span className={styles.faint}>Drag the frame or a corner; networks show it as a circle</span>
        </div>
      </div>
    </Dialog>
  )
}
