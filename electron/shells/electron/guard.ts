/**
 * Wires the decisions of services/policy.ts to Electron's events. The interfaces name only what is used, so a test
 * can show with a plain object that every event asks.
 */
import { ELECTRON_ORIGIN } from '../../../shared/contract/contract.ts'
import { mayAsk, mayNavigate, mayOpenExternal, mayRequest } from '../../services/policy.ts'

interface Preventable {
  preventDefault(): void
}
type Navigation = Preventable & { readonly url: string }

export interface GuardedContents {
  on(event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect', listener: (details: Navigation) => void): unknown
  on(event: 'will-attach-webview', listener: (event: Preventable) => void): unknown
  setWindowOpenHandler(handler: (details: { url: string }) => { action: 'deny' }): void
}

export interface GuardedSession {
  setPermissionRequestHandler(
    handler: (
      contents: unknown,
      permission: string,
      callback: (granted: boolean) => void,
      details: { readonly requestingUrl: string; readonly isMainFrame: boolean },
    ) => void,
  ): void
  setPermissionCheckHandler(handler: (contents: unknown, permission: string, requestingOrigin: string) => boolean): void
  setDevicePermissionHandler(handler: () => boolean): void
  readonly webRequest: {
    onBeforeRequest(
      listener: (details: { readonly url: string }, callback: (answer: { cancel: boolean }) => void) => void,
    ): void
  }
}

/** Keeps a window's contents on the page they were opened for. Links out go to `openExternal` once they are checked. */
export function guardContents(contents: GuardedContents, openExternal: (url: string) => void): void {
  const stay = (details: Navigation) => {
    if (!mayNavigate(details.url, ELECTRON_ORIGIN)) details.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenExternal(url)) openExternal(url)
    return { action: 'deny' }
  })
}

/** Permissions and devices are refused unless policy names them; no request leaves for another origin. */
export function guardSession(session: GuardedSession): void {
  session.setPermissionRequestHandler((_contents, permission, callback, { requestingUrl, isMainFrame }) =>
    callback(isMainFrame && mayAsk(permission, requestingUrl, ELECTRON_ORIGIN)),
  )
  session.setPermissionCheckHandler((_contents, permission, origin) => mayAsk(permission, origin, ELECTRON_ORIGIN))
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest((details, callback) =>
    callback({ cancel: !mayRequest(details.url, ELECTRON_ORIGIN) }),
  )
}
