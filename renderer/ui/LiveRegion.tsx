import { useSyncExternalStore } from 'react'

interface Sentence {
  readonly text: string
  /** Tells the same sentence said twice apart, so that it is spoken twice. */
  readonly turn: number
}

/** As many sentences as may come at once: a screen reader loses one that is replaced before it was read. */
const kept = 3

let said: { readonly polite: readonly Sentence[]; readonly urgent: string } = { polite: [], urgent: '' }
let turn = 0
const listeners = new Set<() => void>()

/** Speaks a sentence to screen readers; `urgent` interrupts what is being read. */
export function announce(text: string, urgent = false): void {
  turn += 1
  said = urgent ? { ...said, urgent: text } : { ...said, polite: [...said.polite, { text, turn }].slice(-kept) }
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
  // Not atomic: what is new is read, not what was read before it.
  return (
    <>
      <div className="vh" role="status" aria-live="polite" aria-atomic="false">
        {now.polite.map((sentence) => (
          <p key={sentence.turn}>{sentence.text}</p>
        ))}
      </div>
      <div className="vh" role="alert" aria-live="assertive">
        {now.urgent}
      </div>
    </>
  )
}
