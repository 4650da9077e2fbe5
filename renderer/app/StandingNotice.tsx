import { useStanding } from '../ports/deps.tsx'
import { Banner, Button } from '../ui/index.ts'

const TITLES = {
  'no-large': 'The disk is nearly full.',
  'no-edits': 'Nothing is written at the moment.',
  stopped: 'This window is out of date.',
}

/** Why the workspace cannot be written to, over every screen until it can. */
export function StandingNotice() {
  const standing = useStanding()
  if (standing.kind === 'open') return null
  return (
    <Banner
      tone={standing.kind === 'no-large' ? 'amber' : 'red'}
      title={TITLES[standing.kind]}
      actions={standing.kind === 'stopped' && <Button onClick={() => location.reload()}>Load again</Button>}
    >
      {standing.why}
    </Banner>
  )
}
