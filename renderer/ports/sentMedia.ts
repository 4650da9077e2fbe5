/**
 * The files of a post as a network takes them: pictures upright, cut as the placement says, of a type and size it knows, without what a
 * camera noted. They lie on the shelf of the workspace, under the sum of everything that made them what they are: the same attempt sends
 * the same bytes.
 */
import type { DeliveryState } from '../../shared/domain/delivery.ts'
import type { Medium } from '../../shared/domain/medium.ts'
import type { SentMedium } from '../../shared/domain/publishing.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { withoutNotes } from '../../shared/media/bare.ts'
import { codecOf, isBoxed } from '../../shared/media/film.ts'
import { inspect } from '../../shared/media/inspect.ts'
import { cutOf, ratioIn } from '../../shared/platforms/content.ts'
import { fileRulesFor, typesToSend, whyNotTaken } from '../../shared/platforms/files.ts'
import type { Content, MediaFacts } from '../../shared/platforms/model.ts'
import type { Fitting } from '../data/media/fit.ts'
import { bytesOf, keepBytes, putBeside, secondCopyOf } from '../data/media/originals.ts'
import { shelfOf } from '../data/workspace.ts'
import type { Deps } from './deps.tsx'
import { fitPicture } from './media.ts'

type Owner = Pick<Deps, 'db' | 'shell' | 'workspace'>
/** Draws a picture to fit; null when it cannot be decoded or made small enough. */
export type Fit = (picture: Blob, fitting: Fitting) => Promise<Blob | null>

/** What is made for sending begins so; originals have plain ids. */
const MADE = 'sent-'
/** Goes up when the same order gives another picture. */
const RECIPE = 1

/** How the file is used: as a medium of a post, cut as it is there, or as a cover. */
type Used = Pick<Content, 'network' | 'format' | 'fields'>

const refused = (reason: string): Trouble => ({ kind: 'refused', field: 'media', reason, details: '' })

/**
 * A file of a post for the network and format of `content`, lying where the shell reads it (`shell.readMedia(shelf, id, …)`), or in a
 * sentence why there is none. `facts`: the file as it is used there (`Content.media`, or a cover). `again`: the same stands so often before
 * it, and this one is to be told from those. Films and documents go as they are.
 */
export async function convertFor(
  owner: Owner,
  content: Used,
  facts: MediaFacts,
  again = 0,
  draw: Fit = fitPicture,
): Promise<SentMedium | Trouble> {
  const medium = await owner.db.media.get(facts.id)
  if (!medium) return refused('a file of it was deleted')
  const sent =
    medium.kind === 'image'
      ? await picture(owner, await orderOf(content, medium, facts.ratio, again), medium, draw)
      : await asItIs(owner, medium)
  return 'kind' in sent ? sent : { ...sent, alt: facts.alt, address: '' }
}

/**
 * Why a file could not be sent, found by making it as it would be; null when it can. Nothing is kept of it: sent, it is made again. A film
 * is opened and told how it is packed.
 */
export async function tryFor(
  owner: Owner,
  content: Used,
  facts: MediaFacts,
  draw: Fit = fitPicture,
): Promise<Trouble | null> {
  const medium = await owner.db.media.get(facts.id)
  if (!medium) return refused('a file of it was deleted')
  if (medium.kind === 'image') {
    const made = await make(owner, await orderOf(content, medium, facts.ratio, 0), medium, draw)
    return 'kind' in made ? made : null
  }
  const there = await asItIs(owner, medium)
  if ('kind' in there) return there
  const film = isBoxed(medium.type) ? await bytesOf(shelfOf(owner.workspace), owner.shell, medium.id) : null
  if (!film) return null
  const read = async (from: number, length: number) =>
    new Uint8Array(await film.slice(from, from + length).arrayBuffer())
  const why = whyNotTaken(content, { ...facts, codec: await codecOf(read, film.size) }, medium.name)
  return why === '' ? null : refused(why.replace(/\.$/, ''))
}

type Lying = Omit<SentMedium, 'alt' | 'address'>

async function asItIs({ shell, workspace }: Owner, medium: Medium): Promise<Lying | Trouble> {
  const { id, name, type, size, seconds, width, height } = medium
  const at = shelfOf(workspace)
  const lying = await shell.readMedia(at.shelf, id, Math.max(0, size - 1))
  if (!lying.ok || lying.value.size !== size) {
    const bytes = await bytesOf(at, shell, id)
    if (!bytes) return unreadable(name)
    const kept = await keepBytes(at, shell, { id, bytes })
    if (!kept.ok) return notReady(name, kept.error.message)
  }
  return { id, type, size, width, height, duration: seconds }
}

const unreadable = (name: string) => refused(`“${name}” cannot be read any more`)
const notReady = (name: string, why: string) => refused(`“${name}” could not be made ready: ${why.replace(/\.$/, '')}`)

/** What is to be made of a picture, and the name it lies under then. */
interface Order {
  readonly made: string
  readonly accepts: boolean
  readonly fitting: Fitting
}

