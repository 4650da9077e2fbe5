/** Makes what is sent out of a post as it is now: text, fields, parts, media, with the checks of its network asked once more. */
import type { Account } from '../../shared/domain/account.ts'
import type { Delivery } from '../../shared/domain/delivery.ts'
import { standing } from '../../shared/domain/deliveryOut.ts'
import type { Doc } from '../../shared/domain/document.ts'
import { mediaIn } from '../../shared/domain/document.ts'
import { MEDIA_HOST, NO_HOST } from '../../shared/domain/mediaHost.ts'
import { type Placement, placementId } from '../../shared/domain/placement.ts'
import type { Post } from '../../shared/domain/post.ts'
import type { Job, Part, SentMedium } from '../../shared/domain/publishing.ts'
import type { Instant } from '../../shared/domain/time.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { DEFAULT_VOCABULARY } from '../../shared/domain/utm.ts'
import { docOf } from '../../shared/domain/workspace.ts'
import { contentOf, isRich, type Placed } from '../../shared/platforms/content.ts'
import { asSent, whyNotSent } from '../../shared/platforms/files.ts'
import type { Content, MediaFacts, Place } from '../../shared/platforms/model.ts'
import { fieldOf } from '../../shared/platforms/refusedAt.ts'
import { blockers, validate } from '../../shared/platforms/validate.ts'
import type { WorkspaceDb } from '../data/db.ts'
import type { Compose, Composed, Differs } from './publisher.ts'
import { together } from './together.ts'

export interface ComposeDeps {
  readonly db: WorkspaceDb
  /**
   * A medium as the network takes it where it is used: converted, cut, lying where the shell reads it. `again`: how often the same stands
   * before it in its part; each gets an id of its own. `quick`: a film that is not made yet is refused. A trouble of `begin-again`: the post was
   * changed while a film was made of it.
   */
  readonly media: (
    facts: MediaFacts,
    content: Content,
    how: { readonly again: number; readonly quick: boolean; readonly delivery: Delivery },
  ) => Promise<SentMedium | Trouble>
  /** A text as markup, for articles. `named`: the id under which a picture of it is sent. */
  readonly html: (doc: Doc, named: (mediumId: string) => string) => string
}

export const createCompose = (deps: ComposeDeps): Compose => {
  const readOne = placedReader(deps.db)
  return async (delivery, publishAt, haste) => {
    const read = await readOne(delivery)
    if (!read) return refused('', 'the post or its channel was deleted')
    const content = contentOf(read.placed)
    const trouble = troubleIn(content, read.placed)
    if (trouble) return { kind: 'trouble', trouble }
    const media = new Map<MediaFacts, SentMedium>()
    const uses = usesOf(content)
    if (haste === 'words' && uses.length > 0) return refused('media', 'its files are not made yet')
    for (const { facts, again } of uses) {
      const made = await deps.media(facts, content, { again, quick: haste === 'quick', delivery })
      if ('kind' in made) return { kind: 'trouble', trouble: ofFile(made, facts, content, read.placed) }
      media.set(facts, made)
    }
    const named = (id: string) => [...media].find(([facts]) => facts.id === id)?.[1].id ?? id
    const html = isRich(content.format) ? deps.html(read.placed.doc, named) : ''
    const job = jobOf(delivery, content, media, publishAt, html)
    return { kind: 'job', job: { ...job, fingerprint: await printOf(job) }, contentAt: read.contentAt }
  }
}

/** Every use of a medium: one of a post that stands in it twice, cut otherwise or described otherwise, is sent twice. */
export function usesOf(content: Content): { readonly facts: MediaFacts; readonly again: number }[] {
  const uses = [content, ...(content.parts ?? [])].flatMap(({ media }) =>
    media.map((facts, at) => ({ facts, again: media.slice(0, at).filter((one) => isSame(one, facts)).length })),
  )
  const { cover } = content.fields
  return cover && !uses.some(({ facts }) => facts === cover) ? [...uses, { facts: cover, again: 0 }] : uses
}

