/**
 * Media hosts in small: a bucket that checks signatures as Amazon publishes them, a folder over WebDAV, a server that takes files by
 * PUT. Each gives its files to everybody at `public`, as far as it is `open`.
 */
import { createHash, createHmac } from 'node:crypto'
import { type Call, type Clock, type Reply, type Route, type Sandbox, startSandbox, tokenOf } from './server.ts'

interface Stored {
  readonly bytes: Buffer
  readonly type: string
}

export interface HostSandbox extends Sandbox {
  /** By the path below the bucket or folder. */
  readonly files: Map<string, Stored>
  /** Whether everybody may fetch what lies there. */
  open: boolean
  /** Another answer than the file to whoever fetches it; null: the file. */
  gives: Reply | null
  /** What begins the public address of a file. */
  readonly base: string
}

/* ---- what all have in common ---- */

const page: Reply = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><title>Shared with you</title>',
}
export const SHARING_PAGE = page

function publicly(sandbox: HostSandbox, name: string): Reply {
  if (sandbox.gives) return sandbox.gives
  if (!sandbox.open) return { status: 403 }
  const file = sandbox.files.get(name)
  if (!file) return { status: 404 }
  return {
    status: 200,
    headers: { 'content-type': file.type, 'content-length': String(file.bytes.length) },
    body: file.bytes,
  }
}

const head = (file: Stored | undefined): Reply =>
  file
    ? { status: 200, headers: { 'content-type': file.type, 'content-length': String(file.bytes.length) } }
    : { status: 404 }

const stored = (call: Call): Stored => ({
  bytes: call.body,
  type: call.headers['content-type'] ?? 'application/octet-stream',
})

const hostSandbox = (started: Sandbox, path: string): HostSandbox =>
  Object.assign(started, { files: new Map<string, Stored>(), open: true, gives: null, base: `${started.url}${path}` })

/* ---- S3 ---- */

export const S3 = {
  keyId: 'AKIDSANDBOX',
  secret: 'wJalr/sandbox+secret',
  region: 'eu-test-1',
  bucket: 'press',
} as const

