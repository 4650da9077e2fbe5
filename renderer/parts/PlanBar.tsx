import { ChevronLeft, ChevronRight, Plus } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { runCommand } from '../ports/commands.ts'
import { type CalendarView, showView, useNavigation } from '../ports/navigation.ts'
import { Button, IconButton, SegmentedControl, TopBar } from '../ui/index.ts'
import styles from './PlanBar.module.css'
import { SearchButton } from './SearchButton.tsx'

const VIEWS: readonly { value: CalendarView; label: string }[] = [
  { value: 'month', label: 'Month' },
  { value: 'week', label: 'Week' },
  { value: 'day', label: 'Day' },
  { value: 'list', label: 'List' },
  { value: 'timeline', label: 'Timeline' },
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
              className={styles.step}
            />
            <span aria-live="polite" className={styles.words} dir="auto">
              <span className={styles.long}>{title}</span>
              <span className={styles.short}>{short}</span>
              {sub && <span className={styles.sub}> {sub}</span>}
            </span>
            <IconButton icon={ChevronRight} label={`Next ${period}`} keys={['PageDown']} onClick={onNext} />
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
