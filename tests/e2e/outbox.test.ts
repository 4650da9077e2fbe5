/** The outbox on the chromium shell: a post goes to a server on loopback, through offline, a lost answer and a person's word. */
import { expect, type Page } from '@playwright/test'
import { blankPost } from '../../renderer/data/commands/posts.ts'
import { blankChannel } from '../../shared/domain/channel.ts'
import { type Delivery, type DeliveryState, type Mark, newDelivery } from '../../shared/domain/delivery.ts'
import { plainMedium } from '../../shared/domain/medium.ts'
import { placementId, plainPlacement } from '../../shared/domain/placement.ts'
import { toWall } from '../../shared/domain/time.ts'
import { MASTODON_TOKEN, type MastodonSandbox, startMastodon } from '../sandbox/mastodon.ts'
import { lostAnswer } from '../sandbox/server.ts'
import { accountRow, connectMastodon } from './accounts.ts'
import { putRows, rowsOf } from './database.ts'
import { type Desk, deskWith } from './desk.ts'
import { cell, drag, nextMonth, on, undated } from './onCalendar.ts'

type MastodonDesk = Desk<{ readonly mastodon: MastodonSandbox }>
const test = deskWith(async (clock) => ({ mastodon: await startMastodon({ clock }) }))

/** Too near for the network to take it ahead, too far to be sent by itself. */
const SOON = 4 * 60_000

/** Posts that are due soon, on a channel that is connected. */
async function withPosts(
  { page, mastodon }: MastodonDesk,
  titles: readonly string[],
  rows: Parameters<typeof putRows>[1] = {},
): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  const account = await connectMastodon(page, mastodon.url)
  const planned = toWall(Date.now() + SOON, 'UTC')
  await putRows(page, {
    channels: [blankChannel('mastodon', { id: 'ma', name: 'Outpost news', zone: 'UTC' })],
    accounts: [accountRow(account, 'ma')],
    posts: titles.map((title) =>
      blankPost(Date.now(), { id: title, title, status: 'scheduled', channelIds: ['ma'], planned, publishAt: planned }),
    ),
    documents: titles.map((title) => ({
      id: title,
      content: [{ type: 'paragraph', content: [{ type: 'text', text: `${title} said` }] }],
    })),
    ...rows,
  })
  await page.reload()
  await page.locator('[data-day]').first().waitFor()
  await expect(page.getByRole('button', { name: /^Outbox/ })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await expect(page.getByRole('heading', { name: 'Outbox' })).toBeVisible()
}

const row = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title })
const dock = (page: Page) => page.getByRole('complementary', { name: 'About the delivery' })

test('what is sent offline waits, red nowhere, and goes out once when the network is back', async ({ desk }) => {
  const { page, mastodon, context } = desk
  await withPosts(desk, ['Three pockets'])
  await expect(row(page, 'Three pockets')).toContainText('Scheduled')
  await context.setOffline(true)
  await expect(page.getByRole('toolbar')).toContainText('Nothing is tried until the connection is back.')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await dock(page).getByRole('button', { name: 'Send now' }).click()
  await expect(row(page, 'Three pockets')).toContainText('Goes to Mastodon when you are back online.')
  await expect(dock(page)).toContainText('Nothing was tried yet.')
  await expect(page.getByRole('button', { name: 'Offline – 1 waiting' })).toBeVisible()
  expect(mastodon.statuses).toEqual([])

  await context.setOffline(false)
  await expect(page.getByRole('region', { name: 'Out today' })).toContainText('Three pockets')
  expect(mastodon.statuses.map(({ text }) => text)).toEqual(['Three pockets said'])
  await expect(dock(page).getByRole('listitem')).toContainText([
    'Written down as it is sent',
    'Ready to send',
    'Sent to Mastodon',
    'Mastodon took it',
  ])
  expect(await page.content()).not.toContain(MASTODON_TOKEN)
})

test('a lost answer is looked for before anything is sent again', async ({ desk }) => {
  const { page, mastodon } = desk
  await withPosts(desk, ['Four pockets'])
  mastodon.fail('POST /api/v1/statuses', lostAnswer)
  await page.locator('[data-row]').click()
  await dock(page).getByRole('button', { name: 'Send now' }).click()
  await expect(row(page, 'Four pockets')).toContainText('Checking')
  await expect(row(page, 'Four pockets')).toContainText('Asking Mastodon whether it arrived')
  await expect(page.getByRole('region', { name: 'Out today' })).toContainText('Four pockets', { timeout: 60_000 })
  expect(mastodon.statuses).toHaveLength(1)
  await expect(dock(page)).toContainText('The answer was lost')
  await expect(dock(page)).toContainText('Looked for it: it is there')
})

test('a wrong clock of this computer is told where one looks for what went out, as the network shows it', async ({
  desk,
}) => {
  const { page, mastodon } = desk
  await withPosts(desk, ['Nine pockets'])
  const notice = page.getByText('The clock of this computer is 14 min slow.')
  await expect(page.getByRole('heading', { name: 'Waiting' })).toBeVisible()
  await expect(notice).toBeHidden()
  mastodon.skew(14 * 60_000)
  await page.locator('[data-row]').click()
  await dock(page).getByRole('button', { name: 'Send now' }).click()
  await expect(notice).toBeVisible({ timeout: 40_000 })
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  await expect(notice).toBeVisible()
})

/** Adds words to the end of the text of the delivery that is chosen, and comes back to it. */
async function writeOn(page: Page): Promise<void> {
  await dock(page).getByRole('button', { name: 'Open the post' }).click()
  await page.getByRole('button', { name: 'Change the base text' }).click()
  await page.getByRole('textbox', { name: 'Text of the post' }).click()
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type(', and one more')
  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await page.locator('[data-row]').click()
}

