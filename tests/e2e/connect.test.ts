import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test as base, expect, type Page } from '@playwright/test'
import { unzipSync } from 'fflate'
import { createLog } from '../../electron/services/log.ts'
import { blankPost } from '../../renderer/data/commands/posts.ts'
import type { Pause } from '../../shared/domain/account.ts'
import { toWall } from '../../shared/domain/time.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { MASTODON_TOKEN, type MastodonSandbox, startMastodon } from '../sandbox/mastodon.ts'
import { instead } from '../sandbox/server.ts'
import { startWordPress, WORDPRESS_PASSWORD, type WordPressSandbox } from '../sandbox/wordpress.ts'
import { startTestShell } from '../support/chromiumShell.ts'
import { temporaryFolder } from '../support/project.ts'
import { putRows, rowsOf } from './database.ts'

interface Desk {
  readonly page: Page
  readonly folder: string
  readonly mastodon: MastodonSandbox
  readonly wordpress: WordPressSandbox
}

/** The chromium shell with a log as people have it, and two servers on loopback. */
const test = base.extend<{ desk: Desk }>({
  // biome-ignore lint/correctness/noEmptyPattern: playwright reads the pattern to know what a fixture needs
  desk: async ({}, use) => {
    using folder = temporaryFolder()
    const dataFolder = join(folder.path, 'data')
    const mastodon = await startMastodon({ clock: { now: Date.now, pass: () => undefined } })
    const wordpress = await startWordPress()
    const shell = await startTestShell({ dataFolder, log: createLog(join(dataFolder, 'logs')) })
    shell.context.setDefaultTimeout(15_000)
    await use({ page: shell.page, folder: folder.path, mastodon, wordpress })
    await shell.close()
    await mastodon.close()
    await wordpress.close()
  },
})

const dock = (page: Page) => page.getByRole('complementary', { name: 'Channel' })
const dialog = (page: Page) => page.getByRole('dialog')
const button = (page: Page, name: string) => dialog(page).getByRole('button', { name, exact: true })
const field = (page: Page, name: string) => dialog(page).getByLabel(name, { exact: true })
const accounts = (page: Page) => rowsOf(page, 'accounts')

async function channelOf(page: Page, network: string): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await page.getByRole('button', { name: 'Channels', exact: true }).click()
  await page.getByRole('button', { name: 'Add a channel' }).click()
  await page.getByRole('menuitem', { name: network }).click()
  await expect(dock(page)).toBeVisible()
}
const openDialog = (page: Page, name = 'Connect…') => dock(page).getByRole('button', { name, exact: true }).click()

/** Signing in stands first. */
const toPasting = (page: Page) => dialog(page).getByRole('radio', { name: 'Token', exact: true }).click()
async function pasteToken(page: Page, host: string, token: string): Promise<void> {
  await field(page, 'Address of the server').fill(host)
  await field(page, 'Access token').fill(token)
  await field(page, 'Access token').press('Enter')
}
async function connectMastodon(page: Page, host: string): Promise<void> {
  await channelOf(page, 'Mastodon')
  await openDialog(page)
  await toPasting(page)
  await pasteToken(page, host, MASTODON_TOKEN)
  await expect(dock(page)).toContainText('Connected as @outpost@')
}
/** As it stands once it was paused. Without its sum the row is taken at its word. */
async function paused(page: Page, pause: Pause): Promise<void> {
  const [{ sum: _sum, ...row } = {}] = await accounts(page)
  await putRows(page, { accounts: [{ ...row, pause }] })
  await page.reload()
}
const pauseFor = (page: Page, trouble: Trouble) => paused(page, { why: 'trouble', since: 1, trouble })

/** Every file below a folder that is no part of the browser's own profile, and those of the profile too. */
function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
}
/** Files in which a text stands as it is, in the two ways a browser writes text. */
const holding = (folder: string, text: string): string[] =>
  filesBelow(folder).filter((path) => {
    const bytes = readFileSync(path)
    return bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'))
  })

