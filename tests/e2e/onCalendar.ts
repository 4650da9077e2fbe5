/** What the tests of the calendar do by hand: days of next month, posts on them, cards carried. */
import type { Locator, Page } from '@playwright/test'
import { blankPost } from '../../renderer/data/commands/posts.ts'
import type { Campaign } from '../../shared/domain/campaign.ts'
import type { Channel } from '../../shared/domain/channel.ts'
import type { Placement } from '../../shared/domain/placement.ts'
import type { Post } from '../../shared/domain/post.ts'
import type { DayNote, Pillar } from '../../shared/domain/workspace.ts'
import { expect } from './app.ts'
import { putRows } from './database.ts'

/** A day of next month: always still to come, whenever the test runs. */
export function nextMonth(day: number): string {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, day)).toISOString().slice(0, 10)
}
export const cell = (page: Page, date: string) => page.locator(`[role="gridcell"][data-day="${date}"]`)
export const post = (page: Page, title: string) => page.locator('[data-post]').filter({ hasText: title })
export const on = (page: Page, date: string, title: string) =>
  cell(page, date).locator('[data-post]').filter({ hasText: title })
export const undated = (page: Page) => page.getByRole('region', { name: 'Undated posts' })

/** An empty workspace on next month's page. */
export async function nextMonthsPage(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.getByRole('button', { name: 'Next month' }).click()
  await expect(cell(page, nextMonth(15))).toBeVisible()
}

const heading = (by: number) => {
  const now = new Date()
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + by, 1))
  return new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(month)
}
/** The page shown is that of the month so many after this one. */
export const monthShown = (page: Page, by: number) =>
  expect(page.getByRole('heading', { level: 1 })).toContainText(heading(by))

/** A post of next month, at nine unless told otherwise. */
export const planned = (title: string, day: number, fields: Partial<Post> = {}, time = '09:00') =>
  blankPost(1, { id: title, title, planned: { date: nextMonth(day), time, zone: 'UTC' }, ...fields })

interface Rows {
  channels?: readonly Channel[]
  campaigns?: readonly Campaign[]
  posts?: readonly Post[]
  dayNotes?: readonly DayNote[]
  pillars?: readonly Pillar[]
  placements?: readonly Placement[]
}

/** Next month's page of a workspace with these rows in it. */
export async function nextMonthWith(page: Page, rows: Rows): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await expect(page.getByRole('button', { name: 'Next month' })).toBeVisible()
  await putRows(page, { ...rows })
  await page.reload()
  await page.getByRole('button', { name: 'Next month' }).click()
  await expect(cell(page, nextMonth(15))).toBeVisible()
}

/** Plans a post by the line that is typed after pressing a day. */
export async function plan(page: Page, date: string, line: string): Promise<void> {
  await cell(page, date).click({ position: { x: 70, y: 8 } })
  await page.getByPlaceholder(/Launch teaser/).fill(line)
  await page.keyboard.press('Enter')
  await expect(page.getByPlaceholder(/Launch teaser/)).toHaveCount(0)
}

/** Where something is, once it is drawn: a live query may just be drawing it anew. */
async function placeOf(what: Locator) {
  let box: Awaited<ReturnType<Locator['boundingBox']>> = null
  await expect.poll(async () => (box = await what.boundingBox())).not.toBeNull()
  return box ?? { x: 0, y: 0, width: 0, height: 0 }
}

export async function carry(page: Page, from: Locator, to: Locator): Promise<void> {
  const start = await placeOf(from)
  const end = await placeOf(to)
  await page.mouse.move(start.x + 20, start.y + 8)
  await page.mouse.down()
  await page.mouse.move(start.x + 40, start.y + 24, { steps: 4 })
  await page.mouse.move(end.x + end.width / 2, end.y + Math.min(end.height - 6, 50), { steps: 8 })
}
export async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  await carry(page, from, to)
  await page.mouse.up()
}

/** A finger: `down` and `up` at a place, `to` in small steps. */
export async function finger(page: Page) {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: true })
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: points })
  let at = { x: 0, y: 0 }
  return {
    down: async (x: number, y: number) => {
      at = { x, y }
      await send('touchStart', [at])
    },
    to: async (x: number, y: number) => {
      const from = at
      for (let step = 1; step <= 8; step += 1) {
        at = { x: from.x + ((x - from.x) * step) / 8, y: from.y + ((y - from.y) * step) / 8 }
        await send('touchMove', [at])
      }
    },
    up: () => send('touchEnd', []),
  }
}
