/** What stands on a timeline: bars, diamonds, ticks, lines. Each is placed by its share of the length. */
import type { CSSProperties, ReactNode } from 'react'
import { daysOf, type IsoDate, isWeekend, weekday } from '../../../shared/domain/time.ts'
import { cx, type Hue, hueVar, vars } from '../../ui/index.ts'
import { formatDay, formatShort } from '../format.ts'
import { lastDay, NEAR_END, placeOf, type Scale, spanOf, type TickKind, weeksOf } from './scale.ts'
import styles from './Track.module.css'

const at = (start: number, width?: number): CSSProperties => ({
  insetInlineStart: `${start}%`,
  ...(width === undefined ? {} : { inlineSize: `${width}%` }),
})

interface BarProps {
  scale: Scale
  from: IsoDate
  to: IsoDate
  name: string
  hue?: Hue
  /** `new`: where it will be, `was`: where it is until the shift is done. */
  state?: 'new' | 'was'
  /** Pixels of a day, so that a short bar can write smaller or leave its name to the tooltip. */
  dayWidth?: number
  children?: ReactNode
}

/** A stretch of days with a name. Open ends run to the edge. */
export function Bar({ scale, from, to, name, hue = 'slate', state, dayWidth, children }: BarProps) {
  const span = spanOf(scale, from, to)
  if (!span) return null
  const width = dayWidth === undefined ? Number.POSITIVE_INFINITY : (span.width / 100) * scale.days * dayWidth
  return (
    <span
      className={styles.bar}
      data-state={state}
      data-open-start={span.openStart || undefined}
      data-open-end={span.openEnd || undefined}
      data-short={width < 56 || undefined}
      title={`${name}, ${formatShort(from)} – ${formatShort(to)}`}
      style={{ ...at(span.start, span.width), ...vars({ '--ch': hueVar(hue) }) }}
    >
      {width >= 40 && <span className={styles.name}>{name}</span>}
      {children}
    </span>
  )
}

interface DiamondProps {
  scale: Scale
  on: IsoDate
  name: string
  state?: 'was'
  nameless?: boolean
  /** Its name stands before it; absent: only near the end of the scale. */
  turned?: boolean
  /** Pixels its name may take with it. */
  room?: number | undefined
}

/** A milestone: a diamond in the middle of its day, its name beside it where there is room. */
export function Diamond({ scale, on, name, state, nameless, room, turned: asked }: DiamondProps) {
  const place = placeOf(scale, on) + 50 / scale.days
  if (place < 0 || place > 100) return null
  const turned = asked ?? place > NEAR_END
  return (
    <span
      className={styles.diamond}
      data-state={state}
      data-turned={turned || undefined}
      style={{ ...at(place), maxInlineSize: room }}
      title={`${name}, ${formatDay(on)}`}
    >
      <i />
      {!nameless && <b>{name}</b>}
    </span>
  )
}

interface TicksProps {
  scale: Scale
  days: ReadonlyMap<IsoDate, readonly (TickKind | 'was' | 'load' | 'moved' | 'over')[]>
  /** Most ticks drawn for a day; the rest is in the tooltip. */
  most?: number
  label: (date: IsoDate, count: number) => string
}

/** One tick a post, stacked by day. */
export function Ticks({ scale, days, most = 12, label }: TicksProps) {
  const last = lastDay(scale)
  return (
    <>
      {[...days].map(([date, ticks]) => {
        if (date < scale.from || date > last || ticks.length === 0) return null
        return (
          <span
            key={date}
            className={styles.ticks}
            style={at(placeOf(scale, date), 100 / scale.days)}
            title={label(date, ticks.filter((tick) => tick !== 'was').length)}
          >
            {ticks.slice(0, most).map((tick, index) => (
              <i key={index} data-tick={tick} />
            ))}
          </span>
        )
      })}
    </>
  )
}

/** Weeks, weekends and closed days behind everything. */
export function GridLines({
  scale,
  weekStart,
  closed = [],
}: {
  scale: Scale
  weekStart: number
  closed?: readonly { on: IsoDate; until: IsoDate }[]
}) {
  const days = daysOf({ from: scale.from, to: lastDay(scale) })
  const weekends = days.filter((day, index) => isWeekend(day) && (weekday(day) === 6 || index === 0))
  return (
    <span className={styles.grid} aria-hidden="true">
      {weekends.map((day) => (
        <i
          key={day}
          className={styles.weekend}
          style={at(placeOf(scale, day), ((weekday(day) === 6 ? 2 : 1) / scale.days) * 100)}
        />
      ))}
      {closed.map(({ on, until }) => {
        const span = spanOf(scale, on, until)
        return span && <i key={`${on}${until}`} className={styles.closed} style={at(span.start, span.width)} />
      })}
      {weeksOf(scale, weekStart).map((week) => (
        <i key={week} className={styles.week} style={at(placeOf(scale, week))} />
      ))}
    </span>
  )
}

/** Now, at its time of day. `share`: how much of today is gone, 0 ... 1. */
export function NowLine({
  scale,
  today,
  share,
  label,
}: {
  scale: Scale
  today: IsoDate
  share: number
  label?: string
}) {
  const place = placeOf(scale, today) + (share * 100) / scale.days
  if (place < 0 || place > 100) return null
  return (
    <span className={cx(styles.now, label === undefined && styles.dot)} style={at(place)} aria-hidden="true">
      {label !== undefined && <b>{label}</b>}
    </span>
  )
}
