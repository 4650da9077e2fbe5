import { useVirtualizer } from '@tanstack/react-virtual'
import { Files, ListFilter, SquarePen } from 'lucide-react'
import { type KeyboardEvent, memo, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { filterCount, matches } from '../../../shared/domain/filter.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { dateAt, type IsoDate, startOfWeek, type Zone } from '../../../shared/domain/time.ts'
import { NO_FILTER, type PostFilter } from '../../../shared/domain/workspace.ts'
import { countIn } from '../../data/queries.ts'
import type { Query } from '../../data/search/search.ts'
import { ChannelSigns, FilterBar, formatCount, formatDay, StatusIcon } from '../../parts/index.ts'
import { keepIdentity } from '../../parts/keepIdentity.ts'
import { runCommand } from '../../ports/commands.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { go } from '../../ports/navigation.ts'
import { useSettings } from '../../ports/reference.tsx'
import { useFound } from '../../ports/search.ts'
import { usePostFilter } from '../../ports/views.ts'
import { cx, EmptyState, IconButton, Link, Popover, SearchField, TopBar } from '../../ui/index.ts'
import { type ListRow, rowsOfList, weeksFrom } from './groups.ts'
import { countPosts, type ListedPosts, listPosts, passing, unindexed } from './queries.ts'
import styles from './Write.module.css'

const PAGE = 200
const HEAD = 30
const ROW = 71
const FOUND = 80

/** Which posts: mine, those waiting, all, or what the filter says. */
type Scope = 'mine' | 'waiting' | 'all'

export const PostList = memo(function PostList({ current, onLeave }: { current: string; onLeave: () => void }) {
  const { clock } = useDeps()
  const settings = useSettings()
  const [filter, setFilter] = usePostFilter('write')
  const [words, setWords] = useState('')
  const [limit, setLimit] = useState(PAGE)
  const [active, setActive] = useState(current)
  const scroller = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const week = startOfWeek(dateAt(clock.now(), settings.zone), settings.weekStart)
  const total = useQuery(countPosts, [])
  const waiting = useQuery((db) => countIn(db, 'review'), [])
  const listed = useListed(filter, week, settings.zone, limit)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter asks again, for the rows as they are now
  const sought = useMemo<Query>(() => ({ limit: FOUND, kinds: ['post'] }), [filter])
  const hits = useFound(words, sought)
  const found = useMemo(
    () => hits?.flatMap((hit) => (hit.kind === 'post' && matches(hit.row, filter) ? [hit.row] : [])),
    [hits, filter],
  )
  const rows = useMemo<ListRow[]>(() => {
    if (words.trim()) return (found ?? []).map(({ id }) => ({ kind: 'post', key: id }))
    return listed ? rowsOfList(listed) : []
  }, [words, found, listed])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'head' ? HEAD : ROW),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
    // As .rows in Write.module.css has it, or the last row shown ends under the edge.
    scrollPaddingStart: 4,
    scrollPaddingEnd: 8,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  const posts = useRows(rows, items[0]?.index ?? 0, last)

  // The rest is read when one comes near the end of what was read.
  useEffect(() => {
    if (listed?.more && !words && last > rows.length - 30) setLimit((before) => before + PAGE)
  }, [listed, words, last, rows.length])

  useEffect(() => setActive(current), [current])

  // The open post is in sight when the page opens, and whenever another is opened from elsewhere.
  const shown = useRef('')
  useEffect(() => {
    if (shown.current === current || rows.length === 0) return
    const at = rows.findIndex(({ key }) => key === current)
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' })
    shown.current = current
  }, [current, rows, virtual])

  const mine = settings.me !== '' && filter.ownerIds.length === 1 && filter.ownerIds[0] === settings.me
  const scope: Scope | null =
    filterCount(filter) === 0
      ? 'all'
      : mine && filter.statuses.length === 0
        ? 'mine'
        : filter.statuses.length === 1 && filter.statuses[0] === 'review' && filter.ownerIds.length === 0
          ? 'waiting'
          : null
  const choose = (next: Scope) => {
    setLimit(PAGE)
    setFilter(
      next === 'all'
        ? NO_FILTER
        : next === 'mine'
          ? { ...NO_FILTER, ownerIds: [settings.me] }
          : { ...NO_FILTER, statuses: ['review'] },
    )
  }
  const scopes: { id: Scope; label: string; count?: number }[] = [
    ...(settings.me ? [{ id: 'mine' as const, label: 'Mine' }] : []),
    { id: 'waiting', label: 'Needs approval', count: waiting },
    { id: 'all', label: 'All' },
  ]

  const open = useCallback(
    (postId: string) => {
      go({ screen: 'write', postId })
      onLeave()
    },
    [onLeave],
  )
  const move = (by: number) => {
    const posts = rows.filter((row) => row.kind === 'post')
    const at = posts.findIndex(({ key }) => key === active)
    const next = posts[Math.min(Math.max(at + by, 0), posts.length - 1)]
    if (!next) return
    setActive(next.key)
    virtual.scrollToIndex(rows.indexOf(next), { align: 'auto' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -rows.length, End: rows.length }[event.key]
    if (by !== undefined) {
      event.preventDefault()
      move(by)
    } else if ((event.key === 'Enter' || event.key === ' ') && active) {
      event.preventDefault()
      open(active)
    }
  }

  return (
    <section
      aria-label="Posts"
      className={styles.list}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onLeave()
      }}
    >
      <TopBar
        title="Write"
        className={styles.listTop}
        end={
          <>
            <IconButton icon={Files} label="New post from a template" onClick={() => runCommand('post.template')} />
            <IconButton icon={SquarePen} label="New post" keys={['C']} onClick={() => runCommand('post.new')} />
          </>
        }
      />
      <div className={styles.listSearch}>
        <SearchField
          ref={search}
          label={total === undefined ? 'Search posts' : `Search ${formatCount(total)} posts`}
          value={words}
          onChange={setWords}
          data-search
          keys={['/']}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return
            event.preventDefault()
            const first = rows.find((row) => row.kind === 'post')
            if (first) setActive(first.key)
            scroller.current?.focus()
          }}
        />
      </div>
      <div className={styles.scopes}>
        {scopes.map(({ id, label, count }) => (
          <button
            key={id}
            type="button"
            className={styles.scope}
            aria-pressed={scope === id}
            onClick={() => choose(id)}
          >
            {label}
            {count !== undefined && count > 0 && <span className={styles.scopeCount}>{formatCount(count)}</span>}
          </button>
        ))}
        <span className="grow" />
        <Popover
          label="Filter"
          width={240}
          align="end"
          trigger={<IconButton size="sm" icon={ListFilter} label="Filter" pressed={scope === null} />}
        >
          <div className={styles.filters}>
            <FilterBar filter={filter} onChange={setFilter} />
          </div>
        </Popover>
      </div>
      {rows.length === 0 && (words.trim() ? found : listed) ? (
        <EmptyState
          compact
          sentence={
            words.trim()
              ? 'No post has these words.'
              : scope === 'all'
                ? 'No posts yet.'
                : 'No post is left by this filter.'
          }
          action={
            (words.trim() || scope !== 'all') && (
              <Link
                onClick={() => {
                  setWords('')
                  choose('all')
                }}
              >
                {words.trim() ? 'Clear the search' : 'Clear the filter'}
              </Link>
            )
          }
        />
      ) : (
        <div
          ref={scroller}
          role="listbox"
          aria-label="Posts"
          data-posts
          tabIndex={0}
          aria-activedescendant={active ? `write-${active}` : undefined}
          className={styles.rows}
          onKeyDown={onKeyDown}
        >
          <div className={styles.canvas} style={{ blockSize: virtual.getTotalSize() }}>
            {items.map(({ index, start, key }) => {
              const row = rows[index]
              if (!row) return null
              return (
                <div key={key} className={styles.slot} style={{ transform: `translateY(${start}px)` }}>
                  {row.kind === 'head' ? (
                    <div className={styles.groupHead} role="presentation">
                      {row.words}
                    </div>
                  ) : (
                    <Row
                      id={row.key}
                      post={posts.get(row.key)}
                      current={row.key === current}
                      active={row.key === active}
                      onOpen={open}
                    />
                  )}
                </div>
              )
            })}
          </div>
        </div>
      )}
    </section>
  )
})

