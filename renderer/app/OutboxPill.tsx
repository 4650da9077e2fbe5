import { standing } from '../data/deliveries.ts'
import { useQuery } from '../ports/live.ts'
import { go } from '../ports/navigation.ts'
import { NetPill } from '../ui/index.ts'

interface OutboxPillProps {
  online: boolean
}

/** How publishing stands, in a few words: what needs a person first. Without a connection nothing is alarming, since nothing is tried. */
export function OutboxPill({ online }: OutboxPillProps) {
  const { needsYou, sending, waiting } = useQuery(standing, []) ?? { needsYou: 0, sending: 0, waiting: 0 }
  const asks = needsYou === 1 ? '1 needs you' : `${needsYou} need you`
  const open = () => go({ screen: 'outbox' })
  if (!online) {
    const counts = [...(needsYou > 0 ? [asks] : []), ...(waiting > 0 ? [`${waiting} waiting`] : [])]
    return (
      <NetPill state="offline" onClick={open}>
        {counts.length > 0 ? `Offline – ${counts.join(', ')}` : 'Offline'}
      </NetPill>
    )
  }
  if (needsYou > 0)
    return (
      <NetPill state="hot" onClick={open}>
        {asks}
      </NetPill>
    )
  return (
    <NetPill state={sending > 0 ? 'sending' : 'online'} onClick={open}>
      {sending > 0 ? `Sending ${sending}` : 'Online'}
    </NetPill>
  )
}
