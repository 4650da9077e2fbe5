/** A picture of a telephone on its way to a network: what arrives is upright, cut as its placement says, and tells nobody where it was taken. */
import { expect, type Page, test } from '@playwright/test'
import { blankPost } from '../../renderer/data/commands/posts.ts'
import { BRIDGE_KEY } from '../../shared/contract/contract.ts'
import { blankChannel } from '../../shared/domain/channel.ts'
import type { Account } from '../../shared/domain/publishing.ts'
import { toWall } from '../../shared/domain/time.ts'
import { inspect } from '../../shared/media/inspect.ts'
import { MASTODON_TOKEN, startMastodon } from '../sandbox/mastodon.ts'
import { startTestShell } from '../support/chromiumShell.ts'
import { withOrientation } from '../support/mediaFiles.ts'
import { temporaryFolder } from '../support/project.ts'
import { putRows, rowsOf } from './database.ts'
import { cornersOf, drawn, file } from './mediaFiles.ts'

const connect = (page: Page, host: string): Promise<Account> =>
  page.evaluate(
    async ({ key, given }) => {
      const bridge = (window as unknown as Record<string, { call(name: string, args: unknown[]): Promise<unknown> }>)[
        key
      ]
      const answer = (await bridge?.call('accounts:connect', [{ network: 'mastodon', given }])) as { account: Account }
      return answer.account
    },
    { key: BRIDGE_KEY, given: { host, token: MASTODON_TOKEN } },
  )

test('a picture of a telephone arrives upright, square, and without place and camera', async () => {
  using folder = temporaryFolder()
  const mastodon = await startMastodon({ clock: { now: Date.now, pass: () => undefined } })
  const shell = await startTestShell({ dataFolder: folder.path })
  const { page } = shell
  shell.context.setDefaultTimeout(15_000)
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  const account = await connect(page, mastodon.url)
  await putRows(page, {
    channels: [blankChannel('mastodon', { id: 'ma', name: 'Outpost news', zone: 'UTC' })],
    accounts: [{ ...account, id: 'ma', connectedAt: 0, pause: null, limitedUntil: 0, byHand: false, practice: false }],
  })
  await page.reload()
  await page.locator('[data-day]').first().waitFor()

  // Held sideways: four corners of colours, to be turned a quarter clockwise.
  const plain = await drawn(page, 'image/jpeg', 800, 600)
  const photo = Buffer.from(withOrientation(plain ?? Buffer.alloc(0), 6))
  const place = Buffer.from('http://ns.adobe.com/xap/1.0/\0<exif:GPSLatitude>54,27.3N</exif:GPSLatitude>', 'latin1')
  const loud = Buffer.concat([
    photo.subarray(0, 2),
    Buffer.from([0xff, 0xe1, 0, place.length + 2]),
    place,
    photo.subarray(2),
  ])
  await page.keyboard.press('c')
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Tarn')
  await page.keyboard.press('Enter')
  await page.keyboard.type('The tarn.')
  const chooser = page.waitForEvent('filechooser')
  const strip = page.getByRole('region', { name: 'Media' })
  await strip.getByRole('button', { name: 'Add', exact: true }).click()
  await (await chooser).setFiles([file('IMG_1.jpg', loud, 'image/jpeg')])
  await expect(strip.getByRole('button', { name: /^Picture/ })).toHaveCount(1)
  await expect.poll(async () => (await rowsOf(page, 'posts'))[0]?.media).toHaveLength(1)

  // A row that is read back as it was written cannot be changed from here: the picture goes out with another post.
  const [medium] = await rowsOf(page, 'media')
  const planned = toWall(Date.now() + 4 * 60_000, 'UTC')
  const post = blankPost(Date.now(), {
    id: 'quay',
    title: 'Quay',
    status: 'scheduled',
    channelIds: ['ma'],
    planned,
    publishAt: planned,
    media: [{ mediumId: String(medium?.id), alt: 'A quay', ratio: '1:1' }],
  })
  const text = [{ type: 'paragraph', content: [{ type: 'text', text: 'The quay.' }] }]
  await putRows(page, { posts: [post], documents: [{ id: 'quay', content: text }] })
  await page.reload()
  await page.getByRole('button', { name: /^Outbox/ }).click()
  await page.locator('[data-row]').filter({ hasText: 'Quay' }).click()
  await page
    .getByRole('complementary', { name: 'About the delivery' })
    .getByRole('button', { name: 'Send now' })
    .click()
  await expect(page.getByRole('region', { name: 'Out today' })).toContainText('Quay', { timeout: 30_000 })

  expect(mastodon.statuses).toHaveLength(1)
  const sent = mastodon.calls.find(({ path }) => path === '/api/v2/media')?.body ?? Buffer.alloc(0)
  const [from, to] = [sent.indexOf(Buffer.from([0xff, 0xd8])), sent.lastIndexOf(Buffer.from([0xff, 0xd9])) + 2]
  const arrived = sent.subarray(from, to)
  expect(inspect(new Uint8Array(arrived), arrived.length)).toMatchObject({
    ok: true,
    value: { type: 'image/jpeg', width: 600, height: 600, orientation: 1 },
  })
  expect(arrived.toString('latin1')).not.toMatch(/Exif|GPS/)
  expect(await cornersOf(page, arrived.toString('base64'), 'image/jpeg')).toEqual(['blue', 'red', 'white', 'green'])
  await shell.close()
  await mastodon.close()
})
