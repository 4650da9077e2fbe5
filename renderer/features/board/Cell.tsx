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
  focused: string | null
  /** Place where the card in hand would land. */
  slot: number | null
  /** Id of the card in hand: its old place stays visible. */
  origin: string | null
  /** Id of the card carried by keyboard. */
  carried: string | null
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
    if (id === null || props.origin !== null) return
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
              data-place={row.kind === 'card' && row.card.id !== props.origin ? row.place : undefined}
              className={styles.item}
              style={{ transform: `translateY(${start}px)` }}
            >
              {row.kind === 'card' && (
                <CardShell
                  card={row.card}
                  actions={actions}
                  tabStop={row.card.id === props.tabStop}
                  selected={row.card.id === focused}
                  origin={row.card.id === props.origin}
                  carried={row.card.id === props.carried}
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

function rowsOf<T extends BoardCard>({ cards, slot, origin, entry, column, grows, actions }: CellProps<T>): Row<T>[] {
  const rows: Row<T>[] = []
  let place = 0
  const home = cards.findIndex((card) => card.id === origin)
  const before = (at: number) => {
    if (slot === at && at !== home) rows.push({ kind: 'slot' })
    if (entry === at) rows.push({ kind: 'entry' })
  }
  for (const card of cards) {
    if (card.id !== origin) before(place)
    rows.push({ kind: 'card', card, place })
    if (card.id !== origin) place += 1
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
  origin: boolean
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
  origin,
  carried,
  position,
  size,
}: CardShellProps<T>) {
  const { setNodeRef, listeners } = useDraggable({ id: card.id })
  return (
    <ContextMenu items={() => actions.menuOf(card)} label={card.name || 'Untitled'}>
      {/* biome-ignore lint/a11y/useSemanticElements: a button would not let its text be dragged by the pointer */}
      <div
        ref={setNodeRef}
        {...listeners}
        role="button"
        tabIndex={tabStop ? 0 : -1}
        aria-roledescription="Card"
        aria-label={`${actions.describe(card)}, ${position} of ${size}`}
        aria-pressed={carried || undefined}
        data-card={card.id}
        data-selected={selected || undefined}
        data-origin={origin || undefined}
        data-carried={carried || undefined}
        className={styles.shell}
        onFocus={() => actions.onFocus(card.id)}
        onDoubleClick={() => actions.onOpen(card)}
      >
        {actions.renderCard(card)}
      </div>
    </ContextMenu>
  )
}
