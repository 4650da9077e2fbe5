import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'

/** Pixels the pointer moves before a press becomes a drag. */
const THRESHOLD = 4
/** A finger that moves within this time scrolls; one that rests so long takes the tile. */
const REST_MS = 300
const REST_PIXELS = 8
/** Pixels from the edge at which the grid scrolls by itself, and how far a frame. */
const EDGE = 56
const SPEED = 12

interface SwapDrag {
  readonly scroller: RefObject<HTMLElement | null>
  /** The hand took a tile; false: it stays where it is. */
  onLift(id: string): boolean
  /** Another tile lies under the hand, or none (''). */
  onOver(id: string): void
  /** The hand let go above a tile. */
  onDrop(id: string, over: string): void
  /** It is over, whatever came of it. */
  onEnd(): void
}

const spotAt = (x: number, y: number): string =>
  document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-spot]')?.dataset.spot ?? ''

/** Dragging a tile onto another. The picture in the hand follows the pointer without React; a step asks only what lies under it. */
export function useSwapDrag(options: SwapDrag) {
  const latest = useRef(options)
  latest.current = options
  const stop = useRef<(() => void) | null>(null)
  useEffect(() => () => stop.current?.(), [])

  /** A press on a tile. */
  return (event: PointerEvent<HTMLElement>, id: string) => {
    if (event.button !== 0) return
    const tile = event.currentTarget
    const { scroller } = latest.current
    const box = tile.getBoundingClientRect()
    const from = { x: event.clientX, y: event.clientY }
    const at = { ...from }
    let hand: HTMLElement | null = null
    let over = ''
    let frame = 0
    let rested = event.pointerType === 'mouse'
    const rest = rested
      ? 0
      : window.setTimeout(() => {
          rested = true
        }, REST_MS)

    const lift = () => {
      if (!latest.current.onLift(id)) return finish()
      hand = tile.cloneNode(true) as HTMLElement
      hand.removeAttribute('id')
      hand.setAttribute('aria-hidden', 'true')
      Object.assign(hand.style, { inlineSize: `${box.width}px`, blockSize: `${box.height}px`, inset: '0 auto auto 0' })
      hand.dataset.hand = ''
      document.body.append(hand)
      frame = requestAnimationFrame(scroll)
    }
    const aim = () => {
      if (hand) hand.style.translate = `${box.left + at.x - from.x}px ${box.top + at.y - from.y}px`
      const next = spotAt(at.x, at.y)
      const target = next === id ? '' : next
      if (target === over) return
      over = target
      latest.current.onOver(over)
    }
    const scroll = () => {
      const area = scroller.current?.getBoundingClientRect()
      if (!hand || !area) return
      const by = at.y < area.top + EDGE ? -SPEED : at.y > area.bottom - EDGE ? SPEED : 0
      if (by !== 0) {
        scroller.current?.scrollBy(0, by)
        aim()
      }
      frame = requestAnimationFrame(scroll)
    }
    const move = (moved: globalThis.PointerEvent) => {
      if (moved.pointerId !== event.pointerId) return
      Object.assign(at, { x: moved.clientX, y: moved.clientY })
      const far = Math.hypot(at.x - from.x, at.y - from.y)
      if (!hand && !rested && far > REST_PIXELS) return finish()
      if (!hand && rested && far > THRESHOLD) lift()
      if (hand) aim()
    }
    const up = (lifted: globalThis.PointerEvent) => {
      if (lifted.pointerId !== event.pointerId) return
      const target = over
      const held = hand !== null
      finish()
      if (!held) return
      // The press was a drag: what comes after it is no click.
      window.addEventListener('click', swallow, { capture: true, once: true })
      setTimeout(() => window.removeEventListener('click', swallow, { capture: true }), 0)
      if (target) latest.current.onDrop(id, target)
    }
    const key = (pressed: KeyboardEvent) => {
      if (pressed.key !== 'Escape' || !hand) return
      pressed.preventDefault()
      pressed.stopPropagation()
      finish()
    }
    const still = (touched: TouchEvent) => {
      if (rested) touched.preventDefault()
    }
    const finish = () => {
      clearTimeout(rest)
      cancelAnimationFrame(frame)
      hand?.remove()
      const held = hand !== null
      hand = null
      stop.current = null
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', up)
      window.removeEventListener('pointercancel', finish)
      window.removeEventListener('keydown', key, { capture: true })
      window.removeEventListener('touchmove', still)
      if (held) latest.current.onEnd()
    }
    stop.current?.()
    stop.current = finish
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', up)
    window.addEventListener('pointercancel', finish)
    window.addEventListener('keydown', key, { capture: true })
    window.addEventListener('touchmove', still, { passive: false })
  }
}

const swallow = (event: MouseEvent) => {
  event.preventDefault()
  event.stopPropagation()
}
