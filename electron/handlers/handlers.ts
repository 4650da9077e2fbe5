/** How a call is answered: one handler for each name of the contract. */
import type { ArgsOf, CallName, Failure, ResultOf } from '../../shared/contract/contract.ts'
import { err } from '../../shared/lib/result.ts'

export type Handlers = { readonly [N in CallName]: (...args: ArgsOf<N>) => Promise<ResultOf<N>> }

export const refused = (kind: Failure['kind'], message: string) => err<Failure>({ kind, message })
