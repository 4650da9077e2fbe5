/**
 * Every write takes this road: a command decides inside ONE strict transaction, its patches and the log entry are committed
 * together, then the entry goes to the journal outside the browser. Undo and redo are entries like any other.
 */
import { Dexie, type Transaction } from 'dexie'
import type { Result } from '../../shared/lib/result.ts'
import type { Change } from './changes.ts'
import type { Clock, LogicalClock } from './clock.ts'
import type { JournalLine, JournalWriter } from './journal.ts'
import { addToLog, type ChangeHead, entitiesOf, type LoggedDb, patchesOf } from './log.ts'
import { completed } from './migrations/index.ts'
import { apply, invert, type Patch, type Row } from './patches.ts'
import { createRecorder, putRows, type Tx } from './recorder.ts'
import { wholeRowsById } from './rowsById.ts'
import { seal } from './sums.ts'

/** How many steps back undo reaches. */
export const UNDO_DEPTH = 200

export interface CommandMeta {
  readonly command: string
  readonly label: string
  /** Name of a gesture (typing in one text): while it goes on, its changes are undone together. Absent: a step of its own. */
  readonly group?: string
  /** false for what a user never "did" (first settings of a workspace): logged, not undoable. */
  readonly undoable?: boolean
  /** How what it does is written and logged (`gatherer.ts`); absent: each step as it is done. */
  readonly recorder?: typeof createRecorder
  /** Called when the database has it; `change` resolves when the journal has it too. */
  readonly committed?: () => void
}

export interface UndoneStep {
  readonly label: string
  readonly command: string
  readonly entities: readonly string[]
}

export interface HistoryState {
  /** Names the step undo would take back; '' when there is none. */
  readonly step: string
  readonly undo: string | null
  readonly redo: string | null
}

interface Step {
  /** `group` of its entries in the log: never used again once the step was undone. */
  readonly group: string
  /** The name commands gave the gesture; while it stands on top, a change of the same gesture joins it. */
  readonly gesture: string
  readonly label: string
}

export interface StoreDeps {
  readonly clock: Clock
  readonly logical: LogicalClock
  readonly journal: JournalWriter
  readonly actor: () => string
  /** Throws when nothing may be written. */
  readonly check?: () => void
}

