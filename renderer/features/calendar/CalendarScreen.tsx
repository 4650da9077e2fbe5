import { CalendarOff, Scale, Zap } from 'lucide-react'
import { memo, useEffect, useMemo, useRef } from 'react'
import { Calendar, type Components } from 'react-big-calendar'
import { filterCount } from '../../../shared/domain/filter.ts'
import { isApart } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { dateAt, type IsoDate } from '../../../shared/domain/time.ts'
import { NO_FILTER, type PostFilter } from '../../../shared/domain/workspace.ts'
import { explain, FilterBar, PlanBar, plural, ScreenLayout } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { clearSelection, select, showBalance, showDate, useNavigation } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { setPostFilter, usePostFilter } from '../../ports/views.ts'
import { Button, ContextMenu, IconButton, Later, Toolbar } from '../../ui/index.ts'
import { type Axis, buildAxis } from './axis.ts'
import type { Held, Moved } from './Balance.tsx'
import styles from './CalendarScreen.module.css'
import { type CalendarContextValue, CalendarProvider } from './context.ts'
import { wallIn } from './events.ts'
import { quietNight } from './fold.ts'
import type { GridEvent } from './gridLayout.ts'
import { Hand } from './Hand.tsx'
import {
  Balance,
  BulkBar,
  CardMarks,
  MoveButton,
  Peek,
  Popups,
  PropertyPicker,
  SaveView,
  SelectionPanel,
  usePreload,
} from './late.ts'
import { createLocalizer, wallDate } from './localizer.ts'
import { clashWords } from './messages.ts'
import { layBars, MEASURES } from './monthLayout.ts'
import { wallAt } from './moves.ts'
import { popupOpener } from './popupOpener.ts'
import { rbcViews } from './rbcViews.tsx'
import gridStyles from './TimeGrid.module.css'
import { layoutOn, timeGridParts } from './TimeGrid.tsx'
import { Tray, useUndated } from './Tray.tsx'
import { resetUi, selectCard, setUi, standingCard, ui, useUi } from './uiState.ts'
import { useActions, WHOLE_ONLY } from './useActions.ts'
import { useCalendarKeys } from './useCalendarKeys.ts'
import { useCalendarMenu } from './useCalendarMenu.ts'
import { useDrag } from './useDrag.ts'
import { useFocus } from './useFocus.ts'
import { useGridScroll } from './useGridScroll.ts'
import { type Page, type PageView, usePage } from './usePage.ts'
import { usePresses } from './usePresses.ts'
import { useDockOver, useNarrow, useWidth } from './useRoom.ts'
import { titleOf, turn } from './views.ts'

const HOUR = { cosy: 52, compact: 44 } as const
const GUTTER = { one: 56, two: 104 } as const
const GRID_LANES = 4

