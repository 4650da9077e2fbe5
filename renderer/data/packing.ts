/**
 * Long journal lines are kept compressed: an import is megabytes, which a bridge carries slowly while the page stands still. A short
 * line stays as it is, readable in the file.
 */
import { fromBase64, toBase64 } from '../../shared/lib/base64.ts'

/** Characters above which packing saves more time than it takes. */
const WORTH_PACKING = 100_000
/** No line begins with it by itself: a change is a JSON object. */
const MARK = 'gzip '

const through = async (bytes: Uint8Array<ArrayBuffer>, transform: GenericTransformStream): Promise<ArrayBuffer> => {
  const writer = transform.writable.getWriter()
  const [result] = await Promise.all([
    new Response(transform.readable).arrayBuffer(),
    writer.write(bytes).then(() => writer.close()),
  ])
  return result
}

/** The line as it goes into the journal. */
export async function pack(line: string): Promise<string> {
  if (line.length < WORTH_PACKING) return line
  return MARK + toBase64(new Uint8Array(await through(new TextEncoder().encode(line), new CompressionStream('gzip'))))
}

/** The line as it was before `pack`. Throws on a packed line that is damaged; the journal's checksum has caught that before. */
export async function unpack(line: string): Promise<string> {
  if (!line.startsWith(MARK)) return line
  return new TextDecoder().decode(await through(fromBase64(line.slice(MARK.length)), new DecompressionStream('gzip')))
}
