/** Settings are found by a word, wherever they stand. */
import { FINDABLE } from '../../renderer/features/settings/findable.ts'
import { expect, test } from './app.ts'

test('a setting is found by a word of it, and takes the keys; every one there is a line of its page', async ({
  page,
}) => {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await expect(page.getByRole('button', { name: 'Board', exact: true })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(page.getByRole('button', { name: 'Find a setting' })).toBeVisible()
  await page.keyboard.press('/')
  const box = page.getByRole('dialog', { name: 'Find a setting' })
  await page.keyboard.type('monday')
  await expect(box.getByRole('option')).toHaveText(['Week starts onTime'])
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Time/)
  await expect(page.locator('[data-setting="Week starts on"] :focus')).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('nothing of that kind')
  await expect(box).toContainText('No setting by that word')
  await page.keyboard.press('Escape')
  for (const { page: at, label } of FINDABLE) {
    if (!label) continue
    await page.getByRole('button', { name: 'Find a setting' }).click()
    await page.keyboard.type(label)
    await page.keyboard.press('Enter')
    await expect(page.locator(`[data-setting="${label}"]`), `${at}: ${label}`).toHaveAttribute('data-found', '')
  }
})
