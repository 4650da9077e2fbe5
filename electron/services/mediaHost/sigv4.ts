/** Amazon's Signature Version 4 for S3, as it is published: a request in one form, hashed, signed with a key of the day. */
import { createHash, createHmac } from 'node:crypto'
import type { Instant } from '../../../shared/domain/time.ts'

export interface Signing {
  readonly region: string
  readonly keyId: string
  readonly secret: string
  readonly at: Instant
}

interface Request {
  readonly method: string
  /** Its path is encoded already, each part once: S3 takes it as it is. */
  readonly url: URL
}

export const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')

/** Headers that sign a request and its body. `payload`: SHA-256 of the body in hex; `headers` are signed along. */
export function signedHeaders(
  { method, url }: Request,
  payload: string,
  headers: Readonly<Record<string, string>>,
  signing: Signing,
): Record<string, string> {
  const sent: Record<string, string> = {
    ...headers,
    'x-amz-content-sha256': payload,
    'x-amz-date': stamp(signing.at),
  }
  const { names, text } = canonicalHeaders({ ...sent, host: url.host })
  const canonical = [method, url.pathname, canonicalQuery(url.searchParams), text, names, payload].join('\n')
  const signature = sign(canonical, signing)
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 Credential=${signing.keyId}/${scope(signing)},SignedHeaders=${names},Signature=${signature}`,
  }
}

/** An address that lets whoever has it read the file, for `seconds`: a week at most. */
export function signedAddress(url: URL, seconds: number, signing: Signing): string {
  const signed = new URL(url)
  const query = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${signing.keyId}/${scope(signing)}`,
    'X-Amz-Date': stamp(signing.at),
    'X-Amz-Expires': String(seconds),
    'X-Amz-SignedHeaders': 'host',
  }
  for (const [name, value] of Object.entries(query)) signed.searchParams.set(name, value)
  const asked = canonicalQuery(signed.searchParams)
  const canonical = ['GET', signed.pathname, asked, `host:${url.host}\n`, 'host', 'UNSIGNED-PAYLOAD'].join('\n')
  return `${url.origin}${url.pathname}?${asked}&X-Amz-Signature=${sign(canonical, signing)}`
}

function sign(canonical: string, signing: Signing): string {
  const text = ['AWS4-HMAC-SHA256', stamp(signing.at), scope(signing), sha256(canonical)].join('\n')
  const hmac = (key: string | Buffer, value: string) => createHmac('sha256', key).update(value).digest()
  const day = hmac(`AWS4${signing.secret}`, stamp(signing.at).slice(0, 8))
  const key = hmac(hmac(hmac(day, signing.region), 's3'), 'aws4_request')
  return createHmac('sha256', key).update(text).digest('hex')
}

const stamp = (at: Instant): string => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')
const scope = ({ at, region }: Signing): string => `${stamp(at).slice(0, 8)}/${region}/s3/aws4_request`

function canonicalHeaders(headers: Readonly<Record<string, string>>) {
  const sorted = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value.trim().replace(/ +/g, ' ')] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    names: sorted.map(([name]) => name).join(';'),
    text: sorted.map(([name, value]) => `${name}:${value}\n`).join(''),
  }
}

const canonicalQuery = (query: URLSearchParams): string =>
  [...query]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&')

/** RFC 3986: stricter than what a browser leaves alone. */
export const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
