import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPicturePlaces, pictureFinder, picturePath } from '../../../shared/interchange/picture-path.ts'

const find = (address: string, from: string, ...paths: string[]) =>
  pictureFinder(paths.map((path) => ({ path })))(address, from)?.path

describe('A picture named in a post', () => {
  it.each([
    ['beside it', 'lake.jpg', 'posts/tarn/index.md', 'posts/tarn/lake.jpg'],
    ['in a folder above', '../images/lake.jpg', '_posts/tarn.md', 'images/lake.jpg'],
    ['from the root of the site', '/assets/lake.jpg', '_posts/tarn.md', 'assets/lake.jpg'],
    ["behind Jekyll's base address", '{{ site.baseurl }}/assets/lake.jpg', '_posts/tarn.md', 'assets/lake.jpg'],
    ['with signs written as numbers', 'deep%20lake.jpg', 'tarn.md', 'deep lake.jpg'],
    ['with a lone percent sign', '100%.jpg', 'tarn.md', '100%.jpg'],
    ['with a size behind it', 'lake.jpg?w=300#top', 'tarn.md', 'lake.jpg'],
  ])('is found %s', (_where, address, from, path) => {
    expect(find(address, from, 'other/lake.jpg', path)).toBe(path)
  })

  it('is found where the root of the site is a folder of the repository', () => {
    expect(find('/assets/lake.jpg', 'content/tarn.md', 'static/assets/lake.jpg')).toBe('static/assets/lake.jpg')
  })

  it('is not looked for when it lies on the web, or in the text itself', () => {
    for (const address of [
      'https://a.example/lake.jpg',
      '//a.example/lake.jpg',
      'data:image/png;base64,AA',
      '',
      '{% asset lake.jpg %}',
    ])
      expect(picturePath(address, 'tarn.md')).toBe('')
  })
})

const jpeg = (id: string, name = 'lake.jpg') => ({ id, name, type: 'image/jpeg' })

describe('A picture on its way into a folder', () => {
  it('stays where its post says', () => {
    const { place, files } = createPicturePlaces()
    expect(place({ file: jpeg('m1'), from: '_posts/tarn.md', address: '../img/lake.jpg' })).toBe('../img/lake.jpg')
    expect([...files]).toEqual([['img/lake.jpg', 'm1']])
  })

  it('goes to the media folder when another picture is there already, or the ending would lie', () => {
    const { place, files } = createPicturePlaces()
    place({ file: jpeg('m1'), from: 'a.md', address: 'lake.jpg' })
    expect(place({ file: jpeg('m2'), from: 'a/b.md', address: '../lake.jpg' })).toBe('../media/lake.jpg')
    expect(place({ file: jpeg('m3'), from: 'c.md', address: 'lake.png' })).toBe('media/lake-2.jpg')
    expect([...files]).toEqual([
      ['lake.jpg', 'm1'],
      ['media/lake.jpg', 'm2'],
      ['media/lake-2.jpg', 'm3'],
    ])
  })

  it('is named as it is written, where two posts name it in other case', () => {
    const { place, files } = createPicturePlaces()
    expect(place({ file: jpeg('m1'), from: 'a.md', address: 'Lake.jpg' })).toBe('Lake.jpg')
    expect(place({ file: jpeg('m1'), from: 'b.md', address: 'lake.jpg' })).toBe('Lake.jpg')
    expect([...files]).toEqual([['Lake.jpg', 'm1']])
  })

  it('is written once, however many posts show it', () => {
    const { place, files } = createPicturePlaces()
    expect(place({ file: jpeg('m1'), from: 'x/a.md', address: '' })).toBe('../media/lake.jpg')
    expect(place({ file: jpeg('m1'), from: 'media/b.md', address: '' })).toBe('lake.jpg')
    expect(files.size).toBe(1)
  })

  it('is found again by the address that was written, whatever the addresses', () => {
    const names = fc.constantFrom(
      'a',
      'b c',
      'ü',
      '..',
      '.',
      'media',
      'lake.jpg',
      'lake-2.jpg',
      'A',
      'x?y',
      'nul',
      '%',
      '%20',
    )
    const path = fc.array(names, { maxLength: 4 }).map((parts) => parts.join('/'))
    const use = fc.record({
      file: fc.constantFrom(jpeg('m1'), jpeg('m2', 'Lake.JPG'), { id: 'm3', name: '', type: 'image/png' }),
      from: fc
        .tuple(path, fc.constantFrom('p.md', 'q/index.md'))
        .map(([folder, name]) => picturePath(name, `${folder}/`)),
      address: fc
        .tuple(fc.constantFrom('', '/', './'), path, fc.constantFrom('', '.jpg', '.png'))
        .map((parts) => parts.join('')),
    })
    fc.assert(
      fc.property(fc.array(use, { maxLength: 12 }), (uses) => {
        const { place, files } = createPicturePlaces()
        const written = uses.map((one) => ({ ...one, address: place(one) }))
        const finder = pictureFinder([...files.keys()].map((at) => ({ path: at })))
        for (const { file, from, address } of written)
          expect(files.get(finder(address, from)?.path ?? '')).toBe(file.id)
      }),
      { numRuns: 500 },
    )
  })
})
