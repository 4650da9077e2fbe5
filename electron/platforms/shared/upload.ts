/** Bytes of media on their way: read piece by piece, so that a film is never held whole. */
import { createHash } from 'node:crypto'
import type { SentMedium, Tools } from '../adapter.ts'

/** Bytes that are read at once. */
const PIECE = 1024 * 1024
/** Media up to this size are sent in one piece: every server takes that. */
const WHOLE = 8 * PIECE
/** Bytes a second that a slow line still carries. */
const SLOW_LINE = 40_000

/** Milliseconds an upload of so many bytes may take. */
export const patienceFor = (bytes: number): number => 60_000 + Math.ceil((bytes / SLOW_LINE) * 1000)

type Bytes = Uint8Array<ArrayBuffer>

/** What `fetch` is given for a body that may be long. */
export interface SentBody {
  readonly body: Bytes | ReadableStream<Bytes>
  readonly headers: Readonly<Record<string, string>>
}

/** A medium as a body of its own. */
export const rawBody = (medium: SentMedium, tools: Tools): Promise<SentBody> =>
  bodyOf([], medium, [], { 'content-type': medium.type }, tools)

/** A medium as the file of a form, with other fields before it. Empty fields are left out. */
export function formBody(
  fields: Readonly<Record<string, string>>,
  file: { readonly field: string; readonly name: string; readonly medium: SentMedium },
  tools: Tools,
): Promise<SentBody> {
  const boundary = `outpost-${createHash('sha256').update(file.medium.id).digest('hex').slice(0, 24)}`
  const named = Object.entries(fields)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${file.field}"; filename="${file.name}"\r\nContent-Type: ${file.medium.type}\r\n\r\n`
  return bodyOf(
    [encode(named.join('') + head)],
    file.medium,
    [encode(`\r\n--${boundary}--\r\n`)],
    { 'content-type': `multipart/form-data; boundary=${boundary}` },
    tools,
  )
}

const encode = (text: string): Bytes => new TextEncoder().encode(text)

async function bodyOf(
  before: readonly Bytes[],
  medium: SentMedium,
  after: readonly Bytes[],
  headers: Readonly<Record<string, string>>,
  tools: Tools,
): Promise<SentBody> {
  const pieces = piecesOf(before, medium, after, tools)
  if (medium.size <= WHOLE) {
    const all: Bytes[] = []
    for await (const piece of pieces) all.push(piece)
    return { body: new Uint8Array(Buffer.concat(all)), headers }
  }
  const size = [...before, ...after].reduce((sum, { length }) => sum + length, medium.size)
  const body = new ReadableStream<Bytes>({
    pull: async (controller) => {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: async () => void (await pieces.return(undefined)),
  })
  // A length said ahead: many servers of small sites take no body whose end they cannot see.
  return { body, headers: { ...headers, 'content-length': String(size) } }
}

async function* piecesOf(
  before: readonly Bytes[],
  medium: SentMedium,
  after: readonly Bytes[],
  tools: Tools,
): AsyncGenerator<Bytes, undefined> {
  yield* before
  for (let at = 0; at < medium.size; ) {
    const piece = await tools.read(medium.id, at, Math.min(PIECE, medium.size - at))
    if (piece.length === 0) throw new Error(`${medium.id} ends after ${at} of ${medium.size} bytes.`)
    yield piece
    at += piece.length
    tools.progress(Math.round((at / medium.size) * 100))
  }
  yield* after
}

const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
  'image/x-icon': 'ico',
  'video/quicktime': 'mov',
  'video/ogg': 'ogv',
  'audio/mpeg': 'mp3',
}

/** A name for a file that nobody else uses: the same for the same medium of the same delivery, so that it can be found again. */
export function fileName(deliveryId: string, medium: Pick<SentMedium, 'id' | 'type'>): string {
  return `outpost-${digest(deliveryId, medium.id)}.${endingOf(medium.type)}`
}

/** How the name of a file of a type ends, without the dot. */
export const endingOf = (type: string): string =>
  ENDINGS[type] ?? type.split('/')[1]?.replace(/[^a-z0-9]/g, '') ?? 'bin'

/** Twenty letters that stand for these texts. */
export const digest = (...texts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 20)
