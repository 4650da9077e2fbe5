/**
 * A place of the user's own on the web where files lie for as long as a network needs to fetch them. Some networks take no bytes, only
 * addresses. What is here is not secret; the one secret of each kind stays in the shell. Pure.
 */

interface Lying {
  /** What the address of a file begins with, as everybody reaches it; a slash at its end. */
  readonly publicBase: string
}

/** A bucket that speaks S3. */
export interface S3Settings extends Lying {
  readonly kind: 's3'
  /** Of the service, without the bucket: `https://s3.eu-central-1.amazonaws.com`. */
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  /** Before every name, such as a folder; '' or with a slash at its end. */
  readonly prefix: string
  /** Whether the bucket stands in the path or in the name of the host. */
  readonly style: 'path' | 'virtual'
  /** Id of the access key; its secret half is the secret. */
  readonly keyId: string
  /** Signed: every address lets in for two days and the bucket stays closed; `publicBase` is '' then. */
  readonly links: 'public' | 'signed'
}

/** A folder over WebDAV; the password is the secret. */
export interface WebDavSettings extends Lying {
  readonly kind: 'webdav'
  readonly folder: string
  readonly user: string
}

/** A server that takes files by PUT and gives them up by DELETE; the token is the secret. */
export interface ServerSettings extends Lying {
  readonly kind: 'server'
  /** Where a file is put, with `{name}` in it. */
  readonly template: string
}

export type HostSettings = S3Settings | WebDavSettings | ServerSettings
export type HostKind = HostSettings['kind']

export const HOST_KINDS = ['s3', 'webdav', 'server'] as const satisfies readonly HostKind[]

/** Where the bucket begins, with a slash at the end. */
export function bucketAddress({ endpoint, bucket, style }: S3Settings): string {
  const { protocol, host, pathname } = new URL(endpoint)
  const path = pathname.replace(/\/+$/, '')
  return style === 'virtual' ? `${protocol}//${bucket}.${host}${path}/` : `${protocol}//${host}${path}/${bucket}/`
}

/** What the address of every file begins with, as a network fetches it. */
export const publicPrefix = (settings: HostSettings): string =>
  settings.publicBase || (settings.kind === 's3' ? bucketAddress(settings) : '')

/** What a refusal that concerns the host names as its field: no place in a post, but a page of the settings. */
export const MEDIA_HOST = 'mediaHost'

/** Said of a post whose files a network would fetch, while there is nowhere to fetch them from. */
export const NO_HOST =
  'Its files are fetched from a public address, and there is no media host to lay them on: set one up in the settings'
