import type { Page } from '@playwright/test'
import { blankPost } from '../../renderer/data/commands/posts.ts'
import { dateAt } from '../../shared/domain/time.ts'
import { expect, test } from './app.ts'
import { putRows } from './database.ts'

const workspaceButton = (page: Page, name: string) => page.getByRole('button', { name: `Workspace: ${name}` })
const openWorkspaces = async (page: Page, name: string, item: string) => {
  await workspaceButton(page, name).click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('the first run asks for a name and a zone, says where everything lies, and needs nothing else', async ({
  app,
  page,
}) => {
  await expect(page.getByRole('heading', { name: /Keep it on this computer/ })).toBeVisible()
  await expect(page.getByLabel('Name of this workspace')).toBeFocused()
  await page.getByRole('button', { name: 'Where exactly?' }).click()
  await expect(page.getByText(app.dataFolder)).toBeVisible()

  await page.getByLabel('Name of this workspace').fill('Quarry books')
  await page.getByRole('button', { name: /^Time zone/ }).click()
  await page.getByRole('combobox').fill('lisbon')
  await page.getByRole('option', { name: /Europe\/Lisbon/ }).click()
  await page.getByRole('button', { name: 'Start empty' }).click()
  await expect(workspaceButton(page, 'Quarry books')).toBeVisible()
  await expect(page.getByRole('button', { name: /Time zone/ })).toContainText('Europe/Lisbon')

  const again = await app.restart()
  await expect(workspaceButton(again, 'Quarry books')).toBeVisible()
  await expect(again.getByRole('button', { name: /Time zone/ })).toContainText('Europe/Lisbon')
})

test('the sample opens with the cable out, and is a workspace like any other', async ({ app, page, context }) => {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  await context.setOffline(true)
  await page.getByLabel('Name of this workspace').press('Enter')
  await expect(workspaceButton(page, 'Fernhollow')).toBeVisible()
  await page.getByRole('button', { name: /^Today \d/ }).click()
  await expect(page.getByRole('heading', { name: 'Waiting for you' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Going out today' })).toBeVisible()
  await expect(page.locator('main img, [class*="thumb"] img').first()).toBeVisible()
  await page.getByRole('button', { name: 'Approve “How we price a repairable pack”' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('“How we price a repairable pack”: approved').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Approve “How we price a repairable pack”' })).toBeHidden()
  await expect(page.getByRole('button', { name: 'Write on “Packed in 28 seconds”' })).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('button', { name: 'Approve “How we price a repairable pack”' })).toBeVisible()
  await expect(page.getByText('Offline', { exact: true })).toBeVisible()
  await context.setOffline(false)
  await expect(page.getByText('Online', { exact: true })).toBeVisible()
  expect(errors).toEqual([])
  const again = await app.restart()
  await expect(workspaceButton(again, 'Fernhollow')).toBeVisible()
})

test('a post whose time has come is marked published from Today, and one undo takes it back', async ({ page }) => {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await expect(page.getByRole('button', { name: 'Board', exact: true })).toBeVisible()
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const date = dateAt(Date.now(), zone)
  const at = (time: string) => ({ planned: { date, time, zone }, status: 'scheduled' as const })
  const [past, ahead] = [at('00:00'), at('23:59')]
  await putRows(page, {
    posts: [
      blankPost(1, { id: 'past', title: 'Seam test', ...past }),
      blankPost(1, { id: 'ahead', title: 'Night tent', ...ahead }),
    ],
  })
  await page.reload()
  await page
    .getByRole('button', { name: /^Today/ })
    .first()
    .click()
  const out = page.getByRole('region', { name: 'Going out today' })
  await expect(out.getByRole('button', { name: /^Mark .* published$/ })).toHaveCount(1)
  await out.getByRole('button', { name: 'Mark “Seam test” published' }).click()
  await expect(out.getByText('Published', { exact: true })).toBeVisible()
  await expect(out.getByRole('button', { name: /^Mark .* published$/ })).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(out.getByRole('button', { name: 'Mark “Seam test” published' })).toBeVisible()
})

test('workspaces are made, renamed, switched, thrown away, restored and deleted for good', async ({ page }) => {
  await page.getByLabel('Name of this workspace').fill('First')
  await page.getByRole('button', { name: 'Start empty' }).click()
  await openWorkspaces(page, 'First', 'New workspace')
  await expect(page.getByRole('button', { name: 'Open “First”' })).toBeVisible()
  await page.getByLabel('Name of this workspace').fill('Second')
  await page.getByRole('button', { name: 'Start empty' }).click()

  await openWorkspaces(page, 'Second', 'Rename this workspace')
  await page.getByRole('dialog').getByLabel('Name').fill('Better name')
  await page.getByRole('button', { name: 'Rename', exact: true }).click()
  await workspaceButton(page, 'Better name').click()
  await page.getByRole('menuitemcheckbox', { name: 'First' }).click()
  await openWorkspaces(page, 'First', 'Move this workspace to the trash')
  await expect(workspaceButton(page, 'Better name')).toBeVisible()

  await openWorkspaces(page, 'Better name', 'Workspaces in the trash')
  await page.getByRole('button', { name: 'Restore', exact: true }).click()
  await expect(page.getByText('No workspace is in the trash.')).toBeVisible()
  await page.keyboard.press('Escape')
  await workspaceButton(page, 'Better name').click()
  await page.getByRole('menuitemcheckbox', { name: 'First' }).click()
  await openWorkspaces(page, 'First', 'Move this workspace to the trash')
  await openWorkspaces(page, 'Better name', 'Move this workspace to the trash')

  // All are in the trash: the first run again, with the way back.
  await page.getByRole('button', { name: 'Restore “Better name”' }).click()
  await openWorkspaces(page, 'Better name', 'Workspaces in the trash')
  await page.getByRole('button', { name: 'Delete for good' }).click()
  await expect(page.getByText('This cannot be undone.')).toBeVisible()
  await page.getByRole('button', { name: 'Delete for good' }).click()
  await expect(page.getByText('No workspace is in the trash.')).toBeVisible()
  const left = await page.evaluate(
    async () => (await indexedDB.databases()).filter(({ name }) => name?.startsWith('outpost-')).length,
  )
  expect(left).toBe(1)
})

test('a channel gets its slots, a person a role, and every step can be taken back', async ({ page }) => {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Channels' }).click()
  await page.getByRole('button', { name: 'Add a channel' }).click()
  await page.getByRole('menuitem', { name: 'Mastodon' }).click()
  await page.getByLabel('Name', { exact: true }).fill('@quarry@books.example')
  await page.getByLabel('Name', { exact: true }).press('Enter')
  await expect(page.getByRole('button', { name: /@quarry@books\.example Mastodon/ })).toBeVisible()
  await page.getByLabel('Time of the slot').fill('08:15')
  await page.getByRole('button', { name: 'Add a time' }).click()
  const monday = page.getByRole('button', { name: 'Mon 08:15' })
  await expect(monday).toBeFocused()
  await page.keyboard.press('Space')
  await expect(monday).toHaveAttribute('aria-pressed', 'true')
  await page.getByLabel('Keep quiet').click()
  await page.getByLabel('Quiet from').fill('20:30')
  await page.getByLabel('Quiet from').press('Enter')
  await expect(page.getByRole('cell', { name: '20:30 – 07:00' })).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).first().click()
  await expect(page.getByRole('cell', { name: '21:00 – 07:00' })).toBeVisible()

  await page.getByRole('button', { name: 'People' }).click()
  await page.getByRole('button', { name: 'Add a person' }).click()
  await page.getByLabel('Name of New person').fill('Dara Quill')
  await page.getByLabel('Name of New person').press('Enter')
  await page.getByLabel('Role of Dara Quill').fill('Editor')
  await page.getByLabel('Role of Dara Quill').press('Enter')
  await page.getByRole('button', { name: 'General' }).click()
  await page.getByLabel('You', { exact: true }).click()
  await page.getByRole('option', { name: 'Dara Quill' }).click()
  await expect(page.getByText('Dara Quill').last()).toBeVisible()

  await page.getByRole('button', { name: 'Look', exact: true }).click()
  await page.getByLabel('Night').click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})
