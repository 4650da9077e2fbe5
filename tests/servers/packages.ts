/** What servers come from: packages of the system, and folders of npm packages; each fetched once, when it is needed. */
import { createHash } from 'node:crypto'
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '../support/project.ts'
import { cacheFor, isThere, NotHere, run } from './process.ts'

/** Installs what is missing of Debian's packages where that is allowed; no service is started. */
export async function debian(packages: readonly string[]): Promise<void> {
  const missing: string[] = []
  for (const name of packages) {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg fills it in
    const state = await run('dpkg-query', ['-W', '-f=${Status}', name]).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT')
        throw new NotHere('It comes from packages of Debian, which this system does not have.')
      return ''
    })
    if (!state.includes('install ok installed')) missing.push(name)
  }
  if (missing.length === 0) return
  if (process.getuid?.() !== 0) throw new NotHere(`It needs these packages of Debian: ${missing.join(', ')}.`)
  await run('apt-get', ['update', '-qq'])
  const quietly = ['-o', 'DPkg::Lock::Timeout=300', 'install', '-y', '-qq', '--no-install-recommends']
  // Packages ask this file whether they may start their service: 101 is no.
  const policy = '/usr/sbin/policy-rc.d'
  const ours = !isThere(policy)
  if (ours) await writeFile(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    await run('apt-get', [...quietly, ...missing], { env: { DEBIAN_FRONTEND: 'noninteractive' } }).catch(
      (error: Error) => {
        throw /Unable to (locate|fetch)|Failed to fetch/.test(error.message)
          ? new NotHere(`These packages of Debian could not be fetched: ${missing.join(', ')}.`)
          : error
      },
    )
  } finally {
    if (ours) await rm(policy, { force: true })
  }
}

/** A folder with the npm packages that `tests/servers/NAME` locks, and the other `files` of it; their install scripts do not run. */
export async function locked(name: string, files: readonly string[] = []): Promise<string> {
  const own = join(projectRoot, 'tests', 'servers', name)
  const home = await cacheFor(name)
  for (const file of ['package.json', 'package-lock.json', ...files]) await copyFile(join(own, file), join(home, file))
  const done = join(home, 'installed')
  const lock = createHash('sha256')
    .update(await readFile(join(home, 'package-lock.json')))
    .digest('hex')
  if (isThere(done) && (await readFile(done, 'utf8')) === lock) return home
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: home }).catch(
    (error: Error) => {
      throw /E(AI_AGAIN|NOTFOUND|CONNREFUSED|TIMEDOUT|NOTCACHED)/.test(error.message)
        ? new NotHere('Its packages could not be fetched from npm.')
        : error
    },
  )
  await writeFile(done, lock)
  return home
}
