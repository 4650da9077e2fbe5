import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { asksForHelp, checkPlaces, parsePlanOrder } from '../../../electron/services/arguments.ts'
import { browserPlaces, whyNotStarted } from '../../../electron/services/browser.ts'
import { createClosing } from '../../../electron/services/closing.ts'
import { dataFolder, downloadsFolder } from '../../../electron/services/dataFolder.ts'
import { downloadAddress, electronRuntime } from '../../../electron/services/electronRuntime.ts'
import { takeInstance } from '../../../electron/services/instance.ts'
import { createLog, maskSecrets } from '../../../electron/services/log.ts'
import { rootRefusal, withoutSandbox } from '../../../electron/services/sandbox.ts'
import { spellingLanguages } from '../../../electron/services/spelling.ts'
import { placeWindow, readWindowState, writeWindowState } from '../../../electron/services/windowState.ts'
import { DROPPED_ARGUMENTS, HEADLESS_ARGUMENTS, windowArguments } from '../../../electron/shells/chromium/launch.ts'
import { contextMenuTemplate, menuTemplate } from '../../../electron/shells/electron/menu.ts'
import { temporaryFolder } from '../../support/project.ts'

const good = ['plan', '--import', 'posts', '--from', '2016-01-01', '--to', '2016-03-31', '--pdf', 'plan.pdf']

describe('the command line', () => {
  const refusal = (...args: string[]): string => {
    const order = parsePlanOrder(args, '/home')
    return order.ok ? '' : order.error
  }

  it('becomes a job with whole paths', () => {
    expect(parsePlanOrder([...good, '--json', '/elsewhere/plan.json', '--paper', 'letter'], '/home')).toEqual({
      ok: true,
      value: {
        task: {
          kind: 'plan',
          folder: resolve('/home/posts'),
          from: '2016-01-01',
          to: '2016-03-31',
          paper: 'letter',
          json: true,
        },
        targets: { pdf: resolve('/home/plan.pdf'), json: resolve('/elsewhere/plan.json') },
      },
    })
  })

  it('is answered with one sentence that names what is wrong', () => {
    const swap = (name: string, value: string) => good.map((word, index) => (good[index - 1] === name ? value : word))
    expect(refusal()).toMatch(/^Usage:/)
    expect(refusal('print')).toMatch(/^There is no command print\./)
    expect(refusal(...good.slice(0, -2))).toMatch(/^--pdf is missing\./)
    expect(refusal(...good, '--colour', 'red')).toMatch(/^Unknown option '--colour'\./)
    expect(refusal('plan', '--import', ...good.slice(3))).toMatch(/^--import has no value\./)
    expect(refusal(...good, '--json')).toMatch(/^--json has no value\./)
    expect(refusal(...good, 'more')).toMatch(/^more was not expected\./)
    expect(refusal(...swap('--from', '31/02/2016'))).toBe('--from takes a day like 2026-01-31, not 31/02/2016.')
    expect(refusal(...swap('--to', '2016-02-30'))).toBe('--to takes a day like 2026-01-31, not 2016-02-30.')
    expect(refusal(...swap('--to', '2015-12-31'))).toBe('--to 2015-12-31 is before --from 2016-01-01.')
    expect(refusal(...good, '--paper', 'a5')).toBe('--paper takes a4 or letter, not a5.')
    expect(refusal(...good, '--json', 'plan.pdf')).toBe('--json takes a file that ends in .json, not plan.pdf.')
    expect(refusal(...swap('--pdf', 'posts/first.md'))).toBe(
      '--pdf takes a file that ends in .pdf, not posts/first.md.',
    )
    expect(refusal(...good, '--import', 'drafts')).toBe('--import is given twice.')
    expect(refusal(...swap('--pdf', 'plans/'))).toBe('plans/ names a folder; a file is to be written.')
  })

  it('may ask for help anywhere', () => {
    expect(asksForHelp(['--help'])).toBe(true)
    expect(asksForHelp([...good, '-h'])).toBe(true)
    expect(asksForHelp(good)).toBe(false)
  })

  it('is checked against the disk before the work begins', async () => {
    using folder = temporaryFolder()
    const at = (name: string) => join(folder.path, name)
    mkdirSync(at('posts'))
    writeFileSync(at('file'), '')
    const check = async (from: string, pdf: string) => {
      const order = parsePlanOrder(['plan', '--import', from, ...good.slice(3, -1), pdf], folder.path)
      if (!order.ok) throw new Error(order.error)
      const places = await checkPlaces(order.value)
      return places.ok ? '' : places.error
    }
    expect(await check('posts', 'plan.pdf')).toBe('')
    expect(await check('gone', 'plan.pdf')).toBe(`The folder ${at('gone')} is not there.`)
    expect(await check('file', 'plan.pdf')).toBe(`${at('file')} is not a folder.`)
    expect(await check('posts', 'gone/plan.pdf')).toBe(
      `The folder ${at('gone')} for ${at('gone/plan.pdf')} is not there.`,
    )
    mkdirSync(at('old.pdf'))
    expect(await check('posts', 'old.pdf')).toBe(`${at('old.pdf')} is a folder, so no file can be written there.`)
    if (process.platform === 'linux')
      expect(await check('posts', '/proc/plan.pdf')).toBe(
        '/proc/plan.pdf cannot be written, because its folder takes no files.',
      )
    expect(readdirSync(folder.path).sort()).toEqual(['file', 'old.pdf', 'posts'])
    if (process.getuid?.() !== 0 && process.platform !== 'win32') {
      chmodSync(at('posts'), 0o500)
      expect(await check('posts', 'posts/plan.pdf')).toBe(`There is no permission to write ${at('posts/plan.pdf')}.`)
    }
  })
})

