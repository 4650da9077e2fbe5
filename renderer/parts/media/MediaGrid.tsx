import { useVirtualizer } from '@tanstack/react-virtual'
import { AudioLines, CalendarClock, Check, CircleDashed, FileText, Play, TriangleAlert } from 'lucide-react'
import { type KeyboardEvent, type MouseEvent, memo, useEffect, useMemo, useRef } from 'react'
import { type Medium, rightsOf } from '../../../shared/domain/medium.ts'
import { dateAt, type IsoDate } from '../../../shared/domain/time.ts'
import { stemOf } from '../../../shared/media/name.ts'
import type { Thumb } from '../../data/db.ts'
import { outOfTrash, usersOf } from '../../data/media/uses.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { useSettings } from '../../ports/reference.tsx'
import { ContextMenu, cx, type MenuEntry } from '../../ui/index.ts'
import { keepIdentity } from '../keepIdentity.ts'
import { tileStep } from '../tileKeys.ts'
import styles from './MediaGrid.module.css'
import { ThumbPicture } from './MediumThumb.tsx'
import { useWidth } from './useWidth.ts'
import { formatLength, rightsWords, sizeWords, typeWord } from './words.ts'

/** As MediaGrid.module.css has them: picture, two lines of words, and the gaps. */
const ROW = 194
const GAP = 12
const NARROWEST = 184
const PADDING = 16
/** Files are read so many at a time, so that scrolling by a row does not read anew. */
const BLOCK = 24

interface MediaGridProps {
  /** What is shown, in order. */
  ids: readonly string[]
  label: string
  selected: ReadonlySet<string>
  /** The one the keyboard is on; '' for none. */
  active: string
  /** Absent: one at a time. */
  multi?: boolean
  /** Has the keyboard as soon as it is there. */
  focused?: boolean
  onSelect: (ids: readonly string[], active: string) => void
  onOpen: (id: string) => void
  menu?: () => MenuEntry[]
}

