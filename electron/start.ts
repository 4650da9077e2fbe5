/** `npm start`: builds what is missing, then opens Outpost on Electron, or on an installed browser where Electron cannot be had. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findOrFetchBrowser, NO_DISPLAY } from './services/browser.ts'
import { dataFolder, downloadsFolder } from './services/dataFolder.ts'
import { type ElectronRuntime, electronRuntime } from './services/electronRuntime.ts'
import { createLog } from './services/log.ts'
import { ensureBuilt, projectRoot, projectVersion, rendererRoot } from './services/project.ts'
import { knowsProxies, proxyEnvironment, takeProxy } from './services/proxy.ts'
import { NO_SANDBOX_WARNING, rootRefusal, thisHost, withoutSandbox } from './services/sandbox.ts'
import { startChromiumShell } from './shells/chromium/shell.ts'

const say = (line: string) => console.error(line)
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Gives the exit code. */
async function start(): Promise<number> {
  let options: { data?: string | undefined; shell?: string | undefined }
  try {
    options = parseArgs({ options: { data: { type: 'string' }, shell: { type: 'string' } } }).values
  } catch (error) {
    say(`${(error as Error).message.split('. ')[0]}. Known options: --data DIR, --shell electron|chromium.`)
    return 2
  }
  if (options.shell !== undefined && options.shell !== 'electron' && options.shell !== 'chromium') {
    say(`--shell takes electron or chromium, not ${options.shell}.`)
    return 2
  }
  if (!takeProxy(process.env)) {
    if (knowsProxies(process.version))
      return passOn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], proxyEnvironment(process.env))
    say(
      `A proxy is named, and Node ${process.version} does not know proxies: nothing is published over it. Take Node 24.`,
    )
  }
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    say(NO_DISPLAY)
    return 1
  }
  const refusal = rootRefusal(thisHost())
  if (refusal) {
    say(refusal)
    return 1
  }
  const built = await ensureBuilt(say)
  if (!built.ok) {
    say(built.error)
    return 1
  }
  const folder = dataFolder(options.data)
  const runtime: ElectronRuntime =
    options.shell === 'chromium' ? { kind: 'absent', why: 'it was asked for' } : await electronRuntime(projectRoot, say)
  if (runtime.kind === 'present') {
    say('Outpost runs on Electron.')
    return startElectron(runtime.executable, folder)
  }
  if (options.shell === 'electron') {
    say(`Outpost cannot run on Electron: ${runtime.why}.`)
    return 1
  }
  return startChromium(folder, runtime.why)
}

function startElectron(executable: string, folder: string): Promise<number> {
  const noSandbox = withoutSandbox(thisHost())
  if (noSandbox) say(NO_SANDBOX_WARNING)
  return passOn(executable, [...(noSandbox ? ['--no-sandbox'] : []), projectRoot, `--data=${folder}`])
}

/** Another program does it in our place. Gives its exit code. */
function passOn(executable: string, args: string[], env: ReturnType<typeof proxyEnvironment> = null): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(executable, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] })
    for (const signal of SIGNALS) process.on(signal, () => child.kill(signal))
    child.once('error', (error) => {
      say(`${executable} did not start: ${error.message}`)
      resolve(1)
    })
    child.once('close', (code) => resolve(code ?? 1))
  })
}

async function startChromium(folder: string, why: string): Promise<number> {
  const browser = await findOrFetchBrowser(say)
  if (!browser.ok) {
    say(browser.error)
    return 1
  }
  const noSandbox = withoutSandbox(thisHost())
  if (noSandbox) say(NO_SANDBOX_WARNING)
  const shell = await startChromiumShell({
    executable: browser.value,
    headless: false,
    noSandbox,
    dataFolder: folder,
    rendererRoot,
    downloads: await downloadsFolder(),
    version: projectVersion(),
    log: createLog(join(folder, 'log')),
  })
  if (!shell.ok) {
    say(shell.error)
    return 1
  }
  say(`Outpost runs on ${browser.value}, because ${why}.`)
  const end = () => void shell.value.close()
  // More than once: a terminal tells everybody it started, and whoever started us passes it on.
  for (const signal of SIGNALS) process.on(signal, end)
  await shell.value.closed
  return 0
}

process.exit(await start())
