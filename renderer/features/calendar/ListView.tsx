import { useVirtualizer } from '@tanstack/react-virtual'
import { CircleAlert, FileText, Zap } from 'lucide-react'
import { memo, useEffect, useMemo, useRef } from 'react'
import { STATUS_LOOK } from '../../../shared/domain/status.ts'
import type { IsoDate } from '../../../shared/domain/time.ts'
import { useCardMark } from '../../parts/atNetwork/cardMarks.ts'
import {
  CampaignName,
  ChannelSigns,
  formatDay,
  MediumImage,
  PersonAvatar,
  plural,
  SignalEdge,
  StandingPill,
} from '../../parts/index.ts'
import { ApartMark } from '../../parts/PostChip.tsx'
import { useStops } from '../../parts/useUnfit.ts'
import { select, useNavigation } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { Checkbox, EmptyState } from '../../ui/index.ts'
import { useCalendar } from './context.ts'
import { shiftWords } from './dayFacts.ts'
import type { PostEvent } from './events.ts'
import styles from './ListView.module.css'
import { foldOf } from './messages.ts'
import { cardOf, setUi, useUi } from './uiState.ts'
import type { DayMark } from './usePage.ts'

type Line =
  | { readonly kind: 'day'; readonly day: IsoDate; readonly count: number }
  | { readonly kind: 'post'; readonly event: PostEvent }

const DAY = 26
const ROW = 32
const COMPACT_ROW = 28

/** The page as a table by day: everything at once, for reading down and for changing many. */
export function ListView() {
  const { page, clashText } = useCalendar()
  const { settings } = useReference()
  const selected = useNavigation((state) => state.selected)
  const scroller = useRef<HTMLDivElement>(null)
  const lines = useMemo(() => {
    const list: Line[] = []
    for (const day of page.days) {
      const events = page.byDay.get(day)
      if (!events && day !== page.today) continue
      list.push({ kind: 'day', day, count: events?.length ?? 0 })
      for (const event of events ?? []) list.push({ kind: 'post', event })
    }
    return list
  }, [page.days, page.byDay, page.today])
  const row = settings.density === 'compact' ? COMPACT_ROW : ROW
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.kind === 'day' ? DAY : row),
    getItemKey: (index) => {
      const line = lines[index]
      return line?.kind === 'post' ? line.event.id : (line?.day ?? index)
    },
    overscan: 12,
  })

  // Opens on today where the page has it.
  const first = page.range.from
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the page turns
  useEffect(() => {
    const at = lines.findIndex((line) => line.kind === 'day' && line.day >= page.today)
    rows.scrollToIndex(page.today < first ? 0 : at < 0 ? Math.max(0, lines.length - 1) : at, { align: 'start' })
  }, [first])

  // The keyboard may go to a post that is not drawn yet.
  const wanted = useUi((state) => state.reveal)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each wish
  useEffect(() => {
    const at = wanted ? lines.findIndex((line) => line.kind === 'post' && line.event.id === wanted) : -1
    if (at >= 0) rows.scrollToIndex(at)
  }, [wanted])

  const all = lines.flatMap((line) => (line.kind === 'post' && !line.event.apart ? [line.event.id] : []))
  const chosen = all.filter((id) => selected.includes(id)).length
  return (
    <section className={styles.list} aria-label="Posts by day">
      <div className={styles.head}>
        <Checkbox
          label="Select all"
          checked={chosen === 0 ? false : chosen === all.length ? true : 'mixed'}
          onChange={(on) => select(on ? all : [])}
        />
        <span>Time</span>
        <span />
        <span>Post</span>
        <span>Networks</span>
        <span>Status</span>
        <span>Campaign</span>
      </div>
      <div className={styles.scroller} ref={scroller} data-scroll>
        {page.count === 0 && (
          <EmptyState illustration="calendar" sentence="Nothing is planned in this month with this filter." />
        )}
        <ul style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {rows.getVirtualItems().map((item) => {
            const line = lines[item.index]
            if (!line) return null
            return (
              <li key={item.key} className={styles.place} style={{ height: item.size, translate: `0 ${item.start}px` }}>
                {line.kind === 'day' ? (
                  <DayLine
                    day={line.day}
                    count={line.count}
                    today={line.day === page.today}
                    mark={page.marks.get(line.day)}
                  />
                ) : (
                  <PostLine event={line.event} clash={clashText(line.event.id)} />
                )}
              </li>
            )
          })}
        </ul>
      </div>
    </section>
  )
}

const DayLine = memo(function DayLine({
  day,
  count,
  today,
  mark,
}: {
  day: IsoDate
  count: number
  today: boolean
  mark: DayMark | undefined
}) {
  const words = [
    today && 'today',
    mark?.holiday,
    ...(mark?.notes.map(({ text }) => text) ?? []),
    mark?.shift && shiftWords(mark.shift),
    count > 4 && plural(count, 'post'),
  ]
  return (
    <h3 className={styles.day} data-day={day} data-drop="day" data-today={today || undefined}>
      <b>{formatDay(day)}</b>
      <span>{words.filter(Boolean).join(', ')}</span>
    </h3>
  )
})

const PostLine = memo(function PostLine({ event, clash }: { event: PostEvent; clash: string | undefined }) {
  const { post, id, postId, apart, wall } = event
  const selected = useNavigation((state) => state.selected.includes(postId))
  const on = useNavigation((state) => state.focused === postId)
  const here = useUi((state) => cardOf(postId, state.apart) === id)
  const away = useUi((state) => state.hand?.ids.includes(post.id) ?? false)
  const stop = useStops(post)
  const mark = useCardMark(post)
  const toggle = (chosen: boolean) => {
    const { selected: before } = useNavigation.getState()
    select(chosen ? [...before, postId] : before.filter((other) => other !== postId))
    setUi({ peek: '' })
  }
  const title = post.title || 'Untitled'
  return (
    <div
      className={styles.row}
      data-drop="day"
      data-day={wall.date}
      data-selected={selected || undefined}
      data-away={away || undefined}
    >
      <SignalEdge ids={post.channelIds} />
      <Checkbox label={`Select ${title}`} checked={selected} onChange={toggle} />
      <button
        type="button"
        className={styles.post}
        data-post={id}
        data-apart={apart || undefined}
        tabIndex={on && here ? 0 : -1}
        aria-pressed={selected}
        aria-label={`${formatDay(wall.date)}, ${wall.time}, ${title}, ${STATUS_LOOK[post.status].word}${mark ? `, ${mark.word.toLowerCase()}` : ''}${apart ? ', at a time of its own' : ''}${clash ? ', clash' : ''}${stop ? ', cannot go out' : ''}`}
      >
        <time>
          <ApartMark id={id} /> {wall.time} {foldOf(event)}
        </time>
        <span className={styles.thumb}>
          {post.coverId ? <MediumImage id={post.coverId} alt="" /> : <FileText aria-hidden size={14} />}
        </span>
        <span className={styles.title} data-out={post.status === 'published' || undefined}>
          <bdi>{title}</bdi>
          {stop && <CircleAlert size={12} className={styles.stop} role="img" aria-label={stop} />}
          {clash && <Zap aria-hidden size={12} className={styles.clash} />}
        </span>
        <ChannelSigns ids={post.channelIds} />
        <span>
          <StandingPill status={post.status} mark={mark} />
        </span>
        <span className={styles.campaign}>{post.campaignId ? <CampaignName id={post.campaignId} /> : null}</span>
        <PersonAvatar id={post.ownerId} />
      </button>
    </div>
  )
})
