/** The one place that decides whether an open workspace may be written to: room on the disk, and nobody else having taken over. */
import type { Failure, ResultOf } from '../../shared/contract/contract.ts'
import { WritingRefused } from './faults.ts'

export interface DiskPort {
  diskRoom(): Promise<ResultOf<'disk:room'>>
}

/** Free bytes below which nothing large is brought in any more: imports and pictures. */
export const LEAST_FOR_LARGE = 200_000_000
/** Free bytes below which nothing is written at all: the browser loses whole databases on a disk that is full. */
export const LEAST_FOR_EDITS = 50_000_000

export type Standing =
  | { readonly kind: 'open' }
  /** `why` is a sentence, with what to do. */
  | { readonly kind: 'no-large'; readonly why: string }
  | { readonly kind: 'no-edits'; readonly why: string }
  /** For good: the page has to be loaded anew. */
  | { readonly kind: 'stopped'; readonly why: string }

export interface Guard {
  standing(): Standing
  onStanding(listener: () => void): () => void
  /** Asks for the room there is. */
  refresh(): Promise<void>
  /** Why nothing large may be brought in at this moment; null when it may. */
  refusesLarge(): Promise<Failure | null>
  /** Throws `WritingRefused` when nothing may be written. */
  check(): void
  /** Nothing is written from now on. */
  stop(why: string): void
}

export function createGuard(port: DiskPort): Guard {
  let standing: Standing = { kind: 'open' }
  const listeners = new Set<() => void>()
  const take = (next: Standing) => {
    if (standing.kind === 'stopped' || (next.kind === 'open' && standing.kind === 'open')) return
    standing = next
    for (const listener of listeners) listener()
  }
  const refresh = async () => take(standingOf(await port.diskRoom()))
  return {
    standing: () => standing,
    onStanding(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    refresh,
    async refusesLarge() {
      await refresh()
      return standing.kind === 'open' ? null : { kind: 'disk-full', message: standing.why }
    },
    check() {
      if (standing.kind === 'no-edits' || standing.kind === 'stopped') throw new WritingRefused(standing.why)
    },
    stop: (why) => take({ kind: 'stopped', why }),
  }
}

function standingOf(room: ResultOf<'disk:room'>): Standing {
  if (!room.ok) return { kind: 'no-edits', why: `${room.error.message} ${NOTHING_WRITTEN}` }
  const { free } = room.value
  const left = `Only ${Math.floor(free / 1_000_000)} MB are left on the disk.`
  if (free < LEAST_FOR_EDITS) return { kind: 'no-edits', why: `${left} ${NOTHING_WRITTEN}` }
  if (free < LEAST_FOR_LARGE)
    return {
      kind: 'no-large',
      why: `${left} Free some space before you bring in files or pictures; writing and planning go on.`,
    }
  return { kind: 'open' }
}

const NOTHING_WRITTEN =
  'Nothing is changed until there is room again; reading and exporting go on, and what you are writing is kept here and tried again.'
