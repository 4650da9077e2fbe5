/** A proxy between Outpost and the networks: named in the environment it is taken, and one that wants a password is told as that. */
import { spawn } from 'node:child_process'
import http, { createServer, type IncomingMessage, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { NO_DISPLAY } from '../../electron/services/browser.ts'
import { knowsProxies, proxyEnvironment } from '../../electron/services/proxy.ts'
import { projectRoot } from '../support/project.ts'

const listening = (server: Server) =>
  new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })

describe('what a Node is told', () => {
  it('is nothing where no proxy is named, or none is to be used', () => {
    expect(proxyEnvironment({})).toBeNull()
    expect(proxyEnvironment({ HTTPS_PROXY: '' })).toBeNull()
    expect(proxyEnvironment({ HTTPS_PROXY: 'http://proxy:1', NO_PROXY: '*' })).toBeNull()
  })

  it('leaves this computer out, whatever else is left out; told once, it is told', () => {
    for (const env of [
      { HTTPS_PROXY: 'http://proxy:1', NO_PROXY: 'intranet.example, 127.0.0.1' },
      { http_proxy: 'http://proxy:1', no_proxy: 'intranet.example 127.0.0.1' },
    ]) {
      const more = proxyEnvironment(env)
      expect(more).toMatchObject({ NODE_USE_ENV_PROXY: '1', no_proxy: 'intranet.example,127.0.0.1,localhost' })
      expect(proxyEnvironment({ ...env, ...more })).toBeNull()
    }
  })

  it('is known to be of no use to an old one', () => {
    expect(['v20.19.0', 'v22.20.0', 'v22.21.0', 'v23.1.0', 'v24.0.0'].map(knowsProxies)).toEqual([
      false,
      false,
      true,
      false,
      true,
    ])
  })
})

describe.runIf(knowsProxies(process.version))('on the way through a proxy', () => {
  const LETS_IN = `Basic ${Buffer.from('press:s3cret').toString('base64')}`
  let asked: string[] = []
  let arrived: string[] = []
  /** What the proxy answers in place of leading on; 0: it leads on for who has the password. */
  let refuses = 0
  const network = createServer((request, response) => {
    arrived.push(`${request.method} ${request.headers.host}${request.url}`)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"1"}')
  })
  const proxy = createServer()
  let [networkPort, proxyPort] = [0, 0]
  beforeAll(async () => {
    networkPort = await listening(network)
    proxy.on('connect', (request: IncomingMessage, socket: Socket) => {
      asked.push(request.url ?? '')
      socket.on('error', () => undefined)
      const status = refuses || (request.headers['proxy-authorization'] === LETS_IN ? 0 : 407)
      if (status) return void socket.end(`HTTP/1.1 ${status} No\r\nproxy-authenticate: Basic realm="press"\r\n\r\n`)
      const onwards = connect(networkPort, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        socket.pipe(onwards).pipe(socket)
      })
      onwards.on('error', () => socket.destroy())
    })
    proxyPort = await listening(proxy)
  })
  afterAll(() => {
    for (const server of [network, proxy]) server.closeAllConnections()
    network.close()
    proxy.close()
  })
  beforeEach(() => {
    asked = []
    arrived = []
    refuses = 0
  })

  /** What a shell that was started in such an environment hears from an address, in a request that may be repeated and in a commit. */
  async function heard(address: string, who = ''): Promise<unknown[]> {
    const env = {
      HTTPS_PROXY: `http://${who}127.0.0.1:${proxyPort}`,
      HTTP_PROXY: `http://${who}127.0.0.1:${proxyPort}`,
    }
    const script = `
      import { ask, createFetch, anything } from ${JSON.stringify(pathToFileURL(join(projectRoot, 'electron/services/http.ts')).href)}
      const log = { info: (text) => console.error(text), error: console.error }
      const tools = { fetch: createFetch(log, {}), now: Date.now, secrets: {} }
      const refused = ({ details }) => ({ kind: 'refused', field: '', reason: '', details })
      const all = []
      for (const commit of [false, true]) {
        const told = await ask(tools, { address: ${JSON.stringify(address)}, method: 'POST', json: {}, commit, read: anything, refused })
        all.push(told.ok ? told.value.status : told.error)
      }
      console.log(JSON.stringify(all))`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env: { PATH: process.env.PATH, ...env, ...proxyEnvironment(env) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const [said, complained] = await Promise.all([
      child.stdout.setEncoding('utf8').toArray(),
      child.stderr.setEncoding('utf8').toArray(),
    ])
    expect(complained.join('')).not.toContain('s3cret')
    expect(said.join(''), complained.join('')).not.toContain('s3cret')
    return JSON.parse(said.join('') || '[]') as unknown[]
  }

  it('one that lets through leads to the network', async () => {
    expect(await heard('http://network.example/post', 'press:s3cret@')).toEqual([200, 200])
    expect(asked[0]).toBe('network.example:80')
    expect(arrived).toEqual(['POST network.example/post', 'POST network.example/post'])
  })

  it('one that asks for a password says so, and nothing was sent: not in doubt in a commit either', async () => {
    for (const who of ['', 'press:wrong@'])
      expect(await heard('http://network.example/post', who)).toMatchObject([
        { kind: 'in-between', by: 'proxy' },
        { kind: 'in-between', by: 'proxy' },
      ])
    expect(await heard('https://network.example/post')).toMatchObject([{ by: 'proxy' }, { by: 'proxy' }])
    expect(arrived).toEqual([])
  })

  it('one that does not lead there is no connection', async () => {
    for (const status of [403, 502]) {
      refuses = status
      expect(await heard('https://network.example/post', 'press:s3cret@')).toMatchObject([
        { kind: 'no-network', details: expect.stringContaining(String(status)) },
        { kind: 'no-network' },
      ])
    }
  })

  it('what runs on this computer is not asked for there', async () => {
    expect(await heard(`http://127.0.0.1:${networkPort}/practice`)).toEqual([200, 200])
    expect(asked).toEqual([])
  })

  it.runIf(process.platform === 'linux')('npm start hands it on to itself, with what it was asked', async () => {
    const tells =
      'data:text/javascript,console.error("told",process.env.NODE_USE_ENV_PROXY,process.argv.slice(2).join())'
    const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, NODE_USE_ENV_PROXY: _told, ...env } = process.env
    const start = ['--import', tells, join(projectRoot, 'electron/start.ts'), '--shell', 'chromium']
    const child = spawn(process.execPath, start, {
      env: { ...env, HTTPS_PROXY: `http://127.0.0.1:${proxyPort}` },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const said = (await child.stderr.setEncoding('utf8').toArray()).join('').trim().split('\n')
    const inProcess = typeof http.setGlobalProxyFromEnv === 'function'
    expect(said.filter((line) => line.startsWith('told'))).toEqual([
      'told undefined --shell,chromium',
      ...(inProcess ? [] : ['told 1 --shell,chromium']),
    ])
    // It went on there: without a display nothing more can be done.
    expect(said.at(-1)).toBe(NO_DISPLAY)
  })
})
