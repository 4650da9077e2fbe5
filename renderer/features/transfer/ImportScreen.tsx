import { ArrowLeft, ChevronDown, FolderOpen } from 'lucide-react'
import { memo, useMemo, useRef, useState } from 'react'
import { plural, ScreenLayout } from '../../parts/index.ts'
import { useCommands } from '../../ports/commands.ts'
import { useDeps } from '../../ports/deps.tsx'
import { goBack } from '../../ports/navigation.ts'
import { useSettings } from '../../ports/reference.tsx'
import { Button, type Condition, Finding, IconButton, Menu, Progress, TopBar, toast } from '../../ui/index.ts'
import { ChecksPane, canSelect, type Line, linesOf, type Tab } from './ChecksPane.tsx'
import type { Check } from './check.ts'
import { FieldsPane } from './FieldsPane.tsx'
import styles from './Import.module.css'
import type { Misfits } from './misfits.ts'
import { PreviewPane } from './PreviewPane.tsx'
import { type Reading, targetsOf } from './reading.ts'
import { SourceStep } from './SourceStep.tsx'
import { Steps } from './Steps.tsx'
import { type ImportState, useImport } from './useImport.ts'

/** Bringing in posts: source, fields, check, and the one step that writes. */
export default function ImportScreen() {
  const state = useImport()
  const { reading, picked } = state
  return (
    <ScreenLayout>
      <TopBar title="Bring in posts" end={reading && reading.tables.length > 0 && <SavedMappings state={state} />}>
        <span className={styles.back}>
          <IconButton icon={ArrowLeft} label="Back" onClick={reading ? state.restart : goBack} />
        </span>
        {picked && (
          <span className={styles.what}>
            <FolderOpen aria-hidden size={14} />
            <span className="ell">{reading ? `${picked.name}, ${filesInWords(reading)}` : picked.name}</span>
          </span>
        )}
      </TopBar>
      {reading ? <CheckStep state={state} reading={reading} /> : <Start state={state} />}
    </ScreenLayout>
  )
}

function Start({ state }: { state: ImportState }) {
  return (
    <>
      <Steps at={1} />
      <SourceStep failure={state.failure} working={state.working} onPick={state.start} />
    </>
  )
}

function CheckStep({ state, reading }: { state: ImportState; reading: Reading }) {
  const { check, misfits, working, writing, failure } = state
  const { shell } = useDeps()
  const [chosenTab, setTab] = useState<Tab | null>(null)
  const [chosen, setChosen] = useState('')
  const firstTab: Tab = !check
    ? 'look'
    : check.counts.look > 0
      ? 'look'
      : check.counts.ready > 0
        ? 'ready'
        : check.counts.here > 0
          ? 'here'
          : 'look'
  const tab = chosenTab ?? firstTab
  const lines = useMemo(() => (check ? linesOf(check, tab) : []), [check, tab])
  const places = lines.filter(canSelect)
  const lastAt = useRef(0)
  const found = places.findIndex(({ id }) => id === chosen)
  // What was answered or left out is gone from the list: its neighbour takes its place.
  const at = found >= 0 ? found : Math.max(0, Math.min(lastAt.current, places.length - 1))
  lastAt.current = at
  const current = places[at]
  const step = (by: number) => {
    const next = places[at + by]
    return next && (() => setChosen(next.id))
  }

  const ready = check?.counts.ready ?? 0
  const bringable = ready > 0 || reading.notes.length > 0
  const untitled = reading.problems.some(({ kind }) => kind === 'unknown-column')
  const panes = useRef<HTMLDivElement>(null)
  const focusFields = () => panes.current?.querySelector<HTMLElement>('[role="combobox"]')?.focus()
  const unmet: Condition[] = [
    ...(untitled ? [{ text: 'Say which column is the title or the text', focus: focusFields }] : []),
    ...(bringable ? [] : ['At least one post must be ready']),
    ...(working ? ['Wait until the work under way is done'] : []),
  ]
  const bring = () => {
    if (check && unmet.length === 0) void state.bring(check)
  }
  const saveProblems = async () => {
    const said = [...reading.problems.map(({ sentence }) => sentence), ...misfitLines(reading, misfits)]
    const text = `${said.join('\n')}\n`
    const saved = await shell.save('import-problems.txt', new TextEncoder().encode(text))
    if (saved.ok)
      toast({
        text: `Saved ${saved.value.path}`,
        action: { label: 'Show file', onSelect: () => void shell.showFile(saved.value.path) },
      })
    else if (saved.error.kind !== 'cancelled') toast({ text: saved.error.message, tone: 'error' })
  }

  useCommands([
    {
      id: 'import.next',
      title: 'Next post or problem',
      section: 'Bring in',
      keys: 'J',
      keyOnly: true,
      run: () => step(1)?.(),
    },
    {
      id: 'import.previous',
      title: 'Previous post or problem',
      section: 'Bring in',
      keys: 'K',
      keyOnly: true,
      run: () => step(-1)?.(),
    },
    {
      id: 'import.bring',
      title: 'Bring in what is ready',
      section: 'Bring in',
      keys: 'Mod+Enter',
      inFields: true,
      enabled: () => unmet.length === 0,
      run: bring,
    },
  ])

  if (!check) return null
  return (
    <>
      <Steps at={writing ? 4 : untitled ? 2 : 3} />
      <div ref={panes} className={styles.panes} inert={writing}>
        <Panes
          state={state}
          check={check}
          tab={tab}
          lines={lines}
          current={current}
          onTab={(next) => {
            setTab(next)
            setChosen('')
            lastAt.current = 0
          }}
          onSelect={setChosen}
          onPrevious={step(-1)}
          onNext={step(1)}
        />
      </div>
      <footer className={styles.foot}>
        <div className="grow">
          {working ? (
            <Progress
              label={working.label}
              done={working.done}
              total={working.total}
              onCancel={working.stop}
              className={styles.progress}
            />
          ) : failure ? (
            <div role="alert">
              <Finding tone="error" text={failure} />
            </div>
          ) : (
            <p className="sm faint">{remainder(state)}</p>
          )}
        </div>
        <Button disabled={writing} onClick={state.restart}>
          Back
        </Button>
        {reading.problems.length + misfits.size > 0 && (
          <Button onClick={() => void saveProblems()}>Save list of problems</Button>
        )}
        <Button
          variant="primary"
          keys={['Mod', 'Enter']}
          unmet={unmet}
          unmetTitle="Before this can be brought in"
          onClick={bring}
        >
          {label(ready, reading.notes.length)}
        </Button>
      </footer>
    </>
  )
}

