/** Apache with mod_dav on loopback, of Debian's package: a folder one user writes to, and the address under which everybody reads it. */
import { createHash, randomBytes } from 'node:crypto'
import { chmod, mkdir, mkdtemp, realpath, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { removeFolder } from '../../support/project.ts'
import { debian } from '../packages.ts'
import { answering, freePort, NotHere, run, start } from '../process.ts'

export interface WebDavServer {
  /** Where its files lie on this computer. */
  readonly files: string
  /** Where files are put; the folder inside of it is still to be made. */
  readonly folder: string
  /** The same folder for everybody, without a password. */
  readonly publicBase: string
  /** The same once more, from a server that knows no types of files. */
  readonly typelessBase: string
  readonly user: string
  readonly password: string
  stop(): Promise<void>
}

const MODULES = '/usr/lib/apache2/modules'
const NEEDED = ['authn_core', 'authn_file', 'authz_core', 'authz_user', 'auth_basic', 'mime', 'alias', 'dav', 'dav_fs']

/** Starts one with nothing in it, in a folder of its own that goes with it. */
export async function startWebDavServer(): Promise<WebDavServer> {
  await debian(['apache2-bin'])
  const folder = await walkableFolder()
  const [port, user, password] = [await freePort(), 'press', randomBytes(12).toString('hex')]
  const at = (name: string) => join(folder, name)
  for (const name of ['files', 'run']) await mkdir(at(name), { recursive: true })
  const sum = createHash('sha1').update(password).digest('base64')
  await writeFile(at('users'), `${user}:{SHA}${sum}\n`)
  const isRoot = process.getuid?.() === 0
  // Apache does not serve as root.
  const as = isRoot ? 'User www-data\nGroup www-data' : `User #${process.getuid?.()}\nGroup #${process.getgid?.()}`
  if (isRoot) {
    await run('chown', ['-R', 'www-data:www-data', at('files'), at('run')])
    await chmod(folder, 0o711)
  }
  await writeFile(
    at('apache.conf'),
    `ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${at('run')}/httpd.pid
DefaultRuntimeDir ${at('run')}
ErrorLog ${at('error.log')}
${as}
LoadModule mpm_event_module ${MODULES}/mod_mpm_event.so
${NEEDED.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join('\n')}
TypesConfig /dev/null
DavLockDB ${at('run')}/lock
DocumentRoot ${at('files')}
Alias /typeless ${at('files')}
Alias /public ${at('files')}
Alias /dav ${at('files')}
<Location /public>
  AddType image/png .png
  AddType image/jpeg .jpg
  AddType video/mp4 .mp4
</Location>
<Location /dav>
  Dav On
  AuthType Basic
  AuthName outpost
  AuthUserFile ${at('users')}
  Require valid-user
</Location>
`,
  )
  const server = start('apache2', ['-d', folder, '-f', at('apache.conf'), '-DFOREGROUND'], at('apache.log'))
  const gone = async () => {
    await server.stop()
    removeFolder(folder)
  }
  try {
    const url = `http://127.0.0.1:${port}`
    await answering(url)
    const base = (name: string) => `${url}/${name}/campaign/`
    return {
      files: at('files'),
      folder: base('dav'),
      publicBase: base('public'),
      typelessBase: base('typeless'),
      user,
      password,
      stop: gone,
    }
  } catch (error) {
    await gone()
    throw error
  }
}

/** A fresh folder on a way that everybody may walk: temporary files may lie where only their owner gets, and Apache is somebody else. */
async function walkableFolder(): Promise<string> {
  for (const place of [tmpdir(), '/tmp', '/var/tmp'])
    if (await everybodyMayWalk(await realpath(place))) return mkdtemp(join(place, 'outpost-webdav-'))
  throw new NotHere('No folder for temporary files is open to the user Apache serves as.')
}

async function everybodyMayWalk(folder: string): Promise<boolean> {
  if (((await stat(folder)).mode & 0o001) === 0) return false
  return folder === '/' || everybodyMayWalk(dirname(folder))
}
