import type { Page } from '@playwright/test'
import { blankCampaign } from '../../renderer/data/commands/campaigns.ts'
import { blankChannel } from '../../shared/domain/channel.ts'
import type { DayNote } from '../../shared/domain/workspace.ts'
import { expect, test } from './app.ts'
import { rowsOf } from './database.ts'
import {
  carry,
  cell,
  drag,
  monthShown,
  nextMonth,
  nextMonthsPage,
  nextMonthWith,
  on,
  plan,
  planned,
  post,
} from './onCalendar.ts'

const MASTODON = blankChannel('mastodon', { id: 'masto', name: '@quarry', zone: 'UTC', order: 1 })

/** Holds what is carried at a side of the month until it has turned to another. */
async function holdAt(page: Page, side: 'left' | 'right', until: number): Promise<void> {
  const grid = await page.getByRole('grid', { name: 'Month' }).boundingBox()
  if (!grid) throw new Error('no month')
  await page.mouse.move(side === 'left' ? grid.x + 6 : grid.x + grid.width - 6, grid.y + 200, { steps: 4 })
  await monthShown(page, until)
  await page.mouse.move(grid.x + grid.width / 2, grid.y + 200)
}

const scroller = (page: Page) => page.locator('.rbc-time-content')
const scrolled = (page: Page) => scroller(page).evaluate((element) => element.scrollTop)

async function showOf(page: Page, date: string, what: 'day' | 'week'): Promise<void> {
  await cell(page, date).click({ button: 'right', position: { x: 60, y: 8 } })
  await page.getByRole('menuitem', { name: `Show this ${what}` }).click()
  await expect(scroller(page)).toBeVisible()
}

test('a card held at the edge turns the month, and is put down there', async ({ page }) => {
  await nextMonthsPage(page)
  await plan(page, nextMonth(10), '9:35 Three pockets')
  await carry(page, on(page, nextMonth(10), 'Three pockets'), cell(page, nextMonth(12)))
  await holdAt(page, 'right', 2)
  const target = page.locator('[role="gridcell"]').nth(17)
  const box = await target.boundingBox()
  if (!box) throw new Error('no day')
  await page.mouse.move(box.x + box.width / 2, box.y + 50, { steps: 4 })
  await page.mouse.up()
  await expect(target.locator('[data-post]', { hasText: 'Three pockets' })).toContainText('09:35')
  await page.keyboard.press('Control+z')
  await expect(post(page, 'Three pockets')).toHaveCount(0)
  await page.getByRole('button', { name: 'Previous month' }).click()
  await expect(on(page, nextMonth(10), 'Three pockets')).toBeVisible()
})

test('Escape after the month has turned brings back the month and the card', async ({ page }) => {
  await nextMonthsPage(page)
  await plan(page, nextMonth(10), '9:35 Three pockets')
  await carry(page, on(page, nextMonth(10), 'Three pockets'), cell(page, nextMonth(12)))
  await holdAt(page, 'right', 2)
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await monthShown(page, 1)
  await expect(on(page, nextMonth(10), 'Three pockets')).toBeVisible()
})

test('a refused drop says why and brings back the card, also from another month', async ({ page }) => {
  await nextMonthsPage(page)
  await plan(page, nextMonth(10), '9:35 Three pockets')
  await carry(page, on(page, nextMonth(10), 'Three pockets'), cell(page, nextMonth(12)))
  await holdAt(page, 'left', -1)
  const box = await page.locator('[role="gridcell"]').nth(10).boundingBox()
  if (!box) throw new Error('no day')
  await page.mouse.move(box.x + box.width / 2, box.y + 50, { steps: 4 })
  await page.mouse.up()
  await expect(page.locator('[data-toast]', { hasText: /is already past/ })).toBeVisible()
  await monthShown(page, 1)
  await expect(on(page, nextMonth(10), 'Three pockets')).toContainText('09:35')
})

test('a card held at the lower edge of a day scrolls its hours', async ({ page }) => {
  await nextMonthWith(page, { posts: [planned('Early', 15, {}, '01:00')] })
  await showOf(page, nextMonth(15), 'day')
  const box = await scroller(page).boundingBox()
  const chip = await post(page, 'Early').boundingBox()
  if (!box || !chip) throw new Error('not drawn')
  await page.mouse.move(chip.x + 20, chip.y + 8)
  await page.mouse.down()
  await page.mouse.move(chip.x + 40, chip.y + 60, { steps: 4 })
  const before = await scrolled(page)
  await page.mouse.move(box.x + box.width / 2, box.y + box.height - 6, { steps: 4 })
  await expect.poll(() => scrolled(page)).toBeGreaterThan(before + 200)
  await page.mouse.up()
  await expect(post(page, 'Early')).not.toContainText('01:00')
})

