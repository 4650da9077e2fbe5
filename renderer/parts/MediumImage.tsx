import { useEffect, useState } from 'react'
import { useDeps } from '../ports/deps.tsx'

/**
 * A stored picture in small, as chips and lists show it; the picture itself where no small one was made yet. Draws nothing while it loads
 * or when its bytes are gone; the address is given back on unmount.
 */
export function MediumImage({ id, alt = '', className }: { id: string; alt?: string; className?: string }) {
  const url = useMediumUrl(id)
  return url ? <img src={url} alt={alt} className={className} draggable={false} /> : null
}

function useMediumUrl(id: string): string | null {
  const { db } = useDeps()
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    let made: string | null = null
    let gone = false
    const read = async () => (await db.thumbs.get(id)) ?? (await db.blobs.get(id))
    void read().then((stored) => {
      // A film without a small picture is none.
      if (gone || !stored?.type.startsWith('image/')) return
      made = URL.createObjectURL(new Blob([stored.bytes], { type: stored.type }))
      setUrl(made)
    })
    return () => {
      gone = true
      if (made) URL.revokeObjectURL(made)
      setUrl(null)
    }
  }, [db, id])
  return url
}
