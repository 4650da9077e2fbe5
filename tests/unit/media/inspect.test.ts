import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { err } from '../../../shared/lib/result.ts'
import { inspect, isReadWhole } from '../../../shared/media/inspect.ts'
import { MOST_BYTES } from '../../../shared/media/refusals.ts'
import {
  aBoxedPicture,
  aGif,
  aJpeg,
  aLossyWebp,
  aMovie,
  anAnimatedPng,
  aPdf,
  aPng,
  aSvg,
  aWebp,
  oneOfEach,
  sound,
  withOrientation,
} from '../../support/mediaFiles.ts'

const seen = (bytes: Uint8Array, size?: number) => {
  const looked = inspect(bytes, size)
  if (!looked.ok) throw new Error(looked.error.kind)
  return looked.value
}
const words = (text: string) => new TextEncoder().encode(text)

describe('what a file is', () => {
  it.each(Object.entries(oneOfEach()))('%s is known by its content', (type, bytes) => {
    expect(seen(bytes).type).toBe(type)
  })

  it('tells a WebM film from other Matroska', () => {
    const matroska = (kind: string) => new Uint8Array([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x88, ...words(kind)])
    expect(seen(matroska('webm')).type).toBe('video/webm')
    expect(seen(matroska('matroska')).type).toBe('video/x-matroska')
  })

  it('is no medium, and says what it looks like', () => {
    const looksLike = (bytes: Uint8Array) => {
      const looked = inspect(bytes)
      return looked.ok || looked.error.kind !== 'not-media' ? looked : looked.error.looksLike
    }
    expect(looksLike(words('II*\0........'))).toBe('a TIFF picture')
    expect(looksLike(words('PK\u0003\u0004word/document.xml'))).toBe('a zip archive or an Office file')
    expect(looksLike(words('<html><svg></svg></html>'))).toBe('')
    expect(looksLike(words('#!/bin/sh'))).toBe('')
    expect(inspect(new Uint8Array())).toEqual(err({ kind: 'empty' }))
  })

  it.each([
    ['tone.mp3', 'audio/mpeg'],
    ['bare.mp3', 'audio/mpeg'],
    ['tone.m4a', 'audio/mp4'],
    ['tone.aac', 'audio/aac'],
    ['tone.ogg', 'audio/ogg'],
    ['tone.opus', 'audio/ogg'],
    ['tone.wav', 'audio/wav'],
    ['tone.flac', 'audio/flac'],
  ])('%s is audio: %s', (name, type) => {
    expect(seen(sound(name))).toMatchObject({ kind: 'audio', type, width: 0, height: 0 })
  })

  it('is audio behind a tag, however large its cover is', () => {
    const tag = (length: number) => [
      ...words('ID3'),
      4,
      0,
      0,
      length >> 21,
      (length >> 14) & 127,
      (length >> 7) & 127,
      length & 127,
    ]
    const tagged = (length: number, rest: Uint8Array) =>
      new Uint8Array([...tag(length), ...new Uint8Array(length), ...rest])
    expect(seen(tagged(300, sound('tone.aac'))).type).toBe('audio/aac')
    expect(seen(tagged(300, sound('tone.flac'))).type).toBe('audio/flac')
    // Of a long file the beginning alone is there, and the cover fills it.
    expect(seen(tagged(2_000_000, sound('bare.mp3')).subarray(0, 1_000_000), 3_000_000).type).toBe('audio/mpeg')
  })

  it('is no audio for two bytes that one frame of it might begin with', () => {
    const looked = (bytes: Uint8Array) => inspect(bytes).ok
    expect(looked(new Uint8Array([0xff, 0xfb, 0x90, 0x64, ...new Uint8Array(2000)]))).toBe(false)
    expect(looked(new Uint8Array([0xff, 0xf1, 0x60, 0x40, 0x18, 0xdf, 0xfc, ...new Uint8Array(2000)]))).toBe(false)
    expect(looked(words('\ufffd\ufffd a text in two bytes a letter'))).toBe(false)
    // A film in an Ogg, with its sound beside it.
    expect(looked(words('OggS\0\u0002........................\u0080theora....OggS....\u0001vorbis'))).toBe(false)
  })

  it('has the size it is shown in, however the camera was held', () => {
    expect(seen(aJpeg(4000, 3000))).toMatchObject({ width: 4000, height: 3000, orientation: 1 })
    for (const order of ['II', 'MM'] as const)
      for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8] as const)
        expect(seen(withOrientation(aJpeg(4000, 3000), orientation, order))).toMatchObject({
          orientation,
          ...(orientation < 5 ? { width: 4000, height: 3000 } : { width: 3000, height: 4000 }),
        })
    expect(seen(aWebp(300, 200, { orientation: 9 }))).toMatchObject({ width: 300, orientation: 1 })
    expect(seen(aWebp(300, 200, { orientation: 8 }))).toMatchObject({ width: 200, height: 300, orientation: 8 })
    expect(seen(aLossyWebp(300, 200))).toMatchObject({ width: 300, height: 200 })
    expect(seen(aBoxedPicture('heic', 4032, 3024))).toMatchObject({ width: 4032, height: 3024 })
    expect(seen(aBoxedPicture('avif', 4032, 3024, true))).toMatchObject({ width: 3024, height: 4032 })
    expect(seen(aMovie({ seconds: 61, width: 1080, height: 1920 }))).toMatchObject({ seconds: 61, width: 1080 })
    expect(seen(aMovie({ seconds: 61, width: 1080, height: 1920, turned: true }))).toMatchObject({ width: 1920 })
  })

  it('moves or stands still', () => {
    expect(
      [aGif(10, 10), aGif(10, 10, 3), aWebp(9, 9), aWebp(9, 9, { animated: true })].map((b) => seen(b).animated),
    ).toEqual([false, true, false, true])
    expect(seen(anAnimatedPng(10, 10)).animated).toBe(true)
    expect(seen(aBoxedPicture('avis', 10, 10)).animated).toBe(true)
  })

  it('is refused when it ends before its format does, wherever it was cut', () => {
    const whole = [
      aJpeg(40, 30),
      withOrientation(aJpeg(40, 30), 6),
      aPng(40, 30),
      aGif(40, 30, 2),
      aWebp(40, 30),
      aPdf(),
    ]
    for (const bytes of whole)
      for (let length = 24; length < bytes.length - 2; length += 1)
        expect(inspect(bytes.subarray(0, length)), `${length} of ${bytes.length}`).toEqual(err({ kind: 'cut-off' }))
    const heic = aBoxedPicture('heic', 40, 30)
    expect(inspect(heic.subarray(0, heic.length - 3))).toEqual(err({ kind: 'cut-off' }))
    for (const name of ['tone.m4a', 'tone.wav'])
      expect(inspect(sound(name).subarray(0, 2000)), name).toEqual(err({ kind: 'cut-off' }))
    const film = aMovie({ seconds: 1, width: 4, height: 3 })
    expect(inspect(film.subarray(0, film.length - 3))).toEqual(err({ kind: 'cut-off' }))
    // Of a long film only the beginning is read.
    expect(inspect(film.subarray(0, film.length - 3), film.length).ok).toBe(true)
  })

  it('is refused when it would unfold to more than fits, or is larger than its kind may be', () => {
    expect(inspect(aPng(1, 1).with(18, 0x9c).with(19, 0x40).with(22, 0x9c).with(23, 0x40))).toEqual(
      err({ kind: 'too-many-pixels', width: 40_000, height: 40_000 }),
    )
    const size = 3_000_000_000
    expect(inspect(aMovie({ seconds: 1, width: 4, height: 3 }), size)).toEqual(
      err({ kind: 'too-large', size, most: MOST_BYTES.video }),
    )
    expect(inspect(aSvg(), 6_000_000)).toEqual(err({ kind: 'too-large', size: 6_000_000, most: MOST_BYTES.svg }))
  })

  it('says which files must be read to their end', () => {
    expect([aPng(1, 1), aSvg(), aPdf(), aMovie({ seconds: 1, width: 1, height: 1 })].map(isReadWhole)).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})

describe('bytes that may be anything', () => {
  const sane = (bytes: Uint8Array, size?: number) => {
    const looked = inspect(bytes, size)
    if (!looked.ok) return
    const { width, height, seconds } = looked.value
    for (const figure of [width, height, seconds]) expect(figure >= 0 && Number.isFinite(figure)).toBe(true)
    expect(width * height).toBeLessThanOrEqual(120_000_000)
  }
  it('never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(10_000), (bytes, more) => sane(bytes, bytes.length + more)),
    )
  })
  it('never throw behind a beginning that is right', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          ...Object.values(oneOfEach()),
          ...['tone.mp3', 'bare.mp3', 'tone.m4a', 'tone.aac', 'tone.ogg', 'tone.wav'].map(sound),
        ),
        fc.nat(),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 12 }),
        (bytes, cut, changes) => {
          const broken = bytes.slice(0, 1 + (cut % bytes.length))
          for (const [at, value] of changes) broken[at % broken.length] = value
          sane(broken)
        },
      ),
      { numRuns: 3000 },
    )
  })
})
