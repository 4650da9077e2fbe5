import { useState } from 'react'
import type { Shell } from '../ports/shell.ts'
import { Banner, Button } from '../ui/index.ts'

/** The browser cannot open what it has kept: a second try, or everything anew from what lies beside it. */
export default function Unopened({ shell }: { shell: Shell }) {
  const [why, setWhy] = useState('')
  const bringBack = async () => {
    const renewed = await shell.renewDatabases()
    if (renewed.ok) location.reload()
    else setWhy(renewed.error.message)
  }
  return (
    <Banner
      tone="red"
      title="The browser cannot open its database."
      actions={
        <>
          <Button onClick={() => location.reload()}>Try again</Button>
          <Button variant="primary" onClick={() => void bringBack()}>
            Bring everything back
          </Button>
        </>
      }
    >
      Every change is in the journal beside it. The database is kept aside as it is, and a new one is filled from there.{' '}
      {why && `That did not work: ${why}`}
    </Banner>
  )
}
