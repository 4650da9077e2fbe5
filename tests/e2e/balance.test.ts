import type { Page } from '@playwright/test'
import { blankPost } from '../../renderer/data/commands/posts.ts'
import { blankChannel, type Channel } from '../../shared/domain/channel.ts'
import { ownTime, plainPlacement } from '../../shared/domain/placement.ts'
import type { Pillar } from '../../shared/domain/workspace.ts'
import { expect, test } from './app.ts'
import { rowsOf } from './database.ts'
import { carry, cell, drag, nextMonth, nextMonthWith, on, planned, post, undated } from './onCalendar.ts'

const weekdayOf = (day: number) => ((new Date(`${nextMonth(day)}T00:00:00Z`).getUTCDay() + 6) % 7) + 1
/** A channel with one slot a week, on the weekday of a day of next month. */
const channel = (id: string, day: number, time: string, fields: Partial<Channel> = {}) =>
  blankChannel(id === 'ig' ? 'instagram' : 'linkedin', {
    id,
    name: `@${id}`,
    zone: 'UTC',
    spacing: 0,
    slots: [{ weekday: weekdayOf(day), time }],
    ...fields,
  })
/** A time of next month as a plan is written: `Wed 9 Dec, 16:00`. */
const nextMonthWhen = (day: number, time: string) => new RegExp(` ${day} \\w+, ${time}$`)
const slot = (page: Page, date: string) => cell(page, date).locator('[data-slot]')
const column = (page: Page, day: number) => page.locator(`[data-drop="time"][data-day="${nextMonth(day)}"]`)

async function showWeekOf(page: Page, day: number): Promise<void> {
  await cell(page, nextMonth(day)).click({ button: 'right', position: { x: 60, y: 8 } })
  await page.getByRole('menuitem', { name: 'Show this week' }).click()
}

test('an open slot is a pale badge; a press on it starts a post there, and the filled slot hides its badge', async ({
  page,
}) => {
  await nextMonthWith(page, { channels: [channel('ig', 15, '12:30')] })
  const badge = slot(page, nextMonth(15))
  await expect(badge).toHaveText(/12:30\s*Ig/)
  await badge.click()
  await page.getByPlaceholder(/Launch teaser/).fill('Night tent')
  await page.keyboard.press('Enter')
  await expect(on(page, nextMonth(15), 'Night tent')).toContainText('12:30')
  await expect(badge).toHaveCount(0)
  await expect(page.locator('[data-toast]', { hasText: 'Created “Night tent”' })).toBeVisible()
  await expect(page.getByPlaceholder(/Launch teaser/)).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(badge).toBeVisible()
})

test('a card dropped on a slot takes its time; beside it the card keeps its own', async ({ page }) => {
  await nextMonthWith(page, {
    channels: [channel('ig', 15, '12:30')],
    posts: [planned('Two knots', 9, { channelIds: ['ig'] }, '09:35'), planned('Rain', 10, {}, '08:05')],
  })
  await drag(page, post(page, 'Two knots'), slot(page, nextMonth(15)))
  await expect(on(page, nextMonth(15), 'Two knots')).toContainText('12:30')
  await page.keyboard.press('Control+z')
  await expect(on(page, nextMonth(9), 'Two knots')).toContainText('09:35')
  await drag(page, post(page, 'Rain'), cell(page, nextMonth(15)))
  await expect(on(page, nextMonth(15), 'Rain')).toContainText('08:05')
})

test('week and day have the same slots, at their minute, and a card can be put on them', async ({ page }) => {
  await nextMonthWith(page, {
    channels: [channel('ig', 15, '12:30'), channel('li', 15, '12:30')],
    posts: [planned('Two knots', 15, { channelIds: ['li'] }, '16:00')],
  })
  await showWeekOf(page, 15)
  const badge = column(page, 15).locator('[data-slot]')
  // One badge for both channels.
  await expect(badge).toHaveText(/12:30\s*Ig Li/)
  await drag(page, post(page, 'Two knots'), badge)
  await expect(post(page, 'Two knots')).toContainText('12:30')
  // LinkedIn has its post now.
  await expect(badge).toHaveText(/12:30\s*Ig\s*open/)
  await page.getByRole('radio', { name: 'Day' }).click()
  await expect(column(page, 15).locator('[data-slot]')).toHaveText(/12:30\s*Ig\s*open/)
})

