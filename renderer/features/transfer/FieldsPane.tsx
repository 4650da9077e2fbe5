import { ArrowRight, ChevronDown, ChevronRight } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { POST_STATUSES, type PostStatus, STATUS_LOOK } from '../../../shared/domain/status.ts'
import type { FieldSummary, Target } from '../../../shared/interchange/model.ts'
import { formatCount, plural, StatusPill } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { type Reference, useReference } from '../../ports/reference.tsx'
import { Combobox, cx, Field, Select, type SelectOption, TimeField } from '../../ui/index.ts'
import { type Check, type Choices, statusAfter, unknownStatusWords } from './check.ts'
import styles from './Import.module.css'
import type { Reading } from './reading.ts'
import type { ImportState } from './useImport.ts'
import { countPictures, newNames } from './whatIsNew.ts'

const TARGET_WORDS: Readonly<Record<Target, string>> = {
  title: 'Title',
  text: 'Text',
  summary: 'Summary',
  date: 'Date and time',
  time: 'Time',
  zone: 'Zone',
  dueOn: 'Due',
  status: 'Status',
  channels: 'Channels',
  campaign: 'Campaign',
  pillar: 'Pillar',
  owner: 'Owner',
  authors: 'Authors',
  labels: 'Labels',
  notes: 'Notes',
  image: 'Picture',
  imageAlt: 'Alt text',
  media: 'Pictures in order',
  slug: 'Short name',
  link: 'Link',
  id: 'Id',
  extra: 'Only kept',
}
/** What only a table has in a field of its own. */
const TABLE_ONLY: readonly Target[] = ['text', 'time', 'zone', 'link']
/** What only the front matter of a file has. */
const FILE_ONLY: readonly Target[] = ['media']

type Facts = ReturnType<typeof factsOf>
const factsOf = (reading: Reading, check: Check, words: Choices['statusWords'], now: number, reference: Reference) => ({
  unclear: reading.problems.filter(({ kind }) => kind === 'ambiguous-date').length,
  words: unknownStatusWords(reading),
  statuses: Map.groupBy(check.ready, ({ post }) => statusAfter(post, words, now)),
  news: newNames(check.ready, reading.contents, reference),
})

