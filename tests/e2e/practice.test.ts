/** Practising: one press connects, what is sent is shown with its pictures, every failure on purpose, and it ends. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { blankPost } from '../../renderer/data/commands/posts.ts'
import type { NetworkId } from '../../shared/domain/channel.ts'
import { plainMedium } from '../../shared/domain/medium.ts'
import { plainPlacement } from '../../shared/domain/placement.ts'
import { toWall } from '../../shared/domain/time.ts'
import { projectRoot } from '../support/project.ts'
import { ask } from './accounts.ts'
import { type App, expect, test } from './app.ts'
import { putRows } from './database.ts'
import { filmNamed } from './filmFiles.ts'
import { photo } from './mediaFiles.ts'

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Practice publishing' })
const dock = (page: Page) => page.getByRole('complementary', { name: 'About the delivery' })
const ledger = (page: Page) => dock(page).getByRole('list')
const outToday = (page: Page) => page.getByRole('region', { name: 'Out today' })
/** In the bar of the screens while one practises. */
const badge = (page: Page) => page.getByRole('button', { name: 'Practising' })

async function openPractice(page: Page): Promise<void> {
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await page
    .getByRole('link', { name: 'Channels' })
    .or(page.getByRole('button', { name: 'Channels' }))
    .first()
    .click()
  await page.getByRole('button', { name: 'Practice publishing' }).click()
}

async function startEmpty(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
}

async function startPractising(page: Page): Promise<void> {
  await openPractice(page)
  await dialog(page).getByRole('button', { name: 'Start practising' }).click()
  await expect(dialog(page)).toContainText('13 practice accounts connected')
  await dialog(page).getByRole('button', { name: 'Done' }).click()
}

/** Posts that are due soon, each with a photo where one is wanted. The page has to be loaded anew to know them. */
async function plan(
  page: Page,
  titles: readonly string[],
  {
    networks = ['mastodon'],
    pictured = false,
    minutes = 4,
  }: { networks?: readonly NetworkId[]; pictured?: boolean; minutes?: number } = {},
): Promise<void> {
  const planned = toWall(Date.now() + minutes * 60_000, 'UTC')
  const bytes = pictured ? await photo(page, 320, 240, 1) : null
  const medium = { id: 'photo', name: 'photo.jpg', type: 'image/jpeg' }
  await putRows(page, {
    ...(bytes
      ? {
          media: [plainMedium({ ...medium, size: bytes.length, width: 320, height: 240, createdAt: 1 })],
          blobs: [{ id: 'photo', type: 'image/jpeg', bytes: new Uint8Array(bytes) }],
        }
      : {}),
    posts: titles.map((title) =>
      blankPost(Date.now(), {
        id: title,
        title,
        status: 'scheduled',
        channelIds: networks.map((network) => `practice-${network}`),
        planned,
        publishAt: planned,
        media: bytes ? [{ mediumId: 'photo', alt: 'Four corners', ratio: '' }] : [],
      }),
    ),
    documents: titles.map((title) => ({
      id: title,
      content: [{ type: 'paragraph', content: [{ type: 'text', text: `${title} said` }] }],
    })),
  })
}

/** Closed and opened again: the networks in small are others then, and remember nobody. */
async function restart(app: App): Promise<Page> {
  const page = await app.restart()
  await page.getByRole('button', { name: /^Outbox/ }).waitFor()
  return page
}

async function select(page: Page, title: string): Promise<void> {
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  const row = page.locator('[data-row]').filter({ hasText: title })
  // Pressed again it would close.
  if ((await row.getAttribute('aria-pressed')) !== 'true') await row.click()
}

async function sendNow(page: Page, title: string): Promise<void> {
  await select(page, title)
  await dock(page).getByRole('button', { name: 'Send now' }).click()
}

const textsOn = async (page: Page, network: NetworkId) =>
  (await ask(page, 'practice:posts', network)).map(({ text }) => text)

