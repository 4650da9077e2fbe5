import { FolderOpen, PenLine, TriangleAlert, Upload } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { dateAt } from '../../../shared/domain/time.ts'
import type { Incoming } from '../../data/media/adding.ts'
import { isFiltered, mediaByIds, NO_MEDIA_FILTER, rightsEndingIds } from '../../data/media/library.ts'
import { formatCount, plural, ScreenLayout, SearchButton } from '../../parts/index.ts'
import {
  AddingStrip,
  FileInputs,
  MediaGrid,
  useAdd,
  useFileInputs,
  useIncoming,
  useLibrary,
  useWidth,
} from '../../parts/media/index.ts'
import { useCommands } from '../../ports/commands.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { go, useNavigation } from '../../ports/navigation.ts'
import { useSettings } from '../../ports/reference.tsx'
import {
  Button,
  cx,
  Divider,
  EmptyState,
  IconButton,
  Link,
  SearchField,
  Select,
  Toolbar,
  TopBar,
} from '../../ui/index.ts'
import { DetailScreen } from './DetailScreen.tsx'
import { MediaFilters } from './MediaFilters.tsx'
import styles from './MediaScreen.module.css'
import { MediumDock } from './MediumDock.tsx'
import { RenameFolder } from './RenameFolder.tsx'
import { SeveralDock } from './SeveralDock.tsx'
import { StorageButton } from './StorageButton.tsx'
import { selectMedia, setMediaUi, useMediaUi } from './uiState.ts'
import { useMediaActions } from './useMediaActions.tsx'

/** Selected files that are read to say what they have in common; of more only their number is known. */
const MOST_READ = 500
/** What stands beside the pictures is asked for after them. */
const CALM_MS = 150

/** Whether the first pictures have had time to come. */
function useCalm(ready: boolean): boolean {
  const [calm, setCalm] = useState(false)
  useEffect(() => {
    if (!ready) return
    const timer = setTimeout(() => setCalm(true), CALM_MS)
    return () => clearTimeout(timer)
  }, [ready])
  return calm
}

/** Pixels the toolbar needs to show every filter. */
const ROOM = 900

/** The library, or one file of it. */
export default function MediaScreen() {
  const place = useNavigation((state) => state.place)
  const mediumId = place.screen === 'media' ? place.mediumId : undefined
  return mediumId ? <DetailScreen key={mediumId} mediumId={mediumId} /> : <Library />
}

