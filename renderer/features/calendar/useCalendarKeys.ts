/** Everything the calendar does without a mouse. Offered as commands, so that `?` and the palette list the same keys. */
import type { RefObject } from 'react'
import { isApart, postOf } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { addDays, clockOf, type IsoDate, minutesOf } from '../../../shared/domain/time.ts'
import { formatDayLong, usePostActions } from '../../parts/index.ts'
import type { Property } from '../../parts/selection/PropertyPicker.tsx'
import { type Command, useCommands } from '../../ports/commands.ts'
import { useDeps } from '../../ports/deps.tsx'
import { clearSelection, go, select, showBalance, showDate, useNavigation } from '../../ports/navigation.ts'
import { announce } from '../../ui/index.ts'
import { wallIn } from './events.ts'
import { targetWords } from './messages.ts'
import { addMinutes, snap, type Target } from './moves.ts'
import { cardOf, selectCard, setUi, ui, useUi } from './uiState.ts'
import type { Actions } from './useActions.ts'
import type { Wish } from './useFocus.ts'
import type { Page, PageView } from './usePage.ts'

export interface KeysContext {
  readonly page: Page | null
  readonly view: PageView
  readonly date: IsoDate
  readonly today: IsoDate
  readonly actions: Actions
  readonly surface: RefObject<HTMLElement | null>
  readonly undated: readonly Post[] | undefined
  lookup(id: string): Post | undefined
  flip(by: number): void
  /** Gives the keyboard to a post or a day as soon as it is drawn. */
  focus(what: Wish): void
  /** Opens quick add at a day. */
  addOn(day: IsoDate): void
  openMore(day: IsoDate): void
  closePeek(): void
}

type Direction = 'left' | 'right' | 'up' | 'down'
/** So many may have been deleted one after the other before the page is drawn anew. */
const NEIGHBOURS = 20
const ARROWS = { left: 'ArrowLeft', right: 'ArrowRight', up: 'ArrowUp', down: 'ArrowDown' } as const

