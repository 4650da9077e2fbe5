/** An article of Ghost that is mailed, on the chromium shell: chosen beside the text, told before it happens, mailed once. */
import { expect, type Page } from '@playwright/test'
import { blankPost } from '../../renderer/data/commands/posts.ts'
import { blankChannel } from '../../shared/domain/channel.ts'
import { toWall } from '../../shared/domain/time.ts'
import { GHOST_KEY, type GhostSandbox, startGhost } from '../sandbox/ghost.ts'
import { accountRow, ask } from './accounts.ts'
import { putRows } from './database.ts'
import { deskWith } from './desk.ts'

const test = deskWith(
  async (clock): Promise<{ readonly ghost: GhostSandbox }> => ({ ghost: await startGhost({ clock }) }),
)

/** Too near for the site to take it ahead, too far to be sent by itself. */
const SOON = 4 * 60_000
const TITLE = 'Letters from the harbour'

/** A post that is due soon on a site that is connected, open beside its text. */
async function writeIt(page: Page, ghost: GhostSandbox): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  const answer = await ask(page, 'accounts:connect', { network: 'ghost', given: { host: ghost.url, key: GHOST_KEY } })
  if (answer.kind !== 'connected') throw new Error(JSON.stringify(answer))
  const planned = toWall(Date.now() + SOON, 'UTC')
  await putRows(page, {
    channels: [blankChannel('ghost', { id: 'gh', name: 'The journal', zone: 'UTC' })],
    accounts: [accountRow(answer.account, 'gh')],
    posts: [
      blankPost(Date.now(), {
        id: 'p',
        title: TITLE,
        status: 'scheduled',
        channelIds: ['gh'],
        planned,
        publishAt: planned,
      }),
    ],
    documents: [{ id: 'p', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Boats.' }] }] }],
  })
  await page.reload()
  await page.locator('[data-day]').first().waitFor()
  await page.getByRole('button', { name: 'Write', exact: true }).click()
}

const form = (page: Page) => page.getByRole('complementary').getByRole('region', { name: /Ghost|The journal/ })
const choice = (page: Page) => form(page).getByRole('combobox', { name: 'Send as a newsletter' })
const row = (page: Page) => page.getByRole('listitem').filter({ hasText: TITLE })
const dock = (page: Page) => page.getByRole('complementary', { name: 'About the delivery' })

async function choose(page: Page, group: string): Promise<void> {
  await choice(page).click()
  await page.getByRole('option', { name: group, exact: true }).click()
}

async function openOutbox(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Outbox/ }).click()
  await row(page).locator('[data-row]').click()
}

test('a newsletter is off, says that it is for good once it is chosen, and goes out once with its post', async ({
  desk,
}) => {
  const { page, ghost } = desk
  await writeIt(page, ghost)
  await expect(choice(page)).toContainText('No')
  await expect(form(page).getByRole('textbox', { name: 'Newsletter (slug)' })).toHaveCount(0)
  await choose(page, 'To free members')
  await expect(form(page)).toContainText('This goes out as a newsletter to free members when the post does.')
  await expect(form(page)).toContainText('A mail cannot be taken back or corrected.')
  await form(page).getByRole('textbox', { name: 'Subject of the mail' }).fill('Read me')
  await expect(form(page).getByRole('textbox', { name: 'Newsletter (slug)' })).toHaveAttribute(
    'placeholder',
    'The first one of the site',
  )
  await expect(page.getByText(/^Saved \d\d:\d\d:\d\d$/)).toBeVisible()

  await openOutbox(page)
  await expect(row(page)).toContainText('As a newsletter to free members, too.')
  await expect(dock(page)).toContainText(
    'It goes out as a newsletter to free members, too. A mail cannot be taken back.',
  )
  await dock(page).getByRole('button', { name: 'Send now' }).click()
  await expect(dock(page)).toContainText('It went out as a newsletter to free members, too.')
  expect(ghost.mailed).toMatchObject([{ newsletter: 'default-newsletter', segment: 'status:free', subject: 'Read me' }])
})

test('what is taken back again beside the text mails nobody', async ({ desk }) => {
  const { page, ghost } = desk
  await writeIt(page, ghost)
  await choose(page, 'To all members')
  await form(page).getByRole('button', { name: 'Leave it out' }).click()
  await expect(choice(page)).toContainText('No')
  await openOutbox(page)
  await expect(row(page)).toBeVisible()
  await expect(row(page)).not.toContainText('newsletter')
  await dock(page).getByRole('button', { name: 'Send now' }).click()
  await expect(page.getByRole('region', { name: 'Out today' })).toContainText(TITLE)
  expect(ghost.mailed).toEqual([])
})