function Library() {
  const { clock } = useDeps()
  const { zone } = useSettings()
  const { filter, order, words, selected, active } = useMediaUi()
  const { ids, whole } = useLibrary(filter, order, words)
  const narrowed = isFiltered(filter) || words !== ''
  const calm = useCalm(whole)
  const all = useQuery(async (db) => (calm ? db.media.where('trashedAt').equals(0).count() : undefined), [calm])
  const total = narrowed ? all : whole ? ids?.length : undefined
  const today = dateAt(clock.now(), zone)
  const ending = useQuery(async (db) => (calm ? (await rightsEndingIds(db, today)).length : 0), [today, calm])
  const chosen = useQuery((db) => mediaByIds(db, selected.slice(0, MOST_READ)), [selected])
  const actions = useMediaActions(() => useMediaUi.getState().selected)
  const add = useAdd()
  const { files, folder, chooseFiles, chooseFolder } = useFileInputs()
  const search = useRef<HTMLInputElement>(null)
  const goal = filter.folder ?? ''
  const take = useCallback(
    async (incoming: readonly Incoming[]) => {
      const added = await add(incoming, goal)
      if (added.length > 0) selectMedia(added.slice(0, 1).map(({ id }) => id))
    },
    [add, goal],
  )
  const { over, handlers } = useIncoming(take, actions.dialog === null)
  const [renaming, setRenaming] = useState<string | null>(null)
  const page = useRef<HTMLDivElement>(null)
  const narrow = useWidth(page) < ROOM
  // From a file one comes back to where the keyboard was.
  const [back] = useState(active !== '')
  const marked = useMemo(() => new Set(selected), [selected])
  const one = selected.length === 1 ? chosen?.[0] : undefined

  useCommands([
    {
      id: 'media.add',
      title: 'Add files',
      section: 'Media',
      keys: 'A',
      words: 'upload picture video audio import',
      run: chooseFiles,
    },
    { id: 'media.addFolder', title: 'Add a folder', section: 'Media', words: 'upload directory', run: chooseFolder },
    { id: 'media.search', title: 'Search media', section: 'Media', keys: '/', run: () => search.current?.focus() },
    {
      id: 'media.deselect',
      title: 'Clear the selection',
      section: 'Media',
      keys: 'Escape',
      keyOnly: true,
      enabled: () => selected.length > 0,
      run: () => selectMedia([], active),
    },
    ...actions.commands,
  ])

  const clear = () => setMediaUi({ filter: NO_MEDIA_FILTER, words: '' })
  const dock = one ? (
    <MediumDock key={one.id} medium={one} actions={actions} onClose={() => selectMedia([], active)} />
  ) : selected.length > 1 && chosen ? (
    <SeveralDock ids={selected} media={chosen} actions={actions} onClose={() => selectMedia([], active)} />
  ) : null
  return (
    <ScreenLayout dock={dock} dockLabel="About the file">
      <div
        ref={page}
        className={cx(styles.page, over && styles.over)}
        data-drop={goal ? `Drop to add to “${goal}”` : 'Drop to add'}
        {...handlers}
      >
        <TopBar
          title="Media"
          sub={total === undefined ? '' : plural(total, 'file')}
          end={
            <>
              <SearchButton />
              <IconButton variant="default" icon={FolderOpen} label="Add a folder" onClick={chooseFolder} />
              <Button variant="primary" icon={Upload} onClick={chooseFiles}>
                Add files
              </Button>
            </>
          }
        >
          <StorageButton files={calm ? total : undefined} />
        </TopBar>
        <FileInputs files={files} folder={folder} onChosen={(incoming) => void take(incoming)} />
        <Toolbar
          label="Filters"
          end={
            <Select
              label="Order"
              size="sm"
              value={order}
              onChange={(next) => setMediaUi({ order: next })}
              options={[
                { value: 'newest', label: 'Newest' },
                { value: 'oldest', label: 'Oldest' },
                { value: 'name', label: 'Name' },
                { value: 'largest', label: 'Largest' },
              ]}
            />
          }
        >
          <SearchField
            ref={search}
            label="Search media"
            size="sm"
            width={180}
            value={words}
            keys={['/']}
            onChange={(next) => setMediaUi({ words: next })}
          />
          <Divider />
          <MediaFilters narrow={narrow} calm={calm} filter={filter} onChange={(next) => setMediaUi({ filter: next })} />
          {filter.folder && (
            <IconButton
              size="sm"
              icon={PenLine}
              label={`Rename the folder “${filter.folder}”`}
              onClick={() => setRenaming(filter.folder)}
            />
          )}
          {narrowed && <Link onClick={clear}>Clear</Link>}
          {Boolean(ending) && !narrowed && (
            <button
              type="button"
              className={styles.warning}
              onClick={() => setMediaUi({ filter: { ...NO_MEDIA_FILTER, marks: ['rights'] } })}
            >
              <TriangleAlert aria-hidden size={14} />
              {formatCount(ending ?? 0)} {ending === 1 ? 'right ends' : 'rights end'} soon
            </button>
          )}
        </Toolbar>
        <AddingStrip />
        {ids && ids.length === 0 ? (
          narrowed ? (
            <EmptyState
              illustration="search"
              sentence="No file is left by this filter."
              action={<Button onClick={clear}>Clear the filter</Button>}
            />
          ) : (
            <EmptyState
              illustration="media"
              sentence="Pictures, videos, audio and documents for your posts live here. Drop them anywhere, paste them, or add them from the disk."
              action={
                <Button variant="primary" icon={Upload} onClick={chooseFiles}>
                  Add files
                </Button>
              }
            />
          )
        ) : (
          <MediaGrid
            ids={ids ?? []}
            label="Media"
            multi
            selected={marked}
            active={active}
            focused={back}
            onSelect={selectMedia}
            onOpen={(id) => go({ screen: 'media', mediumId: id })}
            menu={actions.menu}
          />
        )}
      </div>
      {actions.dialog}
      {renaming && (
        <RenameFolder
          folder={renaming}
          onMoved={(folder) => setMediaUi({ filter: { ...filter, folder } })}
          onClose={() => setRenaming(null)}
        />
      )}
    </ScreenLayout>
  )
}
