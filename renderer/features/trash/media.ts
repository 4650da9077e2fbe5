/** Files in the trash: apart from posts and campaigns, since their bytes go with them. */
import { purgeMedia } from '../../data/commands/media.ts'
import type { OriginalsPort } from '../../data/media/originals.ts'
import type { Workspace } from '../../data/workspace.ts'
import { endOfKeeping, KEPT_DAYS } from './commands.ts'

/** At start, after the posts: deletes files that have been in the trash for longer than 30 days and that nothing shows. */
export async function purgeOldMedia(workspace: Workspace, port: OriginalsPort, now: number): Promise<number> {
  const ids = await workspace.db.media.where('trashedAt').between(1, endOfKeeping(now), true, true).primaryKeys()
  if (ids.length === 0) return 0
  return (await purgeMedia(workspace, port, ids, `Emptied the trash after ${KEPT_DAYS} days`)).length
}
