import { describe, expect, it } from 'vitest'
import { withoutNotes } from '../../../shared/media/bare.ts'
import { inspect } from '../../../shared/media/inspect.ts'
import { aGif, aJpeg, anAnimatedPng, aPng, aWebp, withOrientation } from '../../support/mediaFiles.ts'

const bytes = (...parts: (string | Uint8Array)[]) =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))))
const spliced = (whole: Uint8Array, at: number, part: Uint8Array) => bytes(whole.slice(0, at), part, whole.slice(at))
const bare = (whole: Uint8Array, type: string) => {
  const made = withoutNotes(new Uint8Array(whole), type)
  if (!made) throw new Error('refused')
  return made
}
const segment = (marker: number, words: string) => bytes(new Uint8Array([0xff, marker, 0, words.length + 2]), words)
const chunk = (type: string, words: string) =>
  bytes(new Uint8Array([0, 0, 0, words.length]), type, words, new Uint8Array(4))
const SECRET = 'GPS 48.2,16.4'

describe('pictures without their notes', () => {
  it('takes EXIF, XMP, IPTC and comments out of a JPEG, and leaves its colours', () => {
    const plain = bare(aJpeg(40, 30), 'image/jpeg')
    const icc = segment(0xe2, 'ICC_PROFILE\0\x01\x01colours')
    const notes = [0xe1, 0xed, 0xfe, 0xe2].map((marker) => segment(marker, SECRET))
    const noted = spliced(withOrientation(aJpeg(40, 30), 6), 2, bytes(...notes, icc))
    expect(Buffer.from(noted).includes(SECRET)).toBe(true)
    expect(Buffer.from(bare(noted, 'image/jpeg'))).toEqual(Buffer.from(spliced(plain, 2, icc)))
  })

  it('ends where the picture ends, whatever a phone hung behind it', () => {
    const made = bare(bytes(aJpeg(40, 30), withOrientation(aJpeg(8, 8), 1), SECRET), 'image/jpeg')
    expect(Buffer.from(made)).toEqual(Buffer.from(bare(aJpeg(40, 30), 'image/jpeg')))
  })

  it('keeps what moves', () => {
    const noted = spliced(anAnimatedPng(8, 8), 33, bytes(chunk('tEXt', SECRET), chunk('eXIf', SECRET)))
    const png = bare(noted, 'image/png')
    expect(inspect(png)).toMatchObject({ ok: true, value: { animated: true } })
    expect(Buffer.from(png).includes(SECRET)).toBe(false)
    const comment = bytes(new Uint8Array([0x21, 0xfe, SECRET.length]), SECRET, new Uint8Array([0]))
    const plain = aGif(8, 8, 3)
    const table = (plain[10] ?? 0) & 0x80 ? 3 << (((plain[10] ?? 0) & 7) + 1) : 0
    expect(Buffer.from(bare(spliced(plain, 13 + table, comment), 'image/gif'))).toEqual(
      Buffer.from(bare(plain, 'image/gif')),
    )
    expect(inspect(bare(plain, 'image/gif'))).toMatchObject({ ok: true, value: { animated: true } })
  })

  it('clears the marks of a WebP that said there are notes', () => {
    const made = bare(aWebp(20, 10, { orientation: 6 }), 'image/webp')
    expect(Buffer.from(made).includes('EXIF')).toBe(false)
    expect(inspect(made)).toMatchObject({ ok: true, value: { width: 20, height: 10, orientation: 1 } })
  })

  it('gives nothing for what is cut off or of another kind', () => {
    expect(withoutNotes(aJpeg(40, 30).slice(0, -2), 'image/jpeg')).toBeNull()
    expect(withoutNotes(aPng(4, 4).slice(0, -12), 'image/png')).toBeNull()
    expect(withoutNotes(new Uint8Array([1, 2, 3]), 'image/avif')).toBeNull()
  })
})
