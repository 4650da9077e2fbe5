import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanFolder, cleanName, stemOf } from '../../../shared/media/name.ts'

describe('the name of a file', () => {
  it('is one line without a path', () => {
    expect(cleanName('tarn/front\\green.jpg')).toBe('tarn-front-green.jpg')
    expect(cleanName('  two\n lines .png ')).toBe('two lines .png')
    expect(cleanName('../../etc/passwd')).toBe('etc-passwd')
    expect(cleanName('invoice\u202egpj.exe')).toBe('invoicegpj.exe')
    expect(cleanName('Cafe\u0301 9°.jpg')).toBe('Café 9°.jpg')
  })
  it('keeps its ending when it is too long', () => {
    const name = cleanName(`${'harbour'.repeat(43)}.jpeg`)
    expect([...name]).toHaveLength(120)
    expect(name).toMatch(/^harbour.*…\.jpeg$/)
    expect([...cleanName('🎉'.repeat(300))]).toHaveLength(120)
  })
  it('is never empty', () => {
    for (const name of ['', ' ', '...', '/', '\u0000']) expect(cleanName(name)).not.toBe('')
  })
  it('needs no second cleaning, whatever came in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 150 }), (name) => {
        const clean = cleanName(name)
        expect(cleanName(clean)).toBe(clean)
        expect(clean).toMatch(/^[^/\\\n\r\0]{1,240}$/u)
      }),
    )
  })
  it('gives a title without its ending', () => {
    expect([stemOf('tarn-front.jpg'), stemOf('notes v1.2 final'), stemOf('.jpg')]).toEqual([
      'tarn-front',
      'notes v1.2 final',
      '.jpg',
    ])
  })
})

describe('a folder', () => {
  it('is clean names joined by slashes, without a way out', () => {
    expect(cleanFolder('Tarn 28/../Studio//./raw')).toBe('Tarn 28/Studio/raw')
    expect(cleanFolder('C:\\shots\\day 1')).toBe('C:/shots/day 1')
    expect(cleanFolder('')).toBe('')
    expect(cleanFolder('a/'.repeat(40)).split('/')).toHaveLength(8)
  })
})
