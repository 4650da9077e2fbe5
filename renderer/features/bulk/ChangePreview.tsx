import { ArrowRight, CircleAlert, Minus } from 'lucide-react'
import { type BulkRow, isUnchanged } from '../../../shared/domain/bulk.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { STATUS_LOOK } from '../../../shared/domain/status.ts'
import { explain, formatWhen, plural } from '../../parts/index.ts'
import { type Reference, useReference } from '../../ports/reference.tsx'
import { Later } from '../../ui/index.ts'
import styles from './BulkDialog.module.css'

/** More than these are counted, not listed. */
const SHOWN = 200

/** What the change does to each post, `by` what words are replaced by: what changes first, then what cannot, then what stays. */
export function ChangePreview({ rows, by }: { rows: readonly BulkRow[] | undefined; by: string }) {
  const reference = useReference()
  if (!rows) return <Later>{null}</Later>
  const order = (row: BulkRow) => (row.refusal ? 1 : isUnchanged(row) ? 2 : 0)
  const sorted = rows.toSorted((a, b) => order(a) - order(b))
  return (
    <ul className={styles.preview} aria-label="What changes">
      {sorted.slice(0, SHOWN).map((row) => (
        <Row key={row.post.id} row={row} by={by} reference={reference} />
      ))}
      {sorted.length > SHOWN && <li className={styles.more}>and {plural(sorted.length - SHOWN, 'more post')}</li>}
    </ul>
  )
}

function Row({ row, by, reference }: { row: BulkRow; by: string; reference: Reference }) {
  const { post, refusal, passages } = row
  const still = !refusal && isUnchanged(row)
  return (
    <li className={styles.row} data-still={still || undefined}>
      <span className={styles.mark}>
        {refusal ? (
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
        ) : still ? (
          <span className={styles.what}>stays as it is</span>
        ) : (
          changesOf(row, reference).map((words) => (
            <span key={words} className={styles.what}>
              {words}
            </span>
          ))
        )}
        {passages.map(({ before, found, after }, at) => (
          <span key={at} className={styles.passage}>
            {before}
            <del>{found}</del>
            {by && <ins>{by}</ins>}
            {after}
          </span>
        ))}
      </div>
    </li>
  )
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
