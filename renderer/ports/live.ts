import { liveQuery, type Observable } from 'dexie'
import { useObservable } from 'dexie-react-hooks'
import type { WorkspaceDb } from '../data/db.ts'
import { isDatabaseFault, ReadFault } from '../data/faults.ts'
import { useDeps } from './deps.tsx'

/** A query of a database, asked again whenever something it has read changes. */
export const watch = <T>(db: WorkspaceDb, query: (db: WorkspaceDb) => Promise<T>): Observable<T> =>
  // An async function, though it awaits nothing: of any other Dexie forgets what it read after it has waited for something else.
  liveQuery(async () =>
    query(db).catch((thrown: unknown) => {
      throw db.isOpen() && isDatabaseFault(thrown) ? new ReadFault(thrown) : thrown
    }),
  )

/** Watches a query of the open workspace; undefined while it loads. `deps`: what the query closes over. */
export function useQuery<T>(query: (db: WorkspaceDb) => Promise<T>, deps: readonly unknown[]): T | undefined {
  const { db } = useDeps()
  return useObservable(() => watch(db, query), [db, ...deps])
}
