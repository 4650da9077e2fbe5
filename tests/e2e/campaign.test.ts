import type { Page } from '@playwright/test'
import { blankCampaign } from '../../renderer/data/commands/campaigns.ts'
import { blankPost } from '../../renderer/data/commands/posts.ts'
import type { Post } from '../../shared/domain/post.ts'
import { expect, test } from './app.ts'
import { putRows, rowsOf } from './database.ts'

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** Writes rows beside the app and reads them in again: a campaign with a launch in ten days and three posts. */
async function withCampaign(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await expect(page.getByRole('button', { name: 'Board', exact: true })).toBeVisible()
  const [launch, later, wrong] = [inDays(10), inDays(12), inDays(11)]
  const campaign = blankCampaign(1, {
    id: 'tarn',
    name: 'Tarn 28',
    stage: 'production',
    startOn: launch,
    endOn: later,
    launchOn: launch,
    phases: [{ id: 'ph', name: 'Launch', from: launch, to: later }],
    hue: 'iris',
  })
  const post = (title: string, date: string, fields: Partial<Post> = {}) =>
    blankPost(1, {
      id: title,
      title,
      campaignId: campaign.id,
      planned: { date, time: '09:00', zone: 'UTC' },
      ...fields,
    })
  await putRows(page, {
    campaigns: [campaign],
    posts: [post('Teaser', launch), post('Launch post', later), post('Fixed', wrong, { pinned: true })],
  })
  await page.reload()
}

async function openCampaign(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Board', exact: true }).click()
  await page.getByRole('button', { name: /^Tarn 28,/ }).click()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: 'Overview' })).toBeVisible()
}

const datesOf = async (page: Page) => {
  const posts = (await rowsOf(page, 'posts')) as readonly Partial<Post>[]
  const [campaign] = await rowsOf(page, 'campaigns')
  return Object.fromEntries([
    ...posts.map(({ title, planned }) => [title, planned?.date]),
    ['launchOn', campaign?.launchOn],
  ])
}

