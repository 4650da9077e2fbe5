import type { Policy } from '../../../shared/domain/delivery.ts'

/** Nothing is in the way of a delivery, and its network can be asked for everything but to publish by itself. */
export const FREE: Policy = {
  way: 'network',
  abilities: { find: true, see: true, edit: true, remove: true, schedules: null },
  grace: 2 * 3_600_000,
  late: 'ask',
  approved: true,
  paused: false,
  limitedUntil: 0,
  online: true,
  turn: true,
  random: 0.5,
  pace: 1,
}
