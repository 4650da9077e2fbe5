/** Which lanes a stretch of days has, and the load of its days. Pure. */
import type { Campaign } from '../../../shared/domain/campaign.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { loadAfter, type ShiftPlan } from '../../../shared/domain/shift.ts'
import type { IsoDate } from '../../../shared/domain/time.ts'
import { lastDay, type Scale } from '../../parts/timeline/scale.ts'

export interface LaneData {
  /** '' for the lane of posts without a campaign. */
  readonly id: string
  readonly campaign: Campaign | undefined
  readonly posts: readonly Post[]
}

/** Campaigns that touch the days shown, in their order; last the posts without one. */
export function lanesOf(campaigns: readonly Campaign[], posts: readonly Post[], scale: Scale): LaneData[] {
  const byCampaign = Map.groupBy(posts, ({ campaignId }) => campaignId)
  const touches = (from: IsoDate | null, to: IsoDate | null) =>
    (from !== null || to !== null) && (from ?? to ?? '') <= lastDay(scale) && (to ?? from ?? '') >= scale.from
  const lanes: LaneData[] = campaigns
    .filter(
      (campaign) =>
        byCampaign.has(campaign.id) ||
        touches(campaign.startOn, campaign.endOn) ||
        touches(campaign.launchOn, campaign.launchOn) ||
        campaign.phases.some(({ from, to }) => touches(from, to)) ||
        campaign.milestones.some(({ on }) => touches(on, on)),
    )
    .map((campaign) => ({ id: campaign.id, campaign, posts: byCampaign.get(campaign.id) ?? [] }))
  const known = new Set(campaigns.map(({ id }) => id))
  const rest = posts.filter(({ campaignId }) => !known.has(campaignId))
  return rest.length > 0 ? [...lanes, { id: '', campaign: undefined, posts: rest }] : lanes
}

export type LoadTick = 'load' | 'moved' | 'over'

/** Posts a day as ticks: the ordinary ones, those a shift brings, and those above the limit (0: none). */
export function loadTicks(posts: readonly Post[], limit: number, plan: ShiftPlan | null): Map<IsoDate, LoadTick[]> {
  const shifted = new Set(plan ? [...plan.moves, ...plan.stays].map(({ post }) => post.id) : [])
  const others = new Map<IsoDate, number>()
  for (const { id, planned, status } of posts) {
    if (!planned || status === 'cancelled' || shifted.has(id)) continue
    others.set(planned.date, (others.get(planned.date) ?? 0) + 1)
  }
  const load = plan ? loadAfter(plan, others) : others
  const moved = new Map<IsoDate, number>()
  for (const { to } of plan?.moves ?? []) moved.set(to.date, (moved.get(to.date) ?? 0) + 1)
  return new Map(
    [...load].map(([date, count]) => [
      date,
      Array.from({ length: count }, (_, index): LoadTick => {
        if (limit > 0 && index >= limit) return 'over'
        return index >= count - (moved.get(date) ?? 0) ? 'moved' : 'load'
      }),
    ]),
  )
}
