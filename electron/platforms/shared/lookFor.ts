import type { Instant } from '../../../shared/domain/time.ts'
import { clockOff } from '../../services/http.ts'
import type { Account, Adapter, Found, Job, Memory, Step, Tools } from '../adapter.ts'

const KEY = 'clockOff'

/** What is ready remembers by how much this computer's clock was off, as far as is known: it may be set before the post is looked for. */
export const dated = (step: Step, off: number | null): Step =>
  step.kind === 'ready' && off !== null ? { ...step, memory: { ...step.memory, [KEY]: off } } : step

/**
 * Looks for a part whose commit was not answered. `since` is on this computer's clock as it was then, and networks date posts by theirs: where
 * this one ran ahead, or was set since, what is not found is looked for once more from as much earlier. Undefined where the network cannot be
 * asked.
 */
export function lookFor(
  adapter: Pick<Adapter, 'find'>,
  job: Job,
  part: number,
  memory: Memory,
  since: Instant,
  account: Account,
  tools: Tools,
): Promise<Found> | undefined {
  let off = 0
  const fetch: Tools['fetch'] = async (address, init) => {
    const answer = await tools.fetch(address, init)
    if (answer.headers.has('date')) off = clockOff(answer.headers, tools.now())
    return answer
  }
  const asking = { ...tools, fetch }
  return adapter.find?.(job, part, memory, since, account, asking).then(async (found) => {
    const earlier = byHowMuch(memory[KEY], off)
    if (earlier === 0 || (found.kind !== 'absent' && found.kind !== 'unclear')) return found
    return (await adapter.find?.(job, part, memory, since + earlier, account, tools)) ?? found
  })
}

/** `then`: how much was remembered. Some networks are asked by this computer's clock, others by their own: what reaches back furthest does for both. */
const byHowMuch = (then: unknown, off: number): number =>
  typeof then === 'number' ? Math.min(0, off, then, then - off) : Math.min(0, off)
