import { ChevronDown, ChevronRight, Layers, UnfoldHorizontal, X } from 'lucide-react'
import { memo, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import {
  beginsOn,
  byDate,
  type Cadence,
  cadenceOf,
  type Dated,
  endsOn,
  type Imbalance,
  imbalances,
  type PillarShare,
  pillarMix,
  retally,
  type Tally,
  tallyOf,
} from '../../../shared/domain/balance.ts'
import { type Channel, NETWORKS } from '../../../shared/domain/channel.ts'
import { matches } from '../../../shared/domain/filter.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { type DateRange, type IsoDate, inRange, monthOf, type Zone } from '../../../shared/domain/time.ts'
import type { PostFilter } from '../../../shared/domain/workspace.ts'
import { formatDay, formatRange, plural } from '../../parts/index.ts'
import { go } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { setPostFilter } from '../../ports/views.ts'
import { Button, CallSign, HueDot, IconButton, Link, Meter, PanelHead, SectionHead } from '../../ui/index.ts'
import styles from './Balance.module.css'
import { eventOf } from './events.ts'
import type { Target } from './moves.ts'
import { setUi, useUi } from './uiState.ts'
import type { Page } from './usePage.ts'

/** Posts that are being carried, by pointer or by keyboard. */
export interface Held {
  readonly ids: readonly string[]
  readonly anchor: string
  readonly target: Target
  readonly copy: boolean
}
/** A post as it is and as it would be. */
export interface Moved {
  readonly before: Post
  readonly after: Post
}

interface BalanceProps {
  page: Page
  filter: PostFilter
  /** What would become of the posts in the hand; none where they may not go. */
  preview(held: Held): readonly Moved[]
  /** Goes to a day of the calendar. */
  onDay(day: IsoDate): void
  onClose(): void
}

/** The days that are weighed: a week by itself, else the month one stands in - a day has no balance. */
const weighed = ({ view, date, range }: Page): DateRange => (view === 'week' ? range : monthOf(date))

const datedOf = (posts: Iterable<Post>, filter: PostFilter, zone: Zone): Dated[] => {
  const dated: Dated[] = []
  for (const post of posts) {
    const event = matches(post, filter) ? eventOf(post, zone) : null
    if (event) dated.push({ date: event.wall.date, post })
  }
  return dated
}

/** What the posts in sight are about, how often each channel speaks, where it is silent or crowded; as it would be while one is carried. */
export function Balance({ page, filter, preview, onDay, onClose }: BalanceProps) {
  const { pillars } = useReference()
  const { from, to } = weighed(page)
  const standing = useMemo(
    () => tallyOf(datedOf(page.known.values(), filter, page.zone), { from, to }),
    [page.known, filter, page.zone, from, to],
  )
  const held = useHeld()
  const asked = useRef(preview)
  asked.current = preview
  const moved = useMemo(() => (held ? asked.current(held) : NOTHING), [held])
  const tally = useMemo(() => {
    if (moved.length === 0) return standing
    const side = (posts: readonly Post[]) => datedOf(posts, filter, page.zone)
    const left = held?.copy ? [] : side(moved.map(({ before }) => before))
    return retally(standing, left, side(moved.map(({ after }) => after)))
  }, [standing, moved, held, filter, page.zone])
  const inHand = useMemo(() => new Set(moved.flatMap(({ after }) => after.channelIds)), [moved])

  const { channels } = page
  const before = useWeighed(standing, channels)
  const weighedNow = useWeighed(tally, channels)
  const cadences = weighedNow.map(({ cadence }) => cadence)
  const { today } = page
  const uneven = useMemo(() => {
    const all = weighedNow.flatMap(({ uneven: own }) => own).sort(byDate)
    // What is past cannot be mended any more: it comes last.
    return [...all.filter((of) => endsOn(of) >= today), ...all.filter((of) => endsOn(of) < today)]
  }, [weighedNow, today])
  const mix = pillarMix(tally, pillars.list)
  useEffect(() => () => setUi({ lit: null }), [])

  return (
    <section className={styles.balance} aria-label="Balance">
      <PanelHead
        title="Balance"
        end={
          <>
            <span className={styles.range}>{formatRange({ from, to })}</span>
            <IconButton icon={X} size="sm" label="Close" keys={['B']} onClick={onClose} />
          </>
        }
      />
      <div className={styles.scroller}>
        <p className={styles.words}>{summary(cadences, uneven)}</p>
        <SectionHead
          title="Pillars"
          note={`share of ${plural(tally.posts, 'post')}, the line is the target`}
          level={3}
        />
        {pillars.list.length === 0 ? (
          <Empty words="No pillars yet." page="pillars" />
        ) : (
          <ul>
            {mix.map((share) => (
              <PillarRow key={share.pillarId} share={share} />
            ))}
          </ul>
        )}
        <SectionHead title="Channels" note="posts against target" level={3} />
        <Channels
          channels={channels}
          cadences={cadences}
          before={before.map(({ cadence }) => cadence)}
          inHand={inHand}
          filter={filter}
        />
        <SectionHead title="Gaps and pile-ups" note={uneven.length > 0 ? String(uneven.length) : undefined} level={3} />
        <Uneven list={uneven} today={today} onDay={onDay} />
      </div>
    </section>
  )
}

const NOTHING: readonly Moved[] = []

interface Weighed {
  readonly days: ReadonlyMap<IsoDate, number> | undefined
  readonly cadence: Cadence
  readonly uneven: readonly Imbalance[]
}

/** Cadence and imbalances of every channel; one whose days are those of before is not weighed again. */
function useWeighed(tally: Tally, channels: readonly Channel[]): readonly Weighed[] {
  const kept = useRef({ range: tally.range, of: new Map<Channel, Weighed>() })
  return useMemo(() => {
    const known = kept.current.range === tally.range ? kept.current.of : new Map<Channel, Weighed>()
    const list = channels.map((channel): Weighed => {
      const days = tally.channels.get(channel.id)
      const before = known.get(channel)
      return before && before.days === days
        ? before
        : { days, cadence: cadenceOf(tally, channel), uneven: imbalances(tally, channel) }
    })
    kept.current = { range: tally.range, of: new Map(channels.map((channel, at) => [channel, list[at] as Weighed])) }
    return list
  }, [tally, channels])
}

/** What is carried and where it would go, a moment after the card itself has been drawn there. */
function useHeld(): Held | null {
  const hand = useUi((state) => state.hand)
  const moving = useUi((state) => state.moving)
  const held = useMemo<Held | null>(() => {
    if (hand?.target) return { ids: hand.ids, anchor: hand.anchor.id, target: hand.target, copy: hand.copy }
    return moving ? { ...moving, copy: false } : null
  }, [hand, moving])
  const later = useDeferredValue(held)
  // Once it is let go of, the page has it where it was put.
  return held && later
}

function summary(cadences: readonly Cadence[], uneven: readonly Imbalance[]): string {
  const of = (state: Cadence['state']) =>
    cadences.filter((cadence) => cadence.state === state && cadence.target > 0).length
  const gaps = uneven.filter(({ kind }) => kind === 'gap').length
  const [short, over] = [of('short'), of('over')]
  const parts = [
    short > 0 && `${plural(short, 'channel')} short`,
    over > 0 && `${over} over`,
    gaps > 0 && plural(gaps, 'gap'),
    uneven.length > gaps && plural(uneven.length - gaps, 'pile-up'),
  ].filter(Boolean)
  return parts.length > 0 ? `${parts.join(', ')}.` : 'Nothing short, nothing over.'
}

const Empty = ({ words, page }: { words: string; page: 'pillars' | 'channels' }) => (
  <p className={styles.words}>
    {words} <Link onClick={() => go({ screen: 'settings', page })}>Set them</Link>
  </p>
)

/** Points off a target that are worth a colour. */
const OFF = 5
const signed = (value: number) => (value > 0 ? `+${value}` : value < 0 ? `−${-value}` : '0')

const PillarRow = memo(function PillarRow({ share: { pillarId, posts, share, target } }: { share: PillarShare }) {
  const pillar = useReference().pillars.get(pillarId)
  const off = share - target
  const name = pillar?.name ?? 'No pillar'
  return (
    <li className={styles.pillar} title={pillar?.purpose}>
      <span className={styles.name}>
        <HueDot hue={pillar?.hue} /> <span className={styles.ell}>{name}</span>
      </span>
      <Meter
        label={`${name}: ${share} percent, ${plural(posts, 'post')}${target > 0 ? `, target ${target} percent` : ''}`}
        segments={[{ value: share, color: pillar ? `hue-${pillar.hue}` : 'line' }]}
        pace={target > 0 ? target : undefined}
      />
      <span className={styles.figure} dir="ltr">
        {share} %
      </span>
      <span className={styles.off} dir="ltr" data-off={Math.abs(off) >= OFF || undefined}>
        {target > 0 ? signed(off) : ''}
      </span>
    </li>
  )
}, sameShare)

function sameShare(a: { share: PillarShare }, b: { share: PillarShare }): boolean {
  return (
    a.share.pillarId === b.share.pillarId &&
    a.share.posts === b.share.posts &&
    a.share.share === b.share.share &&
    a.share.target === b.share.target
  )
}

interface ChannelsProps {
  channels: readonly Channel[]
  cadences: readonly Cadence[]
  /** As they stand without what is carried. */
  before: readonly Cadence[]
  inHand: ReadonlySet<string>
  filter: PostFilter
}

/** Channels in the order in which they need somebody: those in the hand, those off their target, and folded those on it. */
function Channels({ channels, cadences, before, inHand, filter }: ChannelsProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const rows = channels.flatMap((channel, index) => {
    const now = cadences[index]
    const then = before[index]
    return now && then ? [{ channel, now, then }] : []
  })
  // Grouped as they stand: a row does not wander while a post is carried past.
  const held = rows.filter(({ channel }) => inHand.has(channel.id))
  const rest = rows.filter(({ channel }) => !inHand.has(channel.id))
  const off = rest
    .filter(({ then }) => then.target > 0 && then.state !== 'on')
    .sort((a, b) => need(b.then) - need(a.then))
  const on = rest.filter(({ then }) => then.target > 0 && then.state === 'on')
  const none = rest.filter(({ then }) => then.target === 0)
  const list = (group: typeof rows) => (
    <ul>
      {group.map(({ channel, now, then }) => (
        <ChannelRow
          key={channel.id}
          channel={channel}
          posts={now.posts}
          target={now.target}
          state={now.state}
          by={now.posts - then.posts}
          held={inHand.has(channel.id)}
          only={filter.channelIds.length === 1 && filter.channelIds[0] === channel.id}
          filter={filter}
        />
      ))}
    </ul>
  )
  const folded = (name: string, words: string, group: typeof rows) => {
    if (group.length === 0) return null
    if (group.length < FOLDED_FROM) return list(group)
    const shown = open.has(name)
    return (
      <>
        <button
          type="button"
          className={styles.fold}
          aria-expanded={shown}
          onClick={() => setOpen(new Set(shown ? [...open].filter((other) => other !== name) : [...open, name]))}
        >
          {shown ? <ChevronDown aria-hidden size={14} /> : <ChevronRight aria-hidden size={14} />}
          {words}
        </button>
        {shown && list(group)}
      </>
    )
  }
  if (rows.length === 0) return <Empty words="No channels yet." page="channels" />
  return (
    <>
      {held.length > 0 && list(held)}
      {list(off)}
      {folded('on', `${on.length} on target`, on)}
      {folded('none', `${none.length} without a target`, none)}
    </>
  )
}

/** Fewer rows than these are not worth a fold. */
const FOLDED_FROM = 6
/** How far from its target, as a part of it. */
const need = ({ posts, target }: Cadence) => Math.abs(posts - target) / target

interface ChannelRowProps extends Omit<Cadence, 'channelId'> {
  channel: Channel
  /** By how many posts the hand would change it. */
  by: number
  held: boolean
  /** The calendar shows this channel alone. */
  only: boolean
  filter: PostFilter
}

/** A press shows this channel alone; another one all again. */
const ChannelRow = memo(function ChannelRow({
  channel,
  posts,
  target,
  state,
  by,
  held,
  only,
  filter,
}: ChannelRowProps) {
  const { sign, name } = NETWORKS[channel.network]
  const off = posts - target
  const count = target > 0 ? `${posts} of ${plural(target, 'post')}` : plural(posts, 'post')
  const words = state === 'on' || target === 0 ? '' : `, ${Math.abs(off)} ${state}`
  return (
    <li>
      <button
        type="button"
        className={styles.channel}
        aria-pressed={only}
        aria-label={`${name}, ${channel.name}: ${count}${words}`}
        title={only ? 'Show all channels' : `Show only ${channel.name}`}
        data-held={held || undefined}
        onClick={() => setPostFilter('calendar', { ...filter, channelIds: only ? [] : [channel.id] })}
      >
        <CallSign sign={sign} hue={channel.hue} />
        <span className={styles.ell}>{channel.name}</span>
        {target > 0 ? (
          <Meter
            size="sm"
            label="Posts"
            segments={[{ value: posts, color: state === 'over' ? 'rust' : 'line' }]}
            max={Math.max(target * 1.25, posts)}
            pace={target}
          />
        ) : (
          <span />
        )}
        <span className={styles.figure} dir="ltr">
          {posts}
          {target > 0 && <span className={styles.faint}>/{target}</span>}
        </span>
        <span
          className={styles.off}
          dir="ltr"
          data-off={(target > 0 && state !== 'on') || undefined}
          data-live={by !== 0 || undefined}
        >
          {by !== 0 ? signed(by) : target > 0 && state !== 'on' ? signed(off) : ''}
        </span>
      </button>
    </li>
  )
})

/** More entries than these wait behind a button. */
const MOST = 24

function Uneven({ list, today, onDay }: { list: readonly Imbalance[]; today: IsoDate; onDay(day: IsoDate): void }) {
  const [all, setAll] = useState(false)
  if (list.length === 0) return <p className={styles.words}>No channel is silent for long, no day is too full.</p>
  return (
    <>
      <ul onPointerLeave={() => setUi({ lit: null })}>
        {(all ? list : list.slice(0, MOST)).map((of) => (
          <UnevenRow key={`${of.kind} ${of.channelId} ${beginsOn(of)}`} of={of} today={today} onDay={onDay} />
        ))}
      </ul>
      {!all && list.length > MOST && (
        <Button variant="ghost" size="sm" onClick={() => setAll(true)}>
          Show all {list.length}
        </Button>
      )}
    </>
  )
}

/** Under the pointer its days light up on the calendar; a press goes there. */
function UnevenRow({ of, today, onDay }: { of: Imbalance; today: IsoDate; onDay(day: IsoDate): void }) {
  const channel = useReference().channels.get(of.channelId)
  if (!channel) return null
  const days = of.kind === 'gap' ? { from: of.from, to: of.to } : { from: of.date, to: of.date }
  const light = () => setUi({ lit: days })
  // What is over of a silence cannot be filled any more.
  const goal = inRange(today, days) ? today : days.from
  return (
    <li>
      <button
        type="button"
        className={styles.uneven}
        onPointerEnter={light}
        onFocus={light}
        onBlur={({ currentTarget }) => currentTarget.matches(':hover') || setUi({ lit: null })}
        data-past={endsOn(of) < today || undefined}
        onClick={() => onDay(goal)}
        title={`${channel.name}: go to ${formatDay(goal)}`}
      >
        {of.kind === 'gap' ? <UnfoldHorizontal aria-hidden size={14} /> : <Layers aria-hidden size={14} />}
        <CallSign sign={NETWORKS[channel.network].sign} hue={channel.hue} title={channel.name} />
        <span className={styles.ell}>
          {of.kind === 'gap' ? `${of.days} days without a post` : `${of.posts} posts on a day, takes ${of.most}`}
        </span>
        <span className={styles.when}>{of.kind === 'gap' ? formatRange(days) : formatDay(of.date)}</span>
      </button>
    </li>
  )
}
