import { FileInput, Globe, HardDrive, Sparkles, SquareDashed } from 'lucide-react'
import { type FormEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { toWall, type Zone } from '../../../shared/domain/time.ts'
import type { WorkspaceEntry } from '../../../shared/domain/workspace.ts'
import { type OpenRefusal, openWorkspace, type Registry } from '../../data/workspace.ts'
import { zoneItems } from '../../parts/index.ts'
import { waitingWords } from '../../parts/waitingWords.ts'
import type { Shell } from '../../ports/shell.ts'
import { Button, Combobox, Field, Finding, Link, Logo, TextField } from '../../ui/index.ts'
import { PaintedCalendar } from './PaintedCalendar.tsx'
import { createSample } from './sample.ts'
import styles from './WelcomeScreen.module.css'

export interface WelcomeProps {
  shell: Shell
  registry: Registry
  onReady: (entry: WorkspaceEntry, next: 'calendar' | 'import') => void
}

type Choice = 'sample' | 'import' | 'empty'
const NAMES: Readonly<Record<Choice, string>> = { sample: 'Fernhollow', import: 'My workspace', empty: 'My workspace' }

// No workspace is open yet, and with it no clock of its own.
const clock = { now: () => Date.now() }

/** The first run, and every time a workspace is made: a name, a zone, and where to begin. */
export default function WelcomeScreen({ shell, registry, onReady }: WelcomeProps) {
  const [name, setName] = useState('')
  const [zone, setZone] = useState(shell.info.zone)
  const [busy, setBusy] = useState<Choice | null>(null)
  const [problem, setProblem] = useState('')
  const [folderShown, setFolderShown] = useState(false)
  const nameField = useRef<HTMLInputElement>(null)
  const zones = useMemo(() => zoneItems(clock.now()), [])
  const now = toWall(clock.now(), zone)

  useEffect(() => nameField.current?.focus(), [])

  const begin = async (choice: Choice) => {
    if (busy) return
    setBusy(choice)
    setProblem('')
    const entry = await registry.create(name.trim() || NAMES[choice])
    const failed = async (why: string) => {
      await registry.trash(entry.id)
      setBusy(null)
      setProblem(why)
    }
    const opened = await openWorkspace(entry, { clock, port: shell, zone })
    if (!opened.ok) return failed(explainOpening(opened.error))
    try {
      if (choice === 'sample') await createSample(opened.value, shell, now.date)
    } catch (error) {
      opened.value.close()
      return failed(`The sample could not be written: ${error instanceof Error ? error.message : String(error)}`)
    }
    opened.value.close()
    onReady(entry, choice === 'import' ? 'import' : 'calendar')
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void begin('sample')
  }

  return (
    <div className={styles.welcome}>
      <main className={styles.words}>
        <div className={styles.brand}>
          <Logo size={28} />
          <span>Outpost</span>
        </div>
        <h1 className={styles.title}>
          Plan your content.
          <br />
          Keep it on this computer.
        </h1>
        <p className={styles.lead}>No account, no sign-up. Everything works with the cable out.</p>
        <form onSubmit={submit}>
          <div className={styles.fields}>
            <Field label="Name of this workspace">
              <TextField
                ref={nameField}
                value={name}
                onChange={setName}
                placeholder="My workspace"
                maxLength={80}
                autoComplete="off"
              />
            </Field>
            <Field label="Time zone">
              <Combobox
                label="Time zone"
                items={zones}
                value={zone}
                onChange={(id) => id && setZone(id)}
                emptyText="No zone by that name"
              />
            </Field>
          </div>
          <p className={styles.now}>
            <Globe aria-hidden size={14} /> It is {now.time} there now.
          </p>
          <div className={styles.choices}>
            <ChoiceRow
              icon={Sparkles}
              main
              title="Look around in a sample"
              text="A made-up outdoor brand with 97 posts. Throw it away later with one click."
              action={
                <Button type="submit" variant="primary" size="lg" keys={['Enter']} disabled={busy !== null}>
                  {busy === 'sample' ? 'Opening…' : 'Open the sample'}
                </Button>
              }
            />
            <ChoiceRow
              icon={FileInput}
              title="Bring what you have"
              text="A folder of Markdown posts, a table (CSV) or a calendar (ICS). You see every row before it is saved."
              action={
                <Button size="lg" onClick={() => void begin('import')} disabled={busy !== null}>
                  Choose files
                </Button>
              }
            />
            <ChoiceRow
              icon={SquareDashed}
              title="Start with an empty calendar"
              text="Add channels when you like. Writing and planning need none."
              action={
                <Button size="lg" onClick={() => void begin('empty')} disabled={busy !== null}>
                  Start empty
                </Button>
              }
            />
          </div>
        </form>
        {problem && <Finding tone="error" text={problem} />}
        <p className={styles.where}>
          <HardDrive aria-hidden size={14} />
          {folderShown ? (
            <span>
              In <code className={styles.folder}>{shell.info.dataFolder}</code>, with a journal of every change beside
              it.
            </span>
          ) : (
            <>
              Stored on this computer, with a journal of every change beside it.{' '}
              <Link onClick={() => setFolderShown(true)}>Where exactly?</Link>
            </>
          )}
        </p>
        <Known registry={registry} zone={zone} onOpen={(entry) => onReady(entry, 'calendar')} />
      </main>
      <PaintedCalendar />
    </div>
  )
}

interface ChoiceRowProps {
  icon: typeof Globe
  title: string
  text: string
  action: React.ReactNode
  main?: boolean
}

function ChoiceRow({ icon: Icon, title, text, action, main }: ChoiceRowProps) {
  const id = useId()
  return (
    <section className={styles.choice} data-main={main || undefined} aria-labelledby={id}>
      <Icon aria-hidden size={20} />
      <div className={styles.choiceWords}>
        <h2 id={id}>{title}</h2>
        <p>{text}</p>
      </div>
      {action}
    </section>
  )
}

/** Workspaces that are there already: a way back for who came here to make another, or who threw the last one away. */
function Known({
  registry,
  zone,
  onOpen,
}: {
  registry: Registry
  zone: Zone
  onOpen: (entry: WorkspaceEntry) => void
}) {
  const [entries, setEntries] = useState<readonly WorkspaceEntry[]>([])
  useEffect(() => void registry.list().then(setEntries), [registry])
  const newest = entries.toSorted((a, b) => b.openedAt - a.openedAt)
  if (newest.length === 0) return null
  const open = newest.filter(({ trashedAt }) => trashedAt === 0)
  const trashed = newest.filter(({ trashedAt }) => trashedAt > 0)
  const restore = async (entry: WorkspaceEntry) => {
    await registry.restore(entry.id)
    onOpen(entry)
  }
  return (
    <div className={styles.known}>
      {open.length > 0 && (
        <p>
          Already here:{' '}
          {open.slice(0, 4).map((entry) => {
            const waits = waitingWords(entry, zone)
            return (
              <span key={entry.id}>
                <Link onClick={() => onOpen(entry)}>Open “{entry.name}”</Link>
                {waits && ` (${waits})`}
              </span>
            )
          })}
        </p>
      )}
      {trashed.length > 0 && (
        <p>
          In the trash:{' '}
          {trashed.slice(0, 4).map((entry) => (
            <Link key={entry.id} onClick={() => void restore(entry)}>
              Restore “{entry.name}”
            </Link>
          ))}
        </p>
      )}
    </div>
  )
}

const explainOpening = (refusal: OpenRefusal) =>
  refusal.kind === 'newer-version'
    ? 'A newer Outpost has written here. Update Outpost first; nothing was changed.'
    : refusal.kind === 'unopened'
      ? 'The browser did not open a database for it. Close Outpost and open it again.'
      : `The journal and the copies beside the database could not be used: ${refusal.failure.message}`
