import { useDraggable, useDroppable } from '@dnd-kit/core'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react'
import { Button, ContextMenu, cx, type MenuEntry } from '../../ui/index.ts'
import styles from './Board.module.css'
import { type BoardCard, type BoardColumn, type BoardLane, cellKey } from './model.ts'
import { QuickEntry } from './QuickEntry.tsx'

export interface CellActions<T extends BoardCard> {
  noun: string
  renderCard: (card: T) => ReactNode
  describe: (card: T) => string
  menuOf: (card: T) => readonly MenuEntry[]
  onOpen: (card: T) => void
  /** A pointer came down on a card. */
  onPress: () => void
  /** A click on a card, with Shift (all up to it) or Ctrl (this one more or less). */
  onChoose: (id: string, how: { range: boolean; toggle: boolean }) => void
  onFocus: (id: string) => void
  onMore?: (column: BoardColumn) => void
  onEntrySave: (name: string) => Promise<void>
  onEntryClose: (toCard: boolean) => Promise<void>
}

interface CellProps<T extends BoardCard> {
  column: BoardColumn
  lane: BoardLane
  cards: readonly T[]
  /** Fills the height (no lanes) or is as high as its cards, up to a limit. */
  grows: boolean
  tabStop: string | null
  selected: readonly string[]
  focused: string | null
  /** Place where the cards in hand would land. */
  slot: number | null
  /** Cards in hand: their old places stay visible. */
  away: readonly string[]
  /** Cards carried by keyboard. */
  carried: readonly string[]
  entry: number | null
  /** The card that is to have the focus as soon as it is drawn. */
  wanted: RefObject<string | null>
  /** Whether the board had the focus before its cards moved about. */
  holdsFocus: RefObject<boolean>
  actions: CellActions<T>
}

type Row<T> =
  | { readonly kind: 'card'; readonly card: T; readonly place: number }
  | { readonly kind: 'slot' }
  | { readonly kind: 'entry' }
  | { readonly kind: 'more' }

