import { CalendarDays, Clock, Hash, Plus, TriangleAlert, UserRound } from 'lucide-react'
import { NETWORKS } from '../../../shared/domain/channel.ts'
import { parseQuickAdd, type QuickPost } from '../../../shared/domain/quickAdd.ts'
import { toInstant, toWall, type WallTime } from '../../../shared/domain/time.ts'
import { createPost } from '../../data/commands/posts.ts'
import { changeSettings } from '../../data/commands/workspace.ts'
import { formatDay, formatWhen, useUndo, zoneCity } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { openDialog } from '../../ports/dialogs.ts'
import { go, select } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { CallSign, Tag, toast } from '../../ui/index.ts'
import styles from './Palette.module.css'
import type { PaletteRow } from './usePaletteGroups.tsx'

/** What is typed, read as a post. `sure`: a day, a time or a network was understood, so a post is likely what is meant. */
export function useNewPost(text: string): { row: PaletteRow | null; sure: boolean; read: QuickPost } {
  const { store, clock } = useDeps()
  const { channels, people, settings } = useReference()
  const { undo } = useUndo()
  const now = clock.now()
  const read = parseQuickAdd(text, { now: toWall(now, settings.zone), channels: channels.list, people: people.list })
  const planned: WallTime | null = read.date
    ? { date: read.date, time: read.time ?? settings.lastTime, zone: settings.zone }
    : null
  const past = planned !== null && toInstant(planned) < now
  const sure = read.tokens.some(({ kind }) => kind !== 'label') && read.title !== ''
  if (text === '' || read.title === '') return { row: null, sure: false, read }

  const save = async (open: boolean) => {
    const id = await createPost(store, {
      title: read.title,
      planned,
      status: planned ? 'draft' : 'idea',
      channelIds: read.channelIds,
      labels: read.labels,
      ownerId: read.ownerId || settings.me,
    })
    if (planned) void changeSettings(store, { lastTime: planned.time })
    if (open) return go({ screen: 'write', postId: id })
    select([id])
    toast({
      id: 'undo',
      text: `Created “${read.title}” ${planned ? `for ${formatWhen(planned)}` : 'without a date'}`,
      undo,
    })
  }
  const owner = people.get(read.ownerId)
  const row: PaletteRow = {
    id: 'new',
    icon: <Plus aria-hidden size={16} />,
    tall: sure,
    keys: ['Enter'],
    label: sure ? (
      <>
        <span className={styles.parsedTitle}>{read.title}</span>
        <span className={styles.parsed}>
          <Tag icon={CalendarDays}>{planned ? formatDay(planned.date) : 'No date'}</Tag>
          {planned && (
            <Tag icon={Clock}>
              {planned.time} {zoneCity(planned.zone)}
            </Tag>
          )}
          {read.channelIds.map((id) => {
            const channel = channels.get(id)
            return (
              channel && (
                <Tag key={id}>
                  <CallSign sign={NETWORKS[channel.network].sign} hue={channel.hue} /> {channel.name}
                </Tag>
              )
            )
          })}
          {owner && <Tag icon={UserRound}>{owner.name}</Tag>}
          {read.labels.map((label) => (
            <Tag key={label} icon={Hash}>
              {label}
            </Tag>
          ))}
          {past && (
            <span className={styles.warning}>
              <TriangleAlert aria-hidden size={12} /> already past
            </span>
          )}
        </span>
      </>
    ) : (
      `New post “${text}”`
    ),
    // What is past is not planned: the small form says so and takes another time.
    run: () => (past ? openDialog({ kind: 'quickAdd', text }) : void save(false)),
    ...(past ? {} : { alternative: { words: 'and open it', run: () => void save(true) } }),
  }
  return { row, sure, read }
}
