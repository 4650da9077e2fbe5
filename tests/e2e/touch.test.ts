/** With a finger: one that moves at once scrolls, one that rests takes the post or the card with it. */
import type { Locator } from '@playwright/test'
import { expect, test } from './app.ts'
import { cell, finger, nextMonth, nextMonthWith, on, planned, post } from './onCalendar.ts'

async function middle(of: Locator): Promise<{ x: number; y: number }> {
  const box = await of.boundingBox()
  if (!box) throw new Error('not drawn')
  return { x: box.x + Math.min(box.width / 2, 40), y: box.y + Math.min(box.height / 2, 12) }
}

test('a finger that rests on a post drags it to another day; one that moves at once scrolls', async ({ page }) => {
  await nextMonthWith(page, { posts: [planned('Three pockets', 10), planned('Early', 15, {}, '01:00')] })
  const hand = await finger(page)
  const from = await middle(on(page, nextMonth(10), 'Three pockets'))
  const to = await middle(cell(page, nextMonth(17)))
  await hand.down(from.x, from.y)
  await expect(on(page, nextMonth(10), 'Three pockets')).toHaveAttribute('data-held', '')
  await hand.to(to.x, to.y + 40)
  await expect(page.getByText('copy instead')).toBeVisible()
  await hand.up()
  await expect(on(page, nextMonth(17), 'Three pockets')).toContainText('09:00')
  // A tap only selects.
  const moved = await middle(on(page, nextMonth(17), 'Three pockets'))
  await hand.down(moved.x, moved.y)
  await hand.up()
  await expect(page.getByRole('region', { name: 'Post: Three pockets' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await cell(page, nextMonth(15)).focus()
  await page.keyboard.press('d')
  const scroller = page.locator('.rbc-time-content')
  const scrolled = () => scroller.evaluate((element) => element.scrollTop)
  const before = await scrolled()
  const early = await middle(post(page, 'Early'))
  await hand.down(early.x, early.y)
  await hand.to(early.x, early.y - 20)
  await hand.to(early.x, Math.max(120, early.y - 200))
  await expect.poll(scrolled).toBeGreaterThan(before)
  await hand.up()
  await expect(post(page, 'Early')).toContainText('01:00')
})

test('a finger that rests on a card takes it to another column', async ({ page }) => {
  await nextMonthWith(page, { posts: [planned('Walks', 10, { status: 'idea' }), planned('Film', 11)] })
  await page.getByRole('button', { name: 'Board', exact: true }).click()
  await page.getByRole('radio', { name: 'Posts' }).click()
  const card = (name: string) => page.getByRole('button', { name: new RegExp(`^${name},`) })
  const hand = await finger(page)
  const from = await middle(card('Walks'))
  const to = await middle(card('Film'))
  await hand.down(from.x, from.y)
  await expect(card('Walks')).toHaveAttribute('data-origin', 'true')
  await hand.to(to.x, to.y - 6)
  await hand.up()
  await expect(page.getByRole('list', { name: 'Draft' }).getByRole('heading')).toHaveText(['Walks', 'Film'])
})
