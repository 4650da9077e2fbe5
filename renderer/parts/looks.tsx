/** Small drawings of statuses, channels, people and campaigns. */
import {
  Ban,
  CheckCheck,
  CircleCheck,
  CircleDashed,
  Clock,
  Eye,
  Lightbulb,
  type LucideIcon,
  MessageSquareX,
} from 'lucide-react'
import { type Campaign, STAGE_WORD } from '../../shared/domain/campaign.ts'
import { type Channel, type Hue, NETWORKS } from '../../shared/domain/channel.ts'
import { type PostStatus, STATUS_LOOK } from '../../shared/domain/status.ts'
import { useReference } from '../ports/reference.tsx'
import { Avatar, AvatarStack, CallSign, HueDot, hueVar, Pill, Tag } from '../ui/index.ts'
import { initialsOf } from './format.ts'
import styles from './looks.module.css'

const ICONS: Readonly<Record<PostStatus, LucideIcon>> = {
  idea: Lightbulb,
  draft: CircleDashed,
  review: Eye,
  changes: MessageSquareX,
  approved: CircleCheck,
  scheduled: Clock,
  published: CheckCheck,
  cancelled: Ban,
}
export const statusIcon = (status: PostStatus): LucideIcon => ICONS[status]

export function StatusPill({ status }: { status: PostStatus }) {
  const look = STATUS_LOOK[status]
  return (
    <Pill
      tone={look.tone}
      icon={ICONS[status]}
      dashed={status === 'idea' || status === 'draft'}
      struck={status === 'cancelled'}
    >
      {look.word}
    </Pill>
  )
}

export function StatusIcon({ status, size = 12 }: { status: PostStatus; size?: 12 | 14 | 16 }) {
  const Icon = ICONS[status]
  return (
    <Icon
      className={styles.status}
      data-tone={STATUS_LOOK[status].tone}
      size={size}
      role="img"
      aria-label={STATUS_LOOK[status].word}
    />
  )
}

export const channelSign = (channel: Channel): string => NETWORKS[channel.network].sign

interface ChannelSignsProps {
  ids: readonly string[]
  max?: number
  size?: 'sm' | 'lg'
  /** Plain letters, as in chips; marks otherwise. */
  letters?: boolean
}

/** The call signs of some channels; above `max` (or four networks) the rest is a number. */
export function ChannelSigns({ ids, max = 3, size = 'sm', letters = false }: ChannelSignsProps) {
  const { channels } = useReference()
  const known = ids.flatMap((id) => channels.get(id) ?? [])
  const shown = known.length > max + 1 ? known.slice(0, max) : known
  const rest = known.length - shown.length
  if (letters) {
    return (
      <span className={styles.letters}>
        {shown.map(channelSign).join(' ')}
        {rest > 0 && ` +${rest}`}
      </span>
    )
  }
  return (
    <span className={styles.signs}>
      {shown.map((channel) => (
        <CallSign
          key={channel.id}
          sign={channelSign(channel)}
          hue={channel.hue}
          size={size}
          title={`${NETWORKS[channel.network].name}: ${channel.name}`}
        />
      ))}
      {rest > 0 && <span className={styles.rest}>+{rest}</span>}
    </span>
  )
}

/** The 3 px strip at the start of a post, one segment per channel. Its parent stands `position: relative`. */
export function SignalEdge({ ids }: { ids: readonly string[] }) {
  const { channels } = useReference()
  return (
    <span className={styles.edge} aria-hidden="true">
      {ids.length === 0 && <i />}
      {ids.map((id) => {
        const channel = channels.get(id)
        return <i key={id} style={channel ? { background: hueVar(channel.hue) } : undefined} />
      })}
    </span>
  )
}

export function PersonAvatar({ id, size = 20 }: { id: string; size?: 20 | 24 | 28 }) {
  const person = useReference().people.get(id)
  return person ? <Avatar initials={initialsOf(person.name)} name={person.name} size={size} /> : null
}

export function PeopleAvatars({
  ids,
  max = 3,
  size = 20,
}: {
  ids: readonly string[]
  max?: number
  size?: 20 | 24 | 28
}) {
  const { people } = useReference()
  const known = ids.flatMap((id) => people.get(id) ?? [])
  return (
    <AvatarStack
      people={known.map(({ id, name }) => ({ id, name, initials: initialsOf(name) }))}
      max={max}
      size={size}
    />
  )
}

export function PersonName({ id, size = 20 }: { id: string; size?: 20 | 24 | 28 }) {
  const person = useReference().people.get(id)
  if (!person) return <span className={styles.none}>Nobody</span>
  return (
    <span className={styles.named}>
      <Avatar initials={initialsOf(person.name)} name={person.name} size={size} />
      <span className={styles.ell}>{person.name}</span>
    </span>
  )
}

/** An idea has no colour until it has a brief. */
export const campaignHue = (campaign: Campaign): Hue | undefined =>
  campaign.stage === 'idea' ? undefined : campaign.hue

export function CampaignName({ id }: { id: string }) {
  const campaign = useReference().campaigns.get(id)
  if (!campaign) return <span className={styles.none}>No campaign</span>
  return (
    <span className={styles.named}>
      <HueDot hue={campaignHue(campaign)} />
      <span className={styles.ell}>{campaign.name}</span>
    </span>
  )
}

export const StageTag = ({ campaign }: { campaign: Campaign }) => <Tag>{STAGE_WORD[campaign.stage]}</Tag>
