import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Box, boxAt, boxesIn } from '../../../shared/media/boxes.ts'
import { blank, isSoundOnly, notesIn } from '../../../shared/media/film.ts'
import { inspect } from '../../../shared/media/inspect.ts'
import { blankFilm } from '../../support/blankFilm.ts'
import { sound } from '../../support/mediaFiles.ts'
import { projectRoot } from '../../support/project.ts'

const film = (name: string) => new Uint8Array(readFileSync(join(projectRoot, 'tests', 'fixtures', 'films', name)))
const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const bared = async (bytes: Uint8Array) => {
  const made = bytes.slice()
  await blankFilm(made, 'video/mp4')
  return made
}
const u32 = (...numbers: number[]) => Buffer.concat(numbers.map((n) => Buffer.from([n >>> 24, n >>> 16, n >>> 8, n])))
const box = (type: string, ...inside: (Uint8Array | string)[]) => {
  const content = Buffer.concat(inside.map((one) => (typeof one === 'string' ? Buffer.from(one, 'latin1') : one)))
  return Buffer.concat([u32(content.length + 8), Buffer.from(type, 'latin1'), content])
}
const at = (bytes: Uint8Array, ...path: string[]): Box => {
  const found = boxAt(bytes, path)
  if (!found) throw new Error(`There is no ${path.join('/')}.`)
  return found
}
/** Everything that plays: pictures, sound, and the tables that say where they lie. */
const played = (bytes: Uint8Array) =>
  [...boxesIn(bytes, 0, bytes.length)].flatMap(({ type, from, to }) => {
    if (type === 'mdat') return [latin(bytes.slice(from, to))]
    if (type !== 'moov') return []
    const tracks = [...boxesIn(bytes, from, to)].filter((one) => one.type === 'trak')
    return tracks.map((one) => {
      const info = boxAt(bytes, ['mdia', 'minf'], one.from, one.to)
      return latin(bytes.slice(info?.from, info?.to))
    })
  })

describe('films on their way out', () => {
  it.each(['phone.mp4', 'apple.mov'])('%s says no more where, when and by whom it was taken', async (name) => {
    const bytes = film(name)
    expect(latin(bytes)).toMatch(/SECRET/)
    const bare = await bared(bytes)
    // The place as text, and as the fixed-point number of `loci`.
    expect(latin(bare)).not.toMatch(/SECRET|48\.2|48,12|16\.37|ISO6709|exif/)
    expect(Buffer.from(bare).includes(u32(48.2082 * 65_536).subarray(0, 3))).toBe(false)
    const head = at(bare, 'moov', 'mvhd')
    expect(latin(bare.slice(head.from + 4, head.from + 12))).toBe('\0'.repeat(8))
  })

  it.each(['phone.mp4', 'apple.mov'])('%s plays as before: the same bytes at the same places', async (name) => {
    const bytes = film(name)
    const bare = await bared(bytes)
    expect(bare).toHaveLength(bytes.length)
    expect(played(bare)).toEqual(played(bytes))
    expect(inspect(bare)).toEqual(inspect(bytes))
    // Once more there is nothing left to do.
    expect(await bared(bare)).toEqual(bare)
  })

  it.each(['tone.m4a', 'phone.mp4'])('%s: audio leaves its notes behind in the same way', async (name) => {
    const bytes = sound(name)
    expect(latin(bytes)).toContain('SECRET')
    const bare = bytes.slice()
    await blankFilm(bare, 'audio/mp4')
    expect(latin(bare)).not.toContain('SECRET')
    expect(played(bare)).toEqual(played(bytes))
  })

  it.each([
    [film('phone.mp4'), false],
    [film('apple.mov'), false],
    [sound('phone.mp4'), true],
    [sound('tone.m4a'), true],
    [sound('tone.mp3'), false],
  ])('are told from audio by their tracks: %#', async (bytes, isSound) => {
    expect(await isSoundOnly(async (from, length) => bytes.slice(from, from + length), bytes.length)).toBe(isSound)
  })

  it('takes what was measured out of the track of an action camera, and the pictures between it stay', async () => {
    const plain = film('apple.mov')
    const movie = at(plain, 'moov')
    const gps = ['GPS 48.2', 'GPS 48.3', 'GPS 48.4']
    const first = plain.length + 500
    const mdat = box('mdat', gps[0] ?? '', gps[1] ?? '', 'picture!', gps[2] ?? '')
    const track = box(
      'trak',
      box(
        'mdia',
        box('hdlr', u32(0, 0), 'meta', u32(0, 0, 0)),
        box(
          'minf',
          box(
            'stbl',
            box('stsd', u32(0, 1), box('gpmd', u32(0, 1))),
            box('stsz', u32(0, 0, 3, 8, 8, 8)),
            box('stsc', u32(0, 2, 1, 2, 1, 2, 1, 1)),
            box('stco', u32(0, 2, first, first + 24)),
          ),
        ),
      ),
    )
    const moov = box('moov', plain.slice(movie.from, movie.to), track)
    const before = Buffer.concat([plain.slice(0, movie.from - 8), moov])
    const padding = box('free', 'x'.repeat(first - 8 - 8 - before.length))
    const whole = new Uint8Array(Buffer.concat([before, padding, mdat]))
    expect(latin(whole.slice(first, first + 8))).toBe(gps[0])

    const bare = await bared(whole)
    expect(latin(bare)).not.toMatch(/GPS|gpmd|xxx/)
    expect(latin(bare)).toContain('picture!')
    expect(played(bare)[0]).toBe(played(plain)[0])
  })

  it('is the same read in pieces of any length, from any byte on', async () => {
    const whole = film('phone.mp4')
    const bare = await bared(whole)
    const notes = await notesIn(async (from, length) => whole.slice(from, from + length), whole.length)
    fc.assert(
      fc.property(fc.nat(whole.length), fc.integer({ min: 1, max: 3000 }), (from, length) => {
        const piece = whole.slice(from, from + length)
        blank(piece, from, notes)
        expect(piece).toEqual(bare.slice(from, from + length))
      }),
    )
  })

  it('leaves what is no film in order as it is, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(4000), fc.uint8Array({ maxLength: 60 }), async (cut, junk) => {
        const broken = new Uint8Array([...film('apple.mov').slice(0, cut), ...junk])
        expect(await bared(broken)).toHaveLength(broken.length)
      }),
    )
    const photo = new Uint8Array([1, 2, 3])
    await blankFilm(photo, 'image/jpeg')
    expect([...photo]).toEqual([1, 2, 3])
  })
})
