import { Copy, ExternalLink, OctagonPause, PenLine, Play, RefreshCw, X } from 'lucide-react'
import { lazy, Suspense } from 'react'
import type { LogLine } from '../../../shared/domain/attempt.ts'
import type { Channel } from '../../../shared/domain/channel.ts'
import { type DeliveryKind, isFollowing, isStillThere, remoteOf } from '../../../shared/domain/delivery.ts'
import { answersTo, explainTrouble, type Names, sentenceOf } from '../../../shared/domain/deliveryWords.ts'
import { type Instant, toWall, type Zone } from '../../../shared/domain/time.ts'
import type { Way } from '../../../shared/domain/wayWords.ts'
import { attemptsOf } from '../../data/deliveries.ts'
import { copyLink } from '../../parts/copyLink.ts'
import { ChannelMark, formatWhen } from '../../parts/index.ts'
import { useLateWords } from '../../parts/late/useLateWords.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { go } from '../../ports/navigation.ts'
import {
  Button,
  cx,
  IconButton,
  Panel,
  PanelHead,
  Pill,
  PropertyList,
  PropertyRow,
  SectionHead,
} from '../../ui/index.ts'
import styles from './Outbox.module.css'
import type { OutboxRow } from './queries.ts'
import type { Answers } from './useAnswers.ts'
import { useOut } from './useOut.ts'
import {
  ANSWER_WORDS,
  detailsOf,
  differsSentence,
  ledgerDay,
  ledgerWords,
  lookOf,
  mailingSentence,
  mayHold,
  sendsNowSentence,
} from './words.ts'

const EngagementSection = lazy(async () => ({ default: (await import('./EngagementSection.tsx')).EngagementSection }))
const BothVersions = lazy(async () => ({ default: (await import('./BothVersions.tsx')).BothVersions }))

interface DeliveryDockProps {
  row: OutboxRow
  channel: Channel | undefined
  names: Names
  way: Way | null
  zone: Zone
  answers: Answers
  onClose: () => void
}

