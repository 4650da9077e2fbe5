import { useEffect, useMemo, useState } from 'react'
import { dateAt } from '../../../shared/domain/time.ts'
import { libraryIds, type MediaFilter, type MediaOrder } from '../../data/media/library.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { useSettings } from '../../ports/reference.tsx'
import { searchOf } from '../../ports/search.ts'

/** Files a search gives at most. */
const FOUND = 1_000
/** Between the last key and the question to the index. */
const CALM_MS = 60

/** Ids of the library, narrowed and in order; with words those that have them, best first. undefined while it is read. */
export function useLibrary(filter: MediaFilter, order: MediaOrder, words: string): readonly string[] | undefined {
  const { clock } = useDeps()
  const { zone } = useSettings()
  const today = dateAt(clock.now(), zone)
  const ids = useQuery((db) => libraryIds(db, filter, order, today), [filter, order, today])
  const found = useFound(words)
  return useMemo(() => {
    if (!found || !ids) return ids
    const passing = new Set(ids)
    return found.filter((id) => passing.has(id))
  }, [ids, found])
}

/** Ids that have the words; undefined without words, and until the first answer. */
function useFound(words: string): readonly string[] | undefined {
  const { db } = useDeps()
  const [found, setFound] = useState<readonly string[]>()
  const wanted = words.trim()
  useEffect(() => {
    if (!wanted) return setFound(undefined)
    let stale = false
    const search = searchOf(db.name)
    const ask = async () => {
      const hits = stale ? [] : await search.query(wanted, { limit: FOUND, kinds: ['medium'] })
      if (!stale) setFound(hits.map(({ row }) => row.id))
    }
    const timer = setTimeout(async () => {
      const { done, total } = search.progress()
      await ask()
      // Asked before it is whole, the index answers from what it has so far; the first question begins it.
      if (total === 0 || done < total) await search.ready().then(ask)
    }, CALM_MS)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [wanted, db])
  return found
}
