import { Sparkles } from 'lucide-react'
import { useMemo, useState } from 'react'
import { bestSlots } from '../../../shared/domain/bestSlot.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { toWall, type WallTime } from '../../../shared/domain/time.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { go } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { Button, Link } from '../../ui/index.ts'
import { formatWhen } from '../format.ts'
import styles from './BestSlots.module.css'
import { comingDays } from './surroundings.ts'
import { reasonWords } from './words.ts'

/** How far ahead slots are looked for. */
const DAYS = 21

interface BestSlotsProps {
  post: Post
  onPlan(to: WallTime): void
}

/** The next good moments for a post and what speaks for each; a press plans it there. */
export function BestSlots({ post, onPlan }: BestSlotsProps) {
  const { clock } = useDeps()
  const reference = useReference()
  const { channels, settings } = reference
  const [now] = useState(() => clock.now())
  const around = useQuery((db) => comingDays(db, reference, now, DAYS), [channels, settings, now])
  const best = useMemo(() => around && bestSlots(post, around, now, { days: DAYS }), [post, around, now])
  if (!best) return null
  if (best.length === 0) return <NoSlot post={post} />
  const zone = post.planned?.zone ?? settings.zone
  return (
    <ul className={styles.list} aria-label="Next best slots">
      {best.map(({ slot, reasons }) => (
        <li key={slot.at}>
          <button
            type="button"
            className={styles.slot}
            aria-pressed={slot.at === post.plannedAt}
            onClick={() => onPlan(toWall(slot.at, zone))}
          >
            <b>{formatWhen(slot)}</b>
            <span className={styles.why}>{reasonWords(reasons, reference)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** Why there is nothing to propose, and what would help. */
export function NoSlot({ post }: { post: Pick<Post, 'channelIds'> }) {
  const { channels } = useReference()
  const own = post.channelIds.flatMap((id) => channels.get(id) ?? [])
  const slots = own.some((channel) => channel.slots.length > 0)
  if (own.length === 0) return <p className={styles.none}>It has no channel yet: slots belong to channels.</p>
  if (slots)
    return <p className={styles.none}>No open slot of the next three weeks is free: each is too near, quiet or full.</p>
  return (
    <p className={styles.none}>
      {own.length === 1 ? 'Its channel has' : 'Its channels have'} no posting slots.{' '}
      <Link onClick={() => go({ screen: 'settings', page: 'channels' })}>Set some</Link>
    </p>
  )
}

/** Below a plan: asks for the next best slots. */
export function BestSlotsButton(props: BestSlotsProps) {
  const [asked, setAsked] = useState(false)
  if (props.post.status === 'published') return null
  return (
    <>
      <Button variant="ghost" size="sm" icon={Sparkles} aria-expanded={asked} onClick={() => setAsked(!asked)}>
        Next best slot
      </Button>
      {asked && <BestSlots {...props} />}
    </>
  )
}
