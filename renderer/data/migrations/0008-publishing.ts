import type { Migration } from './index.ts'

/** What goes out: deliveries, what they send, connected accounts; and who in which window sends it. */
export const publishing: Migration = {
  version: 8,
  stores: {
    // The queue of a channel is one index, so that whose turn it is costs one look however long the queue is.
    deliveries: 'id, postId, channelId, state.kind, wakeAt, [queue+place+id]',
    attempts: 'id, deliveryId',
    accounts: 'id, network',
    leases: 'id',
  },
}
