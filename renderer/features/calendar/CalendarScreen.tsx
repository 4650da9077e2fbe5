import { type MouseEvent, type PointerEvent, useEffect, useMemo, useRef } from 'react'
import { Calendar } from 'react-big-calendar'
import { dateAt } from '../../../shared/domain/time.ts'
import { explain, FilterBar, Peek, PlanBar, plural, ScreenLayout } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { select, showDate, useNavigation } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { usePostFilter } from '../../ports/views.ts'
import { Later, Toolbar } from '../../ui/index.ts'
import type { Axis } from './axis.ts'
import styles from './CalendarScreen.module.css'
import { type CalendarContextValue, CalendarProvider } from './context.ts'
import { Hand } from './Hand.tsx'
import { createLocalizer, wallDate } from './localizer.ts'
import { clashWords } from './messages.ts'
import { MEASURES } from './monthLayout.ts'
import { rbcViews } from './rbcViews.tsx'
import { Tray, useUndated } from './Tray.tsx'
import { resetUi, setUi, useUi } from './uiState.ts'
import { useActions } from './useActions.ts'
import { useDrag } from './useDrag.ts'
import { type PageView, usePage } from './usePage.ts'
import { titleOf, turn } from './views.ts'

/** What goes out when: month, week, day and list of planned posts, and the tray of those without a date. */
export default function CalendarScreen() {
  const { clock } = useDeps()
  const reference = useReference()
  const { settings } = reference
  const place = useNavigation()
  const view: PageView = place.view === 'timeline' ? 'month' : place.view
  const today = dateAt(clock.now(), settings.zone)
  const date = place.date ?? today
  const [filter, setFilter] = usePostFilter('calendar')
  const page = usePage(view, date, filter)
  const undated = useUndated(filter)
  const actions = useActions(page)
  const surface = useRef<HTMLDivElement>(null)
  const axis = useRef<Axis | null>(null)
  const peek = useUi((state) => state.peek)
  const localizer = useMemo(() => createLocalizer(settings.weekStart), [settings.weekStart])
  useEffect(() => resetUi, [])

  const flip = (by: number) => showDate(turn(view, date, by))
  const lookup = (id: string) => page?.known.get(id) ?? undated?.find((post) => post.id === id)

  const drag = useDrag({
    surface,
    axis,
    lookup,
    refusal: (posts, anchor, target, copy) => {
      const judged = actions.plan(posts, anchor, target, copy)
      return judged.ok ? '' : explain(judged.error)
    },
    flip,
    drop: async (hand, posts, target) => {
      const all = posts.length === hand.ids.length ? posts : await actions.postsOf(hand.ids, page?.known ?? new Map())
      return hand.copy ? actions.copy(all, hand.anchor, target) : actions.move(all, hand.anchor, target)
    },
  })

  const onPointerDown = (event: PointerEvent) => {
    const target = event.target as Element
    const post = target.closest<HTMLElement>('[data-post]')
    if (post?.dataset.post) drag(event, post.dataset.post, post)
  }

  const onClick = (event: MouseEvent) => {
    const target = event.target as Element
    const post = target.closest<HTMLElement>('[data-post]')?.dataset.post
    if (post) return press(event, post)
  }

  const press = (event: MouseEvent, id: string) => {
    const { selected } = useNavigation.getState()
    if (event.ctrlKey || event.metaKey)
      select(selected.includes(id) ? selected.filter((other) => other !== id) : [...selected, id])
    else {
      select([id])
      setUi({ peek: true })
    }
  }

  const value = useMemo<CalendarContextValue | null>(() => {
    if (!page) return null
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
  }, [page, settings.density, reference])

  const { title, sub } = titleOf(view, date, settings.weekStart)
  const focused = place.focused
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: one place decides what a press on any card or day means
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are commands, see useCalendarKeys
    <div className={styles.screen} onPointerDown={onPointerDown} onClick={onClick} data-keys="screen">
      <ScreenLayout
        dockLabel="Post and undated posts"
        dock={
          <>
            {peek && focused && <Peek postId={focused} onClose={() => setUi({ peek: false })} />}
            <Tray posts={undated} low={peek && focused !== null} />
          </>
        }
      >
        <PlanBar
          title={title}
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
              <span className={styles.counts}>
                {plural(page.count, 'post')}, {plural(page.deliveries, 'delivery', 'deliveries')}
              </span>
            )
          }
        >
          <FilterBar filter={filter} onChange={setFilter} />
        </Toolbar>
        <div className={styles.surface} ref={surface}>
          {value && page ? (
            <CalendarProvider value={value}>
              <Calendar
                localizer={localizer}
                views={rbcViews}
                view={view as 'month'}
                date={wallDate(page.date)}
                events={NO_EVENTS}
                toolbar={false}
                onNavigate={() => undefined}
                onView={() => undefined}
              />
              <Hand
                timeFor={(id, day) => {
                  const post = lookup(id)
                  return post ? actions.timeFor(post, day) : settings.lastTime
                }}
              />
            </CalendarProvider>
          ) : (
            <Later>{null}</Later>
          )}
        </div>
      </ScreenLayout>
    </div>
  )
}

const NO_EVENTS: object[] = []
