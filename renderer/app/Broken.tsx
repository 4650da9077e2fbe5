import { useEffect, useState } from 'react'
import { isDatabaseFault } from '../data/faults.ts'
import { plural } from '../parts/index.ts'
import { copiesOf } from '../ports/copies.ts'
import { useDeps } from '../ports/deps.tsx'
import { Button, EmptyState, toast } from '../ui/index.ts'
import WayBack from './WayBack.tsx'

interface BrokenProps {
  error: unknown
  /** Whether nothing else is on the page that leads anywhere. */
  everything: boolean
  onAgain: () => void
}

/** In the place of what broke. A record the disk has damaged may be why: it is looked for and put back, and then all is well. */
export default function Broken({ error, everything, onAgain }: BrokenProps) {
  const deps = useDeps()
  const [found, setFound] = useState<'looking' | 'nothing' | 'unreadable'>('looking')
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time something breaks
  useEffect(() => {
    const keeper = copiesOf(deps)
    const { repaired, lost } = keeper.state()
    void keeper.check().then(() => {
      const now = keeper.state()
      const mended = now.repaired - repaired
      if (mended + now.lost - lost === 0) return setFound(now.failing === '' ? 'nothing' : 'unreadable')
      if (mended > 0) toast({ text: `The disk had damaged ${plural(mended, 'record')}. They are as they were again.` })
      onAgain()
    })
  }, [])

  const cannotRead = found === 'unreadable' || (found === 'nothing' && (everything || isDatabaseFault(error)))
  if (cannotRead) return <WayBack shell={deps.shell} trouble="unreadable" />
  return (
    <EmptyState
      sentence={
        found === 'looking'
          ? 'This screen broke. What was saved is still there. Outpost is looking whether the disk has damaged anything.'
          : 'This screen broke. What was saved is still there.'
      }
      action={<Button onClick={onAgain}>Try again</Button>}
    />
  )
}
