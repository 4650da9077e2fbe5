import { useState } from 'react'
import {
  FREQUENCIES,
  type Frequency,
  presetsOn,
  type RecurrenceRule,
  ruleWords,
} from '../../../shared/domain/recurrence.ts'
import { addDays, dateAt, type IsoDate } from '../../../shared/domain/time.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useSettings } from '../../ports/reference.tsx'
import { Button, NumberField, Select } from '../../ui/index.ts'
import { DayField } from '../DayField.tsx'
import { formatDay, plural, weekdayShort } from '../format.ts'
import { daysAhead, draftOn, type MonthPlace, type RuleDraft, ruleOfDraft } from './draft.ts'
import styles from './Repeat.module.css'

const SHOWN = 5
const UNITS: Readonly<Record<Frequency, string>> = {
  daily: 'days',
  weekly: 'weeks',
  monthly: 'months',
  yearly: 'years',
}
const PLACES: Readonly<Record<MonthPlace, string>> = {
  day: 'on day',
  'last-day': 'on the last day',
  '1': 'on the first',
  '2': 'on the second',
  '3': 'on the third',
  '4': 'on the fourth',
  '-1': 'on the last',
}
const ENDS: Readonly<Record<RuleDraft['end'], string>> = { never: 'never', until: 'on', count: 'after' }
/** A Monday, so that weekdays have names. */
const MONDAY = '2024-01-01'
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7].map((of) => ({ of, name: weekdayShort(addDays(MONDAY, of - 1)) }))
const optionsOf = <T extends string>(words: Readonly<Record<T, string>>, order: readonly T[]) =>
  order.map((value) => ({ value, label: words[value] }))

/** A rule put together, with the days it means. `day`: where the post stands. */
export function RepeatForm({ day, onSave }: { day: IsoDate; onSave: (rule: RecurrenceRule) => void }) {
  const { clock } = useDeps()
  const today = dateAt(clock.now(), useSettings().zone)
  const [draft, setDraft] = useState(() => draftOn(day))
  const set = (fields: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...fields }))
  const presets = presetsOn(day)
  const rule = ruleOfDraft(draft, day)
  const days = rule ? daysAhead(rule, day, today) : []
  const more = days.filter((on) => on > day).length
  return (
    <div className={styles.form}>
      <Select
        label="How it repeats"
        value={draft.preset === null ? 'own' : String(draft.preset)}
        onChange={(chosen) => {
          const preset = chosen === 'own' ? null : Number(chosen)
          // A rule of one's own begins with what stood there.
          const before = presets[preset ?? draft.preset ?? 1]
          set({ preset, frequency: before?.frequency ?? draft.frequency })
        }}
        options={[
          ...presets.map((preset, at) => ({ value: String(at), label: ruleWords(preset, day, formatDay) })),
          { separator: true as const },
          { value: 'own', label: 'Another rule' },
        ]}
      />
      {draft.preset === null && <OwnRule draft={draft} set={set} />}
      <div className={styles.line}>
        <span>Ends</span>
        <Select
          label="Ends"
          size="md"
          value={draft.end}
          onChange={(end) => set({ end })}
          options={optionsOf(ENDS, ['never', 'until', 'count'])}
        />
        {draft.end === 'until' && (
          <DayField
            aria-label="Last day"
            size="md"
            value={draft.until}
            min={day}
            onChange={(until) => set({ until })}
          />
        )}
        {draft.end === 'count' && (
          <NumberField
            aria-label="How many times"
            size="md"
            unit="times"
            min={1}
            max={400}
            value={draft.count}
            onChange={(count) => set({ count })}
          />
        )}
      </div>
      {rule && (
        <div className={styles.ahead}>
          <p>{ruleWords(rule, day, formatDay)}</p>
          {days.length === 0 && <p>No day to come fits this rule.</p>}
          <ol aria-label="Next dates">
            {days.slice(0, SHOWN).map((on) => (
              <li key={on}>{formatDay(on)}</li>
            ))}
          </ol>
          {days.length > SHOWN && (
            <p>
              and {days.length - SHOWN} more up to {formatDay(days.at(-1) ?? day)}
              {draft.end === 'never' ? ', then on' : ''}
            </p>
          )}
        </div>
      )}
      <Button
        variant="primary"
        unmet={rule ? (more === 0 ? ['A rule with a day to come'] : []) : ['A rule without gaps']}
        unmetTitle="What is missing"
        onClick={() => rule && onSave(rule)}
      >
        {rule && more > 0 ? `Plan ${plural(more, 'more post')}` : 'Repeat'}
      </Button>
    </div>
  )
}

function OwnRule({ draft, set }: { draft: RuleDraft; set: (fields: Partial<RuleDraft>) => void }) {
  return (
    <>
      <div className={styles.line}>
        <span>Every</span>
        <NumberField
          aria-label="Every how many"
          size="md"
          min={1}
          max={99}
          value={draft.interval}
          onChange={(interval) => set({ interval })}
        />
        <Select
          label="Unit"
          size="md"
          value={draft.frequency}
          onChange={(frequency) => set({ frequency })}
          options={optionsOf(UNITS, FREQUENCIES)}
        />
      </div>
      {draft.frequency === 'weekly' && (
        <fieldset className={styles.days} aria-label="Weekdays">
          {WEEKDAYS.map(({ of, name }) => {
            const chosen = draft.weekdays.includes(of)
            return (
              <Button
                key={of}
                size="sm"
                pressed={chosen}
                variant={chosen ? 'default' : 'ghost'}
                onClick={() =>
                  set({ weekdays: chosen ? draft.weekdays.filter((other) => other !== of) : [...draft.weekdays, of] })
                }
              >
                {name}
              </Button>
            )
          })}
        </fieldset>
      )}
      {draft.frequency === 'monthly' && (
        <div className={styles.line}>
          <Select
            label="Where in the month"
            size="md"
            value={draft.place}
            onChange={(place) => set({ place })}
            options={optionsOf(PLACES, ['day', 'last-day', '1', '2', '3', '4', '-1'])}
          />
          {draft.place === 'day' && (
            <NumberField
              aria-label="Day of the month"
              size="md"
              min={1}
              max={31}
              value={draft.monthDay}
              onChange={(monthDay) => set({ monthDay })}
            />
          )}
          {draft.place !== 'day' && draft.place !== 'last-day' && (
            <Select
              label="Weekday"
              size="md"
              value={String(draft.weekday)}
              onChange={(of) => set({ weekday: Number(of) })}
              options={WEEKDAYS.map(({ of, name }) => ({ value: String(of), label: name }))}
            />
          )}
        </div>
      )}
    </>
  )
}
