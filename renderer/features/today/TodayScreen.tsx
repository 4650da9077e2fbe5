import { Plus } from 'lucide-react'
import { lazy, Suspense, useRef } from 'react'
import { addDays, dateAt, toWall, weekNumber } from '../../../shared/domain/time.ts'
import { formatDayLong, ScreenLayout, SearchButton, useUndo } from '../../parts/index.ts'
import { runCommand, useCommands } from '../../ports/commands.ts'
import { useDeps } from '../../ports/deps.tsx'
import { openDialog } from '../../ports/dialogs.ts'
import { useQuery } from '../../ports/live.ts'
import { useReference } from '../../ports/reference.tsx'
import { Button, EmptyState, TopBar } from '../../ui/index.ts'
import { CampaignProgress } from './CampaignProgress.tsx'
import { LatestChanges } from './LatestChanges.tsx'
import { NextDays } from './NextDays.tsx'
import { OutToday } from './OutToday.tsx'
import { isQuiet, todayFacts } from './queries.ts'
import { ToDo } from './ToDo.tsx'
import styles from './TodayScreen.module.css'
import { useNow } from './useNow.ts'
import { Waiting } from './Waiting.tsx'

const OutboxNeeds = lazy(() => import('./OutboxNeeds.tsx'))
const AccountNotices = lazy(() => import('./AccountNotices.tsx'))
const ClockNotice = lazy(() => import('../../parts/ClockNotice.tsx'))

/** What needs me now: what waits, what goes out, what is to be done. */
export default function TodayScreen() {
  const { clock } = useDeps()
  const { settings, campaigns } = useReference()
  const now = useNow(clock)
  const today = dateAt(now, settings.zone)
  const facts = useQuery((db) => todayFacts(db, today, settings.zone), [today, settings.zone])
  const { undo } = useUndo()
  const main = useRef<HTMLDivElement>(null)
  /** From row to row, through all lists of the page. */
  const step = (by: number) => {
    const rows = [...(main.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
    const here = document.activeElement?.closest('li')
    const at = rows.findIndex((row) => here?.contains(row))
    rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))]?.focus()
  }
  useCommands([
    { id: 'today.next', title: 'Next', section: 'Today', keys: 'ArrowDown | J', keyOnly: true, run: () => step(1) },
    {
      id: 'today.previous',
      title: 'Previous',
      section: 'Today',
      keys: 'ArrowUp | K',
      keyOnly: true,
      run: () => step(-1),
    },
  ])

  const launch = campaigns.list
    .filter(({ launchOn }) => launchOn !== null && launchOn >= today && launchOn <= addDays(today, 30))
    .toSorted((a, b) => (a.launchOn ?? '').localeCompare(b.launchOn ?? ''))[0]

  return (
    <ScreenLayout>
      <TopBar
        title={formatDayLong(today).replace(/ \d{4}$/, '')}
        sub={
          <span
            className={styles.sub}
          >{`${toWall(now, settings.zone).time}, week ${weekNumber(today)}${launch ? `, ${launch.name} ${inDays(today, launch.launchOn ?? today)}` : ''}`}</span>
        }
        end={
          <>
            <SearchButton />
            <Button icon={Plus} variant="primary" keys={['C']} onClick={() => runCommand('post.new')}>
              New post
            </Button>
          </>
        }
      />
      {facts && (
        <div className={styles.today}>
          <div ref={main} className={styles.main}>
            <Suspense fallback={null}>
              <ClockNotice />
              <AccountNotices now={now} />
              <OutboxNeeds today={today} />
            </Suspense>
            {isQuiet(facts) && (
              <EmptyState
                illustration="calendar"
                sentence="Nobody waits for you and nothing goes out today. A post with a date shows up here."
                action={<Button onClick={() => openDialog({ kind: 'quickAdd', date: today })}>Plan a post</Button>}
              />
            )}
            <Waiting posts={facts.waiting} now={now} />
            <OutToday posts={facts.today} now={now} />
            <ToDo facts={facts} today={today} undo={undo} />
          </div>
          <aside className={styles.side} aria-label="What comes next">
            <NextDays posts={facts.week} today={today} />
            <CampaignProgress counts={facts.campaigns} today={today} />
            <LatestChanges changes={facts.changes} now={now} />
          </aside>
        </div>
      )}
    </ScreenLayout>
  )
}

function inDays(today: string, date: string): string {
  if (date === today) return 'today'
  if (date === addDays(today, 1)) return 'tomorrow'
  return `in ${Math.round((Date.parse(date) - Date.parse(today)) / 86_400_000)} days`
}
