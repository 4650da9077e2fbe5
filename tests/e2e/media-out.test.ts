/** Media on their way out and back: made anew for a network, saved as they are meant, exported and brought in again. */
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { blankChannel, type NetworkId } from '../../shared/domain/channel.ts'
import type { Orientation } from '../../shared/media/exif.ts'
import { startTestShell } from '../support/chromiumShell.ts'
import { aPdf, aSvg, withOrientation } from '../support/mediaFiles.ts'
import { temporaryFolder } from '../support/project.ts'
import { expect, test } from './app.ts'
import { putRows, type Row, rowsOf } from './database.ts'
import { CORNERS, cornersOf, drawn, file, film, loud, photo, SHOWN, type TestFile } from './mediaFiles.ts'

const channel = (id: string, network: NetworkId, name: string, order: number) =>
  blankChannel(network, { id, name, hue: 'slate', zone: 'UTC', spacing: 0, order })
const card = (page: Page, name: RegExp) => page.getByRole('complementary').getByRole('region', { name })
const strip = (page: Page) => page.getByRole('region', { name: 'Media' })
const toasts = (page: Page, text: string | RegExp) => page.locator('[data-toast]').filter({ hasText: text })
const tile = (page: Page, name: string) =>
  page.getByRole('listbox', { name: 'Media' }).getByRole('option').filter({ hasText: name })

async function startWith(page: Page, channels: readonly object[]): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  await putRows(page, { channels })
  await page.reload()
  await page.locator('[data-day]').first().waitFor()
}

/** A new post on every channel there is, with these files. */
async function aPost(page: Page, files: readonly TestFile[]): Promise<void> {
  await page.keyboard.press('c')
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Three pockets')
  await page.keyboard.press('Enter')
  await page.keyboard.type('No secrets.')
  await page.getByRole('button', { name: 'Add channels' }).first().click()
  await page.getByRole('checkbox', { name: 'All channels' }).click()
  await page.getByRole('button', { name: /^Add \d channels?$/ }).click()
  const chooser = page.waitForEvent('filechooser')
  await strip(page).getByRole('button', { name: 'Add', exact: true }).click()
  await (await chooser).setFiles([...files])
  await expect(strip(page).getByRole('button', { name: /^(Picture|Video|Document) \d of|^Picture of/ })).toHaveCount(
    files.length,
  )
}

const picture = async (page: Page, name: string, type: string, width: number, height: number) =>
  file(name, (await drawn(page, type, width, height)) ?? Buffer.alloc(0))
const shown = async (page: Page, path: string, type: string) =>
  cornersOf(page, readFileSync(path).toString('base64'), type)

test('a picture a network does not take is made one it takes by a press, with its rights and crops, in one undo', async ({
  page,
}) => {
  await startWith(page, [
    channel('ig', 'instagram', '@fernhollow', 0),
    channel('ig2', 'instagram', '@fernhollow.works', 1),
  ])
  await aPost(page, [await picture(page, 'lamp.webp', 'image/webp', 1200, 1000)])
  const [row] = await rowsOf(page, 'media')
  const said = {
    folder: 'Tarn 28/Studio',
    labels: ['autumn'],
    rating: 4,
    alt: 'A lamp',
    credit: 'Fernhollow',
    licence: 'Press',
    licenceUntil: '2031-05-31',
    release: 'Nobody',
    releaseUntil: '2032-01-01',
  }
  const edits = { turn: 90, point: { x: 0.2, y: 0.8 }, frames: { '4:5': { x: 0.1, y: 0.2, width: 0.5, height: 0.4 } } }
  await putRows(page, { media: [{ ...row, ...said, edits, shape: 'tall' }] })
  await page.reload()

  const first = card(page, /^Instagram @fernhollow$/)
  await expect(first).toContainText('is WebP; Instagram takes JPEG')
  await first.getByRole('button', { name: 'Make it a JPEG' }).click()
  await expect(toasts(page, 'Make it a JPEG: @fernhollow')).toBeVisible()
  await expect(first).not.toContainText('is WebP')
  const made = (await rowsOf(page, 'media')).find(({ id }) => id !== row?.id)
  expect(made).toMatchObject({
    ...said,
    name: 'lamp.jpg',
    type: 'image/jpeg',
    width: 1000,
    height: 1200,
    shape: 'tall',
    edits: { ...edits, turn: 0 },
  })
  // The base keeps its picture; the other channel is shown the one that is there by now.
  const second = card(page, /^Instagram @fernhollow\.works/)
  // It goes out as it is, too: a card on which nothing stops the post is closed.
  await second.getByRole('button', { name: /^Instagram: @fernhollow\.works/ }).click()
  await second.getByRole('button', { name: 'Make it a JPEG' }).click()
  await expect(second).not.toContainText('is WebP')
  const own = (await rowsOf(page, 'placements')).map(({ media }) => (media as Row[]).map(({ mediumId }) => mediumId))
  expect(own).toEqual([[made?.id], [made?.id]])
  expect((await rowsOf(page, 'media')).length).toBe(2)

  await page.getByRole('button', { name: /^Undo (Ctrl|⌘)/ }).click()
  await expect(second).toContainText('is WebP')
  await page.getByRole('button', { name: /^Undo: Make it a JPEG for @fernhollow,/ }).click()
  await expect(first).toContainText('is WebP')
  await expect.poll(async () => (await rowsOf(page, 'media')).length).toBe(1)
  expect(await rowsOf(page, 'placements')).toEqual([])
})

