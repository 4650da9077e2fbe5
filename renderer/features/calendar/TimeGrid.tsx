/**
 * What stands in react-big-calendar's week and day: heads, hours, columns and posts of our own. The library keeps the frame (a
 * column per day, a group per hour, scrolling); how high an hour is and where a post stands comes from the axis, so that a
 * doubled or missing hour is drawn as what it is.
 */
import { ClockArrowDown, ClockArrowUp, FoldVertical, Moon, StickyNote, Sun, UnfoldVertical } from 'lucide-react'
import { type CSSProperties, type ReactNode, type Ref, useMemo } from 'react'
import type { DayLayoutFunction } from 'react-big-calendar'
import { NETWORKS, quietSpans } from '../../../shared/domain/channel.ts'
import {
  clockOf,
  type IsoDate,
  inRange,
  isWeekend,
  minutesOf,
  toInstant,
  toWall,
  type Zone,
} from '../../../shared/domain/time.ts'
import { markIn, useMarks, useWorstMark } from '../../parts/atNetwork/cardMarks.ts'
import { formatDayLong, MarkIcon, plural, StatusIcon, weekdayShort, zoneCity, zoneOffset } from '../../parts/index.ts'
import { showDate, showView } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { cx } from '../../ui/index.ts'
import { type Axis, labelsOf, topOf } from './axis.ts'
import { CampaignBars } from './CampaignBars.tsx'
import { useCalendar } from './context.ts'
import { dayFacts, shiftWords } from './dayFacts.ts'
import type { PostEvent } from './events.ts'
import { quietNight } from './fold.ts'
import { type GridEvent, layDay, laySlots } from './gridLayout.ts'
import { dateOf } from './localizer.ts'
import { span } from './messages.ts'
import { layBars, type Measures, worstHidden } from './monthLayout.ts'
import { PostButton } from './PostButton.tsx'
import { SlotBadge, slotsShown } from './SlotBadge.tsx'
import styles from './TimeGrid.module.css'
import { useUi } from './uiState.ts'

/** Campaign bars over the columns; more than these would push the hours out of sight. */
const MOST_LANES = 4

export const useLanes = () => {
  const { page } = useCalendar()
  return useMemo(() => layBars(page.campaigns, page.days, MOST_LANES), [page.campaigns, page.days])
}

/** The library asks for a function; ours places by the axis instead of by percent of 24 hours. */
export const layoutOn =
  (axis: Axis, measures: Measures, most: number, widest: number): DayLayoutFunction<GridEvent> =>
  ({ events }) =>
    layDay(
      events.filter((event) => event.kind === 'post'),
      axis,
      measures.chip.l,
      most,
      widest,
    ).map(({ event, top, height, left, width }) => ({
      event,
      style: { top, height, width, left } as CSSProperties,
    }))

interface TimeEventProps {
  event: GridEvent
  style?: { top: number; height: number; width: number; left: number }
}

/** Takes the place of the library's event. */
function TimeEvent({ event, style }: TimeEventProps) {
  const { clashText, measures } = useCalendar()
  const place: CSSProperties = {
    position: 'absolute',
    top: style?.top,
    height: style?.height,
    insetInlineStart: `calc(${style?.left ?? 0}% + 3px)`,
    width: `calc(${style?.width ?? 100}% - 5px)`,
  }
  if (event.kind === 'more') return <More day={event.day} hidden={event.hidden} place={place} />
  return (
    <PostButton
      event={event}
      size={measures.chip.l === measures.chip.s ? 's' : 'l'}
      clash={clashText(event.id)}
      style={place}
      className={styles.event}
    />
  )
}

/** The posts of a place that has no room for them. */
function More({ day, hidden, place }: { day: IsoDate; hidden: readonly PostEvent[]; place: CSSProperties }) {
  const there = useWorstMark(hidden)
  return (
    <button
      type="button"
      className={styles.more}
      style={place}
      data-more={day}
      tabIndex={-1}
      aria-label={`${hidden.length} more`}
    >
      +{hidden.length}
      {there && <MarkIcon mark={there} />}
      {worstHidden(hidden).map((status) => (
        <StatusIcon key={status} status={status} />
      ))}
    </button>
  )
}

