/** The rules of the networks wherever posts are handled: on cards, at a drop, before a status, in a change of many, in an import. */
import type { Page } from '@playwright/test'
import { blankPost, textFields } from '../../renderer/data/commands/posts.ts'
import { blankChannel } from '../../shared/domain/channel.ts'
import type { PostStatus } from '../../shared/domain/status.ts'
import { docOfParts } from '../../shared/platforms/shown.ts'
import { expect, test } from './app.ts'
import { putRows, rowsOf } from './database.ts'
import { cell, drag, nextMonth, nextMonthWith, on, planned, undated } from './onCalendar.ts'

const CHANNELS = [
  blankChannel('x', { id: 'x', zone: 'UTC', name: 'Fernhollow on X', order: 0 }),
  blankChannel('linkedin', { id: 'li', zone: 'UTC', name: 'Fernhollow', order: 1 }),
  blankChannel('facebook', { id: 'fb', zone: 'UTC', name: 'Fernhollow page', order: 2 }),
]
const DAY_MS = 86_400_000
const isoDay = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)

interface Wanted {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly channelIds: readonly string[]
  readonly status?: PostStatus
  /** Days from today; absent: no date. */
  readonly day?: number
}

function rowsFor({ id, title, text, channelIds, status = 'draft', day }: Wanted) {
  const planned = day === undefined ? null : { date: isoDay(day), time: '12:00', zone: 'UTC' }
  const doc = docOfParts([{ text, pictures: [] }])
  return {
    post: { ...blankPost(1, { id, title, channelIds, status, planned }), ...textFields(doc) },
    document: { id, content: doc.content },
  }
}

/** A workspace with three channels and these posts. */
async function workspaceOf(page: Page, ...posts: readonly Wanted[]): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  const rows = posts.map(rowsFor)
  await putRows(page, {
    channels: CHANNELS,
    posts: rows.map(({ post }) => post),
    documents: rows.map(({ document }) => document),
  })
  await page.reload()
  await page.locator('[data-day]').first().waitFor()
}

