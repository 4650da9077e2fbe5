import { useCallback, useEffect, useState } from 'react'
import type { Medium } from '../../../shared/domain/medium.ts'
import type { Turn } from '../../../shared/media/crop.ts'
import { bytesOf, type OriginalsPort } from '../../data/media/originals.ts'
import { shelfOf, type Workspace } from '../../data/workspace.ts'
import { useDeps } from '../../ports/deps.tsx'
import { renderPicture } from '../../ports/media.ts'

/** A picture as a text shows it: turned as it is meant, under an address that is given back with `release`. null: it is gone. */
export function useShownPicture() {
  const { workspace, shell, db } = useDeps()
  return useCallback(
    async (id: string) => {
      const medium = await db.media.get(id)
      const shown = await shownBytes(workspace, shell, id, medium?.edits.turn ?? 0)
      if (!shown) return null
      const url = URL.createObjectURL(shown)
      return { url, release: () => URL.revokeObjectURL(url) }
    },
    [workspace, shell, db],
  )
}

async function shownBytes(workspace: Workspace, port: OriginalsPort, id: string, turn: Turn): Promise<Blob | null> {
  const stored = await bytesOf(shelfOf(workspace), port, id)
  return stored && turn !== 0 ? renderPicture(stored, { turn, type: 'image/webp', quality: 0.92 }) : stored
}

/** The original of a medium, turned as it is meant: `null` when it is gone, `undefined` while it is read. */
export function useOriginal(medium: Medium): Blob | null | undefined {
  const { workspace, shell } = useDeps()
  const [bytes, setBytes] = useState<Blob | null>()
  const { id, kind, preview } = medium
  const { turn } = medium.edits
  useEffect(() => {
    let stale = false
    const drawn = kind === 'image' && preview ? turn : 0
    void shownBytes(workspace, shell, id, drawn).then((shown) => !stale && setBytes(shown))
    return () => {
      stale = true
    }
  }, [workspace, shell, id, kind, preview, turn])
  return bytes
}

/** An address for bytes while the component is mounted. */
export function useBlobAddress(bytes: Blob | null | undefined): string | null {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (!bytes) return setUrl(null)
    const made = URL.createObjectURL(bytes)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [bytes])
  return url
}
