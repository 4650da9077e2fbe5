import type { Post } from '../../../shared/domain/post.ts'
import { NO_FILTER } from '../../../shared/domain/workspace.ts'
import { ChannelSigns, formatAgo, formatWhen, StatusIcon } from '../../parts/index.ts'
import { go, showView } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { setPostFilter } from '../../ports/views.ts'
import { Badge, Button, Link, Rows } from '../../ui/index.ts'
import styles from './TodayScreen.module.css'
import { useDecide } from './useDecide.ts'

const SHOWN = 5

/** Posts that stand still until someone decides. */
export function Waiting({ posts, now }: { posts: readonly Post[]; now: number }) {
  const decide = useDecide()
  const { people, settings } = useReference()
  if (posts.length === 0) return null

  const openAll = () => {
    setPostFilter('calendar', { ...NO_FILTER, statuses: ['review', 'changes'] })
    showView('list')
    go({ screen: 'calendar' })
  }

  return (
    <section aria-labelledby="today-waiting">
      <div className={styles.head}>
        <h2 id="today-waiting">Waiting for you</h2>
        <Badge>{posts.length}</Badge>
        <span className="grow" />
        {posts.length > SHOWN && <Link onClick={openAll}>Open all</Link>}
      </div>
      <Rows className={styles.box}>
        {posts.slice(0, SHOWN).map((post) => {
          const owner = people.get(post.ownerId)?.name
          const asks =
            post.status === 'review'
              ? `${owner ?? 'Someone'} asks for approval.`
              : `Sent back${owner ? ` to ${owner}` : ''}.`
          return (
            <li key={post.id} className={styles.item}>
              <StatusIcon status={post.status} size={16} />
              <div className={styles.words}>
                <p className={styles.line}>
                  <button
                    type="button"
                    className={styles.title}
                    onClick={() => go({ screen: 'write', postId: post.id })}
                  >
                    {post.title || 'Untitled'}
                  </button>
                  <ChannelSigns ids={post.channelIds} />
                </p>
                <p className={styles.note}>
                  {asks} {post.planned ? `Planned for ${formatWhen(post.planned)}` : 'No date yet'}
                </p>
              </div>
              <span className={styles.meta}>{formatAgo(post.updatedAt, now, settings.zone)}</span>
              {post.status === 'review' ? (
                <>
                  <Button
                    aria-label={`Send back “${post.title}”`}
                    onClick={() => void decide(post, 'changes', 'sent back')}
                  >
                    Send back
                  </Button>
                  <Button
                    variant="primary"
                    aria-label={`Approve “${post.title}”`}
                    onClick={() => void decide(post, 'approved', 'approved')}
                  >
                    Approve
                  </Button>
                </>
              ) : (
                <Button
                  aria-label={`Write on “${post.title}”`}
                  onClick={() => go({ screen: 'write', postId: post.id })}
                >
                  Write
                </Button>
              )}
            </li>
          )
        })}
      </Rows>
    </section>
  )
}
