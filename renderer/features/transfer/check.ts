/** Sorts what was read into what needs a look, what is ready, what is here already and what is left out. */
import type { PostStatus } from '../../../shared/domain/status.ts'
import type { DateOrder, ImportedPost, ImportProblem, ProblemKind } from '../../../shared/interchange/model.ts'
import { statusByDate } from '../../data/commands/importPosts.ts'
import type { Misfits } from './misfits.ts'
import type { Item, Reading } from './reading.ts'

/** What the user decided on the way. Keys are those of items; problems without a post go by `problemKey`. */
export interface Choices {
  /** Left out by hand. */
  readonly skipped: ReadonlySet<string>
  /** Brought in although they are here. */
  readonly anyway: ReadonlySet<string>
  /** Files whose dates nobody can tell: their posts come in undated. */
  readonly undated: ReadonlySet<string>
  readonly dateOrder: Readonly<Record<string, DateOrder>>
  /** What a word of the source means that Outpost does not know. */
  readonly statusWords: Readonly<Record<string, PostStatus>>
}

export const NO_CHOICES: Choices = {
  skipped: new Set(),
  anyway: new Set(),
  undated: new Set(),
  dateOrder: {},
  statusWords: {},
}

export interface LookRow {
  readonly id: string
  readonly problem: ImportProblem
  /** The post it is about; absent: the post or file could not be read. */
  readonly item?: Item
}

export interface LookGroup {
  readonly kind: ProblemKind
  readonly severity: ImportProblem['severity']
  readonly title: string
  readonly rows: readonly LookRow[]
}

export interface Check {
  /** Errors and open questions, by reason. */
  readonly look: readonly LookGroup[]
  /** Brought in, worth knowing. */
  readonly known: readonly LookGroup[]
  readonly ready: readonly Item[]
  readonly here: readonly Item[]
  readonly skipped: readonly Item[]
  /** ready + look + here + skipped = all */
  readonly counts: {
    readonly look: number
    readonly ready: number
    readonly here: number
    readonly skipped: number
    readonly all: number
  }
}

const TITLES: Readonly<Record<ProblemKind, string>> = {
  'cannot-read': 'File cannot be read',
  'not-text': 'Not a text file',
  'too-large': 'Too large',
  'too-deep': 'Nested too deeply',
  empty: 'Empty file',
  encoding: 'Old encoding',
  'other-files': 'Other files',
  'no-posts': 'No posts',
  'bad-front-matter': 'Fields cannot be read',
  'unsafe-key': 'Key not allowed',
  'unsafe-link': 'Link not allowed',
  'missing-title': 'No title',
  'missing-date': 'No date',
  'bad-date': 'Not a date',
  'ambiguous-date': 'Date is not clear',
  'gap-time': 'Time does not exist',
  'unknown-zone': 'Zone is not known',
  'unknown-status': 'Status is not known',
  'duplicate-id': 'Id used twice',
  'duplicate-slug': 'Looks the same twice',
  'ragged-row': 'Row does not fit its heading',
  'unknown-column': 'Column is not known',
  'cancelled-event': 'Cancelled event',
  repeats: 'Repeats',
  'bad-record': 'Record cannot be read',
  'does-not-fit': 'Does not fit its network yet',
}

export const problemKey = ({ kind, file, row, line, field }: ImportProblem): string =>
  [kind, file, row ?? '', line ?? '', field ?? ''].join('|')

