/** The page of the day by keyboard. */
import type { Page } from '@playwright/test'
import { blankPost } from '../../renderer/data/commands/posts.ts'
import { expect, test } from './app.ts'
import { putRows, rowsOf } from './database.ts'

async function withWaiting(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await expect(page.getByRole('button', { name: 'Board', exact: true })).toBeVisible()
  const waiting = (title: string, hours: number) =>
    blankPost(Date.now() - hours * 3_600_000, { id: title, title, status: 'review' })
  await putRows(page, { posts: [waiting('One', 3), waiting('Two', 2), waiting('Three', 1)] })
  await page.reload()
  await page
    .getByRole('button', { name: /^Today/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: 'Waiting for you' })).toBeVisible()
}

const statuses = async (page: Page) =>
  Object.fromEntries((await rowsOf(page, 'posts')).map(({ title, status }) => [title, status]))

test('letters decide about what waits, arrows go from row to row, and the row after takes the keys', async ({
  page,
}) => {
  await withWaiting(page)
  const titles = page.getByRole('region', { name: 'Waiting for you' }).locator('[data-row]')
  await expect(titles).toHaveCount(3)
  const [first = '', second = ''] = await titles.allTextContents()
  // Without a row the letters speak of the first, whose buttons carry them.
  await expect(page.getByRole('button', { name: `Approve “${first}”` })).toHaveAttribute('aria-keyshortcuts', 'A')
  await page.keyboard.press('ArrowDown')
  await expect(titles.first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(titles.nth(1)).toBeFocused()
  await expect(page.getByRole('button', { name: `Approve “${second}”` })).toHaveAttribute('aria-keyshortcuts', 'A')
  await page.keyboard.press('a')
  await expect.poll(() => statuses(page)).toMatchObject({ [second]: 'approved' })
  await expect(titles.nth(1)).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('b')
  await expect.poll(() => statuses(page)).toMatchObject({ [first]: 'changes' })
  await page.keyboard.press('Control+z')
  await expect.poll(() => statuses(page)).toMatchObject({ [first]: 'review', [second]: 'approved' })
  await page.keyboard.press('r')
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toBeVisible()
})
