import { ArrowRight, CalendarOff, Clock4, History, Layers2 } from 'lucide-react'
import { useId } from 'react'
import { isEmptyShift, type ShiftFinding, type ShiftMove } from '../../../shared/domain/shift.ts'
import { daysBetween } from '../../../shared/domain/time.ts'
import { Button, Finding, Switch } from '../../ui/index.ts'
import { DayPicker } from '../DayPicker.tsx'
import { formatDay, formatWhen, plural } from '../format.ts'
import { StatusIcon } from '../looks.tsx'
import styles from './ShiftPanel.module.css'
import { anchorAfter, type ShiftPreview } from './useShift.ts'

const STEPS = [
  { days: -7, label: '−7 d' },
  { days: -1, label: '−1 d' },
  { days: 1, label: '+1 d' },
  { days: 7, label: '+7 d' },
]

interface ShiftPanelProps {
  preview: ShiftPreview
  onCancel: () => void
  onDone: () => void
}

/** How far, what would move, what to look at. Nothing changes before Move. */
export function ShiftPanel({ preview, onCancel, onDone }: ShiftPanelProps) {
  const { plan, options, anchor, set } = preview
  const pinned = plan.stays.filter(({ why }) => why === 'pinned').length
  const was = useId()
  return (
    <form
      className={styles.panel}
      onSubmit={async (event) => {
        event.preventDefault()
        if (!isEmptyShift(plan) && (await preview.apply())) onDone()
      }}
    >
      <div className={styles.how}>
        {anchor && (
          <div className={styles.dates}>
            <div className={styles.was}>
              <span id={was} className={styles.label}>
                {anchor.word} was
              </span>
              <output aria-labelledby={was} className={styles.old}>
                {formatDay(anchor.on)}
              </output>
            </div>
            <ArrowRight aria-hidden size={16} className={styles.arrow} />
            <div className={styles.was}>
              <span className={styles.label} aria-hidden="true">
                {anchor.word} is
              </span>
              <DayPicker
                label={`${anchor.word} is`}
                className={styles.next}
                value={anchorAfter(anchor, plan.days)}
                onChange={(on) => set({ days: daysBetween(anchor.on, on) })}
              />
            </div>
          </div>
        )}
        <div className={styles.steps}>
          {STEPS.map(({ days, label }) => (
            <Button key={days} size="sm" onClick={() => set({ days: options.days + days })}>
              <bdi>{label}</bdi>
            </Button>
          ))}
          <span className={styles.note} dir="auto">
            {plan.days === 0
              ? 'No days yet'
              : `${plan.days > 0 ? '+' : '−'}${Math.abs(plan.days)} d, ${stays(plan.days)}`}
          </span>
        </div>
        <div className={styles.switches}>
          {preview.launchFrom && (
            <Switch
              checked={options.fromDate !== undefined}
              onChange={(on) => set({ fromDate: on ? preview.launchFrom : undefined })}
            >
              From launch on
            </Switch>
          )}
          <Switch checked={options.skipWeekends} onChange={(skipWeekends) => set({ skipWeekends })}>
            Skip weekends
          </Switch>
          <Switch checked={options.skipBlackouts} onChange={(skipBlackouts) => set({ skipBlackouts })}>
            Skip blackout days
          </Switch>
        </div>
        <p className={styles.sums} aria-live="polite">
          <span dir="auto">
            <b>{plan.moves.length}</b> move
          </span>
          <span dir="auto">
            <b>{pinned}</b> pinned
          </span>
          <span dir="auto">
            <b>{plan.stays.length - pinned}</b> stay
          </span>
          {plan.findings.length > 0 && (
            <span className={styles.look} dir="auto">
              <b>{plan.findings.length}</b> to look at
            </span>
          )}
        </p>
      </div>
      <div className={styles.moves}>
        {plan.findings.length > 0 && (
          <div className={styles.findings}>
            {plan.findings.map((finding, index) => (
              <FindingLine key={index} finding={finding} preview={preview} />
            ))}
          </div>
        )}
        {plan.moves.length === 0 && (
          <p className={styles.none}>{plan.days === 0 ? 'Choose how far.' : 'No post would move.'}</p>
        )}
        <DayGroups moves={plan.moves} />
        <OtherDates preview={preview} />
      </div>
      <div className={styles.foot}>
        <Button keys={['Escape']} onClick={onCancel}>
          Cancel
        </Button>
        <Button
          variant="primary"
          type="submit"
          keys={['Enter']}
          unmet={isEmptyShift(plan) ? ['Nothing would move'] : []}
        >
          {plan.moves.length === 0 && !isEmptyShift(plan)
            ? 'Move the dates'
            : `Move ${plural(plan.moves.length, 'post')}`}
        </Button>
      </div>
    </form>
  )
}

const stays = (days: number) => (days % 7 === 0 ? 'weekday and time stay' : 'time of day stays')

