/** Every handler of the contract, and the gate that calls pass: name, arguments and result are parsed by schema. */
import { type CallName, contract } from '../../shared/contract/contract.ts'
import { publishingContract } from '../../shared/contract/publishing.ts'
import { accountsHandlers } from './accounts.ts'
import { appHandlers } from './app.ts'
import type { Machine } from './desktop.ts'
import { diskHandlers } from './disk.ts'
import { filesHandlers } from './files.ts'
import type { Handlers } from './handlers.ts'
import { journalHandlers } from './journal.ts'
import { kitsHandlers } from './kits.ts'
import { linksHandlers } from './links.ts'
import { mediaHandlers } from './media.ts'
import { mediaHostHandlers } from './mediaHost.ts'
import { platformsHandlers } from './platforms.ts'
import { practiceHandlers } from './practice.ts'
import { printHandlers } from './print.ts'
import { signInHandlers } from './signIn.ts'
import { snapshotHandlers } from './snapshots.ts'
import { taskHandlers } from './task.ts'

export function createHandlers(machine: Machine): Handlers {
  const written = new Set<string>()
  return {
    ...accountsHandlers(machine),
    ...appHandlers(machine, (path) => written.has(path)),
    ...diskHandlers(machine),
    ...filesHandlers(machine, (path) => written.add(path)),
    ...journalHandlers(machine),
    ...kitsHandlers(machine, (path) => written.add(path)),
    ...mediaHandlers(machine),
    ...mediaHostHandlers(machine),
    ...linksHandlers(),
    ...platformsHandlers(machine),
    ...practiceHandlers(machine),
    ...printHandlers(machine),
    ...signInHandlers(machine),
    ...snapshotHandlers(machine),
    ...taskHandlers(machine),
  }
}

const calls = { ...contract, ...publishingContract }
const isCallName = (name: unknown): name is CallName => typeof name === 'string' && Object.hasOwn(calls, name)

/** Answers a call from the page. The carrier has checked the sender; everything else is checked here. Bad calls throw. */
export function createGate(machine: Machine): (name: unknown, args: unknown) => Promise<unknown> {
  const handlers = createHandlers(machine)
  return async (name, args) => {
    if (!isCallName(name)) throw new Error('No such call.')
    const parsed = calls[name].args.safeParse(args)
    if (!parsed.success) {
      machine.log.error(`Refused the arguments of ${name}`)
      throw new Error(`The arguments of ${name} are not as agreed.`)
    }
    // Name and arguments were parsed by the same row of the contract, which the compiler cannot follow across the union.
    const handler = handlers[name] as (...args: readonly unknown[]) => Promise<unknown>
    try {
      return calls[name].result.parse(await handler(...parsed.data))
    } catch (error) {
      machine.log.error(`${name} failed`, error)
      throw new Error(`${name} failed.`)
    }
  }
}