/** Day of a column: weekday, number, what the day is marked with. A press opens the day. */
function DayHead({ date }: { date: Date }) {
  const { page } = useCalendar()
  const { settings } = useReference()
  const day = dateOf(date)
  const mark = page.marks.get(day)
  const words = [
    mark?.holiday,
    ...(mark?.notes.map(({ text, kind }) => (kind === 'blackout' ? `Blackout: ${text}` : text)) ?? []),
  ]
    .filter(Boolean)
    .join(', ')
  const events = page.byDay.get(day) ?? []
  const worst = worstHidden(events)[0]
  const there = useWorstMark(events)
  const marks = useMarks((state) => state.marks)
  if (page.view === 'day') {
    return (
      <span className={styles.dayHead} data-wide>
        {mark?.shift && <ClockNote day={day} second={settings.secondZone} />}
        {words && (
          <span className={styles.words} dir="auto">
            {words}
          </span>
        )}
        {!words && !mark?.shift && (
          <span className={styles.words} dir="auto">
            {plural(events.length, 'post')}
          </span>
        )}
      </span>
    )
  }
  return (
    <button
      type="button"
      className={styles.dayHead}
      data-today={day === page.today || undefined}
      data-past={day < page.today || undefined}
      title={[formatDayLong(day), words, mark?.shift && shiftWords(mark.shift)].filter(Boolean).join('\n')}
      onClick={() => {
        showDate(day)
        showView('day')
      }}
    >
      {weekdayShort(day)} <span className={styles.number}>{Number(day.slice(8))}</span>
      {words && !worst && !there && <span className={styles.words}>{words}</span>}
      {words && (worst || there) && <StickyNote aria-hidden size={12} />}
      {mark?.shift &&
        !words &&
        (mark.shift.kind === 'twice' ? (
          <ClockArrowDown aria-hidden size={12} />
        ) : (
          <ClockArrowUp aria-hidden size={12} />
        ))}
      {there ? (
        <span className={styles.worst}>
          <MarkIcon mark={there} />
          {events.filter(({ post }) => markIn(marks, post) === there).length}
        </span>
      ) : (
        worst && (
          <span className={styles.worst}>
            <StatusIcon status={worst} />
            {events.filter(({ post }) => post.status === worst).length}
          </span>
        )
      )}
    </button>
  )
}

const hoursBetween = (zone: Zone, other: Zone, at: number) => {
  const wall = (z: Zone) => {
    const { date, time } = toWall(at, z)
    return Date.parse(`${date}T${time}:00Z`)
  }
  return (wall(other) - wall(zone)) / 3_600_000
}

/** `25 hours today. Clocks go back at 03:00. Halifax is 5 h behind before it, 4 h after it.` */
function ClockNote({ day, second }: { day: IsoDate; second: Zone | '' }) {
  const { page } = useCalendar()
  const { minutes, shift } = dayFacts(day, page.zone)
  if (!shift) return null
  const hours = minutes / 60
  const Icon = shift.kind === 'twice' ? ClockArrowDown : ClockArrowUp
  const gap = (at: number) => {
    if (!second) return ''
    const by = hoursBetween(page.zone, second, at)
    return `${Math.abs(by)} h ${by < 0 ? 'behind' : 'ahead'}`
  }
  return (
    <>
      <span className={styles.hours}>
        <Icon aria-hidden size={12} />
        <bdi>{Number.isInteger(hours) ? hours : hours.toFixed(1)} hours today</bdi>
      </span>
      <span className={styles.words} dir="auto">
        {shiftWords(shift)} at {clockOf(shift.kind === 'twice' ? Math.min(shift.to, 1_439) : shift.from)}.
        {second && ` ${zoneCity(second)} is ${gap(shift.at - 60_000)} before it, ${gap(shift.at)} after it.`}
      </span>
    </>
  )
}

/** Names of the zones over the hours, and the campaign bars beside them. */
function GutterHead() {
  const { page } = useCalendar()
  const { settings } = useReference()
  const { bars } = useLanes()
  const second = settings.secondZone
  return (
    <>
      <div className={styles.zones}>
        {second && <span title={second}>{zoneCity(second)}</span>}
        <span title={page.zone}>{second ? zoneCity(page.zone) : zoneOffset(page.zone, page.now)}</span>
      </div>
      <div className={styles.bars}>
        <CampaignBars bars={bars} columns={page.days.length} top={0} />
      </div>
    </>
  )
}

