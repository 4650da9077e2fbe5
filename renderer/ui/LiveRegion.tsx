import { useSyncExternalStore } from 'react'

let said = { polite: '', urgent: '', turn: 0 }
const listeners = new Set<() => void>()

/** Speaks a sentence to screen readers; `urgent` interrupts what is being read. */
export function announce(text: string, urgent = false): void {
  const turn = said.turn + 1
  said = urgent ? { ...said, urgent: text, turn } : { ...said, polite: text, turn }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The two places `announce` writes to. Once in the app. */
export function LiveRegion() {
  const now = useSyncExternalStore(subscribe, () => said)
  // aria-live is written out: a modal dialog hides all other elements from screen readers, except those with it.
  // The turn changes the text node, so that the same sentence twice is spoken twice.
  return (
    <>
      <div className="vh" role="status" aria-live="polite">
        <span key={now.turn}>{now.polite}</span>
      </div>
      <div className="vh" role="alert" aria-live="assertive">
        {now.urgent}
      </div>
    </>
  )
}
