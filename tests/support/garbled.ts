import type { WorkspaceDb } from '../../renderer/data/db.ts'

/** Posts come out of the database as `garble` makes them: what a damaged disk does beneath everything that reads. */
export function garblePosts(db: WorkspaceDb, garble: (row: object) => object | null): void {
  db.use({
    stack: 'dbcore',
    level: -5,
    create: (core) => ({
      ...core,
      table: (name) => {
        const table = core.table(name)
        const query: typeof table.query = async (request) => {
          const { result } = await table.query(request)
          return { result: name === 'posts' && request.values ? result.map(garble) : result }
        }
        return { ...table, query }
      },
    }),
  })
}
