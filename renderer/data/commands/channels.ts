/** What can be done to channels, beside the plain fields `editRow` sets. */
import type { Channel } from '../../../shared/domain/channel.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import type { Frame } from '../../../shared/media/crop.ts'
import { CHANNEL_SHAPE } from '../../../shared/media/shapes.ts'
import type { PostStore } from './posts.ts'

export type PictureRefusal = { readonly kind: 'missing' }

/**
 * Gives a channel its picture, or takes it off (null). `frame`: the square that is cut from it, kept with the file so that every channel
 * that has it shows the same; absent, it stays as it was set or follows the point.
 */
export const setChannelPicture = (
  store: PostStore,
  channelId: string,
  picture: { readonly mediumId: string; readonly frame?: Frame } | null,
): Promise<Result<Channel, PictureRefusal>> =>
  store.change(
    (channel) => ({
      command: 'setChannelPicture',
      label: `${picture ? 'Picture' : 'No picture'} of “${channel.name}”`,
    }),
    async (tx) => {
      const channel = await tx.get('channels', channelId)
      if (!channel) return err({ kind: 'missing' })
      if (picture) {
        const medium = await tx.get('media', picture.mediumId)
        if (!medium) return err({ kind: 'missing' })
        const { edits } = medium
        if (picture.frame)
          await tx.update('media', medium.id, {
            edits: { ...edits, frames: { ...edits.frames, [CHANNEL_SHAPE.id]: picture.frame } },
          })
      }
      await tx.update('channels', channelId, { avatarId: picture?.mediumId ?? '' })
      return ok(channel)
    },
  )
