import type { Standing } from '../data/guard.ts'
import { Banner, Button } from '../ui/index.ts'

type Closed = Exclude<Standing, { readonly kind: 'open' }>

const TITLES: Readonly<Record<Closed['kind'], string>> = {
  'no-large': 'The disk is nearly full.',
  'no-edits': 'Nothing is written at the moment.',
  stopped: 'This window is out of date.',
}

/** Why the workspace cannot be written to, over every screen until it can. */
export default function StandingNotice({ kind, why }: Closed) {
  return (
    <Banner
      tone={kind === 'no-large' ? 'amber' : 'red'}
      title={TITLES[kind]}
      {...(kind === 'stopped' ? { actions: <Button onClick={() => location.reload()}>Load again</Button> } : {})}
    >
      {why}
    </Banner>
  )
}