/** What the page can reach: its storages, its address, its fields. */
const inPage = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const rows: unknown[] = []
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(opening.error)
      })
      for (const table of db.objectStoreNames)
        rows.push(
          await new Promise((resolve) => {
            const all = db.transaction(table).objectStore(table).getAll()
            all.onsuccess = () => resolve(all.result)
          }),
        )
      db.close()
    }
    const fields = [...document.querySelectorAll('input, textarea')].map((one) => (one as HTMLInputElement).value)
    return JSON.stringify([rows, { ...localStorage }, { ...sessionStorage }, location.href, history.state, fields])
  })

test('a pasted token connects the channel, stays in the vault alone, and is gone when disconnected', async ({
  desk,
}) => {
  const { page, folder, mastodon } = desk
  await channelOf(page, 'Mastodon')
  await openDialog(page)
  await expect(dialog(page)).toContainText('Whoever can read your files can read them too')
  await toPasting(page)
  await expect(field(page, 'Access token')).toHaveAttribute('type', 'password')
  await pasteToken(page, mastodon.url, MASTODON_TOKEN)

  await expect(dock(page)).toContainText('Connected as @outpost@')
  await expect(dock(page)).toContainText('The Outpost')
  await expect(page.getByRole('row', { name: /Mastodon/ })).toContainText('Connected')
  expect(await accounts(page)).toEqual([expect.objectContaining({ network: 'mastodon', remoteId: '7', pause: null })])
  expect(await inPage(page)).not.toContain(MASTODON_TOKEN)
  expect(await inPage(page)).toContain('@outpost')

  await openDialog(page, 'Disconnect…')
  await expect(dialog(page)).toContainText('cannot be undone')
  await button(page, 'Disconnect').click()
  await expect(dock(page)).toContainText('is not connected')
  expect(await accounts(page)).toEqual([])
  expect(holding(folder, '@outpost@').length).toBeGreaterThan(0)
  expect(holding(folder, MASTODON_TOKEN)).toEqual([])
  expect(filesBelow(folder).filter((path) => path.endsWith('.sealed'))).toEqual([])
})

/** A file, and what is packed in it. */
function* partsOf(path: string): Generator<Buffer> {
  const bytes = readFileSync(path)
  yield bytes
  if (path.endsWith('.zip')) for (const part of Object.values(unzipSync(bytes))) yield Buffer.from(part)
}
const says = (path: string, text: string) =>
  [...partsOf(path)].some((part) =>
    [text, Buffer.from(text, 'utf16le'), Buffer.from(text).toString('base64').replace(/=+$/, '')].some((form) =>
      part.includes(form),
    ),
  )

test('a token that was connected is in no export and in no copy that is made afterwards', async ({ desk }) => {
  const { page, folder, mastodon } = desk
  await connectMastodon(page, mastodon.url)
  const [channel] = await rowsOf(page, 'channels')
  const channelIds = [String(channel?.id)]
  const planned = toWall(Date.now() + 86_400_000, 'UTC')
  await putRows(page, { posts: [blankPost(Date.now(), { id: 'one', title: 'Three pockets', channelIds, planned })] })
  await page.reload()
  await page.getByRole('button', { name: 'Data', exact: true }).click()
  await page.getByRole('button', { name: 'Copy now' }).click()
  await expect(page.getByText(/^1 kept, the newest of/)).toBeVisible()
  const copies = filesBelow(folder).filter((path) => path.endsWith('-hourly.jsonl'))
  expect(copies).toHaveLength(1)

  const saved: string[] = []
  for (const [format, ending] of [
    ['Markdown folder', '.zip'],
    ['CSV table', '.csv'],
    ['Calendar (.ics)', '.ics'],
    ['Outpost file (.json)', '.json'],
  ] as const) {
    await page.keyboard.press('ControlOrMeta+k')
    await page.keyboard.type('export posts')
    const found = page.getByRole('option', { name: /Export/ })
    await found.first().click()
    await dialog(page).getByRole('radio', { name: format }).click()
    await button(page, 'Save').click()
    const said = page.getByLabel('Messages (F8)').getByText(new RegExp(` saved as .*\\${ending}$`))
    await expect(said).toBeVisible()
    saved.push(((await said.textContent()) ?? '').replace(/^.* saved as /, ''))
    await expect(dialog(page)).toBeHidden()
  }
  const files = [...copies, ...saved]
  expect(new Set(files).size).toBe(5)
  // What was looked for would be found: they hold the post, and the copy whose account it is.
  expect(files.filter((path) => !says(path, 'Three pockets'))).toEqual([])
  expect(copies.filter((path) => says(path, '@outpost@'))).toEqual(copies)
  expect(files.filter((path) => says(path, MASTODON_TOKEN))).toEqual([])
})