test('connects, publishes, is marked everywhere, and ends with its channels and its servers', async ({ app, page }) => {
  await startEmpty(page)
  await startPractising(page)
  await expect(
    page.getByRole('row').filter({ hasText: 'Practice Mastodon' }).getByText('Practice', { exact: true }),
  ).toBeVisible()

  await plan(page, ['First try'])
  const again = await restart(app)
  await expect(badge(again)).toBeVisible()
  await again.keyboard.press('g')
  await again.keyboard.press('c')
  await expect(again.locator('[data-post]').filter({ hasText: 'First try' }).getByLabel('Practice')).toBeVisible()
  await sendNow(again, 'First try')
  await expect(outToday(again)).toContainText('First try')
  await expect(outToday(again).getByText('Practice', { exact: true })).toBeVisible()

  await openPractice(again)
  const posts = dialog(again).getByRole('list', { name: 'Posts on practice Mastodon' })
  await expect(posts.getByRole('listitem')).toHaveText(['First try said'])
  await dialog(again).getByRole('button', { name: 'End practising' }).click()
  await expect(dialog(again).getByRole('button', { name: 'Start practising' })).toBeVisible()
  await dialog(again).getByRole('button', { name: 'Done' }).click()
  await expect(again.getByText('Practice Mastodon')).toHaveCount(0)
  await expect(badge(again)).toHaveCount(0)
  // What it remembered is gone with its server: asked again, another one begins.
  expect(await textsOn(again, 'mastodon')).toEqual([])
})

/** Those that take a post as it is: its picture by its bytes, Instagram and Threads from the media host of those who practise. */
const PICTURED = [
  'facebook',
  'instagram',
  'linkedin',
  'x',
  'threads',
  'bluesky',
  'mastodon',
  'wordpress',
  'ghost',
] as const

test('a picture is shown on every network that was sent it, with what is read out in its place', async ({
  app,
  page,
}) => {
  await startEmpty(page)
  await startPractising(page)
  await plan(page, ['Harbour'], { networks: PICTURED, pictured: true })
  const again = await restart(app)
  await again.keyboard.press('g')
  await again.keyboard.press('o')
  const rows = again.locator('[data-row]')
  await expect(rows).toHaveCount(PICTURED.length)
  for (const network of PICTURED) {
    await again.locator(`[data-row*="practice-${network}"]`).click()
    await dock(again).getByRole('button', { name: 'Send now' }).click()
  }
  const seen = async () => {
    const pictured = []
    for (const network of PICTURED) {
      const [post] = await ask(again, 'practice:posts', network)
      const [medium] = post?.media ?? []
      if (medium?.kind === 'picture' && medium.isThere) pictured.push(`${network}: ${medium.alt}`)
    }
    return pictured
  }
  const expected = PICTURED.map((network) => `${network}: Four corners`)
  await expect.poll(seen, { timeout: 60_000 }).toEqual(expected)

  await openPractice(again)
  const picture = dialog(again).getByRole('listitem').getByRole('img', { name: 'Four corners' })
  await expect(picture).toBeVisible()
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(320)
})

