import { type PointerEvent as ReactPointerEvent, useEffect, useRef, useState } from 'react'
import type { Campaign, Phase } from '../../../shared/domain/campaign.ts'
import type { ShiftPlan } from '../../../shared/domain/shift.ts'
import { addDays, daysBetween, type IsoDate } from '../../../shared/domain/time.ts'
import {
  Bar,
  campaignHue,
  Diamond,
  formatDay,
  formatRange,
  NEAR_END,
  placeOf,
  plural,
  rowsOfPhases,
  type Scale,
  type TickKind,
  Ticks,
  ticksByDay,
} from '../../parts/index.ts'
import { ContextMenu, HueDot, type MenuEntry } from '../../ui/index.ts'
import type { LaneData } from './lanes.ts'
import styles from './Timeline.module.css'

/** The campaign itself as a bar, where it has no phases. */
const WHOLE = 'campaign'
export type Edge = 'from' | 'to'

interface LaneProps {
  lane: LaneData
  scale: Scale
  /** Pixels of a day. */
  dayWidth: number
  plan: ShiftPlan | null
  current: boolean
  menu: () => readonly MenuEntry[]
  onFocus: () => void
  onOpen: () => void
  /** The body of a bar was dragged: the campaign is to be shifted by these days. */
  onShift: (days: number) => void
  /** An end of a phase, or of the campaign itself (`campaign`), was dragged. */
  onEdge: (id: string, edge: Edge, date: IsoDate) => void
}

/** One campaign: its phases, what it aims at, its posts by day. */
export function Lane({ lane, scale, dayWidth, plan, current, menu, onFocus, onOpen, onShift, onEdge }: LaneProps) {
  const { campaign, posts } = lane
  const [hand, setHand] = useState<{ id: string; part: 'body' | Edge; days: number } | null>(null)
  const start = useRef(0)
  const name = campaign?.name || (campaign ? 'Untitled' : 'No campaign')
  const bars = campaign ? barsOf(campaign) : []
  const next = campaign && plan ? { ...campaign, ...plan.campaignFields } : undefined

  const grab = (id: string, part: 'body' | Edge) => (event: ReactPointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = event.clientX
    setHand({ id, part, days: 0 })
  }
  const direction = () => (document.dir === 'rtl' ? -1 : 1)
  const move = (event: ReactPointerEvent) => {
    if (!hand) return
    const days = Math.round(((event.clientX - start.current) * direction()) / dayWidth)
    if (days !== hand.days) setHand({ ...hand, days })
  }
  const drop = () => {
    if (!hand) return
    const bar = bars.find(({ id }) => id === hand.id)
    setHand(null)
    if (!bar || hand.days === 0) return
    if (hand.part === 'body') onShift(hand.days)
    else onEdge(bar.id, hand.part, addDays(bar[hand.part], hand.days))
  }
  // Escape leaves everything where it was.
  const holding = hand !== null
  useEffect(() => {
    if (!holding) return
    const cancel = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      setHand(null)
    }
    window.addEventListener('keydown', cancel, true)
    return () => window.removeEventListener('keydown', cancel, true)
  }, [holding])
  const held = ({ id, from, to }: Phase): Pick<Phase, 'from' | 'to'> => {
    if (!hand) return { from, to }
    if (hand.part === 'body') return { from: addDays(from, hand.days), to: addDays(to, hand.days) }
    if (id !== hand.id) return { from, to }
    const moved = addDays(hand.part === 'from' ? from : to, hand.days)
    return hand.part === 'from' ? { from: moved < to ? moved : to, to } : { from, to: moved > from ? moved : from }
  }

  return (
    <ContextMenu items={menu} label={name} disabled={!campaign}>
      <li className={styles.lane} data-current={current || undefined} data-shifting={plan ? true : undefined}>
        <div className={styles.label}>
          <button
            type="button"
            data-lane={lane.id}
            tabIndex={current ? 0 : -1}
            className={styles.name}
            onFocus={onFocus}
            onDoubleClick={onOpen}
            aria-label={laneWords(lane, name)}
          >
            {campaign ? <HueDot hue={campaignHue(campaign)} /> : <span className={styles.noHue} />}
            <span className={styles.title}>{name}</span>
          </button>
          <span className={styles.sub}>
            <bdi>
              {campaign && datesWords(next ?? campaign)}
              {plural(posts.length, 'post')}
            </bdi>
          </span>
        </div>
        <div className={styles.track} onPointerMove={move} onPointerUp={drop} onPointerCancel={() => setHand(null)}>
          {rowsOfPhases(next ? barsOf(next) : bars).map((row, index) => (
            <div key={index} className={styles.bars}>
              {row.map((phase) => (
                <Bar
                  key={phase.id}
                  scale={scale}
                  dayWidth={dayWidth}
                  {...held(phase)}
                  name={phase.name}
                  hue={campaign && campaignHue(campaign)}
                  state={next && changed(phase, bars) ? 'new' : undefined}
                >
                  {!plan && (
                    <>
                      <span className={styles.body} onPointerDown={grab(phase.id, 'body')} />
                      <span className={styles.edgeStart} onPointerDown={grab(phase.id, 'from')} />
                      <span className={styles.edgeEnd} onPointerDown={grab(phase.id, 'to')} />
                    </>
                  )}
                </Bar>
              ))}
            </div>
          ))}
          {next && (
            <div className={styles.bars}>
              {bars
                .filter((phase) => changed(phase, barsOf(next)))
                .map((phase) => (
                  <Bar
                    key={phase.id}
                    scale={scale}
                    dayWidth={dayWidth}
                    from={phase.from}
                    to={phase.to}
                    name={phase.name}
                    state="was"
                  />
                ))}
            </div>
          )}
          {campaign && (
            <Marks campaign={campaign} next={next} scale={scale} dayWidth={dayWidth} days={plan?.days ?? 0} />
          )}
          {hand && hand.days !== 0 && (
            <span className={styles.hand} role="status" dir="auto">
              {handWords(hand, bars)}
            </span>
          )}
          <PostTicks lane={lane} scale={scale} plan={plan} />
        </div>
      </li>
    </ContextMenu>
  )
}

