/** The page's end of the bridge: every answer is parsed before anyone sees it. */
import { type ArgsOf, BRIDGE_KEY, type Bridge, contract, type ResultOf } from '../../shared/contract/contract.ts'
import { fromBase64, toBase64 } from '../../shared/lib/base64.ts'
import { ok } from '../../shared/lib/result.ts'
import type { Shell } from '../ports/shell.ts'

/** The bridge the shell put on the window. Throws when the page was opened without one, which no shell does. */
export function bridgeOf(window: object): Bridge {
  const bridge = (window as Record<string, unknown>)[BRIDGE_KEY]
  if (!bridge) throw new Error('This page was opened outside of Outpost.')
  // Put there by our own shell before any script of the page ran; what it answers is parsed below.
  return bridge as Bridge
}

/** Asks the shell about itself, then gives the port. Throws on answers that are not as agreed: those are bugs. */
export async function createShell(bridge: Bridge): Promise<Shell> {
  async function call<N extends keyof typeof contract>(name: N, ...args: ArgsOf<N>): Promise<ResultOf<N>> {
    const answer = contract[name].result.parse(await bridge.call(name, args))
    // Parsed by the row of the contract that the type names; the compiler cannot follow an indexed access here.
    return answer as ResultOf<N>
  }
  const info = await call('app:info')
  return {
    info,
    openExternal: (url) => call('app:openExternal', url),
    showFile: (path) => call('app:showFile', path),
    notify: async (title, body, target) => {
      await call('app:notify', title, body, target)
    },
    readyToClose: async () => {
      await call('app:readyToClose')
    },
    save: (name, bytes) => call('files:save', { name, bytes: toBase64(bytes) }),
    listFolder: (folder) => call('files:list', folder),
    readFile: async (folder, path) => {
      const answer = await call('files:read', folder, path)
      return answer.ok ? ok(fromBase64(answer.value)) : answer
    },
    appendJournal: (name, lines) => call('journal:append', name, [...lines]),
    journalHeads: () => call('journal:heads'),
    readJournal: (name, from) => call('journal:read', name, from),
    retireJournal: (name) => call('journal:retire', name),
    writeSnapshot: (name, lines, begin) => call('snapshot:write', name, [...lines], begin),
    finishSnapshot: (name, kind) => call('snapshot:finish', name, kind),
    snapshotHeads: () => call('snapshot:heads'),
    readSnapshot: (name, at, from) => call('snapshot:read', name, at, from),
    forgetSnapshots: (name) => call('snapshot:forget', name),
    appendMedia: (shelf, id, part) => call('media:append', shelf, id, part),
    readMedia: async (shelf, id, from) => {
      const answer = await call('media:read', shelf, id, from)
      return answer.ok ? ok({ ...answer.value, bytes: fromBase64(answer.value.bytes) }) : answer
    },
    listMedia: (shelf) => call('media:list', shelf),
    dropMedia: (shelf, ids) => call('media:drop', shelf, [...ids]),
    retireMedia: (shelf) => call('media:retire', shelf),
    diskRoom: () => call('disk:room'),
    renewDatabases: () => call('disk:renewDatabases'),
    printPdf: async (document) => {
      const answer = await call('print:pdf', document)
      return answer.ok ? ok(fromBase64(answer.value.bytes)) : answer
    },
    getTask: () => call('task:get'),
    deliver: (kind, bytes) => call('task:deliver', { kind, bytes: toBase64(bytes) }),
    taskDone: async (result) => {
      await call('task:done', result)
    },
    publishing: async () => (await import('./publishing.ts')).createPublishing(bridge),
    on: (event, listener) => bridge.on(event, (said) => listener(typeof said === 'string' ? said : '')),
  }
}
