/** Pictures that come with an import: found beside the posts that show them or in an export, and kept as media. */
import type { Failure } from '../../shared/contract/contract.ts'
import { imagesIn, mediumIn, sourceIn, withImages } from '../../shared/domain/document.ts'
import { type Medium, plainMedium } from '../../shared/domain/medium.ts'
import type { Instant } from '../../shared/domain/time.ts'
import type { ImportedPost } from '../../shared/interchange/model.ts'
import { type FindPicture, pictureFinder } from '../../shared/interchange/picture-path.ts'
import { newId } from '../../shared/lib/ids.ts'
import { lookAt } from './media/look.ts'
import { dropBytes, keepBytes, type OriginalsPort } from './media/originals.ts'
import { shelfOf, type Workspace } from './workspace.ts'

/** Pictures above this are left where they are. */
const LARGEST_PICTURE = 25 * 1024 * 1024

/** A file that may be a picture; it is read when it is needed. */
export interface PictureFile {
  /** From the chosen folder, with forward slashes. */
  readonly path: string
  /** bytes */
  readonly size: number
  /** Null: this computer does not let us. */
  read(): Promise<Uint8Array<ArrayBuffer> | null>
}

export interface PictureSize {
  readonly width: number
  readonly height: number
}
/** Width and height of a picture; null when it cannot be drawn. */
export type Measure = (bytes: Uint8Array<ArrayBuffer>, type: string) => Promise<PictureSize | null>

/** The engine's own decoder. */
export const measureInPage: Measure = async (bytes, type) => {
  try {
    const bitmap = await createImageBitmap(new Blob([bytes], { type }))
    const { width, height } = bitmap
    bitmap.close()
    return { width, height }
  } catch (thrown) {
    if (thrown instanceof DOMException) return null
    throw thrown
  }
}

export interface KeptPictures {
  /** The posts, with the media that the pictures of their texts show. */
  readonly posts: readonly ImportedPost[]
  /** Post of `posts` -> its lead picture. */
  readonly covers: ReadonlyMap<ImportedPost, Medium>
  /** Rows of all that was kept, still to be created. */
  readonly media: readonly Medium[]
  /** Paths of files that posts show and that cannot be read, or drawn; their addresses stay with the posts. */
  readonly leftOut: readonly string[]
  /** Why the pictures from some place on were not kept; null: all were. */
  readonly refusal: Failure | null
  /** Takes the bytes away again, when nothing came of the import. */
  forget(): Promise<void>
}

