// biome-ignore-all lint/a11y/useSemanticElements: a grid of buttons, not a table of text
// biome-ignore-all lint/a11y/useFocusableInteractive: one cell has the tab stop, heads have none
import { ClockArrowDown, ClockArrowUp, StickyNote } from 'lucide-react'
import { memo, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { OpenMoment } from '../../../shared/domain/slots.ts'
import { type IsoDate, inRange, isWeekend, weekNumber } from '../../../shared/domain/time.ts'
import { useWorstMark } from '../../parts/atNetwork/cardMarks.ts'
import { formatDayLong, MarkIcon, monthShort, StatusIcon, weekdayShort } from '../../parts/index.ts'
import { go, useNavigation } from '../../ports/navigation.ts'
import { cx, Menu } from '../../ui/index.ts'
import { CampaignBars } from './CampaignBars.tsx'
import { useCalendar } from './context.ts'
import { shiftWords } from './dayFacts.ts'
import type { PostEvent } from './events.ts'
import styles from './MonthView.module.css'
import { layBars, type Measures, planCell, worstHidden } from './monthLayout.ts'
import { PostButton } from './PostButton.tsx'
import { SlotBadge, slotsShown } from './SlotBadge.tsx'
import { useUi } from './uiState.ts'
import type { DayMark } from './usePage.ts'

const NONE: readonly PostEvent[] = []
const NO_SLOTS: readonly OpenMoment[] = []

/**
 * The month as a view of react-big-calendar, in place of its own: that one measures one row and gives all rows its limit, knows a
 * single height of event, and its events have neither role nor tab stop. Here a day takes the largest chips that all fit.
 */
export function MonthView() {
  const { page, measures } = useCalendar()
  const box = useRef<HTMLDivElement>(null)
  const [height, setHeight] = useState(0)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () => setHeight(element.clientHeight)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const weeks = useMemo(() => {
    const rows: IsoDate[][] = []
    for (let index = 0; index < page.days.length; index += 7) rows.push(page.days.slice(index, index + 7))
    return rows
  }, [page.days])
  // Six rows leave less: thinner bars, so that two posts still stand above the line of the rest.
  const tight = useMemo(
    () => (weeks.length > 5 ? { ...measures, lane: measures.lane - 2 } : measures),
    [weeks.length, measures],
  )
  const weekHeight = Math.max(96, Math.floor(height / weeks.length))
  return (
    <div className={styles.month} role="grid" aria-label="Month">
      <div className={styles.heads} role="row">
        {(weeks[0] ?? []).map((day, index) => (
          <div
            key={day}
            role="columnheader"
            className={styles.head}
            data-now={weeks.some((week) => week[index] === page.today) || undefined}
          >
            {weekdayShort(day)}
          </div>
        ))}
      </div>
      <div
        className={styles.weeks}
        ref={box}
        data-scroll
        style={{ ['--bar-h' as string]: `${tight.lane - tight.gap}px` }}
      >
        {height > 0 &&
          weeks.map((days, index) => <Week key={index} days={days} height={weekHeight} measures={tight} />)}
      </div>
    </div>
  )
}

function Week({ days, height, measures }: { days: readonly IsoDate[]; height: number; measures: Measures }) {
  const { page, clashText } = useCalendar()
  // Two bars may leave room for two small posts; any more leave room for three and the line below them.
  const lanesBeside = (posts: number, more = 0) =>
    Math.floor((height - measures.head - posts * (measures.chip.s + measures.gap) - more) / measures.lane)
  const most = Math.max(1, Math.min(2, lanesBeside(2)), lanesBeside(3, measures.more))
  const { bars, lanes, left } = useMemo(() => layBars(page.campaigns, days, most), [page.campaigns, days, most])
  const room = height - measures.head - lanes * measures.lane - 1
  const slotCount = days.reduce((sum, day) => sum + (page.slots.get(day)?.length ?? 0), 0)
  return (
    <div className={styles.week} role="row" style={{ height }}>
      <CampaignBars bars={bars} columns={days.length} top={measures.head} />
      {left.length > 0 && (
        <Menu
          align="end"
          label={`${left.length === 1 ? 'Another campaign' : `${left.length} more campaigns`} this week`}
          items={left.map(({ id, name }) => ({
            label: name,
            onSelect: () => go({ screen: 'campaign', campaignId: id }),
          }))}
          trigger={
            <button
              type="button"
              className={styles.left}
              style={{ top: measures.head + (lanes - 1) * measures.lane }}
              aria-label={`${left.length} more campaigns this week`}
            >
              +{left.length}
            </button>
          }
        />
      )}
      {days.map((day, index) => (
        <Cell
          key={index}
          day={day}
          week={index === 0 ? weekNumber(day) : 0}
          events={page.byDay.get(day) ?? NONE}
          slots={page.slots.get(day) ?? NO_SLOTS}
          slotsShown={slotsShown(slotCount)}
          mark={page.marks.get(day)}
          room={room}
          push={lanes * measures.lane}
          measures={measures}
          outside={day.slice(0, 7) !== page.date.slice(0, 7)}
          past={day < page.today}
          today={day === page.today}
          first={day === page.days[0] || day.endsWith('-01')}
          clashText={clashText}
        />
      ))}
    </div>
  )
}

interface CellProps {
  day: IsoDate
  /** Shown in the first cell of a row; 0 elsewhere. */
  week: number
  events: readonly PostEvent[]
  slots: readonly OpenMoment[]
  slotsShown: 'always' | 'asked'
  mark: DayMark | undefined
  room: number
  push: number
  measures: Measures
  outside: boolean
  past: boolean
  today: boolean
  first: boolean
  clashText: (id: string) => string | undefined
}

const Cell = memo(function Cell({
  day,
  week,
  events,
  slots,
  slotsShown: shown,
  mark,
  room,
  push,
  measures,
  outside,
  past,
  today,
  first,
  clashText,
}: CellProps) {
  const focused = useUi((state) => state.day === day)
  const moving = useUi(
    (state) => state.moving !== null && state.moving.target.kind !== 'tray' && state.moving.target.day === day,
  )
  const lit = useUi((state) => state.lit !== null && inRange(day, state.lit))
  const nobody = useNavigation((state) => state.focused === null)
  const plan = planCell(events, room, measures)
  const worst = plan.hidden.length > 0 ? worstHidden(plan.hidden) : []
  const there = useWorstMark(plan.hidden)
  const used = plan.shown.reduce(
    (sum, { post }) =>
      sum + (plan.size === 'xl' && !post.coverId ? measures.chip.l : measures.chip[plan.size]) + measures.gap,
    0,
  )
  const slotRoom = plan.hidden.length > 0 ? 0 : Math.max(0, Math.floor((room - used) / (20 + measures.gap)))
  const number = Number(day.slice(8))
  return (
    <div
      role="gridcell"
      data-day={day}
      data-drop="day"
      tabIndex={focused ? 0 : -1}
      aria-label={`${formatDayLong(day)}, ${events.length === 1 ? '1 post' : `${events.length} posts`}`}
      className={cx(
        styles.cell,
        isWeekend(day) && styles.weekend,
        outside && styles.outside,
        mark?.blackout && styles.blackout,
        past && styles.past,
        today && styles.today,
      )}
      data-first={week > 0 || undefined}
      data-slots={shown}
      data-moving={moving || undefined}
      data-lit={lit || undefined}
      data-nobody={nobody || undefined}
    >
      <div className={styles.dayHead}>
        <span className={styles.number} dir="auto">
          {first ? `${number} ${monthShort(day)}` : number}
        </span>
        {mark && <Mark mark={mark} />}
        <span className={styles.end}>
          {events.length > 4 && <span className={styles.count}>{events.length}</span>}
          {week > 0 && <span className={styles.week_}>W{week}</span>}
        </span>
      </div>
      <div className={styles.stack} style={{ marginBlockStart: push }}>
        {plan.shown.map((event) => (
          <PostButton
            key={event.id}
            event={event}
            size={plan.size === 'xl' && !event.post.coverId ? 'l' : plan.size}
            clash={clashText(event.id)}
          />
        ))}
        {plan.hidden.length > 0 && (
          <button type="button" className={styles.more} data-more={day} tabIndex={-1}>
            <bdi>+{plan.hidden.length} more</bdi>
            {there && <MarkIcon mark={there} />}
            {worst.map((status) => (
              <StatusIcon key={status} status={status} />
            ))}
          </button>
        )}
        {slots.slice(0, slotRoom).map((slot) => (
          <SlotBadge key={slot.at} slot={slot} />
        ))}
      </div>
    </div>
  )
})

/** Holiday, note or clock change of a day, in its head. */
function Mark({ mark }: { mark: DayMark }) {
  const note = mark.notes[0]
  const words = note?.text || mark.holiday || (mark.shift ? shiftWords(mark.shift) : '')
  if (!words && !note) return null
  const all = [
    mark.holiday,
    ...mark.notes.map(({ text, kind }) => (kind === 'blackout' ? `Blackout: ${text}` : text)),
    mark.shift ? shiftWords(mark.shift) : '',
  ]
  return (
    <span className={styles.note} title={all.filter(Boolean).join('\n')}>
      {note?.kind === 'note' && <StickyNote aria-hidden size={12} />}
      {!note &&
        mark.shift &&
        !mark.holiday &&
        (mark.shift.kind === 'twice' ? (
          <ClockArrowDown aria-hidden size={12} />
        ) : (
          <ClockArrowUp aria-hidden size={12} />
        ))}
      <span className={styles.noteText} dir="auto">
        {words}
      </span>
    </span>
  )
}
