/** What the page may do, decided without a shell: plain functions over addresses and names. */

const parse = (url: string): URL | null => (URL.canParse(url) ? new URL(url) : null)

/** Origin of an address, also for schemes that the URL standard gives the origin "null". */
export function originOf(url: string): string {
  const parsed = parse(url)
  return parsed ? `${parsed.protocol}//${parsed.host}` : ''
}

/** The window stays on its own origin, whatever a link or a redirect says. */
export const mayNavigate = (url: string, ownOrigin: string): boolean => {
  const parsed = parse(url)
  return parsed !== null && originOf(url) === ownOrigin && parsed.username === '' && parsed.password === ''
}

/** Addresses the system's browser or mail program may be given: web and mail, without a name and password inside. */
export function mayOpenExternal(url: string): boolean {
  const parsed = parse(url)
  if (!parsed || url.length > 8192) return false
  if (parsed.protocol === 'mailto:') return true
  const web = parsed.protocol === 'https:' || parsed.protocol === 'http:'
  return web && parsed.hostname !== '' && parsed.username === '' && parsed.password === ''
}

const allowedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'persistent-storage'])

/** Permissions the page may be given: writing the clipboard and keeping its storage. Everything else is refused. */
export const mayAsk = (permission: string, requestingUrl: string, ownOrigin: string): boolean =>
  allowedPermissions.has(permission) && originOf(requestingUrl) === ownOrigin

/** A frame that may use the bridge: the top frame of the window, still on the page's own origin. */
export const isOwnFrame = (frame: { readonly url: string; readonly isTop: boolean }, ownOrigin: string): boolean =>
  frame.isTop && originOf(frame.url) === ownOrigin

/** What a page may load: its own origin, and data it holds itself. The network is the shell's business. */
export const mayRequest = (url: string, ownOrigin: string): boolean => {
  const parsed = parse(url)
  if (!parsed) return false
  if (parsed.protocol === 'blob:') return url.startsWith(`blob:${ownOrigin}/`)
  return parsed.protocol === 'data:' || parsed.protocol === 'devtools:' || originOf(url) === ownOrigin
}
