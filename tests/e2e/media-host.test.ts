/** A media host is set up in the settings, and a post of Instagram that was held for want of one goes out. */
import { expect, type Page } from '@playwright/test'
import { instagram } from '../../electron/platforms/instagram.ts'
import { blankPost } from '../../renderer/data/commands/posts.ts'
import { blankChannel } from '../../shared/domain/channel.ts'
import { plainMedium } from '../../shared/domain/medium.ts'
import type { Account } from '../../shared/domain/publishing.ts'
import { toWall } from '../../shared/domain/time.ts'
import { startInstagram } from '../sandbox/instagram.ts'
import { S3, startS3 } from '../sandbox/mediaHost.ts'
import { inSandbox } from '../sandbox/reroute.ts'
import { accountRow, ask } from './accounts.ts'
import { putRows } from './database.ts'
import { deskWith } from './desk.ts'
import { photo } from './mediaFiles.ts'

const test = deskWith(
  async (clock) => ({ network: await startInstagram({ clock }), host: await startS3({ clock }) }),
  ({ network }) => ({ adapters: [inSandbox(instagram, () => network.url)] }),
)

async function connect(page: Page): Promise<Account> {
  const answer = await ask(page, 'accounts:connect', { network: 'instagram', given: { accessToken: 'ig-token-0001' } })
  if (answer.kind !== 'connected') throw new Error(`Not connected: ${JSON.stringify(answer)}`)
  return answer.account
}

/** A picture on Instagram, due in some minutes. */
async function withPost(page: Page): Promise<void> {
  const bytes = await photo(page, 1080, 1080, 1)
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  const account = await connect(page)
  const planned = toWall(Date.now() + 10 * 60_000, 'UTC')
  const file = { id: 'photo', name: 'photo.jpg', type: 'image/jpeg', size: bytes.length, width: 1080, height: 1080 }
  await putRows(page, {
    channels: [blankChannel('instagram', { id: 'ig', name: 'Harbour', zone: 'UTC' })],
    accounts: [accountRow(account, 'ig')],
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
  await withPost(desk.page)
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
