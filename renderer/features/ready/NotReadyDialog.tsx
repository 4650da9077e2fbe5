import { CircleAlert } from 'lucide-react'
import type { Post } from '../../../shared/domain/post.ts'
import { type PostStatus, STATUS_LOOK } from '../../../shared/domain/status.ts'
import type { FoundOn, Verdict } from '../../../shared/platforms/assess.ts'
import { plural, usePostActions } from '../../parts/index.ts'
import { foundWords } from '../../parts/useUnfit.ts'
import { useQuery } from '../../ports/live.ts'
import { go } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { Button, Dialog } from '../../ui/index.ts'
import styles from './NotReady.module.css'

/** Posts named one by one; the rest is counted. */
const NAMED = 50

interface NotReadyDialogProps {
  status: PostStatus
  /** Posts that cannot have it yet, each with what is missing. */
  waiting: readonly Verdict[]
  /** The others that were asked for, which can. */
  ready: readonly string[]
  onClose: () => void
}

/** Why posts cannot have a status yet: every entry leads to where it is mended. */
export function NotReadyDialog({ status, waiting, ready, onClose }: NotReadyDialogProps) {
  const { word } = STATUS_LOOK[status]
  const posts = useQuery((db) => db.posts.bulkGet(waiting.map(({ postId }) => postId)), [waiting])
  const actions = usePostActions(ready)
  const [only] = waiting
  const things = waiting.reduce((sum, { found }) => sum + found.length, 0)
  const alone = waiting.length === 1 && ready.length === 0
  const setOthers = () => {
    onClose()
    void actions.status(status)
  }
  if (!posts) return null
  const byId = new Map(posts.flatMap((post) => (post ? [[post.id, post] as const] : [])))
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={
        alone
          ? `“${titleOf(byId.get(only?.postId ?? ''))}” is not ready`
          : `${plural(waiting.length, 'post')} not ready`
      }
      description={`${plural(things, 'thing')} to mend before ${alone ? 'it is' : 'they are'} ${word.toLowerCase()}. Each leads to its place.`}
      size="md"
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          {ready.length > 0 && (
            <Button variant="primary" onClick={setOthers}>
              {word}: the other {ready.length}
            </Button>
          )}
        </>
      }
    >
      <ul className={styles.posts} aria-label="What is missing">
        {waiting.slice(0, NAMED).map((verdict) => (
          <li key={verdict.postId}>
            {!alone && <h3 className={styles.title}>{titleOf(byId.get(verdict.postId))}</h3>}
            <Missing verdict={verdict} post={byId.get(verdict.postId)} onLeave={onClose} />
          </li>
        ))}
      </ul>
      {waiting.length > NAMED && <p className={styles.more}>and {plural(waiting.length - NAMED, 'more post')}</p>}
    </Dialog>
  )
}

const NO_CHANNELS = { channelIds: [] }
const titleOf = (post: Post | undefined): string => post?.title || 'Untitled'

function Missing({ verdict, post, onLeave }: { verdict: Verdict; post: Post | undefined; onLeave: () => void }) {
  const reference = useReference()
  const { postId, found } = verdict
  const lead = ({ channelId, finding: { place } }: FoundOn) => {
    onLeave()
    go({ screen: 'write', postId, at: { channelId, place } })
  }
  return (
    <ul className={styles.missing}>
      {found.map((one) => (
        <li key={`${one.channelId} ${one.finding.sentence}`}>
          <CircleAlert aria-hidden size={14} />
          <button type="button" onClick={() => lead(one)}>
            {foundWords(one, post ?? NO_CHANNELS, reference)}
          </button>
        </li>
      ))}
    </ul>
  )
}
