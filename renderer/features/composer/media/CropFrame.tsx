import { MediumImage } from '../../../parts/index.ts'
import { vars } from '../../../ui/index.ts'
import styles from './Media.module.css'

interface CropFrameProps {
  id: string
  /** Pixels. */
  width: number
  height: number
  /** Width by height of the piece that is shown; 0: all of it. */
  ratio: number
}

/** The whole picture, dimmed but for the piece that is shown, with its thirds. The cut is from the middle. */
export function CropFrame({ id, width, height, ratio }: CropFrameProps) {
  const own = width / height
  const [wide, high] = ratio === 0 ? [1, 1] : ratio > own ? [1, own / ratio] : [ratio / own, 1]
  return (
    <div className={styles.crop} style={{ aspectRatio: own }}>
      <MediumImage id={id} className={styles.cropPicture} />
      {ratio > 0 && (
        <span
          aria-hidden
          className={styles.frame}
          style={vars({ '--wide': `${wide * 100}%`, '--high': `${high * 100}%` })}
        />
      )}
    </div>
  )
}
