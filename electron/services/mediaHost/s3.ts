/** Buckets that speak S3: Amazon, Cloudflare R2, Backblaze B2, MinIO and many others. */
import { bucketAddress, type S3Settings } from '../../../shared/domain/mediaHost.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'
import { type Dialect, refusedFor } from './dialect.ts'
import { encoded, signedAddress, signedHeaders } from './sigv4.ts'

/** Seconds a signed address lets in. Networks fetch within a day; a container of Instagram lives as long. */
const LETS_IN = 2 * 86_400

export function s3Dialect(settings: S3Settings, secret: string): Dialect {
  const { region, prefix, keyId, links, publicBase } = settings
  const root = bucketAddress(settings)
  const keyOf = (name: string) => `${prefix}${name}`.split('/').map(encoded).join('/')
  const at = (name: string) => new URL(`${root}${keyOf(name)}`)
  const signing = (now: number) => ({ region, keyId, secret, at: now })
  return {
    at,
    address: (name, now) =>
      links === 'signed' ? signedAddress(at(name), LETS_IN, signing(now)) : `${publicBase || root}${keyOf(name)}`,
    headers: (method, url, payload, headers, now) => signedHeaders({ method, url }, payload, headers, signing(now)),
    signs: true,
    refused: (refusal) => refusedByS3(refusal, settings),
    folder: null,
  }
}

/** S3 names its refusals in XML. Source: Amazon's list of error codes; others use the same. */
function refusedByS3(
  { status, details }: { status: number; details: string },
  { bucket, region }: S3Settings,
): Trouble {
  const code = /<Code>(\w+)<\/Code>/.exec(details)?.[1] ?? ''
  const say = (field: string, reason: string) => refusedFor(field, reason, details)
  switch (code) {
    case 'InvalidAccessKeyId':
      return say('keyId', 'Your media host does not know this access key. Copy its id again.')
    case 'SignatureDoesNotMatch':
      return say('secret', 'The secret key does not belong to this access key. Copy both again.')
    case 'RequestTimeTooSkewed':
      return say(
        '',
        'The clock of this computer is off, and your media host does not accept that. Set it, then try again.',
      )
    case 'NoSuchBucket':
    case 'InvalidBucketName':
      return say('bucket', `There is no bucket “${bucket}” there. Look at its name, or create it.`)
    case 'AuthorizationHeaderMalformed':
    case 'PermanentRedirect':
    case 'TemporaryRedirect':
    case 'IllegalLocationConstraintException': {
      const right = /<Region>([\w-]+)<\/Region>/.exec(details)?.[1] ?? /expecting '([\w-]+)'/.exec(details)?.[1]
      return say(
        'region',
        right && right !== region
          ? `The bucket lies in the region ${right}. Write that as the region, and in the address of the service.`
          : 'The bucket lies in another region. Look it up at your media host, and at the address of the service.',
      )
    }
    case 'QuotaExceeded':
      return say('', 'Your media host is full. Make room there, then try again.')
    case 'EntityTooLarge':
      return say('', 'The file is too large for your media host.')
  }
  if (status === 403 || status === 401)
    return say(
      'keyId',
      'This access key may not put files into the bucket. Give it the rights to put, read and delete objects there.',
    )
  if (status === 301 || status === 307)
    return say(
      'region',
      'The bucket lies in another region. Look it up at your media host, and at the address of the service.',
    )
  if (status === 404 || status === 405)
    return say(
      'endpoint',
      'No S3 answers at this address. Look at it, and at whether the bucket stands in the path or the host.',
    )
  return say(
    '',
    `Your media host refused the file${code === '' ? '' : ` (${code})`}. Look at its settings, then try again.`,
  )
}
