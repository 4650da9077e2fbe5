/** The three kinds of media host, each with its server in small and what a person would type about it. */
import type { HostSettings } from '../../../shared/domain/mediaHost.ts'
import { DAV, type HostSandbox, OWN, S3, startOwnServer, startS3, startWebDav } from '../../sandbox/mediaHost.ts'
import type { Clock } from '../../sandbox/server.ts'

export interface KindUnderTest {
  readonly name: string
  readonly secret: string
  start(options: { clock?: Clock }): Promise<HostSandbox>
  settings(sandbox: HostSandbox): HostSettings
}

const bucket = ({ url }: HostSandbox) => ({
  kind: 's3' as const,
  endpoint: url,
  region: S3.region,
  bucket: S3.bucket,
  prefix: 'out put/',
  style: 'path' as const,
  keyId: S3.keyId,
})

export const KINDS: readonly KindUnderTest[] = [
  {
    name: 'a public bucket',
    secret: S3.secret,
    start: startS3,
    settings: (sandbox) => ({ ...bucket(sandbox), links: 'public', publicBase: sandbox.base }),
  },
  {
    name: 'a closed bucket with signed addresses',
    secret: S3.secret,
    start: async (options) => Object.assign(await startS3(options), { open: false }),
    settings: (sandbox) => ({ ...bucket(sandbox), links: 'signed', publicBase: '' }),
  },
  {
    name: 'WebDAV',
    secret: DAV.password,
    start: startWebDav,
    settings: ({ url, base }) => ({ kind: 'webdav', folder: `${url}/dav/press/`, user: DAV.user, publicBase: base }),
  },
  {
    name: 'a server of one’s own',
    secret: OWN.token,
    start: startOwnServer,
    settings: ({ url, base }) => ({ kind: 'server', template: `${url}/put/{name}`, publicBase: base }),
  },
]