/** The cards of one column (in one lane). Only those in sight are drawn, and always the focused one. */
export function Cell<T extends BoardCard>(props: CellProps<T>) {
  const { column, lane, grows, focused, wanted, holdsFocus, actions } = props
  const scroller = useRef<HTMLDivElement>(null)
  const rows = rowsOf(props)
  const focusedRow = rows.findIndex((row) => row.kind === 'card' && row.card.id === focused)
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'card' ? 96 : 40),
    getItemKey: (index) => {
      const row = rows[index]
      return row?.kind === 'card' ? row.card.id : (row?.kind ?? index)
    },
    gap: 8,
    overscan: 6,
    paddingEnd: 12,
    rangeExtractor: (range) => {
      const drawn = defaultRangeExtractor(range)
      return focusedRow < 0 || drawn.includes(focusedRow) ? drawn : [...drawn, focusedRow].sort((a, b) => a - b)
    },
  })
  const { setNodeRef } = useDroppable({ id: cellKey({ lane: lane.key, column: column.key }) })

  useLayoutEffect(() => {
    const lost = holdsFocus.current && document.activeElement === document.body ? focused : null
    const id = wanted.current ?? lost
    if (id === null || props.away.length > 0) return
    const row = rows.findIndex((one) => one.kind === 'card' && one.card.id === id)
    if (row < 0) return
    list.scrollToIndex(row, { align: 'auto' })
    const element = scroller.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`)
    if (!element) return
    element.focus({ preventScroll: true })
    wanted.current = null
  })

  return (
    <div
      ref={(element) => {
        scroller.current = element
        setNodeRef(element)
      }}
      className={cx(styles.cell, grows ? styles.grows : styles.fits)}
      data-cell
      data-lane={lane.key}
      data-column={column.key}
      data-target={props.slot !== null || undefined}
    >
      <ul
        aria-label={lane.name ? `${column.title}, ${lane.name}` : column.title}
        className={styles.list}
        style={{ blockSize: list.getTotalSize() }}
      >
        {list.getVirtualItems().map(({ key, index, start }) => {
          const row = rows[index]
          if (!row) return null
          return (
            <li
              key={key}
              ref={list.measureElement}
              data-index={index}
              data-place={row.kind === 'card' && !props.away.includes(row.card.id) ? row.place : undefined}
              className={styles.item}
              style={{ transform: `translateY(${start}px)` }}
            >
              {row.kind === 'card' && (
                <CardShell
                  card={row.card}
                  actions={actions}
                  tabStop={row.card.id === props.tabStop}
                  selected={props.selected.includes(row.card.id)}
                  away={props.away.includes(row.card.id)}
                  carried={props.carried.includes(row.card.id)}
                  position={row.place + 1}
                  size={column.count}
                />
              )}
              {row.kind === 'slot' && <div className={styles.slot} />}
              {row.kind === 'entry' && (
                <QuickEntry
                  label={`Name of the new ${actions.noun} in ${column.title}`}
                  onSave={actions.onEntrySave}
                  onClose={(toCard) => void actions.onEntryClose(toCard)}
                />
              )}
              {row.kind === 'more' && (
                <Button variant="ghost" size="sm" onClick={() => actions.onMore?.(column)}>
                  Show more of {column.count}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function rowsOf<T extends BoardCard>({ cards, slot, away, entry, column, grows, actions }: CellProps<T>): Row<T>[] {
  const rows: Row<T>[] = []
  let place = 0
  // One card over its own place would land where it lies: no place is drawn.
  const home = away.length === 1 ? cards.findIndex((card) => away.includes(card.id)) : -1
  const before = (at: number) => {
    if (slot === at && at !== home) rows.push({ kind: 'slot' })
    if (entry === at) rows.push({ kind: 'entry' })
  }
  for (const card of cards) {
    const stays = !away.includes(card.id)
    if (stays) before(place)
    rows.push({ kind: 'card', card, place })
    if (stays) place += 1
  }
  before(place)
  if (grows && actions.onMore && column.count > cards.length) rows.push({ kind: 'more' })
  return rows
}

interface CardShellProps<T extends BoardCard> {
  card: T
  actions: CellActions<T>
  tabStop: boolean
  selected: boolean
  away: boolean
  carried: boolean
  position: number
  size: number
}

/** The part of a card that takes focus, presses and drags; what is in it is drawn by the board's owner. */
function CardShell<T extends BoardCard>({
  card,
  actions,
  tabStop,
  selected,
  away,
  carried,
  position,
  size,
}: CardShellProps<T>) {
  const { setNodeRef, listeners } = useDraggable({ id: card.id })
  return (
    <ContextMenu items={() => actions.menuOf(card)} label={card.name || 'Untitled'}>
      {/* biome-ignore lint/a11y/useSemanticElements: a button would not let its text be dragged by the pointer */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are commands of the board */}
      <div
        ref={setNodeRef}
        {...listeners}
        role="button"
        tabIndex={tabStop ? 0 : -1}
        aria-roledescription="Card"
        aria-label={`${actions.describe(card)}, ${position} of ${size}`}
        // Its name hides what is in it: what stops a post is told after it.
        aria-describedby={`about-${card.id}`}
        aria-pressed={selected}
        data-card={card.id}
        data-selected={selected || undefined}
        data-origin={away || undefined}
        data-carried={carried || undefined}
        className={styles.shell}
        onPointerDown={actions.onPress}
        onClick={({ shiftKey, ctrlKey, metaKey }) =>
          actions.onChoose(card.id, { range: shiftKey, toggle: ctrlKey || metaKey })
        }
        onFocus={() => actions.onFocus(card.id)}
        onDoubleClick={() => actions.onOpen(card)}
      >
        {actions.renderCard(card)}
      </div>
    </ContextMenu>
  )
}
