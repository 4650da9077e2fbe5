import { CircleCheck } from 'lucide-react'
import type { HostTried } from '../../../../shared/contract/publishing.ts'
import { Finding } from '../../../ui/index.ts'
import { Details } from '../channels/AccountPart.tsx'
import styles from './MediaHost.module.css'

/** What came of a test, with what to do. */
export function Outcome({ tried }: { tried: HostTried }) {
  if (tried.kind === 'works')
    return tried.note === '' ? (
      <p className={styles.works}>
        <CircleCheck aria-hidden size={14} />
        It works: a small file was put there, fetched as everybody can, and taken away.
      </p>
    ) : (
      <Finding tone="warning" text={`It works from here. ${tried.note}`} />
    )
  if (tried.kind === 'not-kept') return <Finding tone="error" text={tried.failure.message} />
  return (
    <>
      <Finding tone="error" text={tried.sentence} />
      {tried.details !== '' && <Details text={tried.details} />}
    </>
  )
}

export const ourFault = (error: unknown): HostTried => ({
  kind: 'wrong',
  field: '',
  sentence: 'Something broke on our side, and nothing was kept. Try again.',
  details: error instanceof Error ? error.message : String(error),
})
