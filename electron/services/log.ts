/** The log file: what happened, without what must not be read. */
import { appendFileSync, chmodSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

export interface Log {
  info(text: string): void
  error(text: string, cause?: unknown): void
}

const LARGEST = 1024 * 1024
const KEPT = 3

const secrets: readonly [RegExp, string][] = [
  [/\b(Bearer|Basic|DPoP|token)\s+[\w.~+/=-]{8,}/gi, '$1 •••'],
  [
    /\b(access_token|refresh_token|id_token|client_secret|api_?key|password|passwd|secret|accessJwt|refreshJwt)(["']?\s*[=:]\s*["']?)[^\s"'&,;}]+/gi,
    '$1$2•••',
  ],
  // A word like any other elsewhere; in an address it lets somebody in.
  [/([?&#](?:code|state)=)[^\s"'&]+/gi, '$1•••'],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}(\.[\w-]*)?/g, '•••'],
  [/(\/\/)[^/\s:@]+:[^/\s@]+@/g, '$1•••@'],
]

/** Text with tokens, keys and passwords taken out. */
export const maskSecrets = (text: string): string =>
  secrets.reduce((masked, [pattern, instead]) => masked.replace(pattern, instead), text)

/** A log in `folder/outpost.log`, moved on at 1 MB, three old ones kept. A log that cannot be written never stops the program. */
export function createLog(folder: string, now: () => Date = () => new Date()): Log {
  const file = join(folder, 'outpost.log')
  const write = (level: string, text: string): void => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGEST) rotate(file)
      appendFileSync(file, `${now().toISOString()} ${level} ${maskSecrets(text)}\n`, { mode: 0o600 })
      chmodSync(file, 0o600)
    } catch {
      // Nothing sensible can be done about a log that cannot be written.
    }
  }
  return {
    info: (text) => write('info', text),
    error: (text, cause) =>
      write(
        'error',
        cause === undefined
          ? text
          : `${text}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`,
      ),
  }
}

function rotate(file: string): void {
  rmSync(`${file}.${KEPT}`, { force: true })
  for (let age = KEPT - 1; age >= 1; age--) {
    if (statSync(`${file}.${age}`, { throwIfNoEntry: false })) renameSync(`${file}.${age}`, `${file}.${age + 1}`)
  }
  renameSync(file, `${file}.1`)
}

/** For runs that leave nothing behind. */
export const silentLog: Log = { info: () => undefined, error: () => undefined }
