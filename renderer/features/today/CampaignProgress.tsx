import { daysBetween, type IsoDate } from '../../../shared/domain/time.ts'
import { CampaignName, formatDay } from '../../parts/index.ts'
import { go } from '../../ports/navigation.ts'
import { Link, Meter } from '../../ui/index.ts'
import type { CampaignCount } from './queries.ts'
import styles from './TodayScreen.module.css'

/** How far the content of the running campaigns is. */
export function CampaignProgress({ counts, today }: { counts: readonly CampaignCount[]; today: IsoDate }) {
  return counts.map(({ campaign, posts }) => {
    const of = (...statuses: string[]) => posts.filter(({ status }) => statuses.includes(status)).length
    const out = of('published')
    const ready = of('approved', 'scheduled')
    const waiting = of('review', 'changes')
    const total = posts.length - of('cancelled')
    const { launchOn } = campaign
    return (
      <section key={campaign.id} aria-label={campaign.name}>
        <h2 className={styles.sideHead}>
          <CampaignName id={campaign.id} />
          <span className="grow" />
          <Link onClick={() => go({ screen: 'campaign', campaignId: campaign.id })}>Campaign</Link>
        </h2>
        <p className={styles.sum}>
          <span>Posts out or ready</span>
          <span>
            <b className={styles.figure}>{out + ready}</b> / {total}
          </span>
        </p>
        <Meter
          label={`${out} out, ${ready} ready, ${waiting} in review, ${total - out - ready - waiting} in work`}
          max={Math.max(total, 1)}
          segments={[
            { value: out, color: 'green', label: 'out' },
            { value: ready, color: 'blue', label: 'ready' },
            { value: waiting, color: 'amber', label: 'in review' },
          ]}
        />
        {launchOn && launchOn >= today && (
          <p className={styles.meta}>
            Launch {formatDay(launchOn)},{' '}
            {daysBetween(today, launchOn) === 0 ? 'today' : `in ${daysBetween(today, launchOn)} days`}
          </p>
        )}
      </section>
    )
  })
}
