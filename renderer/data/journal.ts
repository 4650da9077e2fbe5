/**
 * The second copy: every committed change is appended to a file outside the browser and flushed. "Saved" on screen means both.
 * If only the database has it, the screen says so and the writer keeps trying.
 */
import type { ResultOf } from '../../shared/contract/contract.ts'
import type { Change } from './changes.ts'
import { pack } from './packing.ts'

export type SavedState =
  | { readonly kind: 'saved'; readonly at: number }
  | { readonly kind: 'saving' }
  /** In the database, not yet in the journal. */
  | { readonly kind: 'second-copy-failing'; readonly why: string }

export interface JournalPort {
  appendJournal(name: string, lines: readonly string[]): Promise<ResultOf<'journal:append'>>
}

const RETRY_MS = 2_000

/** A line for the journal; a long one takes a while to make. */
export type JournalLine = string | Promise<string>

/** A change as JSON, a patch at a time. */
function* piecesOf({ patches, ...head }: Change): Generator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"patches":[`
  for (const [at, patch] of patches.entries()) yield (at > 0 ? ',' : '') + JSON.stringify(patch)
  yield ']}'
}

export function createJournalWriter(name: string, port: JournalPort, now: () => number) {
  let state: SavedState = { kind: 'saved', at: now() }
  let waiting: JournalLine[] = []
  let running: Promise<void> | null = null
  /** Why the last append failed; '' when it did not. */
  let fault = ''
  /** Commands between their first read and their commit. */
  let committing = 0
  let typing = false
  const listeners = new Set<() => void>()

  /** Works out what the status bar may say. */
  const tell = () => {
    const onItsWay = committing > 0 || typing
    const kind = onItsWay ? 'saving' : fault ? 'second-copy-failing' : waiting.length > 0 ? 'saving' : 'saved'
    if (kind === state.kind && kind !== 'second-copy-failing') return
    state = kind === 'second-copy-failing' ? { kind, why: fault } : kind === 'saved' ? { kind, at: now() } : { kind }
    for (const listener of listeners) listener()
  }

  /** A shell that is gone throws; to the words waiting here that is one more refusal, said in the status bar and tried again. */
  const append = (lines: readonly string[]): Promise<ResultOf<'journal:append'>> =>
    port.appendJournal(name, lines).catch((thrown: unknown) => {
      const message = thrown instanceof Error ? thrown.message : String(thrown)
      return { ok: false, error: { kind: 'failed', message } }
    })

  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting
      // A short line is on its way in the very moment of its commit, before anything else is drawn.
      const answer = await append(batch.every((line) => typeof line === 'string') ? batch : await Promise.all(batch))
      if (!answer.ok) {
        fault = answer.error.message
        setTimeout(start, RETRY_MS)
        return
      }
      fault = ''
      waiting = waiting.slice(batch.length)
    }
  }
  const start = () => {
    running ??= drain().finally(() => {
      running = null
      tell()
    })
    return running
  }

  const lineOf = (change: Change): JournalLine => pack(piecesOf(change))

  return {
    /** The line of a change, for `write`. */
    lineOf,
    /** Called right after the commit; resolves once the line is on the disk, or once it is known that it is not yet. */
    async write(line: JournalLine): Promise<void> {
      waiting.push(line)
      tell()
      await start()
      // A line that came in while the batch before it was being written is taken by the same drain.
      if (waiting.length > 0 && fault === '') await start()
    },
    /** Lines that an earlier run committed and could not append any more. */
    async catchUp(changes: readonly Change[]): Promise<void> {
      waiting.push(...changes.map(lineOf))
      await start()
    },
    state: () => state,
    /** A command begins: the screen may show it already, so "saved" is not true until the function given back is called. */
    begin() {
      committing += 1
      tell()
      return () => {
        committing -= 1
        tell()
      }
    },
    /** Marks that something is being typed that no commit has seen yet. */
    dirty() {
      typing = true
      tell()
    },
    /** Takes `dirty` back: what was typed is committed, or came to nothing. */
    settle() {
      typing = false
      tell()
    },
    onState(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
export type JournalWriter = ReturnType<typeof createJournalWriter>
