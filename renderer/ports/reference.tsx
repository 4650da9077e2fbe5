/** The small tables every screen names things by - channels, people, campaigns, pillars, settings - watched once for all. */
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { Campaign } from '../../shared/domain/campaign.ts'
import type { Channel } from '../../shared/domain/channel.ts'
import type { Person, Pillar, SavedView, Settings } from '../../shared/domain/workspace.ts'
import { useQuery } from './live.ts'

export interface Table<T> {
  /** Not in the trash, in the order of the user. */
  readonly list: readonly T[]
  /** Trashed ones too, so that an old post still names its campaign. */
  get(id: string): T | undefined
}

export interface Reference {
  readonly channels: Table<Channel>
  readonly people: Table<Person>
  readonly campaigns: Table<Campaign>
  readonly pillars: Table<Pillar>
  readonly views: Table<SavedView>
  readonly settings: Settings
}

const ReferenceContext = createContext<Reference | null>(null)

export function useReference(): Reference {
  const reference = useContext(ReferenceContext)
  if (!reference) throw new Error('useReference outside of its provider')
  return reference
}

export const useSettings = (): Settings => useReference().settings

function toTable<T extends { readonly id: string; readonly trashedAt: number }>(
  rows: readonly T[],
  order: (a: T, b: T) => number,
): Table<T> {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return { list: rows.filter((row) => row.trashedAt === 0).sort(order), get: (id) => byId.get(id) }
}

/** Shows its children once the small tables are read. */
export function ReferenceProvider({ children }: { children: ReactNode }) {
  const channels = useQuery((db) => db.channels.toArray(), [])
  const people = useQuery((db) => db.people.toArray(), [])
  const campaigns = useQuery((db) => db.campaigns.toArray(), [])
  const pillars = useQuery((db) => db.pillars.toArray(), [])
  const views = useQuery((db) => db.views.toArray(), [])
  const settings = useQuery((db) => db.settings.get('settings'), [])
  const reference = useMemo<Reference | null>(() => {
    if (!channels || !people || !campaigns || !pillars || !views || !settings) return null
    return {
      channels: toTable(channels, (a, b) => a.order - b.order),
      people: toTable(people, (a, b) => a.name.localeCompare(b.name)),
      campaigns: toTable(campaigns, (a, b) => a.order - b.order),
      pillars: toTable(pillars, (a, b) => a.name.localeCompare(b.name)),
      views: toTable(views, (a, b) => a.order - b.order),
      settings,
    }
  }, [channels, people, campaigns, pillars, views, settings])
  return reference ? <ReferenceContext.Provider value={reference}>{children}</ReferenceContext.Provider> : null
}
