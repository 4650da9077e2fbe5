/** Brings read posts into a workspace: one transaction, one entry in the log, one undo; a cancel leaves nothing. */

import type { Campaign } from '../../../shared/domain/campaign.ts'
import { blankChannel, type Channel, NETWORK_IDS, NETWORKS, type NetworkId } from '../../../shared/domain/channel.ts'
import type { Doc } from '../../../shared/domain/document.ts'
import type { Medium } from '../../../shared/domain/medium.ts'
import { type PlacedMedium, placementId, withMedia } from '../../../shared/domain/placement.ts'
import type { Post, PostSource } from '../../../shared/domain/post.ts'
import type { PostStatus } from '../../../shared/domain/status.ts'
import { type Instant, toInstant, type Zone } from '../../../shared/domain/time.ts'
import type { Vocabulary } from '../../../shared/domain/utm.ts'
import type { Person, Pillar } from '../../../shared/domain/workspace.ts'
import type { WorkspaceContent } from '../../../shared/interchange/json.ts'
import { distinct, type ImportedDayNote, type ImportedPost } from '../../../shared/interchange/model.ts'
import { newId } from '../../../shared/lib/ids.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import type { WorkspaceDb } from '../db.ts'
import type { Tx } from '../recorder.ts'
import type { Rows } from '../tables.ts'
import { blankCampaign } from './campaigns.ts'
import { blankPost, type PostStore, textFields } from './posts.ts'

