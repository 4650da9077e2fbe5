/** The main job without a window: read a folder, bring its posts in as the import screen does, print the plan, hand it over. */
import type { HeadlessTask } from '../../../shared/contract/contract.ts'
import { dateAt } from '../../../shared/domain/time.ts'
import { type DateRange, DEFAULT_SETTINGS } from '../../../shared/domain/workspace.ts'
import { importCsv } from '../../../shared/interchange/csv.ts'
import { importIcs } from '../../../shared/interchange/ics.ts'
import { EMPTY_CONTENT, type WorkspaceContent, writeJson } from '../../../shared/interchange/json.ts'
import { LIBRARY_FILE } from '../../../shared/interchange/library-notes.ts'
import { importMarkdown } from '../../../shared/interchange/markdown.ts'
import type { ImportOptions, ImportPreview, ImportProblem, SourceFile } from '../../../shared/interchange/model.ts'
import { MEDIA_ENDINGS } from '../../../shared/interchange/picture-path.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import { importPosts } from '../../data/commands/importPosts.ts'
import type { WorkspaceDb } from '../../data/db.ts'
import { keepPictures, type Measure, type PictureFile } from '../../data/pictures.ts'
import type { Deps } from '../../ports/deps.tsx'
import type { Shell } from '../../ports/shell.ts'
import { makePlan, type PlanDeps } from '../../print/makePlan.ts'
import { planOptions } from '../../print/options.ts'

type TaskDeps = Pick<Deps, 'workspace' | 'clock'>
/** What a test puts in place of the page's own reading of assets and files. */
type TaskTools = Pick<PlanDeps, 'readAsset' | 'readPlan' | 'shrink'> & { readonly measure?: Measure }

/** Runs the task the shell has, and tells the shell how it went: once, whatever happens. */
export async function runHeadlessTask(shell: Shell, deps: TaskDeps, tools: TaskTools = {}): Promise<void> {
  const task = await shell.getTask()
  if (!task) return shell.taskDone({ ok: false, error: 'There is nothing to do.' })
  try {
    await shell.taskDone(await runPlan(shell, deps, task, tools))
  } catch (fault) {
    // The one who waits at the command line must hear of it; the fault itself goes on to the log.
    await shell.taskDone({
      ok: false,
      error: `The plan could not be made: ${fault instanceof Error ? fault.message : String(fault)}.`,
    })
    throw fault
  }
}

type Summary = Extract<Parameters<Shell['taskDone']>[0], { ok: true }>['value']

async function runPlan(
  shell: Shell,
  { workspace, clock }: TaskDeps,
  task: HeadlessTask,
  { measure, ...tools }: TaskTools,
): Promise<Result<Summary, string>> {
  const { db, store } = workspace
  const zone = shell.info.zone
  const name = nameOf(task.folder)
  const listed = await shell.listFolder(task.folder)
  if (!listed.ok) return err(listed.error.message)
  const files = await readFiles(shell, task.folder, listed.value)
  const { posts, notes, ...read } = readAll(files.read, { zone, time: DEFAULT_SETTINGS.lastTime })
  const problems = [...files.problems, ...read.problems]
  const first = problems.find(({ severity }) => severity === 'error')
  if (posts.length === 0) {
    return err(
      first && first.kind !== 'no-posts'
        ? `No post in ${task.folder} could be brought in. ${first.sentence}`
        : `There are no posts in ${task.folder}.`,
    )
  }
  if (posts.every(({ planned }) => planned === null)) {
    const bad = problems.find(({ kind }) => kind === 'bad-date' || kind === 'ambiguous-date')
    return err(
      `No post in ${task.folder} has a date that can be read: ${bad ? bad.sentence : 'there is none in their fields or file names.'}`,
    )
  }
  const pictures = await keepPictures(workspace, shell, {
    posts,
    files: picturesIn(shell, task.folder, listed.value),
    now: clock.now(),
    measure,
  })
  if (pictures.refusal) return err(pictures.refusal.message)
  const imported = await importPosts(store, db, { ...pictures, notes, from: name, zone })
  if (!imported.ok) return err('The import was stopped.')

  const range: DateRange = { from: task.from, to: task.to }
  const options = planOptions(range.from, range.to, { paper: task.paper })
  const plan = await makePlan({ ...tools, db, shell, workspace: name, now: clock.now }, options)
  if (!plan.ok) return err(plan.error.message)
  const pdf = await shell.deliver('pdf', plan.value.bytes)
  if (!pdf.ok) return err(pdf.error.message)
  if (task.json) {
    const text = writeJson(await contentOf(db, range, zone), name, dateAt(clock.now(), zone))
    const json = await shell.deliver('json', new TextEncoder().encode(text))
    if (!json.ok) return err(json.error.message)
  }
  return ok({
    posts: posts.length,
    inRange: plan.value.postsOnPages,
    pages: plan.value.pages,
    problems: [
      ...problems.filter(({ severity }) => severity !== 'note').map(({ sentence }) => sentence),
      ...pictures.leftOut.map((path) => `${path} could not be read as a picture. Its address stays with the post.`),
    ],
  })
}

