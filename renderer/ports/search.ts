import { useSyncExternalStore } from 'react'
import { createSearch, type Search } from '../data/search/search.ts'
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
