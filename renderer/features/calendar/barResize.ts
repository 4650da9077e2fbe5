import type { PointerEvent as ReactPointerEvent } from 'react'
import type { Campaign } from '../../../shared/domain/campaign.ts'
import type { IsoDate } from '../../../shared/domain/time.ts'
import { spanOf } from './monthLayout.ts'
import { setUi, ui } from './uiState.ts'

/** Draws one end of a campaign bar to another day. `done` gets the new dates; not called when nothing changed. */
export function resizeBar(
  event: ReactPointerEvent,
  campaign: Campaign,
  end: 'start' | 'end',
  done: (dates: { startOn: IsoDate; endOn: IsoDate }) => Promise<void>,
): void {
  const span = spanOf(campaign)
  if (!span) return
  event.preventDefault()
  const onMove = (move: PointerEvent) => {
    const day = document
      .elementsFromPoint(move.clientX, move.clientY)
      .map((element) => element.closest<HTMLElement>('[data-day]')?.dataset.day)
      .find(Boolean)
    if (!day) return
    // An end never passes the other one: a campaign lasts a day at least.
    const startOn = end === 'start' ? (day < span.to ? day : span.to) : span.from
    const endOn = end === 'end' ? (day > span.from ? day : span.from) : span.to
    const now = ui().bar
    if (now?.startOn !== startOn || now.endOn !== endOn) setUi({ bar: { id: campaign.id, startOn, endOn } })
  }
  const stop = () => {
    window.removeEventListener('pointermove', onMove)
    window.removeEventListener('pointerup', onUp)
    window.removeEventListener('keydown', onKey, true)
  }
  const onUp = async () => {
    stop()
    const swallow = (click: Event) => click.stopPropagation()
    window.addEventListener('click', swallow, { capture: true, once: true })
    setTimeout(() => window.removeEventListener('click', swallow, true))
    const now = ui().bar
    if (now && (now.startOn !== span.from || now.endOn !== span.to))
      await done({ startOn: now.startOn, endOn: now.endOn })
    setUi({ bar: null })
  }
  const onKey = (key: KeyboardEvent) => {
    if (key.key !== 'Escape') return
    key.preventDefault()
    key.stopPropagation()
    stop()
    setUi({ bar: null })
  }
  window.addEventListener('pointermove', onMove)
  window.addEventListener('pointerup', onUp)
  window.addEventListener('keydown', onKey, true)
}
