import { useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Post } from '../../../shared/domain/post.ts'
import { type PostStatus, STATUS_LOOK } from '../../../shared/domain/status.ts'
import type { WallTime } from '../../../shared/domain/time.ts'
import type { PostFilter } from '../../../shared/domain/workspace.ts'
import { named } from '../../data/commands/posts.ts'
import { changeSettings } from '../../data/commands/workspace.ts'
import { explain, formatWhen, useUndo } from '../../parts/index.ts'
import { mayHave } from '../../parts/ready.ts'
import { BulkBar } from '../../parts/selection/BulkBar.tsx'
import { letterCommands } from '../../parts/selection/letters.ts'
import { type Property, PropertyPicker } from '../../parts/selection/PropertyPicker.tsx'
import { usePostActions } from '../../parts/usePostActions.tsx'
import { useSayStillOn, useSayStillOut } from '../../parts/useSayStillOut.ts'
import { useCommands } from '../../ports/commands.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { go, select, useNavigation } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { EmptyState, Link, toast } from '../../ui/index.ts'
import { AskDate } from './AskDate.tsx'
import styles from './Board.module.css'
import { Board } from './Board.tsx'
import { addPostCard, dropPosts } from './commands.ts'
import { fieldsOfLane, laneOfPost, lanesBy } from './lanes.tsx'
import type { BoardColumn, Spot } from './model.ts'
import { cellKey } from './model.ts'
import { ordersFor } from './order.ts'
import { PostCard } from './PostCard.tsx'
import { BOARD_STATUSES, postColumns } from './queries.ts'
import { setBoardUi, toggleLane, useBoardUi } from './uiState.ts'

/** Cards of a column read at first, and added by each "more"; the rest is counted. */
const PAGE = 200
type Card = Post & { readonly name: string }

const limitKey = (status: string) => `posts:${status}`

