import { ArrowDown, ArrowUp, Grid3x3, Trash2, X } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import type { Account } from '../../../../shared/domain/account.ts'
import {
  type AccountKind,
  type Channel,
  KINDS_MATTER,
  type LatePolicy,
  NETWORKS,
  OWN_SERVER,
  type QuietHours,
} from '../../../../shared/domain/channel.ts'
import { minutesOf } from '../../../../shared/domain/time.ts'
import { ok } from '../../../../shared/lib/result.ts'
import { editRow } from '../../../data/commands/workspace.ts'
import { plural, zoneCity, zoneItems } from '../../../parts/index.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { goToGrid } from '../../../ports/navigation.ts'
import {
  CallSign,
  Combobox,
  HuePicker,
  IconButton,
  NumberField,
  Panel,
  PanelHead,
  SectionHead,
  Select,
  Switch,
  TimeField,
} from '../../../ui/index.ts'
import { CommitField } from '../parts.tsx'
import { AccountPart } from './AccountPart.tsx'
import { ChannelPictureRow } from './ChannelPictureRow.tsx'
import styles from './Channels.module.css'
import { SlotGrid } from './SlotGrid.tsx'

/** Minutes -> what happens to a post whose time was slept through. */
const GRACES = [
  { value: '0', label: 'Ask every time' },
  { value: '30', label: 'Up to 30 min late' },
  { value: '120', label: 'Up to 2 h late' },
  { value: '360', label: 'Up to 6 h late' },
  { value: '1440', label: 'Up to a day late' },
] as const

interface ChannelDockProps {
  channel: Channel
  /** What it is connected with, if anything. */
  account: Account | undefined
  /** All channels in their order, and where this one stands. */
  list: readonly Channel[]
  at: number
  onClose: () => void
  onRemove: () => void
}

/** One channel: what it is called, when posts go out, what it keeps to. */
export function ChannelDock({ channel, account, list, at, onClose, onRemove }: ChannelDockProps) {
  const { store, clock } = useDeps()
  // biome-ignore lint/correctness/useExhaustiveDependencies: offsets as they are when it opens
  const zones = useMemo(() => zoneItems(clock.now()), [])
  const set = (fields: Partial<Channel>, what: string) =>
    void editRow(store, 'channels', channel.id, fields, `${what} of “${channel.name}”`)
  const move = (by: -1 | 1) =>
    void store.change<null, never>({ command: 'orderChannels', label: `Order of “${channel.name}”` }, async (tx) => {
      const order = list.toSpliced(at, 1).toSpliced(at + by, 0, channel)
      await tx.updateMany(
        'channels',
        order.map(({ id }, index) => ({ id, fields: { order: index } })),
      )
      return ok(null)
    })
  const { sign, name: network } = NETWORKS[channel.network]
  return (
    <>
      <PanelHead
        title={
          <span className={styles.title}>
            <CallSign sign={sign} hue={channel.hue} size="lg" />
            <span className="ell">{channel.name}</span>
          </span>
        }
        end={
          <>
            {channel.network === 'instagram' && (
              <IconButton
                icon={Grid3x3}
                size="sm"
                label={`Grid of “${channel.name}”`}
                onClick={() => goToGrid(channel.id)}
              />
            )}
            <IconButton icon={ArrowUp} size="sm" label="Move up" disabled={at === 0} onClick={() => move(-1)} />
            <IconButton
              icon={ArrowDown}
              size="sm"
              label="Move down"
              disabled={at === list.length - 1}
              onClick={() => move(1)}
            />
            <IconButton icon={Trash2} size="sm" label={`Delete “${channel.name}”`} onClick={onRemove} />
            <IconButton icon={X} size="sm" label="Close the channel" onClick={onClose} />
          </>
        }
      />
      <Panel grow className={styles.panel}>
        <ChannelPictureRow channel={channel} />
        <Line wide label="Name">
          <CommitField
            aria-label="Name"
            value={channel.name}
            required
            maxLength={80}
            onCommit={(name) => set({ name }, 'Name')}
          />
        </Line>
        <Line wide label="Handle" note={`on ${network}`}>
          <CommitField
            aria-label="Handle"
            value={channel.handle}
            maxLength={120}
            placeholder="@"
            onCommit={(handle) => set({ handle }, 'Handle')}
          />
        </Line>
        {OWN_SERVER.has(channel.network) && (
          <Line wide label="Address" note="the server or site it lives on">
            <CommitField
              aria-label="Address"
              value={channel.address}
              maxLength={200}
              placeholder="social.example"
              onCommit={(address) => set({ address }, 'Address')}
            />
          </Line>
        )}
        {KINDS_MATTER.has(channel.network) && (
          <Line wide label="Account">
            <Select<AccountKind>
              label="Account"
              size="md"
              value={channel.kind}
              onChange={(kind) => set({ kind }, 'Account')}
              options={[
                { value: 'page', label: 'Page of a company' },
                { value: 'profile', label: 'Profile of a person' },
              ]}
            />
          </Line>
        )}
        <Line wide label="Zone" note="of slots, quiet hours">
          <Combobox
            label="Zone"
            size="md"
            items={zones}
            value={channel.zone}
            onChange={(zone) => zone && set({ zone }, 'Zone')}
          />
        </Line>

        <AccountPart channel={channel} account={account} />

        <SectionHead
          title="Slots"
          note={`${zoneCity(channel.zone)} time, ${plural(channel.slots.length, 'slot')} a week`}
        />
        <SlotGrid slots={channel.slots} onChange={(slots) => set({ slots }, 'Slots')} />

        <SectionHead title="Quiet hours" note={quietWords(channel)} />
        <Quiet
          quiet={channel.quiet}
          onChange={(quiet) => set({ quiet }, quiet ? 'Quiet hours' : 'No quiet hours: times')}
        />
        <Line label="Quiet on public holidays" note="of the country set under Time">
          <Switch
            label="Quiet on public holidays"
            checked={channel.quietOnHolidays}
            onChange={(quietOnHolidays) => set({ quietOnHolidays }, 'Holidays')}
          />
        </Line>

        <SectionHead title="Rules" />
        <Line wide label="Missed its time" note="while this computer slept: it still goes">
          <Select
            label="Missed its time"
            size="md"
            value={String(channel.grace)}
            onChange={(grace) => set({ grace: Number(grace) }, 'Grace for late posts')}
            options={gracesWith(channel.grace)}
          />
        </Line>
        <Line wide label="Later than that" note={laterWords(channel)}>
          <Select<LatePolicy>
            label="Later than that"
            size="md"
            value={channel.late}
            onChange={(late) => set({ late }, 'Posts that are too late')}
            options={LATE_CHOICES}
          />
        </Line>
        <Line label="Between two posts" note="nearer is a clash">
          <NumberField
            aria-label="Between two posts"
            value={channel.spacing}
            min={0}
            max={10_080}
            step={15}
            unit="minutes"
            onChange={(spacing) => set({ spacing: spacing ?? 0 }, 'Distance')}
          />
        </Line>
        <Line label="Most a day" note="0: as many as you like">
          <NumberField
            aria-label="Most a day"
            value={channel.perDay}
            min={0}
            max={100}
            unit="posts"
            onChange={(perDay) => set({ perDay: perDay ?? 0 }, 'Most a day')}
          />
        </Line>
        <Line label="Target" note="0: none">
          <NumberField
            aria-label="Target"
            value={channel.target}
            min={0}
            max={1000}
            unit="a month"
            onChange={(target) => set({ target: target ?? 0 }, 'Target')}
          />
        </Line>
        <Line label="Colour" note={`the call sign stays ${sign}`}>
          <HuePicker
            label={`Colour of ${channel.name}`}
            value={channel.hue}
            onChange={(hue) => set({ hue }, 'Colour')}
          />
        </Line>
      </Panel>
    </>
  )
}

