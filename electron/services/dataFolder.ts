/** Where Outpost keeps its data on this computer, and how that folder is made. */
import { chmod, mkdir, readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

interface Place {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

const here = (): Place => ({ platform: process.platform, env: process.env, home: homedir() })

/** The data folder: `chosen` (a command line option) wins, then OUTPOST_DATA, then the place the system names for it. */
export function dataFolder(chosen?: string, place: Place = here()): string {
  const { platform, env, home } = place
  const named = chosen ?? env.OUTPOST_DATA
  if (named) return resolve(named)
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Outpost')
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Outpost')
  return join(env.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'outpost')
}

/** The key of the vault where the system has no key ring: never in the data folder, so that a copy of that tells nothing. */
export function keyFile({ platform, env, home }: Place = here()): string {
  if (platform === 'darwin') return join(home, 'Library', 'Preferences', 'Outpost', 'vault.key')
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'Outpost key', 'vault.key')
  return join(env.XDG_CONFIG_HOME ?? join(home, '.config'), 'outpost', 'vault.key')
}

/** Where people expect what they save. On Linux its name is in a file, in the user's own language. */
export async function downloadsFolder({ platform, env, home }: Place = here()): Promise<string> {
  const usual = join(home, 'Downloads')
  if (platform !== 'linux') return usual
  const names = await readFile(join(env.XDG_CONFIG_HOME ?? join(home, '.config'), 'user-dirs.dirs'), 'utf8').catch(
    () => '',
  )
  const named = /^XDG_DOWNLOAD_DIR="(.+)"$/m.exec(names)?.[1]
  return named === undefined ? usual : named.replace('$HOME', home)
}

/** Makes a folder only its owner may enter. Also tightens one that is already there. */
export async function ownerOnlyFolder(path: string): Promise<string> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  await chmod(path, 0o700)
  return path
}
