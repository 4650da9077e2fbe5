import type { Account } from '../../../shared/domain/account.ts'
import type { Delivery } from '../../../shared/domain/delivery.ts'
import { answersTo, sentenceOf } from '../../../shared/domain/deliveryWords.ts'
import { toWall } from '../../../shared/domain/time.ts'
import { placeOf } from '../../../shared/platforms/refusedAt.ts'
import type { WorkspaceDb } from '../../data/db.ts'
import { deliveriesNeedingYou } from '../../data/deliveries.ts'
import { ChannelMark, formatWhen } from '../../parts/index.ts'
import { useDeliveryNames } from '../../parts/useDeliveryNames.ts'
import { openDialog } from '../../ports/dialogs.ts'
import { useQuery } from '../../ports/live.ts'
import { go } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { Badge, Button, Link, Rows } from '../../ui/index.ts'
import styles from './TodayScreen.module.css'

const SHOWN = 5

async function readNeeds(db: WorkspaceDb) {
  const { rows, count } = await deliveriesNeedingYou(db, SHOWN)
  const [posts, accounts] = await Promise.all([
    db.posts.bulkGet(rows.map(({ postId }) => postId)),
    db.accounts.bulkGet(rows.map(({ channelId }) => channelId)),
  ])
  return {
    count,
    rows: rows.map((delivery, at) => ({ delivery, title: posts[at]?.title || 'Untitled' })),
    accounts: new Map(accounts.flatMap((account) => (account ? [[account.id, account]] : []))),
  }
}

/** The one thing to do about a delivery that waits; what wants a choice is chosen in the outbox. */
function actionFor(delivery: Delivery): { readonly word: string; readonly run: () => void } {
  const { id, postId, channelId } = delivery
  switch (answersTo(delivery)[0]) {
    case 'post-by-hand':
      return { word: 'Post it now', run: () => openDialog({ kind: 'kit', deliveryId: id }) }
    case 'reconnect':
      return { word: 'Connect again', run: () => go({ screen: 'settings', page: 'channels', channelId }) }
    case 'set-up-host':
      return { word: 'Set up a media host', run: () => go({ screen: 'settings', page: 'mediaHost' }) }
    case 'open-post': {
      const place = placeOf(delivery)
      return {
        word: 'Open the post',
        run: () => go({ screen: 'write', postId, ...(place ? { at: { channelId, place } } : {}) }),
      }
    }
    default:
      return { word: 'Decide in the outbox', run: () => go({ screen: 'outbox', deliveryId: id }) }
  }
}

/** What did not go out by itself, each with what is to be done. Nothing stands here for want of a network. */
export default function OutboxNeeds() {
  const { channels, settings } = useReference()
  const needs = useQuery(readNeeds, [])
  const names = useDeliveryNames(needs?.accounts ?? NO_ACCOUNTS)
  if (!needs || needs.count === 0) return null
  return (
    <section aria-labelledby="today-outbox">
      <div className={styles.head}>
        <h2 id="today-outbox">Publishing needs you</h2>
        <Badge>{needs.count}</Badge>
        <span className="grow" />
        <Link onClick={() => go({ screen: 'outbox' })}>Open the outbox</Link>
      </div>
      <Rows className={styles.box}>
        {needs.rows.map(({ delivery, title }) => {
          const channel = channels.get(delivery.channelId)
          const { word, run } = actionFor(delivery)
          return (
            <li key={delivery.id} className={styles.item}>
              {channel ? <ChannelMark channel={channel} large title={channel.name} /> : <span />}
              <div className={styles.words}>
                <p className={styles.line}>
                  <button
                    type="button"
                    data-row
                    className={styles.title}
                    onClick={() => go({ screen: 'write', postId: delivery.postId })}
                  >
                    {title}
                  </button>
                </p>
                <p className={styles.note}>{sentenceOf(delivery, names(delivery))}</p>
              </div>
              <span className={styles.meta}>{formatWhen(toWall(delivery.dueAt, settings.zone))}</span>
              <Button aria-label={`${word}: “${title}”`} onClick={run}>
                {word}
              </Button>
            </li>
          )
        })}
      </Rows>
    </section>
  )
}

const NO_ACCOUNTS: ReadonlyMap<string, Account> = new Map()
