import { useEffect, useState } from 'react'
import { type BulkChange, type BulkRow, isUnchanged } from '../../../shared/domain/bulk.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { changeMany, previewBulk } from '../../data/commands/bulk.ts'
import { plural, useUndo } from '../../parts/index.ts'
import { useSayStillOn, useSayStillOut } from '../../parts/useSayStillOut.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { Button, Dialog, toast } from '../../ui/index.ts'
import styles from './BulkDialog.module.css'
import { ChangeForm } from './ChangeForm.tsx'
import { ChangePreview } from './ChangePreview.tsx'
import { useVerdicts, type Verdicts } from './useVerdicts.ts'

/** One change for many posts: what is to become of them on one side, what that does to each on the other. */
export function BulkDialog({ ids, onClose }: { ids: readonly string[]; onClose: () => void }) {
  const { db, store, clock } = useDeps()
  const { undo } = useUndo()
  const sayStillOut = useSayStillOut()
  const sayStillOn = useSayStillOn()
  const [change, setChange] = useState<BulkChange>({})
  const [busy, setBusy] = useState(false)
  const seen = useRested(change)
  const rows = useQuery((live) => previewBulk(live, ids, seen, clock.now()), [ids, JSON.stringify(seen)])
  const verdicts = useVerdicts(ids, change)
  const waits = (row: BulkRow) => (verdicts?.keeps(row.post.id).length ?? 0) > 0
  const changed = rows?.filter((row) => !row.refusal && !isUnchanged(row) && !waits(row)) ?? []
  const apply = async () => {
    setBusy(true)
    const done = await changeMany(
      store,
      db,
      changed.map(({ post }) => post.id),
      change,
    ).finally(() => setBusy(false))
    if (!done.ok) return
    toast({ text: `Changed ${plural(done.value.length, 'post')}`, undo })
    if (change.status)
      void sayStillOut(
        changed.map(({ post }) => post),
        change.status,
      )
    void sayStillOn(
      changed.map(({ post }) => post),
      ({ id, channelIds }) => changed.find(({ post }) => post.id === id)?.fields.channelIds ?? channelIds,
    )
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Change ${plural(ids.length, 'post')}`}
      size="xl"
      flush
      footer={
        <>
          <span className={styles.count} role="status">
            {rows && summary(rows, changed, verdicts)}
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            unmet={[
              ...(rows && changed.length === 0 ? ['Something that changes a post'] : []),
              // A status waits for what the networks say; anything else may be made while they are asked.
              ...(change.status && !verdicts ? ['The networks are being asked'] : []),
              ...(seen.replace !== change.replace ? ['The words are being looked for'] : []),
              ...(busy ? ['The change is being written'] : []),
            ]}
            unmetTitle="What is missing"
            onClick={() => void apply()}
          >
            Change {plural(changed.length, 'post')}
          </Button>
        </>
      }
    >
      <div className={styles.panes}>
        <ChangeForm
          posts={rows?.map(({ post }) => post) ?? NO_POSTS}
          change={change}
          onChange={(fields) => setChange((before) => ({ ...before, ...fields }))}
        />
        <ChangePreview rows={rows} by={seen.replace?.by ?? ''} verdicts={verdicts} onLeave={onClose} />
      </div>
    </Dialog>
  )
}

/** Milliseconds words to be replaced rest before all texts are read for them. */
const REST_MS = 150

/** The change as it is to be looked at: at once, but for words that are still being typed. */
function useRested(change: BulkChange): BulkChange {
  const [rested, setRested] = useState(change.replace)
  useEffect(() => {
    const later = setTimeout(() => setRested(change.replace), change.replace ? REST_MS : 0)
    return () => clearTimeout(later)
  }, [change.replace])
  return { ...change, replace: rested }
}

const NO_POSTS: readonly Post[] = []

function summary(rows: readonly BulkRow[], changed: readonly BulkRow[], verdicts: Verdicts | undefined): string {
  const refused = rows.filter(({ refusal, post }) => refusal || (verdicts?.keeps(post.id).length ?? 0) > 0).length
  const breaking = changed.filter(({ post }) => (verdicts?.brought(post.id).length ?? 0) > 0).length
  const places = changed.reduce((sum, { replaced }) => sum + replaced, 0)
  return [
    `${changed.length} of ${plural(rows.length, 'post')} change`,
    ...(places > 0 ? [`words replaced in ${plural(places, 'place')}`] : []),
    ...(breaking > 0 ? [`${plural(breaking, 'post')} would then not fit`] : []),
    ...(refused > 0 ? [`${refused} cannot`] : []),
  ].join(', ')
}
