/** Longest name kept, in Unicode characters. */
const LONGEST = 120
const LONGEST_EXTENSION = 12

// Control characters, and those that turn the direction of what follows and so can dress one name up as another.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

/**
 * The name of a file as the library keeps it: one line, no path, at most 120 characters with its ending kept. A slash that is part of
 * a name becomes a hyphen.
 */
export function cleanName(name: string): string {
  const line = name
    .normalize('NFC')
    .toWellFormed()
    .replace(UNSEEN, '')
    .replace(/[/\\]/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.-]+|[\s.]+$/g, '')
  if (line === '') return 'Untitled'
  const characters = [...line]
  if (characters.length <= LONGEST) return line
  const dot = characters.lastIndexOf('.')
  const ending = dot > 0 && characters.length - dot <= LONGEST_EXTENSION ? characters.slice(dot) : []
  return [...characters.slice(0, LONGEST - 1 - ending.length), '…', ...ending].join('')
}

/** A folder of the library from the path of a folder on the disk: clean names joined by slashes, at most eight deep. */
export const cleanFolder = (path: string): string =>
  path
    .split(/[/\\]/)
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .slice(0, 8)
    .map(cleanName)
    .join('/')

/** The name without its ending, for a title. */
export const stemOf = (name: string): string => name.replace(/\.[A-Za-z0-9]{1,8}$/, '') || name
