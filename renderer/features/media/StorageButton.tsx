import { HardDrive } from 'lucide-react'
import { useEffect, useState } from 'react'
import { roomLeft } from '../../../shared/media/room.ts'
import { librarySums } from '../../data/media/library.ts'
import { formatBytes } from '../../parts/media/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { useAdding } from '../../ports/media.ts'
import { Button, Finding, Meter, Popover } from '../../ui/index.ts'
import styles from './MediaScreen.module.css'

/** Room below which it is said before somebody is refused: a long film. */
const LITTLE_ROOM = 2_000_000_000

interface Room {
  /** Bytes of files that may still be added. */
  readonly left: number
  readonly kept: boolean
}

/**
 * How much more there is room for: said on the button once it is little, as a meter behind it. `files`: how many there are; undefined while it does
 * not matter yet. Asked anew when that changes, and not while files are coming in.
 */
export function StorageButton({ files }: { files: number | undefined }) {
  const [open, setOpen] = useState(false)
  const adding = useAdding(({ progress }) => progress !== null)
  const room = useRoom(adding ? undefined : files, open)
  const little = room !== null && room.left < LITTLE_ROOM
  return (
    <Popover
      label="Storage"
      width={300}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" variant="ghost" icon={HardDrive} className={little ? styles.little : undefined}>
          {little ? `Room for ${formatBytes(room.left)}` : 'Storage'}
        </Button>
      }
    >
      <Figures room={room} />
    </Popover>
  )
}

function useRoom(files: number | undefined, open: boolean): Room | null {
  const { shell } = useDeps()
  const [room, setRoom] = useState<Room | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the number of files and the look at it say when
  useEffect(() => {
    if (files === undefined) return
    let stale = false
    void Promise.all([shell.diskRoom(), navigator.storage.estimate(), navigator.storage.persisted()]).then(
      ([disk, { quota = 0, usage = 0 }, kept]) => {
        if (stale) return
        const free = disk.ok ? disk.value.free : Number.POSITIVE_INFINITY
        setRoom({ left: roomLeft({ disk: free, quota, usage }), kept })
      },
    )
    return () => {
      stale = true
    }
  }, [shell, files, open])
  return room
}

function Figures({ room }: { room: Room | null }) {
  const sums = useQuery(librarySums, [])
  const [asked, setAsked] = useState<boolean | null>(null)
  if (!sums || !room) return <div className={styles.storage}>Counting…</div>
  const { left } = room
  const keeps = asked ?? room.kept
  const askToKeep = async () => setAsked(await navigator.storage.persist())
  return (
    <div className={styles.storage}>
      <div className="row">
        <span className="grow">Files here, each kept twice</span>
        <b className="num">{formatBytes(sums.bytes)}</b>
      </div>
      <Meter
        label="Storage"
        max={sums.bytes + left}
        segments={[{ value: sums.bytes, label: formatBytes(sums.bytes) }]}
      />
      <div className="row">
        <span className="grow">Room for more</span>
        <b className="num">{formatBytes(left)}</b>
      </div>
      <Finding
        tone={keeps ? 'note' : 'warning'}
        text={
          keeps
            ? 'The browser keeps them for good. The second copies are plain files in the data folder.'
            : asked === false
              ? 'The browser promises nothing yet; it asks how much Outpost is used. The second copies in the data folder stay.'
              : 'Short of room, the browser might throw its copies away. The second copies in the data folder stay.'
        }
        actions={keeps || asked === false ? [] : [{ label: 'Ask it to keep them', onSelect: () => void askToKeep() }]}
      />
    </div>
  )
}
