import { Captions } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Channel } from '../../../shared/domain/channel.ts'
import { staysPut } from '../../../shared/domain/grid.ts'
import { swapOnChannel } from '../../data/commands/grid.ts'
import { ChannelMark, PlanBar, ScreenLayout, usePostActions, useUndo } from '../../parts/index.ts'
import { Peek } from '../../parts/Peek.tsx'
import { useCommands } from '../../ports/commands.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { clearSelection, go, goToGrid, select, useNavigation } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { announce, Button, Combobox, EmptyState, IconButton, Toolbar, toast } from '../../ui/index.ts'
import styles from './Grid.module.css'
import { gridOf, type TileRow } from './queries.ts'
import { Tiles, type TilesHandle } from './Tiles.tsx'
import { explainSwap, gridWords, nameOf, othersStay, swapWords } from './words.ts'

/** The profile of an Instagram channel as it will stand: what is planned above what is out, to be put in order by swapping. */
export default function GridScreen() {
  const { channels } = useReference()
  const wanted = useNavigation((state) => state.gridOf)
  const profiles = channels.list.filter(({ network }) => network === 'instagram')
  const channel = profiles.find(({ id }) => id === wanted) ?? profiles[0]
  // What was selected on another screen need not stand here.
  useEffect(
    () => () => {
      clearSelection()
    },
    [],
  )
  return channel ? <Profile key={channel.id} channel={channel} profiles={profiles} /> : <NoProfile />
}

const nothing = () => {}

function NoProfile() {
  return (
    <ScreenLayout>
      <PlanBar title="Grid" period="profile" onPrevious={nothing} onNext={nothing} onToday={nothing} />
      <EmptyState
        illustration="media"
        sentence="The grid shows an Instagram profile as it will stand. There is no Instagram channel yet."
        action={
          <Button variant="primary" onClick={() => go({ screen: 'settings', page: 'channels' })}>
            Add a channel
          </Button>
        }
      />
    </ScreenLayout>
  )
}