function barsOf(campaign: Campaign): readonly Phase[] {
  if (campaign.phases.length > 0) return campaign.phases
  const { startOn, endOn } = campaign
  if (!startOn && !endOn) return []
  return [{ id: WHOLE, name: campaign.name, from: startOn ?? endOn ?? '', to: endOn ?? startOn ?? '' }]
}

const changed = (phase: Phase, others: readonly Phase[]) => {
  const other = others.find(({ id }) => id === phase.id)
  return other !== undefined && (other.from !== phase.from || other.to !== phase.to)
}

const marksOf = (campaign: Campaign) => [
  ...campaign.milestones,
  ...(campaign.launchOn && !campaign.milestones.some(({ on }) => on === campaign.launchOn)
    ? [{ id: 'launch', name: 'Launch', on: campaign.launchOn }]
    : []),
]

/** Milestones, and with a shift the way from the old launch to the new one. */
function Marks({
  campaign,
  next,
  scale,
  dayWidth,
  days,
}: {
  campaign: Campaign
  next: Campaign | undefined
  scale: Scale
  dayWidth: number
  days: number
}) {
  const marks = marksOf(next ?? campaign)
  const before = next ? marksOf(campaign).filter(({ id, on }) => marks.find((mark) => mark.id === id)?.on !== on) : []
  if (marks.length === 0) return null
  const middle = 50 / scale.days
  const first = before[0]
  const landed = first && marks.find(({ id }) => id === first.id)
  return (
    <div className={styles.bars}>
      {before.map((mark) => (
        <Diamond key={`was-${mark.id}`} scale={scale} on={mark.on} name={mark.name} state="was" nameless />
      ))}
      {first && landed && (
        <span
          className={styles.jump}
          data-back={landed.on < first.on || undefined}
          style={{
            insetInlineStart: `${placeOf(scale, [landed.on, first.on].sort()[0] ?? first.on) + middle}%`,
            inlineSize: `${(Math.abs(daysBetween(first.on, landed.on)) / scale.days) * 100}%`,
          }}
        >
          <b dir="auto">{dayWords(days)}</b>
        </span>
      )}
      {sideBySide(marks, scale, dayWidth).map(({ id, ...mark }) => (
        <Diamond key={id} scale={scale} {...mark} />
      ))}
    </div>
  )
}

