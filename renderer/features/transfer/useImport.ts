/** The state of an import from the first file to the last write. Nothing is written before `bring`. */
import { useEffect, useMemo, useRef, useState } from 'react'
import type { DateOrder, ImportedPost, Target } from '../../../shared/interchange/model.ts'
import { changeSettings } from '../../data/commands/workspace.ts'
import { plural, useUndo } from '../../parts/index.ts'
import { type Picked, type PickedFile, unpacked } from '../../parts/picked.ts'
import { useDeps } from '../../ports/deps.tsx'
import { go, select, showDate, showView } from '../../ports/navigation.ts'
import { useSettings } from '../../ports/reference.tsx'
import { toast } from '../../ui/index.ts'
import { bringIn } from './bringIn.ts'
import { type Check, type Choices, checkReading, NO_CHOICES, withStatusWord } from './check.ts'
import { type Existing, findExisting } from './existing.ts'
import { useMisfits } from './misfits.ts'
import { createReader, type Reader } from './reader.ts'
import type { Reading, ReadOptions } from './reading.ts'
import { unpackInWorker } from './unpacker.ts'

export interface Answers {
  readonly zone: string
  readonly time: string
  readonly allDay: 'note' | 'post'
  readonly mapping: Readonly<Record<string, Target>>
  /** Where posts go that name no channel or campaign; '' for none. */
  readonly channelId: string
  readonly campaignId: string
}

export interface Working {
  readonly label: string
  readonly done: number
  readonly total: number
  readonly stop: () => void
}

const LABEL = { unpacking: 'Unpacking', reading: 'Reading', pictures: 'Keeping pictures', posts: 'Bringing in posts' }
const NO_FILES: readonly PickedFile[] = []
const NOTHING: ReadonlyMap<string, Existing> = new Map()

