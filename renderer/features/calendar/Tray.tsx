import { useVirtualizer } from '@tanstack/react-virtual'
import { CalendarOff, ChevronDown, ChevronRight, ListFilter, Plus, X } from 'lucide-react'
import { memo, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { matches } from '../../../shared/domain/filter.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { STATUS_LOOK } from '../../../shared/domain/status.ts'
import type { PostFilter } from '../../../shared/domain/workspace.ts'
import { undatedPosts } from '../../data/queries.ts'
import { ChannelSigns, SignalEdge, StatusIcon } from '../../parts/index.ts'
import { keepIdentity } from '../../parts/keepIdentity.ts'
import { openDialog } from '../../ports/dialogs.ts'
import { useQuery } from '../../ports/live.ts'
import { useNavigation } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { EmptyState, IconButton, PanelHead, SearchField } from '../../ui/index.ts'
import styles from './Tray.module.css'
import { settleSuperseded, useUi } from './uiState.ts'

const CARD = 74
const ROW = 33

/** The undated posts as the screen should show them: rows of the live query, with what is on its way. */
export function useUndated(filter: PostFilter): readonly Post[] | undefined {
  const pending = useUi((state) => state.pending)
  const rows = useQuery((db) => undatedPosts(db), [])
  const kept = useRef<ReadonlyMap<string, Post>>(new Map())
  const same = useMemo(() => {
    const list = keepIdentity(kept.current, rows ?? [])
    kept.current = new Map(list.map((post) => [post.id, post]))
    return list
  }, [rows])
  useLayoutEffect(() => {
    if (rows) settleSuperseded(same, ({ plannedAt }) => plannedAt < 0)
  }, [rows, same])
  return useMemo(() => {
    if (!rows) return undefined
    const here = same.filter((post) => pending.get(post.id)?.base !== post)
    const known = new Set(same.map(({ id }) => id))
    const coming = [...pending.values()].flatMap(({ next }) =>
      next.plannedAt < 0 && !known.has(next.id) ? [next] : [],
    )
    return [...coming, ...here].filter((post) => matches(post, filter))
  }, [rows, same, pending, filter])
}

/** Posts without a date, to be dragged onto a day; a dated post dropped here loses its date. */
export const Tray = memo(function Tray({
  posts,
  low,
  third,
  onClose,
}: {
  posts: readonly Post[] | undefined
  /** Below another panel. */
  low: boolean
  /** Below two: they need the room more. */
  third: boolean
  /** Where it lies over the page. */
  onClose?: (() => void) | undefined
}) {
  const open = useUi((state) => state.undated)
  const carrying = useUi((state) => state.hand !== null && state.hand.anchor.planned !== null)
  const [words, setWords] = useState('')
  const [searching, setSearching] = useState(false)
  const scroller = useRef<HTMLDivElement>(null)
  const shown = useMemo(() => {
    const wanted = words.trim().toLocaleLowerCase()
    return wanted ? (posts ?? []).filter(({ title }) => title.toLocaleLowerCase().includes(wanted)) : (posts ?? [])
  }, [posts, words])
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (low ? ROW : CARD),
    getItemKey: (index) => shown[index]?.id ?? index,
    overscan: 6,
  })
  return (
    <section
      aria-label="Undated posts"
      className={styles.tray}
      data-low={low || undefined}
      data-third={third || undefined}
      data-closed={!open || undefined}
    >
      <PanelHead
        title={
          <button
            type="button"
            className={styles.fold}
            aria-expanded={open}
            onClick={() => useUi.setState({ undated: !open })}
          >
            {low && (open ? <ChevronDown aria-hidden size={14} /> : <ChevronRight aria-hidden size={14} />)}
            Undated <span className={styles.count}>{posts?.length ?? ''}</span>
          </button>
        }
        end={
          <>
            <IconButton
              size="sm"
              icon={ListFilter}
              label="Look for an undated post"
              pressed={searching}
              onClick={() => {
                setSearching(!searching)
                setWords('')
              }}
            />
            <IconButton
              size="sm"
              icon={Plus}
              label="Add an undated post"
              onClick={() => openDialog({ kind: 'quickAdd' })}
            />
            {onClose && <IconButton size="sm" icon={X} label="Close" keys={['Escape']} onClick={onClose} />}
          </>
        }
      />
      {open && searching && (
        <div className={styles.search}>
          <SearchField
            label="Look for an undated post"
            placeholder="Words in the title"
            size="sm"
            value={words}
            onChange={setWords}
          />
        </div>
      )}
      {open && (
        <div ref={scroller} className={styles.scroller} data-drop="tray" data-tray>
          {posts && shown.length === 0 && (
            <EmptyState
              compact
              sentence={
                words
                  ? 'No undated post has these words.'
                  : 'Posts without a date wait here. Drag one onto a day to plan it.'
              }
            />
          )}
          <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
            {rows.getVirtualItems().map((row) => {
              const post = shown[row.index]
              if (!post) return null
              return (
                <div
                  key={row.key}
                  data-low={low || undefined}
                  className={styles.row}
                  style={{ height: row.size, translate: `0 ${row.start}px` }}
                >
                  <Card post={post} low={low} first={row.index === 0} />
                </div>
              )
            })}
          </div>
        </div>
      )}
      {carrying && (
        <div className={styles.drop} data-drop="tray">
          <CalendarOff aria-hidden size={14} />
          Drop here to take the date off
        </div>
      )}
    </section>
  )
})

const Card = memo(function Card({ post, low, first }: { post: Post; low: boolean; first: boolean }) {
  const { campaigns } = useReference()
  const selected = useNavigation((state) => state.selected.includes(post.id))
  const tabbable = useNavigation((state) => (state.focused ? state.focused === post.id : first))
  const away = useUi((state) => state.hand?.ids.includes(post.id) ?? false)
  const campaign = campaigns.get(post.campaignId)?.name
  return (
    <button
      type="button"
      data-post={post.id}
      className={styles.card}
      data-low={low || undefined}
      data-selected={selected || undefined}
      data-away={away || undefined}
      tabIndex={tabbable ? 0 : -1}
      aria-pressed={selected}
      aria-label={`Undated, ${post.title || 'Untitled'}, ${STATUS_LOOK[post.status].word}`}
      title={post.title}
    >
      {!low && <SignalEdge ids={post.channelIds} />}
      {low ? (
        <>
          <ChannelSigns ids={post.channelIds} max={2} />
          <span className={styles.title}>{post.title || 'Untitled'}</span>
          <StatusIcon status={post.status} />
        </>
      ) : (
        <>
          <span className={styles.meta}>
            <ChannelSigns ids={post.channelIds} />
            <span className={styles.status}>
              {STATUS_LOOK[post.status].word} <StatusIcon status={post.status} />
            </span>
          </span>
          <span className={styles.title}>{post.title || 'Untitled'}</span>
          <span className={styles.campaign}>{campaign ?? 'No campaign'}</span>
        </>
      )}
    </button>
  )
})
