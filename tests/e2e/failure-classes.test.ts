/**
 * Every class of what can go wrong on the way, as the outbox shows it: none ends in silence or a bare code. Leaves a picture of all of them in both
 * themes beside the results of the run.
 */
import { expect, type Page } from '@playwright/test'
import { blankPost } from '../../renderer/data/commands/posts.ts'
import { blankChannel } from '../../shared/domain/channel.ts'
import { type Delivery, type DeliveryState, newDelivery } from '../../shared/domain/delivery.ts'
import { placementId } from '../../shared/domain/placement.ts'
import { toWall } from '../../shared/domain/time.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { startMastodon } from '../sandbox/mastodon.ts'
import { accountRow, connectMastodon } from './accounts.ts'
import { putRows } from './database.ts'
import { deskWith } from './desk.ts'

const test = deskWith(async (clock) => ({ mastodon: await startMastodon({ clock }) }))

const HOUR = 3_600_000
const WORDS = '403 {"error":"in the words of the network"}'

interface Class {
  readonly state: (now: number) => DeliveryState
  readonly fields?: (now: number) => Partial<Delivery>
  readonly says: RegExp
}

const stopped = (trouble: Trouble, says: RegExp): Class => ({
  state: () => ({ kind: 'needs-you', reason: { kind: 'trouble', trouble } }),
  says,
})
const waits = (because: Trouble, says: RegExp): Class => ({
  state: (now) => ({ kind: 'due', after: now + HOUR, because }),
  says,
})
const triesAgain = (because: (now: number) => Trouble, says: RegExp): Class => ({
  state: (now) => ({ kind: 'retrying', at: now + HOUR, because: because(now) }),
  says,
})
const out = (at: number) => [{ remoteId: 'https://social.example/1', at }]

const CLASSES: Readonly<Record<string, Class>> = {
  'No network': waits({ kind: 'no-network', details: WORDS }, /cannot be reached|Nothing answers at/),
  'Sign-in page': waits({ kind: 'in-between', by: 'portal', details: WORDS }, /sign in/),
  Proxy: waits({ kind: 'in-between', by: 'proxy', details: WORDS }, /password/),
  Certificate: waits({ kind: 'in-between', by: 'certificate', details: WORDS }, /certificate|clock/i),
  'Access expired': stopped({ kind: 'access-expired', details: WORDS }, /Connect the account again/),
  'Access withdrawn': stopped(
    { kind: 'access-withdrawn', reason: 'The app was removed', details: WORDS },
    /The app was removed.*Connect the account again/,
  ),
  Permission: stopped({ kind: 'not-permitted', right: 'write:statuses', details: WORDS }, /Ask an admin/),
  'Rate limit': triesAgain(
    (now) => ({ kind: 'rate-limited', until: now + HOUR, shared: 'account', details: WORDS }),
    /asks us to wait until/,
  ),
  Quota: triesAgain(
    (now) => ({ kind: 'quota-used', until: now + HOUR, of: '25 posts a day', details: WORDS }),
    /has used|25 posts a day/,
  ),
  Refused: stopped(
    { kind: 'refused', field: 'text', reason: 'The text is longer than 500 characters', details: WORDS },
    /longer than 500 characters/,
  ),
  Duplicate: stopped({ kind: 'duplicate', remoteId: '', details: WORDS }, /has this text already|already/),
  'Server trouble': triesAgain(() => ({ kind: 'server-fault', until: null, details: WORDS }), /Trouble reaching/),
  Unknown: {
    state: () => ({ kind: 'needs-you', reason: { kind: 'unclear', why: 'not-seen' } }),
    fields: (now) => ({ parts: 1, unanswered: { since: now }, commits: 1 }),
    says: /could not see whether Mastodon took this/,
  },
  'Chain cut': {
    state: () => ({
      kind: 'needs-you',
      reason: {
        kind: 'trouble',
        trouble: { kind: 'refused', field: 'text', reason: 'Part 2 is too long', details: WORDS },
      },
    }),
    fields: (now) => ({ parts: 3, sent: out(now), commits: 1 }),
    says: /1 of 3/,
  },
  Changed: stopped({ kind: 'changed', details: WORDS }, /Update Outpost/),
  'Target gone': stopped({ kind: 'target-gone', details: WORDS }, /no longer there/),
  'Clock wrong': triesAgain(() => ({ kind: 'clock-off', by: 14 * 60_000, details: WORDS }), /14 min slow/),
  'Missed the moment': {
    state: () => ({ kind: 'needs-you', reason: { kind: 'missed', because: 'asleep' } }),
    says: /was due .*while this computer slept/,
  },
  'Missed without a line': {
    state: () => ({ kind: 'needs-you', reason: { kind: 'missed', because: 'offline' } }),
    says: /was due .*while there was no connection to Mastodon\. Send it now, or give it a new time/,
  },
  'Missed behind a portal': {
    state: () => ({ kind: 'needs-you', reason: { kind: 'missed', because: 'in-between' } }),
    says: /was due .*nothing got through to Mastodon\. Send it now, or give it a new time/,
  },
  'Comment follows': {
    state: (now) => ({ kind: 'due', after: now + HOUR, because: { kind: 'no-network', details: WORDS } }),
    fields: (now) => ({ parts: 2, sent: out(now), aheadFor: now, attempt: 'a', commits: 1 }),
    says: /The post is out; its first comment follows\. Nothing answers at/,
  },
  'Not as meant': {
    state: (now) => ({
      kind: 'published',
      at: now,
      late: false,
      reads: 1,
      mark: { kind: 'private', because: 'The app was not checked yet' },
    }),
    fields: (now) => ({ sent: out(now), commits: 1 }),
    says: /only you can see it/,
  },
  'Our fault': {
    state: () => ({ kind: 'needs-you', reason: { kind: 'our-fault', details: WORDS } }),
    says: /our side/,
  },
}

