/** Workspaces that stay closed, and why. */
import type { WorkspaceEntry } from '../../shared/domain/workspace.ts'
import type { OpenRefusal } from '../data/workspace.ts'
import { Banner, Button } from '../ui/index.ts'

interface RefusedProps {
  entry: WorkspaceEntry
  refusal: Exclude<OpenRefusal, { readonly kind: 'unopened' }>
  onLeave: () => void
}

export function Refused({ entry, refusal, onLeave }: RefusedProps) {
  return (
    <Banner
      tone="red"
      title={`“${entry.name}” was not opened`}
      actions={<Button onClick={onLeave}>Other workspaces</Button>}
    >
      {refusal.kind === 'newer-version'
        ? 'A newer Outpost has written this workspace. Update Outpost to open it; nothing was changed.'
        : `The journal and the copies beside the database could not be used: ${refusal.failure.message} Nothing was changed.`}
    </Banner>
  )
}

/** `why`: what keeps the list beside the browser from being read. */
export function Unlisted({ why }: { why: string }) {
  return (
    <Banner
      tone="red"
      title="Your workspaces could not be found"
      actions={<Button onClick={() => location.reload()}>Load again</Button>}
    >
      The browser has no list of them, and the one beside it could not be read: {why} Nothing was changed.
    </Banner>
  )
}
