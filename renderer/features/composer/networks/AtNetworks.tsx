import { Copy, ExternalLink } from 'lucide-react'
import type { DeliveryKind } from '../../../../shared/domain/delivery.ts'
import { sentenceOf } from '../../../../shared/domain/deliveryWords.ts'
import type { WorkspaceDb } from '../../../data/db.ts'
import { copyLink } from '../../../parts/copyLink.ts'
import { ChannelMark } from '../../../parts/index.ts'
import { useDeliveryNames } from '../../../parts/useDeliveryNames.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { useQuery } from '../../../ports/live.ts'
import { go } from '../../../ports/navigation.ts'
import { useReference } from '../../../ports/reference.tsx'
import { IconButton, Link } from '../../../ui/index.ts'
import styles from './AtNetworks.module.css'

/** What there is more to say of than the plan does. */
const SAID: ReadonlySet<DeliveryKind> = new Set(['reconciling', 'needs-you', 'handed-over', 'hand-off', 'published'])

async function readDeliveries(db: WorkspaceDb, postId: string) {
  const rows = (await db.deliveries.where('postId').equals(postId).toArray()).filter(({ state }) =>
    SAID.has(state.kind),
  )
  const accounts = await db.accounts.bulkGet(rows.map(({ channelId }) => channelId))
  return { rows, accounts: new Map(accounts.flatMap((account) => (account ? [[account.id, account]] : []))) }
}

const NO_ACCOUNTS = new Map<string, never>()

/** How a post stands at its networks: handed over, out, out but not as meant, with its link. Nothing while it is only planned. */
export default function AtNetworks({ postId }: { postId: string }) {
  const { shell } = useDeps()
  const { channels } = useReference()
  const read = useQuery((db) => readDeliveries(db, postId), [postId])
  const names = useDeliveryNames(read?.accounts ?? NO_ACCOUNTS)
  if (!read || read.rows.length === 0) return null
  return (
    <section className={styles.there} aria-labelledby="at-networks">
      <div className={styles.head}>
        <h3 id="at-networks">At the networks</h3>
        <Link onClick={() => go({ screen: 'outbox' })}>Open the outbox</Link>
      </div>
      <ul>
        {read.rows.map((delivery) => {
          const { id, channelId, permalink } = delivery
          const channel = channels.get(channelId)
          const named = names(delivery)
          return (
            <li key={id} className={styles.one}>
              {channel ? <ChannelMark channel={channel} title={channel.name} /> : <span />}
              <p>{sentenceOf(delivery, named)}</p>
              {permalink && (
                <>
                  <IconButton
                    size="sm"
                    icon={ExternalLink}
                    label={`Open on ${named.network}`}
                    onClick={() => void shell.openExternal(permalink)}
                  />
                  <IconButton
                    size="sm"
                    icon={Copy}
                    label={`Copy the link on ${named.network}`}
                    onClick={() => void copyLink(permalink)}
                  />
                </>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
