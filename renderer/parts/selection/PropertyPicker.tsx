import { useEffect, useRef, useState } from 'react'
import type { Post } from '../../../shared/domain/post.ts'
import { useDeps } from '../../ports/deps.tsx'
import { CampaignPicker, ChannelPicker, LabelPicker, OwnerPicker, StatusPicker } from '../pickers.tsx'
import { BestSlotsButton } from '../slots/BestSlots.tsx'
import { usePlanPost } from '../usePlanPost.ts'
import { usePostActions } from '../usePostActions.tsx'
import { WhenPicker } from '../WhenPicker.tsx'
import styles from './PropertyPicker.module.css'
import { allHave, changeLists, inCommon } from './shared.ts'

export type Property = 'status' | 'owner' | 'campaign' | 'labels' | 'channels' | 'date'

interface PropertyPickerProps {
  /** The posts that are changed. */
  ids: readonly string[]
  /** Those of them that are at hand: what they have in common is what is chosen already. */
  posts: readonly Post[]
  property: Property
  /** The card or chip it opens at, and the keyboard goes back to. */
  at: () => HTMLElement | null
  onClose: () => void
}

/**
 * The picker of one property, opened by a letter at the post; its button is only the place it opens at. It stands in the very
 * moment of the key press: the letters that follow are typed into it.
 */
export function PropertyPicker({ ids, posts, property, at, onClose }: PropertyPickerProps) {
  const { store } = useDeps()
  const [only] = posts
  const plan = usePlanPost(only)
  const actions = usePostActions(ids)
  const [box] = useState(() => at()?.getBoundingClientRect() ?? new DOMRect(innerWidth / 2, innerHeight / 3, 0, 0))
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.click(), [])

  // The picker gives the focus back to its button when it closes: from there it goes home.
  const goHome = () => {
    at()?.focus()
    onClose()
  }
  const trigger = (
    <button
      ref={button}
      type="button"
      tabIndex={-1}
      aria-label="Property of the post"
      className={styles.anchor}
      style={{ insetBlockStart: box.top + Math.min(box.height, 40), left: box.left + 12 }}
      onFocus={goHome}
    />
  )
  switch (property) {
    case 'status':
      return (
        <StatusPicker
          value={inCommon(posts, ({ status }) => status).value}
          onChange={(status) => void actions.status(status)}
          trigger={trigger}
        />
      )
    case 'owner':
      return (
        <OwnerPicker
          value={inCommon(posts, ({ ownerId }) => ownerId).value ?? ''}
          onChange={(ownerId) => void actions.owner(ownerId)}
          trigger={trigger}
        />
      )
    case 'campaign':
      return (
        <CampaignPicker
          value={inCommon(posts, ({ campaignId }) => campaignId).value ?? ''}
          onChange={(campaignId) => void actions.campaign(campaignId)}
          trigger={trigger}
        />
      )
    case 'labels':
      return (
        <LabelPicker
          value={allHave(posts, 'labels')}
          onChange={(labels) => void changeLists(store, ids, 'labels', labels, 'Labels')}
          trigger={trigger}
        />
      )
    case 'channels':
      return (
        <ChannelPicker
          value={allHave(posts, 'channelIds')}
          onChange={(channelIds) => void changeLists(store, ids, 'channelIds', channelIds, 'Channels')}
          trigger={trigger}
        />
      )
    case 'date':
      return (
        <WhenPicker value={only?.planned ?? null} trigger={trigger} onChange={plan}>
          {only && <BestSlotsButton post={only} onPlan={plan} />}
        </WhenPicker>
      )
  }
}
