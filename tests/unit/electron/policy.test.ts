import { describe, expect, it } from 'vitest'
import { isOwnFrame, mayAsk, mayNavigate, mayOpenExternal, mayRequest } from '../../../electron/services/policy.ts'
import { carryCalls } from '../../../electron/shells/electron/bridge.ts'
import {
  type GuardedContents,
  type GuardedSession,
  guardContents,
  guardSession,
} from '../../../electron/shells/electron/guard.ts'
import { CHROMIUM_ORIGIN, ELECTRON_ORIGIN } from '../../../shared/contract/contract.ts'

const foreign = [
  'https://example.org/',
  'https://outpost.localhost.example.org/',
  'https://outpost.localhost:444/',
  'http://outpost.localhost/',
  'https://user:word@outpost.localhost/',
  'outpost://app.evil/',
  'outpost://other/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'about:blank',
  'not an address',
  '',
]

describe('the window', () => {
  it.each([ELECTRON_ORIGIN, CHROMIUM_ORIGIN])('stays on %s', (own) => {
    expect(mayNavigate(`${own}/`, own)).toBe(true)
    expect(mayNavigate(`${own}/index.html#x`, own)).toBe(true)
    for (const url of foreign) expect(mayNavigate(url, own), url).toBe(false)
  })

  it('loads only what is its own', () => {
    const own = ELECTRON_ORIGIN
    for (const url of [`${own}/assets/a.js`, `blob:${own}/1-2-3`, 'data:image/png;base64,AA==']) {
      expect(mayRequest(url, own), url).toBe(true)
    }
    for (const url of [
      'https://example.org/',
      'ws://localhost/',
      'file:///etc/passwd',
      'blob:https://example.org/1',
      '',
    ]) {
      expect(mayRequest(url, own), url).toBe(false)
    }
  })

  it('opens web and mail addresses outside, and nothing that could start a program', () => {
    for (const url of ['https://example.org/a?b#c', 'http://example.org', 'mailto:a@example.org']) {
      expect(mayOpenExternal(url), url).toBe(true)
    }
    const refused = [
      'file:///etc/passwd',
      'smb://host/x',
      'javascript:alert(1)',
      'ms-msdt:/id',
      'data:text/html,x',
      'x',
      '',
    ]
    for (const url of [...refused, 'https://user:word@example.org/', `https://example.org/${'x'.repeat(9000)}`]) {
      expect(mayOpenExternal(url), url.slice(0, 60)).toBe(false)
    }
  })

  it('may write the clipboard and keep its storage, and be given no other permission', () => {
    const own = ELECTRON_ORIGIN
    expect(mayAsk('clipboard-sanitized-write', `${own}/`, own)).toBe(true)
    expect(mayAsk('persistent-storage', `${own}/index.html`, own)).toBe(true)
    for (const permission of [
      'clipboard-read',
      'media',
      'geolocation',
      'notifications',
      'openExternal',
      'usb',
      'unknown',
    ]) {
      expect(mayAsk(permission, `${own}/`, own), permission).toBe(false)
    }
    expect(mayAsk('persistent-storage', 'https://example.org/', own)).toBe(false)
    expect(mayAsk('persistent-storage', '', own)).toBe(false)
  })

  it('answers its own top frame only', () => {
    const own = ELECTRON_ORIGIN
    expect(isOwnFrame({ url: `${own}/`, isTop: true }, own)).toBe(true)
    expect(isOwnFrame({ url: `${own}/`, isTop: false }, own)).toBe(false)
    for (const url of foreign) expect(isOwnFrame({ url, isTop: true }, own), url).toBe(false)
  })
})

