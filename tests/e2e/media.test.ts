import { truncateSync, writeFileSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Orientation } from '../../shared/media/exif.ts'
import { aBoxedPicture, aMovie, aPdf, aPngBomb, aSvg } from '../support/mediaFiles.ts'
import { expect, test } from './app.ts'
import { putRows, type Row, rowsOf } from './database.ts'
import { CORNERS, cornersOf, drawn, file, film, photo, SHOWN, type TestFile } from './mediaFiles.ts'

const tiles = (page: Page) => page.getByRole('listbox', { name: 'Media' }).getByRole('option')
const tile = (page: Page, name: string) => tiles(page).filter({ hasText: name })
const dock = (page: Page) => page.getByRole('complementary', { name: 'About the file' })
const toasts = (page: Page, text: string | RegExp) => page.locator('[data-toast]').filter({ hasText: text })

async function openLibrary(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('m')
  await expect(page.getByRole('heading', { name: /^Media/ })).toBeVisible()
}
const choose = (page: Page, files: readonly TestFile[] | string) =>
  page.getByLabel('Files for the library').setInputFiles(typeof files === 'string' ? files : [...files])
const added = (page: Page, count: number) =>
  expect(toasts(page, `Added ${count} ${count === 1 ? 'file' : 'files'}`).first()).toBeVisible({ timeout: 60_000 })

const seedOf = (name: string) => [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 10_007
const jpeg = async (page: Page, name: string, width = 400, height = 300, seed = seedOf(name)) => {
  const bytes = await drawn(page, 'image/jpeg', width, height, seed)
  if (!bytes) throw new Error('no browser lacks JPEG')
  return file(name, bytes)
}
/** Adds pictures called so, wide ones. */
async function addPictures(page: Page, ...names: readonly string[]): Promise<void> {
  const pictures: TestFile[] = []
  for (const [at, name] of names.entries()) pictures.push(await jpeg(page, name, 400, 300, at + 1))
  await choose(page, pictures)
  await added(page, names.length)
}
const byName = (rows: readonly Row[], name: string): Row => {
  const row = rows.find((candidate) => candidate.name === name)
  if (!row) throw new Error(`no ${name} among ${rows.map((candidate) => candidate.name).join(', ')}`)
  return row
}
/** Small pictures as base64, by the name of their file. */
const thumbsByName = async (page: Page): Promise<ReadonlyMap<string, { base64: string; type: string }>> => {
  const found = await page.evaluate(async () => {
    const name = (await indexedDB.databases()).find((database) => database.name?.startsWith('outpost-'))?.name ?? ''
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name)
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    const all = <T>(table: string) =>
      new Promise<T[]>((resolve, reject) => {
        const asked = db.transaction(table).objectStore(table).getAll()
        asked.onsuccess = () => resolve(asked.result as T[])
        asked.onerror = () => reject(asked.error)
      })
    const [media, thumbs] = [
      await all<{ id: string; name: string }>('media'),
      await all<{ id: string; type: string; bytes: ArrayBuffer }>('thumbs'),
    ]
    db.close()
    return thumbs.map(({ id, type, bytes }) => ({
      name: media.find((medium) => medium.id === id)?.name ?? '',
      type,
      base64: btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('')),
    }))
  })
  return new Map(found.map(({ name, type, base64 }) => [name, { type, base64 }]))
}

/** Browsers decode AVIF and do not encode it: two by two pixels. */
const TINY_AVIF =
  'AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADybWV0YQAAAAAAAAAoaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAGxpYmF2aWYAAAAADnBpdG0AAAAAAAEA' +
  'AAAeaWxvYwAAAABEAAABAAEAAAABAAABGgAAAB0AAAAoaWluZgAAAAAAAQAAABppbmZlAgAAAAABAABhdjAxQ29sb3IAAAAAamlwcnAAAABLaXBjbwAAABRpc3BlAAAAAAAA' +
  'AAIAAAACAAAAEHBpeGkAAAAAAwgICAAAAAxhdjFDgQ0MAAAAABNjb2xybmNseAACAAIAAYAAAAAXaXBtYQAAAAAAAAABAAEEAQKDBAAAACVtZGF0EgAKCBgANogQEAwgMg8f' +
  '8D///8WfhwB8+ErK42A='