async function orderOf(content: Used, medium: Medium, shape = '', again: number): Promise<Order> {
  const { accepts, types, most } = typesToSend(
    fileRulesFor(content, { ...medium, frames: medium.animated ? 2 : 1 }),
    medium.type,
  )
  const ratio = ratioIn(shape)
  const frame = ratio > 0 && medium.width > 0 ? cutOf(medium, ratio) : undefined
  const fitting: Fitting = { turn: medium.edits.turn, frame, types, most }
  const sum = await sumOf([RECIPE, medium.hash || medium.id, accepts, fitting, ...(again > 0 ? [again] : [])])
  return { made: `${MADE}${sum}`, accepts, fitting }
}

/** Being made now, by shelf and name. */
const making = new Map<string, Promise<Lying | Trouble>>()

/** A post that goes to several channels at once wants the same file for each: it is made once, and has one writer. */
function picture(owner: Owner, order: Order, medium: Medium, draw: Fit): Promise<Lying | Trouble> {
  const key = `${shelfOf(owner.workspace).shelf}/${order.made}`
  const running = making.get(key) ?? lyingOrMade(owner, order, medium, draw).finally(() => making.delete(key))
  making.set(key, running)
  return running
}

async function lyingOrMade(owner: Owner, order: Order, medium: Medium, draw: Fit): Promise<Lying | Trouble> {
  const { shell, workspace } = owner
  const at = shelfOf(workspace)
  const known = await secondCopyOf(shell, at.shelf, { id: order.made, type: '' })
  const lying = known && (await asLying(order.made, known))
  if (lying) return lying

  const result = await make(owner, order, medium, draw)
  if ('kind' in result) return result
  const put = await putBeside(shell, at.shelf, { id: order.made, bytes: result.bytes })
  return put.ok ? result.described : notReady(medium.name, put.error.message)
}

async function make(
  { shell, workspace }: Owner,
  { made, accepts, fitting }: Order,
  medium: Medium,
  draw: Fit,
): Promise<{ readonly bytes: Blob; readonly described: Lying } | Trouble> {
  const { id, name, edits, animated } = medium
  const { frame, types, most } = fitting
  const original = await bytesOf(shelfOf(workspace), shell, id)
  if (!original) return unreadable(name)
  const asIs = accepts && edits.turn === 0 && !frame && medium.orientation === 1 && fits(medium, most)
  const bare = asIs ? withoutNotes(new Uint8Array(await original.arrayBuffer()), medium.type) : null
  if (!bare && animated)
    return refused(
      `“${name}” moves, and would stand still if it were turned, cut or converted. Use it whole where GIFs are taken, or another file`,
    )
  const bytes = bare ? new Blob([bare], { type: medium.type }) : types.length > 0 ? await draw(original, fitting) : null
  const described = bytes && (await asLying(made, bytes))
  if (!described)
    return refused(`“${name}” could not be made into a picture the network takes. Save it as a JPEG and use that`)
  return { bytes, described }
}

const fits = ({ size, width, height }: Medium, most: Fitting['most']): boolean =>
  size <= (most.bytes ?? size) &&
  width <= (most.width ?? width) &&
  height <= (most.height ?? height) &&
  Math.min(width, height) <= (most.shortSide ?? Number.POSITIVE_INFINITY) &&
  width * height <= (most.pixels ?? Number.POSITIVE_INFINITY)

/** What lies there tells itself what it is; null for what is no picture. */
async function asLying(id: string, bytes: Blob): Promise<Lying | null> {
  const seen = inspect(new Uint8Array(await bytes.arrayBuffer()))
  if (!seen.ok) return null
  const { type, width, height } = seen.value
  return { id, type, size: bytes.size, width, height, duration: 0 }
}

async function sumOf(order: unknown): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(order))))
  return [...hash.slice(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Takes away what was made for sending and is named by nothing that may still be sent. */
export async function dropSentMedia({ db, shell, workspace }: Owner): Promise<void> {
  const { shelf } = shelfOf(workspace)
  const lying = await shell.listMedia(shelf)
  const made = lying.ok ? lying.value.flatMap(({ id }) => (id.startsWith(MADE) ? [id] : [])) : []
  if (made.length === 0) return
  const waiting = await db.deliveries.filter(({ attempt, state }) => attempt !== '' && !isOver(state)).toArray()
  const attempts = await db.attempts.bulkGet(waiting.map(({ attempt }) => attempt))
  const needed = new Set<unknown>(
    attempts.flatMap((attempt) =>
      attempt
        ? [...attempt.job.parts.flatMap(({ media }) => media.map(({ id }) => id)), ...Object.values(attempt.job.fields)]
        : [],
    ),
  )
  const idle = made.filter((id) => !needed.has(id))
  if (idle.length > 0) await shell.dropMedia(shelf, idle)
}

/** What is out gets what goes with it (a thumbnail) before it is looked at for the first time. */
const isOver = (state: DeliveryState) => state.kind === 'cancelled' || (state.kind === 'published' && state.reads > 0)
