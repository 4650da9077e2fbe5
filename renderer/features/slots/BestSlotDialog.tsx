import { useMemo, useState } from 'react'
import { type BestSlot, spreadOver } from '../../../shared/domain/bestSlot.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { toWall } from '../../../shared/domain/time.ts'
import { reschedulePosts } from '../../data/commands/posts.ts'
import { ChannelSigns, explain, formatWhen, plural, useUndo } from '../../parts/index.ts'
import { BestSlots, NoSlot } from '../../parts/slots/BestSlots.tsx'
import { comingDays } from '../../parts/slots/surroundings.ts'
import { reasonWords } from '../../parts/slots/words.ts'
import { usePlanPost } from '../../parts/usePlanPost.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { useReference } from '../../ports/reference.tsx'
import { Button, Dialog, toast } from '../../ui/index.ts'
import styles from './BestSlotDialog.module.css'

/** Several posts need several weeks of slots. */
const DAYS = 60

interface BestSlotDialogProps {
  ids: readonly string[]
  onClose: () => void
}

/** The next best slots of one post to choose from, or one for each of several. */
export function BestSlotDialog({ ids, onClose }: BestSlotDialogProps) {
  const posts = useQuery(async (db) => (await db.posts.bulkGet([...ids])).flatMap((post) => post ?? []), [ids])
  const [only] = posts ?? []
  if (!posts || !only) return null
  if (posts.length > 1) return <Several posts={posts} onClose={onClose} />
  return <One post={only} onClose={onClose} />
}

function One({ post, onClose }: { post: Post; onClose: () => void }) {
  const plan = usePlanPost(post)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Next best slot"
      description={`For “${post.title || 'Untitled'}”`}
      size="sm"
    >
      <BestSlots
        post={post}
        onPlan={(to) => {
          plan(to)
          onClose()
        }}
      />
    </Dialog>
  )
}

function Several({ posts, onClose }: { posts: readonly Post[]; onClose: () => void }) {
  const { store, clock } = useDeps()
  const reference = useReference()
  const { channels, settings } = reference
  const { undo } = useUndo()
  const [now] = useState(() => clock.now())
  const around = useQuery((db) => comingDays(db, reference, now, DAYS), [channels, settings, now])
  const movable = useMemo(() => posts.filter(({ status }) => status !== 'published'), [posts])
  const found = useMemo(() => around && spreadOver(movable, around, now, { days: DAYS }), [around, movable, now])
  const plan = async () => {
    const moves = movable.flatMap((post) => {
      const best = found?.get(post.id)
      return best ? [{ id: post.id, to: toWall(best.slot.at, post.planned?.zone ?? settings.zone) }] : []
    })
    const moved = await reschedulePosts(store, moves, 'to their next best slots')
    if (moved.ok) toast({ text: `Planned ${plural(moves.length, 'post')} at their next best slots`, undo })
    else toast({ text: explain(moved.error), tone: 'refused' })
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Next best slots"
      size="md"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            unmet={found && found.size > 0 ? [] : ['A slot that is open for one of them']}
            onClick={() => void plan()}
          >
            Plan {plural(found?.size ?? 0, 'post')}
          </Button>
        </>
      }
    >
      <ul className={styles.list}>
        {found && movable.map((post) => <Row key={post.id} post={post} best={found.get(post.id)} />)}
      </ul>
    </Dialog>
  )
}

function Row({ post, best }: { post: Post; best: BestSlot | undefined }) {
  const reference = useReference()
  return (
    <li className={styles.row}>
      <span className={styles.title}>
        <ChannelSigns ids={post.channelIds} /> <span className="ell">{post.title || 'Untitled'}</span>
      </span>
      {best ? (
        <>
          <b>{formatWhen(best.slot)}</b>
          <span className={styles.why}>{reasonWords(best.reasons, reference)}</span>
        </>
      ) : (
        <NoSlot post={post} />
      )}
    </li>
  )
}
