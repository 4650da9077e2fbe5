import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { projectRoot } from '../support/project.ts'
import { expect, test } from './app.ts'
import { rowsOf } from './database.ts'

const sample = (name: string) => join(projectRoot, 'assets', 'sample', `${name}.jpg`)
const dock = (page: Page) => page.getByRole('complementary', { name: 'Channel' })
const dialog = (page: Page) => page.getByRole('dialog', { name: /^Picture of / })
const undo = (page: Page) => page.getByRole('button', { name: /^Undo (Ctrl|⌘)/ }).click()
const faces = async (page: Page) => (await rowsOf(page, 'channels')).map(({ avatarId }) => avatarId)

async function anInstagram(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await page.getByRole('button', { name: 'Channels', exact: true }).click()
  await page.getByRole('button', { name: 'Add a channel' }).click()
  await page.getByRole('menuitem', { name: 'Instagram' }).click()
  await expect(dock(page)).toBeVisible()
}
const choose = async (page: Page, what: string) => {
  await dock(page)
    .getByRole('button', { name: /picture$/ })
    .click()
  await page.getByRole('menuitem', { name: what }).click()
}
/** As the clipboard of the system gives a picture. */
const paste = (page: Page, path: string) =>
  page.evaluate((base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File([bytes], 'image.png', { type: 'image/jpeg' }))
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, readFileSync(path).toString('base64'))

test('a channel gets its picture from the disk, cut square, and it stands wherever there is room', async ({ app }) => {
  await anInstagram(app.page)
  const chooser = app.page.waitForEvent('filechooser')
  await choose(app.page, 'From the disk…')
  await (await chooser).setFiles(sample('ridge-dawn'))
  const frame = dialog(app.page).getByRole('button', { name: /^Frame 1:1/ })
  await frame.focus()
  await app.page.keyboard.press('-')
  await app.page.keyboard.press('Shift+ArrowLeft')
  await dialog(app.page).getByRole('button', { name: 'Use' }).click()
  const [medium] = await rowsOf(app.page, 'media')
  await expect.poll(() => faces(app.page)).toEqual([medium?.id])
  const {
    width = 0,
    height = 0,
    edits,
  } = medium as {
    width: number
    height: number
    edits: { frames: Record<string, { width: number; height: number }> }
  }
  const cut = edits.frames.channel
  expect(Math.abs(((cut?.width ?? 0) * width) / ((cut?.height ?? 1) * height) - 1)).toBeLessThan(0.01)

  const page = await app.restart()
  const pictures = (where: ReturnType<Page['locator']>) => where.locator(`[data-picture="${medium?.id}"] img`)
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await page.getByRole('button', { name: 'Channels', exact: true }).click()
  await expect(pictures(page.getByRole('row'))).toBeVisible()
  await page.keyboard.press('c')
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Three pockets')
  await page.getByRole('button', { name: 'Add channels' }).first().click()
  await expect(pictures(page.getByRole('dialog', { name: 'Add channels' }))).toBeVisible()
  await page.getByRole('checkbox', { name: 'All channels' }).click()
  await page.getByRole('button', { name: 'Add 1 channel' }).click()
  // The head of its card, and the preview in it.
  await expect(pictures(page.getByRole('complementary').getByRole('region', { name: /^Instagram/ }))).toHaveCount(2)
})

test('a picture of a channel is pasted, taken off and back, and its file cannot vanish meanwhile', async ({ page }) => {
  await anInstagram(page)
  await paste(page, sample('patch'))
  await dialog(page).getByRole('button', { name: 'Use' }).click()
  await expect.poll(async () => (await faces(page)).filter(Boolean).length).toBe(1)

  await page.keyboard.press('g')
  await page.keyboard.press('m')
  await page.getByRole('listbox', { name: 'Media' }).getByRole('option').first().click()
  const about = page.getByRole('complementary', { name: 'About the file' })
  await expect(about.getByRole('region', { name: 'Used in' })).toContainText('channel picture')
  await page.keyboard.press('Delete')
  await expect(page.locator('[data-toast]').filter({ hasText: 'Not deleted' })).toBeVisible()
  await about
    .getByRole('region', { name: 'Used in' })
    .getByRole('button', { name: /channel picture/ })
    .click()
  await expect(dock(page)).toBeVisible()

  await choose(page, 'Take it off')
  await expect.poll(() => faces(page)).toEqual([''])
  await undo(page)
  await expect.poll(async () => (await faces(page)).filter(Boolean).length).toBe(1)
  await dock(page)
    .getByRole('button', { name: /^Delete / })
    .click()
  await expect(page.getByText('A channel is a profile on a network.')).toBeVisible()
  await undo(page)
  await expect(page.getByRole('row').locator('[data-picture] img')).toBeVisible()
})
