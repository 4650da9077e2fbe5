/** Where the picture lies that a text names. Paths have forward slashes and start at the chosen folder. */
import type { Medium } from '../domain/medium.ts'
import { slugOf } from './model.ts'

/** Where an export puts the pictures that have no place of their own. */
export const MEDIA_FOLDER = 'media/'

const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'image/avif': ['avif'],
  'image/svg+xml': ['svg'],
  'image/heic': ['heic', 'heif'],
  'video/mp4': ['mp4', 'm4v'],
  'video/quicktime': ['mov'],
  'video/webm': ['webm'],
  'video/x-matroska': ['mkv'],
  'audio/mpeg': ['mp3'],
  'audio/mp4': ['m4a', 'm4b'],
  'audio/aac': ['aac'],
  'audio/ogg': ['ogg', 'oga', 'opus'],
  'audio/wav': ['wav'],
  'audio/flac': ['flac'],
  'application/pdf': ['pdf'],
}
/** The ending of a file by its type; `bin` for a type nothing here has. */
export const endingOf = (type: string): string => ENDINGS[type]?.[0] ?? 'bin'
/** Endings of all that a library takes. */
export const MEDIA_ENDINGS: readonly string[] = Object.values(ENDINGS).flat()
const hasEnding = (path: string, type: string) =>
  ENDINGS[type]?.includes(path.slice(path.lastIndexOf('.') + 1).toLowerCase()) ?? false

/** A path without `.` and `..`; what leads out of the folder stays at its top. */
function resolved(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)

/**
 * The address of a picture as a path, without what follows a `?` or `#`; '' for an address on the web or a picture written out.
 * A site's root (`/`, or Jekyll's `{{ site.baseurl }}/`) is left as a leading slash.
 */
function pathIn(address: string): string {
  const bare = address.trim().replace(/^\{\{[^}]*\}\}(?=\/)/, '')
  if (/^[a-z][a-z\d+.-]*:|^\/\/|\{\{|\{%/i.test(bare)) return ''
  const path = bare.replace(/[?#].*$/, '').replaceAll('\\', '/')
  try {
    return decodeURIComponent(path)
  } catch {
    return path // a lone percent sign: the name is meant as it stands
  }
}

/** Where a picture should lie, by its address in the file at `from`; '' when it is in no folder at all. */
export function picturePath(address: string, from: string): string {
  const path = pathIn(address)
  return resolved(path.startsWith('/') ? path : `${path === '' ? '' : folderOf(from)}${path}`)
}

/** Finds pictures by their address in a file. */
export type FindPicture<T> = (address: string, from: string) => T | undefined

/** Files are looked for where their address says, else where a path in the folder ends like it: a site's root is often a folder of its repository. */
export function pictureFinder<T extends { readonly path: string }>(files: readonly T[]): FindPicture<T> {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const byName = Map.groupBy(files, ({ path }) => path.slice(path.lastIndexOf('/') + 1))
  return (address, from) => {
    const wanted = picturePath(address, from)
    if (wanted === '') return undefined
    const tail = `/${resolved(pathIn(address))}`
    const named = byName.get(tail.slice(tail.lastIndexOf('/') + 1)) ?? []
    return byPath.get(wanted) ?? named.find(({ path }) => path.endsWith(tail))
  }
}

const UNSAFE_IN_NAMES = /[<>:"|?*\\]|\p{Cc}/u

/** A picture that goes into a folder: its file, where its post will be, and the address the post has for it ('' for none). */
export interface PictureUse {
  readonly file: Pick<Medium, 'id' | 'name' | 'type'>
  readonly from: string
  readonly address: string
}

/**
 * Gives every picture of a folder one file: where the post that shows it says, when that place is free and fits, else in the
 * media folder under its name. `place` gives the address to write; `files` is path -> id of the medium.
 */
export function createPicturePlaces() {
  const files = new Map<string, string>()
  const placed = new Map<string, string>()
  const taken = new Map<string, string>()
  const take = (path: string, id: string) => {
    files.set(path, id)
    taken.set(path.toLowerCase(), id)
    if (!placed.has(id)) placed.set(id, path)
    return path
  }
  const inMedia = ({ id, name, type }: PictureUse['file']) => {
    const stem = name.replace(/\.[^.]*$/, '')
    const clean = slugOf(stem) || 'picture'
    const ending = endingOf(type)
    for (let n = 1; ; n += 1) {
      const path = `${MEDIA_FOLDER}${clean}${n === 1 ? '' : `-${n}`}.${ending}`
      if (!taken.has(path.toLowerCase())) return take(path, id)
    }
  }
  return {
    files: files as ReadonlyMap<string, string>,
    place({ file, from, address }: PictureUse): string {
      const wanted = picturePath(address, from)
      if (wanted !== '' && hasEnding(wanted, file.type) && !UNSAFE_IN_NAMES.test(wanted)) {
        const holder = taken.get(wanted.toLowerCase())
        if (holder === undefined) take(wanted, file.id)
        // Beside its like in other case, only the one that is there is found everywhere.
        if (files.get(wanted) === file.id) return address
      }
      return relative(placed.get(file.id) ?? inMedia(file), from)
    },
  }
}

/** A path as the file at `from` would write it. */
function relative(path: string, from: string): string {
  const steps = folderOf(from).split('/').slice(0, -1)
  const parts = path.split('/')
  let same = 0
  while (same < Math.min(steps.length, parts.length - 1) && steps[same] === parts[same]) same += 1
  return [...steps.slice(same).map(() => '..'), ...parts.slice(same)].join('/').replace(/[%?#\s]/g, encodeURIComponent)
}
