import { HardDrive } from 'lucide-react'
import { useEffect, useState } from 'react'
import { roomLeft } from '../../../shared/media/room.ts'
import { librarySums } from '../../data/media/library.ts'
import { formatBytes } from '../../parts/media/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { Button, Finding, Meter, Popover } from '../../ui/index.ts'
import styles from './MediaScreen.module.css'

/** What the library takes, and how much more there is room for. */
export function StorageButton() {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      label="Storage"
      width={300}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" variant="ghost" icon={HardDrive}>
          Storage
        </Button>
      }
    >
      <Storage />
    </Popover>
  )
}

interface Room {
  /** Bytes of files that may still be added. */
  readonly left: number
  readonly kept: boolean
}

function Storage() {
  const { shell } = useDeps()
  const sums = useQuery(librarySums, [])
  const [room, setRoom] = useState<Room | null>(null)
  useEffect(() => {
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
  }, [shell])
  if (!sums || !room) return <div className={styles.storage}>Counting…</div>
  const askToKeep = async () => setRoom({ ...room, kept: await navigator.storage.persist() })
  return (
    <div className={styles.storage}>
      <div className="row">
        <span className="grow">Files here, each kept twice</span>
        <b className="num">{formatBytes(sums.bytes)}</b>
      </div>
      <Meter
        label="Storage"
        max={sums.bytes + room.left}
        segments={[{ value: sums.bytes, label: formatBytes(sums.bytes) }]}
      />
      <div className="row">
        <span className="grow">Room for more</span>
        <b className="num">{formatBytes(room.left)}</b>
      </div>
      <Finding
        tone={room.kept ? 'note' : 'warning'}
        text={
          room.kept
            ? 'The browser keeps them for good. The second copies are plain files in the data folder.'
            : 'Short of room, the browser might throw its copies away. The second copies in the data folder stay.'
        }
        actions={room.kept ? [] : [{ label: 'Ask it to keep them', onSelect: () => void askToKeep() }]}
      />
    </div>
  )
}
