import type { Locator } from '@playwright/test'
import { expect, test } from './app.ts'
import { holdWrites } from './database.ts'
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

test('a day that is pressed takes a post from one line, says how it reads it, and has it after a restart', async ({
  app,
}) => {
  await nextMonthsPage(app.page)
  await cell(app.page, nextMonth(10)).click({ position: { x: 70, y: 8 } })
  await app.page.getByPlaceholder(/Launch teaser/).fill('9:35 Launch teaser #launch')
  // What it was understood as, before anything is saved.
  for (const part of ['09:35', 'launch', 'Launch teaser'])
    await expect(app.page.getByRole('dialog').getByText(part, { exact: true })).toBeVisible()
  await app.page.keyboard.press('Enter')
  await expect(on(app.page, nextMonth(10), 'Launch teaser')).toContainText('09:35')
  await expect(app.page.getByText(/Saved/)).toBeVisible()
  const page = await app.restart()
  await expect(on(page, nextMonth(10), 'Launch teaser')).toContainText('09:35')
})

test('dragging to another day keeps the time to the minute; undo brings date, time and selection back, offline and from another view', async ({
  page,
  context,
}) => {
  await nextMonthsPage(page)
  await plan(page, nextMonth(10), '9:35 Three pockets')
  await context.setOffline(true)
  await drag(page, on(page, nextMonth(10), 'Three pockets'), cell(page, nextMonth(17)))
  await expect(on(page, nextMonth(17), 'Three pockets')).toContainText('09:35')
  await page.keyboard.press('Control+z')
  await expect(on(page, nextMonth(10), 'Three pockets')).toContainText('09:35')
  await expect(on(page, nextMonth(10), 'Three pockets')).toHaveAttribute('aria-pressed', 'true')
  await drag(page, on(page, nextMonth(10), 'Three pockets'), cell(page, nextMonth(17)))
  await page.getByRole('radio', { name: 'List' }).click()
  await expect(post(page, 'Three pockets')).toHaveAttribute('aria-label', /17 /)
  await page.locator('[data-toast]').getByRole('button', { name: /Undo/ }).click()
  await expect(post(page, 'Three pockets')).toHaveAttribute('aria-label', /10 .*09:35/)
})

test('only the newest message offers to undo: the button never takes back something else', async ({ page }) => {
  await nextMonthsPage(page)
  await plan(page, nextMonth(10), '9:35 Three pockets')
  await drag(page, on(page, nextMonth(10), 'Three pockets'), cell(page, nextMonth(17)))
  const moved = page.locator('[data-toast]', { hasText: 'Moved' })
  await expect(moved.getByRole('button', { name: /Undo/ })).toBeVisible()
  await on(page, nextMonth(17), 'Three pockets').click()
  await page.keyboard.press('Delete')
  await expect(on(page, nextMonth(17), 'Three pockets')).toHaveCount(0)
  await expect(moved).toBeVisible()
  await expect(moved.getByRole('button', { name: /Undo/ })).toHaveCount(0)
  await page.locator('[data-toast]').getByRole('button', { name: /Undo/ }).click()
  await expect(on(page, nextMonth(17), 'Three pockets')).toBeVisible()
})

