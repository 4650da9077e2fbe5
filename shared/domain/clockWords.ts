/** What is said where the clock of this computer is wrong. Pure. */
import { minutesOff } from './deliveryWords.ts'

/** `off`: the clock of the networks minus this computer's in milliseconds; 0 or null: nothing is known to be wrong. */
export function clockNotice(off: number | null): { readonly title: string; readonly text: string } | null {
  if (!off) return null
  const [wrong, goes] = off > 0 ? ['slow', 'late'] : ['fast', 'early']
  return {
    title: `The clock of this computer is ${minutesOff(off)} ${wrong}.`,
    text: `What is sent from here goes out that much too ${goes}. Set the clock: what is planned keeps its time.`,
  }
}