test('what is out is changed there, and deleted there after one more question', async ({ desk }) => {
  const { page, mastodon } = desk
  await withPosts(desk, ['Six pockets'])
  await page.locator('[data-row]').click()
  await dock(page).getByRole('button', { name: 'Send now' }).click()
  await expect(page.getByRole('region', { name: 'Out today' })).toContainText('Six pockets')
  await expect(dock(page).getByRole('button', { name: 'Delete it there' })).toBeVisible()
  await expect(dock(page).getByRole('button', { name: 'Update it there' })).toBeHidden()

  await writeOn(page)
  await expect(dock(page)).toContainText('The post was changed here since it went out.')
  expect(mastodon.statuses.map(({ text }) => text)).toEqual(['Six pockets said'])
  await dock(page).getByRole('button', { name: 'Update it there' }).click()
  await expect.poll(() => mastodon.statuses.map(({ text }) => text)).toEqual(['Six pockets said, and one more'])
  await expect(dock(page)).not.toContainText('The post was changed here')

  await dock(page).getByRole('button', { name: 'Delete it there' }).click()
  const question = page.getByRole('dialog', { name: 'Delete “Six pockets” on Mastodon?' })
  await question.getByRole('button', { name: 'Back' }).click()
  expect(mastodon.statuses).toHaveLength(1)
  await dock(page).getByRole('button', { name: 'Delete it there' }).click()
  await question.getByRole('button', { name: 'Delete it there' }).click()
  await expect.poll(() => mastodon.statuses).toEqual([])
  await expect(dock(page)).toContainText('You deleted it on Mastodon.')
})

test('a thread that is out is changed in the part that says something else, and deleted from its end', async ({
  desk,
}) => {
  const { page, mastodon } = desk
  const rule = { type: 'horizontalRule' }
  const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })
  await withPosts(desk, ['Seven pockets'], {
    documents: [{ id: 'Seven pockets', content: [paragraph('One'), rule, paragraph('Two'), rule, paragraph('Three')] }],
    placements: [{ ...plainPlacement('Seven pockets', 'ma', Date.now()), format: 'thread', firstComment: 'Tickets' }],
  })
  await page.locator('[data-row]').click()
  await dock(page).getByRole('button', { name: 'Send now' }).click()
  await expect(page.getByRole('region', { name: 'Out today' })).toContainText('Seven pockets')
  const texts = () => mastodon.statuses.map(({ text }) => text)
  expect(texts()).toEqual(['One', 'Two', 'Three', 'Tickets'])
  const asked = (method: string) => mastodon.calls.filter((call) => call.method === method).map(({ path }) => path)
  const paths = mastodon.statuses.map(({ id }) => `/api/v1/statuses/${id}`)

  await writeOn(page)
  await dock(page).getByRole('button', { name: 'Update it there' }).click()
  await expect.poll(texts).toEqual(['One', 'Two', 'Three, and one more', 'Tickets'])
  expect(asked('PUT')).toEqual([paths[2]])

  await dock(page).getByRole('button', { name: 'Delete it there' }).click()
  const question = page.getByRole('dialog', { name: 'Delete “Seven pockets” on Mastodon?' })
  await expect(question).toContainText('All 3 posts of the thread and its first comment go for everybody')
  await question.getByRole('button', { name: 'Delete it there' }).click()
  await expect.poll(texts).toEqual([])
  expect(asked('DELETE')).toEqual(paths.toReversed())
  await expect(dock(page)).toContainText('You deleted it on Mastodon.')
  await expect(dock(page)).toContainText('Deleted on Mastodon, part 4')
})

test('what waits at its network follows what is done here: a move, an edit, and being taken out of the plan', async ({
  desk,
}) => {
  const { page, mastodon } = desk
  // An edit rests for two minutes before it is sent.
  await page.clock.install()
  const title = 'Eight pockets'
  const at = { planned: { date: nextMonth(10), time: '09:00', zone: 'UTC' } }
  const fields = { id: title, title, status: 'scheduled', channelIds: ['ma'], ...at, publishAt: at.planned } as const
  await withPosts(desk, [title], { posts: [blankPost(Date.now(), fields)] })
  const waits = () => mastodon.waiting.map(({ at, params }) => [new Date(at).toISOString().slice(0, 16), params.text])
  const follows = (there: readonly unknown[]) =>
    expect(async () => {
      await page.clock.fastForward(30_000)
      expect(waits()).toEqual(there)
    }).toPass()
  await follows([[`${nextMonth(10)}T09:00`, 'Eight pockets said']])
  await expect(row(page, title)).toContainText('Handed over')
  const [first] = mastodon.waiting

  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await page.getByRole('button', { name: 'Next month' }).click()
  await drag(page, on(page, nextMonth(10), title), cell(page, nextMonth(12)))
  await expect(on(page, nextMonth(12), title)).toBeVisible()
  await follows([[`${nextMonth(12)}T09:00`, 'Eight pockets said']])
  // The same one, moved.
  expect(mastodon.waiting[0]?.id).toBe(first?.id)

  await on(page, nextMonth(12), title).dblclick()
  await page.getByRole('textbox', { name: 'Text of the post' }).click()
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type(', and one more')
  await page.keyboard.press('Escape')
  // Mastodon rewords nothing that waits: it is taken back and handed over anew.
  await follows([[`${nextMonth(12)}T09:00`, 'Eight pockets said, and one more']])

  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await drag(page, on(page, nextMonth(12), title), undated(page))
  await follows([])
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await expect(page.getByRole('heading', { name: 'Outbox' })).toBeVisible()
  await expect(row(page, title)).toHaveCount(0)
  expect(mastodon.statuses).toEqual([])
})

