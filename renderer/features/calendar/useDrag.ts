/**
 * Dragging by pointer, one road for every view, the tray and the "+n more" list. Ours rather than the library's addon: a gesture
 * here moves several posts, copies with Alt, goes to and from the tray, turns the page at an edge and says what it would clash
 * with - HTML drag and drop can neither show nor cancel that.
 */
import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef } from 'react'
import { isApart } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { minutesOf, type Zone } from '../../../shared/domain/time.ts'
import { useNavigation } from '../../ports/navigation.ts'
import { type Axis, timeAt } from './axis.ts'
import { keepMinutes, sameTarget, type Target } from './moves.ts'
import { type Hand, selectCard, setUi, ui } from './uiState.ts'

export interface DragContext {
  /** The part of the page that turns at its edges and scrolls at top and bottom. */
  readonly surface: RefObject<HTMLElement | null>
  readonly axis: RefObject<Axis | null>
  readonly zone: Zone
  lookup(id: string): Post | undefined
  /** Why posts may not go there; '' when they may. */
  refusal(posts: readonly Post[], anchor: Post, target: Target, copy: boolean): string
  flip(by: number): void
  /** The hand let go. What is refused is told why. */
  drop(hand: Hand, posts: readonly Post[], target: Target, at: DOMRect): Promise<unknown>
}

/** Pixels the pointer moves before a press becomes a drag. */
const THRESHOLD = 4
/** A finger that moves within this time scrolls; one that rests so long takes the post with it when it moves. */
const REST_MS = 300
const REST_PIXELS = 8
const EDGE = 28
const FLIP_MS = 600
const HOME_MS = 150
/** What scrolls in the views; the time grid's scroller is the library's. */
export const SCROLLERS = '[data-scroll], .rbc-time-content'

/** Where the pointer is while something is in the hand; the drawn chip follows it without React. */
export const pointer = { x: 0, y: 0, chip: null as HTMLElement | null, box: null as HTMLElement | null }

const place = () => {
  const { hand } = ui()
  if (pointer.chip && hand) pointer.chip.style.translate = `${pointer.x - hand.grabX}px ${pointer.y - hand.grabY}px`
}
export const placeHand = place

/** What lies under a point. */
export function targetAt(
  x: number,
  y: number,
  grabY: number,
  axis: Axis | null,
  step: number,
): { target: Target; element: HTMLElement } | null {
  for (const hit of document.elementsFromPoint(x, y)) {
    const element = hit.closest<HTMLElement>('[data-drop]')
    if (!element) continue
    const { drop, day = '' } = element.dataset
    if (drop === 'tray') return { target: { kind: 'tray' }, element }
    if (drop === 'slot') {
      const { slot = '', slotDay = '' } = element.dataset
      return { target: { kind: 'time', day: slotDay, minutes: minutesOf(slot) }, element }
    }
    if (drop === 'day') return { target: { kind: 'day', day }, element }
    if (drop === 'time' && axis) {
      const at = timeAt(axis, y - grabY - element.getBoundingClientRect().top, step)
      const { shift } = axis
      const changed = shift?.day === day && at.minutes >= shift.from && at.minutes < shift.to ? shift.kind : null
      const minutes = changed === 'missing' && shift ? shift.to : at.minutes
      const fold = changed === 'twice' ? (at.second ? ('later' as const) : ('earlier' as const)) : undefined
      return { target: { kind: 'time', day, minutes, ...(fold ? { fold } : {}) }, element }
    }
    return null
  }
  return null
}