test('Escape during a drag leaves everything where it was', async ({ page }) => {
  await nextMonthsPage(page)
  await plan(page, nextMonth(10), '9:35 Three pockets')
  await carry(page, on(page, nextMonth(10), 'Three pockets'), cell(page, nextMonth(17)))
  await expect(page.getByText('copy instead')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await expect(page.getByText('copy instead')).toHaveCount(0)
  await expect(on(page, nextMonth(10), 'Three pockets')).toBeVisible()
  await expect(on(page, nextMonth(17), 'Three pockets')).toHaveCount(0)
})

test('Alt while dragging makes a copy, a draft that says so', async ({ page }) => {
  await nextMonthsPage(page)
  await plan(page, nextMonth(10), '9:35 Three pockets')
  await page.keyboard.down('Alt')
  await drag(page, on(page, nextMonth(10), 'Three pockets'), cell(page, nextMonth(17)))
  await page.keyboard.up('Alt')
  await expect(on(page, nextMonth(17), 'Three pockets (copy)')).toHaveAttribute('aria-label', /Draft/)
  await expect(on(page, nextMonth(10), 'Three pockets')).toBeVisible()
})

test('Ctrl and Shift select; a selection moves together by the same difference, and one undo takes all back', async ({
  page,
}) => {
  await nextMonthWith(page, { posts: [planned('One', 8), planned('Two', 10, {}, '12:30'), planned('Three', 11)] })
  await on(page, nextMonth(8), 'One').click()
  await on(page, nextMonth(11), 'Three').click({ modifiers: ['Shift'] })
  await on(page, nextMonth(11), 'Three').click({ modifiers: ['ControlOrMeta'] })
  await expect(page.getByText('2 selected', { exact: true })).toBeVisible()
  const dock = page.getByRole('region', { name: 'Selection: 2 posts' })
  await expect(dock).toContainText('2 different')
  await expect(dock.getByRole('listitem')).toHaveText([/One/, /Two/])
  await drag(page, on(page, nextMonth(8), 'One'), cell(page, nextMonth(15)))
  await expect(on(page, nextMonth(15), 'One')).toContainText('09:00')
  await expect(on(page, nextMonth(17), 'Two')).toContainText('12:30')
  await expect(on(page, nextMonth(11), 'Three')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(on(page, nextMonth(8), 'One')).toBeVisible()
  await expect(on(page, nextMonth(10), 'Two')).toBeVisible()
  await dock.getByRole('button', { name: 'Leave out “Two”' }).click()
  await expect(dock).toHaveCount(0)
  await expect(on(page, nextMonth(8), 'One')).toHaveAttribute('aria-pressed', 'true')
})

test('a post goes from the tray of undated posts onto a day and back', async ({ page }) => {
  await nextMonthsPage(page)
  await page.getByRole('button', { name: 'Add an undated post' }).click()
  await page.getByPlaceholder(/Launch teaser/).fill('Someday')
  await page.keyboard.press('Enter')
  await expect(undated(page).getByRole('button', { name: /Someday/ })).toBeVisible()
  await drag(page, undated(page).getByRole('button', { name: /Someday/ }), cell(page, nextMonth(15)))
  await expect(on(page, nextMonth(15), 'Someday')).toBeVisible()
  await drag(page, on(page, nextMonth(15), 'Someday'), undated(page))
  await expect(undated(page).getByRole('button', { name: /Someday/ })).toBeVisible()
  await expect(on(page, nextMonth(15), 'Someday')).toHaveCount(0)
})

test('in a narrow window no day is hidden: undated posts come when they are asked for, and a post is dropped on their button', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1024, height: 700 })
  await nextMonthWith(page, {
    posts: [planned('Dated', 10), planned('Someday', 1, { planned: null, plannedAt: -1 })],
  })
  await expect(undated(page)).toHaveCount(0)
  const last = await page.locator('[role="gridcell"]').nth(6).boundingBox()
  expect((last?.x ?? 0) + (last?.width ?? 0)).toBeGreaterThan(1000)
  await drag(page, on(page, nextMonth(10), 'Dated'), page.getByRole('button', { name: 'Undated 1' }))
  await expect(page.getByRole('button', { name: 'Undated 2' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('u')
  await expect(undated(page).locator('[data-post]').first()).toBeFocused()
  await page.keyboard.press('m')
  await page.keyboard.press('Enter')
  await expect(undated(page).locator('[data-post]')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(undated(page)).toHaveCount(0)
})

test('a move into the past is refused with the reason, and the post stays', async ({ page }) => {
  await nextMonthsPage(page)
  await plan(page, nextMonth(3), '9:35 Three pockets')
  await on(page, nextMonth(3), 'Three pockets').click()
  await page.keyboard.press('m')
  for (let week = 0; week < 6; week += 1) await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/is already past/).last()).toBeVisible()
  await page.getByRole('button', { name: 'Next month' }).click()
  await expect(on(page, nextMonth(3), 'Three pockets')).toBeVisible()
})

test('all of it works by keyboard: arrows, Shift and arrows, M and Enter, said aloud, with the focus kept on the post', async ({
  page,
}) => {
  await nextMonthsPage(page)
  await plan(page, nextMonth(8), '9:00 One')
  await plan(page, nextMonth(9), '10:00 Two')
  await on(page, nextMonth(8), 'One').click()
  await page.keyboard.press('ArrowRight')
  await expect(on(page, nextMonth(9), 'Two')).toBeFocused()
  await page.keyboard.press('Shift+ArrowDown')
  await expect(on(page, nextMonth(16), 'Two')).toBeFocused()
  await page.keyboard.press('m')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await expect(on(page, nextMonth(16), 'Two')).toBeVisible()
  await expect(page.getByRole('status').getByText(/ 24 .*, 10:00$/)).toBeAttached()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('status').filter({ hasText: 'Left where it was.' })).toBeAttached()
  await page.keyboard.press('m')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(on(page, nextMonth(24), 'Two')).toBeFocused()
  await page.keyboard.press('Backspace')
  await expect(undated(page).getByRole('button', { name: /Two/ })).toBeVisible()
})