test('a photo that is too large, held sideways, is made smaller upright; a drawing becomes a picture', async ({
  page,
}) => {
  await startWith(page, [channel('x', 'x', '@fern', 0)])
  const large = withOrientation(new Uint8Array(await loud(page, 6000, 4000)), 6)
  expect(large.length).toBeGreaterThan(5_000_000)
  await aPost(page, [file('held.jpg', large), file('mark.svg', aSvg())])
  const onX = card(page, /^X /)
  await onX.getByRole('button', { name: 'Make it smaller' }).click()
  await expect(toasts(page, /^Make it smaller: X/)).toBeVisible({ timeout: 60_000 })
  const smaller = (await rowsOf(page, 'media')).find(({ name, size }) => name === 'held.jpg' && Number(size) <= 5e6)
  expect(smaller).toMatchObject({ type: 'image/jpeg', orientation: 1 })
  expect(Number(smaller?.height)).toBeGreaterThan(Number(smaller?.width))
  await onX.getByRole('button', { name: 'Make it a JPEG' }).click()
  await expect(toasts(page, /^Make it a JPEG: X/)).toBeVisible()
  const drawing = (await rowsOf(page, 'media')).find(({ name }) => name === 'mark.jpg')
  expect(drawing).toMatchObject({ type: 'image/jpeg', width: 2048, height: 1152 })
  await expect(onX.getByRole('button', { name: /^Make it/ })).toHaveCount(0)
})

test('however the camera was held, a crop of a turned photo saves the piece that was seen', async ({ app }) => {
  test.slow()
  const { page } = app
  await startWith(page, [])
  await page.getByRole('button', { name: 'Media', exact: true }).click()
  const orientations: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8]
  const photos: TestFile[] = []
  for (const orientation of orientations)
    photos.push(file(`held-${orientation}.jpg`, await photo(page, 480, 320, orientation)))
  await page.getByLabel('Files for the library').setInputFiles(photos)
  await expect(toasts(page, 'Added 8 files')).toBeVisible()
  // One quarter turn clockwise, and frames at two corners of what is seen then.
  const frames = {
    '1:1': { x: 0.02, y: 0.02, width: 0.4, height: 0.4 },
    '4:5': { x: 0.58, y: 0.58, width: 0.4, height: 0.4 },
  }
  const rows = await rowsOf(page, 'media')
  const edits = { turn: 90, point: { x: 0.5, y: 0.5 }, frames }
  await putRows(page, {
    media: rows.map((row) => ({ ...row, edits, shape: row.shape === 'wide' ? 'tall' : 'wide' })),
  })
  await page.reload()
  const save = async (shape: string) => {
    await page.getByRole('combobox', { name: 'Format' }).click()
    await page.getByRole('option', { name: 'PNG' }).click()
    await page.getByRole('combobox', { name: 'Shape' }).click()
    await page.getByRole('option', { name: shape, exact: true }).click()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  for (const orientation of orientations) {
    const [topStart, , bottomStart, bottomEnd] = SHOWN[orientation].map((at) => CORNERS[at] ?? '')
    const topEnd = SHOWN[orientation].map((at) => CORNERS[at] ?? '')[1]
    const name = `held-${orientation}`
    for (const [shape, seen] of [
      ['All of it', [bottomStart, topStart, bottomEnd, topEnd]],
      ['1:1', [bottomStart, bottomStart, bottomStart, bottomStart]],
      ['4:5', [topEnd, topEnd, topEnd, topEnd]],
    ] as const) {
      await tile(page, name).click({ button: 'right' })
      await page.getByRole('menuitem', { name: 'Save a copy…' }).click()
      await save(shape)
      const tail = shape === 'All of it' ? '' : `-${shape.replace(':', 'x')}`
      expect(await shown(page, join(app.downloads, `${name}${tail}.png`), 'image/png'), `${name} ${shape}`).toEqual(
        seen,
      )
    }
  }
})

