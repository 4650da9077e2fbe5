/**
 * Lines that say when they are damaged: `<crc32, 8 hex> <sequence> <text as JSON>`; the checksum covers what follows it. Journals and
 * snapshots are files of them.
 */
import type { FileHandle } from 'node:fs/promises'
import { crc32 } from 'node:zlib'

export interface JournalLine {
  readonly sequence: number
  readonly text: string
}

/** Bytes read at a time. */
export const CHUNK = 1024 * 1024
/** Characters of text given in one answer, about. */
const PAGE = 4 * 1024 * 1024
const NEWLINE = 0x0a

/** The line with its checksum and its line break. */
export const encode = (line: JournalLine): string => {
  const body = `${line.sequence} ${JSON.stringify(line.text)}`
  return `${crc32(body).toString(16).padStart(8, '0')} ${body}\n`
}

/** One line of the file, or null when it is torn or damaged. */
export function decode(line: string): JournalLine | null {
  const body = line.slice(9)
  if (line[8] !== ' ' || crc32(body).toString(16).padStart(8, '0') !== line.slice(0, 8)) return null
  const space = body.indexOf(' ')
  // The checksum held, so this is what encode() wrote.
  return { sequence: Number(body.slice(0, space)), text: JSON.parse(body.slice(space + 1)) as string }
}

/** Lines of a file from a byte on, with the byte each starts at. The last one may lack its line break. `chunk`: bytes read at a time. */
export async function* linesFrom(
  file: FileHandle,
  start: number,
  chunk = CHUNK,
): AsyncGenerator<{ at: number; text: string; whole: boolean }> {
  let rest = Buffer.alloc(0)
  let at = start
  let position = start
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunk), 0, chunk, position)
    if (bytesRead === 0) break
    position += bytesRead
    rest = Buffer.concat([rest, buffer.subarray(0, bytesRead)])
    let from = 0
    for (let end = rest.indexOf(NEWLINE); end !== -1; end = rest.indexOf(NEWLINE, from)) {
      yield { at, text: rest.toString('utf8', from, end), whole: true }
      at += end + 1 - from
      from = end + 1
    }
    rest = rest.subarray(from)
  }
  if (rest.length > 0) yield { at, text: rest.toString('utf8'), whole: false }
}

/** The first line of a file; null when it is damaged, or there is none. */
export async function firstLine(file: FileHandle): Promise<JournalLine | null> {
  for await (const { text } of linesFrom(file, 0, 4096)) return decode(text)
  return null
}

/** Readable lines with this sequence number or a higher one, up to a page of them, at least one if there is one. */
export async function pageOf(file: FileHandle, start: number, from: number): Promise<JournalLine[]> {
  const page: JournalLine[] = []
  let size = 0
  for await (const { text } of linesFrom(file, start)) {
    const line = decode(text)
    if (!line || line.sequence < from) continue
    size += text.length
    if (size > PAGE && page.length > 0) break
    page.push(line)
  }
  return page
}