test('every format comes in with its picture, twice on the disk, and is there after a restart', async ({ app }) => {
  const { page } = app
  await openLibrary(page)
  const encoded = ['image/jpeg', 'image/png', 'image/webp', 'image/avif']
  const files: TestFile[] = []
  for (const type of encoded) {
    const bytes = await drawn(page, type, 640, 360, files.length)
    // By its content, whatever its name says.
    if (bytes) files.push(file(`${type.slice(6)}.bin`, bytes))
  }
  expect(files.length).toBeGreaterThanOrEqual(3)
  const webm = await film(page, 'video/webm')
  if (webm) files.push(file('walk.webm', webm))
  const mp4 = await film(page, 'video/mp4')
  if (mp4) files.push(file('walk.mp4', mp4))
  const gif = Buffer.from('R0lGODlhAQABAIAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64')
  files.push(
    file('dot.gif', gif),
    file('tiny.avif', Buffer.from(TINY_AVIF, 'base64')),
    file('mark.svg', aSvg()),
    file('deck.pdf', aPdf()),
  )
  await choose(page, files)
  await added(page, files.length)
  await expect(tiles(page)).toHaveCount(files.length)
  await expect(tiles(page).locator('img')).toHaveCount(files.length)

  const rows = await rowsOf(page, 'media')
  expect(byName(rows, 'jpeg.bin')).toMatchObject({ type: 'image/jpeg', width: 640, height: 360, preview: true })
  expect(byName(rows, 'tiny.avif')).toMatchObject({ type: 'image/avif', width: 2, height: 2, preview: true })
  expect(byName(rows, 'mark.svg')).toMatchObject({ type: 'image/svg+xml', width: 640, height: 360, preview: true })
  expect(byName(rows, 'deck.pdf')).toMatchObject({ kind: 'document', pages: 1, width: 300, height: 400, preview: true })
  for (const [name, type] of [
    ['walk.webm', 'video/webm'],
    ['walk.mp4', 'video/mp4'],
  ] as const) {
    if (!files.some((made) => made.name === name)) continue
    const row = byName(rows, name)
    expect(row).toMatchObject({ kind: 'video', type, width: 320, height: 180, preview: true })
    expect(Number(row.seconds)).toBeGreaterThan(0.3)
    expect(Number(row.seconds)).toBeLessThan(5)
  }
  const again = await app.restart()
  await expect(tiles(again)).toHaveCount(files.length)
  await expect(tiles(again).locator('img')).toHaveCount(files.length)
  await tile(again, 'jpeg').dblclick()
  await expect(again.getByRole('toolbar', { name: 'Shapes' })).toBeVisible()
  await expect(again.getByRole('button', { name: /^Frame 4:5: 288 × 360 pixels/ })).toBeVisible()
})

test('a photo stands upright however the camera was held', async ({ page }) => {
  await openLibrary(page)
  const orientations: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8]
  const photos: TestFile[] = []
  for (const orientation of orientations)
    photos.push(file(`held-${orientation}.jpg`, await photo(page, 480, 320, orientation)))
  await choose(page, photos)
  await added(page, photos.length)
  const rows = await rowsOf(page, 'media')
  const thumbs = await thumbsByName(page)
  for (const orientation of orientations) {
    const name = `held-${orientation}.jpg`
    const upright = orientation < 5
    expect(byName(rows, name), name).toMatchObject({
      orientation,
      width: upright ? 480 : 320,
      height: upright ? 320 : 480,
      shape: upright ? 'wide' : 'tall',
    })
    const thumb = thumbs.get(name)
    const seen = await cornersOf(page, thumb?.base64 ?? '', thumb?.type ?? '')
    expect(seen, name).toEqual(SHOWN[orientation].map((at) => CORNERS[at]))
  }
})

