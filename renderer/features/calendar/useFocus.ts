import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react'
import type { IsoDate } from '../../../shared/domain/time.ts'
import { useNavigation } from '../../ports/navigation.ts'
import { setUi, ui } from './uiState.ts'

/** What should have the keyboard: a post, else the "+n more" of a day it may be behind; or a day. */
export interface Wish {
  readonly post?: string
  readonly day?: IsoDate
  readonly more?: IsoDate
}

/** Frames to wait for a post to be drawn before the keyboard gives up looking for it. */
const PATIENCE = 40

const post = (id: string) => `[data-post="${CSS.escape(id)}"]`

/**
 * Gives the keyboard to posts and days that may not be drawn yet, and gives it back to a post whose element was replaced
 * because it moved to another day.
 */
export function useFocus(surface: RefObject<HTMLElement | null>) {
  const last = useRef('')
  const wish = useRef(0)

  const find = ({ post: id, day, more }: Wish): HTMLElement | null => {
    const root = surface.current
    if (!root) return null
    if (id) {
      const card =
        root.querySelector<HTMLElement>(post(id)) ?? document.querySelector<HTMLElement>(`[data-tray] ${post(id)}`)
      if (card || !more) return card
    }
    if (more) return root.querySelector<HTMLElement>(`[data-more="${more}"]`)
    return day ? root.querySelector<HTMLElement>(`[data-day="${day}"][tabindex]`) : null
  }

  const focus = (what: Wish) => {
    wish.current += 1
    const mine = wish.current
    let left = PATIENCE
    const attempt = () => {
      if (mine !== wish.current) return
      const element = find(what)
      if (element) element.focus({ preventScroll: false })
      else if (--left > 0) requestAnimationFrame(attempt)
    }
    attempt()
  }

  useLayoutEffect(() => {
    if (last.current && document.activeElement === document.body) find({ post: last.current })?.focus()
  })

  const onFocus = (event: FocusEvent) => {
    const target = event.target as HTMLElement
    const id = target.dataset.post
    last.current = id ?? ''
    if (target.closest('[data-popup]')) return
    if (id && useNavigation.getState().focused !== id) useNavigation.setState({ focused: id })
    if (!id && target.dataset.day) setUi({ day: target.dataset.day })
  }
  const onBlur = (event: FocusEvent) => {
    // An element that left the page, or is being moved, did not lose the keyboard on purpose.
    if (event.target.isConnected && !ui().hand) last.current = ''
  }
  return { focus, onFocus, onBlur }
}
