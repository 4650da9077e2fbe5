import {
  DndContext,
  type DragEndEvent,
  DragOverlay,
  PointerSensor,
  pointerWithin,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useCommands } from '../../ports/commands.ts'
import { announce, type MenuEntry, vars } from '../../ui/index.ts'
import styles from './Board.module.css'
import { Cell, type CellActions } from './Cell.tsx'
import { ColumnHead } from './ColumnHead.tsx'
import {
  type BoardCard,
  type BoardColumn,
  type BoardLane,
  type Cells,
  cellKey,
  countWords,
  type Direction,
  findCard,
  type Grid,
  moved,
  neighbour,
  type Spot,
  step,
} from './model.ts'

export interface BoardProps<T extends BoardCard> {
  label: string
  /** What a card is: `post`, `campaign`. */
  noun: string
  columns: readonly BoardColumn[]
  /** One lane without a name: no lanes. */
  lanes: readonly BoardLane[]
  closedLanes: readonly string[]
  onToggleLane: (key: string) => void
  cells: Cells<T>
  focused: string | null
  onFocus: (id: string | null) => void
  renderCard: (card: T) => ReactNode
  /** Also the accessible name: what a screen reader says on the card. */
  describe: (card: T) => string
  /** Resolves to false when the card goes home. */
  onDrop: (card: T, to: Spot) => Promise<boolean>
  onAdd: (name: string, to: Spot) => Promise<string>
  onOpen: (card: T) => void
  onPeek?: (card: T) => void
  menuOf: (card: T) => readonly MenuEntry[]
  onLimit: (column: BoardColumn, limit: number) => void
  /** Reads more of a column; absent when all is there. */
  onMore?: (column: BoardColumn) => void
}

interface Carry {
  readonly id: string
  readonly from: Spot
  readonly at: Spot
  readonly by: 'pointer' | 'keys'
}