export interface KeepPictures {
  readonly posts: readonly ImportedPost[]
  readonly files: readonly PictureFile[]
  /** Media of an export of Outpost, which keep their ids; their bytes are among the files. */
  readonly exported?: readonly Medium[]
  readonly now: Instant
  readonly measure?: Measure
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

/** A medium in the making: the bytes of a file under one alternative text. */
interface Wanted {
  readonly id: string
  readonly file: PictureFile
  readonly name: string
  readonly alt: string
  /** The row of a medium that was made elsewhere: what was said about it comes with it. */
  readonly row?: Medium
}

interface Plan {
  readonly wanted: readonly Wanted[]
  /** Ids of media to be. */
  cover(post: ImportedPost): string | undefined
  inText(post: ImportedPost, address: string): string | undefined
}

/** Stores the bytes of pictures, database and journal; the rows that speak of them come with the import itself. */
export async function keepPictures(
  workspace: Workspace,
  port: OriginalsPort,
  { posts, files, exported = [], now, measure = measureInPage, onProgress, signal }: KeepPictures,
): Promise<KeptPictures> {
  const plan = wantedBy(posts, pictureFinder(files))
  const wanted = [...plan.wanted, ...exportedIn(exported, files)]
  // An import that was undone has left its bytes for the redo.
  const before = new Set(await workspace.db.blobs.toCollection().primaryKeys())
  const kept = new Map<string, Medium>()
  const leftOut: string[] = []
  let refusal: Failure | null = null
  for (const [done, { id, file, name, alt, row }] of wanted.entries()) {
    if (signal?.aborted) break
    onProgress?.(done, wanted.length)
    const picture = await drawable(file, measure)
    if (!picture) {
      leftOut.push(file.path)
      continue
    }
    const { bytes, ...facts } = picture
    const written = await keepBytes(shelfOf(workspace), port, { id, bytes })
    if (!written.ok) {
      refusal = written.error
      break
    }
    kept.set(id, row ?? plainMedium({ id, name, ...facts, size: bytes.size, alt, createdAt: now }))
  }
  return {
    ...shownIn(posts, plan, kept),
    media: [...kept.values()],
    leftOut,
    refusal,
    forget: () =>
      dropBytes(
        shelfOf(workspace),
        port,
        [...kept.keys()].filter((id) => !before.has(id)),
      ),
  }
}

/**
 * A file's bytes and what it is, by the same look the library takes: one that is cut off or would unfold to more than fits never meets a
 * decoder, a drawing is made safe. Null when it is no picture we can draw.
 */
async function drawable(file: PictureFile, measure: Measure) {
  const read = file.size <= LARGEST_PICTURE ? await file.read() : null
  const looked = read && (await lookAt(new Blob([read])))
  if (!read || !looked?.ok || looked.value.kind !== 'image') return null
  const { type, bytes, hash, orientation, animated, width, height } = looked.value
  const size = type === 'image/svg+xml' ? { width, height } : await measure(read, type)
  return size && { bytes, type, hash, orientation, animated, width: size.width, height: size.height }
}

/** The posts with the media their pictures have become. */
function shownIn(posts: readonly ImportedPost[], plan: Plan, kept: ReadonlyMap<string, Medium>) {
  const covers = new Map<ImportedPost, Medium>()
  const shown = posts.map((post) => {
    const doc = withImages(post.doc, (attrs) => {
      const id = mediumIn(attrs) === '' ? plan.inText(post, sourceIn(attrs)) : undefined
      return id && kept.has(id) ? { ...attrs, mediumId: id } : attrs
    })
    const next = doc === post.doc ? post : { ...post, doc }
    const cover = kept.get(plan.cover(post) ?? '')
    if (cover) covers.set(next, cover)
    return next
  })
  return { posts: shown, covers }
}

/**
 * What the posts show, each file once. A lead picture is kept a second time where another post describes it in other words: the
 * description is the medium's own, and each post must give back the one it came with.
 */
function wantedBy(posts: readonly ImportedPost[], find: FindPicture<PictureFile>): Plan {
  const wanted = new Map<string, Wanted>()
  const anyOf = new Map<string, string>()
  const want = (key: string, file: PictureFile, alt: string): string => {
    const name = file.path.slice(file.path.lastIndexOf('/') + 1)
    const { id } = wanted.get(key) ?? { id: newId() }
    if (!wanted.has(key)) wanted.set(key, { id, file, name, alt })
    if (!anyOf.has(file.path)) anyOf.set(file.path, id)
    return id
  }
  const covers = new Map<ImportedPost, string>()
  for (const post of posts) {
    const file = post.image === '' ? undefined : find(post.image, post.source.path)
    if (file) covers.set(post, want(`${file.path}\n${post.imageAlt}`, file, post.imageAlt))
  }
  for (const { doc, source } of posts) {
    for (const { attrs } of imagesIn(doc.content)) {
      const file = find(sourceIn(attrs), source.path)
      if (file && !anyOf.has(file.path)) want(file.path, file, typeof attrs?.alt === 'string' ? attrs.alt : '')
    }
  }
  return {
    wanted: [...wanted.values()],
    cover: (post: ImportedPost) => covers.get(post),
    inText: (post: ImportedPost, address: string) => anyOf.get(find(address, post.source.path)?.path ?? ''),
  }
}

/** The pictures of an export lie beside it under their ids. */
function exportedIn(media: readonly Medium[], files: readonly PictureFile[]): Wanted[] {
  const byId = new Map(
    files.flatMap((file) => [[/(?:^|\/)media\/([^/]+)\.\w+$/.exec(file.path)?.[1] ?? '', file] as const]),
  )
  return media.flatMap((row) => {
    const { id, name, alt } = row
    const file = byId.get(id)
    return file ? [{ id, file, name, alt, row }] : []
  })
}
