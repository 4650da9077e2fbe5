import { useEffect, useMemo, useState } from 'react'
import { NETWORKS } from '../../../shared/domain/channel.ts'
import type { Delivery } from '../../../shared/domain/delivery.ts'
import { atNetwork } from '../../../shared/domain/deliveryAtNetwork.ts'
import { sentenceOf } from '../../../shared/domain/deliveryWords.ts'
import { lateWords } from '../../../shared/domain/lateWords.ts'
import { placementId, postOf } from '../../../shared/domain/placement.ts'
import { addDays, instantsOf } from '../../../shared/domain/time.ts'
import { deliveriesOnCards } from '../../data/deliveries.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { useReference, useSettings } from '../../ports/reference.tsx'
import { useSchedules } from '../late/useSchedules.ts'
import { useDeliveryNames } from '../useDeliveryNames.ts'
import { type Card, type Marked, NO_MARKS, useMarks } from './cardMarks.ts'
import { AT_NETWORK_LOOK } from './looks.ts'

/** Days on either side of a month that cards of its pages may stand in: those that are kept while one turns them. */
const AROUND = 80

/** A page stays as long before it is asked about, in milliseconds: those beside it are known, and whoever turns pages goes first. */
const RESTS_MS = 300

/** Fills the marks of the cards around a month (`2026-10`). Draws nothing. */
export function CardMarks({ month }: { month: string }) {
  const { clock } = useDeps()
  const { zone } = useSettings()
  const { channels } = useReference()
  const rested = useRested(month)
  const rows = useQuery(
    (db) => {
      const middle = `${rested}-15`
      const { from, to } = instantsOf({ from: addDays(middle, -AROUND), to: addDays(middle, AROUND) }, zone)
      return deliveriesOnCards(db, from, to)
    },
    [rested, zone],
  )
  const accounts = useQuery(async (db) => new Map((await db.accounts.toArray()).map((one) => [one.id, one])), [])
  const names = useDeliveryNames(accounts ?? NO_ACCOUNTS)
  const schedules = useSchedules()
  const marks = useMemo(() => rows && marksOf(rows), [rows])
  const byId = useMemo(() => new Map(rows?.map((row) => [row.id, row])), [rows])
  useEffect(() => {
    if (!marks || !accounts) return
    const ofCard = ({ id, channelIds }: Card) =>
      channelIds.map((channelId) => ({ channelId, delivery: byId.get(placementId(postOf(id), channelId)) }))
    const sleeping = (card: Card) =>
      ofCard(card).flatMap(({ channelId, delivery }) => {
        const [account, channel] = [accounts.get(channelId), channels.get(channelId)]
        // What the network publishes by itself does not wait for this computer, and what a person posts only reminds.
        if (delivery || !account || account.byHand || !channel) return []
        const { name } = NETWORKS[channel.network]
        const when = schedules?.get(channel.network) ? `If asleep then, and ${name} has not got it` : 'If asleep then'
        return [`${when}: ${lateWords(channel, channel.slots.length > 0 ? undefined : '')}.`]
      })
    useMarks.setState({
      marks,
      say: (card) => [
        ...ofCard(card).flatMap(({ delivery }) => (delivery ? [sentenceOf(delivery, names(delivery))] : [])),
        ...new Set(card.status === 'scheduled' && card.plannedAt > clock.now() ? sleeping(card) : []),
      ],
    })
  }, [marks, byId, accounts, names, channels, clock, schedules])
  useEffect(() => () => useMarks.setState(NO_MARKS), [])
  return null
}

function useRested(month: string): string {
  const [rested, rest] = useState(month)
  useEffect(() => {
    const timer = setTimeout(() => rest(month), RESTS_MS)
    return () => clearTimeout(timer)
  }, [month])
  return rested
}

const NO_ACCOUNTS = new Map<string, never>()

function marksOf(rows: readonly Delivery[]): ReadonlyMap<string, readonly Marked[]> {
  const marked = rows.flatMap((delivery) => {
    const there = atNetwork(delivery)
    return there ? [{ postId: delivery.postId, channelId: delivery.channelId, mark: AT_NETWORK_LOOK[there] }] : []
  })
  return Map.groupBy(marked, ({ postId }) => postId)
}