/** Columns of cards that are moved by pointer and by keyboard. Knows nothing of posts and campaigns. */
export function Board<T extends BoardCard>(props: BoardProps<T>) {
  const { columns, lanes, closedLanes, cells, focused, onFocus, renderCard, describe, noun } = props
  const open = useMemo(() => lanes.filter(({ key }) => !closedLanes.includes(key)), [lanes, closedLanes])
  const [carry, setCarry] = useState<Carry | null>(null)
  /** A card just dropped: shown at its new place until the data says so too. */
  const [dropped, setDropped] = useState<{ id: string; at: Spot; saved: boolean } | null>(null)
  const [entry, setEntry] = useState<Spot | null>(null)
  const root = useRef<HTMLDivElement>(null)
  const wanted = useRef<string | null>(null)
  const holdsFocus = useRef(false)
  const added = useRef<Promise<string> | null>(null)

  // Columns without a card give way first, so that what there is comes into sight.
  const widths = columns.map(({ key }) =>
    lanes.some((lane) => cells.get(cellKey({ lane: lane.key, column: key }))?.length)
      ? 'minmax(184px, 1fr)'
      : 'minmax(132px, 1fr)',
  )
  const grid: Grid<T> = useMemo(() => ({ columns, lanes: open, cells }), [columns, open, cells])
  const shown: Grid<T> = useMemo(() => {
    if (carry?.by === 'keys') return { ...grid, cells: moved(grid, carry.id, carry.at) }
    if (dropped) return { ...grid, cells: moved(grid, dropped.id, dropped.at) }
    return grid
  }, [grid, carry, dropped])

  // biome-ignore lint/correctness/useExhaustiveDependencies: new cells are the news waited for
  useEffect(() => {
    setDropped((before) => (before?.saved ? null : before))
  }, [cells])

  const nameOf = (key: string, list: readonly { key: string }[]) => list.findIndex((one) => one.key === key)
  const spotWords = (id: string, at: Spot) => {
    const column = columns.find(({ key }) => key === at.column)?.title ?? ''
    const lane = lanes.length > 1 ? `, ${lanes[nameOf(at.lane, lanes)]?.name ?? ''}` : ''
    const others = (grid.cells.get(cellKey(at)) ?? []).filter((card) => card.id !== id).length
    return `${column}${lane}, place ${at.index + 1} of ${others + 1}`
  }
  const focusCard = (id: string | null) => {
    wanted.current = id
    holdsFocus.current = id !== null
    onFocus(id)
  }

  const drop = async (id: string, from: Spot, to: Spot) => {
    const found = findCard(grid, id)
    if (!found || (cellKey(from) === cellKey(to) && from.index === to.index)) return
    setDropped({ id, at: to, saved: false })
    wanted.current = id
    const stays = await props.onDrop(found.card, to)
    if (stays) announce(`“${found.card.name}” dropped: ${spotWords(id, to)}.`)
    else announce(`“${found.card.name}” is back: ${spotWords(id, from)}.`)
    setDropped((before) => (before?.id !== id ? before : stays ? { ...before, saved: true } : null))
    // The news may have come before the answer; then nothing else would end the wait.
    if (stays) setTimeout(() => setDropped((before) => (before?.id === id && before.saved ? null : before)), 300)
    holdsFocus.current = true
    wanted.current = id
  }

  // ---- by keyboard
  const focusHere = () => root.current?.contains(document.activeElement) ?? false
  const at = () => (carry ? null : findCard(shown, focused))
  const onCard = () => focusHere() && at() !== null
  const carrying = () => carry?.by === 'keys'
  const go = (direction: Direction) => {
    if (carry?.by === 'keys') {
      const next = step(grid, carry.id, carry.at, direction)
      wanted.current = carry.id
      setCarry({ ...carry, at: next })
      announce(spotWords(carry.id, next))
    } else if (focused) focusCard(neighbour(shown, focused, direction))
  }
  const push = (direction: Direction) => {
    const here = at()
    if (here) void drop(here.card.id, here, step(grid, here.card.id, here, direction))
  }
  const pickUp = () => {
    const here = at()
    if (!here) return
    setCarry({ id: here.card.id, from: here, at: here, by: 'keys' })
    announce(
      `“${here.card.name}” picked up: ${spotWords(here.card.id, here)}. Arrows move it, Enter drops it, Escape puts it back.`,
      true,
    )
  }
  const letGo = () => {
    if (!carry) return
    setCarry(null)
    void drop(carry.id, carry.from, carry.at)
  }
  const putBack = () => {
    if (!carry) return
    wanted.current = carry.id
    setCarry(null)
    announce(`Put back: ${spotWords(carry.id, carry.from)}.`)
  }
  const openEntry = (spot: Spot) => setEntry(spot)
  const insertBelow = () => {
    const here = at()
    const first = columns[0]
    if (here && focusHere()) openEntry({ ...here, index: here.index + 1 })
    else if (first && open[0]) openEntry({ lane: open[0].key, column: first.key, index: 0 })
  }
  const arrow = (key: string, direction: Direction) => ({
    id: `board.${direction}`,
    title: `Card ${{ up: 'above', down: 'below', back: 'in the column before', forth: 'in the column after' }[direction]}`,
    section: 'Board',
    keys: key,
    keyOnly: true,
    enabled: () => carrying() || onCard(),
    run: () => go(direction),
  })
  const pushing = (key: string, direction: Direction) => ({
    id: `board.move.${direction}`,
    title: `Move the card ${{ up: 'up', down: 'down', back: 'to the column before', forth: 'to the column after' }[direction]}`,
    section: 'Board',
    keys: `Shift+${key}`,
    enabled: () => at() !== null,
    run: () => push(direction),
  })
  useCommands([
    arrow('ArrowUp', 'up'),
    arrow('ArrowDown', 'down'),
    arrow('ArrowLeft', 'back'),
    arrow('ArrowRight', 'forth'),
    pushing('ArrowUp', 'up'),
    pushing('ArrowDown', 'down'),
    pushing('ArrowLeft', 'back'),
    pushing('ArrowRight', 'forth'),
    { id: 'board.pickUp', title: 'Pick the card up', section: 'Board', keys: 'M', enabled: onCard, run: pickUp },
    {
      id: 'board.letGo',
      title: 'Drop the card',
      section: 'Board',
      keys: 'Enter | M | Space',
      keyOnly: true,
      enabled: carrying,
      run: letGo,
    },
    {
      id: 'board.putBack',
      title: 'Put the card back',
      section: 'Board',
      keys: 'Escape',
      keyOnly: true,
      enabled: carrying,
      run: putBack,
    },
    { id: 'board.insert', title: `New ${noun} below`, section: 'Board', keys: 'N', run: insertBelow },
    {
      id: 'board.open',
      title: `Open the ${noun}`,
      section: 'Board',
      keys: 'Enter',
      enabled: onCard,
      run: () => {
        const here = at()
        if (here) props.onOpen(here.card)
      },
    },
    ...(props.onPeek
      ? [
          {
            id: 'board.peek',
            title: 'Peek',
            section: 'Board',
            keys: 'Space',
            enabled: onCard,
            run: () => {
              const here = at()
              if (here) props.onPeek?.(here.card)
            },
          },
        ]
      : []),
  ])

  // ---- by pointer
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 5 } }))
  const inHand = carry?.by === 'pointer' ? findCard(grid, carry.id)?.card : undefined
  const onMoveRef = useRef<(event: PointerEvent) => void>(() => {})
  onMoveRef.current = (event) => {
    if (carry?.by !== 'pointer') return
    const to = spotUnder(root.current, event.clientX, event.clientY)
    if (to && (cellKey(to) !== cellKey(carry.at) || to.index !== carry.at.index)) setCarry({ ...carry, at: to })
  }
  const dragging = carry?.by === 'pointer'
  useEffect(() => {
    if (!dragging) return
    const listen = (event: PointerEvent) => onMoveRef.current(event)
    window.addEventListener('pointermove', listen)
    return () => window.removeEventListener('pointermove', listen)
  }, [dragging])
  const onDragEnd = (_event: DragEndEvent) => {
    if (carry?.by !== 'pointer') return
    setCarry(null)
    void drop(carry.id, carry.from, carry.at)
  }

  const actions: CellActions<T> = {
    noun,
    renderCard,
    describe,
    menuOf: props.menuOf,
    onOpen: props.onOpen,
    onFocus: (id) => {
      holdsFocus.current = true
      if (id !== focused) onFocus(id)
    },
    onMore: props.onMore,
    onEntrySave: async (name) => {
      if (!entry) return
      const at = entry
      setEntry({ ...at, index: at.index + 1 })
      added.current = props.onAdd(name, at)
      await added.current
      announce(`“${name}” added.`)
    },
    onEntryClose: async (toCard) => {
      const above = entry && (shown.cells.get(cellKey(entry)) ?? [])[entry.index - 1]
      const last = added.current
      added.current = null
      setEntry(null)
      if (!toCard) return
      // The last line may still be on its way to the disk; its card takes the focus once it is there.
      focusCard((await last) ?? above?.id ?? focused)
    },
  }
  const first = firstCard(shown)
  const tabStop = findCard(shown, focused) ? focused : first
  const named = lanes.length > 1 || (lanes[0]?.name ?? '') !== ''

  const cellOf = (lane: BoardLane, column: BoardColumn, grows: boolean) => {
    const here = { lane: lane.key, column: column.key }
    const mine = (spot: Spot | null | undefined) => (spot && cellKey(spot) === cellKey(here) ? spot.index : null)
    return (
      <Cell
        key={cellKey(here)}
        column={column}
        lane={lane}
        cards={shown.cells.get(cellKey(here)) ?? []}
        grows={grows}
        tabStop={tabStop}
        focused={focused}
        slot={dragging ? mine(carry?.at) : null}
        origin={dragging ? (carry?.id ?? null) : null}
        carried={carry?.by === 'keys' ? carry.id : null}
        entry={mine(entry)}
        wanted={wanted}
        holdsFocus={holdsFocus}
        actions={actions}
      />
    )
  }

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={pointerWithin}
      accessibility={{ announcements: SILENT, screenReaderInstructions: { draggable: '' } }}
      onDragStart={({ active }) => {
        const found = findCard(grid, String(active.id))
        if (!found) return
        onFocus(found.card.id)
        setCarry({ id: found.card.id, from: found, at: found, by: 'pointer' })
        announce(`“${found.card.name}” in hand. Escape puts it back.`)
      }}
      onDragEnd={onDragEnd}
      onDragCancel={putBack}
    >
      <section
        ref={root}
        aria-label={props.label}
        className={named ? styles.lanes : styles.board}
        data-keys="screen"
        data-carrying={carry ? true : undefined}
        style={vars({ '--grid': widths.join(' ') })}
        onBlur={(event) => {
          if (event.relatedTarget) holdsFocus.current = root.current?.contains(event.relatedTarget) ?? false
        }}
      >
        <div className={styles.heads}>
          {columns.map((column) => (
            <ColumnHead
              key={column.key}
              column={column}
              noun={noun}
              target={carry?.at.column === column.key && dragging}
              onLimit={(limit) => props.onLimit(column, limit)}
              onAdd={() => open[0] && openEntry({ lane: open[0].key, column: column.key, index: 0 })}
            />
          ))}
        </div>
        {named ? (
          <div className={styles.bands}>
            {lanes.map((lane) => {
              const isOpen = !closedLanes.includes(lane.key)
              const count = columns.reduce(
                (sum, { key }) => sum + (cells.get(cellKey({ lane: lane.key, column: key }))?.length ?? 0),
                0,
              )
              return (
                <section key={lane.key} aria-label={lane.name} className={styles.band}>
                  <button
                    type="button"
                    className={styles.laneHead}
                    aria-expanded={isOpen}
                    onClick={() => props.onToggleLane(lane.key)}
                  >
                    {isOpen ? <ChevronDown aria-hidden size={14} /> : <ChevronRight aria-hidden size={14} />}
                    {lane.title}
                    <span className={styles.laneCount}>{count}</span>
                  </button>
                  {isOpen && <div className={styles.row}>{columns.map((column) => cellOf(lane, column, false))}</div>}
                </section>
              )
            })}
          </div>
        ) : (
          <div className={styles.row}>{lanes.map((lane) => columns.map((column) => cellOf(lane, column, true)))}</div>
        )}
      </section>
      <DragOverlay dropAnimation={null}>
        {inHand && <div className={styles.inHand}>{renderCard(inHand)}</div>}
      </DragOverlay>
    </DndContext>
  )
}

