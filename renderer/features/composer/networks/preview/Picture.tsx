import { FileText, Film } from 'lucide-react'
import type { CSSProperties, ReactNode } from 'react'
import { shapeOf } from '../../../../../shared/platforms/content.ts'
import { formatOf } from '../../../../../shared/platforms/formats.ts'
import type { Content, MediaFacts } from '../../../../../shared/platforms/index.ts'
import { MediumImage } from '../../../../parts/index.ts'
import { cx } from '../../../../ui/index.ts'
import styles from './Preview.module.css'

export const naturalRatio = ({ width, height }: MediaFacts): number => (width && height ? width / height : 1)

/** The shape a medium is shown in: its own, as far as the network takes it. */
export function shownRatio(content: Content, medium: MediaFacts): number {
  const bounds = formatOf(content)?.files[medium.kind]?.bounds ?? []
  const ratios = bounds.filter(({ of, severity }) => of === 'ratio' && severity === undefined)
  const least = Math.max(0.5, ...ratios.flatMap(({ min }) => min ?? []))
  const most = Math.min(2.4, ...ratios.flatMap(({ max }) => max ?? []))
  return Math.min(Math.max(naturalRatio(medium), least), Math.max(most, least))
}

interface PictureProps {
  medium: MediaFacts
  /** Width by height of the frame; absent: it fills the box it stands in. */
  ratio?: number
  className?: string
  style?: CSSProperties
  children?: ReactNode
}

/** A medium in its frame. What the frame cuts away is said. */
export function Picture({ medium, ratio, className, style, children }: PictureProps) {
  const { id, kind, alt } = medium
  const cut = ratio !== undefined && Math.abs(ratio / naturalRatio(medium) - 1) > 0.02
  const Icon = kind === 'document' ? FileText : Film
  return (
    <div className={cx(styles.picture, className)} style={{ ...(ratio ? { aspectRatio: ratio } : {}), ...style }}>
      {kind === 'image' ? (
        <MediumImage id={id} alt={alt} className={styles.fill} />
      ) : (
        <span className={styles.noPicture}>
          <Icon aria-hidden size={20} />
          {kind === 'document' ? 'Document' : 'Video'}
        </span>
      )}
      {cut && <span className={styles.cut}>cut to {shapeOf(ratio)}</span>}
      {children}
    </div>
  )
}