const isSame = (one: MediaFacts, other: MediaFacts) => one.id === other.id && one.ratio === other.ratio

/**
 * What speaks against a delivery as its post is now, long before it is due: no file is opened. Null: nothing, or a person posts it.
 * `hasPlace`: whether a network could fetch files of that account.
 */
export const createForesee = (db: WorkspaceDb, hasPlace: (account: Account) => Promise<boolean>) => {
  const readOne = placedReader(db)
  return async (delivery: Delivery): Promise<Trouble | null> => {
    const account = await db.accounts.get(delivery.channelId)
    const read = account && !account.byHand ? await readOne(delivery) : null
    if (!account || !read) return null
    const content = contentOf(read.placed)
    const trouble = troubleIn(content, read.placed)
    if (trouble || !isFetched(content, account) || (await hasPlace(account))) return trouble
    return ownRefusal(MEDIA_HOST, NO_HOST)
  }
}

/**
 * Whether a post says something else by now than what is out of it: its words, its fields, how many files it has and how they are described;
 * or has other parts. `same` where nothing is known to have been sent.
 */
export const createDiffers = (db: WorkspaceDb) => {
  const readOne = placedReader(db)
  return async (delivery: Delivery): Promise<Differs> => {
    const [attempt, read] = await Promise.all([db.attempts.get(delivery.attempt), readOne(delivery)])
    if (!attempt || !read) return 'same'
    const content = contentOf(read.placed)
    const now = jobOf(delivery, content, new Map(), null, '')
    const kinds = ({ parts }: Pick<Job, 'parts'>) => parts.map(({ kind }) => kind).join()
    if (kinds(now) !== kinds(attempt.job)) return 'parts'
    const there = standing(delivery)
    const described = [content, ...(content.parts ?? [])].map(({ media }) => media.map(({ alt }) => alt))
    const said = (job: Omit<Job, 'fingerprint'>) => [
      job.title,
      wordsIn(job.fields),
      there.map((part) => job.parts[part]?.text),
    ]
    const sent = attempt.job.parts.map(({ media }) => media.map(({ alt }) => alt))
    const isOther =
      JSON.stringify(said(now)) !== JSON.stringify(said(attempt.job)) ||
      there.some((part) => described[part]?.some((alt, at) => sent[part]?.[at] !== alt))
    return isOther ? 'words' : 'same'
  }
}

/** Fields that are words: a picture in one has another name when it is sent. */
const wordsIn = (fields: Job['fields']) =>
  Object.entries(fields)
    .filter(([name]) => name !== 'cover')
    .sort(([one], [other]) => (one < other ? -1 : 1))

/** How long a file that could not be made is taken for one: what was wrong may have been the disk. */
const TRY_AGAIN_MS = 3_600_000

/**
 * Makes the files of a delivery as they would be sent, to see whether they can be: what no fact of the library tells. A file that could be
 * made is not made again as long as nothing about it changes, whatever post it stands in. Null: nothing speaks against it. Of what a person
 * posts only the films are made, so that its kit has them at its time, and nothing is held.
 */
export function createTryOut({
  db,
  media,
  now,
}: {
  readonly db: WorkspaceDb
  readonly media: (facts: MediaFacts, content: Content, delivery: Delivery) => Promise<Trouble | null>
  readonly now: () => Instant
}) {
  const readOne = placedReader(db)
  const tried = new Map<string, { readonly trouble: Trouble | null; readonly until: Instant }>()
  return async (delivery: Delivery): Promise<Trouble | null> => {
    const account = await db.accounts.get(delivery.channelId)
    const read = account ? await readOne(delivery) : null
    if (!account || !read) return null
    const content = contentOf(read.placed)
    for (const { facts } of usesOf(content)) {
      const { kind, hash, edits } = read.placed.media.get(facts.id) ?? {}
      if (account.byHand && kind !== 'video') continue
      const key = JSON.stringify([content.network, content.format, { ...facts, alt: '' }, hash, edits])
      let known = tried.get(key)
      if (!known || known.until <= now()) {
        const trouble = await media(facts, content, delivery)
        // Something else is asked for by now.
        if (trouble?.kind === 'begin-again') return null
        known = { trouble, until: trouble ? now() + TRY_AGAIN_MS : Number.POSITIVE_INFINITY }
        tried.set(key, known)
      }
      if (known.trouble && !account.byHand) {
        const trouble = ofFile(known.trouble, facts, content, read.placed)
        return { ...trouble, ...(trouble.kind === 'refused' ? { ours: true } : {}) }
      }
    }
    return null
  }
}

