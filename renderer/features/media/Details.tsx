/** What is known and said about one file, for the dock beside the grid and beside the picture. */
import { CircleUserRound, Files, Flag, Star } from 'lucide-react'
import { daysAfterRights, type Medium, rightsOf } from '../../../shared/domain/medium.ts'
import { dateAt, daysBetween, type IsoDate } from '../../../shared/domain/time.ts'
import { cleanFolder, cleanName } from '../../../shared/media/name.ts'
import { editMedia } from '../../data/commands/media.ts'
import { foldersOf, mediaLabels } from '../../data/media/library.ts'
import { outOfTrash, type User, usersOf } from '../../data/media/uses.ts'
import { ChannelSigns, formatDay, formatShort, plural, StatusIcon } from '../../parts/index.ts'
import { formatBytes, formatLength, sizeWords, typeWord } from '../../parts/media/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { go, type Place } from '../../ports/navigation.ts'
import { useSettings } from '../../ports/reference.tsx'
import { useTyped } from '../../ports/typed.ts'
import {
  Combobox,
  cx,
  DateField,
  Finding,
  PropertyList,
  PropertyRow,
  SectionHead,
  TextArea,
  TextField,
} from '../../ui/index.ts'
import styles from './Details.module.css'

/** What every network that knows alt texts takes. Audio goes to one only. */
const ALT_LENGTH = 1_000
const AUDIO_ALT_LENGTH = 1_500

type TextKey = 'name' | 'alt' | 'credit' | 'licence' | 'release'

/** Saves what is typed about a file; one stretch of typing is one undo. */
function useTypedField(medium: Medium, key: TextKey, what: string, clean = (text: string) => text) {
  const { store } = useDeps()
  return useTyped(medium[key], (value, gesture) =>
    editMedia(store, [medium.id], { [key]: clean(value) }, what, gesture),
  )
}

/** Posts, briefs and channels that show a file, soonest planned first. */
export function useUsers({ id }: Medium): readonly User[] | undefined {
  return useQuery(
    async (db) =>
      ((await usersOf(db, [id])).get(id) ?? [])
        .filter(outOfTrash)
        .toSorted((a, b) => (dayOf(a) ?? '9').localeCompare(dayOf(b) ?? '9')),
    [id],
  )
}
const dayOf = (user: User): IsoDate | null => (user.kind === 'post' ? (user.row.planned?.date ?? null) : null)
const placeOf = ({ kind, row }: User): Place => {
  switch (kind) {
    case 'post':
      return { screen: 'write', postId: row.id }
    case 'campaign':
      return { screen: 'campaign', campaignId: row.id }
    case 'template':
      return { screen: 'settings', page: 'templates' }
    case 'channel':
      return { screen: 'settings', page: 'channels', channelId: row.id }
  }
}
const USE = {
  campaign: { words: 'brief', icon: Flag },
  template: { words: 'template', icon: Files },
  channel: { words: 'channel picture', icon: CircleUserRound },
} as const
function Sign({ kind }: { kind: keyof typeof USE }) {
  const Icon = USE[kind].icon
  return <Icon aria-hidden size={12} />
}
const titleOf = (user: User) => (user.kind === 'post' ? user.row.title || 'Untitled' : user.row.name)

export function AltText({ medium }: { medium: Medium }) {
  const { value, change, leave } = useTypedField(medium, 'alt', 'Alt text')
  const isAudio = medium.kind === 'audio'
  const most = isAudio ? AUDIO_ALT_LENGTH : ALT_LENGTH
  return (
    <section aria-label="Alt text">
      <SectionHead title="Alt text" note={`${[...value].length} / ${most.toLocaleString('en')}`} />
      <TextArea
        aria-label="Alt text"
        className={styles.alt}
        grow
        rows={2}
        placeholder={
          isAudio
            ? 'What is to be heard, for those who do not hear it'
            : 'What is to be seen, for those who do not see it'
        }
        value={value}
        onChange={change}
        onBlur={leave}
      />
      <p className={styles.help}>Goes with it into every post; a post may have its own.</p>
    </section>
  )
}

interface RightsProps {
  medium: Medium
  users: readonly User[]
  onSwap: () => void
}

