import { memo } from 'react'
import { campaignHue } from '../../parts/index.ts'
import { cx, hueVar } from '../../ui/index.ts'
import styles from './CampaignBars.module.css'
import type { Bar } from './monthLayout.ts'

/** Campaign bars over a row of days. Each is a button; its ends can be drawn to another day. */
export const CampaignBars = memo(function CampaignBars({
  bars,
  columns,
  top,
}: {
  bars: readonly Bar[]
  columns: number
  top: number
}) {
  return (
    <div className={styles.bars} style={{ top, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
      {bars.map(({ campaign, lane, first, last, from, on, phase, milestones }) => {
        const hue = campaignHue(campaign)
        const days = last - first + 1
        const { start, room } = placeOfName(first, last, milestones)
        return (
          <button
            type="button"
            key={campaign.id}
            data-campaign={campaign.id}
            tabIndex={-1}
            className={cx(styles.bar, from && styles.from, on && styles.on)}
            style={{
              gridColumn: `${first + 1} / ${last + 2}`,
              gridRow: lane + 1,
              ['--ch' as string]: hue ? hueVar(hue) : 'var(--ink-4)',
            }}
            title={`${campaign.name}${phase ? `, ${phase}` : ''}`}
          >
            {!from && <i className={styles.grip} data-bar-end="start" />}
            {room > 0 && (
              <span
                className={styles.name}
                style={{
                  marginInlineStart: start > 0 ? `${(start / days) * 100}%` : undefined,
                  maxInlineSize: start + room < days ? `${(room / days) * 100}%` : undefined,
                }}
              >
                {campaign.name} <span className={styles.phase}>{phase}</span>
              </span>
            )}
            {milestones.map(({ name, column }) => (
              <span
                key={name}
                className={styles.milestone}
                data-beside={days === 1 || undefined}
                style={{
                  insetInlineStart: `calc(${((column - first) / days) * 100}% + 8px)`,
                  maxInlineSize: `calc(${((nextAfter(column, last, milestones) - column) / days) * 100}% - 8px)`,
                }}
                title={name}
              >
                <span>{name}</span>
              </span>
            ))}
            {!on && <i className={styles.grip} data-bar-end="end" />}
          </button>
        )
      })}
    </div>
  )
})

type Milestones = Bar['milestones']

/** The day of the next milestone, or the one after the bar's last. */
const nextAfter = (column: number, last: number, milestones: Milestones): number =>
  Math.min(last + 1, ...milestones.map((other) => other.column).filter((other) => other > column))

/** Days from the start of the bar to its name, and days the name may take: beside its milestones, never under them. */
function placeOfName(first: number, last: number, milestones: Milestones): { start: number; room: number } {
  if (first === last) return { start: 0, room: 1 }
  let column = first
  while (milestones.some((milestone) => milestone.column === column)) column += 1
  return { start: column - first, room: nextAfter(column, last, milestones) - column }
}
