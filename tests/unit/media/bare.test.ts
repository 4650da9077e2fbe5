import { describe, expect, it } from 'vitest'
import { bare } from '../../../shared/media/bare.ts'
import { inspect } from '../../../shared/media/inspect.ts'
import { aJpeg, aWebp, withOrientation } from '../../support/mediaFiles.ts'

const own = (bytes: Uint8Array) => new Uint8Array(bytes)
const text = (bytes: Uint8Array | null) => Buffer.from(bytes ?? []).toString('latin1')

describe('a file without camera data', () => {
  it('is the same JPEG without EXIF, comments and what hangs on behind its end', () => {
    const plain = own(aJpeg(40, 30))
    const comment = [0xff, 0xfe, 0, 6, ...Buffer.from('home')]
    const told = own(
      Buffer.concat([plain.subarray(0, 2), Buffer.from(comment), plain.subarray(2), Buffer.from('a film')]),
    )
    const loud = own(withOrientation(told, 1))
    expect(text(loud)).toContain('Exif')
    expect(bare(loud, 'image/jpeg')).toEqual(plain)
    expect(bare(plain, 'image/jpeg')).toEqual(plain)
  })

  it('keeps a profile of colours, and drops one that only looks like it', () => {
    const plain = own(aJpeg(40, 30))
    const block = (words: string) => Buffer.from([0xff, 0xe2, 0, words.length + 2, ...Buffer.from(words, 'latin1')])
    const both = own(
      Buffer.concat([
        plain.subarray(0, 2),
        block('ICC_PROFILE\0\x01\x01sRGB'),
        block('MPF\0second'),
        plain.subarray(2),
      ]),
    )
    expect(text(bare(both, 'image/jpeg'))).toContain('sRGB')
    expect(text(bare(both, 'image/jpeg'))).not.toContain('second')
  })

  it('is the same WebP without EXIF, its header says so, and its size is right', () => {
    const made = bare(own(aWebp(300, 200, { orientation: 1 })), 'image/webp')
    expect(text(made)).not.toContain('EXIF')
    expect((made?.[20] ?? 255) & 0x0c).toBe(0)
    expect(inspect(made ?? new Uint8Array(), made?.length ?? 0)).toMatchObject({
      ok: true,
      value: { width: 300, height: 200 },
    })
  })

  it('is the same PNG without words and EXIF', () => {
    const chunk = (name: string, data: string) => {
      const bytes = Buffer.alloc(12 + data.length)
      bytes.writeUInt32BE(data.length, 0)
      bytes.write(name + data, 4, 'latin1')
      return bytes
    }
    const head = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])
    const kept = [chunk('IHDR', 'x'.repeat(13)), chunk('IDAT', 'pixels'), chunk('IEND', '')]
    const loud = Buffer.concat(
      [head, kept[0], chunk('eXIf', 'place'), chunk('tEXt', 'owner'), ...kept.slice(1)].filter(
        (one) => one !== undefined,
      ),
    )
    expect(bare(own(loud), 'image/png')).toEqual(own(Buffer.concat([head, ...kept])))
  })

  it('is null for what is cut off anywhere, never a broken file', () => {
    for (const [bytes, type] of [
      [own(withOrientation(aJpeg(40, 30), 1)), 'image/jpeg'],
      [own(aWebp(300, 200)), 'image/webp'],
    ] as const)
      for (let length = 0; length < bytes.length; length += 1) {
        const made = bare(bytes.slice(0, length), type)
        if (type === 'image/jpeg') expect(made).toBeNull()
        else expect(made === null || made.length <= length).toBe(true)
      }
  })
})
