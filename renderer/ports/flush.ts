/** Whoever holds something unsaved writes it when asked: before the window goes, before another workspace is opened. */
type Flush = () => Promise<unknown>

const holders = new Set<Flush>()

/** Registers a holder; gives the way to take it back. */
export function onFlush(flush: Flush): () => void {
  holders.add(flush)
  return () => void holders.delete(flush)
}

/** Resolves once every holder has written. */
export const flushAll = async (): Promise<void> => {
  await Promise.all([...holders].map((flush) => flush()))
}
