/** Media that come with an import: found beside the posts that show them or in an export, and kept in the library. */
import type { Failure } from '../../shared/contract/contract.ts'
import { imagesIn, mediumIn, sourceIn, withImages } from '../../shared/domain/document.ts'
import { type Medium, plainMedium } from '../../shared/domain/medium.ts'
import type { PlacedMedium } from '../../shared/domain/placement.ts'
import type { Instant } from '../../shared/domain/time.ts'
import { LIBRARY_FILE, type LibraryNote, readLibraryNotes } from '../../shared/interchange/library-notes.ts'
import { type ImportedMedium, type ImportedPost, listedMedia } from '../../shared/interchange/model.ts'
import { type FindPicture, folderOf, MEDIA_FOLDER, pictureFinder } from '../../shared/interchange/picture-path.ts'
import { newId } from '../../shared/lib/ids.ts'
import { aliveWithHash } from './media/library.ts'
import { lookAt } from './media/look.ts'
import { dropBytes, keepBytes, type OriginalsPort } from './media/originals.ts'
import { shelfOf, type Workspace } from './workspace.ts'

/** A file that may be a medium; it is read when it is needed. */
export interface PictureFile {
  /** From the chosen folder, with forward slashes. */
  readonly path: string
  /** Null: this computer does not let us. */
  read(): Promise<Blob | null>
}

export interface PictureSize {
  readonly width: number
  readonly height: number
}
/** Width and height of a picture; null when it cannot be drawn. */
export type Measure = (picture: Blob) => Promise<PictureSize | null>

