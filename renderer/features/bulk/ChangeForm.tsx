import { Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { BulkChange } from '../../../shared/domain/bulk.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { STATUS_LOOK } from '../../../shared/domain/status.ts'
import {
  CampaignPicker,
  ChannelPicker,
  LabelPicker,
  OwnerPicker,
  PillarPicker,
  StatusPicker,
} from '../../parts/index.ts'
import { useReference } from '../../ports/reference.tsx'
import { Button, Checkbox, IconButton, NumberField, SectionHead, TextField } from '../../ui/index.ts'
import styles from './BulkDialog.module.css'

interface ChangeFormProps {
  posts: readonly Post[]
  change: BulkChange
  onChange: (fields: BulkChange) => void
}

/** What is to become of the posts. A line says what they have in common until something is chosen for all. */
export function ChangeForm({ posts, change, onChange }: ChangeFormProps) {
  const { people, campaigns, pillars } = useReference()
  /** What the posts have, in words: the one thing they share, or how many different ones. */
  const shared = (read: (post: Post) => string, word: (value: string) => string): string => {
    const values = new Set(posts.map(read))
    const [only = ''] = values
    return values.size > 1 ? `${values.size} different` : word(only)
  }
  const replace = change.replace ?? { find: '', by: '', matchCase: false, wholeWords: true }
  const setReplace = (fields: Partial<typeof replace>) => {
    const next = { ...replace, ...fields }
    onChange({ replace: next.find === '' && next.by === '' ? undefined : next })
  }
  return (
    <div className={styles.form}>
      <SectionHead title="Set for all" />
      <Line label="Status" set={change.status !== undefined} onLeave={() => onChange({ status: undefined })}>
        <StatusPicker
          value={change.status ?? 'draft'}
          onChange={(status) => onChange({ status })}
          trigger={
            <Chosen set={change.status !== undefined}>
              {change.status
                ? STATUS_LOOK[change.status].word
                : shared(
                    ({ status }) => status,
                    (status) => STATUS_LOOK[status as Post['status']]?.word ?? '',
                  )}
            </Chosen>
          }
        />
      </Line>
      <Line label="Owner" set={change.ownerId !== undefined} onLeave={() => onChange({ ownerId: undefined })}>
        <OwnerPicker
          value={change.ownerId ?? ''}
          onChange={(ownerId) => onChange({ ownerId })}
          trigger={
            <Chosen set={change.ownerId !== undefined}>
              {nameOr(
                change.ownerId,
                shared(idOf('ownerId'), (id) => people.get(id)?.name ?? 'Nobody'),
                (id) => people.get(id)?.name,
                'Nobody',
              )}
            </Chosen>
          }
        />
      </Line>
      <Line label="Campaign" set={change.campaignId !== undefined} onLeave={() => onChange({ campaignId: undefined })}>
        <CampaignPicker
          value={change.campaignId ?? ''}
          onChange={(campaignId) => onChange({ campaignId })}
          trigger={
            <Chosen set={change.campaignId !== undefined}>
              {nameOr(
                change.campaignId,
                shared(idOf('campaignId'), (id) => campaigns.get(id)?.name ?? 'No campaign'),
                (id) => campaigns.get(id)?.name,
                'No campaign',
              )}
            </Chosen>
          }
        />
      </Line>
      <Line label="Pillar" set={change.pillarId !== undefined} onLeave={() => onChange({ pillarId: undefined })}>
        <PillarPicker
          value={change.pillarId ?? ''}
          onChange={(pillarId) => onChange({ pillarId })}
          trigger={
            <Chosen set={change.pillarId !== undefined}>
              {nameOr(
                change.pillarId,
                shared(idOf('pillarId'), (id) => pillars.get(id)?.name ?? 'No pillar'),
                (id) => pillars.get(id)?.name,
                'No pillar',
              )}
            </Chosen>
          }
        />
      </Line>

      <SectionHead title="Add and take off" />
      <Line label="Add labels">
        <LabelPicker size="md" value={change.addLabels ?? []} onChange={(addLabels) => onChange({ addLabels })} />
      </Line>
      <Line label="Take labels off">
        <LabelPicker
          size="md"
          value={change.removeLabels ?? []}
          onChange={(removeLabels) => onChange({ removeLabels })}
        />
      </Line>
      <Line label="Add channels">
        <ChannelPicker
          size="md"
          value={change.addChannels ?? []}
          onChange={(addChannels) => onChange({ addChannels })}
        />
      </Line>
      <Line label="Take channels off">
        <ChannelPicker
          size="md"
          value={change.removeChannels ?? []}
          onChange={(removeChannels) => onChange({ removeChannels })}
        />
      </Line>

      <SectionHead title="Move" note="on the clock of each plan" />
      <Line label="Days">
        <NumberField
          aria-label="Days"
          value={change.days ?? 0}
          min={-3650}
          max={3650}
          onChange={(days) => onChange({ days: days || undefined })}
        />
      </Line>
      <Line label="Minutes">
        <NumberField
          aria-label="Minutes"
          value={change.minutes ?? 0}
          min={-1440}
          max={1440}
          step={15}
          onChange={(minutes) => onChange({ minutes: minutes || undefined })}
        />
      </Line>

      <SectionHead title="Find and replace" note="titles, texts, own texts" />
      <Line label="Find">
        <TextField aria-label="Find" size="md" value={replace.find} onChange={(find) => setReplace({ find })} />
      </Line>
      <Line label="Replace by">
        <TextField aria-label="Replace by" size="md" value={replace.by} onChange={(by) => setReplace({ by })} />
      </Line>
      <div className={styles.checks}>
        <Checkbox checked={replace.wholeWords} onChange={(wholeWords) => setReplace({ wholeWords })}>
          Whole words
        </Checkbox>
        <Checkbox checked={replace.matchCase} onChange={(matchCase) => setReplace({ matchCase })}>
          Match case
        </Checkbox>
      </div>
    </div>
  )
}

const idOf = (field: 'ownerId' | 'campaignId' | 'pillarId') => (post: Post) => post[field]

/** The chosen one by name; what they have now while none is chosen. */
const nameOr = (chosen: string | undefined, now: string, name: (id: string) => string | undefined, none: string) =>
  chosen === undefined ? now : (name(chosen) ?? none)

function Chosen({ set, children, ...rest }: { set: boolean; children: ReactNode }) {
  return (
    <Button {...rest} variant={set ? 'default' : 'ghost'} className={set ? undefined : styles.asItIs}>
      <span className="ell">{children}</span>
    </Button>
  )
}

interface LineProps {
  label: string
  /** Something is chosen for all. */
  set?: boolean
  onLeave?: () => void
  children: ReactNode
}

const Line = ({ label, set, onLeave, children }: LineProps) => (
  <div className={styles.line}>
    <span>{label}</span>
    <div>{children}</div>
    {set && onLeave && (
      <IconButton icon={Undo2} size="sm" label={`Leave as it is: ${label.toLowerCase()}`} onClick={onLeave} />
    )}
  </div>
)
