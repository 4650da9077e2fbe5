/** Answers requests for the built page from disk. Both shells serve through here, so both send the same headers. */
import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { CONTENT_SECURITY_POLICY } from '../../shared/contract/contract.ts'

export interface Answer {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: Buffer
}

/** Documents on their way to the printer: nothing runs in them, and nothing comes from elsewhere. */
export const PRINT_CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
  'cache-control': 'no-cache',
}

const plain = (status: number, text: string): Answer => ({
  status,
  headers: { ...always, 'content-type': types['.txt'] ?? '', 'content-security-policy': CONTENT_SECURITY_POLICY },
  body: Buffer.from(text),
})

/**
 * The file below the root that a request path names, or null for a path that could name anything else:
 * parent steps (also encoded), back slashes, drive letters, NUL, hidden files.
 */
export function assetPath(pathname: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return null // not valid percent encoding
  }
  if (!decoded.startsWith('/') || /[\\:\0]/.test(decoded)) return null
  const steps = decoded.slice(1).split('/')
  if (steps.length === 1 && steps[0] === '') return 'index.html'
  return steps.some((step) => step === '' || step.startsWith('.')) ? null : steps.join('/')
}

/** A store of documents to print, served at `/print/<id>`. */
export type PrintJobs = ReadonlyMap<string, string>

/** Serves the built page below `root`, and documents to print. Gives 404 for what is not there and 405 for other methods than GET. */
export function createAssets(root: string, jobs: PrintJobs = new Map()): (method: string, url: URL) => Promise<Answer> {
  return async (method, url) => {
    if (method !== 'GET' && method !== 'HEAD') return plain(405, 'Only GET is answered here.')
    const job = url.pathname.startsWith('/print/') ? jobs.get(url.pathname.slice('/print/'.length)) : undefined
    if (job !== undefined) {
      const headers = {
        ...always,
        'content-type': types['.html'] ?? '',
        'content-security-policy': PRINT_CONTENT_SECURITY_POLICY,
      }
      return { status: 200, headers, body: Buffer.from(job) }
    }
    const path = assetPath(url.pathname)
    const body = path === null ? null : await readBelow(root, path)
    if (path === null || body === null) return plain(404, 'Not found.')
    return {
      status: 200,
      headers: {
        ...always,
        'content-type': types[extname(path).toLowerCase()] ?? 'application/octet-stream',
        'content-security-policy': CONTENT_SECURITY_POLICY,
      },
      body,
    }
  }
}

async function readBelow(root: string, path: string): Promise<Buffer | null> {
  try {
    const base = await realpath(root)
    const file = await realpath(join(base, path))
    // A link inside the folder may point outside it; inside Electron's archive realpath gives the path back unchanged.
    return file.startsWith(base + sep) ? await readFile(file) : null
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return null
    throw error
  }
}
