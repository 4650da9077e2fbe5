/** Whether the browser must be started without its sandbox. */
import { existsSync, readFileSync } from 'node:fs'

interface Host {
  readonly platform: NodeJS.Platform
  readonly uid: number | undefined
  readonly inContainer: boolean
}

/** Only root in a container: Chromium refuses to start its sandbox for root, and there the container is the wall. */
export const withoutSandbox = (host: Host): boolean => host.platform === 'linux' && host.uid === 0 && host.inContainer

/** Why Outpost does not start for this user, or null. */
export const rootRefusal = (host: Host): string | null =>
  host.platform === 'linux' && host.uid === 0 && !host.inContainer
    ? 'Outpost does not run as root, because its browser would have no sandbox. Start it as an ordinary user.'
    : null

export const NO_SANDBOX_WARNING =
  'Warning: running as root in a container, so the browser starts without its sandbox. Use an ordinary user for real work.'

export const thisHost = (): Host => ({
  platform: process.platform,
  uid: process.getuid?.(),
  inContainer: process.platform === 'linux' && inContainer(),
})

function inContainer(): boolean {
  if (process.env.container || existsSync('/.dockerenv') || existsSync('/run/.containerenv')) return true
  try {
    // A layered file system at the root is how most containers begin that leave no other sign.
    if (/^\S+ \S+ \S+ \S+ \/ .* - overlay /m.test(readFileSync('/proc/self/mountinfo', 'utf8'))) return true
    return /docker|kubepods|containerd|lxc|libpod|buildkit|garden/.test(readFileSync('/proc/1/cgroup', 'utf8'))
  } catch {
    return false // no /proc to read: not a container we know
  }
}
