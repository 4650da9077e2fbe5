import { ExternalLink, RefreshCw } from 'lucide-react'
import { explainRead, METRIC_WORDS } from '../../../shared/domain/crowdWords.ts'
import type { Delivery } from '../../../shared/domain/delivery.ts'
import type { Names } from '../../../shared/domain/deliveryWords.ts'
import { type Counted, type Heard, METRICS, type Message } from '../../../shared/domain/publishing.ts'
import type { Zone } from '../../../shared/domain/time.ts'
import { formatAgo, formatCount } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useOnline } from '../../ports/online.ts'
import { Button, IconButton, SectionHead } from '../../ui/index.ts'
import styles from './Crowd.module.css'
import { type Tells, useCrowd } from './useCrowd.ts'

interface CrowdSectionProps {
  delivery: Delivery
  tells: Tells
  names: Names
  zone: Zone
  /** Only the first part of it is asked about. */
  isThread: boolean
}

/** What came of a post: what its network counts, and what people wrote under it. Asked for by a press, since some networks bill each look. */
export function CrowdSection({ delivery, tells, names, zone, isThread }: CrowdSectionProps) {
  const { clock } = useDeps()
  const online = useOnline()
  const { crowd, isAsking, ask, more } = useCrowd(delivery, tells)
  const { network } = names
  const what = tells.metrics && tells.inbox ? 'Numbers and answers' : tells.metrics ? 'Numbers' : 'Answers'
  const next = crowd?.answers?.kind === 'heard' ? crowd.answers.next : ''
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
      {!crowd && (
        <p className={styles.quiet} role="status">
          {isAsking
            ? `Asking ${network} ...`
            : `${what} are read from ${network}${online ? ' when you ask for them' : ' when you are online'}, and not kept.`}
        </p>
      )}
      {crowd?.numbers && <Numbers counted={crowd.numbers} names={names} />}
      {crowd?.answers && <Answers heard={crowd.answers} messages={crowd.messages} names={names} zone={zone} />}
      {crowd && next !== '' && (
        <Button size="sm" aria-busy={isAsking} onClick={() => void more(crowd, next)}>
          Show older answers
        </Button>
      )}
      {crowd && (
        <p className={styles.quiet}>
          As of {formatAgo(crowd.askedAt, clock.now(), zone)}
          {isThread ? ', of the first part' : ''}.
        </p>
      )}
    </section>
  )
}

function Numbers({ counted, names }: { counted: Counted; names: Names }) {
  if (counted.kind === 'trouble') return <Said text={explainRead(counted.trouble, names)} />
  const told = counted.kind === 'counted' ? METRICS.filter((metric) => counted.counts[metric] !== undefined) : []
  if (told.length === 0) return <Said text={`${names.network} tells no numbers of this post.`} />
  return (
    <dl className={styles.numbers}>
      {told.map((metric) => (
        <div key={metric}>
          <dt>{METRIC_WORDS[metric]}</dt>
          <dd>{formatCount((counted.kind === 'counted' && counted.counts[metric]) || 0)}</dd>
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
            label={`Open what ${who} wrote on ${network}`}
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
