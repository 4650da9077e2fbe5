import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { putRows, rowsOf } from './database.ts'

async function openData(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await page.getByRole('button', { name: 'Data', exact: true }).click()
}
const copyNow = (page: Page) => page.getByRole('button', { name: 'Copy now' })

test('a whole copy is made beside the journal, and comes back as a workspace of its own, with its pictures', async ({
  app,
}) => {
  const { page } = app
  await page.getByRole('button', { name: /Open the sample/ }).click()
  await page.locator('[data-post]').first().waitFor()
  await openData(page)
  await expect(page.getByText('None yet: the first is made a minute after the start')).toBeVisible()
  await copyNow(page).click()
  await expect(page.getByText(/^1 kept, the newest of \d\d:\d\d/)).toBeVisible()
  const [workspace = ''] = readdirSync(join(app.dataFolder, 'snapshots'))
  expect(readdirSync(join(app.dataFolder, 'snapshots', workspace))).toEqual([
    expect.stringMatching(/^\d{13}-hourly\.jsonl$/),
  ])

  await page.getByRole('button', { name: 'Bring one back…' }).click()
  await page.getByRole('menuitem', { name: /97 posts/ }).click()
  await expect(page.getByText(/is a workspace of its own now.*Its accounts are paused there/).first()).toBeVisible()
  await page.getByRole('button', { name: /^Workspace: / }).click()
  await page.getByRole('menuitemcheckbox', { name: /^Fernhollow, / }).click()
  await expect(page.getByRole('button', { name: /^Workspace: Fernhollow, / })).toBeVisible()
  await openData(page)
  await expect(page.getByText(/^97 posts, .*[1-9]\d* pictures/)).toBeVisible()
})

test('a record the disk has garbled is noticed, and put back as it was written', async ({ page }) => {
  await page.getByRole('button', { name: /Open the sample/ }).click()
  await page.locator('[data-post]').first().waitFor()
  const posts = await rowsOf(page, 'posts')
  const [garbled] = posts
  await putRows(page, { posts: [{ ...garbled, title: 'Gar\u0000bled' }] })
  await openData(page)
  await copyNow(page).click()
  await expect(page.getByText(/^1 kept/)).toBeVisible()
  expect(await rowsOf(page, 'posts')).toEqual(posts)
})
