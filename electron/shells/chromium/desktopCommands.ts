/** What the system's own programs do for us where there is no Electron to ask. */
import { spawn } from 'node:child_process'
import { dirname } from 'node:path'

/** Starts a program on its own and waits only until it runs. Arguments go as they are: no command line is put together. */
const start = (command: string, args: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true })
    child.once('error', reject)
    child.once('spawn', () => {
      child.unref()
      resolve()
    })
  })

/** Opens an address in the system's browser. The caller has checked it. */
export function openAddress(url: string): Promise<void> {
  if (process.platform === 'darwin') return start('open', [url])
  if (process.platform === 'win32') return start('rundll32', ['url.dll,FileProtocolHandler', url])
  return start('xdg-open', [url])
}

/** Shows a file in the system's file manager. */
export function showInFolder(path: string): Promise<void> {
  if (process.platform === 'darwin') return start('open', ['-R', path])
  if (process.platform === 'win32') return start('explorer', [`/select,${path}`])
  return start('xdg-open', [dirname(path)])
}

/** Opens a folder in the system's file manager. */
export function openFolder(path: string): Promise<void> {
  if (process.platform === 'darwin') return start('open', [path])
  if (process.platform === 'win32') return start('explorer', [path])
  return start('xdg-open', [path])
}
