import { ArrowLeft, ArrowRight, ChevronDown, ChevronUp, Copy, RotateCcw } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { diffDocs } from '../../../shared/domain/diff.ts'
import { plainText } from '../../../shared/domain/document.ts'
import { toWall } from '../../../shared/domain/time.ts'
import { historyOf } from '../../data/log.ts'
import {
  ActorAvatar,
  campaignHue,
  DiffView,
  explain,
  formatDay,
  formatDayLong,
  formatWhen,
  plural,
  ScreenLayout,
  useUndo,
} from '../../parts/index.ts'
import { useCommands } from '../../ports/commands.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { go, useNavigation } from '../../ports/navigation.ts'
import { useReference, useSettings } from '../../ports/reference.tsx'
import {
  Button,
  Checkbox,
  cx,
  EmptyState,
  HueDot,
  IconButton,
  Later,
  PanelHead,
  SectionHead,
  SegmentedControl,
  Tag,
  TopBar,
  toast,
} from '../../ui/index.ts'
import { type RestoreChoice, restoreVersion } from './commands.ts'
import { fieldChanges, type Names } from './fields.ts'
import styles from './Versions.module.css'
import { type PostState, type Version, versionsOf } from './versions.ts'

/** A version is shown against the one before it, or against what the post is now. */
type Against = 'before' | 'now'

const docOfState = (state: PostState | null) => ({ type: 'doc' as const, content: state?.content ?? [] })

/** The versions of one post: what each changed, by word, and the way back to it. */
export default function VersionsScreen() {
  const place = useNavigation((state) => state.place)
  const postId = place.screen === 'versions' ? place.postId : ''
  const read = useQuery(
    async (db) => {
      const [post, document, changes] = await Promise.all([
        db.posts.get(postId),
        db.documents.get(postId),
        historyOf(db, postId),
      ])
      return post ? { current: { post, content: document?.content ?? [] }, changes } : null
    },
    [postId],
  )
  const versions = useMemo(() => (read ? versionsOf(postId, read.changes, read.current) : []), [postId, read])
  if (read === undefined) return <Later>{null}</Later>
  if (read === null || versions.length === 0) {
    return (
      <EmptyState
        illustration="page"
        sentence={
          read
            ? 'Nothing has changed since this post was brought in. What you write from now on is kept here.'
            : 'This post is no longer there.'
        }
        action={<Button onClick={() => go({ screen: 'write', postId })}>Back to the text</Button>}
      />
    )
  }
  return <Versions key={postId} versions={versions} current={read.current} />
}

function Versions({ versions, current }: { versions: readonly Version[]; current: PostState }) {
  const [chosenId, setChosenId] = useState(versions[0]?.id ?? '')
  const [against, setAgainst] = useState<Against>('before')
  const [change, setChange] = useState(0)
  const page = useRef<HTMLDivElement>(null)
  const chosen = versions.find(({ id }) => id === chosenId) ?? versions[0]
  const [from, to] = sides(chosen, current, against)
  const diff = useMemo(() => diffDocs(docOfState(from), docOfState(to)), [from, to])
  const postId = current.post.id

  const show = (at: number) => {
    if (diff.changes === 0) return
    const next = (at + diff.changes) % diff.changes
    setChange(next)
    page.current?.querySelector(`[data-change="${next}"]`)?.scrollIntoView({ block: 'center' })
  }
  const choose = (id: string) => {
    setChosenId(id)
    setChange(0)
  }
  const stepVersion = (by: number) => {
    const at = versions.findIndex(({ id }) => id === chosen?.id)
    const next = versions[Math.min(Math.max(at + by, 0), versions.length - 1)]
    if (next) choose(next.id)
  }
  useCommands([
    {
      id: 'versions.back',
      title: 'Back to the text',
      section: 'Versions',
      keys: 'Escape',
      run: () => go({ screen: 'write', postId }),
    },
    { id: 'versions.next', title: 'Next change', section: 'Versions', keys: 'N | F8', run: () => show(change + 1) },
    {
      id: 'versions.previous',
      title: 'Previous change',
      section: 'Versions',
      keys: 'P | Shift+F8',
      run: () => show(change - 1),
    },
    {
      id: 'versions.older',
      title: 'Older version',
      section: 'Versions',
      keys: 'J | ArrowDown',
      run: () => stepVersion(1),
    },
    {
      id: 'versions.newer',
      title: 'Newer version',
      section: 'Versions',
      keys: 'K | ArrowUp',
      run: () => stepVersion(-1),
    },
  ])
  if (!chosen) return null
  const [left, right] = sideNames(chosen, against)
  return (
    <ScreenLayout
      dockLabel="What changed"
      dock={
        <Changes
          version={chosen}
          from={from}
          to={to}
          diff={diff}
          newest={versions[0]?.number ?? 0}
          isCurrent={chosen.id === versions[0]?.id}
        />
      }
    >
      <div className={styles.panes}>
        <VersionList
          versions={versions}
          chosen={chosen.id}
          onChoose={choose}
          onBack={() => go({ screen: 'write', postId })}
        />
        <section aria-label="Text" className={styles.page}>
          <header className={styles.head}>
            {current.post.campaignId && <CampaignDot id={current.post.campaignId} />}
            <h2 className={styles.headTitle}>{current.post.title || 'Untitled'}</h2>
            <span className="grow" />
            <IconButton
              size="sm"
              icon={ChevronUp}
              label="Previous change"
              keys={['P']}
              disabled={diff.changes === 0}
              onClick={() => show(change - 1)}
            />
            <span className={styles.count} role="status">
              {diff.changes === 0
                ? 'no change in the text'
                : `change ${Math.min(change, diff.changes - 1) + 1} of ${diff.changes}`}
            </span>
            <IconButton
              size="sm"
              icon={ChevronDown}
              label="Next change"
              keys={['N']}
              disabled={diff.changes === 0}
              onClick={() => show(change + 1)}
            />
            <SegmentedControl<Against>
              label="Compare with"
              value={against}
              onChange={(next) => {
                setAgainst(next)
                setChange(0)
              }}
              options={[
                { value: 'before', label: 'Before' },
                { value: 'now', label: 'Now' },
              ]}
            />
          </header>
          <div className={styles.sums}>
            <Tag>{left}</Tag>
            <ArrowRight aria-hidden size={14} className={styles.arrow} />
            <Tag line>{right}</Tag>
            <span className="grow" />
            {diff.wordsIn > 0 && (
              <span>
                <ins className="num">+{diff.wordsIn}</ins> {diff.wordsIn === 1 ? 'word' : 'words'} in
              </span>
            )}
            {diff.wordsOut > 0 && (
              <span>
                <del className="num">−{diff.wordsOut}</del> {diff.wordsOut === 1 ? 'word' : 'words'} out
              </span>
            )}
          </div>
          <div className={styles.scroll}>
            <div className={styles.sheet}>
              <h3 className={styles.title}>{to?.post.title || 'Untitled'}</h3>
              <DiffView ref={page} lines={diff.lines} current={change} />
            </div>
          </div>
        </section>
      </div>
    </ScreenLayout>
  )
}

