/** What the calendar says. */
import { NETWORKS } from '../../../shared/domain/channel.ts'
import { type Clash, SAME } from '../../../shared/domain/clash.ts'
import { clockOf, type Instant, toWall, type WallTime, type Zone } from '../../../shared/domain/time.ts'
import { assertNever } from '../../../shared/lib/result.ts'
import { formatDay, formatWhen, zoneCity } from '../../parts/index.ts'
import type { Reference } from '../../ports/reference.tsx'
import type { PostEvent } from './events.ts'
import type { Target } from './moves.ts'

/** `45 min`, `2 h`, `1 h 30` */
export function span(minutes: number): string {
  if (minutes < 60) return `${minutes} min`
  const rest = minutes % 60
  return rest ? `${Math.floor(minutes / 60)} h ${rest}` : `${minutes / 60} h`
}

/** What a post clashes with, and the rule behind it. */
export function clashWords(
  clash: Clash,
  at: Instant,
  { channels }: Pick<Reference, 'channels'>,
): { title: string; text: string } {
  switch (clash.kind) {
    case 'spacing': {
      const channel = channels.get(clash.channelId)
      const name = channel ? NETWORKS[channel.network].name : 'this channel'
      const side =
        clash.apart === 0
          ? 'At the same time as'
          : `${span(clash.apart)} ${clash.other.plannedAt < at ? 'after' : 'before'}`
      return {
        title: `Clash on ${name}`,
        text: `${side} “${clash.other.title || 'Untitled'}”. This channel keeps ${span(clash.spacing)} between posts.`,
      }
    }
    case 'duplicate': {
      const nearly = clash.likeness < SAME
      const says = nearly ? `says nearly the same (${Math.round(clash.likeness * 100)} %)` : 'says the same'
      return {
        title: nearly ? 'Nearly the same text' : 'Same text again',
        text: `“${clash.other.title || 'Untitled'}” ${says}${clash.other.planned ? ` on ${formatDay(clash.other.planned.date)}` : ''}.`,
      }
    }
    case 'blackout':
      return {
        title: 'Blackout day',
        text: clash.note.text ? `Nothing should go out: ${clash.note.text}.` : 'Nothing should go out on this day.',
      }
    case 'quiet': {
      const channel = channels.get(clash.channelId)
      return {
        title: 'Quiet hours',
        text: `${channel?.name ?? 'This channel'} keeps quiet from ${clash.quiet.from} to ${clash.quiet.to}.`,
      }
    }
    case 'holiday':
      return {
        title: clash.name,
        text: `${channels.get(clash.channelId)?.name ?? 'This channel'} keeps quiet on public holidays.`,
      }
    case 'full-day':
      return {
        title: 'Full day',
        text: `${channels.get(clash.channelId)?.name ?? 'This channel'} takes ${clash.most} a day and has ${clash.posts}.`,
      }
    default:
      return assertNever(clash)
  }
}

const foldWord = (wall: WallTime) => (wall.fold === 'later' ? 'second' : wall.fold === 'earlier' ? 'first' : undefined)
/** `first` or `second` where the hour exists twice. */
export const foldOf = (event: PostEvent): string | undefined => foldWord(event.wall)

/** Tooltip of a card: title, both zones, and what is said against it. */
export function tooltip(
  { post, wall, apart }: PostEvent,
  secondZone: Zone | '',
  against: readonly (string | undefined)[],
): string {
  const fold = foldWord(wall)
  const lines = [post.title || 'Untitled', `${formatWhen(wall)}${fold ? ` (${fold})` : ''} ${zoneCity(wall.zone)}`]
  if (secondZone && secondZone !== wall.zone)
    lines.push(`${formatWhen(toWall(post.plannedAt, secondZone))} ${zoneCity(secondZone)}`)
  if (apart) lines.push('At a time of its own: moving it moves this channel alone')
  if (post.seriesId) lines.push('Repeats')
  for (const words of against) if (words) lines.push(words)
  return lines.join('\n')
}

/** A target as people read it: `Fri 16 Oct, 13:30`, `Undated`. */
export function targetWords(target: Target, time?: string): string {
  if (target.kind === 'tray') return 'Undated'
  const clock = target.kind === 'time' ? clockOf(target.minutes) : time
  return clock ? `${formatDay(target.day)}, ${clock}` : formatDay(target.day)
}
