/** Small answers that every adapter gives. */

import type { Trouble } from '../../../shared/domain/trouble.ts'
import type { Result } from '../../../shared/lib/result.ts'
import type { Done, FieldValue, Job, Seen, SentMedium } from '../adapter.ts'

export const troubled = (trouble: Trouble): { readonly kind: 'trouble'; readonly trouble: Trouble } => ({
  kind: 'trouble',
  trouble,
})

/** The network would never take this; said without asking it. */
export const refusal = (field: string, reason: string) => troubled({ kind: 'refused', field, reason, details: '' })

/** Taken back, or gone before: both are what was asked for. */
export const goneOr = (told: Result<unknown, Trouble>): Done =>
  told.ok || told.error.kind === 'target-gone' ? { kind: 'done' } : troubled(told.error)

/** What was there is not any more. */
export const removed = (remoteId: string, because = ''): Seen => ({
  kind: 'seen',
  permalink: '',
  state: 'removed',
  because,
  fingerprint: '',
  remoteId,
})

const words = (value: FieldValue | undefined): string => (typeof value === 'string' ? value.trim() : '')

/** A field of a job as text; '' when it has none. */
export const fieldOf = (job: Job, name: string): string => words(job.fields[name])

/** A field of a job as a list of texts. */
export function listOf(job: Job, name: string): readonly string[] {
  const value = job.fields[name]
  return Array.isArray(value) ? value : []
}

/** The medium a picture field names; it travels with the media of the first part. */
export const coverOf = (job: Job): SentMedium | undefined =>
  job.parts.flatMap(({ media }) => media).find(({ id }) => id === fieldOf(job, 'cover'))

/** The earliest time a network is handed a post for: nearer ones some of them publish at once. */
export const SOONEST = 6 * 60_000

/** Why a time cannot be handed over; null when it can. */
export function untimely(job: Job, now: number): ReturnType<typeof refusal> | null {
  if (job.publishAt === null || job.publishAt >= now + SOONEST) return null
  return refusal('publishAt', 'It is too close to its time to be handed over: Outpost sends it itself.')
}

/**
 * Why a post that not everybody may see is not handed over; null when it may be. What waits at some networks has no audience of its own: at its
 * time it becomes public. `everybody`: the value of `visibility` that says so.
 */
export function notForAll(job: Job, everybody: string): ReturnType<typeof refusal> | null {
  const chosen = fieldOf(job, 'visibility')
  if (job.publishAt === null || chosen === '' || chosen === everybody) return null
  return refusal('publishAt', 'The network would make it public at its time, and not everybody may see it.')
}

/** Whether two texts are the same to a reader: networks trim them and rewrite line ends. */
export const sameText = (one: string, other: string): boolean => plain(one) === plain(other)
export const plain = (text: string): string => text.normalize('NFC').replace(/\r\n?/g, '\n').trim()
