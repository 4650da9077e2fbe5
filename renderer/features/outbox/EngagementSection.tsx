import { ExternalLink, RefreshCw } from 'lucide-react'
import type { Delivery } from '../../../shared/domain/delivery.ts'
import type { Names } from '../../../shared/domain/deliveryWords.ts'
import { explainRead, METRIC_WORDS } from '../../../shared/domain/engagementWords.ts'
import { type Counted, type Counts, type Heard, METRICS, type Message } from '../../../shared/domain/publishing.ts'
import type { Zone } from '../../../shared/domain/time.ts'
import { formatAgo, formatCount } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useOnline } from '../../ports/online.ts'
import { Button, IconButton, SectionHead } from '../../ui/index.ts'
import styles from './Engagement.module.css'
import { type Tells, useEngagement } from './useEngagement.ts'

interface EngagementSectionProps {
  delivery: Delivery
  tells: Tells
  names: Names
  zone: Zone
  /** Only the first part of it is asked about. */
  isThread: boolean
}

/** What came of a post: what its network counts, and what people wrote under it. Asked for by a press, since some networks bill each look. */
export function EngagementSection({ delivery, tells, names, zone, isThread }: EngagementSectionProps) {
  const { clock } = useDeps()
  const online = useOnline()
  const { engagement, isAsking, ask, more } = useEngagement(delivery, tells)
  const { network } = names
  const what = tells.metrics && tells.inbox ? 'Numbers and answers' : tells.metrics ? 'Numbers' : 'Answers'
  const next = engagement?.answers?.kind === 'heard' ? engagement.answers.next : ''
  return (
    <section aria-label="What came of it">
      <SectionHead
        title="What came of it"
        end={
          <Button
            size="sm"
            icon={RefreshCw}
            aria-busy={isAsking}
            unmet={online ? [] : ['A connection to the internet']}
            onClick={() => void ask()}
          >
            Ask {network}
          </Button>
        }
      />
      {!engagement && (
        <p className={styles.quiet} role="status">
          {isAsking
            ? `Asking ${network} ...`
            : `${what} are read from ${network}${online ? ' when you ask for them' : ' when you are online'}, and not kept.`}
        </p>
      )}
      {engagement?.numbers && <Numbers counted={engagement.numbers} names={names} />}
      {engagement?.answers && (
        <Answers heard={engagement.answers} messages={engagement.messages} names={names} zone={zone} />
      )}
      {engagement && next !== '' && (
        <Button size="sm" aria-busy={isAsking} onClick={() => void more(engagement, next)}>
          Show older answers
        </Button>
      )}
      {engagement && (
        <p className={styles.quiet}>
          As of {formatAgo(engagement.askedAt, clock.now(), zone)}
          {isThread ? ', of the first part' : ''}.
        </p>
      )}
    </section>
  )
}

function Numbers({ counted, names }: { counted: Counted; names: Names }) {
  if (counted.kind === 'trouble') return <Said text={explainRead(counted.trouble, names)} />
  const counts: Counts = counted.kind === 'counted' ? counted.counts : {}
  const told = METRICS.flatMap((metric) => {
    const count = counts[metric]
    return count === undefined ? [] : [{ metric, count }]
  })
  if (told.length === 0) return <Said text={`${names.network} tells no numbers of this post.`} />
  return (
    <dl className={styles.numbers}>
      {told.map(({ metric, count }) => (
        <div key={metric}>
          <dt>{METRIC_WORDS[metric]}</dt>
          <dd>{formatCount(count)}</dd>
        </div>
      ))}
    </dl>
  )
}

interface AnswersProps {
  heard: Heard
  messages: readonly Message[]
  names: Names
  zone: Zone
}

function Answers({ heard, messages, names, zone }: AnswersProps) {
  const { network } = names
  return (
    <>
      {messages.length > 0 && (
        <ol className={styles.answers}>
          {messages.map((message) => (
            <Answer key={message.id} message={message} network={network} zone={zone} />
          ))}
        </ol>
      )}
      {heard.kind === 'trouble' && <Said text={explainRead(heard.trouble, names)} />}
      {heard.kind === 'untold' && (
        <Said text={`${network} does not let this account read what people wrote under it.`} />
      )}
      {heard.kind === 'heard' && messages.length === 0 && <Said text="Nobody has answered yet." />}
    </>
  )
}

function Answer({ message, network, zone }: { message: Message; network: string; zone: Zone }) {
  const { shell, clock } = useDeps()
  const { author, text, at, own, permalink } = message
  const who = own ? 'You' : author || `Somebody on ${network}`
  return (
    <li className={styles.answer}>
      <p className={styles.head}>
        <bdi className={styles.who}>{who}</bdi>
        <time dateTime={new Date(at).toISOString()}>{formatAgo(at, clock.now(), zone)}</time>
        {permalink !== '' && (
          <IconButton
            size="sm"
            icon={ExternalLink}
            label={`Open what ${own ? 'you' : who} wrote on ${network}`}
            onClick={() => void shell.openExternal(permalink)}
          />
        )}
      </p>
      <p className={styles.text} dir="auto">
        {text || 'No words.'}
      </p>
    </li>
  )
}

const Said = ({ text }: { text: string }) => (
  <p className={styles.quiet} role="status">
    {text}
  </p>
)
