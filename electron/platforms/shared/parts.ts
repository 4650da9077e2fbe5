/** Parts of a job that build on those before them: threads, first comments. */
import type { Trouble } from '../../../shared/domain/trouble.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import type { Account, Adapter, Job, Memory, Part, Step, Tools } from '../adapter.ts'
import { partMemory, remembered, withPart } from './memory.ts'
import { troubled } from './said.ts'

export function partOf(job: Job, part: number): Part {
  const found = job.parts[part]
  if (!found) throw new Error(`There is no part ${part}.`)
  return found
}

/** The part a later one answers: that before it in a thread, the first for a comment. */
export const above = (job: Job, part: number): number => (partOf(job, part).kind === 'comment' ? 0 : part - 1)

/** The memory of a job with the time a part was begun at: nothing of it can be older. */
export function begun(memory: Memory, part: number, tools: Tools): Memory {
  return typeof partMemory(memory, part).since === 'number' ? memory : withPart(memory, part, { since: tools.now() })
}

/** The memory of a job once a part is out. */
export const isOut = (memory: Memory, part: number, id: string): Memory => withPart(memory, part, { id })

/** The id of a part that went out before; looked for where the answer to its commit was lost. */
async function idOf(
  find: NonNullable<Adapter['find']>,
  job: Job,
  part: number,
  memory: Memory,
  account: Account,
  tools: Tools,
): Promise<Result<string, Trouble>> {
  const own = partMemory(memory, part)
  const id = remembered(own, 'id')
  if (id !== '') return ok(id)
  const found = await find(job, part, memory, Number(own.since ?? 0), account, tools)
  if (found.kind === 'there') return ok(found.remoteId)
  if (found.kind === 'trouble') return err(found.trouble)
  return err({ kind: 'refused', field: '', reason: 'The part before this one is not there.', details: '' })
}

/**
 * A step that learns the id of the part `under` which this one goes, as `parent` in what is remembered of the part; null when it is
 * known.
 */
export async function underneath(
  find: NonNullable<Adapter['find']>,
  under: number,
  job: Job,
  part: number,
  memory: Memory,
  account: Account,
  tools: Tools,
): Promise<Step | null> {
  if (remembered(partMemory(memory, part), 'parent') !== '') return null
  const parent =
    job.rootId !== undefined && under === 0 ? ok(job.rootId) : await idOf(find, job, under, memory, account, tools)
  if (!parent.ok) return troubled(parent.error)
  return { kind: 'again', memory: withPart(memory, part, { parent: parent.value }), after: tools.now() }
}

export const parentOf = (memory: Memory, part: number): string => remembered(partMemory(memory, part), 'parent')
