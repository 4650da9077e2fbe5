import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, flipFuses, getCurrentFuseWire } from '@electron/fuses'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { fuses, packedProgram } from '../../../electron/fuses.ts'
import { projectRoot, temporaryFolder } from '../../support/project.ts'

/** A file with a fuse wire in it, as Electron's program has one: nine fuses, all off. */
const program = (count = 9): Buffer =>
  Buffer.concat([
    Buffer.from('some code dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, count]),
    Buffer.from('0'.repeat(count)),
    Buffer.from(' more code'),
  ])

const names = {
  runAsNode: FuseV1Options.RunAsNode,
  enableCookieEncryption: FuseV1Options.EnableCookieEncryption,
  enableNodeOptionsEnvironmentVariable: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  enableNodeCliInspectArguments: FuseV1Options.EnableNodeCliInspectArguments,
  enableEmbeddedAsarIntegrityValidation: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  onlyLoadAppFromAsar: FuseV1Options.OnlyLoadAppFromAsar,
  loadBrowserProcessSpecificV8Snapshot: FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
  grantFileProtocolExtraPrivileges: FuseV1Options.GrantFileProtocolExtraPrivileges,
} as const

describe('the packaged program', () => {
  it('runs as nothing but Outpost: fuses against being used as Node, being inspected, or being changed', async () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'outpost')
    writeFileSync(file, program())
    await flipFuses(file, fuses)
    const wire = await getCurrentFuseWire(file)
    const on = (option: FuseV1Options) => wire[option] === FuseState.ENABLE
    expect({
      node: on(FuseV1Options.RunAsNode),
      nodeOptions: on(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      inspect: on(FuseV1Options.EnableNodeCliInspectArguments),
      files: on(FuseV1Options.GrantFileProtocolExtraPrivileges),
      cookies: on(FuseV1Options.EnableCookieEncryption),
      integrity: on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      asarOnly: on(FuseV1Options.OnlyLoadAppFromAsar),
    }).toEqual({
      node: false,
      nodeOptions: false,
      inspect: false,
      files: false,
      cookies: true,
      integrity: true,
      asarOnly: true,
    })
  })

  it('is not made when a newer Electron has a fuse that nobody decided on', async () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'outpost')
    writeFileSync(file, program(10))
    await expect(flipFuses(file, fuses)).rejects.toThrow('strictlyRequireAllFuses')
  })

  it('has the same fuses in electron-builder.yml', () => {
    const config = parse(readFileSync(join(projectRoot, 'electron-builder.yml'), 'utf8')) as {
      electronFuses: Record<string, boolean>
      afterPack: string
    }
    const decided: Readonly<Record<number, unknown>> = { ...fuses }
    expect(config.electronFuses).toEqual(
      Object.fromEntries(Object.entries(names).map(([name, option]) => [name, decided[option]])),
    )
    expect(config.afterPack).toBe('electron/fuses.ts')
  })

  it('is found on every system', () => {
    expect(packedProgram('linux', 'dist')).toBe(join('dist', 'outpost'))
    expect(packedProgram('win32', 'dist')).toBe(join('dist', 'Outpost.exe'))
    expect(packedProgram('darwin', 'dist')).toBe(join('dist', 'Outpost.app'))
  })

  it.skipIf(process.platform !== 'linux')('carries the built files and nothing of the workshop', async () => {
    using folder = temporaryFolder()
    const project = join(folder.path, 'project')
    const runtime = join(folder.path, 'runtime')
    for (const below of ['out/main', 'out/renderer', 'renderer', 'tests']) {
      mkdirSync(join(project, below), { recursive: true })
      writeFileSync(join(project, below, 'file.js'), 'x')
      writeFileSync(join(project, below, 'file.js.map'), 'x')
    }
    writeFileSync(join(project, 'out/main/main.js'), 'x')
    for (const name of ['package.json', 'electron-builder.yml', 'electron', 'shared', 'assets']) {
      cpSync(join(projectRoot, name), join(project, name), { recursive: true })
    }
    symlinkSync(join(projectRoot, 'node_modules'), join(project, 'node_modules'))
    mkdirSync(runtime)
    writeFileSync(join(runtime, 'electron'), program())
    await promisify(execFile)(
      process.execPath,
      [
        join(projectRoot, 'node_modules', 'electron-builder', 'cli.js'),
        '--dir',
        '--linux',
        `-c.electronDist=${runtime}`,
      ],
      { cwd: project },
    )
    const packed = join(project, 'dist', 'linux-unpacked')
    expect(listPackage(join(packed, 'resources', 'app.asar'), { isPack: false }).sort()).toEqual([
      '/out',
      '/out/main',
      '/out/main/file.js',
      '/out/main/main.js',
      '/out/renderer',
      '/out/renderer/file.js',
      '/package.json',
    ])
    const wire = await getCurrentFuseWire(join(packed, 'outpost'))
    expect(wire[FuseV1Options.RunAsNode]).toBe(FuseState.DISABLE)
    expect(wire[FuseV1Options.WasmTrapHandlers]).toBe(FuseState.ENABLE)
  })
})