/** Hours of one or two zones, written on the lines of the axis. */
function Gutter({ children }: { children?: ReactNode }) {
  const { page, axis } = useCalendar()
  const { settings } = useReference()
  const second = settings.secondZone
  const grid = axis.current
  const day = grid?.shift?.day ?? page.date
  const now = toWall(page.now, page.zone)
  if (!grid) return children
  const here = page.days.includes(page.today)
  let last = day
  const labels = labelsOf(grid).map((label) => {
    const fold = label.note === 'second' ? 'later' : label.note === 'first' ? 'earlier' : undefined
    const other =
      second && label.note !== 'missing'
        ? toWall(toInstant({ date: day, time: label.time, zone: page.zone, fold }), second)
        : null
    // The other zone names its day where it is not this one, and where it turns.
    const turned = other !== null && other.date !== last
    if (other) last = other.date
    return { ...label, other, turned }
  })
  return (
    <div className={styles.gutter}>
      {children}
      {labels.map(({ top, time, note, other, turned }) => (
        <div key={`${time}${note}`} className={styles.label} data-hour={time} style={{ top }}>
          {second && (
            <span className={styles.other}>
              {other && turned ? `${weekdayShort(other.date)} ` : ''}
              {other?.time}
            </span>
          )}
          <span className={cx(note === 'missing' && styles.gone)}>
            {time}
            {(note === 'first' || note === 'second') && <em>{note}</em>}
          </span>
        </div>
      ))}
      {here && (
        <span className={styles.nowLabel} style={{ top: topOf(grid, minutesOf(now.time), now.fold === 'later') }}>
          {now.time}
        </span>
      )}
    </div>
  )
}

interface DayColumnProps {
  date: Date
  className?: string
  style?: CSSProperties
  children?: ReactNode
  ref?: Ref<HTMLDivElement>
}

/** A day: what it is marked with, its open slots, the now line, and the posts the library puts in. */
function DayColumn({ date, className, children, ref }: DayColumnProps) {
  const { page, axis, measures } = useCalendar()
  const day = dateOf(date)
  const focused = useUi((state) => state.day === day)
  const target = useUi((state) => state.hand?.target ?? state.moving?.target ?? null)
  const lit = useUi((state) => state.lit !== null && inRange(day, state.lit))
  const refused = useUi((state) => Boolean(state.hand?.refusal))
  const grid = axis.current
  const mark = page.marks.get(day)
  const slots = page.slots.get(day) ?? []
  const now = toWall(page.now, page.zone)
  const here = target?.kind === 'time' && target.day === day ? target : null
  const count = page.byDay.get(day)?.length ?? 0
  let slotCount = 0
  for (const list of page.slots.values()) slotCount += list.length
  return (
    // biome-ignore lint/a11y/useSemanticElements: a column of a time grid
    <div
      ref={ref}
      role="group"
      aria-label={`${formatDayLong(day)}, ${plural(count, 'post')}`}
      className={cx(className, styles.column)}
      data-day={day}
      data-drop="time"
      data-weekend={isWeekend(day) || undefined}
      data-blackout={mark?.blackout || undefined}
      data-slots={slotsShown(slotCount)}
      data-lit={lit || undefined}
      tabIndex={focused ? 0 : -1}
    >
      {grid && <Shift axis={grid} day={day} />}
      {grid && <Night axis={grid} first={day === page.days[0]} />}
      {grid && page.days.includes(page.today) && (
        <div
          className={styles.now}
          data-today={day === page.today || undefined}
          style={{ top: topOf(grid, minutesOf(now.time), now.fold === 'later') }}
        />
      )}
      {grid &&
        laySlots(slots, page.byDay.get(day) ?? [], grid, measures.chip.l).map(({ slot, top }) => (
          <div key={slot.at} className={styles.slot} style={{ top }}>
            <SlotBadge slot={slot} />
          </div>
        ))}
      {grid && here && <Closed axis={grid} day={day} />}
      {children}
      {grid && here && (
        <div
          className={styles.target}
          data-refused={refused || undefined}
          // Inside the day, as the post will be: beyond its end the page would scroll to where nothing can be dropped.
          style={{ top: Math.min(topOf(grid, here.minutes, here.fold === 'later'), grid.height - measures.chip.l) }}
        >
          <span>
            {clockOf(here.minutes)}
            {here.fold ? (here.fold === 'later' ? ' second' : ' first') : ''}
          </span>
        </div>
      )}
    </div>
  )
}