test('slots follow the filter of channels', async ({ page }) => {
  await nextMonthWith(page, { channels: [channel('ig', 15, '12:30'), channel('li', 15, '08:00')] })
  await expect(slot(page, nextMonth(15))).toHaveCount(2)
  await page.setViewportSize({ width: 1600, height: 900 })
  await page.getByRole('toolbar').getByRole('button', { name: 'Channel', exact: true }).click()
  await page.getByRole('option', { name: /@li/ }).click()
  await page.keyboard.press('Escape')
  await expect(slot(page, nextMonth(15))).toHaveText(/08:00\s*Li/)
})

test('where a week has many slots they wait for the pointer, and those of the post in the hand show themselves', async ({
  page,
}) => {
  const busy = channel('ig', 15, '12:30', {
    slots: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, time: '12:30' })),
  })
  await nextMonthWith(page, { channels: [busy], posts: [planned('Two knots', 9, { channelIds: ['ig'] })] })
  const badge = slot(page, nextMonth(16))
  await expect(badge).toBeHidden()
  await cell(page, nextMonth(16)).hover()
  await expect(badge).toBeVisible()
  await carry(page, post(page, 'Two knots'), cell(page, nextMonth(10)))
  await expect(badge).toBeVisible()
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await expect(badge).toBeHidden()
})

const balance = (page: Page) => page.getByRole('region', { name: 'Balance' })
const pillar = (id: string, share: number): Pillar => ({
  id,
  name: id,
  hue: 'pine',
  purpose: '',
  share,
  trashedAt: 0,
})
/** A channel that aims at eight posts a month, takes one a day, and is silent from the 4th to the 23rd. */
const SILENT = {
  channels: [channel('ig', 15, '12:30', { slots: [], target: 8, perDay: 1 })],
  pillars: [pillar('Craft', 60), pillar('People', 40)],
  posts: [
    planned('Early', 3, { channelIds: ['ig'], pillarId: 'Craft' }),
    planned('Late', 24, { channelIds: ['ig'], pillarId: 'People' }, '10:00'),
    planned('Later', 24, { channelIds: ['ig'], pillarId: 'Craft' }, '16:00'),
    blankPost(1, { id: 'idea', title: 'Waiting idea', channelIds: ['ig'], pillarId: 'People' }),
  ],
}

test('the balance names mix, cadence, gaps and pile-ups, and leads to the day; it is there again after a restart', async ({
  page,
}) => {
  await nextMonthWith(page, SILENT)
  await page.keyboard.press('b')
  await expect(balance(page).getByRole('img', { name: 'Craft: 67 percent, 2 posts, target 60 percent' })).toBeVisible()
  await expect(balance(page).getByRole('button', { name: /@ig: 3 of 8 posts, 5 short/ })).toBeVisible()
  await expect(balance(page).getByRole('button', { name: '2 posts on a day, takes 1' })).toBeVisible()
  const gap = balance(page).getByRole('button', { name: '20 days without a post' })
  await gap.hover()
  await expect(cell(page, nextMonth(10))).toHaveAttribute('data-lit')
  await expect(cell(page, nextMonth(25))).not.toHaveAttribute('data-lit')
  await gap.click()
  await expect(cell(page, nextMonth(4))).toBeFocused()
  await page.reload()
  await expect(balance(page)).toBeVisible()
  await page.getByRole('button', { name: 'Balance' }).click()
  await expect(balance(page)).toHaveCount(0)
})

test('the balance follows a card while it is in the hand, and Escape leaves it as it was', async ({ page }) => {
  await nextMonthWith(page, SILENT)
  await page.keyboard.press('b')
  const silent = balance(page).getByRole('button', { name: /days without a post/ })
  const cadence = balance(page).getByRole('button', { name: /@ig: 3 of 8 posts, 5 short/ })
  await expect(cadence).toBeVisible()
  await carry(page, undated(page).locator('[data-post]').first(), cell(page, nextMonth(10)))
  // Not let go of yet.
  await expect(balance(page).getByRole('button', { name: /@ig: 4 of 8 posts, 4 short/ })).toBeVisible()
  await expect(balance(page).getByRole('img', { name: /People: 50 percent, 2 posts/ })).toBeVisible()
  await expect(silent).toHaveText([/13 days/])
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await expect(cadence).toBeVisible()
  await expect(silent).toHaveText([/20 days/])
  // A move within the month mends the pile-up and splits the silence.
  await carry(page, on(page, nextMonth(24), 'Later'), cell(page, nextMonth(14)))
  await expect(balance(page).getByRole('button', { name: /takes 1/ })).toHaveCount(0)
  await expect(silent).toHaveText([/10 days/, /9 days/])
  await page.mouse.up()
  await expect(on(page, nextMonth(14), 'Later')).toBeVisible()
  await expect(silent).toHaveText([/10 days/, /9 days/])
})