describe('data', () => {
  it('lives where the system keeps it, unless another place is named', () => {
    const on = (platform: NodeJS.Platform, env: Record<string, string> = {}) =>
      dataFolder(undefined, { platform, env, home: '/home/kim' })
    expect(on('linux')).toBe(join('/home/kim', '.local', 'share', 'outpost'))
    expect(on('linux', { XDG_DATA_HOME: '/data' })).toBe(join('/data', 'outpost'))
    expect(on('darwin')).toBe(join('/home/kim', 'Library', 'Application Support', 'Outpost'))
    expect(on('win32', { APPDATA: '/roaming' })).toBe(join('/roaming', 'Outpost'))
    expect(on('linux', { OUTPOST_DATA: '/else' })).toBe(resolve('/else'))
    expect(dataFolder('/chosen', { platform: 'linux', env: { OUTPOST_DATA: '/else' }, home: '/' })).toBe(
      resolve('/chosen'),
    )
  })

  it('is saved to the downloads folder, under the name it has in the language of the user', async () => {
    using folder = temporaryFolder()
    const place = { platform: 'linux' as const, env: {}, home: folder.path }
    expect(await downloadsFolder(place)).toBe(join(folder.path, 'Downloads'))
    mkdirSync(join(folder.path, '.config'))
    const lines = '# folders\nXDG_DESKTOP_DIR="$HOME/Bureau"\nXDG_DOWNLOAD_DIR="$HOME/Téléchargements"\n'
    writeFileSync(join(folder.path, '.config', 'user-dirs.dirs'), lines)
    expect(await downloadsFolder(place)).toBe(join(folder.path, 'Téléchargements'))
  })

  it('is used by one Outpost at a time; a second one makes the first show itself', async () => {
    using folder = temporaryFolder()
    const shown = vi.fn()
    const first = await takeInstance(folder.path, shown)
    expect(first).not.toBeNull()
    expect(await takeInstance(folder.path, () => undefined)).toBeNull()
    await vi.waitFor(() => expect(shown).toHaveBeenCalledTimes(1))
    await first?.release()
    const next = await takeInstance(folder.path, () => undefined)
    expect(next).not.toBeNull()
    await next?.release()
  })

  it.skipIf(process.platform === 'win32')('is free again after a crash left its mark behind', async () => {
    using folder = temporaryFolder()
    writeFileSync(join(folder.path, 'running.sock'), '')
    const instance = await takeInstance(folder.path, () => undefined)
    expect(instance).not.toBeNull()
    await instance?.release()
  })
})

