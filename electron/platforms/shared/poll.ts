import type { Job } from '../adapter.ts'
import { fieldOf, listOf } from './said.ts'

export interface Poll {
  readonly question: string
  readonly options: readonly string[]
  /** How long it runs, in the words of its network (`shared/platforms/networks`); '' where nobody chose. */
  readonly duration: string
}

/** The poll of a post; null when it has none. */
export function pollOf(job: Job): Poll | null {
  const options = listOf(job, 'pollOptions').filter((option) => option.trim() !== '')
  if (options.length === 0) return null
  return { question: fieldOf(job, 'pollQuestion'), options, duration: fieldOf(job, 'pollDuration') }
}
