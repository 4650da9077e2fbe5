/** Why a slot is a good one, in words. */
import type { SlotReason } from '../../../shared/domain/bestSlot.ts'
import { assertNever } from '../../../shared/lib/result.ts'
import type { Reference } from '../../ports/reference.tsx'
import { plural } from '../format.ts'

function word(reason: SlotReason, { channels }: Pick<Reference, 'channels'>): string {
  switch (reason.kind) {
    case 'slot':
      return `a slot of ${channels.get(reason.channelId)?.name ?? 'its channel'}`
    case 'apart':
      return reason.hours < 48
        ? `${plural(reason.hours, 'hour')} from its nearest neighbour`
        : `${plural(Math.floor(reason.hours / 24), 'day')} from its nearest neighbour`
    case 'awake':
      return 'outside quiet hours'
    case 'room':
      return reason.posts === 0 ? 'nothing else that day' : `${reason.posts} of ${reason.most} that day`
    default:
      return assertNever(reason)
  }
}

/** `A slot of @fern, 26 hours from its nearest neighbour, outside quiet hours` */
export function reasonWords(reasons: readonly SlotReason[], reference: Pick<Reference, 'channels'>): string {
  const words = reasons.map((reason) => word(reason, reference)).join(', ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
