/**
 * What is done to a picture without touching it: quarter turns, the point that matters, and a frame per shape. All of it is numbers;
 * frames and points are parts (0 to 1) of the picture as it stands after its turns.
 */
export interface Size {
  readonly width: number
  readonly height: number
}
export interface Point {
  readonly x: number
  readonly y: number
}
export interface Frame extends Point, Size {}

/** Degrees clockwise. */
export type Turn = 0 | 90 | 180 | 270

export interface Edits {
  readonly turn: Turn
  /** What must stay in the picture, whatever it is cropped to. */
  readonly point: Point
  /** Frames set by hand, by the id of their shape; every other shape follows the point. */
  readonly frames: Readonly<Record<string, Frame>>
}

export const NO_EDITS: Edits = { turn: 0, point: { x: 0.5, y: 0.5 }, frames: {} }

export const isEdited = ({ turn, frames }: Edits): boolean => turn !== 0 || Object.keys(frames).length > 0

/** Smallest side of a frame, as a part of the picture. */
const SMALLEST = 0.02

const between = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most)
const upright = (turn: Turn) => turn === 0 || turn === 180

/** The size of a picture after its turns. */
export const turnedSize = ({ width, height }: Size, turn: Turn): Size =>
  upright(turn) ? { width, height } : { width: height, height: width }

/** The largest frame of a ratio (width by height, in pixels) in a picture, with the point as near its middle as the edges allow. */
export function frameAround({ width, height }: Size, ratio: number, point: Point): Frame {
  const wide = width / height > ratio
  const size = wide ? { width: (ratio * height) / width, height: 1 } : { width: 1, height: width / ratio / height }
  return place({ x: point.x - size.width / 2, y: point.y - size.height / 2, ...size })
}

/** The frame of a shape: the one set by hand, else the one that follows the point. `size`: of the picture after its turns. */
export const frameOf = (size: Size, { frames, point }: Edits, shape: { id: string; ratio: number }): Frame =>
  frames[shape.id] ?? frameAround(size, shape.ratio, point)

/** Moved back into the picture, its size kept as far as it fits. */
export function place({ x, y, width, height }: Frame): Frame {
  const [w, h] = [between(width, 0, 1), between(height, 0, 1)]
  return { x: between(x, 0, 1 - w), y: between(y, 0, 1 - h), width: w, height: h }
}

export const moveFrame = (frame: Frame, dx: number, dy: number): Frame =>
  place({ ...frame, x: frame.x + dx, y: frame.y + dy })

/** Larger or smaller about its middle, as large as the picture allows; the ratio stays. */
export function scaleFrame(frame: Frame, factor: number): Frame {
  const least = SMALLEST / Math.min(frame.width, frame.height)
  const most = Math.min(1 / frame.width, 1 / frame.height)
  const scale = between(factor, Math.min(least, most), most)
  const [width, height] = [frame.width * scale, frame.height * scale]
  return place({ x: frame.x + (frame.width - width) / 2, y: frame.y + (frame.height - height) / 2, width, height })
}

export type Corner = 'start-top' | 'end-top' | 'start-bottom' | 'end-bottom'

/**
 * A corner is pulled to a point; the one across stays. `ratio` (width by height, both as parts of the picture) holds the shape, null
 * lets it go.
 */
export function pullCorner(frame: Frame, corner: Corner, to: Point, ratio: number | null): Frame {
  const left = corner.startsWith('start')
  const top = corner.endsWith('top')
  const anchor = { x: left ? frame.x + frame.width : frame.x, y: top ? frame.y + frame.height : frame.y }
  const room = { x: left ? anchor.x : 1 - anchor.x, y: top ? anchor.y : 1 - anchor.y }
  let width = between(left ? anchor.x - to.x : to.x - anchor.x, Math.min(SMALLEST, room.x), room.x)
  let height = between(top ? anchor.y - to.y : to.y - anchor.y, Math.min(SMALLEST, room.y), room.y)
  if (ratio !== null) {
    // The side that was pulled further leads; neither leaves the picture.
    width = Math.min(Math.max(width, height * ratio), room.x, room.y * ratio)
    height = width / ratio
  }
  return { x: left ? anchor.x - width : anchor.x, y: top ? anchor.y - height : anchor.y, width, height }
}

/** Where a point comes to lie by one quarter turn clockwise. */
const turnPoint = ({ x, y }: Point): Point => ({ x: 1 - y, y: x })

/** One more quarter turn clockwise. Frames of a ratio lose their meaning with it and follow the point again; a free one turns too. */
export function turnOnce({ turn, point, frames }: Edits, free: string): Edits {
  const own = frames[free]
  const next = ((turn + 90) % 360) as Turn
  const turned = own && { x: 1 - own.y - own.height, y: own.x, width: own.height, height: own.width }
  return { turn: next, point: turnPoint(point), frames: turned ? { [free]: turned } : {} }
}

/** A frame in whole pixels of the turned picture, at least one by one. */
export function pixelsOf(frame: Frame, { width, height }: Size): Frame {
  const x = Math.min(Math.round(frame.x * width), width - 1)
  const y = Math.min(Math.round(frame.y * height), height - 1)
  return {
    x,
    y,
    width: between(Math.round(frame.width * width), 1, width - x),
    height: between(Math.round(frame.height * height), 1, height - y),
  }
}

/** The largest piece of a frame that has a ratio (width by height, in pixels of a picture of that size), about its middle. */
export function frameWithin(frame: Frame, { width, height }: Size, ratio: number): Frame {
  const pixels = { width: frame.width * width, height: frame.height * height }
  const piece = frameAround(pixels, ratio, { x: 0.5, y: 0.5 })
  return {
    x: frame.x + piece.x * frame.width,
    y: frame.y + piece.y * frame.height,
    width: piece.width * frame.width,
    height: piece.height * frame.height,
  }
}