/** What goes out when: month, week, day and list of planned posts, and the tray of those without a date. */
export default function CalendarScreen() {
  const { clock } = useDeps()
  const reference = useReference()
  const { settings } = reference
  const place = useNavigation()
  const view: PageView = place.view === 'timeline' || place.view === 'grid' ? 'month' : place.view
  const today = dateAt(clock.now(), settings.zone)
  const date = place.date ?? today
  const { focused, balance } = place
  const [filter, setFilter] = usePostFilter('calendar')
  const page = usePage(view, date, filter)
  const undated = useUndated(filter)
  const actions = useActions(page)
  const surface = useRef<HTMLDivElement>(null)
  const axis = useRef<Axis | null>(null)
  const peek = useUi((state) => state.peek)
  const property = useUi((state) => state.property)
  const popup = useUi((state) => state.popup)
  const night = useUi((state) => state.night)
  const marquee = useUi((state) => state.marquee)
  const carrying = useUi((state) => state.hand !== null)
  const narrow = useNarrow()
  const over = useDockOver()
  // The neighbours of the peek are those of the card.
  useUi((state) => state.apart)
  const trayAsked = useUi((state) => state.tray)
  const width = useWidth(surface)
  const { focus, standing, onFocus, onBlur } = useFocus(surface, place.focused)
  const localizer = useMemo(() => createLocalizer(settings.weekStart), [settings.weekStart])
  useEffect(() => resetUi, [])
  usePreload()

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
  const closePeek = () => {
    setUi({ peek: '' })
    if (focused && !surface.current?.contains(document.activeElement)) focus({ post: standingCard() ?? focused })
  }
  const lookup = (id: string) => page?.known.get(id) ?? undated?.find((post) => post.id === id)
  const known = page?.known ?? new Map()

  // Another view opens at the day one stands on.
  useEffect(() =>
    useNavigation.subscribe((now, before) => {
      const post = now.focused ? page?.known.get(now.focused) : undefined
      const day = (post && page && wallIn(post, page.zone)?.date) ?? standing()
      if (now.view !== before.view && day && day !== date && page?.days.includes(day)) showDate(day)
    }),
  )

  const drag = useDrag({
    surface,
    axis,
    zone: settings.zone,
    lookup,
    refusal: (posts, anchor, target, copy) => {
      if (copy && isApart(anchor.id)) return WHOLE_ONLY
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

  const { open, anchorOf, addOn, openMore } = popupOpener(surface, today)
  const clashText = (id: string) => value?.clashText(id)
  const presses = usePresses({ page, view, today, surface, axis, lookup, drag, open, clashText })
  const menu = useCalendarMenu({ selected: place.selected, filter, today, open, anchorOf })
  useCalendarKeys({
    page,
    view,
    date,
    today,
    actions,
    surface,
    undated,
    lookup,
    flip,
    focus,
    addOn,
    openMore,
    closePeek,
  })

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
  const clashing = page
    ? [...page.byDay.values()].flat().filter(({ id, post }) => page.clashes.has(id) && post.plannedAt >= page.now)
    : []
  const order = () => page?.days.flatMap((shown) => (page.byDay.get(shown) ?? []).map(({ id }) => id)) ?? []
  const several = place.selected.length > 1
  const keepSelected = (ids: readonly string[]) => {
    if (ids.length > 0) return select(ids)
    clearSelection()
    setUi({ marking: false })
    if (focused) focus({ post: focused })
  }
  const neighbour = (by: number) => {
    const all = order()
    const on = standingCard()
    const next = on ? all[all.indexOf(on) + by] : undefined
    return next ? () => selectCard(next) : undefined
  }
  const beside = several || (peek !== '' && focused !== null)
  /** The posts of a gesture as they are and as they would be. */
  const preview = ({ ids, anchor, target, copy }: Held): readonly Moved[] => {
    const posts = ids.flatMap((id) => lookup(id) ?? [])
    const held = lookup(anchor)
    const judged = held && actions.plan(posts, held, target, copy)
    if (!judged?.ok) return []
    const next = judged.value.posts
    const moved = posts.flatMap((before, index) => (next[index] ? [{ before, after: next[index] }] : []))
    return copy ? moved : [...moved, ...actions.along(posts, next)]
  }
  const toDay = (shown: IsoDate) => {
    if (!page?.days.includes(shown)) showDate(shown)
    clearSelection()
    setUi({ day: shown, peek: '' })
    focus({ day: shown })
  }
  const dock = (!over || beside || trayAsked || balance) && (
    <>
      {several && <SelectionPanel ids={place.selected} onChange={keepSelected} />}
      {peek && focused && !several && (
        <Peek postId={focused} onClose={closePeek} neighbours={{ previous: neighbour(-1), next: neighbour(1) }} />
      )}
      {balance && page && (
        <Balance page={page} filter={filter} preview={preview} onDay={toDay} onClose={() => showBalance(false)} />
      )}
      {(!over || trayAsked) && (
        <Tray
          posts={undated}
          low={beside || balance}
          third={beside && balance}
          onClose={over ? () => setUi({ tray: false }) : undefined}
        />
      )}
    </>
  )
  return (
    <ContextMenu items={menu.items}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: one place decides what a press on any card or day means */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are commands, see useCalendarKeys */}
      <div
        className={styles.screen}
        data-keys="screen"
        onPointerDown={presses.onPointerDown}
        onPointerOver={presses.onPointerOver}
        onPointerLeave={() => setUi({ campaign: '' })}
        onClick={presses.onClick}
        onDoubleClick={presses.onDoubleClick}
        onContextMenuCapture={menu.onContextMenu}
        onFocus={(event) => {
          onFocus(event)
          presses.explainPost(event.target)
        }}
        onBlur={onBlur}
      >
        <ScreenLayout dockLabel="Post and undated posts" dock={dock}>
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
                        const at = clashing.findIndex(({ id }) => id === standingCard())
                        const next = clashing[(at + 1) % clashing.length]
                        if (!next) return
                        selectCard(next.id)
                        setUi({ peek: 'pressed', reveal: next.id })
                        focus({ post: next.id })
                      }}
                    >
                      <bdi>{plural(clashing.length, 'clash', 'clashes')}</bdi>
                    </Button>
                  )}
                  <IconButton
                    size="sm"
                    icon={Scale}
                    label="Balance"
                    keys={['B']}
                    pressed={balance}
                    onClick={() => showBalance(!balance)}
                  />
                  <span className={styles.counts} dir="auto">
                    {plural(page.count, 'post')}, {plural(page.deliveries, 'delivery', 'deliveries')}
                  </span>
                </>
              )
            }
          >
            <Filters filter={filter} narrow={narrow} view={view} />
            {over && (
              <Button
                variant="ghost"
                size="sm"
                icon={CalendarOff}
                pressed={trayAsked}
                data-drop="tray"
                className={styles.undated}
                onClick={() => setUi({ tray: !trayAsked })}
              >
                Undated {undated?.length ?? ''}
              </Button>
            )}
          </Toolbar>
          <div
            className={styles.surface}
            ref={surface}
            style={{ ['--gutter' as string]: `${gutter}px`, ['--lanes' as string]: lanes }}
          >
            {value && page ? (
              <CalendarProvider value={value}>
                {page.known.size > 0 && <CardMarks month={page.date.slice(0, 7)} />}
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
                {several && !carrying && (
                  <BulkBar ids={place.selected} duplicateKeys={['D']} onClear={() => keepSelected([])}>
                    <MoveButton
                      day={earliest(place.selected, page)}
                      onMove={async (day) => {
                        const posts = await actions.postsOf(place.selected, known)
                        const anchor = posts.find(({ planned }) => planned !== null) ?? posts[0]
                        if (anchor) await actions.move(posts, anchor, { kind: 'day', day })
                      }}
                    />
                  </BulkBar>
                )}
                {property && focused && (
                  <PropertyPicker
                    ids={place.selected}
                    posts={place.selected.flatMap((id) => lookup(id) ?? [])}
                    property={property}
                    at={() =>
                      document.querySelector<HTMLElement>(`[data-post="${CSS.escape(standingCard() ?? focused)}"]`)
                    }
                    onClose={() => setUi({ property: null })}
                  />
                )}
                <Hand
                  timeFor={(id, on) => {
                    const post = lookup(id)
                    return post ? actions.timeFor(post, on) : settings.lastTime
                  }}
                />
                {popup && (
                  <Popups
                    onCorrect={(id) => {
                      const post = lookup(id)
                      const to =
                        post && popup.target && wallAt(popup.target, post.planned, settings.zone, settings.lastTime)
                      setUi({ popup: null })
                      if (post && to) void actions.correct(post, to)
                    }}
                    onCopy={(id) => {
                      const post = lookup(id)
                      setUi({ popup: null })
                      if (post && popup.target) void actions.copy([post], post, popup.target)
                    }}
                  />
                )}
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

const earliest = (ids: readonly string[], { known }: Page): IsoDate | null =>
  ids.flatMap((id) => known.get(id)?.planned?.date ?? []).sort()[0] ?? null

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
const asksFirst = (posts: readonly Pick<Post, 'id' | 'status'>[], target: { kind: string }, copy: boolean) =>
  !copy && posts.length === 1 && posts[0]?.status === 'published' && !isApart(posts[0].id) && target.kind !== 'tray'

const ignore = () => undefined
const noDrilldown = () => null
const DAY_START = wallDate('2026-01-01')
const DAY_END = new Date(+wallDate('2026-01-02') - 1)

/** The library asks for the look of each hour's group; its published types forget that it passes the hours in. */
const hourHeight = (axis: Axis | null) =>
  ((group: Date[]) => ({
    style: { height: axis?.hours[group[0]?.getUTCHours() ?? 0] },
  })) as () => { style: { height: number | undefined } }
