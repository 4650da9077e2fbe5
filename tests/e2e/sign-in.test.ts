import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, test as base, chromium, expect, type Page } from '@playwright/test'
import { ADAPTERS } from '../../electron/platforms/index.ts'
import { findBrowser } from '../../electron/services/browser.ts'
import { createLog, silentLog } from '../../electron/services/log.ts'
import { thisHost, withoutSandbox } from '../../electron/services/sandbox.ts'
import { createVault, fileSealer } from '../../electron/services/vault.ts'
import { type FacebookSandbox, startFacebook } from '../sandbox/facebook.ts'
import { type MastodonSandbox, startMastodon } from '../sandbox/mastodon.ts'
import { type BrokerSandbox, startBroker } from '../sandbox/oauth.ts'
import { inSandbox } from '../sandbox/reroute.ts'
import { startTestShell } from '../support/chromiumShell.ts'
import { temporaryFolder } from '../support/project.ts'
import { rowsOf } from './database.ts'

interface Desk {
  readonly page: Page
  readonly folder: string
  readonly mastodon: MastodonSandbox
  readonly facebook: FacebookSandbox
  readonly broker: BrokerSandbox
  /** The page that the shell opened in the browser of the system, which is another one. */
  consent(): Promise<Page>
}

const realClock = { now: Date.now, pass: () => undefined }

const test = base.extend<{ desk: Desk }>({
  // biome-ignore lint/correctness/noEmptyPattern: playwright reads the pattern to know what a fixture needs
  desk: async ({}, use) => {
    using folder = temporaryFolder()
    const dataFolder = join(folder.path, 'data')
    const mastodon = await startMastodon({ clock: realClock })
    const facebook = await startFacebook({ clock: realClock })
    const tasks = ['CREATE_CONTENT']
    facebook.pages.push({ id: '1002', name: 'Dock Café', username: 'dock', token: 'page-token-canary-1002', tasks })
    const broker = await startBroker({ facebook: { access_token: facebook.userToken, expires_in: 5_184_000 } })
    let opened = Promise.withResolvers<string>()
    const shell = await startTestShell({
      dataFolder,
      log: createLog(join(dataFolder, 'logs')),
      adapters: ADAPTERS.map((one) => (one.network === 'facebook' ? inSandbox(one, () => facebook.url) : one)),
      openExternal: async (url) => opened.resolve(url),
    })
    shell.context.setDefaultTimeout(15_000)
    let browser: Browser | null = null
    const consent = async () => {
      const url = await opened.promise
      opened = Promise.withResolvers()
      browser ??= await chromium.launch({
        executablePath: (await findBrowser()) ?? '',
        chromiumSandbox: !withoutSandbox(thisHost()),
      })
      const page = await browser.newPage()
      await page.goto(url)
      return page
    }
    await use({ page: shell.page, folder: folder.path, mastodon, facebook, broker, consent })
    await (browser as Browser | null)?.close()
    await shell.close()
    for (const one of [mastodon, facebook, broker]) await one.close()
  },
})

const dock = (page: Page) => page.getByRole('complementary', { name: 'Channel' })
const dialog = (page: Page) => page.getByRole('dialog')
const button = (page: Page, name: string) => dialog(page).getByRole('button', { name, exact: true })
const field = (page: Page, name: string) => dialog(page).getByLabel(name, { exact: true })

async function channelOf(page: Page, network: string): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await page.getByRole('button', { name: 'Channels', exact: true }).click()
  await page.getByRole('button', { name: 'Add a channel' }).click()
  await page.getByRole('menuitem', { name: network }).click()
  await dock(page).getByRole('button', { name: 'Connect…', exact: true }).click()
}

/** Files below a folder in which a text stands as it is, in the two ways a browser writes text. */
const holding = (folder: string, text: string): string[] =>
  (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [])
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .filter((path) => {
      const bytes = readFileSync(path)
      return bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'))
    })

test('one signs in at a server, says no, changes one’s mind, and allows it; nothing secret comes to the page', async ({
  desk,
}) => {
  const { page, folder, consent } = desk
  await channelOf(page, 'Mastodon')
  await field(page, 'Address of the server').fill(desk.mastodon.url)
  await button(page, 'Sign in at Mastodon').click()
  const refusing = await consent()
  await expect(dialog(page)).toContainText('Go on in your browser.')
  await refusing.getByRole('button', { name: 'Deny' }).click()
  await expect(refusing.getByText('You can go back to Outpost')).toBeVisible()
  await expect(dialog(page)).toContainText('You did not allow it at Mastodon, so nothing was connected.')

  await button(page, 'Sign in at Mastodon').click()
  const closed = await consent()
  await closed.close()
  await button(page, 'Cancel').click()
  await expect(button(page, 'Sign in at Mastodon')).toBeVisible()

  await button(page, 'Sign in at Mastodon').click()
  const allowing = await consent()
  await allowing.getByRole('button', { name: 'Allow' }).click()
  await expect(allowing.getByText('You can go back to Outpost')).toBeVisible()
  await expect(dock(page)).toContainText('Connected as @outpost@')
  expect(await rowsOf(page, 'accounts')).toEqual([expect.objectContaining({ network: 'mastodon', remoteId: '7' })])

  // Codes, tokens and the secret of the registered app: not in the database, the journal, the log, nor anywhere else.
  expect(holding(folder, '@outpost@').length).toBeGreaterThan(0)
  expect(holding(folder, '-canary-')).toEqual([])
})

