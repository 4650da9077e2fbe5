/** The last step, the only one that writes: pictures first, then everything else in one transaction. */
import type { Medium } from '../../../shared/domain/medium.ts'
import type { WorkspaceContent } from '../../../shared/interchange/json.ts'
import type { ImportedDayNote } from '../../../shared/interchange/model.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import { type Imported, importPosts } from '../../data/commands/importPosts.ts'
import type { WorkspaceDb } from '../../data/db.ts'
import { isDiskFull } from '../../data/faults.ts'
import { keepPictures, type Measure, type PictureFile } from '../../data/pictures.ts'
import type { PickedFile } from '../../parts/picked.ts'
import type { Deps } from '../../ports/deps.tsx'
import type { Item } from './reading.ts'

export interface BringIn {
  readonly items: readonly Item[]
  readonly notes: readonly ImportedDayNote[]
  readonly contents: readonly WorkspaceContent[]
  /** Name of the source, for the log. */
  readonly from: string
  readonly zone: string
  /** For posts that name none; '' for none. */
  readonly channelId: string
  readonly campaignId: string
  readonly files: readonly PickedFile[]
}

export interface BringInProgress {
  readonly what: 'pictures' | 'posts'
  readonly done: number
  readonly total: number
}

export type BringInRefusal = { readonly kind: 'cancelled' } | { readonly kind: 'failed'; readonly sentence: string }

export interface BroughtIn extends Imported {
  /** Files of pictures that could not be read or drawn; their addresses stay with the posts. */
  readonly leftOut: readonly string[]
}

/** All or nothing: after a refusal the workspace is as it was. */
export async function bringIn(
  { workspace, shell, clock, measure }: Pick<Deps, 'workspace' | 'shell' | 'clock'> & { readonly measure?: Measure },
  input: BringIn,
  onProgress: (progress: BringInProgress) => void,
  signal: AbortSignal,
): Promise<Result<BroughtIn, BringInRefusal>> {
  const noRoom = await workspace.guard.refusesLarge()
  if (noRoom) return err({ kind: 'failed', sentence: `Nothing was brought in. ${noRoom.message}` })
  const rows = chosenRows(input.items, input.contents)
  const pictures = await keepPictures(workspace, shell, {
    posts: input.items.filter(({ rowId }) => rowId === undefined).map(({ post }) => post),
    files: input.files.map(pictureFile),
    exported: await notHere(workspace.db, rows?.media ?? []),
    now: clock.now(),
    measure,
    onProgress: (done, total) => onProgress({ what: 'pictures', done, total }),
    signal,
  })
  if (pictures.refusal) {
    await pictures.forget()
    return err({
      kind: 'failed',
      sentence: `Nothing was brought in: a picture could not be kept. ${pictures.refusal.message}`,
    })
  }
  const imported = await runImport().catch(async (thrown: unknown) => {
    await pictures.forget()
    if (isDiskFull(thrown))
      return err<BringInRefusal>({
        kind: 'failed',
        sentence: 'The disk is full, so nothing was brought in. Make room on it and try again.',
      })
    throw thrown
  })
  if (!imported.ok && imported.error.kind === 'cancelled') await pictures.forget()
  return imported.ok ? ok({ ...imported.value, leftOut: pictures.leftOut }) : imported

  async function runImport(): Promise<Result<Imported, BringInRefusal>> {
    return importPosts(workspace.store, workspace.db, {
      posts: pictures.posts,
      notes: input.notes,
      rows,
      from: input.from,
      zone: input.zone,
      channelId: input.channelId,
      campaignId: input.campaignId,
      media: pictures.media,
      placed: pictures.placed,
      known: pictures.known,
      onProgress: (done, total) => onProgress({ what: 'posts', done, total }),
      signal,
    })
  }
}

const pictureFile = ({ path, file }: PickedFile): PictureFile => ({ path, read: async () => file })

/** Media are the same wherever they came from: what is here under its id is not kept again. */
async function notHere(db: WorkspaceDb, media: readonly Medium[]): Promise<Medium[]> {
  const here = await db.media.bulkGet(media.map(({ id }) => id))
  return media.filter((_, at) => here[at] === undefined)
}

/** What the exports hold, with only those posts that were chosen. */
function chosenRows(items: readonly Item[], contents: readonly WorkspaceContent[]): WorkspaceContent | undefined {
  const [first, ...rest] = contents
  if (!first) return undefined
  const wanted = new Set(items.flatMap(({ rowId }) => rowId ?? []))
  const all = rest.reduce<WorkspaceContent>(
    (a, b) => ({
      posts: [...a.posts, ...b.posts],
      documents: [...a.documents, ...b.documents],
      placements: [...a.placements, ...b.placements],
      series: [...a.series, ...b.series],
      campaigns: [...a.campaigns, ...b.campaigns],
      channels: [...a.channels, ...b.channels],
      people: [...a.people, ...b.people],
      pillars: [...a.pillars, ...b.pillars],
      snippets: [...a.snippets, ...b.snippets],
      mentions: [...a.mentions, ...b.mentions],
      vocabulary: [...a.vocabulary, ...b.vocabulary],
      brandWords: [...a.brandWords, ...b.brandWords],
      personas: [...a.personas, ...b.personas],
      templates: [...a.templates, ...b.templates],
      tasks: [...a.tasks, ...b.tasks],
      dayNotes: [...a.dayNotes, ...b.dayNotes],
      views: [...a.views, ...b.views],
      media: [...a.media, ...b.media],
    }),
    first,
  )
  // The same export twice must not be two of everything.
  const once = <T extends { readonly id: string }>(rows: readonly T[]) => [
    ...new Map(rows.map((row) => [row.id, row])).values(),
  ]
  return {
    posts: once(all.posts.filter(({ id }) => wanted.has(id))),
    documents: once(all.documents),
    placements: once(all.placements.filter(({ postId }) => wanted.has(postId))),
    series: once(all.series),
    campaigns: once(all.campaigns),
    channels: once(all.channels),
    people: once(all.people),
    pillars: once(all.pillars),
    snippets: once(all.snippets),
    mentions: once(all.mentions),
    vocabulary: once(all.vocabulary),
    brandWords: once(all.brandWords),
    personas: once(all.personas),
    templates: once(all.templates),
    tasks: once(all.tasks),
    dayNotes: once(all.dayNotes),
    views: once(all.views),
    media: once(all.media),
  }
}
