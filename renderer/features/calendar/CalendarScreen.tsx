import { Zap } from 'lucide-react'
import {
  type MouseEvent,
  memo,
  type PointerEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { Calendar, type Components } from 'react-big-calendar'
import { flushSync } from 'react-dom'
import { filterCount } from '../../../shared/domain/filter.ts'
import { type ClockTime, dateAt, type IsoDate, minutesOf, toWall } from '../../../shared/domain/time.ts'
import { NO_FILTER, type PostFilter } from '../../../shared/domain/workspace.ts'
import { editCampaign } from '../../data/commands/campaigns.ts'
import {
  explain,
  FilterBar,
  formatRange,
  Peek,
  PlanBar,
  plural,
  ScreenLayout,
  usePostActions,
  useUndo,
} from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { openDialog } from '../../ports/dialogs.ts'
import { clearSelection, go, select, showDate, showView, useNavigation } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { setPostFilter, usePostFilter } from '../../ports/views.ts'
import { Button, ContextMenu, Later, type MenuEntry, Toolbar, toast } from '../../ui/index.ts'
import { type Axis, buildAxis, minuteAt, timeAt, topOf } from './axis.ts'
import { BulkBar } from './BulkBar.tsx'
import { resizeBar } from './barResize.ts'
import styles from './CalendarScreen.module.css'
import { type CalendarContextValue, CalendarProvider } from './context.ts'
import { eventOf } from './events.ts'
import { quietNight } from './fold.ts'
import { type GridEvent, topOfEvent } from './gridLayout.ts'
import { Hand } from './Hand.tsx'
import { LatePopups } from './LatePopups.tsx'
import { createLocalizer, wallDate } from './localizer.ts'
import { startMarquee } from './marquee.ts'
import { clashWords, tooltip } from './messages.ts'
import { layBars, MEASURES } from './monthLayout.ts'
import { wallAt } from './moves.ts'
import { rbcViews } from './rbcViews.tsx'
import { SaveView } from './SaveView.tsx'
import gridStyles from './TimeGrid.module.css'
import { layoutOn, timeGridParts } from './TimeGrid.tsx'
import { Tray, useUndated } from './Tray.tsx'
import { type Anchor, resetUi, setUi, ui, useUi } from './uiState.ts'
import { useActions } from './useActions.ts'
import { useCalendarKeys } from './useCalendarKeys.ts'
import { useDrag } from './useDrag.ts'
import { useFocus } from './useFocus.ts'
import { type Page, type PageView, usePage } from './usePage.ts'
import { titleOf, turn } from './views.ts'

const HOUR = { cosy: 52, compact: 44 } as const
const GUTTER = { one: 56, two: 104 } as const
const GRID_LANES = 4

/** What goes out when: month, week, day and list of planned posts, and the tray of those without a date. */
export default function CalendarScreen() {
  const { store, clock } = useDeps()
  const reference = useReference()
  const { settings, campaigns } = reference
  const { undo } = useUndo()
  const place = useNavigation()
  const view: PageView = place.view === 'timeline' ? 'month' : place.view
  const today = dateAt(clock.now(), settings.zone)
  const date = place.date ?? today
  const [filter, setFilter] = usePostFilter('calendar')
  const page = usePage(view, date, filter)
  const undated = useUndated(filter)
  const actions = useActions(page)
  const menuActions = usePostActions(place.selected)
  const surface = useRef<HTMLDivElement>(null)
  const axis = useRef<Axis | null>(null)
  const peek = useUi((state) => state.peek)
  const night = useUi((state) => state.night)
  const marquee = useUi((state) => state.marquee)
  const carrying = useUi((state) => state.hand !== null)
  const narrow = useNarrow()
  const width = useWidth(surface)
  const { focus, onFocus, onBlur } = useFocus(surface)
  const localizer = useMemo(() => createLocalizer(settings.weekStart), [settings.weekStart])
  useEffect(() => resetUi, [])

  const flip = (by: number) => {
    showDate(turn(view, date, by))
    const { day } = ui()
    // The keyboard goes along when it was on a day.
    if (day && !place.focused && surface.current?.contains(document.activeElement)) {
      const next = turn(view, day, by)
      setUi({ day: next })
      focus({ day: next })
    }
  }
  const eventOfKnown = (id: string) => {
    const post = lookup(id)
    return post ? eventOf(post, settings.zone) : null
  }
  const lookup = (id: string) => page?.known.get(id) ?? undated?.find((post) => post.id === id)
  const known = page?.known ?? new Map()

  const drag = useDrag({
    surface,
    axis,
    lookup,
    refusal: (posts, anchor, target, copy) => {
      if (asksFirst(posts, target, copy)) return ''
      const judged = actions.plan(posts, anchor, target, copy)
      return judged.ok ? '' : explain(judged.error)
    },
    flip,
    drop: async (hand, posts, target, at) => {
      if (asksFirst(posts, target, hand.copy)) {
        setUi({
          popup: {
            kind: 'published',
            anchor: at && { getBoundingClientRect: () => at },
            day: today,
            postId: hand.anchor.id,
            target,
          },
        })
        return true
      }
      const all = posts.length === hand.ids.length ? posts : await actions.postsOf(hand.ids, known)
      return hand.copy ? actions.copy(all, hand.anchor, target) : actions.move(all, hand.anchor, target)
    },
  })

  const open = (
    kind: 'quickAdd' | 'more' | 'note',
    anchor: Anchor,
    day: IsoDate,
    time?: ClockTime,
    channelId?: string,
  ) => setUi({ popup: { kind, anchor, day, ...(time ? { time } : {}), ...(channelId ? { channelId } : {}) } })
  const anchorOf = (day: IsoDate): Anchor =>
    surface.current?.querySelector(`[data-day="${day}"]`) ?? surface.current ?? document.body
  const addOn = (day: IsoDate) => {
    if (day < today) toast({ text: 'That day is over. Pick one that is still to come.', tone: 'refused' })
    else open('quickAdd', anchorOf(day), day)
  }
  const openMore = (day: IsoDate) =>
    open('more', surface.current?.querySelector(`[data-more="${day}"]`) ?? anchorOf(day), day)

  // ---- one place decides what a press means --------------------------------------------------------------------------------
  const popupBefore = useRef(false)
  const onPointerDown = (event: PointerEvent) => {
    const target = event.target as Element
    popupBefore.current = ui().popup !== null
    const end = target.closest<HTMLElement>('[data-bar-end]')?.dataset.barEnd
    const campaign = campaigns.get(target.closest<HTMLElement>('[data-campaign]')?.dataset.campaign ?? '')
    if (event.button === 0 && campaign && (end === 'start' || end === 'end')) {
      return resizeBar(event, campaign, end, async (dates) => {
        const saved = await editCampaign(store, campaign.id, dates, 'Dates')
        if (saved.ok)
          toast({
            id: 'undo',
            text: `“${campaign.name}” now runs ${formatRange({ from: dates.startOn, to: dates.endOn })}`,
            undo,
          })
      })
    }
    const post = target.closest<HTMLElement>('[data-post]')
    if (post?.dataset.post) return drag(event, post.dataset.post, post)
    if (event.button === 0 && view === 'month' && target.closest('[data-day]') && !target.closest('button'))
      startMarquee(event, surface)
  }

  /** A bar under the pointer dims the posts of other campaigns. */
  const onPointerOver = (event: PointerEvent) => {
    const campaign = (event.target as Element).closest<HTMLElement>('[data-campaign]')?.dataset.campaign ?? ''
    if (ui().campaign !== campaign && !ui().hand && !ui().bar) setUi({ campaign })
    explainPost(event.target as Element)
  }

  /** The tooltip of a card names both zones; it is written when somebody comes near, not for every card of a page. */
  const explainPost = (target: Element) => {
    const card = target.closest<HTMLElement>('[data-post]')
    const event = card?.dataset.post ? eventOfKnown(card.dataset.post) : null
    if (card && event && value) card.title = tooltip(event, settings.secondZone, value.clashText(event.id))
  }

  const onClick = (event: MouseEvent) => {
    const target = event.target as Element
    const at = <K extends string>(name: K) => target.closest<HTMLElement>(`[data-${name}]`)
    const post = at('post')?.dataset.post
    if (post) return press(event, post)
    const more = at('more')
    if (more?.dataset.more) return open('more', more, more.dataset.more)
    if (at('fold')) return setUi({ night: !ui().night })
    const slot = at('slot')
    if (slot?.dataset.slotDay)
      return open('quickAdd', slot, slot.dataset.slotDay, slot.dataset.slot, slot.dataset.slotChannel)
    const campaign = at('campaign')?.dataset.campaign
    if (campaign) return go({ screen: 'campaign', campaignId: campaign })
    const cell = at('day')
    if (!cell?.dataset.day || target.closest('button') || !surface.current?.contains(cell)) return
    pressDay(event, cell, cell.dataset.day)
  }

  const press = (event: MouseEvent, id: string) => {
    const { selected, focused } = useNavigation.getState()
    if (event.ctrlKey || event.metaKey)
      return select(selected.includes(id) ? selected.filter((other) => other !== id) : [...selected, id])
    if (event.shiftKey && focused && page) {
      const all = page.days.flatMap((day) => (page.byDay.get(day) ?? []).map((shown) => shown.id))
      const [from, to] = [all.indexOf(focused), all.indexOf(id)].sort((a, b) => a - b)
      if (from !== undefined && to !== undefined && from >= 0)
        return select([...all.slice(from, to + 1).filter((other) => other !== id), id])
    }
    select([id])
    setUi({ peek: true, day: null })
  }

  /** An empty place: a new post there, unless it is over or a popover was only being closed. */
  const pressDay = (event: MouseEvent, cell: HTMLElement, day: IsoDate) => {
    clearSelection()
    setUi({ day })
    if (popupBefore.current || view === 'list' || day < today) return
    if (cell.dataset.drop !== 'time' || !axis.current) return open('quickAdd', pointAt(event), day)
    const { minutes } = timeAt(axis.current, event.clientY - cell.getBoundingClientRect().top - 12, 30)
    const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
    if (day === today && minutes < minutesOf(toWall(clock.now(), settings.zone).time)) return
    open('quickAdd', pointAt(event), day, time)
  }

  const onDoubleClick = (event: MouseEvent) => {
    const post = (event.target as Element).closest<HTMLElement>('[data-post]')?.dataset.post
    if (post) go({ screen: 'write', postId: post })
  }

  // ---- context menu: one for the whole screen ------------------------------------------------------------------------------
  const menu = useRef<() => readonly MenuEntry[]>(() => [])
  const menuFor = useRef<{ post?: string; campaign?: string; day?: IsoDate; element?: Element }>({})
  menu.current = () => {
    const { post, campaign, day, element } = menuFor.current
    if (post) return menuActions.menu
    if (campaign) {
      return [
        { label: 'Open the campaign', onSelect: () => go({ screen: 'campaign', campaignId: campaign }) },
        { label: 'Shift…', onSelect: () => openDialog({ kind: 'shift', campaignId: campaign }) },
        { label: 'Show only its posts', onSelect: () => setFilter({ ...filter, campaignIds: [campaign] }) },
        { label: 'Plan to PDF…', onSelect: () => openDialog({ kind: 'plan', campaignId: campaign }) },
      ]
    }
    if (!day) return [{ label: 'New post', onSelect: () => openDialog({ kind: 'quickAdd' }) }]
    const anchor = element ?? anchorOf(day)
    return [
      { label: 'New post here', keys: ['N'], disabled: day < today, onSelect: () => open('quickAdd', anchor, day) },
      { label: 'Note, holiday or blackout…', onSelect: () => open('note', anchor, day) },
      { separator: true },
      { label: 'Show this day', onSelect: () => show('day', day) },
      { label: 'Show this week', onSelect: () => show('week', day) },
    ]
  }
  const onContextMenu = (event: MouseEvent) => {
    const target = event.target as Element
    const data = (name: string) => target.closest<HTMLElement>(`[data-${name}]`)
    const post = data('post')?.dataset.post
    menuFor.current = {
      post,
      campaign: data('campaign')?.dataset.campaign,
      day: data('day')?.dataset.day,
      element: data('day') ?? undefined,
    }
    // The menu is asked in this very event: it must already speak of the post that was pressed.
    if (post && !useNavigation.getState().selected.includes(post)) flushSync(() => select([post]))
  }

  useCalendarKeys({ page, view, date, today, actions, surface, lookup, flip, focus, addOn, openMore })

  // ---- what the views draw from --------------------------------------------------------------------------------------------
  const value = useMemo<CalendarContextValue | null>(() => {
    if (!page) return null
    axis.current =
      page.view === 'week' || page.view === 'day'
        ? buildAxis(
            page.days,
            (day) => page.marks.get(day)?.shift ?? null,
            HOUR[settings.density],
            night ? null : quietNight(page),
          )
        : null
    return {
      page,
      measures: MEASURES[settings.density],
      axis,
      clashText: (id) => {
        const clash = page.clashes.get(id)
        const at = page.known.get(id)?.plannedAt
        return clash && at !== undefined ? clashWords(clash, at, reference).text : undefined
      },
    }
  }, [page, night, settings.density, reference])
  const events = useMemo<GridEvent[]>(() => (page && axis.current ? [...page.byDay.values()].flat() : []), [page])
  const gutter = settings.secondZone ? GUTTER.two : GUTTER.one
  const most = Math.max(2, Math.min(4, Math.floor((width - gutter) / (page?.days.length ?? 7) / 46)))
  const grid = axis.current
  const layout = useMemo(
    () => (grid ? layoutOn(grid, MEASURES[settings.density], most, view === 'day' ? 50 : 100) : undefined),
    [grid, settings.density, most, view],
  )
  const lanes = useMemo(() => (page && grid ? layBars(page.campaigns, page.days, GRID_LANES).lanes : 0), [page, grid])
  useGridScroll(surface, page, axis)

  // The keyboard always finds one day to come in by.
  const day = useUi((state) => state.day)
  useEffect(() => {
    if (page && (!day || !page.days.includes(day)))
      setUi({ day: page.days.includes(today) ? today : (page.days[0] ?? null) })
  }, [page, day, today])

  const { title, short, sub } = titleOf(view, date, settings.weekStart)
  const focused = place.focused
  const clashing = page
    ? [...page.byDay.values()].flat().filter(({ id, post }) => page.clashes.has(id) && post.plannedAt >= page.now)
    : []
  const order = () => page?.days.flatMap((shown) => (page.byDay.get(shown) ?? []).map(({ id }) => id)) ?? []
  const neighbour = (by: number) => {
    const all = order()
    const next = focused ? all[all.indexOf(focused) + by] : undefined
    return next ? () => select([next]) : undefined
  }
  return (
    <ContextMenu items={() => menu.current()}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: one place decides what a press on any card or day means */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are commands, see useCalendarKeys */}
      <div
        className={styles.screen}
        data-keys="screen"
        onPointerDown={onPointerDown}
        onPointerOver={onPointerOver}
        onPointerLeave={() => setUi({ campaign: '' })}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
        onContextMenuCapture={onContextMenu}
        onFocus={(event) => {
          onFocus(event)
          explainPost(event.target)
        }}
        onBlur={onBlur}
      >
        <ScreenLayout
          dockLabel="Post and undated posts"
          dock={
            <>
              {peek && focused && (
                <Peek
                  postId={focused}
                  onClose={() => setUi({ peek: false })}
                  neighbours={{ previous: neighbour(-1), next: neighbour(1) }}
                />
              )}
              <Tray posts={undated} low={peek && focused !== null} />
            </>
          }
        >
          <PlanBar
            title={title}
            short={short}
            sub={sub}
            period={view === 'list' ? 'month' : view}
            onPrevious={() => flip(-1)}
            onNext={() => flip(1)}
            onToday={() => showDate(today)}
          />
          <Toolbar
            label="Filters"
            end={
              page && (
                <>
                  {clashing.length > 0 && (
                    <Button
                      variant="ghost"
                      size="sm"
                      icon={Zap}
                      className={styles.clashes}
                      onClick={() => {
                        const at = clashing.findIndex(({ id }) => id === focused)
                        const next = clashing[(at + 1) % clashing.length]
                        if (!next) return
                        select([next.id])
                        setUi({ peek: true, reveal: next.id })
                        focus({ post: next.id })
                      }}
                    >
                      {plural(clashing.length, 'clash', 'clashes')}
                    </Button>
                  )}
                  <span className={styles.counts}>
                    {plural(page.count, 'post')}, {plural(page.deliveries, 'delivery', 'deliveries')}
                  </span>
                </>
              )
            }
          >
            <Filters filter={filter} narrow={narrow} view={view} />
          </Toolbar>
          <div
            className={styles.surface}
            ref={surface}
            style={{ ['--gutter' as string]: `${gutter}px`, ['--lanes' as string]: lanes }}
          >
            {value && page ? (
              <CalendarProvider value={value}>
                <Calendar<GridEvent>
                  className={gridStyles.grid}
                  localizer={localizer}
                  views={rbcViews}
                  view={view as 'month'}
                  date={wallDate(page.range.from <= date && date <= page.range.to ? date : page.range.from)}
                  events={events}
                  components={timeGridParts as unknown as Components<GridEvent>}
                  dayLayoutAlgorithm={layout as never}
                  slotGroupPropGetter={hourHeight(grid)}
                  getDrilldownView={noDrilldown}
                  getNow={() => wallDate(page.today)}
                  min={DAY_START}
                  max={DAY_END}
                  step={60}
                  timeslots={1}
                  enableAutoScroll={false}
                  toolbar={false}
                  onNavigate={ignore}
                  onView={ignore}
                />
                {place.selected.length > 1 && !carrying && (
                  <BulkBar
                    ids={place.selected}
                    onMove={async (to) => {
                      const posts = await actions.postsOf(place.selected, known)
                      const anchor = posts.find(({ planned }) => planned !== null) ?? posts[0]
                      if (anchor) await actions.move(posts, anchor, { kind: 'day', day: to })
                    }}
                  />
                )}
                <Hand
                  timeFor={(id, on) => {
                    const post = lookup(id)
                    return post ? actions.timeFor(post, on) : settings.lastTime
                  }}
                />
                <LatePopups
                  onCorrect={(id) => {
                    const post = lookup(id)
                    const target = ui().popup?.target
                    const to = post && target ? wallAt(target, post.planned, settings.zone, settings.lastTime) : null
                    setUi({ popup: null })
                    if (post && to) void actions.correct(post, to)
                  }}
                  onCopy={(id) => {
                    const post = lookup(id)
                    const target = ui().popup?.target
                    setUi({ popup: null })
                    if (post && target) void actions.copy([post], post, target)
                  }}
                />
                {page.count === 0 && filterCount(filter) > 0 && view !== 'list' && (
                  <p className={styles.nothing}>
                    Nothing here with this filter.{' '}
                    <Button size="sm" variant="ghost" onClick={() => setFilter(NO_FILTER)}>
                      Clear the filter
                    </Button>
                  </p>
                )}
              </CalendarProvider>
            ) : (
              <Later>{null}</Later>
            )}
            {marquee && (
              <div
                className={styles.marquee}
                style={{ left: marquee.x, top: marquee.y, width: marquee.width, height: marquee.height }}
              />
            )}
          </div>
        </ScreenLayout>
      </div>
    </ContextMenu>
  )
}