/** Presses an entry of the menu of a post on the calendar; `at`: the names of the entries on the way. */
async function onCalendar(page: Page, title: string, ...at: readonly (string | RegExp)[]): Promise<void> {
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await page.locator('[data-post]').filter({ hasText: title }).click({ button: 'right' })
  // A hand moves: a pointer that leaps out of a menu opened to the left is taken for one that leaves it.
  for (const name of at) await page.getByRole('menuitem', { name }).click({ steps: 8 })
}

/** A post that is out, open in the outbox. */
async function isOut(desk: MastodonDesk, title: string): Promise<void> {
  const { page } = desk
  await withPosts(desk, [title])
  await page.locator('[data-row]').click()
  await dock(page).getByRole('button', { name: 'Send now' }).click()
  await expect(dock(page).getByRole('button', { name: 'Delete it there' })).toBeVisible()
}

test('a post set back, unscheduled or deleted here stays out, says so, and leads to where it is deleted there', async ({
  desk,
}) => {
  const { page, mastodon } = desk
  await isOut(desk, 'Seven pockets')

  const said = page.getByText('It stays published on Mastodon.', { exact: true }).last()
  const leads = async () => {
    await expect(said).toBeVisible()
    await page.getByRole('button', { name: 'Open in the outbox' }).click()
    await expect(dock(page).getByRole('button', { name: 'Delete it there' })).toBeVisible()
  }
  await onCalendar(page, 'Seven pockets', 'Status', 'Draft')
  await leads()
  // It is a draft by now: nobody believes that a review takes it down.
  await onCalendar(page, 'Seven pockets', 'Status', 'In review')
  await expect(page.getByText('“Seven pockets”: In review').last()).toBeVisible()
  await onCalendar(page, 'Seven pockets', /^Take the date off/)
  await leads()
  expect(mastodon.statuses).toHaveLength(1)
  await onCalendar(page, 'Seven pockets', /^Delete/)
  await leads()
  await page.getByRole('button', { name: 'Trash' }).click()
  await page.getByRole('button', { name: 'still published on Mastodon' }).click()
  await expect(dock(page).getByRole('button', { name: 'Delete it there' })).toBeVisible()
  expect(mastodon.statuses).toHaveLength(1)
})

test('a post taken off the channel where it is out says so, and leads to where it is deleted there', async ({
  desk,
}) => {
  const { page, mastodon } = desk
  await isOut(desk, 'Seven pockets')
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await page.locator('[data-post]').filter({ hasText: 'Seven pockets' }).dblclick()
  await expect(page.getByRole('textbox', { name: 'Text of the post' })).toBeVisible()
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('Take this post off')
  await page.getByRole('option', { name: /^Take this post off/ }).click()
  await expect(page.getByText('It stays published on Mastodon.', { exact: true }).last()).toBeVisible()
  await page.getByRole('button', { name: 'Open in the outbox' }).click()
  await expect(dock(page).getByRole('button', { name: 'Delete it there' })).toBeVisible()
  expect(mastodon.statuses).toHaveLength(1)
})

/** A delivery as it stands after something happened to it; it is meant to go out with the posts of `withPosts`. */
function delivery(title: string, state: DeliveryState, fields: Partial<Delivery> = {}) {
  const at = Date.now()
  const id = placementId(title, 'ma')
  return {
    ...newDelivery({ id, postId: title, channelId: 'ma', dueAt: at + SOON, contentAt: at }),
    plannedFor: Date.parse(new Date(at + SOON).toISOString().slice(0, 17).concat('00Z')),
    state,
    wakeAt: -1,
    ...fields,
  }
}
const unclear = (title: string) =>
  delivery(
    title,
    { kind: 'needs-you', reason: { kind: 'unclear', why: 'not-seen' } },
    { parts: 1, unanswered: { since: Date.now() }, commits: 1 },
  )

