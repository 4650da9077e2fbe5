/** What a press on the calendar means: one place decides for every card, bar, slot and day. */
import { type MouseEvent, type PointerEvent, type RefObject, useRef } from 'react'
import { postOf } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { type IsoDate, minutesOf, toWall } from '../../../shared/domain/time.ts'
import { editCampaign } from '../../data/commands/campaigns.ts'
import { useMarks } from '../../parts/atNetwork/cardMarks.ts'
import { formatRange, useUndo } from '../../parts/index.ts'
import { stopWords } from '../../parts/useUnfit.ts'
import { useDeps } from '../../ports/deps.tsx'
import { clearSelection, go, select, useNavigation } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { markOf } from '../../ports/rules.ts'
import { toast } from '../../ui/index.ts'
import { type Axis, timeAt } from './axis.ts'
import { resizeBar } from './barResize.ts'
import { eventOf } from './events.ts'
import { startMarquee } from './marquee.ts'
import { tooltip } from './messages.ts'
import type { PopupOpener } from './popupOpener.ts'
import { type Anchor, selectCard, setUi, standingCard, ui } from './uiState.ts'
import type { useDrag } from './useDrag.ts'
import type { Page, PageView } from './usePage.ts'

interface PressContext {
  readonly page: Page | null
  readonly view: PageView
  readonly today: IsoDate
  readonly surface: RefObject<HTMLElement | null>
  readonly axis: RefObject<Axis | null>
  lookup(id: string): Post | undefined
  readonly drag: ReturnType<typeof useDrag>
  readonly open: PopupOpener['open']
  clashText(id: string): string | undefined
}

export function usePresses({ page, view, today, surface, axis, lookup, drag, open, clashText }: PressContext) {
  const { store, clock } = useDeps()
  const reference = useReference()
  const { settings, campaigns } = reference
  const { undo } = useUndo()
  const popupBefore = useRef(false)
  /** The post that had the keyboard before the press gave it to another: a range begins there. */
  const rangeFrom = useRef<string | null>(null)
  const onPointerDown = (event: PointerEvent) => {
    const target = event.target as Element
    rangeFrom.current = standingCard()
    popupBefore.current = ui().popup !== null
    const end = target.closest<HTMLElement>('[data-bar-end]')?.dataset.barEnd
    const campaign = campaigns.get(target.closest<HTMLElement>('[data-campaign]')?.dataset.campaign ?? '')
    if (event.button === 0 && campaign && (end === 'start' || end === 'end')) {
      return resizeBar(event, campaign, end, async (dates) => {
        const saved = await editCampaign(store, campaign.id, dates, 'Dates')
        if (saved.ok)
          toast({
            id: 'undo',
            text: `“${campaign.name}” now runs ${formatRange({ from: dates.startOn, to: dates.endOn })}`,
            undo,
          })
      })
    }
    const post = target.closest<HTMLElement>('[data-post]')
    if (post?.dataset.post) {
      // A finger that rests takes the post in hand, however long it rests: no menu comes in between.
      if (event.pointerType !== 'mouse') event.preventDefault()
      return drag(event, post.dataset.post, post)
    }
    const empty = view === 'month' && target.closest('[data-day]') && !target.closest('button')
    // A finger on an empty day scrolls.
    if (event.button === 0 && event.pointerType === 'mouse' && empty) startMarquee(event, surface)
  }

  /** A bar under the pointer dims the posts of other campaigns. */
  const onPointerOver = (event: PointerEvent) => {
    const campaign = (event.target as Element).closest<HTMLElement>('[data-campaign]')?.dataset.campaign ?? ''
    if (ui().campaign !== campaign && !ui().hand && !ui().bar) setUi({ campaign })
    explainPost(event.target as Element)
  }

  /** The tooltip of a card names both zones; it is written when somebody comes near, not for every card of a page. */
  const explainPost = (target: Element) => {
    const card = target.closest<HTMLElement>('[data-post]')
    const known = card?.dataset.post ? lookup(card.dataset.post) : undefined
    const event = known ? eventOf(known, settings.zone) : null
    if (!card || !event) return
    const stop = stopWords(markOf(event.post), event.post, reference)
    card.title = tooltip(event, settings.secondZone, [
      clashText(event.id),
      stop,
      ...useMarks.getState().say(event.post),
    ])
  }

  const onClick = (event: MouseEvent) => {
    const target = event.target as Element
    const at = <K extends string>(name: K) => target.closest<HTMLElement>(`[data-${name}]`)
    const post = at('post')?.dataset.post
    if (post) return press(event, post)
    const more = at('more')
    if (more?.dataset.more) return open('more', more, more.dataset.more)
    if (at('fold')) return setUi({ night: !ui().night })
    const slot = at('slot')
    if (slot?.dataset.slotDay)
      return open('quickAdd', slot, slot.dataset.slotDay, slot.dataset.slot, slot.dataset.slotChannels?.split(' '))
    const campaign = at('campaign')?.dataset.campaign
    if (campaign) return go({ screen: 'campaign', campaignId: campaign })
    const cell = at('day')
    if (!cell?.dataset.day || target.closest('button') || !surface.current?.contains(cell)) return
    pressDay(event, cell, cell.dataset.day)
  }

  const press = (event: MouseEvent, id: string) => {
    setUi({ marking: false })
    const { selected } = useNavigation.getState()
    const before = rangeFrom.current
    const postId = postOf(id)
    if (event.ctrlKey || event.metaKey)
      return select(selected.includes(postId) ? selected.filter((other) => other !== postId) : [...selected, postId])
    if (event.shiftKey && before && page) {
      const all = page.days.flatMap((day) => (page.byDay.get(day) ?? []).map((shown) => shown.id))
      const [from, to] = [all.indexOf(before), all.indexOf(id)].sort((a, b) => a - b)
      if (from !== undefined && to !== undefined && from >= 0)
        return select([
          ...new Set([
            ...all
              .slice(from, to + 1)
              .map(postOf)
              .filter((other) => other !== postId),
            postId,
          ]),
        ])
    }
    selectCard(id)
    setUi({ peek: 'pressed', day: null })
  }

  /** An empty place: a new post there, unless it is over or a popover was only being closed. */
  const pressDay = (event: MouseEvent, cell: HTMLElement, day: IsoDate) => {
    clearSelection()
    setUi({ day, marking: false })
    if (popupBefore.current || view === 'list' || day < today) return
    if (cell.dataset.drop !== 'time' || !axis.current) return open('quickAdd', pointAt(event), day)
    const { minutes } = timeAt(axis.current, event.clientY - cell.getBoundingClientRect().top - 12, 30)
    const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
    if (day === today && minutes < minutesOf(toWall(clock.now(), settings.zone).time)) return
    open('quickAdd', pointAt(event), day, time)
  }

  const onDoubleClick = (event: MouseEvent) => {
    const post = (event.target as Element).closest<HTMLElement>('[data-post]')?.dataset.post
    if (post) go({ screen: 'write', postId: postOf(post) })
  }

  return { onPointerDown, onPointerOver, onClick, onDoubleClick, explainPost }
}

const pointAt = (event: MouseEvent): Anchor => {
  const { clientX, clientY } = event
  return { getBoundingClientRect: () => new DOMRect(clientX, clientY, 1, 1) }
}
