import { useVirtualizer } from '@tanstack/react-virtual'
import { Plus } from 'lucide-react'
import { type MouseEvent, useRef, useState } from 'react'
import type { Campaign } from '../../../shared/domain/campaign.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { STATUS_LOOK } from '../../../shared/domain/status.ts'
import { createPost } from '../../data/commands/posts.ts'
import type { StatusCounts } from '../../data/queries.ts'
import {
  ChannelSigns,
  CONTENT_HEAPS,
  contentHeaps,
  contentWords,
  formatWhen,
  PersonAvatar,
  plural,
  StatusPill,
  usePostActions,
} from '../../parts/index.ts'
import { BulkBar } from '../../parts/selection/BulkBar.tsx'
import { letterCommands } from '../../parts/selection/letters.ts'
import { type Property, PropertyPicker } from '../../parts/selection/PropertyPicker.tsx'
import { useCommands } from '../../ports/commands.ts'
import { useDeps } from '../../ports/deps.tsx'
import { go, select, useNavigation } from '../../ports/navigation.ts'
import { Button, ContextMenu, EmptyState, Link, SectionHead, toneVar, vars } from '../../ui/index.ts'
import { AddLine } from './AddLine.tsx'
import styles from './Campaign.module.css'

/** Dated ones by time, then those without a date. */
export const inOrder = (posts: readonly Post[]): Post[] =>
  posts.toSorted((a, b) => (a.plannedAt < 0 ? 1 : 0) - (b.plannedAt < 0 ? 1 : 0) || a.plannedAt - b.plannedAt)

