import type { Migration } from './index.ts'

/** What is due is looked for channel by channel: one that sends meanwhile need not be read again and again. */
export const due: Migration = {
  version: 9,
  stores: {
    deliveries: 'id, postId, channelId, state.kind, wakeAt, [queue+place+id], [channelId+wakeAt]',
  },
}
