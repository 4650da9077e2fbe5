import { Flag } from 'lucide-react'
import { memo } from 'react'
import type { Campaign } from '../../../shared/domain/campaign.ts'
import type { IsoDate } from '../../../shared/domain/time.ts'
import type { StatusCounts } from '../../data/queries.ts'
import { ContentBar, campaignHue, contentSums, PeopleAvatars, StatusIcon } from '../../parts/index.ts'
import { hueVar, vars } from '../../ui/index.ts'
import styles from './Cards.module.css'
import { campaignDates, nextMoment } from './campaignWords.ts'

/** A campaign at a glance: why, how much of its content is ready, what comes next, when, who. */
export const CampaignCard = memo(function CampaignCard({
  campaign,
  counts,
  today,
}: {
  campaign: Campaign
  counts: StatusCounts | undefined
  today: IsoDate
}) {
  const hue = campaignHue(campaign)
  const sums = counts && contentSums(counts)
  const next = nextMoment(campaign, today)
  const people = [campaign.ownerId, ...campaign.memberIds].filter(Boolean)
  const done = campaign.stage === 'wrapped'
  return (
    <div className={styles.card} data-done={done || undefined} style={hue && vars({ '--cap': hueVar(hue) })}>
      <div className={styles.head}>
        <h3 className={styles.title}>{campaign.name || 'Untitled'}</h3>
        {counts && counts.changes > 0 && <StatusIcon status="changes" size={14} />}
      </div>
      {campaign.objective && <p className={styles.why}>{campaign.objective}</p>}
      {counts && sums && sums.all > 0 && !done && (
        <div className={styles.bar}>
          <ContentBar counts={counts} />
          <span className={styles.small} dir="auto">
            {sums.ready} of {sums.all} ready
          </span>
        </div>
      )}
      {next && (
        <div className={styles.line}>
          <Flag aria-hidden size={14} />
          <span className="ell" dir="auto">
            {next}
          </span>
        </div>
      )}
      <div className={styles.foot}>
        <span className={styles.small} dir="auto">
          {campaignDates(campaign)}
          {done && sums && sums.all > 0 && `, ${sums.all} posts`}
        </span>
        <PeopleAvatars ids={[...new Set(people)]} />
      </div>
    </div>
  )
})
