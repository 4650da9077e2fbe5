import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createStaying } from '../../../electron/services/staying.ts'
import { temporaryFolder } from '../../support/project.ts'

test('whether the app goes on without its window is told at once and with every change, and remembered', async () => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'staying.json')
  const told: boolean[] = []
  const staying = await createStaying(file, (on) => told.push(on))
  expect(staying.on()).toBe(false)
  await staying.set(true)
  expect([staying.on(), ...told]).toEqual([true, false, true])
  expect((await createStaying(file, (on) => told.push(on))).on()).toBe(true)
  expect(told.at(-1)).toBe(true)
})

test('a damaged note of it means that closing ends the app', async () => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'staying.json')
  writeFileSync(file, '{"stays":"yes"')
  expect((await createStaying(file, () => undefined)).on()).toBe(false)
})