describe('starting a browser', () => {
  it('goes without the sandbox for root in a container, and for nobody else', () => {
    expect(withoutSandbox({ platform: 'linux', uid: 0, inContainer: true })).toBe(true)
    expect(withoutSandbox({ platform: 'linux', uid: 0, inContainer: false })).toBe(false)
    expect(withoutSandbox({ platform: 'linux', uid: 1000, inContainer: true })).toBe(false)
    expect(withoutSandbox({ platform: 'darwin', uid: 0, inContainer: true })).toBe(false)
    expect(withoutSandbox({ platform: 'win32', uid: undefined, inContainer: false })).toBe(false)
  })

  it('keeps the protections that tests turn off, and opens no port', () => {
    for (const argument of ['--password-store=basic', '--use-mock-keychain', '--disable-popup-blocking']) {
      expect(DROPPED_ARGUMENTS).toContain(argument)
    }
    const own = [...HEADLESS_ARGUMENTS, ...windowArguments(true)].join(' ')
    expect(own).not.toMatch(/remote-debugging-port|no-sandbox|disable-web-security|disable-site-isolation/)
  })

  it('takes the one that was named before any other', () => {
    expect(browserPlaces('linux', { OUTPOST_BROWSER: '/opt/b' }, '/fetched')).toEqual(['/opt/b'])
    expect(browserPlaces('linux', { PATH: '/usr/bin' }, '/fetched').slice(0, 2)).toEqual([
      '/fetched',
      join('/usr/bin', 'chromium'),
    ])
    expect(browserPlaces('darwin', {}, '')[0]).toContain('Google Chrome.app')
    expect(browserPlaces('win32', { PROGRAMFILES: 'C:\\P' }, '').some((path) => path.endsWith('msedge.exe'))).toBe(true)
  })

  it('that does not start says why in a sentence', () => {
    const said = (...lines: string[]) => whyNotStarted('/opt/b', new Error(lines.join('\n')))
    expect(said('Target closed', '[err] Missing X server or $DISPLAY')).toMatch(/^There is no display .* plan --import/)
    expect(said('Target closed', '/opt/b: error while loading shared libraries: libnss3.so: cannot open')).toBe(
      'The browser /opt/b did not start (this system lacks libnss3.so). Set OUTPOST_BROWSER to the path of another one.',
    )
    expect(said('spawn /opt/b EACCES', 'Call log')).toMatch(/did not start \(spawn \/opt\/b EACCES\)/)
  })

  it("asks the mirror that was set for Electron's runtime", () => {
    const from = (env: Record<string, string>) => downloadAddress('45.0.0', 'linux', 'x64', env)
    expect(from({})).toBe(
      'https://github.com/electron/electron/releases/download/v45.0.0/electron-v45.0.0-linux-x64.zip',
    )
    expect(from({ npm_config_electron_mirror: 'https://b/' })).toBe('https://b/v45.0.0/electron-v45.0.0-linux-x64.zip')
    expect(from({ ELECTRON_MIRROR: 'https://a/', npm_config_electron_mirror: 'https://b/' })).toMatch(/^https:\/\/a\//)
  })

  it("says within seconds that Electron's runtime cannot be fetched", async () => {
    using folder = temporaryFolder()
    mkdirSync(join(folder.path, 'node_modules', 'electron'), { recursive: true })
    writeFileSync(join(folder.path, 'node_modules', 'electron', 'package.json'), '{"version":"45.0.0"}')
    vi.stubEnv('ELECTRON_MIRROR', 'http://127.0.0.1:1/')
    const began = performance.now()
    expect(await electronRuntime(folder.path, () => undefined)).toEqual({
      kind: 'absent',
      why: "Electron's runtime is not installed and cannot be fetched from 127.0.0.1:1",
    })
    expect(performance.now() - began).toBeLessThan(5000)
    vi.unstubAllEnvs()
  })

  it('is refused for root outside of a container, with a sentence', () => {
    expect(rootRefusal({ platform: 'linux', uid: 0, inContainer: false })).toMatch(/ordinary user/)
    expect(rootRefusal({ platform: 'linux', uid: 0, inContainer: true })).toBeNull()
    expect(rootRefusal({ platform: 'linux', uid: 1000, inContainer: false })).toBeNull()
  })
})

describe('the window', () => {
  const screens = [{ x: 0, y: 0, width: 1920, height: 1040 }]
  const left = (x: number, y: number) => ({ bounds: { x, y, width: 1200, height: 700 }, maximized: false })

  it('opens where it was, and never where nobody can reach it', () => {
    expect(placeWindow(left(100, 50), screens)).toEqual({ x: 100, y: 50, width: 1200, height: 700 })
    const usual = { width: 1280, height: 800 }
    expect(placeWindow(null, screens)).toEqual(usual)
    for (const [x, y] of [
      [3000, 50],
      [-1190, 50],
      [100, -40],
      [100, 1030],
    ] as const) {
      expect(placeWindow(left(x, y), screens)).toEqual(usual)
    }
  })

  it('is remembered across starts, and a damaged memory does no harm', async () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'window.json')
    expect(await readWindowState(file)).toBeNull()
    await writeWindowState(file, left(1, 2))
    expect(await readWindowState(file)).toEqual(left(1, 2))
    writeFileSync(file, '{"bounds": 3}')
    expect(await readWindowState(file)).toBeNull()
  })

  it('closes when the page is ready, or when it was given time enough', () => {
    const parts = () => {
      const timers: (() => void)[] = []
      const tell = vi.fn()
      const close = vi.fn()
      const closing = createClosing({ tell, close, patience: 3000, later: (job) => void timers.push(job) })
      return { closing, tell, close, timeUp: () => timers.forEach((job) => void job()) }
    }
    const quick = parts()
    quick.closing.ready() // nobody asked yet
    expect(quick.close).not.toHaveBeenCalled()
    expect(quick.closing.requested()).toBe(false)
    expect(quick.closing.requested()).toBe(false)
    expect(quick.tell).toHaveBeenCalledTimes(1)
    quick.closing.ready()
    expect(quick.closing.requested()).toBe(true)
    quick.timeUp()
    expect(quick.close).toHaveBeenCalledTimes(1)
    const stuck = parts()
    stuck.closing.requested()
    stuck.timeUp()
    expect(stuck.close).toHaveBeenCalledTimes(1)
    expect(stuck.closing.requested()).toBe(true)
  })

  it('checks spelling in the languages of the user', () => {
    expect(spellingLanguages(['de-AT', 'en-GB', 'en-US', 'de', 'tlh'], ['de', 'en-GB', 'en-US', 'fr'])).toEqual([
      'de',
      'en-GB',
      'en-US',
    ])
  })

  it('has the menus a system expects, and developer tools only while developing', () => {
    const roles = (platform: NodeJS.Platform, development: boolean) =>
      JSON.stringify(menuTemplate(platform, development))
    expect(roles('darwin', false)).toContain('appMenu')
    expect(roles('linux', false)).toContain('editMenu')
    expect(roles('linux', false)).not.toContain('toggleDevTools')
    expect(roles('linux', true)).toContain('toggleDevTools')
  })

  it('offers corrections for a misspelled word', () => {
    const replaced: string[] = []
    const clicked = { misspelledWord: 'teh', dictionarySuggestions: ['the'], isEditable: true, selectionText: '' }
    const menu = contextMenuTemplate(
      clicked,
      (word) => replaced.push(word),
      () => undefined,
    )
    expect(menu.map((item) => item.label ?? item.role ?? item.type)).toEqual([
      'the',
      'Add to dictionary',
      'separator',
      'cut',
      'copy',
      'paste',
      'selectAll',
    ])
    expect(
      contextMenuTemplate(
        { ...clicked, isEditable: false, misspelledWord: '' },
        () => 0,
        () => 0,
      ),
    ).toEqual([])
  })
})