test('a wrong token, an empty field, another server and one that is away are told in a sentence', async ({ desk }) => {
  const { page, folder, mastodon, wordpress } = desk
  const wrong = 'no-such-token-canary-55'
  await channelOf(page, 'Mastodon')
  await openDialog(page)
  await toPasting(page)
  await button(page, 'Connect').click()
  await expect(dialog(page)).toContainText('Address of the server is missing.')
  await expect(field(page, 'Address of the server')).toBeFocused()

  await pasteToken(page, mastodon.url, wrong)
  await expect(dialog(page)).toContainText('Mastodon does not accept this')
  await expect(field(page, 'Access token')).toHaveValue('')
  await expect(field(page, 'Access token')).toBeFocused()
  await expect(field(page, 'Address of the server')).toHaveValue(mastodon.url)
  await dialog(page).getByText('Details').click()
  await expect(dialog(page).locator('pre')).toContainText('401')

  await pasteToken(page, wordpress.url, wrong)
  await expect(dialog(page)).toContainText('No Mastodon answers there.')
  await expect(field(page, 'Address of the server')).toBeFocused()

  await mastodon.close()
  await pasteToken(page, mastodon.url, wrong)
  await expect(dialog(page)).toContainText('Mastodon cannot be reached.')
  await page.keyboard.press('Escape')
  await expect(dock(page).getByRole('button', { name: 'Connect…', exact: true })).toBeFocused()
  expect(await accounts(page)).toEqual([])
  expect(await inPage(page)).not.toContain(wrong)
  expect(holding(folder, wrong)).toEqual([])
})

test('a site is connected by an application password; another address than the planned one is asked about', async ({
  desk,
}) => {
  const { page, folder, wordpress } = desk
  await channelOf(page, 'WordPress')
  await dock(page).getByLabel('Address').fill('blog.example')
  await dock(page).getByLabel('Address').press('Enter')
  const connect = async () => {
    await openDialog(page)
    await field(page, 'Address of the site').fill(wordpress.url)
    await field(page, 'User name').fill('editor')
    await field(page, 'Application password').fill(WORDPRESS_PASSWORD)
    await button(page, 'Connect').click()
    await expect(dialog(page)).toContainText('is planned for blog.example')
  }
  await connect()
  await button(page, 'Not this one').click()
  await expect(field(page, 'User name')).toHaveValue('editor')
  await expect.poll(() => filesBelow(folder).filter((path) => path.endsWith('.sealed'))).toEqual([])
  await button(page, 'Cancel').click()
  expect(await accounts(page)).toEqual([])

  await connect()
  await dialog(page).getByRole('button', { name: /^Use / }).click()
  await expect(dock(page)).toContainText('Connected as editor')
  expect(await inPage(page)).not.toContain(WORDPRESS_PASSWORD)
  expect(holding(folder, WORDPRESS_PASSWORD)).toEqual([])
})

test('an access that was withdrawn stands on Today, and connecting it again lets its posts go on', async ({ desk }) => {
  const { page, mastodon } = desk
  await connectMastodon(page, mastodon.url)
  const [account] = await accounts(page)
  await pauseFor(page, { kind: 'access-withdrawn', reason: '', details: '401 revoked' })
  await page.getByRole('button', { name: 'Today', exact: true }).click()
  const notice = page.getByRole('region', { name: 'Notice' }).filter({ hasText: 'no longer lets Outpost post' })
  await notice.getByRole('button', { name: 'Open the channel' }).click()
  await expect(page.getByRole('row', { name: /Mastodon/ })).toContainText('Connect again')
  await dock(page).getByText('Details').click()
  await expect(dock(page).locator('pre')).toHaveText('401 revoked')
  await openDialog(page, 'Reconnect…')
  await toPasting(page)
  await expect(field(page, 'Access token')).toBeFocused()
  await pasteToken(page, mastodon.url, MASTODON_TOKEN)
  await expect(dock(page)).toContainText('Connected as @outpost@')
  const [again] = await accounts(page)
  expect(again).toMatchObject({ pause: null, connectedAt: account?.connectedAt })
})

