import { Sprout } from 'lucide-react'
import { useState } from 'react'
import { DEFAULT_EVERGREEN, dayOfYear, daysOfMonth, type EvergreenRule } from '../../../shared/domain/evergreen.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { setEvergreen } from '../../data/commands/evergreen.ts'
import { named } from '../../data/commands/posts.ts'
import { useDeps } from '../../ports/deps.tsx'
import { openDialog } from '../../ports/dialogs.ts'
import { Button, Checkbox, Field, Link, NumberField, Popover, PropertyRow, Select, toast } from '../../ui/index.ts'
import { monthShort } from '../format.ts'
import { useUndo } from '../useUndo.ts'
import styles from './Repeat.module.css'
import { evergreenWords } from './words.ts'

/** Whether a post may go out again, and how often. */
export function EvergreenRow({ post }: { post: Post }) {
  const { store } = useDeps()
  const { undo } = useUndo()
  const [open, setOpen] = useState(false)
  const set = async (rule: EvergreenRule | null) => {
    const done = await setEvergreen(store, [post.id], rule)
    if (!done.ok) return
    setOpen(false)
    const words = rule ? `is an evergreen: ${evergreenWords(rule)}` : 'is no evergreen any more'
    toast({ text: `${named([post])} ${words}`, undo })
  }
  const words = post.evergreen ? evergreenWords(post.evergreen) : 'Off'
  return (
    <PropertyRow label="Evergreen">
      <Popover
        label="Evergreen"
        width={288}
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button variant="ghost" size="sm" icon={Sprout} className={styles.button} aria-label={`Evergreen: ${words}`}>
            <span className="ell">{words}</span>
          </Button>
        }
      >
        <EvergreenForm
          rule={post.evergreen}
          onSave={(rule) => void set(rule)}
          onFill={() => {
            setOpen(false)
            openDialog({ kind: 'evergreen' })
          }}
        />
      </Popover>
    </PropertyRow>
  )
}

const SPRING = { from: '03-01', to: '05-31' }

interface EvergreenFormProps {
  readonly rule: EvergreenRule | null
  readonly onSave: (rule: EvergreenRule | null) => void
  readonly onFill: () => void
}

function EvergreenForm({ rule, onSave, onFill }: EvergreenFormProps) {
  const [draft, setDraft] = useState(rule ?? DEFAULT_EVERGREEN)
  const set = (fields: Partial<EvergreenRule>) => setDraft((before) => ({ ...before, ...fields }))
  const { cooldown, season, most } = draft
  return (
    <div className={styles.form}>
      <Field label="Rests between two uses on a channel">
        <NumberField
          size="md"
          unit="days"
          min={0}
          max={3650}
          value={cooldown}
          onChange={(days) => set({ cooldown: Math.max(0, Math.round(days ?? 0)) })}
        />
      </Field>
      <Field label="Uses at most" help="0: no limit. Its first use counts.">
        <NumberField
          size="md"
          min={0}
          max={999}
          value={most}
          onChange={(uses) => set({ most: Math.max(0, Math.round(uses ?? 0)) })}
        />
      </Field>
      <Checkbox checked={season !== null} onChange={(only) => set({ season: only ? (rule?.season ?? SPRING) : null })}>
        Only in a part of the year
      </Checkbox>
      {season && (
        <>
          <DayOfYear label="From" value={season.from} onChange={(from) => set({ season: { ...season, from } })} />
          <DayOfYear label="To" value={season.to} onChange={(to) => set({ season: { ...season, to } })} />
          {season.from > season.to && <p className={styles.quiet}>Runs over New Year.</p>}
        </>
      )}
      <div className={styles.foot}>
        <Button variant="primary" onClick={() => onSave(draft)}>
          {rule ? 'Save' : 'Use again'}
        </Button>
        {rule && (
          <Button variant="ghost" onClick={() => onSave(null)}>
            No evergreen
          </Button>
        )}
      </div>
      <Link onClick={onFill}>Fill gaps from evergreens…</Link>
    </div>
  )
}

const MONTHS = Array.from({ length: 12 }, (_, at) => {
  const month = String(at + 1).padStart(2, '0')
  return { value: month, label: monthShort(`2024-${month}-01`) }
})

/** A day of whatever year, as `MM-DD`. */
function DayOfYear({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const [month = '01', day = '01'] = value.split('-')
  return (
    <div className={styles.line}>
      <span>{label}</span>
      <NumberField
        aria-label={`${label}: day`}
        size="md"
        min={1}
        max={daysOfMonth(month)}
        value={Number(day)}
        onChange={(next) => next !== null && onChange(dayOfYear(month, Math.round(next)))}
      />
      <Select
        label={`${label}: month`}
        size="md"
        value={month}
        options={MONTHS}
        // The 31st of one month is the last of the next.
        onChange={(next) => onChange(dayOfYear(next, Number(day)))}
      />
    </div>
  )
}