test('ninety-six channels stay readable: those off their target first, the others folded; a press shows one alone', async ({
  page,
}) => {
  const channels = Array.from({ length: 96 }, (_, index) =>
    channel(`c${index}`, 15, '12:30', { slots: [], target: index < 10 ? 2 : 0, order: index }),
  )
  await nextMonthWith(page, { channels, posts: [planned('One', 9, { channelIds: ['c0', 'c40'] })] })
  await page.keyboard.press('b')
  await expect(balance(page)).toContainText('10 channels short')
  await expect(balance(page).getByRole('button', { name: /of 2 posts/ })).toHaveCount(10)
  await balance(page).getByRole('button', { name: '86 without a target' }).click()
  await balance(page)
    .getByRole('button', { name: /@c40: 1 post/ })
    .click()
  await expect(balance(page).getByRole('button', { name: /: \d+ post/ })).toHaveCount(1)
  await expect(on(page, nextMonth(9), 'One')).toBeVisible()
})

/** A channel with a slot at nine every day of the week, quiet at night. */
const DAILY = channel('ig', 15, '09:00', {
  slots: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, time: '09:00' })),
  quiet: { from: '21:00', to: '07:00' },
  perDay: 2,
})

test('the next best slot is explained and taken with one press, from the plan of a post; one undo takes it back', async ({
  page,
}) => {
  await nextMonthWith(page, {
    channels: [DAILY],
    posts: [planned('Two knots', 9, { channelIds: ['ig'] }, '16:00')],
  })
  await post(page, 'Two knots').click()
  await page.getByRole('button', { name: nextMonthWhen(9, '16:00') }).click()
  await page.getByRole('button', { name: 'Next best slot' }).click()
  const slots = page.getByRole('list', { name: 'Next best slots' }).getByRole('button')
  await expect(slots).toHaveCount(3)
  await expect(slots.first()).toContainText('09:00')
  await expect(slots.first()).toContainText('A slot of @ig, outside quiet hours, nothing else that day')
  await slots.first().click()
  await expect(page.locator('[data-toast]', { hasText: 'Planned “Two knots” for' })).toBeVisible()
  await expect(on(page, nextMonth(9), 'Two knots')).toHaveCount(0)
  await expect(slots.first()).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+z')
  await expect(on(page, nextMonth(9), 'Two knots')).toContainText('16:00')
})

test('several posts get a slot each, by one key, as one step', async ({ page }) => {
  await nextMonthWith(page, {
    channels: [DAILY],
    posts: ['One', 'Two', 'Three'].map((title) => planned(title, 9, { channelIds: ['ig'] }, '16:00')),
  })
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Shift+w')
  const dialog = page.getByRole('dialog', { name: 'Next best slots' })
  await expect(dialog.getByRole('listitem')).toHaveCount(3)
  await dialog.getByRole('button', { name: 'Plan 3 posts' }).click()
  await expect(page.locator('[data-toast]', { hasText: 'Planned 3 posts at their next best slots' })).toBeVisible()
  const times = (await rowsOf(page, 'posts')).map(({ planned: when }) => (when as { time: string }).time)
  expect(times).toEqual(['09:00', '09:00', '09:00'])
  expect(new Set((await rowsOf(page, 'posts')).map(({ plannedAt }) => plannedAt)).size).toBe(3)
  await page.keyboard.press('Control+z')
  await expect(cell(page, nextMonth(9)).locator('[data-post]')).toHaveCount(3)
})

test('where there is no slot to propose it is said why', async ({ page }) => {
  await nextMonthWith(page, {
    channels: [channel('ig', 15, '12:30', { slots: [] })],
    posts: [planned('Two knots', 9, { channelIds: ['ig'] })],
  })
  await post(page, 'Two knots').click()
  await page.keyboard.press('Shift+w')
  await expect(page.getByRole('dialog')).toContainText('Its channel has no posting slots.')
})

