import { createSignIn } from '../services/signIn.ts'
import type { Desktop } from './desktop.ts'
import type { Handlers } from './handlers.ts'
import { keepGiven, type Publisher, toolsFor } from './tools.ts'

type SignInCall = Extract<
  keyof Handlers,
  `accounts:${'signInOptions' | 'signIn' | 'chooseAccount' | 'cancelSignIn' | 'forgetApp' | 'broker' | 'setBroker'}`
>

export type SigningIn = Publisher & { readonly desktop: Pick<Desktop, 'openExternal'> }

/** Signing in in the system's browser. Codes, tokens and the secrets of apps stay on this side. */
export function signInHandlers(machine: SigningIn): Pick<Handlers, SignInCall> {
  const signIn = createSignIn({
    vault: machine.vault,
    adapters: machine.adapters,
    tools: (secrets) => toolsFor(machine, null, secrets, ''),
    openExternal: (url) => machine.desktop.openExternal(url),
  })
  return {
    'accounts:signInOptions': ({ network }) => signIn.options(network),
    'accounts:signIn': async (request) => {
      const answer = await signIn.begin(request)
      return answer.kind === 'choose' || answer.kind === 'cancelled' ? answer : keepGiven(machine, answer)
    },
    'accounts:chooseAccount': async ({ session, id }) => keepGiven(machine, await signIn.choose(session, id)),
    'accounts:forgetApp': ({ network }) => signIn.forgetApp(network),
    'accounts:broker': () => signIn.broker(),
    'accounts:setBroker': (address) => signIn.setBroker(address),
    'accounts:cancelSignIn': async ({ session }) => {
      signIn.cancel(session)
      return null
    },
  }
}
