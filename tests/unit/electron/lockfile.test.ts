import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectRoot } from '../../support/project.ts'

interface Locked {
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const read = <T>(file: string): T => JSON.parse(readFileSync(join(projectRoot, file), 'utf8')) as T

// npm leaves packages for other systems out of the lock when its registry does not have them at hand; `npm ci` then
// refuses the lock everywhere.
it('the lock names the packages for every system, so that `npm ci` works on all of them', () => {
  const { packages } = read<{ packages: Readonly<Record<string, Locked>> }>('package-lock.json')
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`${path}/node_modules/${name}` in packages) && !(`node_modules/${name}` in packages),
    ),
  )
  expect(missing).toEqual([])
})

it('every package the project asks for is named with its exact version', () => {
  const { devDependencies } = read<{ devDependencies: Readonly<Record<string, string>> }>('package.json')
  for (const [name, version] of Object.entries(devDependencies)) expect(version, name).toMatch(/^\d+\.\d+\.\d+$/)
})
