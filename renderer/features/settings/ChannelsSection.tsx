import { ArrowDown, ArrowUp, ChevronDown, ChevronRight, Plus, Trash2 } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import {
  type Channel,
  NETWORK_IDS,
  NETWORKS,
  type NetworkId,
  type PostingSlot,
} from '../../../shared/domain/channel.ts'
import { ok } from '../../../shared/lib/result.ts'
import { addRow, editRow } from '../../data/commands/workspace.ts'
import { plural, zoneItems } from '../../parts/index.ts'
import { useCommands } from '../../ports/commands.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useReference } from '../../ports/reference.tsx'
import {
  Button,
  CallSign,
  Combobox,
  EmptyState,
  Field,
  HuePicker,
  IconButton,
  Menu,
  NumberField,
  Rows,
  Select,
  Tag,
  TimeField,
} from '../../ui/index.ts'
import { CommitField, useSay } from './parts.tsx'
import styles from './Settings.module.css'

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

export function ChannelsSection() {
  const { store, clock } = useDeps()
  const { channels, settings } = useReference()
  const [open, setOpen] = useState('')
  const say = useSay()
  const list = channels.list

  const create = async (network: NetworkId) => {
    const { name, hue } = NETWORKS[network]
    const order = Math.max(-1, ...list.map((channel) => channel.order)) + 1
    const fields = { network, name, hue, zone: settings.zone, slots: [], spacing: 120, target: 0, order }
    setOpen(await addRow(store, 'channels', fields, `Added ${name}`))
    say(`Added ${name}. Give it a name and slots.`)
  }
  useCommands(
    NETWORK_IDS.map((network) => ({
      id: `channel.add.${network}`,
      title: `Add a channel: ${NETWORKS[network].name}`,
      section: 'Settings',
      words: 'account profile network',
      run: () => void create(network),
    })),
  )
  const remove = async (channel: Channel) => {
    await editRow(store, 'channels', channel.id, { trashedAt: clock.now() }, `Deleted channel “${channel.name}”`)
    say(`Deleted “${channel.name}”. Posts keep naming it.`)
  }
  const swap = (at: number, by: -1 | 1) => {
    const [channel, other] = [list[at], list[at + by]]
    if (!channel || !other) return
    void store.change<null, never>({ command: 'orderChannels', label: `Order of “${channel.name}”` }, async (tx) => {
      const order = list.toSpliced(at, 1).toSpliced(at + by, 0, channel)
      await tx.updateMany(
        'channels',
        order.map(({ id }, index) => ({ id, fields: { order: index } })),
      )
      return ok(null)
    })
  }
  const adding = (
    <Menu
      label="Which network?"
      trigger={
        <Button icon={Plus} variant={list.length === 0 ? 'primary' : 'default'}>
          Add a channel
        </Button>
      }
      items={NETWORK_IDS.map((network) => ({
        label: NETWORKS[network].name,
        iconNode: <CallSign sign={NETWORKS[network].sign} hue={NETWORKS[network].hue} />,
        onSelect: () => void create(network),
      }))}
    />
  )
  if (list.length === 0) {
    return (
      <EmptyState
        illustration="board"
        sentence="A channel is a profile on a network. Planning needs no sign-in."
        action={adding}
      />
    )
  }
  return (
    <>
      <Rows className={styles.list}>
        {list.map((channel, at) => (
          <li key={channel.id} className={styles.entry}>
            <div className={styles.entryHead}>
              <button
                type="button"
                className={styles.entryName}
                aria-expanded={open === channel.id}
                onClick={() => setOpen(open === channel.id ? '' : channel.id)}
              >
                {open === channel.id ? <ChevronDown aria-hidden size={14} /> : <ChevronRight aria-hidden size={14} />}
                <CallSign sign={NETWORKS[channel.network].sign} hue={channel.hue} size="lg" />
                <span className="med">{channel.name}</span>
                <span className={styles.faint}>{NETWORKS[channel.network].name}</span>
              </button>
              <span className={styles.faint}>
                {plural(channel.slots.length, 'slot')} a week{channel.target > 0 && `, ${channel.target} a month`}
              </span>
              <IconButton
                icon={ArrowUp}
                label={`Move “${channel.name}” up`}
                size="sm"
                disabled={at === 0}
                onClick={() => swap(at, -1)}
              />
              <IconButton
                icon={ArrowDown}
                label={`Move “${channel.name}” down`}
                size="sm"
                disabled={at === list.length - 1}
                onClick={() => swap(at, 1)}
              />
              <IconButton
                icon={Trash2}
                label={`Delete “${channel.name}”`}
                size="sm"
                onClick={() => void remove(channel)}
              />
            </div>
            {open === channel.id && <ChannelEditor channel={channel} />}
          </li>
        ))}
      </Rows>
      {adding}
    </>
  )
}

