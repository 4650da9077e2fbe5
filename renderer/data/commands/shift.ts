/** Shifting a campaign: what the preview showed is saved as one change, or nothing is. */

import type { Post } from '../../../shared/domain/post.ts'
import { plannedFields } from '../../../shared/domain/post.ts'
import { isEmptyShift, type ShiftPlan } from '../../../shared/domain/shift.ts'
import { addDays, daysBetween } from '../../../shared/domain/time.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import type { WorkspaceDb } from '../db.ts'
import { moveOwnTimes } from './placementRows.ts'
import { named, type PostStore } from './posts.ts'

export type ShiftRefusal =
  /** Something the preview was made from is different now. `posts`: which; empty when it was the campaign or a task. */
  { readonly kind: 'changed'; readonly posts: readonly Pick<Post, 'title'>[] } | { readonly kind: 'nothing-moves' }

/** Why a shift was refused, and what to do: one sentence. */
export const explainShift = (refusal: ShiftRefusal): string => {
  if (refusal.kind === 'nothing-moves') return 'Not shifted: no post and no date would move.'
  const what = refusal.posts.length === 0 ? 'The campaign' : named(refusal.posts)
  return `Not shifted: ${what} changed since the preview. The preview is up to date again, look once more.`
}

/** `7 days later`, `1 day earlier` */
export const shiftWords = (days: number): string =>
  `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'} ${days < 0 ? 'earlier' : 'later'}`

/**
 * Saves a plan made by `planShift`: posts with their internal deadlines, dates, phases and milestones of the campaign, open
 * tasks. One transaction, one undo. Refuses when a post, the campaign or a task is no longer what the preview saw.
 */
export const shiftCampaign = (
  store: PostStore,
  db: WorkspaceDb,
  plan: ShiftPlan,
): Promise<Result<ShiftPlan, ShiftRefusal>> =>
  store.change(
    { command: 'shiftCampaign', label: `Shifted “${plan.campaign.name}” ${shiftWords(plan.days)}` },
    async (tx) => {
      if (isEmptyShift(plan)) return err({ kind: 'nothing-moves' })
      const changed = await changedSince(db, plan)
      if (changed) return err(changed)
      await tx.updateMany(
        'posts',
        plan.moves.map(({ post, from, to }) => ({
          id: post.id,
          fields: {
            ...plannedFields(post, to),
            dueOn: post.dueOn && addDays(post.dueOn, daysBetween(from.date, to.date)),
          },
        })),
      )
      await moveOwnTimes(tx, plan.moves)
      if (Object.keys(plan.campaignFields).length > 0)
        await tx.update('campaigns', plan.campaign.id, plan.campaignFields)
      await tx.updateMany(
        'tasks',
        plan.tasks.map(({ task, to }) => ({ id: task.id, fields: { dueOn: to } })),
      )
      return ok(plan)
    },
  )

async function changedSince(db: WorkspaceDb, plan: ShiftPlan): Promise<ShiftRefusal | null> {
  const seen = new Map([...plan.moves, ...plan.stays].map(({ post }) => [post.id, post]))
  const now = (await db.posts.where('campaignId').equals(plan.campaign.id).toArray()).filter(
    ({ trashedAt }) => trashedAt === 0,
  )
  const present = new Set(now.map(({ id }) => id))
  const posts = [
    ...now.filter(({ id, updatedAt }) => seen.get(id)?.updatedAt !== updatedAt),
    ...[...seen.values()].filter(({ id }) => !present.has(id)),
  ]
  if (posts.length > 0) return { kind: 'changed', posts }
  const campaign = await db.campaigns.get(plan.campaign.id)
  const tasks = await db.tasks.bulkGet(plan.tasks.map(({ task }) => task.id))
  const sameTasks = plan.tasks.every(({ task }, index) => tasks[index]?.dueOn === task.dueOn)
  return campaign?.updatedAt === plan.campaign.updatedAt && sameTasks ? null : { kind: 'changed', posts: [] }
}