test('what nobody can look up is asked about, and a person who found it says where', async ({ desk }) => {
  const { page, mastodon } = desk
  await withPosts(desk, ['Five'], { deliveries: [unclear('Five')] })
  await expect(page.getByRole('button', { name: 'Outbox 1 needs you' })).toBeVisible()
  const needs = page.getByRole('region', { name: 'Needs you' })
  await expect(needs).toContainText('We could not see whether Mastodon took this.')
  await needs.getByRole('button', { name: /^It is there/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Its link').fill('mastodon.example/1')
  await expect(dialog).toContainText('A link begins with https://')
  await dialog.getByLabel('Its link').fill('https://mastodon.example/@outpost/1')
  await dialog.getByLabel('Its link').press('Enter')
  await expect(page.getByRole('region', { name: 'Out today' })).toContainText('mastodon.example/@outpost/1')
  await expect(needs).toHaveCount(0)
  expect(mastodon.statuses).toEqual([])
})

test('what a network refused leads to the exact post, and to the very field', async ({ desk }) => {
  const { page } = desk
  const refused = (title: string, field: string) =>
    delivery(title, {
      kind: 'needs-you',
      reason: { kind: 'trouble', trouble: { kind: 'refused', field, reason: 'is too long', details: '422' } },
    })
  await withPosts(desk, ['Five', 'Six'], {
    deliveries: [refused('Five', 'contentWarning'), refused('Six', 'text')],
  })
  await row(page, 'Five').locator('[data-row]').click()
  await dock(page).getByRole('button', { name: 'Open the exact place in the post' }).click()
  await expect(page.getByRole('textbox', { name: 'Content warning' })).toBeFocused()
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toHaveValue('Five')
})

test('a refusal leads to the very file, the first comment, and the part of a thread it is about', async ({ desk }) => {
  const { page } = desk
  const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })
  const rule = { type: 'horizontalRule' }
  const refused = (title: string, field: string, fields: Partial<Delivery> = {}) =>
    delivery(
      title,
      {
        kind: 'needs-you',
        reason: { kind: 'trouble', trouble: { kind: 'refused', field, reason: 'is too long', details: '422' } },
      },
      fields,
    )
  const sent = [{ remoteId: 'https://social.example/1', at: Date.now() }]
  const [one, two] = ['one', 'two'].map((id) =>
    plainMedium({ id, name: `${id}.png`, type: 'image/png', size: 3, createdAt: 0, width: 40, height: 30 }),
  )
  const planned = toWall(Date.now() + SOON, 'UTC')
  const scheduled = { status: 'scheduled', channelIds: ['ma'], planned, publishAt: planned } as const
  const media = ['one', 'two'].map((mediumId) => ({ mediumId, alt: '', ratio: '' }))
  await withPosts(desk, [], {
    media: [one ?? {}, two ?? {}],
    posts: ['Five', 'Six', 'Seven'].map((title) =>
      blankPost(Date.now(), { id: title, title, ...scheduled, ...(title === 'Five' ? { media, coverId: 'one' } : {}) }),
    ),
    documents: [
      { id: 'Five', content: [paragraph('Five said')] },
      { id: 'Six', content: [paragraph('Six said')] },
      {
        id: placementId('Seven', 'ma'),
        content: [paragraph('One'), rule, paragraph('Two'), rule, paragraph('Three')],
      },
      { id: 'Seven', content: [paragraph('One')] },
    ],
    placements: [
      { ...plainPlacement('Six', 'ma', Date.now()), firstComment: 'Tickets' },
      { ...plainPlacement('Seven', 'ma', Date.now()), format: 'thread', detached: true },
    ],
    deliveries: [
      refused('Five', 'medium:two'),
      refused('Six', 'text', { parts: 2, sent, aheadFor: Date.now(), attempt: 'a' }),
      refused('Seven', 'text', { parts: 3, sent, attempt: 'a' }),
    ],
  })
  const lead = async (title: string) => {
    await page.getByRole('button', { name: /^Outbox/ }).click()
    await row(page, title).locator('[data-row]').click()
    await dock(page).getByRole('button', { name: 'Open the exact place in the post' }).click()
  }
  await lead('Five')
  await expect(page.getByRole('dialog', { name: 'Picture 2' })).toBeVisible()
  await page.keyboard.press('Escape')
  await lead('Six')
  await expect(page.getByRole('textbox', { name: 'First comment' })).toBeFocused()
  await lead('Seven')
  const text = page.getByRole('textbox', { name: /Text/ }).and(page.locator('[contenteditable]'))
  await expect(text).toBeFocused()
  await page.keyboard.type(' here')
  await expect(text).toContainText('Two here')
})

test('a first comment that is still to follow says that its post is out, in the outbox and beside the post', async ({
  desk,
}) => {
  const { page } = desk
  const now = Date.now()
  const follows = delivery(
    'Five',
    { kind: 'due', after: now + 3_600_000, because: { kind: 'no-network', details: '' } },
    { parts: 2, sent: [{ remoteId: 'https://social.example/1', at: now }], aheadFor: now, attempt: 'a', commits: 1 },
  )
  const words = 'The post is out; its first comment follows. Nothing answers at'
  await withPosts(desk, ['Five'], { deliveries: [follows] })
  const waiting = page.getByRole('region', { name: 'Waiting' })
  await expect(waiting).toContainText('To follow')
  await expect(waiting).toContainText(words)
  await waiting.locator('[data-row]').click()
  await expect(dock(page).getByRole('button', { name: 'Cancel' })).toHaveCount(0)
  await expect(dock(page)).not.toContainText('If asleep then')
  await dock(page).getByRole('button', { name: 'Open the post' }).click()
  await expect(page.getByRole('region', { name: 'At the networks' })).toContainText(words)
})

test('what cancelling came to is said as it is', async ({ desk }) => {
  const { page, context } = desk
  const cut = delivery(
    'Cut',
    {
      kind: 'needs-you',
      reason: { kind: 'trouble', trouble: { kind: 'refused', field: 'text', reason: 'is too long', details: '422' } },
    },
    { parts: 3, sent: [{ remoteId: 'https://social.example/1', at: Date.now() }], attempt: 'a', commits: 1 },
  )
  const goesOut = Date.now() + 3 * 3_600_000
  const lies = delivery(
    'Lies',
    {
      kind: 'handed-over',
      goesOut,
      at: goesOut,
      pending: '',
      afterwards: 'handed-over',
      print: '',
      changedThere: false,
    },
    { parts: 1, sent: [{ remoteId: '7', at: Date.now() }], aheadFor: goesOut, attempt: 'a', commits: 1 },
  )
  await withPosts(desk, ['Five', 'Cut', 'Lies', 'Plain'], { deliveries: [unclear('Five'), cut, lies] })
  const toast = page.getByRole('status')
  const give = async (title: string, answer: string) => {
    await row(page, title).locator('[data-row]').click()
    await dock(page).getByRole('button', { name: answer, exact: true }).click()
  }
  await give('Plain', 'Cancel')
  await expect(toast.filter({ hasText: 'Cancelled. It is not sent.' })).toBeVisible()
  await give('Five', 'Cancel')
  await expect(toast.filter({ hasText: 'It may be out on Mastodon all the same' })).toBeVisible()
  await give('Cut', 'Leave it so')
  await expect(toast.filter({ hasText: 'Nothing more is sent: 1 of 3 parts are out.' })).toBeVisible()
  await context.setOffline(true)
  await give('Lies', 'Cancel')
  await expect(toast.filter({ hasText: 'can be taken back from Mastodon only online' })).toBeVisible()
  await page.getByRole('radio', { name: 'Cancelled 2' }).click()
  await expect(row(page, 'Five')).toContainText('Cancelled here; it may be out on Mastodon all the same.')
})

