import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bareMedia } from '../../../electron/services/bareMedia.ts'
import { saveKit } from '../../../electron/services/kits.ts'
import { createOriginals } from '../../../electron/services/originals.ts'
import { blankFilm } from '../../support/blankFilm.ts'
import { projectRoot, temporaryFolder } from '../../support/project.ts'

/** A shelf with media in it, and a place for kits. */
function desk(folder: string, media: Readonly<Record<string, string>> = { strap: 'a strap', film: 'a film' }) {
  const shelf = join(folder, 'media', 'ws-a')
  mkdirSync(shelf, { recursive: true })
  for (const [id, content] of Object.entries(media)) writeFileSync(join(shelf, id), content)
  return {
    shelf,
    place: join(folder, 'downloads', 'Kits'),
    fill: bareMedia(createOriginals(join(folder, 'media')), 'ws-a'),
  }
}

const file = (id: string, name: string, size = 0) => ({ id, name, size })
const kit = { name: '2026-10-16 Straps', text: 'Ten stitches.', files: [file('strap', '01 strap.jpg')] }

describe('a kit', () => {
  it('is a folder with its files in order and a text', async () => {
    using folder = temporaryFolder()
    const { place, fill } = desk(folder.path)
    const files = [file('film', '01 quay.mp4'), file('strap', '02 cover strap.jpg')]
    const saved = await saveKit(place, { ...kit, files }, fill)
    const path = join(place, '2026-10-16 Straps')
    expect(saved).toEqual({ ok: true, value: path })
    expect(readdirSync(path).sort()).toEqual(['01 quay.mp4', '02 cover strap.jpg', 'text.txt'])
    expect(readFileSync(join(path, '01 quay.mp4'), 'utf8')).toBe('a film')
    expect(readFileSync(join(path, '02 cover strap.jpg'), 'utf8')).toBe('a strap')
    expect(readFileSync(join(path, 'text.txt'), 'utf8')).toBe('Ten stitches.')
    expect(readdirSync(place)).toEqual(['2026-10-16 Straps'])
  })

  it('has a film without what the camera noted, which lies on the shelf as it was', async () => {
    using folder = temporaryFolder()
    const { shelf, place, fill } = desk(folder.path)
    const phone = join(projectRoot, 'tests', 'fixtures', 'films', 'phone.mp4')
    const original = readFileSync(phone)
    copyFileSync(phone, join(shelf, 'phone'))
    const saved = await saveKit(place, { ...kit, files: [file('phone', '01 phone.mp4')] }, fill)
    if (!saved.ok) throw new Error(saved.error.message)
    const bare = new Uint8Array(original)
    await blankFilm(bare, 'video/mp4')
    expect(readFileSync(join(saved.value, '01 phone.mp4')).equals(bare)).toBe(true)
    expect(original.equals(bare)).toBe(false)
    expect(readFileSync(join(shelf, 'phone')).equals(original)).toBe(true)
  })

  it('never takes the place of another, nor of a file, however many come at once', async () => {
    using folder = temporaryFolder()
    const { place, fill } = desk(folder.path)
    mkdirSync(place, { recursive: true })
    writeFileSync(join(place, '2026-10-16 Straps (2)'), 'a file of somebody')
    mkdirSync(join(place, '2026-10-16 Straps (3)'))
    const saved = await Promise.all(
      ['one', 'two', 'three', 'four', 'five'].map((text) => saveKit(place, { ...kit, text }, fill)),
    )
    const texts = saved.map((one) => one.ok && readFileSync(join(one.value, 'text.txt'), 'utf8'))
    expect(texts).toEqual(['one', 'two', 'three', 'four', 'five'])
    expect(readFileSync(join(place, '2026-10-16 Straps (2)'), 'utf8')).toBe('a file of somebody')
    expect(readdirSync(join(place, '2026-10-16 Straps (3)'))).toEqual([])
    expect(readdirSync(place)).toHaveLength(7)
  })

  it('is all there or not at all, and why is a sentence', async () => {
    using folder = temporaryFolder()
    const { place, fill } = desk(folder.path)
    const lost = { ...kit, files: [file('strap', '01 strap.jpg'), file('gone', '02 gone.jpg')] }
    expect(await saveKit(place, lost, fill)).toEqual({
      ok: false,
      error: { kind: 'not-found', message: '“02 gone.jpg” could not be read. Try again.' },
    })
    const twice = { ...kit, files: [file('strap', '01.jpg'), file('film', '01.jpg')] }
    expect(await saveKit(place, twice, fill)).toMatchObject({ ok: false, error: { kind: 'failed' } })
    const full = Object.assign(new Error('full'), { code: 'ENOSPC' })
    expect(await saveKit(place, kit, () => Promise.reject(full))).toMatchObject({
      ok: false,
      error: { kind: 'disk-full', message: expect.stringMatching(/^The disk is full, so .*Straps was not written\./) },
    })
    expect(readdirSync(place)).toEqual([])
  })

  it('that the disk has no room for is not begun', async () => {
    using folder = temporaryFolder()
    const { place, fill } = desk(folder.path)
    const large = { ...kit, files: [file('film', '01 quay.mp4', 900_000_000)] }
    const message = 'The kit has 900 MB, and the disk has room for 800 MB. Free some space and try again.'
    expect(await saveKit(place, large, fill, async () => 1_000_000_000)).toEqual({
      ok: false,
      error: { kind: 'disk-full', message },
    })
    expect(readdirSync(place)).toEqual([])
    expect((await saveKit(place, large, fill, async () => 1_100_000_000)).ok).toBe(true)
  })

  it('says that something is in the way of the folder', async () => {
    using folder = temporaryFolder()
    const { place, fill } = desk(folder.path)
    const inTheWay = join(folder.path, 'downloads')
    mkdirSync(inTheWay)
    writeFileSync(place, 'a file where the folder should be')
    const refused = await saveKit(place, kit, fill)
    expect(refused).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/^Something else is in the way/) },
    })
    rmSync(inTheWay, { recursive: true })
    writeFileSync(inTheWay, 'a file one step before it')
    expect(await saveKit(place, kit, fill)).toMatchObject({ ok: false, error: { kind: 'not-found' } })
  })

  it('that was never finished is cleared away by a later one, but not while it may still be written', async () => {
    using folder = temporaryFolder()
    const { place, fill } = desk(folder.path)
    const [old, young] = ['a', 'b'].map((letter) => `.${letter.repeat(8)}-0000-4000-8000-000000000000.part`)
    const [aged, mine] = [`${old}`, '.mine.part']
    for (const name of [aged, `${young}`, mine]) mkdirSync(join(place, name), { recursive: true })
    for (const name of [aged, mine]) utimesSync(join(place, name), 1_700_000_000, 1_700_000_000)
    await saveKit(place, kit, fill)
    expect(readdirSync(place).sort()).toEqual([mine, `${young}`, '2026-10-16 Straps'].sort())
  })

  it('stays in its place, whatever it and its files are called', async () => {
    using folder = temporaryFolder()
    const step = fc.constantFrom('..', '.', '', '/', '\\', 'x', 'C:', '~', '\0', 'con', '{ED7BA470}', 'app', ' ', '物')
    const name = fc.array(step, { maxLength: 8 }).map((steps) => steps.join(''))
    const { place, fill } = desk(folder.path)
    const outside = () =>
      readdirSync(folder.path, { recursive: true, encoding: 'utf8' }).filter(
        (path) => !path.startsWith(join('downloads', 'Kits', '')),
      )
    mkdirSync(place, { recursive: true })
    const before = outside()
    await fc.assert(
      fc.asyncProperty(name, name, async (kitName, fileName) => {
        const saved = await saveKit(place, { ...kit, name: kitName, files: [file('strap', `01 ${fileName}`)] }, fill)
        if (!saved.ok) throw new Error(saved.error.message)
        expect(readdirSync(saved.value)).toHaveLength(2)
        expect(saved.value).not.toMatch(/\.[^/\\ ]*$/)
      }),
      { numRuns: 60 },
    )
    expect(outside()).toEqual(before)
  })
})