/** A post at nine on the 9th; LinkedIn has it at 15:00 on the 16th. */
const APART = {
  channels: [channel('ig', 15, '12:30', { slots: [] }), channel('li', 15, '12:30', { slots: [] })],
  posts: [planned('Two knots', 9, { channelIds: ['ig', 'li'] })],
  placements: [
    {
      ...plainPlacement('Two knots', 'li', 1),
      ...ownTime({ date: nextMonth(16), time: '15:00', zone: 'UTC' }),
    },
  ],
}
const ownTimeOf = async (page: Page) =>
  (await rowsOf(page, 'placements')).map(({ planned: when }) => Object.values(when as object).join(' '))

test('a channel with a time of its own has its own card, in month, week, day and list; the post is counted once', async ({
  page,
}) => {
  await nextMonthWith(page, APART)
  const own = on(page, nextMonth(16), 'Two knots')
  await expect(own).toHaveAttribute('aria-label', /^15:00, Two knots, LinkedIn, Draft, at a time of its own$/)
  await expect(on(page, nextMonth(9), 'Two knots')).toHaveAttribute(
    'aria-label',
    /^09:00, Two knots, Instagram, Draft$/,
  )
  await expect(page.getByText('1 post, 2 deliveries')).toBeVisible()
  // A week that the plan of the post is not in.
  await showWeekOf(page, 16)
  await expect(column(page, 16).locator('[data-post]')).toContainText('15:00')
  await page.getByRole('radio', { name: 'Day' }).click()
  await expect(column(page, 16).locator('[data-post]')).toContainText('15:00')
  await page.getByRole('radio', { name: 'List' }).click()
  const rows = page.getByRole('region', { name: 'Posts by day' }).locator('[data-post]')
  await expect(rows).toHaveText([/09:00/, /15:00/])
})

test('moving the card of a channel moves that channel alone; moving the post takes it along', async ({ page }) => {
  await nextMonthWith(page, APART)
  await drag(page, on(page, nextMonth(16), 'Two knots'), cell(page, nextMonth(17)))
  await expect(page.locator('[data-toast]', { hasText: 'Moved @li alone to' })).toBeVisible()
  await expect(on(page, nextMonth(17), 'Two knots')).toContainText('15:00')
  await expect(on(page, nextMonth(9), 'Two knots')).toContainText('09:00')
  await expect.poll(() => ownTimeOf(page)).toEqual([`${nextMonth(17)} 15:00 UTC`])
  await page.keyboard.press('Control+z')
  await expect(on(page, nextMonth(16), 'Two knots')).toBeVisible()
  await drag(page, on(page, nextMonth(9), 'Two knots'), cell(page, nextMonth(10)))
  await expect(on(page, nextMonth(17), 'Two knots')).toContainText('15:00')
  await page.keyboard.press('Control+z')
  await expect(on(page, nextMonth(16), 'Two knots')).toBeVisible()
  await expect(on(page, nextMonth(9), 'Two knots')).toBeVisible()
})

test('the card of a channel put on its post, or off the page, goes with the post again', async ({ page }) => {
  await nextMonthWith(page, APART)
  await drag(page, on(page, nextMonth(16), 'Two knots'), undated(page))
  await expect(page.locator('[data-toast]', { hasText: '@li goes with its post again' })).toBeVisible()
  await expect(post(page, 'Two knots')).toHaveCount(1)
  await expect(post(page, 'Two knots')).toHaveAttribute('aria-label', /Instagram, LinkedIn/)
  expect(await rowsOf(page, 'placements')).toEqual([])
})

test('the keyboard reaches the card of a channel and moves it alone; Enter opens its post', async ({ page }) => {
  await nextMonthWith(page, APART)
  await on(page, nextMonth(9), 'Two knots').click()
  await page.keyboard.press('j')
  await expect(on(page, nextMonth(16), 'Two knots')).toBeFocused()
  await page.keyboard.press('Shift+ArrowRight')
  await expect(on(page, nextMonth(17), 'Two knots')).toBeFocused()
  await expect(on(page, nextMonth(9), 'Two knots')).toBeVisible()
  await expect.poll(() => ownTimeOf(page)).toEqual([`${nextMonth(17)} 15:00 UTC`])
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Two knots')
})
