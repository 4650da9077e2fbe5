/** A WordPress site on loopback: the package of Debian, unpacked and not installed, with a database of its own. One minute. */
import { randomBytes } from 'node:crypto'
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '../../support/project.ts'
import { debian } from '../packages.ts'
import { answering, cacheFor, freePort, isThere, type Running, run, start } from '../process.ts'

export interface WordPressServer {
  readonly url: string
  /** Application passwords by login. */
  readonly passwords: Readonly<Record<'author' | 'contributor', string>>
  stop(): Promise<void>
}

const own = join(projectRoot, 'tests', 'servers', 'wordpress')
const THEME = 'wordpress-theme-twentytwentythree'
/** What has to be on the computer for the package to run. */
const NEEDED = [
  'php-cli',
  'php-mysql',
  'php-gd',
  'php-curl',
  'php-xml',
  'php-mbstring',
  'php-getid3',
  'libjs-cropper',
  'libjs-underscore',
  'libjs-lodash',
  'mariadb-server',
]

/** Starts a new site in `folder`. */
export async function startWordPressServer(folder: string): Promise<WordPressServer> {
  const site = await unpacked(folder)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const socket = join(folder, 'db.sock')
  const env = {
    SITE: site,
    SITE_ADDRESS: url,
    SITE_DATABASE: socket,
    SITE_SECRET: randomBytes(32).toString('hex'),
    PHP_CLI_SERVER_WORKERS: '4',
  }
  const parts: Running[] = []
  const stop = async () => {
    for (const part of parts.reverse()) await part.stop()
  }
  try {
    parts.push(await database(folder, socket))
    const passwords = JSON.parse(
      await run('php', [join(own, 'setup.php')], { cwd: site, env }),
    ) as WordPressServer['passwords']
    const limits = ['-d', 'upload_max_filesize=32M', '-d', 'post_max_size=32M', '-d', 'memory_limit=256M']
    const serve = [...limits, '-S', `127.0.0.1:${port}`, '-t', site, join(own, 'router.php')]
    parts.push(start('php', serve, join(folder, 'php.log'), { env }))
    await answering(`${url}/wp-json/`)
    return { url, passwords, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function database(folder: string, socket: string): Promise<Running> {
  const data = join(folder, 'db')
  const asRoot = ['--no-defaults', '--user=root', `--datadir=${data}`]
  await run('mariadb-install-db', [...asRoot, '--auth-root-authentication-method=normal'])
  const small = ['--skip-networking', '--innodb-buffer-pool-size=64M', '--performance-schema=OFF']
  const files = [`--socket=${socket}`, `--pid-file=${join(folder, 'db.pid')}`]
  const server = start('mariadbd', [...asRoot, ...files, ...small], join(folder, 'db.log'))
  const ask = (words: string) => run('mariadb', ['--no-defaults', '-S', socket, '-u', 'root', '-e', words])
  for (let left = 120; ; left--) {
    try {
      await ask('create database if not exists wordpress character set utf8mb4')
      return server
    } catch (error) {
      if (left === 0) {
        await server.stop()
        throw error
      }
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
}

/** The site's files in `folder`, from packages that are fetched once. */
async function unpacked(folder: string): Promise<string> {
  await debian(NEEDED)
  const cache = await cacheFor('wordpress')
  const root = join(cache, 'root')
  if (!isThere(join(root, 'usr', 'share', 'wordpress'))) {
    await run('apt-get', ['-o', 'APT::Sandbox::User=root', 'download', '-qq', 'wordpress', THEME], { cwd: cache })
    await mkdir(root, { recursive: true })
    for (const file of await readdir(cache))
      if (file.endsWith('.deb')) await run('dpkg', ['-x', file, root], { cwd: cache })
    // The package has links to what other packages brought.
    for (const shared of ['php', 'javascript'])
      if (!isThere(join(root, 'usr', 'share', shared)))
        await run('ln', ['-s', `/usr/share/${shared}`, join(root, 'usr', 'share', shared)])
  }
  // A link to a file of the system's web server, which is not asked.
  await rm(join(root, 'usr', 'share', 'wordpress', '.htaccess'), { force: true })
  const site = join(folder, 'site')
  await run('cp', ['-rL', join(root, 'usr', 'share', 'wordpress'), site])
  for (const place of ['uploads', 'themes']) await mkdir(join(site, 'wp-content', place), { recursive: true })
  // A theme lies in one of two places; in the other is a link that leads out of what was unpacked.
  for (const place of [join('var', 'lib'), join('usr', 'share')]) {
    const themes = join(root, place, 'wordpress', 'wp-content', 'themes')
    for (const theme of isThere(themes) ? await readdir(themes) : [])
      if (isThere(join(themes, theme, 'style.css')))
        await run('cp', ['-rLn', join(themes, theme), join(site, 'wp-content', 'themes')])
  }
  await copyFile(join(own, 'wp-config.php'), join(site, 'wp-config.php'))
  return site
}