/** The engine's own decoder. */
export const measureInPage: Measure = async (picture) => {
  try {
    const bitmap = await createImageBitmap(picture)
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
  /** Post of `posts` -> its own media, in their order. */
  readonly placed: ReadonlyMap<ImportedPost, readonly PlacedMedium[]>
  /** Rows of all that was kept, still to be created. What the library had already is not among them. */
  readonly media: readonly Medium[]
  /** Id of a medium in the export -> the one here with the same content. */
  readonly known: ReadonlyMap<string, string>
  /** Paths of files that posts show and that cannot be read, or drawn; their addresses stay with the posts. */
  readonly leftOut: readonly string[]
  /** Why the media from some place on were not kept; null: all were. */
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

/** A medium in the making: a file, and what is said about it. */
interface Wanted {
  readonly file: PictureFile
  readonly id: string
  readonly name: string
  readonly alt: string
  readonly note?: LibraryNote
  /** The row of a medium that was made elsewhere: what was said about it comes with it. */
  readonly row?: Medium
  /** Only pictures can stand in a text. */
  readonly inTextOnly: boolean
}

interface Plan {
  readonly wanted: readonly Wanted[]
  /** The media of a post, each with the id of a medium to be. */
  listOf(post: ImportedPost): readonly (ImportedMedium & { readonly id: string })[]
  inText(post: ImportedPost, address: string): string | undefined
}

/** Stores the bytes of media, database and second copy; the rows that speak of them come with the import itself. */
export async function keepPictures(
  workspace: Workspace,
  port: OriginalsPort,
  { posts, files, exported = [], now, measure = measureInPage, onProgress, signal }: KeepPictures,
): Promise<KeptPictures> {
  const notes = await notesIn(files)
  const plan = wantedBy(posts, pictureFinder(files), notes.byPath)
  const wanted = [...plan.wanted, ...exportedIn(exported, files)]
  // An import that was undone has left its bytes for the redo.
  const before = new Set(await workspace.db.blobs.toCollection().primaryKeys())
  /** By the id that was planned; the medium may be one the library had. */
  const kept = new Map<string, Medium>()
  const fresh = new Map<string, Medium>()
  const byHash = new Map<string, Medium>()
  const leftOut: string[] = [...notes.unread]
  let refusal: Failure | null = null
  for (const [done, want] of wanted.entries()) {
    if (signal?.aborted) break
    onProgress?.(done, wanted.length)
    const seen = await seenIn(want, measure)
    if (!seen) {
      leftOut.push(want.file.path)
      continue
    }
    const { bytes, hash, facts } = seen
    const same = byHash.get(hash) ?? (await aliveWithHash(workspace.db, hash))
    if (same) {
      kept.set(want.id, same)
      continue
    }
    const { id, name, alt, note } = want
    const written = await keepBytes(shelfOf(workspace), port, { id, bytes })
    if (!written.ok) {
      refusal = written.error
      break
    }
    const medium = want.row ?? plainMedium({ id, name, size: bytes.size, alt, createdAt: now, ...facts, ...note })
    kept.set(id, medium)
    fresh.set(id, medium)
    byHash.set(hash, medium)
  }
  return {
    ...shownIn(posts, plan, kept),
    media: [...fresh.values()],
    known: new Map([...kept].flatMap(([id, medium]) => (id === medium.id ? [] : [[id, medium.id] as const]))),
    leftOut,
    refusal,
    forget: () =>
      dropBytes(
        shelfOf(workspace),
        port,
        [...fresh.keys()].filter((id) => !before.has(id)),
      ),
  }
}

/** Types every browser draws; of other pictures it may be that this one does not, and they are kept all the same. */
const ALWAYS = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp'])

/**
 * A file's bytes and what it is, by the same look the library takes: one that is cut off or would unfold to more than fits never meets a
 * decoder, a drawing is made safe. Null when it is nothing that can be shown where it is wanted.
 */
interface Seen {
  readonly bytes: Blob
  readonly hash: string
  readonly facts: Partial<Medium> & Pick<Medium, 'type'>
}

async function seenIn({ file, row, inTextOnly }: Wanted, measure: Measure): Promise<Seen | null> {
  const blob = await file.read()
  const looked = blob && (await lookAt(blob).catch(unreadable))
  if (!looked?.ok) return null
  const { kind, type, bytes, hash, orientation, animated, width, height } = looked.value
  if (row) return { bytes, hash, facts: { type } }
  // Without a hash the library looks again when it is first shown: a film's picture and length are the page's to see.
  if (kind !== 'image') return inTextOnly ? null : { bytes, hash, facts: { kind, type } }
  const facts = { kind, type, hash, orientation, animated, width, height }
  if (type === 'image/svg+xml') return { bytes, hash, facts }
  const size = await measure(bytes)
  if (size) return { bytes, hash, facts: { ...facts, ...size } }
  return ALWAYS.has(type) ? null : { bytes, hash, facts: { ...facts, preview: false } }
}

/** The file has gone, has changed, or may not be read. */
function unreadable(thrown: unknown): null {
  if (thrown instanceof DOMException) return null
  throw thrown
}

/** What libraries said about their files, by the path of the file. */
async function notesIn(files: readonly PictureFile[]) {
  const byPath = new Map<string, LibraryNote>()
  const unread: string[] = []
  for (const file of files.filter(({ path }) => path === LIBRARY_FILE || path.endsWith(`/${LIBRARY_FILE}`))) {
    const blob = await file.read()
    const notes = blob && readLibraryNotes(await blob.text())
    if (!notes) unread.push(file.path)
    const root = file.path.slice(0, -LIBRARY_FILE.length)
    for (const { path, ...note } of notes ?? []) byPath.set(`${root}${path}`, note)
  }
  return { byPath, unread }
}

/** The posts with the media their pictures have become. */
function shownIn(posts: readonly ImportedPost[], plan: Plan, kept: ReadonlyMap<string, Medium>) {
  const placed = new Map<ImportedPost, readonly PlacedMedium[]>()
  const shown = posts.map((post) => {
    const doc = withImages(post.doc, (attrs) => {
      const id = mediumIn(attrs) === '' ? plan.inText(post, sourceIn(attrs)) : undefined
      const medium = kept.get(id ?? '')
      return medium ? { ...attrs, mediumId: medium.id } : attrs
    })
    const next = doc === post.doc ? post : { ...post, doc }
    const list = plan.listOf(post).flatMap(({ id, alt, crop }): PlacedMedium[] => {
      const medium = kept.get(id)
      return medium ? [{ mediumId: medium.id, alt: alt === medium.alt ? '' : alt, ratio: crop }] : []
    })
    if (list.length > 0) placed.set(next, list)
    return next
  })
  return { posts: shown, placed }
}

/**
 * What the posts show, each file once. Its own words are those that all posts have for it; where they differ each post keeps its own.
 */
function wantedBy(
  posts: readonly ImportedPost[],
  find: FindPicture<PictureFile>,
  notes: ReadonlyMap<string, LibraryNote>,
): Plan {
  const uses = new Map<string, { file: PictureFile; id: string; alts: Set<string>; inTextOnly: boolean }>()
  const use = (file: PictureFile, alt: string, inTextOnly: boolean) => {
    const known = uses.get(file.path)
    const made = known ?? { file, id: newId(), alts: new Set<string>(), inTextOnly }
    if (!known) uses.set(file.path, made)
    // The words of a text stay in it.
    if (!known || !inTextOnly) made.alts.add(alt)
    return made.id
  }
  const lists = new Map(
    posts.map((post) => {
      const list = listedMedia(post).flatMap((entry) => {
        const file = find(entry.src, post.source.path)
        return file ? [{ ...entry, id: use(file, entry.alt, false) }] : []
      })
      return [post, list] as const
    }),
  )
  for (const { doc, source } of posts) {
    for (const { attrs } of imagesIn(doc.content)) {
      const file = find(sourceIn(attrs), source.path)
      if (file) use(file, typeof attrs?.alt === 'string' ? attrs.alt : '', true)
    }
  }
  return {
    wanted: [...uses.values()].map(({ file, id, alts, inTextOnly }): Wanted => {
      const [alt = ''] = alts.size === 1 ? alts : []
      const name = file.path.slice(folderOf(file.path).length)
      return { file, id, name, alt, note: notes.get(file.path), inTextOnly }
    }),
    listOf: (post) => lists.get(post) ?? [],
    inText: (post, address) => uses.get(find(address, post.source.path)?.path ?? '')?.id,
  }
}

/** The media of an export lie beside it under their ids. */
function exportedIn(media: readonly Medium[], files: readonly PictureFile[]): Wanted[] {
  const inMedia = new RegExp(`(?:^|/)${MEDIA_FOLDER}([^/]+)\\.\\w+$`)
  const byId = new Map(files.map((file) => [inMedia.exec(file.path)?.[1] ?? '', file] as const))
  return media.flatMap((row) => {
    const { id, name, alt } = row
    const file = byId.get(id)
    return file ? [{ id, file, name, alt, row, inTextOnly: false }] : []
  })
}