/** Apart, so that turning a page does not draw every filter again. */
const Filters = memo(function Filters({
  filter,
  narrow,
  view,
}: {
  filter: PostFilter
  narrow: boolean
  view: PageView
}) {
  return (
    <FilterBar filter={filter} onChange={(next) => setPostFilter('calendar', next)} narrow={narrow}>
      {filterCount(filter) > 0 && <SaveView view={view} filter={filter} />}
    </FilterBar>
  )
})

/** A single post that is out: a drop asks what is meant, since nothing can be sent again. */
const asksFirst = (posts: readonly { status: string }[], target: { kind: string }, copy: boolean) =>
  !copy && posts.length === 1 && posts[0]?.status === 'published' && target.kind !== 'tray'

const show = (view: PageView, day: IsoDate) => {
  showDate(day)
  showView(view)
}

const ignore = () => undefined
const noDrilldown = () => null
const DAY_START = wallDate('2026-01-01')
const DAY_END = new Date(+wallDate('2026-01-02') - 1)

/** The library asks for the look of each hour's group; its published types forget that it passes the hours in. */
const hourHeight = (axis: Axis | null) =>
  ((group: Date[]) => ({
    style: { height: axis?.hours[group[0]?.getUTCHours() ?? 0] },
  })) as () => { style: { height: number | undefined } }

