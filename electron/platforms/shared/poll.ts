import type { Job } from '../adapter.ts'
import { fieldOf, listOf } from './said.ts'

export interface Poll {
  readonly question: string
  readonly options: readonly string[]
  /** How long it runs. */
  readonly minutes: number
}

const DAY = 1_440

/** The poll of a post; null when it has none. A day where nothing is said. */
export function pollOf(job: Job): Poll | null {
  const options = listOf(job, 'pollOptions')
  if (options.length === 0) return null
  return { question: fieldOf(job, 'pollQuestion'), options, minutes: Number(fieldOf(job, 'pollMinutes')) || DAY }
}
