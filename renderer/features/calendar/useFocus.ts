import { type FocusEvent, type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { isApart, postOf } from '../../../shared/domain/placement.ts'
import type { IsoDate } from '../../../shared/domain/time.ts'
import { useNavigation } from '../../ports/navigation.ts'
import { setUi, standingCard, ui } from './uiState.ts'

/** What should have the keyboard: a post, else the "+n more" of a day it may be behind, else a day. */
export interface Wish {
  readonly post?: string
  readonly day?: IsoDate
  readonly more?: IsoDate
}

/** Frames to wait for a post to be drawn before the keyboard gives up looking for it. */
const PATIENCE = 120

const post = (id: string) => `[data-post="${CSS.escape(id)}"]`

/**
 * Gives the keyboard to posts and days that may not be drawn yet, and gives it back where its element is gone or has become
 * another day: a post moved, a page was turned, another view stands there, a deleted post is back.
 */
export function useFocus(surface: RefObject<HTMLElement | null>, focused: string | null) {
  const last = useRef<Wish | null>(null)
  const wish = useRef(0)
  /** The post that is wished for and not drawn yet. */
  const waiting = useRef<string | null>(null)

  const findPost = (id: string): HTMLElement | null | undefined =>
    surface.current?.querySelector<HTMLElement>(post(id)) ??
    // A channel that goes with its post again has no card of its own any more.
    surface.current?.querySelector<HTMLElement>(post(postOf(id))) ??
    document.querySelector<HTMLElement>(`[data-tray] ${post(id)}`)
  const findPlace = ({ day, more }: Wish): HTMLElement | null | undefined =>
    (more && surface.current?.querySelector<HTMLElement>(`[data-more="${more}"]`)) ||
    (day && surface.current?.querySelector<HTMLElement>(`[data-day="${day}"][tabindex]`)) ||
    null

  const focus = (what: Wish) => {
    wish.current += 1
    const mine = wish.current
    let left = PATIENCE
    let from = document.activeElement
    const attempt = () => {
      if (mine !== wish.current) return
      waiting.current = null
      // Somebody who went on to another place keeps the keyboard there.
      const active = document.activeElement
      if (active !== from && active !== document.body) return
      const wanted = what.post ? findPost(what.post) : findPlace(what)
      if (wanted) return wanted.focus({ preventScroll: false })
      // Its place has the keyboard until the post is drawn there.
      const place = findPlace(what)
      if (place && place !== active) {
        place.focus({ preventScroll: false })
        from = place
      }
      if (--left === 0) return
      waiting.current = what.post ?? ''
      requestAnimationFrame(attempt)
    }
    attempt()
  }

  useLayoutEffect(() => {
    const lost = last.current
    const active = document.activeElement
    // Days are drawn by place: after a page turned, the element that has the keyboard may be another day.
    const strayed =
      !lost?.post && active instanceof HTMLElement && 'day' in active.dataset && active.dataset.day !== lost?.day
    if (!lost || waiting.current !== null || !(active === document.body || strayed)) return
    const day = ui().day ?? lost.day
    focus({ ...lost, ...(focused ? { post: standingCard() ?? focused } : {}), ...(day ? { day } : {}) })
  })

  // A post that was made, copied, brought back or returned to takes the keyboard from the calendar, never from elsewhere.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each post
  useEffect(() => {
    const active = document.activeElement as HTMLElement
    const free = active === document.body || surface.current?.contains(active)
    const on = postOf(active.dataset.post ?? '')
    if (focused && free && postOf(waiting.current ?? '') !== focused && on !== focused)
      focus({ ...last.current, post: standingCard() ?? focused })
  }, [focused])

  const onFocus = (event: FocusEvent) => {
    const target = event.target as HTMLElement
    // From the list behind "+n more" the keyboard comes back to where it was opened.
    if (target.closest('[data-popup]')) return
    const { post: id, more, day } = target.dataset
    const on = target.closest<HTMLElement>('[data-day]')?.dataset.day
    if (id) last.current = on ? { post: id, more: on, day: on } : { post: id }
    else if (more) last.current = { more, day: more }
    else last.current = day ? { day } : null
    if (id && useNavigation.getState().focused !== postOf(id)) useNavigation.setState({ focused: postOf(id) })
    if (id) setUi({ apart: isApart(id) ? id : '' })
    if (!id && day) setUi({ day })
  }
  const onBlur = (event: FocusEvent) => {
    // An element that left the page, or is being moved, did not lose the keyboard on purpose.
    if (event.target.isConnected && !ui().hand) last.current = null
  }
  /** The day that has the keyboard, or whose post has it. */
  const standing = () => last.current?.day
  return { focus, standing, onFocus, onBlur }
}
