/**
 * The second copy of every change: append-only files beside the profile, one a workspace. A line that was torn by a crash or damaged
 * on the disk is skipped and counted, the others stay readable.
 */
import { type FileHandle, open, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Failure } from '../../shared/contract/contract.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { ownerOnlyFolder } from './dataFolder.ts'
import { explainFault, isFull } from './failures.ts'
import { syncFolder } from './files.ts'
import { CHUNK, decode, encode, type JournalLine, linesFrom, pageOf } from './lines.ts'
import { createTurns } from './turns.ts'

export interface JournalHead {
  readonly name: string
  readonly lines: number
  readonly bytes: number
  readonly damaged: number
}
export interface Journals {
  /** Appends and flushes before it answers. Calls are served in the order they came. */
  append(name: string, lines: readonly string[]): Promise<Result<{ lines: number }, Failure>>
  heads(): Promise<Result<JournalHead[], Failure>>
  /** Readable lines with this sequence number or a higher one, up to about 4 MB of them, at least one if there is one. */
  read(name: string, from: number): Promise<Result<JournalLine[], Failure>>
  /** Moves the file aside; a later append starts an empty journal. */
  retire(name: string): Promise<Result<null, Failure>>
  close(): Promise<void>
}

const SUFFIX = '.jsonl'

/** What is known about one open file. Marks say at which byte a search for a sequence number may begin. */
interface Open {
  readonly file: FileHandle
  bytes: number
  lines: number
  damaged: number
  next: number
  endsWhole: boolean
  readonly marks: { sequence: number; at: number }[]
}

/**
 * Journals in one folder. The folder and its files are readable by their owner only. `makeRoom` is asked when the disk is full, and says
 * whether it is worth another try.
 */
export function createJournals(
  folder: string,
  makeRoom: () => Promise<boolean> = async () => false,
  openFile: typeof open = open,
): Journals {
  const opened = new Map<string, Promise<Open>>()
  const turns = createTurns()
  const path = (name: string) => join(folder, name + SUFFIX)

  function use(name: string): Promise<Open> {
    const known = opened.get(name)
    if (known) return known
    const opening = scan(name)
    opened.set(name, opening)
    opening.catch(() => opened.delete(name)) // the caller gets the fault; the next call tries again
    return opening
  }

  async function scan(name: string): Promise<Open> {
    await ownerOnlyFolder(folder)
    // 'a+' would ignore positions when writing on Linux, which is what an append-only file wants.
    const file = await openFile(path(name), 'a+', 0o600)
    await file.chmod(0o600)
    await syncFolder(folder)
    const state: Open = { file, bytes: 0, lines: 0, damaged: 0, next: 0, endsWhole: true, marks: [] }
    for await (const { at, text, whole } of linesFrom(file, 0)) {
      // Only its line break may be missing; then the line is whole, and its number is taken.
      const line = decode(text)
      if (line) note(state, line.sequence, at)
      else state.damaged += 1
      state.endsWhole = whole
    }
    state.bytes = (await file.stat()).size
    return state
  }

  function note(state: Open, sequence: number, at: number): void {
    state.lines += 1
    state.next = Math.max(state.next, sequence + 1)
    const last = state.marks.at(-1)
    if (!last || at - last.at >= CHUNK) state.marks.push({ sequence, at })
  }

  async function write(state: Open, text: string): Promise<void> {
    try {
      await state.file.appendFile(text)
      await state.file.datasync()
    } catch (error) {
      // Half a batch may be there. Take it away; if even that fails, the next append starts on a fresh line.
      await state.file.truncate(state.bytes).catch(() => {
        state.endsWhole = false
      })
      throw error
    }
  }

  return {
    append: (name, lines) =>
      turns.take(name, async () => {
        try {
          const state = await use(name)
          if (lines.length === 0) return ok({ lines: state.lines })
          const encoded = lines.map((text, index) => encode({ sequence: state.next + index, text }))
          // After a torn line a fresh one must begin, or the two would be read as one.
          const start = state.endsWhole ? '' : '\n'
          try {
            await write(state, start + encoded.join(''))
          } catch (error) {
            if (!isFull(error) || !(await makeRoom())) throw error
            await write(state, start + encoded.join(''))
          }
          state.endsWhole = true
          let at = state.bytes + start.length
          const first = state.next
          for (const [index, line] of encoded.entries()) {
            note(state, first + index, at)
            at += Buffer.byteLength(line)
          }
          state.bytes = at
          return ok({ lines: state.lines })
        } catch (error) {
          return err(explainFault(error, path(name)))
        }
      }),

    heads: async () => {
      try {
        await ownerOnlyFolder(folder)
        const names = (await readdir(folder)).filter((file) => /^[a-z0-9-]{1,64}\.jsonl$/.test(file))
        const heads: JournalHead[] = []
        for (const name of names.map((file) => file.slice(0, -SUFFIX.length)).sort()) {
          const { lines, bytes, damaged } = await turns.take(name, () => use(name))
          heads.push({ name, lines, bytes, damaged })
        }
        return ok(heads)
      } catch (error) {
        return err(explainFault(error, folder))
      }
    },

    read: (name, from) =>
      turns.take(name, async () => {
        try {
          const state = await use(name)
          const start = state.marks.findLast((mark) => mark.sequence <= from)?.at ?? 0
          return ok(await pageOf(state.file, start, from))
        } catch (error) {
          return err(explainFault(error, path(name)))
        }
      }),

    retire: (name) =>
      turns.take(name, async () => {
        try {
          const state = await use(name)
          opened.delete(name)
          await state.file.close()
          const stamp = new Date().toISOString().replace(/[:.]/g, '-')
          await rename(path(name), join(folder, `${name}.retired-${stamp}`))
          await syncFolder(folder)
          return ok(null)
        } catch (error) {
          return err(explainFault(error, path(name)))
        }
      }),

    close: async () => {
      await turns.ended()
      for (const state of await Promise.allSettled(opened.values())) {
        if (state.status === 'fulfilled') await state.value.file.close()
      }
      opened.clear()
    },
  }
}
