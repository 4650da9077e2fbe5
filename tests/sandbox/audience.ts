/** What other people do with the posts of a network: kept beside them, and told by each network in its own words. */

export interface Answer {
  readonly id: string
  readonly author: string
  readonly text: string
  readonly at: number
}

export interface Audience {
  /** People do something with a post: numbers by the network's own names for them. */
  react(postId: string, counts: Readonly<Record<string, number>>): void
  countsOf(postId: string): Readonly<Record<string, number>>
  /** Somebody else answers a post, a second or more after whoever did so before: that one is put back for it. */
  answer(postId: string, author: string, text: string): Answer
  /** The newest first. */
  answersTo(postId: string): readonly Answer[]
}

const SECOND = 1_000

export function createAudience(now: () => number): Audience {
  const counts = new Map<string, Readonly<Record<string, number>>>()
  const answers = new Map<string, Answer[]>()
  let ids = 800_000
  const answersTo = (postId: string) => answers.get(postId) ?? []
  return {
    react: (postId, given) => void counts.set(postId, { ...counts.get(postId), ...given }),
    countsOf: (postId) => counts.get(postId) ?? {},
    answer(postId, author, text) {
      const said = answersTo(postId)
      const answer = { id: String(++ids), author, text, at: now() }
      const before = said.map((one, ago) => ({ ...one, at: Math.min(one.at, answer.at - (ago + 1) * SECOND) }))
      answers.set(postId, [answer, ...before])
      return answer
    },
    answersTo,
  }
}
