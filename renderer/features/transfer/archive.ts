/** Packed folders (.zip), as exports of Outpost and other programs are. Their names and sizes are not believed. */
import { type UnzipFileInfo, unzipSync } from 'fflate'
import type { ImportProblem } from '../../../shared/interchange/model.ts'

/** Most files and bytes a packed folder may hold: a few kilobytes can say they are gigabytes. */
export const MOST_FILES = 50_000
export const MOST_BYTES = 1_000_000_000

export interface Unpacked {
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array<ArrayBuffer> }[]
  readonly problems: readonly ImportProblem[]
}

/** Everything in a packed folder, or one problem that says why it stays closed. `name`: the file's own. */
export function unpack(name: string, packed: Uint8Array, limits = { files: MOST_FILES, bytes: MOST_BYTES }): Unpacked {
  const problem = (kind: ImportProblem['kind'], sentence: string): ImportProblem => ({
    kind,
    severity: 'error',
    file: name,
    sentence,
  })
  const closed = (kind: ImportProblem['kind'], sentence: string): Unpacked => ({
    files: [],
    problems: [problem(kind, sentence)],
  })
  const problems: ImportProblem[] = []
  const leftOut = (path: string, why: string) =>
    problems.push(problem('cannot-read', `${name}: ${path.slice(0, 80)} ${why}. It is left out.`))
  const seen = new Set<string>()
  let count = 0
  let bytes = 0
  // What is declared is the room that is given: a file that is larger than it says is cut off, not let in.
  const wanted = ({ name: path, size, originalSize }: UnzipFileInfo): boolean => {
    if (path.endsWith('/') || path.startsWith('__MACOSX/')) return false
    count += 1
    bytes += Math.max(size, originalSize)
    if (count > limits.files || bytes > limits.bytes) return false
    if (!staysInside(path)) leftOut(path, 'has a path that leads out of the folder')
    else if (seen.has(path)) leftOut(path, 'is in it twice, and the first one counts')
    else return Boolean(seen.add(path))
    return false
  }
  let entries: Readonly<Record<string, Uint8Array>>
  try {
    entries = unzipSync(packed, { filter: wanted })
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown
    return closed(
      'cannot-read',
      `${name} cannot be unpacked: it is damaged, has a password, or is no .zip file. Unpack it and choose the folder.`,
    )
  }
  if (count > limits.files || bytes > limits.bytes) {
    return closed(
      'too-large',
      `${name} would unpack to ${count > limits.files ? `more than ${limits.files} files` : `more than ${limits.bytes / 1_000_000} MB`}. Unpack it and choose a part of the folder.`,
    )
  }
  return {
    files: Object.entries(entries).map(([path, content]) => ({ path, bytes: new Uint8Array(content) })),
    problems,
  }
}

/** A relative path below the folder, and no name that an object treats as its own. */
const staysInside = (path: string): boolean =>
  !/^[/\\]|^[a-z]:|\0/i.test(path) && !path.split(/[/\\]/).includes('..') && path !== '__proto__'
