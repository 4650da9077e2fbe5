import { Crop, ImagePlus, Images, Trash2, Upload } from 'lucide-react'
import { useState } from 'react'
import type { Channel } from '../../../../shared/domain/channel.ts'
import type { Medium } from '../../../../shared/domain/medium.ts'
import { type Frame, turnedSize } from '../../../../shared/media/crop.ts'
import type { MediaKind } from '../../../../shared/media/inspect.ts'
import { ratioOf } from '../../../../shared/media/shapes.ts'
import { setChannelPicture } from '../../../data/commands/channels.ts'
import type { Incoming } from '../../../data/media/adding.ts'
import {
  AddingStrip,
  ChannelPicture,
  FileInputs,
  MediumPicker,
  useAdd,
  useFileInputs,
  useIncoming,
} from '../../../parts/media/index.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { useQuery } from '../../../ports/live.ts'
import { Button, cx, Menu, toast } from '../../../ui/index.ts'
import { useSay } from '../parts.tsx'
import styles from './Channels.module.css'
import { SquareCrop } from './SquareCrop.tsx'

const PICTURES: readonly MediaKind[] = ['image']
const isSquare = (medium: Medium) => Math.abs(ratioOf(turnedSize(medium, medium.edits.turn)) - 1) < 0.01

/** The picture of a channel: from the library, from the disk, pasted or dropped; cut square where it is none. */
export function ChannelPictureRow({ channel }: { channel: Channel }) {
  const { store } = useDeps()
  const say = useSay()
  const add = useAdd()
  const { files, folder, chooseFiles } = useFileInputs()
  const [choosing, setChoosing] = useState(false)
  const [cropping, setCropping] = useState<Medium | null>(null)
  const current = useQuery(async (db) => (await db.media.get(channel.avatarId)) ?? null, [channel.avatarId])

  const set = async (mediumId: string, frame?: Frame) => {
    const result = await setChannelPicture(store, channel.id, { mediumId, frame })
    if (result.ok) say(`Picture of “${channel.name}”`)
    else toast({ text: 'Not set: the picture or the channel is gone.', tone: 'refused' })
  }
  const use = async (medium: Medium | undefined) => {
    if (!medium) return
    if (medium.kind !== 'image' || !medium.preview || medium.width === 0)
      return toast({ text: `“${medium.name}” cannot be shown here. Choose a JPEG, PNG, WebP or SVG.`, tone: 'refused' })
    if (isSquare(medium)) await set(medium.id)
    else setCropping(medium)
  }
  const take = async (incoming: Incoming[]) => use((await add(incoming.slice(0, 1)))[0])
  // A dialog takes what is pasted itself.
  const { over, handlers } = useIncoming((incoming) => void take(incoming), !choosing && cropping === null)
  const remove = async () => {
    await setChannelPicture(store, channel.id, null)
    say(`Took the picture off “${channel.name}”. It stays in the library.`)
  }
  return (
    <div className={cx(styles.picture, over && styles.over)} {...handlers}>
      <ChannelPicture channel={channel} size={56} />
      <div className={styles.pictureWords}>
        <Menu
          label="Picture"
          trigger={
            <Button size="sm" icon={ImagePlus}>
              {current ? 'Change picture' : 'Add a picture'}
            </Button>
          }
          items={[
            { label: 'From the library…', icon: Images, onSelect: () => setChoosing(true) },
            { label: 'From the disk…', icon: Upload, onSelect: chooseFiles },
            ...(current
              ? [
                  { separator: true as const },
                  { label: 'Crop…', icon: Crop, onSelect: () => setCropping(current) },
                  { label: 'Take it off', icon: Trash2, onSelect: () => void remove() },
                ]
              : []),
          ]}
        />
        <span className={styles.note}>or paste one, or drop it here</span>
      </div>
      <FileInputs files={files} folder={folder} onChosen={(incoming) => void take(incoming)} />
      <AddingStrip />
      {choosing && (
        <MediumPicker
          title={`Picture of “${channel.name}”`}
          kinds={PICTURES}
          onPick={([medium]) => void use(medium)}
          onClose={() => setChoosing(false)}
        />
      )}
      {cropping && (
        <SquareCrop
          channel={channel}
          medium={cropping}
          onUse={(frame) => void set(cropping.id, frame)}
          onClose={() => setCropping(null)}
        />
      )}
    </div>
  )
}
