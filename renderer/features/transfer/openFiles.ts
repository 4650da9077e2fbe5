/** The bytes of chosen files. Those that cannot be had are named with the reason. */
import type { ImportProblem, SourceFile } from '../../../shared/interchange/model.ts'
import type { PickedFile } from './messages.ts'
import { kindByName, type OnFile } from './reading.ts'

/** Files above this are not opened: no post, table or calendar comes near it. */
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

/** Files opened at the same time: each one waits for the browser's file process, which serves many at once. */
const AT_ONCE = 32

/** Opens files, in order. Pictures and files of other kinds are only listed: their bytes are read when they are needed. */
export async function openFiles(picked: readonly PickedFile[], onFile?: OnFile) {
  const files: SourceFile[] = []
  const problems: ImportProblem[] = []
  for (let at = 0; at < picked.length; at += AT_ONCE) {
    onFile?.(at, picked.length, picked[at]?.path ?? '')
    for (const opened of await Promise.all(picked.slice(at, at + AT_ONCE).map(openOne))) {
      if ('sentence' in opened) problems.push(opened)
      else files.push(opened)
    }
  }
  return { files, problems }
}

async function openOne({ path, file }: PickedFile): Promise<SourceFile | ImportProblem> {
  const kind = kindByName(path)
  if (kind === 'picture' || kind === 'other') return { path, bytes: new Uint8Array() }
  if (file.size > LARGEST_FILE) {
    const size = Math.round(file.size / 1_000_000)
    return problemOf(
      path,
      'too-large',
      `${path} is ${size} MB large; Outpost opens files up to 50 MB. Split it, or leave it out.`,
    )
  }
  try {
    return { path, bytes: new Uint8Array(await file.arrayBuffer()) }
  } catch (thrown) {
    return problemOf(path, 'cannot-read', whyNot(path, thrown))
  }
}
