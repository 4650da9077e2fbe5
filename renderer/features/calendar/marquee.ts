import type { PointerEvent as ReactPointerEvent, RefObject } from 'react'
import { postOf } from '../../../shared/domain/placement.ts'
import { select, useNavigation } from '../../ports/navigation.ts'
import { setUi, ui } from './uiState.ts'

const THRESHOLD = 4

/** Pressing beside the posts and drawing a rectangle selects what it touches; with Ctrl or Shift it adds. */
export function startMarquee(event: ReactPointerEvent, surface: RefObject<HTMLElement | null>): void {
  const from = { x: event.clientX, y: event.clientY }
  const before = event.ctrlKey || event.metaKey || event.shiftKey ? useNavigation.getState().selected : []
  const onMove = (move: PointerEvent) => {
    const width = Math.abs(move.clientX - from.x)
    const height = Math.abs(move.clientY - from.y)
    if (!ui().marquee && Math.hypot(width, height) < THRESHOLD) return
    const box = { x: Math.min(from.x, move.clientX), y: Math.min(from.y, move.clientY), width, height }
    setUi({ marquee: box })
    const touched = [...(surface.current?.querySelectorAll<HTMLElement>('[data-post]') ?? [])].flatMap((element) => {
      const post = element.getBoundingClientRect()
      const hit = post.left < box.x + width && post.right > box.x && post.top < box.y + height && post.bottom > box.y
      return hit && element.dataset.post ? [postOf(element.dataset.post)] : []
    })
    select([...new Set([...before, ...touched])])
  }
  const stop = () => {
    window.removeEventListener('pointermove', onMove)
    window.removeEventListener('pointerup', stop)
    window.removeEventListener('pointercancel', stop)
    if (!ui().marquee) return
    setUi({ marquee: null })
    const swallow = (click: Event) => click.stopPropagation()
    window.addEventListener('click', swallow, { capture: true, once: true })
    setTimeout(() => window.removeEventListener('click', swallow, true))
  }
  window.addEventListener('pointermove', onMove)
  window.addEventListener('pointerup', stop)
  window.addEventListener('pointercancel', stop)
}
