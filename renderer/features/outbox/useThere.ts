import { useEffect, useState } from 'react'
import type { Delivery } from '../../../shared/domain/delivery.ts'
import type { Result } from '../../../shared/lib/result.ts'
import type { NotThere, There } from '../../data/commands/theirs.ts'
import { useOnline } from '../../ports/online.ts'
import { outbox } from '../../ports/outbox.ts'

export type Looked = Result<There, NotThere> | 'offline' | 'asking'

/** What waits at the network, asked for when it is looked at, and again when the network is back. */
export function useThere(delivery: Delivery): Looked {
  const online = useOnline()
  const [looked, setLooked] = useState<Result<There, NotThere> | null>(null)
  const { id } = delivery
  // biome-ignore lint/correctness/useExhaustiveDependencies: a row that was written again is the same delivery
  useEffect(() => {
    let isCurrent = true
    setLooked(null)
    if (!online) return
    void outbox()
      .then((open) => open.theirs.look(delivery))
      .then((result) => isCurrent && setLooked(result))
    return () => {
      isCurrent = false
    }
  }, [id, online])
  return looked ?? (online ? 'asking' : 'offline')
}
