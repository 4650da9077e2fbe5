/** Whether something failed for want of room on the disk. Dexie and the engine wrap what was thrown first. */
export function isDiskFull(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false
  if (thrown.name === 'QuotaExceededError') return true
  return isDiskFull('inner' in thrown ? thrown.inner : thrown.cause)
}