/** Keys of `existing` are items that are in the workspace already; `misfits`: what the networks would say of an item. */
export function checkReading(
  reading: Reading,
  existing: ReadonlyMap<string, unknown>,
  choices: Choices,
  misfits: Misfits = new Map(),
): Check {
  const byFile = Map.groupBy(reading.items, ({ file }) => file)
  const byPlace = new Map(reading.items.map((item) => [`${item.file}|${item.row}`, item]))
  const itemOf = ({ file, row }: ImportProblem) => {
    const alone = byFile.get(file)
    return row === undefined ? (alone?.length === 1 ? alone[0] : undefined) : byPlace.get(`${file}|${row}`)
  }
  const questions = reading.problems.filter(
    ({ kind, severity, file }) => severity === 'question' && !(kind === 'ambiguous-date' && choices.undated.has(file)),
  )
  // A question about a column stands for every post of the file that got no date by it.
  const openKeys = new Set(
    questions
      .filter(({ kind }) => kind === 'ambiguous-date')
      .flatMap((question) =>
        question.row === undefined
          ? (byFile.get(question.file) ?? []).filter(({ post }) => !post.planned)
          : (itemOf(question) ?? []),
      )
      .map(({ key }) => key),
  )

  const bucket = ({ key }: Item) => {
    if (choices.skipped.has(key)) return 'skipped'
    if (existing.has(key) && !choices.anyway.has(key)) return 'here'
    return openKeys.has(key) ? 'open' : 'ready'
  }
  const buckets = Map.groupBy(reading.items, bucket)
  const of = (name: ReturnType<typeof bucket>) => buckets.get(name) ?? []

  const errors = reading.problems.filter(({ severity }) => severity === 'error')
  const acknowledged = errors.filter((problem) => choices.skipped.has(problemKey(problem)))
  const open = errors.filter((problem) => !choices.skipped.has(problemKey(problem)))
  const wanted = questions.filter((question) => {
    const item = itemOf(question)
    return !item || bucket(item) === 'open' || bucket(item) === 'ready'
  })
  const look = open.length + of('open').length
  return {
    look: grouped([...wanted, ...open], itemOf),
    known: [
      ...misfitting([...of('ready'), ...of('open')], misfits),
      ...grouped(
        reading.problems.filter(
          (problem) => problem.severity === 'note' && !choices.skipped.has(itemOf(problem)?.key ?? problemKey(problem)),
        ),
        itemOf,
      ),
    ],
    ready: of('ready'),
    here: of('here'),
    skipped: of('skipped'),
    counts: {
      look,
      ready: of('ready').length,
      here: of('here').length,
      skipped: of('skipped').length + acknowledged.length,
      all: reading.items.length + errors.length,
    },
  }
}

/** Posts that would not fit their networks, as one group: a line for each, whatever there is to say of it. */
function misfitting(items: readonly Item[], misfits: Misfits): LookGroup[] {
  const rows = items.flatMap((item): LookRow[] => {
    const [first, ...others] = misfits.get(item.key) ?? []
    if (!first) return []
    const more = others.length > 0 ? ` And ${others.length} more.` : ''
    const sentence = `${item.post.title || 'Untitled'}: ${first}${more}`
    const { file, row } = item
    return [
      {
        id: `does-not-fit|${item.key}`,
        item,
        problem: { kind: 'does-not-fit', severity: 'note', file, row, sentence },
      },
    ]
  })
  return rows.length > 0 ? [{ kind: 'does-not-fit', severity: 'note', title: TITLES['does-not-fit'], rows }] : []
}

function grouped(problems: readonly ImportProblem[], itemOf: (problem: ImportProblem) => Item | undefined) {
  return [...Map.groupBy(problems, ({ kind, severity }) => `${severity} ${kind}`)].flatMap(([, list]): LookGroup[] => {
    const [first] = list
    if (!first) return []
    const { kind, severity } = first
    const rows = list.map((problem, at) => ({ id: `${problemKey(problem)}|${at}`, problem, item: itemOf(problem) }))
    return [{ kind, severity, title: TITLES[kind], rows }]
  })
}

/** Words for status nobody knows, with how often they occur. */
export function unknownStatusWords(reading: Reading): { word: string; count: number }[] {
  const files = new Set(
    reading.problems.filter(({ kind }) => kind === 'unknown-status').map(({ file, row }) => `${file}|${row ?? ''}`),
  )
  const counts = new Map<string, number>()
  for (const item of reading.items) {
    if (!files.has(`${item.file}|${item.row ?? ''}`)) continue
    const word = statusWordOf(item.post)
    if (word) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return [...counts].map(([word, count]) => ({ word, count })).sort((a, b) => b.count - a.count)
}

/** The readers keep a status word they do not know among the other fields. */
function statusWordOf({ status, source }: ImportedPost): string {
  if (status) return ''
  const found = Object.entries(source.extra).find(([key]) => key.toLowerCase() === 'status')?.[1]
  return typeof found === 'string' ? found.trim() : ''
}

/** The post with its status word understood. */
export function withStatusWord(post: ImportedPost, words: Choices['statusWords']): ImportedPost {
  const word = statusWordOf(post)
  const status = word === '' ? undefined : words[word]
  return status ? { ...post, status } : post
}

/** The status a post will have once it is here. */
export const statusAfter = (post: ImportedPost, words: Choices['statusWords'], now: number) =>
  statusByDate(withStatusWord(post, words), now)
