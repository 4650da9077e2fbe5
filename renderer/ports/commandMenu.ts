/** Menus made of commands, so that no menu can hold what the palette lacks, nor show another key. */
import { type Command, runCommand, useCommandRegistry } from './commands.ts'

/** An entry as `ui/Menu` takes it; written out here because ports know no component. */
export interface CommandEntry {
  readonly label: string
  readonly keys?: string[]
  readonly disabled: boolean
  readonly onSelect: () => void
}

/** The keys of a command for drawing: the first way to press it, one name per key cap. */
export const keyCaps = (keys: string): string[] => (keys.split(' | ')[0] ?? '').split(/[ +]/).filter(Boolean)

const entryOf = (command: Command): CommandEntry => ({
  label: command.title,
  ...(command.keys ? { keys: keyCaps(command.keys) } : {}),
  disabled: !(command.enabled?.() ?? true),
  onSelect: () => runCommand(command.id),
})

/** The menu entry of a command that is offered now; null when no mounted screen offers it. */
function commandEntry(id: string): CommandEntry | null {
  const command = useCommandRegistry.getState().commands.get(id)
  return command ? entryOf(command) : null
}

/** Menu entries of commands; those that no mounted screen offers are left out. Ask when the menu opens. */
export const commandEntries = (...ids: readonly string[]): CommandEntry[] =>
  ids.map(commandEntry).filter((entry) => entry !== null)
