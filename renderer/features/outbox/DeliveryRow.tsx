import { Ellipsis, ExternalLink, FlaskConical } from 'lucide-react'
import type { Upload } from '../../../shared/contract/publishing.ts'
import type { Channel } from '../../../shared/domain/channel.ts'
import { type Answer, answersTo, type Names, sentenceOf } from '../../../shared/domain/deliveryWords.ts'
import { isPracticeChannel } from '../../../shared/domain/practice.ts'
import { type Instant, toWall, type Zone } from '../../../shared/domain/time.ts'
import type { Way } from '../../../shared/domain/wayWords.ts'
import { ChannelMark, formatDay } from '../../parts/index.ts'
import { useLateWords } from '../../parts/late/useLateWords.ts'
import { formatBytes } from '../../parts/media/words.ts'
import { useDeps } from '../../ports/deps.tsx'
import { makingWords, useFilmMaking } from '../../ports/films.ts'
import { Button, cx, IconButton, Menu, type MenuItem, Pill } from '../../ui/index.ts'
import styles from './Outbox.module.css'
import { endOf, type OutboxRow } from './queries.ts'
import type { Answers } from './useAnswers.ts'
import { ANSWER_WORDS, lookOf, mayHold } from './words.ts'

interface DeliveryRowProps {
  row: OutboxRow
  channel: Channel | undefined
  names: Names
  way: Way | null
  /** How far its file has come, while one is sent. */
  upload: Upload | undefined
  today: string
  zone: string
  selected: boolean
  answers: Answers
  onSelect: () => void
}

/** Answers that a row offers; the rest stand in the dock. */
const IN_ROW = 2
/** What a row offers where nothing waits for a person. */
const IN_EVERY_ROW: ReadonlySet<Answer> = new Set([
  'cancel',
  'leave',
  'post-by-hand',
  'open-page',
  'reconnect',
  'open-channel',
])

/** What becomes of it when this computer sleeps at its time. */
function Late({ channel, dueAt, zone }: { channel: Channel; dueAt: Instant; zone: Zone }) {
  const words = useLateWords(channel, dueAt, zone)
  return words && ` If asleep then: ${words}.`
}

/** One delivery in a line: where, what, how it stands in words, when, and what can be done. */
export function DeliveryRow({
  row,
  channel,
  names,
  way,
  upload,
  today,
  zone,
  selected,
  answers,
  onSelect,
}: DeliveryRowProps) {
  const { shell } = useDeps()
  const { delivery, title, mailedTo } = row
  const { state, permalink } = delivery
  const film = useFilmMaking(({ making }) => (making?.deliveryId === delivery.id ? making : null))
  const look = lookOf(delivery, names.paused)
  const wall = toWall(endOf(delivery), zone)
  const offered = answersTo(delivery, names)
  const shown =
    state.kind === 'needs-you' ||
    state.kind === 'hand-off' ||
    state.kind === 'cancelled' ||
    offered.includes('ours-back')
      ? offered.slice(0, IN_ROW)
      : offered.filter((answer) => IN_EVERY_ROW.has(answer))
  const more: MenuItem[] = [
    ...offered
      .filter((answer) => !shown.includes(answer))
      .map((answer) => ({ label: ANSWER_WORDS[answer], onSelect: () => answers.give(delivery, answer) })),
    ...(mayHold(delivery)
      ? [{ label: delivery.held ? 'Let it go' : 'Hold', onSelect: () => answers.hold(delivery) }]
      : []),
  ]
  return (
    <li className={cx(styles.row, selected && styles.selected, state.kind === 'published' && styles.out)}>
      {channel ? <ChannelMark channel={channel} large title={channel.name} /> : <span />}
      <button type="button" data-row={delivery.id} aria-pressed={selected} className={styles.what} onClick={onSelect}>
        <span className={styles.title}>
          {channel && isPracticeChannel(channel) && (
            <Pill icon={FlaskConical} dashed>
              Practice
            </Pill>
          )}{' '}
          {title}
        </span>
        <span className={styles.sentence}>
          {state.kind === 'published' && permalink && !state.mark && !state.change
            ? permalink.replace(/^https?:\/\//, '')
            : film && state.kind === 'due'
              ? `Getting ready for ${names.network}.`
              : sentenceOf(delivery, names)}
          {film && ` ${makingWords(film)}`}
          {upload && ` ${upload.percent} % of ${formatBytes(upload.size)} sent.`}
        </span>
        {mailedTo && <span className={styles.sentence}>As a newsletter to {mailedTo}, too.</span>}
        {/* Cut where there is no room: the dock says it whole. */}
        {way && (
          <span className={styles.sentence}>
            {way.sentence}
            {!way.ahead && channel && <Late channel={channel} dueAt={delivery.dueAt} zone={zone} />}
          </span>
        )}
      </button>
      <span className={styles.pill}>
        <Pill tone={look.tone} icon={look.icon} struck={look.struck}>
          {look.word}
        </Pill>
      </span>
      <time className={styles.when} dateTime={new Date(endOf(delivery)).toISOString()}>
        {wall.date === today ? wall.time : `${formatDay(wall.date)}, ${wall.time}`}
      </time>
      <span className={styles.actions}>
        {shown.map((answer) => (
          <Button
            key={answer}
            size="sm"
            variant={answer === 'cancel' || answer === 'leave' ? 'ghost' : 'default'}
            aria-label={`${ANSWER_WORDS[answer]}: “${title}” on ${names.network}`}
            onClick={() => answers.give(delivery, answer)}
          >
            {ANSWER_WORDS[answer]}
          </Button>
        ))}
        {state.kind === 'published' && permalink && (
          <Button
            size="sm"
            variant="ghost"
            icon={ExternalLink}
            aria-label={`Open “${title}” on ${names.network}`}
            onClick={() => void shell.openExternal(permalink)}
          >
            Open
          </Button>
        )}
        {more.length > 0 && (
          <Menu
            trigger={
              <IconButton
                icon={Ellipsis}
                size="sm"
                label={`More about “${title}” on ${names.network}`}
                tooltip={false}
              />
            }
            items={more}
            align="end"
          />
        )}
      </span>
    </li>
  )
}
