import { CalendarRange, ExternalLink, FileText, X } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { matches } from '../../../shared/domain/filter.ts'
import {
  addDays,
  dateAt,
  type IsoDate,
  instantsOf,
  minutesOf,
  startOfWeek,
  toWall,
  weekNumber,
} from '../../../shared/domain/time.ts'
import { editCampaign } from '../../data/commands/campaigns.ts'
import { dayNotesIn, postsPlannedBetween } from '../../data/queries.ts'
import {
  explain,
  FilterBar,
  formatDay,
  GridLines,
  lastDay,
  monthLong,
  monthShort,
  monthsOf,
  NowLine,
  placeOf,
  plural,
  type Scale,
  ScreenLayout,
  ShiftPanel,
  type ShiftPreview,
  Ticks,
  useShift,
  useUndo,
  weeksOf,
} from '../../parts/index.ts'
import { PlanBar } from '../../parts/PlanBar.tsx'
import { useCommands } from '../../ports/commands.ts'
import { useDeps } from '../../ports/deps.tsx'
import { openDialog } from '../../ports/dialogs.ts'
import { useQuery } from '../../ports/live.ts'
import { go, showDate, useNavigation } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { usePostFilter } from '../../ports/views.ts'
import { announce, EmptyState, IconButton, PanelHead, SegmentedControl, Tag, Toolbar, toast } from '../../ui/index.ts'
import { dayWords, type Edge, Lane } from './Lane.tsx'
import { lanesOf, loadTicks } from './lanes.ts'
import styles from './Timeline.module.css'
import { setZoom, useTimelineUi, ZOOMS, type Zoom } from './uiState.ts'

