/** Many posts changed at once: looked at first, done in one step, taken back in one. */
import { expect, test } from './app.ts'
import { nextMonth, nextMonthsPage, on, plan, post } from './onCalendar.ts'

test('several posts are changed together: owner, days and words, seen before it is done, one undo', async ({
  page,
}) => {
  await nextMonthsPage(page)
  await plan(page, nextMonth(10), '9:00 Tarn 28 is here')
  await plan(page, nextMonth(11), '9:00 Why the Tarn 28')
  await plan(page, nextMonth(12), '9:00 Tea at last')
  await post(page, 'Tarn 28 is here').click()
  await post(page, 'Why the Tarn 28').click({ modifiers: ['ControlOrMeta'] })
  await post(page, 'Tea at last').click({ modifiers: ['ControlOrMeta'] })
  await page.keyboard.press('Shift+E')
  const dialog = page.getByRole('dialog', { name: 'Change 3 posts' })
  const go = dialog.getByRole('button', { name: /^Change \d/ })
  await expect(go).toHaveAttribute('aria-disabled', 'true')

  await dialog.getByRole('textbox', { name: 'Find' }).fill('tarn 28')
  await dialog.getByRole('textbox', { name: 'Replace by' }).fill('Tarn 30')
  await expect(dialog.getByRole('status')).toHaveText('2 of 3 posts change, words replaced in 2 places')
  await expect(dialog.getByText('Title: Why the Tarn 28 → Why the Tarn 30')).toBeVisible()
  await dialog.getByLabel('Days', { exact: true }).fill('2')
  await expect(dialog.getByRole('status')).toHaveText('3 of 3 posts change, words replaced in 2 places')
  await dialog.getByRole('button', { name: 'Change 3 posts' }).click()
  await expect(on(page, nextMonth(13), 'Why the Tarn 30')).toBeVisible()
  await expect(on(page, nextMonth(14), 'Tea at last')).toBeVisible()

  await page.keyboard.press('Control+z')
  await expect(on(page, nextMonth(11), 'Why the Tarn 28')).toBeVisible()
  await expect(on(page, nextMonth(12), 'Tea at last')).toBeVisible()
})
