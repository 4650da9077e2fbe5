/**
 * The proxy that a system or an administrator names in the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`). Node's `fetch` goes
 * that way only when it is told to, which newer ones can be at any time and others when they start. What runs on this computer, such as the
 * practice networks, is never asked for there.
 */
import http from 'node:http'

type Environment = Readonly<Record<string, string | undefined>>

const NAMES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy']
const HERE = ['localhost', '127.0.0.1']

/** What has to stand in the environment for `fetch` to take the proxy; null: none is named, or it stands there already. */
export function proxyEnvironment(env: Environment): Readonly<Record<string, string>> | null {
  const without = env.no_proxy ?? env.NO_PROXY ?? ''
  if (!NAMES.some((name) => env[name]) || without.trim() === '*') return null
  const named = without.split(/[\s,]+/).filter(Boolean)
  const missing = HERE.filter((host) => !named.includes(host))
  if (missing.length === 0 && env.NODE_USE_ENV_PROXY === '1') return null
  const list = [...named, ...missing].join(',')
  return { NODE_USE_ENV_PROXY: '1', NO_PROXY: list, no_proxy: list }
}

/** Before the first request. False: this Node has to be started anew with `proxyEnvironment`. */
export function takeProxy(env: Environment): boolean {
  const more = proxyEnvironment(env)
  if (!more) return true
  if (typeof http.setGlobalProxyFromEnv !== 'function') return false
  http.setGlobalProxyFromEnv({ ...env, ...more })
  return true
}

/** Whether a Node can be told at all. Source: Node's documentation, `NODE_USE_ENV_PROXY`. */
export function knowsProxies(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major >= 24 || (major === 22 && minor >= 21)
}
