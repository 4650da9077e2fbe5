import { Check, LoaderCircle, TriangleAlert } from 'lucide-react'
import { useSavedState } from '../ports/deps.tsx'
import { StatusItem } from '../ui/index.ts'

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** "Saved" only when the database and the journal both have it. */
export function SavedNote() {
  const state = useSavedState()
  return (
    <span className="row" data-saved={state.kind}>
      {state.kind === 'saved' && <StatusItem icon={Check}>Saved {clock.format(state.at)}</StatusItem>}
      {state.kind === 'saving' && <StatusItem icon={LoaderCircle}>Saving</StatusItem>}
      {state.kind === 'second-copy-failing' && (
        <StatusItem icon={TriangleAlert}>Saved here, the second copy is failing: {state.why}</StatusItem>
      )}
    </span>
  )
}