/** Names of milestones near each other: the earlier one's goes to the left where there is room, else it is cut. */
function sideBySide(marks: readonly { id: string; name: string; on: IsoDate }[], scale: Scale, dayWidth: number) {
  const sorted = marks.toSorted((a, b) => (a.on < b.on ? -1 : 1))
  // Where the last name ends, in pixels from the start of the scale.
  let taken = 0
  return sorted.map(({ id, name, on }, index) => {
    const x = (daysBetween(scale.from, on) + 0.5) * dayWidth
    const next = sorted[index + 1]
    const room = next ? daysBetween(on, next.on) * dayWidth - DIAMOND : Number.POSITIVE_INFINITY
    const needed = name.length * LETTER + 2 * DIAMOND
    const turned = x > (scale.days * dayWidth * NEAR_END) / 100 || (needed > room && x - needed > taken)
    taken = x + (turned ? DIAMOND : Math.min(needed, room))
    return { id, name, on, turned, room: turned || needed <= room ? undefined : room }
  })
}
const DIAMOND = 7
/** Pixels a letter takes on average. */
const LETTER = 6.4

function PostTicks({ lane, scale, plan }: { lane: LaneData; scale: Scale; plan: ShiftPlan | null }) {
  const target = new Map(plan?.moves.map(({ post, to }) => [post.id, to]) ?? [])
  const days: Map<IsoDate, (TickKind | 'was')[]> = ticksByDay(
    // Posts that come into sight only by the shift are not in the lane yet.
    plan
      ? [...plan.moves, ...plan.stays].map(({ post }) => ({ ...post, planned: target.get(post.id) ?? post.planned }))
      : lane.posts,
  )
  for (const { from } of plan?.moves ?? []) days.set(from.date, [...(days.get(from.date) ?? []), 'was'])
  const shown = [...days].filter(([date]) => placeOf(scale, date) >= 0 && placeOf(scale, date) < 100)
  const tallest = Math.max(1, ...shown.map(([, ticks]) => ticks.length))
  return (
    <div className={styles.posts} style={{ blockSize: Math.min(tallest, 12) * 6 + 4 }}>
      <Ticks scale={scale} days={days} label={(date, count) => `${formatDay(date)}, ${plural(count, 'post')}`} />
    </div>
  )
}

export const dayWords = (days: number) => `${days < 0 ? '−' : '+'}${plural(Math.abs(days), 'day')}`

const handWords = (hand: { id: string; part: 'body' | Edge; days: number }, bars: readonly Phase[]) => {
  if (hand.part === 'body') return `Shift by ${dayWords(hand.days)}`
  const bar = bars.find(({ id }) => id === hand.id)
  return bar ? `${hand.part === 'from' ? 'From' : 'Until'} ${formatDay(addDays(bar[hand.part], hand.days))}` : ''
}

const datesWords = ({ startOn, endOn }: Campaign) =>
  startOn && endOn ? `${formatRange({ from: startOn, to: endOn })}, ` : ''

const laneWords = ({ campaign, posts }: LaneData, name: string) =>
  [
    name,
    campaign?.startOn && campaign.endOn && formatRange({ from: campaign.startOn, to: campaign.endOn }),
    campaign?.launchOn && `launch ${formatDay(campaign.launchOn)}`,
    `${plural(posts.length, 'post')} in these weeks`,
  ]
    .filter(Boolean)
    .join(', ')