test('a post with a picture, a film and a document goes out and comes in again elsewhere, whole', async ({ app }) => {
  test.slow()
  const { page } = app
  const recorded = await film(page, 'video/webm')
  test.skip(!recorded, 'this browser records no film')
  await startWith(page, [channel('ig', 'instagram', '@fernhollow', 0)])
  await aPost(page, [
    file('held.jpg', await photo(page, 1200, 900, 8)),
    file('walk.webm', recorded ?? Buffer.alloc(0)),
    file('deck.pdf', aPdf()),
  ])
  await strip(page)
    .getByRole('button', { name: /^Picture 1 of/ })
    .click()
  await page.getByRole('textbox', { name: 'Alt text' }).fill('A pocket, in this post')
  await page.getByRole('radio', { name: '4:5' }).click()
  await page.keyboard.press('Escape')
  await strip(page)
    .getByRole('button', { name: / 3 of 3/ })
    .focus()
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(page.getByText(/^Saved \d\d:\d\d:\d\d$/)).toBeVisible()
  const rows = await rowsOf(page, 'media')
  const said = { folder: 'Tarn 28', labels: ['autumn'], rating: 5, alt: 'A pocket', licenceUntil: '2031-05-31' }
  const edits = { turn: 180, point: { x: 0.2, y: 0.8 }, frames: { '4:5': { x: 0.1, y: 0.2, width: 0.5, height: 0.4 } } }
  await putRows(page, { media: rows.map((row) => (row.name === 'held.jpg' ? { ...row, ...said, edits } : row)) })
  await page.reload()
  await expect(strip(page).getByRole('button', { name: / 3 of 3/ })).toBeVisible()

  /** The media of the post in order, with all that was said, however they are called inside. */
  const mediaOf = async (where: Page) => {
    const media = await rowsOf(where, 'media')
    const [post] = await rowsOf(where, 'posts')
    return ((post?.media ?? []) as { mediumId: string; alt: string; ratio: string }[]).map(
      ({ mediumId, alt, ratio }) => {
        const { sum: _sum, id: _id, createdAt: _at, ...row }: Row = media.find(({ id }) => id === mediumId) ?? {}
        return { ...row, name: row.name, ratio, alt: alt || row.alt }
      },
    )
  }
  const before = await mediaOf(page)
  expect(before.map(({ name, alt, ratio }) => [name, alt, ratio])).toEqual([
    ['held.jpg', 'A pocket, in this post', '4:5'],
    ['deck.pdf', '', ''],
    ['walk.webm', '', ''],
  ])

  for (const [format, ending] of [
    ['Outpost file (.json)', /-outpost\.zip/],
    ['Markdown folder', /-markdown\.zip/],
  ] as const) {
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').fill('>export')
    await page.getByRole('option', { name: /Export posts/ }).click()
    await page.getByRole('radio', { name: format }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click()
    const toast = toasts(page, ending)
    await expect(toast).toBeVisible({ timeout: 30_000 })
    const path = /saved as (.*\.zip)/.exec((await toast.textContent()) ?? '')?.[1] ?? ''

    using folder = temporaryFolder()
    mkdirSync(join(folder.path, 'downloads'))
    const elsewhere = await startTestShell({ dataFolder: folder.path })
    try {
      const other = elsewhere.page
      await startWith(other, [])
      await other.keyboard.press('Control+k')
      await other.getByRole('dialog').getByRole('combobox').fill('Bring in posts')
      await other.getByRole('option', { name: 'Bring in posts' }).first().click()
      await other.getByLabel('Files of posts').setInputFiles(path)
      await other.getByRole('button', { name: /^Bring in 1 post/ }).click()
      await expect(other.getByText(/^Brought in (a|1) post/).first()).toBeVisible()
      await other.getByRole('button', { name: 'Media', exact: true }).click()
      // Films and documents are looked at again when they are first seen.
      await expect(other.getByRole('listbox', { name: 'Media' }).locator('img')).toHaveCount(3)
      expect(await mediaOf(other)).toEqual(before)
    } finally {
      await elsewhere.close()
    }
  }
})

test('from right to left the library and the pictures of a post are walked and moved the way they are seen', async ({
  page,
}) => {
  await startWith(page, [channel('ig', 'instagram', '@fernhollow', 0)])
  await aPost(page, [
    await picture(page, 'one.png', 'image/png', 300, 200),
    await picture(page, 'two.png', 'image/png', 320, 200),
    await picture(page, 'three.png', 'image/png', 340, 200),
  ])
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl'
  })
  const items = strip(page).getByRole('button', { name: /^Picture \d of 3/ })
  const [first, second] = [await items.nth(0).boundingBox(), await items.nth(1).boundingBox()]
  expect(first?.x ?? 0).toBeGreaterThan(second?.x ?? 0)
  const [before] = await rowsOf(page, 'posts')
  await items.nth(0).focus()
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(strip(page).getByRole('button', { name: /^Picture 2 of 3/ })).toBeFocused()
  const ids = (post: Row | undefined) => ((post?.media ?? []) as Row[]).map(({ mediumId }) => mediumId)
  await expect
    .poll(async () => ids((await rowsOf(page, 'posts'))[0]))
    .toEqual([ids(before)[1], ids(before)[0], ids(before)[2]])

  await page.getByRole('button', { name: 'Media', exact: true }).click()
  const tiles = page.getByRole('listbox', { name: 'Media' }).getByRole('option')
  await tiles.nth(0).click()
  await page.keyboard.press('ArrowLeft')
  await expect(tiles.nth(1)).toHaveAttribute('aria-selected', 'true')
  const [start, next] = [await tiles.nth(0).boundingBox(), await tiles.nth(1).boundingBox()]
  expect(next?.x ?? 0).toBeLessThan(start?.x ?? 0)
})

test('room that runs short is said before anybody is refused, and what does not fit is refused in words', async ({
  page,
}) => {
  await startWith(page, [])
  await page.evaluate(() => {
    const estimate = async () => ({ quota: 1_500_000_000, usage: 1_499_990_000 })
    Object.defineProperty(navigator.storage, 'estimate', { value: estimate })
  })
  await page.getByRole('button', { name: 'Media', exact: true }).click()
  await page.getByRole('button', { name: /^Room for 10 kB/ }).click()
  const storage = page.getByRole('dialog', { name: 'Storage' })
  await expect(storage.getByRole('img', { name: /^Storage/ })).toBeVisible()
  await expect(storage).toContainText('Room for more')
  await page.keyboard.press('Escape')
  const large = await loud(page, 1200, 800)
  await page.getByLabel('Files for the library').setInputFiles([file('large.jpg', large)])
  await expect(page.getByRole('region', { name: 'Not added' })).toContainText(
    /large\.jpg was not added: with its second copy it needs .*, and there is room for 20 kB\. Free some space on the disk\./,
  )
  expect(await rowsOf(page, 'media')).toEqual([])
  expect(await rowsOf(page, 'blobs')).toEqual([])
})