export interface ImportInput {
  readonly posts: readonly ImportedPost[]
  readonly notes?: readonly ImportedDayNote[]
  /** Where it came from, in words for the log: `18f-blog`. */
  readonly from: string
  /** Zone of channels that are created. */
  readonly zone: Zone
  /** For posts whose source names no channel or campaign; '' for none. */
  readonly channelId?: string
  readonly campaignId?: string
  /** Pictures whose bytes are stored already. */
  readonly media?: readonly Medium[]
  /** Post of the input -> its media in their order. Posts may share them. */
  readonly placed?: ReadonlyMap<ImportedPost, readonly PlacedMedium[]>
  /** Id of a medium in `rows` -> the one here that is used in its place. */
  readonly known?: ReadonlyMap<string, string>
  /** Rows of an export of Outpost, brought in as they are; what is here already under the same id or name is used instead. */
  readonly rows?: WorkspaceContent
  /** Rows written so far; posts count, not people and labels. */
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

export interface Imported {
  /** In the order of the input, those of `rows` last. */
  readonly postIds: readonly string[]
  readonly created: {
    readonly people: number
    readonly channels: number
    readonly campaigns: number
    readonly pillars: number
    readonly notes: number
  }
}

export type ImportRefusal = { readonly kind: 'cancelled' }

const CHUNK = 100
const keyOf = (name: string) => name.trim().toLocaleLowerCase()

/** The network a word stands for: its id, name, sign or one of its other names; null when none does. */
function networkCalled(word: string): NetworkId | null {
  const wanted = keyOf(word)
  return (
    NETWORK_IDS.find((id) => {
      const { name, sign, aliases } = NETWORKS[id]
      return [id, name, sign, ...aliases].some((known) => keyOf(known) === wanted)
    }) ?? null
  )
}

/** `Instagram: @fernhollow`, or the word for a network alone: the channel that is meant; null when it is none. */
export function channelIn(word: string): Called | null {
  const alone = networkCalled(word)
  if (alone) return { network: alone, name: NETWORKS[alone].name }
  const [, prefix = '', name = ''] = /^([^:]+):\s*(\S.*)$/.exec(word.trim()) ?? []
  const network = networkCalled(prefix)
  return network ? { network, name } : null
}

/** A channel in a word that `channelIn` reads as the same one. */
export const wordFor = ({ network, name }: Called): string =>
  networkCalled(name) === network ? name : `${NETWORKS[network].name}: ${name}`

type Called = Pick<Channel, 'network' | 'name'>
const channelNamed = <T extends Called>(channels: readonly T[], word: string): T | undefined =>
  channels.find((channel) => [channel.name, wordFor(channel)].some((name) => keyOf(name) === keyOf(word)))

/** The channel a word means among those there are: by its name, or by its network where it says no more. */
export function channelCalled<T extends Called>(channels: readonly T[], word: string): T | undefined {
  const alone = networkCalled(word)
  return channelNamed(channels, word) ?? channels.find(({ network }) => network === alone)
}

/** What a post without a status is: out already when its time has passed; what a site's folder holds for later is scheduled. */
export function statusByDate(post: Pick<ImportedPost, 'status' | 'planned' | 'source'>, now: Instant): PostStatus {
  if (post.status)
    return (post.status === 'scheduled' || post.status === 'published') && !post.planned ? 'approved' : post.status
  if (!post.planned) return 'draft'
  if (toInstant(post.planned) <= now) return 'published'
  return post.source.kind === 'markdown' ? 'scheduled' : 'draft'
}

/** Creates posts with their texts, and the people, channels, campaigns and pillars they name that are not there yet. */
export const importPosts = (
  store: PostStore,
  db: WorkspaceDb,
  input: ImportInput,
): Promise<Result<Imported, ImportRefusal>> => {
  const total = input.posts.length + (input.rows?.posts.length ?? 0)
  return store.change(
    {
      command: 'importPosts',
      label: `Brought in ${total === 1 ? 'a post' : `${total} posts`} from ${input.from}`,
    },
    async (tx) => {
      const names = await referenceOf(tx, db, input.zone)
      const rows = input.posts.map((post, at) => toRow(post, at, tx.now, input, names))
      const taken = new Set(
        (
          await tx.getMany(
            'posts',
            rows.map(({ post }) => post.id),
          )
        ).map(({ id }) => id),
      )
      const seen = new Set<string>()
      const fresh = rows.map((row) => {
        const clash = taken.has(row.post.id) || seen.has(row.post.id)
        seen.add(row.post.id)
        return clash ? { ...row, post: { ...row.post, id: newId() } } : row
      })

      await names.create()
      await tx.createMany('media', input.media ?? [])
      for (let at = 0; at < fresh.length; at += CHUNK) {
        if (input.signal?.aborted) return err({ kind: 'cancelled' })
        const chunk = fresh.slice(at, at + CHUNK)
        await writePosts(tx, chunk)
        input.onProgress?.(at + chunk.length, total)
      }
      const notes = input.notes ?? []
      await tx.createMany(
        'dayNotes',
        notes.map(({ on, until, kind, text }) => ({ id: newId(), on, until, kind, text, trashedAt: 0 })),
      )
      const exported = input.rows && (await createRows(tx, db, input.rows, input.known))
      input.onProgress?.(total, total)
      if (input.signal?.aborted) return err({ kind: 'cancelled' })
      const counts = names.counts()
      return ok({
        postIds: [...fresh.map(({ post }) => post.id), ...(exported?.postIds ?? [])],
        created: {
          people: counts.people + (exported?.created.people ?? 0),
          channels: counts.channels + (exported?.created.channels ?? 0),
          campaigns: counts.campaigns + (exported?.created.campaigns ?? 0),
          pillars: counts.pillars + (exported?.created.pillars ?? 0),
          notes: notes.length + (exported?.created.notes ?? 0),
        },
      })
    },
  )
}

async function writePosts(tx: Tx<Rows>, rows: readonly { readonly post: Post; readonly doc: Doc }[]): Promise<void> {
  await Promise.all([
    tx.createMany(
      'posts',
      rows.map(({ post }) => post),
    ),
    tx.createMany(
      'documents',
      rows.map(({ post, doc }) => ({ id: post.id, content: doc.content })),
    ),
  ])
}

/** Creates the rows of an export. An id that is taken by a post makes a copy with a new one; by anything else, it is the same thing. */
async function createRows(
  tx: Tx<Rows>,
  db: WorkspaceDb,
  content: WorkspaceContent,
  known: ReadonlyMap<string, string> = new Map(),
) {
  const renamed = new Map(known)
  const taken = async (
    name: 'posts' | 'series' | 'tasks' | 'dayNotes' | 'views' | 'brandWords',
    ids: readonly string[],
  ) => new Set((await tx.getMany(name, ids)).map(({ id }) => id))
  const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id)

  for (const id of await taken('posts', idsOf(content.posts))) renamed.set(id, newId())
  /** Rows that are new here; a row of the same id or name is used in their place. */
  const unknown = <T extends { readonly id: string; readonly name: string; readonly trashedAt: number }>(
    theirs: readonly T[],
    ours: readonly T[],
  ): T[] => {
    const ids = new Set(idsOf(ours))
    const byName = new Map(ours.filter(({ trashedAt }) => trashedAt === 0).map((row) => [keyOf(row.name), row.id]))
    return theirs.filter((row) => {
      if (ids.has(row.id)) return false
      const same = byName.get(keyOf(row.name))
      if (same && row.trashedAt === 0) renamed.set(row.id, same)
      return !same || row.trashedAt !== 0
    })
  }
  const people = unknown(content.people, await db.people.toArray())
  const channels = unknown(content.channels, await db.channels.toArray())
  const campaigns = unknown(content.campaigns, await db.campaigns.toArray())
  const pillars = unknown(content.pillars, await db.pillars.toArray())
  const snippets = unknown(content.snippets, await db.snippets.toArray())
  const mentions = unknown(content.mentions, await db.mentions.toArray())
  const personas = unknown(content.personas, await db.personas.toArray())
  const templates = unknown(content.templates, await db.templates.toArray())
  const have = {
    series: await taken('series', idsOf(content.series)),
    tasks: await taken('tasks', idsOf(content.tasks)),
    dayNotes: await taken('dayNotes', idsOf(content.dayNotes)),
    views: await taken('views', idsOf(content.views)),
    brandWords: await taken('brandWords', idsOf(content.brandWords)),
    vocabulary: await db.vocabulary.count(),
  }
  const media = new Set(await db.media.toCollection().primaryKeys())
  // The id of a placement is made of two others.
  for (const { id, postId, channelId } of content.placements) {
    const here = placementId(renamed.get(postId) ?? postId, renamed.get(channelId) ?? channelId)
    if (here !== id) renamed.set(id, here)
  }

