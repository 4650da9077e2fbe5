/** Signs of the browser that something may have changed: the network came or went, the window is looked at again, the page came back. */

const OF_THE_WINDOW = ['online', 'offline', 'focus', 'pageshow'] as const

export function browserSigns(page: Window, listener: () => void): () => void {
  for (const sign of OF_THE_WINDOW) page.addEventListener(sign, listener)
  page.document.addEventListener('visibilitychange', listener)
  return () => {
    for (const sign of OF_THE_WINDOW) page.removeEventListener(sign, listener)
    page.document.removeEventListener('visibilitychange', listener)
  }
}

/** A timer of the browser; gives a way to take it back. */
export function browserTimer(work: () => void, milliseconds: number): () => void {
  const timer = setTimeout(work, milliseconds)
  return () => clearTimeout(timer)
}