function ChannelEditor({ channel }: { channel: Channel }) {
  const { store, clock } = useDeps()
  // biome-ignore lint/correctness/useExhaustiveDependencies: offsets as they are when it opens
  const zones = useMemo(() => zoneItems(clock.now()), [])
  const set = (fields: Partial<Channel>, what: string) =>
    void editRow(store, 'channels', channel.id, fields, `${what} of “${channel.name}”`)
  return (
    <div className={styles.editor}>
      <Field label="Name">
        <CommitField value={channel.name} required maxLength={80} onCommit={(name) => set({ name }, 'Name')} />
      </Field>
      <Field label="Zone of its slots">
        <Combobox
          label="Zone of its slots"
          size="md"
          items={zones}
          value={channel.zone}
          onChange={(zone) => zone && set({ zone }, 'Zone')}
        />
      </Field>
      <Field label="Smallest distance" help="Two posts closer than this are a clash.">
        <NumberField
          value={channel.spacing}
          min={0}
          max={10_080}
          step={15}
          unit="minutes"
          onChange={(spacing) => set({ spacing: spacing ?? 0 }, 'Distance')}
        />
      </Field>
      <Field label="Aim" help="0: no aim.">
        <NumberField
          value={channel.target}
          min={0}
          max={1000}
          unit="posts a month"
          onChange={(target) => set({ target: target ?? 0 }, 'Aim')}
        />
      </Field>
      <div className={styles.wide}>
        <span className={styles.label}>Colour</span>
        <HuePicker label={`Colour of ${channel.name}`} value={channel.hue} onChange={(hue) => set({ hue }, 'Colour')} />
      </div>
      <Slots channel={channel} onChange={(slots) => set({ slots }, 'Slots')} />
    </div>
  )
}

function Slots({ channel, onChange }: { channel: Channel; onChange: (slots: readonly PostingSlot[]) => void }) {
  const [weekday, setWeekday] = useState('1')
  const [time, setTime] = useState('09:00')
  const sorted = channel.slots.toSorted((a, b) => a.weekday - b.weekday || a.time.localeCompare(b.time))
  const timeField = useRef<HTMLInputElement>(null)
  const focus = () => timeField.current?.focus()
  const known = sorted.some((slot) => slot.weekday === Number(weekday) && slot.time === time)
  return (
    <div className={styles.wide}>
      <span className={styles.label}>Posting slots</span>
      <div className={styles.slots}>
        {sorted.length === 0 && <span className={styles.faint}>None: posts may go out at any time.</span>}
        {sorted.map((slot) => {
          const words = `${WEEKDAYS[slot.weekday - 1]} ${slot.time}`
          return (
            <Tag
              key={words}
              line
              removeLabel={`Remove slot ${words}`}
              onRemove={() => onChange(sorted.filter((other) => other !== slot))}
            >
              {words}
            </Tag>
          )
        })}
      </div>
      <form
        className={styles.addSlot}
        onSubmit={(event) => {
          event.preventDefault()
          if (time && !known) onChange([...sorted, { weekday: Number(weekday), time }])
        }}
      >
        <Select
          label="Weekday of the slot"
          size="md"
          value={weekday}
          onChange={setWeekday}
          options={WEEKDAYS.map((label, index) => ({ value: String(index + 1), label }))}
        />
        <TimeField ref={timeField} aria-label="Time of the slot" value={time} onChange={setTime} step={15} />
        <Button
          type="submit"
          icon={Plus}
          unmet={[
            ...(time ? [] : [{ text: 'A time', focus }]),
            ...(known ? [{ text: 'A slot that is not there yet', focus }] : []),
          ]}
        >
          Add slot
        </Button>
      </form>
    </div>
  )
}
