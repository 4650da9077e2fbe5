/** A post with one file, planned on a connected channel. */
import { expect, type Page } from '@playwright/test'
import { blankPost } from '../../renderer/data/commands/posts.ts'
import { blankChannel } from '../../shared/domain/channel.ts'
import { type Medium, plainMedium } from '../../shared/domain/medium.ts'
import type { Account } from '../../shared/domain/publishing.ts'
import { toWall } from '../../shared/domain/time.ts'
import { accountRow } from './accounts.ts'
import { putRows } from './database.ts'

/** Begins an empty workspace, puts the post into it and opens the outbox with it. `connect`: how the account is come by. */
export async function planFile(
  page: Page,
  connect: () => Promise<Account>,
  about: Pick<Medium, 'type'> & Partial<Medium>,
  bytes: Buffer,
  { ratio = '', minutes }: { readonly ratio?: string; readonly minutes: number },
): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  const account = await connect()
  const planned = toWall(Date.now() + minutes * 60_000, 'UTC')
  await putRows(page, {
    channels: [blankChannel(account.network, { id: 'ma', name: 'Outpost news', zone: 'UTC' })],
    accounts: [accountRow(account, 'ma')],
    media: [plainMedium({ id: 'file', name: 'quay.file', size: bytes.length, createdAt: 1, ...about })],
    blobs: [{ id: 'file', type: about.type, bytes: new Uint8Array(bytes) }],
    posts: [
      blankPost(Date.now(), {
        id: 'post',
        title: 'Three pockets',
        status: 'scheduled',
        channelIds: ['ma'],
        planned,
        publishAt: planned,
        media: [{ mediumId: 'file', alt: 'A bag', ratio }],
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
  await page.getByRole('listitem').filter({ hasText: 'Three pockets' }).waitFor()
}

/** Sends it now, and waits until it is out. */
export async function sendNow(page: Page): Promise<void> {
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page
    .getByRole('complementary', { name: 'About the delivery' })
    .getByRole('button', { name: 'Send now' })
    .click()
  // The network works on a film for some seconds, and is asked again.
  await expect(page.getByRole('region', { name: 'Out today' })).toContainText('Three pockets', { timeout: 20_000 })
}
