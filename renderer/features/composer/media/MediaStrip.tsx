import { closestCenter, DndContext, PointerSensor, useSensor, useSensors } from '@dnd-kit/core'
import { arrayMove, rectSortingStrategy, SortableContext } from '@dnd-kit/sortable'
import { ImagePlus, Images, Plus } from 'lucide-react'
import { type ClipboardEvent, type DragEvent, memo, useEffect, useRef, useState } from 'react'
import type { PlacedMedium } from '../../../../shared/domain/placement.ts'
import type { Post } from '../../../../shared/domain/post.ts'
import { formatOf } from '../../../../shared/platforms/formats.ts'
import { formatCount } from '../../../parts/index.ts'
import { MediumPicker } from '../../../parts/media/index.ts'
import { announce, Button, cx, Link, SectionHead } from '../../../ui/index.ts'
import { usePlacements } from '../networks/NetworksProvider.tsx'
import { useTarget, useWriting } from '../networks/state.ts'
import styles from './Media.module.css'
import { MediumItem } from './MediumItem.tsx'
import { useMediaList } from './useMediaList.ts'

/** The pictures that go with a text, in their order: added by dropping, pasting or choosing, moved by pointer or Alt and an arrow. */
export const MediaStrip = memo(function MediaStrip({ post, channelId }: { post: Post; channelId: string }) {
  const { list: stored, own, on, change, add, append, remove, rejoin } = useMediaList(post, channelId)
  const [list, setOrder] = useOrder(stored)
  const placements = usePlacements()
  const most = useWriting(({ assessments }) => {
    const content = assessments[channelId]?.content
    return content ? Math.max(0, ...(formatOf(content)?.media.map(({ max }) => max) ?? [])) : 0
  })
  const [over, setOver] = useState(false)
  const [picking, setPicking] = useState(false)
  const row = useRef<HTMLUListElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }))
  useTarget({ channelId, place: { at: 'media', part: 0 } }, () => button.current?.focus())

  const moved = useRef<string | null>(null)
  const move = (from: number, to: number) => {
    const medium = list[from]
    if (!medium || from === to || to < 0 || to >= list.length) return
    moved.current = medium.mediumId
    setOrder(arrayMove([...list], from, to))
    void change((now) => {
      const at = now.findIndex(({ mediumId }) => mediumId === medium.mediumId)
      return at === -1 ? now : arrayMove([...now], at, to)
    }, 'Order of pictures')
    announce(`Picture ${from + 1} is now ${to + 1} of ${list.length}`)
  }
  // What is moved in a list loses the focus on the way.
  // biome-ignore lint/correctness/useExhaustiveDependencies: after every new order
  useEffect(() => {
    if (moved.current) row.current?.querySelector<HTMLElement>(`[data-medium="${moved.current}"]`)?.focus()
    moved.current = null
  }, [list])
  const filesOf = (data: DataTransfer | null) => [...(data?.files ?? [])]
  const drop = (event: DragEvent) => {
    setOver(false)
    const files = filesOf(event.dataTransfer)
    if (files.length === 0) return
    event.preventDefault()
    void add(files)
  }
  const paste = (event: ClipboardEvent) => {
    const files = filesOf(event.clipboardData)
    if (files.length === 0 || event.target instanceof HTMLTextAreaElement) return
    event.preventDefault()
    void add(files)
  }
  const count =
    list.length === 0
      ? 'none yet'
      : `${formatCount(list.length)}${most > 0 && Number.isFinite(most) ? ` of ${formatCount(most)}` : ''}, in this order`

  return (
    <section
      aria-label="Media"
      className={cx(styles.strip, over && styles.over)}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => event.currentTarget === event.target && setOver(false)}
      onDrop={drop}
      onPaste={paste}
    >
      <SectionHead
        title="Media"
        note={
          <>
            {count}
            {on && !own && ', as the post'}
          </>
        }
        end={
          <>
            {own && <Link onClick={() => void rejoin()}>Pictures of the post again</Link>}
            <Button size="sm" variant="ghost" icon={Images} onClick={() => setPicking(true)}>
              From the library
            </Button>
            <Button ref={button} size="sm" variant="ghost" icon={Plus} onClick={() => input.current?.click()}>
              Add
            </Button>
          </>
        }
      />
      {list.length > 0 && (
        <DndContext
          sensors={sensors}
          collisionDetection={closestCenter}
          onDragEnd={({ active, over: onto }) => {
            const at = (id: unknown) => list.findIndex(({ mediumId }) => mediumId === id)
            if (onto) move(at(active.id), at(onto.id))
          }}
        >
          <SortableContext items={list.map(({ mediumId }) => mediumId)} strategy={rectSortingStrategy}>
            <ul ref={row} className={styles.row}>
              {list.map((medium, at) => (
                <MediumItem
                  key={medium.mediumId}
                  channelId={channelId}
                  placed={medium}
                  medium={placements?.media.get(medium.mediumId)}
                  at={at}
                  of={list.length}
                  onMove={(by) => move(at, at + by)}
                  onChange={(fields, what, gesture) =>
                    change(
                      (now) => now.map((one) => (one.mediumId === medium.mediumId ? { ...one, ...fields } : one)),
                      what,
                      gesture,
                    )
                  }
                  onRemove={() => void remove(medium.mediumId)}
                />
              ))}
              <li>
                <button type="button" className={styles.dropHere} onClick={() => input.current?.click()}>
                  <ImagePlus aria-hidden size={16} />
                  Drop or paste
                </button>
              </li>
            </ul>
          </SortableContext>
        </DndContext>
      )}
      {picking && (
        <MediumPicker
          title="Media for this post"
          action="Add"
          multi
          onPick={(media) => void append(media)}
          onClose={() => setPicking(false)}
        />
      )}
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Add media"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          void add(files)
        }}
      />
    </section>
  )
})

/** The list in the order it was just given, until what is stored has it too: a second press must not begin at the old one. */
function useOrder(stored: readonly PlacedMedium[]) {
  const [order, setOrder] = useState<readonly PlacedMedium[] | null>(null)
  const ids = (list: readonly PlacedMedium[]) => list.map(({ mediumId }) => mediumId)
  const same = (a: readonly string[], b: readonly string[]) => a.join() === b.join()
  const waits = order !== null && !same(ids(order), ids(stored)) && same(ids(order).toSorted(), ids(stored).toSorted())
  if (order !== null && !waits) setOrder(null)
  const list = waits ? order.flatMap(({ mediumId }) => stored.find((one) => one.mediumId === mediumId) ?? []) : stored
  return [list, setOrder] as const
}
