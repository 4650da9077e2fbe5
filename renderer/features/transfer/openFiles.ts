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

/** Opens files one after the other. Pictures and files of other kinds are only listed: their bytes are read when they are needed. */
export async function openFiles(picked: readonly PickedFile[], onFile?: OnFile) {
  const files: SourceFile[] = []
  const problems: ImportProblem[] = []
  let done = 0
  for (const { path, file } of picked) {
    onFile?.(done++, picked.length, path)
    const kind = kindByName(path)
    if (kind === 'picture' || kind === 'other') {
      files.push({ path, bytes: new Uint8Array() })
    } else if (file.size > LARGEST_FILE) {
      const size = Math.round(file.size / 1_000_000)
      problems.push(
        problemOf(
          path,
          'too-large',
          `${path} is ${size} MB large; Outpost opens files up to 50 MB. Split it, or leave it out.`,
        ),
      )
    } else {
      try {
        files.push({ path, bytes: new Uint8Array(await file.arrayBuffer()) })
      } catch (thrown) {
        problems.push(problemOf(path, 'cannot-read', whyNot(path, thrown)))
      }
    }
  }
  return { files, problems }
}
