import { useState } from 'react'
import { err } from '../../shared/lib/result.ts'
import type { Shell } from '../ports/shell.ts'
import { Banner, Button } from '../ui/index.ts'

const BROUGHT_BACK =
  'Every change is in the journal beside it: to bring everything back, the database is kept aside as it is, and a new one is filled from there.'

const TROUBLES = {
  unopened: { title: 'The browser cannot open its database.', sentence: BROUGHT_BACK },
  unreadable: { title: 'The browser cannot read what it has stored.', sentence: BROUGHT_BACK },
  silent: {
    title: 'The browser’s database does not answer.',
    sentence: `As soon as it does, Outpost goes on by itself; a large workspace may take a while. ${BROUGHT_BACK}`,
  },
}

/** The browser has a database of hundreds of megabytes copied and emptied in less. */
const LONGEST_MS = 60_000

async function renew(shell: Shell): ReturnType<Shell['renewDatabases']> {
  const { promise, resolve } = Promise.withResolvers<Awaited<ReturnType<Shell['renewDatabases']>>>()
  const late = 'The browser gives no answer. Close Outpost, open it again, and try once more.'
  const timer = setTimeout(() => resolve(err({ kind: 'failed', message: late })), LONGEST_MS)
  return Promise.race([shell.renewDatabases(), promise]).finally(() => clearTimeout(timer))
}

/** Why nobody can work with what the browser has kept. */
export type Trouble = keyof typeof TROUBLES

/** The ways on: a second try, or everything anew from what lies beside the database. */
export default function WayBack({ shell, trouble }: { shell: Shell; trouble: Trouble }) {
  const [state, setState] = useState<{ bringing: boolean; why: string }>({ bringing: false, why: '' })
  const bringBack = async () => {
    setState({ bringing: true, why: '' })
    const renewed = await renew(shell)
    if (renewed.ok) location.reload()
    else setState({ bringing: false, why: renewed.error.message })
  }
  const { title, sentence } = TROUBLES[trouble]
  return (
    <Banner
      tone="red"
      title={title}
      actions={
        <>
          <Button onClick={() => location.reload()}>Load again</Button>
          <Button variant="primary" disabled={state.bringing} onClick={() => void bringBack()}>
            {state.bringing ? 'Bringing back…' : 'Bring everything back'}
          </Button>
        </>
      }
    >
      {sentence} {state.why && `That did not work: ${state.why}`}
    </Banner>
  )
}
