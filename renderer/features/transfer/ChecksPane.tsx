import { useVirtualizer } from '@tanstack/react-virtual'
import {
  CalendarClock,
  CircleAlert,
  ClockArrowDown,
  Columns3,
  Copy,
  FileText,
  FileX2,
  Info,
  Link2Off,
  type LucideIcon,
  Tag,
  TriangleAlert,
} from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { DateOrder, ImportProblem, ProblemKind } from '../../../shared/interchange/model.ts'
import { formatCount, formatShort, StatusIcon } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { cx, EmptyState, Link, SegmentedControl } from '../../ui/index.ts'
import { type Check, type LookGroup, problemKey, statusAfter } from './check.ts'
import { dayBy } from './dayBy.ts'
import styles from './Import.module.css'
import type { Item } from './reading.ts'
import type { ImportState } from './useImport.ts'

export type Tab = 'look' | 'ready' | 'here' | 'skipped'

/** One line of the list; `id` is what the preview is told. */
export type Line =
  | { readonly kind: 'heading'; readonly id: string; readonly text: string }
  | { readonly kind: 'group'; readonly id: string; readonly group: LookGroup }
  | { readonly kind: 'problem'; readonly id: string; readonly problem: ImportProblem; readonly item?: Item }
  | { readonly kind: 'post'; readonly id: string; readonly item: Item }

/** The lines of a tab, from top to bottom. */
export function linesOf(check: Check, tab: Tab): Line[] {
  if (tab !== 'look') return check[tab].map((item) => ({ kind: 'post', id: item.key, item }))
  const lines = (group: LookGroup): Line[] => [
    { kind: 'group', id: `${group.severity} ${group.kind}`, group },
    ...group.rows.map(({ id, problem, item }): Line => ({ kind: 'problem', id, problem, item })),
  ]
  const known = check.known.flatMap(lines)
  return [
    ...check.look.flatMap(lines),
    ...(known.length > 0
      ? [{ kind: 'heading' as const, id: 'known', text: 'Worth knowing; these come in' }, ...known]
      : []),
  ]
}
export const canSelect = (line: Line): line is Line & { kind: 'problem' | 'post' } =>
  line.kind === 'problem' || line.kind === 'post'

const ICONS: Partial<Record<ProblemKind, LucideIcon>> = {
  'ambiguous-date': CalendarClock,
  'bad-date': CalendarClock,
  'missing-date': CalendarClock,
  'gap-time': ClockArrowDown,
  'unknown-status': Tag,
  'duplicate-id': Copy,
  'duplicate-slug': Copy,
  'ragged-row': Columns3,
  'unknown-column': Columns3,
  'unsafe-link': Link2Off,
  'cannot-read': FileX2,
  'not-text': FileX2,
  'bad-front-matter': FileText,
  'does-not-fit': TriangleAlert,
}

interface ChecksPaneProps {
  state: ImportState
  check: Check
  tab: Tab
  lines: readonly Line[]
  selected: string
  onTab: (tab: Tab) => void
  onSelect: (id: string) => void
}

/** What needs a look, by reason; what is ready; what is here already. Every count is a part of the whole. */
export function ChecksPane({ state, check, tab, lines, selected, onTab, onSelect }: ChecksPaneProps) {
  const scroll = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => (lines[index]?.kind === 'problem' ? 44 : 34),
    getItemKey: (index) => `${tab} ${lines[index]?.id ?? index}`,
    overscan: 10,
    initialRect: { width: 400, height: 600 },
  })
  const at = lines.findIndex(({ id }) => id === selected)
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at, { align: 'auto' })
  }, [at, rows])

  const { counts } = check
  const tabs: { value: Tab; label: string }[] = [
    { value: 'look', label: `Need a look ${formatCount(counts.look)}` },
    { value: 'ready', label: `Ready ${formatCount(counts.ready)}` },
    { value: 'here', label: `Already here ${formatCount(counts.here)}` },
    ...(counts.skipped > 0 ? [{ value: 'skipped' as const, label: `Left out ${formatCount(counts.skipped)}` }] : []),
  ]
  return (
    <section aria-label="Checks" className={styles.pane}>
      <header className={styles.paneHead}>
        <SegmentedControl label="Show" value={tab} options={tabs} onChange={onTab} />
        <span className="grow" />
        {tab === 'look' && lines.length > 0 && <span className="sm faint">by reason</span>}
        {tab === 'here' && counts.here > 0 && (
          <Link
            strong
            className="sm"
            onClick={() =>
              state.choose({ anyway: new Set([...state.choices.anyway, ...check.here.map(({ key }) => key)]) })
            }
          >
            Bring in all anyway
          </Link>
        )}
      </header>
      <div ref={scroll} className={styles.scroll}>
        {lines.length === 0 ? (
          <Nothing tab={tab} check={check} />
        ) : (
          <ul className={styles.list} style={{ blockSize: rows.getTotalSize() }}>
            {rows.getVirtualItems().map(({ index, start, key }) => {
              const line = lines[index]
              return (
                line && (
                  <li
                    key={key}
                    ref={rows.measureElement}
                    data-index={index}
                    className={styles.line}
                    style={{ transform: `translateY(${start}px)` }}
                  >
                    <LineView line={line} state={state} tab={tab} selected={line.id === selected} onSelect={onSelect} />
                  </li>
                )
              )
            })}
          </ul>
        )}
      </div>
    </section>
  )
}

