/**
 * What becomes of a delivery. Pure: the row of a delivery, what happened, the time and the circumstances go in;
 * the row as it is then and what is to be done come out. Whoever runs it saves the row before doing anything.
 *
 * What everything here serves: at most one visible post per delivery (and per part of a thread), and every delivery ends published or
 * with a reason that has a name. A commit that was not answered stands in `unanswered` until it is known what became of it, and while
 * it stands there no commit is ever made.
 */
import { type Delivery, derived, type Policy } from './delivery.ts'
import type { DeliveryEvent, Next } from './deliveryEvents.ts'
import { same } from './deliveryMoves.ts'
import { changeOut, leaveOut } from './deliveryOut.ts'
import {
  cancel,
  edited,
  handedOff,
  hold,
  isThere,
  moved,
  oursBack,
  plannedAgain,
  reconnected,
  retried,
  sendAgain,
  sendNow,
  theirsKept,
  theirsTaken,
} from './deliveryPeople.ts'
import {
  begun,
  broke,
  clockJumped,
  committed,
  found,
  isToBegin,
  notRenewed,
  prepared,
  rebuilt,
  restarted,
  troubled,
  wake,
} from './deliverySteps.ts'
import { changedThere, seen, trying } from './deliveryThere.ts'
import type { Instant } from './time.ts'

/** What a delivery is after something happened at `now`, and what is to be done. An event that does not fit changes nothing. */
export function next(delivery: Delivery, event: DeliveryEvent, now: Instant, policy: Policy): Next {
  const { delivery: changed, effects } = decide(delivery, event, now, policy)
  const after = derived(changed, policy)
  // What is derived may differ by the circumstances alone: an account that was connected since.
  const isSame =
    changed === delivery &&
    after.wakeAt === delivery.wakeAt &&
    after.queue === delivery.queue &&
    after.place === delivery.place
  return { delivery: isSame ? delivery : after, effects }
}

function decide(d: Delivery, event: DeliveryEvent, now: Instant, policy: Policy): Next {
  switch (event.kind) {
    case 'wake':
      return wake(d, now, policy)
    case 'begun':
      return begun(d, event, now, policy)
    case 'not-begun':
      return isToBegin(d) ? troubled(d, event.trouble, now, policy) : same(d)
    case 'prepared':
      return prepared(d, event, now, policy)
    case 'committed':
      return committed(d, event, now, policy)
    case 'found':
      return found(d, event, now, policy)
    case 'seen':
      return seen(d, event, now, policy)
    case 'trying':
      return trying(d, event.attempt)
    case 'changed-there':
      return changedThere(d, event, now, policy)
    case 'not-renewed':
      return notRenewed(d, event.trouble, now, policy)
    case 'broke':
      return broke(d, event.details, now, policy)
    case 'restarted':
      return restarted(d, now, policy)
    case 'rebuilt':
      return rebuilt(d, event, now, policy)
    case 'clock-jumped':
      return clockJumped(d, now, event.back)
    case 'edited':
      return edited({ ...d, contentAt: event.contentAt }, now, policy)
    case 'moved':
      return moved(d, event.dueAt, now, policy)
    case 'cancelled':
      return cancel(d, event.by, now, policy)
    case 'planned-again':
      return plannedAgain(d, event.by, now)
    case 'held':
      return hold(d, now, policy)
    case 'released':
      return d.held ? same({ ...d, held: false }) : same(d)
    case 'send-now':
      return sendNow(d, now, policy)
    case 'retried':
      return retried(d, now)
    case 'is-there':
      return isThere(d, event, now, policy)
    case 'send-again':
      return sendAgain(d, now)
    case 'handed-off':
      return handedOff(d, event.permalink, now)
    case 'ours-back':
      return oursBack(d, now, policy)
    case 'theirs-taken':
      return theirsTaken(d, event, now)
    case 'theirs-kept':
      return theirsKept(d)
    case 'change-out':
      return changeOut(d, event.what, now, policy)
    case 'leave-out':
      return leaveOut(d)
    case 'reconnected':
      return reconnected(d, now)
  }
}
