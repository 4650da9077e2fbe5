/** Programs of others, started for a test and ended with it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** What was installed once is kept here: outside of the project, where installing that anew would take it away. */
export async function cacheFor(name: string): Promise<string> {
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'outpost-test-servers', name)
  await mkdir(folder, { recursive: true })
  return folder
}

/** Why a server cannot be had on this computer, in a sentence. */
export class NotHere extends Error {}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs a program to its end and gives what it said. Throws with its last words when it fails. */
export function run(command: string, args: readonly string[], { cwd, env }: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    let complained = ''
    child.stdout.on('data', (part: Buffer) => {
      said += part.toString('utf8')
    })
    child.stderr.on('data', (part: Buffer) => {
      complained = (complained + part.toString('utf8')).slice(-4000)
    })
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(said)
      else
        reject(
          new Error(`${command} ${args.slice(0, 3).join(' ')} ended with ${code}:\n${complained || said.slice(-4000)}`),
        )
    })
  })
}

export interface Running {
  readonly log: string
  stop(): Promise<void>
}

const started = new Set<ChildProcess>()
/** Whatever ends us ends them. */
process.once('exit', () => {
  for (const child of started) end(child, 'SIGKILL')
})

/** Starts a program that goes on, in a group of its own; what it says goes into `log`. */
export function start(command: string, args: readonly string[], log: string, { cwd, env }: RunOptions = {}): Running {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const file = createWriteStream(log, { flags: 'a' })
  child.stdout.pipe(file, { end: false })
  child.stderr.pipe(file, { end: false })
  started.add(child)
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  void closed.then(() => started.delete(child))
  return {
    log,
    stop: async () => {
      end(child, 'SIGTERM')
      const late = setTimeout(() => end(child, 'SIGKILL'), 10_000)
      await closed
      clearTimeout(late)
      file.end()
    },
  }
}

function end(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // It has ended by itself.
  }
}

/** A port nobody uses at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

/** Asks an address until it answers with anything. Throws after `seconds`. */
export async function answering(address: string, seconds = 90): Promise<void> {
  for (let left = seconds * 4; left > 0; left--) {
    const answer = await fetch(address, { signal: AbortSignal.timeout(2000) }).catch(() => null)
    if (answer) return
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error(`Nothing answers at ${address}.`)
}

export const isThere = (path: string): boolean => existsSync(path)
