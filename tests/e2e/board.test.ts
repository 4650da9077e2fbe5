import type { Locator, Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { putRows, rowsOf } from './database.ts'

const column = (page: Page, name: string) => page.getByRole('list', { name, exact: true })
const card = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name},`) })

/** An empty workspace with the board of posts open and some posts in a column. */
async function boardOfPosts(page: Page, add: Readonly<Record<string, readonly string[]>>): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.getByRole('button', { name: 'Board', exact: true }).click()
  await page.getByRole('radio', { name: 'Posts' }).click()
  for (const [name, titles] of Object.entries(add)) {
    await page.getByRole('button', { name: `New post in ${name}` }).click()
    for (const title of titles) {
      await page.keyboard.type(title)
      await page.keyboard.press('Enter')
      await expect(card(page, title)).toBeVisible()
    }
    await page.keyboard.press('Escape')
  }
}

async function drag(page: Page, from: Locator, to: Locator, where: { x: number; y: number }): Promise<void> {
  const start = await from.boundingBox()
  const end = await to.boundingBox()
  if (!start || !end) throw new Error('nothing to drag')
  await page.mouse.move(start.x + 40, start.y + 20)
  await page.mouse.down()
  await page.mouse.move(start.x + 60, start.y + 40, { steps: 4 })
  await page.mouse.move(end.x + where.x, end.y + where.y, { steps: 8 })
  await page.mouse.up()
}
const titles = (list: Locator) => list.getByRole('heading').allTextContents()

test('Enter saves a line as a card and takes the next one; N adds below the focused card', async ({ page }) => {
  await boardOfPosts(page, { Idea: ['First', 'Second'] })
  expect(await titles(column(page, 'Idea'))).toEqual(['First', 'Second'])
  await card(page, 'First').click()
  await page.keyboard.press('n')
  await page.keyboard.type('Between')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect.poll(() => titles(column(page, 'Idea'))).toEqual(['First', 'Between', 'Second'])
  await expect(card(page, 'Between')).toBeFocused()
})

test('a card dragged to another column changes its status, and one undo takes it back', async ({ page }) => {
  await boardOfPosts(page, { Idea: ['Walks', 'Talks'], Draft: ['Film'] })
  await drag(page, card(page, 'Walks'), card(page, 'Film'), { x: 40, y: 4 })
  await expect.poll(() => titles(column(page, 'Draft'))).toEqual(['Walks', 'Film'])
  await expect(column(page, 'Idea').getByRole('heading')).toHaveText(['Talks'])
  await page.keyboard.press('Control+z')
  await expect.poll(() => titles(column(page, 'Idea'))).toEqual(['Walks', 'Talks'])
})

test('a card is carried by keyboard: M picks up, arrows move, Escape puts back, Enter drops', async ({ page }) => {
  await boardOfPosts(page, { Idea: ['Walks'], Draft: ['Film', 'Cut'] })
  await card(page, 'Walks').click()
  await page.keyboard.press('m')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('status').filter({ hasText: 'Draft, place 2 of 3' })).toBeAttached()
  await page.keyboard.press('Escape')
  await expect(column(page, 'Idea').getByRole('heading')).toHaveText(['Walks'])
  await page.keyboard.press('m')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect.poll(() => titles(column(page, 'Draft'))).toEqual(['Film', 'Walks', 'Cut'])
  await expect(card(page, 'Walks')).toBeFocused()
  await page.keyboard.press('Shift+ArrowUp')
  await expect.poll(() => titles(column(page, 'Draft'))).toEqual(['Walks', 'Film', 'Cut'])
})

test('Scheduled asks for a date: Cancel sends the card home, a date schedules it', async ({ page }) => {
  await boardOfPosts(page, { Approved: ['Launch'] })
  await card(page, 'Launch').click()
  await page.keyboard.press('Shift+ArrowRight')
  const ask = page.getByRole('dialog', { name: 'Scheduled: when?' })
  await ask.getByRole('button', { name: 'Cancel' }).click()
  await expect(column(page, 'Approved').getByRole('heading')).toHaveText(['Launch'])
  await card(page, 'Launch').click()
  await page.keyboard.press('Shift+ArrowRight')
  await ask.getByRole('button', { name: 'Month after' }).click()
  await ask
    .getByRole('gridcell', { name: /\b15\b/ })
    .first()
    .click()
  await ask.getByRole('button', { name: 'Schedule' }).click()
  await expect(column(page, 'Scheduled').getByRole('heading')).toHaveText(['Launch'])
})

test('a column over its limit says so, and still takes a drop', async ({ page }) => {
  await boardOfPosts(page, { Idea: ['One', 'Two'], Draft: ['Three'] })
  await page.getByRole('button', { name: 'Draft: 1. Set a limit' }).click()
  await page.getByLabel('Most cards at once').fill('1')
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 of 1')).toBeVisible()
  await drag(page, card(page, 'One'), card(page, 'Three'), { x: 40, y: 4 })
  await expect(page.getByText('2 of 1, over')).toBeVisible()
  await expect(column(page, 'Draft').getByRole('heading')).toHaveText(['One', 'Three'])
})

test('one letter opens a property of the focused card, and the focus comes back to it', async ({ page }) => {
  await boardOfPosts(page, { Idea: ['Walks'] })
  await card(page, 'Walks').click()
  await page.keyboard.press('s')
  await page.keyboard.type('In review')
  await page.keyboard.press('Enter')
  await expect(column(page, 'In review').getByRole('heading')).toHaveText(['Walks'])
  await expect(card(page, 'Walks')).toBeFocused()
  await page.keyboard.press('p')
  await page.keyboard.type('Mend Week')
  await page.keyboard.press('Enter')
  await expect(card(page, 'Walks')).toContainText('Mend Week')
})

test('in lanes a card dropped into another lane takes on its property', async ({ page }) => {
  await boardOfPosts(page, { Idea: ['Walks', 'Talks'] })
  await card(page, 'Talks').click()
  await page.keyboard.press('p')
  await page.keyboard.type('Mend Week')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Lanes: none' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'By campaign' }).click()
  await drag(page, card(page, 'Walks'), card(page, 'Talks'), { x: 40, y: 4 })
  await expect(column(page, 'Idea, Mend Week').getByRole('heading')).toHaveText(['Walks', 'Talks'])
})

test('campaigns are added to a stage and carried to the next', async ({ page }) => {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.getByRole('button', { name: 'Board', exact: true }).click()
  await expect(page.getByText('A campaign gathers the posts')).toBeVisible()
  await page.locator('main').getByRole('button', { name: 'New campaign' }).last().click()
  await page.getByLabel('Name of the campaign').fill('Mend Week')
  await page.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('button', { name: 'New campaign in Live' }).click()
  await page.keyboard.type('Trail notes')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(column(page, 'Live').getByRole('heading')).toHaveText(['Trail notes'])
  await card(page, 'Mend Week').click()
  await page.keyboard.press('Shift+ArrowRight')
  await expect(column(page, 'Brief').getByRole('heading')).toHaveText(['Mend Week'])
  await expect(card(page, 'Mend Week')).toBeFocused()
})

test('a column of 1,000 cards draws few of them and keeps the focus on one card while others come', async ({
  page,
}) => {
  await boardOfPosts(page, { Draft: ['Kept'] })
  const [kept] = await rowsOf(page, 'posts')
  const many = Array.from({ length: 1000 }, (_, index) => ({
    ...kept,
    id: `many-${index}`,
    title: `Card ${index}`,
    order: Number(kept?.order) + 1 + index,
  }))
  await putRows(page, { posts: many })
  await page.reload()
  await expect(page.getByRole('button', { name: 'Draft: 1001. Set a limit' })).toBeVisible()
  expect(await column(page, 'Draft').getByRole('heading').count()).toBeLessThan(40)
  await card(page, 'Kept').click()
  for (let index = 0; index < 30; index += 1) await page.keyboard.press('ArrowDown')
  await expect(card(page, 'Card 29')).toBeFocused()
  await card(page, 'Card 29').evaluate((element) => element.closest('[data-cell]')?.scrollTo({ top: 6000 }))
  await expect(card(page, 'Card 29')).toBeFocused()
  await page.keyboard.press('Shift+ArrowUp')
  await expect(card(page, 'Card 29')).toBeFocused()
})

test('cards picked with Ctrl and Shift are dragged together, and one undo takes all back', async ({ page }) => {
  await boardOfPosts(page, { Idea: ['One', 'Two', 'Three', 'Four'], Draft: ['Film'] })
  const pressed = (name: string, on: boolean) => expect(card(page, name)).toHaveAttribute('aria-pressed', String(on))
  await card(page, 'One').click()
  await card(page, 'Three').click({ modifiers: ['Shift'] })
  for (const name of ['One', 'Two', 'Three']) await pressed(name, true)
  await card(page, 'Two').click({ modifiers: ['ControlOrMeta'] })
  await pressed('Two', false)
  await drag(page, card(page, 'Three'), card(page, 'Film'), { x: 40, y: 4 })
  await expect.poll(() => titles(column(page, 'Draft'))).toEqual(['One', 'Three', 'Film'])
  await expect(page.locator('[data-toast]', { hasText: '2 posts: Draft' })).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect.poll(() => titles(column(page, 'Idea'))).toEqual(['One', 'Two', 'Three', 'Four'])
  // The same without a pointer: X keeps a card in the selection while the arrows walk on.
  await card(page, 'Two').click()
  await page.keyboard.press('x')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await pressed('Four', false)
  await page.keyboard.press('x')
  await page.keyboard.press('m')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('status').filter({ hasText: 'Draft, place' })).toBeAttached()
  await page.keyboard.press('Enter')
  await expect.poll(() => titles(column(page, 'Idea'))).toEqual(['One', 'Three'])
  await expect(card(page, 'Four')).toBeFocused()
  await page.keyboard.press('Escape')
  await pressed('Two', false)
})

test('a deleted card leaves the keyboard to its neighbour, and takes it back with Undo', async ({ page }) => {
  await boardOfPosts(page, { Idea: ['One', 'Two', 'Three'] })
  await card(page, 'Two').click()
  await page.keyboard.press('Delete')
  await expect(card(page, 'Three')).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(card(page, 'Two')).toBeFocused()
  await page.keyboard.press('Space')
  await expect(page.getByRole('region', { name: 'Post: Two' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('region', { name: 'Post: Two' })).toHaveCount(0)
  await expect(card(page, 'Two')).toBeFocused()
})
