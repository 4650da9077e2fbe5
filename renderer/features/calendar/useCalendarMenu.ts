/** The one context menu of the calendar: of a post, a campaign, a day, or of nothing in particular. */
import { type MouseEvent, useRef } from 'react'
import { flushSync } from 'react-dom'
import { postOf } from '../../../shared/domain/placement.ts'
import type { IsoDate } from '../../../shared/domain/time.ts'
import type { PostFilter } from '../../../shared/domain/workspace.ts'
import { usePostActions } from '../../parts/index.ts'
import { openDialog } from '../../ports/dialogs.ts'
import { go, select, showDate, showView, useNavigation } from '../../ports/navigation.ts'
import { setPostFilter } from '../../ports/views.ts'
import type { MenuEntry } from '../../ui/index.ts'
import type { PopupOpener } from './popupOpener.ts'
import type { PageView } from './usePage.ts'

interface MenuContext extends Pick<PopupOpener, 'open' | 'anchorOf'> {
  readonly selected: readonly string[]
  readonly filter: PostFilter
  readonly today: IsoDate
}

export function useCalendarMenu({ selected, filter, today, open, anchorOf }: MenuContext) {
  const actions = usePostActions(selected)
  const menuFor = useRef<{ post?: string; campaign?: string; day?: IsoDate; element?: Element }>({})
  const items = (): readonly MenuEntry[] => {
    const { post, campaign, day, element } = menuFor.current
    if (post) return actions.menu
    if (campaign) {
      return [
        { label: 'Open the campaign', onSelect: () => go({ screen: 'campaign', campaignId: campaign }) },
        { label: 'Shift…', onSelect: () => openDialog({ kind: 'shift', campaignId: campaign }) },
        {
          label: 'Show only its posts',
          onSelect: () => setPostFilter('calendar', { ...filter, campaignIds: [campaign] }),
        },
        { label: 'Plan to PDF…', onSelect: () => openDialog({ kind: 'plan', campaignId: campaign }) },
      ]
    }
    if (!day) return [{ label: 'New post', onSelect: () => openDialog({ kind: 'quickAdd' }) }]
    const anchor = element ?? anchorOf(day)
    return [
      { label: 'New post here', keys: ['N'], disabled: day < today, onSelect: () => open('quickAdd', anchor, day) },
      { label: 'Note, holiday or blackout…', onSelect: () => open('note', anchor, day) },
      { label: 'New post from a template…', onSelect: () => openDialog({ kind: 'template', of: 'post' }) },
      { label: 'New campaign from a template…', onSelect: () => openDialog({ kind: 'template', of: 'campaign' }) },
      { label: 'Fill gaps from evergreens…', onSelect: () => openDialog({ kind: 'evergreen' }) },
      { separator: true },
      { label: 'Show this day', onSelect: () => show('day', day) },
      { label: 'Show this week', onSelect: () => show('week', day) },
    ]
  }
  const onContextMenu = (event: MouseEvent) => {
    const target = event.target as Element
    if (target.closest('[data-held]')) {
      event.preventDefault()
      event.stopPropagation()
      return
    }
    const data = (name: string) => target.closest<HTMLElement>(`[data-${name}]`)
    const card = data('post')?.dataset.post
    const post = card && postOf(card)
    menuFor.current = {
      post,
      campaign: data('campaign')?.dataset.campaign,
      day: data('day')?.dataset.day,
      element: data('day') ?? undefined,
    }
    // The menu is asked in this very event: it must already speak of the post that was pressed.
    if (post && !useNavigation.getState().selected.includes(post)) flushSync(() => select([post]))
  }

  // Whoever asks before this screen is drawn anew still gets the entries of now.
  const latest = useRef(items)
  latest.current = items
  return { items: () => latest.current(), onContextMenu }
}

const show = (view: PageView, day: IsoDate) => {
  showDate(day)
  showView(view)
}
