import { useEffect, useState } from 'react'
import type { Upload } from '../../../shared/contract/publishing.ts'
import { useDeps } from '../../ports/deps.tsx'

const LOOK_AGAIN_MS = 1_000
const NONE: ReadonlyMap<string, Upload> = new Map()

/** How far files have come, by delivery; asked of the shell each second while something is sent, and stored nowhere. */
export function useUploads(isSending: boolean): ReadonlyMap<string, Upload> {
  const { shell } = useDeps()
  const [uploads, setUploads] = useState(NONE)
  useEffect(() => {
    if (!isSending) return
    let isShown = true
    const look = async () => {
      const list = await (await shell.publishing()).uploads()
      if (isShown) setUploads(new Map(list.map((one) => [one.deliveryId, one])))
    }
    const again = () => void look().catch(reportError)
    again()
    const looking = setInterval(again, LOOK_AGAIN_MS)
    return () => {
      isShown = false
      clearInterval(looking)
      setUploads(NONE)
    }
  }, [shell, isSending])
  return uploads
}
