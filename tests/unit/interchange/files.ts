import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Doc, DocNode } from '../../../shared/domain/document.ts'
import { toBytes } from '../../../shared/interchange/encoding.ts'
import type { ImportOptions, SourceFile, WrittenFile } from '../../../shared/interchange/model.ts'

export const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures')

/** Every file below a folder of the fixtures, with paths from there. */
export function folder(name: string): SourceFile[] {
  const root = join(FIXTURES, name)
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const full = join(entry.parentPath, entry.name)
      return { path: relative(root, full).replaceAll('\\', '/'), bytes: new Uint8Array(readFileSync(full)) }
    })
}

export const file = (path: string, text: string): SourceFile => ({ path, bytes: toBytes(text) })
export const reread = (written: readonly WrittenFile[]): SourceFile[] =>
  written.map(({ path, text }) => file(path, text))

export const BERLIN: ImportOptions = { zone: 'Europe/Berlin', time: '09:00' }

export const paragraph = (...content: DocNode[]): DocNode => ({ type: 'paragraph', content })
export const text = (value: string, ...marks: string[]): DocNode =>
  marks.length > 0
    ? { type: 'text', text: value, marks: marks.map((type) => ({ type })) }
    : { type: 'text', text: value }
export const docOf = (...content: DocNode[]): Doc => ({ type: 'doc', content })