/** Who made it, what may be done with it and until when, and which plans come too late for that. */
export function Rights({ medium, users, onSwap }: RightsProps) {
  const { store, clock } = useDeps()
  const { zone, weekStart } = useSettings()
  const today = dateAt(clock.now(), zone)
  const credit = useTypedField(medium, 'credit', 'Credit')
  const licence = useTypedField(medium, 'licence', 'Licence')
  const release = useTypedField(medium, 'release', 'Release')
  const late = users.flatMap((user) => {
    const days = daysAfterRights(medium, dayOf(user))
    return days > 0 ? [{ user, days }] : []
  })
  const until = (key: 'licenceUntil' | 'releaseUntil', label: string) => (
    <DateField
      aria-label={label}
      size="md"
      placeholder="no end"
      value={medium[key]}
      today={today}
      weekStart={weekStart % 7}
      onChange={(on) => void editMedia(store, [medium.id], { [key]: on }, label)}
    />
  )
  return (
    <section aria-label="Rights">
      <SectionHead title="Rights" />
      <RightsLine medium={medium} users={users} today={today} />
      {late.map(({ user, days }) => (
        <Finding
          key={user.row.id}
          tone="warning"
          text={`“${titleOf(user)}” goes out ${plural(days, 'day')} after the right ends.`}
          actions={[
            { label: 'Open the post', onSelect: () => go({ screen: 'write', postId: user.row.id }) },
            { label: 'Swap the file', onSelect: onSwap },
          ]}
        />
      ))}
      <PropertyList>
        <PropertyRow label="Made by">
          <TextField
            aria-label="Made by"
            size="md"
            placeholder="name, as it is to be credited"
            value={credit.value}
            onChange={credit.change}
            onBlur={credit.leave}
          />
        </PropertyRow>
        <PropertyRow label="Licence">
          <TextField
            aria-label="Licence"
            size="md"
            placeholder="what may be done with it"
            value={licence.value}
            onChange={licence.change}
            onBlur={licence.leave}
          />
        </PropertyRow>
        <PropertyRow label="Ends">{until('licenceUntil', 'End of the licence')}</PropertyRow>
        <PropertyRow label="People">
          <TextField
            aria-label="People shown"
            size="md"
            placeholder="who, and what they agreed to"
            value={release.value}
            onChange={release.change}
            onBlur={release.leave}
          />
        </PropertyRow>
        <PropertyRow label="Agreed until">{until('releaseUntil', 'End of the release')}</PropertyRow>
      </PropertyList>
    </section>
  )
}

/** The time of the rights as a line, with the uses on it; what comes after their end is a diamond. */
function RightsLine({ medium, users, today }: { medium: Medium; users: readonly User[]; today: IsoDate }) {
  const rights = rightsOf(medium, today)
  if (rights.kind === 'open') return null
  const days = users.flatMap((user) => dayOf(user) ?? [])
  const all = [...days, rights.on, today].sort()
  const [first = today, last = today] = [all[0], all.at(-1)]
  const length = Math.max(1, daysBetween(first, last))
  const placeOf = (day: IsoDate) => `${(daysBetween(first, day) / length) * 100}%`
  const after = days.filter((day) => day > rights.on).length
  const words = `${plural(days.length - after, 'use')} up to ${formatShort(rights.on)}, ${plural(after, 'use')} after it`
  return (
    <div role="img" aria-label={words} className={styles.line}>
      <i className={styles.time} />
      <i className={styles.allowed} style={{ inlineSize: placeOf(rights.on) }} />
      <i className={styles.end} style={{ insetInlineStart: placeOf(rights.on) }} />
      {days.map((day, at) => (
        <i
          key={at}
          className={cx(styles.dot, day > rights.on && styles.tooLate)}
          style={{ insetInlineStart: placeOf(day) }}
        />
      ))}
      <span className={styles.endWords}>
        {rights.kind === 'ended' ? 'ended' : 'ends'} {formatShort(rights.on)}
      </span>
    </div>
  )
}

