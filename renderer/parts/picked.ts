/** Files a user chose or dropped, with their paths below what was chosen. */

/** A file as the user chose it; `path` from the chosen folder, with forward slashes. */
export interface PickedFile {
  readonly path: string
  readonly file: File
}

export interface Picked {
  /** What was chosen, in words: `posts` or `plan.csv`. */
  readonly name: string
  readonly files: readonly PickedFile[]
  /** Paths the browser was not let into. */
  readonly unreadable: readonly string[]
}

/** Of an `<input type="file">`, with or without `webkitdirectory`. */
export function pickedFrom(list: Iterable<File>): Picked {
  const files = [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }))
  return named(files)
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
  const [first] = entries
  return { ...named(files), unreadable, ...(items.length === 1 && first ? { name: first.name } : {}) }
}

/** A single folder is what was chosen: its own name is no part of the paths. */
function named(files: readonly PickedFile[]): Picked {
  const root = /^([^/]+)\//.exec(files[0]?.path ?? '')?.[1]
  if (root && files.every(({ path }) => path.startsWith(`${root}/`)))
    return {
      name: root,
      files: files.map(({ path, file }) => ({ path: path.slice(root.length + 1), file })),
      unreadable: [],
    }
  const [only] = files
  return { name: only && files.length === 1 ? only.path : `${files.length} files`, files, unreadable: [] }
}

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
