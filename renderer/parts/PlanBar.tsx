import { ChevronLeft, ChevronRight, Plus } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { type Command, runCommand, useCommands } from '../ports/commands.ts'
import { type CalendarView, showView, useNavigation } from '../ports/navigation.ts'
import { Button, cx, IconButton, SegmentedControl, TopBar } from '../ui/index.ts'
import styles from './PlanBar.module.css'
import { SearchButton } from './SearchButton.tsx'

const VIEWS: readonly { value: CalendarView; label: string; letter: string }[] = [
  { value: 'month', label: 'Month', letter: 'M' },
  { value: 'week', label: 'Week', letter: 'W' },
  { value: 'day', label: 'Day', letter: 'D' },
  { value: 'list', label: 'List', letter: 'L' },
  { value: 'timeline', label: 'Timeline', letter: '' },
  { value: 'grid', label: 'Grid', letter: '' },
]

export interface PlanBarProps {
  /** `October` */
  title: string
  /** The same in fewer letters, for a narrow bar. */
  short?: string
  /** The quieter half: `2026`, `2026, W42` */
  sub?: string
  /** What a step is called: `month`, `week`, `12 weeks` */
  period: string
  onPrevious: () => void
  onNext: () => void
  onToday: () => void
  /** Absent: the command of the app. */
  onNew?: () => void
  children?: ReactNode
}

/** Top bar of calendar and timeline: which days, how they are shown, search, a new post. */
export function PlanBar({
  title,
  short = title,
  sub,
  period,
  onPrevious,
  onNext,
  onToday,
  onNew,
  children,
}: PlanBarProps) {
  const view = useNavigation((state) => state.view)
  useViewKeys(view)
  // Kept while pages are turned: only the title is another one.
  const end = useMemo(
    () => (
      <>
        <SegmentedControl label="View" value={view} onChange={showView} options={VIEWS} />
        <SearchButton />
        <Button variant="primary" icon={Plus} keys={['C']} onClick={onNew ?? (() => runCommand('post.new'))}>
          New post
        </Button>
      </>
    ),
    [view, onNew],
  )
  return (
    <div className={styles.bar}>
      <TopBar
        title={
          <span className={styles.title}>
            <IconButton
              icon={ChevronLeft}
              label={`Previous ${period}`}
              keys={['PageUp']}
              onClick={onPrevious}
              className={cx(styles.turn, styles.step)}
            />
            <span aria-live="polite" className={styles.words} dir="auto">
              <span className={styles.long}>{title}</span>
              <span className={styles.short}>{short}</span>
              {sub && <span className={styles.sub}> {sub}</span>}
            </span>
            <IconButton
              icon={ChevronRight}
              label={`Next ${period}`}
              keys={['PageDown']}
              onClick={onNext}
              className={styles.turn}
            />
          </span>
        }
        end={end}
      >
        <Button size="sm" keys={['T']} onClick={onToday}>
          Today
        </Button>
        {children}
      </TopBar>
    </div>
  )
}

/** Views by digit; by letter too, but on a post the letters mean something else: M moves it, D copies it. */
function useViewKeys(view: CalendarView): void {
  const letters = () => view === 'timeline' || useNavigation.getState().selected.length === 0
  useCommands([
    ...VIEWS.map(
      ({ value, label }, index): Command => ({
        id: `calendar.view.${value}`,
        title: `Show ${label.toLowerCase()}`,
        section: 'Calendar',
        keys: String(index + 1),
        words: 'view',
        run: () => showView(value),
      }),
    ),
    ...VIEWS.filter(({ letter }) => letter !== '').map(
      ({ value, label, letter }): Command => ({
        id: `calendar.letter.${value}`,
        title: `${label}, while no post is focused`,
        section: 'Calendar',
        keys: letter,
        keyOnly: true,
        enabled: letters,
        run: () => showView(value),
      }),
    ),
  ])
}
