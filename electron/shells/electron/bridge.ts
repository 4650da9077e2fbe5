/** The one channel the page's calls come in on. */
import { ELECTRON_ORIGIN } from '../../../shared/contract/contract.ts'
import { isOwnFrame } from '../../services/policy.ts'
import { CALL_CHANNEL } from './channels.ts'

interface CallingFrame {
  readonly url: string
  readonly parent: unknown
}

/** What is used of Electron's IpcMain. */
export interface CallCarrier {
  handle(
    channel: string,
    listener: (
      event: { readonly senderFrame: CallingFrame | null; readonly sender: unknown },
      ...args: unknown[]
    ) => unknown,
  ): void
}

/** Lets calls through to the gate that come from the window's own top frame, and no others. */
export function carryCalls(
  carrier: CallCarrier,
  window: () => unknown,
  gate: (name: unknown, args: unknown) => Promise<unknown>,
): void {
  carrier.handle(CALL_CHANNEL, async (event, name, args) => {
    const frame = event.senderFrame // null once the frame has gone
    const own =
      frame !== null &&
      event.sender === window() &&
      isOwnFrame({ url: frame.url, isTop: frame.parent === null }, ELECTRON_ORIGIN)
    if (!own) throw new Error('Refused.')
    return gate(name, args)
  })
}
