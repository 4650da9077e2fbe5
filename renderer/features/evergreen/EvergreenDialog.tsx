import { useState } from 'react'
import type { GapFill } from '../../../shared/domain/evergreen.ts'
import { addDays, type DateRange, dateAt, type IsoDate, monthOf, startOfWeek } from '../../../shared/domain/time.ts'
import { fillFromPool } from '../../data/commands/evergreen.ts'
import { ChannelPicker, DayField, plural, useUndo } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { useNavigation } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { Button, Dialog, SegmentedControl, toast } from '../../ui/index.ts'
import styles from './Evergreen.module.css'
import { GapList } from './GapList.tsx'
import { PoolList } from './PoolList.tsx'
import { poolRows, proposeFills } from './queries.ts'

interface EvergreenDialogProps {
  /** Absent: the days the calendar shows. */
  readonly from?: IsoDate
  readonly to?: IsoDate
  readonly onClose: () => void
}

/** Gaps filled from the pool of evergreens: every post is looked at before any is planned. */
export function EvergreenDialog({ from, to, onClose }: EvergreenDialogProps) {
  const { store, clock } = useDeps()
  const { channels, settings } = useReference()
  const { undo } = useUndo()
  const { zone, holidays } = settings
  const [now] = useState(() => clock.now())
  const today = dateAt(now, zone)
  const shown = useShown(today)
  const [view, setView] = useState<'gaps' | 'pool'>('gaps')
  const [range, setRange] = useState<DateRange>({ from: from ?? shown.from, to: to ?? shown.to })
  const [channelIds, setChannelIds] = useState<readonly string[]>([])
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [busy, setBusy] = useState(false)
  const wanted = channelIds.length > 0 ? channels.list.filter(({ id }) => channelIds.includes(id)) : channels.list
  const backwards = range.from > range.to
  const proposal = useQuery(
    (db) => proposeFills(db, wanted, backwards ? { from: range.from, to: range.from } : range, { zone, holidays }, now),
    [wanted.map(({ id }) => id).join(), range.from, range.to, zone, holidays, now],
  )
  const pool = useQuery((db) => poolRows(db, zone, now), [zone, now])
  const fills = proposal?.fills.filter((fill) => !left.has(keyOf(fill))) ?? []
  const toggle = (fill: GapFill) => {
    const next = new Set(left)
    if (!next.delete(keyOf(fill))) next.add(keyOf(fill))
    setLeft(next)
  }
  const apply = async () => {
    setBusy(true)
    const made = await fillFromPool(store, fills, zone).finally(() => setBusy(false))
    if (!made.ok) return
    toast({ text: `Planned ${plural(made.value.length, 'post')} from evergreens, as drafts`, undo })
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Fill gaps from evergreens"
      size="lg"
      flush
      footer={
        <>
          <span className={styles.count} role="status">
            {proposal &&
              `${fills.length} of ${plural(proposal.fills.length + proposal.open.length, 'open slot')} filled`}
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            unmet={[
              ...(fills.length === 0 ? ['A slot that an evergreen fills'] : []),
              ...(busy ? ['The posts are being planned'] : []),
            ]}
            unmetTitle="What is missing"
            onClick={() => void apply()}
          >
            Plan {plural(fills.length, 'post')}
          </Button>
        </>
      }
    >
      <div className={styles.head}>
        <DayField
          aria-label="From"
          size="md"
          value={range.from}
          onChange={(day) => day && setRange({ ...range, from: day })}
        />
        <span>to</span>
        <DayField
          aria-label="To"
          size="md"
          value={range.to}
          min={range.from}
          onChange={(day) => day && setRange({ ...range, to: day })}
        />
        <ChannelPicker placeholder="All channels" value={channelIds} onChange={setChannelIds} />
        <SegmentedControl
          label="What is shown"
          value={view}
          onChange={setView}
          options={[
            { value: 'gaps', label: 'Gaps' },
            { value: 'pool', label: pool ? `Pool (${pool.length})` : 'Pool' },
          ]}
        />
      </div>
      {view === 'pool' ? (
        <PoolList rows={pool} today={today} onLeave={onClose} />
      ) : (
        <GapList proposal={proposal} onLeave={onClose} isLeft={(fill) => left.has(keyOf(fill))} onToggle={toggle} />
      )}
    </Dialog>
  )
}

/** A slot, whatever is proposed for it. */
const keyOf = ({ slot }: GapFill) => `${slot.channelId} ${slot.at}`

/** What of the page the calendar shows is still to come; four weeks where it is over. */
function useShown(today: IsoDate): DateRange {
  const { date, view } = useNavigation()
  const { weekStart } = useReference().settings
  const day = date ?? today
  const week = startOfWeek(day, weekStart)
  const page =
    view === 'week' ? { from: week, to: addDays(week, 6) } : view === 'day' ? { from: day, to: day } : monthOf(day)
  if (page.to < today) return { from: today, to: addDays(today, 27) }
  return { from: page.from < today ? today : page.from, to: page.to }
}