describe('in Electron', () => {
  const event = (url: string) => {
    const details = {
      url,
      prevented: false,
      preventDefault: () => {
        details.prevented = true
      },
    }
    return details
  }

  it('every way to leave the page asks first', () => {
    type Details = { url: string; preventDefault(): void }
    const listeners = new Map<string, (details: Details) => void>()
    let openHandler: (details: { url: string }) => { action: 'deny' } = () => ({ action: 'deny' })
    const opened: string[] = []
    const contents: GuardedContents = {
      on: (name: string, listener: (details: Details) => void) => listeners.set(name, listener),
      setWindowOpenHandler: (handler) => {
        openHandler = handler
      },
    }
    guardContents(contents, (url) => opened.push(url))
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      const away = event('https://example.org/')
      const home = event(`${ELECTRON_ORIGIN}/index.html`)
      listeners.get(name)?.(away)
      listeners.get(name)?.(home)
      expect([name, away.prevented, home.prevented]).toEqual([name, true, false])
    }
    const view = event('')
    listeners.get('will-attach-webview')?.(view)
    expect(view.prevented).toBe(true)
    expect(openHandler({ url: 'https://example.org/' })).toEqual({ action: 'deny' })
    expect(openHandler({ url: 'file:///etc/passwd' })).toEqual({ action: 'deny' })
    expect(opened).toEqual(['https://example.org/'])
  })

  it('permissions, devices and requests are refused unless policy allows them', () => {
    type Handlers = {
      request: Parameters<GuardedSession['setPermissionRequestHandler']>[0]
      check: Parameters<GuardedSession['setPermissionCheckHandler']>[0]
      device: () => boolean
      before: Parameters<GuardedSession['webRequest']['onBeforeRequest']>[0]
    }
    const set: Partial<Handlers> = {}
    guardSession({
      setPermissionRequestHandler: (handler) => {
        set.request = handler
      },
      setPermissionCheckHandler: (handler) => {
        set.check = handler
      },
      setDevicePermissionHandler: (handler) => {
        set.device = handler
      },
      webRequest: {
        onBeforeRequest: (listener) => {
          set.before = listener
        },
      },
    })
    const asked = (permission: string, requestingUrl: string, isMainFrame = true) => {
      let answer: boolean | undefined
      set.request?.(
        null,
        permission,
        (granted) => {
          answer = granted
        },
        { requestingUrl, isMainFrame },
      )
      return answer
    }
    expect(asked('persistent-storage', `${ELECTRON_ORIGIN}/`)).toBe(true)
    expect(asked('persistent-storage', `${ELECTRON_ORIGIN}/`, false)).toBe(false)
    expect(asked('media', `${ELECTRON_ORIGIN}/`)).toBe(false)
    expect(set.check?.(null, 'media', ELECTRON_ORIGIN)).toBe(false)
    expect(set.check?.(null, 'clipboard-sanitized-write', `${ELECTRON_ORIGIN}/`)).toBe(true)
    expect(set.device?.()).toBe(false)
    const cancelled = (url: string) => {
      let answer: boolean | undefined
      set.before?.({ url }, ({ cancel }) => {
        answer = cancel
      })
      return answer
    }
    expect(cancelled('https://example.org/beacon')).toBe(true)
    expect(cancelled(`${ELECTRON_ORIGIN}/assets/a.js`)).toBe(false)
  })

  it('only the own top frame of the own window gets an answer', async () => {
    const window = {}
    type Listener = Parameters<Parameters<typeof carryCalls>[0]['handle']>[1]
    let listener: Listener | undefined
    const reached: unknown[] = []
    carryCalls(
      {
        handle: (_channel, given) => {
          listener = given
        },
      },
      () => window,
      async (name) => reached.push(name),
    )
    const call = (senderFrame: Parameters<Listener>[0]['senderFrame'], sender: unknown = window) =>
      listener?.({ senderFrame, sender }, 'app:info', [])
    await call({ url: `${ELECTRON_ORIGIN}/`, parent: null })
    expect(reached).toEqual(['app:info'])
    const refused = [
      call({ url: 'https://example.org/', parent: null }),
      call({ url: `${ELECTRON_ORIGIN}/`, parent: {} }),
      call({ url: `${ELECTRON_ORIGIN}/`, parent: null }, {}),
      call(null),
    ]
    for (const answer of refused) await expect(answer).rejects.toThrow('Refused.')
    expect(reached).toHaveLength(1)
  })
})
