import { useMemo } from 'react'
import type { KeptPicture, PictureSource } from '../../editor/index.ts'
import { explainMedia, useShownPicture } from '../../parts/media/index.ts'
import { useAddFiles } from '../../ports/media.ts'
import { toast } from '../../ui/index.ts'

/** MIME types of pictures every browser shows. */
export const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'] as const

/** Where the editor gets stored pictures from and how it keeps new ones: in the library, where the same picture is there once. */
export function usePictures(): { source: PictureSource; keep: (file: File) => Promise<KeptPicture | null> } {
  const open = useShownPicture()
  const addFiles = useAddFiles()
  return useMemo(
    () => ({
      source: { open },
      keep: async (file) => {
        const refuse = (text: string) => {
          toast({ text, tone: 'refused' })
          return null
        }
        const [outcome] = (await addFiles([{ file, folder: '' }])).outcomes
        if (!outcome) return null
        if (outcome.kind === 'refused') return refuse(explainMedia(outcome.name, outcome.refusal))
        const { id, name, alt, kind, preview } = outcome.medium
        if (kind !== 'image' || !preview) return refuse(`${name} is in the library now. A text shows pictures only.`)
        return { mediumId: id, src: name, alt }
      },
    }),
    [open, addFiles],
  )
}