test('an account its network has stopped goes on when a person says that it is lifted', async ({ desk }) => {
  const { page, mastodon } = desk
  await connectMastodon(page, mastodon.url)
  const stopped = 'its support inbox'
  await pauseFor(page, { kind: 'access-withdrawn', reason: '', stopped, details: '368 blocked' })
  const line = page.getByRole('row', { name: /Mastodon/ })
  await expect(line).toContainText('Stopped there')
  await line.click()
  await expect(dock(page)).toContainText('Look in its support inbox')
  await dock(page).getByRole('button', { name: 'Let it go on' }).click()
  await expect(dock(page)).toContainText('Connected as @outpost@')
  expect(await accounts(page)).toMatchObject([{ pause: null }])
})

for (const [what, pause, short, sentence] of [
  ['of a workspace made of a copy', { why: 'copy', since: 1 }, 'Paused', 'the other one may post the same'],
  ['that a person paused', { why: 'you', since: 1 }, 'Paused', 'nothing goes out until you let it go on'],
  [
    'whose network had changed',
    { why: 'trouble', since: 1, trouble: { kind: 'changed', details: '' } },
    'Update Outpost',
    'cannot speak to it any more',
  ],
] as const)
  test(`an account ${what} says why it waits, and goes on with a press`, async ({ desk }) => {
    const { page, mastodon } = desk
    await connectMastodon(page, mastodon.url)
    await paused(page, pause)
    const line = page.getByRole('row', { name: /Mastodon/ })
    await expect(line).toContainText(short)
    await line.click()
    await expect(dock(page)).toContainText(sentence)
    await dock(page).getByRole('button', { name: 'Let it go on' }).click()
    await expect(dock(page).getByRole('button', { name: 'Let it go on' })).toHaveCount(0)
    expect(await accounts(page)).toMatchObject([{ pause: null }])
  })

test('what lies at its network is taken back before an account is disconnected', async ({ desk }) => {
  const { page, mastodon } = desk
  await connectMastodon(page, mastodon.url)
  const [channel] = await rowsOf(page, 'channels')
  const channelIds = [String(channel?.id)]
  const planned = toWall(Date.now() + 86_400_000, 'UTC')
  const fields = {
    id: 'one',
    title: 'Three pockets',
    channelIds,
    planned,
    publishAt: planned,
    status: 'scheduled',
  } as const
  await putRows(page, {
    posts: [blankPost(Date.now(), fields)],
    documents: [{ id: 'one', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Three pockets' }] }] }],
  })
  await page.reload()
  await expect.poll(() => mastodon.waiting.length).toBe(1)
  await page.getByRole('row', { name: /Mastodon/ }).click()
  await openDialog(page, 'Disconnect…')
  await expect(dialog(page)).toContainText('Mastodon has 1 post already, to publish by itself: it is taken back first.')
  await button(page, 'Disconnect').click()
  await expect(dialog(page)).toHaveCount(0)
  await expect(dock(page)).toContainText('is not connected')
  expect(mastodon.waiting).toEqual([])
  expect(await accounts(page)).toEqual([])
})

test('who is not let in by the network is offered to post by themselves', async ({ desk }) => {
  const { page, mastodon } = desk
  await channelOf(page, 'Mastodon')
  await openDialog(page)
  await toPasting(page)
  const refusal = { status: 403, body: { error: 'This action is not allowed' } }
  mastodon.fail(({ path }) => path.endsWith('/verify_credentials'), instead(refusal), 5)
  await pasteToken(page, mastodon.url, MASTODON_TOKEN)
  await expect(dialog(page)).toContainText(
    'This access is not enough: Mastodon does not say what it lacks. Make a new one there',
  )
  await button(page, 'I post it myself').click()
  await expect(dialog(page)).toHaveCount(0)
  await expect(dock(page)).toContainText('Outpost reminds you when it is time')
  expect(await accounts(page)).toMatchObject([{ byHand: true, remoteId: '' }])
})

test('a network without a way says so', async ({ desk }) => {
  await channelOf(desk.page, 'Newsletter')
  await expect(dock(desk.page)).toContainText('does not send newsletters by itself yet')
  await expect(dock(desk.page).getByRole('button', { name: 'Connect…' })).toHaveCount(0)
})
