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

/** Flushes everything unsaved when the page loses the focus, is hidden, left or closed. Gives the way to stop. */
export function flushWhenLeaving(page: Document, window: Window): () => void {
  const now = () => void flushAll()
  const hidden = () => page.visibilityState === 'hidden' && now()
  const names = ['pagehide', 'beforeunload', 'blur'] as const
  page.addEventListener('visibilitychange', hidden)
  for (const name of names) window.addEventListener(name, now)
  return () => {
    page.removeEventListener('visibilitychange', hidden)
    for (const name of names) window.removeEventListener(name, now)
  }
}
