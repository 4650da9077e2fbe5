import type { Campaign } from '../../../shared/domain/campaign.ts'
import { daysBetween, type IsoDate } from '../../../shared/domain/time.ts'
import { formatDay, formatRange, formatShort } from '../../parts/index.ts'

const inDays = (days: number) => (days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`)

/** The next thing that happens in a campaign: `Launch in 6 days`, `Final cut Thu 15 Oct`; null when nothing is to come. */
export function nextMoment(campaign: Campaign, today: IsoDate): string | null {
  if (campaign.stage === 'wrapped') return null
  const near = (word: string, on: IsoDate | null) =>
    on && on >= today ? [{ on, words: `${word} ${inDays(daysBetween(today, on))}` }] : []
  const moments = [
    ...near('Starts', campaign.startOn),
    ...near('Launch', campaign.launchOn),
    ...campaign.milestones.flatMap(({ name, on }) => (on >= today ? [{ on, words: `${name} ${formatDay(on)}` }] : [])),
    ...near('Ends', campaign.endOn),
  ]
  return moments.sort((a, b) => a.on.localeCompare(b.on))[0]?.words ?? null
}

/** `1 – 28 Oct`, `from 4 Jan`, `No dates` */
export function campaignDates({ startOn, endOn, launchOn }: Campaign): string {
  if (startOn && endOn) return formatRange({ from: startOn, to: endOn })
  if (startOn) return `from ${formatShort(startOn)}`
  if (endOn) return `until ${formatShort(endOn)}`
  return launchOn ? formatShort(launchOn) : 'No dates'
}
