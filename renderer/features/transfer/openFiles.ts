/** The bytes of chosen files. Those that cannot be had are named with the reason. */
import { LARGEST_JSON } from '../../../shared/interchange/json.ts'
import type { ImportProblem, SourceFile } from '../../../shared/interchange/model.ts'
import type { PickedFile } from '../../parts/picked.ts'
import { kindByName } from './reading.ts'

/** Posts, tables and calendars above this are not opened: none comes near it. */
export const LARGEST_FILE = 50_000_000

const problemOf = (path: string, kind: 'too-large' | 'cannot-read', sentence: string): ImportProblem => ({
  kind,
  severity: 'error',
  file: path,
  sentence,
})

const whyNot = (path: string, thrown: unknown) => {
  const name = thrown instanceof DOMException ? thrown.name : ''
  if (name === 'NotReadableError' || name === 'NotAllowedError' || name === 'SecurityError')
    return `${path} could not be opened: this computer does not let Outpost read it. Change its permissions, or leave it out.`
  if (name === 'NotFoundError') return `${path} is not there any more. Choose the folder again.`
  return `${path} could not be opened (${thrown instanceof Error ? thrown.message : String(thrown)}).`
}

/** Files read in one go: each reading costs a round trip to the browser's file process, thrice what a post's bytes cost. */
const AT_ONCE = 64

/**
 * Opens files, in order. Pictures and files of other kinds are only listed: their bytes are read when they are needed.
 * `onOpened` is given each batch while the next one is on its way.
 */
export async function openFiles(picked: readonly PickedFile[], onOpened?: (files: readonly SourceFile[]) => void) {
  const files: SourceFile[] = []
  const problems: ImportProblem[] = []
  let next = openBatch(picked.slice(0, AT_ONCE))
  for (let at = AT_ONCE; at < picked.length + AT_ONCE; at += AT_ONCE) {
    const batch = await next
    next = openBatch(picked.slice(at, at + AT_ONCE))
    const opened = batch.filter((entry) => 'bytes' in entry)
    for (const entry of batch) if ('sentence' in entry) problems.push(entry)
    files.push(...opened)
    onOpened?.(opened)
  }
  return { files, problems }
}

async function openBatch(picked: readonly PickedFile[]): Promise<(SourceFile | ImportProblem)[]> {
  const small = picked.filter(({ path, file }) => isRead(path) && file.size <= LARGEST_FILE / AT_ONCE)
  const together = await openTogether(small)
  return Promise.all(picked.map((one) => together.get(one) ?? openOne(one)))
}

/** The bytes of small files by one reading; none when one of them has changed or cannot be had, which is found by itself then. */
async function openTogether(picked: readonly PickedFile[]): Promise<ReadonlyMap<PickedFile, SourceFile>> {
  const opened = new Map<PickedFile, SourceFile>()
  const size = picked.reduce((sum, { file }) => sum + file.size, 0)
  const all = await new Blob(picked.map(({ file }) => file)).arrayBuffer().catch(() => null)
  if (all?.byteLength !== size) return opened
  let from = 0
  for (const one of picked) {
    opened.set(one, { path: one.path, bytes: new Uint8Array(all, from, one.file.size) })
    from += one.file.size
  }
  return opened
}

/** Whether the bytes of a file are read at all. */
export const isRead = (path: string) => !['picture', 'other'].includes(kindByName(path))

async function openOne({ path, file }: PickedFile): Promise<SourceFile | ImportProblem> {
  if (!isRead(path)) return { path, bytes: new Uint8Array() }
  // Outpost's own export of a whole workspace may well be larger than any post or table.
  const most = kindByName(path) === 'json' ? LARGEST_JSON : LARGEST_FILE
  if (file.size > most) {
    const sentence = `${path} is larger than ${most / 1_000_000} MB, the most Outpost opens. Split it, or leave it out.`
    return problemOf(path, 'too-large', sentence)
  }
  try {
    return { path, bytes: new Uint8Array(await file.arrayBuffer()) }
  } catch (thrown) {
    return problemOf(path, 'cannot-read', whyNot(path, thrown))
  }
}
