import { useEffect } from 'react'
import { runCommand, useCommandRegistry } from '../ports/commands.ts'
import { matchKeys, pressOf, SEQUENCE_MS, thisPlatform } from './keyboard.ts'

/** The one listener for the keys of commands. */
export function useKeyboard(): void {
  useEffect(() => {
    const platform = thisPlatform()
    let pending: readonly string[] = []
    let since = 0
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      if (
        document.querySelector('[role="dialog"][data-state="open"], [role="menu"][data-state="open"]') &&
        !event.ctrlKey &&
        !event.metaKey
      )
        return
      if (event.timeStamp - since > SEQUENCE_MS) pending = []
      const match = matchKeys(pressOf(event), pending, useCommandRegistry.getState().commands.values(), platform)
      pending = match.pending ?? []
      since = event.timeStamp
      if (!match.run) return
      event.preventDefault()
      runCommand(match.run)
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
