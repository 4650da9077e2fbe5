import { DndContext, DragOverlay, MouseSensor, pointerWithin, TouchSensor, useSensor, useSensors } from '@dnd-kit/core'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useCommands } from '../../ports/commands.ts'
import { announce, Badge, type MenuEntry, vars } from '../../ui/index.ts'
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
  inOrder,
  moved,
  neighbour,
  type Spot,
  sameCells,
  spotOf,
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
  /** What is done is done to these; one of them usually has the keyboard. */
  selected: readonly string[]
  focused: string | null
  onSelect: (ids: readonly string[], focused: string | null) => void
  renderCard: (card: T) => ReactNode
  /** Also the accessible name: what a screen reader says on the card. */
  describe: (card: T) => string
  /** Cards dropped together, in their order. Resolves to false when they go home. */
  onDrop: (cards: readonly T[], to: Spot) => Promise<boolean>
  onAdd: (name: string, to: Spot) => Promise<string>
  onOpen: (card: T) => void
  onPeek?: (card: T) => void
  menuOf: (card: T) => readonly MenuEntry[]
  onLimit: (column: BoardColumn, limit: number) => void
  /** Reads more of a column; absent when all is there. */
  onMore?: (column: BoardColumn) => void
}

interface Carry {
  /** The card that was taken hold of. */
  readonly id: string
  /** All that go with it, itself among them. */
  readonly ids: readonly string[]
  readonly from: Spot
  readonly at: Spot
  readonly by: 'pointer' | 'keys'
}

