/**
 * A media host: files are put where networks can fetch them, and taken away again. Three kinds speak HTTP in their own dialect
 * (`s3.ts`, `webdav.ts`, `server.ts`); what they have in common is here.
 */
import { createHash } from 'node:crypto'
import type { HostSettings } from '../../../shared/domain/mediaHost.ts'
import type { SentMedium } from '../../../shared/domain/publishing.ts'
import type { Instant } from '../../../shared/domain/time.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import type { Tools } from '../../platforms/adapter.ts'
import { patienceFor, rawBody } from '../../platforms/shared/upload.ts'
import { ask, type Question } from '../http.ts'
import type { Dialect, Method } from './dialect.ts'
import { s3Dialect } from './s3.ts'
import { serverDialect } from './server.ts'
import { webDavDialect } from './webdav.ts'

export interface MediaHost {
  /** Puts a file there under a name, in the place of one that has it. It is read piece by piece. */
  put(name: string, file: Pick<SentMedium, 'id' | 'type' | 'size'>, tools: Tools): Promise<Result<null, Trouble>>
  /** Whether a file of this name and size lies there. What cannot be asked is answered with no. */
  has(name: string, size: number, tools: Tools): Promise<Result<boolean, Trouble>>
  /** One that is not there is gone already. */
  remove(name: string, tools: Tools): Promise<Result<null, Trouble>>
  /** Where everybody can fetch it. */
  address(name: string, now: Instant): string
}

export function dialectOf(settings: HostSettings, secret: string): Dialect {
  switch (settings.kind) {
    case 's3':
      return s3Dialect(settings, secret)
    case 'webdav':
      return webDavDialect(settings, secret)
    case 'server':
      return serverDialect(settings, secret)
  }
}

const EMPTY = createHash('sha256').digest('hex')
const GONE = [404, 410]
/** Asked about a file that is not there, S3 says 403 to a key that may not list, WebDAV 409 without its folder; some know no HEAD. */
const UNTOLD = [...GONE, 403, 405, 409, 501]
/** Answers to which servers add a page for people. */
const DONE = [201, 204]
/** S3's word for another region. */
const ELSEWHERE = [301, 307]

export function createMediaHost(settings: HostSettings, secret: string): MediaHost {
  const dialect = dialectOf(settings, secret)

  async function send(
    method: Method,
    url: URL,
    tools: Tools,
    more: Partial<Pick<Question<string>, 'body' | 'headers' | 'timeout' | 'takes'>> & {
      readonly payload?: string
    } = {},
  ) {
    const { payload = EMPTY, headers = {}, takes = [], ...question } = more
    const { 'content-length': length, ...signed } = headers
    const answer = await ask(tools, {
      ...question,
      method,
      address: url.href,
      headers: {
        ...dialect.headers(method, url, payload, signed, tools.now()),
        ...(length === undefined ? {} : { 'content-length': length }),
      },
      signedByClock: dialect.signs,
      inPages: true,
      takes: [...takes, ...DONE, ...ELSEWHERE],
      read: (body) => (typeof body === 'string' ? body : ''),
      refused: (refusal) => dialect.refused(refusal),
    })
    if (!answer.ok || !ELSEWHERE.includes(answer.value.status)) return answer
    const { status, value } = answer.value
    return err(dialect.refused({ status, details: `${status} ${value}`.slice(0, 600) }))
  }

  async function put(name: string, file: Parameters<MediaHost['put']>[1], tools: Tools) {
    const payload = dialect.signs ? await sumOf(file, tools) : EMPTY
    const { body, headers } = rawBody({ width: 0, height: 0, duration: 0, alt: '', address: '', ...file }, tools)
    return send('PUT', dialect.at(name), tools, { payload, body, headers, timeout: patienceFor(file.size) })
  }

  return {
    put: async (name, file, tools) => {
      const first = await put(name, file, tools)
      if (first.ok) return ok(null)
      if (!dialect.folder || first.error.kind !== 'refused' || first.error.field !== 'folder') return first
      const made = await send('MKCOL', dialect.folder, tools, { takes: [405] })
      if (!made.ok) return made
      const second = await put(name, file, tools)
      return second.ok ? ok(null) : second
    },
    has: async (name, size, tools) => {
      const told = await send('HEAD', dialect.at(name), tools, { takes: UNTOLD })
      if (!told.ok) return told
      return ok(told.value.status < 300 && Number(told.value.headers.get('content-length')) === size)
    },
    remove: async (name, tools) => {
      const told = await send('DELETE', dialect.at(name), tools, { takes: GONE })
      return told.ok ? ok(null) : told
    },
    address: dialect.address,
  }
}

const PIECE = 1024 * 1024

/** SHA-256 of a file, read once before it is sent: a film is never held whole. */
async function sumOf(file: Pick<SentMedium, 'id' | 'size'>, tools: Tools): Promise<string> {
  const sum = createHash('sha256')
  const into = new Uint8Array(Math.min(PIECE, file.size))
  for (let at = 0; at < file.size; ) {
    const length = Math.min(PIECE, file.size - at)
    const piece = await tools.read(file.id, at, length, into.subarray(0, length))
    if (piece.length === 0) throw new Error(`${file.id} ends after ${at} of ${file.size} bytes.`)
    sum.update(piece)
    at += piece.length
  }
  return sum.digest('hex')
}
