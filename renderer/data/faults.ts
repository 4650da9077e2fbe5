/** Whether something failed for want of room on the disk. Dexie and the engine wrap what was thrown first. */
export const isDiskFull = (thrown: unknown): boolean => namesIn(thrown).includes('QuotaExceededError')

/** Whether the database itself did not take or give something: the disk under it, or a database that was closed. */
export const isDatabaseFault = (thrown: unknown): boolean =>
  namesIn(thrown).some(
    (name) =>
      name === 'AbortError' || name === 'DatabaseClosedError' || name === 'UnknownError' || name === 'ReadFault',
  )

/** The database did not give what was asked. With a name of its own: those the engine has a live query keeps to itself, and waits. */
export class ReadFault extends Error {
  override readonly name = 'ReadFault'
  constructor(cause: unknown) {
    super('The database could not be read', { cause })
  }
}

/** Nothing may be written at this moment; the message says why, and what to do. */
export class WritingRefused extends Error {
  override readonly name = 'WritingRefused'
}

/** Names of an error and of what it wraps, the outermost first. */
function namesIn(thrown: unknown): string[] {
  if (!(thrown instanceof Error)) return []
  return [thrown.name, ...namesIn('inner' in thrown ? thrown.inner : thrown.cause)]
}