export function useImport() {
  const deps = useDeps()
  const settings = useSettings()
  const { undo } = useUndo()
  const reader = useRef<Reader>(null)
  reader.current ??= createReader()
  useEffect(() => () => reader.current?.dispose(), [])

  const [picked, setPicked] = useState<Picked | null>(null)
  const [reading, setReading] = useState<Reading | null>(null)
  const [existing, setExisting] = useState(NOTHING)
  const [choices, setChoices] = useState<Choices>(NO_CHOICES)
  const [answers, setAnswers] = useState<Answers>({
    zone: settings.zone,
    time: settings.lastTime,
    allDay: 'note',
    mapping: {},
    channelId: '',
    campaignId: '',
  })
  const [working, setWorking] = useState<Working | null>(null)
  const [writing, setWriting] = useState(false)
  /** Why there is nothing to check, or why nothing was written. */
  const [failure, setFailure] = useState('')

  const misfits = useMisfits({
    reading,
    files: picked?.files ?? NO_FILES,
    channelId: answers.channelId,
    statusWords: choices.statusWords,
  })
  const check = useMemo(
    () => reading && checkReading(reading, existing, choices, misfits),
    [reading, existing, choices, misfits],
  )

  const run = async (ask: Picked, again: boolean, next: Choices, how: Answers) => {
    const current = reader.current
    if (!current) return
    const options: ReadOptions = {
      zone: how.zone,
      time: how.time,
      allDay: how.allDay,
      mapping: how.mapping,
      dateOrder: next.dateOrder,
      saved: settings.csvMappings,
    }
    const tell = throttled((progress: { done: number; total: number }) =>
      setWorking({
        label: LABEL.reading,
        done: progress.done,
        total: progress.total,
        stop: () => current.stop(),
      }),
    )
    const result = again ? await current.again(options, tell) : await current.read(ask.files, options, tell)
    if (!result.ok) {
      setWorking(null)
      if (result.error.kind !== 'stopped') setFailure(result.error.sentence)
      return
    }
    const found = await findExisting(deps.db, result.value.items)
    setWorking(null)
    const [closed] = ask.problems
    const [only] = result.value.problems
    const nothing = result.value.items.length === 0 && result.value.notes.length === 0
    if (nothing && only?.kind === 'no-posts' && only.file === '') {
      setFailure((closed ?? only).sentence)
      return
    }
    setExisting(found)
    setReading({ ...result.value, problems: [...ask.problems, ...result.value.problems] })
  }

  /** Unpacks what was chosen packed; null when that was stopped. */
  const open = async (chosen: Picked): Promise<Picked | null> => {
    if (chosen.packed.length === 0) return chosen
    const stopping = new AbortController()
    setWorking({ label: LABEL.unpacking, done: 0, total: chosen.packed.length, stop: () => stopping.abort() })
    const opened = await unpacked(chosen, (file) => unpackInWorker(file, stopping.signal)).finally(() =>
      setWorking(null),
    )
    if (stopping.signal.aborted) return null
    setPicked(opened)
    return opened
  }

  const again = (next: Choices, how: Answers) => {
    setChoices(next)
    setAnswers(how)
    if (picked) void run(picked, true, next, how)
  }

  return {
    picked,
    reading,
    check,
    misfits,
    existing,
    choices,
    answers,
    working,
    writing,
    failure,
    excerpt: (path: string, row?: number) => reader.current?.excerpt(path, row) ?? Promise.resolve(''),
    /** Reads what was chosen. */
    start(chosen: Picked) {
      const how = { ...answers, mapping: {} }
      setFailure('')
      setPicked(chosen)
      setReading(null)
      setChoices(NO_CHOICES)
      setAnswers(how)
      void open(chosen).then((opened) => opened && run(opened, false, NO_CHOICES, how))
    },
    /** Back to the first step. */
    restart() {
      reader.current?.stop()
      setReading(null)
      setPicked(null)
      setFailure('')
    },
    /** Answers that change how the files are read. */
    answer: (changed: Partial<Answers>) => again(choices, { ...answers, ...changed }),
    /** Answers that only change where posts go. */
    place: (changed: Pick<Partial<Answers>, 'channelId' | 'campaignId'>) => setAnswers({ ...answers, ...changed }),
    setOrder: (files: readonly string[], order: DateOrder) =>
      again(
        { ...choices, dateOrder: { ...choices.dateOrder, ...Object.fromEntries(files.map((f) => [f, order])) } },
        answers,
      ),
    choose: (changed: Partial<Choices>) => setChoices({ ...choices, ...changed }),
    /** Writes. Afterwards the calendar shows the newest post. */
    async bring(accepted: Check) {
      if (!reading || !picked || writing) return
      const stopping = new AbortController()
      const items = accepted.ready.map((item) => ({ ...item, post: withStatusWord(item.post, choices.statusWords) }))
      setFailure('')
      setWriting(true)
      const tell = throttled((progress: { what: 'pictures' | 'posts'; done: number; total: number }) =>
        setWorking({ ...progress, label: LABEL[progress.what], stop: () => stopping.abort() }),
      )
      tell({ what: 'posts', done: 0, total: items.length })
      const result = await bringIn(
        deps,
        {
          items,
          notes: reading.notes,
          contents: reading.contents,
          from: picked.name,
          zone: answers.zone,
          channelId: answers.channelId,
          campaignId: answers.campaignId,
          files: picked.files ?? NO_FILES,
        },
        tell,
        stopping.signal,
      )
      setWorking(null)
      setWriting(false)
      if (!result.ok) {
        setFailure(result.error.kind === 'cancelled' ? 'Stopped. Nothing was brought in.' : result.error.sentence)
        return
      }
      await rememberMappings(reading, answers.mapping)
      const newest = newestOf(items.map(({ post }) => post))
      if (newest) showDate(newest)
      showView('month')
      select([])
      go({ screen: 'calendar' })
      toast({ text: broughtIn(items.length, reading.notes.length), undo })
      const { leftOut } = result.value
      if (leftOut.length > 0) toast({ text: withoutPicture(leftOut), tone: 'refused' })
    },
  }

  /** The columns of a table are read the same way next time. */
  async function rememberMappings(read: Reading, mapping: Answers['mapping']) {
    const changed = read.tables.flatMap((table) => {
      const own = Object.entries(mapping).filter(([key]) => table.headers.includes(key))
      return own.length === 0
        ? []
        : [[table.fingerprint, { ...settings.csvMappings[table.fingerprint], ...Object.fromEntries(own) }] as const]
    })
    if (changed.length === 0) return
    await changeSettings(
      deps.store,
      { csvMappings: { ...settings.csvMappings, ...Object.fromEntries(changed) } },
      'Remembered how columns are read',
    )
  }
}
export type ImportState = ReturnType<typeof useImport>

const broughtIn = (posts: number, notes: number) =>
  `Brought in ${[...(posts > 0 || notes === 0 ? [plural(posts, 'post')] : []), ...(notes > 0 ? [plural(notes, 'day note')] : [])].join(' and ')}`

const withoutPicture = ([first = '', ...others]: readonly string[]) =>
  `${others.length === 0 ? first : `${first} and ${plural(others.length, 'other file')}`} could not be read as a picture. The address stays with the post.`

const newestOf = (posts: readonly ImportedPost[]): string | undefined =>
  posts
    .flatMap(({ planned }) => (planned ? [planned.date] : []))
    .reduce<string | undefined>((latest, date) => (latest === undefined || date > latest ? date : latest), undefined)

/** At most ten a second, the last one always; a progress nobody can follow is only work. */
function throttled<T extends { readonly done: number; readonly total: number }>(tell: (value: T) => void) {
  let last = Number.NEGATIVE_INFINITY
  return (value: T) => {
    const now = performance.now()
    if (now - last < 100 && value.done < value.total) return
    last = now
    tell(value)
  }
}