/** What goes on when, campaign by campaign. */
export default function TimelineScreen() {
  const { store, clock } = useDeps()
  const { undo } = useUndo()
  const { campaigns, settings } = useReference()
  const { zoom } = useTimelineUi()
  const [filter, setFilter] = usePostFilter('calendar')
  const date = useNavigation((state) => state.date)
  const [focused, setFocused] = useState<string | null>(null)
  const [shift, setShift] = useState<{ campaignId: string; days: number } | null>(null)
  const [preview, setPreview] = useState<ShiftPreview | null>(null)
  const track = useRef<HTMLDivElement>(null)
  const board = useRef<HTMLDivElement>(null)

  const now = clock.now()
  const today = dateAt(now, settings.zone)
  const { days, before, step, period } = ZOOMS[zoom]
  const from = startOfWeek(addDays(date ?? today, -before), settings.weekStart)
  const scale = useMemo<Scale>(() => ({ from, days }), [from, days])
  const dayWidth = useDayWidth(track, days)

  const found = useQuery(
    async (db) => {
      const range = { from, to: addDays(from, days - 1) }
      const { from: first, to: last } = instantsOf(range, settings.zone)
      return { posts: await postsPlannedBetween(db, first, last), notes: await dayNotesIn(db, range) }
    },
    [from, days, settings.zone],
  )
  const posts = useMemo(() => (found?.posts ?? []).filter((post) => matches(post, filter)), [found, filter])
  const shown = useMemo(
    () => campaigns.list.filter(({ id }) => filter.campaignIds.length === 0 || filter.campaignIds.includes(id)),
    [campaigns, filter.campaignIds],
  )
  const lanes = useMemo(() => lanesOf(shown, posts, scale), [shown, posts, scale])
  const plan = preview && shift && preview.plan.campaign.id === shift.campaignId ? preview.plan : null
  const load = useMemo(() => loadTicks(found?.posts ?? [], settings.dayLimit, plan), [found, settings.dayLimit, plan])
  const current = lanes.some(({ id }) => id === focused) ? focused : (lanes[0]?.id ?? null)

  const turn = (by: number) => showDate(addDays(date ?? today, by))
  const begin = (campaignId: string, by: number) => {
    if (!campaignId) return
    setPreview(null)
    setShift({ campaignId, days: by })
    announce(`Preview: ${campaigns.get(campaignId)?.name ?? ''} ${dayWords(by)}. Nothing has moved yet.`)
  }
  const stop = () => {
    setShift(null)
    setPreview(null)
    focusLane(current)
  }
  const focusLane = (id: string | null) => {
    if (id !== null) board.current?.querySelector<HTMLElement>(`[data-lane="${CSS.escape(id)}"]`)?.focus()
  }
  const stepLane = (by: number) => {
    if (!onLane()) return focusLane(current)
    const at = lanes.findIndex(({ id }) => id === current)
    const next = lanes[Math.min(lanes.length - 1, Math.max(0, at + by))]
    if (next) focusLane(next.id)
  }
  const onLane = () => board.current?.contains(document.activeElement) ?? false
  /** On a lane, or nowhere: then the arrows come in. */
  const onLaneOrNowhere = () => onLane() || document.activeElement === document.body
  const nudge = (by: number) => {
    if (preview && shift) {
      const next = preview.options.days + by
      preview.set({ days: next })
      announce(dayWords(next))
    } else if (current) begin(current, by)
  }
  const apply = async () => {
    if (preview && (await preview.apply())) stop()
  }
  const previewing = () => plan !== null && onLane()
  const key = (id: string, title: string, keys: string, run: () => void, enabled: () => boolean) => ({
    id: `timeline.${id}`,
    title,
    section: 'Timeline',
    keys,
    enabled,
    run,
  })
  const [back, forth] = document.dir === 'rtl' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight']
  useCommands([
    { ...key('up', 'Campaign above', 'ArrowUp', () => stepLane(-1), onLaneOrNowhere), keyOnly: true },
    { ...key('down', 'Campaign below', 'ArrowDown', () => stepLane(1), onLaneOrNowhere), keyOnly: true },
    key('later', 'Shift the campaign a day later', `Shift+${forth}`, () => nudge(plan ? 7 : 1), onLane),
    key('earlier', 'Shift the campaign a day earlier', `Shift+${back}`, () => nudge(plan ? -7 : -1), onLane),
    {
      ...key('preview.later', 'Preview: a day later (Shift: a week)', forth, () => nudge(1), previewing),
      keyOnly: true,
    },
    {
      ...key('preview.earlier', 'Preview: a day earlier (Shift: a week)', back, () => nudge(-1), previewing),
      keyOnly: true,
    },
    key('weekLater', 'Shift the campaign a week later', 'Shift+PageDown', () => nudge(7), onLane),
    key('weekEarlier', 'Shift the campaign a week earlier', 'Shift+PageUp', () => nudge(-7), onLane),
    { ...key('apply', 'Do the shift', 'Enter', () => void apply(), previewing), keyOnly: true },
    { ...key('stop', 'Leave the preview', 'Escape', stop, () => shift !== null), keyOnly: true },
    {
      ...key(
        'open',
        'Open the campaign',
        'Enter',
        () => openCampaign(current),
        () => onLane() && plan === null,
      ),
    },
    key(
      'next',
      `Next ${period}`,
      'PageDown',
      () => turn(step),
      () => true,
    ),
    key(
      'previous',
      `Previous ${period}`,
      'PageUp',
      () => turn(-step),
      () => true,
    ),
    key(
      'today',
      'Today',
      'T',
      () => showDate(null),
      () => true,
    ),
    ...(Object.keys(ZOOMS) as Zoom[]).map((one) => ({
      id: `timeline.zoom.${one}`,
      title: `Timeline: ${ZOOMS[one].label}`,
      section: 'Timeline',
      words: 'zoom',
      run: () => setZoom(one),
    })),
  ])

  const onEdge = async (campaignId: string, id: string, edge: Edge, to: IsoDate) => {
    const campaign = campaigns.get(campaignId)
    if (!campaign) return
    const phase = campaign.phases.find((one) => one.id === id)
    const clamp = (other: IsoDate) => (edge === 'from' ? (to < other ? to : other) : to > other ? to : other)
    const fields = phase
      ? {
          phases: campaign.phases.map((one) =>
            one.id === id ? { ...one, [edge]: clamp(edge === 'from' ? one.to : one.from) } : one,
          ),
        }
      : edge === 'from'
        ? { startOn: clamp(campaign.endOn ?? to) }
        : { endOn: clamp(campaign.startOn ?? to) }
    const result = await editCampaign(store, campaignId, fields, 'Dates')
    if (!result.ok) toast({ text: explain(result.error), tone: 'refused' })
    else
      toast({
        id: 'dates',
        text: `${phase?.name ?? campaign.name} ${edge === 'from' ? 'from' : 'until'} ${formatDay(to)}`,
        undo,
      })
  }

  const dock = shift && <ShiftDock key={shift.campaignId} {...shift} onPreview={setPreview} onClose={stop} />
  return (
    <ScreenLayout dock={dock} dockLabel="Shift">
      <PlanBar
        {...titleOf(scale)}
        period={period}
        onPrevious={() => turn(-step)}
        onNext={() => turn(step)}
        onToday={() => showDate(null)}
      />
      <Toolbar
        label="Timeline"
        end={
          <>
            <Legend />
            <SegmentedControl
              label="Zoom"
              value={zoom}
              onChange={setZoom}
              options={(Object.keys(ZOOMS) as Zoom[]).map((value) => ({ value, label: ZOOMS[value].label }))}
            />
          </>
        }
      >
        <FilterBar filter={filter} onChange={setFilter} narrow />
      </Toolbar>
      <section ref={board} aria-label="Campaigns by day" className={styles.timeline} data-keys="screen">
        <Head scale={scale} weekStart={settings.weekStart} count={lanes.filter(({ campaign }) => campaign).length} />
        <div className={styles.under}>
          <div ref={track} className={styles.lines}>
            <GridLines
              scale={scale}
              weekStart={settings.weekStart}
              closed={found?.notes.filter(({ kind }) => kind === 'blackout')}
            />
          </div>
          <div className={styles.over}>
            <NowLine
              scale={scale}
              today={today}
              share={minutesOf(toWall(now, settings.zone).time) / 1440}
              label={formatDay(today).split(' ').slice(0, 2).join(' ')}
            />
          </div>
          <ul className={styles.lanes}>
            {lanes.map((lane) => (
              <Lane
                key={lane.id}
                lane={lane}
                scale={scale}
                dayWidth={dayWidth}
                plan={shift?.campaignId === lane.id ? plan : null}
                current={lane.id === current}
                onFocus={() => setFocused(lane.id)}
                onOpen={() => openCampaign(lane.id)}
                onShift={(by) => begin(lane.id, by)}
                onEdge={(id, edge, to) => void onEdge(lane.id, id, edge, to)}
                menu={() => [
                  { label: 'Open', icon: ExternalLink, keys: ['Enter'], onSelect: () => openCampaign(lane.id) },
                  { label: 'Shift…', icon: CalendarRange, onSelect: () => begin(lane.id, 7) },
                  {
                    label: 'Plan to PDF',
                    icon: FileText,
                    onSelect: () => openDialog({ kind: 'plan', campaignId: lane.id }),
                  },
                ]}
              />
            ))}
          </ul>
          {found && lanes.length === 0 && (
            <EmptyState illustration="calendar" sentence="No campaign and no post in these weeks." compact />
          )}
        </div>
        <LoadRow scale={scale} load={load} limit={settings.dayLimit} after={plan !== null} />
      </section>
    </ScreenLayout>
  )
}

