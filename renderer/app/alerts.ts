/** Gathers what comes within a few seconds, so that a morning of forty posts is one notification and not forty. */

/** Long enough for the lanes of all accounts to have their say after a computer woke. */
const GATHER_MS = 4_000

/** `tell` gets everything that came since the first, in order. `timer`: runs work after so many milliseconds. */
export function createAlerts<Alert>(
  tell: (alerts: readonly Alert[]) => void,
  timer: (work: () => void, milliseconds: number) => unknown,
) {
  let gathered: Alert[] = []
  return {
    add(alert: Alert): void {
      gathered.push(alert)
      if (gathered.length > 1) return
      timer(() => {
        const all = gathered
        gathered = []
        tell(all)
      }, GATHER_MS)
    },
  }
}
