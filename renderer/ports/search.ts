import { useEffect, useState, useSyncExternalStore } from 'react'
import { createSearch, type Hit, type Query, type Search } from '../data/search/search.ts'
import { useDeps } from './deps.tsx'

let open: { readonly name: string; readonly search: Search } | undefined

/** The search of the open workspace: one worker for the whole window, begun by the first who asks, ended by the next workspace. */
export function useSearch(): Search {
  const { db } = useDeps()
  return searchOf(db.name)
}

export function searchOf(dbName: string): Search {
  if (open?.name !== dbName) {
    open?.search.dispose()
    open = { name: dbName, search: createSearch(dbName) }
  }
  return open.search
}

/** Ends the search, so that its database can be closed or deleted. */
export function closeSearch(): void {
  open?.search.dispose()
  open = undefined
}

/** How far the index is, live. */
export function useSearchProgress() {
  const search = useSearch()
  return useSyncExternalStore(search.onProgress, search.progress)
}

/** Between the last key and the question to the index. */
const CALM_MS = 60

/**
 * What has the words, best first, for a list one works on: it stays as it was found while the words stand. undefined without words and
 * until the first answer. The index is begun by the first search, not by the page.
 */
export function useFound(words: string, query: Query): readonly Hit[] | undefined {
  const { db } = useDeps()
  const [found, setFound] = useState<readonly Hit[]>()
  const wanted = words.trim()
  useEffect(() => {
    if (!wanted) return setFound(undefined)
    let stale = false
    const ask = async () => {
      const search = searchOf(db.name)
      const { learned } = search.progress()
      const hits = await search.query(wanted, query)
      if (!stale) setFound(hits)
      // Asked before it is whole, the index answers from what it has so far.
      await search.ready()
      if (!stale && search.progress().learned !== learned) await ask()
    }
    const timer = setTimeout(ask, CALM_MS)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [wanted, query, db])
  return found
}
