/** A photo as a camera wrote it goes out as it is meant: upright, cut as the post says, and without the place where it was taken. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { inspect } from '../../shared/media/inspect.ts'
import { startMastodon } from '../sandbox/mastodon.ts'
import { projectRoot } from '../support/project.ts'
import { connectMastodon } from './accounts.ts'
import { deskWith } from './desk.ts'
import { CORNERS, cornersOf, photo, SHOWN } from './mediaFiles.ts'
import { planFile, sendNow } from './planned.ts'

const test = deskWith(async (clock) => ({ mastodon: await startMastodon({ clock }) }))

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

    await planFile(
      page,
      () => connectMastodon(page, mastodon.url),
      { type: 'image/jpeg', width, height, orientation },
      bytes,
      { ratio, minutes: 4 },
    )
    await sendNow(page)

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

test('a film goes out without the place a phone wrote into it, and stays as it was in the library', async ({
  desk,
}) => {
  const { page, mastodon, folder } = desk
  const film = readFileSync(join(projectRoot, 'tests', 'fixtures', 'films', 'phone.mp4'))
  await planFile(
    page,
    () => connectMastodon(page, mastodon.url),
    { kind: 'video', type: 'video/mp4', width: 64, height: 64, seconds: 0.5 },
    film,
    {
      minutes: 4,
    },
  )
  await sendNow(page)

  const { body = Buffer.alloc(0) } = mastodon.calls.find(({ path }) => path === '/api/v2/media') ?? {}
  const from = body.indexOf('ftypisom') - 4
  const sent = body.subarray(from, from + film.length)
  expect(sent.subarray(-2000)).toEqual(film.subarray(-2000))
  expect(film.includes('SECRET')).toBe(true)
  expect(body.includes('SECRET') || body.includes('GPSLatitude')).toBe(false)
  const library = join(folder, 'media')
  const [shelf = ''] = readdirSync(library)
  expect(readFileSync(join(library, shelf, 'file')).equals(film)).toBe(true)
})

test('a picture nothing can be made of is found days before it is due', async ({ desk }) => {
  const { page, mastodon } = desk
  const torn = (await photo(page, 400, 200, 1)).subarray(0, 300)
  const about = { type: 'image/jpeg', width: 400, height: 200 }
  await planFile(page, () => connectMastodon(page, mastodon.url), about, torn, { ratio: '1:1', minutes: 2 * 24 * 60 })
  await expect(page.getByRole('listitem').filter({ hasText: 'Three pockets' })).toContainText(
    '“quay.file” could not be made into a picture the network takes',
  )
  expect(mastodon.statuses).toEqual([])
})
