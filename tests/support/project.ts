/** Where tests find the project, and a folder of their own to work in. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export const projectRoot = resolve(import.meta.dirname, '../..')

export interface TemporaryFolder extends Disposable {
  readonly path: string
}

/** A fresh folder; `using` removes it. */
export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'outpost-test-'))
  return { path, [Symbol.dispose]: () => removeFolder(path) }
}

/** Also of use where a browser may still be letting go of its files. */
export const removeFolder = (path: string): void => rmSync(path, { recursive: true, force: true, maxRetries: 10 })
