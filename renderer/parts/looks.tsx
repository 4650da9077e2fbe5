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
import { isPracticeChannel } from '../../shared/domain/practice.ts'
import { type PostStatus, STATUS_LOOK } from '../../shared/domain/status.ts'
import { useReference } from '../ports/reference.tsx'
import { Avatar, AvatarStack, CallSign, HueDot, hueVar, Pill, Tag } from '../ui/index.ts'
import type { CardMark } from './atNetwork/cardMarks.ts'
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

const RING = 'M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0'
/** The same icons (Lucide, ISC), each as one path: a month draws hundreds, and some would be nine elements. */
const STATUS_PATH: Readonly<Record<PostStatus, string>> = {
  idea: 'M15 14c.2-1 .7-1.7 1.5-2.5 1-.9 1.5-2.2 1.5-3.5A6 6 0 0 0 6 8c0 1 .2 2.2 1.5 3.5.7.7 1.3 1.5 1.5 2.5M9 18h6M10 22h4',
  draft:
    'M10.1 2.182a10 10 0 0 1 3.8 0M13.9 21.818a10 10 0 0 1-3.8 0M17.609 3.721a10 10 0 0 1 2.69 2.7M2.182 13.9a10 10 0 0 1 0-3.8M20.279 17.609a10 10 0 0 1-2.7 2.69M21.818 10.1a10 10 0 0 1 0 3.8M3.721 6.391a10 10 0 0 1 2.7-2.69M6.391 20.279a10 10 0 0 1-2.69-2.7',
  review:
    'M2.062 12.348a1 1 0 0 1 0-.696 10.75 10.75 0 0 1 19.876 0 1 1 0 0 1 0 .696 10.75 10.75 0 0 1-19.876 0M9 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0',
  changes:
    'M22 17a2 2 0 0 1-2 2H6.828a2 2 0 0 0-1.414.586l-2.202 2.202A.71.71 0 0 1 2 21.286V5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2zM14.5 8.5l-5 5M9.5 8.5l5 5',
  approved: `${RING}M16 9l-5.5 5.5L8 12`,
  scheduled: `${RING}M12 6v6l4 2`,
  published: 'M18 6 7 17l-5-5M22 10l-7.5 7.5L13 16',
  cancelled: `${RING}M4.929 4.929 19.07 19.071`,
}

export function StatusIcon({ status, size = 12 }: { status: PostStatus; size?: 12 | 14 | 16 }) {
  const look = STATUS_LOOK[status]
  return (
    <svg
      className={styles.status}
      data-tone={look.tone}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      role="img"
      aria-label={look.word}
    >
      <path d={STATUS_PATH[status]} />
    </svg>
  )
}

/** How a post stands at its network, in place of its status. */
export const MarkIcon = ({ mark: { icon: Icon, word, tone } }: { mark: CardMark }) => (
  <Icon className={styles.status} data-tone={tone} size={12} role="img" aria-label={word} />
)

export const StandingPill = ({ status, mark }: { status: PostStatus; mark: CardMark | undefined }) =>
  mark ? (
    <Pill tone={mark.tone} icon={mark.icon}>
      {mark.word}
    </Pill>
  ) : (
    <StatusPill status={status} />
  )

/** Where a post stands: at its networks where there is something to say of that, else its status. */
export const StandingIcon = ({ status, mark }: { status: PostStatus; mark: CardMark | undefined }) =>
  mark ? <MarkIcon mark={mark} /> : <StatusIcon status={status} />

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
          dashed={isPracticeChannel(channel)}
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

/** Who made a change: a person, or whoever sits here while nobody has been named. */
export function ActorAvatar({ id }: { id: string }) {
  const { people, settings } = useReference()
  const name = people.get(id || settings.me)?.name ?? 'You'
  return <Avatar initials={initialsOf(name)} name={name} size={20} />
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
