import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { channelWords } from '../../../../shared/domain/channel.ts'
import type { Post } from '../../../../shared/domain/post.ts'
import { plural } from '../../../parts/index.ts'
import { runCommand } from '../../../ports/commands.ts'
import { useReference } from '../../../ports/reference.tsx'
import { Button, EmptyState, Keys, Link } from '../../../ui/index.ts'
import { NetworkCard, type PostOnChannels } from './NetworkCard.tsx'
import styles from './Networks.module.css'
import { channelsOf, usePlacements } from './NetworksProvider.tsx'
import { useSharing } from './sharing.ts'
import { useWriting } from './state.ts'
import { useFindings } from './useFindings.ts'

const AtNetworks = lazy(() => import('../../../parts/atNetwork/AtNetworks.tsx'))

/** Every channel of a post, and at the foot what still stops it. */
export function NetworksPanel({ post: stored }: { post: Post }) {
  // A post is written every second while one types; what cards show of it seldom changes.
  const { id, title, summary, media, planned, channelIds } = stored
  const post = useSharing<PostOnChannels>({ id, title, summary, media, planned, channelIds })
  const channels = channelsOf(post, useReference())
  const placements = usePlacements()
  if (channels.length === 0) {
    return (
      <EmptyState
        compact
        illustration="page"
        sentence="A post goes to as many channels as you like: one text, changed only where it has to be."
        action={<Button onClick={() => runCommand('write.addChannels')}>Add channels</Button>}
      />
    )
  }
  return (
    <>
      <Suspense fallback={null}>
        <AtNetworks postId={id} edged />
      </Suspense>
      <div className={styles.cards}>
        {placements &&
          channels.map((channel) => (
            <NetworkCard
              key={channel.id}
              post={post}
              channel={channel}
              placement={placements.byChannel.get(channel.id)}
              on={channelWords(channel, channels)}
            />
          ))}
      </div>
      <Ready post={stored} />
    </>
  )
}

function Ready({ post }: { post: Post }) {
  const assessed = useWriting(({ findings }) => Object.keys(findings).length > 0)
  const { stops, looks } = useFindings(post)
  if (!assessed) return null
  const Icon = stops > 0 ? CircleAlert : looks > 0 ? TriangleAlert : CircleCheck
  return (
    <div className={styles.ready} role="status">
      <Icon aria-hidden size={14} className={stops > 0 ? styles.error : looks > 0 ? styles.warning : styles.fine} />
      <span className={styles.readyWords}>
        {stops > 0 && (
          <>
            <b>{plural(stops, 'thing')}</b> {stops === 1 ? 'stops' : 'stop'} scheduling
          </>
        )}
        {stops > 0 && looks > 0 && ', '}
        {looks > 0 && `${looks} ${looks === 1 ? 'is' : 'are'} worth a look`}
        {stops + looks === 0 && 'Nothing stops it'}
      </span>
      {stops + looks > 0 && (
        <Link strong onClick={() => runCommand('write.nextFinding')}>
          Go to it <Keys keys={['F8']} />
        </Link>
      )}
    </div>
  )
}