function Profile({ channel, profiles }: { channel: Channel; profiles: readonly Channel[] }) {
  const { store, clock } = useDeps()
  const { undo } = useUndo()
  const grid = useQuery((db) => gridOf(db, channel.id), [channel.id])
  const focused = useNavigation((state) => state.focused)
  const selected = useNavigation((state) => state.selected)
  const [bare, setBare] = useState(false)
  const [hint, setHint] = useState('')
  const tiles = useRef<TilesHandle>(null)
  const { ids, put } = useSwappedIds(grid?.ids)
  const actions = usePostActions(selected)

  const swap = async (a: TileRow, b: TileRow) => {
    const stays = staysPut(a) ?? staysPut(b)
    if (stays) return toast({ text: explainSwap(stays), tone: 'refused' })
    put([a.id, b.id])
    const result = await swapOnChannel(store, channel.id, [a.id, b.id], channel.name)
    if (!result.ok) {
      put(null)
      return toast({ text: explainSwap(result.error), tone: 'refused' })
    }
    const [was, other] = result.value
    const text = [`Swapped ${nameOf(a)} and ${nameOf(b)} on ${channel.name}.`, othersStay([was, other], channel)]
      .filter(Boolean)
      .join(' ')
    announce(`${swapWords(was, other)} ${othersStay([was, other], channel)}`)
    toast({ text, undo })
  }
  /** What letting go above a tile would do, or why it would not. */
  const foresee = (a: TileRow, b: TileRow | null): string => {
    const stays = staysPut(a) ?? (b && staysPut(b))
    if (stays) return explainSwap(stays)
    return b ? `${swapWords(a, b)} ${othersStay([a, b], channel)}` : `${nameOf(a)}: drop it on a tile to swap the two.`
  }

  const turn = (by: number) => {
    const at = profiles.findIndex(({ id }) => id === channel.id)
    const next = profiles[(at + by + profiles.length) % profiles.length]
    if (next && next.id !== channel.id) goToGrid(next.id)
  }
  const step = (by: number) => {
    const next = ids?.[ids.indexOf(focused ?? '') + by]
    if (next) select([next])
  }
  const at = ids?.indexOf(focused ?? '') ?? -1
  const close = () => {
    clearSelection()
    tiles.current?.focus()
  }
  useCommands([
    ...actions.commands,
    {
      id: 'grid.captions',
      title: bare ? 'Grid: show times and marks' : 'Grid: only the pictures',
      section: 'Calendar',
      keys: 'O',
      words: 'captions overlays instagram look',
      run: () => setBare(!bare),
    },
    {
      id: 'grid.previous',
      title: 'Previous profile',
      section: 'Calendar',
      keys: 'PageUp',
      keyOnly: true,
      enabled: () => !inTiles(),
      run: () => turn(-1),
    },
    {
      id: 'grid.next',
      title: 'Next profile',
      section: 'Calendar',
      keys: 'PageDown',
      keyOnly: true,
      enabled: () => !inTiles(),
      run: () => turn(1),
    },
    {
      id: 'grid.now',
      title: 'To where the plan meets what is out',
      section: 'Calendar',
      keys: 'T',
      run: () => tiles.current?.show(grid?.planned ?? 0),
    },
    {
      id: 'grid.close',
      title: 'Close the post',
      section: 'Calendar',
      keys: 'Escape',
      keyOnly: true,
      enabled: () => focused !== null,
      run: close,
    },
  ])
  return (
    <ScreenLayout
      dockLabel="Post"
      dock={
        focused && (
          <Peek
            postId={focused}
            onClose={close}
            neighbours={{
              previous: at > 0 ? () => step(-1) : undefined,
              next: ids && at >= 0 && at < ids.length - 1 ? () => step(1) : undefined,
            }}
          />
        )
      }
    >
      <PlanBar
        title={channel.name}
        sub="Instagram"
        period="profile"
        onPrevious={() => turn(-1)}
        onNext={() => turn(1)}
        onToday={() => tiles.current?.show(grid?.planned ?? 0)}
      />
      <Toolbar
        label="Grid"
        end={
          <IconButton
            size="sm"
            icon={Captions}
            label="Times and marks"
            keys={['O']}
            pressed={!bare}
            onClick={() => setBare(!bare)}
          />
        }
      >
        {profiles.length > 1 && (
          <Combobox
            label="Profile"
            size="sm"
            value={channel.id}
            items={profiles.map((profile) => ({
              id: profile.id,
              label: profile.name,
              icon: <ChannelMark channel={profile} />,
            }))}
            onChange={(id) => id && goToGrid(id)}
          />
        )}
        <span className={styles.counts}>{grid && gridWords(grid)}</span>
      </Toolbar>
      {ids?.length === 0 ? (
        <EmptyState
          illustration="media"
          sentence={`Nothing is planned for ${channel.name} yet. A post with a date and this channel stands here.`}
        />
      ) : (
        <Tiles
          ref={tiles}
          channel={channel}
          ids={ids ?? NONE}
          now={clock.now()}
          bare={bare}
          onSwap={(a, b) => void swap(a, b)}
          onHint={setHint}
          foresee={foresee}
        />
      )}
      {hint && (
        <p aria-hidden className={styles.hint}>
          {hint}
        </p>
      )}
    </ScreenLayout>
  )
}

const NONE: readonly string[] = []
const inTiles = () => document.activeElement?.getAttribute('role') === 'listbox'

/** The order with the swap that was just done in it, until the live query has caught up: the next frame shows it. */
function useSwappedIds(stored: readonly string[] | undefined) {
  const [pair, setPair] = useState<{ readonly ids: readonly [string, string]; readonly of: unknown } | null>(null)
  const ids = useMemo(() => {
    if (!pair || !stored || pair.of !== stored) return stored
    const [a, b] = pair.ids
    return stored.map((id) => (id === a ? b : id === b ? a : id))
  }, [stored, pair])
  return {
    ids,
    put: (swapped: readonly [string, string] | null) => setPair(swapped && { ids: swapped, of: stored }),
  }
}
