import type { Command } from '../../ports/commands.ts'
import type { Property } from './PropertyPicker.tsx'

const LETTERS: readonly (readonly [keys: string, title: string, property: Property])[] = [
  ['S', 'Set the status', 'status'],
  ['O | A', 'Set the owner', 'owner'],
  ['P', 'Set the campaign', 'campaign'],
  ['L', 'Set the labels', 'labels'],
  ['H', 'Set the channels', 'channels'],
  ['D | W', 'Set the date and time', 'date'],
]

/** One letter for each property of the posts that are chosen; `open` shows its picker. `section`: the screen, as the list of keys names it. */
export const letterCommands = (section: string, chosen: number, open: (property: Property) => void): Command[] =>
  LETTERS.map(([keys, title, property]) => ({
    id: `${section.toLowerCase()}.set.${property}`,
    title,
    section,
    keys,
    enabled: () => (property === 'date' ? chosen === 1 : chosen > 0),
    run: () => open(property),
  }))
