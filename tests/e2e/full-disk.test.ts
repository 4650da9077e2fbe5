import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'

/** From now on the database has no room, until `makeRoom`. */
const fillDisk = (page: Page) =>
  page.evaluate(() => {
    const { add, put } = IDBObjectStore.prototype
    const full = () => {
      throw new DOMException('No room.', 'QuotaExceededError')
    }
    Object.assign(IDBObjectStore.prototype, { add: full, put: full })
    Object.assign(window, { makeRoom: () => Object.assign(IDBObjectStore.prototype, { add, put }) })
  })
const makeRoom = (page: Page) => page.evaluate(() => (window as unknown as { makeRoom(): void }).makeRoom())

const told = (page: Page) =>
  page.locator('[data-toast]', { hasText: 'The disk is full, so the last change was not saved.' })
const saved = (page: Page) => page.getByText(/^Saved \d\d:\d\d:\d\d$/)

async function newPost(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await page.keyboard.press('c')
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Three pockets')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Text of the post' })).toBeFocused()
}

test('words typed while the disk is full are not called saved, and are saved once there is room', async ({ app }) => {
  await newPost(app.page)
  await expect(saved(app.page)).toBeVisible()
  await fillDisk(app.page)
  await app.page.keyboard.type('Every pocket has a story.')
  await app.page.getByRole('textbox', { name: 'Title', exact: true }).fill('Four pockets')
  await expect(told(app.page)).toBeVisible()
  await expect(saved(app.page)).toHaveCount(0)
  await makeRoom(app.page)
  await expect(saved(app.page)).toBeVisible()
  const page = await app.restart()
  await expect(page.getByRole('textbox', { name: 'Text of the post' })).toHaveText('Every pocket has a story.')
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toHaveValue('Four pockets')
})

test('a post moved while the disk is full goes back to its day, and the reason is said', async ({ page }) => {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.getByRole('button', { name: 'Next month' }).click()
  const now = new Date()
  const day = (date: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, date)).toISOString().slice(0, 10)
  const cell = (date: number) => page.locator(`[role="gridcell"][data-day="${day(date)}"]`)
  const post = (date: number) => cell(date).locator('[data-post]').filter({ hasText: 'Three pockets' })
  await cell(10).click({ position: { x: 70, y: 8 } })
  await page.getByPlaceholder(/Launch teaser/).fill('9:35 Three pockets')
  await page.keyboard.press('Enter')
  await expect(saved(page)).toBeVisible()
  await fillDisk(page)
  await post(10).focus()
  await page.keyboard.press('Shift+ArrowRight')
  await expect(told(page)).toBeVisible()
  await expect(post(10)).toBeVisible()
  await expect(post(11)).toHaveCount(0)
  await makeRoom(page)
  await page.keyboard.press('Shift+ArrowRight')
  await expect(post(11)).toBeVisible()
})
