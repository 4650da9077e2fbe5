import { Move, Zap } from 'lucide-react'
import { useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { clashesAt, firstFree } from '../../../shared/domain/clash.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { toInstant, toWall } from '../../../shared/domain/time.ts'
import { formatWhen, PostChip } from '../../parts/index.ts'
import { useReference } from '../../ports/reference.tsx'
import { Badge, Keys } from '../../ui/index.ts'
import { useCalendar } from './context.ts'
import { wallIn } from './events.ts'
import styles from './Hand.module.css'
import { clashWords, targetWords } from './messages.ts'
import { wallAt } from './moves.ts'
import { useUi } from './uiState.ts'
import { useAlike } from './useAlike.ts'
import { placeHand, pointer } from './useDrag.ts'

/** The chip in the hand, the note beside it, and the line that says from where to where. */
export function Hand({ timeFor }: { timeFor: (postId: string, day: string) => string }) {
  const hand = useUi((state) => state.hand)
  const { page } = useCalendar()
  const reference = useReference()
  const chip = useRef<HTMLDivElement>(null)
  const holding = hand !== null
  const alike = useAlike(hand?.anchor)
  useLayoutEffect(() => {
    pointer.chip = holding ? chip.current : null
    placeHand()
  }, [holding])
  if (!hand) return null

  const { anchor, target, ids, copy, refusal } = hand
  const from = wallIn(anchor, page.zone)
  const to = target
    ? wallAt(target, from, page.zone, target.kind === 'day' ? timeFor(anchor.id, target.day) : '09:00')
    : null
  const stays = ({ id }: Pick<Post, 'id'>) => !ids.includes(id) || copy
  const around = {
    posts: [...page.known.values()].filter(stays),
    alike: alike.filter(({ post }) => stays(post)),
    channels: reference.channels.list,
    notes: page.notes,
    zone: page.zone,
    holidayOn: (day: string) => page.marks.get(day)?.holiday ?? '',
  }
  const at = to ? toInstant(to) : null
  const clashes = at !== null && !refusal ? clashesAt(anchor, at, around) : []
  const clash = clashes[0]
  const words = clash && at !== null ? clashWords(clash, at, reference) : null
  // Of each kind the first: a blackout is not hidden behind a neighbour.
  const more =
    at === null
      ? []
      : clashes.filter(
          (other, index) => clashes.findIndex(({ kind }) => kind === other.kind) === index && other !== clash,
        )
  const free = clash?.kind === 'spacing' && at !== null ? firstFree(anchor, at, around) : null
  return (
    <>
      {createPortal(
        <div
          ref={chip}
          className={styles.hand}
          style={{ width: hand.width }}
          data-refused={refusal !== '' || undefined}
        >
          <PostChip
            post={anchor}
            size="l"
            time={to?.time ?? (target?.kind === 'tray' ? '' : undefined)}
            clash={words?.title}
            inHand
          />
          {ids.length > 1 && (
            <span className={styles.count}>
              <Badge tone="accent">{ids.length}</Badge>
            </span>
          )}
          {copy && <span className={styles.copy}>copy</span>}
          {(refusal || words) && (
            <div className={styles.note} data-tone={refusal ? 'refused' : 'clash'}>
              {refusal ? (
                <p>{refusal}</p>
              ) : (
                words && (
                  <>
                    <p className={styles.title}>
                      <Zap aria-hidden size={14} />
                      {words.title}
                    </p>
                    <p>{words.text}</p>
                    {free !== null && (
                      <p className={styles.way}>
                        Drop anyway, or <b>{toWall(free, page.zone).time}</b> is free
                      </p>
                    )}
                    {at !== null &&
                      more.map((other) => <p key={other.kind}>{clashWords(other, at, reference).text}</p>)}
                  </>
                )
              )}
            </div>
          )}
        </div>,
        document.body,
      )}
      <div className={styles.line}>
        <Move aria-hidden size={14} />
        <span className={styles.move}>
          {from ? formatWhen(from) : 'Undated'} → <b>{target ? targetWords(target, to?.time) : 'nowhere'}</b>
        </span>
        <Keys keys={['Escape']} /> cancel
        <Keys keys={['Alt']} /> copy instead
        {page.view !== 'month' && (
          <>
            <Keys keys={['Shift']} /> 5 min steps
            <Keys keys={['Mod']} /> keep the minutes
          </>
        )}
      </div>
    </>
  )
}
