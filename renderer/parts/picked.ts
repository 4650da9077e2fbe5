/** Files a user chose or dropped, with their paths below what was chosen. */
import type { ImportProblem } from '../../shared/interchange/model.ts'

/** A file as the user chose it; `path` from the chosen folder, with forward slashes. */
export interface PickedFile {
  readonly path: string
  readonly file: File
}

export interface Picked {
  /** What was chosen, in words: `posts` or `plan.csv`. */
  readonly name: string
  readonly files: readonly PickedFile[]
  /** Packed folders that were chosen by themselves; one that lies in a folder stays closed. */
  readonly packed: readonly File[]
  /** What could not be opened. */
  readonly problems: readonly ImportProblem[]
}

const isPacked = ({ name }: File) => /\.zip$/i.test(name)

/** Of an `<input type="file">`, with or without `webkitdirectory`. */
export function pickedFrom(list: Iterable<File>): Picked {
  const all = [...list]
  const packed = all.filter((file) => file.webkitRelativePath === '' && isPacked(file))
  const files = all
    .filter((file) => !packed.includes(file))
    .map((file) => ({ path: file.webkitRelativePath || file.name, file }))
  return pickedOf(files, packed, [])
}

/** Of a drop: files, and folders with everything in them. Call inside the drop event, which forgets its items afterwards. */
export async function droppedFrom(data: DataTransfer): Promise<Picked> {
  const items = [...data.items].filter(({ kind }) => kind === 'file')
  const entries = items.flatMap((item) => item.webkitGetAsEntry() ?? [])
  // What comes from another program, not from the disk, has no entry: it is a file without a folder.
  const loose = items.flatMap((item) => (item.webkitGetAsEntry() ? [] : (item.getAsFile() ?? [])))
  const files: PickedFile[] = loose.map((file) => ({ path: file.name, file }))
  const unreadable: string[] = []
  for (const entry of entries) await collect(entry, entry.name, files, unreadable)
  const packed = files.filter(({ path, file }) => !path.includes('/') && isPacked(file))
  const [first] = entries
  const picked = pickedOf(
    files.filter((file) => !packed.includes(file)),
    packed.map(({ file }) => file),
    unreadable.map(refused),
  )
  return items.length === 1 && first ? { ...picked, name: first.name } : picked
}

export type Unpack = (file: File) => Promise<Pick<Picked, 'files' | 'problems'>>

/** The same with the packed folders opened. */
export async function unpacked(picked: Picked, unpack: Unpack): Promise<Picked> {
  if (picked.packed.length === 0) return picked
  const alone = picked.packed.length === 1 && picked.files.length === 0
  const files = [...picked.files]
  const problems = [...picked.problems]
  for (const file of picked.packed) {
    const inside = await unpack(file)
    const root = alone ? '' : `${file.name.replace(/\.zip$/i, '')}/`
    files.push(...inside.files.map((one) => ({ ...one, path: `${root}${one.path}` })))
    problems.push(...inside.problems)
  }
  return { ...pickedOf(files, [], problems), name: picked.name }
}

/** A single folder is what was chosen: its own name is no part of the paths. */
function pickedOf(files: readonly PickedFile[], packed: readonly File[], problems: readonly ImportProblem[]): Picked {
  const root = /^([^/]+)\//.exec(files[0]?.path ?? '')?.[1]
  if (root && packed.length === 0 && files.every(({ path }) => path.startsWith(`${root}/`)))
    return {
      name: root,
      files: files.map(({ path, file }) => ({ path: path.slice(root.length + 1), file })),
      packed,
      problems,
    }
  const names = [...files.map(({ path }) => path), ...packed.map((file) => file.name)]
  return { name: names.length === 1 && names[0] ? names[0] : `${names.length} files`, files, packed, problems }
}

const refused = (path: string): ImportProblem => ({
  kind: 'cannot-read',
  severity: 'error',
  file: path,
  sentence: `${path} could not be opened: this computer does not let Outpost read it. Change its permissions, or leave it out.`,
})

async function collect(entry: FileSystemEntry, path: string, files: PickedFile[], unreadable: string[]): Promise<void> {
  try {
    if (isFile(entry)) {
      files.push({ path, file: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)) })
    } else if (isFolder(entry)) {
      for (const child of await childrenOf(entry)) await collect(child, `${path}/${child.name}`, files, unreadable)
    }
  } catch (thrown) {
    if (!(thrown instanceof DOMException)) throw thrown
    unreadable.push(path)
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const found: FileSystemEntry[] = []
  // A reader hands out a hundred entries at a time until it gives none.
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (batch.length === 0) return found
    found.push(...batch)
  }
}
