/** The part of looking at a file that needs no picture decoder: what it is, whether it is whole, and the hash of its content. */
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import { isSoundOnly } from '../../../shared/media/film.ts'
import { HEAD_BYTES, type Inspected, inspect, isReadWhole } from '../../../shared/media/inspect.ts'
import { type MediaRefusal, MOST_BYTES } from '../../../shared/media/refusals.ts'
import { safeSvg } from '../../../shared/media/svg.ts'

export interface Looked extends Inspected {
  /** The same for the same content, however the file is called. */
  readonly hash: string
  /** What is kept, typed by content: the file itself, or a drawing made safe. */
  readonly bytes: Blob
  /** Something was taken out of a drawing. */
  readonly madeSafe: boolean
}

/** Pieces of which a hash is made: a film is never in memory as a whole. */
const PIECE = 8 * 1024 * 1024

export async function lookAt(file: Blob): Promise<Result<Looked, MediaRefusal>> {
  const start = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
  const whole = isReadWhole(start) && file.size > start.length && file.size <= MOST_BYTES.image
  const bytes = whole ? new Uint8Array(await file.arrayBuffer()) : start
  const seen = inspect(bytes, file.size)
  if (!seen.ok) return seen
  const { type } = seen.value
  if (type !== 'image/svg+xml') {
    const what = type === 'video/mp4' && (await isAudio(file)) ? { ...seen.value, ...AUDIO } : seen.value
    const typed = file.slice(0, file.size, what.type)
    return ok({ ...what, hash: await hashOf(typed), bytes: typed, madeSafe: false })
  }
  const safe = safeSvg(new TextDecoder().decode(bytes))
  if (!safe.ok) return err({ kind: 'bad-svg', why: safe.error })
  const { text, width, height, changed } = safe.value
  const drawing = new Blob([text], { type })
  return ok({ ...seen.value, width, height, hash: await hashOf(drawing), bytes: drawing, madeSafe: changed })
}

const AUDIO = { kind: 'audio', type: 'audio/mp4' } as const

const isAudio = (file: Blob): Promise<boolean> =>
  isSoundOnly(async (from, length) => new Uint8Array(await file.slice(from, from + length).arrayBuffer()), file.size)

/** SHA-256 over the SHA-256 of each piece, in hexadecimal. */
async function hashOf(bytes: Blob): Promise<string> {
  const digests: ArrayBuffer[] = []
  for (let at = 0; at < bytes.size; at += PIECE)
    digests.push(await crypto.subtle.digest('SHA-256', await bytes.slice(at, at + PIECE).arrayBuffer()))
  const hash = await crypto.subtle.digest('SHA-256', await new Blob(digests).arrayBuffer())
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
