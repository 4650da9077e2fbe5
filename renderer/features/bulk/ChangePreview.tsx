import { ArrowRight, CircleAlert, Minus, TriangleAlert } from 'lucide-react'
import { type BulkRow, isUnchanged } from '../../../shared/domain/bulk.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { STATUS_LOOK } from '../../../shared/domain/status.ts'
import type { FoundOn } from '../../../shared/platforms/assess.ts'
import { explain, formatWhen, plural } from '../../parts/index.ts'
import { foundWords } from '../../parts/useUnfit.ts'
import { go } from '../../ports/navigation.ts'
import { type Reference, useReference } from '../../ports/reference.tsx'
import { Later, Link } from '../../ui/index.ts'
import styles from './BulkDialog.module.css'
import type { Verdicts } from './useVerdicts.ts'

/** More than these are counted, not listed. */
const SHOWN = 200
const NOTHING: readonly FoundOn[] = []

interface ChangePreviewProps {
  rows: readonly BulkRow[] | undefined
  /** What words are replaced by. */
  by: string
  verdicts: Verdicts | undefined
  /** A link leads out of the dialog. */
  onLeave: () => void
}

/** What the change does to each post: what would not fit any more first, then what changes, what cannot, what stays. */
export function ChangePreview({ rows, by, verdicts, onLeave }: ChangePreviewProps) {
  const reference = useReference()
  if (!rows) return <Later>{null}</Later>
  const brought = ({ post }: BulkRow) => verdicts?.brought(post.id) ?? NOTHING
  const keeps = ({ post }: BulkRow) => verdicts?.keeps(post.id) ?? NOTHING
  const order = (row: BulkRow) => {
    if (row.refusal || keeps(row).length > 0) return 2
    if (isUnchanged(row)) return 3
    return brought(row).length > 0 ? 0 : 1
  }
  const sorted = rows.toSorted((a, b) => order(a) - order(b))
  return (
    <ul className={styles.preview} aria-label="What changes">
      {sorted.slice(0, SHOWN).map((row) => (
        <Row
          key={row.post.id}
          row={row}
          by={by}
          reference={reference}
          brought={brought(row)}
          keeps={keeps(row)}
          onLeave={onLeave}
        />
      ))}
      {sorted.length > SHOWN && <li className={styles.more}>and {plural(sorted.length - SHOWN, 'more post')}</li>}
    </ul>
  )
}

interface RowProps {
  row: BulkRow
  by: string
  reference: Reference
  brought: readonly FoundOn[]
  keeps: readonly FoundOn[]
  onLeave: () => void
}

function Row({ row, by, reference, brought, keeps, onLeave }: RowProps) {
  const { post, refusal, passages } = row
  const still = !refusal && isUnchanged(row)
  const cannot = refusal !== null || keeps.length > 0
  // Named as they will be: one of two channels of a network is called by its own name.
  const after = { channelIds: row.fields.channelIds ?? post.channelIds }
  return (
    <li className={styles.row} data-still={still || undefined}>
      <span className={styles.mark}>
        {cannot ? (
          <CircleAlert aria-hidden size={14} />
        ) : still ? (
          <Minus aria-hidden size={14} />
        ) : (
          <ArrowRight aria-hidden size={14} />
        )}
      </span>
      <div>
        <span className="ell">{post.title || 'Untitled'}</span>
        {refusal ? (
          <span className={styles.refusal}>{explain({ ...refusal, post })}</span>
        ) : keeps.length > 0 ? (
          <Keeping keeps={keeps} row={row} onLeave={onLeave} reference={reference} />
        ) : still ? (
          <span className={styles.what}>stays as it is</span>
        ) : (
          changesOf(row, reference).map((words) => (
            <span key={words} className={styles.what}>
              {words}
            </span>
          ))
        )}
        {!cannot &&
          passages.map((place, at) => (
            <span key={at} className={styles.passage}>
              {place.before}
              <del>{place.found}</del>
              {by && <ins>{by}</ins>}
              {place.after}
            </span>
          ))}
        {brought.map((found) => (
          <span key={`${found.channelId} ${found.finding.sentence}`} className={styles.brought}>
            <TriangleAlert aria-hidden size={12} />
            {foundWords(found, after, reference)}
          </span>
        ))}
      </div>
    </li>
  )
}

/** Why a post does not get the status: each entry leads to where it is mended. */
function Keeping({ keeps, row: { post }, reference, onLeave }: Omit<RowProps, 'brought' | 'by'>) {
  return keeps.map((found) => {
    const words = foundWords(found, post, reference)
    const lead = () => {
      onLeave()
      go({ screen: 'write', postId: post.id, at: { channelId: found.channelId, place: found.finding.place } })
    }
    return (
      <Link key={words} className={styles.keeps} onClick={lead}>
        {words}
      </Link>
    )
  })
}

/** Every field that becomes another, in words. */
function changesOf({ post, fields, replaced }: BulkRow, { people, campaigns, pillars, channels }: Reference): string[] {
  const words: string[] = []
  const say = (label: string, before: string, after: string) => words.push(`${label}: ${before} → ${after}`)
  if (fields.title !== undefined) say('Title', post.title, fields.title)
  if (fields.planned && post.planned) say('When', formatWhen(post.planned), formatWhen(fields.planned))
  if (fields.status) say('Status', STATUS_LOOK[post.status].word, STATUS_LOOK[fields.status].word)
  const named = (table: { get(id: string): { name: string } | undefined }, id: string, none: string) =>
    table.get(id)?.name ?? none
  if (fields.ownerId !== undefined)
    say('Owner', named(people, post.ownerId, 'nobody'), named(people, fields.ownerId, 'nobody'))
  if (fields.campaignId !== undefined)
    say('Campaign', named(campaigns, post.campaignId, 'none'), named(campaigns, fields.campaignId, 'none'))
  if (fields.pillarId !== undefined)
    say('Pillar', named(pillars, post.pillarId, 'none'), named(pillars, fields.pillarId, 'none'))
  if (fields.labels) words.push(listChange('Labels', post.labels, fields.labels))
  if (fields.channelIds) {
    const names = (ids: Post['channelIds']) => ids.map((id) => named(channels, id, 'a channel'))
    words.push(listChange('Channels', names(post.channelIds), names(fields.channelIds)))
  }
  if (replaced > 0) words.push(`Words replaced in ${plural(replaced, 'place')}`)
  return words
}

function listChange(label: string, before: readonly string[], after: readonly string[]): string {
  const added = after.filter((entry) => !before.includes(entry)).map((entry) => `+ ${entry}`)
  const gone = before.filter((entry) => !after.includes(entry)).map((entry) => `− ${entry}`)
  return `${label}: ${[...added, ...gone].join(', ')}`
}