  // Ids are random words, so one that stands anywhere in a row means the row it names.
  const settled = <T>(value: T): T =>
    renamed.size === 0
      ? value
      : JSON.parse(JSON.stringify(value), (_key, part) => (typeof part === 'string' && renamed.get(part)) || part)
  const fresh = <T extends { readonly id: string }>(rows: readonly T[], known: ReadonlySet<string>) =>
    settled(rows.filter(({ id }) => !known.has(id)))

  const present = (list: readonly PlacedMedium[]) => list.filter(({ mediumId }) => media.has(mediumId))
  const posts = settled(content.posts).map((post) => ({ ...post, ...withMedia(present(post.media)) }))
  const placements = settled(content.placements).map((own) => ({ ...own, media: own.media && present(own.media) }))
  const texts = new Set([...idsOf(content.posts), ...idsOf(content.placements), ...idsOf(campaigns)])
  const documents = settled(content.documents.filter(({ id }) => texts.has(id)))
  const written = new Set(idsOf(documents))
  const notes = fresh(content.dayNotes, have.dayNotes)
  await tx.createMany('people', settled(people))
  await tx.createMany(
    'channels',
    // A file that did not come along leaves the letters.
    settled(channels).map((channel) => (media.has(channel.avatarId) ? channel : { ...channel, avatarId: '' })),
  )
  await tx.createMany('campaigns', settled(campaigns))
  await tx.createMany('pillars', settled(pillars))
  await tx.createMany('snippets', snippets)
  await tx.createMany('mentions', mentions)
  await tx.createMany('personas', personas)
  await tx.createMany('templates', settled(templates))
  await tx.createMany('brandWords', fresh(content.brandWords, have.brandWords))
  // One's own vocabulary is not replaced by that of a file.
  if (have.vocabulary === 0)
    await tx.createMany('vocabulary', content.vocabulary.slice(0, 1).map(withCampaigns(renamed)))
  await tx.createMany('posts', posts)
  await tx.createMany('placements', placements)
  await tx.createMany('series', fresh(content.series, have.series))
  await tx.createMany('documents', [
    ...documents,
    ...[...posts, ...campaigns].filter(({ id }) => !written.has(id)).map(({ id }) => ({ id, content: [] })),
  ])
  await tx.createMany('tasks', fresh(content.tasks, have.tasks))
  await tx.createMany('dayNotes', notes)
  await tx.createMany('views', fresh(content.views, have.views))
  return {
    postIds: idsOf(posts),
    created: {
      people: people.length,
      channels: channels.length,
      campaigns: campaigns.length,
      pillars: pillars.length,
      notes: notes.length,
    },
  }
}

/** The values of campaigns stand under their ids, which an import may have changed. */
const withCampaigns =
  (renamed: ReadonlyMap<string, string>) =>
  (vocabulary: Vocabulary): Vocabulary => ({
    ...vocabulary,
    campaigns: Object.fromEntries(
      Object.entries(vocabulary.campaigns).map(([id, value]) => [renamed.get(id) ?? id, value]),
    ),
  })

/** Where a post keeps, among `source.extra`, what its source said and Outpost has no field for: an export gives it back. */
const SAID = '$said'
const SAID_FIELDS = ['id', 'slug', 'image', 'imageAlt', 'owner'] as const
export type Said = Pick<ImportedPost, (typeof SAID_FIELDS)[number]>

function withSaid(post: ImportedPost): PostSource {
  const said = Object.fromEntries(SAID_FIELDS.flatMap((field) => (post[field] ? [[field, post[field]]] : [])))
  return Object.keys(said).length === 0
    ? post.source
    : { ...post.source, extra: { ...post.source.extra, [SAID]: said } }
}

