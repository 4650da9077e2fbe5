import { useEffect, useState } from 'react'
import type { BulkChange } from '../../../shared/domain/bulk.ts'
import type { FoundOn } from '../../../shared/platforms/assess.ts'
import type { BulkVerdict } from '../../data/rules/rules.ts'
import { keepsFrom } from '../../parts/ready.ts'
import { useDeps } from '../../ports/deps.tsx'
import { rulesOf } from '../../ports/rules.ts'

/** As long must nothing have been typed before the networks are asked, in milliseconds. */
const QUIET_MS = 300

export interface Verdicts {
  /** What the change would bring to a post that is not found on it now. */
  brought(postId: string): readonly FoundOn[]
  /** What keeps a post from the status it would get: it is left out. */
  keeps(postId: string): readonly FoundOn[]
}

const NOTHING: readonly FoundOn[] = []

/** What the networks say of a change before it is made; undefined while they are asked. */
export function useVerdicts(ids: readonly string[], change: BulkChange): Verdicts | undefined {
  const { db, clock } = useDeps()
  const key = JSON.stringify(change)
  const [answer, setAnswer] = useState<{ key: string; byPost: ReadonlyMap<string, BulkVerdict> } | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the change, whoever made the object
  useEffect(() => {
    let over = false
    const ask = async () => {
      const verdicts = await (await rulesOf(db.name)).bulk(ids, change, clock.now())
      if (!over) setAnswer({ key, byPost: new Map(verdicts.map((verdict) => [verdict.postId, verdict])) })
    }
    const timer = setTimeout(() => void ask(), QUIET_MS)
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [db.name, clock, ids, key])
  if (answer?.key !== key) return undefined
  const { byPost } = answer
  const { status } = change
  const keeps = (postId: string) =>
    status ? (byPost.get(postId)?.after.found ?? NOTHING).filter(({ finding }) => keepsFrom(finding, status)) : NOTHING
  return {
    keeps,
    brought: (postId) => (keeps(postId).length > 0 ? NOTHING : (byPost.get(postId)?.brought ?? NOTHING)),
  }
}
