import type { Channel } from '../../../../shared/domain/channel.ts'
import type { PlacedMedium } from '../../../../shared/domain/placement.ts'
import type { Post } from '../../../../shared/domain/post.ts'
import { docOf } from '../../../../shared/domain/workspace.ts'
import { contentOf, type Placed, shapeOf } from '../../../../shared/platforms/content.ts'
import { applyFix, type Finding, type MediumFix } from '../../../../shared/platforms/index.ts'
import { addMedium } from '../../../data/commands/media.ts'
import { mendPlacement } from '../../../data/commands/placements.ts'
import { bytesOf } from '../../../data/media/originals.ts'
import { shelfOf } from '../../../data/workspace.ts'
import { explain, useUndo } from '../../../parts/index.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { flushAll } from '../../../ports/flush.ts'
import { toast } from '../../../ui/index.ts'
import { type Mended, mendedFrom } from './mended.ts'
import { readPlacements } from './queries.ts'
import { type Remake, remade } from './remake.ts'
import type { Doable } from './words.ts'

/** Presses the fix of a finding: one step, one undo. `on`: the channel in words. */
export function useMend(
  post: Pick<Post, 'id' | 'title' | 'summary' | 'media' | 'channelIds'>,
  channel: Channel,
  on: string,
) {
  const { db, store, shell, workspace } = useDeps()
  const { undo } = useUndo()

  /** As it is now: what was typed a moment ago is written first. */
  const read = async (): Promise<Placed> => {
    await flushAll()
    const [placements, base] = await Promise.all([readPlacements(db, post), db.documents.get(post.id)])
    return {
      post,
      channel,
      placement: placements.byChannel.get(channel.id),
      doc: docOf(placements.own.get(channel.id) ?? base),
      media: placements.media,
    }
  }

  /** Another file in place of one: of the post, or of a field such as the cover. */
  const withFile = async (placed: Placed, fix: Remake, { place }: Finding): Promise<Mended | string> => {
    const old = placed.media.get(fix.id)
    const file = old && (await bytesOf(shelfOf(workspace), shell, fix.id))
    const made = file && (await remade(file, fix))
    if (!old || !made) return 'it could not be made.'
    const bytes = new Uint8Array(await made.blob.arrayBuffer())
    const { name, alt } = old
    const added = await addMedium(workspace, shell, bytes, { ...made, name, alt, type: made.blob.type })
    if (!added.ok) return added.error.message
    return place.at === 'field'
      ? { fields: { ...placed.placement?.fields, [place.name]: added.value } }
      : { media: changed(placed, fix.id, { mediumId: added.value }) }
  }

  const mended = (placed: Placed, fix: Doable, finding: Finding): Mended | Promise<Mended | string> => {
    if (!isMediumFix(fix)) {
      const before = contentOf(placed)
      return mendedFrom(placed, before, applyFix(before, fix))
    }
    if (fix.kind === 'crop') return { media: changed(placed, fix.id, { ratio: shapeOf(fix.ratio) }) }
    return withFile(placed, fix, finding)
  }

  return async (finding: Finding, fix: Doable, words: string): Promise<void> => {
    const change = await mended(await read(), fix, finding)
    if (typeof change === 'string') return void toast({ text: `Not done for ${on}: ${change}`, tone: 'refused' })
    const done = await mendPlacement(store, { postId: post.id, channelId: channel.id }, change, words, on)
    if (!done.ok) return void toast({ text: explain(done.error), tone: 'refused' })
    toast({ text: `${words}: ${on}${change.doc ? ', which has a text of its own now' : ''}`, undo })
  }
}

const isMediumFix = (fix: Doable): fix is Doable & MediumFix => 'id' in fix
const changed = ({ post, placement }: Placed, id: string, to: Partial<PlacedMedium>): PlacedMedium[] =>
  (placement?.media ?? post.media).map((placed) => (placed.mediumId === id ? { ...placed, ...to } : placed))
