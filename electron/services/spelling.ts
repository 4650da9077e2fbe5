/** Languages to check spelling in: those the user prefers and the checker knows; "de-AT" also takes "de". At most three. */
export function spellingLanguages(preferred: readonly string[], available: readonly string[]): string[] {
  const known = new Map(available.map((code) => [code.toLowerCase(), code]))
  const found = preferred.flatMap((tag) => {
    const lower = tag.toLowerCase()
    const match = known.get(lower) ?? known.get(lower.split('-')[0] ?? '')
    return match === undefined ? [] : [match]
  })
  return [...new Set(found)].slice(0, 3)
}
