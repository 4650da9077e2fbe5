import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { FINDABLE, nameOf } from '../../../renderer/features/settings/findable.ts'
import { SETTINGS } from '../../../renderer/ports/navigation.ts'
import { projectRoot } from '../../support/project.ts'

const folder = join(projectRoot, 'renderer/features/settings')
const lines = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.tsx'))
  .flatMap((file) => [
    ...readFileSync(join(folder, file), 'utf8').matchAll(
      /<SettingRow\s+label="([^"]+)"|<[A-Z]\w+\s+title="(Your [^"]+)"/g,
    ),
  ])
  .map(([, label, title]) => label ?? title)

/** They say something and set nothing. */
const ONLY_READ = ['In this workspace', 'Outpost']

it('every line of the settings can be found, and every page', () => {
  const names = FINDABLE.map(nameOf)
  expect(lines.filter((label) => !ONLY_READ.includes(label ?? '') && !names.includes(label ?? ''))).toEqual([])
  expect(FINDABLE.flatMap(({ label }) => (label && !lines.includes(label) ? [label] : []))).toEqual([])
  expect(names).toEqual(expect.arrayContaining(Object.values(SETTINGS)))
})
