import { History, TriangleAlert } from 'lucide-react'
import { useEffect, useSyncExternalStore } from 'react'
import type { SnapshotHead } from '../../../shared/contract/contract.ts'
import { toWall } from '../../../shared/domain/time.ts'
import { aboutOf } from '../../data/beside.ts'
import { asWorkspace } from '../../data/snapshots/asWorkspace.ts'
import { HOUR } from '../../data/snapshots/keeper.ts'
import { formatAgo, formatWhen, plural } from '../../parts/index.ts'
import { copiesOf } from '../../ports/copies.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useSettings } from '../../ports/reference.tsx'
import { Banner, Button, Menu, toast } from '../../ui/index.ts'
import { SettingRow } from './parts.tsx'
import styles from './Settings.module.css'

/** Hours of work after which a copy should have been made, with some left for a machine that slept. */
const TOO_OLD = 3 * HOUR

/** What is there, live, and the way to make one now. */
function useCopies() {
  const keeper = copiesOf(useDeps())
  useEffect(() => void keeper.refresh(), [keeper])
  return { ...useSyncExternalStore(keeper.onState, keeper.state), make: keeper.make }
}

/** What is wrong with the copies, if anything is. */
export function CopyNotices() {
  const { clock } = useDeps()
  const { zone } = useSettings()
  const { failing, newest, changed, lost } = useCopies()
  const old = newest && changed && clock.now() - newest.at > TOO_OLD
  return (
    <>
      {failing !== '' && (
        <Banner tone="amber" icon={TriangleAlert} title="The last copy could not be made">
          {failing} Everything is in the database and in the journal; Outpost keeps trying.
        </Banner>
      )}
      {failing === '' && old && (
        <Banner tone="amber" title="The newest copy is old">
          It is of {formatAgo(newest.at, clock.now(), zone)}. What changed since is in the database and in the journal.
        </Banner>
      )}
      {lost > 0 && (
        <Banner tone="red" title={`${plural(lost, 'record')} had been damaged on the disk`}>
          Neither the journal nor a copy has them as they were. Look through what is there.
        </Banner>
      )}
    </>
  )
}

/** The whole copies beside the journal: how old the newest is, one now, and one back. */
export function CopiesRow() {
  const { clock } = useDeps()
  const { zone } = useSettings()
  const { copies, newest, making, make } = useCopies()
  return (
    <SettingRow label="Copies" note="a whole one every hour you work, each read back; outside the database">
      <span className={styles.copies}>
        {newest
          ? `${copies.length} kept, the newest of ${formatAgo(newest.at, clock.now(), zone)}`
          : 'None yet: the first is made a minute after the start'}
        <Button onClick={() => void make()} disabled={making}>
          {making ? 'Copying…' : 'Copy now'}
        </Button>
        {copies.length > 0 && <BringBack copies={copies} />}
      </span>
    </SettingRow>
  )
}

/** A copy as a workspace of its own. */
function BringBack({ copies }: { copies: readonly SnapshotHead[] }) {
  const { clock, registry, shell } = useDeps()
  const { zone } = useSettings()
  const bring = async (head: SnapshotHead, when: string) => {
    const name = `${aboutOf(head)?.workspace ?? 'Workspace'}, ${when}`
    const made = await asWorkspace(head, name, registry, { clock, port: shell, zone })
    toast(
      made.ok
        ? {
            text: `“${name}” is a workspace of its own now. Open it from the menu at the top left. Its accounts are paused there, or both would post the same: Settings, Channels lets each go on.`,
          }
        : { tone: 'error', text: `The copy was not brought back. ${made.error.message}` },
    )
  }
  return (
    <Menu
      label="As a workspace of its own"
      align="end"
      trigger={<Button icon={History}>Bring one back…</Button>}
      items={copies.map((head) => {
        const when = formatWhen(toWall(head.at, zone))
        const posts = aboutOf(head)?.counts.posts
        return {
          label: head.kind === 'before' ? `${when}, before it was replaced` : when,
          ...(posts === undefined ? {} : { hint: plural(posts, 'post') }),
          onSelect: () => void bring(head, when),
        }
      })}
    />
  )
}
