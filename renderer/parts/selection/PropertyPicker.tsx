import { useEffect, useRef, useState } from 'react'
import type { Post } from '../../../shared/domain/post.ts'
import { editPosts } from '../../data/commands/posts.ts'
import {
  CampaignPicker,
  ChannelPicker,
  LabelPicker,
  OwnerPicker,
  StatusPicker,
  usePlanPost,
  usePostActions,
  WhenPicker,
} from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { anchorOf } from './AskDate.tsx'
import styles from './Board.module.css'

export type PickerKind = 'status' | 'owner' | 'campaign' | 'labels' | 'channels' | 'date'

interface CardPickersProps {
  post: Post
  kind: PickerKind
  onClose: () => void
}

/** The picker of one property, opened at the card. Its button is only the place it opens at. */
export function CardPickers({ post, kind, onClose }: CardPickersProps) {
  const { store } = useDeps()
  const plan = usePlanPost(post)
  const actions = usePostActions([post.id])
  const [box] = useState(() => anchorOf(post.id).getBoundingClientRect())
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.click(), [])

  // The picker gives the focus back to its button when it closes: from there it goes home to the card.
  const goHome = () => {
    document.querySelector<HTMLElement>(`[data-card="${CSS.escape(post.id)}"]`)?.focus()
    onClose()
  }
  const trigger = (
    <button
      ref={button}
      type="button"
      tabIndex={-1}
      aria-label="Property of the card"
      className={styles.anchor}
      style={{ insetBlockStart: box.top + Math.min(box.height, 40), left: box.left + 12 }}
      onFocus={goHome}
    />
  )
  const edit = (fields: Parameters<typeof editPosts>[2], what: string) => void editPosts(store, [post.id], fields, what)
  switch (kind) {
    case 'status':
      return <StatusPicker value={post.status} onChange={(status) => void actions.status(status)} trigger={trigger} />
    case 'owner':
      return <OwnerPicker value={post.ownerId} onChange={(ownerId) => edit({ ownerId }, 'Owner')} trigger={trigger} />
    case 'campaign':
      return (
        <CampaignPicker
          value={post.campaignId}
          onChange={(campaignId) => edit({ campaignId }, 'Campaign')}
          trigger={trigger}
        />
      )
    case 'labels':
      return <LabelPicker value={post.labels} onChange={(labels) => edit({ labels }, 'Labels')} trigger={trigger} />
    case 'channels':
      return (
        <ChannelPicker
          value={post.channelIds}
          onChange={(channelIds) => edit({ channelIds }, 'Channels')}
          trigger={trigger}
        />
      )
    case 'date':
      return <WhenPicker value={post.planned} trigger={trigger} onChange={plan} />
  }
}
