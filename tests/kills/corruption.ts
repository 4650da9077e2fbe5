/** Damage to the files the browser keeps IndexedDB in: bytes turned over, files cut short. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The files of a profile that hold databases, with their sizes in bytes, the largest first. */
function databaseFiles(dataFolder: string): { path: string; size: number }[] {
  const folder = join(dataFolder, 'chromium', 'Default', 'IndexedDB')
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .flatMap((entry) => (entry.isFile() && !/^LOG|^LOCK/.test(entry.name) ? [join(entry.parentPath, entry.name)] : []))
    .map((path) => ({ path, size: statSync(path).size }))
    .filter(({ size }) => size > 0)
    .sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1))
}

/** The same number from 0 to 1 for the same seed and name. */
const numberOf = (seed: number, name: string): number =>
  createHash('sha256').update(`${seed} ${name}`).digest().readUInt32LE() / 2 ** 32

/** Damages one of the files: the same place of the same files for the same seed. Gives what was done, in words. */
export function damage(dataFolder: string, seed: number): string {
  const files = databaseFiles(dataFolder)
  const chosen = files[Math.floor(numberOf(seed, 'file') * files.length)]
  if (!chosen) throw new Error(`There is no database in ${dataFolder}`)
  const { path, size } = chosen
  const at = Math.floor(numberOf(seed, 'place') * size)
  const kind = numberOf(seed, 'kind') < 0.5 ? 'flip' : 'cut'
  if (kind === 'cut') truncateSync(path, at)
  else {
    const bytes = readFileSync(path)
    for (let place = at; place < Math.min(at + 4, size); place += 1)
      bytes.writeUInt8(bytes.readUInt8(place) ^ 0xff, place)
    writeFileSync(path, bytes)
  }
  return `${kind} ${path.slice(path.lastIndexOf('/') + 1)} at ${at} of ${size}`
}