test('bad files get a sentence each, do no damage, and the good ones beside them come in', async ({ app }, info) => {
  const { page } = app
  await openLibrary(page)
  const whole = await jpeg(page, 'half.jpg', 1200, 800)
  await choose(page, [
    file('half.jpg', whole.buffer.subarray(0, whole.buffer.length / 2)),
    file('poster.png', aPngBomb(40_000, 40_000)),
    file('mark.svg', aSvg('<script>alert(1)</script><path d="M0 0h9v9z"/>')),
    file('logo.svg', aSvg('<g>&xxe;</g>')),
    file('IMG_0001.HEIC', aBoxedPicture('heic', 4032, 3024)),
    file('nothing.png', new Uint8Array()),
    file('letter.png', Buffer.from('Dear all, this is no picture.')),
    file(`a/b\\${'long'.repeat(80)}.jpg`, whole.buffer),
  ])
  await added(page, 3)
  const list = page.getByRole('region', { name: 'Not added' })
  for (const sentence of [
    'half.jpg ends in the middle: it was copied or loaded only in part. Fetch it again.',
    'poster.png would unfold to 40,000 × 40,000 pixels; pictures are taken up to 120 megapixels. Make a smaller version.',
    'logo.svg uses entities of its own, which could hide anything. Export it as a plain SVG.',
    'nothing.png is empty: it has no bytes at all.',
    'letter.png is no picture, video, audio or PDF, whatever its name says.',
  ])
    await expect(list).toContainText(sentence)
  await expect(tile(page, 'IMG_0001')).toContainText('No preview of this HEIC')
  const rows = await rowsOf(page, 'media')
  expect(rows.length).toBe(3)
  const long = rows.find(({ name }) => String(name).startsWith('a-b-longlong'))
  expect([...String(long?.name)].length).toBe(120)
  const [blob] = (await page.evaluate(async () => {
    const name = (await indexedDB.databases()).find((database) => database.name?.startsWith('outpost-'))?.name ?? ''
    const db = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open(name)
      opening.onsuccess = () => resolve(opening.result)
    })
    const stored = await new Promise<{ type: string; bytes: Blob }[]>((resolve) => {
      const asked = db.transaction('blobs').objectStore('blobs').getAll()
      asked.onsuccess = () => resolve(asked.result)
    })
    db.close()
    return Promise.all(stored.filter(({ type }) => type === 'image/svg+xml').map(({ bytes }) => bytes.text()))
  })) as [string]
  expect(blob).toContain('<path')
  expect(blob).not.toContain('script')

  const film = info.outputPath('long.mp4')
  await mkdir(info.outputPath(), { recursive: true })
  writeFileSync(film, aMovie({ seconds: 9, width: 1920, height: 1080 }))
  truncateSync(film, 3_000_000_000)
  await choose(page, film)
  await expect(list).toContainText('long.mp4 has 3 GB; files of its kind are taken up to 2 GB. Make a smaller version.')
  expect((await rowsOf(page, 'media')).length).toBe(3)
})

test('the same picture is there once, and all that was added goes by one undo', async ({ page }) => {
  await openLibrary(page)
  const one = await jpeg(page, 'one.jpg')
  await choose(page, [one, { ...one, name: 'again.jpg' }, await jpeg(page, 'two.jpg')])
  await expect(toasts(page, 'Added 2 files; 1 file was there already.')).toBeVisible()
  await expect(tiles(page)).toHaveCount(2)
  await page.getByRole('listbox', { name: 'Media' }).focus()
  await page.keyboard.press('Control+z')
  await expect(page.getByText('Pictures, videos, audio and documents for your posts live here.')).toBeVisible()
  await page.keyboard.press('Control+Shift+z')
  await expect(tiles(page)).toHaveCount(2)
  await expect(tiles(page).locator('img')).toHaveCount(2)
})