test('a card of the calendar says in every view how its post stands at its network, until that is solved', async ({
  desk,
}) => {
  const { page } = desk
  const locked = { kind: 'private', because: 'the app was not looked at yet' } as const
  await withPosts(desk, ['Five', 'Locked'], {
    deliveries: [
      unclear('Five'),
      delivery('Locked', { kind: 'published', at: Date.now(), late: false, reads: 3, mark: locked }),
    ],
  })
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  const card = (title: string) => page.locator('[data-post]').filter({ hasText: title })
  for (const view of ['Month', 'Week', 'Day', 'List']) {
    await page.getByRole('radio', { name: view, exact: true }).click()
    await expect(card('Five')).toHaveAccessibleName(/Five.*Scheduled, needs you/)
    await expect(card('Locked')).toHaveAccessibleName(/Locked.*, locked there/)
    await card('Five').hover()
    await expect(card('Five')).toHaveAttribute('title', /We could not see whether Mastodon took this/)
  }
  await expect(card('Five')).toContainText('Needs you')
  await page.getByRole('radio', { name: 'Month', exact: true }).click()
  await expect(card('Five').locator('svg[aria-label="Needs you"]')).toBeVisible()
  await card('Locked').hover()
  await expect(card('Locked')).toHaveAttribute('title', /only you can see it: the app was not looked at yet/)
  await card('Five').click()
  const there = page.getByRole('region', { name: 'At the networks' })
  await expect(there).toContainText('We could not see whether Mastodon took this.')
  await there.getByRole('button', { name: 'Open in the outbox' }).click()
  await dock(page).getByRole('button', { name: 'It is there' }).click()
  await page.getByRole('dialog').getByLabel('Its link').fill('https://mastodon.example/@outpost/1')
  await page.getByRole('dialog').getByLabel('Its link').press('Enter')
  await expect(page.getByRole('region', { name: 'Out today' })).toContainText('mastodon.example/@outpost/1')
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await expect(card('Locked')).toHaveAccessibleName(/, locked there/)
  await expect(card('Five')).toHaveAccessibleName(/Five.*Published(, clash)?$/)
})

test('Today has what is out but not as it was meant, and leads to exactly that delivery', async ({ desk }) => {
  const { page } = desk
  const at = Date.now()
  const out = (title: string, mark: Mark['kind']) =>
    delivery(title, { kind: 'published', at, late: false, reads: 3, mark: { kind: mark, because: '' } })
  await withPosts(desk, ['Five', 'Locked', 'Taken away'], {
    deliveries: [unclear('Five'), out('Locked', 'private'), out('Taken away', 'removed')],
  })
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  await expect(page.getByRole('region', { name: 'Publishing needs you' }).getByRole('listitem')).toContainText(['Five'])
  const notAsMeant = page.getByRole('region', { name: 'Not as you meant it' })
  await expect(notAsMeant.getByRole('listitem')).toContainText([
    'It was on Mastodon, and was taken away there.',
    'It is on Mastodon, but only you can see it.',
  ])
  await notAsMeant.getByRole('button', { name: 'Open in the outbox: “Locked”' }).click()
  await expect(dock(page).getByRole('heading', { name: 'Locked', exact: true })).toBeVisible()
  await expect(dock(page)).toContainText('but only you can see it.')
})

/** Has what lies at the network looked at now, as it is after hours. */
async function lookThere(page: Page): Promise<void> {
  const rows = await rowsOf(page, 'deliveries')
  await putRows(page, {
    // Without its sum: that is of the row as the app wrote it.
    deliveries: rows.map(({ sum: _sum, ...one }) => ({
      ...one,
      wakeAt: 0,
      state: { ...(one.state as object), at: 0 },
    })),
  })
  // What tells the outbox that the network is there.
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
}

/** A post that waits at the network, and whose time and words somebody changed there. */
async function changedThere(desk: MastodonDesk): Promise<{ readonly ours: number }> {
  const { page, mastodon } = desk
  const planned = toWall(Date.now() + 3 * 3_600_000, 'UTC')
  await withPosts(desk, ['Six'], {
    posts: [
      blankPost(Date.now(), {
        id: 'Six',
        title: 'Six',
        status: 'scheduled',
        channelIds: ['ma'],
        planned,
        publishAt: planned,
      }),
    ],
  })
  await expect(row(page, 'Six')).toContainText('Handed over', { timeout: 30_000 })
  await expect.poll(() => mastodon.waiting.length).toBe(1)
  const ours = mastodon.waiting[0]?.at ?? 0
  const print = async () => ((await rowsOf(page, 'deliveries'))[0]?.state as { print?: string } | undefined)?.print
  await lookThere(page)
  await expect.poll(print).not.toBe('')

  const [waits] = mastodon.waiting
  Object.assign(waits ?? {}, { at: ours + 3_600_000, params: { ...waits?.params, text: 'Six said otherwise' } })
  await lookThere(page)
  await expect(row(page, 'Six')).toContainText('Changed there')
  await expect(row(page, 'Six')).toContainText('somebody changed it there')
  return { ours }
}

