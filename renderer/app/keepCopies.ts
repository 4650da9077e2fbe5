import { plural } from '../parts/index.ts'
import { copiesOf } from '../ports/copies.ts'
import type { Deps } from '../ports/deps.tsx'
import { toast } from '../ui/index.ts'

/** Begins to keep copies of the workspace, and says when records were found that the disk had garbled. */
export function keepCopies(deps: Deps): void {
  const keeper = copiesOf(deps)
  let { repaired, lost } = keeper.state()
  keeper.onState(() => {
    const now = keeper.state()
    if (now.repaired > repaired)
      toast({
        text: `${plural(now.repaired - repaired, 'record')} had been damaged on the disk and came back as it was written.`,
      })
    if (now.lost > lost)
      toast({
        tone: 'error',
        text: `${plural(now.lost - lost, 'record')} had been damaged on the disk, and neither the journal nor a copy has it. Look through what is there.`,
      })
    repaired = now.repaired
    lost = now.lost
  })
  keeper.start()
}
