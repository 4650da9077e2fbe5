import type { Migration } from './index.ts'

/**
 * Cards on the calendar show how a post stands at its networks. Only the few deliveries that have something to show are in these indexes: those the
 * network publishes by itself, those that are out but not as meant, and changes that could not be made there.
 */
export const cards: Migration = {
  version: 11,
  stores: {
    deliveries:
      'id, postId, channelId, state.kind, wakeAt, [queue+place+id], [channelId+wakeAt], state.goesOut, [dueAt+state.mark.kind], state.change.at',
  },
}
