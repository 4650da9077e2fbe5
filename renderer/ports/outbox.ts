/** The outbox of the open workspace, for whoever wants something done with a delivery. Wired in app/; loaded when it is first asked for. */

import type { NetworkId } from '../../shared/domain/channel.ts'
import type { Delivery } from '../../shared/domain/delivery.ts'
import type { Counted, Heard } from '../../shared/domain/publishing.ts'
import type { Result } from '../../shared/lib/result.ts'
import type { DeliveryCommands, Surroundings } from '../data/commands/deliveries.ts'
import type { NotThere, There } from '../data/commands/theirs.ts'

export interface OpenOutbox {
  readonly commands: DeliveryCommands
  readonly surroundings: Surroundings
  /** Looks for work now: after a command. */
  look(): Promise<void>
  /** Looks now at what a channel has waiting or out at its network, before it is time to; `only`: at one delivery. false: it was not seen. */
  lookThere(channelId: string, only?: string): Promise<boolean>
  /** Looks anew at what is planned: a setting has changed that all of it depends on. */
  reconsider(): Promise<void>
  /** Whether the post of a delivery says something else by now than what is out of it, or has other parts. */
  differs(delivery: Delivery): Promise<'same' | 'words' | 'parts'>
  /** What somebody changed at the network while it waits there. */
  readonly theirs: {
    /** Asks the network; nothing of it is kept. */
    look(delivery: Delivery): Promise<Result<There, NotThere>>
    /** Makes the post what is there, undoably, and has nothing sent for it. Gives how many deliveries that changed: 0, it has moved on. */
    takeOver(delivery: Delivery, there: There): Promise<number>
  }
  /** What came of a post that is out. Each call asks its network; nothing of it is kept. */
  readonly engagement: {
    /** What the network tells programs; the rest is not to be shown. */
    tells(network: NetworkId): { readonly metrics: boolean; readonly inbox: boolean }
    numbers(delivery: Delivery): Promise<Counted>
    /** The newest first; `page`: '' or the `next` of the page before. */
    answers(delivery: Delivery, page: string): Promise<Heard>
  }
  /** Takes up nothing more. Resolves when what is under way is written down, or has taken too long. */
  stop(): Promise<void>
}

let load: (() => Promise<OpenOutbox>) | null = null
let open: Promise<OpenOutbox> | null = null

/** Says how the outbox of the workspace is opened that is open now. */
export function offerOutbox(how: () => Promise<OpenOutbox>): void {
  load = how
  open = null
}

/** The outbox, begun by the first who asks. */
export function outbox(): Promise<OpenOutbox> {
  if (!load) throw new Error('No workspace is open.')
  open ??= load().catch((thrown: unknown) => {
    open = null
    throw thrown
  })
  return open
}

/** Before the workspace is closed. */
export async function closeOutbox(): Promise<void> {
  const closing = open
  load = null
  open = null
  await (await closing?.catch(() => undefined))?.stop()
}