test('files are dropped, pasted, or come as a folder that stays one', async ({ page }, info) => {
  await openLibrary(page)
  const bytes = [...(await jpeg(page, 'dropped.jpg')).buffer]
  const dropped = await page.evaluateHandle((list) => {
    const data = new DataTransfer()
    data.items.add(new File([new Uint8Array(list)], 'dropped.jpg', { type: 'image/jpeg' }))
    return data
  }, bytes)
  const target = page.locator('[data-drop]')
  await target.dispatchEvent('dragover', { dataTransfer: dropped })
  await target.dispatchEvent('drop', { dataTransfer: dropped })
  await added(page, 1)
  await expect(tile(page, 'dropped')).toBeVisible()
  const other = [...(await jpeg(page, 'pasted.png', 300, 300)).buffer]
  await page.evaluate((list) => {
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File([new Uint8Array(list)], 'pasted.png', { type: 'image/png' }))
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, other)
  await expect(tile(page, 'pasted')).toBeVisible()
  const folder = info.outputPath('Tarn 28')
  await mkdir(join(folder, 'Studio'), { recursive: true })
  await writeFile(join(folder, 'front.jpg'), (await jpeg(page, 'front.jpg', 500, 300)).buffer)
  await writeFile(join(folder, 'Studio', 'side.jpg'), (await jpeg(page, 'side.jpg', 300, 500)).buffer)
  await writeFile(join(folder, '.hidden'), 'of the system')
  await page.getByLabel('Folder for the library').setInputFiles(folder)
  await added(page, 2)
  const rows = await rowsOf(page, 'media')
  expect([byName(rows, 'front.jpg').folder, byName(rows, 'side.jpg').folder]).toEqual(['Tarn 28', 'Tarn 28/Studio'])
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('button', { name: 'Folder', exact: true }).click()
  await page.getByRole('option', { name: 'Tarn 28 1', exact: true }).click()
  await expect(tiles(page)).toHaveCount(2)
})

test('adding is stopped: what is in stays', async ({ page }) => {
  await openLibrary(page)
  const pictures: TestFile[] = []
  for (let at = 0; at < 60; at += 1) pictures.push(await jpeg(page, `${at}.jpg`, 900, 600, at))
  await choose(page, pictures)
  await expect(page.getByRole('progressbar', { name: 'Adding files' })).toBeVisible()
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(toasts(page, /stopped, what was in stays/i)).toBeVisible()
  const count = (await rowsOf(page, 'media')).length
  expect(count).toBeLessThan(60)
  expect((await rowsOf(page, 'blobs')).length).toBe(count)
})

