import { dateAt, type Zone } from '../../shared/domain/time.ts'
import type { WorkspaceEntry } from '../../shared/domain/workspace.ts'
import { formatDay } from './format.ts'

/** That posts wait in a workspace until it is open, in a few words; undefined: none do. `zone`: the reader's. */
export const waitingWords = ({ waiting }: WorkspaceEntry, zone: Zone): string | undefined =>
  waiting ? `${waiting.posts} to go out from ${formatDay(dateAt(waiting.from, zone))}` : undefined
