/**
 * Long journal lines are kept compressed: an import is megabytes, which a bridge carries slowly while the page stands still. A short
 * line stays as it is, readable in the file.
 */
import { fromBase64, toBase64 } from '../../shared/lib/base64.ts'

/** Characters above which packing saves more time than it takes. */
const WORTH_PACKING = 100_000
/** No line begins with it by itself: a change is a JSON object. */
const MARK = 'gzip '

/** Characters handed to the compressor at a time. */
const PIECE = 65_536

const read = (stream: ReadableStream): Promise<ArrayBuffer> => new Response(stream).arrayBuffer()

/**
 * The line as it goes into the journal, from its pieces, at once when it is short. Megabytes in one string would be paid for in memory
 * three times over.
 */
export function pack(pieces: Iterable<string>): string | Promise<string> {
  const rest = pieces[Symbol.iterator]()
  const start = take(rest, WORTH_PACKING)
  return start.length < WORTH_PACKING ? start : packed(start, rest)
}

async function packed(start: string, rest: Iterator<string>): Promise<string> {
  const { readable, writable } = new CompressionStream('gzip')
  const writer = writable.getWriter()
  const encoder = new TextEncoder()
  const feed = async () => {
    for (let piece = start; piece !== ''; piece = take(rest, PIECE)) await writer.write(encoder.encode(piece))
    await writer.close()
  }
  const [bytes] = await Promise.all([read(readable), feed()])
  return MARK + toBase64(new Uint8Array(bytes))
}

/** The next pieces as one, until they are at least so long. */
function take(pieces: Iterator<string>, length: number): string {
  let text = ''
  while (text.length < length) {
    const next = pieces.next()
    if (next.done) break
    text += next.value
  }
  return text
}

/** The line as it was before `pack`. Throws on a packed line that is damaged; the journal's checksum has caught that before. */
export async function unpack(line: string): Promise<string> {
  if (!line.startsWith(MARK)) return line
  const { readable, writable } = new DecompressionStream('gzip')
  const writer = writable.getWriter()
  const [bytes] = await Promise.all([
    read(readable),
    writer.write(fromBase64(line.slice(MARK.length))).then(() => writer.close()),
  ])
  return new TextDecoder().decode(bytes)
}