test('crops, the point and turns are numbers, survive a restart, and go out in a copy', async ({ app }) => {
  const { page } = app
  await openLibrary(page)
  await choose(page, [await jpeg(page, 'trail.jpg', 1600, 1200)])
  await added(page, 1)
  await tile(page, 'trail').dblclick()
  const frame = page.getByRole('button', { name: /^Frame/ })
  await expect(frame).toHaveAccessibleName(/^Frame 4:5: 960 × 1200 pixels/)
  const at = async () => (await frame.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const before = await at()
  await page.mouse.move(before.x + before.width / 2, before.y + before.height / 2)
  await page.mouse.down()
  await page.mouse.move(before.x + before.width / 2 + 60, before.y + before.height / 2, { steps: 4 })
  await page.mouse.up()
  await expect(page.getByRole('button', { name: /^4:5.*set by hand/ })).toBeVisible()
  expect((await at()).x).toBeGreaterThan(before.x + 50)
  // A corner keeps the ratio; arrows move by pixels.
  const corner = await page.locator('[data-corner="start-top"]').boundingBox()
  await page.mouse.move((corner?.x ?? 0) + 5, (corner?.y ?? 0) + 5)
  await page.mouse.down()
  await page.mouse.move((corner?.x ?? 0) + 85, (corner?.y ?? 0) + 105, { steps: 4 })
  await page.mouse.up()
  await expect(frame).not.toHaveAccessibleName(/960 × 1200/)
  const [, width = '0', height = '0'] = /(\d+) × (\d+)/.exec((await frame.getAttribute('aria-label')) ?? '') ?? []
  expect(Number(width) / Number(height)).toBeCloseTo(0.8, 2)
  const frameOf = async () =>
    (byName(await rowsOf(page, 'media'), 'trail.jpg').edits as { frames: Record<string, { x: number }> }).frames['4:5']
      ?.x ?? 0
  const x = await frameOf()
  await frame.focus()
  await page.keyboard.press('Shift+ArrowLeft')
  await expect.poll(async () => Math.round((x - (await frameOf())) * 1600)).toBe(10)

  // Other shapes follow the point.
  await page.getByRole('radio', { name: 'Point' }).click()
  const picture = await page.getByRole('main').locator('img').first().boundingBox()
  await page.mouse.click(
    (picture?.x ?? 0) + (picture?.width ?? 0) * 0.9,
    (picture?.y ?? 0) + (picture?.height ?? 0) * 0.5,
  )
  await expect(page.getByText('Point, 90 % · 50 %')).toBeVisible()
  await page.getByRole('button', { name: /^9:16/ }).click()
  await expect(frame).toHaveAccessibleName(/^Frame 9:16: 675 × 1200/)
  const edge = (await page.getByRole('main').locator('img').first().boundingBox()) ?? before
  const tall = await at()
  expect(Math.abs(tall.x + tall.width - edge.x - edge.width)).toBeLessThan(3)

  await page.getByRole('button', { name: 'Turn by a quarter' }).click()
  await expect(toasts(page, 'Crops of a shape follow the point again.')).toBeVisible()
  await expect(page.getByText('3:4, 1200 × 1600')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.getByText('4:3, 1600 × 1200')).toBeVisible()
  await page.keyboard.press('Control+Shift+z')
  await expect(page.getByText('3:4, 1200 × 1600')).toBeVisible()

  const again = await app.restart()
  await expect(again.getByRole('button', { name: /^Frame 4:5: 1200 × 1500/ })).toBeVisible()
  await again.getByRole('complementary', { name: 'About the file' }).getByRole('button', { name: 'More' }).click()
  await again.getByRole('menuitem', { name: 'Save a copy…' }).click()
  await again.getByRole('combobox', { name: 'Shape' }).click()
  await again.getByRole('option', { name: '1:1', exact: true }).click()
  await again.getByLabel('Longer side at most').fill('600')
  await again.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(toasts(again, /Saved .*trail-1x1\.jpg/)).toBeVisible()
  const saved = await readFile(join(app.downloads, 'trail-1x1.jpg'))
  const size = await again.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
    const { width: w, height: h } = await createImageBitmap(new Blob([bytes]))
    return [w, h]
  }, saved.toString('base64'))
  expect(size).toEqual([600, 600])
})

