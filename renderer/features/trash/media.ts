/** Files in the trash: apart from posts and campaigns, since their bytes go with them. */
import { purgeMedia } from '../../data/commands/media.ts'
import type { OriginalsPort } from '../../data/media/originals.ts'
import type { Workspace } from '../../data/workspace.ts'
import { KEPT_DAYS, oldMediaIds } from './commands.ts'

/** At start, after the posts: deletes files that have been in the trash for longer than 30 days and that nothing shows. */
export async function purgeOldMedia(workspace: Workspace, port: OriginalsPort, now: number): Promise<void> {
  await purgeMedia(workspace, port, await oldMediaIds(workspace.db, now), `Emptied the trash after ${KEPT_DAYS} days`)
}
