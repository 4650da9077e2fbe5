/**
 * Which posts were begun to be sent from this computer: a line for each commit in a file beside the profile, so that a database which was
 * brought back without its last days does not send them once more. It holds ids and numbers, nothing of what was sent.
 */
import { appendFile, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as z from 'zod/mini'
import { begun } from '../../shared/contract/publishing.ts'
import type { Begun } from '../../shared/domain/publishing.ts'
import { ownerOnlyFolder } from './dataFolder.ts'
import { saveAs } from './files.ts'
import { decode, encode, linesFrom } from './lines.ts'
import type { Log } from './log.ts'
import { createTurns } from './turns.ts'

export interface Commits {
  /**
   * Before it is begun; null: it may be. Otherwise the last that was begun of its delivery: one of that number, or of a later. What cannot be
   * written down is told to the log and goes out all the same.
   */
  note(begun: Begun): Promise<Begun | null>
  /** The last that was begun of each of these; what was never begun from here is left out. Throws where nobody can tell. */
  of(deliveries: readonly string[]): Promise<readonly Begun[]>
}

/** Lines; of more the newer half is kept, which is half a year of a hundred posts a day. No clock decides it: it may be wrong. */
const MOST = 40_000

/** It need not outlive the power, as the database does: a process that is killed leaves what it wrote. `path`: the file. */
export function createCommits(path: string, log: Log, most = MOST): Commits {
  const turns = createTurns()
  let waiting: Begun[] = []
  let endsWhole = true
  let opening: Promise<Map<string, Begun>> | null = null

  const known = () => {
    opening ??= read().catch((error: unknown) => {
      opening = null
      throw error
    })
    return opening
  }

  async function read(): Promise<Map<string, Begun>> {
    await ownerOnlyFolder(dirname(path))
    const lines: Begun[] = []
    const file = await open(path, 'a+', 0o600)
    try {
      for await (const { text, whole } of linesFrom(file, 0)) {
        endsWhole = whole
        const line = readable(text)
        if (line) lines.push(line)
      }
    } finally {
      await file.close()
    }
    const kept = lines.length > most ? lines.slice(-most / 2) : lines
    if (kept.length < lines.length) {
      const saved = await saveAs(path, Buffer.from(kept.map(asLine).join('')))
      if (saved.ok) endsWhole = true
      else log.error(`The list of what was sent stays long: ${saved.error.message}`)
    }
    return new Map(kept.map((line) => [line.deliveryId, line]))
  }

  /** All that wait, in one go. */
  async function write(): Promise<void> {
    if (waiting.length === 0) return
    const lines = waiting
    waiting = []
    // After a torn line a fresh one must begin, or the two would be read as one.
    const start = endsWhole ? '' : '\n'
    endsWhole = false
    await appendFile(path, start + lines.map(asLine).join(''), { mode: 0o600 })
    endsWhole = true
  }

  return {
    note: async (begun) => {
      try {
        const last = await known()
        const before = last.get(begun.deliveryId)
        if (before && before.commit >= begun.commit) return before
        last.set(begun.deliveryId, begun)
        waiting.push(begun)
        await turns.take('file', write)
      } catch (error) {
        log.error('It is not written down that a post was begun to be sent', error)
      }
      return null
    },
    of: async (deliveries) => {
      const last = await known()
      return deliveries.flatMap((id) => last.get(id) ?? [])
    },
  }
}

/** The number of the commit, then what it was one of. */
const asLine = ({ commit, ...of }: Begun): string => encode({ sequence: commit, text: JSON.stringify(of) })

/** Null where it is torn or damaged. */
function readable(text: string): Begun | null {
  const line = decode(text)
  if (!line) return null
  const read = z.safeParse(begun, { ...(JSON.parse(line.text) as object), commit: line.sequence })
  return read.success ? read.data : null
}
