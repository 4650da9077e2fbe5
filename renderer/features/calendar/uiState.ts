/** What the calendar remembers until it is closed. Ids and places, never rows. */
import { create } from 'zustand'
import { isApart, postOf } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import type { ClockTime, DateRange, IsoDate } from '../../../shared/domain/time.ts'
import type { Property } from '../../parts/selection/PropertyPicker.tsx'
import { select, useNavigation } from '../../ports/navigation.ts'
import type { Target } from './moves.ts'

/** A place on the screen a popover opens at. */
export interface Anchor {
  getBoundingClientRect(): DOMRect
}

/** What the pointer carries. */
export interface Hand {
  readonly ids: readonly string[]
  readonly anchor: Post
  /** Width of the chip that was picked up, in pixels. */
  readonly width: number
  /** Where in the chip it was taken, from its top left corner. */
  readonly grabX: number
  readonly grabY: number
  readonly target: Target | null
  readonly copy: boolean
  /** Why a drop here would be refused; '' when it would not. */
  readonly refusal: string
}

export interface Popup {
  readonly kind: 'quickAdd' | 'more' | 'published' | 'note'
  readonly anchor: Anchor
  readonly day: IsoDate
  readonly time?: ClockTime
  /** Channels a new post is proposed for. */
  readonly channelIds?: readonly string[]
  /** The post a question is about, and where it was dropped. */
  readonly postId?: string
  readonly target?: Target
}

export interface Pending {
  readonly base: Post
  readonly next: Post
}

interface CalendarUi {
  /** Whether the peek panel is open, and what opened it. */
  readonly peek: '' | 'pressed' | 'asked'
  /** The card the keyboard is on where it is not the post itself but a channel with a time of its own; '' else. */
  readonly apart: string
  /** Campaign whose bar is under the pointer; the posts of others are dimmed. */
  readonly campaign: string
  readonly hand: Hand | null
  /** Posts as they will be, until the live query has anything newer than what they were. */
  readonly pending: ReadonlyMap<string, Pending>
  readonly popup: Popup | null
  /** Keyboard move: the posts keep their place until Enter. */
  readonly moving: { readonly ids: readonly string[]; readonly anchor: string; readonly target: Target } | null
  /** The property whose picker stands at the focused post. */
  readonly property: Property | null
  /** Arrow keys walk on and leave the selection as it is: X adds to it. */
  readonly marking: boolean
  /** The day that has the keyboard while no post has. */
  readonly day: IsoDate | null
  /** Dates a campaign bar is being drawn to. */
  readonly bar: { readonly id: string; readonly startOn: IsoDate; readonly endOn: IsoDate } | null
  /** The tray is unfolded. */
  readonly undated: boolean
  /** The tray was asked for where the dock lies over the page. */
  readonly tray: boolean
  /** Days lit up on the page, because something speaks of them. */
  readonly lit: DateRange | null
  /** Empty hours of the night are drawn as long as the others. */
  readonly night: boolean
  /** A post the list should scroll to. */
  readonly reveal: string
  /** Rectangle drawn over the month to select what it touches. */
  readonly marquee: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null
}

const START: CalendarUi = {
  peek: '',
  apart: '',
  campaign: '',
  hand: null,
  pending: new Map(),
  popup: null,
  moving: null,
  property: null,
  marking: false,
  day: null,
  bar: null,
  undated: true,
  tray: false,
  lit: null,
  night: false,
  reveal: '',
  marquee: null,
}

export const useUi = create<CalendarUi>()(() => START)
export const ui = useUi.getState
export const setUi = (change: Partial<CalendarUi>) => useUi.setState(change)
export const resetUi = () => useUi.setState(START)

/** Selects the post of a card and puts the keyboard on that card. */
export const selectCard = (id: string) => {
  select([postOf(id)])
  setUi({ apart: isApart(id) ? id : '' })
}
/** The card the keyboard is on. */
export const cardOf = (focused: string | null, apart: string): string | null =>
  focused !== null && postOf(apart) === focused ? apart : focused
export const standingCard = (): string | null => cardOf(useNavigation.getState().focused, ui().apart)

/** Shows posts as they will be, out of the hand that carried them; `settle` takes them back out. */
export const expect = (bases: readonly Post[], posts: readonly Post[]) =>
  useUi.setState(({ pending }) => {
    const next = new Map(pending)
    for (const base of bases) {
      const post = posts.find(({ id }) => id === base.id)
      // A second move before the first is confirmed still stands on the row the query knows.
      if (post) next.set(base.id, { base: pending.get(base.id)?.base ?? base, next: post })
    }
    return { pending: next, hand: null }
  })
export const settle = (ids: readonly string[]) =>
  useUi.setState(({ pending }) =>
    ids.some((id) => pending.has(id)) ? { pending: new Map([...pending].filter(([id]) => !ids.includes(id))) } : {},
  )
/** The query has new rows: what was expected of a row that is no longer there as it was has been answered. */
export const settleSuperseded = (rows: readonly Post[], concerns: (base: Post) => boolean) => {
  const { pending } = useUi.getState()
  if (pending.size === 0) return
  const seen = new Set(rows)
  settle([...pending.values()].filter(({ base }) => concerns(base) && !seen.has(base)).map(({ base }) => base.id))
}
