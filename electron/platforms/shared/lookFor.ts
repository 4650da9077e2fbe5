import type { Instant } from '../../../shared/domain/time.ts'
import { clockOff } from '../../services/http.ts'
import type { Account, Adapter, Found, Job, Memory, Tools } from '../adapter.ts'

/**
 * Looks for a part whose commit was not answered. `since` is on this computer's clock, and networks date posts by theirs: where the answers show
 * that this one runs ahead, what is not found is looked for once more from as much earlier. Undefined where the network cannot be asked.
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
  let behind = 0
  const fetch: Tools['fetch'] = async (address, init) => {
    const answer = await tools.fetch(address, init)
    behind = Math.min(behind, clockOff(answer.headers, tools.now()))
    return answer
  }
  const asking = { ...tools, fetch }
  return adapter.find?.(job, part, memory, since, account, asking).then(async (found) => {
    if (behind === 0 || (found.kind !== 'absent' && found.kind !== 'unclear')) return found
    return (await adapter.find?.(job, part, memory, since + behind, account, tools)) ?? found
  })
}
