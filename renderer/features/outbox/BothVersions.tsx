import { useMemo } from 'react'
import type { Delivery } from '../../../shared/domain/delivery.ts'
import { explainTrouble, type Names } from '../../../shared/domain/deliveryWords.ts'
import { diffDocs } from '../../../shared/domain/diff.ts'
import { type Instant, toWall, type Zone } from '../../../shared/domain/time.ts'
import { docOfParts } from '../../../shared/platforms/shown.ts'
import type { There } from '../../data/commands/theirs.ts'
import { DiffView, formatWhen } from '../../parts/index.ts'
import { Button, SectionHead } from '../../ui/index.ts'
import styles from './Outbox.module.css'
import type { Answers } from './useAnswers.ts'
import { type Looked, useThere } from './useThere.ts'
import { takesWords } from './words.ts'

interface BothVersionsProps {
  delivery: Delivery
  names: Names
  zone: Zone
  answers: Answers
}

/** What somebody changed at the network beside what was handed over, and the way to take it over. */
export function BothVersions({ delivery, names, zone, answers }: BothVersionsProps) {
  const looked = useThere(delivery)
  return (
    <section aria-label="What was changed there">
      <SectionHead title="What was changed there" />
      {typeof looked === 'object' && looked.ok ? (
        <Beside
          both={looked.value}
          network={names.network}
          zone={zone}
          onTake={() => answers.takeOver(delivery, looked.value)}
        />
      ) : (
        <p className={styles.nothing} role="status">
          {whyNot(looked, names)}
        </p>
      )}
    </section>
  )
}

function whyNot(looked: Looked, names: Names): string {
  if (looked === 'offline') return `What is on ${names.network} is read when you are online.`
  if (looked === 'asking') return `Asking ${names.network} ...`
  if (looked.ok) return ''
  return looked.error.kind === 'waits-no-more'
    ? `It does not wait on ${names.network} any more.`
    : explainTrouble(looked.error, names)
}

interface BesideProps {
  both: There
  network: string
  zone: Zone
  onTake: () => void
}

function Beside({ both, network, zone, onTake }: BesideProps) {
  const { here, there, isArticle } = both
  const when = (at: Instant) => formatWhen(toWall(at, zone))
  const takes = takesWords(both, network)
  return (
    <>
      <dl className={styles.both}>
        {there.publishAt !== undefined && (
          <Pair what="Time" here={when(here.publishAt)} there={when(there.publishAt)} />
        )}
        {there.title !== undefined && <Pair what="Title" here={here.title} there={there.title} />}
      </dl>
      {there.text !== undefined && <TextBeside here={here.text} there={there.text} />}
      {isArticle && (
        <p className={styles.small}>
          The text of an article is not read from {network}: it may be another one there. It stays as it is, there and
          here.
        </p>
      )}
      <p className={styles.small}>{takes.sentence}</p>
      {takes.any && (
        <Button className={styles.take} onClick={onTake}>
          Take over what is there
        </Button>
      )}
    </>
  )
}

const Pair = ({ what, here, there }: { what: string; here: string; there: string }) => (
  <>
    <dt>{what} there:</dt>
    <dd>{there}</dd>
    <dt>{what} here:</dt>
    <dd>{here}</dd>
  </>
)

const docOf = (text: string) => docOfParts([{ text, pictures: [] }])

function TextBeside({ here, there }: { here: string; there: string }) {
  const { lines } = useMemo(() => diffDocs(docOf(here), docOf(there)), [here, there])
  return (
    <figure className={styles.text}>
      <figcaption className={styles.small}>
        Text: <ins>there</ins>, <del>here</del>
      </figcaption>
      <DiffView lines={lines} />
    </figure>
  )
}
