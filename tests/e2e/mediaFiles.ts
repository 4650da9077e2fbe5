/** Real files for the library, made by the browser itself at test time. */
import type { Page } from '@playwright/test'
import type { Orientation } from '../../shared/media/exif.ts'
import { withOrientation } from '../support/mediaFiles.ts'

export interface TestFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

export const file = (name: string, bytes: Uint8Array, mimeType = 'application/octet-stream'): TestFile => ({
  name,
  mimeType,
  buffer: Buffer.from(bytes),
})

export const CORNERS = ['red', 'green', 'blue', 'white'] as const
export type Corner = (typeof CORNERS)[number]

/** A picture with a colour in each corner (first row, then second), in a format the browser encodes; null where it does not. */
export async function drawn(page: Page, type: string, width: number, height: number, seed = 0): Promise<Buffer | null> {
  const base64 = await page.evaluate(
    async ([format, w, h, colours, mark]) => {
      const canvas = new OffscreenCanvas(w, h)
      const pen = canvas.getContext('2d')
      if (!pen) throw new Error('no canvas')
      colours.forEach((colour, at) => {
        pen.fillStyle = colour
        pen.fillRect(((at % 2) * w) / 2, (Math.floor(at / 2) * h) / 2, w / 2, h / 2)
      })
      // In the middle, where no corner is looked at: makes each seed another file.
      pen.fillStyle = `rgb(${(mark * 53) % 256} ${(mark * 97) % 256} ${(mark * 29) % 256})`
      pen.fillRect(w / 2 - 16, h / 2 - 16, 32, 32)
      const blob = await canvas.convertToBlob({ type: format, quality: 0.95 })
      if (blob.type !== format) return null
      const bytes = new Uint8Array(await blob.arrayBuffer())
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    },
    [type, width, height, CORNERS, seed] as const,
  )
  return base64 === null ? null : Buffer.from(base64, 'base64')
}

/** A picture with a colour in each corner and so much noise between them that it takes megabytes. */
export async function loud(page: Page, width: number, height: number): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ([w, h, colours]) => {
      const canvas = new OffscreenCanvas(w, h)
      const pen = canvas.getContext('2d')
      if (!pen) throw new Error('no canvas')
      colours.forEach((colour, at) => {
        pen.fillStyle = colour
        pen.fillRect(((at % 2) * w) / 2, (Math.floor(at / 2) * h) / 2, w / 2, h / 2)
      })
      const noise = pen.createImageData(w / 2, h / 2)
      for (let at = 0; at < noise.data.length; at += 65_536)
        crypto.getRandomValues(noise.data.subarray(at, at + 65_536))
      for (let at = 3; at < noise.data.length; at += 4) noise.data[at] = 255
      pen.putImageData(noise, w / 4, h / 4)
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 })
      return new Promise<string>((resolve) => {
        const reader = new FileReader()
        reader.onload = () => resolve(String(reader.result).replace(/^.*,/, ''))
        reader.readAsDataURL(blob)
      })
    },
    [width, height, CORNERS] as const,
  )
  return Buffer.from(base64, 'base64')
}

/** A photo as a camera writes it that was held so. */
export async function photo(page: Page, width: number, height: number, orientation: Orientation): Promise<Buffer> {
  const upright = await drawn(page, 'image/jpeg', width, height, orientation)
  if (!upright) throw new Error('no browser lacks JPEG')
  return Buffer.from(withOrientation(new Uint8Array(upright), orientation))
}

/** Where the corners of a photo go when it is shown upright, by orientation: indexes into the corners as they were taken. */
export const SHOWN: Readonly<Record<Orientation, readonly [number, number, number, number]>> = {
  1: [0, 1, 2, 3],
  2: [1, 0, 3, 2],
  3: [3, 2, 1, 0],
  4: [2, 3, 0, 1],
  5: [0, 2, 1, 3],
  6: [2, 0, 3, 1],
  7: [3, 1, 2, 0],
  8: [1, 3, 0, 2],
}

/** The names of the colours in the corners of a picture, given as base64; tolerant, since formats lose something. */
export const cornersOf = (page: Page, base64: string, type: string): Promise<readonly string[]> =>
  page.evaluate(
    async ([text, format]) => {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
      const picture = await createImageBitmap(new Blob([bytes], { type: format }))
      const { width: w, height: h } = picture
      const pen = new OffscreenCanvas(w, h).getContext('2d')
      if (!pen) throw new Error('no canvas')
      pen.drawImage(picture, 0, 0)
      const places = [
        [w * 0.2, h * 0.2],
        [w * 0.8, h * 0.2],
        [w * 0.2, h * 0.8],
        [w * 0.8, h * 0.8],
      ] as const
      return places.map(([x, y]) => {
        const [r = 0, g = 0, b = 0] = pen.getImageData(Math.floor(x), Math.floor(y), 1, 1).data
        if (r > 200 && g > 200 && b > 200) return 'white'
        if (r > 180 && g < 90 && b < 90) return 'red'
        if (b > 180 && r < 90 && g < 90) return 'blue'
        return g > 80 && r < 90 && b < 90 ? 'green' : `${r},${g},${b}`
      })
    },
    [base64, type] as const,
  )

/** Half a second of a moving picture, recorded by the browser; null where it does not record the format. */
export async function film(page: Page, type: string): Promise<Buffer | null> {
  const base64 = await page.evaluate(async (format) => {
    if (!MediaRecorder.isTypeSupported(format)) return null
    const canvas = document.createElement('canvas')
    canvas.width = 320
    canvas.height = 180
    const pen = canvas.getContext('2d')
    if (!pen) throw new Error('no canvas')
    const parts: Blob[] = []
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: format })
    recorder.ondataavailable = ({ data }) => parts.push(data)
    const ended = new Promise((resolve) => {
      recorder.onstop = resolve
    })
    recorder.start()
    for (let frame = 0; frame < 20; frame += 1) {
      pen.fillStyle = frame % 2 ? 'teal' : 'orange'
      pen.fillRect(0, 0, 320, 180)
      pen.fillStyle = 'white'
      pen.fillRect(frame * 8, 60, 40, 40)
      await new Promise((resolve) => setTimeout(resolve, 40))
    }
    recorder.stop()
    await ended
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer())
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  }, type)
  return base64 === null ? null : Buffer.from(base64, 'base64')
}
