/** Where the pieces of this project lie, and building the page when it is missing or older than its sources. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { err, ok, type Result } from '../../shared/lib/result.ts'

/** The folder with package.json. Only for scripts run from the project; a packaged app has no project around it. */
export const projectRoot = resolve(import.meta.dirname, '../..')
export const rendererRoot = join(projectRoot, 'out', 'renderer')

export const projectVersion = (): string =>
  (JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string }).version

const sources = ['electron', 'renderer', 'shared', 'assets', 'package.json', 'electron.vite.config.ts']
const results = ['main/main.js', 'preload/preload.cjs', 'renderer/index.html']

/** Newest change below a path in ms since 1970, 0 when it is not there. */
async function newest(path: string): Promise<number> {
  const found = await stat(path).catch(() => null)
  if (!found) return 0
  if (!found.isDirectory()) return found.mtimeMs
  const names = await readdir(path)
  const times = await Promise.all(names.map((name) => newest(join(path, name))))
  return Math.max(0, ...times)
}

async function isBuilt(): Promise<boolean> {
  const built = await Promise.all(results.map((path) => newest(join(projectRoot, 'out', path))))
  const changed = await Promise.all(sources.map((path) => newest(join(projectRoot, path))))
  return Math.min(...built) > Math.max(...changed)
}

/** Builds what is missing or old. The refusal is what the build said. `say` hears one line when there is something to do. */
export async function ensureBuilt(say: (line: string) => void): Promise<Result<null, string>> {
  if (await isBuilt()) return ok(null)
  say('Building Outpost.')
  return build()
}

/** Builds main process, preload and page into out/. */
export function build(): Promise<Result<null, string>> {
  return new Promise((settle) => {
    const tool = join(projectRoot, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
    const child = spawn(process.execPath, [tool, 'build', '--logLevel', 'warn'], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.once('error', (error) => settle(err(`The build did not start: ${error.message}`)))
    child.once('close', (code) => settle(code === 0 ? ok(null) : err(`The build failed.\n${output}`)))
  })
}