function troubleIn(content: Content, placed: Placed): Trouble | null {
  const { media } = placed
  const [worst] = blockers(asSent(content, validate(content)))
  if (worst) {
    const { place } = worst
    const name = place.at === 'medium' ? media.get(place.id)?.name : undefined
    return ownRefusal(
      fieldOf(mendedAt(place, content, placed)),
      name === undefined ? worst.sentence : `“${name}”: ${worst.sentence}`,
    )
  }
  for (const { facts } of usesOf(content)) {
    const medium = media.get(facts.id)
    const why = medium && whyNotSent(content, medium, facts.ratio)
    if (why) return ownRefusal(fieldOfFile(facts, content, placed), why)
  }
  return null
}

/** Whether its files are fetched from the web. Over Facebook Login the film of a Reel goes by its bytes; its cover does not. */
const isFetched = (content: Content, { host }: Account): boolean =>
  validate(content).some(({ rule }) => rule === 'public-address') &&
  !(content.format === 'reel' && host.includes('facebook') && !content.fields.cover)

const ownRefusal = (field: string, reason: string): Trouble => ({
  kind: 'refused',
  field,
  reason: reason.replace(/\.$/, ''),
  details: '',
  ours: true,
})
const refused = (field: string, reason: string): Composed => ({ kind: 'trouble', trouble: ownRefusal(field, reason) })

/** Where something is mended: a cover in its field, and a picture that stands in the text there. */
function mendedAt(place: Place, content: Content, { post, placement }: Placed): Place {
  if (place.at !== 'medium' && place.at !== 'alt') return place
  const { id } = place
  const inStrip = (placement?.media ?? post.media).some(({ mediumId }) => mediumId === id)
  if (inStrip) return place
  if (content.fields.cover?.id === id) return { at: 'field', name: 'cover' }
  const part = (content.parts ?? []).findIndex(({ media }) => media.some((facts) => facts.id === id)) + 1
  return { at: 'text', part }
}

const fieldOfFile = ({ id }: MediaFacts, content: Content, placed: Placed): string =>
  fieldOf(mendedAt({ at: 'medium', id }, content, placed))

/** A file that could not be made ready is named, so that one is led to it. */
const ofFile = (trouble: Trouble, facts: MediaFacts, content: Content, placed: Placed): Trouble =>
  trouble.kind === 'refused' && trouble.field === 'media'
    ? { ...trouble, field: fieldOfFile(facts, content, placed) }
    : trouble

interface Read {
  readonly placed: Placed
  readonly contentAt: Instant
}

/** Reads posts as they are placed; null: the post or its channel is gone. What many lanes ask for in one moment is read together. */
function placedReader(db: WorkspaceDb) {
  const read = together((deliveries: readonly Delivery[]) => readPlaced(db, deliveries))
  return async (delivery: Delivery): Promise<Read | null> => (await read([delivery]))[0] ?? null
}

