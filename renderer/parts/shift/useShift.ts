/** The preview of a shift: watches what it is made from, plans it anew whenever an option or the data changes, saves it. */
import { useMemo, useState } from 'react'
import type { Campaign } from '../../../shared/domain/campaign.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { planShift, reachOf, type ShiftOptions, type ShiftPlan } from '../../../shared/domain/shift.ts'
import { addDays, type IsoDate, instantsOf } from '../../../shared/domain/time.ts'
import { explainShift, shiftCampaign, shiftWords } from '../../data/commands/shift.ts'
import { dayNotesIn, postsOfCampaign, postsPlannedBetween, tasksOfCampaign } from '../../data/queries.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { useReference } from '../../ports/reference.tsx'
import { announce, toast } from '../../ui/index.ts'
import { plural } from '../format.ts'
import { useUndo } from '../useUndo.ts'

/** What a shift is measured by: the launch, else the start, else the first dated post. */
export interface ShiftAnchor {
  readonly word: 'Launch' | 'Start' | 'First post'
  readonly on: IsoDate
}

function anchorOf(campaign: Campaign, posts: readonly Post[]): ShiftAnchor | null {
  if (campaign.launchOn) return { word: 'Launch', on: campaign.launchOn }
  if (campaign.startOn) return { word: 'Start', on: campaign.startOn }
  const first = posts.flatMap(({ planned }) => planned?.date ?? []).sort()[0]
  return first ? { word: 'First post', on: first } : null
}

/** The first day that belongs to the launch: that of its phase, else the launch itself. */
const launchDays = ({ launchOn, phases }: Campaign): IsoDate | undefined =>
  launchOn ? (phases.find(({ from, to }) => from <= launchOn && launchOn <= to)?.from ?? launchOn) : undefined

export interface ShiftPreview {
  readonly plan: ShiftPlan
  readonly anchor: ShiftAnchor | null
  readonly options: ShiftOptions
  /** First day of the launch; absent without a launch date: then there is no "from launch on". */
  readonly launchFrom: IsoDate | undefined
  /** Posts a day of other campaigns, over the days the shift reaches. */
  readonly others: ReadonlyMap<IsoDate, number>
  set(options: Partial<ShiftOptions>): void
  /** Saves it. Gives whether it was done; a refusal is said. */
  apply(): Promise<boolean>
}

const NOTHING: ReadonlyMap<IsoDate, number> = new Map()

/** `null` while it loads. `days` is what it begins with. */
export function useShift(campaignId: string, days: number): ShiftPreview | null {
  const { store, db, clock } = useDeps()
  const { campaigns, settings } = useReference()
  const { undo } = useUndo()
  const [options, setOptions] = useState<ShiftOptions>({
    days,
    skipWeekends: false,
    keepWeekday: true,
    skipBlackouts: true,
  })
  const campaign = campaigns.get(campaignId)
  const posts = useQuery((live) => postsOfCampaign(live, campaignId), [campaignId])
  const tasks = useQuery((live) => tasksOfCampaign(live, campaignId), [campaignId])
  const reach = useMemo(() => (posts ? reachOf(posts, options.days) : null), [posts, options.days])
  const around = useQuery(
    async (live) => {
      if (!reach) return { blackouts: [], others: NOTHING }
      const { from, to } = instantsOf(reach, settings.zone)
      const others = new Map<IsoDate, number>()
      for (const post of await postsPlannedBetween(live, from, to)) {
        if (post.campaignId === campaignId || !post.planned || post.status === 'cancelled') continue
        others.set(post.planned.date, (others.get(post.planned.date) ?? 0) + 1)
      }
      return { blackouts: (await dayNotesIn(live, reach)).filter(({ kind }) => kind === 'blackout'), others }
    },
    [reach?.from, reach?.to, campaignId, settings.zone],
  )
  const plan = useMemo(
    () =>
      campaign && posts && tasks && around
        ? planShift({ campaign, posts, tasks, ...around, dayLimit: settings.dayLimit, now: clock.now() }, options)
        : null,
    [campaign, posts, tasks, around, settings.dayLimit, options, clock],
  )
  if (!plan || !campaign || !posts || !around) return null
  return {
    plan,
    options,
    others: around.others,
    anchor: anchorOf(campaign, posts),
    launchFrom: launchDays(campaign),
    // A day chosen by hand belongs to one shift; another number of days starts afresh.
    set: (next) => setOptions((before) => ({ ...before, chosen: 'days' in next ? undefined : before.chosen, ...next })),
    async apply() {
      const result = await shiftCampaign(store, db, plan)
      if (!result.ok) {
        toast({ text: explainShift(result.error), tone: 'refused' })
        return false
      }
      const text = `Shifted “${campaign.name}” ${shiftWords(plan.days)}: ${plural(plan.moves.length, 'post')} moved`
      toast({ text, undo })
      announce(`${text}.`)
      return true
    },
  }
}

export const anchorAfter = (anchor: ShiftAnchor, days: number): IsoDate => addDays(anchor.on, days)
