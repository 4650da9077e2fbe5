/** Commands run from the palette last, newest first; kept with the window, not with the workspace. */
const KEY = 'outpost-recent-commands'
const KEPT = 6

export function recentCommands(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : []
  } catch {
    // Written by something else: begin again.
    return []
  }
}

export const rememberCommand = (id: string): void =>
  localStorage.setItem(KEY, JSON.stringify([id, ...recentCommands().filter((known) => known !== id)].slice(0, KEPT)))
