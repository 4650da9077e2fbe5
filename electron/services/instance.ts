/** One running Outpost for each data folder: the first holds a local socket, which the system lets go when it ends. */
import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Instance {
  release(): Promise<void>
}

/** A socket's path may have about 100 bytes, so a long data folder is named by its hash. */
function socketPath(folder: string): string {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 24)
  if (process.platform === 'win32') return `\\\\.\\pipe\\outpost-${hash}`
  const beside = join(folder, 'running.sock')
  return Buffer.byteLength(beside) < 100 ? beside : join(tmpdir(), `outpost-${hash}.sock`)
}

/** Takes the folder for this process, or gives null when another one has it (which is then asked to show itself). */
export async function takeInstance(folder: string, onSecond: () => void): Promise<Instance | null> {
  const path = socketPath(folder)
  for (let attempt = 0; attempt < 5; attempt++) {
    const instance = await listen(path, onSecond)
    if (instance) return instance
    if (await knock(path)) return null
    await rm(path, { force: true }) // left behind by a process that was killed
  }
  return null
}

const listen = (path: string, onSecond: () => void): Promise<Instance | null> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      onSecond()
      socket.on('error', () => undefined) // the other one may be gone already
      socket.end()
    })
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    )
    server.listen(path, () => {
      server.unref()
      resolve({ release: () => new Promise((done) => server.close(() => done())) })
    })
  })

const knock = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.end()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
