/** A photo as a camera wrote it goes out as it is meant: upright, cut as the post says, and without the place where it was taken. */
import { test as base, expect, type Page } from '@playwright/test'
import { blankPost } from '../../renderer/data/commands/posts.ts'
import { blankChannel } from '../../shared/domain/channel.ts'
import { plainMedium } from '../../shared/domain/medium.ts'
import { toWall } from '../../shared/domain/time.ts'
import { inspect } from '../../shared/media/inspect.ts'
import { type MastodonSandbox, startMastodon } from '../sandbox/mastodon.ts'
import { startTestShell } from '../support/chromiumShell.ts'
import { temporaryFolder } from '../support/project.ts'
import { connectMastodon } from './accounts.ts'
import { putRows } from './database.ts'
import { CORNERS, cornersOf, photo, SHOWN } from './mediaFiles.ts'

interface Desk {
  readonly page: Page
  readonly mastodon: MastodonSandbox
}

const test = base.extend<{ desk: Desk }>({
  // biome-ignore lint/correctness/noEmptyPattern: playwright reads the pattern to know what a fixture needs
  desk: async ({}, use) => {
    using folder = temporaryFolder()
    const mastodon = await startMastodon({ clock: { now: Date.now, pass: () => undefined } })
    const shell = await startTestShell({ dataFolder: folder.path })
    shell.context.setDefaultTimeout(15_000)
    await use({ page: shell.page, mastodon })
    await shell.close()
    await mastodon.close()
  },
})

const PLACE = 'GPSLatitude 48.2082'
/** The bytes of a segment of XMP as phones write it. */
const xmp = (words: string): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xe1, 0, words.length + 2]), Buffer.from(words, 'latin1')])

/** The JPEG in a form that was uploaded. */
function fileIn(body: Buffer): Buffer {
  const from = body.indexOf(Buffer.from([0xff, 0xd8, 0xff]))
  return body.subarray(from, body.lastIndexOf(Buffer.from([0xff, 0xd9])) + 2)
}

for (const [name, ratio, orientation] of [
  ['whole', '', 6],
  ['cut to a square', '1:1', 8],
  ['whole and upright already', '', 1],
] as const)
  test(`a photo that is ${name} goes out as it is meant, its place untold`, async ({ desk }) => {
    const { page, mastodon } = desk
    const taken = await photo(page, 400, 200, orientation)
    const bytes = Buffer.concat([taken.subarray(0, 2), xmp(PLACE), taken.subarray(2)])
    const seen = inspect(new Uint8Array(bytes))
    if (!seen.ok) throw new Error('no photo')
    const { width, height } = seen.value

    await page.getByRole('button', { name: 'Start empty' }).click()
    await page.locator('[data-day]').first().waitFor()
    const account = await connectMastodon(page, mastodon.url)
    const planned = toWall(Date.now() + 4 * 60_000, 'UTC')
    await putRows(page, {
      channels: [blankChannel('mastodon', { id: 'ma', name: 'Outpost news', zone: 'UTC' })],
      accounts: [
        { ...account, id: 'ma', connectedAt: 0, pause: null, limitedUntil: 0, byHand: false, practice: false },
      ],
      media: [
        plainMedium({
          id: 'photo',
          name: 'photo.jpg',
          type: 'image/jpeg',
          size: bytes.length,
          width,
          height,
          orientation,
          createdAt: 1,
        }),
      ],
      blobs: [{ id: 'photo', type: 'image/jpeg', bytes: new Uint8Array(bytes) }],
      posts: [
        blankPost(Date.now(), {
          id: 'post',
          title: 'Three pockets',
          status: 'scheduled',
          channelIds: ['ma'],
          planned,
          publishAt: planned,
          media: [{ mediumId: 'photo', alt: 'A bag', ratio }],
        }),
      ],
      documents: [
        { id: 'post', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Three pockets said' }] }] },
      ],
    })
    await page.reload()
    await page.locator('[data-day]').first().waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('o')
    await page.getByRole('listitem').filter({ hasText: 'Three pockets' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page
      .getByRole('complementary', { name: 'About the delivery' })
      .getByRole('button', { name: 'Send now' })
      .click()
    await expect(page.getByRole('region', { name: 'Out today' })).toContainText('Three pockets')

    const sent = fileIn(mastodon.calls.find(({ path }) => path === '/api/v2/media')?.body ?? Buffer.alloc(0))
    const there = inspect(new Uint8Array(sent))
    if (!there.ok) throw new Error(`It was no picture: ${there.error.kind}`)
    expect(there.value).toMatchObject({ type: 'image/jpeg', orientation: 1 })
    const { width: wide, height: high } = there.value
    expect(wide / high).toBeCloseTo(ratio === '1:1' ? 1 : width / height, 2)
    expect(sent.includes('GPS') || sent.includes('Exif')).toBe(false)
    if (ratio === '')
      expect(await cornersOf(page, sent.toString('base64'), 'image/jpeg')).toEqual(
        SHOWN[orientation].map((corner) => CORNERS[corner]),
      )
  })