test('a rectangle drawn over days selects what it touches; with Shift it adds', async ({ page }) => {
  await nextMonthWith(page, { posts: [planned('One', 8), planned('Two', 9), planned('Far', 23)] })
  const draw = async (from: number, to: number) => {
    const start = await cell(page, nextMonth(from)).boundingBox()
    const end = await cell(page, nextMonth(to)).boundingBox()
    if (!start || !end) throw new Error('no days')
    // Below the posts of the first day, up into those of the last.
    await page.mouse.move(start.x + 30, start.y + start.height - 8)
    await page.mouse.down()
    await page.mouse.move(start.x + 40, start.y + start.height - 12, { steps: 2 })
    await page.mouse.move(end.x + end.width - 20, end.y + 30, { steps: 6 })
    await page.mouse.up()
  }
  const selected = (title: string) => expect(post(page, title)).toHaveAttribute('aria-pressed', 'true')
  const days = await Promise.all([8, 9].map((day) => cell(page, nextMonth(day)).boundingBox()))
  // Where the week breaks between the two, the rectangle is drawn over both weeks.
  const [first, last] = (days[0]?.x ?? 0) < (days[1]?.x ?? 0) ? [8, 9] : [9, 8]
  await draw(first, last)
  await selected('One')
  await selected('Two')
  await expect(page.getByText('2 selected', { exact: true })).toBeVisible()
  await expect(post(page, 'Far')).toHaveAttribute('aria-pressed', 'false')
  await page.keyboard.down('Shift')
  await draw(23, 23)
  await page.keyboard.up('Shift')
  await expect(page.getByText('3 selected', { exact: true })).toBeVisible()
})

test('the end of a campaign bar is drawn to another day; Undo brings it back', async ({ page }) => {
  const campaign = blankCampaign(1, { id: 'tarn', name: 'Tarn 28', startOn: nextMonth(8), endOn: nextMonth(10) })
  await nextMonthWith(page, { campaigns: [campaign] })
  const ends = async () => (await rowsOf(page, 'campaigns')).map(({ startOn, endOn }) => [startOn, endOn])
  const draw = async (end: 'start' | 'end', to: number) => {
    const grip = await page.locator(`[data-campaign="tarn"] [data-bar-end="${end}"]`).boundingBox()
    const day = await cell(page, nextMonth(to)).boundingBox()
    if (!grip || !day) throw new Error('no bar')
    await page.mouse.move(grip.x + 3, grip.y + 4)
    await page.mouse.down()
    await page.mouse.move(day.x + day.width / 2, day.y + 60, { steps: 8 })
  }
  await draw('end', 17)
  await page.mouse.up()
  await expect(page.locator('[data-toast]', { hasText: 'now runs' })).toBeVisible()
  expect(await ends()).toEqual([[nextMonth(8), nextMonth(17)]])
  await page.keyboard.press('Control+z')
  await expect.poll(ends).toEqual([[nextMonth(8), nextMonth(10)]])
  await draw('start', 9)
  await page.keyboard.press('Escape')
  await page.mouse.up()
  expect(await ends()).toEqual([[nextMonth(8), nextMonth(10)]])
})

test('a bar under the pointer dims the posts of other campaigns, and its menu shifts it', async ({ page }) => {
  const campaign = blankCampaign(1, { id: 'tarn', name: 'Tarn 28', startOn: nextMonth(8), endOn: nextMonth(8) })
  await nextMonthWith(page, {
    campaigns: [campaign],
    posts: [planned('Ours', 8, { campaignId: 'tarn' }), planned('Other', 9)],
  })
  const bar = page.locator('[data-campaign="tarn"]')
  await bar.hover()
  await expect(post(page, 'Other').locator('[data-dim]')).toBeVisible()
  await expect(post(page, 'Ours').locator('[data-dim]')).toHaveCount(0)
  await bar.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Shift…' }).click()
  await expect(page.getByText(/Shift “?Tarn 28/)).toBeVisible()
})

