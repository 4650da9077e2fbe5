import type { Failure } from '../../shared/contract/contract.ts'
import type { Result } from '../../shared/lib/result.ts'
import { type Blank, blank, isBoxed, notesIn } from '../../shared/media/film.ts'
import { inspect } from '../../shared/media/inspect.ts'
import type { Originals } from './originals.ts'

/** Fills an array with bytes of a medium from one on, and gives how many there were. */
export type FillFrom = (mediumId: string, from: number, into: Uint8Array) => Promise<Result<number, Failure>>

/** The media of a shelf as they leave: without what a camera noted in a film. What lies there stays as it is. */
export function bareMedia(originals: Originals, shelf: string): FillFrom {
  const notesOf = filmNotes(originals, shelf)
  return async (mediumId, from, into) => {
    const got = await originals.fill(shelf, mediumId, from, into)
    if (got.ok) blank(into, from, await notesOf(mediumId))
    return got
  }
}

/** What is blanked of a film on its way out. Looked for once; nothing of other files. */
function filmNotes(originals: Originals, shelf: string): (mediumId: string) => Promise<readonly Blank[]> {
  const known = new Map<string, Promise<readonly Blank[]>>()
  const look = async (id: string): Promise<readonly Blank[]> => {
    const head = await originals.read(shelf, id, 0)
    if (!head.ok) return []
    const { bytes, size } = head.value
    const seen = inspect(bytes, size)
    if (!seen.ok || !isBoxed(seen.value.type)) return []
    return notesIn(async (from, length) => {
      const part = new Uint8Array(length)
      const got = await originals.fill(shelf, id, from, part)
      if (!got.ok) throw new Error(got.error.message)
      return part.subarray(0, got.value)
    }, size)
  }
  return (id) => {
    const found = known.get(id) ?? look(id)
    known.set(id, found)
    return found
  }
}