// The board speaks for itself, for both ways of moving a card.
const SILENT = {
  onDragStart: () => undefined,
  onDragOver: () => undefined,
  onDragEnd: () => undefined,
  onDragCancel: () => undefined,
}

const firstCard = <T extends BoardCard>({ columns, lanes, cells }: Grid<T>): string | null => {
  for (const lane of lanes)
    for (const column of columns) {
      const card = cells.get(cellKey({ lane: lane.key, column: column.key }))?.[0]
      if (card) return card.id
    }
  return null
}

/** The place a pointer is over: the cell, and before the first card whose middle is below the pointer. */
function spotUnder(root: HTMLElement | null, x: number, y: number): Spot | null {
  const cell = [...(root?.querySelectorAll<HTMLElement>('[data-cell]') ?? [])].find((element) => {
    const box = element.getBoundingClientRect()
    return x >= box.left && x < box.right && y >= box.top - 40 && y < box.bottom
  })
  if (!cell) return null
  const { lane = '', column = '' } = cell.dataset
  const rows = [...cell.querySelectorAll<HTMLElement>('[data-place]')]
    .map((row) => ({ box: row.getBoundingClientRect(), place: Number(row.dataset.place) }))
    .sort((a, b) => a.place - b.place)
  const below = rows.find(({ box }) => box.top + box.height / 2 > y)
  return { lane, column, index: below ? below.place : (rows.at(-1)?.place ?? -1) + 1 }
}

export { countWords }
