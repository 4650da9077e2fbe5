/** Which commands a few typed letters mean. Pure. */
import type { Command } from '../../ports/commands.ts'

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** 0 for no match. Every typed word must begin a word of the title, section or further words; the title counts most. */
export function rankCommand(command: Pick<Command, 'title' | 'section' | 'words'>, typed: string): number {
  const wanted = fold(typed).split(/\s+/).filter(Boolean)
  const title = fold(command.title)
  const rest = fold(`${command.section} ${command.words ?? ''}`)
  const phrase = wanted.join(' ')
  let rank = title === phrase ? 3 : title.startsWith(phrase) ? 2 : 0
  for (const word of wanted) {
    const inTitle = begins(title, word)
    if (!inTitle && !begins(rest, word)) return 0
    rank += inTitle ? 1 : 0.4
  }
  return rank
}

const begins = (text: string, word: string) => text.startsWith(word) || text.includes(` ${word}`)

/** The best `limit` commands, best first. Nothing typed: all, in the order of their sections. */
export function rankedCommands<C extends Pick<Command, 'title' | 'section' | 'words'>>(
  commands: readonly C[],
  typed: string,
  limit: number,
): C[] {
  if (!typed.trim()) return [...commands]
  return commands
    .map((command) => ({ command, rank: rankCommand(command, typed) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .slice(0, limit)
    .map(({ command }) => command)
}

/** Sections that hold on every screen, after those of the screen. */
const EVERYWHERE = ['Posts', 'Campaigns', 'Go to', 'General', 'Import and export', 'Workspace', 'Look']

/** Commands by section, those of the screen first. */
export const inSections = <C extends Pick<Command, 'section'>>(commands: readonly C[]): [string, C[]][] =>
  [...Map.groupBy(commands, ({ section }) => section)].sort(([a], [b]) => EVERYWHERE.indexOf(a) - EVERYWHERE.indexOf(b))

export interface Asked {
  readonly mode: 'all' | 'commands' | 'people' | 'campaigns'
  readonly text: string
}

const MODES: Readonly<Record<string, Asked['mode']>> = { '>': 'commands', '@': 'people', '#': 'campaigns' }

/** What the first character asks for: `>` commands, `@` people, `#` campaigns. */
export function readAsked(typed: string): Asked {
  const mode = MODES[typed.trimStart().charAt(0)]
  return mode ? { mode, text: typed.trimStart().slice(1).trim() } : { mode: 'all', text: typed.trim() }
}
