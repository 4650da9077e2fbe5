import type { Post } from '../../../shared/domain/post.ts'
import { type Spread, spreadToSeries } from '../../data/commands/series.ts'
import type { Deps } from '../../ports/deps.tsx'
import { toast } from '../../ui/index.ts'
import { plural } from '../format.ts'
import { explainSeries } from './explain.ts'

/** Gives what an occurrence is to others of its series, and says so with the way back. */
export async function spread(
  { store, db }: Pick<Deps, 'store' | 'db'>,
  post: Pick<Post, 'id'>,
  scope: 'following' | 'all',
  what: Spread,
  undo: () => void,
): Promise<void> {
  const given = await spreadToSeries(store, db, post.id, scope, what)
  if (!given.ok) return void toast({ text: explainSeries(given.error), tone: 'refused' })
  const count = given.value.length
  const posts = plural(count, scope === 'all' ? 'other post' : 'post')
  if (count === 0) toast({ text: 'No other post of its series is left to change' })
  else toast({ text: what.time ? `Moved ${posts} of its series too` : `Gave its content to ${posts}`, undo })
}
