import { type CSSProperties, memo } from 'react'
import { NETWORKS } from '../../../shared/domain/channel.ts'
import { STATUS_LOOK } from '../../../shared/domain/status.ts'
import { useCardMark } from '../../parts/atNetwork/cardMarks.ts'
import { PostChip } from '../../parts/index.ts'
import { useStops } from '../../parts/useUnfit.ts'
import { useNavigation } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { cx } from '../../ui/index.ts'
import type { PostEvent } from './events.ts'
import { foldOf } from './messages.ts'
import type { ChipSize } from './monthLayout.ts'
import styles from './PostButton.module.css'
import { cardOf, useUi } from './uiState.ts'

interface PostButtonProps {
  event: PostEvent
  size: ChipSize
  clash?: string | undefined
  style?: CSSProperties | undefined
  className?: string | undefined
}

/**
 * A post one can press, drag and reach by keyboard: a real button with a roving tab stop. What a press means is decided once,
 * by the surface it stands on (`data-post`), so that a thousand of these carry no handlers.
 */
export const PostButton = memo(function PostButton({ event, size, clash, style, className }: PostButtonProps) {
  const { post, id, postId, apart, wall } = event
  const { channels } = useReference()
  const selected = useNavigation((state) => state.selected.includes(postId))
  const on = useNavigation((state) => state.focused === postId)
  const here = useUi((state) => cardOf(postId, state.apart) === id)
  const dim = useUi((state) => state.campaign !== '' && state.campaign !== post.campaignId)
  const away = useUi((state) => state.hand !== null && !state.hand.copy && state.hand.ids.includes(id))
  const fold = foldOf(event)
  const stop = useStops(post)
  const mark = useCardMark(post)
  const networks = post.channelIds.flatMap((channelId) => {
    const channel = channels.get(channelId)
    return channel ? [NETWORKS[channel.network].name] : []
  })
  const label = [
    `${wall.time}${fold ? ` ${fold}` : ''}`,
    post.title || 'Untitled',
    ...networks,
    STATUS_LOOK[post.status].word,
    mark?.word.toLowerCase(),
    post.seriesId && 'repeats',
    apart && 'at a time of its own',
    clash && 'clash',
    stop && 'cannot go out',
  ]
  return (
    <button
      type="button"
      data-post={id}
      className={cx(styles.post, className)}
      data-away={away || undefined}
      data-apart={apart || undefined}
      tabIndex={on && here ? 0 : -1}
      aria-pressed={selected}
      aria-label={label.filter(Boolean).join(', ')}
      style={style}
    >
      <PostChip
        post={post}
        size={size}
        time={wall.time}
        fold={fold}
        selected={selected}
        dim={dim}
        clash={clash}
        stop={stop}
        mark={mark}
      />
    </button>
  )
})