/** Everything in one transaction, so that no edit falls between. */
const readPlaced = (db: WorkspaceDb, deliveries: readonly Delivery[]) =>
  db.transaction(
    'r',
    [db.posts, db.channels, db.placements, db.documents, db.media, db.mentions, db.vocabulary],
    async (): Promise<(Read | null)[]> => {
      const ids = deliveries.map(({ postId, channelId }) => placementId(postId, channelId))
      // Several of a lane are made at once, and have one channel.
      const channelIds = [...new Set(deliveries.map(({ channelId }) => channelId))]
      const [posts, known, placements, texts, mentions, vocabulary] = await Promise.all([
        db.posts.bulkGet(deliveries.map(({ postId }) => postId)),
        db.channels.bulkGet(channelIds),
        db.placements.bulkGet(ids),
        db.documents.bulkGet(deliveries.map(({ postId }) => postId)),
        db.mentions.where('trashedAt').equals(0).toArray(),
        db.vocabulary.get('utm'),
      ])
      const channels = new Map(channelIds.map((id, at) => [id, known[at]]))
      const wording = { mentions, vocabulary: vocabulary ?? DEFAULT_VOCABULARY }
      const read = async ({ channelId }: Delivery, at: number): Promise<Read | null> => {
        const [post, channel, placement] = [posts[at], channels.get(channelId), placements[at]]
        if (!post || !channel) return null
        const doc = docOf(placement?.detached ? await db.documents.get(placement.id) : texts[at])
        return {
          placed: { post, channel, placement, doc, wording, media: await mediaOf(db, post, placement, doc) },
          contentAt: post.updatedAt,
        }
      }
      return Promise.all(deliveries.map(read))
    },
  )

/** The media of a post on a channel, by id. */
async function mediaOf(
  db: WorkspaceDb,
  post: Pick<Post, 'media'>,
  placement: Placement | undefined,
  doc: Doc,
): Promise<Placed['media']> {
  const shown = [...post.media, ...(placement?.media ?? [])].map(({ mediumId }) => mediumId)
  const pictures = Object.values(placement?.fields ?? {}).filter((value) => typeof value === 'string')
  const ids = new Set([...shown, ...mediaIn(doc.content), ...pictures])
  const rows = ids.size > 0 ? await db.media.bulkGet([...ids]) : []
  return new Map(rows.flatMap((row) => (row ? [[row.id, row]] : [])))
}

/** What the shell is given to send. `media`: for each use, as the network gets it. */
export function jobOf(
  delivery: Pick<Delivery, 'id'>,
  content: Content,
  media: ReadonlyMap<MediaFacts, SentMedium>,
  publishAt: Instant | null,
  html: string,
): Omit<Job, 'fingerprint'> {
  const sent = (part: Pick<Content, 'media'>) => part.media.flatMap((facts) => media.get(facts) ?? [])
  // A cover travels with the media of the post; it may be one of them.
  const cover = content.fields.cover && media.get(content.fields.cover)
  const carried = cover && !sent(content).some(({ id }) => id === cover.id) ? cover : undefined
  const first: Part = {
    kind: 'post',
    text: content.text,
    html,
    media: [...sent(content), ...(carried ? [carried] : [])],
  }
  const thread = (content.parts ?? []).map<Part>((part) => ({
    kind: 'thread',
    text: part.text,
    html: '',
    media: sent(part),
  }))
  const comment: Part[] = content.firstComment
    ? [{ kind: 'comment', text: content.firstComment, html: '', media: [] }]
    : []
  const { title = '', ...fields } = content.fields
  return {
    deliveryId: delivery.id,
    format: content.format,
    title,
    // A picture in a field is named by its id.
    fields: Object.fromEntries(
      Object.entries(fields).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, isPicture(value) ? (media.get(value)?.id ?? value.id) : value]],
      ),
    ),
    parts: [first, ...thread, ...comment],
    publishAt,
  }
}

const isPicture = (value: NonNullable<Content['fields'][keyof Content['fields']]>): value is MediaFacts =>
  typeof value === 'object' && 'id' in value

/** The same content has the same one, whenever it is to go out. */
async function printOf({ publishAt: _when, ...content }: Omit<Job, 'fingerprint'>): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(content))
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...hash.slice(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