test('dropping a post that is out sends nothing: it asks to correct the date shown or to make a copy', async ({
  page,
}) => {
  await nextMonthWith(page, { posts: [planned('Out', 8, { status: 'published' })] })
  await drag(page, on(page, nextMonth(8), 'Out'), cell(page, nextMonth(15)))
  const asked = page.getByRole('dialog', { name: 'This post is out' })
  await expect(asked).toContainText('Nothing will be sent')
  await asked.getByRole('button', { name: 'Duplicate to here' }).click()
  await expect(on(page, nextMonth(15), 'Out (copy)')).toHaveAttribute('aria-label', /Draft/)
  await expect(on(page, nextMonth(8), 'Out')).toHaveAttribute('aria-label', /Published/)
  await drag(page, on(page, nextMonth(8), 'Out'), cell(page, nextMonth(17)))
  await asked.getByRole('button', { name: 'Correct the date shown' }).click()
  await expect(on(page, nextMonth(17), 'Out')).toHaveAttribute('aria-label', /09:00.*Published/)
  await page.keyboard.press('Control+z')
  await expect(on(page, nextMonth(8), 'Out')).toHaveAttribute('aria-label', /Published/)
})

test('an open slot stands on its day, starts a post at its time on its channel, and is gone when filled', async ({
  page,
}) => {
  const weekday = new Date(`${nextMonth(15)}T00:00:00Z`).getUTCDay() || 7
  await nextMonthWith(page, { channels: [{ ...MASTODON, slots: [{ weekday, time: '12:30' }] }] })
  const slot = cell(page, nextMonth(15)).getByRole('button', { name: 'Open slot 12:30, Mastodon' })
  await slot.click()
  await page.getByPlaceholder(/Launch teaser/).fill('Filled')
  await page.keyboard.press('Enter')
  await expect(on(page, nextMonth(15), 'Filled')).toHaveAttribute('aria-label', /12:30, Filled, Mastodon/)
  await expect(slot).toHaveCount(0)
})

test('a day that is pressed offers the next free slot of the channels the filter leaves; the post is seen with it', async ({
  page,
}) => {
  const weekday = new Date(`${nextMonth(15)}T00:00:00Z`).getUTCDay() || 7
  const early = { ...MASTODON, id: 'early', name: '@early', slots: [{ weekday, time: '07:10' }] }
  const tarn = blankCampaign(1, { id: 'tarn', name: 'Tarn 28' })
  await nextMonthWith(page, {
    channels: [early, { ...MASTODON, slots: [{ weekday, time: '12:30' }] }],
    campaigns: [tarn],
    posts: [planned('Taken', 22, { channelIds: ['early'], campaignId: 'tarn' }, '07:10')],
  })
  await plan(page, nextMonth(15), 'First')
  await expect(on(page, nextMonth(15), 'First')).toContainText('07:10')
  await plan(page, nextMonth(22), 'Next')
  await expect(on(page, nextMonth(22), 'Next')).toContainText('12:30')
  await page.setViewportSize({ width: 1600, height: 900 })
  for (const [filter, option] of [
    ['Channel', '@quarry'],
    ['Campaign', 'Tarn 28'],
  ] as const) {
    await page.getByRole('toolbar').getByRole('button', { name: filter, exact: true }).click()
    await page.getByRole('option', { name: option }).click()
    await page.keyboard.press('Escape')
  }
  await expect(on(page, nextMonth(22), 'Taken')).toHaveCount(0)
  await plan(page, nextMonth(15), 'Of the filter')
  const made = on(page, nextMonth(15), 'Of the filter')
  await expect(made).toHaveAttribute('aria-label', /12:30, Of the filter, Mastodon/)
  expect((await rowsOf(page, 'posts')).find(({ title }) => title === 'Of the filter')?.campaignId).toBe('tarn')
})

test('what a card would clash with is said while it is in the hand: a neighbour, the same text, a blackout', async ({
  page,
}) => {
  const note: DayNote = {
    id: 'freeze',
    kind: 'blackout',
    text: 'Press freeze',
    on: nextMonth(24),
    until: nextMonth(24),
    trashedAt: 0,
  }
  await nextMonthWith(page, {
    channels: [MASTODON],
    dayNotes: [note],
    posts: [
      planned('Neighbour', 15, { channelIds: ['masto'] }),
      planned('Carried', 8, { channelIds: ['masto'], excerpt: 'The very words' }, '10:00'),
      planned('Twin', 26, { channelIds: ['masto'], excerpt: 'The very words' }, '20:00'),
    ],
  })
  const over = async (day: number) => {
    const box = await cell(page, nextMonth(day)).boundingBox()
    if (!box) throw new Error('no day')
    await page.mouse.move(box.x + box.width / 2, box.y + box.height - 10, { steps: 4 })
  }
  await carry(page, on(page, nextMonth(8), 'Carried'), cell(page, nextMonth(15)))
  await over(15)
  await expect(page.getByText('Clash on Mastodon')).toBeVisible()
  await expect(page.getByText(/1 h after “Neighbour”.*keeps 2 h/)).toBeVisible()
  await expect(page.getByText('11:00 is free')).toBeVisible()
  await over(24)
  await expect(page.getByText('Nothing should go out: Press freeze.')).toBeVisible()
  await over(11)
  await expect(page.getByText(/“Twin” says the same/)).toBeVisible()
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await expect(on(page, nextMonth(8), 'Carried')).toBeVisible()
})

