/**
 * One object per thing the user can do: menus, keys, palette and the list of keys read the same one, so they cannot drift apart.
 * A screen offers its commands while it is shown.
 */
import { useEffect, useRef } from 'react'
import { create } from 'zustand'

export interface Command {
  /** e.g. `post.new`; unique */
  readonly id: string
  /** What the user reads, sentence case, no full stop. */
  readonly title: string
  /** Group in palette and key list: `Posts`, `Calendar`, `Go to` ... */
  readonly section: string
  /** `C`, `Mod+K`, `Shift+ArrowDown`, `G B` (one after the other); several separated by ` | `. Mod is Ctrl, on a Mac ⌘. */
  readonly keys?: string
  /** More words the palette finds it by. */
  readonly words?: string
  /** Absent or true: can be done now. */
  readonly enabled?: () => boolean
  /** Also while a text field has the focus (only for combinations with Mod or function keys). */
  readonly inFields?: boolean
  /** Its keys are heard by the part of the screen they belong to (the text): shown everywhere, fired only there. */
  readonly ownKeys?: boolean
  /** Only a key of the screen (arrow movement and the like): in the list of keys, not in the palette. */
  readonly keyOnly?: boolean
  readonly run: () => void
}

interface CommandRegistry {
  readonly commands: ReadonlyMap<string, Command>
}

export const useCommandRegistry = create<CommandRegistry>()(() => ({ commands: new Map() }))

const add = (commands: readonly Command[]) =>
  useCommandRegistry.setState((state) => ({
    commands: new Map([...state.commands, ...commands.map((command) => [command.id, command] as const)]),
  }))
const remove = (ids: readonly string[]) =>
  useCommandRegistry.setState((state) => ({
    commands: new Map([...state.commands].filter(([id]) => !ids.includes(id))),
  }))

/**
 * Offers commands while the component is mounted. The list may close over props: the latest version is the one that runs, while
 * the registry only hears of it when titles, keys or ids change.
 */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands)
  latest.current = commands
  const fingerprint = commands.map((c) => `${c.id}|${c.title}|${c.keys ?? ''}|${c.section}`).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the fingerprint stands for the list
  useEffect(() => {
    const current = (id: string) => latest.current.find((command) => command.id === id)
    const stable = latest.current.map((command) => ({
      ...command,
      enabled: () => current(command.id)?.enabled?.() ?? true,
      run: () => current(command.id)?.run(),
    }))
    add(stable)
    return () => remove(stable.map(({ id }) => id))
  }, [fingerprint])
}

/** Runs a command by id, if it is offered and can be done. */
export function runCommand(id: string): void {
  const command = useCommandRegistry.getState().commands.get(id)
  if (command && (command.enabled?.() ?? true)) command.run()
}
