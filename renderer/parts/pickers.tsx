/** Choosing what a post carries. Each can be opened by its own button or by one the caller gives. */
import type { ReactElement } from 'react'
import { HUES, NETWORKS } from '../../shared/domain/channel.ts'
import { POST_STATUSES, type PostStatus, STATUS_LOOK } from '../../shared/domain/status.ts'
import { createCampaign } from '../data/commands/campaigns.ts'
import { addRow } from '../data/commands/workspace.ts'
import { useDeps } from '../ports/deps.tsx'
import { useQuery } from '../ports/live.ts'
import { useReference } from '../ports/reference.tsx'
import { Avatar, Combobox, HueDot } from '../ui/index.ts'
import { ChannelMark } from './ChannelMark.tsx'
import { initialsOf } from './format.ts'
import { campaignHue, StatusIcon } from './looks.tsx'

interface PickerProps<T> {
  /** What stands there when nothing is chosen. */
  placeholder?: string
  value: T
  onChange: (value: T) => void
  trigger?: ReactElement
  size?: 'sm' | 'md' | 'lg'
}

export function StatusPicker({
  value,
  onChange,
  ...rest
}: Omit<PickerProps<PostStatus>, 'value'> & { value: PostStatus | null }) {
  const items = POST_STATUSES.map((status) => ({
    id: status,
    label: STATUS_LOOK[status].word,
    icon: <StatusIcon status={status} size={14} />,
  }))
  return (
    <Combobox
      label="Status"
      items={items}
      value={value}
      onChange={(id) => id && onChange(id as PostStatus)}
      {...rest}
    />
  )
}

function usePersonItems() {
  const { people } = useReference()
  return people.list.map(({ id, name, role }) => ({
    id,
    label: name,
    hint: role,
    icon: <Avatar initials={initialsOf(name)} name={name} size={20} />,
  }))
}

function useNewPerson() {
  const { store } = useDeps()
  return (name: string) => addRow(store, 'people', { name, role: '', email: '' }, `Added ${name}`)
}

export function OwnerPicker({ value, onChange, ...rest }: PickerProps<string>) {
  const items = usePersonItems()
  const create = useNewPerson()
  return (
    <Combobox
      label="Owner"
      placeholder="Nobody"
      items={items}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
      onCreate={(name) => void create(name).then(onChange)}
      clearable
      {...rest}
    />
  )
}

export function PeoplePicker({
  value,
  onChange,
  label = 'People',
  ...rest
}: PickerProps<readonly string[]> & { label?: string }) {
  const items = usePersonItems()
  const create = useNewPerson()
  return (
    <Combobox
      multi
      label={label}
      placeholder="Nobody"
      items={items}
      value={[...value]}
      onChange={onChange}
      onCreate={(name) => void create(name).then((id) => onChange([...value, id]))}
      {...rest}
    />
  )
}

export function CampaignPicker({ value, onChange, ...rest }: PickerProps<string>) {
  const { store } = useDeps()
  const { campaigns } = useReference()
  const items = campaigns.list.map((campaign) => ({
    id: campaign.id,
    label: campaign.name,
    icon: <HueDot hue={campaignHue(campaign)} />,
  }))
  const create = (name: string) =>
    createCampaign(store, { name, hue: HUES[campaigns.list.length % HUES.length] ?? 'iris' })
  return (
    <Combobox
      label="Campaign"
      placeholder="No campaign"
      items={items}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
      onCreate={(name) => void create(name).then(onChange)}
      clearable
      {...rest}
    />
  )
}

export function PillarPicker({ value, onChange, ...rest }: PickerProps<string>) {
  const { store } = useDeps()
  const { pillars } = useReference()
  const items = pillars.list.map((pillar) => ({ id: pillar.id, label: pillar.name, icon: <HueDot hue={pillar.hue} /> }))
  const create = (name: string) =>
    addRow(
      store,
      'pillars',
      { name, hue: HUES[(pillars.list.length + 5) % HUES.length] ?? 'moss', purpose: '', share: 0 },
      `Added pillar “${name}”`,
    )
  return (
    <Combobox
      label="Pillar"
      placeholder="No pillar"
      items={items}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
      onCreate={(name) => void create(name).then(onChange)}
      clearable
      {...rest}
    />
  )
}

export function ChannelPicker({ value, onChange, ...rest }: PickerProps<readonly string[]>) {
  const { channels } = useReference()
  const items = channels.list.map((channel) => ({
    id: channel.id,
    label: channel.name,
    hint: NETWORKS[channel.network].name,
    keywords: [NETWORKS[channel.network].name, ...NETWORKS[channel.network].aliases],
    icon: <ChannelMark channel={channel} />,
  }))
  return (
    <Combobox
      multi
      label="Channels"
      placeholder="No channels"
      emptyText="No channel by that name. Channels are added in Settings."
      items={items}
      value={[...value]}
      onChange={onChange}
      {...rest}
    />
  )
}

/** Every label in use, by name. Read from the index of posts' labels only while a picker is open. */
export function useLabels(): readonly string[] {
  return (
    useQuery(
      async (db) =>
        ((await db.posts.orderBy('labels').uniqueKeys()) as string[]).toSorted((a, b) => a.localeCompare(b)),
      [],
    ) ?? []
  )
}

export function LabelPicker({ value, onChange, ...rest }: PickerProps<readonly string[]>) {
  const labels = useLabels()
  const items = [...new Set([...labels, ...value])].map((label) => ({ id: label, label }))
  return (
    <Combobox
      multi
      label="Labels"
      placeholder="No labels"
      items={items}
      value={[...value]}
      onChange={onChange}
      onCreate={(label) => onChange([...value, label.trim()])}
      {...rest}
    />
  )
}