/** What the source of a post said about itself; empty words for a post made here. */
export function saidBy(source: PostSource | null): Said {
  const kept = source?.extra[SAID]
  const entries = new Map<string, unknown>(typeof kept === 'object' && kept !== null ? Object.entries(kept) : [])
  const word = (field: keyof Said) => {
    const value = entries.get(field)
    return typeof value === 'string' ? value : ''
  }
  return {
    id: word('id'),
    slug: word('slug'),
    image: word('image'),
    imageAlt: word('imageAlt'),
    owner: word('owner'),
  }
}

/** The source as it was read, without what an import added. */
export function sourceAsRead(source: PostSource): PostSource {
  const { [SAID]: _said, ...extra } = source.extra
  return { ...source, extra }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

function toRow(
  from: ImportedPost,
  at: number,
  now: Instant,
  input: ImportInput,
  names: Names,
): { post: Post; doc: Doc } {
  const channels = from.channels.map((word) => ({ word, id: names.channel(word) }))
  const known = channels.flatMap(({ id }) => (id ? [id] : []))
  const unknown = channels.flatMap(({ word, id }) => (id ? [] : [word]))
  const authorIds = distinct(from.authors).map(names.person)
  const post = blankPost(now, {
    id: UUID.test(from.id) ? from.id : newId(),
    title: from.title,
    summary: from.summary,
    ...textFields(from.doc),
    status: statusByDate(from, now),
    planned: from.planned,
    dueOn: from.dueOn,
    channelIds: known.length > 0 ? [...new Set(known)] : input.channelId ? [input.channelId] : [],
    campaignId: from.campaign ? names.campaign(from.campaign) : (input.campaignId ?? ''),
    pillarId: from.pillar ? names.pillar(from.pillar) : '',
    ownerId: from.owner ? names.person(from.owner) : (authorIds[0] ?? ''),
    authorIds,
    // A channel of no network Outpost knows is kept as a label, so that the word is not lost.
    labels: distinct([...from.labels, ...unknown]),
    notes: from.notes,
    ...withMedia(input.placed?.get(from) ?? []),
    source: withSaid(from),
    order: now + at,
  })
  return { post, doc: from.doc }
}

interface Names {
  person(name: string): string
  campaign(name: string): string
  pillar(name: string): string
  /** '' when the word is neither a channel nor a network. */
  channel(word: string): string
  create(): Promise<void>
  counts(): Omit<Imported['created'], 'notes'>
}

/** Names -> ids, over what the workspace has; what is missing is noted and created in one go. */
async function referenceOf(tx: Tx<Rows>, db: WorkspaceDb, zone: Zone): Promise<Names> {
  const alive = <T extends { readonly trashedAt: number }>(rows: readonly T[]) =>
    rows.filter((row) => row.trashedAt === 0)
  const finder = <T extends { readonly id: string; readonly name: string }>(
    rows: readonly T[],
    make: (name: string) => T,
  ) => {
    const byName = new Map(rows.map((row) => [keyOf(row.name), row.id]))
    const made: T[] = []
    const find = (name: string): string => {
      const key = keyOf(name)
      const id = byName.get(key)
      if (id) return id
      const row = make(name.trim())
      made.push(row)
      byName.set(key, row.id)
      return row.id
    }
    return { find, made }
  }

  const people = finder<Person>(alive(await db.people.toArray()), (name) => ({
    id: newId(),
    name,
    role: '',
    email: '',
    trashedAt: 0,
  }))
  const campaigns = finder<Campaign>(alive(await db.campaigns.toArray()), (name) => blankCampaign(tx.now, { name }))
  const pillars = finder<Pillar>(alive(await db.pillars.toArray()), (name) => ({
    id: newId(),
    name,
    hue: 'slate',
    purpose: '',
    share: 0,
    trashedAt: 0,
  }))
  const oldChannels = alive(await db.channels.toArray())
  const newChannels: Channel[] = []
  const newChannel = ({ network, name }: Called): Channel =>
    blankChannel(network, { id: newId(), name, zone, spacing: 0, order: tx.now + newChannels.length })

  return {
    person: people.find,
    campaign: campaigns.find,
    pillar: pillars.find,
    channel(word) {
      const there = channelNamed([...oldChannels, ...newChannels], word) ?? channelCalled(oldChannels, word)
      if (there) return there.id
      const wanted = channelIn(word)
      if (!wanted) return ''
      const made = newChannel(wanted)
      newChannels.push(made)
      return made.id
    },
    async create() {
      await tx.createMany('people', people.made)
      await tx.createMany('campaigns', campaigns.made)
      await tx.createMany(
        'documents',
        campaigns.made.map(({ id }) => ({ id, content: [] })),
      )
      await tx.createMany('pillars', pillars.made)
      await tx.createMany('channels', newChannels)
    },
    counts: () => ({
      people: people.made.length,
      channels: newChannels.length,
      campaigns: campaigns.made.length,
      pillars: pillars.made.length,
    }),
  }
}