interface PanesProps {
  state: ImportState
  check: Check
  tab: Tab
  lines: readonly Line[]
  current: Extract<Line, { kind: 'problem' | 'post' }> | undefined
  onTab: (tab: Tab) => void
  onSelect: (id: string) => void
  onPrevious: (() => void) | undefined
  onNext: (() => void) | undefined
}

/** While posts are written nothing in here can change; progress, told many times a second, draws only the foot. */
const Panes = memo(
  function Panes({ state, check, tab, lines, current, onTab, onSelect, onPrevious, onNext }: PanesProps) {
    return (
      <>
        <FieldsPane state={state} />
        <ChecksPane
          state={state}
          check={check}
          tab={tab}
          lines={lines}
          selected={current?.id ?? ''}
          onTab={onTab}
          onSelect={onSelect}
        />
        <PreviewPane
          state={state}
          item={current?.item}
          problem={current?.kind === 'problem' ? current.problem : undefined}
          onPrevious={onPrevious}
          onNext={onNext}
        />
      </>
    )
  },
  (before, next) => before.state.writing && next.state.writing,
)

const misfitLines = ({ items }: Reading, misfits: Misfits): string[] =>
  items.flatMap(({ key, file, row, post }) =>
    (misfits.get(key) ?? []).map(
      (words) => `${file}${row === undefined ? '' : `, row ${row}`}: ${post.title || 'Untitled'}: ${words}`,
    ),
  )

const label = (ready: number, notes: number) =>
  ready === 0 && notes > 0 ? `Bring in ${plural(notes, 'day note')}` : `Bring in ${plural(ready, 'post')}`

/** What stays out, so that nobody has to add the counts up. */
function remainder({ check }: ImportState): string {
  if (!check) return ''
  const { look, here, skipped, all } = check.counts
  const parts = [
    ...(look > 0 ? [`${look} ${look === 1 ? 'needs' : 'need'} a look first`] : []),
    ...(here > 0 ? [`${here} already here`] : []),
    ...(skipped > 0 ? [`${skipped} left out by you`] : []),
  ]
  return parts.length === 0 ? `All ${plural(all, 'post')} are ready.` : `Of ${all}: ${parts.join(', ')}.`
}

function filesInWords({ files }: Reading): string {
  const parts = [
    ...(files.markdown > 0 ? [plural(files.markdown, 'Markdown file')] : []),
    ...(files.csv > 0 ? [plural(files.csv, 'table')] : []),
    ...(files.ics > 0 ? [plural(files.ics, 'calendar')] : []),
    ...(files.json > 0 ? [plural(files.json, 'export')] : []),
  ]
  return parts.join(', ')
}

function SavedMappings({ state }: { state: ImportState }) {
  const { csvMappings } = useSettings()
  const saved = Object.entries(csvMappings)
  return (
    <Menu
      align="end"
      trigger={
        <Button variant="ghost" iconEnd={ChevronDown} disabled={saved.length === 0}>
          Load a saved mapping
        </Button>
      }
      items={saved.map(([, mapping]) => ({
        label: Object.keys(mapping).slice(0, 4).join(', '),
        onSelect: () => state.answer({ mapping: targetsOf(mapping) }),
      }))}
    />
  )
}
