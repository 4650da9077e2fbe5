import type { Medium } from '../../../shared/domain/medium.ts'
import type { Frame } from '../../../shared/media/crop.ts'
import styles from './Cut.module.css'
import { useThumbAddress } from './MediumThumb.tsx'

/** The part of a picture a frame shows, filling its box; that is positioned and cuts what hangs over. Draws nothing until it is there. */
export function Cut({ medium, frame, alt }: { medium: Medium; frame: Frame; alt: string }) {
  const url = useThumbAddress(medium)
  return url ? (
    <img
      src={url}
      alt={alt}
      draggable={false}
      className={styles.cut}
      style={{
        inlineSize: `${100 / frame.width}%`,
        blockSize: `${100 / frame.height}%`,
        left: `${(-frame.x / frame.width) * 100}%`,
        top: `${(-frame.y / frame.height) * 100}%`,
      }}
    />
  ) : null
}
