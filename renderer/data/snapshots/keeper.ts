/**
 * Keeps the copies of an open workspace: one an hour while something changes. Making one reads every record, so it is also when damaged
 * ones are found and put back; after a start that is done once in any case.
 */
import type { Failure, SnapshotHead } from '../../../shared/contract/contract.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import { aboutOf, holdsWhat } from '../beside.ts'
import { repair } from '../rebuild.ts'
import { type DataDeps, journalNameOf, type Workspace } from '../workspace.ts'
import { copiedLines } from './copier.ts'
import { writeCopy } from './copy.ts'
import type { CopiedLine } from './messages.ts'
import { type Damaged, newestChange } from './pieces.ts'

const MINUTE = 60_000
export const HOUR = 60 * MINUTE
/** Between two tries when a copy could not be made. */
const RETRY = 10 * MINUTE

const LESS =
  'The database holds less than the newest copy of it. Close Outpost and open it again: what is missing is brought back then.'

export interface CopiesState {
  /** Newest first; those made before something was replaced too. */
  readonly copies: readonly SnapshotHead[]
  /** The newest made by the hour; undefined when there is none yet. */
  readonly newest: SnapshotHead | undefined
  /** Whether something changed since the newest. */
  readonly changed: boolean
  readonly making: boolean
  /** Why the last try failed; '' when it did not. */
  readonly failing: string
  /** Damaged records that were put back, and those of which nothing better was left, since the workspace was opened. */
  readonly repaired: number
  readonly lost: number
}

export interface CopyKeeper {
  state(): CopiesState
  onState(listener: () => void): () => void
  /** Makes a copy now; resolves once it is there, or once `failing` says why not. */
  make(): Promise<void>
  /** Looks what is there. */
  refresh(): Promise<void>
  /** Makes one if it is time; the first time it looks for damaged records in any case. */
  tick(): Promise<void>
  /** Looks for damaged records now, and puts them back. */
  check(): Promise<void>
  /** Ticks every minute, until the workspace is closed. `say` is told, in a sentence, when damaged records were found. */
  start(say: (sentence: string) => void): void
}

type Lines = AsyncIterable<CopiedLine>
/** Reads the whole workspace, through `watch`. */
type Pass = (watch: (lines: Lines) => Lines) => Promise<Result<unknown, Failure>>

/** Thrown where a pass ends because records are damaged. */
class DamageFound extends Error {
  readonly damaged: readonly Damaged[]
  constructor(damaged: readonly Damaged[]) {
    super(`${damaged.length} records are damaged`)
    this.damaged = damaged
  }
}

export function createCopyKeeper(
  { entry, db }: Workspace,
  { clock, port }: Pick<DataDeps, 'clock' | 'port'>,
): CopyKeeper {
  const name = journalNameOf(entry.id)
  const order = { dbName: db.name, workspace: entry.name, app: port.info.version }
  let state: CopiesState = {
    copies: [],
    newest: undefined,
    changed: false,
    making: false,
    failing: '',
    repaired: 0,
    lost: 0,
  }
  const listeners = new Set<() => void>()
  const tell = (news: Partial<CopiesState>) => {
    state = { ...state, ...news }
    for (const listener of listeners) listener()
  }
  let sayDamage: (sentence: string) => void = () => {}
  let checked = false
  let failedAt = Number.NEGATIVE_INFINITY
  let running: Promise<void> | null = null

  /** One after the other: what was asked for meanwhile is answered by the one under way. */
  const run = (pass: Pass): Promise<void> => {
    running ??= attempt(pass).finally(() => {
      running = null
    })
    return running
  }

  async function attempt(pass: Pass): Promise<void> {
    tell({ making: true })
    const result = await mended(pass).catch((thrown: unknown) => err({ message: String(thrown) }))
    const known = await look()
    failedAt = result.ok ? Number.NEGATIVE_INFINITY : clock.now()
    checked ||= result.ok
    tell({ ...known, making: false, failing: result.ok ? '' : result.error.message })
  }

  /** When a pass meets damaged records they are put back first, and it begins anew; what is beyond help does not stop it then. */
  async function mended(pass: Pass): Promise<Result<unknown, Failure>> {
    try {
      return await pass(sound)
    } catch (thrown) {
      if (!(thrown instanceof DamageFound)) throw thrown
      const result = await repair(db, { name, copies: state.copies.filter(byHour) }, thrown.damaged, port)
      if (!result.ok) return result
      const { repaired, lost } = result.value
      tell({ repaired: state.repaired + repaired, lost: state.lost + lost })
      if (repaired > 0) sayDamage(`The disk had damaged ${repaired} records. They are as they were written again.`)
      if (lost > 0)
        sayDamage(
          `The disk has damaged ${lost} records that neither the journal nor a copy has. Look through what is there.`,
        )
      return pass((lines) => lines)
    }
  }

  const copy: Pass = async (watch) => {
    const about = aboutOf(state.newest)
    // The newest copy is what the next start compares with, so none may hold less than the one before it for no reason.
    if (about && !(await holdsWhat(about, db))) return err({ kind: 'failed', message: LESS })
    return writeCopy(name, 'hourly', watch(copiedLines(order)), port)
  }
  const check: Pass = async (watch) => {
    for await (const _line of watch(copiedLines(order))) {
      // Reading is all.
    }
    return ok(null)
  }

  /** What is there, and whether something changed since. */
  async function look(): Promise<Pick<CopiesState, 'copies' | 'newest' | 'changed'>> {
    const heads = await port.snapshotHeads()
    const copies = heads.ok ? heads.value.filter((head) => head.name === name) : state.copies
    const newest = copies.find(byHour)
    return { copies, newest, changed: (await newestChange(db)) !== (aboutOf(newest)?.upTo ?? '') }
  }

  async function tick(): Promise<void> {
    if (running) return
    tell(await look())
    const { newest } = state
    const now = clock.now()
    // A clock that was set back must not put off the next one for years.
    const due = state.changed && (!newest || Math.abs(now - newest.at) >= HOUR)
    if (Math.abs(now - failedAt) < RETRY) return
    if (due) await run(copy)
    else if (!checked) await run(check)
  }

  return {
    state: () => state,
    onState(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    make: async () => {
      tell(await look())
      await run(copy)
    },
    refresh: async () => tell(await look()),
    tick,
    check: () => run(check),
    start(say) {
      sayDamage = say
      const timer = setInterval(() => (db.isOpen() ? void tick() : clearInterval(timer)), MINUTE)
      void tick()
    },
  }
}

const byHour = ({ kind }: SnapshotHead) => kind === 'hourly'

/** Lines as long as nothing in them is damaged; the rest is read all the same, to know all that is. */
async function* sound(lines: Lines): AsyncGenerator<CopiedLine> {
  const damaged: Damaged[] = []
  for await (const copied of lines) {
    damaged.push(...copied.damaged)
    if (damaged.length === 0) yield copied
  }
  if (damaged.length > 0) throw new DamageFound(damaged)
}
