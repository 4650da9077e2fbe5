/** What a person types about each kind of media host, and what it means. */
import type { HostKind, HostSettings } from '../../../../shared/domain/mediaHost.ts'
import type { AskedFor } from '../AskedField.tsx'

export type HostField = AskedFor

export interface HostForm {
  readonly label: string
  /** What it is, and where it is to be had. */
  readonly about: string
  readonly fields: readonly HostField[]
}

export type Values = Readonly<Record<string, string>>

const publicBase = (help: string, more: Partial<HostField> = {}): HostField => ({
  name: 'publicBase',
  label: 'Public addresses begin with',
  help,
  placeholder: 'https://media.example.org/press/',
  ...more,
})

export const FORMS: Readonly<Record<HostKind, HostForm>> = {
  s3: {
    label: 'S3 bucket',
    about:
      'A bucket at Amazon S3, Cloudflare R2, Backblaze B2, MinIO or any other that speaks S3. Make an access key that may put, read and delete objects in this one bucket.',
    fields: [
      { name: 'endpoint', label: 'Address of the service', placeholder: 'https://s3.eu-central-1.amazonaws.com' },
      { name: 'bucket', label: 'Bucket', placeholder: 'press-media' },
      { name: 'region', label: 'Region', placeholder: 'eu-central-1', help: 'Some services say auto.' },
      { name: 'prefix', label: 'Folder in the bucket', placeholder: 'outpost', optional: true },
      { name: 'keyId', label: 'Id of the access key', placeholder: 'AKIA…' },
      { name: 'secret', label: 'Secret access key', secret: true },
    ],
  },
  webdav: {
    label: 'WebDAV',
    about:
      'A folder of a web host or a Nextcloud, which everybody can read without a password under another address. Use a password made for Outpost where the server offers app passwords.',
    fields: [
      { name: 'folder', label: 'Address of the folder', placeholder: 'https://dav.example.org/press/' },
      { name: 'user', label: 'User' },
      { name: 'secret', label: 'Password', secret: true },
      publicBase(
        'Where everybody finds what lies in the folder. Links made by “share” lead to a page, not to the file.',
      ),
    ],
  },
  server: {
    label: 'Own server',
    about:
      'A web server that takes a file by PUT with a bearer token, gives it to everybody with its type, and deletes it by DELETE.',
    fields: [
      {
        name: 'template',
        label: 'Files are put at',
        placeholder: 'https://media.example.org/press/{name}',
        help: '{name} stands for the name of the file.',
      },
      { name: 'secret', label: 'Token', secret: true },
      publicBase('Empty when they are put where everybody finds them.', { optional: true }),
    ],
  },
}

/** Only where the bucket is public. */
export const BUCKET_BASE = publicBase(
  'Empty for the address of the bucket itself; or that of a domain or CDN before it.',
  {
    optional: true,
  },
)

/** What the form begins with. */
export const valuesOf = (settings: HostSettings | null): Values => ({
  style: 'path',
  links: 'public',
  ...(settings ?? {}),
})

export function settingsOf(kind: HostKind, values: Values): HostSettings {
  const of = (name: string) => values[name]?.trim() ?? ''
  const base = { publicBase: of('publicBase') }
  switch (kind) {
    case 's3':
      return {
        kind,
        endpoint: of('endpoint'),
        region: of('region'),
        bucket: of('bucket'),
        prefix: of('prefix'),
        keyId: of('keyId'),
        style: values.style === 'virtual' ? 'virtual' : 'path',
        links: values.links === 'signed' ? 'signed' : 'public',
        ...base,
      }
    case 'webdav':
      return { kind, folder: of('folder'), user: of('user'), ...base }
    case 'server':
      return { kind, template: of('template'), ...base }
  }
}

/** Where files go, in a line. */
export function placeOfHost(settings: HostSettings): string {
  const bare = (address: string) => address.replace(/^https?:\/\//, '').replace(/\/$/, '')
  switch (settings.kind) {
    case 's3':
      return `bucket ${settings.bucket} at ${bare(settings.endpoint)}`
    case 'webdav':
      return bare(settings.folder)
    case 'server':
      return bare(settings.template).replace('/{name}', '')
  }
}