const pointAt = (event: MouseEvent): Anchor => {
  const { clientX, clientY } = event
  return { getBoundingClientRect: () => new DOMRect(clientX, clientY, 1, 1) }
}

const narrowQuery = window.matchMedia('(width < 1360px)')
const watchNarrow = (listener: () => void) => {
  narrowQuery.addEventListener('change', listener)
  return () => narrowQuery.removeEventListener('change', listener)
}
const useNarrow = () => useSyncExternalStore(watchNarrow, () => narrowQuery.matches)

function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    setWidth(element.clientWidth)
    return () => observer.disconnect()
  }, [ref])
  return width
}

/** The minute at the top of week and day when they were left; until then they open at the first post, else at now, else in the morning. */
const scrolls = new Map<PageView, number>()
const MORNING = 8 * 60

function useGridScroll(surface: RefObject<HTMLElement | null>, page: Page | null, grid: RefObject<Axis | null>) {
  const view = page?.view
  const scroller = useRef<HTMLElement | null>(null)
  const top = useRef(0)
  const axis = grid.current
  // biome-ignore lint/correctness/useExhaustiveDependencies: when a view opens, not when its posts change
  useLayoutEffect(() => {
    const element = surface.current?.querySelector<HTMLElement>('.rbc-time-content') ?? null
    scroller.current = element
    if (!element || !page || !axis || !view) return
    const tops = [...page.byDay.values()].flat().map((event) => topOfEvent(axis, event))
    const now = page.days.includes(page.today)
      ? topOf(axis, minutesOf(toWall(page.now, page.zone).time))
      : topOf(axis, MORNING)
    const first = tops.length > 0 ? Math.min(...tops) : now
    const left = scrolls.get(view)
    element.scrollTop = left === undefined ? Math.max(0, first - 30) : topOf(axis, left)
    top.current = minuteAt(axis, element.scrollTop)
    const opened = element.scrollTop
    // While it is scrolled: once another view stands there, this one has no height to ask for.
    const remember = () => {
      if (!grid.current) return
      top.current = minuteAt(grid.current, element.scrollTop)
      if (element.scrollTop !== opened || scrolls.has(view)) scrolls.set(view, top.current)
    }
    element.addEventListener('scroll', remember, { passive: true })
    return () => element.removeEventListener('scroll', remember)
  }, [view, page === null])

  // Hours that fold or unfold leave the others where they were on the screen.
  const height = axis?.height
  const drawn = useRef(height)
  useLayoutEffect(() => {
    const before = drawn.current
    drawn.current = height
    if (before === undefined || height === undefined || before === height) return
    if (scroller.current && grid.current) scroller.current.scrollTop = topOf(grid.current, top.current)
  }, [height, grid])
}
