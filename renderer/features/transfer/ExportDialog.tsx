import { useRef, useState } from 'react'
import { dateAt, monthOf } from '../../../shared/domain/time.ts'
import type { PostFilter } from '../../../shared/domain/workspace.ts'
import { DayField, plural } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { useSettings } from '../../ports/reference.tsx'
import { Button, type Condition, Dialog, Field, Finding, RadioGroup, toast } from '../../ui/index.ts'
import styles from './ExportDialog.module.css'
import { exportInWorker } from './exporter.ts'
import { countExport, type ExportChoice, type ExportFormat, MOST_SAVED } from './exportFiles.ts'

const FORMATS: readonly { value: ExportFormat; label: string; hint: string }[] = [
  {
    value: 'markdown',
    label: 'Markdown folder',
    hint: 'A file per post with its fields on top, pictures beside, packed as .zip',
  },
  { value: 'csv', label: 'CSV table', hint: 'A row per post, for spreadsheets' },
  { value: 'ics', label: 'Calendar (.ics)', hint: 'Titles and times, for any calendar; undated posts stay out' },
  {
    value: 'json',
    label: 'Outpost file (.json)',
    hint: 'Everything but history, to be brought in again; a .zip when there are pictures',
  },
]

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1_000_000).toLocaleString('en')} MB`
type Media = 'shown' | 'library'
type Scope = 'all' | 'filtered' | 'range'

/** Writes posts into a file other programs read. What lies in the trash is never in it. */
export function ExportDialog({ filter, onClose }: { filter?: PostFilter; onClose: () => void }) {
  const { db, shell, clock, workspace } = useDeps()
  const settings = useSettings()
  const [format, setFormat] = useState<ExportFormat>('markdown')
  const [scope, setScope] = useState<Scope>(filter ? 'filtered' : 'all')
  const [media, setMedia] = useState<Media>('library')
  const [range, setRange] = useState(() => monthOf(dateAt(clock.now(), settings.zone)))
  const [failure, setFailure] = useState('')
  const [busy, setBusy] = useState(false)

  const choice: ExportChoice = {
    format,
    ...(scope === 'filtered' && filter ? { filter } : {}),
    ...(scope === 'range' ? { range } : {}),
    ...(format === 'json' ? { library: scope === 'all' && media === 'library' } : {}),
  }
  const backwards = scope === 'range' && range.from > range.to
  const counted = useQuery((live) => countExport(live, choice), [format, scope, range.from, range.to, filter])
  const last = useRef<HTMLInputElement>(null)
  const unmet: Condition[] = [
    ...(backwards ? [{ text: 'The last day must not be before the first', focus: () => last.current?.focus() }] : []),
    ...(counted?.posts === 0 && format !== 'json' ? ['There is no post to write'] : []),
    ...(busy ? ['The file is being written'] : []),
  ]

  const save = async () => {
    setBusy(true)
    setFailure('')
    const about = { name: workspace.entry.name, now: clock.now(), settings: { zone: settings.zone } }
    const made = await exportInWorker({ dbName: db.name, choice, about }).finally(() => setBusy(false))
    const size = made.ok ? made.value.bytes.length : made.error.bytes
    if (!made.ok || size > MOST_SAVED) {
      setFailure(
        `The file would have ${megabytes(size)}, and up to ${megabytes(MOST_SAVED)} are saved in one piece. ${choice.library ? 'Leave out what no post shows, or choose a range of days.' : 'Choose a range of days.'}`,
      )
      return
    }
    const { name, bytes, posts } = made.value
    const saved = await shell.save(name, bytes)
    if (!saved.ok) {
      if (saved.error.kind !== 'cancelled') setFailure(saved.error.message)
      return
    }
    const { path } = saved.value
    toast({
      text: `${plural(posts, 'post')} saved as ${path}`,
      action: { label: 'Show file', onSelect: () => void shell.showFile(path) },
    })
    onClose()
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Export posts"
      size="md"
      footer={
        <>
          <span className={styles.count} role="status">
            {counted && countInWords(counted, format)}
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" unmet={unmet} unmetTitle="Before this can be saved" onClick={() => void save()}>
            {busy ? 'Writing…' : 'Save'}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        <Field label="Format">
          <RadioGroup label="Format" value={format} onChange={setFormat} options={FORMATS} />
        </Field>
        <Field label="Posts">
          <RadioGroup<Scope>
            label="Posts"
            value={scope}
            onChange={setScope}
            options={[
              { value: 'all', label: 'All' },
              ...(filter ? [{ value: 'filtered' as const, label: 'Those the filter shows' }] : []),
              { value: 'range', label: 'Planned between two days' },
            ]}
          />
        </Field>
        {scope === 'range' && (
          <div className={styles.range}>
            <Field label="First day">
              <DayField value={range.from} onChange={(from) => from && setRange({ ...range, from })} />
            </Field>
            <Field label="Last day" error={backwards ? 'Before the first day' : undefined}>
              <DayField ref={last} value={range.to} onChange={(to) => to && setRange({ ...range, to })} />
            </Field>
          </div>
        )}
        {format === 'json' && scope === 'all' && (
          <Field label="Media">
            <RadioGroup<Media>
              label="Media"
              value={media}
              onChange={setMedia}
              options={[
                { value: 'library', label: 'The whole library' },
                { value: 'shown', label: 'Those the posts show' },
              ]}
            />
          </Field>
        )}
        {failure && (
          <div role="alert">
            <Finding tone="error" text={failure} />
          </div>
        )}
      </div>
    </Dialog>
  )
}

const countInWords = ({ posts, undated }: { posts: number; undated: number }, format: ExportFormat) =>
  format === 'ics' && undated > 0
    ? `${plural(posts, 'post')}; ${undated} without a date ${undated === 1 ? 'stays' : 'stay'} out`
    : plural(posts, 'post')