test('how far a film is that is made for a practice network stands where it will be shown', async ({ page }) => {
  await startEmpty(page)
  await startPractising(page)
  const bytes = filmNamed('wide.mp4')
  const about = { kind: 'video', type: 'video/mp4', width: 4096, height: 2304, seconds: 0.5, createdAt: 1 } as const
  const planned = toWall(Date.now() + 4 * 60_000, 'UTC')
  await putRows(page, {
    media: [plainMedium({ id: 'film', name: 'quay.mp4', size: bytes.length, ...about })],
    blobs: [{ id: 'film', type: about.type, bytes: new Uint8Array(bytes) }],
    posts: [
      blankPost(Date.now(), {
        id: 'quay',
        title: 'Quay',
        status: 'scheduled',
        channelIds: ['practice-mastodon'],
        planned,
        publishAt: planned,
        media: [{ mediumId: 'film', alt: 'A quay', ratio: '' }],
      }),
    ],
    documents: [{ id: 'quay', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Quay said' }] }] }],
  })
  await page.reload()
  await page.getByRole('button', { name: /^Outbox/ }).click()
  // Its worker is held up, as on a slow computer: nobody has to be quick to see how far it is.
  page.on('worker', (worker) => {
    const heldUp = worker.evaluate(() => {
      const until = performance.now() + (self.name === 'film' ? 6_000 : 0)
      while (performance.now() < until);
    })
    // Others may have ended by then.
    heldUp.catch(() => undefined)
  })
  await sendNow(page, 'Quay')
  await openPractice(page)
  const told = dialog(page).getByText(/^“quay\.mp4” is being converted: \d+ %\.$/)
  await expect(told).toBeVisible({ timeout: 30_000 })
  // Whoever looks at another network is not told of it.
  const lookAt = async (network: string) => {
    await dialog(page).getByRole('combobox', { name: 'Network' }).click()
    await page.getByRole('option', { name: network }).click()
  }
  await lookAt('Bluesky')
  await expect(told).toBeHidden()
  await lookAt('Mastodon')
  await expect(told).toBeVisible()
})

test('the practice networks travel with the app that is built', async () => {
  const folder = join(projectRoot, 'out', 'main', 'chunks')
  const [file] = readdirSync(folder).filter((name) => /^practice-.*\.js$/.test(name))
  const { startNetworks } = (await import(join(folder, file ?? ''))) as typeof import('../sandbox/practice.ts')
  const networks = await startNetworks()
  expect(networks).toHaveLength(13)
  await Promise.all(networks.map((one) => one.close()))
})

interface Case {
  /** As its button is called. */
  readonly failure: string
  readonly pictured?: boolean
  /** What the outbox says while it goes wrong. */
  readonly says: RegExp
  /** What a person does then; absent: it mends itself. */
  readonly next?: (page: Page) => Promise<void>
  /** What stands in its ledger in the end. */
  readonly ledger: RegExp
}

const press = (name: string) => (page: Page) => dock(page).getByRole('button', { name, exact: true }).click()

const connectAgain = async (page: Page) => {
  await press('Connect again')(page)
  await page.getByRole('complementary', { name: 'Channel' }).getByRole('button', { name: 'Connect again' }).click()
}

const CASES: readonly Case[] = [
  { failure: 'Its answer is lost', says: /Asking Mastodon whether it arrived/, ledger: /Looked for it: it is there/ },
  {
    failure: 'It refuses the words',
    says: /does not take this: “These words are not allowed here”\. Change the post, then try again\./,
    next: press('Try again'),
    ledger: /Did not work/,
  },
  { failure: 'Too many requests', says: /asks us to wait until/, ledger: /Did not work/ },
  { failure: 'The network is away', says: /Asking Mastodon whether it arrived/, ledger: /Looked for it: not there/ },
  { failure: 'It takes six seconds', says: /Sending to Mastodon/, ledger: /Mastodon took it/ },
  {
    failure: 'It refuses a file',
    pictured: true,
    says: /does not take this: “This file cannot be read”\./,
    next: press('Try again'),
    ledger: /Did not work/,
  },
  { failure: 'An upload is cut', pictured: true, says: /./, ledger: /Mastodon took it/ },
  { failure: 'A sign-in page instead', says: /Asking Mastodon|sign in first/, ledger: /Looked for it: not there/ },
  {
    failure: 'A proxy is in between',
    pictured: true,
    says: /The proxy of this network asks for a password\./,
    ledger: /Mastodon took it/,
  },
  {
    failure: 'Its access is withdrawn',
    says: /no longer lets Outpost post|is paused/,
    next: connectAgain,
    ledger: /Mastodon took it/,
  },
  {
    failure: 'A right is missing',
    says: /may not publish this\. Ask an admin/,
    next: press('Try again'),
    ledger: /Did not work/,
  },
  {
    failure: 'Its page is gone',
    says: /is no longer there on Mastodon\. Connect another account; everything waits for it\./,
    next: connectAgain,
    ledger: /Mastodon took it/,
  },
]

for (const { failure, pictured = false, says, next, ledger: told } of CASES)
  test(`“${failure}” on purpose: it is said, there is a next step, and it is out once`, async ({ page }) => {
    await startEmpty(page)
    await plan(page, ['Try'], { pictured })
    await page.reload()
    await page.locator('[data-day]').first().waitFor()
    await startPractising(page)
    await openPractice(page)
    await dialog(page).getByRole('button', { name: failure }).click()
    await expect(dialog(page).getByRole('button', { name: failure })).toHaveAttribute('aria-pressed', 'true')
    await dialog(page).getByRole('button', { name: 'Done' }).click()
    await sendNow(page, 'Try')
    await expect(dock(page)).toContainText(says, { timeout: 30_000 })
    await next?.(page)
    await select(page, 'Try')
    await expect(outToday(page)).toContainText('Try', { timeout: 60_000 })
    await expect(ledger(page)).toContainText(told)
    expect(await textsOn(page, 'mastodon')).toEqual(['Try said'])
    // It went wrong once, and is not said to be about to any more.
    await openPractice(page)
    await expect(dialog(page)).toContainText('What goes wrong next')
    await expect(dialog(page).getByRole('button', { name: failure })).toHaveAttribute('aria-pressed', 'false')
  })

test('a thread that is cut on purpose says how far it went, and goes on with what is missing', async ({ page }) => {
  await startEmpty(page)
  await plan(page, ['Tour'])
  const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })
  await putRows(page, {
    documents: [{ id: 'Tour', content: [paragraph('One'), { type: 'horizontalRule' }, paragraph('Two')] }],
    placements: [{ ...plainPlacement('Tour', 'practice-mastodon', Date.now()), format: 'thread' }],
  })
  await page.reload()
  await page.locator('[data-day]').first().waitFor()
  await startPractising(page)
  await openPractice(page)
  await dialog(page).getByRole('button', { name: 'A thread is cut' }).click()
  // A post alone would go out as if nothing were.
  await expect(dialog(page)).toContainText('Mastodon waits for a post with a thread or a comment')
  await dialog(page).getByRole('button', { name: 'Done' }).click()
  await sendNow(page, 'Tour')
  await expect(dock(page)).toContainText('1 of 2 parts are out', { timeout: 30_000 })
  expect(await textsOn(page, 'mastodon')).toEqual(['One'])
  await press('Send the rest')(page)
  await expect(outToday(page)).toContainText('Tour', { timeout: 60_000 })
  expect((await textsOn(page, 'mastodon')).toSorted()).toEqual(['One', 'Two'])
})