const openCampaign = (id: string | null) => {
  if (id) go({ screen: 'campaign', campaignId: id })
}

/** `Oct – Nov`, `2026` */
function titleOf(scale: Scale): { title: string; sub: string } {
  const last = lastDay(scale)
  const [first, end] = [monthShort(scale.from), monthShort(last)]
  const years =
    scale.from.slice(0, 4) === last.slice(0, 4) ? last.slice(0, 4) : `${scale.from.slice(0, 4)} – ${last.slice(2, 4)}`
  return { title: first === end ? monthLong(scale.from) : `${first} – ${end}`, sub: years }
}

/** Pixels of a day, kept up with the width of the window and the dock. */
function useDayWidth(element: { readonly current: HTMLElement | null }, days: number): number {
  const [width, setWidth] = useState(980)
  useEffect(() => {
    const observed = element.current
    if (!observed) return
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width))
    observer.observe(observed)
    return () => observer.disconnect()
  }, [element])
  return width / days
}

function ShiftDock({
  campaignId,
  days,
  onPreview,
  onClose,
}: {
  campaignId: string
  days: number
  onPreview: (preview: ShiftPreview | null) => void
  onClose: () => void
}) {
  const campaign = useReference().campaigns.get(campaignId)
  const preview = useShift(campaignId, days)
  const latest = useRef(preview)
  latest.current = preview
  // biome-ignore lint/correctness/useExhaustiveDependencies: the plan stands for the preview, which is a new object every time
  useEffect(() => onPreview(latest.current), [preview?.plan, onPreview])
  return (
    <>
      <PanelHead
        title={`Shift ${campaign?.name ?? ''}`}
        end={<IconButton icon={X} label="Close" keys={['Escape']} onClick={onClose} />}
      >
        <Tag>Preview</Tag>
      </PanelHead>
      {preview && <ShiftPanel preview={preview} onCancel={onClose} onDone={onClose} />}
    </>
  )
}

