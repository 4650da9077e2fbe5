/** What somebody changed at a network while it waits there: read beside ours, and taken over. */
import { mayAskAbout } from '../../shared/domain/account.ts'
import type { Attempt } from '../../shared/domain/attempt.ts'
import { NETWORKS } from '../../shared/domain/channel.ts'
import type { Delivery } from '../../shared/domain/delivery.ts'
import { plain } from '../../shared/domain/deliveryThere.ts'
import { placementId } from '../../shared/domain/placement.ts'
import { type Instant, toInstant } from '../../shared/domain/time.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { isRich } from '../../shared/platforms/content.ts'
import type { FormatId } from '../../shared/platforms/model.ts'
import { docOfParts } from '../../shared/platforms/shown.ts'
import { play, type Surroundings } from '../data/commands/deliveries.ts'
import type { PostStore } from '../data/commands/posts.ts'
import { type NotThere, type There, takeTheirs } from '../data/commands/theirs.ts'
import type { WorkspaceDb } from '../data/db.ts'
import { anAttempt } from './outbox.ts'
import type { Compose, Publisher } from './publisher.ts'

export interface TheirsDeps {
  readonly db: WorkspaceDb
  readonly store: PostStore
  readonly publisher: Pick<Publisher, 'see'>
  readonly compose: Compose
  readonly surroundings: Surroundings
  readonly now: () => Instant
}

export function createTheirs({ db, store, publisher, compose, surroundings, now }: TheirsDeps) {
  return {
    /** Asks the network. Nothing of it is kept. */
    async look({ id }: Delivery): Promise<Result<There, NotThere>> {
      const delivery = await db.deliveries.get(id)
      const [account, attempt] = await Promise.all([
        db.accounts.get(delivery?.channelId ?? ''),
        db.attempts.get(delivery?.attempt ?? ''),
      ])
      const remoteId = delivery?.sent[0]?.remoteId ?? ''
      if (
        !account ||
        !attempt ||
        delivery?.state.kind !== 'handed-over' ||
        remoteId === '' ||
        !mayAskAbout(account, delivery)
      )
        return err({ kind: 'waits-no-more' })
      const seen = await publisher.see(account, remoteId)
      if (seen.kind === 'trouble') return err(seen.trouble)
      if (seen.state !== 'scheduled') return err({ kind: 'waits-no-more' })
      const { job } = attempt
      const here = { text: job.parts[0]?.text ?? '', title: job.title, publishAt: delivery.state.goesOut }
      const { text, title, publishAt } = seen
      const there = {
        ...(text !== undefined && plain(text) !== plain(here.text) ? { text } : {}),
        ...(title !== undefined && plain(title) !== plain(here.title) ? { title } : {}),
        ...(typeof publishAt === 'number' && publishAt !== here.publishAt ? { publishAt } : {}),
      }
      // The formats of a job are those of its network.
      return ok({ here, there, isArticle: isRich(job.format as FormatId), print: seen.fingerprint })
    },

    /** Makes the post what is there, undoably, and has nothing sent for it. Gives how many deliveries that changed. */
    async takeOver({ id }: Delivery, { there, print }: There): Promise<number> {
      const delivery = await db.deliveries.get(id)
      const channel = delivery && (await db.channels.get(delivery.channelId))
      if (!channel || delivery.state.kind !== 'handed-over' || !delivery.state.changedThere) return 0
      const { goesOut } = delivery.state
      const { text, title = null, publishAt = null } = there
      const doc = text === undefined ? null : docOfParts([{ text, pictures: [] }])
      const taken = await takeTheirs(
        store,
        delivery,
        { doc, title, publishAt },
        channel,
        NETWORKS[channel.network].name,
      )
      if (!taken.ok) return 0
      const [post, placement, sent] = await Promise.all([
        db.posts.get(delivery.postId),
        db.placements.get(placementId(delivery.postId, delivery.channelId)),
        db.attempts.get(delivery.attempt),
      ])
      const wall = placement?.planned ?? post?.publishAt
      if (!post || !wall) return 0
      const attempt = await written(delivery, publishAt ?? goesOut, sent)
      const [played] = await play(store, surroundings, [
        {
          id,
          event: {
            kind: 'theirs-taken',
            print,
            goesOut: publishAt ?? goesOut,
            plannedFor: toInstant(wall),
            attempt: attempt?.id ?? '',
            contentAt: post.updatedAt,
          },
          ...(attempt ? { attempt } : {}),
        },
      ])
      return played?.delivery.state.kind === 'handed-over' ? 1 : 0
    },
  }

  /** The content as it is there by now: what the post says later is held against it. */
  async function written(delivery: Delivery, goesOut: Instant, sent: Attempt | undefined): Promise<Attempt | null> {
    const composed = await compose(delivery, goesOut)
    return composed.kind === 'job' ? anAttempt(delivery, composed.job, now(), sent?.memory) : null
  }
}