test('what is said about a file is found, filtered by, and warned of in time', async ({ page }) => {
  await openLibrary(page)
  await addPictures(page, 'hut-winter.jpg', 'lantern.jpg', 'flask.jpg')
  await tile(page, 'lantern').click()
  await dock(page).getByRole('textbox', { name: 'Alt text' }).fill('A tent that glows at night')
  await dock(page).getByRole('button', { name: '4 of 5' }).click()
  await dock(page).getByRole('button', { name: 'Labels' }).click()
  await page.getByPlaceholder('Labels').fill('autumn')
  await page.getByRole('option', { name: 'Create “autumn”' }).click()
  await page.keyboard.press('Escape')
  const soon = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)
  await dock(page).getByRole('textbox', { name: 'End of the licence' }).fill(soon)
  await page.keyboard.press('Enter')
  await expect(tile(page, 'lantern')).toContainText(/Ends \d+ \w+/)
  await expect(tile(page, 'flask')).toContainText('No alt')

  await dock(page).getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: '1 right ends soon' }).click()
  await expect(tiles(page)).toHaveCount(1)
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(tiles(page)).toHaveCount(3)
  await page.getByRole('searchbox', { name: 'Search media' }).fill('glows')
  await expect(tiles(page)).toHaveCount(1)
  await expect(tile(page, 'lantern')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search media' }).fill('')
  await page.getByRole('button', { name: 'Missing' }).click()
  await page.getByRole('option', { name: 'Without alt text' }).click()
  await page.keyboard.press('Escape')
  await expect(tiles(page)).toHaveCount(2)
  await page.getByRole('button', { name: 'Clear filter: Missing' }).click()
  await page.getByRole('button', { name: 'Label', exact: true }).click()
  await page.getByRole('option', { name: 'autumn' }).click()
  await page.keyboard.press('Escape')
  await expect(tiles(page)).toHaveCount(1)

  // A plan behind the end of the right is a finding, with the way to mend it.
  const rows = await rowsOf(page, 'media')
  const late = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10)
  await tile(page, 'lantern').click()
  await dock(page).getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'New post with it' }).click()
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toHaveValue('lantern')
  const [post] = await rowsOf(page, 'posts')
  expect(post?.coverId).toBe(byName(rows, 'lantern.jpg').id)
  await putRows(page, {
    posts: [{ ...post, planned: { date: late, time: '09:00', zone: 'UTC' }, plannedAt: Date.parse(`${late}T09:00Z`) }],
  })
  await page.reload()
  await page.getByRole('button', { name: 'Media', exact: true }).click()
  await tile(page, 'lantern').click()
  await expect(dock(page).getByText('“lantern” goes out 4 days after the right ends.')).toBeVisible()
})

test('a file in use cannot vanish; it is swapped wherever it is used, and then goes', async ({ page }) => {
  await openLibrary(page)
  await addPictures(page, 'old.jpg', 'new.jpg')
  await tile(page, 'old').click()
  await dock(page).getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'New post with it' }).click()
  await page.getByRole('button', { name: 'Media', exact: true }).click()
  await expect(tile(page, 'old')).toContainText('1×')
  await expect(tile(page, 'new')).toContainText('No alt')
  await tile(page, 'old').click()
  await page.keyboard.press('Delete')
  await expect(toasts(page, 'Not deleted: “old.jpg” is used in 1 place. Swap it there first.')).toBeVisible()
  await expect(tiles(page)).toHaveCount(2)
  await dock(page).getByRole('button', { name: 'Swap everywhere' }).click()
  const picker = page.getByRole('dialog')
  await picker.getByRole('option').filter({ hasText: 'new' }).click()
  await picker.getByRole('button', { name: 'Swap', exact: true }).click()
  await expect(toasts(page, 'Swapped in 1 post.')).toBeVisible()
  await expect(tile(page, 'new')).toContainText('1×')
  await tile(page, 'old').click()
  await page.keyboard.press('Delete')
  await expect(toasts(page, 'Deleted “old.jpg”.')).toBeVisible()
  await expect(tiles(page)).toHaveCount(1)
  await page.getByRole('button', { name: 'Trash', exact: true }).click()
  await page.getByRole('button', { name: 'Delete “old.jpg” for good' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click()
  await expect(page.getByText('The trash is empty.')).toBeVisible()
  expect([(await rowsOf(page, 'media')).length, (await rowsOf(page, 'blobs')).length]).toEqual([1, 1])
})

test('the menu of a file acts on that file, whatever was selected before', async ({ page }) => {
  await openLibrary(page)
  await addPictures(page, 'kept.jpg', 'gone.jpg')
  await tile(page, 'kept').click()
  await expect(dock(page).getByRole('heading', { name: 'kept.jpg' })).toBeVisible()
  await tile(page, 'gone').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(toasts(page, 'Deleted “gone.jpg”.')).toBeVisible()
  await expect(tiles(page)).toHaveCount(1)
  await expect(tile(page, 'kept')).toBeVisible()
})