function Head({ scale, weekStart, count }: { scale: Scale; weekStart: number; count: number }) {
  const weeks = weeksOf(scale, weekStart)
  return (
    <div className={styles.head}>
      <div className={styles.corner}>
        <bdi>{plural(count, 'campaign')}</bdi>
      </div>
      <div className={styles.scale} aria-hidden="true">
        {monthsOf(scale).map((month, index, all) => {
          const next = all[index + 1]
          const room = (next ? placeOf(scale, next) : 100) - placeOf(scale, month)
          return (
            room > 8 && (
              <b key={month} style={{ insetInlineStart: `${placeOf(scale, month)}%` }}>
                {monthLong(month)}
              </b>
            )
          )
        })}
        {weeks.map((week) => (
          <span key={week} style={{ insetInlineStart: `${placeOf(scale, week)}%` }}>
            {Number(week.slice(8))} · W{weekNumber(week)}
          </span>
        ))}
      </div>
    </div>
  )
}

const TICK = 4
interface LoadRowProps {
  scale: Scale
  load: ReadonlyMap<IsoDate, readonly ('load' | 'moved' | 'over')[]>
  limit: number
  /** Whether it shows the days after a shift that is only a preview. */
  after: boolean
}

/** Posts a day, and the line that says how many a day should carry. */
function LoadRow({ scale, load, limit, after }: LoadRowProps) {
  const over = [...load].filter(([, ticks]) => limit > 0 && ticks.length > limit).map(([date]) => date)
  return (
    <section className={styles.load} aria-label="Posts a day">
      <div className={styles.label}>
        <span className={styles.title}>Posts a day</span>
        <span className={styles.sub}>
          {after ? 'after the move' : over.length > 0 ? `${plural(over.length, 'day')} over` : ' '}
        </span>
      </div>
      <div className={styles.track}>
        {limit > 0 && (
          <span className={styles.limit} style={{ insetBlockEnd: limit * (TICK + 1) + 1 }}>
            <b>most a day, {limit}</b>
          </span>
        )}
        <Ticks scale={scale} days={load} label={(date, count) => `${formatDay(date)}, ${plural(count, 'post')}`} />
      </div>
    </section>
  )
}

const Legend = () => (
  <span className={styles.legend} aria-hidden="true">
    <i data-tick="out" />
    Out
    <i data-tick="planned" />
    Planned
    <i data-tick="waits" />
    Waits
    <i data-tick="draft" />
    Draft
  </span>
)
