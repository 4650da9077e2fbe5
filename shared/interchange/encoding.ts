/** Bytes to text, whatever they were saved as. */
import { err, ok, type Result } from '../lib/result.ts'

interface Decoder {
  decode(bytes: Uint8Array): string
}
/** Of the engine (Encoding standard): a page, a worker and Node all have it. */
declare const TextDecoder: new (label: string, options?: { fatal?: boolean; ignoreBOM?: boolean }) => Decoder
declare const TextEncoder: new () => { encode(text: string): Uint8Array }

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

const ENCODER = new TextEncoder()
export const toBytes = (text: string): Uint8Array => ENCODER.encode(text)

/** Wide text without a byte order mark: every other byte of the beginning is zero. */
function wideWithoutMark(bytes: Uint8Array): Encoding | null {
  const length = Math.min(bytes.length - (bytes.length % 2), 512)
  if (length < 4) return null
  let even = 0
  let odd = 0
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even += 1
    if (bytes[i + 1] === 0) odd += 1
  }
  const half = length / 2
  if (odd > half * 0.6 && even === 0) return 'utf-16le'
  if (even > half * 0.6 && odd === 0) return 'utf-16be'
  return null
}

/** Whether text has characters no text file has: more than one control character in 200. */
function looksBinary(text: string): boolean {
  const controls = text.match(/(?![\t\n\v\f\r\u0085])\p{Cc}|\ufffd/gu)?.length ?? 0
  return text.includes('\u0000') || controls > 2 + text.length / 200
}

/**
 * Text of a file: UTF-8 or UTF-16, with or without byte order mark, else Windows-1252. Line ends become `\n`.
 * Refuses what is not text.
 */
export function decodeText(bytes: Uint8Array): Result<{ text: string; encoding: Encoding }, 'not-text'> {
  const marked: Encoding | null =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
  const wide = marked ?? wideWithoutMark(bytes)
  let encoding: Encoding = wide ?? 'utf-8'
  let text: string
  try {
    text = new TextDecoder(encoding, { fatal: encoding === 'utf-8' }).decode(bytes)
  } catch {
    encoding = 'windows-1252'
    text = new TextDecoder(encoding).decode(bytes)
  }
  if (looksBinary(text)) return err('not-text')
  return ok({ text: text.replace(/\r\n?/g, '\n'), encoding })
}
