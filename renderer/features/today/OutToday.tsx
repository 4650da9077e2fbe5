import { Image } from 'lucide-react'
import { placementId, postOf } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { toWall } from '../../../shared/domain/time.ts'
import type { WorkspaceDb } from '../../data/db.ts'
import { ChannelSigns, MediumImage, StatusPill, zoneCity } from '../../parts/index.ts'
import { useQuery } from '../../ports/live.ts'
import { go, showView } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { Button, Link, Rows } from '../../ui/index.ts'
import styles from './TodayScreen.module.css'
import { useDecide } from './useDecide.ts'

const READY = new Set<Post['status']>(['approved', 'scheduled'])

/** Placements of posts that the outbox looks after. */
const deliveredOf = async (db: WorkspaceDb, postIds: readonly string[]): Promise<ReadonlySet<string>> =>
  new Set(await db.deliveries.where('postId').anyOf(postIds).primaryKeys())

const isDelivered = ({ id, channelIds }: Post, delivered: ReadonlySet<string>): boolean =>
  channelIds.some((channelId) => delivered.has(placementId(postOf(id), channelId)))

/** The day in order of time, with now between what is past and what is to come. */
export function OutToday({ posts, now }: { posts: readonly Post[]; now: number }) {
  const { settings, channels } = useReference()
  const decide = useDecide()
  const ids = posts.map(({ id }) => postOf(id)).join()
  const sent = useQuery((db) => deliveredOf(db, ids.split(',')), [ids])
  if (posts.length === 0) return null
  const openDay = () => {
    showView('day')
    go({ screen: 'calendar' })
  }
  const names = (post: Post) => post.channelIds.flatMap((id) => channels.get(id)?.name ?? []).join(', ')
  const upcoming = posts.findIndex((post) => post.plannedAt > now)
  const nowAt = upcoming < 0 ? posts.length : upcoming
  const row = (post: Post) => (
    <li key={post.id} className={styles.out} data-past={post.plannedAt <= now || undefined}>
      <time className={styles.at}>{toWall(post.plannedAt, settings.zone).time}</time>
      <span className={styles.thumb}>
        {post.coverId ? <MediumImage id={post.coverId} /> : <Image aria-hidden size={14} />}
      </span>
      <div className={styles.words}>
        <p className={styles.line}>
          <button
            type="button"
            data-row
            className={styles.title}
            onClick={() => go({ screen: 'write', postId: postOf(post.id) })}
          >
            {post.title || 'Untitled'}
          </button>
          <ChannelSigns ids={post.channelIds} />
        </p>
        <p className={styles.note}>{post.excerpt || names(post) || 'No text yet'}</p>
      </div>
      <StatusPill status={post.status} />
      {/* Where nothing is sent and nobody is reminded, whoever posted it says so here. */}
      {post.plannedAt <= now && READY.has(post.status) && sent && !isDelivered(post, sent) && (
        <Button
          size="sm"
          aria-label={`Mark “${post.title}” published`}
          onClick={() => void decide({ ...post, id: postOf(post.id) }, 'published', 'published')}
        >
          Mark published
        </Button>
      )}
    </li>
  )
  return (
    <section aria-labelledby="today-out">
      <div className={styles.head}>
        <h2 id="today-out">Going out today</h2>
        <span className={styles.meta}>times in {zoneCity(settings.zone)}</span>
        <span className="grow" />
        <Link onClick={openDay}>Open the day</Link>
      </div>
      <Rows className={styles.box}>
        {posts.slice(0, nowAt).map(row)}
        <li className={styles.now}>
          <span className="vh">Now:</span>
          <time className={styles.nowAt}>{toWall(now, settings.zone).time}</time>
        </li>
        {posts.slice(nowAt).map(row)}
      </Rows>
    </section>
  )
}