test('what was changed at the network while it waits there is shown, and ours is put back', async ({ desk }) => {
  const { page, mastodon } = desk
  const { ours } = await changedThere(desk)
  await row(page, 'Six').getByRole('button', { name: 'Put ours back' }).click()
  await expect(row(page, 'Six')).toContainText('Handed over')
  await expect.poll(() => mastodon.waiting.map(({ at }) => at)).toEqual([ours])
  expect(mastodon.statuses).toEqual([])

  await page.locator('[data-row]').click()
  await dock(page).getByRole('button', { name: 'Open the post' }).click()
  await expect(page.getByRole('region', { name: 'At the networks' })).toContainText('Mastodon has it and publishes it')
  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await expect(page.locator('[data-post]').filter({ hasText: 'Six' })).toHaveAccessibleName(/, handed over$/)
})

test('what waits at the network is sent now: it is taken back there first, and everything is held honestly', async ({
  desk,
}) => {
  const { page, mastodon } = desk
  await changedThere(desk)
  await page.getByRole('button', { name: 'Hold everything' }).click()
  await expect(page.getByText('1 post that a network has already is being taken back.').first()).toBeVisible()
  await expect.poll(() => mastodon.waiting.length).toBe(0)
  await page.getByRole('button', { name: 'Let everything go' }).click()
  await expect.poll(() => mastodon.waiting.map(({ params }) => params.text)).toEqual(['Six said'])
  await expect(row(page, 'Six')).toContainText('Handed over')

  await page.locator('[data-row]').click()
  await expect(dock(page)).toContainText('Sending now takes it back from Mastodon first and sends it from here.')
  await dock(page).getByRole('button', { name: 'Send now' }).click()
  await expect.poll(() => mastodon.statuses.map(({ text }) => text), { timeout: 30_000 }).toEqual(['Six said'])
  expect(mastodon.waiting).toEqual([])
})

test('both versions are seen, and what was changed at the network is taken over into the post', async ({ desk }) => {
  const { page, mastodon } = desk
  const { ours } = await changedThere(desk)
  await page.locator('[data-row]').click()
  const both = dock(page).getByRole('region', { name: 'What was changed there' })
  await expect(both).toContainText('Time there:')
  await expect(both).toContainText('Time here:')
  await expect(both.locator('ins').filter({ hasText: 'otherwise' })).toBeVisible()
  await both.getByRole('button', { name: 'Take over what is there' }).click()
  await expect(both).toBeHidden()
  await expect(row(page, 'Six')).toContainText('Handed over')
  await lookThere(page)
  await expect(row(page, 'Six')).toContainText('Handed over')
  expect(mastodon.waiting.map(({ at, params }) => [at, params.text])).toEqual([
    [ours + 3_600_000, 'Six said otherwise'],
  ])
  expect(mastodon.statuses).toEqual([])
  const [post] = await rowsOf(page, 'posts')
  expect(post?.publishAt).toEqual(toWall(ours + 3_600_000, 'UTC'))
  expect(post?.excerpt).toBe('Six said otherwise')
})

test('what waits is held, cancelled and planned again from its row, and everything at once', async ({ desk }) => {
  const { page } = desk
  await withPosts(desk, ['One', 'Two'])
  // What becomes of it if this computer sleeps at its time is said on its card, before it happens.
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  const card = page.locator('[data-post]').filter({ hasText: 'One' })
  await expect(card).toHaveAccessibleName(/One.*Scheduled(, clash)?$/)
  await expect(async () => {
    await page.mouse.move(0, 0)
    await card.hover()
    await expect(card).toHaveAttribute(
      'title',
      /If asleep then, and Mastodon has not got it: goes out up to 2 h late, after that it asks you/,
      {
        timeout: 500,
      },
    )
  }).toPass()
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await expect(page.getByRole('region', { name: 'Waiting' }).locator('[data-row]')).toHaveCount(2)
  await page.getByRole('button', { name: 'More about “One” on Mastodon' }).click()
  await page.getByRole('menuitem', { name: 'Hold', exact: true }).click()
  await expect(row(page, 'One')).toContainText('Held. It waits until you let it go.')

  await page.getByRole('button', { name: 'Cancel: “Two” on Mastodon' }).click()
  await expect(row(page, 'Two')).toHaveCount(0)
  await page.getByRole('radio', { name: 'Cancelled 1' }).click()
  await expect(row(page, 'Two')).toContainText('Cancelled before it was sent.')
  await page.getByRole('button', { name: 'Plan again', exact: true }).click()
  await expect(page.getByText('Nothing was cancelled.')).toBeVisible()
  await page.getByRole('radio', { name: 'Open 2' }).click()

  await page.getByRole('button', { name: 'Hold everything' }).click()
  await expect(row(page, 'Two')).toContainText('is paused.')
  await page.getByRole('button', { name: 'Let everything go' }).click()
  await expect(row(page, 'Two')).toContainText('Will go to Mastodon')
  await expect(row(page, 'One')).toContainText('Held. It waits until you let it go.')
})

