/** Addresses of servers that belong to their users. */
import type { Trouble } from '../../../shared/domain/trouble.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'

/** Whether a name of a host means this computer or the house it stands in: nobody outside reaches it. */
export const isPrivate = (hostname: string): boolean => PRIVATE.test(hostname)

const PRIVATE =
  /^(localhost|.*\.localhost|127(\.\d+){3}|10(\.\d+){3}|192\.168(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2}|\[::1\]|.*\.local)$/

/**
 * What a person typed as the address of a server, as a base without a slash at the end: `blog.example` becomes `https://blog.example`.
 * Without encryption only what does not leave the house; the refusal is a sentence.
 */
export function serverAddress(typed: string): Result<string, string> {
  const text = typed.trim()
  let url: URL
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`)
  } catch {
    return err('This is not the address of a server.')
  }
  if (url.username || url.password) return err('Leave name and password out of the address.')
  if (url.protocol === 'http:' && !PRIVATE.test(url.hostname))
    return err('This address is not encrypted: everybody on the way could read the password. Use https.')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return err('This is not the address of a web server.')
  return ok(`${url.origin}${url.pathname.replace(/\/+$/, '')}`)
}

/** Troubles of the way to a server, which say nothing about what stands at its end. */
const ON_THE_WAY: ReadonlySet<Trouble['kind']> = new Set(['no-network', 'server-fault', 'rate-limited'])

/** What it means that the first question to a server was not answered as `name` would: most often it is another kind of site. */
export function notThere(trouble: Trouble, name: string): Trouble {
  if (ON_THE_WAY.has(trouble.kind) || (trouble.kind === 'in-between' && trouble.by !== 'portal')) return trouble
  const reason = `No ${name} answers there. Look at the address; where this network wants you to sign in first, open a web page to do so.`
  return { kind: 'refused', field: 'host', reason, details: trouble.details }
}
