import { CircleAlert, CornerDownRight, FlaskConical, Zap } from 'lucide-react'
import { memo } from 'react'
import { isApart } from '../../shared/domain/placement.ts'
import type { Post } from '../../shared/domain/post.ts'
import { isPracticeChannel } from '../../shared/domain/practice.ts'
import type { CardMark } from './atNetwork/cardMarks.ts'
import { ChannelSigns, SignalEdge, StandingIcon } from './looks.tsx'
import { MediumImage } from './MediumImage.tsx'
import styles from './PostChip.module.css'

export interface PostChipProps {
  post: Post
  /** s 20 px, m 34, l 50 with two title lines, xl 82 with the picture */
  size: 's' | 'm' | 'l' | 'xl'
  /** Time shown; absent: the planned one. A calendar in another zone passes its own. */
  time?: string
  /** `first` or `second` where the hour exists twice */
  fold?: string
  selected?: boolean
  dim?: boolean
  /** What it clashes with, in words. */
  clash?: string
  /** What keeps it from going out, in words. */
  stop?: string
  /** How it stands at its networks, where that says more than its status. */
  mark?: CardMark
  /** A chip under the pointer. */
  inHand?: boolean
}

/** A post on a calendar. Looks only: the order never changes - edge, time, call signs, practice, what stops it, clash, how it stands, title, picture. */
export const PostChip = memo(function PostChip({
  post,
  size,
  time,
  fold,
  selected,
  dim,
  clash,
  stop,
  mark,
  inHand,
}: PostChipProps) {
  const shown = time ?? post.planned?.time
  const clock = shown && (
    <>
      <ApartMark id={post.id} />
      <time>{fold ? `${shown} ${fold}` : shown}</time>
    </>
  )
  const practised = post.channelIds.some((id) => isPracticeChannel({ id }))
  const warnings = (
    <>
      {practised && <FlaskConical className={styles.practice} size={12} role="img" aria-label="Practice" />}
      {stop && <CircleAlert className={styles.stop} size={12} role="img" aria-label={stop} />}
      {clash && <Zap className={styles.clash} size={12} role="img" aria-label={clash} />}
    </>
  )
  const title = (
    <span className={styles.title} dir="auto">
      {post.title || 'Untitled'}
    </span>
  )
  return (
    <span
      className={styles.post}
      data-size={size}
      data-status={post.status}
      data-mark={mark?.asks ? mark.tone : undefined}
      data-selected={selected || undefined}
      data-dim={dim || undefined}
      data-hand={inHand || undefined}
    >
      <SignalEdge ids={post.channelIds} />
      {size === 's' ? (
        <>
          {clock}
          {title}
          <span className={styles.end}>
            {warnings}
            <StandingIcon status={post.status} mark={mark} />
          </span>
        </>
      ) : (
        <>
          <span className={styles.meta}>
            {clock}
            <ChannelSigns ids={post.channelIds} letters />
            <span className={styles.end}>
              {warnings}
              <StandingIcon status={post.status} mark={mark} />
            </span>
          </span>
          {title}
          {size === 'xl' && post.coverId && <MediumImage id={post.coverId} alt="" className={styles.picture} />}
        </>
      )}
    </span>
  )
})

/** Before the time of a card that is one channel of a post, at a time of its own. */
export const ApartMark = ({ id }: { id: string }) =>
  isApart(id) ? <CornerDownRight aria-hidden size={11} className={styles.apart} /> : null