test('without an account nothing is sent, and that is said', async ({ desk }) => {
  const { page } = desk
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  await expect(page.getByRole('button', { name: /^Outbox/ })).toHaveCount(0)
  // Where somebody was before they disconnected the last channel.
  await page.evaluate(() => {
    const kept = JSON.parse(localStorage.getItem('outpost-place') ?? '{}')
    localStorage.setItem(
      'outpost-place',
      JSON.stringify({ ...kept, state: { ...kept.state, place: { screen: 'outbox' } } }),
    )
  })
  await page.reload()
  await expect(page.getByText('No channel is connected yet, so nothing is sent.')).toBeVisible()
  await page.getByRole('button', { name: 'Go to the channels' }).click()
  await expect(page.getByRole('heading', { name: 'Channels' }).first()).toBeVisible()
})

test('each post that is planned says by what way it goes out, and why it is not handed over', async ({ desk }) => {
  const { page } = desk
  const day = 86_400_000
  const account = { remoteId: '1', host: '', facts: {}, connectedAt: 0, pause: null, limitedUntil: 0, byHand: false }
  const named = { handle: '@fernhollow', name: 'Fernhollow', expiresAt: null, practice: false }
  const of = (channelId: string, title: string) => {
    const planned = toWall(Date.now() + 40 * day, 'UTC')
    const channelIds = [channelId]
    const fields = { id: title, title, status: 'scheduled', channelIds, planned, publishAt: planned } as const
    return blankPost(Date.now(), fields)
  }
  const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })
  await withPosts(desk, [], {
    posts: [of('fb', 'Moss stitch'), of('fb', 'Pattern day'), of('ma', 'Sock club')],
    documents: [
      {
        id: 'Sock club',
        content: [paragraph('Two socks a month.'), { type: 'horizontalRule' }, paragraph('The first is moss.')],
      },
    ],
    placements: [
      { ...plainPlacement('Pattern day', 'fb', 0), firstComment: 'The pattern is in the shop.' },
      { ...plainPlacement('Sock club', 'ma', 0), format: 'thread' },
    ],
    channels: [
      blankChannel('facebook', { id: 'fb', name: 'Fernhollow page', zone: 'UTC' }),
      blankChannel('mastodon', { id: 'ma', name: 'Outpost news', zone: 'UTC' }),
    ],
    accounts: [
      { id: 'fb', network: 'facebook', ...named, ...account },
      { id: 'ma', network: 'mastodon', ...named, ...account },
    ],
  })
  await expect(row(page, 'Moss stitch')).toContainText(
    /Facebook gets it ahead \(from .*\) and publishes it by itself; once it has it, this computer may sleep\./,
  )
  await expect(row(page, 'Pattern day')).toContainText(
    /Facebook gets it ahead \(from .*\) and publishes it by itself; its first comment follows once Outpost is open\./,
  )
  await row(page, 'Sock club').getByRole('button', { pressed: false }).first().click()
  const why = 'Sent from this computer, which must be awake then: a thread cannot be handed to Mastodon.'
  await expect(row(page, 'Sock club')).toContainText(`${why} If asleep then: goes out up to 2 h late`)
  await expect(dock(page)).toContainText(why)
})

test('what becomes of a late post is chosen for its channel, said before it happens, and happens so', async ({
  desk,
}) => {
  const { page, mastodon } = desk
  const slots = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, time: '10:10' as const }))
  const ma = blankChannel('mastodon', { id: 'ma', name: 'Outpost news', zone: 'UTC', slots, late: 'slot' })
  const aPost = (title: string, at: number) => {
    const planned = toWall(at, 'UTC')
    const fields = { id: title, title, status: 'scheduled', channelIds: ['ma'], planned, publishAt: planned } as const
    return blankPost(Date.now(), fields)
  }
  const soon = aPost('Three pockets', Date.now() + SOON)
  // The computer slept for three hours.
  const slept = aPost('Slept through', Date.now() - 3 * 3_600_000)
  await withPosts(desk, [], { channels: [ma], posts: [soon, slept] })
  await expect(row(page, 'Slept through')).toContainText(/Will go to Mastodon .*10:10\./)
  await expect(row(page, 'Three pockets')).toContainText(/after that it takes the next free slot, .*10:10\./)
  expect(mastodon.statuses).toEqual([])

  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await page.getByRole('button', { name: 'Channels', exact: true }).click()
  await page
    .getByRole('button', { name: /Outpost news/ })
    .first()
    .click()
  await page.getByRole('combobox', { name: 'Later than that' }).click()
  await page.getByRole('option', { name: 'Ask me' }).click()
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await expect(row(page, 'Three pockets')).toContainText('goes out up to 2 h late, after that it asks you.')
})

test('what its network has not got yet says so beside the post, and what becomes of it until then', async ({
  desk,
}) => {
  const { page } = desk
  const planned = toWall(Date.now() + 3 * 3_600_000, 'UTC')
  const fields = { title: 'Moss stitch', status: 'scheduled', channelIds: ['ma'], planned, publishAt: planned } as const
  await withPosts(desk, [], { posts: [blankPost(Date.now(), { id: 'Moss stitch', ...fields })] })
  await page.getByRole('button', { name: 'Hold everything' }).click()
  await row(page, 'Moss stitch').locator('[data-row]').click()
  await dock(page).getByRole('button', { name: 'Open the post' }).click()
  await page.getByRole('tab', { name: 'Details' }).click()
  await expect(page.getByRole('tabpanel', { name: 'Details' })).toContainText(
    /Mastodon has not got it yet\. It gets it ahead once its account goes on, and publishes it by itself\. Until then: goes out up to 2 h late, after that it asks you\./,
  )
})

