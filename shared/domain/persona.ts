import type { NetworkId } from './channel.ts'
import type { Instant } from './time.ts'

/** Someone a workspace talks to, made up so that writers see a face. */
export interface Persona {
  readonly id: string
  /** The group: `Weekend hikers who mend`. */
  readonly name: string
  /** The one who stands for it: `Resa, 34, two nights a month`. */
  readonly role: string
  readonly needs: string
  /** What keeps them from it, in their words. */
  readonly doubts: string
  readonly networks: readonly NetworkId[]
  /** When they are there: `Sun 17 – 21`. */
  readonly hours: string
  /** How one talks to them. */
  readonly tone: string
  readonly order: number
  readonly trashedAt: Instant
}
