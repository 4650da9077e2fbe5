/** What is sent, as it stood when it was written down, and how it fared. Kept for good: it is the record of what went out. */
import type { Job, Memory } from './publishing.ts'
import type { Instant } from './time.ts'
import type { Trouble } from './trouble.ts'

export interface Attempt {
  readonly id: string
  readonly deliveryId: string
  readonly job: Job
  /** What the steps learned: upload handles, offsets, container ids. */
  readonly memory: Memory
  readonly madeAt: Instant
  /** Oldest first, only ever added to. */
  readonly log: readonly LogLine[]
}

export interface LogLine {
  readonly at: Instant
  readonly what:
    | 'begun'
    | 'prepared'
    | 'prepares'
    | 'commits'
    | 'done'
    | 'there'
    | 'absent'
    | 'unclear'
    | 'changed-there'
    | 'deleted-there'
    | 'seen'
    | 'trouble'
    | 'unseen'
    | 'told'
  readonly part: number
  readonly trouble: Trouble | null
}