/** The last part of a path that says something: `blog/_posts` is the blog. */
export function nameOf(folder: string): string {
  const parts = folder.split(/[\\/]+/).filter((part) => part !== '' && part !== '.')
  const speaking = parts.findLast(
    (part) => !/^_?(posts?|content|drafts|src|blog)$/i.test(part) && !/^[A-Za-z]:$/.test(part),
  )
  return speaking ?? parts.at(-1) ?? folder
}

type Listed = readonly { readonly path: string; readonly size: number }[]

const READ_AT_ONCE = 16
const READABLE = /\.(md|markdown|mdx|mkd|csv|tsv|ics)$/i
const PICTURE = new RegExp(`\\.(${MEDIA_ENDINGS.join('|')})$|(^|/)${LIBRARY_FILE}$`, 'i')
/** Bytes cross the bridge as a whole: larger files are left where they are. */
const LARGEST = 25_000_000

/** The files that may hold posts. Those that cannot be had are problems like those that cannot be understood. */
async function readFiles(
  shell: Shell,
  folder: string,
  listed: Listed,
): Promise<{ read: SourceFile[]; problems: ImportProblem[] }> {
  const wanted = listed.filter(({ path }) => READABLE.test(path))
  const files: SourceFile[] = []
  const problems: ImportProblem[] = []
  for (let at = 0; at < wanted.length; at += READ_AT_ONCE) {
    const read = await Promise.all(
      wanted
        .slice(at, at + READ_AT_ONCE)
        .map(async ({ path }) => ({ path, bytes: await shell.readFile(folder, path) })),
    )
    for (const { path, bytes } of read) {
      if (bytes.ok) files.push({ path, bytes: bytes.value })
      else problems.push({ kind: 'cannot-read', severity: 'error', file: path, sentence: bytes.error.message })
    }
  }
  return { read: files, problems }
}

/** Pictures beside the posts; only those that a post shows are read. */
const picturesIn = (shell: Shell, folder: string, listed: Listed): PictureFile[] =>
  listed
    .filter(({ path }) => PICTURE.test(path))
    .map(({ path, size }) => ({
      path,
      async read() {
        const bytes = size <= LARGEST ? await shell.readFile(folder, path) : null
        return bytes?.ok ? new Blob([new Uint8Array(bytes.value)]) : null
      },
    }))

function readAll(
  files: readonly SourceFile[],
  options: ImportOptions,
): Pick<ImportPreview, 'posts' | 'notes' | 'problems'> {
  const of = (ending: RegExp) => files.filter(({ path }) => ending.test(path))
  const read: ImportPreview[] = [
    importMarkdown(files, options),
    ...of(/\.(csv|tsv)$/i).map((file) => importCsv(file, options)),
    ...of(/\.ics$/i).map((file) => importIcs(file, options)),
  ]
  // A folder of tables alone has no Markdown, which is no fault of it.
  const empty = ({ kind, file }: ImportProblem) => kind === 'no-posts' && file === ''
  return {
    posts: read.flatMap(({ posts }) => posts),
    notes: read.flatMap(({ notes }) => notes),
    problems: read.flatMap(({ problems }) => problems).filter((problem) => read.length === 1 || !empty(problem)),
  }
}

/** What an export of a range holds: its posts with their texts, and the rows they name. */
async function contentOf(db: WorkspaceDb, range: DateRange, zone: string): Promise<WorkspaceContent> {
  const all = await db.posts.where('plannedAt').aboveOrEqual(0).toArray()
  const posts = all.filter(({ plannedAt, trashedAt }) => {
    const day = dateAt(plannedAt, zone)
    return trashedAt === 0 && day >= range.from && day <= range.to
  })
  const used = new Set(
    posts.flatMap((post) => [
      post.id,
      post.campaignId,
      post.pillarId,
      post.ownerId,
      ...post.authorIds,
      ...post.channelIds,
    ]),
  )
  const named = <T extends { readonly id: string }>(rows: readonly T[]) => rows.filter(({ id }) => used.has(id))
  return {
    ...EMPTY_CONTENT,
    posts,
    documents: (await db.documents.bulkGet([...used])).filter((row) => row !== undefined),
    campaigns: named(await db.campaigns.toArray()),
    channels: named(await db.channels.toArray()),
    people: named(await db.people.toArray()),
    pillars: named(await db.pillars.toArray()),
    dayNotes: (await db.dayNotes.toArray()).filter(({ on, until }) => on <= range.to && until >= range.from),
  }
}
