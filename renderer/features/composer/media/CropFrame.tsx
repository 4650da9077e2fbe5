import type { Medium } from '../../../../shared/domain/medium.ts'
import { turnedSize } from '../../../../shared/media/crop.ts'
import { ratioOf } from '../../../../shared/media/shapes.ts'
import { cutOf, ratioIn } from '../../../../shared/platforms/content.ts'
import { useThumbAddress } from '../../../parts/media/index.ts'
import styles from './Media.module.css'

/** The whole picture, dimmed but for the piece a shape shows, with its thirds. `shape`: `4:5`; '' shows all of it. */
export function CropFrame({ medium, shape }: { medium: Medium; shape: string }) {
  const url = useThumbAddress(medium)
  const frame = shape ? cutOf(medium, ratioIn(shape)) : null
  const percent = (part: number) => `${part * 100}%`
  return (
    <div className={styles.crop} style={{ aspectRatio: ratioOf(turnedSize(medium, medium.edits.turn)) }}>
      {url && <img src={url} alt="" draggable={false} className={styles.cropPicture} />}
      {frame && (
        <span
          aria-hidden
          className={styles.frame}
          style={{
            left: percent(frame.x),
            top: percent(frame.y),
            inlineSize: percent(frame.width),
            blockSize: percent(frame.height),
          }}
        />
      )}
    </div>
  )
}
