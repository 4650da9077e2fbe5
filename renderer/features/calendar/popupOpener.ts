import type { RefObject } from 'react'
import type { ClockTime, IsoDate } from '../../../shared/domain/time.ts'
import { toast } from '../../ui/index.ts'
import { type Anchor, type Popup, setUi } from './uiState.ts'

/** Opens what stands beside a day, at the day or at an element on it. */
export function popupOpener(surface: RefObject<HTMLElement | null>, today: IsoDate) {
  const open = (
    kind: Exclude<Popup['kind'], 'published'>,
    anchor: Anchor,
    day: IsoDate,
    time?: ClockTime,
    channelIds?: readonly string[],
  ) => setUi({ popup: { kind, anchor, day, ...(time ? { time } : {}), ...(channelIds ? { channelIds } : {}) } })
  const anchorOf = (day: IsoDate): Anchor =>
    surface.current?.querySelector(`[data-day="${day}"]`) ?? surface.current ?? document.body
  return {
    open,
    anchorOf,
    addOn(day: IsoDate) {
      if (day < today) toast({ text: 'That day is over. Pick one that is still to come.', tone: 'refused' })
      else open('quickAdd', anchorOf(day), day)
    },
    openMore: (day: IsoDate) =>
      open('more', surface.current?.querySelector(`[data-more="${day}"]`) ?? anchorOf(day), day),
  }
}
export type PopupOpener = ReturnType<typeof popupOpener>
