import { CircleAlert } from 'lucide-react'
import { memo } from 'react'
import type { Post } from '../../../shared/domain/post.ts'
import { CampaignName, ChannelSigns, formatWhen, PersonAvatar, SignalEdge, StatusIcon } from '../../parts/index.ts'
import { useStops } from '../../parts/useUnfit.ts'
import styles from './Cards.module.css'

/** A post on the board: edge, title, channels, when, campaign, owner. */
export const PostCard = memo(function PostCard({ post }: { post: Post }) {
  const stop = useStops(post)
  return (
    <div className={styles.post} data-status={post.status}>
      <SignalEdge ids={post.channelIds} />
      <div className={styles.head}>
        <h3 className={styles.postTitle}>{post.title || 'Untitled'}</h3>
        {stop && <CircleAlert size={14} className={styles.stop} role="img" id={`about-${post.id}`} aria-label={stop} />}
        <StatusIcon status={post.status} size={14} />
      </div>
      {(post.campaignId || post.channelIds.length > 0) && (
        <div className={styles.campaign}>
          <span className="grow">{post.campaignId && <CampaignName id={post.campaignId} />}</span>
          <ChannelSigns ids={post.channelIds} max={2} />
        </div>
      )}
      <div className={styles.foot}>
        <span className={styles.small}>{post.planned ? formatWhen(post.planned) : 'No date'}</span>
        <PersonAvatar id={post.ownerId} />
      </div>
    </div>
  )
})
