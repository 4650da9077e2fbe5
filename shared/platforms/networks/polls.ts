/** Fields of a poll, the same on every network that has one but for its numbers. */
import type { Bound, Fact, FieldName, FieldRules, Option, TextBound } from '../model.ts'

interface Poll {
  readonly most: number
  /** The length of an option. */
  readonly each: TextBound
  readonly durations: readonly Option[]
  readonly source: string
  readonly withoutMedia: Fact
  /** Where it has a question of its own beside the text. */
  readonly question?: TextBound
}

export function pollFields({
  most,
  each,
  durations,
  source,
  withoutMedia,
  question,
}: Poll): Partial<Record<FieldName, FieldRules>> {
  const items: Bound<'items'> = { of: 'items', min: 2, max: most, source }
  return {
    pollOptions: { label: 'Poll', kind: 'list', bounds: [items], each: { bounds: [each] }, withoutMedia },
    ...(question && {
      pollQuestion: { label: 'Question of the poll', kind: 'text', with: 'pollOptions', bounds: [question] },
    }),
    ...(durations.length > 0 && {
      pollDuration: { label: 'The poll is open for', kind: 'choice', with: 'pollOptions', options: durations, source },
    }),
  }
}
