/** What only the page can show: one picture of a film, a drawing, a document, and how long audio is. Each gives back what it took; null: cannot be shown. */
import { turnedSize } from '../../../shared/media/crop.ts'
import { MOST_PIXELS } from '../../../shared/media/refusals.ts'
import type { Rendering } from './render.ts'

export interface Still {
  readonly picture: ImageBitmap
  /** Pixels as shown; those of the picture may be fewer. */
  readonly width: number
  readonly height: number
  readonly seconds: number
  readonly pages: number
}

/** Pixels of the longer side: more than any small picture has. */
const LONGEST = 960
const PATIENCE = 15_000

/** `null` when nothing comes of it in time. */
const inTime = <T>(work: Promise<T | null>): Promise<T | null> => {
  let timer: ReturnType<typeof setTimeout>
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

const fitted = (width: number, height: number) => {
  const scale = Math.min(1, LONGEST / Math.max(width, height))
  return { resizeWidth: Math.max(1, Math.round(width * scale)), resizeHeight: Math.max(1, Math.round(height * scale)) }
}

/** Whether files of a type are pictures to a worker. */
export const isDecoded = (type: string): boolean => type.startsWith('image/') && type !== 'image/svg+xml'

/** Looks at a file by its type. */
export function stillOf(bytes: Blob): Promise<Still | null> {
  if (bytes.type.startsWith('video/')) return inTime(withAddress(bytes, filmStill))
  if (bytes.type === 'image/svg+xml') return inTime(withAddress(bytes, drawingStill))
  return bytes.type === 'application/pdf' ? inTime(documentStill(bytes)) : Promise.resolve(null)
}

async function withAddress<T>(bytes: Blob, look: (url: string) => Promise<T | null>): Promise<T | null> {
  const url = URL.createObjectURL(bytes)
  try {
    return await look(url)
  } finally {
    URL.revokeObjectURL(url)
  }
}

async function drawingStill(url: string): Promise<Still | null> {
  const image = await drawingAt(url)
  if (!image) return null
  const { naturalWidth: width, naturalHeight: height } = image
  return { picture: await createImageBitmap(image, fitted(width, height)), width, height, seconds: 0, pages: 0 }
}

async function drawingAt(url: string): Promise<HTMLImageElement | null> {
  const image = new Image()
  image.src = url
  const drawn = await image.decode().then(
    () => true,
    () => false,
  )
  const { naturalWidth: width, naturalHeight: height } = image
  return drawn && width > 0 && height > 0 && width * height <= MOST_PIXELS ? image : null
}

/** Pixels of the longer side of a drawing nobody wants in a size of its own, and the most there may be. */
const DRAWN = 2048
const MOST_DRAWN = 8192

/** A drawing in as many pixels as a rendering of it needs: it has none of its own. Null when it cannot be drawn. */
export async function drawingFor(
  bytes: Blob,
  { turn = 0, frame, longest = DRAWN }: Rendering,
): Promise<ImageBitmap | null> {
  const url = URL.createObjectURL(bytes)
  try {
    const image = await drawingAt(url)
    if (!image) return null
    const { naturalWidth: width, naturalHeight: height } = image
    const whole = turnedSize({ width, height }, turn)
    const part = frame ? Math.max(frame.width * whole.width, frame.height * whole.height) : Math.max(width, height)
    const scale = Math.min(longest / part, MOST_DRAWN / Math.max(width, height))
    const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)))
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return canvas.transferToImageBitmap()
  } finally {
    URL.revokeObjectURL(url)
  }
}

const heard = (target: EventTarget, good: string, bad = 'error') =>
  new Promise<boolean>((resolve) => {
    target.addEventListener(good, () => resolve(true), { once: true })
    target.addEventListener(bad, () => resolve(false), { once: true })
  })

/** A moment in, where the first picture is rarely black. */
async function filmStill(url: string): Promise<Still | null> {
  const film = document.createElement('video')
  film.muted = true
  film.preload = 'auto'
  try {
    const opened = heard(film, 'loadedmetadata')
    film.src = url
    if (!(await opened)) return null
    const { videoWidth: width, videoHeight: height } = film
    if (width === 0 || height === 0) return null
    const seconds = await lengthOf(film)
    const there = heard(film, 'seeked')
    film.currentTime = Math.min(1, seconds / 4)
    if (!(await there)) return null
    const picture = await createImageBitmap(film, fitted(width, height))
    return { picture, width, height, seconds: tenths(seconds), pages: 0 }
  } finally {
    // Lets the decoder go at once; a film left alone keeps its memory until it is collected.
    film.removeAttribute('src')
    film.load()
  }
}

/** Length of audio in seconds; null: this browser cannot play it. */
export const secondsOf = (bytes: Blob): Promise<number | null> => inTime(withAddress(bytes, lengthOfAudio))

async function lengthOfAudio(url: string): Promise<number | null> {
  const audio = document.createElement('audio')
  audio.preload = 'metadata'
  try {
    const opened = heard(audio, 'loadedmetadata')
    audio.src = url
    return (await opened) ? tenths(await lengthOf(audio)) : null
  } finally {
    audio.removeAttribute('src')
    audio.load()
  }
}

const tenths = (seconds: number): number => Math.round(seconds * 10) / 10

/** A recording that was never closed says it is endless until one asks for its end. */
async function lengthOf(film: HTMLMediaElement): Promise<number> {
  if (Number.isFinite(film.duration)) return film.duration
  const known = heard(film, 'durationchange')
  film.currentTime = Number.MAX_SAFE_INTEGER
  await known
  return Number.isFinite(film.duration) ? film.duration : 0
}

async function documentStill(bytes: Blob): Promise<Still | null> {
  const { firstPage } = await import('./pdf.ts')
  return firstPage(bytes, LONGEST)
}