/** One delivery: how it stands, everything that can be done about it, and what happened so far. */
export function DeliveryDock({
  row: { delivery, title, mailedTo: group },
  channel,
  names,
  way,
  zone,
  answers,
  onClose,
}: DeliveryDockProps) {
  const { shell } = useDeps()
  const known = useQuery((db) => attemptsOf(db, delivery.id), [delivery.id])
  const attempts = known ?? []
  const { held, permalink, postId, channelId, state } = delivery
  const look = lookOf(delivery, names.paused)
  const last = attempts.at(-1)
  const mailing = mailingSentence(delivery, group, last?.job)
  const out = useOut(delivery, channel?.network)
  const offered = answersTo(delivery, names, out?.abilities).filter(
    (answer) => answer !== 'open-post' && (answer !== 'change-out' || out?.differs === 'words'),
  )
  const details = detailsOf(delivery)
  // What stopped it before there was a try, or was no answer to one, stands in no line of the ledger.
  const isInLedger = attempts.some(({ log }) => log.some(({ trouble }) => trouble?.details === details))
  const hasPlace = answersTo(delivery, names).includes('open-post')
  return (
    <>
      <PanelHead title={title} end={<IconButton icon={X} label="Close" keys={['Escape']} onClick={onClose} />} />
      <Panel grow className={styles.dock}>
        <p className={styles.where}>
          {channel && <ChannelMark channel={channel} large />}
          {names.network}, {names.account}
        </p>
        <Pill tone={look.tone} icon={look.icon} struck={look.struck}>
          {look.word}
        </Pill>
        <p className={styles.said}>{sentenceOf(delivery, names)}</p>
        {way && <p className={styles.said}>{way.sentence}</p>}
        {mailing && <p className={styles.said}>{mailing}</p>}
        {out && out.differs !== 'same' && <p className={styles.said}>{differsSentence(out, names.network)}</p>}
        {known && !isInLedger && <Details text={details} />}
        {offered.includes('ours-back') && (
          <Suspense fallback={null}>
            <BothVersions key={delivery.id} delivery={delivery} names={names} zone={zone} answers={answers} />
          </Suspense>
        )}
        <div className={styles.decide}>
          {permalink && (
            <Button icon={ExternalLink} onClick={() => void shell.openExternal(permalink)}>
              Open on {names.network}
            </Button>
          )}
          {permalink && (
            <Button icon={Copy} onClick={() => void copyLink(permalink)}>
              Copy the link
            </Button>
          )}
          {isStillThere(delivery) && (
            <Button icon={RefreshCw} onClick={() => answers.lookThere(delivery)}>
              Look at {names.network} now
            </Button>
          )}
          <Button
            icon={PenLine}
            onClick={() =>
              hasPlace
                ? answers.give(delivery, 'open-post')
                : go({ screen: 'write', postId, at: { channelId, place: { at: 'text', part: 0 } } })
            }
          >
            {hasPlace ? 'Open the exact place in the post' : 'Open the post'}
          </Button>
          {offered.map((answer) => (
            <Button key={answer} onClick={() => answers.give(delivery, answer)}>
              {ANSWER_WORDS[answer]}
            </Button>
          ))}
          {mayHold(delivery) && (
            <Button icon={held ? Play : OctagonPause} onClick={() => answers.hold(delivery)}>
              {held ? 'Let it go' : 'Hold'}
            </Button>
          )}
        </div>
        {offered.includes('send-now') && state.kind === 'handed-over' && (
          <p className={styles.small}>{sendsNowSentence(delivery, names.network)}</p>
        )}
        {out && (out.tells.metrics || out.tells.inbox) && remoteOf(delivery) !== '' && (
          <Suspense fallback={null}>
            <EngagementSection
              key={delivery.id}
              delivery={delivery}
              tells={out.tells}
              names={names}
              zone={zone}
              isThread={last?.job.parts[1]?.kind === 'thread'}
            />
          </Suspense>
        )}
        <section>
          <SectionHead title="Ledger" note="every try, never edited" />
          {attempts.length === 0 ? (
            <p className={styles.nothing}>Nothing was tried yet.</p>
          ) : (
            <ol className={styles.ledger}>
              {attempts
                .flatMap(({ id, log }) => log.map((line, index) => ({ key: `${id} ${index}`, line })))
                .map(({ key, line }, at, lines) => (
                  <LedgerLine key={key} line={line} before={lines[at - 1]?.line.at} names={names} zone={zone} />
                ))}
            </ol>
          )}
        </section>
        <PropertyList>
          <PropertyRow label="Due">{formatWhen(toWall(delivery.dueAt, zone))}</PropertyRow>
          {channel && names.way !== 'by-hand' && WAITS.has(state.kind) && !isFollowing(delivery) && (
            <PropertyRow label="If asleep then">
              {state.kind === 'handed-over' ? (
                'goes out all the same'
              ) : way?.ahead ? (
                `goes out all the same, once ${names.network} has it`
              ) : (
                <LateWords channel={channel} dueAt={delivery.dueAt} zone={zone} />
              )}
            </PropertyRow>
          )}
          {last && (
            <PropertyRow label="Content">
              <code>{last.job.fingerprint.slice(0, 8)}</code>
            </PropertyRow>
          )}
        </PropertyList>
      </Panel>
    </>
  )
}

/** Their time is still to come: what a sleeping computer does to them is worth a word. */
const WAITS: ReadonlySet<DeliveryKind> = new Set(['planned', 'due', 'retrying', 'handed-over'])

const LateWords = ({ channel, dueAt, zone }: { channel: Channel; dueAt: Instant; zone: Zone }) =>
  useLateWords(channel, dueAt, zone)

/** What a network said, in its own words, for who wants them. */
function Details({ text }: { text: string }) {
  if (text === '') return null
  return (
    <details className={styles.small}>
      <summary>Details</summary>
      {text}
    </details>
  )
}

const two = (value: number) => String(value).padStart(2, '0')

interface LedgerLineProps {
  line: LogLine
  /** When the line before it is of; undefined: it is the first. */
  before: Instant | undefined
  names: Names
  zone: Zone
}

function LedgerLine({ line, before, names, zone }: LedgerLineProps) {
  const { word, icon: Icon, bad } = ledgerWords(line, names.network)
  const { trouble } = line
  const day = ledgerDay(line.at, before, zone)
  return (
    <li className={cx(styles.line, bad && styles.bad)}>
      {day && <p className={styles.day}>{day}</p>}
      <time dateTime={new Date(line.at).toISOString()}>
        {toWall(line.at, zone).time}:{two(new Date(line.at).getUTCSeconds())}
      </time>
      <span className={styles.sign}>
        <Icon aria-hidden size={14} />
      </span>
      <div>
        <p>{line.part > 0 ? `${word}, part ${line.part + 1}` : word}</p>
        {trouble && trouble.kind !== 'unknown' && (
          // Whether this computer was online then is not known any more.
          <p className={styles.small}>{explainTrouble(trouble, { ...names, online: false })}</p>
        )}
        <Details text={trouble?.details ?? ''} />
      </div>
    </li>
  )
}
