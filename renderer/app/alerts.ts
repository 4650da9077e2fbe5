/** What a person is told of deliveries while they look elsewhere. */
import type { Delivery } from '../../shared/domain/delivery.ts'
import type { Effect } from '../../shared/domain/deliveryEvents.ts'

export type About = Extract<Effect, { kind: 'alert' }>['about']

/** How a notification goes on after the name of the post. */
export function alertWords(about: About, delivery: Pick<Delivery, 'state'>): string {
  switch (about) {
    case 'needs-you':
      return 'needs you'
    case 'hand-off':
      return 'is to be posted by you'
    case 'moved':
      return 'was moved'
    case 'not-as-meant':
      return notAsMeant(delivery)
  }
}

function notAsMeant({ state }: Pick<Delivery, 'state'>): string {
  if (state.kind === 'handed-over') return 'was changed at its network by somebody'
  const { change = null, mark = null } = state.kind === 'published' ? state : {}
  if (change && change.at < 0) return `is out, and could not be ${change.what === 'edit' ? 'changed' : 'deleted'} there`
  switch (mark?.kind) {
    case 'removed':
      return 'is not at its network'
    case 'in-review':
      return 'is under review at its network'
    case 'processing':
      return 'is still being worked on at its network'
    default:
      return 'is out, but not as you meant it'
  }
}

/** Long enough for the lanes of all accounts to have their say after a computer woke. */
const GATHER_MS = 4_000

/**
 * Gathers what comes within a few seconds, so that a morning of forty posts is one notification and not forty. `tell` gets everything that came since the
 * first, in order. `timer`: runs work after so many milliseconds.
 */
export function createAlerts<Alert>(
  tell: (alerts: readonly Alert[]) => void,
  timer: (work: () => void, milliseconds: number) => unknown,
) {
  let gathered: Alert[] = []
  return {
    add(alert: Alert): void {
      gathered.push(alert)
      if (gathered.length > 1) return
      timer(() => {
        const all = gathered
        gathered = []
        tell(all)
      }, GATHER_MS)
    },
  }
}
