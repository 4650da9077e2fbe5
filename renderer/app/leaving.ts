/** Only the open workspace sends. What waits in one that is left is said, and kept in the list of workspaces. Loaded when one is left. */
import type { DeliveryKind } from '../../shared/domain/delivery.ts'
import { toWall } from '../../shared/domain/time.ts'
import type { Waiting } from '../../shared/domain/workspace.ts'
import type { WorkspaceDb } from '../data/db.ts'
import type { Registry, Workspace } from '../data/workspace.ts'
import { formatWhen, plural } from '../parts/index.ts'
import { toast } from '../ui/index.ts'

/** It is this computer's turn; what lies at a network goes out without it. */
const OURS: readonly DeliveryKind[] = ['planned', 'due', 'sending', 'retrying', 'reconciling']

/** Before it is closed, when nothing more is taken up in it. */
export async function sayWhatWaits(registry: Registry, { entry, db }: Workspace): Promise<void> {
  const [waiting, comments, settings] = await Promise.all([
    whatWaits(db),
    commentsToFollow(db),
    db.settings.get('settings'),
  ])
  await registry.left(entry.id, waiting)
  if (!waiting && comments === 0) return
  const { name } = (await registry.list()).find(({ id }) => id === entry.id) ?? entry
  const posts =
    waiting &&
    `${plural(waiting.posts, 'post')} of “${name}” ${waiting.posts === 1 ? 'waits' : 'wait'} until it is open again; the first is due ${formatWhen(toWall(waiting.from, settings?.zone ?? 'UTC'))}. What is too late by then asks you, or takes the next free slot.`
  const follow =
    comments > 0 &&
    `${plural(comments, 'post')} of “${name}” ${comments === 1 ? 'goes' : 'go'} out without it; ${comments === 1 ? 'its first comment follows' : 'their first comments follow'} once it is open again.`
  toast({ text: [posts, follow].filter(Boolean).join(' '), duration: READING_MS })
}

const READING_MS = 12_000

/** Posts that lie at a network which publishes them by itself, and have a first comment that is sent from here then. */
export const commentsToFollow = async (db: WorkspaceDb): Promise<number> =>
  (await db.deliveries.where('state.kind').equals('handed-over').toArray()).filter(({ parts }) => parts > 1).length

/** What is held, and what a paused account has, waits for a person anyway. */
export async function whatWaits(db: WorkspaceDb): Promise<Waiting | null> {
  const [rows, accounts] = await Promise.all([
    db.deliveries.where('state.kind').anyOf(OURS).toArray(),
    db.accounts.toArray(),
  ])
  const paused = new Set(accounts.filter(({ pause }) => pause).map(({ id }) => id))
  const waiting = rows.filter(({ held, channelId }) => !held && !paused.has(channelId))
  if (waiting.length === 0) return null
  return {
    posts: new Set(waiting.map(({ postId }) => postId)).size,
    from: Math.min(...waiting.map(({ dueAt }) => dueAt)),
  }
}
