import { ChevronDown, ChevronUp, Ellipsis, PenLine, X } from 'lucide-react'
import { plainText } from '../../shared/domain/document.ts'
import { docOf } from '../../shared/domain/workspace.ts'
import { editPosts } from '../data/commands/posts.ts'
import { useDeps } from '../ports/deps.tsx'
import { useQuery } from '../ports/live.ts'
import { go } from '../ports/navigation.ts'
import {
  Button,
  Finding,
  IconButton,
  Menu,
  Panel,
  PanelHead,
  PropertyList,
  PropertyRow,
  SectionHead,
} from '../ui/index.ts'
import AtNetworks from './atNetwork/AtNetworks.tsx'
import { formatShort, formatWhen, plural, zoneCity } from './format.ts'
import { LateRow } from './late/LateRow.tsx'
import { StatusPill } from './looks.tsx'
import { MarketsButton } from './MarketsButton.tsx'
import { MediumImage } from './MediumImage.tsx'
import styles from './Peek.module.css'
import { PerDayFindings } from './perDay/PerDayFindings.tsx'
import { CampaignPicker, ChannelPicker, LabelPicker, OwnerPicker, PillarPicker, StatusPicker } from './pickers.tsx'
import { AlikeFindings } from './repeat/AlikeFindings.tsx'
import { EvergreenRow } from './repeat/EvergreenRow.tsx'
import { RepeatRow } from './repeat/RepeatRow.tsx'
import { BestSlotsButton } from './slots/BestSlots.tsx'
import { usePlanPost } from './usePlanPost.ts'
import { usePostActions } from './usePostActions.tsx'
import { ClockChange, WhenPicker } from './WhenPicker.tsx'

interface PeekProps {
  postId: string
  onClose: () => void
  neighbours?: { previous?: () => void; next?: () => void }
}

/** One post at a glance, beside the calendar or the board: read, change a property, open. */
export function Peek({ postId, onClose, neighbours }: PeekProps) {
  const { store } = useDeps()
  const post = useQuery((db) => db.posts.get(postId), [postId])
  const text = useQuery(async (db) => plainText(docOf(await db.documents.get(postId))), [postId])
  const actions = usePostActions([postId])
  const plan = usePlanPost(post)
  if (!post) return null
  const edit = (fields: Parameters<typeof editPosts>[2], what: string) => void editPosts(store, [postId], fields, what)
  const open = post.checklist.filter(({ done }) => !done).length
  return (
    <section aria-label={`Post: ${post.title || 'Untitled'}`} className={styles.peek}>
      <PanelHead
        title={
          <StatusPicker
            value={post.status}
            onChange={(status) => void actions.status(status)}
            trigger={
              <button type="button" className={styles.plain} aria-label="Status">
                <StatusPill status={post.status} />
              </button>
            }
          />
        }
        end={
          <>
            {neighbours?.previous && (
              <IconButton icon={ChevronUp} label="Previous post" keys={['K']} onClick={neighbours.previous} />
            )}
            {neighbours?.next && (
              <IconButton icon={ChevronDown} label="Next post" keys={['J']} onClick={neighbours.next} />
            )}
            <Menu
              trigger={<IconButton icon={Ellipsis} label="More" tooltip={false} />}
              items={actions.menu}
              align="end"
            />
            <IconButton icon={X} label="Close" keys={['Escape']} onClick={onClose} />
          </>
        }
      />
      <Panel grow>
        <div className={styles.body}>
          <h2 className={styles.title}>{post.title || 'Untitled'}</h2>
          {(text || post.coverId) && (
            <div className={styles.preview}>
              {post.coverId && <MediumImage id={post.coverId} className={styles.picture} />}
              {text && <p className={styles.text}>{text}</p>}
            </div>
          )}
          <PropertyList>
            <PropertyRow label="Planned for">
              <WhenPicker value={post.planned} onChange={plan}>
                <MarketsButton post={post} />
                <BestSlotsButton post={post} onPlan={plan} />
              </WhenPicker>
              {post.planned && <span className={styles.zone}>{zoneCity(post.planned.zone)}</span>}
            </PropertyRow>
            <RepeatRow post={post} />
            <EvergreenRow post={post} />
            <PropertyRow label="Goes out">
              <span className={styles.quiet}>
                {post.publishAt ? formatWhen(post.publishAt) : 'Not handed over, only a plan'}
              </span>
            </PropertyRow>
            <LateRow post={post} />
            <PropertyRow label="Campaign">
              <CampaignPicker
                size="sm"
                value={post.campaignId}
                onChange={(campaignId) => edit({ campaignId }, 'Campaign')}
              />
            </PropertyRow>
            <PropertyRow label="Owner">
              <OwnerPicker size="sm" value={post.ownerId} onChange={(ownerId) => edit({ ownerId }, 'Owner')} />
            </PropertyRow>
            <PropertyRow label="Channels">
              <ChannelPicker
                size="sm"
                value={post.channelIds}
                onChange={(channelIds) => edit({ channelIds }, 'Channels')}
              />
            </PropertyRow>
            <PropertyRow label="Pillar">
              <PillarPicker size="sm" value={post.pillarId} onChange={(pillarId) => edit({ pillarId }, 'Pillar')} />
            </PropertyRow>
            <PropertyRow label="Labels">
              <LabelPicker size="sm" value={post.labels} onChange={(labels) => edit({ labels }, 'Labels')} />
            </PropertyRow>
            {post.dueOn && (
              <PropertyRow label="Text due">
                <span>{formatShort(post.dueOn)}</span>
              </PropertyRow>
            )}
          </PropertyList>
          <AtNetworks postId={postId} />
          <div className={styles.before}>
            {open > 0 && <SectionHead title="Before it goes out" />}
            {open > 0 && <Finding tone="note" text={`${plural(open, 'thing')} on its checklist still open.`} />}
            {post.planned && <ClockChange value={post.planned} onChange={plan} />}
            <PerDayFindings post={post} />
            <AlikeFindings key={post.id} post={post} />
          </div>
        </div>
      </Panel>
      <div className={styles.foot}>
        <Button icon={PenLine} keys={['E']} onClick={() => go({ screen: 'write', postId })}>
          Open
        </Button>
      </div>
    </section>
  )
}