/** Rows a stretch is wider than what is in sight, so that not every step of scrolling asks for another one. */
const STRETCH = 20

/** The posts of the rows in sight, by id. What did not change stays the same object, so that it is not drawn again. */
function useRows(rows: readonly ListRow[], first: number, last: number): ReadonlyMap<string, Post> {
  const known = useRef<ReadonlyMap<string, Post>>(new Map())
  const from = Math.floor(first / STRETCH) * STRETCH
  const to = (Math.floor(last / STRETCH) + 1) * STRETCH
  const read = useQuery(
    async (db) => {
      const ids = rows.slice(from, to).flatMap(({ kind, key }) => (kind === 'post' ? [key] : []))
      return (await db.posts.bulkGet(ids)).filter((row) => row !== undefined)
    },
    [rows, from, to],
  )
  return useMemo(() => {
    known.current = new Map(keepIdentity(known.current, read ?? []).map((row) => [row.id, row]))
    return known.current
  }, [read])
}

/** The posts a filter leaves, in their order; undefined while they are looked for. `week`: first day of this week. */
function useListed(filter: PostFilter, week: IsoDate, zone: Zone, limit: number): ListedPosts | undefined {
  const { db } = useDeps()
  const rest = unindexed(filter)
  // What rows alone can say is asked of all of them, and not again while one types.
  const most = rest ? Number.POSITIVE_INFINITY : limit
  const listed = useQuery((live) => listPosts(live, filter, weeksFrom(week, zone), most), [filter, week, zone, most])
  const [left, setLeft] = useState<ListedPosts>()
  const asked = JSON.stringify(rest)
  useEffect(() => {
    if (!listed || asked === 'null') return
    let stale = false
    const { more: _more, ...parts } = listed
    const part = async ([name, ids]: [string, readonly string[]]) =>
      [name, (await passing(db, ids, JSON.parse(asked) as PostFilter)).map(({ id }) => id)] as const
    void Promise.all(Object.entries(parts).map(part)).then((kept) => {
      // The same parts as before, each with fewer posts.
      if (!stale) setLeft({ ...listed, ...Object.fromEntries(kept), more: false })
    })
    return () => {
      stale = true
    }
  }, [db, listed, asked])
  return rest ? left : listed
}

interface RowProps {
  id: string
  /** undefined while it is read */
  post: Post | undefined
  current: boolean
  active: boolean
  onOpen: (id: string) => void
}

const Row = memo(function Row({ id, post, current, active, onOpen }: RowProps) {
  return (
    // Keys are handled by the list, which names the active option.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      id={`write-${id}`}
      role="option"
      aria-selected={current}
      tabIndex={-1}
      className={cx(styles.row, current && styles.rowCurrent, active && styles.rowActive)}
      onClick={() => onOpen(id)}
    >
      {post && <About post={post} />}
    </div>
  )
})

const About = ({ post }: { post: Post }) => (
  <>
    <span className={styles.rowLine}>
      <span className={styles.rowTitle} title={post.title}>
        {post.title || 'Untitled'}
      </span>
      <StatusIcon status={post.status} />
    </span>
    <span className={styles.rowText}>{post.excerpt || post.summary || 'No text yet'}</span>
    <span className={styles.rowMeta}>
      <span className="num">{post.planned ? `${formatDay(post.planned.date)}, ${post.planned.time}` : 'No date'}</span>
      <span className="grow" />
      <ChannelSigns ids={post.channelIds} />
    </span>
  </>
)
