import { ChevronDown, ChevronRight, Clock, Ellipsis, GitFork } from 'lucide-react'
import { memo, useEffect, useRef, useState } from 'react'
import { type Channel, NETWORKS } from '../../../../shared/domain/channel.ts'
import type { Placement } from '../../../../shared/domain/placement.ts'
import type { Post } from '../../../../shared/domain/post.ts'
import type { Assessment } from '../../../../shared/platforms/assess.ts'
import { formatFor } from '../../../../shared/platforms/content.ts'
import { type FormatId, RULES } from '../../../../shared/platforms/index.ts'
import { changePlacement } from '../../../data/commands/placements.ts'
import { ChannelMark, formatWhen, useOwnTimes, WhenPicker, zoneCity } from '../../../parts/index.ts'
import { commandEntries } from '../../../ports/commandMenu.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { Button, Field, IconButton, Menu, Select, Tag } from '../../../ui/index.ts'
import { Counter, fullest } from './Counter.tsx'
import { FieldsForm } from './FieldsForm.tsx'
import { Findings } from './Findings.tsx'
import { channelCommands } from './NetworkCommands.tsx'
import styles from './Networks.module.css'
import { Preview } from './preview/Preview.tsx'
import { useSharing } from './sharing.ts'
import { isBeside, toggleCard, useTarget, useWriting } from './state.ts'
import { useVariants } from './useVariants.ts'

/** What a card knows of a post. */
export type PostOnChannels = Pick<Post, 'id' | 'title' | 'summary' | 'media' | 'planned' | 'channelIds'>

interface NetworkCardProps {
  post: PostOnChannels
  channel: Channel
  placement: Placement | undefined
  /** The channel in words. */
  on: string
}

/** A post on one channel: how full it is, what is different there, how it will look, what the network says. */
export const NetworkCard = memo(function NetworkCard({ post, channel, placement, on }: NetworkCardProps) {
  const open = useWriting((state) => state.open.has(channel.id))
  const assessment = useWriting((state) => state.assessments[channel.id])
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
          <ChannelMark channel={channel} large signed title={`${NETWORKS[channel.network].name}:`} />
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
})

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
  const { rejoin } = useVariants(post)
  const props = { post, channel, placement, on }
  const { content, findings, counters } = assessment
  // The form asks nothing about the text: while one types it is not drawn again.
  const beside = useSharing<Assessment>({
    ...assessment,
    content: { ...content, text: '', parts: [] },
    findings: findings.filter(({ place }) => isBeside(place)),
    counters: counters.filter(({ place }) => isBeside(place)),
    spills: [],
  })
  return (
    <div id={id} className={styles.cardBody}>
      <Preview channel={channel} assessment={assessment} />
      <Findings
        {...props}
        assessment={assessment}
        onRejoin={placement?.detached ? () => void rejoin(channel.id, on) : undefined}
      />
      <Form {...props} assessment={beside} />
    </div>
  )
}

type PartProps = NetworkCardProps & { assessment: Assessment }

const Form = memo(function Form(props: PartProps) {
  return (
    <>
      <div className={styles.fields}>
        <Format {...props} />
        <OwnTime {...props} />
      </div>
      <FieldsForm {...props} />
    </>
  )
})

function Format({ post, channel, on, assessment }: PartProps) {
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
          <More channel={channel} on={on} />
        </div>
      </Field>
    </div>
  )
}

function OwnTime({ post, channel, placement, on }: PartProps) {
  const setTimes = useOwnTimes()
  const own = placement?.planned ?? null
  const [choosing, setChoosing] = useState(false)
  useTarget({ channelId: channel.id, place: { at: 'time' } }, () => setChoosing(true))
  if (!post.planned) return null
  return (
    <Field label="Goes out" className={styles.field}>
      <div className={styles.control}>
        <WhenPicker
          value={own ?? post.planned}
          open={choosing}
          onOpenChange={setChoosing}
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

function More({ channel, on }: Pick<NetworkCardProps, 'channel' | 'on'>) {
  const [open, setOpen] = useState(false)
  return (
    <Menu
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={<IconButton size="sm" icon={Ellipsis} label={`More for ${on}`} tooltip={false} />}
      items={open ? commandEntries(...channelCommands(channel.id)) : []}
    />
  )
}
