/** The media of an export. */
import { mediaIn, mediumIn, sourceIn, withImages } from '../../../shared/domain/document.ts'
import type { Medium } from '../../../shared/domain/medium.ts'
import { type Placement, shownOn } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import type { StoredDocument } from '../../../shared/domain/workspace.ts'
import { LIBRARY_FILE, writeLibraryNotes } from '../../../shared/interchange/library-notes.ts'
import { markdownPaths } from '../../../shared/interchange/markdown.ts'
import type { ImportedMedium, ImportedPost } from '../../../shared/interchange/model.ts'
import { createPicturePlaces } from '../../../shared/interchange/picture-path.ts'
import type { WorkspaceDb } from '../../data/db.ts'

export interface Picture {
  readonly medium: Medium
  readonly bytes: Uint8Array
}

/** A file of a packed folder. */
export interface PackedFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** Ids of the media that posts, their placements and texts show. */
export function shownBy(
  posts: readonly Post[],
  documents: readonly Pick<StoredDocument, 'content'>[],
  placements: readonly Placement[] = [],
): readonly string[] {
  const lists = [...posts.flatMap(({ media }) => media.map(({ mediumId }) => mediumId)), ...placements.flatMap(shownOn)]
  return [...new Set([...lists, ...documents.flatMap(({ content }) => mediaIn(content))])]
}

/** Media with their bytes, of those whose bytes are there. */
export async function picturesOf(db: WorkspaceDb, ids: readonly string[]): Promise<Picture[]> {
  const [media, blobs] = await Promise.all([db.media.bulkGet([...ids]), db.blobs.bulkGet([...ids])])
  const pictures = await Promise.all(
    media.map(async (medium, at): Promise<Picture[]> => {
      const blob = blobs[at]
      return medium && blob ? [{ medium, bytes: new Uint8Array(await new Blob([blob.bytes]).arrayBuffer()) }] : []
    }),
  )
  return pictures.flat()
}

/** Posts with the addresses their media have in a Markdown folder, and the files: media, and what the library says about them. */
export function layPictures(
  posts: readonly Post[],
  words: readonly ImportedPost[],
  pictures: readonly Picture[],
): { readonly posts: ImportedPost[]; readonly files: PackedFile[] } {
  const byId = new Map(pictures.map((picture) => [picture.medium.id, picture]))
  const fileOf = oneFileEach(pictures)
  const paths = markdownPaths(words)
  const places = createPicturePlaces()
  const laid = words.map((post, at): ImportedPost => {
    const place = (id: string, address: string) => {
      const file = fileOf.get(id)
      return file ? places.place({ file, from: paths[at] ?? '', address }) : address
    }
    const media = posts[at]?.media ?? []
    const altOf = ({ mediumId, alt }: { mediumId: string; alt: string }) =>
      alt || (byId.get(mediumId)?.medium.alt ?? '')
    const [lead] = media
    // A text that was written here calls a picture by a name, which is no place.
    const isPlace = post.source.kind === 'markdown'
    const doc = withImages(post.doc, (attrs) =>
      byId.has(mediumIn(attrs)) ? { ...attrs, src: place(mediumIn(attrs), isPlace ? sourceIn(attrs) : '') } : attrs,
    )
    const image = lead ? place(lead.mediumId, post.image) : post.image
    const list = media.flatMap((one, index): ImportedMedium[] =>
      byId.has(one.mediumId)
        ? [{ src: index === 0 ? image : place(one.mediumId, ''), alt: altOf(one), crop: one.ratio }]
        : [],
    )
    return {
      ...post,
      doc,
      image,
      imageAlt: (lead && altOf(lead)) || post.imageAlt,
      // One whole picture is said by the lead picture already.
      media: list.length > 1 || list.some(({ crop }) => crop !== '') ? list : [],
    }
  })
  const shown = [...places.files].flatMap(([path, id]) => {
    const picture = byId.get(id)
    return picture ? [{ path, ...picture }] : []
  })
  const notes = writeLibraryNotes(shown)
  return {
    posts: laid,
    files: [
      ...shown.map(({ path, bytes }) => ({ path, bytes })),
      ...(notes === '' ? [] : [{ path: LIBRARY_FILE, bytes: new TextEncoder().encode(notes) }]),
    ],
  }
}

/** Medium -> the first one with the same bytes. */
function oneFileEach(pictures: readonly Picture[]): ReadonlyMap<string, Medium> {
  const bySize = Map.groupBy(pictures, ({ bytes }) => bytes.length)
  const same = (a: Uint8Array, b: Uint8Array) => a.every((byte, at) => byte === b[at])
  return new Map(
    pictures.map(({ medium, bytes }) => {
      const first = bySize.get(bytes.length)?.find((other) => same(other.bytes, bytes))
      return [medium.id, first?.medium ?? medium]
    }),
  )
}
