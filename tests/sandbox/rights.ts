/** What an access may do that was asked for as the table of sign-ins says: what stands there is all a network in small knows of rights. */
import { SIGN_IN } from '../../electron/platforms/facts/signIn.ts'
import type { NetworkId } from '../../shared/domain/channel.ts'

/** `as`: the kind of access, where there are several. */
export const rightsOf = (network: NetworkId, as = ''): Set<string> => new Set(SIGN_IN[network]?.scopes[as] ?? [])
