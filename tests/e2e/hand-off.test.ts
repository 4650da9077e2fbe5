/** A channel whose posts a person makes: reminded when it is time, with everything at hand, and asked where it stands. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { blankPost } from '../../renderer/data/commands/posts.ts'
import { blankChannel } from '../../shared/domain/channel.ts'
import { placementId, plainPlacement } from '../../shared/domain/placement.ts'
import { toWall } from '../../shared/domain/time.ts'
import { aPng } from '../support/mediaFiles.ts'
import { expect, test } from './app.ts'
import { putRows, rowsOf } from './database.ts'

test('what a person posts comes as a kit, with its files, texts and fields, and is published once the link is given', async ({
  app,
}) => {
  const { page, downloads } = app
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  await page.getByRole('navigation').getByRole('button', { name: 'Media', exact: true }).click()
  await page
    .getByLabel('Files for the library')
    .setInputFiles({ name: 'strap.png', mimeType: 'image/png', buffer: Buffer.from(aPng(640, 640)) })
  await expect.poll(async () => (await rowsOf(page, 'media')).length).toBe(1)
  const [medium] = await rowsOf(page, 'media')
  const planned = toWall(Date.now() + 4 * 60_000, 'UTC')
  await putRows(page, {
    channels: [blankChannel('linkedin', { id: 'li', name: 'Fernhollow on LinkedIn', zone: 'UTC' })],
    posts: [
      blankPost(Date.now(), {
        id: 'strap',
        title: 'Mending a strap',
        status: 'scheduled',
        channelIds: ['li'],
        planned,
        publishAt: planned,
        media: [{ mediumId: String(medium?.id), alt: 'A strap with a new seam', ratio: '' }],
        coverId: String(medium?.id),
      }),
    ],
    documents: [
      { id: 'strap', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Ten stitches are enough.' }] }] },
    ],
    placements: [
      { ...plainPlacement('strap', 'li', 0), id: placementId('strap', 'li'), firstComment: 'The pattern is free.' },
    ],
  })
  await page.reload()
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await page.getByRole('button', { name: 'Channels', exact: true }).click()
  await page.getByText('Fernhollow on LinkedIn').first().click()
  await page.getByRole('button', { name: 'I post it myself' }).click()
  await expect(page.getByText('You post on “Fernhollow on LinkedIn” yourself.')).toBeVisible()

  await page.getByRole('button', { name: /^Outbox/ }).click()
  const dock = page.getByRole('complementary', { name: 'About the delivery' })
  const row = page.getByRole('listitem').filter({ hasText: 'Mending a strap' })
  await expect(row).toContainText('You post it on LinkedIn')
  await row.click()
  await dock.getByRole('button', { name: 'Send now' }).click()
  await expect(row).toContainText('It is time')
  await row.getByRole('button', { name: 'Post it now…' }).click()

  const kit = page.getByRole('dialog', { name: 'Post it on LinkedIn' })
  await expect(kit.getByRole('region', { name: 'Text', exact: true })).toContainText('Ten stitches are enough.')
  await expect(kit.getByRole('region', { name: 'First comment' })).toContainText('The pattern is free.')
  await expect(kit.getByRole('region', { name: 'On the form' })).toContainText('A strap with a new seam')
  await kit.getByRole('button', { name: 'Save 1 file and the texts' }).click()
  await expect(page.getByText(/^Saved .*\.zip$/).first()).toBeVisible()
  const [packed = ''] = readdirSync(downloads)
  const files = unzipSync(new Uint8Array(readFileSync(join(downloads, packed))))
  expect(Object.keys(files).sort()).toEqual(['01.png', 'texts.txt'])
  expect(strFromU8(files['texts.txt'] ?? new Uint8Array())).toContain('Ten stitches are enough.')

  await kit.getByRole('button', { name: 'Done, here is the link' }).click()
  const link = page.getByRole('dialog', { name: 'Posted on LinkedIn' })
  await link.getByLabel('Its link').fill('https://example.com/posts/1')
  await expect(link).toContainText('This address is not on LinkedIn.')
  await link.getByLabel('Its link').fill('https://www.linkedin.com/posts/fernhollow_1')
  await link.getByRole('button', { name: 'It is there' }).click()
  await expect(page.getByRole('region', { name: 'Out today' })).toContainText('linkedin.com/posts/fernhollow_1')
  await expect.poll(async () => (await rowsOf(page, 'posts')).map(({ status }) => status)).toEqual(['published'])
})
