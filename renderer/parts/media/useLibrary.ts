import { useEffect, useMemo, useState } from 'react'
import { dateAt } from '../../../shared/domain/time.ts'
import { firstIds, isFiltered, libraryIds, type MediaFilter, type MediaOrder } from '../../data/media/library.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { useSettings } from '../../ports/reference.tsx'
import { searchOf } from '../../ports/search.ts'

/** Files a search gives at most. */
const FOUND = 1_000
/** The pictures in sight are asked for, decoded and painted in this time. */
const PICTURES_MS = 120
/** Between the last key and the question to the index. */
const CALM_MS = 60

/** What stands in sight when the library opens, with some room to scroll in before the others are there. */
const FIRST = 96

export interface Library {
  /** undefined while they are read; at first only those in sight. */
  readonly ids: readonly string[] | undefined
  readonly whole: boolean
}

/** Ids of the library, narrowed and in order; with words those that have them, best first. */
export function useLibrary(filter: MediaFilter, order: MediaOrder, words: string): Library {
  const { clock } = useDeps()
  const { zone } = useSettings()
  const today = dateAt(clock.now(), zone)
  const plain = !isFiltered(filter) && words === ''
  const first = useQuery(async (db) => (plain ? firstIds(db, order, FIRST) : undefined), [plain, order])
  // All of them are thirty thousand keys: they wait until the first ones are drawn.
  const drawn = useAfter(PICTURES_MS, first !== undefined, !plain)
  const all = useQuery(
    async (db) => (drawn ? libraryIds(db, filter, order, today) : undefined),
    [drawn, filter, order, today],
  )
  const found = useFound(words)
  return useMemo(() => {
    const ids = all ?? first
    if (!found || !ids) return { ids, whole: all !== undefined }
    const passing = new Set(ids)
    return { ids: found.filter((id) => passing.has(id)), whole: true }
  }, [all, first, found])
}

/** Whether it has been so for a while. Once so, it stays. */
function useAfter(ms: number, now: boolean, already: boolean): boolean {
  const [after, setAfter] = useState(already)
  useEffect(() => {
    if (!now) return
    const timer = setTimeout(() => setAfter(true), ms)
    return () => clearTimeout(timer)
  }, [now, ms])
  return after
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
