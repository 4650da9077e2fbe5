import type { Account } from '../../../shared/domain/account.ts'
import type { Delivery } from '../../../shared/domain/delivery.ts'
import { answersTo, type Names, sentenceOf } from '../../../shared/domain/deliveryWords.ts'
import { type IsoDate, toWall } from '../../../shared/domain/time.ts'
import type { WorkspaceDb } from '../../data/db.ts'
import { ChannelMark, formatWhen } from '../../parts/index.ts'
import { placeRefused } from '../../parts/placeRefused.ts'
import { useDeliveryNames } from '../../parts/useDeliveryNames.ts'
import { useDeps } from '../../ports/deps.tsx'
import { openDialog } from '../../ports/dialogs.ts'
import { useQuery } from '../../ports/live.ts'
import { go } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { Badge, Button, Link, Rows } from '../../ui/index.ts'
import { type Need, outboxNeeds } from './needs.ts'
import styles from './TodayScreen.module.css'

/** Rows of each list; the outbox has all. */
const SHOWN = 5

/** The one thing to do about a delivery that waits; what wants a choice is chosen in the outbox. */
function actionFor(delivery: Delivery, names: Names, db: WorkspaceDb): Action {
  const { id, postId, channelId } = delivery
  switch (answersTo(delivery, names)[0]) {
    case 'post-by-hand':
      return { word: 'Post it now', run: () => openDialog({ kind: 'kit', deliveryId: id }) }
    case 'reconnect':
      return { word: 'Connect again', run: () => go({ screen: 'settings', page: 'channels', channelId }) }
    case 'open-channel':
      return { word: 'Open the channel', run: () => go({ screen: 'settings', page: 'channels', channelId }) }
    case 'set-up-host':
      return { word: 'Set up a media host', run: () => go({ screen: 'settings', page: 'mediaHost' }) }
    case 'open-post':
      return {
        word: 'Open the post',
        run: () =>
          void placeRefused(db, delivery).then((place) =>
            go({ screen: 'write', postId, ...(place ? { at: { channelId, place } } : {}) }),
          ),
      }
    default:
      return { word: 'Decide in the outbox', run: () => go({ screen: 'outbox', deliveryId: id }) }
  }
}

/** It is out, or goes out all the same: what there is to decide, and how it came, stands in the outbox. */
const lookAt = (delivery: Delivery): Action => ({
  word: 'Open in the outbox',
  run: () => go({ screen: 'outbox', deliveryId: delivery.id }),
})

interface Action {
  readonly word: string
  readonly run: () => void
}

/** What did not go out by itself, and what is out or lies at a network but not as it was meant. Nothing stands here for want of a network. */
export default function OutboxNeeds({ today }: { today: IsoDate }) {
  const { settings } = useReference()
  const { zone } = settings
  const needs = useQuery((db) => outboxNeeds(db, today, zone, SHOWN), [today, zone])
  const names = useDeliveryNames(needs?.accounts ?? NO_ACCOUNTS)
  if (!needs) return null
  const { waiting, notAsMeant } = needs
  return (
    <>
      {waiting.count > 0 && (
        <Needs id="today-outbox" title="Publishing needs you" {...waiting} names={names} action={actionFor} />
      )}
      {notAsMeant.count > 0 && (
        <Needs id="today-not-as-meant" title="Not as you meant it" {...notAsMeant} names={names} action={lookAt} />
      )}
    </>
  )
}

interface NeedsProps {
  id: string
  title: string
  count: number
  rows: readonly Need[]
  names: (delivery: Delivery) => Names
  action: (delivery: Delivery, names: Names, db: WorkspaceDb) => Action
}

/** Deliveries in a list, each with its one action. */
function Needs({ id, title, count, rows, names, action }: NeedsProps) {
  const { channels, settings } = useReference()
  const { db } = useDeps()
  return (
    <section aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        <Badge>{count}</Badge>
        <span className="grow" />
        <Link onClick={() => go({ screen: 'outbox' })}>Open the outbox</Link>
      </div>
      <Rows className={styles.box}>
        {rows.map(({ delivery, title: ofPost }) => {
          const channel = channels.get(delivery.channelId)
          const named = names(delivery)
          const { word, run } = action(delivery, named, db)
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
                    {ofPost}
                  </button>
                </p>
                <p className={styles.note}>{sentenceOf(delivery, named)}</p>
              </div>
              <span className={styles.meta}>{formatWhen(toWall(delivery.dueAt, settings.zone))}</span>
              <Button aria-label={`${word}: “${ofPost}”`} onClick={run}>
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
