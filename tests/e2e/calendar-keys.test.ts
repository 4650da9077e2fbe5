/** The calendar without a mouse: where the keyboard is, and that it is never lost. */
import { expect, test } from './app.ts'
import { rowsOf } from './database.ts'
import { cell, nextMonth, nextMonthsPage, nextMonthWith, on, plan, planned } from './onCalendar.ts'

test('T goes to today, D, W, M and L change the view, Page Up and Down the page; the day keeps the keyboard', async ({
  page,
}) => {
  await nextMonthsPage(page)
  const view = (name: string) => expect(page.getByRole('radio', { name, exact: true })).toBeChecked()
  await page.keyboard.press('t')
  await expect(page.locator('[role="gridcell"][data-day]:focus')).toHaveAttribute(
    'data-day',
    new Date().toISOString().slice(0, 10),
  )
  await page.keyboard.press('PageDown')
  await expect(page.locator('[role="gridcell"][data-day]:focus')).toHaveAttribute('data-day', /-\d\d$/)
  await cell(page, nextMonth(15)).focus()
  for (const [key, name] of [
    ['w', 'Week'],
    ['d', 'Day'],
  ] as const) {
    await page.keyboard.press(key)
    await view(name)
    await expect(page.locator(`[data-drop="time"][data-day="${nextMonth(15)}"]`)).toBeFocused()
  }
  await page.keyboard.press('l')
  await view('List')
  await page.keyboard.press('5')
  await view('Timeline')
  await page.keyboard.press('m')
  await view('Month')
  await expect(cell(page, nextMonth(15))).toBeVisible()
})

test('a press selects and shows the post beside; Space asks for it, Escape steps back one level at a time', async ({
  page,
}) => {
  await nextMonthsPage(page)
  await plan(page, nextMonth(10), '9:35 Three pockets')
  const card = on(page, nextMonth(10), 'Three pockets')
  const peek = page.getByRole('region', { name: 'Post: Three pockets' })
  await card.click()
  await expect(card).toHaveAttribute('aria-pressed', 'true')
  await expect(peek).toBeVisible()
  // What the press opened is what Space asks for.
  await page.keyboard.press('Space')
  await expect(peek).toBeVisible()
  await page.keyboard.press('Space')
  await expect(peek).toHaveCount(0)
  await page.keyboard.press('Space')
  await expect(peek).toBeVisible()
  await peek.getByRole('button', { name: 'Close' }).click()
  await expect(peek).toHaveCount(0)
  await expect(card).toBeFocused()
  await page.keyboard.press('Space')
  await page.keyboard.press('Escape')
  await expect(peek).toHaveCount(0)
  await expect(card).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(card).toHaveAttribute('aria-pressed', 'false')
  await expect(cell(page, nextMonth(10))).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Three pockets')
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(card).toBeFocused()
})

test('the keyboard returns to the card after a dialog, and goes to its neighbour after a delete', async ({ page }) => {
  await nextMonthWith(page, { posts: [planned('One', 10), planned('Two', 11), planned('Three', 12)] })
  const two = on(page, nextMonth(11), 'Two')
  await two.click()
  for (const opening of ['n', 'Control+k', '?', 'q']) {
    await page.keyboard.press(opening)
    await expect(page.getByRole('dialog').last()).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(two).toBeFocused()
  }
  await page.keyboard.press('Delete')
  await expect(on(page, nextMonth(12), 'Three')).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(two).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Delete')
  await expect(two).toBeFocused()
  await page.keyboard.press('Delete')
  await expect(on(page, nextMonth(10), 'One')).toBeFocused()
  await page.keyboard.press('Delete')
  await expect(cell(page, nextMonth(10))).toBeFocused()
})

test('one letter opens a property at the post, Enter takes it; with several picked by X it is changed in all', async ({
  page,
}) => {
  await nextMonthWith(page, {
    posts: [planned('One', 10, { labels: ['red'] }), planned('Two', 11), planned('Far', 12)],
  })
  const one = on(page, nextMonth(10), 'One')
  await one.click()
  await page.keyboard.press('s')
  await expect(page.getByPlaceholder('Status')).toBeFocused()
  await page.keyboard.type('In review')
  await page.keyboard.press('Enter')
  await expect(one).toHaveAttribute('aria-label', /In review/)
  await expect(one).toBeFocused()
  await page.keyboard.press('x')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('x')
  await page.keyboard.press('ArrowRight')
  await expect(on(page, nextMonth(12), 'Far')).toBeFocused()
  await expect(page.getByText('2 selected', { exact: true })).toBeVisible()
  await page.keyboard.press('l')
  await page.keyboard.type('blue')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  const labels = async () => (await rowsOf(page, 'posts')).map((row) => [row.title, row.labels])
  await expect.poll(labels).toEqual([
    ['Far', []],
    ['One', ['red', 'blue']],
    ['Two', ['blue']],
  ])
  await page.keyboard.press('Control+z')
  await expect.poll(labels).toEqual([
    ['Far', []],
    ['One', ['red']],
    ['Two', []],
  ])
  await page.keyboard.press('m')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(on(page, nextMonth(17), 'One')).toBeVisible()
  await expect(on(page, nextMonth(18), 'Two')).toBeVisible()
  await expect(on(page, nextMonth(12), 'Far')).toBeVisible()
})
