import { CircleDotDashed, X } from 'lucide-react'
import type { Post } from '../../../shared/domain/post.ts'
import { POST_STATUSES, STATUS_LOOK } from '../../../shared/domain/status.ts'
import { editPosts } from '../../data/commands/posts.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { useReference } from '../../ports/reference.tsx'
import { Finding, IconButton, Panel, PanelHead, PropertyList, PropertyRow, SectionHead, Tag } from '../../ui/index.ts'
import { formatRange, formatShort, plural } from '../format.ts'
import { ChannelSigns, StatusIcon, StatusPill } from '../looks.tsx'
import { CampaignPicker, ChannelPicker, LabelPicker, OwnerPicker, PillarPicker, StatusPicker } from '../pickers.tsx'
import { usePostActions } from '../usePostActions.tsx'
import styles from './SelectionPanel.module.css'
import { allHave, changeLists, inCommon } from './shared.ts'

/** Posts named one by one; the rest is counted. */
const NAMED = 60

interface SelectionPanelProps {
  ids: readonly string[]
  /** What stays selected. */
  onChange: (ids: readonly string[]) => void
}

/** Several posts at a glance: what they have in common, what to look at before they are moved, which they are. */
export function SelectionPanel({ ids, onChange }: SelectionPanelProps) {
  const { store } = useDeps()
  const { channels } = useReference()
  const found = useQuery((db) => db.posts.bulkGet([...ids]), [ids])
  const actions = usePostActions(ids)
  if (!found) return null
  const posts = found.filter((post) => post !== undefined).sort((a, b) => a.plannedAt - b.plannedAt)
  const dated = posts.flatMap(({ planned }) => planned ?? [])
  const time = new Set(dated.map((wall) => wall.time))
  const common = <T extends string>(read: (post: Post) => T, none: string) => {
    const { value, different } = inCommon(posts, read)
    return { value: value ?? '', placeholder: different > 1 ? `${different} different` : none }
  }
  const deliveries = channels.list.flatMap(({ id }) => {
    const count = posts.filter((post) => post.channelIds.includes(id)).length
    return count > 0 ? [{ id, count }] : []
  })
  const out = posts.filter(({ status }) => status === 'published')
  const undated = posts.length - dated.length
  return (
    <section aria-label={`Selection: ${plural(posts.length, 'post')}`} className={styles.selection}>
      <PanelHead
        title={<Tag>Selection</Tag>}
        end={<IconButton icon={X} label="Clear the selection" keys={['Escape']} onClick={() => onChange([])} />}
      />
      <Panel grow>
        <h2 className={styles.title}>
          <bdi>{plural(posts.length, 'post')}</bdi>
        </h2>
        <p className={styles.note}>What you change here changes all. One undo takes it back.</p>
        <PropertyList>
          <PropertyRow label="When">
            <span dir="auto">
              {dated.length > 0 && formatRange(spanOf(dated.map(({ date }) => date)))}
              {undated > 0 && `${dated.length > 0 ? ', ' : ''}${undated} undated`}
            </span>
          </PropertyRow>
          {dated.length > 0 && (
            <PropertyRow label="Time">
              {time.size === 1 ? <span>{[...time][0]}</span> : <Different count={time.size} />}
            </PropertyRow>
          )}
          <PropertyRow label="Status">
            <StatusPicker
              value={inCommon(posts, ({ status }) => status).value}
              onChange={(status) => void actions.status(status)}
              trigger={
                <button type="button" className={styles.pills} aria-label="Status">
                  <Statuses posts={posts} />
                </button>
              }
            />
          </PropertyRow>
          <PropertyRow label="Campaign">
            <CampaignPicker
              size="sm"
              {...common(({ campaignId }) => campaignId, 'No campaign')}
              onChange={(campaignId) => void actions.campaign(campaignId)}
            />
          </PropertyRow>
          <PropertyRow label="Owner">
            <OwnerPicker
              size="sm"
              {...common(({ ownerId }) => ownerId, 'Nobody')}
              onChange={(ownerId) => void actions.owner(ownerId)}
            />
          </PropertyRow>
          <PropertyRow label="Pillar">
            <PillarPicker
              size="sm"
              {...common(({ pillarId }) => pillarId, 'No pillar')}
              onChange={(pillarId) => void editPosts(store, ids, { pillarId }, 'Pillar')}
            />
          </PropertyRow>
          <PropertyRow label="Channels">
            <ChannelPicker
              size="sm"
              placeholder={deliveries.length > 0 ? 'None in common' : 'No channels'}
              value={allHave(posts, 'channelIds')}
              onChange={(next) => void changeLists(store, ids, 'channelIds', next, 'Channels')}
            />
          </PropertyRow>
          <PropertyRow label="Labels">
            <LabelPicker
              size="sm"
              placeholder={posts.some(({ labels }) => labels.length > 0) ? 'None in common' : 'No labels'}
              value={allHave(posts, 'labels')}
              onChange={(next) => void changeLists(store, ids, 'labels', next, 'Labels')}
            />
          </PropertyRow>
        </PropertyList>
        {deliveries.length > 0 && (
          <>
            <SectionHead
              title="Networks"
              note={plural(
                deliveries.reduce((sum, { count }) => sum + count, 0),
                'delivery',
                'deliveries',
              )}
            />
            <p className={styles.networks}>
              {deliveries.map(({ id, count }) => (
                <span key={id}>
                  <ChannelSigns ids={[id]} /> {count}
                </span>
              ))}
            </p>
          </>
        )}
        {out.length > 0 && (
          <>
            <SectionHead title="Before you move them" />
            <Finding
              tone="warning"
              text={`${out.length === 1 ? `“${out[0]?.title || 'Untitled'}” is` : `${out.length} are`} out already, and what is out does not move.`}
              actions={
                out.length < posts.length
                  ? [
                      {
                        label: out.length === 1 ? 'Leave it out' : 'Leave them out',
                        onSelect: () => onChange(ids.filter((id) => !out.some((post) => post.id === id))),
                      },
                    ]
                  : []
              }
            />
          </>
        )}
        <SectionHead title="Selected" />
        <ul className={styles.posts}>
          {posts.slice(0, NAMED).map(({ id, title, status, planned }) => (
            <li key={id} className={styles.post}>
              <StatusIcon status={status} />
              <span className={styles.name} title={title}>
                {title || 'Untitled'}
              </span>
              <span className={styles.day}>{planned ? formatShort(planned.date) : 'Undated'}</span>
              <IconButton
                size="sm"
                icon={X}
                label={`Leave out “${title || 'Untitled'}”`}
                tooltip={false}
                onClick={() => onChange(ids.filter((other) => other !== id))}
              />
            </li>
          ))}
        </ul>
        {posts.length > NAMED && <p className={styles.note}>and {posts.length - NAMED} more</p>}
      </Panel>
    </section>
  )
}

const spanOf = (days: readonly string[]) => {
  const sorted = days.toSorted()
  return { from: sorted[0] ?? '', to: sorted.at(-1) ?? '' }
}

const Different = ({ count }: { count: number }) => (
  <span className={styles.different}>
    <CircleDotDashed aria-hidden size={14} />
    {count} different
  </span>
)

/** The status all have as a pill; else each with how many have it. */
function Statuses({ posts }: { posts: readonly Post[] }) {
  const { value } = inCommon(posts, ({ status }) => status)
  if (value) return <StatusPill status={value} />
  return POST_STATUSES.flatMap((status) => {
    const count = posts.filter((post) => post.status === status).length
    return count > 0
      ? [
          <span key={status} className={styles.pill} title={STATUS_LOOK[status].word}>
            <StatusIcon status={status} /> {count}
          </span>,
        ]
      : []
  })
}
