import { createContext, use } from 'react'

/** True inside a dialog, so that what opens from there lies above it. */
export const InDialog = createContext(false)

/** The z-index of a menu, popover or list that opens here. */
export function usePopupLayer(): string {
  return use(InDialog) ? 'calc(var(--z-palette) + 1)' : 'var(--z-popover)'
}
