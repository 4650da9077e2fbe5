/** What other people do with the posts of a network: kept beside them, and told by each network in its own words. */

export interface Answer {
  readonly id: string
  readonly author: string
  readonly text: string
  readonly at: number
}

export interface Crowd {
  /** People do something with a post: numbers by the network's own names for them. */
  react(postId: string, counts: Readonly<Record<string, number>>): void
  countsOf(postId: string): Readonly<Record<string, number>>
  /** Somebody else answers a post, a minute after whoever did so before. */
  answer(postId: string, author: string, text: string): Answer
  /** The newest first. */
  answersTo(postId: string): readonly Answer[]
}

const MINUTE = 60_000

export function createCrowd(now: () => number): Crowd {
  const counts = new Map<string, Readonly<Record<string, number>>>()
  const answers = new Map<string, Answer[]>()
  let ids = 800_000
  const answersTo = (postId: string) => answers.get(postId) ?? []
  return {
    react: (postId, given) => void counts.set(postId, { ...counts.get(postId), ...given }),
    countsOf: (postId) => counts.get(postId) ?? {},
    answer(postId, author, text) {
      const said = answersTo(postId)
      const at = Math.max(now(), (said[0]?.at ?? 0) + MINUTE)
      const answer = { id: String(++ids), author, text, at }
      answers.set(postId, [answer, ...said])
      return answer
    },
    answersTo,
  }
}