/** Too near for the network to take it ahead, too far to be sent by itself. */
const SOON = 4 * 60_000

async function withEveryClass(page: Page, server: string): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  const account = await connectMastodon(page, server)
  const now = Date.now()
  const planned = toWall(now + SOON, 'UTC')
  const names = Object.keys(CLASSES)
  await putRows(page, {
    channels: [blankChannel('mastodon', { id: 'ma', name: 'Outpost news', zone: 'UTC' })],
    accounts: [accountRow(account, 'ma')],
    posts: names.map((title) =>
      blankPost(now, { id: title, title, status: 'scheduled', channelIds: ['ma'], planned, publishAt: planned }),
    ),
    documents: names.map((title) => ({
      id: title,
      content: [{ type: 'paragraph', content: [{ type: 'text', text: `${title} said` }] }],
    })),
    deliveries: Object.entries(CLASSES).map(([title, { state, fields }]) => ({
      ...newDelivery({
        id: placementId(title, 'ma'),
        postId: title,
        channelId: 'ma',
        dueAt: now + SOON,
        contentAt: now,
      }),
      plannedFor: Math.floor((now + SOON) / 60_000) * 60_000,
      state: state(now),
      wakeAt: -1,
      ...fields?.(now),
    })),
  })
  await page.reload()
  await page.locator('[data-day]').first().waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await expect(page.getByRole('heading', { name: 'Outbox' })).toBeVisible()
}

test('every class of trouble says in the outbox what happened and what to do', async ({ desk }, info) => {
  const { page, mastodon } = desk
  await page.setViewportSize({ width: 1440, height: 1200 })
  await withEveryClass(page, mastodon.url)
  for (const [title, { says }] of Object.entries(CLASSES)) {
    const row = page.getByRole('listitem').filter({ has: page.getByText(title, { exact: true }) })
    await expect(row, title).toContainText(says)
  }
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme)
    await page.screenshot({ animations: 'disabled', path: info.outputPath(`failure-classes-${theme}.png`) })
  }
})