export function useCalendarKeys(context: KeysContext): void {
  const { page, view, date, today, actions, surface, undated, lookup, flip, focus, addOn, openMore, closePeek } =
    context
  const selected = useNavigation((state) => state.selected)
  const onPost = useNavigation((state) => state.focused)
  const apart = useUi((state) => state.apart)
  /** The card the keyboard is on: a post, or a channel of it that goes out at a time of its own. */
  const focused = cardOf(onPost, lookup(apart) ? apart : '')
  const moving = useUi((state) => state.moving)
  const posts = usePostActions(selected)
  const { db } = useDeps()
  const someSelected = () => selected.length > 0
  /** Arrow keys belong to the calendar unless the keyboard is in some other control. */
  const here = () => {
    const active = document.activeElement
    if (!active || active === document.body) return true
    if (
      active.closest(
        '[data-popup], [role="menu"], [role="dialog"], [role="listbox"], [role="toolbar"], [role="radiogroup"]',
      )
    )
      return false
    return surface.current?.contains(active) === true || active.closest('[data-tray]') !== null
  }
  const rtl = () => surface.current !== null && getComputedStyle(surface.current).direction === 'rtl'
  const turned = (direction: Direction): Direction =>
    !rtl() ? direction : direction === 'left' ? 'right' : direction === 'right' ? 'left' : direction

  const eventsOn = (day: IsoDate) => page?.byDay.get(day) ?? []
  const dayOf = (id: string | null) => {
    const post = id ? lookup(id) : undefined
    return post && page ? (wallIn(post, page.zone)?.date ?? null) : null
  }
  /** The keyboard is on no post any more; what was picked one by one stays picked. */
  const leavePosts = () => (ui().marking ? useNavigation.setState({ focused: null }) : clearSelection())
  /** A post, or the "+n more" it is behind. */
  const toPost = (id: string) => {
    const day = dayOf(id)
    const drawn = view !== 'month' || !day || surface.current?.querySelector(`[data-post="${CSS.escape(id)}"]`)
    const more = drawn ? null : surface.current?.querySelector<HTMLElement>(`[data-more="${day}"]`)
    if (more && day) {
      leavePosts()
      setUi({ day })
      focus({ more: day })
      return announce(`${more.textContent ?? ''} on ${formatDayLong(day)}. Enter lists them.`)
    }
    if (ui().marking) {
      useNavigation.setState({ focused: postOf(id) })
      setUi({ apart: isApart(id) ? id : '' })
    } else selectCard(id)
    setUi({ day: null, reveal: id })
    focus({ post: id })
  }
  const toDay = (day: IsoDate) => {
    leavePosts()
    setUi({ day })
    if (
      page &&
      (day < page.range.from || day > page.range.to || (view === 'month' && day.slice(0, 7) !== date.slice(0, 7)))
    )
      showDate(day)
    focus({ day })
  }

  /** Arrow keys: from post to post, from day to day. */
  const step = (asked: Direction) => {
    if (!page) return
    const direction = turned(asked)
    if (document.activeElement?.closest('[data-tray]')) return stepTray(direction)
    if (view === 'list') return stepList(direction)
    const active = document.activeElement instanceof HTMLElement ? document.activeElement.dataset : {}
    const { more } = active
    const day = more ?? active.day ?? dayOf(focused) ?? ui().day
    if (!day) return toDay(page.days.includes(today) ? today : (page.days[0] ?? today))
    const events = eventsOn(day)
    // Standing on "+n more" is standing behind the last post that is drawn.
    const drawn = events.findIndex(({ id }) => !surface.current?.querySelector(`[data-post="${CSS.escape(id)}"]`))
    if (more && direction === 'up' && drawn > 0) return toPost(events[drawn - 1]?.id ?? '')
    const at = more ? events.length - 1 : active.day ? -1 : events.findIndex(({ id }) => id === focused)
    if (direction === 'up' || direction === 'down') {
      const next = events[at < 0 ? (direction === 'down' ? 0 : -1) : at + (direction === 'down' ? 1 : -1)]
      if (next) return toPost(next.id)
      if (view === 'month') return enter(addDays(day, direction === 'down' ? 7 : -7), direction === 'down' ? 0 : -1)
      return
    }
    const other = addDays(day, direction === 'right' ? 1 : -1)
    if (at < 0) return toDay(other)
    if (view === 'month') return enter(other, at)
    // In a time grid the neighbour is the post nearest in time.
    const minutes = events[at]?.minutes ?? 0
    const near = [...eventsOn(other)].sort((a, b) => Math.abs(a.minutes - minutes) - Math.abs(b.minutes - minutes))[0]
    return near ? toPost(near.id) : toDay(other)
  }
  const enter = (day: IsoDate, at: number) => {
    const events = eventsOn(day)
    const next = events.at(Math.min(at, events.length - 1))
    if (next && page && day >= page.range.from && day <= page.range.to) return toPost(next.id)
    return toDay(day)
  }
  const order = () => page?.days.flatMap((day) => eventsOn(day).map(({ id }) => id)) ?? []
  const stepList = (direction: Direction) => {
    const all = order()
    const at = focused ? all.indexOf(focused) : -1
    const next = direction === 'down' || direction === 'right' ? all[at + 1] : all[Math.max(0, at - 1)]
    if (next) toPost(next)
  }
  const trayed = () => [...document.querySelectorAll<HTMLElement>('[data-tray] [data-post]')]
  const stepTray = (direction: Direction) => {
    if (direction === 'left') return toDay(ui().day ?? today)
    const cards = trayed()
    const at = cards.indexOf(document.activeElement as HTMLElement)
    const next = cards[at + (direction === 'up' ? -1 : 1)]?.dataset.post
    if (next) toPost(next)
  }
  const walk = (by: number) => {
    const all = order()
    const next = all[(focused ? all.indexOf(focused) : -1) + by]
    if (next) toPost(next)
  }

  /** What a move takes: the selection, or the one channel apart from its post that the keyboard is on. */
  const inHand = () => (focused && isApart(focused) ? [focused] : selected)

  /** Shift and an arrow: the posts themselves move, at once. */
  const shift = async (asked: Direction) => {
    const moved = inHand().flatMap((id) => lookup(id) ?? [])
    const anchor = moved.find(({ id }) => id === focused) ?? moved[0]
    if (!anchor || !page) return
    const target = nudged(anchor, startOf(anchor), turned(asked))
    // Who picks it up again meanwhile is told of that: the day left behind would be taken for the one aimed at.
    if (target && (await actions.move(moved, anchor, target)) && !ui().moving) {
      focus({ post: anchor.id, ...(target.kind === 'tray' ? {} : { more: target.day }) })
      announce(targetWords(target, wallIn(anchor, page.zone)?.time))
      follow(target)
    }
  }
  const startOf = (anchor: Post): Target => {
    const wall = page && wallIn(anchor, page.zone)
    if (!wall) return { kind: 'day', day: ui().day ?? today }
    return view === 'month' || view === 'list'
      ? { kind: 'day', day: wall.date }
      : { kind: 'time', day: wall.date, minutes: minutesOf(wall.time) }
  }
  /** A target one step further: a day across, a week or fifteen minutes up and down. */
  const nudged = (anchor: Post, target: Target, direction: Direction): Target | null => {
    if (target.kind === 'tray' || !page) return null
    if (direction === 'left' || direction === 'right')
      return { ...target, day: addDays(target.day, direction === 'right' ? 1 : -1) }
    const by = direction === 'down' ? 1 : -1
    if (target.kind === 'day')
      return view === 'month'
        ? { kind: 'day', day: addDays(target.day, 7 * by) }
        : { kind: 'day', day: addDays(target.day, by) }
    const next = addMinutes({ date: target.day, time: clockOf(snap(target.minutes, 15)), zone: page.zone }, 15 * by)
    // The clock of the post counts, also where it is not on a quarter.
    const exact = wallIn(anchor, page.zone)
    const off = exact ? minutesOf(exact.time) % 15 : 0
    return { kind: 'time', day: next.date, minutes: Math.min(1_439, minutesOf(next.time) + (off && by < 0 ? 15 : 0)) }
  }
  const follow = (target: Target) => {
    if (target.kind === 'tray' || !page) return
    const seen = target.day >= page.range.from && target.day <= page.range.to
    if (!seen) showDate(target.day)
  }

  /** M: the posts stay until Enter; the target is spoken. */
  const startMoving = () => {
    const ids = inHand()
    const id = focused && ids.includes(focused) ? focused : ids[0]
    const anchor = id ? lookup(id) : undefined
    if (!anchor) return
    setUi({ moving: { ids, anchor: anchor.id, target: startOf(anchor) } })
    announce(
      `Moving ${ids.length === 1 ? `“${anchor.title || 'Untitled'}”` : `${ids.length} posts`}. Arrow keys choose the place, Enter puts it there, Escape leaves it.`,
    )
  }
  const aim = (asked: Direction) => {
    // As it is now, not as it was drawn last: keys may come faster than frames.
    const { moving: held } = ui()
    const anchor = held ? lookup(held.anchor) : undefined
    if (!held || !anchor || !page) return
    const target = nudged(anchor, held.target, turned(asked))
    if (!target) return
    setUi({ moving: { ...held, target } })
    follow(target)
    const moved = held.ids.flatMap((id) => lookup(id) ?? [])
    const judged = actions.plan(moved, anchor, target)
    announce(`${targetWords(target, wallIn(anchor, page.zone)?.time)}${judged.ok ? '' : ', not possible'}`)
  }
  const put = async () => {
    const { moving: held } = ui()
    const anchor = held ? lookup(held.anchor) : undefined
    setUi({ moving: null })
    if (!held || !anchor) return
    const moved = isApart(anchor.id) ? [anchor] : await actions.postsOf(held.ids, page?.known ?? new Map())
    await actions.move(moved, anchor, held.target)
    focus({ post: anchor.id, ...(held.target.kind === 'tray' ? {} : { more: held.target.day }) })
  }
  /** X: more posts come to the selection one by one; the first X keeps the one that is selected by being focused. */
  const mark = () => {
    if (!onPost) return
    const ids =
      !ui().marking && selected.length <= 1
        ? [onPost]
        : selected.includes(onPost)
          ? selected.filter((id) => id !== onPost)
          : [...selected, onPost]
    useNavigation.setState({ selected: ids })
    setUi({ marking: ids.length > 0 })
    announce(`${ids.length} selected.`)
  }

  const back = () => {
    const now = ui()
    if (now.moving) {
      setUi({ moving: null })
      announce('Left where it was.')
    } else if (now.popup) setUi({ popup: null })
    else if (now.peek) closePeek()
    else if (now.tray) setUi({ tray: false })
    else if (someSelected()) {
      const day = dayOf(focused)
      clearSelection()
      setUi({ marking: false })
      if (day) {
        setUi({ day })
        focus({ day })
      }
    }
  }
  /** Posts the keyboard goes to when these are gone, the likeliest first: those after them, then those before, in the tray as on the page. */
  const neighboursOf = (ids: readonly string[]) => {
    const all = document.activeElement?.closest('[data-tray]')
      ? trayed().map(({ dataset }) => dataset.post ?? '')
      : order().filter((id) => !isApart(id))
    const at = Math.max(...ids.map((id) => all.indexOf(id)))
    const left = (id: string) => !ids.includes(id)
    return [...all.slice(at + 1), ...all.slice(0, Math.max(0, at)).reverse()].filter(left).slice(0, NEIGHBOURS)
  }
  const remove = async () => {
    const near = neighboursOf(selected)
    const day = dayOf(focused)
    await posts.remove()
    // What is drawn may be older than what was deleted a moment before.
    const next = (await db.posts.bulkGet(near)).find((post) => post?.trashedAt === 0)?.id
    if (next) toPost(next)
    else if (day) toDay(day)
  }

  /** A channel apart from its post has no date to lose but its own. */
  const ofTheCard = (command: Command): Command => {
    const card = focused && isApart(focused) ? lookup(focused) : undefined
    if (!card || command.id !== 'post.takeDateOff') return command
    return { ...command, run: () => void actions.move([card], card, { kind: 'tray' }) }
  }

  const section = 'Calendar'
  const arrows = (
    id: string,
    title: string,
    prefix: string,
    enabled: () => boolean,
    run: (direction: Direction) => void,
  ): Command[] =>
    (['left', 'right', 'up', 'down'] as const).map((direction) => ({
      id: `calendar.${id}.${direction}`,
      title: `${title} ${direction}`,
      section,
      keys: `${prefix}${ARROWS[direction]}`,
      keyOnly: true,
      enabled,
      run: () => run(direction),
    }))

  const letter = (keys: string, title: string, property: Property): Command => ({
    id: `calendar.set.${property}`,
    title,
    section,
    keys,
    enabled: () => (property === 'date' ? selected.length === 1 : someSelected()),
    run: () => setUi({ property }),
  })

  useCommands([
    ...posts.commands.filter(({ id }) => id !== 'post.delete').map(ofTheCard),
    {
      id: 'post.delete',
      title: 'Delete',
      section: 'Posts',
      keys: 'Delete',
      words: 'trash remove',
      enabled: someSelected,
      run: () => void remove(),
    },
    {
      id: 'calendar.today',
      title: 'Go to today',
      section,
      keys: 'T',
      run: () => {
        showDate(today)
        toDay(today)
      },
    },
    {
      id: 'calendar.next',
      title: 'Next page',
      section,
      keys: 'PageDown',
      words: 'month week later',
      run: () => flip(1),
    },
    {
      id: 'calendar.previous',
      title: 'Previous page',
      section,
      keys: 'PageUp',
      words: 'month week earlier',
      run: () => flip(-1),
    },
    {
      id: 'calendar.add',
      title: 'New post on this day',
      section,
      keys: 'N',
      words: 'quick add create',
      run: () => addOn(dayOf(focused) ?? ui().day ?? (page?.days.includes(today) ? today : (page?.days[0] ?? today))),
    },
    {
      id: 'calendar.night',
      title: 'Fold or unfold empty night hours',
      section,
      words: 'quiet hours',
      enabled: () => view === 'week' || view === 'day',
      run: () => setUi({ night: !ui().night }),
    },
    {
      id: 'calendar.balance',
      title: 'Show or hide the balance',
      section,
      keys: 'B',
      words: 'pillar mix cadence gaps pile-ups gauges target',
      run: () => showBalance(!useNavigation.getState().balance),
    },
    {
      id: 'calendar.tray',
      title: 'Go to the undated posts',
      section,
      keys: 'U',
      words: 'tray unscheduled',
      run: () => {
        setUi({ undated: true, tray: true })
        const first = undated?.[0]
        if (first) toPost(first.id)
      },
    },
    {
      id: 'calendar.all',
      title: 'Select all in sight',
      section,
      keys: 'Mod+A',
      run: () => select([...new Set(order().map(postOf))]),
    },
    {
      id: 'calendar.peek',
      title: 'Peek at the post',
      section,
      keys: 'Space',
      enabled: () => focused !== null && here(),
      // What a press opened stays: Space asks for it. Space again closes it.
      run: () => setUi({ peek: ui().peek === 'asked' ? '' : 'asked' }),
    },
    { id: 'calendar.walk.next', title: 'Next post', section, keys: 'J', run: () => walk(1) },
    { id: 'calendar.walk.previous', title: 'Previous post', section, keys: 'K', run: () => walk(-1) },
    {
      id: 'calendar.copy',
      title: 'Duplicate',
      section,
      keys: 'D',
      enabled: someSelected,
      keyOnly: true,
      run: () => void posts.duplicate(),
    },
    letter('S', 'Set the status', 'status'),
    letter('O | A', 'Set the owner', 'owner'),
    letter('P', 'Set the campaign', 'campaign'),
    letter('L', 'Set the labels', 'labels'),
    letter('H', 'Set the channels', 'channels'),
    letter('W', 'Set the date and time', 'date'),
    {
      id: 'calendar.mark',
      title: 'Select or leave out the post',
      section,
      keys: 'X',
      enabled: () => focused !== null,
      run: mark,
    },
    {
      id: 'calendar.move',
      title: 'Move with the keyboard',
      section,
      keys: 'M',
      enabled: someSelected,
      words: 'reschedule',
      run: startMoving,
    },
    {
      id: 'calendar.open',
      title: 'Open',
      section,
      keys: 'Enter',
      keyOnly: true,
      enabled: () => here() && !moving,
      run: () => {
        const active = document.activeElement as HTMLElement | null
        const more = active?.dataset.more
        if (more) return openMore(more)
        if (onPost) return go({ screen: 'write', postId: onPost })
        const day = ui().day
        if (day) addOn(day)
      },
    },
    { id: 'calendar.back', title: 'Back one step', section, keys: 'Escape', keyOnly: true, run: back },
    ...arrows('go', 'Go', '', () => here() && !moving, step),
    ...arrows(
      'shift',
      'Move the post',
      'Shift+',
      () => here() && !moving && someSelected(),
      (direction) => void shift(direction),
    ),
    ...arrows('aim', 'While moving:', '', () => moving !== null, aim),
    {
      id: 'calendar.put',
      title: 'While moving: put it there',
      section,
      keys: 'Enter',
      keyOnly: true,
      enabled: () => moving !== null,
      run: () => void put(),
    },
  ])
}
