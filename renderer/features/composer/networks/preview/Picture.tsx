import { FileText, Film } from 'lucide-react'
import type { ReactNode } from 'react'
import { cutOf, shapeOf } from '../../../../../shared/platforms/content.ts'
import { type Content, formatOf, type MediaFacts } from '../../../../../shared/platforms/index.ts'
import { Cut } from '../../../../parts/media/index.ts'
import { cx } from '../../../../ui/index.ts'
import { usePlacements } from '../NetworksProvider.tsx'
import styles from './Preview.module.css'

const naturalRatio = ({ width, height }: MediaFacts): number => (width && height ? width / height : 1)

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
  children?: ReactNode
}

/** A medium in its frame, cut as its shape was set or about its point. What the network cuts away besides is said. */
export function Picture({ medium, ratio, className, children }: PictureProps) {
  const row = usePlacements()?.media.get(medium.id)
  const shown = ratio ?? naturalRatio(medium)
  const cut = ratio !== undefined && Math.abs(ratio / naturalRatio(medium) - 1) > 0.02
  const Icon = medium.kind === 'document' ? FileText : Film
  return (
    <div className={cx(styles.picture, className)} style={ratio ? { aspectRatio: ratio } : undefined}>
      {row?.preview && row.width > 0 && <Cut medium={row} frame={cutOf(row, shown)} alt={medium.alt} />}
      {medium.kind !== 'image' && (
        <span className={styles.kind}>
          <Icon aria-hidden size={20} />
          {medium.kind === 'document' ? 'Document' : 'Video'}
        </span>
      )}
      {cut && <span className={styles.cut}>cut to {shapeOf(ratio)}</span>}
      {children}
    </div>
  )
}
