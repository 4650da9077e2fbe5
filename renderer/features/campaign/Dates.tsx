import { X } from 'lucide-react'
import type { Campaign, Milestone, Phase } from '../../../shared/domain/campaign.ts'
import { addDays, dateAt, type IsoDate } from '../../../shared/domain/time.ts'
import { newId } from '../../../shared/lib/ids.ts'
import { editCampaign } from '../../data/commands/campaigns.ts'
import { DayPicker } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useSettings } from '../../ports/reference.tsx'
import { Finding, IconButton, Rows, SectionHead } from '../../ui/index.ts'
import { AddLine } from './AddLine.tsx'
import styles from './Campaign.module.css'
import { InlineText } from './InlineText.tsx'

const BOUNDS = [
  { key: 'startOn', label: 'Starts' },
  { key: 'launchOn', label: 'Launch' },
  { key: 'endOn', label: 'Ends' },
] as const

/** Start, launch and end, the phases between them and the days that matter. */
export function Dates({ campaign }: { campaign: Campaign }) {
  const { store, clock } = useDeps()
  const { zone } = useSettings()
  const edit = (fields: Parameters<typeof editCampaign>[2], what: string, gesture?: string) =>
    editCampaign(store, campaign.id, fields, what, gesture)
  const today = dateAt(clock.now(), zone)
  const { phases, milestones, startOn, endOn } = campaign
  const setPhase = (id: string, fields: Partial<Phase>, gesture?: string) =>
    edit(
      (now) => ({
        phases: now.phases.map((phase) => (phase.id === id ? ordered({ ...phase, ...fields }, fields) : phase)),
      }),
      'Phases',
      gesture,
    )
  const setMilestone = (id: string, fields: Partial<Milestone>, gesture?: string) =>
    edit(
      (now) => ({ milestones: now.milestones.map((one) => (one.id === id ? { ...one, ...fields } : one)) }),
      'Milestones',
      gesture,
    )
  const nextStart: IsoDate =
    phases.length > 0
      ? addDays(
          phases
            .map(({ to }) => to)
            .sort()
            .at(-1) ?? today,
          1,
        )
      : (startOn ?? today)
  return (
    <section aria-label="Dates" className={styles.section}>
      <SectionHead title="Dates" level={2} />
      <div className={styles.bounds}>
        {BOUNDS.map(({ key, label }) => (
          <div key={key} className={styles.bound}>
            <span aria-hidden="true">{label}</span>
            <DayPicker
              label={label}
              value={campaign[key]}
              onChange={(date) => void edit({ [key]: date }, 'Dates')}
              onClear={() => void edit({ [key]: null }, 'Dates')}
            />
          </div>
        ))}
      </div>
      {startOn && endOn && endOn < startOn && <Finding tone="warning" text="It ends before it starts." />}
      <h3 className={styles.small}>Phases</h3>
      <Rows className={styles.spans}>
        {phases.map((phase) => (
          <li key={phase.id} className={styles.span}>
            <InlineText
              label="Phase"
              value={phase.name}
              onSave={(name, gesture) => setPhase(phase.id, { name }, gesture)}
            />
            <DayPicker
              quiet
              className={styles.day}
              label={`${phase.name} from`}
              value={phase.from}
              onChange={(from) => void setPhase(phase.id, { from })}
            />
            <span aria-hidden>–</span>
            <DayPicker
              quiet
              className={styles.day}
              label={`${phase.name} to`}
              value={phase.to}
              onChange={(to) => void setPhase(phase.id, { to })}
            />
            <IconButton
              icon={X}
              size="sm"
              label={`Remove phase ${phase.name}`}
              tooltip={false}
              className={styles.quiet}
              onClick={() => void edit((now) => ({ phases: now.phases.filter(({ id }) => id !== phase.id) }), 'Phases')}
            />
          </li>
        ))}
      </Rows>
      <AddLine
        label="New phase"
        placeholder="Add a phase"
        onAdd={(name) =>
          void edit(
            (now) => ({ phases: [...now.phases, { id: newId(), name, from: nextStart, to: addDays(nextStart, 6) }] }),
            'Phases',
          )
        }
      />
      <h3 className={styles.small}>Milestones</h3>
      <Rows className={styles.spans}>
        {milestones
          .toSorted((a, b) => a.on.localeCompare(b.on))
          .map((milestone) => (
            <li key={milestone.id} className={styles.span}>
              <InlineText
                label="Milestone"
                value={milestone.name}
                onSave={(name, gesture) => setMilestone(milestone.id, { name }, gesture)}
              />
              <DayPicker
                quiet
                className={styles.day}
                label={`Day of ${milestone.name}`}
                value={milestone.on}
                onChange={(on) => void setMilestone(milestone.id, { on })}
              />
              <IconButton
                icon={X}
                size="sm"
                label={`Remove milestone ${milestone.name}`}
                tooltip={false}
                className={styles.quiet}
                onClick={() =>
                  void edit(
                    (now) => ({ milestones: now.milestones.filter(({ id }) => id !== milestone.id) }),
                    'Milestones',
                  )
                }
              />
            </li>
          ))}
      </Rows>
      <AddLine
        label="New milestone"
        placeholder="Add a milestone"
        onAdd={(name) =>
          void edit(
            (now) => ({
              milestones: [...now.milestones, { id: newId(), name, on: campaign.launchOn ?? startOn ?? today }],
            }),
            'Milestones',
          )
        }
      />
    </section>
  )
}

/** A phase whose one end passes the other takes that along. */
const ordered = (phase: Phase, changed: Partial<Phase>): Phase => {
  if (phase.from <= phase.to) return phase
  return changed.from ? { ...phase, to: phase.from } : { ...phase, from: phase.to }
}
