/** The planning screens where the page is written from right to left: the first day stands at the right, and so do the arrows. */
import type { Page } from '@playwright/test'
import { blankCampaign } from '../../renderer/data/commands/campaigns.ts'
import { expect, test } from './app.ts'
import { rowsOf } from './database.ts'
import { cell, drag, monthShown, nextMonth, nextMonthWith, on, planned, post } from './onCalendar.ts'

const turnRound = (page: Page) =>
  page.evaluate(() => {
    document.documentElement.dir = 'rtl'
  })

test('from right to left a post is dragged, walked and resized the way it is seen', async ({ page }) => {
  // Three days of one week, wherever the weekend of next month falls.
  const first = [8, 9, 10, 11, 12].find((day) => new Date(nextMonth(day)).getUTCDay() === 2) ?? 13
  await nextMonthWith(page, {
    campaigns: [blankCampaign(1, { id: 'tarn', name: 'Tarn 28', startOn: nextMonth(first), endOn: nextMonth(first) })],
    posts: [planned('One', first), planned('Two', first + 1)],
  })
  await turnRound(page)
  const x = async (day: number) => (await cell(page, nextMonth(day)).boundingBox())?.x ?? 0
  expect(await x(first)).toBeGreaterThan(await x(first + 1))
  // The arrow to the left goes on to the next day.
  await on(page, nextMonth(first), 'One').click()
  await page.keyboard.press('ArrowLeft')
  await expect(on(page, nextMonth(first + 1), 'Two')).toBeFocused()
  await page.keyboard.press('Shift+ArrowLeft')
  await expect(on(page, nextMonth(first + 2), 'Two')).toBeFocused()
  await drag(page, on(page, nextMonth(first + 2), 'Two'), cell(page, nextMonth(first + 1)))
  await expect(on(page, nextMonth(first + 1), 'Two')).toContainText('09:00')
  // The end of a bar is its left end.
  const grip = await page.locator('[data-bar-end="end"]').boundingBox()
  const until = await cell(page, nextMonth(first + 2)).boundingBox()
  if (!grip || !until) throw new Error('not drawn')
  await page.mouse.move(grip.x + 2, grip.y + 4)
  await page.mouse.down()
  await page.mouse.move(until.x + until.width / 2, until.y + 60, { steps: 6 })
  await page.mouse.up()
  await expect.poll(async () => (await rowsOf(page, 'campaigns'))[0]?.endOn).toBe(nextMonth(first + 2))
  // In the week a post is put down on the day it is over.
  await page.keyboard.press('2')
  await drag(page, post(page, 'Two'), page.locator(`[data-drop="time"][data-day="${nextMonth(first + 3)}"]`))
  await expect(
    page.locator(`[data-drop="time"][data-day="${nextMonth(first + 3)}"]`).locator('[data-post]'),
  ).toHaveText(/Two/)
})

test('from right to left held at the left edge a card turns the month forward, and columns are walked as seen', async ({
  page,
}) => {
  await nextMonthWith(page, { posts: [planned('Idea', 10, { status: 'idea' }), planned('Film', 11)] })
  await turnRound(page)
  const grid = await page.getByRole('grid', { name: 'Month' }).boundingBox()
  const chip = await on(page, nextMonth(10), 'Idea').boundingBox()
  if (!grid || !chip) throw new Error('not drawn')
  await page.mouse.move(chip.x + 20, chip.y + 8)
  await page.mouse.down()
  await page.mouse.move(grid.x + 6, grid.y + 200, { steps: 6 })
  await monthShown(page, 2)
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await page.getByRole('button', { name: 'Board', exact: true }).click()
  await page.getByRole('radio', { name: 'Posts' }).click()
  const card = (name: string) => page.getByRole('button', { name: new RegExp(`^${name},`) })
  await card('Idea').click()
  await page.keyboard.press('ArrowLeft')
  await expect(card('Film')).toBeFocused()
  await page.keyboard.press('Shift+ArrowRight')
  await expect(page.getByRole('list', { name: 'Idea' }).getByRole('heading')).toHaveCount(2)
})
