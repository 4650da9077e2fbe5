/** The pictures of an export. */
import { mediaIn, mediumIn, sourceIn, withImages } from '../../../shared/domain/document.ts'
import type { Medium } from '../../../shared/domain/medium.ts'
import type { Placement } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import type { StoredDocument } from '../../../shared/domain/workspace.ts'
import { markdownPaths } from '../../../shared/interchange/markdown.ts'
import type { ImportedPost } from '../../../shared/interchange/model.ts'
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

/** The pictures that posts and texts show, and `faces` of channels, of those whose bytes are there. */
export async function picturesOf(
  db: WorkspaceDb,
  posts: readonly Post[],
  documents: readonly StoredDocument[],
  placements: readonly Placement[] = [],
  faces: readonly string[] = [],
): Promise<Picture[]> {
  const shown = [...posts, ...placements].flatMap(({ media }) => media?.map(({ mediumId }) => mediumId) ?? [])
  const wanted = [...new Set([...shown, ...documents.flatMap(({ content }) => mediaIn(content)), ...faces])]
  const [media, blobs] = await Promise.all([db.media.bulkGet(wanted), db.blobs.bulkGet(wanted)])
  const pictures = await Promise.all(
    media.map(async (medium, at): Promise<Picture[]> => {
      const blob = blobs[at]
      return medium && blob ? [{ medium, bytes: new Uint8Array(await new Blob([blob.bytes]).arrayBuffer()) }] : []
    }),
  )
  return pictures.flat()
}

/** Posts with the addresses their pictures have in a Markdown folder, and the files of the pictures. */
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
    const coverId = posts[at]?.coverId ?? ''
    // A text that was written here calls a picture by a name, which is no place.
    const isPlace = post.source.kind === 'markdown'
    const doc = withImages(post.doc, (attrs) =>
      byId.has(mediumIn(attrs)) ? { ...attrs, src: place(mediumIn(attrs), isPlace ? sourceIn(attrs) : '') } : attrs,
    )
    return {
      ...post,
      doc,
      image: place(coverId, post.image),
      imageAlt: byId.get(coverId)?.medium.alt || post.imageAlt,
    }
  })
  const files = [...places.files].flatMap(([path, id]) => {
    const picture = byId.get(id)
    return picture ? [{ path, bytes: picture.bytes }] : []
  })
  return { posts: laid, files }
}

/** Medium -> the first one with the same bytes: an import keeps a picture twice when two posts describe it in other words. */
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