test('week and day open at the first post and come back to where they were scrolled', async ({ page }) => {
  await nextMonthWith(page, { posts: [planned('Afternoon', 15, {}, '15:00')] })
  await showOf(page, nextMonth(15), 'week')
  await expect(post(page, 'Afternoon')).toBeInViewport()
  await scroller(page).hover()
  await page.mouse.wheel(0, -400)
  await expect.poll(() => scrolled(page)).toBeLessThan(400)
  const left = await scrolled(page)
  await page.getByRole('radio', { name: 'Day', exact: true }).click()
  await expect(page.locator('[data-drop="time"]')).toHaveCount(1)
  await expect(post(page, 'Afternoon')).toBeInViewport()
  await page.getByRole('radio', { name: 'Week' }).click()
  await expect(page.locator('[data-drop="time"]')).toHaveCount(7)
  await expect.poll(async () => Math.abs((await scrolled(page)) - left)).toBeLessThan(2)
  await page.getByRole('button', { name: 'Board', exact: true }).click()
  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await expect(page.locator('[data-drop="time"]')).toHaveCount(7)
  await expect.poll(async () => Math.abs((await scrolled(page)) - left)).toBeLessThan(2)
})

test('a second time zone stands beside the hours, and the tooltip of a card tells both', async ({ page }) => {
  await nextMonthWith(page, { posts: [planned('Launch', 15, {}, '23:30')] })
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Time', exact: true }).click()
  await page.getByLabel('Second zone').click()
  await page.keyboard.type('Tokyo')
  await page.getByRole('option', { name: /Tokyo/ }).click()
  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await showOf(page, nextMonth(15), 'day')
  await expect(page.getByTitle('Asia/Tokyo')).toBeVisible()
  await post(page, 'Launch').hover()
  await expect(post(page, 'Launch')).toHaveAttribute('title', /23:30 UTC[\s\S]*08:30 Tokyo/)
})

test('empty hours of the night are folded to a strip; a press shows them, a post among them keeps its place', async ({
  page,
}) => {
  await nextMonthWith(page, { posts: [planned('Launch', 15), planned('Owls', 22, {}, '02:00')] })
  await showOf(page, nextMonth(15), 'day')
  const strip = page.getByRole('button', { name: '00:00 – 08:00, nothing planned' })
  await strip.click()
  await expect(page.locator('[data-hour="03:00"]')).toBeVisible()
  await page.getByRole('button', { name: 'Fold 00:00 – 08:00' }).click()
  await expect(strip).toBeVisible()
  await expect(page.locator('[data-hour="03:00"]')).toHaveCount(0)
  await page.getByRole('radio', { name: 'Month' }).click()
  await showOf(page, nextMonth(22), 'day')
  await expect(page.getByRole('button', { name: '03:00 – 08:00, nothing planned' })).toBeVisible()
  const hour = await page.locator('[data-hour="02:00"]').boundingBox()
  const owls = await post(page, 'Owls').boundingBox()
  expect(Math.abs((owls?.y ?? 0) - (hour?.y ?? 0) - 8)).toBeLessThan(3)
})

test('a tile of the month tells time, networks, status by shape, two lines of title, and its picture where there is room', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1920, height: 1080 })
  await page.getByRole('button', { name: /sample/i }).click()
  const tile = page.locator('[role="gridcell"] [data-post]:has(img)').first()
  await expect(tile.locator('time')).toHaveText(/^\d\d:\d\d$/)
  await expect(tile.locator('svg[role="img"]')).toHaveAttribute('aria-label', /\w/)
  await expect(tile.locator('img')).toBeVisible()
  const words = (await tile.getAttribute('aria-label')) ?? ''
  expect(words.split(', ').length).toBeGreaterThan(3)
  const title = tile.locator('[dir="auto"]')
  expect(await title.evaluate((element) => getComputedStyle(element).webkitLineClamp)).toBe('2')
})
