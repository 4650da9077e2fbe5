import { closestCenter, DndContext, PointerSensor, useSensor, useSensors } from '@dnd-kit/core'
import { arrayMove, rectSortingStrategy, SortableContext } from '@dnd-kit/sortable'
import { ImagePlus, Images, Plus } from 'lucide-react'
import { memo, useCallback, useEffect, useRef, useState } from 'react'
import type { PlacedMedium } from '../../../../shared/domain/placement.ts'
import type { Post } from '../../../../shared/domain/post.ts'
import { formatOf } from '../../../../shared/platforms/index.ts'
import type { Incoming } from '../../../data/media/adding.ts'
import { formatCount } from '../../../parts/index.ts'
import {
  AddingStrip,
  FileInputs,
  MediumPicker,
  useAdd,
  useFileInputs,
  useIncoming,
} from '../../../parts/media/index.ts'
import { announce, Button, cx, Link, SectionHead } from '../../../ui/index.ts'
import { usePlacements } from '../networks/NetworksProvider.tsx'
import { useTarget, useWriting } from '../networks/state.ts'
import styles from './Media.module.css'
import { MediumItem } from './MediumItem.tsx'
import { useMediaList } from './useMediaList.ts'

/** The media that go with a text, in their order: added by dropping, pasting or choosing, moved by pointer or Alt and an arrow. */
export const MediaStrip = memo(function MediaStrip({ post, channelId }: { post: Post; channelId: string }) {
  const { list: stored, own, on, change, add, remove, rejoin } = useMediaList(post, channelId)
  const [list, setOrder] = useOrder(stored)
  const placements = usePlacements()
  const most = useWriting(({ assessments }) => {
    const content = assessments[channelId]?.content
    return content ? Math.max(0, ...(formatOf(content)?.media.map(({ max }) => max) ?? [])) : 0
  })
  const [choosing, setChoosing] = useState(false)
  const bringIn = useAdd()
  const latest = useRef(add)
  latest.current = add
  const take = useCallback(
    async (files: readonly Incoming[]) => {
      // While one chooses from the library, files go there.
      if (!choosing) await latest.current(await bringIn(files))
    },
    [bringIn, choosing],
  )
  const { over, handlers } = useIncoming(take)
  const { files, folder, chooseFiles } = useFileInputs()
  const row = useRef<HTMLUListElement>(null)
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
  const count =
    list.length === 0
      ? 'none yet'
      : `${formatCount(list.length)}${most > 0 && Number.isFinite(most) ? ` of ${formatCount(most)}` : ''}, in this order`

  return (
    <section aria-label="Media" className={cx(styles.strip, over && styles.over)} {...handlers}>
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
            <Button size="sm" variant="ghost" icon={Images} onClick={() => setChoosing(true)}>
              From the library
            </Button>
            <Button ref={button} size="sm" variant="ghost" icon={Plus} onClick={chooseFiles}>
              Add
            </Button>
          </>
        }
      />
      <AddingStrip />
      <FileInputs files={files} folder={folder} onChosen={(incoming) => void take(incoming)} />
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
                <button type="button" className={styles.dropHere} onClick={chooseFiles}>
                  <ImagePlus aria-hidden size={16} />
                  Drop or paste
                </button>
              </li>
            </ul>
          </SortableContext>
        </DndContext>
      )}
      {choosing && (
        <MediumPicker
          title={on ? `Media on ${on}` : 'Media of the post'}
          multi
          onPick={(media) => void add(media)}
          onClose={() => setChoosing(false)}
        />
      )}
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
