/** Jobs on the same thing, one after the other. */
export interface Turns {
  /** Runs the job once those before it under this name have ended, whatever became of them. */
  take<T>(name: string, job: () => Promise<T>): Promise<T>
  /** Resolves once all that were asked for have ended. */
  ended(): Promise<void>
}

export function createTurns(): Turns {
  const turns = new Map<string, Promise<unknown>>()
  return {
    take(name, job) {
      const turn = (turns.get(name) ?? Promise.resolve()).then(job, job)
      turns.set(
        name,
        turn.catch(() => undefined),
      )
      return turn
    },
    ended: async () => void (await Promise.all(turns.values())),
  }
}
