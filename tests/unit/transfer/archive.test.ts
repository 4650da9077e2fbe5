import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { unpack } from '../../../renderer/features/transfer/archive.ts'
import { pickedFrom, unpacked } from '../../../renderer/parts/picked.ts'

const zip = (files: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([path, words]) => [path, strToU8(words)])))
const opened = (files: Record<string, string>, limits?: Parameters<typeof unpack>[2]) => {
  const { files: inside, problems } = unpack('blog.zip', zip(files), limits)
  return {
    paths: inside.map(({ path }) => path),
    words: inside.map(({ bytes }) => new TextDecoder().decode(bytes)),
    sentences: problems.map(({ sentence }) => sentence),
  }
}

/** The same bytes with another number in their index. */
function withDeclaredSize(packed: Uint8Array, size: number): Uint8Array {
  const lying = packed.slice()
  const view = new DataView(lying.buffer)
  for (let at = 0; at + 4 <= lying.length; at += 1)
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, size, true)
  return lying
}

describe('A packed folder', () => {
  it('gives its files with their paths, without what a Mac adds', () => {
    expect(opened({ 'a.md': 'A', '_posts/b.md': 'B', '__MACOSX/a.md': 'x' })).toEqual({
      paths: ['a.md', '_posts/b.md'],
      words: ['A', 'B'],
      sentences: [],
    })
  })

  it('keeps out paths that lead elsewhere, and says so', () => {
    const { paths, sentences } = opened({ '../../secret.md': 'x', '/etc/a.md': 'x', 'C:\\a.md': 'x', 'fine.md': 'ok' })
    expect(paths).toEqual(['fine.md'])
    expect(sentences).toHaveLength(3)
    expect(sentences[0]).toBe('blog.zip: ../../secret.md has a path that leads out of the folder. It is left out.')
  })

  it('is not let in when it would be too many files or bytes, declared or real', () => {
    expect(opened({ a: '', b: '', c: '' }, { files: 2, bytes: 10 })).toMatchObject({
      paths: [],
      sentences: ['blog.zip would unpack to more than 2 files. Unpack it and choose a part of the folder.'],
    })
    const large = { files: 10, bytes: 1_000_000 }
    const bomb = zip({ 'a.md': 'a'.repeat(1_000_001) })
    expect(bomb.length).toBeLessThan(2_000)
    expect(unpack('blog.zip', bomb, large).files).toEqual([])
    // It says that it is small: then it gets no more room than it asked for.
    const [cut] = unpack('blog.zip', withDeclaredSize(bomb, 100), large).files
    expect(cut?.bytes.length).toBe(100)
  })

  it('is named when it is damaged or none at all', () => {
    const packed = zip({ 'a.md': 'words '.repeat(100) })
    for (const broken of [strToU8('no zip'), packed.slice(0, 60), new Uint8Array()])
      expect(unpack('blog.zip', broken).problems.map(({ sentence }) => sentence)).toEqual([
        'blog.zip cannot be unpacked: it is damaged, has a password, or is no .zip file. Unpack it and choose the folder.',
      ])
  })
})

describe('Choosing files', () => {
  const chosen = (path: string, folder = false): File =>
    Object.defineProperty(new File(['x'], path.split('/').at(-1) ?? ''), 'webkitRelativePath', {
      value: folder ? path : '',
    })
  const inside = async (file: File) => ({ files: [{ path: 'a.md', file }], problems: [] })

  it('opens a packed folder that was chosen by itself, not one that lies in a folder', async () => {
    expect(pickedFrom([chosen('blog/old.zip', true), chosen('blog/a.md', true)])).toMatchObject({
      packed: [],
      name: 'blog',
    })
    const alone = await unpacked(pickedFrom([chosen('blog.zip')]), inside)
    expect(alone.name).toBe('blog.zip')
    expect(alone.files.map(({ path }) => path)).toEqual(['a.md'])
  })

  it('tells the files of several packed folders apart', async () => {
    const both = await unpacked(pickedFrom([chosen('one.zip'), chosen('two.zip'), chosen('plan.csv')]), inside)
    expect(both.files.map(({ path }) => path)).toEqual(['plan.csv', 'one/a.md', 'two/a.md'])
  })
})