export function useDrag(context: DragContext) {
  const latest = useRef(context)
  latest.current = context
  /** A finger holds a post: the page under it must not scroll. */
  const still = useRef(false)
  const keepStill = useRef((move: TouchEvent) => {
    if (still.current) move.preventDefault()
  }).current
  useEffect(() => {
    document.addEventListener('touchmove', keepStill, { passive: false })
    return () => document.removeEventListener('touchmove', keepStill)
  }, [keepStill])

  /** A press on a post; becomes a drag once the pointer has moved. */
  return (event: ReactPointerEvent, postId: string, source: HTMLElement) => {
    if (event.button !== 0) return
    const touch = event.pointerType !== 'mouse'
    const from = { x: event.clientX, y: event.clientY }
    const rect = source.getBoundingClientRect()
    const mouse = { copy: event.altKey, fine: event.shiftKey, keep: false }
    let posts: Post[] = []
    let over: HTMLElement | null = null
    let frame = 0
    let edgeSince = 0
    let edge: -1 | 0 | 1 = 0
    /** Pages turned on the way. */
    let turned = 0
    /** A mouse takes hold at once, a finger after a rest. */
    let rested = !touch
    const resting = () => {
      rested = true
      still.current = true
      source.setAttribute('data-held', '')
    }
    const rest = touch ? window.setTimeout(resting, REST_MS) : 0

    const mark = (element: HTMLElement | null) => {
      if (over === element) return
      over?.removeAttribute('data-over')
      element?.setAttribute('data-over', '')
      over = element
    }

    const aim = () => {
      const { hand } = ui()
      if (!hand) return
      place()
      const hit = targetAt(pointer.x, pointer.y, hand.grabY, latest.current.axis.current, mouse.fine ? 5 : 15)
      mark(hit?.element ?? null)
      const target =
        hit && mouse.keep ? keepMinutes(hit.target, hand.anchor, latest.current.zone) : (hit?.target ?? null)
      if (sameTarget(hand.target, target) && hand.copy === mouse.copy) return
      const refusal = target ? latest.current.refusal(posts, hand.anchor, target, mouse.copy) : ''
      setUi({ hand: { ...hand, target, copy: mouse.copy, refusal } })
    }

    const lift = () => {
      const anchor = latest.current.lookup(postId)
      if (!anchor) return false
      const { selected } = useNavigation.getState()
      // A channel apart from its post is carried alone, whatever is selected.
      const ids = !isApart(postId) && selected.includes(postId) ? selected : [postId]
      if (ids !== selected) selectCard(postId)
      posts = ids.flatMap((id) => latest.current.lookup(id) ?? [])
      const hand: Hand = {
        ids,
        anchor,
        width: Math.min(rect.width, 260),
        grabX: Math.min(from.x - rect.left, 240),
        grabY: Math.min(from.y - rect.top, 48),
        target: null,
        copy: mouse.copy,
        refusal: '',
      }
      hold(source, event.pointerId)
      setUi({ hand, popup: null })
      tick()
      return true
    }

    /** Edges: turn the page at the sides, scroll at top and bottom. */
    const tick = () => {
      frame = requestAnimationFrame(tick)
      const surface = latest.current.surface.current
      if (!surface) return
      const area = surface.getBoundingClientRect()
      const inside = pointer.y > area.top && pointer.y < area.bottom
      const side = !inside
        ? 0
        : Math.abs(pointer.x - area.left) < EDGE
          ? -1
          : Math.abs(pointer.x - area.right) < EDGE
            ? 1
            : 0
      const now = performance.now()
      if (side !== edge) {
        edge = side
        edgeSince = now
      } else if (edge !== 0 && now - edgeSince > FLIP_MS) {
        edgeSince = now
        const rtl = getComputedStyle(surface).direction === 'rtl'
        const by = rtl ? -edge : edge
        turned += by
        latest.current.flip(by)
      }
      const scroller = surface.querySelector<HTMLElement>(SCROLLERS)
      if (scroller) {
        const box = scroller.getBoundingClientRect()
        const near = pointer.y < box.top + EDGE ? -1 : pointer.y > box.bottom - EDGE ? 1 : 0
        if (near && pointer.x > box.left && pointer.x < box.right) scroller.scrollTop += near * 9
      }
      aim()
    }

    const stop = () => {
      cancelAnimationFrame(frame)
      clearTimeout(rest)
      still.current = false
      mark(null)
      source.removeEventListener('touchmove', keepStill)
      source.removeAttribute('data-held')
      window.removeEventListener('pointermove', onMove)
      window.removeEventListener('pointerup', onUp)
      window.removeEventListener('pointercancel', goHome)
      window.removeEventListener('keydown', onKey, true)
      window.removeEventListener('keyup', onKey, true)
    }

    /** Back to where it came from, in 150 ms; to its own page, if others were turned to. */
    const goHome = () => {
      stop()
      const { hand } = ui()
      if (!hand) return
      if (turned !== 0) latest.current.flip(-turned)
      // On a page that is not drawn yet it stands where it was taken from.
      const card = turned === 0 ? document.querySelector(`[data-post="${CSS.escape(postId)}"]`) : null
      const home = card?.getBoundingClientRect() ?? rect
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches
      const done = () => setUi({ hand: null })
      if (!pointer.chip || still) return done()
      pointer.chip
        .animate([{ translate: pointer.chip.style.translate }, { translate: `${home.left}px ${home.top}px` }], {
          duration: HOME_MS,
          easing: 'ease-out',
        })
        .finished.then(done, done)
    }

    const onMove = (move: PointerEvent) => {
      pointer.x = move.clientX
      pointer.y = move.clientY
      mouse.copy = move.altKey
      mouse.fine = move.shiftKey
      mouse.keep = move.ctrlKey || move.metaKey
      if (!ui().hand) {
        const far = Math.hypot(pointer.x - from.x, pointer.y - from.y)
        if (!rested && far > REST_PIXELS) return stop()
        if (!rested || far < THRESHOLD) return
        // A finger that rests longer is offered the menu of the post instead.
        if (document.querySelector('[role="menu"][data-state="open"]') || !lift()) return stop()
      }
      aim()
    }

    const onUp = async (up: PointerEvent) => {
      pointer.x = up.clientX
      pointer.y = up.clientY
      aim()
      const { hand } = ui()
      if (!hand) return stop()
      // The press ends here; the click that follows must not select or open anything.
      window.addEventListener('click', swallow, { capture: true, once: true })
      setTimeout(() => window.removeEventListener('click', swallow, true))
      const box = new DOMRect(pointer.x, pointer.y, 1, 1)
      const { target } = hand
      if (!target || (!hand.copy && isOwnPlace(hand, target))) return goHome()
      // Now, while the page is laid out: a chip that leaves its day with the keyboard on it has everything laid out once more.
      if (source === document.activeElement) source.blur()
      const dropping = latest.current.drop(hand, posts, target, box)
      // Refused while it was still in the hand: the drop only says why.
      if (hand.refusal) goHome()
      else {
        stop()
        setUi({ hand: null })
      }
      await dropping
    }

    const onKey = (key: KeyboardEvent) => {
      mouse.copy = key.altKey
      mouse.fine = key.shiftKey
      mouse.keep = key.ctrlKey || key.metaKey
      if (key.key === 'Alt') key.preventDefault()
      if (key.key !== 'Escape') return
      if (!ui().hand) return
      key.preventDefault()
      key.stopPropagation()
      goHome()
    }

    pointer.x = from.x
    pointer.y = from.y
    // A page that is turned takes the post off it; the touch still belongs to it.
    source.addEventListener('touchmove', keepStill, { passive: false })
    window.addEventListener('pointermove', onMove)
    window.addEventListener('pointerup', onUp)
    window.addEventListener('pointercancel', goHome)
    window.addEventListener('keydown', onKey, true)
    window.addEventListener('keyup', onKey, true)
  }
}

/** The pointer shows a closed hand wherever it is: a captured pointer has the cursor of the element that holds it. */
function hold(source: HTMLElement, pointerId: number): void {
  source.setAttribute('data-held', '')
  source.setPointerCapture(pointerId)
}

const swallow = (event: Event) => {
  event.preventDefault()
  event.stopPropagation()
}

/** Dropped where it already is: nothing to do. */
function isOwnPlace({ anchor }: Hand, target: Target): boolean {
  return target.kind === 'tray' && !anchor.planned
}
