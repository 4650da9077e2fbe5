import { useCallback } from 'react'
import { type Account, serverOf } from '../../shared/domain/account.ts'
import { NETWORKS } from '../../shared/domain/channel.ts'
import type { Delivery } from '../../shared/domain/delivery.ts'
import type { Names } from '../../shared/domain/deliveryWords.ts'
import { type Instant, toWall } from '../../shared/domain/time.ts'
import { useDeps } from '../ports/deps.tsx'
import { useOnline } from '../ports/online.ts'
import { useReference } from '../ports/reference.tsx'
import { formatWhen } from './format.ts'

/** What the sentences about a delivery name things by. */
export function useDeliveryNames(accounts: ReadonlyMap<string, Account>): (delivery: Delivery) => Names {
  const { channels, settings } = useReference()
  const online = useOnline()
  const { clock } = useDeps()
  return useCallback(
    ({ channelId }) => {
      const channel = channels.get(channelId)
      const account = accounts.get(channelId)
      const network = channel ? NETWORKS[channel.network].name : 'a channel that was deleted'
      return {
        network,
        ...serverOf(account),
        account: account?.handle || channel?.name || network,
        time: (at: Instant) => formatWhen(toWall(at, settings.zone)),
        online,
        paused: Boolean(account?.pause),
        ...(account?.pause?.why === 'trouble' ? { pausedBy: account.pause.trouble } : {}),
        ...(account && account.limitedUntil > clock.now() ? { limitedUntil: account.limitedUntil } : {}),
        way: account?.byHand ? 'by-hand' : 'network',
      }
    },
    [channels, accounts, settings.zone, online, clock],
  )
}
