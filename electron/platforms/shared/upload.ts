/** Bytes of media on their way: read piece by piece, so that a film is never held whole. */
import { createHash } from 'node:crypto'
import type { SentMedium, Tools } from '../adapter.ts'

export { patienceFor } from '../../../shared/domain/waiting.ts'

/** Bytes that are read at once: more than a socket buffers, so that whoever asks for the next ones has handed these to the system. */
const READ = 128 * 1024
/** Reads before an array is filled again: room for those who ask a little ahead. */
const ROUND = 4
/** Arrays of ended uploads. Made anew for each piece of a film, they grow by tens of megabytes before anybody clears up. */
const idle: Bytes[] = []
type Bytes = Uint8Array<ArrayBuffer>

/** What `fetch` is given for a body that may be long. Its arrays are filled again: who keeps them copies them. */
export interface SentBody {
  readonly body: ReadableStream<Bytes>
  readonly headers: Readonly<Record<string, string>>
}

/** A medium as a body of its own. */
export const rawBody = (medium: SentMedium, tools: Tools): SentBody =>
  bodyOf([], medium, [], { 'content-type': medium.type }, tools)

/** The bytes of a medium from one on and up to another, which is not sent any more; progress is told of the whole. */
export const sliceBody = (medium: SentMedium, from: number, to: number, tools: Tools): SentBody =>
  bodyOf([], medium, [], {}, tools, from, to)

/** A medium, or some of its bytes, as the file of a form, with other fields before it. Empty fields are left out. */
export function formBody(
  fields: Readonly<Record<string, string>>,
  file: { readonly field: string; readonly name: string; readonly medium: SentMedium },
  tools: Tools,
  from = 0,
  to = file.medium.size,
): SentBody {
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
    from,
    to,
  )
}

const encode = (text: string): Bytes => new TextEncoder().encode(text)

/** Read as the network takes it: nothing of it lies here whole, and nothing is copied on its way. */
function bodyOf(
  before: readonly Bytes[],
  medium: SentMedium,
  after: readonly Bytes[],
  headers: Readonly<Record<string, string>>,
  tools: Tools,
  from = 0,
  to = medium.size,
): SentBody {
  const pieces = piecesOf(before, medium, after, tools, from, to)
  const size = [...before, ...after].reduce((sum, { length }) => sum + length, to - from)
  const body = new ReadableStream<Bytes>(
    {
      pull: async (controller) => {
        const { done, value } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: async () => void (await pieces.return(undefined)),
    },
    { highWaterMark: 0 },
  )
  // A length said ahead: many servers of small sites take no body whose end they cannot see.
  return { body, headers: { ...headers, 'content-length': String(size) } }
}

async function* piecesOf(
  before: readonly Bytes[],
  medium: SentMedium,
  after: readonly Bytes[],
  tools: Tools,
  from: number,
  to: number,
): AsyncGenerator<Bytes, undefined> {
  yield* before
  const round = idle.pop() ?? new Uint8Array(ROUND * READ)
  for (let at = from, turn = 0; at < to; turn = (turn + 1) % ROUND) {
    const length = Math.min(READ, to - at)
    // A short one may still lie in the socket when the next is asked for: it has an array of its own.
    const into = length < READ ? new Uint8Array(length) : round.subarray(turn * READ, (turn + 1) * READ)
    const piece = await tools.read(medium.id, at, length, into)
    if (piece.length === 0) throw new Error(`${medium.id} ends after ${at} of ${medium.size} bytes.`)
    yield piece
    at += piece.length
    tools.progress(Math.round((at / medium.size) * 100))
  }
  // Left early (a cut, no more patience), what was read last may be on its way still, and is not used again.
  idle.push(round)
  yield* after
}

const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
  'image/x-icon': 'ico',
  'video/quicktime': 'mov',
  'video/ogg': 'ogv',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
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
