import type { Instant } from '../../shared/domain/time.ts'
import type { Patch } from './patches.ts'

/** One entry of the log: who did what, when, and how to take it back. Undo, history, the activity feed and the journal read it. */
export interface Change {
  /** hybrid logical clock; sorts in the order of events */
  readonly id: string
  readonly at: Instant
  /** person id, or '' for whoever uses this computer */
  readonly actor: string
  /** name of the command, e.g. `reschedulePosts` */
  readonly command: string
  /** what a person reads: `Moved “Three pockets” to Fri 16 Oct, 12:30` */
  readonly label: string
  readonly source: 'user' | 'remote'
  /** Changes of one gesture (typing a paragraph) share a group and are undone together. */
  readonly group: string
  /** Id of the group this change takes back or brings back; '' for an ordinary change. */
  readonly undoes: string
  readonly redoes: string
  /** ids of the rows it touched, for the feed of a post or campaign */
  readonly entities: readonly string[]
  readonly patches: readonly Patch[]
}