const s3Error = (status: number, code: string, more = ''): Reply => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}</Message>${more}<RequestId>1</RequestId></Error>`,
})

const hex = (value: string | Buffer) => createHash('sha256').update(value).digest('hex')
const hmac = (key: string | Buffer, value: string) => createHmac('sha256', key).update(value).digest()
const uriEncode = (text: string) =>
  [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const letter = String.fromCharCode(byte)
      return /[A-Za-z0-9\-._~]/.test(letter) ? letter : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')

const QUARTER_OF_AN_HOUR = 15 * 60_000
const timeOf = (stamp: string) =>
  Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))

/**
 * Why a request is not let in; undefined: it is. Written from Amazon's "Authenticating Requests (AWS Signature Version 4)": canonical
 * request, string to sign, signing key. Headers and query parameters are two ways to say the same.
 */
function s3Fault(call: Call, now: number): Reply | undefined {
  const inQuery = call.query.has('X-Amz-Signature')
  const header = call.headers.authorization ?? ''
  const part = (name: string) => new RegExp(`${name}=([^,\\s]+)`).exec(header)?.[1] ?? ''
  const of = (name: string) => call.query.get(name) ?? ''
  const [credential, names, signature, stamp] = inQuery
    ? [of('X-Amz-Credential'), of('X-Amz-SignedHeaders'), of('X-Amz-Signature'), of('X-Amz-Date')]
    : [part('Credential'), part('SignedHeaders'), part('Signature'), call.headers['x-amz-date'] ?? '']
  if (!inQuery && !header.startsWith('AWS4-HMAC-SHA256 ')) return s3Error(403, 'AccessDenied')
  const [keyId, day = '', region = '', service = '', end] = credential.split('/')
  if (keyId !== S3.keyId) return s3Error(403, 'InvalidAccessKeyId')
  if (region !== S3.region) return s3Error(400, 'AuthorizationHeaderMalformed', `<Region>${S3.region}</Region>`)
  if (service !== 's3' || end !== 'aws4_request' || !stamp.startsWith(day))
    return s3Error(400, 'AuthorizationHeaderMalformed')
  const at = timeOf(stamp)
  if (inQuery) {
    const lives = Number(of('X-Amz-Expires'))
    if (!(lives > 0 && lives <= 604_800)) return s3Error(400, 'AuthorizationQueryParametersError')
    if (now > at + lives * 1000 || now < at - QUARTER_OF_AN_HOUR) return s3Error(403, 'AccessDenied')
  } else if (!(Math.abs(now - at) <= QUARTER_OF_AN_HOUR)) return s3Error(403, 'RequestTimeTooSkewed')
  const signed = names.split(';')
  if (!signed.includes('host')) return s3Error(403, 'AccessDenied')
  if (Object.keys(call.headers).some((name) => name.startsWith('x-amz-') && !signed.includes(name)))
    return s3Error(403, 'AccessDenied')
  const payload = inQuery ? 'UNSIGNED-PAYLOAD' : (call.headers['x-amz-content-sha256'] ?? '')
  if (/^[0-9a-f]{64}$/.test(payload) && payload !== hex(call.body)) return s3Error(400, 'XAmzContentSHA256Mismatch')
  const canonicalQuery = [...call.query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [uriEncode(name), uriEncode(value)].join('='))
    .sort()
    .join('&')
  const canonicalPath = call.path
    .split('/')
    .map((step) => uriEncode(decodeURIComponent(step)))
    .join('/')
  const canonicalHeaders = signed
    .map((name) => `${name}:${(call.headers[name] ?? '').trim().replace(/\s+/g, ' ')}\n`)
    .join('')
  const canonical = [call.method, canonicalPath, canonicalQuery, canonicalHeaders, names, payload].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', stamp, [day, region, service, end].join('/'), hex(canonical)].join('\n')
  const key = hmac(hmac(hmac(hmac(`AWS4${S3.secret}`, day), region), service), 'aws4_request')
  return createHmac('sha256', key).update(toSign).digest('hex') === signature
    ? undefined
    : s3Error(403, 'SignatureDoesNotMatch')
}

/** A bucket, path-style. Its files are public below the same address while it is `open`. */
export async function startS3({ clock }: { clock?: Clock } = {}): Promise<HostSandbox> {
  let sandbox: HostSandbox
  const guarded =
    (act: (key: string, call: Call) => Reply): Route =>
    (call) => {
      if (call.params.bucket !== S3.bucket) return s3Error(404, 'NoSuchBucket')
      return s3Fault(call, sandbox.now()) ?? act(call.params.key ?? '', call)
    }
  const started = await startSandbox(
    {
      'PUT /:bucket/:key*': guarded((key, call) => {
        sandbox.files.set(key, stored(call))
        return { status: 200, headers: { etag: `"${createHash('md5').update(call.body).digest('hex')}"` } }
      }),
      'HEAD /:bucket/:key*': guarded((key) => head(sandbox.files.get(key))),
      'DELETE /:bucket/:key*': guarded((key) => {
        sandbox.files.delete(key)
        return { status: 204 }
      }),
      'GET /:bucket/:key*': (call) => {
        const key = call.params.key ?? ''
        if (!call.headers.authorization && !call.query.has('X-Amz-Signature')) {
          const given = publicly(sandbox, key)
          return given.status === 403 ? s3Error(403, 'AccessDenied') : given
        }
        const fault = s3Fault(call, sandbox.now())
        if (fault || sandbox.gives) return fault ?? (sandbox.gives as Reply)
        const file = sandbox.files.get(key)
        return file
          ? { status: 200, headers: { 'content-type': file.type }, body: file.bytes }
          : s3Error(404, 'NoSuchKey')
      },
    },
    { ...(clock ? { clock } : {}), missing: s3Error(405, 'MethodNotAllowed') },
  )
  sandbox = hostSandbox(started, `/${S3.bucket}/`)
  return sandbox
}

/* ---- WebDAV ---- */

export const DAV = { user: 'press', password: 'dav-app-password' } as const

/** A folder `/dav/press/` that has to be made first; its files are public below `/share/`. */
export async function startWebDav({ clock }: { clock?: Clock } = {}): Promise<HostSandbox> {
  let sandbox: HostSandbox
  const folders = new Set(['/dav'])
  const basic = `Basic ${Buffer.from(`${DAV.user}:${DAV.password}`).toString('base64')}`
  const html = (status: number): Reply => ({
    status,
    headers: { 'content-type': 'text/html' },
    body: `<!DOCTYPE HTML><title>${status}</title>`,
  })
  const inFolder =
    (act: (name: string, call: Call) => Reply): Route =>
    (call) => {
      if (call.headers.authorization !== basic)
        return { ...html(401), headers: { 'www-authenticate': 'Basic realm="dav"', 'content-type': 'text/html' } }
      return folders.has(`/dav/${call.params.folder}`) || call.method === 'MKCOL'
        ? act(call.params.name ?? '', call)
        : html(409)
    }
  const started = await startSandbox(
    {
      'MKCOL /dav/:folder/': inFolder((_, call) => {
        if (folders.has(`/dav/${call.params.folder}`)) return html(405)
        folders.add(`/dav/${call.params.folder}`)
        return html(201)
      }),
      'PUT /dav/:folder/:name': inFolder((name, call) => {
        const known = sandbox.files.has(name)
        sandbox.files.set(name, stored(call))
        return known ? { status: 204 } : html(201)
      }),
      'HEAD /dav/:folder/:name': inFolder((name) => head(sandbox.files.get(name))),
      'GET /dav/:folder/:name': inFolder((name) => publicly(sandbox, name)),
      'DELETE /dav/:folder/:name': inFolder((name) => (sandbox.files.delete(name) ? { status: 204 } : html(404))),
      'GET /share/:name': (call) => publicly(sandbox, call.params.name ?? ''),
    },
    { ...(clock ? { clock } : {}), missing: html(405) },
  )
  sandbox = hostSandbox(started, '/share/')
  return sandbox
}

/* ---- a server of one's own ---- */

export const OWN = { token: 'own-server-token' } as const

/** Takes files at `/put/`; they are public below `/files/`. */
export async function startOwnServer({ clock }: { clock?: Clock } = {}): Promise<HostSandbox> {
  let sandbox: HostSandbox
  const allowed =
    (act: (name: string, call: Call) => Reply): Route =>
    (call) =>
      tokenOf(call) === OWN.token ? act(call.params.name ?? '', call) : { status: 401 }
  const started = await startSandbox(
    {
      'PUT /put/:name': allowed((name, call) => {
        sandbox.files.set(name, stored(call))
        return { status: 201 }
      }),
      // Many small servers know no HEAD.
      'HEAD /put/:name': () => ({ status: 405 }),
      'DELETE /put/:name': allowed((name) => (sandbox.files.delete(name) ? { status: 204 } : { status: 404 })),
      'GET /files/:name': (call) => publicly(sandbox, call.params.name ?? ''),
    },
    clock ? { clock } : {},
  )
  sandbox = hostSandbox(started, '/files/')
  return sandbox
}

/* ---- networks ---- */

/**
 * What a network gets from an address; undefined: nothing. Asked without a key, no redirect followed. Only hosts of this computer are
 * asked: there is no web in a sandbox.
 */
export async function fetched(
  address: string,
): Promise<{ readonly type: string; readonly bytes: Uint8Array } | undefined> {
  if (new URL(address).hostname !== '127.0.0.1') return undefined
  try {
    const answer = await fetch(address, { redirect: 'manual' })
    const bytes = new Uint8Array(await answer.arrayBuffer())
    const type = answer.headers.get('content-type')?.split(';')[0] ?? ''
    return answer.status === 200 ? { type, bytes } : undefined
  } catch {
    return undefined // cut, or nobody there
  }
}
