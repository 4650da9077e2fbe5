import { type CopyKeeper, createCopyKeeper } from '../data/snapshots/keeper.ts'
import type { Workspace } from '../data/workspace.ts'
import type { Deps } from './deps.tsx'

let open: { readonly workspace: Workspace; readonly keeper: CopyKeeper } | undefined

/** The copies of an open workspace: one keeper for the whole window. */
export function copiesOf({ workspace, clock, shell }: Deps): CopyKeeper {
  if (open?.workspace !== workspace) open = { workspace, keeper: createCopyKeeper(workspace, { clock, port: shell }) }
  return open.keeper
}

/** Has damaged records looked for now, rather than with the next copy. */
export const lookForDamage = (): void => void open?.keeper.check()