test('leaving a workspace with something to go out says that it waits, and so does the list, until it is open again', async ({
  desk,
}) => {
  const { page, mastodon } = desk
  await withPosts(desk, ['Three pockets', 'Moss stitch'])
  await expect(row(page, 'Moss stitch')).toContainText('Scheduled')
  const menu = page.getByRole('button', { name: /^Workspace: / })
  const here = ((await menu.getAttribute('aria-label')) ?? '').replace('Workspace: ', '')
  await menu.click()
  await page.getByRole('menuitem', { name: 'New workspace' }).click()
  const said = page.getByText(`2 posts of “${here}” wait until it is open again; the first is due`, { exact: false })
  await expect(said.first()).toContainText('What is too late by then asks you, or takes the next free slot.')
  await page.getByLabel('Name of this workspace').fill('Empty one')
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.getByRole('button', { name: 'Workspace: Empty one' }).click()
  await expect(page.getByRole('menuitemcheckbox', { name: here })).toContainText(/2 to go out from/)
  await expect(page.getByRole('menuitemcheckbox', { name: 'Empty one' })).not.toContainText('to go out')
  expect(mastodon.statuses).toEqual([])

  await page.getByRole('menuitemcheckbox', { name: here }).click()
  await page.getByRole('button', { name: `Workspace: ${here}` }).click()
  await expect(page.getByRole('menuitemcheckbox', { name: 'Empty one' })).toBeVisible()
  await expect(page.getByRole('menuitemcheckbox', { name: here })).not.toContainText('to go out')
})

test('a click on the notice of a post opens exactly that post', async ({ desk }) => {
  test.setTimeout(180_000)
  const { page } = desk
  // No desktop here takes a click for us: the notice is the browser's own, and the click is played on it.
  await page.addInitScript(() => {
    const shown: Notification[] = []
    const Own = window.Notification
    Object.assign(window, {
      shown,
      Notification: class extends Own {
        constructor(title: string, options?: NotificationOptions) {
          super(title, options)
          shown.push(this)
        }
      },
    })
  })
  const planned = toWall(Date.now() - 3 * 3_600_000, 'UTC')
  const slept = { id: 'slept', title: 'Slept through', status: 'scheduled', channelIds: ['ma'], planned } as const
  await withPosts(desk, ['Three pockets'], { posts: [blankPost(Date.now(), { ...slept, publishAt: planned })] })
  const titles = () =>
    page.evaluate(() => (window as unknown as { shown: Notification[] }).shown.map((one) => one.title))
  await expect.poll(titles, { timeout: 100_000 }).toEqual(['“Slept through” needs you'])
  await expect(page.getByRole('button', { name: '1 needs you', exact: true })).toBeVisible()
  await page.evaluate(() =>
    (window as unknown as { shown: Notification[] }).shown[0]?.dispatchEvent(new Event('click')),
  )
  await expect(page.getByRole('tab', { name: /^Ma Mastodon/, selected: true })).toBeVisible()
  await page.getByRole('tab', { name: 'Base text' }).click()
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toHaveValue('Slept through')
})

test('an access that ends in some days stands on Today before it bites', async ({ desk }) => {
  const { page } = desk
  const rest = { remoteId: '1', host: '', facts: {}, connectedAt: 0, pause: null, limitedUntil: 0, byHand: false }
  await withPosts(desk, [], {
    channels: [blankChannel('linkedin', { id: 'li', name: 'Outpost page', zone: 'UTC' })],
    accounts: [
      {
        id: 'li',
        network: 'linkedin',
        handle: '@outpost',
        name: 'Outpost',
        expiresAt: Date.now() + 5 * 86_400_000,
        practice: false,
        ...rest,
      },
    ],
  })
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  await expect(page.getByRole('main')).toContainText(
    /Outpost page:.*The access to @outpost ends .*, \d\d:\d\d\. Connect it again before; everything stays\./,
  )
})

test('what came of a post is asked for by a press: numbers, and what people wrote, as text', async ({ desk }) => {
  const { page, mastodon, context } = desk
  await withPosts(desk, ['Six pockets'])
  await page.locator('[data-row]').click()
  await expect(dock(page).getByRole('region', { name: 'What came of it' })).toBeHidden()
  await dock(page).getByRole('button', { name: 'Send now' }).click()
  await expect(page.getByRole('region', { name: 'Out today' })).toContainText('Six pockets')
  const [{ id } = { id: '' }] = mastodon.statuses
  mastodon.audience.react(id, { favourites_count: 1204, reblogs_count: 7 })
  mastodon.audience.answer(id, 'ada@elsewhere.example', 'Does the <b>sixth</b> close?')

  const engagement = dock(page).getByRole('region', { name: 'What came of it' })
  await context.setOffline(true)
  await expect(engagement).toContainText('when you are online')
  await expect(engagement.getByRole('button', { name: 'Ask Mastodon' })).toHaveAttribute('aria-disabled', 'true')
  await context.setOffline(false)
  await engagement.getByRole('button', { name: 'Ask Mastodon' }).click()
  await expect(engagement.getByRole('definition')).toHaveText(['1,204', '1', '7', '0'])
  await expect(engagement.getByRole('term')).toHaveText(['Likes', 'Answers', 'Reposts', 'Quotes'])
  await expect(engagement.getByRole('listitem')).toContainText('ada@elsewhere.example')
  await expect(engagement.getByRole('listitem')).toContainText('Does the <b>sixth</b> close?')
  mastodon.takeAway(id)
  await engagement.getByRole('button', { name: 'Ask Mastodon' }).click()
  await expect(engagement).toContainText('Mastodon does not have this post any more.')
  await dock(page).getByRole('button', { name: 'Look at Mastodon now' }).click()
  await expect(dock(page)).toContainText('taken away')
  await expect(dock(page).getByRole('button', { name: 'Look at Mastodon now' })).toBeHidden()
})
