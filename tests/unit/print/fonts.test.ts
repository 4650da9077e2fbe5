import { expect, it } from 'vitest'
import { fontFaces } from '../../../renderer/print/fonts.ts'

const asked = async (text: string) => {
  const read: string[] = []
  const { letters } = await fontFaces(text, async (url) => {
    read.push(url.replace(/^.*\/([^/?]+)\.woff2.*$/, '$1'))
    return new Uint8Array()
  })
  return { read, letters }
}

it('A plan in Latin letters carries four weights of Inter and nothing else', async () => {
  const { read, letters } = await asked('Plan, 1–2 “Oct” − 3 € é')
  expect(read).toEqual([400, 500, 600, 700].map((weight) => `inter-latin-${weight}-normal`))
  expect(letters).toBe('a−€')
})

it('Every alphabet gets the pieces it needs, once, from the family that has them', async () => {
  const { read } = await asked('Осень رحلة טיול 秋の山 가을 🎒 ☑')
  const families = new Set(read.map((name) => name.replace(/-\d.*$/, '').replace(/-(?:arabic|hebrew)$/, '')))
  expect(families).toEqual(
    new Set(['inter-cyrillic', 'noto-sans-arabic', 'noto-sans-hebrew', 'noto-emoji', 'noto-sans-sc', 'noto-sans-kr']),
  )
  expect(new Set(read).size).toBe(read.length)
})
