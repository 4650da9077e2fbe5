/** The rules of the networks wherever posts are handled: on cards, at a drop, before a status, in a change of many, in an import. */
import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { putRows, rowsOf } from './database.ts'

const channel = (id: string, network: string, name: string, order: number) => ({
  id,
  network,
  name,
  kind: 'page',
  handle: '',
  address: '',
  avatarId: '',
  hue: 'slate',
  zone: 'UTC',
  slots: [],
  quiet: null,
  quietOnHolidays: false,
  spacing: 0,
  perDay: 0,
  target: 0,
  grace: 0,
  order,
  trashedAt: 0,
})
const CHANNELS = [
  channel('x', 'x', 'Fernhollow on X', 0),
  channel('li', 'linkedin', 'Fernhollow', 1),
  channel('fb', 'facebook', 'Fernhollow page', 2),
]
const DAY_MS = 86_400_000
const isoDay = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)

interface Wanted {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly channelIds: readonly string[]
  readonly status?: string
  /** Days from today; absent: no date. */
  readonly day?: number
}

function rowsFor({ id, title, text, channelIds, status = 'draft', day }: Wanted, order: number) {
  const planned = day === undefined ? null : { date: isoDay(day), time: '12:00', zone: 'UTC' }
  const post = {
    id,
    title,
    summary: '',
    excerpt: text.slice(0, 100),
    words: text.split(' ').length,
    status,
    planned,
    plannedAt: planned ? Date.parse(`${planned.date}T12:00:00Z`) : -1,
    publishAt: null,
    dueOn: null,
    channelIds,
    campaignId: '',
    pillarId: '',
    ownerId: '',
    authorIds: [],
    labels: [],
    notes: '',
    checklist: [],
    pinned: false,
    media: [],
    coverId: '',
    seriesId: '',
    occursOn: '',
    evergreen: null,
    inPool: 0,
    evergreenOf: '',
    source: null,
    order,
    createdAt: 1,
    updatedAt: 1,
    trashedAt: 0,
  }
  const content = [{ type: 'paragraph', content: [{ type: 'text', text }] }]
  return { post, document: { id, content } }
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
