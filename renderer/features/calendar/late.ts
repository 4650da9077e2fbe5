/** What opens beside a post or a day, or is said of several. Nothing of it is on the first screen: it comes once that stands. */
import { useEffect } from 'react'
import { late } from '../../ports/late.tsx'

/** Milliseconds the calendar has to itself before more is loaded; a press before then loads it at once. */
const QUIET_MS = 2_000

export const Popups = late(async () => (await import('./Popups.tsx')).Popups)
export const Balance = late(async () => (await import('./Balance.tsx')).Balance)
export const Peek = late(async () => (await import('../../parts/Peek.tsx')).Peek)
export const PropertyPicker = late(
  async () => (await import('../../parts/selection/PropertyPicker.tsx')).PropertyPicker,
)
/** Milliseconds after the cards stand there that they say how they stand at their networks. */
const SOON_MS = 600
export const CardMarks = late(async () => {
  await new Promise((done) => setTimeout(done, SOON_MS))
  return (await import('../../parts/atNetwork/CardMarks.tsx')).CardMarks
})
export const SaveView = late(async () => (await import('./SaveView.tsx')).SaveView)
export const MoveButton = late(async () => (await import('./MoveButton.tsx')).MoveButton)
export const BulkBar = late(async () => (await import('../../parts/selection/BulkBar.tsx')).BulkBar)
export const SelectionPanel = late(
  async () => (await import('../../parts/selection/SelectionPanel.tsx')).SelectionPanel,
)

const ALL = [Balance, SaveView, MoveButton, Peek, Popups, PropertyPicker, BulkBar, SelectionPanel]

/** Loads what will be asked for while nobody waits for it. */
export function usePreload(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const part of ALL) void part.preload()
    }, QUIET_MS)
    return () => clearTimeout(timer)
  }, [])
}
