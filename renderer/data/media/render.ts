/** A picture drawn as it is meant: turned, cut to a frame, smaller, in another format. Runs wherever there is a canvas off the page. */
import { type Frame, pixelsOf, type Size, type Turn, turnedSize } from '../../../shared/media/crop.ts'

export interface Rendering {
  readonly turn?: Turn
  /** Part of the turned picture; absent: all of it. */
  readonly frame?: Frame
  /** Most pixels of the longer side; a picture is never made larger than it is. Absent: as large as it is. */
  readonly longest?: number
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp'
  /** 0 to 1, for formats that lose something. */
  readonly quality?: number
}

/** Draws a decoded picture. Where the format has no transparency, paper shows through. */
export async function render(
  picture: ImageBitmap,
  { turn = 0, frame, longest, type, quality }: Rendering,
): Promise<Blob> {
  const whole = turnedSize(picture, turn)
  const part = frame ? pixelsOf(frame, whole) : { x: 0, y: 0, ...whole }
  const scale = Math.min(1, (longest ?? Number.POSITIVE_INFINITY) / Math.max(part.width, part.height))
  const size = {
    width: Math.max(1, Math.round(part.width * scale)),
    height: Math.max(1, Math.round(part.height * scale)),
  }
  const canvas = new OffscreenCanvas(size.width, size.height)
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('This engine has no canvas off the page.')
  if (type === 'image/jpeg') {
    pen.fillStyle = '#fff'
    pen.fillRect(0, 0, size.width, size.height)
  }
  pen.imageSmoothingQuality = 'high'
  pen.scale(size.width / part.width, size.height / part.height)
  pen.translate(-part.x, -part.y)
  turnPen(pen, turn, whole)
  pen.drawImage(picture, 0, 0)
  return canvas.convertToBlob({ type, quality })
}

/** After this, drawing upright draws turned, within the size given. */
function turnPen(pen: OffscreenCanvasRenderingContext2D, turn: Turn, { width, height }: Size): void {
  if (turn === 90) pen.translate(width, 0)
  else if (turn === 180) pen.translate(width, height)
  else if (turn === 270) pen.translate(0, height)
  pen.rotate((turn * Math.PI) / 180)
}