test('where a move goes is said, not where the move before it went, however long that one takes to be written', async ({
  page,
}) => {
  await nextMonthsPage(page)
  await plan(page, nextMonth(9), '10:00 Two')
  await on(page, nextMonth(9), 'Two').click()
  await expect(page.locator('[data-saved="saved"]')).toBeAttached()
  await using held = await holdWrites(page)
  await page.keyboard.press('Shift+ArrowDown')
  await expect(on(page, nextMonth(16), 'Two')).toBeVisible()
  await page.keyboard.press('m')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  const aimed = page.getByRole('status').getByText(/ 24 .*, 10:00$/)
  await expect(aimed).toBeAttached()
  await held[Symbol.asyncDispose]()
  await expect(page.locator('[data-saved="saved"]')).toBeAttached()
  await expect(page.getByRole('status').getByRole('paragraph').last()).toHaveText(/^Moved /)
  await expect(aimed).toBeAttached()
})

test('"+n more" opens by pointer and keyboard a list by what needs somebody first, and one can drag from it', async ({
  page,
}) => {
  const hours = Array.from({ length: 8 }, (_, index) => `${String(9 + index).padStart(2, '0')}:00`)
  await nextMonthWith(page, {
    posts: hours.map((time, index) =>
      planned(`Post ${index + 1}`, 15, { status: index === 6 ? 'review' : 'scheduled' }, time),
    ),
  })
  const more = cell(page, nextMonth(15)).getByRole('button', { name: /more/ })
  const list = page.getByRole('dialog')
  // Down from the day over the posts that are drawn; behind the last of them it stands.
  const drawn = await cell(page, nextMonth(15)).locator('[data-post]').count()
  await cell(page, nextMonth(15)).focus()
  for (let down = 0; down <= drawn; down += 1) await page.keyboard.press('ArrowDown')
  await expect(more).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(list.locator('[data-post]')).toHaveCount(8)
  await expect(list.locator('[data-post]').first()).toContainText('Post 7')
  await expect(list.locator('[data-post]').first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(list.locator('[data-post]').nth(1)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(more).toBeFocused()
  await more.click()
  await drag(page, list.locator('[data-post]').last(), cell(page, nextMonth(4)))
  await expect(on(page, nextMonth(4), 'Post 8')).toContainText('16:00')
})

test('month, week, day and list show the same posts, and one can drag in the list too', async ({ page }) => {
  await nextMonthsPage(page)
  const day = nextMonth(15)
  for (const line of ['00:00 Midnight', '9:00 Morning', '9:20 Morning too', '23:45 Late']) await plan(page, day, line)
  await plan(page, nextMonth(16), '10:20 Elsewhere')
  const titles = async (scope: Locator) =>
    (
      await scope
        .locator('[data-post]')
        .evaluateAll((all) => all.map((element) => (element as HTMLElement).dataset.post ?? ''))
    ).sort()
  await page.getByRole('radio', { name: 'List' }).click()
  await expect(page.getByRole('region', { name: 'Posts by day' })).toBeVisible()
  const listed = await titles(page.getByRole('region', { name: 'Posts by day' }))
  expect(listed).toHaveLength(5)
  await drag(page, post(page, 'Elsewhere'), page.locator(`h3[data-day="${day}"]`))
  await expect(post(page, 'Elsewhere')).toHaveAttribute('aria-label', /15 .*, 10:20/)
  await page.getByRole('radio', { name: 'Month' }).click()
  await cell(page, day).click({ button: 'right', position: { x: 60, y: 8 } })
  await page.getByRole('menuitem', { name: 'Show this week' }).click()
  await expect(page.locator(`[data-drop="time"][data-day="${day}"] [data-post]`)).toHaveCount(5)
  expect(await titles(page.locator(`[data-drop="time"][data-day="${day}"]`))).toEqual(listed)
  await page.getByRole('radio', { name: 'Day', exact: true }).click()
  await expect(page.locator('[data-drop="time"]')).toHaveCount(1)
  expect(await titles(page.locator(`[data-drop="time"][data-day="${day}"]`))).toEqual(listed)
})

test('among the hours a drag snaps to quarters, to five minutes with Shift, and with Ctrl keeps the minutes', async ({
  page,
}) => {
  await nextMonthsPage(page)
  await plan(page, nextMonth(15), '9:00 Three pockets')
  await cell(page, nextMonth(15)).click({ button: 'right', position: { x: 60, y: 8 } })
  await page.getByRole('menuitem', { name: 'Show this day' }).click()
  const chip = post(page, 'Three pockets')
  const start = await chip.boundingBox()
  if (!start) throw new Error('not drawn')
  const move = async (pixels: number, held?: 'Shift' | 'Control') => {
    const box = await chip.boundingBox()
    if (!box) throw new Error('not drawn')
    await page.mouse.move(box.x + 30, box.y + 10)
    await page.mouse.down()
    if (held) await page.keyboard.down(held)
    await page.mouse.move(box.x + 30, box.y + 10 + pixels / 2, { steps: 4 })
    await page.mouse.move(box.x + 30, box.y + 10 + pixels, { steps: 4 })
    await page.mouse.up()
    if (held) await page.keyboard.up(held)
  }
  await move(60)
  await expect(chip).toContainText('10:15')
  await move(60, 'Shift')
  await expect(chip).toContainText('11:25')
  await move(120, 'Control')
  await expect(chip).toContainText('13:25')
})

test('a filter narrows every view, is saved with it, and clears in one press', async ({ page }) => {
  await nextMonthsPage(page)
  await plan(page, nextMonth(15), '9:00 Three pockets')
  await plan(page, nextMonth(16), '9:00 Rain test')
  await page.setViewportSize({ width: 1600, height: 900 })
  await page.getByRole('searchbox', { name: 'Filter by words' }).fill('rain')
  await expect(post(page, 'Three pockets')).toHaveCount(0)
  await expect(on(page, nextMonth(16), 'Rain test')).toBeVisible()
  await expect(page.getByText('1 post, 0 deliveries')).toBeVisible()
  await page.getByRole('button', { name: 'Save view' }).click()
  await page.getByLabel('Name of the view').fill('Rain')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Rain', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(on(page, nextMonth(15), 'Three pockets')).toBeVisible()
  await page.getByRole('button', { name: 'Rain', exact: true }).click()
  await expect(post(page, 'Three pockets')).toHaveCount(0)
})

test('a day takes a note or is kept free of posts', async ({ page }) => {
  await nextMonthsPage(page)
  await cell(page, nextMonth(20)).click({ button: 'right', position: { x: 60, y: 8 } })
  await page.getByRole('menuitem', { name: /Note, holiday or blackout/ }).click()
  await page.getByPlaceholder('Studio closed').fill('Press freeze')
  await page.getByRole('radio', { name: 'Blackout' }).click()
  await page.getByRole('button', { name: /^Save/ }).click()
  await expect(cell(page, nextMonth(20)).getByTitle('Blackout: Press freeze')).toBeVisible()
})
