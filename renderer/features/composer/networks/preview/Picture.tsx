import { AudioLines, FileText, Film } from 'lucide-react'
import type { ReactNode } from 'react'
import { cutOf, shapeOf } from '../../../../../shared/platforms/content.ts'
import type { MediaFacts } from '../../../../../shared/platforms/index.ts'
import { naturalRatio } from '../../../../../shared/platforms/shows.ts'
import { Cut } from '../../../../parts/media/index.ts'
import { cx } from '../../../../ui/index.ts'
import { usePlacements } from '../NetworksProvider.tsx'
import styles from './Preview.module.css'

/** Whether a frame of a ratio leaves out more of a medium than one could see. */
export const isCut = (medium: MediaFacts, ratio: number): boolean => Math.abs(ratio / naturalRatio(medium) - 1) > 0.02

const SIGNS = {
  video: { icon: Film, word: 'Video' },
  audio: { icon: AudioLines, word: 'Audio' },
  document: { icon: FileText, word: 'Document' },
} as const

/** What it is, where that is not a picture. */
function Sign({ kind }: { kind: keyof typeof SIGNS }) {
  const { icon: Icon, word } = SIGNS[kind]
  return (
    <span className={styles.kind}>
      <Icon aria-hidden size={20} />
      {word}
    </span>
  )
}

interface PictureProps {
  medium: MediaFacts
  /** Width by height of the frame; absent: it fills the box it stands in. */
  ratio?: number
  className?: string
  /** Somebody else says what is cut away. */
  quiet?: boolean
  children?: ReactNode
}

/** A medium in its frame, cut as its shape was set or about its point. What the network cuts away besides is said. */
export function Picture({ medium, ratio, className, quiet = false, children }: PictureProps) {
  const row = usePlacements()?.media.get(medium.id)
  const shown = ratio ?? naturalRatio(medium)
  const cut = ratio !== undefined && !quiet && isCut(medium, ratio)
  return (
    <div className={cx(styles.picture, className)} style={ratio ? { aspectRatio: ratio } : undefined}>
      {row?.preview && row.width > 0 && <Cut medium={row} frame={cutOf(row, shown)} alt={medium.alt} />}
      {medium.kind !== 'image' && <Sign kind={medium.kind} />}
      {cut && <span className={styles.cut}>cut to {shapeOf(ratio)}</span>}
      {children}
    </div>
  )
}
