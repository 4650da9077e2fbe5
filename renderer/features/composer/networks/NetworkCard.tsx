import { ChevronDown, ChevronRight, Clock, Ellipsis, GitFork } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { type Channel, NETWORKS } from '../../../../shared/domain/channel.ts'
import type { Placement } from '../../../../shared/domain/placement.ts'
import type { Post } from '../../../../shared/domain/post.ts'
import { formatFor } from '../../../../shared/platforms/content.ts'
import { type FormatId, RULES } from '../../../../shared/platforms/index.ts'
import { changePlacement } from '../../../data/commands/placements.ts'
import { editPosts } from '../../../data/commands/posts.ts'
import { channelSign, formatWhen, useOwnTimes, useUndo, WhenPicker, zoneCity } from '../../../parts/index.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { Button, CallSign, Field, IconButton, Menu, Select, Tag, toast } from '../../../ui/index.ts'
import type { Assessment } from './assess.ts'
import { Counter, fullest } from './Counter.tsx'
import { FieldsForm } from './FieldsForm.tsx'
import { Findings } from './Findings.tsx'
import styles from './Networks.module.css'
import { Preview } from './preview/Preview.tsx'
import { showText, toggleCard, useTarget, useWriting } from './state.ts'
import { useVariant } from './useVariant.ts'

interface NetworkCardProps {
  post: Post
  channel: Channel
  placement: Placement | undefined
  /** The channel in words. */
  on: string
}

/** A post on one channel: how full it is, what is different there, how it will look, what the network says. */
export function NetworkCard({ post, channel, placement, on }: NetworkCardProps) {
  const open = useWriting((state) => state.open.has(channel.id))
  const assessment = useWriting((state) => state.assessments.get(channel.id))
  const card = useRef<HTMLElement>(null)
  const tab = useWriting((state) => state.tab)
  useEffect(() => {
    if (tab === channel.id) card.current?.scrollIntoView({ block: 'nearest' })
  }, [tab, channel.id])
  const bodyId = `network-${channel.id}`
  const Chevron = open ? ChevronDown : ChevronRight
  return (
    <section ref={card} aria-label={`${NETWORKS[channel.network].name} ${channel.name}`} className={styles.card}>
      <h3 className={styles.cardHead}>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={open ? bodyId : undefined}
          className={styles.cardToggle}
          onClick={() => toggleCard(channel.id)}
        >
          <Chevron aria-hidden size={14} className={styles.chevron} />
          <CallSign
            sign={channelSign(channel)}
            hue={channel.hue}
            size="lg"
            title={`${NETWORKS[channel.network].name}:`}
          />
          <span className={styles.cardName}>{channel.name}</span>
          <Difference placement={placement} />
          <span className="grow" />
          <Counter count={assessment && fullest(assessment.counters.filter(({ place }) => place.at === 'text'))} />
        </button>
      </h3>
      {open && assessment && (
        <Body id={bodyId} post={post} channel={channel} placement={placement} on={on} assessment={assessment} />
      )}
    </section>
  )
}

/** Whether the channel says anything its post does not. */
function Difference({ placement }: { placement: Placement | undefined }) {
  if (!placement?.detached && !placement?.media) return <span className={styles.asBase}>as base</span>
  return (
    <Tag line icon={GitFork}>
      Changed
    </Tag>
  )
}

type BodyProps = NetworkCardProps & { id: string; assessment: Assessment }

function Body({ id, post, channel, placement, on, assessment }: BodyProps) {
  const { rejoin } = useVariant(post.id, channel.id, on)
  const props = { post, channel, placement, on, assessment }
  return (
    <div id={id} className={styles.cardBody}>
      <Preview channel={channel} assessment={assessment} />
      <Findings {...props} onRejoin={placement?.detached ? () => void rejoin() : undefined} />
      <div className={styles.fields}>
        <Format {...props} />
        <OwnTime {...props} />
      </div>
      <FieldsForm {...props} />
    </div>
  )
}

type PartProps = NetworkCardProps & { assessment: Assessment }

function Format({ post, channel, placement, on, assessment }: PartProps) {
  const { store } = useDeps()
  const { formats } = RULES[channel.network]
  const box = useRef<HTMLDivElement>(null)
  useTarget({ channelId: channel.id, place: { at: 'format' } }, () => box.current?.querySelector('button')?.focus())
  const set = (next: FormatId) => {
    // What it would be by itself is no choice: it goes on following its pictures.
    const format = next === formatFor(channel.network, '', assessment.content.media) ? '' : next
    void changePlacement(store, { postId: post.id, channelId: channel.id }, { format }, `Format on ${on}`)
  }
  return (
    <div ref={box}>
      <Field label="Format" className={styles.field}>
        <div className={styles.control}>
          <Select
            size="md"
            value={assessment.content.format}
            onChange={set}
            options={(Object.keys(formats) as FormatId[]).map((id) => ({ value: id, label: formats[id]?.name ?? id }))}
          />
          <More post={post} channel={channel} placement={placement} on={on} />
        </div>
      </Field>
    </div>
  )
}

function OwnTime({ post, channel, placement, on }: PartProps) {
  const setTimes = useOwnTimes()
  const own = placement?.planned ?? null
  if (!post.planned) return null
  return (
    <Field label="Goes out" className={styles.field}>
      <div className={styles.control}>
        <WhenPicker
          value={own ?? post.planned}
          onChange={(to) => void setTimes(post.id, [{ channelId: channel.id, to }], `Time on ${on}`)}
          offWords="With the post again"
          trigger={
            <Button size="sm" variant="ghost" icon={Clock} className={styles.time}>
              {own ? `${formatWhen(own)} ${zoneCity(own.zone)}` : `${formatWhen(post.planned)}, with the post`}
            </Button>
          }
        />
      </div>
    </Field>
  )
}

function More({ post, channel, placement, on }: NetworkCardProps) {
  const { store } = useDeps()
  const { undo } = useUndo()
  const { detach, rejoin } = useVariant(post.id, channel.id, on)
  const ref = { postId: post.id, channelId: channel.id }
  const takeOff = async () => {
    await editPosts(store, [post.id], { channelIds: post.channelIds.filter((id) => id !== channel.id) }, 'Channels')
    toast({ text: `Taken off ${on}`, undo })
  }
  return (
    <Menu
      align="end"
      trigger={<IconButton size="sm" icon={Ellipsis} label={`More for ${on}`} tooltip={false} />}
      items={[
        { label: 'Go to its text', onSelect: () => showText(channel.id) },
        placement?.detached
          ? { label: 'Rejoin base', onSelect: () => void rejoin() }
          : { label: 'Write its own', onSelect: () => void detach() },
        ...(placement?.media
          ? [
              {
                label: 'Pictures of the post again',
                onSelect: () => void changePlacement(store, ref, { media: null }, `Pictures on ${on}`),
              },
            ]
          : []),
        { separator: true },
        { label: `Take off ${on}`, onSelect: () => void takeOff() },
      ]}
    />
  )
}
