import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { assetPath, createAssets } from '../../../electron/services/assets.ts'
import { completeDocument } from '../../../electron/services/printing.ts'
import { CHROMIUM_ORIGIN, CONTENT_SECURITY_POLICY } from '../../../shared/contract/contract.ts'
import { temporaryFolder } from '../../support/project.ts'

const ask = (root: string, path: string, method = 'GET', jobs = new Map<string, string>()) =>
  createAssets(root, jobs)(method, new URL(path, CHROMIUM_ORIGIN))

describe('serving the page', () => {
  it('gives the built files with their type and the policy', async () => {
    using folder = temporaryFolder()
    mkdirSync(join(folder.path, 'assets'))
    writeFileSync(join(folder.path, 'index.html'), '<p>')
    writeFileSync(join(folder.path, 'assets', 'a b.js'), 'x')
    const page = await ask(folder.path, '/?task#x')
    expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } })
    expect(page.headers['content-security-policy']).toBe(CONTENT_SECURITY_POLICY)
    expect(page.headers['x-content-type-options']).toBe('nosniff')
    expect((await ask(folder.path, '/assets/a%20b.js')).headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect((await ask(folder.path, '/assets')).status).toBe(404)
    expect((await ask(folder.path, '/gone.js')).status).toBe(404)
    expect((await ask(folder.path, '/', 'POST')).status).toBe(405)
  })

  it('gives nothing from outside the folder, however the path is written', async () => {
    for (const path of [
      '/../secret',
      '/%2e%2e/secret',
      '/..%2fsecret',
      '/%5c..%5csecret',
      '/a//b',
      '/C:/x',
      '/.env',
      '/%00',
      '/%',
      '//x',
    ]) {
      expect(assetPath(path), path).toBeNull()
    }
    using folder = temporaryFolder()
    mkdirSync(join(folder.path, 'page'))
    writeFileSync(join(folder.path, 'secret'), 'secret')
    const step = fc.constantFrom('..', '%2e%2e', '.', '%2f', '%5c', 'secret', '', '%00', '%')
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
        const answer = await createAssets(join(folder.path, 'page'))(
          'GET',
          new URL(`${CHROMIUM_ORIGIN}/${steps.join('/')}`),
        )
        expect(answer.status).toBe(404)
      }),
    )
  })

  it.skipIf(process.platform === 'win32')('follows no link out of the folder', async () => {
    using folder = temporaryFolder()
    mkdirSync(join(folder.path, 'page'))
    writeFileSync(join(folder.path, 'secret'), 'secret')
    symlinkSync(join(folder.path, 'secret'), join(folder.path, 'page', 'link.txt'))
    expect((await ask(join(folder.path, 'page'), '/link.txt')).status).toBe(404)
  })

  it('lets no script in a document that is printed', async () => {
    const jobs = new Map([['1', '<!doctype html><p>']])
    const printed = await ask('/nowhere', '/print/1', 'GET', jobs)
    expect(printed.status).toBe(200)
    expect(printed.headers['content-security-policy']).toContain("default-src 'none'")
    expect(printed.headers['content-security-policy']).not.toContain('script-src')
    expect((await ask('/nowhere', '/print/2', 'GET', jobs)).status).toBe(404)
  })
})

describe('the policy of the page', () => {
  it('allows no inline script or style, no code from text, and nothing from elsewhere', () => {
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|https?:|\*|wss?:/)
    const rules = new Map(
      CONTENT_SECURITY_POLICY.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]),
    )
    expect(rules.get('default-src')).toBe("'none'")
    expect(rules.get('script-src')).toBe("'self'")
    expect(rules.get('style-src')).toBe("'self'")
    for (const closed of ['base-uri', 'form-action', 'frame-ancestors', 'object-src']) {
      expect(rules.get(closed), closed).toBe("'none'")
    }
  })
})

describe('a document to print', () => {
  it('is taken as it is when it is whole, and gets a head when it is not', () => {
    const whole = '\n<!DOCTYPE html><html></html>'
    expect(completeDocument({ html: whole, title: 'T', language: 'en' })).toBe(whole)
    expect(completeDocument({ html: '<p>x', title: 'A <b> & "c"', language: 'de' })).toBe(
      '<!doctype html><html lang="de"><head><meta charset="utf-8"><title>A &lt;b&gt; &amp; &quot;c&quot;</title></head><body><p>x</body></html>',
    )
  })
})

describe('the preload', () => {
  const exposed = vi.fn()
  const invoke = vi.fn(async () => 'answer')
  const on = vi.fn()
  beforeEach(() => {
    vi.resetModules()
    vi.doMock('electron', () => ({ contextBridge: { exposeInMainWorld: exposed }, ipcRenderer: { invoke, on } }))
  })

  it('puts one door into the page, which carries the names of the contract and no others', async () => {
    await import('../../../electron/preload.ts')
    expect(exposed).toHaveBeenCalledTimes(1)
    const [key, bridge] = exposed.mock.calls[0] ?? []
    expect(key).toBe('outpostBridge')
    expect(Object.keys(bridge)).toEqual(['call', 'on'])
    await expect(bridge.call('app:info', [])).resolves.toBe('answer')
    await expect(bridge.call('platforms:commit', [])).resolves.toBe('answer')
    await expect(bridge.call('constructor', [])).rejects.toThrow('No such call.')
    await expect(bridge.call('shell:run', [])).rejects.toThrow('No such call.')
    expect(invoke).toHaveBeenCalledTimes(2)
    bridge.on('app:closing', () => undefined)
    bridge.on('anything', () => undefined)
    expect(on).toHaveBeenCalledTimes(1)
  })

  it('hands the page no event object', async () => {
    await import('../../../electron/preload.ts')
    const bridge = exposed.mock.lastCall?.[1]
    const heard = vi.fn()
    bridge.on('app:closing', heard)
    on.mock.lastCall?.[1]({ sender: 'secret' })
    expect(heard).toHaveBeenLastCalledWith(null)
    bridge.on('app:noticed', heard)
    on.mock.lastCall?.[1]({ sender: 'secret' }, 'p1~ma')
    expect(heard).toHaveBeenLastCalledWith('p1~ma')
  })
})