/** Columns of cards that are moved by pointer and by keyboard. Knows nothing of posts and campaigns. */
export function Board<T extends BoardCard>(props: BoardProps<T>) {
  const { columns, lanes, closedLanes, cells, selected, focused, onSelect, renderCard, describe, noun } = props
  const open = useMemo(() => lanes.filter(({ key }) => !closedLanes.includes(key)), [lanes, closedLanes])
  const [carry, setCarry] = useState<Carry | null>(null)
  /** Cards just dropped: shown at their new place until the data says so too. */
  const [dropped, setDropped] = useState<{ ids: readonly string[]; at: Spot; saved: boolean } | null>(null)
  const [entry, setEntry] = useState<Spot | null>(null)
  const root = useRef<HTMLDivElement>(null)
  const wanted = useRef<string | null>(null)
  const holdsFocus = useRef(false)
  const added = useRef<Promise<string> | null>(null)
  /** A pointer is down on a card: the click that follows says what is selected, not the focus that comes before it. */
  const pressing = useRef(false)
  /** X was pressed: arrows walk on and leave the selection as it is. */
  const marking = useRef(false)

  // Columns without a card give way first, so that what there is comes into sight.
  const widths = columns.map(({ key }) =>
    lanes.some((lane) => cells.get(cellKey({ lane: lane.key, column: key }))?.length)
      ? 'minmax(184px, 1fr)'
      : 'minmax(132px, 1fr)',
  )
  const grid: Grid<T> = useMemo(() => {
    const read = { columns, lanes: open, cells }
    return dropped ? { ...read, cells: moved(read, dropped.ids, dropped.at) } : read
  }, [columns, open, cells, dropped])
  const shown: Grid<T> = useMemo(
    () => (carry?.by === 'keys' ? { ...grid, cells: moved(grid, carry.ids, carry.at) } : grid),
    [grid, carry],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: new cells are the news waited for
  useEffect(() => {
    setDropped((before) => (before?.saved ? null : before))
  }, [cells])

  // Where the keyboard was: when its card is deleted or filtered away, the next one there takes it.
  const last = useRef<Spot | null>(null)
  const here = findCard(shown, focused)
  if (here) last.current = here
  const cardThere = focused !== null && here !== null
  // biome-ignore lint/correctness/useExhaustiveDependencies: new cells are the news waited for
  useEffect(() => {
    if (cardThere || !last.current || !holdsFocus.current || document.activeElement !== document.body) return
    const { lane, column, index } = last.current
    const left = shown.cells.get(cellKey({ lane, column })) ?? []
    const next = left[Math.min(index, left.length - 1)]?.id ?? firstCard(shown)
    if (next) focusCard(next)
  }, [cells, cardThere])
  // A card that was brought back, or come back to, takes the keyboard from the board, never from elsewhere.
  useEffect(() => {
    const active = document.activeElement
    if (focused === null || !(active === document.body || root.current?.contains(active))) return
    const card = root.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(focused)}"]`)
    if (card) card.focus()
    else wanted.current = focused
  }, [focused])

  const spotWords = (ids: readonly string[], at: Spot) => {
    const column = columns.find(({ key }) => key === at.column)?.title ?? ''
    const lane = lanes.length > 1 ? `, ${lanes.find(({ key }) => key === at.lane)?.name ?? ''}` : ''
    const others = (grid.cells.get(cellKey(at)) ?? []).filter((card) => !ids.includes(card.id)).length
    return `${column}${lane}, place ${at.index + 1} of ${others + ids.length}`
  }
  const words = (cards: readonly T[]) => (cards.length === 1 ? `“${cards[0]?.name}”` : `${cards.length} ${noun}s`)
  const cardsOf = (ids: readonly string[]) => inOrder(grid).filter(({ id }) => ids.includes(id))
  /** What goes with a card that is moved: the selection it belongs to, else itself alone. */
  const withCard = (id: string) => (selected.includes(id) ? cardsOf(selected).map((card) => card.id) : [id])
  const focusCard = (id: string | null) => {
    wanted.current = id
    holdsFocus.current = id !== null
    if (id !== null && marking.current) return onSelect(selected, id)
    marking.current = false
    onSelect(id === null ? [] : [id], id)
  }

  const drop = async ({ id, ids, from }: Pick<Carry, 'id' | 'ids' | 'from'>, to: Spot) => {
    const cards = cardsOf(ids)
    if (cards.length === 0 || sameCells(moved(grid, ids, to), grid.cells)) return
    setDropped({ ids, at: to, saved: false })
    wanted.current = id
    const stays = await props.onDrop(cards, to)
    if (stays) announce(`${words(cards)} dropped: ${spotWords(ids, to)}.`)
    else announce(`${words(cards)} back: ${spotWords(ids, from)}.`)
    setDropped((before) => (before?.ids !== ids ? before : stays ? { ...before, saved: true } : null))
    // The news may have come before the answer; then nothing else would end the wait.
    if (stays) setTimeout(() => setDropped((before) => (before?.ids === ids && before.saved ? null : before)), 300)
    holdsFocus.current = true
    wanted.current = id
  }

  // ---- selecting
  const choose = (id: string, { range, toggle }: { range: boolean; toggle: boolean }) => {
    marking.current = false
    const all = inOrder(shown).map((card) => card.id)
    const [from, to] = [all.indexOf(focused ?? id), all.indexOf(id)].sort((a, b) => a - b)
    if (range && from !== undefined && to !== undefined && from >= 0) onSelect(all.slice(from, to + 1), id)
    else if (!toggle) onSelect([id], id)
    else onSelect(toggled(selected, id), id)
  }
  const mark = () => {
    if (focused === null) return
    // The first X keeps the card that is selected by being focused.
    const next = !marking.current && selected.length <= 1 ? [focused] : toggled(selected, focused)
    marking.current = next.length > 0
    onSelect(next, focused)
    announce(`${next.length} selected.`)
  }
  const collapse = () => {
    marking.current = false
    onSelect(focused === null ? [] : [focused], focused)
  }

  // ---- by keyboard
  const focusHere = () => root.current?.contains(document.activeElement) ?? false
  const at = () => (carry ? null : findCard(shown, focused))
  const onCard = () => focusHere() && at() !== null
  const carrying = () => carry?.by === 'keys'
  const go = (direction: Direction) => {
    if (carry?.by === 'keys') {
      const next = step(grid, carry.ids, carry.at, direction)
      wanted.current = carry.id
      setCarry({ ...carry, at: next })
      announce(spotWords(carry.ids, next))
    } else if (focused) focusCard(neighbour(shown, focused, direction))
  }
  const taken = () => {
    const here = at()
    if (!here) return null
    const { id } = here.card
    const ids = withCard(id)
    const from = spotOf(grid, id, ids)
    return from && { id, ids, from }
  }
  const push = (direction: Direction) => {
    const hold = taken()
    if (hold) void drop(hold, step(grid, hold.ids, hold.from, direction))
  }
  const pickUp = () => {
    const hold = taken()
    if (!hold) return
    setCarry({ ...hold, at: hold.from, by: 'keys' })
    announce(
      `${words(cardsOf(hold.ids))} picked up: ${spotWords(hold.ids, hold.from)}. Arrows move, Enter drops, Escape puts back.`,
      true,
    )
  }
  const letGo = () => {
    if (!carry) return
    setCarry(null)
    void drop(carry, carry.at)
  }
  const putBack = () => {
    if (!carry) return
    wanted.current = carry.id
    setCarry(null)
    announce(`Put back: ${spotWords(carry.ids, carry.from)}.`)
  }
  const openEntry = (spot: Spot) => setEntry(spot)
  const insertBelow = () => {
    const here = at()
    const first = columns[0]
    if (here && focusHere()) openEntry({ ...here, index: here.index + 1 })
    else if (first && open[0]) openEntry({ lane: open[0].key, column: first.key, index: 0 })
  }
  const [before, after] = document.dir === 'rtl' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight']
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
    arrow(before, 'back'),
    arrow(after, 'forth'),
    pushing('ArrowUp', 'up'),
    pushing('ArrowDown', 'down'),
    pushing(before, 'back'),
    pushing(after, 'forth'),
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
    {
      id: 'board.mark',
      title: 'Select or leave out the card',
      section: 'Board',
      keys: 'X',
      enabled: onCard,
      run: mark,
    },
    {
      id: 'board.collapse',
      title: 'Clear the selection',
      section: 'Board',
      keys: 'Escape',
      keyOnly: true,
      enabled: () => !carry && (selected.length > 1 || marking.current),
      run: collapse,
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
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    // A finger that moves at once scrolls; one that rests takes the card.
    useSensor(TouchSensor, { activationConstraint: { delay: 300, tolerance: 8 } }),
  )
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
  const takeInHand = (id: string) => {
    const found = findCard(grid, id)
    const ids = withCard(id)
    const from = spotOf(grid, id, ids)
    if (!found || !from) return
    if (!selected.includes(id)) onSelect([id], id)
    setCarry({ id, ids, from, at: from, by: 'pointer' })
    announce(`${words(cardsOf(ids))} in hand. Escape puts back.`)
  }

  const actions: CellActions<T> = {
    noun,
    renderCard,
    describe,
    menuOf: props.menuOf,
    onOpen: props.onOpen,
    onPress: () => {
      pressing.current = true
      const release = () => {
        pressing.current = false
      }
      for (const end of ['pointerup', 'pointercancel']) window.addEventListener(end, release, { once: true })
    },
    onChoose: choose,
    onFocus: (id) => {
      holdsFocus.current = true
      if (id !== focused && !pressing.current) onSelect([id], id)
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
        selected={selected}
        focused={focused}
        slot={dragging ? mine(carry?.at) : null}
        away={dragging ? (carry?.ids ?? NONE) : NONE}
        carried={carry?.by === 'keys' ? carry.ids : NONE}
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
      onDragStart={({ active }) => takeInHand(String(active.id))}
      onDragEnd={letGo}
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
        {inHand && (
          <div className={styles.inHand}>
            {renderCard(inHand)}
            {carry && carry.ids.length > 1 && (
              <span className={styles.inHandCount}>
                <Badge tone="accent">{carry.ids.length}</Badge>
              </span>
            )}
          </div>
        )}
      </DragOverlay>
    </DndContext>
  )
}

const NONE: readonly string[] = []
const toggled = (ids: readonly string[], id: string) =>
  ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]

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
