/**
 * The files of a post as a network takes them: pictures upright, cut as the placement says, of a type and size it knows, without what a
 * camera noted; films as MP4, packed and as large as it takes them. They lie on the shelf of the workspace, under the sum of everything that made them what they are: the same attempt sends
 * the same bytes.
 */
import { NETWORKS } from '../../shared/domain/channel.ts'
import type { Delivery, DeliveryState } from '../../shared/domain/delivery.ts'
import type { Medium } from '../../shared/domain/medium.ts'
import { placementId } from '../../shared/domain/placement.ts'
import type { SentMedium } from '../../shared/domain/publishing.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { withoutNotes } from '../../shared/media/bare.ts'
import { inspect } from '../../shared/media/inspect.ts'
import { cutOf, ratioIn } from '../../shared/platforms/content.ts'
import { fileRulesFor, typesToSend } from '../../shared/platforms/files.ts'
import { type FilmWish, filmToSend, isSurelyTaken } from '../../shared/platforms/films.ts'
import type { Content, MediaFacts } from '../../shared/platforms/model.ts'
import { measured } from '../../shared/platforms/words.ts'
import type { FilmLack, FilmMade, makeFilm } from '../data/media/films.ts'
import type { Fitting } from '../data/media/fit.ts'
import { bytesOf, keepBytes, putBeside, secondCopyOf } from '../data/media/originals.ts'
import { shelfOf } from '../data/workspace.ts'
import type { Deps } from './deps.tsx'
import { inTurn, tellMaking } from './films.ts'
import { fitPicture } from './media.ts'

type Owner = Pick<Deps, 'db' | 'shell' | 'workspace'>
/** Draws a picture to fit; null when it cannot be decoded or made small enough. */
export type Fit = (picture: Blob, fitting: Fitting) => Promise<Blob | null>

/** Makes a film; see `renderer/data/media/films.ts`. */
export type Film = typeof makeFilm

export interface Making {
  /** The same stands so often before it in its part, and this one is to be told from those. */
  readonly again?: number
  /** No film is made now: one that is not there already is refused. */
  readonly quick?: boolean
  /** It is for later: whatever is due goes first. */
  readonly ahead?: boolean
  /** For which delivery it is said how far a film is. */
  readonly deliveryId?: string
  /** Asked while a film is made, which takes minutes. It is abandoned as soon as nobody wants it. */
  readonly isWanted?: () => Promise<boolean>
  readonly draw?: Fit
  readonly film?: Film
}

/** What is made for sending begins so; originals have plain ids. */
const MADE = 'sent-'
const MADE_FILM = `${MADE}film-`
/** Goes up when the same order gives another picture, or film. */
const RECIPE = 1

/** How the file is used: as a medium of a post, cut as it is there, or as a cover. */
type Used = Pick<Content, 'network' | 'format' | 'fields'>

const refused = (reason: string): Trouble => ({ kind: 'refused', field: 'media', reason, details: '' })

/**
 * A file of a post for the network and format of `content`, lying where the shell reads it (`shell.readMedia(shelf, id, …)`), or in a
 * sentence why there is none. `facts`: the file as it is used there (`Content.media`, or a cover). Audio and documents go as they are. A film
 * that is made takes minutes; `begin-again` where nobody wanted it any more.
 */
export async function convertFor(
  owner: Owner,
  content: Used,
  facts: MediaFacts,
  making: Making = {},
): Promise<SentMedium | Trouble> {
  const medium = await owner.db.media.get(facts.id)
  if (!medium) return refused('a file of it was deleted')
  const sent = await sentAs(owner, content, facts, medium, making)
  return 'kind' in sent ? sent : { ...sent, alt: facts.alt, address: '' }
}

async function sentAs(owner: Owner, content: Used, facts: MediaFacts, medium: Medium, making: Making) {
  if (medium.kind === 'image')
    return picture(owner, await orderOf(content, medium, facts.ratio, making.again ?? 0), medium, making.draw)
  const wish = medium.kind === 'video' ? filmToSend(fileRulesFor(content, facts)) : null
  return wish && !isSurelyTaken(wish, { ...medium, bytes: medium.size })
    ? film(owner, wish, medium, NETWORKS[content.network].name, making)
    : asItIs(owner, medium)
}

/**
 * Why a file could not be sent, found by making it as it would be; null when it can. A picture is made again when it is sent, a film is
 * kept: it took its time.
 */
