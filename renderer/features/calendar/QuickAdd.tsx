import { CalendarDays, Clock, Flag, Hash, Sparkles, UserRound } from 'lucide-react'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { NETWORKS } from '../../../shared/domain/channel.ts'
import { parseQuickAdd } from '../../../shared/domain/quickAdd.ts'
import { proposeTime } from '../../../shared/domain/slots.ts'
import {
  type ClockTime,
  type IsoDate,
  instantsOf,
  toInstant,
  toWall,
  type WallTime,
} from '../../../shared/domain/time.ts'
import { NO_FILTER, type PostFilter } from '../../../shared/domain/workspace.ts'
import { createPost } from '../../data/commands/posts.ts'
import { changeSettings } from '../../data/commands/workspace.ts'
import { cardsBetween } from '../../data/queries.ts'
import { formatDay, formatWhen, useUndo, zoneCity } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { go, select } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { Button, CallSign, Dialog, Field, Tag, TextField, toast } from '../../ui/index.ts'
import styles from './QuickAdd.module.css'

interface QuickAddFormProps {
  text?: string
  /** The day that was pressed; absent: none until one is typed. */
  date?: IsoDate
  time?: ClockTime
  /** Channels proposed, e.g. that of a slot. */
  channelIds?: readonly string[]
  /** What the page is narrowed to: a post made here belongs to it, so that it is seen. */
  filter?: PostFilter
  onClose: () => void
}

/** One line that becomes a post; what it was understood as stands below it before anything is saved. */
export function QuickAddForm({
  text: given = '',
  date,
  time,
  channelIds = [],
  filter = NO_FILTER,
  onClose,
}: QuickAddFormProps) {
  const { store, clock } = useDeps()
  const { channels, people, campaigns, settings } = useReference()
  const { undo } = useUndo()
  const [text, setText] = useState(given)
  const field = useRef<HTMLInputElement>(null)
  const now = clock.now()
  const wallNow = toWall(now, settings.zone)
  const read = useMemo(
    () => parseQuickAdd(text, { now: wallNow, channels: channels.list, people: people.list }),
    [text, wallNow, channels, people],
  )
  const day = read.date ?? date ?? null
  const asked = read.channelIds.length > 0 ? read.channelIds : channelIds
  const wanted = asked.length > 0 ? asked : [only(filter.channelIds)].filter(Boolean)
  const offered = wanted.length > 0 ? wanted : filter.channelIds
  const campaignId = only(filter.campaignIds)
  const labels = [...new Set([...read.labels, only(filter.labels)])].filter(Boolean)
  const ownerId = read.ownerId || only(filter.ownerIds) || settings.me
  const range = day ? instantsOf({ from: day, to: day }, settings.zone) : null
  const taken = useQuery(async (db) => (range ? cardsBetween(db, range.from - 864e5, range.to + 864e5) : []), [day])
  const proposal = day
    ? proposeTime(
        day,
        offered.length > 0 ? channels.list.filter(({ id }) => offered.includes(id)) : channels.list,
        taken ?? [],
        settings.lastTime,
        settings.zone,
        now,
      )
    : null
  const clockTime = read.time ?? (read.date ? undefined : time) ?? proposal?.wall.time ?? settings.lastTime
  const planned: WallTime | null = day ? { date: day, time: clockTime, zone: settings.zone } : null
  const over = planned !== null && toInstant(planned) < now
  const channel =
    wanted.length > 0 ? wanted : proposal?.channelId && proposal.wall.time === clockTime ? [proposal.channelId] : []

  const save = async (open: boolean) => {
    if (over) return
    const id = await createPost(store, {
      title: read.title,
      planned,
      status: planned ? 'draft' : 'idea',
      channelIds: channel,
      labels,
      ownerId,
      campaignId,
      pillarId: only(filter.pillarIds),
    })
    if (planned) void changeSettings(store, { lastTime: planned.time })
    onClose()
    if (open) return go({ screen: 'write', postId: id })
    select([id])
    toast({
      id: 'undo',
      text: `Created “${read.title || 'Untitled'}” ${planned ? `for ${formatWhen(planned)}` : 'without a date'}`,
      undo,
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    void save(event.ctrlKey || event.metaKey)
  }
  const owner = people.get(read.ownerId || only(filter.ownerIds))
  const campaign = campaigns.get(campaignId)
  const unmet = over ? [{ text: 'A time that is still to come', focus: () => field.current?.focus() }] : []
  return (
    <div className={styles.form}>
      <Field
        label="New post"
        hideLabel
        error={over && planned ? `${formatWhen(planned)} is already past. Type another day or time.` : undefined}
      >
        <TextField
          ref={field}
          value={text}
          onChange={setText}
          onKeyDown={onKeyDown}
          placeholder="Thu 9:30 linkedin Launch teaser #label @owner"
          icon={Sparkles}
          size="lg"
          data-autofocus
          autoComplete="off"
        />
      </Field>
      <div className={styles.tags} aria-live="polite">
        <Tag icon={CalendarDays}>{day ? formatDay(day) : 'No date'}</Tag>
        {planned && (
          <Tag icon={Clock} line={!read.time}>
            {clockTime} {settings.secondZone ? zoneCity(settings.zone) : ''}
          </Tag>
        )}
        {channel.map((id) => {
          const found = channels.get(id)
          return found ? (
            <Tag key={id} line={wanted.length === 0}>
              <CallSign sign={NETWORKS[found.network].sign} hue={found.hue} /> {found.name}
            </Tag>
          ) : null
        })}
        {labels.map((label) => (
          <Tag key={label} icon={Hash}>
            {label}
          </Tag>
        ))}
        {campaign && <Tag icon={Flag}>{campaign.name}</Tag>}
        {owner && <Tag icon={UserRound}>{owner.name}</Tag>}
        <span className={styles.title}>{read.title || 'Untitled'}</span>
      </div>
      <div className={styles.foot}>
        <Button variant="ghost" size="sm" keys={['Mod', 'Enter']} unmet={unmet} onClick={() => void save(true)}>
          Save and open
        </Button>
        <Button variant="primary" size="sm" keys={['Enter']} unmet={unmet} onClick={() => void save(false)}>
          Save
        </Button>
      </div>
    </div>
  )
}

const only = (ids: readonly string[]): string => (ids.length === 1 ? (ids[0] ?? '') : '')

/** The same in a dialog, from anywhere. */
export function QuickAdd({ onClose, ...form }: QuickAddFormProps) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Quick add" size="md" top>
      <QuickAddForm {...form} onClose={onClose} />
    </Dialog>
  )
}
