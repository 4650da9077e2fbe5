import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { holdWrites, putRows, rowsOf } from './database.ts'

/** Longer than the app waits for the database without a word. */
const TOO_LONG_MS = 15_000

const calendar = (page: Page) => page.locator('[data-day]').first()

async function startEmpty(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await calendar(page).waitFor()
  await page.locator('[data-saved="saved"]').waitFor()
}

/** From the next load on, opening a database whose name begins so is answered only after `letOpen`. */
const holdOpening = (page: Page, name: RegExp) =>
  page.addInitScript((held) => {
    const { open } = IDBFactory.prototype
    const waiting: IDBOpenDBRequest[] = []
    const holding = { on: true }
    IDBFactory.prototype.open = function (database, version) {
      const request = open.call(this, database, version)
      request.addEventListener('success', (event) => {
        if (!holding.on || !new RegExp(held).test(database)) return
        event.stopImmediatePropagation()
        waiting.push(request)
      })
      return request
    }
    Object.assign(window, {
      letOpen() {
        holding.on = false
        for (const request of waiting) request.dispatchEvent(new Event('success'))
      },
    })
  }, name.source)
const letOpen = (page: Page) => page.evaluate(() => (window as unknown as { letOpen(): void }).letOpen())

for (const [what, name] of [
  ['the list of workspaces', /^outpost$/],
  ['the workspace', /^outpost-/],
] as const)
  test(`a database of ${what} that does not open is said, with ways on, and what was held up goes on by itself`, async ({
    page,
  }) => {
    await startEmpty(page)
    await page.clock.install()
    await holdOpening(page, name)
    await page.reload()
    const notice = page.getByRole('region', { name: 'Notice' })
    // Nothing is said before it has taken long; what takes long is begun only once the page is there.
    await expect
      .poll(async () => {
        await page.clock.runFor(TOO_LONG_MS)
        return notice.count()
      })
      .toBe(1)
    await expect(notice).toContainText('The browser’s database does not answer.')
    await expect(notice.getByRole('button', { name: 'Load again' })).toBeVisible()
    await expect(notice.getByRole('button', { name: 'Bring everything back' })).toBeVisible()
    await letOpen(page)
    await calendar(page).waitFor()
    await expect(notice).toHaveCount(0)
  })

test('a database that stops answering while one writes is said until it answers, and the words are saved then', async ({
  page,
}) => {
  await startEmpty(page)
  await page.clock.install()
  await page.reload()
  await calendar(page).waitFor()
  await page.keyboard.press('c')
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Three pockets')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Text of the post' })).toBeFocused()
  await page.locator('[data-saved="saved"]').waitFor()
  const told = page.locator('[data-toast]', { hasText: 'The browser’s database does not answer.' })
  {
    await using _held = await holdWrites(page)
    await page.keyboard.type('One for the map')
    await page.locator('[data-saved="saving"]').waitFor()
    await page.clock.runFor(TOO_LONG_MS)
    await expect(told.getByRole('button', { name: 'Load again' })).toBeVisible()
  }
  await expect(told).toHaveCount(0)
  await page.locator('[data-saved="saved"]').waitFor()
  expect(JSON.stringify(await rowsOf(page, 'documents'))).toContain('One for the map')
})

test('settings the disk has garbled, on which every screen breaks, are put back at once', async ({ page }) => {
  await startEmpty(page)
  const [settings] = await rowsOf(page, 'settings')
  await putRows(page, { settings: [{ ...settings, zone: 'Nowhere/At all' }] })
  await page.reload()
  await calendar(page).waitFor()
  await expect(page.getByText('The disk had damaged 1 record.').first()).toBeVisible()
  expect(await rowsOf(page, 'settings')).toEqual([settings])
})