test('a campaign keeps what is written into it: name, colour, stage, objective, brief, messages, tasks, phases', async ({
  app,
}) => {
  const { page } = app
  await withCampaign(page)
  // A new one asks for its name.
  await expect(page.getByRole('button', { name: 'Board', exact: true })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('new campaign')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Name of the campaign')).toBeFocused()
  await page.keyboard.type('Mend Week')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Board', exact: true }).click()
  await expect(page.getByRole('button', { name: /^Mend Week,/ })).toBeVisible()
  await openCampaign(page)
  await page.getByRole('button', { name: 'Colour: iris' }).click()
  await page.getByRole('radio', { name: 'pine' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Stage: In production' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Live' }).click()
  await page.getByLabel('Objective').fill('Bring us one thing to fix.')
  await page.getByLabel('Text of the brief').click()
  await page.keyboard.type('Nobody buys anything this week.')
  await page.getByLabel('New key message').fill('Mend it.')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Do not buy it.')
  await page.keyboard.press('Enter')
  await page.getByLabel('New task').first().fill('Book the hall')
  await page.keyboard.press('Enter')
  await page.getByLabel('New phase').fill('Sustain')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Phase', { exact: true })).toHaveCount(2)
  await page.getByLabel('Key message 1').focus()
  await page.keyboard.press('Alt+ArrowDown')
  await expect(page.getByLabel('Key message 1')).toHaveValue('Do not buy it.')

  await page.getByRole('tab', { name: 'Activity' }).click()
  const activity = page.getByRole('region', { name: 'Activity' })
  await expect(activity.getByText('Created task “Book the hall”')).toBeVisible()
  await expect(activity.getByText('Stage of “Tarn 28”')).toBeVisible()

  const again = await app.restart()
  await expect(again.getByRole('button', { name: 'Colour: pine' })).toBeVisible()
  await expect(again.getByRole('button', { name: 'Stage: Live' })).toBeVisible()
  await expect(again.getByLabel('Objective')).toHaveValue('Bring us one thing to fix.')
  await expect(again.getByLabel('Text of the brief')).toContainText('Nobody buys anything this week.')
  await expect(again.getByLabel('Key message 2')).toHaveValue('Mend it.')
  await expect(again.getByLabel('Task', { exact: true })).toHaveValue('Book the hall')
})

test('in the table of its posts a letter sets a property, several are picked and changed together, one undo', async ({
  page,
}) => {
  await withCampaign(page)
  await openCampaign(page)
  await page.getByRole('tab', { name: /^Content/ }).click()
  const row = (title: string) =>
    page.getByRole('list', { name: 'Posts of Tarn 28' }).getByRole('button', { name: title })
  await row('Teaser,').click()
  await page.keyboard.press('s')
  await page.keyboard.type('appr')
  await page.keyboard.press('Enter')
  await expect(row('Teaser, Approved')).toBeFocused()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  const bar = page.getByRole('toolbar', { name: 'For 3 selected posts' })
  await expect(bar).toBeVisible()
  await page.keyboard.press('Shift+ArrowUp')
  await expect(page.getByRole('toolbar', { name: 'For 2 selected posts' })).toBeVisible()
  await row('Launch post,').click({ modifiers: ['ControlOrMeta'] })
  await expect(bar).toBeVisible()
  await bar.getByRole('button', { name: /^Change…/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Change 3 posts' })
  await dialog.getByLabel('Days', { exact: true }).fill('1')
  await dialog.getByRole('button', { name: 'Change 3 posts' }).click()
  await expect
    .poll(() => datesOf(page))
    .toMatchObject({ Teaser: inDays(11), Fixed: inDays(12), 'Launch post': inDays(13) })
  await page.keyboard.press('Control+z')
  await expect
    .poll(() => datesOf(page))
    .toMatchObject({ Teaser: inDays(10), Fixed: inDays(11), 'Launch post': inDays(12) })
})

test('a shift shows every move first, leaves the pinned post, and is one undo', async ({ page }) => {
  await withCampaign(page)
  await openCampaign(page)
  const before = await datesOf(page)
  await page.getByRole('button', { name: 'Shift…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Shift Tarn 28' })
  await expect(dialog).toContainText('2 move')
  await expect(dialog).toContainText('1 pinned')
  await expect(dialog.getByText('Teaser')).toBeVisible()
  expect(await datesOf(page)).toEqual(before)
  await dialog.getByRole('button', { name: /^Move 2 posts/ }).click()
  await expect(dialog).toBeHidden()
  expect(await datesOf(page)).toEqual({
    Teaser: inDays(17),
    'Launch post': inDays(19),
    Fixed: inDays(11),
    launchOn: inDays(17),
  })
  await page.keyboard.press('Control+z')
  await expect.poll(() => datesOf(page)).toEqual(before)
})

test('a shift to a new launch date goes past a blackout day, and says so before anything moves', async ({ page }) => {
  await withCampaign(page)
  await putRows(page, {
    dayNotes: [
      { id: 'freeze', kind: 'blackout', text: 'Stock count', on: inDays(26), until: inDays(26), trashedAt: 0 },
    ],
  })
  await page.reload()
  await openCampaign(page)
  await page.getByRole('button', { name: 'Shift…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Shift Tarn 28' })
  await dialog.getByRole('button', { name: /Launch is/ }).click()
  // A week further than the seven days it begins with.
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText('+14 d')
  await expect(dialog).toContainText('1 post goes past a blackout day.')
  expect((await datesOf(page)).launchOn).toBe(inDays(10))
  await dialog.getByRole('button', { name: /^Move 2 posts/ }).click()
  await expect(dialog).toBeHidden()
  const dates = await datesOf(page)
  expect(dates).toMatchObject({ Teaser: inDays(24), Fixed: inDays(11), launchOn: inDays(24) })
  expect(dates['Launch post']).not.toBe(inDays(26))
  expect(dates['Launch post']).not.toBe(inDays(12))
})

test('on the timeline a campaign is shifted by keyboard through the preview', async ({ page }) => {
  await withCampaign(page)
  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await page.getByRole('radio', { name: 'Timeline' }).click()
  const lane = page.getByRole('button', { name: /^Tarn 28,/ })
  const days = page.getByRole('region', { name: 'Campaigns by day' })
  await page.keyboard.press('1')
  await expect(page.getByRole('grid', { name: 'Month' })).toBeVisible()
  await page.keyboard.press('5')
  await expect(lane).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(lane).toBeFocused()
  await page.keyboard.press('Shift+ArrowRight')
  await expect(days.getByText('+1 day', { exact: true })).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(days.getByText('+2 days', { exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(days.getByText('+2 days', { exact: true })).toBeHidden()
  expect((await datesOf(page)).Teaser).toBe(inDays(10))
  await lane.focus()
  await page.keyboard.press('Shift+ArrowRight')
  await expect(days.getByText('+1 day', { exact: true })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await datesOf(page)).Teaser).toBe(inDays(11))
})

test('on the timeline the end of a phase is dragged, and its body opens the shift', async ({ page }) => {
  await withCampaign(page)
  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await page.getByRole('radio', { name: 'Timeline' }).click()
  const bar = page.getByTitle(/^Launch, /).first()
  const box = await bar.boundingBox()
  if (!box) throw new Error('no bar')
  const day = box.width / 3
  // Escape puts it back while it is in the hand.
  await page.mouse.move(box.x + box.width - 3, box.y + 10)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width - 3 + day, box.y + 10, { steps: 5 })
  await expect(page.getByRole('status').filter({ hasText: /^Until / })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.mouse.up()
  expect((await bar.boundingBox())?.width).toBe(box.width)
  await page.mouse.move(box.x + box.width - 3, box.y + 10)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width - 3 + day * 2, box.y + 10, { steps: 5 })
  await page.mouse.up()
  await expect.poll(async () => (await bar.boundingBox())?.width ?? 0).toBeGreaterThan(box.width * 1.4)
  await page.mouse.move(box.x + box.width / 2, box.y + 10)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2 + day * 3, box.y + 10, { steps: 5 })
  await page.mouse.up()
  await expect(page.getByText('Shift Tarn 28')).toBeVisible()
  await expect(
    page.getByRole('region', { name: 'Campaigns by day' }).getByText('+3 days', { exact: true }),
  ).toBeVisible()
})
