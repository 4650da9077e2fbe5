/** The outbox of the open workspace, for whoever wants something done with a delivery. Wired in app/; loaded when it is first asked for. */
import type { DeliveryCommands, Surroundings } from '../data/commands/deliveries.ts'

export interface OpenOutbox {
  readonly commands: DeliveryCommands
  readonly surroundings: Surroundings
  /** Looks for work now: after a command. */
  look(): Promise<void>
  /** Looks anew at what is planned: a setting has changed that all of it depends on. */
  reconsider(): Promise<void>
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
