/** react-big-calendar as its documentation sets it up, given only the month's events, already in memory. The yardstick. */
import moment from 'moment'
import { useState } from 'react'
import { Calendar, momentLocalizer } from 'react-big-calendar'
import 'react-big-calendar/lib/css/react-big-calendar.css'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'

interface PlainEvent {
  title: string
  start: Date
  end: Date
}
interface Yardstick {
  /** Hands the events of a month page over before it is measured. */
  plainGive(month: string, events: { title: string; at: number }[]): void
  /** Shows a month; resolves with the milliseconds until it was painted. */
  plainShow(month: string): Promise<number>
}

const months = new Map<string, PlainEvent[]>()
const localizer = momentLocalizer(moment)
let show: (month: string) => void = () => {}

function Plain() {
  const [month, setMonth] = useState('2026-10')
  show = setMonth
  return (
    <Calendar
      localizer={localizer}
      events={months.get(month) ?? []}
      date={new Date(`${month}-15T12:00:00`)}
      view="month"
      onNavigate={() => {}}
      onView={() => {}}
      popup
      style={{ height: '100vh' }}
    />
  )
}

const painted = () =>
  new Promise<void>((resolve) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve()
      port2.postMessage(null)
    }),
  )

Object.assign(window, {
  plainGive(month, events) {
    months.set(
      month,
      events.map(({ title, at }) => ({ title, start: new Date(at), end: new Date(at + 1_800_000) })),
    )
  },
  async plainShow(month) {
    const start = performance.now()
    flushSync(() => show(month))
    await painted()
    return performance.now() - start
  },
} satisfies Yardstick)

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no root')
createRoot(root).render(<Plain />)
