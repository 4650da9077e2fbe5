import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../support/project.ts'

/**
 * The house: who may import whom. The most specific folder counts; a folder may always import itself.
 * `*` stands for one feature; features never import each other.
 */
const house: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  electron: ['shared'],
  'renderer/ui': [],
  'renderer/styles': [],
  'renderer/data': ['shared'],
  'renderer/ports': ['renderer/data', 'shared'],
  'renderer/sync': ['renderer/data', 'shared'],
  'renderer/editor': ['renderer/ui', 'shared'],
  'renderer/parts': ['renderer/ui', 'renderer/ports', 'renderer/data', 'shared'],
  'renderer/print': ['renderer/ports', 'renderer/data', 'renderer/ui', 'renderer/parts', 'renderer/editor', 'shared'],
  'renderer/features/*': [
    'renderer/ports',
    'renderer/data',
    'renderer/editor',
    'renderer/print',
    'renderer/parts',
    'renderer/ui',
    'shared',
  ],
  'renderer/app': ['renderer', 'shared'],
}

const mayImportElectron = (file: string): boolean =>
  ['electron/main.ts', 'electron/preload.ts'].includes(file) || file.startsWith('electron/shells/electron/')

/** Every specifier of an import, an export from, or an import() in a source text; comments do not count. */
function importsOf(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1')
  const pattern = /(?:\b(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?|\bimport\s*\(\s*|\bnew URL\(\s*)(['"])([^'"\n]+)\1/g
  return [...code.matchAll(pattern)].map((match) => match[2] ?? '')
}

const inside = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`)

/** The folder of the house a path belongs to, with the feature's own name in place of `*`. */
function roomOf(path: string): string | null {
  const feature = /^renderer\/features\/[^/]+/.exec(path)?.[0]
  if (feature) return feature
  return Object.keys(house).find((room) => inside(path, room)) ?? null
}

const allowedFor = (room: string): readonly string[] =>
  house[room.startsWith('renderer/features/') ? 'renderer/features/*' : room] ?? []

/** What is wrong with an import, or null. Paths are from the project's root, with forward slashes. */
function refuse(file: string, specifier: string): string | null {
  if (specifier === 'electron' || specifier.startsWith('electron/')) {
    return file.startsWith('tests/') || mayImportElectron(file) ? null : `${file} imports electron`
  }
  if (!specifier.startsWith('.')) return null
  const target = relative(projectRoot, resolve(projectRoot, dirname(file), specifier))
    .split(sep)
    .join('/')
  // Practising is the sandbox of the tests, through this one door.
  if (file === 'electron/services/practice.ts' && target === 'tests/sandbox/practice.ts') return null
  if (inside(target, 'tests')) return `${file} imports ${target}`
  const room = roomOf(file)
  if (room === null) return `${file} is in no folder of the house`
  if (inside(target, room) || inside(target, 'assets') || target === 'package.json') return null
  // Tokens belong to everything that is drawn.
  if (file.startsWith('renderer/') && inside(target, 'renderer/styles')) return null
  return allowedFor(room).some((folder) => inside(target, folder)) ? null : `${file} imports ${target}`
}

function sources(folder: string): string[] {
  return readdirSync(join(projectRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return sources(path)
    return /\.(ts|tsx|mts)$/.test(entry.name) ? [path] : []
  })
}

describe('imports', () => {
  it('point down, never up or sideways', () => {
    const files = ['electron', 'renderer', 'shared'].flatMap(sources)
    const refused = files.flatMap((file) =>
      importsOf(readFileSync(join(projectRoot, file), 'utf8')).flatMap((specifier) => refuse(file, specifier) ?? []),
    )
    expect(files.length).toBeGreaterThan(50)
    expect(refused).toEqual([])
  })

  it('of the networks are our own files, zod and what Node has: no vendor speaks for us', () => {
    const files = sources('electron/platforms')
    const foreign = files.flatMap((file) =>
      importsOf(readFileSync(join(projectRoot, file), 'utf8'))
        .filter((specifier) => !/^(?:\.|node:|zod(?:\/|$))/.test(specifier))
        .map((specifier) => `${file} imports ${specifier}`),
    )
    expect(files.length).toBeGreaterThan(30)
    expect(foreign).toEqual([])
  })

  it('are all seen: types, side effects, re-exports and lazy ones', () => {
    const source = `
      import type { A } from './a.ts'
      import { type B,
        C } from "./b.ts"
      import './c.css'
      export * from './d.ts'
      export type { E } from './e.ts'
      const f = await import('./f.ts')
      const g = new Worker(new URL('./g.ts', import.meta.url))
      // import './not.ts'
      /* import './neither.ts' */
      const url = 'https://example.org' // said from 'somewhere'
    `
    expect(importsOf(source)).toEqual(['./a.ts', './b.ts', './c.css', './d.ts', './e.ts', './f.ts', './g.ts'])
  })

  it('are refused where the house says so', () => {
    for (const [file, specifier] of [
      ['shared/domain/post.ts', '../../renderer/data/db.ts'],
      ['electron/start.ts', '../renderer/app/shell.ts'],
      ['electron/services/files.ts', 'electron'],
      ['renderer/app/shell.ts', 'electron'],
      ['renderer/app/shell.ts', '../../electron/services/log.ts'],
      ['renderer/ui/Button.tsx', '../../shared/lib/result.ts'],
      ['renderer/data/db.ts', '../ports/shell.ts'],
      ['renderer/features/board/Board.tsx', '../calendar/Calendar.tsx'],
      ['renderer/features/board/Board.tsx', '../../app/createDeps.ts'],
      ['renderer/parts/PostChip.tsx', '../editor/index.ts'],
      ['renderer/app/main.tsx', '../../tests/support/memoryShell.ts'],
    ] as const) {
      expect(refuse(file, specifier), `${file} <- ${specifier}`).not.toBeNull()
    }
    for (const [file, specifier] of [
      ['renderer/features/board/Board.tsx', './Column.tsx'],
      ['renderer/features/board/Board.tsx', '../../parts/PostChip.tsx'],
      ['renderer/app/main.tsx', '../features/board/Board.tsx'],
      ['electron/shells/electron/shell.ts', 'electron'],
      ['electron/handlers/app.ts', '../../shared/lib/result.ts'],
    ] as const) {
      expect(refuse(file, specifier), `${file} <- ${specifier}`).toBeNull()
    }
  })
})
