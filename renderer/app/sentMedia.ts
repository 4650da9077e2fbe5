/**
 * The files of a post as they are sent: made ready for a network, lying where the shell reads them, on the shelf of the workspace. What
 * was made is called by its content and by what was done to it, so that an attempt that is taken up again sends the same bytes.
 */
import { NETWORKS, type NetworkId } from '../../shared/domain/channel.ts'
import type { Medium } from '../../shared/domain/medium.ts'
import type { PlacedMedium } from '../../shared/domain/placement.ts'
import type { SentMedium } from '../../shared/domain/publishing.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { HEAD_BYTES, inspect } from '../../shared/media/inspect.ts'
import type { FormatId } from '../../shared/platforms/model.ts'
import { type Recipe, type Role, recipeFor } from '../../shared/platforms/sending.ts'
import type { Drawn } from '../data/media/messages.ts'
import { bytesOf, keepBytes, keepCopy } from '../data/media/originals.ts'
import { shelfOf } from '../data/workspace.ts'
import type { Deps } from '../ports/deps.tsx'
import { renderForSending } from '../ports/media.ts'

export type SendingDeps = Pick<Deps, 'db' | 'shell' | 'workspace'> & {
  /** Absent: the media workers of the window. */
  readonly draw?: (picture: Blob, recipe: Recipe) => Promise<Drawn | null>
}

/** What is made for sending is called so; no row of the library is. */
const MADE = 'sent-'
export const isMade = (id: string): boolean => id.startsWith(MADE)
/** When a made file was last asked for, on a clock that is never set. */
const usedAt = new Map<string, number>()
const LATELY = 3_600_000
export const wasUsedLately = (id: string): boolean =>
  performance.now() - (usedAt.get(id) ?? Number.NEGATIVE_INFINITY) < LATELY
/** Another number whenever the same recipe would give other bytes. */
const VERSION = 1

/**
 * One file of a post as a network takes it in a format, upright, cut as its placement says, without camera data. Else why not, in a
 * sentence that names the file.
 */
export async function sentMedium(
  deps: SendingDeps,
  network: NetworkId,
  format: FormatId,
  placed: PlacedMedium,
  role: Role = 'media',
): Promise<Result<SentMedium, string>> {
  const medium = await deps.db.media.get(placed.mediumId)
  if (!medium) return err('a file of it was deleted')
  const recipe = recipeFor(network, format, medium, placed, role)
  if (!recipe.ok) return recipe
  const made = recipe.value ? await drawn(deps, network, medium, recipe.value) : await asItLies(deps, medium)
  return made.ok ? ok({ ...made.value, alt: placed.alt || medium.alt, address: '' }) : made
}

type Lying = Omit<SentMedium, 'alt' | 'address'>

const unread = (name: string) => err(`“${name}” cannot be read any more`)
const notReady = (name: string, why: string) => err(`“${name}” could not be made ready: ${why.replace(/\.$/, '')}`)

async function asItLies({ shell, workspace }: SendingDeps, medium: Medium): Promise<Result<Lying, string>> {
  const { id, name, type, size, seconds: duration, width, height } = medium
  const at = shelfOf(workspace)
  const lying = await shell.readMedia(at.shelf, id, Math.max(0, size - 1))
  if (!lying.ok || lying.value.size !== size) {
    const bytes = await bytesOf(at, shell, id)
    if (!bytes) return unread(name)
    const kept = await keepBytes(at, shell, { id, bytes })
    if (!kept.ok) return notReady(name, kept.error.message)
  }
  return ok({ id, type, size, width, height, duration })
}

async function drawn(
  { shell, workspace, draw = renderForSending }: SendingDeps,
  network: NetworkId,
  medium: Medium,
  recipe: Recipe,
): Promise<Result<Lying, string>> {
  const { name } = medium
  const at = shelfOf(workspace)
  const id = await idFor(medium, recipe)
  usedAt.set(id, performance.now())
  const before = await lyingAs(shell, at.shelf, id)
  if (before) return ok(before)
  const original = await bytesOf(at, shell, medium.id)
  if (!original) return unread(name)
  const made = await draw(original, recipe)
  if (!made) return err(`“${name}” could not be made a picture that ${NETWORKS[network].name} takes`)
  const { bytes, width, height } = made
  const kept = await keepCopy(at.shelf, shell, { id, bytes })
  return kept.ok
    ? ok({ id, type: bytes.type, size: bytes.size, width, height, duration: 0 })
    : notReady(name, kept.error.message)
}

async function idFor({ id, hash }: Medium, recipe: Recipe): Promise<string> {
  const words = new TextEncoder().encode(JSON.stringify([VERSION, hash || id, recipe]))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', words))
  return MADE + Array.from(digest.slice(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** What was made before; the file says itself what it is. */
async function lyingAs(shell: SendingDeps['shell'], shelf: string, id: string): Promise<Lying | null> {
  const start = await shell.readMedia(shelf, id, 0)
  if (!start.ok) return null
  const { bytes, size } = start.value
  const seen = inspect(bytes.subarray(0, HEAD_BYTES), size)
  if (!seen.ok) return null
  const { type, width, height } = seen.value
  return { id, type, size, width, height, duration: 0 }
}
