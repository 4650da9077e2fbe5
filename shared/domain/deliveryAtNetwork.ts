/** How a delivery stands at its network, where that says more than the status of its post. Pure. */
import type { Delivery } from './delivery.ts'

/** What needs a person most stands first. */
export const AT_NETWORK = [
  'needs-you',
  'your-turn',
  'not-done',
  'partial',
  'removed',
  'changed',
  'private',
  'in-review',
  'processing',
  'too-late-to-cancel',
  'deleted',
  'handed-over',
] as const
export type AtNetwork = (typeof AT_NETWORK)[number]

/** null: it is on its way, or out as it was meant to be. */
export function atNetwork({ state }: Pick<Delivery, 'state'>): AtNetwork | null {
  switch (state.kind) {
    case 'needs-you':
      return 'needs-you'
    case 'hand-off':
      return 'your-turn'
    case 'handed-over':
      return state.changedThere && state.pending === '' ? 'changed' : 'handed-over'
    case 'published':
      return state.change && state.change.at < 0 ? 'not-done' : (state.mark?.kind ?? null)
    default:
      return null
  }
}
