import { Copy, ExternalLink } from 'lucide-react'
import { type Delivery, type DeliveryKind, isFollowing } from '../../../shared/domain/delivery.ts'
import { AT_NETWORK, atNetwork } from '../../../shared/domain/deliveryAtNetwork.ts'
import { sentenceOf } from '../../../shared/domain/deliveryWords.ts'
import type { WorkspaceDb } from '../../data/db.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { go } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { cx, IconButton, Link, SectionHead } from '../../ui/index.ts'
import { copyLink } from '../copyLink.ts'
import { ChannelMark } from '../index.ts'
import { useDeliveryNames } from '../useDeliveryNames.ts'
import styles from './AtNetworks.module.css'

/** What there is more to say of than the plan does. */
const SAID: ReadonlySet<DeliveryKind> = new Set(['reconciling', 'needs-you', 'handed-over', 'hand-off', 'published'])

/** How it stands there is told, and that a post is out whose first comment is still to follow. */
const isSaid = (delivery: Delivery): boolean => SAID.has(delivery.state.kind) || isFollowing(delivery)

/** What needs a person most stands first. */
function needOf(delivery: Delivery): number {
  const there = atNetwork(delivery)
  return there ? AT_NETWORK.indexOf(there) : AT_NETWORK.length
}

async function readDeliveries(db: WorkspaceDb, postId: string) {
  const rows = (await db.deliveries.where('postId').equals(postId).toArray())
    .filter(isSaid)
    .sort((a, b) => needOf(a) - needOf(b))
  const accounts = await db.accounts.bulkGet(rows.map(({ channelId }) => channelId))
  return { rows, accounts: new Map(accounts.flatMap((account) => (account ? [[account.id, account]] : []))) }
}

const NO_ACCOUNTS = new Map<string, never>()

interface AtNetworksProps {
  postId: string
  /** With room around it and a line below, where it begins a panel. */
  edged?: boolean
}

/** How a post stands at its networks: handed over, out, out but not as meant, with its link. Nothing while it is only planned. */
export default function AtNetworks({ postId, edged = false }: AtNetworksProps) {
  const { shell } = useDeps()
  const { channels } = useReference()
  const read = useQuery((db) => readDeliveries(db, postId), [postId])
  const names = useDeliveryNames(read?.accounts ?? NO_ACCOUNTS)
  if (!read || read.rows.length === 0) return null
  const [first] = read.rows
  return (
    <section className={cx(edged && styles.edged)} aria-label="At the networks">
      <SectionHead
        title="At the networks"
        end={
          <Link onClick={() => go({ screen: 'outbox', ...(first && { deliveryId: first.id }) })}>
            Open in the outbox
          </Link>
        }
      />
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