/** While a post is in the hand: the hours in which its channels keep quiet or are too near to another post. */
function Closed({ axis, day }: { axis: Axis; day: IsoDate }) {
  const { page } = useCalendar()
  const { channels } = useReference()
  const hand = useUi((state) => state.hand)
  if (!hand) return null
  const bands = (page.byDay.get(day) ?? []).flatMap(({ id, post, minutes }) => {
    if (hand.ids.includes(id) && !hand.copy) return []
    return post.channelIds.flatMap((channelId) => {
      const channel = hand.anchor.channelIds.includes(channelId) ? channels.get(channelId) : undefined
      if (!channel?.spacing) return []
      const top = topOf(axis, Math.max(0, minutes - channel.spacing + 1))
      const bottom = topOf(axis, Math.min(1_439, minutes + channel.spacing))
      return [
        {
          key: `${id} ${channelId}`,
          top,
          height: bottom - top,
          words: `${NETWORKS[channel.network].sign}, ${span(channel.spacing)} apart`,
        },
      ]
    })
  })
  const quiet = channels.list.flatMap((channel) =>
    hand.anchor.channelIds.includes(channel.id)
      ? quietSpans(channel, day, page.zone).map(({ from, to }) => {
          const top = topOf(axis, from)
          return {
            key: `${channel.id} ${from}`,
            top,
            height: topOf(axis, Math.min(1_439, to)) - top,
            words: `${NETWORKS[channel.network].sign}, quiet hours`,
          }
        })
      : [],
  )
  return [...quiet, ...bands].map(({ key, words, ...place }) => (
    <div key={key} className={styles.closed} style={place}>
      <span>{words}</span>
    </div>
  ))
}

/** The hour that is missing or comes twice. */
function Shift({ axis, day }: { axis: Axis; day: IsoDate }) {
  const { page } = useCalendar()
  const { shift } = axis
  if (!shift) return null
  const top = topOf(axis, shift.from)
  if (shift.day !== day) {
    const second = axis.segments.find(({ kind }) => kind === 'second')
    return second ? (
      <div className={styles.unused} style={{ top: second.top, height: second.bottom - second.top }} />
    ) : null
  }
  const name = `${clockOf(shift.from)} – ${clockOf(shift.to - 1)}`
  if (shift.kind === 'missing') {
    const height = topOf(axis, Math.min(shift.to, 1_439)) - top
    return (
      <div className={styles.missing} style={{ top, height }}>
        <span>{page.view === 'day' ? `${name} does not exist` : 'does not exist'}</span>
      </div>
    )
  }
  const second = topOf(axis, shift.from, true)
  const height = second - top
  return (
    <>
      <div className={styles.twice} style={{ top, height }}>
        <span>
          <Sun aria-hidden size={12} />
          {page.view === 'day' ? `${name}, first time` : 'first'} <i>{zoneOffset(page.zone, shift.at - 60_000)}</i>
        </span>
      </div>
      <div className={cx(styles.twice, styles.again)} style={{ top: second, height }}>
        <span>
          <Moon aria-hidden size={12} />
          {page.view === 'day' ? `${name}, second time` : 'second'} <i>{zoneOffset(page.zone, shift.at)}</i>
        </span>
      </div>
    </>
  )
}

/** Empty hours of the night: a strip over all days, opened and closed by a press. */
function Night({ axis, first }: { axis: Axis; first: boolean }) {
  const { page } = useCalendar()
  const strip = axis.segments.find(({ kind }) => kind === 'folded')
  const run = strip ?? (first ? quietNight(page) : null)
  if (!run) return null
  const name = `${clockOf(run.from)} – ${clockOf(run.to)}`
  const words = first && (
    <button type="button" className={styles.foldWords} data-fold aria-expanded={!strip}>
      {strip ? <UnfoldVertical aria-hidden size={12} /> : <FoldVertical aria-hidden size={12} />}
      {strip ? `${name}, nothing planned` : `Fold ${name}`}
    </button>
  )
  if (!strip)
    return (
      <div className={styles.folded} style={{ top: topOf(axis, run.from) }} data-open>
        {words}
      </div>
    )
  return (
    <div className={styles.folded} style={{ top: strip.top, height: strip.bottom - strip.top }} data-fold title={name}>
      {words}
    </div>
  )
}

const Nothing = () => null

/** The parts react-big-calendar draws its week and day with. */
export const timeGridParts = {
  eventWrapper: TimeEvent,
  header: DayHead,
  timeGutterHeader: GutterHead,
  timeGutterWrapper: Gutter,
  dayColumnWrapper: DayColumn,
  timeIndicatorWrapper: Nothing,
}