export function UsedIn({ medium, users }: { medium: Medium; users: readonly User[] }) {
  return (
    <section aria-label="Used in">
      <SectionHead title="Used in" note={users.length === 0 ? 'nothing yet' : String(users.length)} />
      <ul className={styles.uses}>
        {users.map((user) => (
          <li key={user.row.id}>
            <button
              type="button"
              className={cx(styles.use, daysAfterRights(medium, dayOf(user)) > 0 && styles.late)}
              onClick={() => go(placeOf(user))}
            >
              <span className="ell grow">{titleOf(user)}</span>
              {user.kind === 'post' ? (
                <>
                  <ChannelSigns ids={user.row.channelIds} />
                  <span className={styles.day}>
                    {user.row.planned ? formatShort(user.row.planned.date) : 'no date'}
                  </span>
                  <StatusIcon status={user.row.status} />
                </>
              ) : (
                <>
                  {user.kind === 'channel' && <ChannelSigns ids={[user.row.id]} />}
                  <span className={styles.day}>{USE[user.kind].words}</span>
                  <Sign kind={user.kind} />
                </>
              )}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Name, place, labels and rating. */
export function About({ medium }: { medium: Medium }) {
  const { store } = useDeps()
  const name = useTypedField(medium, 'name', 'Name', cleanName)
  return (
    <section aria-label="About">
      <SectionHead title="About" />
      <PropertyList>
        <PropertyRow label="Name">
          <TextField aria-label="Name" size="md" value={name.value} onChange={name.change} onBlur={name.leave} />
        </PropertyRow>
        <PropertyRow label="Folder">
          <FolderPicker
            value={medium.folder}
            onChange={(folder) => void editMedia(store, [medium.id], { folder }, 'Folder')}
          />
        </PropertyRow>
        <PropertyRow label="Labels">
          <MediaLabelPicker
            value={medium.labels}
            onChange={(labels) => void editMedia(store, [medium.id], { labels }, 'Labels')}
          />
        </PropertyRow>
        <PropertyRow label="Rating">
          <Rating
            value={medium.rating}
            onChange={(rating) => void editMedia(store, [medium.id], { rating }, 'Rating')}
          />
        </PropertyRow>
      </PropertyList>
    </section>
  )
}

export function FolderPicker({ value, onChange }: { value: string; onChange: (folder: string) => void }) {
  const folders = useQuery(foldersOf, []) ?? []
  const paths = [...new Set([...folders.map(({ path }) => path), ...(value ? [value] : [])])]
  return (
    <Combobox
      label="Folder"
      size="sm"
      placeholder="No folder"
      items={paths.map((path) => ({ id: path, label: path }))}
      value={value || null}
      clearable
      onChange={(folder) => onChange(folder ?? '')}
      onCreate={(words) => onChange(cleanFolder(words))}
    />
  )
}

interface LabelsProps {
  value: readonly string[]
  onChange: (labels: readonly string[]) => void
}

export function MediaLabelPicker({ value, onChange }: LabelsProps) {
  const labels = useQuery(mediaLabels, []) ?? []
  return (
    <Combobox
      multi
      label="Labels"
      size="sm"
      placeholder="No labels"
      items={[...new Set([...labels, ...value])].map((label) => ({ id: label, label }))}
      value={[...value]}
      onChange={onChange}
      onCreate={(label) => onChange([...value, label.trim()])}
    />
  )
}

/** One to five; pressing the one that is set takes it off. */
export function Rating({ value, onChange }: { value: number; onChange: (rating: number) => void }) {
  return (
    <fieldset aria-label="Rating" className={styles.stars}>
      {[1, 2, 3, 4, 5].map((stars) => (
        <button
          key={stars}
          type="button"
          aria-label={`${stars} of 5`}
          aria-pressed={value === stars}
          className={cx(styles.star, stars <= value && styles.full)}
          onClick={() => onChange(value === stars ? 0 : stars)}
        >
          <Star aria-hidden size={14} />
        </button>
      ))}
    </fieldset>
  )
}

export function FileFacts({ medium }: { medium: Medium }) {
  const { zone } = useSettings()
  const frames = Object.keys(medium.edits.frames).length
  return (
    <section aria-label="File">
      <SectionHead title="File" />
      <PropertyList>
        <PropertyRow label="Original">
          {typeWord(medium)}, {formatBytes(medium.size)}
        </PropertyRow>
        {medium.width > 0 && <PropertyRow label="Size">{sizeWords(medium)}</PropertyRow>}
        {medium.seconds > 0 && <PropertyRow label="Length">{formatLength(medium.seconds)}</PropertyRow>}
        {medium.pages > 0 && <PropertyRow label="Pages">{medium.pages}</PropertyRow>}
        <PropertyRow label="Added">{formatDay(dateAt(medium.createdAt, zone))}</PropertyRow>
        {(frames > 0 || medium.edits.turn !== 0) && (
          <PropertyRow label="Edits">
            {[medium.edits.turn !== 0 && `turned ${medium.edits.turn}°`, frames > 0 && plural(frames, 'crop')]
              .filter(Boolean)
              .join(', ')}
            , the file is untouched
          </PropertyRow>
        )}
      </PropertyList>
    </section>
  )
}
