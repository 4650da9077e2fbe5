/** What came in between on the way to a media host, in a sentence with what to do. */
import { MEDIA_HOST } from '../../../shared/domain/mediaHost.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'
import type { Wrong } from './settings.ts'

const minutes = (milliseconds: number): number => Math.max(1, Math.round(Math.abs(milliseconds) / 60_000))

const STRUGGLES = 'Your media host is in trouble itself, or too slow.'

export function explainHost(trouble: Trouble): Wrong {
  switch (trouble.kind) {
    case 'refused':
      return { field: trouble.field, sentence: trouble.reason }
    case 'no-network':
      return {
        field: '',
        sentence:
          'Nothing answers at the address of your media host. Look at it for typing errors, and whether you are online.',
      }
    case 'in-between':
      return {
        field: '',
        sentence:
          trouble.by === 'certificate'
            ? 'The certificate of your media host is not right, so nothing was sent. Have it renewed, or look at the address and the clock of this computer.'
            : trouble.by === 'proxy'
              ? 'The proxy of this network asks for a password. Write it into HTTPS_PROXY (http://name:password@proxy:port), then start Outpost again.'
              : 'A web page answered in place of your media host. Look at the address, or sign in to this network first.',
      }
    case 'clock-off':
      return {
        field: '',
        sentence: `The clock of this computer is ${minutes(trouble.by)} min ${trouble.by > 0 ? 'slow' : 'fast'}, and your media host does not accept that. Set it, then try again.`,
      }
    default:
      return { field: '', sentence: `${STRUGGLES} Try again in a while.` }
  }
}

/** As it stops a delivery: what passes is tried again, the rest leads to the setting. It is no fault of the network or the account. */
export function asDelivered(trouble: Trouble): Trouble {
  const details = `Media host: ${trouble.details}`
  switch (trouble.kind) {
    // The line itself may be well: said of the network, it would promise that it goes out once there is a connection.
    case 'no-network':
      return { kind: 'server-fault', until: null, here: explainHost(trouble).sentence, details }
    case 'server-fault':
    case 'rate-limited':
    case 'quota-used':
      return { kind: 'server-fault', until: trouble.until, here: STRUGGLES, details }
    case 'in-between':
      if (trouble.by === 'portal') return { ...trouble, here: explainHost(trouble).sentence, details }
      if (trouble.by === 'proxy') return { ...trouble, details }
  }
  return { kind: 'refused', field: MEDIA_HOST, reason: explainHost(trouble).sentence, details }
}
