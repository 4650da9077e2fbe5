/** One value outside of React, so that only what shows it redraws while someone types. */
export interface Cell<T> {
  get(): T | null
  set(next: T | null): void
  subscribe(listener: () => void): () => void
}

export function createCell<T>(): Cell<T> {
  let value: T | null = null
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      value = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
