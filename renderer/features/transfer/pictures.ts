/** Lead pictures of a folder: found beside the posts, stored as media. */
import type { Failure } from '../../../shared/contract/contract.ts'
import { type Medium, plainMedium } from '../../../shared/domain/medium.ts'
import type { ImportedPost } from '../../../shared/interchange/model.ts'
import { newId } from '../../../shared/lib/ids.ts'
import { dropBytes, keepBytes } from '../../data/media/originals.ts'
import { shelfOf, type Workspace } from '../../data/workspace.ts'
import type { PickedFile } from '../../parts/picked.ts'
import type { Shell } from '../../ports/shell.ts'

/** Pictures above this are left where they are. */
const LARGEST_PICTURE = 20_000_000

/** The file a post names as its picture; undefined when it is an address, or not in the folder. */
export function pictureOf(post: ImportedPost, files: ReadonlyMap<string, PickedFile>): PickedFile | undefined {
  if (post.image === '' || /^[a-z]+:|^\/\//i.test(post.image)) return undefined
  const wanted = post.image.replace(/[?#].*$/, '')
  const folder = post.source.path.includes('/') ? post.source.path.slice(0, post.source.path.lastIndexOf('/') + 1) : ''
  const beside = resolved(wanted.startsWith('/') ? wanted : `${folder}${wanted}`)
  // A site's root is often a folder of the repository, so a path from the root may begin anywhere in it.
  const tail = `/${resolved(wanted)}`
  return files.get(beside) ?? [...files.values()].find(({ path }) => path.endsWith(tail))
}

function resolved(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

const TYPES: readonly (readonly [type: string, test: (bytes: Uint8Array) => boolean])[] = [
  ['image/png', (b) => b[0] === 0x89 && b[1] === 0x50],
  ['image/jpeg', (b) => b[0] === 0xff && b[1] === 0xd8],
  ['image/gif', (b) => b[0] === 0x47 && b[1] === 0x49 && b[2] === 0x46],
  ['image/webp', (b) => b[0] === 0x52 && b[8] === 0x57 && b[9] === 0x45],
  ['image/avif', (b) => b[4] === 0x66 && b[5] === 0x74 && b[8] === 0x61],
]

export interface StoredPictures {
  readonly media: ReadonlyMap<ImportedPost, Medium>
  /** Why the pictures from some place on were not kept; null: all were. */
  readonly refusal: Failure | null
  /** Takes the bytes away again, when nothing came of the import. */
  forget(): Promise<void>
}

/**
 * Stores the bytes of the lead pictures, database and journal; the rows that speak of them come with the import itself. A picture
 * that cannot be read or drawn is left out: its path stays with the post.
 */
export async function storePictures(
  workspace: Workspace,
  shell: Shell,
  posts: readonly ImportedPost[],
  files: readonly PickedFile[],
  now: number,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<StoredPictures> {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const users = Map.groupBy(posts, (post) => pictureOf(post, byPath))
  users.delete(undefined)
  const media = new Map<ImportedPost, Medium>()
  const stored: string[] = []
  let done = 0
  let refusal: Failure | null = null
  for (const [picked, list] of users) {
    if (signal.aborted) break
    onProgress(done++, users.size)
    const drawn = picked && picked.file.size <= LARGEST_PICTURE ? await drawable(picked.file) : null
    if (!picked || !drawn) continue
    const id = newId()
    const kept = await keepBytes(shelfOf(workspace), shell, {
      id,
      bytes: new Blob([drawn.bytes], { type: drawn.type }),
    })
    if (!kept.ok) {
      refusal = kept.error
      break
    }
    stored.push(id)
    const { type, width, height } = drawn
    const name = picked.path.slice(picked.path.lastIndexOf('/') + 1)
    const alt = list.find(({ imageAlt }) => imageAlt !== '')?.imageAlt ?? ''
    const medium = plainMedium({ id, name, type, size: drawn.bytes.length, width, height, alt, createdAt: now })
    for (const post of list) media.set(post, medium)
  }
  return { media, refusal, forget: () => dropBytes(shelfOf(workspace), shell, stored) }
}

async function drawable(file: File) {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const type = TYPES.find(([, test]) => test(bytes))?.[0]
    if (!type) return null
    const bitmap = await createImageBitmap(new Blob([bytes], { type }))
    const { width, height } = bitmap
    bitmap.close()
    return { bytes, type, width, height }
  } catch (thrown) {
    if (thrown instanceof DOMException) return null
    throw thrown
  }
}
