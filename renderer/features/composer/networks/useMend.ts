import type { Channel } from '../../../../shared/domain/channel.ts'
import { mediumIn, withImages } from '../../../../shared/domain/document.ts'
import type { PlacedMedium } from '../../../../shared/domain/placement.ts'
import type { Post } from '../../../../shared/domain/post.ts'
import { docOf } from '../../../../shared/domain/workspace.ts'
import { newId } from '../../../../shared/lib/ids.ts'
import { contentOf, type Placed, shapeOf } from '../../../../shared/platforms/content.ts'
import { applyFix, type Finding, type MediumFix } from '../../../../shared/platforms/index.ts'
import { mendPlacement } from '../../../data/commands/placements.ts'
import { bytesOf } from '../../../data/media/originals.ts'
import { shelfOf } from '../../../data/workspace.ts'
import { explain, useUndo } from '../../../parts/index.ts'
import { explainMedia } from '../../../parts/media/index.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { flushAll } from '../../../ports/flush.ts'
import { addMade, renderPicture } from '../../../ports/media.ts'
import { toast } from '../../../ui/index.ts'
import { type Mended, mendedFrom } from './mended.ts'
import { useNetworks } from './NetworksProvider.tsx'
import { readPlacements } from './queries.ts'
import { type Remake, remade } from './remake.ts'
import type { Doable } from './words.ts'

/** Presses the fix of a finding: one step, one undo. `on`: the channel in words. */
export function useMend(
  post: Pick<Post, 'id' | 'title' | 'summary' | 'media' | 'channelIds'>,
  channel: Channel,
  on: string,
) {
  const { db, store, shell, workspace, clock } = useDeps()
  const { undo } = useUndo()
  const { placings } = useNetworks()

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
      wording: placings()?.wording,
    }
  }

  /** Another file in place of one: of the list, of the text, or of a field such as the cover. */
  const withFile = async (
    placed: Placed,
    fix: Remake,
    { place }: Finding,
    gesture: string,
  ): Promise<Mended | string> => {
    const old = placed.media.get(fix.id)
    const bytes = old && (await bytesOf(shelfOf(workspace), shell, fix.id))
    const made = bytes && (await remade(bytes, old, fix, renderPicture))
    if (!made) return 'it could not be made.'
    const added = await addMade({ workspace, shell, clock }, made, old, gesture)
    if (!added.ok) return explainMedia(old.name, added.error)
    const { id } = added.value
    if (place.at === 'field') return { fields: { ...placed.placement?.fields, [place.name]: id } }
    return isListed(placed, fix.id)
      ? { media: changed(placed, fix.id, { mediumId: id }) }
      : {
          doc: withImages(placed.doc, (attrs) => (mediumIn(attrs) === fix.id ? { ...attrs, mediumId: id } : attrs)),
        }
  }

  const mended = (
    placed: Placed,
    fix: Doable,
    finding: Finding,
    gesture: string,
  ): Mended | Promise<Mended | string> => {
    if (!isMediumFix(fix)) {
      const before = contentOf(placed)
      return mendedFrom(placed, before, applyFix(before, fix))
    }
    if (fix.kind === 'crop' && isListed(placed, fix.id))
      return { media: changed(placed, fix.id, { ratio: shapeOf(fix.ratio) }) }
    return withFile(placed, fix, finding, gesture)
  }

  return async (finding: Finding, fix: Doable, words: string): Promise<void> => {
    const gesture = `mend-${newId()}`
    const change = await mended(await read(), fix, finding, gesture)
    if (typeof change === 'string') return void toast({ text: `Not done for ${on}: ${change}`, tone: 'refused' })
    const done = await mendPlacement(store, { postId: post.id, channelId: channel.id }, change, words, on, gesture)
    if (!done.ok) return void toast({ text: explain(done.error), tone: 'refused' })
    toast({ text: `${words}: ${on}${change.doc ? ', which has a text of its own now' : ''}`, undo })
  }
}

/** In a thread pictures stand in the text, too. */
const isListed = ({ post, placement }: Placed, id: string): boolean =>
  (placement?.media ?? post.media).some(({ mediumId }) => mediumId === id)
const isMediumFix = (fix: Doable): fix is Doable & MediumFix => 'id' in fix
const changed = ({ post, placement }: Placed, id: string, to: Partial<PlacedMedium>): PlacedMedium[] =>
  (placement?.media ?? post.media).map((placed) => (placed.mediumId === id ? { ...placed, ...to } : placed))
