import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'

const palette = (page: Page) => page.getByRole('dialog', { name: 'Search or do' })
const field = (page: Page) => palette(page).getByRole('combobox')
const options = (page: Page) => palette(page).getByRole('option')

async function openSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open the sample' }).click()
  await expect(page.getByRole('button', { name: 'Workspace: Fernhollow' })).toBeVisible()
}
async function openPalette(page: Page, text = ''): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(field(page)).toBeFocused()
  if (text) await field(page).fill(text)
}
/** Shows a post of today on the calendar, selected: the other way Enter has. */
async function selectWaitlist(page: Page): Promise<void> {
  await openPalette(page, 'waitlist opens')
  await expect(options(page).first()).toContainText('Waitlist opens at noon')
  await page.keyboard.press('Control+Enter')
  await expect(palette(page)).toBeHidden()
}

test('search finds posts, campaigns, notes and tasks as one types, and marks what matched', async ({ page }) => {
  await openSample(page)
  await openPalette(page, 'bartac')
  await expect(options(page).filter({ hasText: 'Behind the seam: the bartack' })).toBeVisible()
  await expect(palette(page).locator('mark').first()).toHaveText('bartac')
  await field(page).fill('thread in nine')
  await expect(options(page).filter({ hasText: 'Order thread in nine colours' })).toBeVisible()
  await field(page).fill('stock count')
  await expect(options(page).filter({ hasText: 'Stock count: nobody at the desk' })).toBeVisible()
  // Only the text says it, and with a slip.
  await field(page).fill('bracke')
  await expect(options(page).filter({ hasText: 'Colour card' })).toBeVisible()
  await field(page).fill('bartac')
  await expect(options(page).first()).toContainText('bartack')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toHaveText(/Behind the seam/)
})

test('a line becomes a post with day, time and network, is found at once and can be undone', async ({ page }) => {
  await openSample(page)
  await openPalette(page, 'tomorrow 9:35 linkedin Quartz in the heel')
  await expect(options(page).first()).toContainText('Quartz in the heel')
  await expect(options(page).first()).toContainText('09:35')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/Created “Quartz in the heel” for/).first()).toBeVisible()
  await openPalette(page, 'quartz')
  await expect(options(page).filter({ hasText: 'Quartz in the heel' }).first()).toContainText('09:35')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+z')
  await openPalette(page, 'quartz')
  await expect(options(page)).toHaveText([/New post “quartz”/])
})

test('prefixes narrow, Escape steps back one level, focus returns', async ({ page }) => {
  await openSample(page)
  await page.getByRole('button', { name: /^Today \d/ }).click()
  await page.getByRole('button', { name: 'Search or do' }).click()
  await field(page).fill('@bex')
  await expect(options(page)).toHaveText([/Bex Rademaker/])
  await field(page).fill('#mend')
  await expect(options(page)).toHaveText([/Mend Week/])
  await field(page).fill('>export')
  await expect(options(page).first()).toContainText('Export posts')
  await page.keyboard.press('Escape')
  await expect(field(page)).toHaveValue('')
  await expect(palette(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(palette(page)).toBeHidden()
  await expect(page.getByRole('button', { name: 'Search or do' })).toBeFocused()
})

test('commands of the palette act on the post it names: the selection, in Write the open text', async ({ page }) => {
  await openSample(page)
  await selectWaitlist(page)
  await openPalette(page, '>versions')
  await expect(palette(page).getByRole('group').first()).toHaveAccessibleName('On “Waitlist opens at noon”')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toHaveValue('Behind the seam: the bartack')
  await openPalette(page, '>status idea')
  await expect(palette(page).getByRole('group').first()).toHaveAccessibleName('On “Behind the seam: the bartack”')
  await page.keyboard.press('Enter')
  await expect(page.getByText('“Behind the seam: the bartack”: Idea').first()).toBeVisible()
})

test('every command of every menu exists in the palette', async ({ page }) => {
  await openSample(page)
  const texts = async (role: 'menuitem' | 'menuitemcheckbox') =>
    await page
      .getByRole(role)
      .evaluateAll((items) => items.map((item) => item.querySelector('[class*="label"]')?.textContent ?? ''))
  const allInPalette = async (titles: readonly string[]) => {
    await openPalette(page, '>')
    const shown = () =>
      options(page).evaluateAll((rows) => rows.map((row) => row.querySelector('[class*="words"]')?.textContent ?? ''))
    await expect.poll(shown).toEqual(expect.arrayContaining([...titles]))
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
  }

  await page.getByRole('button', { name: 'Workspace: Fernhollow' }).click()
  const ofWorkspace = await texts('menuitem')
  expect(ofWorkspace.length).toBeGreaterThan(3)
  await page.keyboard.press('Escape')
  await allInPalette(ofWorkspace)

  // The menu of a post; a sub menu `Status > Draft` is the command `Set status: Draft`.
  await selectWaitlist(page)
  await page.getByRole('radio', { name: 'Day' }).click()
  await page.getByText('Waitlist opens at noon').first().click({ button: 'right' })
  await expect(page.getByRole('menuitem').first()).toBeVisible()
  const commands: string[] = []
  for (const item of await page.getByRole('menuitem').all()) {
    const label = (await item.locator('[class*="label"]').textContent()) ?? ''
    if ((await item.getAttribute('aria-haspopup')) !== 'menu') {
      commands.push(label)
      continue
    }
    await item.focus()
    await page.keyboard.press('ArrowRight')
    const sub = page.getByRole('menu').last()
    await expect(sub.getByRole('menuitem').first()).toBeVisible()
    for (const entry of await sub.getByRole('menuitem').all())
      commands.push(`Set ${label.toLowerCase()}: ${await entry.locator('[class*="label"]').textContent()}`)
    await page.keyboard.press('ArrowLeft')
  }
  expect(commands).toContain('Set status: Approved')
  await page.keyboard.press('Escape')
  await allInPalette(commands)
})

test('? lists the keys that work, and no key fires while one types', async ({ page }) => {
  await openSample(page)
  await page.keyboard.press('?')
  const keys = page.getByRole('dialog', { name: 'Keys of this screen' })
  await expect(keys.getByRole('region', { name: 'Go to' })).toContainText('Go to Board')
  await keys.getByLabel('Find a key').fill('undo')
  await expect(keys.getByRole('term')).toHaveText(['Undo'])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(keys).toBeHidden()

  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await page.getByRole('button', { name: 'People', exact: true }).click()
  const name = page.getByLabel('Name of Bex Rademaker')
  await name.click()
  await name.press('End')
  await page.keyboard.type(' gc?c')
  await expect(name).toHaveValue('Bex Rademaker gc?c')
  await page.keyboard.press('Escape')
  await expect(name).toHaveValue('Bex Rademaker')
})

test('what is deleted waits in the trash and comes back', async ({ page }) => {
  await openSample(page)
  await selectWaitlist(page)
  await openPalette(page, '>delete')
  await expect(options(page).first()).toContainText('Delete')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Deleted “Waitlist opens at noon”').first()).toBeVisible()
  await page.getByRole('button', { name: 'Trash', exact: true }).click()
  await page.getByRole('button', { name: 'Restore “Waitlist opens at noon”' }).click()
  await expect(page.getByText('The trash is empty.', { exact: false })).toBeVisible()
  await openPalette(page, 'waitlist opens')
  await expect(options(page).filter({ hasText: 'Waitlist opens at noon' })).toBeVisible()
})