test('over a token broker one of several Pages is chosen, and its address is known the next time', async ({ desk }) => {
  const { page, folder, broker, consent } = desk
  await channelOf(page, 'Facebook')
  await expect(dialog(page)).toContainText('sends people back to web servers only')
  await button(page, 'Sign in at Facebook').click()
  await expect(dialog(page)).toContainText('The address of the token broker is missing.')
  await field(page, 'Address of the token broker').fill(broker.url)
  await button(page, 'Sign in at Facebook').click()
  const allowing = await consent()
  await allowing.getByRole('button', { name: 'Allow' }).click()
  await expect(dialog(page)).toContainText('You can post to several.')
  await button(page, 'Dock Café').click()
  // The sign-in gave two Pages: the other one is offered in the same go.
  await expect(dialog(page)).toContainText('Connect the others too?')
  await button(page, 'Only “Facebook”').click()
  await expect(dock(page)).toContainText('Connected as dock')
  expect(holding(folder, 'page-token-canary')).toEqual([])

  await dock(page).getByRole('button', { name: 'Reconnect…', exact: true }).click()
  await expect(field(page, 'Address of the token broker')).toHaveValue(broker.url)
  await button(page, 'Sign in at Facebook').click()
  const again = await consent()
  await again.getByRole('button', { name: 'Allow' }).click()
  await expect(dialog(page)).toHaveCount(0)
  await expect(dock(page)).toContainText('Connected as dock')
})

test('one sign-in connects several Pages to their channels, and makes a channel for one that has none', async ({
  desk,
}) => {
  const { page, broker, consent } = desk
  await channelOf(page, 'Facebook')
  await field(page, 'Address of the token broker').fill(broker.url)
  await button(page, 'Sign in at Facebook').click()
  const allowing = await consent()
  await allowing.getByRole('button', { name: 'Allow' }).click()
  await button(page, 'Dock Café').click()
  await expect(dialog(page)).toContainText('Connect the others too?')
  await expect(button(page, 'Connect')).toBeDisabled()
  await dialog(page).getByRole('combobox').first().click()
  await page.getByRole('option', { name: 'A new channel' }).click()
  await button(page, 'Connect 1 more').click()
  await expect(dialog(page)).toHaveCount(0)
  await expect
    .poll(async () => (await rowsOf(page, 'accounts')).map(({ remoteId }) => remoteId).sort())
    .toEqual(['1001', '1002'])
  await expect(page.locator('[data-channel]')).toHaveCount(2)
  await expect(page.getByRole('row').filter({ hasText: 'Connected' })).toHaveCount(2)
})

test('the app of one’s own can be forgotten, and the address of the token broker is a setting', async ({ desk }) => {
  const { page, broker, folder } = desk
  // As it is kept once somebody has signed in with it.
  const key = join(folder, 'data', 'key', 'vault.key')
  const vault = createVault(join(folder, 'data', 'vault'), async () => fileSealer(key), silentLog)
  const app = { network: 'x', remoteId: ':app', host: '', handle: '', name: '', facts: {}, expiresAt: null } as const
  expect((await vault.put({ account: app, secrets: { clientId: 'my-app', clientSecret: '' } })).ok).toBe(true)
  await channelOf(page, 'X')
  await expect(field(page, 'Id of your app')).toHaveValue('my-app')
  await expect(dialog(page)).toContainText('Outpost brings none along: it takes an app of your own')
  // What the system does not let us do is said where it was asked for.
  await page.evaluate(() => {
    Object.defineProperty(navigator.clipboard, 'writeText', { value: () => Promise.reject(new Error('denied')) })
  })
  await button(page, 'Copy').click()
  await expect(dialog(page)).toContainText('The address could not be copied.')
  await button(page, 'Forget this app').click()
  await expect(field(page, 'Id of your app')).toHaveValue('')
  await expect(dialog(page)).not.toContainText('could not be copied')
  await expect(button(page, 'Forget this app')).toHaveCount(0)
  expect(await vault.get(app)).toEqual({ ok: true, value: null })
  await button(page, 'Cancel').click()

  const address = page.getByRole('textbox', { name: 'Address of the token broker' })
  await address.fill('nowhere at all')
  await address.press('Enter')
  await expect(address).toHaveAccessibleDescription(/./)
  await address.fill(broker.url)
  await address.press('Enter')
  await expect(page.getByText(`Sign-ins go over ${broker.url}.`).first()).toBeVisible()
  await dock(page).getByRole('button', { name: 'Connect…', exact: true }).click()
  await expect(field(page, 'Address of the token broker')).toHaveValue(broker.url)
})
