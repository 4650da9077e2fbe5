/** One window sends. The browser's lock ends with its window; where there is none, only the lease in the database counts. */

export interface Locks {
  /** Takes a lock if nobody has it; gives a way to let go, null when somebody has. */
  take(name: string): Promise<(() => void) | null>
}

export const browserLocks = (locks: LockManager): Locks => ({
  take: (name) =>
    new Promise((resolve, reject) => {
      locks
        .request(name, { ifAvailable: true }, (lock) => {
          if (!lock) {
            resolve(null)
            return
          }
          return new Promise<void>((letGo) => resolve(letGo))
        })
        .catch(reject)
    }),
})
