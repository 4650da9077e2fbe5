import { AudioLines, File, FileText, Film, ImageOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Medium } from '../../../shared/domain/medium.ts'
import type { Thumb } from '../../data/db.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { wantThumb } from '../../ports/media.ts'
import { cx } from '../../ui/index.ts'
import styles from './MediumThumb.module.css'
import { typeWord } from './words.ts'

const ICON = { image: ImageOff, video: Film, audio: AudioLines, document: FileText }

interface ThumbPictureProps {
  medium: Medium
  /** undefined while it is read */
  thumb: Thumb | undefined
  /** All of it, instead of what fills the room. */
  whole?: boolean
  alt?: string
}

/** The small picture of a medium, cut about its point; a sign where there is none to see, and its format where it cannot be shown. Missing ones are made. */
export function ThumbPicture({ medium, thumb, whole = false, alt = '' }: ThumbPictureProps) {
  const url = useAddress(medium, thumb)
  if (url) {
    const { x, y } = medium.edits.point
    return (
      <img
        src={url}
        alt={alt}
        className={cx(styles.picture, whole && styles.whole)}
        style={{ objectPosition: whole ? undefined : `${x * 100}% ${y * 100}%` }}
        draggable={false}
      />
    )
  }
  const Icon = ICON[medium.kind] ?? File
  return (
    <span className={styles.none}>
      {(!medium.preview || medium.kind === 'audio') && <Icon aria-hidden size={20} />}
      {!medium.preview && <>No preview of this {typeWord(medium)}</>}
    </span>
  )
}

/** The same by a live query of its own, for one at a time. */
export function MediumThumb(props: Omit<ThumbPictureProps, 'thumb'>) {
  const { id } = props.medium
  const thumb = useQuery((db) => db.thumbs.get(id), [id])
  return <ThumbPicture {...props} thumb={thumb} />
}

/** The address of the small picture of a medium while the component is mounted; null until it is there. */
export function useThumbAddress(medium: Medium): string | null {
  const thumb = useQuery((db) => db.thumbs.get(medium.id), [medium.id])
  return useAddress(medium, thumb)
}

/** Has the picture made where it is missing. */
function useAddress(medium: Medium, thumb: Thumb | undefined): string | null {
  const { workspace, shell, clock } = useDeps()
  const fresh = thumb?.turn === medium.edits.turn
  useEffect(() => {
    if (!fresh && medium.preview) wantThumb({ workspace, shell, clock }, medium)
  }, [fresh, medium, workspace, shell, clock])
  const [url, setUrl] = useState<string | null>(null)
  const key = thumb && `${thumb.id}/${thumb.turn}/${thumb.bytes.byteLength}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: a query gives new objects with the same bytes
  useEffect(() => {
    if (!thumb) return setUrl(null)
    const made = URL.createObjectURL(new Blob([thumb.bytes], { type: thumb.type }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [key])
  // Turned the other way it would be drawn askew.
  return fresh ? url : null
}
