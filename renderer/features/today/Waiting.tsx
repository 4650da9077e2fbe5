import { useState } from 'react'
import type { Post } from '../../../shared/domain/post.ts'
import { NO_FILTER } from '../../../shared/domain/workspace.ts'
import { ChannelSigns, formatAgo, formatWhen, StatusIcon } from '../../parts/index.ts'
import { useCommands } from '../../ports/commands.ts'
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
  const [focused, setFocused] = useState('')
  const shown = posts.slice(0, SHOWN)
  /** The one the letters speak of: where the keys are, else the first. */
  const at = shown.find(({ id }) => id === focused) ?? shown[0]
  const open = (post: Post) => go({ screen: 'write', postId: post.id })
  const toDecide = () => at?.status === 'review'
  useCommands([
    {
      id: 'today.read',
      title: 'Read what waits',
      section: 'Today',
      keys: 'R',
      enabled: () => at !== undefined,
      run: () => at && open(at),
    },
    {
      id: 'today.approve',
      title: 'Approve what waits',
      section: 'Today',
      keys: 'A',
      enabled: toDecide,
      run: () => at && void decide(at, 'approved', 'approved'),
    },
    {
      id: 'today.sendBack',
      title: 'Send back what waits',
      section: 'Today',
      keys: 'B',
      enabled: toDecide,
      run: () => at && void decide(at, 'changes', 'sent back'),
    },
  ])
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
        {shown.map((post) => {
          const keys = (letter: string) => (post === at ? [letter] : undefined)
          const owner = people.get(post.ownerId)?.name
          const asks =
            post.status === 'review'
              ? `${owner ?? 'Someone'} asks for approval.`
              : `Sent back${owner ? ` to ${owner}` : ''}.`
          return (
            <li key={post.id} className={styles.item} onFocus={() => setFocused(post.id)}>
              <StatusIcon status={post.status} size={16} />
              <div className={styles.words}>
                <p className={styles.line}>
                  <button type="button" data-row className={styles.title} onClick={() => open(post)}>
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
                    keys={keys('B')}
                    aria-label={`Send back “${post.title}”`}
                    onClick={() => void decide(post, 'changes', 'sent back')}
                  >
                    Send back
                  </Button>
                  <Button
                    variant="primary"
                    keys={keys('A')}
                    aria-label={`Approve “${post.title}”`}
                    onClick={() => void decide(post, 'approved', 'approved')}
                  >
                    Approve
                  </Button>
                </>
              ) : (
                <Button keys={keys('R')} aria-label={`Write on “${post.title}”`} onClick={() => open(post)}>
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
