import { assertNever } from '../../../shared/lib/result.ts'
import type { RepeatRefusal, SpreadRefusal } from '../../data/commands/series.ts'
import { formatDay, formatWhen } from '../format.ts'

/** Why a post was not repeated, or its series not changed, and what to do: one sentence. */
export function explainSeries(refusal: RepeatRefusal | SpreadRefusal): string {
  switch (refusal.kind) {
    case 'missing':
      return 'This post is no longer there. Undo brings it back.'
    case 'no-date':
      return 'A post needs a date before it can repeat.'
    case 'repeats-already':
      return 'This post repeats already. Take it out of its series first.'
    case 'never':
      return 'No day in the next nine years fits this rule.'
    case 'is-out':
      return `This post went out on ${formatDay(refusal.on)} and stays there: choose a rule that names that day.`
    case 'no-series':
      return 'This post does not repeat any more.'
    case 'no-time':
      return 'This post has no date to give to the others: plan it first.'
    case 'in-the-past':
      return `Nothing was moved: “${refusal.post.title || 'Untitled'}” would go to ${formatWhen(refusal.to)}, which is past.`
    default:
      return assertNever(refusal)
  }
}
