/** Damage to the files the browser keeps IndexedDB in: bytes turned over, files cut short. */
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Damage = { readonly kind: 'flip' | 'cut'; readonly file: string; readonly at: number }

/** The files of a profile that hold databases, with their sizes in bytes, the largest first. */
export function databaseFiles(dataFolder: string): { path: string; size: number }[] {
  const folder = join(dataFolder, 'chromium', 'Default', 'IndexedDB')
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .flatMap((entry) => (entry.isFile() && !/^LOG|^LOCK/.test(entry.name) ? [join(entry.parentPath, entry.name)] : []))
    .map((path) => ({ path, size: statSync(path).size }))
    .filter(({ size }) => size > 0)
    .sort((a, b) => b.size - a.size)
}

/** Damages one of the files. `where` from 0 to 1 says how far into it, `which` from 0 to 1 chooses it. Gives what was done, in words. */
export function damage(dataFolder: string, kind: 'flip' | 'cut', which: number, where: number): string {
  const files = databaseFiles(dataFolder)
  const { path, size } = files[Math.floor(which * files.length)] ?? files[0] ?? { path: '', size: 0 }
  const at = Math.min(Math.floor(where * size), size - 1)
  if (kind === 'cut') truncateSync(path, at)
  else {
    const bytes = readFileSync(path)
    for (let place = at; place < Math.min(at + 4, size); place += 1)
      bytes.writeUInt8(bytes.readUInt8(place) ^ 0xff, place)
    writeFileSync(path, bytes)
  }
  return `${kind} ${path.slice(path.lastIndexOf('/') + 1)} at ${at} of ${size}`
}