const sides = (
  chosen: Version | undefined,
  current: PostState,
  against: Against,
): [PostState | null, PostState | null] =>
  !chosen ? [null, null] : against === 'before' ? [chosen.before, chosen.after] : [chosen.after, current]

function CampaignDot({ id }: { id: string }) {
  const campaign = useReference().campaigns.get(id)
  return campaign ? <HueDot hue={campaignHue(campaign)} label={campaign.name} /> : null
}

/** What stands on the two sides of the comparison, in words. */
function sideNames(chosen: Version, against: Against): readonly [string, string] {
  if (against === 'now') return [`Version ${chosen.number}`, 'As it is now']
  const before = !chosen.before ? 'Nothing yet' : chosen.number > 1 ? `Version ${chosen.number - 1}` : 'As it came in'
  return [before, `Version ${chosen.number}`]
}

interface VersionListProps {
  versions: readonly Version[]
  chosen: string
  onChoose: (id: string) => void
  onBack: () => void
}

function VersionList({ versions, chosen, onChoose, onBack }: VersionListProps) {
  const { clock } = useDeps()
  const settings = useSettings()
  const box = useRef<HTMLDivElement>(null)
  const today = toWall(clock.now(), settings.zone).date
  const dayOf = (at: number) => toWall(at, settings.zone).date
  useEffect(() => {
    box.current?.querySelector(`[data-version="${chosen}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return (
    <section aria-label="Versions" className={styles.list}>
      <TopBar title="Versions" sub={String(versions.length)} className={styles.listTop}>
        <IconButton
          icon={ArrowLeft}
          label="Back to the text"
          keys={['Escape']}
          onClick={onBack}
          className={styles.back}
        />
      </TopBar>
      <div ref={box} className={styles.rows}>
        {versions.map((version, index) => {
          const day = dayOf(version.at)
          const previous = versions[index - 1]
          const newDay = !previous || dayOf(previous.at) !== day
          return (
            <div key={version.id}>
              {newDay && <h2 className={styles.day}>{day === today ? 'Today' : formatDayLong(day)}</h2>}
              <button
                type="button"
                data-version={version.id}
                aria-current={version.id === chosen}
                className={styles.version}
                onClick={() => onChoose(version.id)}
              >
                <span aria-hidden className={cx(styles.dot, index === 0 && styles.dotNow)} />
                <span className={styles.versionLine}>
                  <span className={styles.versionName}>
                    {index === 0 ? 'As it is now' : `Version ${version.number}`}
                  </span>
                  <time className={styles.time} dateTime={new Date(version.at).toISOString()}>
                    {toWall(version.at, settings.zone).time}
                  </time>
                </span>
                <span className={styles.versionLine}>
                  <ActorAvatar id={version.actor} />
                  <span className={styles.what}>{whatOf(version)}</span>
                  <Sums version={version} />
                </span>
              </button>
            </div>
          )
        })}
      </div>
      <p className={styles.note}>Read out of the log of changes: nothing is ever thrown away.</p>
    </section>
  )
}

/** The change in words, without the title every line would repeat. */
const whatOf = ({ label }: Version) => label.replace(/ (of|to|in) “[^”]*”/, '').replace(/ “[^”]*”/, '')

function Sums({ version }: { version: Version }) {
  const { wordsIn, wordsOut } = useMemo(
    () => diffDocs(docOfState(version.before), docOfState(version.after)),
    [version],
  )
  if (wordsIn + wordsOut === 0) return null
  return (
    <span className={styles.versionSums}>
      {wordsIn > 0 && <span className={styles.in}>+{wordsIn}</span>}{' '}
      {wordsOut > 0 && <span className={styles.out}>−{wordsOut}</span>}
    </span>
  )
}

interface ChangesProps {
  version: Version
  from: PostState | null
  to: PostState | null
  diff: ReturnType<typeof diffDocs>
  newest: number
  isCurrent: boolean
}

/** The fields that differ, and the way to bring the version back. */
function Changes({ version, from, to, diff, newest, isCurrent }: ChangesProps) {
  const { store } = useDeps()
  const { people, campaigns, pillars, channels } = useReference()
  const { undo } = useUndo()
  const [choice, setChoice] = useState<RestoreChoice>({ text: true, fields: true, date: false })
  const names: Names = {
    person: (id) => people.get(id)?.name ?? '',
    campaign: (id) => campaigns.get(id)?.name ?? '',
    pillar: (id) => pillars.get(id)?.name ?? '',
    channel: (id) => channels.get(id)?.name ?? '',
    when: ({ planned }) => (planned ? formatWhen(planned) : ''),
    day: formatDay,
  }
  const fields = to ? fieldChanges(from?.post ?? null, to.post, names) : []
  const changed = fields.filter((field) => field.changed).length + (diff.changes > 0 ? 1 : 0)
  const choices = useRef<HTMLSpanElement>(null)
  const focusChoices = () => choices.current?.querySelector<HTMLElement>('button, input')?.focus()
  const nothing = !choice.text && !choice.fields && !choice.date

  const restore = async () => {
    const restored = await restoreVersion(store, { ...version.after, number: version.number }, choice)
    if (!restored.ok) return void toast({ text: explain(restored.error), tone: 'refused' })
    toast({ text: `Restored version ${version.number} as version ${newest + 1}`, undo })
  }
  const copy = async () => {
    await navigator.clipboard.writeText(plainText(docOfState(version.after)))
    toast({ text: `Copied the text of version ${version.number}` })
  }
  useCommands([
    {
      id: 'versions.restore',
      title: 'Restore this version',
      section: 'Versions',
      words: 'bring back',
      enabled: () => !isCurrent && !nothing,
      run: () => void restore(),
    },
    {
      id: 'versions.copy',
      title: 'Copy the text of this version',
      section: 'Versions',
      run: () => void copy(),
    },
  ])
  return (
    <>
      <PanelHead title="What changed">
        <span className={styles.headNote}>{plural(changed, 'field')}</span>
      </PanelHead>
      <div className={styles.changes}>
        <dl className={styles.fields}>
          <div className={styles.field}>
            <dt>Text</dt>
            <dd className={diff.changes > 0 ? undefined : styles.asBefore}>
              {diff.changes > 0
                ? `${plural(diff.changes, 'paragraph')}, +${diff.wordsIn} −${diff.wordsOut} words`
                : 'as before'}
            </dd>
          </div>
          {fields.map((field) => (
            <div key={field.label} className={styles.field}>
              <dt>{field.label}</dt>
              {field.changed ? (
                <dd>
                  {field.before && <del>{field.before}</del>} {field.after && <ins>{field.after}</ins>}
                </dd>
              ) : (
                <dd className={styles.asBefore}>as before, {field.after}</dd>
              )}
            </div>
          ))}
        </dl>
      </div>
      <div className={styles.restore}>
        {isCurrent ? (
          <p className={styles.quiet}>This is the post as it is now. Choose an older version to bring it back.</p>
        ) : (
          <>
            <SectionHead title={`Restore version ${version.number}`} />
            <span ref={choices} className={styles.choices}>
              <Checkbox checked={choice.text} onChange={(text) => setChoice({ ...choice, text })}>
                Title and text
              </Checkbox>
              <Checkbox checked={choice.fields} onChange={(next) => setChoice({ ...choice, fields: next })}>
                Fields: people, channels, labels, notes
              </Checkbox>
              <Checkbox checked={choice.date} onChange={(date) => setChoice({ ...choice, date })}>
                Date and time
              </Checkbox>
            </span>
            <p className={styles.quiet}>
              Makes a new version {newest + 1}. Everything up to version {newest} stays, and the status is not touched.
            </p>
          </>
        )}
        <div className={styles.buttons}>
          {!isCurrent && (
            <Button
              variant="primary"
              icon={RotateCcw}
              unmet={nothing ? [{ text: 'Choose what comes back', focus: focusChoices }] : []}
              onClick={() => void restore()}
            >
              Restore as {newest + 1}
            </Button>
          )}
          <Button icon={Copy} onClick={() => void copy()}>
            Copy text
          </Button>
        </div>
      </div>
    </>
  )
}