test('a file that is found unreadable once it was worked on is named by its network, and the post is not out', async ({
  page,
}) => {
  await startEmpty(page)
  await plan(page, ['Try'], { networks: ['instagram'], pictured: true })
  await page.reload()
  await page.locator('[data-day]').first().waitFor()
  await startPractising(page)
  await openPractice(page)
  await dialog(page).getByRole('combobox', { name: 'Network' }).click()
  await page.getByRole('option', { name: 'Instagram' }).click()
  await dialog(page).getByRole('button', { name: 'It cannot read a file' }).click()
  await expect(dialog(page)).toContainText('Instagram waits for a post with a file')
  await dialog(page).getByRole('button', { name: 'Done' }).click()
  await sendNow(page, 'Try')
  await expect(dock(page)).toContainText('Instagram could not process it', { timeout: 30_000 })
  expect(await textsOn(page, 'instagram')).toEqual([])
  expect(await ask(page, 'practice:failing', 'instagram')).toBeNull()
})

test('what somebody changes or takes away at the network is said at once, and what to do about it', async ({
  page,
}) => {
  await startEmpty(page)
  await plan(page, ['Later'], { minutes: 60 })
  await plan(page, ['Try'])
  await page.reload()
  await page.locator('[data-day]').first().waitFor()
  await startPractising(page)
  await sendNow(page, 'Try')
  await expect(outToday(page)).toContainText('Try', { timeout: 60_000 })

  await openPractice(page)
  const waiting = dialog(page).getByRole('list', { name: 'Waiting at practice Mastodon' }).getByRole('listitem')
  await expect(waiting).toHaveCount(1, { timeout: 30_000 })
  await waiting.getByRole('button', { name: 'Change it at Mastodon' }).click()
  await expect(dialog(page)).toContainText('Changed at Mastodon, and seen')
  await expect(waiting).toContainText('Later said (changed there)')
  const out = dialog(page).getByRole('list', { name: 'Posts on practice Mastodon' }).getByRole('listitem')
  await out.getByRole('button', { name: 'Have somebody answer it at Mastodon' }).click()
  await expect(dialog(page)).toContainText('Somebody answered at Mastodon.')
  await out.getByRole('button', { name: 'Take it away at Mastodon' }).click()
  await expect(dialog(page)).toContainText('Taken away at Mastodon, and seen')
  await expect(out).toHaveCount(0)
  await dialog(page).getByRole('button', { name: 'Done' }).click()

  await select(page, 'Later')
  await expect(dock(page)).toContainText('somebody changed it there')
  await expect(dock(page).getByRole('button', { name: 'Put ours back' })).toBeVisible()
  await select(page, 'Try')
  await expect(dock(page)).toContainText('was taken away there')
})