/** The library as pictures: thirty thousand scroll, since only those in sight are there. Arrows move, Space picks, Enter opens. */
export function MediaGrid(props: MediaGridProps) {
  const { ids, label, selected, active, multi = false, focused = false, onSelect, onOpen, menu } = props
  const { clock } = useDeps()
  const { zone } = useSettings()
  const today = dateAt(clock.now(), zone)
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller)
  const columns = columnsIn(width)
  const virtual = useVirtualizer({
    count: Math.ceil(ids.length / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 3,
    scrollPaddingStart: PADDING,
    scrollPaddingEnd: PADDING,
  })
  const lines = virtual.getVirtualItems()
  const first = (lines[0]?.index ?? 0) * columns
  const last = ((lines.at(-1)?.index ?? -1) + 1) * columns
  const from = Math.floor(first / BLOCK) * BLOCK
  const to = Math.ceil(last / BLOCK) * BLOCK
  const tiles = useTiles(ids, from, to)
  // Counted once the pictures are there: one looks at them first.
  const uses = useUses(tiles.size > 0 ? ids : NONE, from, to)

  // What the keyboard is on is in sight, also when one comes back from looking at it; files that come in move nothing.
  const shown = useRef('')
  useEffect(() => {
    const at = ids.indexOf(active)
    if (shown.current === active || at < 0) return
    shown.current = active
    virtual.scrollToIndex(Math.floor(at / columns), { align: 'auto' })
  }, [active, ids, columns, virtual])

  useEffect(() => {
    if (focused) scroller.current?.focus()
  }, [focused])

  /** Where a range begins: the last one picked without Shift. */
  const anchor = useRef('')
  const pick = (id: string, how: { range: boolean; toggle: boolean }) => {
    const begin = ids.indexOf(anchor.current)
    if (multi && how.range && begin >= 0) {
      const end = ids.indexOf(id)
      return onSelect(ids.slice(Math.min(begin, end), Math.max(begin, end) + 1), id)
    }
    anchor.current = id
    if (!multi || !how.toggle) return onSelect([id], id)
    onSelect(selected.has(id) ? [...selected].filter((other) => other !== id) : [...selected, id], id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const at = ids.indexOf(active)
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW) / ROW)) * columns
    const end = ids.length
    const step = tileStep(event.key, { columns, page, count: end })
    const all = multi && event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)
    const acts = step !== undefined || all || ((event.key === 'Enter' || event.key === ' ') && at >= 0)
    if (!acts || event.altKey) return
    event.preventDefault()
    if (all) return onSelect(ids, active)
    if (event.key === 'Enter') return onOpen(active)
    if (event.key === ' ') return pick(active, { range: false, toggle: true })
    const next = ids[at < 0 ? 0 : Math.min(Math.max(at + (step ?? 0), 0), end - 1)]
    if (next) pick(next, { range: event.shiftKey, toggle: false })
  }
  const onClick = (event: MouseEvent) => {
    const id = idUnder(event)
    // A tile that scrolls away would take the keyboard with it.
    scroller.current?.focus({ preventScroll: true })
    const onTick = event.target instanceof Element && event.target.closest('[data-tick]') !== null
    if (id) pick(id, { range: event.shiftKey, toggle: event.ctrlKey || event.metaKey || onTick })
  }
  const onDoubleClick = (event: MouseEvent) => {
    const id = idUnder(event)
    if (id) onOpen(id)
  }
  const onContextMenu = (event: MouseEvent) => {
    const id = idUnder(event)
    if (id && !selected.has(id)) pick(id, { range: false, toggle: false })
  }

  const space = (width - 2 * PADDING + GAP) / columns
  const grid = (
    <div
      ref={scroller}
      role="listbox"
      aria-label={label}
      aria-multiselectable={multi}
      aria-activedescendant={active ? `medium-${active}` : undefined}
      tabIndex={0}
      data-keys="screen"
      className={styles.scroller}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDoubleClick={onDoubleClick}
      onContextMenu={onContextMenu}
    >
      <div className={styles.canvas} style={{ blockSize: virtual.getTotalSize() }}>
        {/* All beside each other, so that one that comes in above moves the others and makes none anew. */}
        {ids.slice(first, last).map((id, place) => {
          const at = first + place
          return (
            <Tile
              key={id}
              id={id}
              at={at}
              of={ids.length}
              inline={(at % columns) * space}
              block={Math.floor(at / columns) * ROW}
              width={space - GAP}
              selected={selected.has(id)}
              active={id === active}
              ticked={multi}
              row={tiles.get(id)}
              uses={uses?.get(id) ?? null}
              today={today}
            />
          )
        })}
      </div>
    </div>
  )
  return menu ? <ContextMenu items={menu}>{grid}</ContextMenu> : grid
}

const NONE: readonly string[] = []

/** The file a pointer is on. */
const idUnder = (event: MouseEvent): string | undefined =>
  event.target instanceof Element ? event.target.closest<HTMLElement>('[data-medium]')?.dataset.medium : undefined

/** How many tiles stand beside each other. */
const columnsIn = (width: number) => Math.max(1, Math.floor((width - 2 * PADDING + GAP) / (NARROWEST + GAP)))

interface TileRow {
  readonly id: string
  readonly medium: Medium
  readonly thumb: Thumb | undefined
}

/** Rows and small pictures of a stretch, live. What did not change stays the same object, so that it is not drawn again. */
function useTiles(ids: readonly string[], from: number, to: number): ReadonlyMap<string, TileRow> {
  const known = useRef<ReadonlyMap<string, TileRow>>(new Map())
  const rows = useQuery(
    async (db) => {
      const wanted = ids.slice(from, to)
      const [media, thumbs] = await Promise.all([db.media.bulkGet([...wanted]), db.thumbs.bulkGet([...wanted])])
      return wanted.flatMap((id, at): TileRow[] => {
        const medium = media[at]
        return medium ? [{ id, medium, thumb: thumbs[at] }] : []
      })
    },
    [ids, from, to],
  )
  return useMemo(() => {
    known.current = new Map(keepIdentity(known.current, rows ?? []).map((row) => [row.id, row]))
    return known.current
  }, [rows])
}

/** How many posts and briefs show each file of a stretch; of those that are not in it nothing is known yet. */
function useUses(ids: readonly string[], from: number, to: number): ReadonlyMap<string, number> | undefined {
  return useQuery(
    async (db) => {
      const counted = ids.slice(from, to)
      const users = await usersOf(db, counted)
      return new Map(counted.map((id) => [id, (users.get(id) ?? []).filter(outOfTrash).length]))
    },
    [ids, from, to],
  )
}

