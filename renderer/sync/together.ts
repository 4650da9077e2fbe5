/** Group work: what is asked for while the last group is worked on becomes the next one, so that many lanes cost little more than one. */

const MOST = 100

interface Waiting<Q, A> {
  readonly questions: readonly Q[]
  readonly resolve: (answers: readonly A[]) => void
  readonly reject: (why: unknown) => void
}

/**
 * `work` answers several questions, in order; it may say before it is done that the next group may begin (`next`). Gives a way to ask some that belong together. A group that fails is asked again one by one, so that
 * a bad question fails alone.
 */
export function together<Q, A>(work: (questions: readonly Q[], next: () => void) => Promise<readonly A[]>) {
  let waiting: Waiting<Q, A>[] = []
  let isWorking = false

  const settle = async (group: readonly Waiting<Q, A>[], next = () => {}): Promise<void> => {
    try {
      const asked = group.flatMap(({ questions }) => questions)
      const answers = await work(asked, next)
      let at = 0
      for (const { questions, resolve } of group) {
        resolve(answers.slice(at, at + questions.length))
        at += questions.length
      }
    } catch (thrown) {
      if (group.length === 1) group[0]?.reject(thrown)
      else for (const one of group) await settle([one])
    }
  }

  const drain = async (): Promise<void> => {
    if (isWorking) return
    isWorking = true
    // What is asked for in this same moment joins.
    await Promise.resolve()
    while (waiting.length > 0) {
      const group = waiting.slice(0, MOST)
      waiting = waiting.slice(MOST)
      const mayGoOn = Promise.withResolvers<void>()
      void settle(group, mayGoOn.resolve).finally(mayGoOn.resolve)
      await mayGoOn.promise
    }
    isWorking = false
  }

  return (questions: readonly Q[]): Promise<readonly A[]> =>
    new Promise((resolve, reject) => {
      waiting.push({ questions, resolve, reject })
      void drain()
    })
}
