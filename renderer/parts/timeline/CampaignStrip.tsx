import { useMemo } from 'react'
import type { Campaign } from '../../../shared/domain/campaign.ts'
import type { Post } from '../../../shared/domain/post.ts'
import {
  addDays,
  dateAt,
  daysBetween,
  type IsoDate,
  minutesOf,
  startOfWeek,
  toWall,
  weekday,
} from '../../../shared/domain/time.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useSettings } from '../../ports/reference.tsx'
import { formatDay, formatShort, plural } from '../format.ts'
import { campaignHue } from '../looks.tsx'
import styles from './CampaignStrip.module.css'
import { placeOf, rowsOfPhases, type Scale, ticksByDay, weeksOf } from './scale.ts'
import { Bar, Diamond, GridLines, NowLine, Ticks } from './Track.tsx'

/** The days of a campaign and of its posts, in whole weeks; null when nothing has a date. */
export function scaleOf(campaign: Campaign, posts: readonly Post[], weekStart: number): Scale | null {
  const dates: IsoDate[] = [
    campaign.startOn,
    campaign.endOn,
    campaign.launchOn,
    ...campaign.phases.flatMap(({ from, to }) => [from, to]),
    ...campaign.milestones.map(({ on }) => on),
    ...posts.map(({ planned }) => planned?.date ?? null),
  ]
    .filter((date): date is IsoDate => date !== null)
    .sort()
  const [first, last] = [dates[0], dates.at(-1)]
  if (!first || !last) return null
  const from = startOfWeek(first, weekStart)
  return { from, days: daysBetween(from, addDays(startOfWeek(last, weekStart), 7)) }
}

/** One campaign along its days: phases, milestones, its posts by day, now. */
export function CampaignStrip({ campaign, posts }: { campaign: Campaign; posts: readonly Post[] }) {
  const { clock } = useDeps()
  const settings = useSettings()
  const scale = useMemo(() => scaleOf(campaign, posts, settings.weekStart), [campaign, posts, settings.weekStart])
  const days = useMemo(() => ticksByDay(posts), [posts])
  if (!scale)
    return <p className={styles.none}>Give the campaign dates, or one of its posts: then its days stand here.</p>
  const now = clock.now()
  const wall = toWall(now, settings.zone)
  const weeks = weeksOf(scale, settings.weekStart)
  const sparse = Math.ceil(weeks.length / 10)
  const marks = [
    ...campaign.milestones,
    ...(campaign.launchOn && !campaign.milestones.some(({ on }) => on === campaign.launchOn)
      ? [{ id: 'launch', name: 'Launch', on: campaign.launchOn }]
      : []),
  ]
  const tallest = Math.max(1, ...[...days.values()].map(({ length }) => length))
  return (
    <div className={styles.strip} role="img" aria-label={words(campaign, posts)}>
      <GridLines scale={scale} weekStart={settings.weekStart} />
      <div className={styles.weeks}>
        {weeks.map(
          (week, index) =>
            index % sparse === 0 && (
              <span key={week} style={{ insetInlineStart: `${placeOf(scale, week)}%` }}>
                {weekday(week) === 1 ? `Mon ${formatShort(week)}` : formatDay(week)}
              </span>
            ),
        )}
      </div>
      {rowsOfPhases(campaign.phases).map((row, index) => (
        <div key={index} className={styles.row}>
          {row.map((phase) => (
            <Bar
              key={phase.id}
              scale={scale}
              from={phase.from}
              to={phase.to}
              name={phase.name}
              hue={campaignHue(campaign)}
            />
          ))}
        </div>
      ))}
      {campaign.phases.length === 0 && campaign.startOn && campaign.endOn && (
        <div className={styles.row}>
          <Bar
            scale={scale}
            from={campaign.startOn}
            to={campaign.endOn}
            name={campaign.name}
            hue={campaignHue(campaign)}
          />
        </div>
      )}
      {marks.length > 0 && (
        <div className={styles.row}>
          {marks.map(({ id, name, on }) => (
            <Diamond key={id} scale={scale} on={on} name={name} />
          ))}
        </div>
      )}
      <div className={styles.ticks} style={{ blockSize: Math.min(tallest, 12) * 6 + 6 }}>
        <Ticks scale={scale} days={days} label={(date, count) => `${formatDay(date)}, ${plural(count, 'post')}`} />
      </div>
      <NowLine scale={scale} today={dateAt(now, settings.zone)} share={minutesOf(wall.time) / 1440} />
    </div>
  )
}

const words = (campaign: Campaign, posts: readonly Post[]) =>
  [
    ...campaign.phases.map(({ name, from, to }) => `${name} ${formatShort(from)} to ${formatShort(to)}`),
    ...campaign.milestones.map(({ name, on }) => `${name} ${formatDay(on)}`),
    plural(posts.length, 'post'),
  ].join(', ')