/** Posts by editorial status. */
export function PostBoard({ filter, onClearFilter }: { filter: PostFilter; onClearFilter: () => void }) {
  const { store, db, clock } = useDeps()
  const reference = useReference()
  const { undo } = useUndo()
  const sayStillOut = useSayStillOut()
  const sayStillOn = useSayStillOn()
  const { postLanes: by, closed, peeking } = useBoardUi()
  const { selected, focused } = useNavigation()
  const [pages, setPages] = useState<Readonly<Partial<Record<PostStatus, number>>>>({})
  const [ask, setAsk] = useState<Parameters<typeof AskDate>[0] | null>(null)
  const [picker, setPicker] = useState<Property | null>(null)
  const actions = usePostActions(selected)
  const latest = useRef(actions)
  latest.current = actions

  const found = useQuery(
    (db) => postColumns(db, filter, (status) => PAGE * (pages[status] ?? (by === 'none' ? 1 : 5))),
    [filter, pages, by],
  )
  const columns: BoardColumn[] = useMemo(
    () =>
      (found ?? []).map(({ status, count }) => ({
        key: status,
        title: STATUS_LOOK[status].word,
        count,
        limit: reference.settings.limits[limitKey(status)] ?? 0,
      })),
    [found, reference.settings.limits],
  )
  const { cells, lanes } = useMemo(() => {
    const map = new Map<string, Card[]>()
    const used = new Set<string>()
    for (const { status, posts } of found ?? []) {
      for (const post of posts) {
        const lane = laneOfPost(post, by, reference)
        used.add(lane)
        const key = cellKey({ lane, column: status })
        const card = { ...post, name: post.title }
        const cell = map.get(key)
        if (cell) cell.push(card)
        else map.set(key, [card])
      }
    }
    return { cells: map, lanes: lanesBy(by, reference, used) }
  }, [found, by, reference])

  useCommands([
    ...actions.commands,
    ...letterCommands('Board', selected.length, setPicker),
    {
      id: 'board.closePeek',
      title: 'Close the panel',
      section: 'Board',
      keys: 'Escape',
      keyOnly: true,
      enabled: () => peeking && selected.length <= 1,
      run: () => setBoardUi({ peeking: false }),
    },
  ])

  const askDate = (posts: readonly Post[], status: PostStatus) =>
    new Promise<WallTime | null>((resolve) => {
      setAsk({
        posts,
        status,
        answer: (planned) => {
          setAsk(null)
          resolve(planned)
        },
      })
    })

  const onDrop = async (cards: readonly Card[], to: Spot): Promise<boolean> => {
    const status = to.column as PostStatus
    const ids = cards.map(({ id }) => id)
    const changed = cards.filter((card) => card.status !== status).map(({ id }) => id)
    if (!(await mayHave({ db, clock }, changed, status, true))) return false
    const drop = {
      status,
      fields: new Map(cards.map((card) => [card.id, fieldsOfLane(to.lane, card, laneOfPost(card, by, reference))])),
      orders: ordersFor(ids, cells.get(cellKey(to)) ?? [], to.index),
    }
    let result = await dropPosts(store, ids, drop)
    if (!result.ok && result.error.kind === 'needs-date') {
      const undated = cards.filter(({ planned }) => planned === null)
      const planned = await askDate(undated, status)
      if (!planned) return false
      result = await dropPosts(store, ids, { ...drop, planned })
    }
    if (!result.ok) {
      toast({ text: explain(result.error), tone: 'refused' })
      return false
    }
    const [only, ...others] = result.value
    const when =
      status === 'scheduled' && only?.planned && others.length === 0 ? ` for ${formatWhen(only.planned)}` : ''
    if (cards.some((card) => card.status !== status))
      toast({ id: 'dropped', text: `${named(cards)}: ${STATUS_LOOK[status].word}${when}`, undo })
    void sayStillOut(cards, status)
    void sayStillOn(cards, ({ id, channelIds }) => drop.fields.get(id)?.channelIds ?? channelIds)
    return true
  }

  const onAdd = (title: string, at: Spot) => {
    const status = at.column as PostStatus
    // Nothing is scheduled or out without a date, and a line typed here has none yet.
    const startsAs = status === 'scheduled' || status === 'published' ? 'draft' : status
    if (startsAs !== status)
      toast({ text: `“${title}” is a draft: ${STATUS_LOOK[status].word.toLocaleLowerCase()} needs a date.` })
    const [campaignId] = filter.campaignIds
    const [ownerId] = filter.ownerIds
    const fields = {
      status: startsAs,
      ownerId: ownerId ?? reference.settings.me,
      channelIds: filter.channelIds,
      labels: filter.labels,
      ...(campaignId ? { campaignId } : {}),
      ...fieldsOfLane(at.lane),
    }
    const cell = startsAs === status ? (cells.get(cellKey(at)) ?? []) : []
    return addPostCard(store, title, fields, (id) => ordersFor([id], cell, at.index))
  }

  if (!found) return null
  const all = found.reduce((sum, { count }) => sum + count, 0)
  if (all === 0 && JSON.stringify(filter).length > EMPTY_LENGTH) {
    return (
      <EmptyState
        illustration="board"
        sentence="No post passes this filter."
        action={<Link onClick={onClearFilter}>Clear the filter</Link>}
      />
    )
  }
  return (
    <div className={styles.area}>
      <Board<Card>
        label="Posts by status"
        noun="post"
        columns={columns}
        lanes={lanes}
        closedLanes={closed}
        onToggleLane={toggleLane}
        cells={cells}
        selected={selected}
        focused={focused}
        onSelect={(ids, on) => useNavigation.setState({ selected: ids, focused: on })}
        renderCard={(card) => <PostCard post={card} />}
        describe={(card) => describePost(card)}
        onDrop={onDrop}
        onAdd={onAdd}
        onOpen={({ id }) => go({ screen: 'write', postId: id })}
        onPeek={() => setBoardUi({ peeking: !peeking })}
        menuOf={(card) => {
          // The menu is asked in this very event: it must already speak of the card under it.
          if (!selected.includes(card.id)) flushSync(() => select([card.id]))
          return latest.current.menu
        }}
        onLimit={(column, limit) =>
          void changeSettings(
            store,
            { limits: { ...reference.settings.limits, [limitKey(column.key)]: limit } },
            `Limit of ${column.title}`,
          )
        }
        onMore={({ key }) => setPages({ ...pages, [key]: (pages[key as PostStatus] ?? 1) + 1 })}
      />
      {selected.length > 1 && (
        <BulkBar ids={selected} duplicateKeys={['Shift', 'D']} onClear={() => select(focused ? [focused] : [])} />
      )}
      {picker && focused && (
        <PropertyPicker
          ids={selected}
          posts={[...cells.values()].flat().filter(({ id }) => selected.includes(id))}
          property={picker}
          at={() => document.querySelector<HTMLElement>(`[data-card="${CSS.escape(focused)}"]`)}
          onClose={() => setPicker(null)}
        />
      )}
      {ask && <AskDate {...ask} />}
    </div>
  )
}

const EMPTY_LENGTH = JSON.stringify({
  channelIds: [],
  campaignIds: [],
  statuses: [],
  ownerIds: [],
  pillarIds: [],
  labels: [],
  text: '',
}).length

const describePost = (post: Post) =>
  [post.title || 'Untitled', STATUS_LOOK[post.status].word, post.planned ? formatWhen(post.planned) : 'no date'].join(
    ', ',
  )

export { BOARD_STATUSES }
