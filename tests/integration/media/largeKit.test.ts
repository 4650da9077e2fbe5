import { mkdirSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bareMedia, type FillFrom } from '../../../electron/services/bareMedia.ts'
import { saveKit } from '../../../electron/services/kits.ts'
import { createOriginals } from '../../../electron/services/originals.ts'
import { temporaryFolder } from '../../support/project.ts'

test('a film larger than any text goes into its kit whole, through one small array', async () => {
  using folder = temporaryFolder()
  const shelf = join(folder.path, 'media', 'ws-a')
  const size = 450_000_001
  mkdirSync(shelf, { recursive: true })
  writeFileSync(join(shelf, 'film'), 'the beginning')
  truncateSync(join(shelf, 'film'), size)
  const fill = bareMedia(createOriginals(join(folder.path, 'media')), 'ws-a')
  const arrays = new Set<Uint8Array>()
  const watched: FillFrom = (id, from, into) => {
    arrays.add(into)
    return fill(id, from, into)
  }
  const files = [{ id: 'film', name: '01 film.mp4', size }]
  const saved = await saveKit(join(folder.path, 'kits'), { name: 'Film', text: '', files }, watched)
  if (!saved.ok) throw new Error(saved.error.message)
  expect(statSync(join(saved.value, '01 film.mp4')).size).toBe(size)
  expect([...arrays].map(({ length }) => length)).toEqual([4 * 1024 * 1024])
})