interface LineProps {
  label: string
  note?: string
  /** The control is as wide as half the panel. */
  wide?: boolean
  children: ReactNode
}

/** A setting in the panel: what it is, what it means, the control. */
const Line = ({ label, note, wide, children }: LineProps) => (
  <div className={styles.line} data-wide={wide || undefined}>
    <div>
      {label}
      {note && <span className={styles.note}>{note}</span>}
    </div>
    <div>{children}</div>
  </div>
)

const LATE_CHOICES = [
  { value: 'ask', label: 'Ask me' },
  { value: 'slot', label: 'Take the next free slot' },
] as const

const laterWords = ({ late, slots }: Channel): string =>
  late === 'ask'
    ? 'it waits for your answer'
    : slots.length === 0
      ? 'there is no slot above, so it asks'
      : 'and you are told'

/** The choices, with the one an import or another version set beside them. */
const gracesWith = (grace: number): { value: string; label: string }[] =>
  GRACES.some(({ value }) => value === String(grace))
    ? [...GRACES]
    : [...GRACES, { value: String(grace), label: `Up to ${plural(grace, 'minute')} late` }]

const quietWords = ({ quiet, quietOnHolidays }: Channel): string =>
  [quiet ? `${quiet.from} – ${quiet.to}` : 'none', ...(quietOnHolidays ? ['and public holidays'] : [])].join(', ')

const EVENING: QuietHours = { from: '21:00', to: '07:00' }
const MARKS = [0, 6, 12, 18, 24]

function Quiet({ quiet, onChange }: { quiet: QuietHours | null; onChange: (quiet: QuietHours | null) => void }) {
  return (
    <>
      <div className={styles.day} aria-hidden>
        {quiet &&
          spans(quiet).map(([from, to]) => (
            <i key={from} style={{ insetInlineStart: `${from / 14.4}%`, inlineSize: `${(to - from) / 14.4}%` }} />
          ))}
      </div>
      <div className={styles.hours} aria-hidden>
        {MARKS.map((hour) => (
          <span key={hour}>{hour}</span>
        ))}
      </div>
      <Line label="Keep quiet">
        <Switch label="Keep quiet" checked={quiet !== null} onChange={(on) => onChange(on ? EVENING : null)} />
      </Line>
      {quiet && (
        <div className={styles.fromTo}>
          <TimeField
            aria-label="Quiet from"
            value={quiet.from}
            step={15}
            onChange={(from) => from && onChange({ ...quiet, from })}
          />
          <span aria-hidden>–</span>
          <TimeField
            aria-label="Quiet until"
            value={quiet.to}
            step={15}
            onChange={(to) => to && onChange({ ...quiet, to })}
          />
        </div>
      )}
    </>
  )
}

/** The quiet stretches of one day, in minutes: over midnight there are two. */
function spans({ from, to }: QuietHours): readonly (readonly [number, number])[] {
  const [start, end] = [minutesOf(from), minutesOf(to)]
  return start <= end
    ? [[start, end]]
    : [
        [0, end],
        [start, 1_440],
      ]
}