const toBoard = async (page: Page) => {
  await page.getByRole('button', { name: 'Board', exact: true }).click()
  await page.getByRole('radio', { name: 'Posts' }).click()
}
const card = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name},`) })
const notReady = (page: Page) => page.getByRole('dialog', { name: /not ready$/ })
const statusOf = async (page: Page, id: string) => (await rowsOf(page, 'posts')).find((row) => row.id === id)?.status
const LONG = 'Every seam of it can be opened, mended and closed again. '.repeat(6)

test('a card cannot be carried into a status a network would refuse: the list of what is missing leads to each field', async ({
  page,
}) => {
  await workspaceOf(page, { id: 'seams', title: 'Seams', text: LONG, channelIds: ['x', 'li'], day: 3 })
  await toBoard(page)
  await expect(card(page, 'Seams')).toHaveAccessibleDescription(/X: Text has 341 characters/)
  await card(page, 'Seams').click()
  await page.keyboard.press('Shift+ArrowRight')
  const list = notReady(page)
  await expect(list).toContainText('“Seams” is not ready')
  await list.getByRole('button', { name: /^X: Text has 341 characters, 61 more than X takes \(280\)\.$/ }).click()
  await expect(page.getByRole('tab', { name: /^X/, selected: true })).toBeVisible()
  expect(await statusOf(page, 'seams')).toBe('draft')
})

test('of several posts those that are ready can have the status at once, the others are named', async ({ page }) => {
  await workspaceOf(
    page,
    { id: 'a', title: 'Fits', text: 'Short.', channelIds: ['x'], day: 3 },
    { id: 'b', title: 'Too long', text: LONG, channelIds: ['x'], day: 3 },
    { id: 'c', title: 'Undated', text: 'Short.', channelIds: ['x'] },
  )
  await toBoard(page)
  await card(page, 'Fits').click()
  await card(page, 'Too long').click({ modifiers: ['ControlOrMeta'] })
  await card(page, 'Undated').click({ modifiers: ['ControlOrMeta'] })
  await page
    .getByRole('toolbar', { name: 'For 3 selected posts' })
    .getByRole('button', { name: /^Status/ })
    .click()
  await page.getByRole('menuitem', { name: 'Scheduled' }).click()
  const list = notReady(page)
  await expect(list.getByRole('heading', { level: 3 })).toHaveText(['Too long', 'Undated'])
  await expect(list.getByRole('button', { name: 'It has no date yet.' })).toBeVisible()
  await list.getByRole('button', { name: 'Scheduled: the other 1' }).click()
  await expect.poll(() => statusOf(page, 'a')).toBe('scheduled')
  expect(await statusOf(page, 'b')).toBe('draft')
  expect(await statusOf(page, 'c')).toBe('draft')
})

test('the panel beside a post keeps it back too, and a missing date leads to the date', async ({ page }) => {
  await workspaceOf(page, { id: 'c', title: 'Undated', text: 'Short.', channelIds: ['x'], status: 'approved' })
  await toBoard(page)
  await card(page, 'Undated').click()
  await page.keyboard.press('s')
  await page.keyboard.type('Scheduled')
  await page.keyboard.press('Enter')
  await notReady(page).getByRole('button', { name: 'It has no date yet.' }).click()
  await expect(page.getByRole('dialog', { name: 'Planned for' })).toBeVisible()
})

test('a card whose post a network would refuse is marked where it is drawn, and no more once it is mended', async ({
  page,
}) => {
  await workspaceOf(
    page,
    { id: 'a', title: 'Fits', text: 'Short.', channelIds: ['x'], day: 0 },
    { id: 'b', title: 'Seams', text: LONG, channelIds: ['x', 'li'], day: 0 },
    { id: 'c', title: 'Only an idea', text: LONG, channelIds: ['x'], status: 'idea', day: 0 },
  )
  const marked = page.locator('[data-post]').filter({ has: page.getByRole('img', { name: /^X: Text has 341/ }) })
  await expect(marked).toHaveAccessibleName(/Seams.*cannot go out/)
  await marked.hover()
  await expect(marked).toHaveAttribute('title', /X: Text has 341 characters, 61 more than X takes \(280\)\./)
  await page.getByRole('radio', { name: 'List' }).click()
  await expect(page.getByRole('button', { name: /Seams.*cannot go out/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /cannot go out/ })).toHaveCount(1)

  // Taken off X by another screen: the mark goes by itself.
  await toBoard(page)
  await expect(page.getByRole('img', { name: /^X: Text has 341/ })).toHaveCount(1)
  await card(page, 'Seams').click()
  await page.keyboard.press('h')
  await page.getByRole('option', { name: /Fernhollow on X/ }).click()
  await expect(page.getByRole('img', { name: /^X: Text has 341/ })).toHaveCount(0)
})

test('a drop out of the time a network takes over says so, and stays where it was put', async ({ page }) => {
  await workspaceOf(page, { id: 'a', title: 'Pockets', text: 'Short.', channelIds: ['fb', 'x'] })
  await page.getByRole('button', { name: 'Next month' }).click()
  await page.getByRole('button', { name: 'Next month' }).click()
  const now = new Date()
  const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 2, 15)).toISOString().slice(0, 10)
  await drag(page, undated(page).locator('[data-post]'), cell(page, to))
  await expect(
    page.getByText('Facebook keeps a post for later at most 30 days ahead. Until then it waits here.').first(),
  ).toBeVisible()
  await expect(cell(page, to).locator('[data-post]')).toHaveCount(1)
  await page.getByRole('button', { name: 'Go to it' }).click()
  await expect(page.getByRole('dialog', { name: 'Planned for' })).toBeVisible()
})

test('a change of many names the posts that would then not fit, and leaves out those a status cannot be given to', async ({
  page,
}) => {
  await workspaceOf(
    page,
    { id: 'a', title: 'Fits still', text: 'A pocket.', channelIds: ['x'], day: 3 },
    { id: 'b', title: 'Grows too long', text: `${'a '.repeat(135)}pocket`, channelIds: ['x'], day: 3 },
  )
  await toBoard(page)
  await card(page, 'Fits still').click()
  await card(page, 'Grows too long').click({ modifiers: ['ControlOrMeta'] })
  await page.keyboard.press('Shift+E')
  const dialog = page.getByRole('dialog', { name: 'Change 2 posts' })
  await dialog.getByRole('textbox', { name: 'Find' }).fill('pocket')
  await dialog.getByRole('textbox', { name: 'Replace by' }).fill('pocket with a flap')
  await expect(dialog.getByRole('status')).toHaveText(
    '2 of 2 posts change, words replaced in 2 places, 1 post would then not fit',
  )
  const row = (title: string) =>
    dialog.getByRole('list', { name: 'What changes' }).getByRole('listitem').filter({ hasText: title })
  await expect(row('Grows too long')).toContainText('X: Text has 288 characters, 8 more than X takes (280).')
  await expect(row('Fits still')).not.toContainText('X takes')

  await dialog.getByRole('button', { name: 'Draft' }).click()
  await page.getByRole('option', { name: 'Approved' }).click()
  await expect(dialog.getByRole('status')).toContainText('1 cannot')
  await dialog.getByRole('button', { name: 'Change 1 post' }).click()
  await expect.poll(() => statusOf(page, 'a')).toBe('approved')
  expect(await statusOf(page, 'b')).toBe('draft')
})

test('an import says per row what would not fit its channels, and brings it in all the same', async ({ page }) => {
  await workspaceOf(page)
  await page.evaluate(() => {
    const place = { state: { place: { screen: 'import' }, view: 'month', date: null }, version: 0 }
    localStorage.setItem('outpost-place', JSON.stringify(place))
  })
  await page.reload()
  const rows = [
    ['Title', 'Text', 'Date', 'Channels'],
    ['Fits', 'Short.', isoDay(5), 'X'],
    ['Too long for X', LONG, isoDay(6), 'X, LinkedIn'],
    ['Too long too', LONG, isoDay(7), 'X'],
    ['Without a channel', LONG, isoDay(8), ''],
  ]
  const csv = rows.map((cells) => cells.map((value) => `"${value}"`).join(',')).join('\n')
  await page
    .locator('input[type="file"]:not([webkitdirectory])')
    .first()
    .setInputFiles({ name: 'plan.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  const checks = page.getByRole('region', { name: 'Checks' })
  await checks.getByText(/^Need a look/).click()
  await expect(checks.getByRole('heading', { name: 'Does not fit its network yet' })).toBeVisible()
  const line = checks.getByRole('button', { name: /Too long for X: X: Text has 341 characters, 61 more than X takes/ })
  await line.click()
  await expect(page.getByRole('list', { name: 'Does not fit yet' }).getByRole('listitem')).toHaveText([
    /X: Text has 341 characters/,
  ])
  await expect(checks.getByRole('button', { name: /Text has 341/ })).toHaveCount(2)
  await page.getByRole('button', { name: /^Bring in 4 posts/ }).click()
  await expect.poll(async () => (await rowsOf(page, 'posts')).length).toBe(4)
})

test('one post more than a network takes in a day is said where it is dropped and beside it, and is quiet again elsewhere', async ({
  page,
}) => {
  const clips = [blankChannel('tiktok', { id: 'clips', zone: 'UTC', name: 'Fernhollow clips' })]
  const minute = (index: number) => `09:${String(index).padStart(2, '0')}`
  const many = Array.from({ length: 15 }, (_, index) =>
    planned(`Clip ${index}`, 10, { channelIds: ['clips'] }, minute(index)),
  )
  const last = planned('One more clip', 20, { channelIds: ['clips'] })
  await nextMonthWith(page, { channels: clips, posts: [...many, last] })
  const words = /takes 15 posts in 24 hours, and 16 are planned around then/
  await drag(page, on(page, nextMonth(20), 'One more clip'), cell(page, nextMonth(10)))
  await expect(page.locator('[data-toast]').getByText(words)).toBeVisible()
  const peek = page.getByRole('region', { name: 'Post: One more clip' })
  await page.getByRole('button', { name: 'Go to it' }).click()
  await page.getByRole('tab', { name: 'Details', exact: true }).click()
  await expect(page.getByText(words)).toBeVisible()
  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await page.keyboard.press('Control+z')
  await on(page, nextMonth(20), 'One more clip').click()
  await expect(peek).toBeVisible()
  await expect(peek.getByText(words)).toBeHidden()
  await page.keyboard.press('Control+Shift+z')
  await expect(peek.getByText(words)).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(peek.getByText(words)).toBeHidden()
})
