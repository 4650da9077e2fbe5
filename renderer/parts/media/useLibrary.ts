import { useEffect, useMemo, useState } from 'react'
import { dateAt } from '../../../shared/domain/time.ts'
import { firstIds, isFiltered, libraryIds, type MediaFilter, type MediaOrder } from '../../data/media/library.ts'
import type { Query } from '../../data/search/search.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { useSettings } from '../../ports/reference.tsx'
import { useFound } from '../../ports/search.ts'

/** What the words are looked for in, and files a search gives at most. */
const SOUGHT: Query = { limit: 1_000, kinds: ['medium'] }
/** The pictures in sight are asked for, decoded and painted in this time. */
const PICTURES_MS = 120

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
  const found = useFound(words, SOUGHT)
  return useMemo(() => {
    const ids = all ?? first
    if (!found || !ids) return { ids, whole: all !== undefined }
    const passing = new Set(ids)
    return { ids: found.map(({ row }) => row.id).filter((id) => passing.has(id)), whole: true }
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
