/** A media host is set up in the settings, and a post of Instagram that was held for want of one goes out. */
import { test as base, expect, type Page } from '@playwright/test'
import { instagram } from '../../electron/platforms/instagram.ts'
import { blankPost } from '../../renderer/data/commands/posts.ts'
import { BRIDGE_KEY } from '../../shared/contract/contract.ts'
import { blankChannel } from '../../shared/domain/channel.ts'
import { plainMedium } from '../../shared/domain/medium.ts'
import type { Account } from '../../shared/domain/publishing.ts'
import { toWall } from '../../shared/domain/time.ts'
import { type InstagramSandbox, startInstagram } from '../sandbox/instagram.ts'
import { type HostSandbox, S3, startS3 } from '../sandbox/mediaHost.ts'
import { inSandbox } from '../sandbox/reroute.ts'
import { startTestShell } from '../support/chromiumShell.ts'
import { temporaryFolder } from '../support/project.ts'
import { putRows } from './database.ts'
import { photo } from './mediaFiles.ts'

interface Desk {
  readonly page: Page
  readonly network: InstagramSandbox
  readonly host: HostSandbox
}

const test = base.extend<{ desk: Desk }>({
  // biome-ignore lint/correctness/noEmptyPattern: playwright reads the pattern to know what a fixture needs
  desk: async ({}, use) => {
    using folder = temporaryFolder()
    const clock = { now: Date.now, pass: () => undefined }
    const network = await startInstagram({ clock })
    const host = await startS3({ clock })
    const adapters = [inSandbox(instagram, () => network.url)]
    const shell = await startTestShell({ dataFolder: folder.path, adapters })
    shell.context.setDefaultTimeout(15_000)
    await use({ page: shell.page, network, host })
    await shell.close()
    await network.close()
    await host.close()
  },
})

const connect = (page: Page): Promise<Account> =>
  page.evaluate(async (key) => {
    const bridge = (window as unknown as Record<string, { call(name: string, args: unknown[]): Promise<unknown> }>)[key]
    const asked = { network: 'instagram', given: { accessToken: 'ig-token-0001' } }
    const connected = (await bridge?.call('accounts:connect', [asked])) as { account: Account } | undefined
    if (!connected) throw new Error('No bridge.')
    return connected.account
  }, BRIDGE_KEY)

/** A picture on Instagram, due in some minutes. */
async function withPost({ page }: Desk): Promise<void> {
  const bytes = await photo(page, 1080, 1080, 1)
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  const account = await connect(page)
  const planned = toWall(Date.now() + 10 * 60_000, 'UTC')
  const file = { id: 'photo', name: 'photo.jpg', type: 'image/jpeg', size: bytes.length, width: 1080, height: 1080 }
  await putRows(page, {
    channels: [blankChannel('instagram', { id: 'ig', name: 'Harbour', zone: 'UTC' })],
    accounts: [{ ...account, id: 'ig', connectedAt: 0, pause: null, limitedUntil: 0, byHand: false, practice: false }],
    media: [plainMedium({ ...file, orientation: 1, createdAt: 1 })],
    blobs: [{ id: 'photo', type: 'image/jpeg', bytes: new Uint8Array(bytes) }],
    posts: [
      blankPost(Date.now(), {
        id: 'post',
        title: 'Three pockets',
        status: 'scheduled',
        channelIds: ['ig'],
        planned,
        publishAt: planned,
        media: [{ mediumId: 'photo', alt: 'A bag', ratio: '' }],
      }),
    ],
    documents: [
      { id: 'post', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Three pockets said' }] }] },
    ],
  })
  await page.reload()
  await page.locator('[data-day]').first().waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('o')
}

test('what was held for want of a media host goes out once there is one', async ({ desk }) => {
  const { page, network, host } = desk
  await withPost(desk)
  const row = page.getByRole('listitem').filter({ hasText: 'Three pockets' })
  await expect(row).toContainText('there is no media host to lay them on')
  await row.getByRole('button', { name: 'Set up a media host' }).click()
  await expect(page.getByRole('heading', { name: 'Media host' })).toBeVisible()

  const field = (name: string) => page.getByRole('textbox', { name })
  await field('Address of the service').fill(host.url)
  await field('Bucket').first().fill(S3.bucket)
  await field('Region').fill(S3.region)
  await field('Id of the access key').fill(S3.keyId)
  await field('Secret access key').fill('not the secret')
  const use = page.getByRole('button', { name: 'Test and use' })
  await use.click()
  await expect(page.getByText('The secret key does not belong to this access key.')).toBeVisible()
  await field('Secret access key').fill(S3.secret)
  host.open = false
  await use.click()
  await expect(page.getByText('nobody may fetch it')).toBeVisible()
  host.open = true
  await use.click()
  await expect(page.getByText(`bucket ${S3.bucket} at`)).toBeVisible()
  expect(host.files.size).toBe(0)
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(page.getByText('It works from here.')).toBeVisible()
  expect(await page.content()).not.toContain(S3.secret)

  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await expect(row).toContainText('Scheduled')
  await page.locator('[data-row]').click()
  await page
    .getByRole('complementary', { name: 'About the delivery' })
    .getByRole('button', { name: 'Send now' })
    .click()
  await expect(page.getByRole('region', { name: 'Out today' })).toContainText('Three pockets', { timeout: 30_000 })
  expect(network.visible().map(({ text }) => text)).toEqual(['Three pockets said'])
  expect([...host.files.values()].map(({ type }) => type)).toEqual(['image/jpeg'])
})
