/** Words that differ by a slip of the keys. */

/** How many letters must be put in, taken out, exchanged or swapped with their neighbour to make one word of the other. */
export function distance(a: string, b: string): number {
  const from = [...a]
  const to = [...b]
  let before: number[] = []
  let above = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1] === to[j - 1]
      let least = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1)
      row.push(least)
    }
    before = above
    above = row
  }
  return above[to.length] ?? 0
}

/** The candidate a word was likely meant to be: a slip for every four letters is forgiven. Null when none is near; case does not count. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const wanted = word.toLowerCase()
  let best: string | null = null
  let least = Math.max(1, Math.floor(wanted.length / 4)) + 1
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= least) continue
    const apart = distance(wanted, candidate.toLowerCase())
    if (apart < least) {
      least = apart
      best = candidate
    }
  }
  return best
}