/** How columns and keys are read, where posts go, and what will be there afterwards. */
export function FieldsPane({ state }: { state: ImportState }) {
  const { reading, check, answers, choices, picked, writing } = state
  const [all, setAll] = useState(false)
  const { clock } = useDeps()
  const reference = useReference()
  const zones = useMemo(
    () =>
      Intl.supportedValuesOf('timeZone')
        .concat('UTC')
        .map((zone) => ({ id: zone, label: zone.replaceAll('_', ' ') })),
    [],
  )
  const pictures = useMemo(() => reading && countPictures(reading, picked?.files ?? []), [reading, picked])
  const known = useRef<Facts>(null)
  const facts = useMemo(() => {
    // What is being brought in is not news any more; the answer from before stands until the screen goes.
    if (!writing && reading && check)
      known.current = factsOf(reading, check, choices.statusWords, clock.now(), reference)
    return known.current
  }, [reading, check, choices.statusWords, clock, reference, writing])
  if (!reading || !facts || !pictures) return null

  const targets: SelectOption<Target>[] = (Object.keys(TARGET_WORDS) as Target[])
    .filter((target) => !(reading.tables.length > 0 ? FILE_ONLY : TABLE_ONLY).includes(target))
    .map((value) => ({ value, label: TARGET_WORDS[value] }))
  const amber = (target: Target) =>
    target === 'date' && facts.unclear > 0
      ? `${formatCount(facts.unclear)} not clear`
      : target === 'image' && pictures.missing.lead > 0
        ? `${formatCount(pictures.missing.lead)} not here`
        : ''

  const isShown = ({ key, target }: FieldSummary) => all || target !== 'extra' || answers.mapping[key] !== undefined
  const kept = reading.fields.filter(({ key, target }) => target === 'extra' && answers.mapping[key] === undefined)
  const row = ({ key, count, target, sample }: FieldSummary) => (
    <div key={key} className={styles.field}>
      <span className={styles.key}>
        <span className={cx(styles.mono, 'ell')} title={key}>
          {key}
        </span>
        <span className="xs faint num">in {formatCount(count)}</span>
      </span>
      <ArrowRight aria-hidden size={14} className="faint" />
      <Select
        size="sm"
        label={`${key} is read as`}
        value={target}
        options={targets}
        onChange={(next) => state.answer({ mapping: { ...answers.mapping, [key]: next } })}
      />
      <span className={styles.sample}>
        <span className="ell" title={sample}>
          {inWords(sample)}
        </span>
        {amber(target) && <span className={styles.warn}>{amber(target)}</span>}
      </span>
    </div>
  )

  return (
    <section aria-label="Fields" className={styles.pane}>
      <header className={styles.paneHead}>
        <h2>Fields</h2>
        <span className="faint sm ell">{headNote(state)}</span>
      </header>
      <div className={styles.scroll}>
        {reading.fields.filter(isShown).map(row)}
        {kept.length > 0 && (
          <button type="button" className={styles.more} aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? <ChevronDown aria-hidden size={14} /> : <ChevronRight aria-hidden size={14} />}
            {all ? 'Fewer' : `${plural(kept.length, 'more', 'more')}, only kept with the post`}
          </button>
        )}
        <div className={styles.section}>
          <h3>What comes in</h3>
          <p className={styles.pills}>
            {POST_STATUSES.map((status) => {
              const count = facts.statuses.get(status)?.length ?? 0
              return count === 0 ? null : (
                <span key={status} className={styles.pill}>
                  <StatusPill status={status} />
                  <span className="num">{formatCount(count)}</span>
                </span>
              )
            })}
          </p>
          {facts.news.length > 0 && <p className="sm muted">New here: {facts.news.join(', ')}.</p>}
          {pictures.found > 0 && <p className="sm muted">{plural(pictures.found, 'picture')} with them.</p>}
          {pictures.missing.inText > 0 && (
            <p className="sm muted">
              {plural(pictures.missing.inText, 'picture')} named in texts{' '}
              {pictures.missing.inText === 1
                ? 'is not here; its address stays.'
                : 'are not here; their addresses stay.'}
            </p>
          )}
          {reading.notes.length > 0 && <p className="sm muted">{plural(reading.notes.length, 'day note')} as well.</p>}
          <p className="sm faint">
            Nothing goes out again: a post without a status is filed as published when its time has passed.
          </p>
        </div>
        {facts.words.length > 0 && (
          <div className={styles.section}>
            <h3>Words for status</h3>
            {facts.words.map(({ word, count }) => (
              <div key={word} className={styles.word}>
                <span className={styles.key}>
                  <span className={cx(styles.mono, 'ell')}>{word}</span>
                  <span className="xs faint num">in {formatCount(count)}</span>
                </span>
                <ArrowRight aria-hidden size={14} className="faint" />
                <Select<PostStatus | ''>
                  size="sm"
                  label={`The word ${word} means`}
                  value={choices.statusWords[word] ?? ''}
                  options={[
                    { value: '', label: 'By its date' },
                    ...POST_STATUSES.map((value) => ({ value, label: STATUS_LOOK[value].word })),
                  ]}
                  onChange={(status) => {
                    const { [word]: _before, ...others } = choices.statusWords
                    state.choose({ statusWords: status === '' ? others : { ...others, [word]: status } })
                  }}
                />
              </div>
            ))}
          </div>
        )}
        <div className={styles.section}>
          <h3>Where nothing is said</h3>
          <div className={styles.options}>
            <Field label="Zone">
              <Combobox
                label="Zone of dates without one"
                items={zones}
                value={answers.zone}
                onChange={(zone) => zone && state.answer({ zone })}
              />
            </Field>
            <Field label="Time">
              <TimeField value={answers.time} onChange={(time) => time && state.answer({ time })} />
            </Field>
            <Field label="Channel">
              <Select
                value={answers.channelId}
                options={[
                  { value: '', label: 'None' },
                  ...reference.channels.list.map(({ id, name }) => ({ value: id, label: name })),
                ]}
                onChange={(channelId) => state.place({ channelId })}
              />
            </Field>
            <Field label="Campaign">
              <Select
                value={answers.campaignId}
                options={[
                  { value: '', label: 'None' },
                  ...reference.campaigns.list.map(({ id, name }) => ({ value: id, label: name })),
                ]}
                onChange={(campaignId) => state.place({ campaignId })}
              />
            </Field>
            {reading.files.ics > 0 && (
              <Field label="Whole days become">
                <Select
                  value={answers.allDay}
                  options={[
                    { value: 'note', label: 'Day notes' },
                    { value: 'post', label: 'Posts' },
                  ]}
                  onChange={(allDay) => state.answer({ allDay })}
                />
              </Field>
            )}
          </div>
        </div>
      </div>
    </section>
  )
}

/** A list of a front matter as a reader would say it. */
const inWords = (sample: string) =>
  sample.startsWith('["') ? sample.replace(/^\["|"\]?$/g, '').replaceAll('","', ', ') : sample

function headNote({ reading }: ImportState): string {
  if (!reading) return ''
  const { fields, files, tables } = reading
  if (fields.length === 0) return 'fixed in this format'
  if (tables.length > 0) return `${plural(fields.length, 'column')}${maker(tables[0]?.maker)}`
  return files.markdown > 0 ? `${plural(fields.length, 'key')} in the front matter, body is the text` : ''
}
const maker = (made: string | undefined) =>
  made === 'hootsuite'
    ? ', a Hootsuite bulk file'
    : made === 'buffer'
      ? ', a Buffer bulk file'
      : made === 'outpost'
        ? ', written by Outpost'
        : ''
