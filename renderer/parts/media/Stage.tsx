import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import {
  type Corner,
  type Frame,
  moveFrame,
  type Point,
  pixelsOf,
  pullCorner,
  type Size,
  scaleFrame,
} from '../../../shared/media/crop.ts'
import { cx, vars } from '../../ui/index.ts'
import styles from './Stage.module.css'

const CORNERS: readonly Corner[] = ['start-top', 'end-top', 'start-bottom', 'end-bottom']
const THIRDS = ['33.33%', '66.66%'] as const

interface StageProps {
  src: string
  alt: string
  /** Pixels of the picture as it is turned. */
  size: Size
  point: Point
  mode: 'crop' | 'point' | 'original'
  /** The frame that is worked on, in crop mode. */
  frame: Frame | null
  /** Name of its shape. */
  shape: string
  /** Width by height in parts of the picture, which a pulled corner keeps; null: free. */
  ratio: number | null
  onFrame: (frame: Frame) => void
  /** Absent: the point is not asked about here, and not shown. */
  onPoint?: (point: Point) => void
}

/** The room a picture is worked on in. */
export const StageRoom = ({ children }: { children?: ReactNode }) => <div className={styles.stage}>{children}</div>

/** The picture with what is done to it in the hand: drag the frame or its corners, or set the point. Arrows do the same, by pixels. */
export function Stage({ src, alt, size, point, mode, frame, shape, ratio, onFrame, onPoint }: StageProps) {
  const picture = useRef<HTMLDivElement>(null)
  const [draft, setDraft] = useDraft(frame)
  const [aim, setAim] = useDraft(point)
  const shown = draft ?? frame

  /** Where a pointer is, in parts of the picture. */
  const placeOf = (event: PointerEvent): Point => {
    const box = picture.current?.getBoundingClientRect()
    return box
      ? { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height }
      : { x: 0, y: 0 }
  }
  /** Follows the pointer until it is let go; `go` draws, `end` keeps. */
  const follow = (event: PointerEvent<HTMLElement>, go: (at: Point) => void, end: () => void) => {
    event.preventDefault()
    event.stopPropagation()
    const hand = event.currentTarget
    hand.focus()
    hand.setPointerCapture(event.pointerId)
    const move = (moved: globalThis.PointerEvent) => go(placeOf(moved as unknown as PointerEvent))
    hand.addEventListener('pointermove', move)
    hand.addEventListener(
      'pointerup',
      () => {
        hand.removeEventListener('pointermove', move)
        end()
      },
      { once: true },
    )
  }
  const grab = (event: PointerEvent<HTMLElement>, change: (from: Frame, at: Point, by: Point) => Frame) => {
    if (!shown) return
    const begin = placeOf(event)
    let latest = shown
    follow(
      event,
      (at) => {
        latest = change(shown, at, { x: at.x - begin.x, y: at.y - begin.y })
        setDraft(latest)
      },
      () => latest !== shown && onFrame(latest),
    )
  }
  const stepOf = (event: KeyboardEvent): Point | null => {
    const by = event.shiftKey ? 10 : 1
    const steps: Readonly<Record<string, Point>> = {
      ArrowLeft: { x: -by, y: 0 },
      ArrowRight: { x: by, y: 0 },
      ArrowUp: { x: 0, y: -by },
      ArrowDown: { x: 0, y: by },
    }
    const step = steps[event.key]
    return step ? { x: step.x / size.width, y: step.y / size.height } : null
  }
  const onFrameKey = (event: KeyboardEvent) => {
    if (!frame) return
    const step = stepOf(event)
    const factor = { '+': 1.05, '=': 1.05, '-': 1 / 1.05 }[event.key]
    if ((!step && factor === undefined) || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    onFrame(step ? moveFrame(frame, step.x, step.y) : scaleFrame(frame, factor ?? 1))
  }
  const onPointKey = (event: KeyboardEvent) => {
    const step = stepOf(event)
    if (!step) return
    event.preventDefault()
    event.stopPropagation()
    onPoint?.(inside({ x: point.x + step.x, y: point.y + step.y }))
  }
  const aimAt = (event: PointerEvent<HTMLElement>) => {
    let latest = inside(placeOf(event))
    setAim(latest)
    follow(
      event,
      (at) => {
        latest = inside(at)
        setAim(latest)
      },
      () => onPoint?.(latest),
    )
  }

  const at = aim ?? point
  const pixels = shown && pixelsOf(shown, size)
  const percent = (part: number) => `${part * 100}%`
  return (
    <StageRoom>
      <div
        ref={picture}
        className={cx(styles.picture, mode === 'point' && styles.aiming)}
        style={vars({ '--ratio': size.width / size.height })}
        onPointerDown={mode === 'point' ? aimAt : undefined}
      >
        <img src={src} alt={alt} draggable={false} />
        {mode === 'crop' && shown && pixels && (
          // biome-ignore lint/a11y/useSemanticElements: a frame holds its four corners, which a button may not
          <div
            role="button"
            tabIndex={0}
            aria-label={`Frame ${shape}: ${pixels.width} × ${pixels.height} pixels. Arrows move it, plus and minus size it.`}
            className={styles.frame}
            style={{
              left: percent(shown.x),
              top: percent(shown.y),
              width: percent(shown.width),
              height: percent(shown.height),
            }}
            onPointerDown={(event) => grab(event, (from, _at, by) => moveFrame(from, by.x, by.y))}
            onKeyDown={onFrameKey}
          >
            {THIRDS.map((place) => (
              <i key={`x${place}`} className={cx(styles.third, styles.upright)} style={{ left: place }} />
            ))}
            {THIRDS.map((place) => (
              <i key={`y${place}`} className={cx(styles.third, styles.level)} style={{ top: place }} />
            ))}
            <span className={cx(styles.onPicture, styles.shape)}>{shape}</span>
            {CORNERS.map((corner) => (
              <i
                key={corner}
                data-corner={corner}
                className={styles.corner}
                onPointerDown={(event) => grab(event, (from, to) => pullCorner(from, corner, to, ratio))}
              />
            ))}
          </div>
        )}
        {onPoint && mode !== 'original' && (
          <>
            <button
              type="button"
              aria-label={`Point that stays in the picture, ${inWords(at)}. Arrows move it.`}
              tabIndex={mode === 'point' ? 0 : -1}
              className={cx(styles.point, mode !== 'point' && styles.quiet)}
              style={{ left: percent(at.x), top: percent(at.y) }}
              onKeyDown={onPointKey}
            />
            <span
              className={cx(styles.onPicture, styles.pointWords)}
              style={{ left: percent(at.x), top: percent(at.y) }}
            >
              Point, {inWords(at)}
            </span>
          </>
        )}
      </div>
    </StageRoom>
  )
}

const inside = ({ x, y }: Point): Point => ({ x: Math.min(Math.max(x, 0), 1), y: Math.min(Math.max(y, 0), 1) })
const inWords = ({ x, y }: Point) => `${Math.round(x * 100)} % · ${Math.round(y * 100)} %`

/** What is in the hand, until the stored value has caught up with it. */
function useDraft<T>(stored: T) {
  const [draft, setDraft] = useState<T | null>(null)
  const key = JSON.stringify(stored)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the value counts, not the object
  useEffect(() => setDraft(null), [key])
  return [draft, setDraft] as const
}
