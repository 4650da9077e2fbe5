import { ListFilter } from 'lucide-react'
import type { ReactNode } from 'react'
import { NETWORKS } from '../../shared/domain/channel.ts'
import { filterCount } from '../../shared/domain/filter.ts'
import { POST_STATUSES, STATUS_LOOK } from '../../shared/domain/status.ts'
import { NO_FILTER, type PostFilter } from '../../shared/domain/workspace.ts'
import { useReference } from '../ports/reference.tsx'
import {
  Avatar,
  CallSign,
  Combobox,
  type ComboItem,
  FilterPill,
  HueDot,
  Link,
  Popover,
  SearchField,
} from '../ui/index.ts'
import styles from './FilterBar.module.css'
import { initialsOf } from './format.ts'
import { campaignHue, channelSign, StatusIcon } from './looks.tsx'
import { useLabels } from './pickers.tsx'

interface FilterBarProps {
  filter: PostFilter
  onChange: (filter: PostFilter) => void
  /** All in one button with a count, for narrow windows. */
  narrow?: boolean
  /** Only these lists, and no words; absent: everything. */
  only?: readonly ListKey[]
  /** Beside the filters, at the end. */
  children?: ReactNode
}

/** Narrowing what a screen shows. Lists combine; each says how many are chosen; one press clears all. */
export function FilterBar({ filter, onChange, narrow = false, only, children }: FilterBarProps) {
  const count = filterCount(filter)
  const clear = count > 0 && <Link onClick={() => onChange(NO_FILTER)}>Clear</Link>
  return (
    <>
      {narrow ? (
        <Popover
          trigger={<FilterPill label="Filter" icon={ListFilter} set={count > 0} count={count || undefined} />}
          label="Filter"
          width={280}
        >
          <div className={styles.column}>
            <Filters filter={filter} onChange={onChange} only={only} />
          </div>
        </Popover>
      ) : (
        <Filters filter={filter} onChange={onChange} only={only} />
      )}
      {clear}
      {children}
    </>
  )
}

type ListKey = Exclude<keyof PostFilter, 'text'>

function Filters({ filter, onChange, only }: Pick<FilterBarProps, 'filter' | 'onChange' | 'only'>) {
  const { channels, campaigns, people, pillars } = useReference()
  const labels = useLabels()
  const lists: { key: ListKey; label: string; items: ComboItem[] }[] = [
    {
      key: 'channelIds',
      label: 'Channel',
      items: channels.list.map((channel) => ({
        id: channel.id,
        label: channel.name,
        hint: NETWORKS[channel.network].name,
        keywords: [...NETWORKS[channel.network].aliases],
        icon: <CallSign sign={channelSign(channel)} hue={channel.hue} />,
      })),
    },
    {
      key: 'campaignIds',
      label: 'Campaign',
      items: campaigns.list.map((c) => ({ id: c.id, label: c.name, icon: <HueDot hue={campaignHue(c)} /> })),
    },
    {
      key: 'statuses',
      label: 'Status',
      items: POST_STATUSES.map((id) => ({
        id,
        label: STATUS_LOOK[id].word,
        icon: <StatusIcon status={id} size={14} />,
      })),
    },
    {
      key: 'ownerIds',
      label: 'Person',
      items: people.list.map((p) => ({
        id: p.id,
        label: p.name,
        icon: <Avatar initials={initialsOf(p.name)} name={p.name} size={20} />,
      })),
    },
    {
      key: 'pillarIds',
      label: 'Pillar',
      items: pillars.list.map((p) => ({ id: p.id, label: p.name, icon: <HueDot hue={p.hue} /> })),
    },
    { key: 'labels', label: 'Label', items: labels.map((label) => ({ id: label, label })) },
  ]
  return (
    <>
      {!only && (
        <SearchField
          label="Filter by words"
          placeholder="Words"
          size="sm"
          width={120}
          value={filter.text}
          onChange={(text) => onChange({ ...filter, text })}
        />
      )}
      {lists
        .filter(({ key, items }) => (only?.includes(key) ?? true) && (items.length > 0 || filter[key].length > 0))
        .map(({ key, label, items }) => (
          <Combobox
            key={key}
            multi
            label={label}
            items={items}
            value={[...filter[key]]}
            onChange={(ids) => onChange({ ...filter, [key]: ids })}
            trigger={
              <FilterPill
                label={label}
                set={filter[key].length > 0}
                count={filter[key].length || undefined}
                onClear={filter[key].length > 0 ? () => onChange({ ...filter, [key]: [] }) : undefined}
              />
            }
          />
        ))}
    </>
  )
}