export async function tryFor(
  owner: Owner,
  content: Used,
  facts: MediaFacts,
  making: Making = {},
): Promise<Trouble | null> {
  const medium = await owner.db.media.get(facts.id)
  if (!medium) return refused('a file of it was deleted')
  const made =
    medium.kind === 'image'
      ? await make(owner, await orderOf(content, medium, facts.ratio, 0), medium, making.draw)
      : await sentAs(owner, content, facts, medium, { ...making, ahead: true })
  return 'kind' in made ? made : null
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
function once(owner: Owner, made: string, work: () => Promise<Lying | Trouble>): Promise<Lying | Trouble> {
  const key = `${shelfOf(owner.workspace).shelf}/${made}`
  const running = making.get(key) ?? work().finally(() => making.delete(key))
  making.set(key, running)
  return running
}

const picture = (owner: Owner, order: Order, medium: Medium, draw?: Fit): Promise<Lying | Trouble> =>
  once(owner, order.made, () => lyingOrMade(owner, order, medium, draw))

async function lyingOrMade(owner: Owner, order: Order, medium: Medium, draw?: Fit): Promise<Lying | Trouble> {
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
  draw: Fit = fitPicture,
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

/** Begun anew: what it was made for says something else by now. */
const ABANDONED: Trouble = { kind: 'begin-again', details: '' }

/** The film as the network takes it, made where it must be. */
async function film(
  owner: Owner,
  wish: FilmWish,
  medium: Medium,
  network: string,
  { quick = false, ...making }: Making,
): Promise<Lying | Trouble> {
  const made = `${MADE_FILM}${await markOf(medium.id)}-${await sumOf([RECIPE, medium.hash || medium.id, wish])}`
  if (asTheyAre.has(made)) return asItIs(owner, medium)
  const lying = await lyingFilm(owner, made)
  if (lying) return lying
  return quick
    ? notReady(medium.name, 'it is not made yet')
    : once(owner, made, () => filmed(owner, made, wish, medium, network, making))
}

/** What nothing was to be made of: they need not be opened again while this window lives. */
const asTheyAre = new Set<string>()

async function filmed(
  owner: Owner,
  made: string,
  wish: FilmWish,
  medium: Medium,
  network: string,
  { ahead = false, deliveryId = '', isWanted = async () => true, film: make = madeFilm }: Making,
): Promise<Lying | Trouble> {
  const { shell, workspace } = owner
  const at = shelfOf(workspace)
  const { id, name, type } = medium
  const original = await bytesOf(at, shell, id)
  if (!original) return unreadable(name)
  const stop = new AbortController()
  const stopUnwanted = async () => (await isWanted()) || stop.abort()
  const signal = AbortSignal.any([stop.signal, workspace.closed])
  let failure: Trouble | null = null
  let askedAt = performance.now()
  const tell = (share: number) => tellMaking({ deliveryId, name, percent: Math.floor(share * 100) })
  const outcome = await inTurn(!ahead, signal, async (turn): Promise<FilmMade> => {
    await stopUnwanted()
    if (turn.aborted) return { kind: 'stopped' }
    tell(0)
    return make(original, type, wish, {
      signal: turn,
      onProgress: (share) => {
        tell(share)
        if (performance.now() - askedAt < ASK_EVERY_MS) return
        askedAt = performance.now()
        void stopUnwanted().catch(reportError)
      },
      keep: async (bytes) => {
        const put = (await isAllOf(bytes, medium)) ? await putBeside(shell, at.shelf, { id: made, bytes }) : null
        if (!put?.ok) failure = put ? notReady(name, put.error.message) : refused(whyNot(name, network, wish, TORN))
      },
    }).finally(() => tellMaking(null))
  })
  if (outcome.kind === 'stopped') return ABANDONED
  if (outcome.kind === 'as-it-is') {
    asTheyAre.add(made)
    return asItIs(owner, medium)
  }
  if (outcome.kind === 'cannot') return refused(whyNot(name, network, wish, outcome))
  return failure ?? (await lyingFilm(owner, made)) ?? notReady(name, 'it cannot be read again')
}
const ASK_EVERY_MS = 2_000
const TORN = { kind: 'cannot', why: 'unreadable', what: '' } as const
/** The tables of a picture lie that near to the beginning. */
const HEAD = 1024 * 1024

/** Whether what was made is as long as the film: of a torn one, what is there can be made. */
async function isAllOf(made: Blob, { seconds }: Medium): Promise<boolean> {
  const seen = inspect(new Uint8Array(await made.slice(0, HEAD).arrayBuffer()), made.size)
  if (!seen.ok || seen.value.width === 0) return false
  return seconds === 0 ? seen.value.seconds > 0 : Math.abs(seen.value.seconds - seconds) <= 0.5 + seconds * 0.02
}

/** Loaded when the first film is to be made. */
const madeFilm: Film = async (...order) => (await import('../data/media/films.ts')).makeFilm(...order)

const SAVE = 'Save it as an MP4 with H.264 and AAC and use that'

function whyNot(name: string, network: string, { most }: FilmWish, { why, what }: FilmLack): string {
  switch (why) {
    case 'unreadable':
      return `“${name}” could not be converted. ${SAVE}`
    case 'no-decoder':
      return `“${name}” is packed ${what === '' ? 'in a way' : `as ${what}, which`} this system cannot unpack. ${SAVE}`
    case 'no-encoder':
      return `“${name}” would have to be converted, and this system cannot write H.264. ${SAVE}`
    case 'no-aac':
      return `The sound of “${name}” is ${what === '' ? 'none this system knows' : what}, and this system cannot write AAC. ${SAVE}`
    case 'too-long':
      return `“${name}” is too long for ${most.bytes === undefined ? 'what' : `the ${measured('bytes', most.bytes)} that`} ${network} takes: nothing would be seen of it any more. Cut it shorter`
    case 'no-room':
      return `There is no room on the disk to convert “${name}”. Make room, then try again`
  }
}

/** The beginning says what it is: its tables lie in front. */
async function lyingFilm({ shell, workspace }: Owner, id: string): Promise<Lying | null> {
  const head = await shell.readMedia(shelfOf(workspace).shelf, id, 0)
  const seen = head.ok ? inspect(head.value.bytes, head.value.size) : null
  if (!head.ok || !seen?.ok) return null
  const { type, width, height, seconds } = seen.value
  return { id, type, size: head.value.size, width, height, duration: seconds }
}

/** Tells which medium a film was made of. */
const markOf = async (mediumId: string): Promise<string> => (await sumOf(mediumId)).slice(0, 16)

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

/**
 * Takes away what was made for sending and is named by nothing that may still be sent. A film that was made ahead stays as long as its file
 * stands in a post that waits.
 */
export async function dropSentMedia({ db, shell, workspace }: Owner): Promise<void> {
  const { shelf } = shelfOf(workspace)
  const lying = await shell.listMedia(shelf)
  const made = lying.ok ? lying.value.flatMap(({ id }) => (id.startsWith(MADE) ? [id] : [])) : []
  if (made.length === 0) return
  const waiting = await db.deliveries.filter(({ state }) => !isOver(state)).toArray()
  const attempts = await db.attempts.bulkGet(waiting.flatMap(({ attempt }) => (attempt === '' ? [] : [attempt])))
  const needed = new Set<unknown>(
    attempts.flatMap((attempt) =>
      attempt
        ? [...attempt.job.parts.flatMap(({ media }) => media.map(({ id }) => id)), ...Object.values(attempt.job.fields)]
        : [],
    ),
  )
  const marks = made.some(isFilm) ? await filmsOf(db, waiting) : null
  const idle = made.filter((id) => !needed.has(id) && !(isFilm(id) && marks?.has(markIn(id))))
  if (idle.length > 0) await shell.dropMedia(shelf, idle)
}

const isFilm = (id: string) => id.startsWith(MADE_FILM)
const markIn = (id: string) => id.slice(MADE_FILM.length).split('-')[0] ?? ''

/** The marks of all files in these posts. */
async function filmsOf(db: Owner['db'], waiting: readonly Pick<Delivery, 'postId' | 'channelId'>[]) {
  const [posts, placements] = await Promise.all([
    db.posts.bulkGet([...new Set(waiting.map(({ postId }) => postId))]),
    db.placements.bulkGet(waiting.map(({ postId, channelId }) => placementId(postId, channelId))),
  ])
  const used = [...posts, ...placements].flatMap((row) => (row?.media ?? []).map(({ mediumId }) => mediumId))
  return new Set(await Promise.all([...new Set(used)].map(markOf)))
}

/** What is out gets what goes with it (a thumbnail) before it is looked at for the first time. */
const isOver = (state: DeliveryState) => state.kind === 'cancelled' || (state.kind === 'published' && state.reads > 0)
