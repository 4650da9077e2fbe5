import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import { cx, vars } from './cx.ts'
import styles from './Meter.module.css'
import { type Hue, hues, hueVar, type Tone, tones, toneVar } from './types.ts'

export type MeterColor = Tone | `hue-${Hue}` | 'accent' | 'line'

export interface MeterProps {
  segments: readonly { value: number; color?: MeterColor; label?: string; hatched?: boolean }[]
  max?: number
  /** Where the plan expects one to be, on the same scale. */
  pace?: number
  label: string
  size?: 'sm' | 'md'
  className?: string
}

function meterColor(color: MeterColor): string {
  if (color === 'accent') return 'var(--accent)'
  if (color === 'line') return 'var(--st-neutral-line)'
  const tone = tones.find((name) => name === color)
  if (tone) return toneVar(tone)
  const hue = hues.find((name) => `hue-${name}` === color)
  return hue ? hueVar(hue) : 'var(--accent)'
}

/** Shares of a whole. Its words stand beside it; the bar alone says nothing. */
export function Meter({ segments, max = 100, pace, label, size = 'md', className }: MeterProps) {
  const share = (value: number) => (max > 0 ? Math.max(0, Math.min(100, (value / max) * 100)) : 0)
  const said = segments.flatMap((segment) => segment.label ?? []).join(', ')
  return (
    <span role="img" aria-label={said === '' ? label : `${label}: ${said}`} className={cx(styles.frame, className)}>
      <span className={cx(styles.meter, size === 'sm' && styles.thin)}>
        {segments.map((segment, index) => (
          <i
            key={index}
            className={cx(segment.hatched && styles.hatched)}
            style={{
              inlineSize: `${share(segment.value)}%`,
              ...vars({ '--c': meterColor(segment.color ?? 'accent') }),
            }}
          />
        ))}
      </span>
      {pace !== undefined && <span className={styles.pace} style={{ insetInlineStart: `${share(pace)}%` }} />}
    </span>
  )
}

export interface ProgressProps {
  label: string
  done: number
  total: number
  /** The word behind the count: rows, posts, files. */
  unit?: string
  note?: ReactNode
  onCancel?: () => void
  cancelLabel?: string
  className?: string
}

/** Long work: what, how many of how many, and a way to stop it. */
export function Progress(props: ProgressProps) {
  const { label, done, total, unit = '', note, onCancel, cancelLabel = 'Stop', className } = props
  const figures = new Intl.NumberFormat('en')
  const count = `${figures.format(done)} of ${figures.format(total)} ${unit}`.trim()
  const share = total > 0 ? Math.min(100, (done / total) * 100) : 0
  return (
    <div className={cx(styles.progress, className)}>
      <div className="row">
        <span className="grow med">{label}</span>
        <span className="sm muted num">{count}</span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        aria-valuetext={count}
        className={styles.meter}
      >
        <i style={{ inlineSize: `${share}%` }} />
      </div>
      {(note || onCancel) && (
        <div className="row sm muted">
          <span className="grow">{note}</span>
          {onCancel && (
            <Button size="sm" onClick={onCancel}>
              {cancelLabel}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
