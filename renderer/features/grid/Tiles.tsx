import { useVirtualizer } from '@tanstack/react-virtual'
import { Film, GalleryHorizontal, ImageOff, Pin, TriangleAlert } from 'lucide-react'
import {
  type KeyboardEvent,
  memo,
  type PointerEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { Channel } from '../../../shared/domain/channel.ts'
import { staysPut, timeOn } from '../../../shared/domain/grid.ts'
import { type Instant, toInstant } from '../../../shared/domain/time.ts'
import { PROFILE_GRID } from '../../../shared/platforms/shows.ts'
import { StatusIcon } from '../../parts/index.ts'
import { keepIdentity } from '../../parts/keepIdentity.ts'
import { Cut, useWidth } from '../../parts/media/index.ts'
import { tileStep } from '../../parts/tileKeys.ts'
import { useQuery } from '../../ports/live.ts'
import { go, select, useNavigation } from '../../ports/navigation.ts'
import { announce, cx } from '../../ui/index.ts'
import styles from './Grid.module.css'
import { type TileRow, tilesOf } from './queries.ts'
import { useSwapDrag } from './useSwapDrag.ts'
import { lackOf, nameOf, tileWords, whenOf } from './words.ts'

const { columns: COLUMNS, ratio: RATIO } = PROFILE_GRID
const GAP = 3
const PADDING = 16
const WIDEST = 690
/** Tiles are read so many at a time, so that scrolling by a row does not read anew. */
const BLOCK = 8 * COLUMNS

export interface TilesHandle {
  focus(): void
  /** Scrolls to a place of the grid. */
  show(at: number): void
}

interface TilesProps {
  ref: Ref<TilesHandle>
  channel: Channel
  ids: readonly string[]
  now: Instant
  /** Nothing over the pictures. */
  bare: boolean
  onSwap: (a: TileRow, b: TileRow) => void
  /** What the hand would do; '' when nothing is in it. */
  onHint: (words: string) => void
  foresee: (a: TileRow, b: TileRow | null) => string
}

/** The tiles, three beside each other; only those in sight are there. */
export function Tiles({ ref, channel, ids, now, bare, onSwap, onHint, foresee }: TilesProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const width = Math.max(0, Math.min(useWidth(scroller) - 2 * PADDING, WIDEST))
  const tileWidth = Math.max(1, (width - (COLUMNS - 1) * GAP) / COLUMNS)
  const rowHeight = tileWidth / RATIO + GAP
  const virtual = useVirtualizer({
    count: Math.ceil(ids.length / COLUMNS),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 2,
    paddingStart: PADDING,
    paddingEnd: PADDING,
    scrollPaddingStart: PADDING,
    scrollPaddingEnd: PADDING,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another width gives rows of another height
  useEffect(() => virtual.measure(), [rowHeight])
  const lines = virtual.getVirtualItems()
  const first = (lines[0]?.index ?? 0) * COLUMNS
  const last = ((lines.at(-1)?.index ?? -1) + 1) * COLUMNS
  const rows = useRows(channel.id, ids, first, last)

  const focused = useNavigation((state) => state.focused)
  /** The one the keyboard is on. */
  const [active, setActive] = useState('')
  /** In the hand of the keyboard or the pointer, and what lies under it. */
  const [held, setHeld] = useState('')
  const [over, setOver] = useState('')
  const current = ids.includes(active) ? active : (focused ?? '')

  useImperativeHandle(ref, () => ({
    focus: () => scroller.current?.focus({ preventScroll: true }),
    show: (at) => virtual.scrollToIndex(Math.floor(Math.min(at, ids.length - 1) / COLUMNS), { align: 'center' }),
  }))
  useEffect(() => {
    const at = focused ? ids.indexOf(focused) : -1
    if (at < 0) return
    setActive(ids[at] ?? '')
    virtual.scrollToIndex(Math.floor(at / COLUMNS), { align: 'auto' })
  }, [focused, ids, virtual])

  const rowOf = (id: string) => rows.get(id) ?? null
  const letGo = (words = '') => {
    setHeld('')
    setOver('')
    onHint('')
    if (words) announce(words)
  }
  const swap = (a: string, b: string) => {
    const [from, to] = [rowOf(a), rowOf(b)]
    if (from && to) onSwap(from, to)
  }
  const press = useSwapDrag({
    scroller,
    onLift(id) {
      const row = rowOf(id)
      if (!row) return false
      onHint(foresee(row, null))
      if (staysPut(row)) {
        announce(foresee(row, null), true)
        // It says why as long as the hand is on it.
        for (const end of ['pointerup', 'pointercancel']) window.addEventListener(end, () => onHint(''), { once: true })
        return false
      }
      heldNow.current = id
      setHeld(id)
      return true
    },
    onOver(id) {
      setOver(id)
      const [from, to] = [rowOf(heldNow.current), rowOf(id)]
      if (from) onHint(foresee(from, to))
    },
    onDrop: swap,
    onEnd: () => letGo(),
  })
  const heldNow = useRef('')
  heldNow.current = held

  const move = (to: string) => {
    setActive(to)
    virtual.scrollToIndex(Math.floor(ids.indexOf(to) / COLUMNS), { align: 'auto' })
    if (!held) return
    setOver(to === held ? '' : to)
    const [from, target] = [rowOf(held), to === held ? null : rowOf(to)]
    if (from) {
      onHint(foresee(from, target))
      announce(foresee(from, target))
    }
  }
  const take = (row: TileRow) => {
    if (staysPut(row)) return announce(foresee(row, null), true)
    setHeld(row.id)
    onHint(foresee(row, null))
    announce(`${nameOf(row)}, ${whenOf(row)}, taken. Arrows choose the tile to swap with, Space swaps, Escape lets go.`)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const at = ids.indexOf(current)
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight)) * COLUMNS
    const step = tileStep(event.key, { columns: COLUMNS, page, count: ids.length })
    const row = rowOf(current)
    const done = () => {
      event.preventDefault()
      event.stopPropagation()
    }
    if (step !== undefined && !event.ctrlKey && !event.metaKey) {
      done()
      // The first step of all comes in at the beginning; End means the end.
      const from = at < 0 && event.key !== 'End' ? -step : at
      const to = ids[Math.min(Math.max(from + step, 0), ids.length - 1)]
      if (to && event.altKey && to !== current) swap(current, to)
      else if (to && !event.altKey) move(to)
    } else if (event.key === ' ' && row) {
      done()
      if (!held) return take(row)
      if (held !== current) swap(held, current)
      letGo(held === current ? 'Let go. Nothing was swapped.' : '')
    } else if (event.key === 'Escape' && held) {
      done()
      letGo('Let go. Nothing was swapped.')
    } else if (event.key === 'Enter' && row && !held) {
      done()
      if (focused === current) go({ screen: 'write', postId: current })
      else select([current])
    }
  }
  return (
    <div
      ref={scroller}
      role="listbox"
      aria-label={`Grid of ${channel.name}, newest first. Space takes a tile, Alt with arrows swaps with the one beside it.`}
      aria-activedescendant={current ? `spot-${current}` : undefined}
      tabIndex={0}
      data-keys="screen"
      className={cx(styles.scroller, bare && styles.bare)}
      onKeyDown={onKeyDown}
    >
      <div className={styles.canvas} style={{ inlineSize: width, blockSize: virtual.getTotalSize() }}>
        {ids.slice(first, last).map((id, place) => {
          const at = first + place
          return (
            <Tile
              key={id}
              id={id}
              at={at}
              of={ids.length}
              inline={(at % COLUMNS) * (tileWidth + GAP)}
              block={PADDING + Math.floor(at / COLUMNS) * rowHeight}
              width={tileWidth}
              row={rows.get(id)}
              now={now}
              selected={id === focused}
              active={id === current}
              held={id === held}
              over={id === over}
              press={press}
            />
          )
        })}
      </div>
    </div>
  )
}

/** Rows of a stretch, live. What did not change stays the same object, so that it is not drawn again. */
function useRows(channelId: string, ids: readonly string[], first: number, last: number): ReadonlyMap<string, TileRow> {
  const from = Math.floor(first / BLOCK) * BLOCK
  const to = Math.ceil(last / BLOCK) * BLOCK
  const known = useRef<ReadonlyMap<string, TileRow>>(new Map())
  const rows = useQuery((db) => tilesOf(db, channelId, ids.slice(from, to)), [channelId, ids, from, to])
  return useMemo(() => {
    // While another stretch is read the tiles of the one before stay.
    if (rows) known.current = new Map(keepIdentity(known.current, rows).map((row) => [row.id, row]))
    return known.current
  }, [rows])
}

interface TileProps {
  id: string
  at: number
  of: number
  /** Pixels from the start and from the top, and how wide. */
  inline: number
  block: number
  width: number
  /** undefined while it is read */
  row: TileRow | undefined
  now: Instant
  selected: boolean
  active: boolean
  held: boolean
  over: boolean
  press: (event: PointerEvent<HTMLElement>, id: string) => void
}

const Tile = memo(function Tile(props: TileProps) {
  const { id, at, of, inline, block, width, row, now, selected, active, held, over, press } = props
  const stays = row ? staysPut(row) !== null : true
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the keyboard and names the active one
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the list's
    <div
      id={`spot-${id}`}
      role="option"
      aria-selected={selected}
      aria-posinset={at + 1}
      aria-setsize={of}
      aria-label={row ? tileWords(row, at, COLUMNS) : 'Loading'}
      data-spot={id}
      data-active={active || undefined}
      data-selected={selected || undefined}
      data-held={held || undefined}
      data-over={over ? (stays ? 'no' : 'yes') : undefined}
      data-stays={stays || undefined}
      className={styles.tile}
      style={{
        insetInlineStart: inline,
        insetBlockStart: block,
        inlineSize: width,
        blockSize: width / RATIO,
      }}
      onPointerDown={(event) => press(event, id)}
      onClick={() => select([id])}
      onDoubleClick={() => go({ screen: 'write', postId: id })}
    >
      {row && <Face row={row} now={now} />}
    </div>
  )
})

const Face = memo(function Face({ row, now }: { row: TileRow; now: Instant }) {
  const { post, cover, format } = row
  const lack = lackOf(row)
  const when = timeOn(row)
  const out = post.status === 'published'
  const late = !out && when !== null && toInstant(when) < now
  const Format = format === 'carousel' ? GalleryHorizontal : format === 'reel' ? Film : null
  return (
    <>
      {cover ? (
        <Cut medium={cover.medium} frame={cover.frame} alt="" />
      ) : (
        <span className={styles.text} dir="auto">
          <b>{post.title || 'Untitled'}</b>
          {post.excerpt}
        </span>
      )}
      <span className={styles.marks} data-on-picture={cover ? '' : undefined}>
        {post.pinned && <Pin aria-hidden size={14} />}
        {Format && <Format aria-hidden size={16} />}
      </span>
      {lack && (
        <span className={styles.lack}>
          {row.gone ? <ImageOff aria-hidden size={12} /> : <TriangleAlert aria-hidden size={12} />}
          {lack}
        </span>
      )}
      <span className={styles.foot} data-out={out || undefined}>
        <StatusIcon status={post.status} />
        <span className="ell">{late ? `late, ${whenOf(row)}` : whenOf(row)}</span>
      </span>
    </>
  )
})
