/** The page's end of the calls about accounts and networks; loaded when something is to be published. */
import type { ArgsOf, Bridge, ResultOf } from '../../shared/contract/contract.ts'
import { publishingContract } from '../../shared/contract/publishing.ts'
import type { Publishing } from '../ports/publishing.ts'

export function createPublishing(bridge: Bridge): Publishing {
  async function call<N extends keyof typeof publishingContract>(name: N, ...args: ArgsOf<N>): Promise<ResultOf<N>> {
    const answer = publishingContract[name].result.parse(await bridge.call(name, args))
    // Parsed by the row of the contract that the type names; the compiler cannot follow an indexed access here.
    return answer as ResultOf<N>
  }
  return {
    staysOpen: (on) => call('app:staysOpen', on),
    warning: () => call('accounts:warning'),
    connect: (request) => call('accounts:connect', request),
    signInOptions: (request) => call('accounts:signInOptions', request),
    signIn: (request) => call('accounts:signIn', request),
    chooseAccount: (request) => call('accounts:chooseAccount', request),
    forgetApp: (network) => call('accounts:forgetApp', { network }),
    broker: () => call('accounts:broker'),
    setBroker: (address) => call('accounts:setBroker', address),
    cancelSignIn: (request) => call('accounts:cancelSignIn', request),
    refresh: (account) => call('accounts:refresh', account),
    forget: (account) => call('accounts:forget', account),
    card: (address) => call('links:card', address),
    saveKit: (kit) => call('kits:save', kit),
    abilities: () => call('platforms:abilities'),
    prepare: (request) => call('platforms:prepare', request),
    uploads: () => call('platforms:uploads'),
    prepareHere: (requests) => call('platforms:prepareHere', [...requests]),
    commit: (request) => call('platforms:commit', request),
    commits: (deliveries) => call('platforms:commits', [...deliveries]),
    clockOff: () => call('platforms:clockOff'),
    find: (request) => call('platforms:find', request),
    complete: (request) => call('platforms:complete', request),
    see: (request) => call('platforms:see', request),
    edit: (request) => call('platforms:edit', request),
    remove: (request) => call('platforms:remove', request),
    metrics: (request) => call('platforms:metrics', request),
    inbox: (request) => call('platforms:inbox', request),
    mediaHost: {
      get: () => call('mediaHost:get'),
      use: (request) => call('mediaHost:use', request),
      test: () => call('mediaHost:test'),
      drop: () => call('mediaHost:drop'),
      lying: (of) => call('mediaHost:lying', of),
      clear: (of) => call('mediaHost:clear', of),
    },
    practice: {
      networks: () => call('practice:networks'),
      connect: (network) => call('practice:connect', network),
      posts: (network) => call('practice:posts', network),
      waiting: (network) => call('practice:waiting', network),
      meddle: (asked) => call('practice:meddle', asked),
      picture: (asked) => call('practice:picture', asked),
      end: () => call('practice:end'),
      failing: (network) => call('practice:failing', network),
      fail: (network, failure) => call('practice:fail', network, failure),
    },
  }
}
