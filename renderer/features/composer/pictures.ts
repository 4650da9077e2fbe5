import { useMemo } from 'react'
import { addMedium } from '../../data/commands/workspace.ts'
import type { KeptPicture, PictureSource } from '../../editor/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { toast } from '../../ui/index.ts'

/** MIME types of pictures that can be shown here. */
export const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'] as const
const KINDS: ReadonlySet<string> = new Set(PICTURE_TYPES)
/** Larger ones belong in a place for files, not in a text. */
const MOST_BYTES = 25 * 1024 * 1024

/** Where the editor gets stored pictures from and how it keeps new ones. */
export function usePictures(): { source: PictureSource; keep: (file: File) => Promise<KeptPicture | null> } {
  const { db, shell, workspace } = useDeps()
  return useMemo(
    () => ({
      source: {
        open: async (mediumId) => {
          const blob = await db.blobs.get(mediumId)
          if (!blob) return null
          const url = URL.createObjectURL(new Blob([blob.bytes], { type: blob.type }))
          return { url, release: () => URL.revokeObjectURL(url) }
        },
      },
      keep: async (file) => {
        const name = file.name || 'Picture'
        const refuse = (why: string) => {
          toast({ text: `${name} was not added: ${why}`, tone: 'refused' })
          return null
        }
        if (!KINDS.has(file.type)) return refuse('only PNG, JPEG, GIF, WebP and AVIF pictures can be shown.')
        if (file.size > MOST_BYTES) return refuse('it is larger than 25 MB.')
        const size = await createImageBitmap(file).then(
          ({ width, height }) => ({ width, height }),
          () => null,
        )
        if (!size) return refuse('it could not be read as a picture.')
        const bytes = new Uint8Array(await file.arrayBuffer())
        const added = await addMedium(workspace, shell, bytes, { name, type: file.type, ...size, alt: '' })
        return added.ok ? { mediumId: added.value, src: name, alt: '' } : refuse(added.error.message)
      },
    }),
    [db, shell, workspace],
  )
}