function Nothing({ tab, check }: { tab: Tab; check: Check }) {
  const sentence = {
    look: check.counts.ready > 0 ? 'Nothing needs a look: everything was read.' : 'Nothing needs a look.',
    ready: 'No post is ready. What keeps them is under “Need a look”.',
    here: 'None of these posts is in the workspace yet.',
    skipped: 'Nothing is left out.',
  }[tab]
  return <EmptyState compact illustration="page" sentence={sentence} />
}

interface LineViewProps {
  line: Line
  state: ImportState
  tab: Tab
  selected: boolean
  onSelect: (id: string) => void
}

function LineView({ line, state, tab, selected, onSelect }: LineViewProps) {
  if (line.kind === 'heading') return <h3 className={styles.divide}>{line.text}</h3>
  if (line.kind === 'group') return <GroupHead group={line.group} state={state} />
  return (
    <div className={cx(styles.row, tab === 'ready' && styles.calm, selected && styles.selected)}>
      <button type="button" className={styles.rowButton} aria-pressed={selected} onClick={() => onSelect(line.id)}>
        {line.kind === 'problem' ? (
          <ProblemWords problem={line.problem} />
        ) : (
          <PostWords item={line.item} state={state} />
        )}
      </button>
      <span className={styles.actions}>
        {line.kind === 'problem' ? (
          <ProblemActions problem={line.problem} item={line.item} state={state} />
        ) : (
          <PostActions item={line.item} state={state} tab={tab} />
        )}
      </span>
    </div>
  )
}

function GroupHead({ group, state }: { group: LookGroup; state: ImportState }) {
  const { kind, severity, title, rows } = group
  const Icon = ICONS[kind] ?? (severity === 'note' ? Info : CircleAlert)
  const files = [...new Set(rows.map(({ problem }) => problem.file))]
  const leaveOut = () =>
    state.choose({ skipped: new Set([...state.choices.skipped, ...rows.map(({ problem }) => problemKey(problem))]) })
  return (
    <div className={cx(styles.group, severity === 'note' && styles.quiet)}>
      <Icon aria-hidden size={14} />
      <h3>{title}</h3>
      <span className="faint num">{formatCount(rows.length)}</span>
      <span className="grow" />
      {kind === 'ambiguous-date' && rows.length > 1 && (
        <>
          <Link strong onClick={() => state.setOrder(files, 'day-first')}>
            Day first for all
          </Link>
          <Link strong onClick={() => state.setOrder(files, 'month-first')}>
            Month first
          </Link>
        </>
      )}
      {severity === 'error' && rows.length > 1 && (
        <Link strong onClick={leaveOut}>
          Leave all out
        </Link>
      )}
    </div>
  )
}

/** The sentence without the file it begins with, which stands before it. */
function ProblemWords({ problem: { file, sentence } }: { problem: ImportProblem }) {
  const rest =
    file !== '' && sentence.startsWith(file) ? sentence.slice(file.length).replace(/^[,:]?\s*/, '') : sentence
  return (
    <>
      <span className={cx(styles.mono, styles.file, 'ell')} title={file}>
        {file.slice(file.lastIndexOf('/') + 1)}
      </span>
      <span className={styles.why}>{rest}</span>
    </>
  )
}

function PostWords({ item, state }: { item: Item; state: ImportState }) {
  const { clock } = useDeps()
  const found = state.existing.get(item.key)
  const { planned } = item.post
  return (
    <>
      <span className={styles.when}>{planned ? `${formatShort(planned.date)}, ${planned.time}` : 'No date'}</span>
      <span className={cx(styles.title, 'ell')}>
        <StatusIcon status={statusAfter(item.post, state.choices.statusWords, clock.now())} />
        <span className="ell">{item.post.title}</span>
        {state.misfits.has(item.key) && (
          <TriangleAlert size={12} className={styles.misfit} role="img" aria-label="does not fit its network yet" />
        )}
        {found && <span className="faint ell">{found.why}</span>}
      </span>
    </>
  )
}

const without = (set: ReadonlySet<string>, key: string) => new Set([...set].filter((entry) => entry !== key))

function PostActions({ item, state, tab }: { item: Item; state: ImportState; tab: Tab }) {
  const { skipped, anyway } = state.choices
  if (tab === 'skipped')
    return <Link onClick={() => state.choose({ skipped: without(skipped, item.key) })}>Bring in after all</Link>
  if (tab === 'here')
    return <Link onClick={() => state.choose({ anyway: new Set([...anyway, item.key]) })}>Bring in anyway</Link>
  return <Link onClick={() => state.choose({ skipped: new Set([...skipped, item.key]) })}>Leave out</Link>
}

function ProblemActions({ problem, item, state }: { problem: ImportProblem; item?: Item; state: ImportState }) {
  const { skipped, undated } = state.choices
  const skip = (key: string) => state.choose({ skipped: new Set([...skipped, key]) })
  if (problem.severity === 'note') return null
  if (problem.kind !== 'ambiguous-date') return <Link onClick={() => skip(problemKey(problem))}>Leave out</Link>
  return (
    <>
      {(problem.choices ?? []).map(({ label, value }) => (
        <Link key={value} strong onClick={() => state.setOrder([problem.file], value as DateOrder)}>
          {dayBy(problem, value as DateOrder) ?? label}
        </Link>
      ))}
      <Link onClick={() => state.choose({ undated: new Set([...undated, problem.file]) })}>No date</Link>
      {item && <Link onClick={() => skip(item.key)}>Leave out</Link>}
    </>
  )
}
