import type { Frame, Size } from '../../../shared/media/crop.ts'
import styles from './CropPreview.module.css'

interface CropPreviewProps {
  /** Address of the whole picture, as it is turned. */
  src: string | null
  frame: Frame
  /** Pixels of the cut, for its ratio. */
  of: Size
  /** Most pixels on the screen. */
  most: Size
}

/** A picture as a frame cuts it, small. */
export function CropPreview({ src, frame, of, most }: CropPreviewProps) {
  const scale = Math.min(most.width / of.width, most.height / of.height)
  return (
    <span className={styles.frame} style={{ width: of.width * scale, height: of.height * scale }}>
      {src && (
        <img
          src={src}
          alt=""
          draggable={false}
          style={{
            width: `${100 / frame.width}%`,
            height: `${100 / frame.height}%`,
            left: `${(-frame.x / frame.width) * 100}%`,
            top: `${(-frame.y / frame.height) * 100}%`,
          }}
        />
      )}
    </span>
  )
}
