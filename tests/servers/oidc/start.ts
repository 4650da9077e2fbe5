/** node-oidc-provider, a certified implementation of OAuth 2 and OpenID Connect, on loopback. All it knows is in its memory. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { locked } from '../packages.ts'
import { answering, freePort, start } from '../process.ts'

export interface OidcServer {
  readonly url: string
  /** Of the client `confidential`; `desktop` and `narrow` have none. */
  readonly secret: string
  stop(): Promise<void>
}

/** `back`: where its clients may let the browser return to. */
export async function startOidcServer(folder: string, back: string): Promise<OidcServer> {
  const home = await locked('oidc', ['server.mjs'])
  const port = await freePort()
  const secret = randomBytes(24).toString('hex')
  const server = start(process.execPath, ['server.mjs'], join(folder, 'oidc.log'), {
    cwd: home,
    env: { PORT: String(port), BACK: back, WEB_SECRET: secret },
  })
  try {
    const url = `http://127.0.0.1:${port}`
    await answering(`${url}/.well-known/openid-configuration`)
    return { url, secret, stop: server.stop }
  } catch (error) {
    await server.stop()
    throw error
  }
}
