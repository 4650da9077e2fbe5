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
            <span className={styles.name}>
              {campaign.name} <span className={styles.phase}>{phase}</span>
            </span>
            {milestones.map(({ name, column }) => (
              <span
                key={name}
                className={styles.milestone}
                style={{ insetInlineStart: `calc(${((column - first) / (last - first + 1)) * 100}% + 8px)` }}
                title={name}
              >
                {name}
              </span>
            ))}
            {!on && <i className={styles.grip} data-bar-end="end" />}
          </button>
        )
      })}
    </div>
  )
})