interface TileProps {
  id: string
  /** Place in the list, and how many there are. */
  at: number
  of: number
  /** Pixels from the start and from the top, and how wide. */
  inline: number
  block: number
  width: number
  selected: boolean
  active: boolean
  /** Has a tick to pick it by. */
  ticked: boolean
  /** undefined while it is read */
  row: TileRow | undefined
  /** null while it is counted */
  uses: number | null
  today: IsoDate
}

/** One file in the grid. Pointer and keys are the list's. */
const Tile = memo(function Tile(props: TileProps) {
  const { id, at, of, inline, block, width, selected, active, ticked, row, uses, today } = props
  return (
    <div
      id={`medium-${id}`}
      role="option"
      aria-selected={selected}
      aria-setsize={of}
      aria-posinset={at + 1}
      tabIndex={-1}
      data-medium={id}
      className={cx(styles.tile, selected && styles.selected, active && styles.active)}
      style={{ insetInlineStart: inline, inlineSize: width, transform: `translateY(${block}px)` }}
    >
      {row ? (
        <File medium={row.medium} thumb={row.thumb} uses={uses} today={today} />
      ) : (
        <div className={styles.frame} />
      )}
      {ticked && (
        <span data-tick aria-hidden className={styles.tick}>
          <Check size={12} />
        </span>
      )}
    </div>
  )
})

interface FileProps extends Pick<TileRow, 'medium' | 'thumb'>, Pick<TileProps, 'uses' | 'today'> {}

const File = memo(function File({ medium, thumb, uses, today }: FileProps) {
  return (
    <>
      <div className={styles.frame}>
        <ThumbPicture medium={medium} thumb={thumb} />
        <Badge medium={medium} />
      </div>
      <div className={styles.caption}>
        <div className={styles.words}>
          <span className={cx(styles.name, 'ell')} title={medium.name}>
            {stemOf(medium.name)}
          </span>
          {uses !== null && uses > 0 && (
            <span className={styles.uses} title={`Used in ${uses} ${uses === 1 ? 'place' : 'places'}`}>
              {uses}×
            </span>
          )}
        </div>
        <div className={styles.words}>
          <span className={cx(styles.facts, 'ell')}>{sizeWords(medium)}</span>
          <Mark medium={medium} uses={uses} today={today} />
        </div>
      </div>
    </>
  )
})

/** What it is, where that is not a plain picture. */
function Badge({ medium }: { medium: Medium }) {
  if (medium.kind === 'video' || medium.kind === 'audio') {
    const [Icon, word] = medium.kind === 'video' ? [Play, 'Video'] : [AudioLines, 'Audio']
    return (
      <span className={styles.badge}>
        <Icon aria-hidden size={12} />
        {medium.seconds > 0 ? formatLength(medium.seconds) : word}
      </span>
    )
  }
  if (medium.kind === 'document')
    return (
      <span className={styles.badge}>
        <FileText aria-hidden size={12} />
        {typeWord(medium)}
      </span>
    )
  if (medium.animated || medium.type === 'image/svg+xml')
    return <span className={styles.badge}>{medium.animated ? `${typeWord(medium)}, moving` : typeWord(medium)}</span>
  return null
}

/** The one thing that most wants to be known. */
function Mark({ medium, uses, today }: Omit<FileProps, 'thumb'>) {
  const rights = rightsWords(medium, today)
  if (rights)
    return (
      <span className={cx(styles.mark, rightsOf(medium, today).kind === 'ended' ? styles.ended : styles.warning)}>
        <CalendarClock aria-hidden size={12} />
        {rights}
      </span>
    )
  if (medium.alt === '' && medium.kind !== 'document')
    return (
      <span className={cx(styles.mark, styles.warning)}>
        <TriangleAlert aria-hidden size={12} />
        No alt
      </span>
    )
  if (uses === 0)
    return (
      <span className={styles.mark}>
        <CircleDashed aria-hidden size={12} />
        Unused
      </span>
    )
  return null
}
