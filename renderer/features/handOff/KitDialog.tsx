import { CalendarClock, Check, Copy, Download, ExternalLink, FolderOpen } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { toWall, type WallTime } from '../../../shared/domain/time.ts'
import { doubtAboutLink, postingPage } from '../../../shared/platforms/pages.ts'
import { ChannelMark, formatWhen, MediumImage, useOwnTimes, usePlanPost, WhenFields } from '../../parts/index.ts'
import { formatBytes } from '../../parts/media/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useFilmMaking } from '../../ports/films.ts'
import { useQuery } from '../../ports/live.ts'
import { type OpenOutbox, outbox } from '../../ports/outbox.ts'
import { useSettings } from '../../ports/reference.tsx'
import { announce, Button, Checkbox, Dialog, Field, Popover, TextField, toast } from '../../ui/index.ts'
import styles from './Kit.module.css'
import { type KitFacts, readKit } from './queries.ts'

/** All a person needs to post something on a network themselves, in the order in which it is done. Needs no connection. */
export function KitDialog({ deliveryId, onClose }: { deliveryId: string; onClose: () => void }) {
  const facts = useQuery((db) => readKit(db, deliveryId), [deliveryId])
  return facts ? <OpenKit facts={facts} onClose={onClose} /> : null
}

/** Has something done with the delivery, and closes; says so when it has moved on meanwhile. */
async function settle(onClose: () => void, work: (commands: OpenOutbox['commands']) => Promise<number>, words: string) {
  onClose()
  const open = await outbox()
  const changed = await work(open.commands)
  void open.look()
  toast({ text: changed > 0 ? words : 'This cannot be done any more: it has moved on meanwhile.' })
}

function OpenKit({ facts, onClose }: { facts: KitFacts; onClose: () => void }) {
  const { delivery, channel, post, network, kit } = facts
  const { zone } = useSettings()
  const [link, setLink] = useState('')
  const title = post.title || 'Untitled'
  const planned = toWall(delivery.dueAt, zone)
  const words = link.trim()
  const wrong = words === '' ? '' : doubtAboutLink(channel, words, network)
  const done = () =>
    void settle(onClose, (commands) => commands.handedOff(delivery.id, words), `Done: “${title}” is on ${network}.`)
  let step = 0
  const number = () => {
    step += 1
    return step
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="lg"
      title={`Post “${title}” on ${network}`}
      description={
        <span className={styles.where}>
          <ChannelMark channel={channel} />
          {channel.name}, {formatWhen(planned)}. You post it yourself; this is all it takes.
        </span>
      }
      footer={
        <>
          <Button
            variant="ghost"
            onClick={() =>
              void settle(onClose, (commands) => commands.cancel([delivery.id]), 'Cancelled. You are not asked again.')
            }
          >
            Cancel it here
          </Button>
          <NotToday facts={facts} onClose={onClose} />
          <span className="grow" />
          <Button variant="primary" icon={Check} unmet={wrong ? [wrong] : []} onClick={() => !wrong && done()}>
            {words === '' ? 'Done without a link' : 'Done, here is the link'}
          </Button>
        </>
      }
    >
      <ol className={styles.steps}>
        <Step number={number()} title={kit.files.length > 0 ? 'Take the files' : 'Take it along'}>
          <Files facts={facts} title={title} day={planned.date} />
        </Step>
        {kit.texts.length > 0 && (
          <Step number={number()} title={kit.texts.length > 1 ? 'Copy the texts' : 'Copy the text'}>
            {kit.texts.map(({ label, text }) => (
              <div key={label} className={styles.text}>
                {kit.texts.length > 1 && <span className={styles.label}>{label}</span>}
                <p className={styles.words}>{text}</p>
                <CopyButton text={text} name={label} />
              </div>
            ))}
          </Step>
        )}
        <Step number={number()} title={`Post it on ${network}`}>
          <OpenPage facts={facts} />
          <Form facts={facts} />
        </Step>
        <Step number={number()} title="Say where it is">
          <Field
            label="Its link"
            error={wrong || undefined}
            help="Paste it from the network; leave it empty if you do not have it."
          >
            <TextField
              value={link}
              onChange={setLink}
              onKeyDown={({ key }) => key === 'Enter' && words !== '' && !wrong && done()}
            />
          </Field>
        </Step>
      </ol>
    </Dialog>
  )
}

const Step = ({ number, title, children }: { number: number; title: string; children: ReactNode }) => (
  <li className={styles.step}>
    <span aria-hidden className={styles.number}>
      {number}
    </span>
    <div className={styles.what}>
      <h3 className={styles.title}>{title}</h3>
      {children}
    </div>
  </li>
)

