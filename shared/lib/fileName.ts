/** Names of files and folders that every system takes: no path, no control or reserved characters, never empty. Cleaned twice they stay as they are. */

const LONGEST = 150
/** Most disks take 255 bytes; the rest is for a number behind it. */
const MOST_BYTES = 200
const LONGEST_EXTENSION = 20

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const FORBIDDEN = /[\u0000-\u001f<>:"/\\|?*]/g
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i

/** Of a path the last step is taken. The extension stays, however long the name. */
export function safeFileName(name: string): string {
  const clean = cleaned(name.split(/[/\\]/).findLast((step) => step !== '') ?? '', 'file')
  const dot = clean.lastIndexOf('.')
  const extension = dot > 0 ? cut(clean.slice(dot), LONGEST_EXTENSION, MOST_BYTES) : ''
  const stem = dot > 0 ? clean.slice(0, dot) : clean
  return ended(cut(stem, LONGEST - extension.length, MOST_BYTES - bytesOf(extension)) + extension)
}

/** A folder has no dots: what follows the last one would make it something else on some systems. */
export const safeFolderName = (name: string): string =>
  ended(cut(cleaned(name.replaceAll('.', '-'), 'folder'), LONGEST, MOST_BYTES))

/** `what`: the word for it, where a name is none or belongs to the system. */
function cleaned(name: string, what: string): string {
  const clean = ended(name.toWellFormed().replace(FORBIDDEN, '-').replace(/^\.+/, ''))
  return clean === '' || RESERVED.test(clean) ? `${what} ${clean}`.trim() : clean
}

const ended = (name: string): string => name.replace(/[. ]+$/, '')

/** Its beginning, in whole characters. */
function cut(text: string, longest: number, mostBytes: number): string {
  let [length, bytes] = [0, 0]
  for (const character of text) {
    bytes += bytesOf(character)
    if (length + character.length > longest || bytes > mostBytes) break
    length += character.length
  }
  return text.slice(0, length)
}

/** In UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}