/** How much is ready, and what goes out next. */
export function ContentSummary({
  posts,
  counts,
  now,
  onAll,
}: {
  posts: readonly Post[]
  counts: StatusCounts
  now: number
  onAll: () => void
}) {
  const next = inOrder(posts)
    .filter(({ plannedAt, status }) => plannedAt >= now && status !== 'cancelled')
    .slice(0, 5)
  const heaps = contentHeaps(counts)
  return (
    <section aria-label="Content" className={styles.section}>
      <SectionHead
        title="Content"
        level={2}
        note={plural(posts.length, 'post')}
        end={posts.length > 0 && <Link onClick={onAll}>All content</Link>}
      />
      {posts.length > 0 && (
        <div className={styles.heaps} role="img" aria-label={contentWords(counts)}>
          {CONTENT_HEAPS.filter(({ key }) => heaps[key] > 0).map(({ key, word, tone }) => (
            <span
              key={key}
              style={{
                flexGrow: heaps[key],
                ...vars({ '--c': tone === 'neutral' ? 'var(--st-neutral-line)' : toneVar(tone) }),
              }}
            >
              <b>{heaps[key]}</b> {word}
            </span>
          ))}
        </div>
      )}
      {next.length === 0 ? (
        <p className={styles.none}>{posts.length === 0 ? 'No posts yet.' : 'Nothing is planned from now on.'}</p>
      ) : (
        <ul className={styles.next}>
          {next.map((post) => (
            <li key={post.id}>
              <button type="button" className={styles.nextRow} onClick={() => go({ screen: 'write', postId: post.id })}>
                <time>{post.planned && formatWhen(post.planned)}</time>
                <span className={styles.title}>{post.title || 'Untitled'}</span>
                <ChannelSigns ids={post.channelIds} />
                <span>
                  <StatusPill status={post.status} />
                </span>
                <PersonAvatar id={post.ownerId} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** All posts of the campaign, in order. */
export function ContentTable({ campaign, posts }: { campaign: Campaign; posts: readonly Post[] }) {
  const { store } = useDeps()
  const { selected, focused } = useNavigation()
  const scroller = useRef<HTMLDivElement>(null)
  const rows = inOrder(posts)
  const actions = usePostActions(selected.filter((id) => rows.some((post) => post.id === id)))
  const at = rows.findIndex(({ id }) => id === focused)
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 34,
    overscan: 10,
  })
  /** From one that is selected already to another, all between them. */
  const reach = (id: string) => {
    const anchor = rows.findIndex((row) => row.id === (selected.find((other) => other !== focused) ?? focused))
    const end = rows.findIndex((row) => row.id === id)
    const [from, to] = anchor < end ? [anchor, end] : [end, anchor]
    const between = rows.slice(Math.max(0, from), to + 1).map((row) => row.id)
    // The first of them is where the next reach begins.
    useNavigation.setState({ selected: anchor <= end ? between : between.toReversed(), focused: id })
  }
  /** A press with Ctrl or Shift gives the row the focus first: that is no choice yet. */
  const picking = useRef(false)
  const press = (event: MouseEvent, id: string) => {
    picking.current = false
    if (event.shiftKey) reach(id)
    else if (event.ctrlKey || event.metaKey)
      useNavigation.setState({
        selected: selected.includes(id) ? selected.filter((other) => other !== id) : [...selected, id],
        focused: id,
      })
    else select([id])
  }
  const step = (by: number, further = false) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))]
    if (!next) return
    if (further) reach(next.id)
    else select([next.id])
    list.scrollToIndex(rows.indexOf(next))
    requestAnimationFrame(() => {
      // Two presses may come in one frame: each says anew what its focus means.
      picking.current = further
      scroller.current?.querySelector<HTMLElement>(`[data-post="${next.id}"]`)?.focus()
      picking.current = false
    })
  }
  const inTable = () => scroller.current?.contains(document.activeElement) ?? false
  const [picker, setPicker] = useState<Property | null>(null)
  const chosenIds = new Set(selected)
  const chosen = rows.filter(({ id }) => chosenIds.has(id))
  useCommands([
    ...actions.commands,
    ...letterCommands('Campaign', chosen.length, setPicker),
    {
      id: 'campaign.next',
      title: 'Next post',
      section: 'Campaign',
      keys: 'ArrowDown | J',
      keyOnly: true,
      enabled: inTable,
      run: () => step(1),
    },
    {
      id: 'campaign.previous',
      title: 'Previous post',
      section: 'Campaign',
      keys: 'ArrowUp | K',
      keyOnly: true,
      enabled: inTable,
      run: () => step(-1),
    },
    {
      id: 'campaign.further',
      title: 'Select the next post too',
      section: 'Campaign',
      keys: 'Shift+ArrowDown',
      keyOnly: true,
      enabled: inTable,
      run: () => step(1, true),
    },
    {
      id: 'campaign.back',
      title: 'Select the previous post too',
      section: 'Campaign',
      keys: 'Shift+ArrowUp',
      keyOnly: true,
      enabled: inTable,
      run: () => step(-1, true),
    },
    {
      id: 'campaign.all',
      title: 'Select all posts of the campaign',
      section: 'Campaign',
      keys: 'Mod+A',
      keyOnly: true,
      enabled: () => rows.length > 0,
      run: () =>
        useNavigation.setState({ selected: rows.map(({ id }) => id), focused: focused ?? rows[0]?.id ?? null }),
    },
  ])
  const add = (title: string) =>
    void createPost(store, {
      title,
      campaignId: campaign.id,
      channelIds: campaign.channelIds,
      ownerId: campaign.ownerId,
    })
  return (
    <div className={styles.content}>
      <div className={styles.columns} aria-hidden="true">
        <span>Planned for</span>
        <span>Title</span>
        <span>Channels</span>
        <span>Status</span>
        <span />
      </div>
      {rows.length === 0 && (
        <EmptyState
          compact
          illustration="page"
          sentence="A campaign works through its posts. Type a title below, or add one from anywhere and pick this campaign."
        />
      )}
      <div ref={scroller} className={styles.scroll}>
        <ul
          aria-label={`Posts of ${campaign.name}`}
          className={styles.rows}
          style={{ blockSize: list.getTotalSize() }}
          data-keys="screen"
        >
          {list.getVirtualItems().map(({ key, index, start }) => {
            const post = rows[index]
            if (!post) return null
            return (
              <li key={key} className={styles.placed} style={{ transform: `translateY(${start}px)` }}>
                <ContextMenu
                  items={() => {
                    if (!selected.includes(post.id)) select([post.id])
                    return actions.menu
                  }}
                >
                  <button
                    type="button"
                    data-post={post.id}
                    data-selected={chosenIds.has(post.id) || undefined}
                    tabIndex={post.id === focused || (at < 0 && index === 0) ? 0 : -1}
                    aria-label={`${post.title || 'Untitled'}, ${STATUS_LOOK[post.status].word}, ${post.planned ? formatWhen(post.planned) : 'no date'}`}
                    className={styles.contentRow}
                    onPointerDown={({ shiftKey, ctrlKey, metaKey }) => {
                      picking.current = shiftKey || ctrlKey || metaKey
                    }}
                    onFocus={() => !picking.current && select([post.id])}
                    onClick={(event) => press(event, post.id)}
                    onDoubleClick={() => go({ screen: 'write', postId: post.id })}
                  >
                    <time>{post.planned ? formatWhen(post.planned) : 'No date'}</time>
                    <span className={styles.title}>{post.title || 'Untitled'}</span>
                    <ChannelSigns ids={post.channelIds} />
                    <span>
                      <StatusPill status={post.status} />
                    </span>
                    <PersonAvatar id={post.ownerId} />
                  </button>
                </ContextMenu>
              </li>
            )
          })}
        </ul>
      </div>
      {chosen.length > 1 && (
        <BulkBar
          ids={chosen.map(({ id }) => id)}
          duplicateKeys={['Shift', 'D']}
          onClear={() => select(focused ? [focused] : [])}
        />
      )}
      {picker && focused && (
        <PropertyPicker
          ids={chosen.map(({ id }) => id)}
          posts={chosen}
          property={picker}
          at={() => scroller.current?.querySelector<HTMLElement>(`[data-post="${CSS.escape(focused)}"]`) ?? null}
          onClose={() => setPicker(null)}
        />
      )}
      <div className={styles.contentFoot}>
        <AddLine label="New post" placeholder="Add a post by its title" onAdd={add} />
        <Button size="sm" icon={Plus} onClick={() => add('')}>
          Empty post
        </Button>
      </div>
    </div>
  )
}
