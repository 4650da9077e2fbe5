/** Makes what is sent out of a post as it is now: text, fields, parts, media, with the checks of its network asked once more. */
import type { Account } from '../../shared/domain/account.ts'
import type { Delivery } from '../../shared/domain/delivery.ts'
import type { Doc } from '../../shared/domain/document.ts'
import { mediaIn } from '../../shared/domain/document.ts'
import { MEDIA_HOST, NO_HOST } from '../../shared/domain/mediaHost.ts'
import { placementId } from '../../shared/domain/placement.ts'
import type { Job, Part, SentMedium } from '../../shared/domain/publishing.ts'
import type { Instant } from '../../shared/domain/time.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { DEFAULT_VOCABULARY } from '../../shared/domain/utm.ts'
import { docOf } from '../../shared/domain/workspace.ts'
import { contentOf, isRich, type Placed } from '../../shared/platforms/content.ts'
import { asSent, whyNotSent } from '../../shared/platforms/files.ts'
import type { Content, MediaFacts, Place } from '../../shared/platforms/model.ts'
import { blockers, validate } from '../../shared/platforms/validate.ts'
import type { WorkspaceDb } from '../data/db.ts'
import type { Compose, Composed } from './publisher.ts'

export interface ComposeDeps {
  readonly db: WorkspaceDb
  /** A medium as the network takes it: converted, cut, lying where the shell reads it. */
  readonly media: (facts: MediaFacts, placed: Placed, content: Content) => Promise<SentMedium | Trouble>
  /** A text as markup, for articles. `named`: the id under which a picture of it is sent. */
  readonly html: (doc: Doc, named: (mediumId: string) => string) => string
}

export const createCompose =
  (deps: ComposeDeps): Compose =>
  async (delivery, publishAt) => {
    const read = await readPlaced(deps.db, delivery)
    if (!read) return refused('', 'the post or its channel was deleted')
    const content = contentOf(read.placed)
    const trouble = troubleIn(content, read.placed)
    if (trouble) return { kind: 'trouble', trouble }
    const media = new Map<string, SentMedium>()
    const { cover } = content.fields
    const used = [content, ...(content.parts ?? [])].flatMap((part) => part.media)
    for (const facts of cover ? [...used, cover] : used) {
      if (media.has(facts.id)) continue
      const made = await deps.media(facts, read.placed, content)
      if ('kind' in made) return { kind: 'trouble', trouble: made }
      media.set(facts.id, made)
    }
    const named = (id: string) => media.get(id)?.id ?? id
    const html = isRich(content.format) ? deps.html(read.placed.doc, named) : ''
    const job = jobOf(delivery, content, media, publishAt, html)
    return { kind: 'job', job: { ...job, fingerprint: await printOf(job) }, contentAt: read.contentAt }
  }

/**
 * What speaks against a delivery as its post is now, long before it is due: no file is opened. Null: nothing, or a person posts it.
 * `hasPlace`: whether a network could fetch files of that account.
 */
export const createForesee =
  (db: WorkspaceDb, hasPlace: (account: Account) => Promise<boolean>) =>
  async (delivery: Delivery): Promise<Trouble | null> => {
    const account = await db.accounts.get(delivery.channelId)
    const read = account && !account.byHand ? await readPlaced(db, delivery) : null
    if (!account || !read) return null
    const content = contentOf(read.placed)
    const trouble = troubleIn(content, read.placed)
    if (trouble || !isFetched(content, account) || (await hasPlace(account))) return trouble
    return ownRefusal(MEDIA_HOST, NO_HOST)
  }

function troubleIn(content: Content, { media, post, placement }: Placed): Trouble | null {
  const [worst] = blockers(asSent(content, validate(content)))
  if (worst) {
    const { place } = worst
    const name = place.at === 'medium' ? media.get(place.id)?.name : undefined
    return ownRefusal(fieldOf(place), name === undefined ? worst.sentence : `“${name}”: ${worst.sentence}`)
  }
  const cut = new Set((placement?.media ?? post.media).flatMap(({ mediumId, ratio }) => (ratio === '' ? [] : mediumId)))
  for (const { id } of [content, ...(content.parts ?? [])].flatMap((part) => part.media)) {
    const medium = media.get(id)
    const why = medium && whyNotSent(content, medium, cut.has(id))
    if (why) return ownRefusal('media', why)
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

const fieldOf = (place: Place): string => (place.at === 'field' ? place.name : place.at)

/** Everything in one transaction, so that no edit falls between. */
const readPlaced = (db: WorkspaceDb, { postId, channelId }: Delivery) =>
  db.transaction(
    'r',
    [db.posts, db.channels, db.placements, db.documents, db.media, db.mentions, db.vocabulary],
    async (): Promise<{ placed: Placed; contentAt: Instant } | null> => {
      const id = placementId(postId, channelId)
      const [post, channel, placement, base, own, mentions, vocabulary] = await Promise.all([
        db.posts.get(postId),
        db.channels.get(channelId),
        db.placements.get(id),
        db.documents.get(postId),
        db.documents.get(id),
        db.mentions.where('trashedAt').equals(0).toArray(),
        db.vocabulary.get('utm'),
      ])
      if (!post || !channel) return null
      const doc = docOf(placement?.detached ? own : base)
      const ids = [...post.media, ...(placement?.media ?? [])].map(({ mediumId }) => mediumId)
      const pictures = Object.values(placement?.fields ?? {}).filter((value) => typeof value === 'string')
      const rows = await db.media.bulkGet([...new Set([...ids, ...mediaIn(doc.content), ...pictures])])
      return {
        placed: {
          post,
          channel,
          placement,
          doc,
          media: new Map(rows.flatMap((row) => (row ? [[row.id, row]] : []))),
          wording: { mentions, vocabulary: vocabulary ?? DEFAULT_VOCABULARY },
        },
        contentAt: post.updatedAt,
      }
    },
  )

/** What the shell is given to send. `media`: by id, as the network gets them. */
export function jobOf(
  delivery: Pick<Delivery, 'id'>,
  content: Content,
  media: ReadonlyMap<string, SentMedium>,
  publishAt: Instant | null,
  html: string,
): Omit<Job, 'fingerprint'> {
  const sent = (part: Pick<Content, 'media'>) => part.media.flatMap(({ id }) => media.get(id) ?? [])
  // A cover travels with the media of the post; it may be one of them.
  const { cover } = content.fields
  const carried = cover && !content.media.some(({ id }) => id === cover.id) ? media.get(cover.id) : undefined
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
        value === undefined ? [] : [[name, isPicture(value) ? (media.get(value.id)?.id ?? value.id) : value]],
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
