/** Plan to PDF in the window: choices, the very file as preview, keys, saving, and what it remembers. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { readPdf } from '../support/pdf.ts'
import { expect, test } from './app.ts'

const MAKING = 90_000

async function openPlan(page: Page): Promise<Locator> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('Plan to PDF')
  await page.getByRole('option', { name: 'Plan to PDF' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Plan to PDF' })
  await expect(dialog).toBeVisible()
  return dialog
}
const save = (dialog: Locator) => dialog.getByRole('button', { name: /Save PDF/ })
const made = (dialog: Locator) => expect(save(dialog)).not.toHaveAttribute('aria-disabled', 'true', { timeout: MAKING })

test('a sample plan is chosen, looked through by keyboard, saved and remembered', async ({ app, page }) => {
  test.setTimeout(400_000)
  await page.getByRole('button', { name: 'Open the sample' }).click()
  await page.getByRole('navigation').first().waitFor()
  let dialog = await openPlan(page)
  await made(dialog)
  const preview = dialog.getByRole('region', { name: 'Preview' })
  await expect(preview.getByRole('img')).toHaveAccessibleName(/^Cover, page 1 of \d+$/)
  // Really drawn: the cover has the accent's tint, so not every dot is white.
  const drawn = () =>
    preview.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
      const dots = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
      return dots.some((value, at) => at % 4 === 0 && value < 200)
    })
  await expect.poll(drawn).toBe(true)
  await preview.focus()
  await page.keyboard.press('End')
  await expect(preview.getByRole('img')).toHaveAccessibleName(/page (\d+) of \1$/)
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await expect(preview.getByRole('img')).toHaveAccessibleName(/^Summary, page 2/)

  await dialog.getByRole('radio', { name: 'Letter' }).click()
  await dialog.getByRole('checkbox', { name: 'Post sheets' }).click()
  await dialog.getByRole('button', { name: 'Move Sign-off' }).focus()
  await page.keyboard.press('Space')
  await expect(dialog.getByRole('button', { name: 'Move Sign-off' })).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('ArrowUp')
  await expect(dialog.getByText(/^Sign-off, place 13 of 15/)).toBeAttached()
  await page.keyboard.press('Space')
  const order = () => dialog.getByRole('list', { name: 'Sections' }).getByRole('listitem').allTextContents()
  await expect
    .poll(
      async () =>
        (await order()).findIndex((row) => row.startsWith('Sign-off')) <
        (await order()).findIndex((row) => row.startsWith('Team')),
    )
    .toBe(true)
  await made(dialog)
  await save(dialog).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText(/^Saved .*\.pdf/).first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Show file' })).toBeVisible()

  const [file] = readdirSync(app.downloads).filter((name) => name.endsWith('.pdf'))
  const pdf = await readPdf(new Uint8Array(readFileSync(join(app.downloads, file ?? ''))))
  expect(Math.round(pdf.pages[0]?.width ?? 0)).toBe(612)
  const titles = pdf.bookmarks.map(({ title }) => title)
  expect(titles).not.toContain('Post sheets')
  expect(titles.indexOf('Sign-off')).toBeLessThan(titles.indexOf('Team'))

  dialog = await openPlan(page)
  await expect(dialog.getByRole('radio', { name: 'Letter' })).toBeChecked()
  await expect(dialog.getByRole('checkbox', { name: 'Post sheets' })).not.toBeChecked()
  await expect(dialog.getByLabel('Version')).toHaveValue('2')
})

test('a range that runs backwards is said where it was typed, and nothing is saved', async ({ page }) => {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.getByRole('navigation').first().waitFor()
  const dialog = await openPlan(page)
  // Days are written as everywhere in the app, whatever the order of day and month on this computer.
  const from = dialog.getByLabel('From', { exact: true })
  await from.fill('31.12.2031')
  await from.press('Enter')
  await expect(from).toHaveValue('Wed 31 Dec 2031')
  await dialog.getByLabel('To', { exact: true }).fill('2031-12-01')
  await expect(dialog.getByText('After the last day')).toBeVisible()
  await expect(save(dialog)).toHaveAttribute('aria-disabled', 'true')
  await save(dialog).click({ force: true })
  await page.getByRole('button', { name: 'The first day is after the last' }).click()
  await expect(from).toBeFocused()
})
