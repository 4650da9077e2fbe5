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

/** The address the runtime is downloaded from: the mirror a user or an administrator set, else its releases page. */
export const downloadHost = (env: Env): string =>
  env.ELECTRON_MIRROR ??
  env.npm_config_electron_mirror ??
  env.npm_package_config_electron_mirror ??
  'https://github.com/electron/electron/releases/'

async function installed(project: string): Promise<string | null> {
  const folder = join(project, 'node_modules', 'electron')
  const name = await readFile(join(folder, 'path.txt'), 'utf8').catch(() => null)
  const executable = name === null ? null : join(folder, 'dist', name)
  return executable !== null && existsSync(executable) ? executable : null
}

/** Any answer will do, also a refusal: what matters is that someone answers in time. */
async function answers(address: string): Promise<boolean> {
  try {
    const response = await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_MS) })
    return response.status < 400 || response.status === 404 || response.status === 405
  } catch {
    return false
  }
}

/** Finds the runtime or fetches it. */
export async function electronRuntime(project: string, say: (line: string) => void): Promise<ElectronRuntime> {
  const here = await installed(project)
  if (here) return { kind: 'present', executable: here }
  const host = downloadHost(process.env)
  if (!URL.canParse(host) || !(await answers(host))) {
    return { kind: 'absent', why: `Electron's runtime is not installed and ${hostOf(host)} does not answer` }
  }
  say(`Fetching Electron's runtime from ${hostOf(host)}, about 120 MB, once.`)
  const problem = await fetchRuntime(project)
  const fetched = await installed(project)
  if (fetched) return { kind: 'present', executable: fetched }
  return { kind: 'absent', why: `Electron's runtime could not be fetched (${problem})` }
}

const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : address)

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