function Files({ facts, title, day }: { facts: KitFacts; title: string; day: string }) {
  const { kit, delivery } = facts
  const deps = useDeps()
  const film = useFilmMaking(({ making }) => (making?.deliveryId === delivery.id ? making : null))
  /** Null once it is closed. */
  const here = useRef<HTMLDivElement>(null)
  const [folder, setFolder] = useState('')
  const [saving, setSaving] = useState(false)
  const show = async (path: string) => {
    const shown = await deps.shell.showFile(path)
    if (!shown.ok) toast({ text: shown.error.message, tone: 'refused' })
  }
  const save = async () => {
    setSaving(true)
    // What makes the files is fetched when it is wanted.
    const { saveKit } = await import('./saveKit.ts')
    const saved = await saveKit(deps, facts, title, day)
    setSaving(false)
    if (!saved.ok) return void toast({ text: saved.error, tone: 'refused' })
    const { path, missing } = saved.value
    setFolder(path)
    if (missing.length > 0) toast({ text: missing.join(' '), tone: 'refused' })
    // A film takes minutes, and nobody need wait in front of it.
    if (here.current) announce(`Saved ${path}`)
    else toast({ text: `Saved ${path}`, action: { label: 'Show it', onSelect: () => void show(path) } })
  }
  return (
    <>
      {kit.files.length > 0 && (
        <ul className={styles.files} aria-label="Files">
          {kit.files.map(({ facts: { id }, name, alt, bytes }) => (
            <li key={name}>
              <span className={styles.thumb}>
                <MediumImage id={id} />
              </span>
              <span className={styles.file}>
                <span className="ell">{name}</span>
                <span className={styles.label}>{alt || 'Nobody described it'}</span>
              </span>
              <span className={styles.label}>{bytes > 0 && formatBytes(bytes)}</span>
              {alt && <CopyButton text={alt} name={`alt text of ${name}`} words="Copy alt text" />}
            </li>
          ))}
        </ul>
      )}
      <div ref={here} className={styles.folder}>
        <Button icon={Download} disabled={saving} onClick={() => void save()}>
          {saving ? 'Saving the kit…' : 'Save the kit'}
        </Button>
        {folder && (
          <Button icon={FolderOpen} onClick={() => void show(folder)}>
            Show the folder
          </Button>
        )}
        {saving && film && (
          <p className={styles.label}>
            “{film.name}” is being converted: {film.percent} %.
          </p>
        )}
        {!saving && folder && <p className={styles.label}>It lies in {folder}</p>}
      </div>
    </>
  )
}

function CopyButton({ text, name, words = 'Copy text' }: { text: string; name: string; words?: string }) {
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => toast({ id: 'copied', text: `Copied: ${name}.` }),
      () =>
        toast({ id: 'copied', text: 'The clipboard is not to be had. Select the text and copy it.', tone: 'refused' }),
    )
  return (
    <Button size="sm" icon={Copy} aria-label={`${words}: ${name}`} onClick={() => void copy()}>
      {words}
    </Button>
  )
}

function OpenPage({ facts: { channel, network } }: { facts: KitFacts }) {
  const { shell } = useDeps()
  const page = postingPage(channel)
  if (!page)
    return (
      <p className={styles.label}>
        {channel.network === 'newsletter'
          ? 'Send it with the program you send your newsletters with.'
          : 'Its address is not known: write it into the settings of the channel, and it opens from here.'}
      </p>
    )
  const open = async () => {
    const opened = await shell.openExternal(page)
    if (!opened.ok) toast({ text: `${page} was not opened: ${opened.error.message}`, tone: 'refused' })
  }
  return (
    <Button icon={ExternalLink} onClick={() => void open()}>
      Open {network}
    </Button>
  )
}

/** What the form asks for. The ticks are for whoever goes through it, and are kept nowhere. */
function Form({ facts: { kit } }: { facts: KitFacts }) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const points = [...(kit.format ? [{ label: 'Kind of post', text: kit.format }] : []), ...kit.fields]
  const tick = (label: string, on: boolean) =>
    setTicked(new Set(on ? [...ticked, label] : [...ticked].filter((one) => one !== label)))
  return (
    <ul className={styles.points} aria-label="What the form asks for">
      {points.map(({ label, text }) => (
        <li key={label}>
          <Checkbox checked={ticked.has(label)} onChange={(on) => tick(label, on)}>
            <span className={styles.label}>{label}:</span> {text}
          </Checkbox>
        </li>
      ))}
    </ul>
  )
}

/** Another time: that of the channel where the post goes to others too. */
function NotToday({ facts: { post, channel, ownTime, network }, onClose }: { facts: KitFacts; onClose: () => void }) {
  const [when, setWhen] = useState<WallTime | null>(ownTime ?? post.publishAt)
  const setTimes = useOwnTimes()
  const plan = usePlanPost(post)
  const move = () => {
    if (!when) return
    onClose()
    if (post.channelIds.length === 1 && !ownTime) plan(when)
    else void setTimes(post.id, [{ channelId: channel.id, to: when }], `On ${network} ${formatWhen(when)}`)
  }
  return (
    <Popover label="Another time" width={272} trigger={<Button icon={CalendarClock}>Not today…</Button>}>
      <WhenFields value={when} onChange={(next) => next && setWhen(next)} offWords="Back to its time">
        <Button variant="primary" onClick={move}>
          {when ? `Move to ${formatWhen(when)}` : 'Pick a day'}
        </Button>
      </WhenFields>
    </Popover>
  )
}
