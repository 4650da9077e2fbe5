import { useEffect, useState } from 'react'
import { useDeps } from '../ports/deps.tsx'

/** A stored picture. Draws nothing while it loads or when its bytes are gone; the address is given back on unmount. */
export function MediumImage({ id, alt = '', className }: { id: string; alt?: string; className?: string }) {
  const url = useMediumUrl(id)
  return url ? <img src={url} alt={alt} className={className} draggable={false} /> : null
}

/** An address for the bytes of a medium, valid while the component is mounted; null until read. */
function useMediumUrl(id: string): string | null {
  const { db } = useDeps()
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    let made: string | null = null
    let gone = false
    db.blobs.get(id).then((blob) => {
      if (gone || !blob) return
      made = URL.createObjectURL(new Blob([blob.bytes], { type: blob.type }))
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
