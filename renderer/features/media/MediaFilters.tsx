import { ListFilter } from 'lucide-react'
import { MEDIA_KINDS } from '../../../shared/media/inspect.ts'
import { foldersOf, type MediaFilter, type MediaMark, mediaLabels } from '../../data/media/library.ts'
import { formatCount } from '../../parts/index.ts'
import { useQuery } from '../../ports/live.ts'
import { Combobox, type ComboItem, FilterPill, Popover } from '../../ui/index.ts'
import styles from './MediaScreen.module.css'

const KIND_WORD = { image: 'Pictures', video: 'Videos', audio: 'Audio', document: 'Documents' }
const SHAPES = [
  { id: 'wide', label: 'Wide' },
  { id: 'tall', label: 'Tall' },
  { id: 'square', label: 'Square' },
] as const
const MARKS: readonly { id: MediaMark; label: string }[] = [
  { id: 'unused', label: 'Unused' },
  { id: 'no-alt', label: 'Without alt text' },
  { id: 'rights', label: 'Rights end soon, or have ended' },
]
const OUTSIDE = 'outside of all folders'

interface MediaFiltersProps {
  filter: MediaFilter
  onChange: (filter: MediaFilter) => void
  /** All in one button, where there is no room for each. */
  narrow: boolean
  /** Folders and labels may be asked for. */
  calm: boolean
}

/** Narrowing the library. Lists combine; each says how many are chosen. */
export function MediaFilters({ narrow, ...filters }: MediaFiltersProps) {
  if (!narrow) return <Filters {...filters} />
  const { folder, rating, kinds, shapes, labels, marks } = filters.filter
  const lists = [kinds, shapes, labels, marks].filter((list) => list.length > 0).length
  const count = lists + (folder === null ? 0 : 1) + (rating > 0 ? 1 : 0)
  return (
    <Popover
      label="Filter"
      width={220}
      trigger={<FilterPill label="Filter" icon={ListFilter} set={count > 0} count={count || undefined} />}
    >
      <div className={styles.column}>
        <Filters {...filters} />
      </div>
    </Popover>
  )
}

function Filters({ filter, onChange, calm }: Omit<MediaFiltersProps, 'narrow'>) {
  const folders = useQuery(async (db) => (calm ? foldersOf(db) : []), [calm])
  const labels = useQuery(async (db) => (calm ? mediaLabels(db) : []), [calm])
  const several = <K extends 'kinds' | 'shapes' | 'labels' | 'marks'>(
    key: K,
    label: string,
    items: readonly (ComboItem & { id: MediaFilter[K][number] })[],
  ) => (
    <Combobox
      multi
      label={label}
      items={items}
      value={[...filter[key]]}
      // What comes back was picked from the items.
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
  )
  const folderItems: ComboItem[] = [
    ...(folders ?? []).map(({ path, files }) => ({ id: path, label: path, hint: formatCount(files) })),
    { id: OUTSIDE, label: 'Outside of all folders' },
  ]
  const { folder, rating } = filter
  return (
    <>
      <Combobox
        label="Folder"
        items={folderItems}
        value={folder === '' ? OUTSIDE : folder}
        onChange={(id) => onChange({ ...filter, folder: id === OUTSIDE ? '' : id })}
        trigger={
          <FilterPill
            label={folder === null ? 'Folder' : folder === '' ? 'No folder' : (folder.split('/').at(-1) ?? folder)}
            set={folder !== null}
            onClear={folder === null ? undefined : () => onChange({ ...filter, folder: null })}
          />
        }
      />
      {several(
        'kinds',
        'Kind',
        MEDIA_KINDS.map((id) => ({ id, label: KIND_WORD[id] })),
      )}
      {several('shapes', 'Shape', SHAPES)}
      {((labels && labels.length > 0) || filter.labels.length > 0) &&
        several(
          'labels',
          'Label',
          (labels ?? []).map((id) => ({ id, label: id })),
        )}
      <Combobox
        label="Rating"
        items={[1, 2, 3, 4, 5].map((stars) => ({
          id: String(stars),
          label: stars === 5 ? '5 of 5' : `${stars} of 5 and better`,
        }))}
        value={rating > 0 ? String(rating) : null}
        onChange={(id) => onChange({ ...filter, rating: Number(id ?? 0) })}
        trigger={
          <FilterPill
            label={rating > 0 ? `Rating ${rating}+` : 'Rating'}
            set={rating > 0}
            onClear={rating > 0 ? () => onChange({ ...filter, rating: 0 }) : undefined}
          />
        }
      />
      {several('marks', 'Missing', MARKS)}
    </>
  )
}
