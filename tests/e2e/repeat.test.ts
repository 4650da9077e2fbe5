/** Posts that repeat, evergreens that fill gaps, and texts that were said before. */
import type { Page } from '@playwright/test'
import { blankChannel } from '../../shared/domain/channel.ts'
import { weekday } from '../../shared/domain/time.ts'
import { expect, test } from './app.ts'
import {
  carry,
  cell,
  drag,
  nextMonth,
  nextMonthsPage,
  nextMonthWith,
  on,
  plan,
  planned,
  post,
  undated,
} from './onCalendar.ts'

const peek = (page: Page, title: string) => page.getByRole('region', { name: `Post: ${title}` })
const inMenu = (page: Page, name: string) => page.getByRole('menuitem', { name }).click()

test('a post repeats four times; one is edited and given to those after it, moved with them, and the series is ended', async ({
  page,
}) => {
  await nextMonthsPage(page)
  await plan(page, nextMonth(2), '9:00 Desk notes')
  await on(page, nextMonth(2), 'Desk notes').click()
  await peek(page, 'Desk notes').getByRole('button', { name: 'Repeats: never' }).click()
  const form = page.getByRole('dialog', { name: 'Repeat this post' })
  await expect(form.getByRole('list', { name: 'Next dates' }).getByRole('listitem')).toHaveCount(5)
  await form.getByRole('combobox', { name: 'Ends' }).click()
  await page.getByRole('option', { name: 'after' }).click()
  await form.getByRole('spinbutton', { name: 'How many times' }).fill('4')
  await expect(form.getByRole('list', { name: 'Next dates' }).getByRole('listitem')).toHaveCount(4)
  await form.getByRole('button', { name: 'Plan 3 more posts' }).click()
  await expect(post(page, 'Desk notes')).toHaveCount(4)

  await on(page, nextMonth(9), 'Desk notes').dblclick()
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Desk news')
  await page.getByRole('textbox', { name: 'Title', exact: true }).press('Enter')
  await page.getByRole('tab', { name: 'Details', exact: true }).click()
  await page.getByRole('button', { name: /^Repeats: 2nd of 4, every week on / }).click()
  await inMenu(page, 'Give its content to those after it')
  await expect(page.getByText('Gave its content to 2 posts', { exact: true }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await expect(on(page, nextMonth(2), 'Desk notes')).toBeVisible()
  for (const day of [9, 16, 23]) await expect(on(page, nextMonth(day), 'Desk news')).toBeVisible()

  await drag(page, on(page, nextMonth(16), 'Desk news'), cell(page, nextMonth(17)))
  await page.getByRole('button', { name: 'Move those after it too' }).click()
  await expect(on(page, nextMonth(24), 'Desk news')).toHaveAttribute('aria-label', /repeats/)

  await on(page, nextMonth(9), 'Desk news').click()
  await peek(page, 'Desk news')
    .getByRole('button', { name: /^Repeats: / })
    .click()
  await inMenu(page, 'End after this one')
  await expect(post(page, 'Desk news')).toHaveCount(1)
  await page.keyboard.press('Control+z')
  await expect(post(page, 'Desk news')).toHaveCount(3)
})

test('gaps are filled from an evergreen: seen first, one left out, one undo', async ({ page }) => {
  const tea = blankChannel('mastodon', {
    id: 'tea',
    zone: 'UTC',
    name: '@quarry',
    slots: [{ weekday: weekday(nextMonth(1)), time: '12:30' }],
  })
  await nextMonthWith(page, {
    channels: [tea],
    posts: [
      planned('Three pockets', 3, { planned: null, plannedAt: -1, channelIds: ['tea'] }),
      planned('In between', 15, { channelIds: ['tea'] }, '12:30'),
    ],
  })
  await undated(page).locator('[data-post]').filter({ hasText: 'Three pockets' }).click()
  await peek(page, 'Three pockets').getByRole('button', { name: 'Evergreen: Off' }).click()
  const rule = page.getByRole('dialog', { name: 'Evergreen', exact: true })
  await rule.getByLabel('Rests between two uses on a channel').fill('14')
  await rule.getByRole('checkbox', { name: 'Only in a part of the year' }).click()
  await rule.getByRole('spinbutton', { name: 'From: day' }).fill('15')
  await rule.getByRole('checkbox', { name: 'Only in a part of the year' }).click()
  await rule.getByRole('button', { name: 'Use again' }).click()
  await expect(page.getByRole('button', { name: 'Evergreen: After 14 days', exact: true })).toBeVisible()

  await page.keyboard.press('Control+k')
  await page.getByRole('dialog', { name: 'Search or do' }).getByRole('combobox').fill('fill gaps')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Fill gaps from evergreens' })
  const ticks = dialog.getByRole('checkbox', { name: /Three pockets/ })
  await expect(ticks).toHaveCount(2)
  await expect(dialog.getByText('Stays open: “Three pockets” stands 7 days away and rests 14').first()).toBeVisible()
  await dialog.getByRole('radio', { name: 'Pool (1)' }).click()
  await expect(dialog.getByText('After 14 days · 0 uses')).toBeVisible()
  await dialog.getByRole('radio', { name: 'Gaps' }).click()
  await expect(dialog.getByRole('button', { name: 'Plan 2 posts' })).toBeVisible()
  await ticks.last().click()
  await dialog.getByRole('button', { name: 'Plan 1 post', exact: true }).click()
  await expect(on(page, nextMonth(1), 'Three pockets')).toContainText('12:30')
  await expect(page.locator('[role="gridcell"] [data-post]').filter({ hasText: 'Three pockets' })).toHaveCount(1)
  await page.keyboard.press('Control+z')
  await expect(on(page, nextMonth(1), 'Three pockets')).toHaveCount(0)
})

test('a near duplicate on another channel is said while the card is in hand, and beside the post', async ({ page }) => {
  await nextMonthWith(page, {
    posts: [
      planned('The kettle sings at last on every rainy morning in spring', 9),
      planned('The kettle sings at last on every windy morning in spring', 11),
      planned('Nothing of that kind', 12),
    ],
  })
  await carry(page, post(page, 'windy'), cell(page, nextMonth(17)))
  await expect(page.getByText('Nearly the same text')).toBeVisible()
  await expect(page.getByText(/rainy morning in spring” says nearly the same \(\d\d %\) on/)).toBeVisible()
  await page.mouse.up()
  await post(page, 'windy').click()
  await expect(page.getByText(/Nearly the same as “The kettle .* rainy .*” on .* \(\d\d %\)/)).toBeVisible()
  await post(page, 'Nothing of that kind').click()
  await expect(peek(page, 'Nothing of that kind')).toBeVisible()
  await expect(page.getByText(/Nearly the same as/)).toHaveCount(0)
})