/** Opens the writing side of a database. `tables` are those commands may touch. */
export function createStore<R extends object>(db: LoggedDb, tables: readonly (keyof R & string)[], deps: StoreDeps) {
  let undoSteps: Step[] = []
  let redoSteps: Step[] = []
  const listeners = new Set<() => void>()
  let snapshot: HistoryState = { step: '', undo: null, redo: null }
  const notify = () => {
    const top = undoSteps.at(-1)
    snapshot = { step: top?.group ?? '', undo: top?.label ?? null, redo: redoSteps.at(-1)?.label ?? null }
    for (const listener of listeners) listener()
  }
  const scope = [...tables.map((name) => db.table(name)), db.changes, db.patches]

  const remember = (change: ChangeHead, undoable: boolean, gesture = '') => {
    if (change.undoes) {
      redoSteps.push({ ...pull(undoSteps, change.undoes, change.label), gesture: '' })
    } else if (change.redoes) {
      undoSteps.push({ ...pull(redoSteps, change.redoes, change.label), gesture: '' })
    } else if (undoable) {
      redoSteps = []
      const top = undoSteps.at(-1)
      // What came before it in one gesture was done for the sake of the last of it, which gives the name.
      if (top?.group === change.group) undoSteps[undoSteps.length - 1] = { ...top, label: change.label }
      else undoSteps.push({ group: change.group, gesture, label: change.label })
      if (undoSteps.length > UNDO_DEPTH) undoSteps.shift()
    }
    notify()
  }
  const pull = (steps: Step[], group: string, label: string): Step => {
    const at = steps.findLastIndex((step) => step.group === group)
    return (at >= 0 ? steps.splice(at, 1)[0] : undefined) ?? { group, gesture: '', label }
  }

  /** Rebuilds the undo steps from the log, so that they survive a restart. */
  const loadHistory = async () => {
    const recent = await db.changes
      .orderBy('id')
      .reverse()
      .limit(UNDO_DEPTH * 3)
      .toArray()
    undoSteps = []
    redoSteps = []
    for (const change of recent.reverse()) {
      deps.logical.witness(change.id)
      remember(change, change.source === 'user' && !change.group.startsWith('setup:'))
    }
    notify()
  }

  // The screen shows a move before it is committed, so undo may be pressed in between: it waits for what is under way.
  const running = new Set<Promise<unknown>>()
  const underWay = <T>(work: Promise<T>): Promise<T> => {
    running.add(work)
    const done = () => void running.delete(work)
    work.then(done, done)
    return work
  }

  /** Runs a command. A refusal (or a throw) leaves everything as it was. */
  const change = async <T, E>(
    meta: CommandMeta | ((value: T) => CommandMeta),
    decide: (tx: Tx<R>) => Promise<Result<T, E>>,
  ): Promise<Result<T, E>> => {
    deps.check?.()
    const refusal = new Error('refused')
    let refused: Result<T, E> | undefined
    let entry: Change | undefined
    let line: JournalLine | undefined
    let writing: Promise<void> | undefined
    let undoable = true
    let gesture = ''
    const decision = async () => {
      const result = await db.transaction('rw', scope, async (transaction) => {
        const { recorder: how = createRecorder } = typeof meta === 'function' ? {} : meta
        const recorder = how<R>(transaction, deps.clock.now())
        const decided = await decide(recorder.tx)
        if (!decided.ok) {
          refused = decided
          throw refusal
        }
        const { patches, writing: rows } = recorder.finish()
        if (patches.length > 0) {
          const known = typeof meta === 'function' ? meta(decided.value) : meta
          undoable = known.undoable ?? true
          gesture = known.group ?? ''
          const top = undoSteps.at(-1)
          const id = deps.logical.next()
          entry = {
            id,
            at: deps.clock.now(),
            actor: deps.actor(),
            command: known.command,
            label: known.label,
            source: 'user',
            group: !undoable ? `setup:${id}` : gesture && top?.gesture === gesture ? top.group : id,
            undoes: '',
            redoes: '',
            entities: entitiesOf(patches),
            patches,
          }
          const logged = addToLog(transaction, [entry])
          // Made while the database writes; it goes nowhere unless the transaction commits.
          const written = entry
          line = Dexie.ignoreTransaction(() => deps.journal.lineOf(written))
          await Promise.all([rows, logged])
        }
        return decided
      })
      if (line) writing = deps.journal.write(line)
      if (entry) remember(entry, undoable, gesture)
      if (typeof meta !== 'function') meta.committed?.()
      return result
    }
    // The first read is on its way before anyone draws "Saving".
    const deciding = underWay(decision())
    const ended = deps.journal.begin()
    try {
      const result = await deciding
      await writing
      return result
    } catch (thrown) {
      if (thrown === refusal && refused) return refused
      throw thrown
    } finally {
      ended()
    }
  }

  /** null when nothing the step changed is there any more. */
  const replay = async (step: Step, direction: 'undo' | 'redo'): Promise<UndoneStep | null> => {
    const entry = await db.transaction('rw', scope, async (transaction) => {
      // A group may have been undone and redone before: only its original entries carry the patches to play.
      const heads = (await db.changes.where('group').equals(step.group).sortBy('id')).filter(
        (c) => !c.undoes && !c.redoes,
      )
      const forward = (await Promise.all(heads.map(({ id }) => patchesOf(db, id)))).flat()
      const patches = await applyAll(
        transaction,
        direction === 'undo' ? forward.toReversed().map(invert) : forward,
        'pass over',
      )
      if (patches.length === 0) return null
      const replayed: Change = {
        id: deps.logical.next(),
        at: deps.clock.now(),
        actor: deps.actor(),
        command: direction,
        label: `${direction === 'undo' ? 'Undid' : 'Redid'}: ${step.label}`,
        source: 'user',
        group: `${direction}:${step.group}`,
        undoes: direction === 'undo' ? step.group : '',
        redoes: direction === 'redo' ? step.group : '',
        entities: entitiesOf(patches),
        patches,
      }
      await addToLog(transaction, [replayed])
      return replayed
    })
    if (!entry) return null
    remember(entry, true)
    await deps.journal.write(deps.journal.lineOf(entry))
    return { label: step.label, command: entry.command, entities: entry.entities }
  }

  const stepBack = (direction: 'undo' | 'redo') =>
    inTurn(async () => {
      deps.check?.()
      const ended = deps.journal.begin()
      try {
        await Promise.allSettled(running)
        return await lastThatDid(direction)
      } finally {
        ended()
      }
    })

  const lastThatDid = async (direction: 'undo' | 'redo'): Promise<UndoneStep | null> => {
    for (;;) {
      const steps = direction === 'undo' ? undoSteps : redoSteps
      const step = steps.at(-1)
      const done = step ? await replay(step, direction) : null
      if (!step || done) return done
      // All it was about was deleted for good: the step before it is meant.
      pull(steps, step.group, step.label)
      notify()
    }
  }

  // Two presses of Ctrl Z in a row must not both read the same top of the stack.
  let queue: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = queue.then(work, work)
    queue = next.catch(() => undefined)
    return next
  }

  return {
    change,
    /** Takes the last step back; null when there is none. */
    undo: () => stepBack('undo'),
    redo: () => stepBack('redo'),
    loadHistory,
    history: () => snapshot,
    onHistory(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
export type Store<R extends object> = ReturnType<typeof createStore<R>>

/**
 * Plays patches in order; rows are read and written once each. Call inside a transaction. A patch of a row that is not there
 * throws, or is passed over: undo does not reach what was deleted for good. Gives the patches that were played; a `drop` with the
 * row it took away, whatever had become of it.
 */
async function applyAll(
  transaction: Transaction,
  patches: readonly Patch[],
  gone: 'throw' | 'pass over' = 'throw',
): Promise<readonly Patch[]> {
  const played: Patch[] = []
  const byTable = Map.groupBy(patches, (patch) => patch.table)
  for (const [name, list] of byTable) {
    const table = transaction.table<Row, string>(name)
    const ids = [...new Set(list.map((patch) => patch.id))]
    const rows = new Map((await wholeRowsById(table, ids)).flatMap((row) => (row ? [[row.id, row] as const] : [])))
    for (const patch of list) {
      const row = rows.get(patch.id)
      if (gone === 'pass over' && !row && patch.op !== 'put') continue
      played.push(patch.op === 'drop' && row ? { ...patch, row } : patch)
      const next = apply(row, patch)
      if (next) rows.set(patch.id, patch.op === 'put' ? completed(name, next) : next)
      else rows.delete(patch.id)
    }
    await putRows(transaction, name, [...rows.values()].map(seal))
    await table.bulkDelete(ids.filter((id) => !rows.has(id)))
  }
  return played
}