describe('the log', () => {
  it('holds no secrets', () => {
    const secret = 'canary-7f3a9b2c1d'
    for (const line of [
      `Authorization: Bearer ${secret}`,
      `{"access_token":"${secret}","x":1}`,
      `https://example.org/cb?code=${secret}&state=${secret}`,
      `https://kim:${secret}@example.org/`,
      `password=${secret}`,
      `client_secret: ${secret}`,
    ]) {
      expect(maskSecrets(line), line).not.toContain(secret)
    }
    expect(maskSecrets('Moved 3 posts to Thursday')).toBe('Moved 3 posts to Thursday')
  })

  it('is readable by its owner only, and moves on before it grows large', () => {
    using folder = temporaryFolder()
    const log = createLog(folder.path, () => new Date('2026-11-24T09:00:00Z'))
    log.error('Broken', new Error('why'))
    const file = join(folder.path, 'outpost.log')
    expect(readFileSync(file, 'utf8')).toMatch(/^2026-11-24T09:00:00.000Z error Broken: Error: why/)
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
    for (let line = 0; line < 12; line++) log.info('x'.repeat(600_000))
    expect(statSync(file).size).toBeLessThan(1_300_000)
    expect(statSync(`${file}.3`).size).toBeGreaterThan(0)
    expect(statSync(`${file}.4`, { throwIfNoEntry: false })).toBeUndefined()
  })
})
