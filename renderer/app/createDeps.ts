/** Where everything is wired: the shell, the registry of workspaces and the open workspace. */
import type { WorkspaceEntry } from '../../shared/domain/workspace.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { Clock } from '../data/clock.ts'
import { type OpenRefusal, openRegistry, openWorkspace, type Registry, type Workspace } from '../data/workspace.ts'
import { hasOldMedia, purgeOld } from '../features/trash/commands.ts'
import type { Deps } from '../ports/deps.tsx'
import { flushAll } from '../ports/flush.ts'
import type { Shell } from '../ports/shell.ts'

export const systemClock: Clock = { now: () => Date.now() }

const dataDeps = (shell: Shell) => ({ clock: systemClock, port: shell, zone: shell.info.zone })

export const createRegistry = (shell: Shell): Promise<Registry> => openRegistry(dataDeps(shell))

/** Opens a workspace and notes that it was opened. */
export async function createDeps(
  shell: Shell,
  registry: Registry,
  entry: WorkspaceEntry,
): Promise<Result<Deps, OpenRefusal>> {
  const opened = await openWorkspace(entry, { ...dataDeps(shell), flush: flushAll })
  if (!opened.ok) return err(opened.error)
  const workspace = opened.value
  // A record that cannot be written upon is told, and keeps nobody from the rest of the workspace.
  await registry.opened(entry.id).catch(reportError)
  await tidy(workspace, shell, systemClock.now()).catch(reportError)
  return ok({ shell, clock: systemClock, registry, workspace, db: workspace.db, store: workspace.store })
}

async function tidy(workspace: Workspace, shell: Shell, now: number): Promise<void> {
  await purgeOld(workspace.db, workspace.store, now)
  await writeOutSeries(workspace)
  // What deletes files is fetched only when there are some to delete.
  if (await hasOldMedia(workspace.db, now))
    void import('../features/trash/media.ts').then(({ purgeOldMedia }) => purgeOldMedia(workspace, shell, now))
}

/** Endless series are written out further at start. Loaded only where there are any: the first screen does without. */
async function writeOutSeries({ db, store }: Workspace): Promise<void> {
  if ((await db.series.where('trashedAt').equals(0).count()) === 0) return
  const { extendSeries } = await import('../data/commands/series.ts')
  const zone = (await db.settings.get('settings'))?.zone
  if (zone) await extendSeries(db, store, zone, systemClock.now())
}