test('a folder gets another name, and what lies in it goes along', async ({ page }) => {
  await openLibrary(page)
  await addPictures(page, 'front.jpg', 'side.jpg', 'loose.jpg')
  for (const name of ['front', 'side']) {
    await tile(page, name).click({ modifiers: name === 'side' ? ['Control'] : [] })
  }
  await dock(page).getByRole('button', { name: 'Folder' }).click()
  await page.getByPlaceholder('Folder').fill('Tarn')
  await page.getByRole('option', { name: 'Create “Tarn”' }).click()
  await dock(page).getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Folder', exact: true }).click()
  await page.getByRole('option', { name: /^Tarn/ }).click()
  await expect(tiles(page)).toHaveCount(2)
  await page.getByRole('button', { name: 'Rename the folder “Tarn”' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Packs/Tarn 28')
  await page.keyboard.press('Enter')
  await expect(toasts(page, '2 files in “Packs/Tarn 28”.')).toBeVisible()
  await expect(tiles(page)).toHaveCount(2)
  const folders = (await rowsOf(page, 'media')).map(({ folder }) => folder).sort()
  expect(folders).toEqual(['', 'Packs/Tarn 28', 'Packs/Tarn 28'])
})

test('a film plays, a document shows its first page, and what cannot be shown says so', async ({ page }) => {
  await openLibrary(page)
  const recorded = await film(page, 'video/webm')
  test.skip(!recorded, 'this browser records no film')
  const heic = aBoxedPicture('heic', 4032, 3024)
  await choose(page, [
    file('walk.webm', recorded ?? Buffer.alloc(0)),
    file('deck.pdf', aPdf()),
    file('IMG_1.HEIC', heic),
  ])
  await added(page, 3)
  await tile(page, 'walk').dblclick()
  const video = page.locator('video')
  await expect(video).toBeVisible()
  await video.evaluate((element: HTMLVideoElement) => element.play())
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(0)
  await page.keyboard.press('Escape')
  await tile(page, 'deck').dblclick()
  await expect(page.getByRole('main').locator('img')).toBeVisible()
  await expect(page.getByText('PDF, 1 page').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await tile(page, 'IMG_1').dblclick()
  await expect(
    page.getByText('This browser cannot show it. The file is kept as it is, and goes out as it is.'),
  ).toBeVisible()
})

test('many files are picked by keys and get a folder, labels and a rating in one step', async ({ page }) => {
  await openLibrary(page)
  await addPictures(page, ...Array.from({ length: 12 }, (_, at) => `shot-${String(at).padStart(2, '0')}.jpg`))
  const grid = page.getByRole('listbox', { name: 'Media' })
  await grid.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+End')
  await expect(tiles(page).and(page.locator('[aria-selected="true"]'))).toHaveCount(12)
  await expect(dock(page).getByRole('heading', { name: '12 files' })).toBeVisible()
  await page.keyboard.press('3')
  await expect.poll(async () => (await rowsOf(page, 'media')).every(({ rating }) => rating === 3)).toBe(true)
  await dock(page).getByRole('button', { name: 'Folder' }).click()
  await page.getByPlaceholder('Folder').fill('Tarn 28')
  await page.getByRole('option', { name: 'Create “Tarn 28”' }).click()
  await expect.poll(async () => (await rowsOf(page, 'media')).every(({ folder }) => folder === 'Tarn 28')).toBe(true)
  await grid.focus()
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await rowsOf(page, 'media')).every(({ folder }) => folder === '')).toBe(true)
  // A press on a file leaves the keyboard with the list, also when the file has scrolled away.
  await tiles(page).nth(1).click()
  await page.keyboard.press('ArrowRight')
  await expect(tiles(page).nth(2)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 of 12')).toBeVisible()
  await page.keyboard.press('j')
  await expect(page.getByText('2 of 12')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(grid).toBeVisible()
})
