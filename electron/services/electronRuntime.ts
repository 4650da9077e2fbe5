/** Whether Electron's own runtime is here, or can be fetched. A host that cannot be reached is noticed within seconds. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export type ElectronRuntime =
  | { readonly kind: 'present'; readonly executable: string }
  /** `why` completes the sentence "... because". */
  | { readonly kind: 'absent'; readonly why: string }

const PROBE_MS = 3000
/** The runtime has about 120 MB; a download that takes longer than this is left for another day. */
const FETCH_MS = 300_000

type Env = Readonly<Record<string, string | undefined>>

/** The file the runtime is downloaded as: from the mirror a user or an administrator set, else from its releases page. */
export function downloadAddress(version: string, platform: string, arch: string, env: Env): string {
  const base =
    env.ELECTRON_MIRROR ??
    env.npm_config_electron_mirror ??
    env.npm_package_config_electron_mirror ??
    'https://github.com/electron/electron/releases/download/'
  return `${base}v${version}/electron-v${version}-${platform}-${arch}.zip`
}

async function installed(project: string): Promise<string | null> {
  const folder = join(project, 'node_modules', 'electron')
  const name = await readFile(join(folder, 'path.txt'), 'utf8').catch(() => null)
  const executable = name === null ? null : join(folder, 'dist', name)
  return executable !== null && existsSync(executable) ? executable : null
}

/** Whether the file itself is to be had: the page before it may answer where the store behind it is blocked. */
async function isThere(address: string): Promise<boolean> {
  const enough = new AbortController()
  try {
    const signal = AbortSignal.any([enough.signal, AbortSignal.timeout(PROBE_MS)])
    const response = await fetch(address, { headers: { range: 'bytes=0-0' }, signal })
    return response.ok
  } catch {
    return false
  } finally {
    enough.abort() // a server without ranges would send all of it
  }
}

/** Finds the runtime or fetches it. */
export async function electronRuntime(project: string, say: (line: string) => void): Promise<ElectronRuntime> {
  const here = await installed(project)
  if (here) return { kind: 'present', executable: here }
  const address = downloadAddress(await packageVersion(project), process.platform, process.arch, process.env)
  const host = URL.canParse(address) ? new URL(address).host : address
  if (!(await isThere(address))) {
    return { kind: 'absent', why: `Electron's runtime is not installed and cannot be fetched from ${host}` }
  }
  say(`Fetching Electron's runtime from ${host}, about 120 MB, once.`)
  const problem = await fetchRuntime(project)
  const fetched = await installed(project)
  if (fetched) return { kind: 'present', executable: fetched }
  return { kind: 'absent', why: `Electron's runtime could not be fetched (${problem})` }
}

async function packageVersion(project: string): Promise<string> {
  const text = await readFile(join(project, 'node_modules', 'electron', 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** Runs Electron's own installer, which checks the checksum. Gives what went wrong, '' when nothing did. */
function fetchRuntime(project: string): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(project, 'node_modules', 'electron', 'install.js')], {
      cwd: project,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: FETCH_MS,
    })
    let words = ''
    child.stderr.on('data', (chunk: Buffer) => {
      words += chunk.toString()
    })
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) =>
      resolve(
        code === 0 ? '' : signal ? 'it took longer than five minutes' : (words.trim().split('\n')[0] ?? `code ${code}`),
      ),
    )
  })
}