/** Every move, by day: old date, new date. */
function DayGroups({ moves }: { moves: readonly ShiftMove[] }) {
  const groups = [...Map.groupBy(moves, ({ from, to }) => `${from.date}>${to.date}`).values()]
  return (
    <ol className={styles.days}>
      {groups.map((group) => {
        const [first] = group
        if (!first) return null
        return (
          <li key={`${first.from.date}>${first.to.date}`}>
            <h3 className={styles.day}>
              <span className={styles.from}>{formatDay(first.from.date)}</span>
              <ArrowRight size={12} aria-label="to" role="img" />
              <b>{formatDay(first.to.date)}</b>
              <span className={styles.count}>{group.length}</span>
            </h3>
            <ul className={styles.posts}>
              {group.map(({ post, to, adjustedBecause }) => (
                <li key={post.id} className={styles.move}>
                  <StatusIcon status={post.status} />
                  <time>{to.time}</time>
                  <span className={styles.title} title={post.title}>
                    {post.title || 'Untitled'}
                  </span>
                  {adjustedBecause && <span className={styles.because}>{BECAUSE[adjustedBecause]}</span>}
                </li>
              ))}
            </ul>
          </li>
        )
      })}
    </ol>
  )
}
const BECAUSE = { weekend: 'off the weekend', blackout: 'off a blackout day', chosen: 'spread' }

/** What else takes new dates, in one line. */
function OtherDates({ preview: { plan } }: { preview: ShiftPreview }) {
  const { phases, milestones, launchOn, startOn, endOn } = plan.campaignFields
  const before = plan.campaign
  const changed = <T,>(next: readonly T[] | undefined, old: readonly T[]) =>
    (next ?? []).filter((one, index) => JSON.stringify(one) !== JSON.stringify(old[index])).length
  const words = [
    startOn && 'the start',
    launchOn && 'the launch',
    endOn && 'the end',
    phases && plural(changed(phases, before.phases), 'phase'),
    milestones && plural(changed(milestones, before.milestones), 'milestone'),
    plan.tasks.length > 0 && plural(plan.tasks.length, 'task'),
  ].filter((word): word is string => Boolean(word))
  if (words.length === 0) return null
  const list = words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
  return <p className={styles.none}>With them: {list}.</p>
}

function FindingLine({ finding, preview }: { finding: ShiftFinding; preview: ShiftPreview }) {
  const { options, set } = preview
  switch (finding.kind) {
    case 'overfull': {
      const { spread } = finding
      return (
        <Finding
          tone="warning"
          icon={Layers2}
          text={
            <>
              <b>
                {formatDay(finding.date)} would carry {plural(finding.count, 'post')}.
              </b>{' '}
              Most is {finding.limit}.
            </>
          }
          actions={
            spread
              ? [
                  {
                    label: `Move ${spread.ids.length} to ${formatDay(spread.to)}`,
                    onSelect: () =>
                      set({
                        chosen: new Map([
                          ...(options.chosen ?? []),
                          ...spread.ids.map((id) => [id, spread.to] as const),
                        ]),
                      }),
                  },
                ]
              : []
          }
        />
      )
    }
    case 'past':
      return (
        <Finding
          tone="warning"
          icon={History}
          text={
            <>
              <b>{plural(finding.posts.length, 'post')} would land in the past</b> and{' '}
              {finding.posts.length === 1 ? 'stays' : 'stay'}:{' '}
              {finding.posts
                .slice(0, 3)
                .map(({ title }) => `“${title || 'Untitled'}”`)
                .join(', ')}
              {finding.posts.length > 3 && ` and ${finding.posts.length - 3} more`}.
            </>
          }
        />
      )
    case 'gap':
      return (
        <Finding
          tone="warning"
          icon={Clock4}
          text={
            <>
              <b>
                “{finding.move.post.title}”: {formatWhen(finding.move.to)} does not exist,
              </b>{' '}
              the clocks go forward. It would go out at {finding.after}.
            </>
          }
        />
      )
    case 'overlap':
      return (
        <Finding
          tone="warning"
          icon={Clock4}
          text={
            <>
              <b>
                “{finding.move.post.title}”: {formatWhen(finding.move.to)} exists twice.
              </b>{' '}
              The first one counts until chosen.
            </>
          }
        />
      )
    case 'on-blackout':
      return (
        <Finding
          tone="warning"
          icon={CalendarOff}
          text={
            <>
              <b>
                {plural(finding.moves.length, 'post')} would go out on {formatDay(finding.date)},
              </b>{' '}
              a blackout day
              {finding.text && ` (${finding.text})`}.
            </>
          }
          actions={[{ label: 'Skip blackout days', onSelect: () => set({ skipBlackouts: true }) }]}
        />
      )
    case 'blackout-avoided':
      return (
        <Finding
          tone="note"
          icon={CalendarOff}
          text={`${plural(finding.moves.length, 'post')} ${finding.moves.length === 1 ? 'goes' : 'go'} past a blackout day.`}
        />
      )
  }
}
