/** What the page gets from the shell in Electron: one door, carrying only the names of the contract. */
import { contextBridge, ipcRenderer } from 'electron'
import { BRIDGE_KEY, type Bridge, contract, shellEvents } from '../shared/contract/contract.ts'
import { PUBLISHING_CALLS } from '../shared/contract/publishingCalls.ts'
import { CALL_CHANNEL, eventChannel } from './shells/electron/channels.ts'

const CALLS: ReadonlySet<string> = new Set([...Object.keys(contract), ...PUBLISHING_CALLS])

const bridge: Bridge = {
  call: (name, args) =>
    CALLS.has(name) ? ipcRenderer.invoke(CALL_CHANNEL, name, args) : Promise.reject(new Error('No such call.')),
  on: (name, listener) => {
    // The event object stays here: it would carry the sender with it.
    if (!Object.hasOwn(shellEvents, name)) return () => undefined
    const hear = (_event: unknown, said: unknown) => listener(said ?? null)
    ipcRenderer.on(eventChannel(name), hear)
    return () => void ipcRenderer.off(eventChannel(name), hear)
  },
}
contextBridge.exposeInMainWorld(BRIDGE_KEY, bridge)
