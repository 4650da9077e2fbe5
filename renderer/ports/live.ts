import { useLiveQuery } from 'dexie-react-hooks'
import type { WorkspaceDb } from '../data/db.ts'
import { useDeps } from './deps.tsx'

/** Watches a query of the open workspace; undefined while it loads. `deps`: what the query closes over. */
export function useQuery<T>(query: (db: WorkspaceDb) => Promise<T>, deps: readonly unknown[]): T | undefined {
  const { db } = useDeps()
  return useLiveQuery(() => query(db), [db, ...deps])
}
