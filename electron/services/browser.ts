/** Finding an installed Chromium, Chrome or Edge, and getting one where there is none. */
import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'
import { err, ok, type Result } from '../../shared/lib/result.ts'

type Env = Readonly<Record<string, string | undefined>>

/** Places to look, best first: the one named by OUTPOST_BROWSER, then what playwright fetched, then what is installed. */
export function browserPlaces(platform: NodeJS.Platform, env: Env, fetched: string): string[] {
  if (env.OUTPOST_BROWSER) return [env.OUTPOST_BROWSER]
  return [fetched, ...installed(platform, env)].filter((path) => path !== '')
}

function installed(platform: NodeJS.Platform, env: Env): string[] {
  if (platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge']
    const folders = ['/Applications', ...(env.HOME ? [join(env.HOME, 'Applications')] : [])]
    return folders.flatMap((folder) => apps.map((app) => join(folder, `${app}.app`, 'Contents', 'MacOS', app)))
  }
  if (platform === 'win32') {
    const programs = [
      ['Google', 'Chrome', 'Application', 'chrome.exe'],
      ['Chromium', 'Application', 'chrome.exe'],
      ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
    ]
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
    return folders.flatMap((folder) => (folder ? programs.map((program) => join(folder, ...program)) : []))
  }
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'microsoft-edge-stable',
  ]
  const folders = new Set(
    [...(env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'].filter(Boolean),
  )
  return names.flatMap((name) => [...folders].map((folder) => join(folder, name)))
}

/** Path of a browser to start, or null. */
export async function findBrowser(env: Env = process.env): Promise<string | null> {
  for (const path of browserPlaces(process.platform, env, chromium.executablePath())) {
    try {
      await access(path, process.platform === 'win32' ? constants.F_OK : constants.X_OK)
      return path
    } catch {
      // Not there: try the next.
    }
  }
  return null
}

/** Runs a program, its output on our standard error; false when it fails or says nothing for `silence` ms. */
function runNoticing(command: string, args: readonly string[], silence: number, env: Env = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      env: { ...process.env, ...env },
    })
    const stop = () => child.kill()
    let timer = setTimeout(stop, silence)
    const heard = (chunk: Buffer) => {
      clearTimeout(timer)
      timer = setTimeout(stop, silence)
      process.stderr.write(chunk)
    }
    child.stdout.on('data', heard)
    child.stderr.on('data', heard)
    const end = (worked: boolean) => {
      clearTimeout(timer)
      resolve(worked)
    }
    child.once('error', () => end(false))
    child.once('close', (code) => end(code === 0))
  })
}

/** Finds a browser or gets one: playwright's own download, else the system's packages where we may install them. */
export async function findOrFetchBrowser(say: (line: string) => void): Promise<Result<string, string>> {
  const found = await findBrowser()
  if (found) return ok(found)
  if (process.env.OUTPOST_BROWSER)
    return err(`OUTPOST_BROWSER names ${process.env.OUTPOST_BROWSER}, which is not there or cannot be run.`)
  say('No Chromium, Chrome or Edge found; fetching one.')
  const playwright = (...args: string[]) => runNoticing('npx', ['--no-install', 'playwright', ...args], 30_000)
  await playwright('install', 'chromium')
  const fetched = await findBrowser()
  const mayInstall = process.platform === 'linux' && process.getuid?.() === 0
  if (fetched) {
    // What it brings along is the browser alone; a bare system lacks the libraries under it.
    if (mayInstall) await playwright('install-deps', 'chromium')
    return ok(fetched)
  }
  if (mayInstall) {
    const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
    const updated = await runNoticing('apt-get', ['update'], 120_000, quiet)
    if (updated) await runNoticing('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], 300_000, quiet)
    const installedNow = await findBrowser()
    if (installedNow) return ok(installedNow)
  }
  return err('No browser could be had: install Chromium, Chrome or Edge, or set OUTPOST_BROWSER to the path of one.')
}

/** What a user can do where there is no display. */
export const NO_DISPLAY =
  'There is no display to open a window on. Without one, Outpost makes a plan from a folder of posts: npm run -s outpost -- plan --import DIR --from YYYY-MM-DD --to YYYY-MM-DD --pdf plan.pdf'

/** Why a browser did not start, in a sentence, from what it said itself. */
export function whyNotStarted(executable: string, fault: unknown): string {
  const words = fault instanceof Error ? fault.message : String(fault)
  if (/Missing X server|without having a XServer|cannot open display|Failed to connect to Wayland/i.test(words))
    return NO_DISPLAY
  const library = /error while loading shared libraries: ([^\s:]+)/.exec(words)?.[1]
  const why = library ? `this system lacks ${library}` : (words.split('\n')[0] ?? '')
  return `The browser ${executable} did not start (${why}). Set OUTPOST_BROWSER to the path of another one.`
}
