/** The whole job with the cable out: bring in, write, plan, board, hand over; then a restart, and everything is there. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { addDays } from '../../shared/domain/time.ts'
import { readPdf } from '../support/pdf.ts'
import { expect, test } from './app.ts'

const POSTS = join(import.meta.dirname, '../fixtures/18f-blog/posts')
const TITLE = 'Three pockets, no secrets'
const WORDS = 'One for the map, one for the wet things, one for what you swore you would not bring.'

const command = async (page: Page, words: string) => {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill(words)
  await page.getByRole('option', { name: words }).first().click()
}
const saved = (page: Page) => expect(page.getByText(/^Saved \d\d:\d\d:\d\d$/)).toBeVisible()
const day = (page: Page, date: string) => page.locator(`[data-day="${date}"]`).first()

async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const start = await from.boundingBox()
  const end = await to.boundingBox()
  if (!start || !end) throw new Error('nothing to drag')
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2)
  await page.mouse.down()
  await page.mouse.move(start.x + start.width / 2 - 24, start.y + start.height / 2 + 12, { steps: 4 })
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 8 })
  await page.mouse.up()
}

test('import, write, plan, board, PDF - offline; after a restart everything is there', async ({ app }) => {
  test.setTimeout(300_000)
  await app.context.setOffline(true)
  let { page } = app
  await page.getByRole('button', { name: 'Start empty' }).click()

  await day(page, new Date().toISOString().slice(0, 10)).waitFor()

  await command(page, 'Bring in posts')
  await page.getByLabel('Folder of posts').setInputFiles(POSTS)
  await page.getByRole('button', { name: /^Bring in 509 posts/ }).click({ timeout: 120_000 })
  await expect(page.getByText('Brought in 509 posts', { exact: true }).first()).toBeVisible({ timeout: 60_000 })

  await command(page, 'New post')
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill(TITLE)
  await page.getByRole('textbox', { name: 'Title', exact: true }).press('Enter')
  await page.keyboard.type(WORDS)
  await saved(page)

  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Today/ })
    .click()
  const target = addDays(new Date().toISOString().slice(0, 10), 1)
  const inTray = page.getByRole('region', { name: 'Undated posts' }).locator('[data-post]').filter({ hasText: TITLE })
  await drag(page, inTray, day(page, target))
  await expect(day(page, target).locator('[data-post]')).toHaveCount(1)
  await expect(inTray).toHaveCount(0)

  await page.getByRole('button', { name: 'Board', exact: true }).click()
  await page.getByRole('radio', { name: 'Posts' }).click()
  const card = page.getByRole('button', { name: new RegExp(`^${TITLE},`) })
  await card.click()
  await page.keyboard.press('m')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('list', { name: 'In review', exact: true }).getByText(TITLE)).toBeVisible()

  await command(page, 'Plan to PDF')
  const dialog = page.getByRole('dialog', { name: 'Plan to PDF' })
  await dialog.getByLabel('To', { exact: true }).fill(addDays(target, 7))
  await expect(dialog.getByRole('button', { name: /Save PDF/ })).not.toHaveAttribute('aria-disabled', 'true', {
    timeout: 60_000,
  })
  await dialog.getByRole('button', { name: /Save PDF/ }).click()
  await expect(page.getByText(/^Saved .*\.pdf/).first()).toBeVisible({ timeout: 30_000 })
  const [file] = readdirSync(app.downloads).filter((name) => name.endsWith('.pdf'))
  const pdf = await readPdf(new Uint8Array(readFileSync(join(app.downloads, file ?? ''))))
  expect(pdf.text).toContain(TITLE)
  expect(pdf.text).toContain(WORDS.slice(0, 40))
  expect(pdf.marked).toBe(true)
  expect(pdf.bookmarks.length).toBeGreaterThan(3)

  page = await app.restart()
  await app.context.setOffline(true)
  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Today/ })
    .click()
  await expect(
    day(page, target)
      .locator('[data-post]')
      .filter({ hasText: TITLE.slice(0, 5) }),
  ).toBeVisible()
  await day(page, target).locator('[data-post]').first().click()
  await page.keyboard.press('e')
  await expect(page.getByRole('textbox', { name: 'Text of the post' })).toHaveText(WORDS)
  await page.getByRole('button', { name: 'Board', exact: true }).click()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('18F project defaults')
  await expect(page.getByRole('option', { name: /18F project defaults/ }).first()).toBeVisible({ timeout: 20_000 })
})
