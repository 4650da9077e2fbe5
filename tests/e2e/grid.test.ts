import type { Page } from '@playwright/test'
import { blankPost } from '../../renderer/data/commands/posts.ts'
import type { Post } from '../../shared/domain/post.ts'
import { expect, test } from './app.ts'
import { putRows, rowsOf } from './database.ts'

const channel = (id: string, network: string, name: string, order: number) => ({
  id,
  network,
  name,
  hue: 'slate',
  zone: 'UTC',
  slots: [],
  spacing: 0,
  target: 0,
  order,
  trashedAt: 0,
})
const DAY = 86_400_000
const wallOf = (at: number) => ({
  date: new Date(at).toISOString().slice(0, 10),
  time: new Date(at).toISOString().slice(11, 16),
  zone: 'UTC',
})
/** Nine o'clock of a day from today. */
const nine = (offset: number) => Math.floor(Date.now() / DAY) * DAY + offset * DAY + 9 * 3_600_000

const tiles = (page: Page) => page.getByRole('listbox', { name: /^Grid of / }).getByRole('option')
const tile = (page: Page, title: string) =>
  tiles(page).and(page.getByRole('option', { name: new RegExp(`^${title},`) }))
/** Titles as they stand, row by row. */
const order = (page: Page) =>
  tiles(page).evaluateAll((options) =>
    options
      .map((option) => ({ title: option.getAttribute('aria-label')?.split(',')[0], at: Number(option.ariaPosInSet) }))
      .sort((a, b) => a.at - b.at)
      .map(({ title }) => title),
  )
const undo = (page: Page) => page.getByRole('button', { name: /^Undo (Ctrl|⌘)/ }).click()
const said = (page: Page, words: RegExp) => page.locator('[aria-live]').filter({ hasText: words })

interface Made {
  readonly title: string
  readonly days: number
  readonly channelIds?: readonly string[]
  readonly fields?: Partial<Post>
}

/** A workspace with an Instagram profile, a Facebook page, and some posts. */
async function withPosts(page: Page, posts: readonly Made[]): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  await putRows(page, { channels: [channel('ig', 'instagram', '@fern', 0), channel('fb', 'facebook', 'Fern', 1)] })
  await putRows(page, {
    posts: posts.map(({ title, days, channelIds = ['ig'], fields }) =>
      blankPost(1, { id: title, title, planned: wallOf(nine(days)), channelIds, ...fields }),
    ),
  })
  await page.reload()
  await page.locator('[data-day]').first().waitFor()
}
async function openGrid(page: Page): Promise<void> {
  await page.keyboard.press('g')
  await page.keyboard.press('g')
  await expect(tiles(page).first()).toHaveAccessibleName(/row 1, column 1$/)
}

const FIVE: readonly Made[] = [
  { title: 'Out', days: -3, fields: { status: 'published' } },
  { title: 'Soon', days: 3 },
  { title: 'Shared', days: 5, channelIds: ['ig', 'fb'] },
  { title: 'Pinned', days: 7, fields: { pinned: true } },
  { title: 'Later', days: 9 },
]

test('a tile dropped on another swaps their times on this channel alone; one undo takes it back', async ({ app }) => {
  await withPosts(app.page, FIVE)
  await openGrid(app.page)
  expect(await order(app.page)).toEqual(['Later', 'Pinned', 'Shared', 'Soon', 'Out'])
  await tile(app.page, 'Later').dragTo(tile(app.page, 'Shared'))
  await expect.poll(() => order(app.page)).toEqual(['Shared', 'Pinned', 'Later', 'Soon', 'Out'])
  await expect(
    app.page.locator('[data-toast]').filter({ hasText: 'Of “Shared” only @fern moves; its 1 other channel stays.' }),
  ).toBeVisible()
  // No click came of the drag, and what Facebook gets is where it was.
  await expect(app.page.getByRole('complementary', { name: 'Post' })).toHaveCount(0)
  const rows = await rowsOf(app.page, 'posts')
  const plannedAt = (title: string) => rows.find(({ id }) => id === title)?.plannedAt
  expect([plannedAt('Later'), plannedAt('Shared')]).toEqual([nine(5), nine(5)])
  expect(await rowsOf(app.page, 'placements')).toMatchObject([{ id: 'Shared~ig', plannedAt: nine(9) }])
  await expect(app.page.getByText(/^Saved \d\d:\d\d:\d\d$/)).toBeVisible()

  // It is the network's order after a restart too, and the step back is there until then.
  await undo(app.page)
  await expect.poll(() => order(app.page)).toEqual(['Later', 'Pinned', 'Shared', 'Soon', 'Out'])
  expect(await rowsOf(app.page, 'placements')).toEqual([])
  const page = await app.restart()
  await expect.poll(() => order(page)).toEqual(['Later', 'Pinned', 'Shared', 'Soon', 'Out'])
})

test('what is out and what is pinned stays, and says why', async ({ page }) => {
  await withPosts(page, FIVE)
  await openGrid(page)
  await tile(page, 'Out').dragTo(tile(page, 'Later'))
  await expect(said(page, /“Out” is out and keeps its place/)).toHaveCount(1)
  await tile(page, 'Later').dragTo(tile(page, 'Pinned'))
  await expect(page.locator('[data-toast]').filter({ hasText: '“Pinned” is pinned to its date' })).toBeVisible()
  expect(await order(page)).toEqual(['Later', 'Pinned', 'Shared', 'Soon', 'Out'])
  expect(await rowsOf(page, 'placements')).toEqual([])
})

test('the same by keyboard, told to those who do not see it; a press opens the post beside the grid', async ({
  page,
}) => {
  await withPosts(page, FIVE)
  await openGrid(page)
  await page.getByRole('listbox', { name: /^Grid of / }).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Space')
  await expect(said(page, /“Later”.*taken\. Arrows choose/)).toHaveCount(1)
  await page.keyboard.press('ArrowDown')
  await expect(said(page, /“Later” goes to .* “Soon” to /)).toHaveCount(1)
  await page.keyboard.press('Escape')
  expect(await order(page)).toEqual(['Later', 'Pinned', 'Shared', 'Soon', 'Out'])
  await page.keyboard.press('Home')
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await expect.poll(() => order(page)).toEqual(['Soon', 'Pinned', 'Shared', 'Later', 'Out'])
  // The keyboard stays where it is: the tile beside it is one step away.
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Alt+ArrowUp')
  await expect.poll(() => order(page)).toEqual(['Later', 'Pinned', 'Shared', 'Soon', 'Out'])

  await tile(page, 'Shared').click()
  const post = page.getByRole('complementary', { name: 'Post' })
  await expect(post.getByRole('region', { name: 'Post: Shared' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(post).toHaveCount(0)
})

test('only the tiles in sight are there, and from right to left the newest stands on the right', async ({ page }) => {
  await withPosts(
    page,
    Array.from({ length: 300 }, (_, at) => ({ title: `Post ${at}`, days: at + 1 })),
  )
  await openGrid(page)
  expect(await tiles(page).count()).toBeLessThan(60)
  await page.getByRole('listbox', { name: /^Grid of / }).focus()
  await page.keyboard.press('End')
  await expect(tile(page, 'Post 0')).toBeVisible()
  await page.keyboard.press('Home')
  await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
  const left = async (title: string) => (await tile(page, title).boundingBox())?.x ?? 0
  await expect.poll(async () => (await left('Post 299')) > (await left('Post 298'))).toBe(true)
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Alt+ArrowLeft')
  await expect.poll(async () => (await order(page)).slice(0, 3)).toEqual(['Post 299', 'Post 297', 'Post 298'])
})
