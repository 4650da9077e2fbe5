/** Practising: one press connects, what is sent is shown, a lost answer is found and not sent twice, and it ends. */
import type { Page } from '@playwright/test'
import { blankPost } from '../../renderer/data/commands/posts.ts'
import { toWall } from '../../shared/domain/time.ts'
import { expect, test } from './app.ts'
import { putRows } from './database.ts'

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Practice publishing' })

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

async function sendNow(page: Page, title: string): Promise<void> {
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await page.locator('[data-row]').filter({ hasText: title }).click()
  await page
    .getByRole('complementary', { name: 'About the delivery' })
    .getByRole('button', { name: 'Send now' })
    .click()
}

test('connects, publishes, finds what got lost, and ends', async ({ app, page }) => {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  await openPractice(page)
  await dialog(page).getByRole('button', { name: 'Start practising' }).click()
  await expect(dialog(page)).toContainText('13 practice accounts connected')
  await dialog(page).getByRole('button', { name: 'Done' }).click()
  await expect(
    page.getByRole('row').filter({ hasText: 'Practice Mastodon' }).getByText('Practice', { exact: true }),
  ).toBeVisible()

  const planned = toWall(Date.now() + 4 * 60_000, 'UTC')
  const titles = ['First try', 'Second try']
  await putRows(page, {
    posts: titles.map((title) =>
      blankPost(Date.now(), {
        id: title,
        title,
        status: 'scheduled',
        channelIds: ['practice-mastodon'],
        planned,
        publishAt: planned,
      }),
    ),
    documents: titles.map((title) => ({
      id: title,
      content: [{ type: 'paragraph', content: [{ type: 'text', text: `${title} said` }] }],
    })),
  })
  const again = await app.restart()
  await again.getByRole('button', { name: /^Outbox/ }).waitFor()
  await sendNow(again, 'First try')
  const outToday = again.getByRole('region', { name: 'Out today' })
  await expect(outToday).toContainText('First try')
  await expect(outToday.getByText('Practice', { exact: true })).toBeVisible()

  await openPractice(again)
  const posts = dialog(again).getByRole('list', { name: 'Posts on practice Mastodon' })
  await expect(posts.getByRole('listitem')).toHaveText(['First try said'])
  await dialog(again).getByRole('button', { name: 'Its answer is lost' }).click()
  await expect(dialog(again).getByRole('status')).toContainText('does not send it twice')
  await dialog(again).getByRole('button', { name: 'Done' }).click()
  await sendNow(again, 'Second try')
  await expect(outToday).toContainText('Second try', { timeout: 60_000 })
  await expect(again.getByRole('complementary', { name: 'About the delivery' })).toContainText(
    'Looked for it: it is there',
  )

  await openPractice(again)
  await expect(posts.getByRole('listitem')).toHaveText(['Second try said', 'First try said'])
  await dialog(again).getByRole('button', { name: 'End practising' }).click()
  await expect(dialog(again).getByRole('button', { name: 'Start practising' })).toBeVisible()
  await dialog(again).getByRole('button', { name: 'Done' }).click()
  await expect(again.getByText('Practice Mastodon')).toHaveCount(0)
})
